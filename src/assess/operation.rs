//! Article 7: operations on authorisation, first feedback within 30 minutes, and a written report.

use super::case::Case;
use super::support::authorisation;
use super::{Article, CaseOutcome, Guarantee, Missing, SingleCase};
use crate::record::{Authorisation, Operation};
use crate::time::MINUTE_MS;

/// Article 7 in this month.
pub(super) fn operations(case: &Case) -> Guarantee {
    let Some(operations) = &case.record.operations else { return case.not_recorded(Article::Operations) };
    case.handled(Article::Operations, operations.iter().map(|own| operation(case, own)))
}

/// Article 7.2. The clock starts with the authorisation, by telephone with the verification of the credentials; without
/// an authorisation with the operation itself. What began before its authorisation was not authorised: article 7.1.
fn operation(case: &Case, own: &Operation) -> SingleCase {
    let begun = own.started_at.or(own.ended_at);
    let authorisations = case.record.authorisations.iter().flatten();
    let mut named = authorisations.into_iter().filter(|known| Some(&known.id) == own.authorisation.as_ref());
    // An operation that is known while its authorisation is still to come has none.
    let authorised = named.find(|known| known.at <= case.as_of || case.known(begun).is_none());
    let first_known = [own.started_at, own.first_feedback_at, own.ended_at, own.report_at].into_iter().flatten().min();
    let started_at = authorised.map(|known| known.at).or(first_known);
    let mut single = SingleCase::new(&own.id, started_at);
    let early = |known: &Authorisation| begun.is_some_and(|at| at < known.at);
    let illegal =
        authorised.is_none_or(|known| early(known) || authorisation(case, known).outcome == CaseOutcome::Illegal);
    single.lacks(Missing::Authorisation, illegal);
    single.due =
        authorised.map(|known| known.at.plus(i64::from(case.contract.terms.first_feedback_minutes) * MINUTE_MS));
    // What was said before the authorisation is no feedback on it.
    single.done_at = case.known(own.first_feedback_at).filter(|at| authorised.is_none_or(|known| *at >= known.at));
    let report = case.known(own.report_at).filter(|at| own.ended_at.is_none_or(|ended| *at >= ended));
    let ended = case.known(own.ended_at).or(report);
    single.elapsed_ms = report.zip(case.known(own.ended_at)).map(|(report, ended)| report.since(ended));
    let told = single.done_at.is_some();
    single.lacks(Missing::FirstFeedback, !told);
    single.lacks(Missing::End, ended.is_none());
    single.lacks(Missing::Report, report.is_none());
    let in_time = |due| single.done_at.map_or(case.as_of <= due, |at| at <= due);
    single.outcome = match () {
        () if illegal => CaseOutcome::Illegal,
        () if single.due.is_some_and(|due| !in_time(due)) => CaseOutcome::Breached,
        () if !told || ended.is_none() => CaseOutcome::Pending,
        () if report.is_none() => CaseOutcome::Deficient,
        () => CaseOutcome::Met,
    };
    single
}
