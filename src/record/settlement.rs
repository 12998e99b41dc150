use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Entries, Exclusion, MergeError, Origin, Stance};
use crate::sorted::Map;

/// What the parties came to say of exclusions after these were recorded, and exclusions that one of them claimed since.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settlement {
    /// The contract's id, where the settlement names it: of another contract it settles nothing.
    pub contract: Option<String>,
    /// What became of each.
    pub settled: Map<Claimed, Settled>,
    /// What was claimed since. Taken over into the record's exclusions where the files of a case are joined.
    pub claims: Entries<Exclusion>,
}

/// What can be settled, by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Claimed {
    /// Maintenance, article 1.5.
    Maintenance(String),
    /// An exclusion of articles 1.6 to 1.10 and 2.4.1 to 2.4.4.
    Exclusion(String),
}

impl Claimed {
    /// The id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Maintenance(id) | Self::Exclusion(id) => id,
        }
    }
}

/// What became of one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Settled {
    /// What the parties say of it now.
    pub stance: Stance,
    /// Who said so.
    pub by: String,
    /// The day on which it was said, in the contract's zone.
    #[serde(with = "crate::time::day")]
    pub on: NaiveDate,
    /// Where it stands.
    pub origin: Origin,
}

impl Settlement {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.settled.is_empty() && self.claims.is_empty()
    }

    /// What both settle. What was settled later does not outweigh what was settled before: two files that differ are
    /// never chosen between.
    ///
    /// # Errors
    /// [`MergeError`] where both speak of the same and differ, or are of two contracts.
    pub fn merge(mut self, other: Self) -> Result<Self, MergeError> {
        if self.contract.as_ref().zip(other.contract.as_ref()).is_some_and(|(own, other)| own != other) {
            return Err(MergeError::TwoContracts);
        }
        self.contract = self.contract.or(other.contract);
        for (claimed, settled) in other.settled {
            if self.settled.get(&claimed).is_some_and(|own| !own.is_the_same_as(&settled)) {
                return Err(MergeError::SameId { section: "settled".to_owned(), id: claimed.id().to_owned() });
            }
            let settled = self.settled.remove(&claimed).map_or(settled.clone(), |own| own.min(settled));
            self.settled.insert(claimed, settled);
        }
        self.claims.extend(other.claims);
        Ok(self)
    }
}

impl Settled {
    fn is_the_same_as(&self, other: &Self) -> bool {
        (self.stance, &self.by, self.on) == (other.stance, &other.by, other.on)
    }
}
