use super::Diagnostic;
use super::references::{self, Scope};
use crate::record::{MergeError, Record};

/// The files of one case, together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// What they hold.
    pub record: Record,
    /// Names (of targets, authorisations, contacts) under which nothing fitting stands in any of the files. What such a
    /// name was meant to do is not done: as long as there is one, a statement would be wrong.
    pub unresolved: Vec<Diagnostic>,
}

/// Brings the records of several files together. Their order makes no difference, and a file that is given twice is taken
/// once: its rows are no repetitions of each other.
///
/// # Errors
/// [`MergeError`] where two of them contradict each other.
pub fn join(records: impl IntoIterator<Item = Record>) -> Result<Case, MergeError> {
    let record = records.into_iter().try_fold(Record::default(), |whole, file| {
        let known = !file.sources.is_empty() && file.sources.keys().all(|source| whole.sources.contains_key(source));
        if known { Ok(whole) } else { whole.merge(file) }
    })?;
    let unresolved = references::check(&record, Scope::Whole);
    let unresolved = unresolved.into_iter().map(|reference| reference.diagnostic(&record)).collect();
    Ok(Case { record, unresolved })
}
