//! The articles of the agreement applied to a record, for one month. Pure: no clock, no locale, no float.
//!
//! `sampling` and `listed` say when a target was down, `source` which of several sources decides, `watch` combines vantages and targets, `downtime` takes the three
//! figures, `ruling` decides, `remedy` counts the money; each article has the file of its name.

mod assessment;
mod case;
mod clause;
mod clock;
mod complaint;
mod connectivity;
mod cross_check;
mod customer_service;
mod downtime;
mod emergency;
mod exclusion;
mod flag;
mod force_majeure;
mod installation;
mod listed;
mod operation;
mod power;
mod probes;
mod provenance;
mod remedy;
mod report_rule;
mod ruling;
mod sampling;
mod single_case;
mod source;
mod steps;
mod support;
mod term;
mod trace;
mod visit;
mod watch;
mod would_change;

pub use assessment::{
    Article, Assessment, Certainty, Compared, Conduct, Downtime, Emergency, ExcludedPart, Gap, Guarantee, Line,
    LineKind, LineState, Measured, Mismatch, NoticeOutcome, Outage, Remedies, Rule, RuleKind, SingleFailures, Status,
    Timeline, Verdict,
};
pub use case::conflicts;
pub use clause::Clause;
pub use cross_check::{CrossCheck, CrossCheckOutcome};
pub use flag::{Flag, Reason};
pub use probes::{Bound, ProbeRow, Probes, listed_as, probes};
pub use provenance::{Provenance, SignatureStatus, SourceSignature};
pub use report_rule::report_deadline;
pub use single_case::{CaseOutcome, Handling, Missing, SingleCase};
pub use source::Monitoring;
pub use steps::Steps;
pub use term::{LastDay, odd_last_day, term_months};
pub use trace::{Part, Trace, TraceStep};
pub use would_change::{Fact, WouldChange};

use crate::sorted::Set;

use case::{Case, Looked};
use steps::pause;

use crate::contract::Contract;
use crate::record::{Record, Role};
use crate::time::{BusinessCalendar, Instant, LocalMonth};

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

/// The agreement applied to the record, at once. Without a contract its own figures and the default readings hold.
///
/// # Errors
/// [`Refusal`] for a month outside the term, or one that had not begun.
pub fn assess(record: &Record, question: Question) -> Result<Assessment, Refusal> {
    Steps::new(assessed(record, question)).end()
}

/// The same, with a pause after each target that was looked at, each thing that was supposed, each article that was decided.
///
/// # Errors
/// Those of [`assess`].
pub async fn assessed(record: &Record, question: Question) -> Result<Assessment, Refusal> {
    let default = Contract::default();
    let case = case(record, &default, question)?;
    let network = Looked::at(&case, |role| role == Role::Network).await;
    let mut guarantees = Vec::with_capacity(Article::ALL.len());
    for article in Article::ALL {
        guarantees.push(guarantee(&case, article, &network).await);
        pause().await;
    }
    Ok(whole(&case, question.month, guarantees).await)
}

fn case<'a>(record: &'a Record, default: &'a Contract, question: Question) -> Result<Case<'a>, Refusal> {
    let contract = record.contract.as_ref().unwrap_or(default);
    let calendar = record.calendar.as_ref().unwrap_or_else(|| BusinessCalendar::china());
    let month_span = question.month.span(contract.time_zone);
    let period = term::period(contract, month_span)?;
    if question.as_of <= period.start() {
        return Err(Refusal::NotBegun);
    }
    Ok(Case { record, contract, calendar, month_span, period, as_of: question.as_of })
}

/// All articles together.
async fn whole(case: &Case<'_>, month: LocalMonth, mut guarantees: Vec<Guarantee>) -> Assessment {
    let (cross_checks, contradicted) = cross_check::cross_checks(case).await;
    for own in guarantees.iter_mut().filter(|own| contradicted.contains(&own.article)) {
        own.flags.insert(Flag::ProbeMismatch);
    }
    let secrets = case.record.sources.values().any(|source| !source.secrets_dropped.is_empty());
    let remedies = remedy::remedies(case, &guarantees);
    let provenance = provenance::provenance(case, month);
    let mut flags = case.period_flags();
    flags.extend(provenance.flags());
    flags.extend(secrets.then_some(Flag::SecretDropped));
    flags.extend(remedy::capped(case, &remedies).then_some(Flag::CapApplied));
    flags.extend(case.contract.term.and_then(odd_last_day).map(|_| Flag::TermDatesOdd));
    Assessment {
        month,
        zone: case.contract.time_zone,
        as_of: case.as_of,
        period: case.period,
        status: status(case, &guarantees),
        remedies,
        guarantees,
        flags,
        provenance,
        cross_checks,
    }
}

async fn guarantee(case: &Case<'_>, article: Article, network: &Looked) -> Guarantee {
    match article {
        Article::Network => connectivity::connectivity(case, network).await,
        Article::Power => power::power(case).await,
        Article::Installation => installation::installation(case),
        Article::EmergencyNotice => emergency::emergency_notice(case, network),
        Article::CustomerService => customer_service::customer_service(case),
        Article::Support => support::support(case),
        Article::Operations => operation::operations(case),
        Article::Complaints => complaint::complaints(case),
        Article::Visits => visit::visits(case),
    }
}

fn status(case: &Case, guarantees: &[Guarantee]) -> Status {
    let flags: Set<Flag> = guarantees.iter().flat_map(|own| own.flags.iter().copied()).collect();
    let open = flags.contains(&Flag::ReportWindowOpen)
        || flags.contains(&Flag::CalendarMissing)
        || guarantees.iter().any(|own| own.verdict == Verdict::Undetermined)
        || case.as_of < case.period.end();
    if open { Status::Provisional } else { Status::Final }
}
