use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Bytes64, FileMapping};
use crate::time::Interval;

/// A SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of those 32 bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The digest of 64 hexadecimal digits; `None` where the text is something else.
    #[must_use]
    pub fn from_hex(text: &[u8]) -> Option<Self> {
        let (pairs, rest) = text.as_chunks::<2>();
        let bytes: &[[u8; 2]; 32] = pairs.try_into().ok().filter(|_| rest.is_empty())?;
        let mut out = [0; 32];
        for (byte, [high, low]) in out.iter_mut().zip(bytes) {
            let digit = |digit: u8| char::from(digit).to_digit(16);
            *byte = u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?;
        }
        Some(Self(out))
    }
}

impl fmt::Display for Digest {
    /// 64 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Where an entry stands: the file, and its place within the section (counted from 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Origin {
    /// SHA-256 of the file as it was given.
    pub source: Digest,
    /// The row or the place in the list, counted from 1.
    pub row: u64,
}

/// How good the evidence of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum Evidence {
    /// Every probe stands in it.
    #[default]
    Probes,
    /// It tells changes of state; the probes in between were put back five minutes apart.
    Rebuilt,
    /// It lists outages as the monitoring system closed them, without probes.
    Listed,
    /// It was written for this program and states what its writer recorded.
    Declared,
    /// It holds sums, from which no outage can be told.
    Aggregate,
}

impl Evidence {
    /// The name in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Probes => "probes",
            Self::Rebuilt => "rebuilt",
            Self::Listed => "listed",
            Self::Declared => "declared",
            Self::Aggregate => "aggregate",
        }
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// The file's name; not part of any digest.
    pub name: String,
    /// The format that was recognised, such as `samples-csv`.
    pub format: String,
    /// How good its evidence is.
    pub evidence: Evidence,
    /// The size of the file as it was given.
    pub bytes: u64,
    /// Rows or entries that were taken.
    pub accepted: u64,
    /// Rows or entries that were not.
    pub rejected: u64,
    /// Rows whose local time happened twice; the earlier reading was taken.
    pub ambiguous_times: u64,
    /// Names of columns or keys that could hold a password and were dropped unread.
    pub secrets_dropped: Vec<String>,
    /// Columns that this program has no use for.
    pub columns_aside: Vec<String>,
    /// Columns whose names do not tell what they hold and whose cells do, with what they were taken for.
    pub columns_guessed: Vec<(String, String)>,
    /// The columns of a table, in small letters; `1`, `2` and so on where it has no header. Empty: it is no table.
    pub columns: Vec<String>,
    /// The entry of a mapping that says how the table is read.
    pub mapping: Option<FileMapping>,
    /// The zone that times without offset were read in.
    pub read_in_zone: Option<String>,
    /// The encoding of its text, where that is not UTF-8 and was told from its bytes, such as `GB18030`.
    pub encoding: Option<String>,
    /// The time that its monitoring data tells of; `None`: it holds none.
    pub monitored: Option<Interval>,
    /// BLAKE2b-512 of the file as it was given, over which minisign signs; `None`: the file is too large for it.
    pub blake2b: Option<Bytes64>,
}

impl Source {
    /// The monitoring system that the file comes from, as far as its format tells: files of one system are one source,
    /// however many there are. It bears the name of the format; two formats of one producer are of one system.
    #[must_use]
    pub fn system(&self) -> &str {
        match self.format.as_str() {
            "uptimerobot-csv" => "uptimerobot",
            "pingdom-outages" | "pingdom-results" => "pingdom",
            format => format,
        }
    }

    /// The system of samples for which the file itself names one: two of one file are two sources, and neither is that
    /// system's own file.
    #[must_use]
    pub fn system_of(&self, named: &str) -> String {
        if named.is_empty() { self.system().to_owned() } else { format!("{}: {named}", self.system()) }
    }

    /// Whether samples of that system came from this file or one like it.
    #[must_use]
    pub fn is_of(&self, system: &str) -> bool {
        let rest = system.strip_prefix(self.system());
        !self.system().is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(": "))
    }
}
