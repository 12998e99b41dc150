//! The articles of the agreement applied to a record, for one month. Pure: no clock, no locale, no float.
//!
//! `sampling` and `listed` say when a target was down, `watch` combines vantages and targets, `downtime` takes the three
//! figures, `ruling` decides, `remedy` counts the money; each article has the file of its name.

mod assessment;
mod case;
mod clause;
mod connectivity;
mod downtime;
mod emergency;
mod exclusion;
mod flag;
mod listed;
mod power;
mod remedy;
mod report_rule;
mod ruling;
mod sampling;
mod watch;

pub use assessment::{
    Article, Assessment, Certainty, Conduct, Downtime, Emergency, ExcludedPart, Gap, Guarantee, Line, LineKind,
    LineState, Measured, NoticeOutcome, Outage, Remedies, Rule, RuleKind, SingleFailures, Status, Timeline, Verdict,
};
pub use case::conflicts;
pub use clause::Clause;
pub use flag::{Flag, Reason};
pub use report_rule::report_deadline;

use std::collections::BTreeSet;

use case::Case;

use crate::contract::Contract;
use crate::record::Record;
use crate::time::{BusinessCalendar, Instant, Interval, LocalMonth};

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

/// The agreement applied to the record. Without a contract its own figures and the default readings hold.
///
/// # Errors
/// [`Refusal`] for a month outside the term, or one that had not begun.
pub fn assess(record: &Record, question: Question) -> Result<Assessment, Refusal> {
    let default = Contract::default();
    let contract = record.contract.as_ref().unwrap_or(&default);
    let calendar = record.calendar.as_ref().unwrap_or_else(|| BusinessCalendar::china());
    let month_span = question.month.span(contract.time_zone);
    let period = period(contract, month_span)?;
    if question.as_of <= period.start() {
        return Err(Refusal::NotBegun);
    }
    let case = Case { record, contract, calendar, month_span, period, as_of: question.as_of };
    let guarantees: Vec<Guarantee> = Article::ALL.into_iter().map(|article| guarantee(&case, article)).collect();
    let secrets = record.sources.values().any(|source| !source.secrets_dropped.is_empty());
    let remedies = remedy::remedies(&case, &guarantees);
    let own = [secrets.then_some(Flag::SecretDropped), remedy::capped(&case, &remedies).then_some(Flag::CapApplied)];
    let flags = case.period_flags().into_iter().chain(own.into_iter().flatten()).collect();
    Ok(Assessment {
        month: question.month,
        zone: contract.time_zone,
        as_of: question.as_of,
        period,
        status: status(&case, &guarantees),
        remedies,
        guarantees,
        flags,
    })
}

fn guarantee(case: &Case, article: Article) -> Guarantee {
    match article {
        Article::Network => connectivity::connectivity(case),
        Article::Power => power::power(case),
        Article::EmergencyNotice => emergency::emergency_notice(case),
        _ => case.not_recorded(article),
    }
}

/// The month, cut to the term: article 11.
fn period(contract: &Contract, month: Interval) -> Result<Interval, Refusal> {
    let Some(term) = contract.term else { return Ok(month) };
    let zone = contract.time_zone;
    let end = term.last_day.succ_opt().map_or(Instant::MAX, |day| zone.day_start(day));
    Interval::new(zone.day_start(term.first_day), end).and_then(|term| term.cut_to(month)).ok_or(Refusal::OutsideTerm)
}

fn status(case: &Case, guarantees: &[Guarantee]) -> Status {
    let flags: BTreeSet<Flag> = guarantees.iter().flat_map(|own| own.flags.iter().copied()).collect();
    let open = flags.contains(&Flag::ReportWindowOpen)
        || flags.contains(&Flag::CalendarMissing)
        || guarantees.iter().any(|own| own.verdict == Verdict::Undetermined)
        || case.as_of < case.period.end();
    if open { Status::Provisional } else { Status::Final }
}
