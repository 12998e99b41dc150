use serde::{Deserialize, Serialize};

/// Whether the limits on size hold that a page needs: what it reads stands in memory, and its reader waits. Each limit is
/// a constant where it is used and has a message of its own, which names the command line; there none of them holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Limits {
    /// They hold.
    #[default]
    Page,
    /// They do not: the disk is the limit. What bounds the form of a file (how long a row is, how deep a document) stays.
    None,
}

impl Limits {
    /// Whether so many are more than the page takes.
    pub(super) const fn exceeded(self, count: u64, most: u64) -> bool {
        matches!(self, Self::Page) && count > most
    }

    /// How many there may still be, where there are so many already.
    pub(super) fn room(self, count: u64, most: u64) -> usize {
        match self {
            Self::Page => usize::try_from(most.saturating_sub(count)).unwrap_or(usize::MAX),
            Self::None => usize::MAX,
        }
    }
}
