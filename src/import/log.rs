use super::KEPT_DIAGNOSTICS;
use super::diagnostic::{Code, Finding, Place};
use crate::record::Source;

/// What happened to the rows of a file while it was read.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// What the record will say of the file.
    pub source: Source,
    pub rejected: Vec<Finding>,
    pub notes: Vec<Finding>,
    pub notes_beyond: u64,
    /// What was read are files inside this one, which is no source itself.
    pub holds_files: bool,
    /// Rejected rows of files inside, beyond those that were kept.
    pub beyond_inside: u64,
}

impl Log {
    /// Counts a row that was not taken, and keeps why.
    pub fn reject(&mut self, why: impl FnOnce() -> Finding) {
        self.source.rejected += 1;
        if self.rejected.len() < KEPT_DIAGNOSTICS {
            self.rejected.push(why());
        }
    }

    /// Counts something that took nothing away, and keeps what it was.
    pub fn note(&mut self, what: impl FnOnce() -> Finding) {
        if self.notes.len() < KEPT_DIAGNOSTICS { self.notes.push(what()) } else { self.notes_beyond += 1 }
    }

    /// A column or key was dropped because it could hold a password.
    pub fn drop_secret(&mut self, name: &str, place: Place) {
        self.note(|| Finding::new(Code::SecretDropped, place).found(name));
        if !self.source.secrets_dropped.iter().any(|known| known == name) {
            self.source.secrets_dropped.push(name.to_owned());
        }
    }

    /// Rejected rows beyond those that were kept.
    pub fn rejected_beyond(&self) -> u64 {
        let kept = u64::try_from(self.rejected.len()).unwrap_or(u64::MAX);
        self.beyond_inside + self.source.rejected.saturating_sub(kept)
    }
}
