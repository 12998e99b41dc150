//! What the names in the files of another system mean: which column is which, and which target is which.

use serde::{Deserialize, Serialize};

use super::{Role, SampleState};
use crate::sorted::Map;
use crate::time::Zone;

/// How files are read and what their targets count as, as somebody who knows the other system has said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// How tables are read, by the names of their columns in order, in small letters. A table without a header has the
    /// columns `1`, `2` and so on.
    pub files: Map<Vec<String>, FileMapping>,
    /// What targets are, by their names in the files.
    pub targets: Map<String, TargetMapping>,
}

/// How a table with certain columns is read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FileMapping {
    /// The zone of times without offset; goes before the one that was chosen for all files.
    pub zone: Option<Zone>,
    /// Which column is which; `None`: as the format of the file says.
    pub table: Option<TableMapping>,
}

/// Which column of a table is which, counted from 0, and how its cells are read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TableMapping {
    /// The time, or the time of day where `date` holds the day.
    pub time: usize,
    /// The day, where it stands in a column of its own.
    pub date: Option<usize>,
    /// What the probe found.
    pub status: usize,
    /// The target.
    pub target: Option<usize>,
    /// The latency.
    pub latency: Option<usize>,
    /// From where it was probed.
    pub vantage: Option<usize>,
    /// How it was probed.
    pub check: Option<usize>,
    /// States of this system's own words, in small letters; they go before the words that every file may use.
    pub words: Map<String, SampleState>,
    /// The order of dates such as 03/04/2026.
    pub date_order: Option<DateOrder>,
    /// The target of a file that has no column for it.
    pub target_name: Option<String>,
}

/// The order of day and month in dates that do not begin with the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DateOrder {
    /// 03/04/2026 is 3 April.
    DayFirst,
    /// 03/04/2026 is 4 March.
    MonthFirst,
}

impl DateOrder {
    /// Both.
    pub const ALL: [Self; 2] = [Self::DayFirst, Self::MonthFirst];

    /// The name in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DayFirst => "dmy",
            Self::MonthFirst => "mdy",
        }
    }
}

/// What a target of a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TargetMapping {
    /// It is of no concern. What was left out is counted.
    Ignored,
    /// It counts.
    Counts {
        /// The target that it is, where that bears another name.
        is: Option<String>,
        /// Under which article it counts; `None`: as without a mapping.
        role: Option<Role>,
    },
}

impl TargetMapping {
    /// The name under which the target counts, where that is another than in the file.
    #[must_use]
    pub fn is(&self) -> Option<&str> {
        match self {
            Self::Ignored => None,
            Self::Counts { is, .. } => is.as_deref(),
        }
    }

    /// Under which article it counts, where that is said.
    #[must_use]
    pub const fn role(&self) -> Option<Role> {
        match self {
            Self::Ignored => None,
            Self::Counts { role, .. } => *role,
        }
    }
}

impl Mapping {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.targets.is_empty()
    }

    /// The mappings of both; where they differ, what is told: the columns, or the target.
    ///
    /// # Errors
    /// [`MappingConflict`] where both speak of the same and differ.
    pub fn merge(mut self, other: Self) -> Result<Self, MappingConflict> {
        for (columns, file) in other.files {
            if self.files.get(&columns).is_some_and(|own| *own != file) {
                return Err(MappingConflict::Columns(columns.join(", ")));
            }
            self.files.insert(columns, file);
        }
        for (id, target) in other.targets {
            if self.targets.get(&id).is_some_and(|own| *own != target) {
                return Err(MappingConflict::Target(id));
            }
            self.targets.insert(id, target);
        }
        Ok(self)
    }
}

/// Why mappings cannot be of one case, or do not fit it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum MappingConflict {
    /// Two read files with these columns differently.
    #[error("files with the columns {0} are mapped twice, differently")]
    Columns(String),
    /// Two say different things of a target.
    #[error("target `{0}` is mapped twice, differently")]
    Target(String),
    /// The name that a target is given is itself mapped to another, or ignored.
    #[error("`{target}` is mapped to `{is}`, which is mapped itself")]
    Chain {
        /// The target.
        target: String,
        /// What it is said to be.
        is: String,
    },
    /// The contract's file declares the target, and the mapping says otherwise.
    #[error("target `{target}` is declared {declared} and mapped to {mapped}")]
    Declared {
        /// The target.
        target: String,
        /// What it is declared to be.
        declared: String,
        /// What it is mapped to.
        mapped: String,
    },
    /// A file was read before the mapping that concerns it was known.
    #[error("`{0}` was read without the mapping of its columns")]
    Unread(String),
}
