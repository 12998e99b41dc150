use super::Diagnostic;
use super::mapping;
use super::minisig;
use super::references::{self, Scope};
use super::sla_settlement;
use crate::record::{Digest, Evidence, MergeError, Record};

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
    let mut records: Vec<Record> = records.into_iter().collect();
    // Archives first: a file that lies beside one is then known, and not the other way round.
    records.sort_by_key(|file| usize::MAX - file.sources.len());
    let record = records.into_iter().try_fold(Record::default(), |whole, file| {
        let known = !file.sources.is_empty() && file.sources.keys().all(|source| whole.sources.contains_key(source));
        if known { Ok(whole) } else { whole.merge(file) }
    })?;
    let record = sla_settlement::in_force(minisig::with_findings(with_designated_notices(record)))?;
    let record = mapping::in_force(record)?;
    let unresolved = references::check(&record, Scope::Whole);
    let unresolved = unresolved.into_iter().map(|reference| reference.diagnostic(&record)).collect();
    Ok(Case { record, unresolved })
}

/// A monitoring system tells of everybody whom it notified. Whom the customer did not designate is of no concern; where it
/// told nobody else, notices are not recorded.
fn with_designated_notices(mut record: Record) -> Record {
    let Some(contacts) = record.contract.as_ref().and_then(|contract| contract.contacts.as_ref()) else {
        return record;
    };
    let logged =
        |source: &Digest| record.sources.get(source).is_some_and(|source| source.evidence == Evidence::Rebuilt);
    let Some(notices) = &mut record.notices else { return record };
    let before = notices.len();
    notices.retain(|notice| {
        !logged(&notice.origin.source) || contacts.iter().any(|contact| contact.name == notice.contact)
    });
    if notices.is_empty() && before > 0 {
        record.notices = None;
    }
    record
}
