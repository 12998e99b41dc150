//! Article 9: the machine room is open to a customer who gave notice.

use super::case::Case;
use super::{Article, CaseOutcome, Guarantee, Missing, SingleCase};
use crate::record::Visit;

/// Article 9 in this month.
pub(super) fn visits(case: &Case) -> Guarantee {
    let Some(visits) = &case.record.visits else { return case.not_recorded(Article::Visits) };
    case.handled(Article::Visits, visits.iter().map(|own| visit(case, own)))
}

/// Articles 9.2 and 9.3: whoever was refused with everything in order was wronged; whoever was refused with something
/// missing was not, and the list says what.
fn visit(case: &Case, own: &Visit) -> SingleCase {
    let entered = case.known(own.entered_at);
    let notified = case.known(own.notified_at);
    let in_advance = notified.is_some_and(|at| own.entered_at.or(own.expected_entry).is_none_or(|entry| at <= entry));
    let blank = |text: &Option<String>| text.as_ref().is_none_or(|text| text.trim().is_empty());
    let lacks = [
        (!in_advance, Missing::Notice),
        (blank(&own.reason), Missing::VisitReason),
        (blank(&own.activity), Missing::Activity),
        (own.expected_entry.is_none(), Missing::ExpectedEntry),
        (own.expected_exit.is_none(), Missing::ExpectedExit),
        (blank(&own.cooperation), Missing::Cooperation),
        (own.escort != Some(true), Missing::Escort),
        (own.badge != Some(true), Missing::Badge),
    ];
    let started_at = own.notified_at.or(own.expected_entry).or(own.entered_at);
    let mut single = SingleCase::new(&own.id, started_at);
    lacks.into_iter().for_each(|(missing, part)| single.lacks(part, missing));
    single.done_at = entered;
    let refused = own.refused == Some(true);
    let certainly_missing = |part: Missing| match part {
        Missing::Escort => own.escort == Some(false),
        Missing::Badge => own.badge == Some(false),
        _ => true,
    };
    let unaccompanied = own.escort == Some(false) || own.badge == Some(false);
    let to_come = own.expected_entry.is_some_and(|entry| case.as_of <= entry);
    single.outcome = match () {
        () if refused && single.missing.is_empty() => CaseOutcome::Breached,
        () if refused && single.missing.iter().copied().any(certainly_missing) => CaseOutcome::Met,
        () if refused => CaseOutcome::NotRecorded,
        () if entered.is_some() && unaccompanied => CaseOutcome::Deficient,
        () if entered.is_some() => CaseOutcome::Met,
        () if to_come || own.entered_at.is_some() => CaseOutcome::Pending,
        () => CaseOutcome::NotRecorded,
    };
    if !refused && entered.is_none() {
        single.missing.insert(Missing::Entry);
    }
    if !refused && entered.is_some() {
        single.missing.retain(|part| certainly_missing(*part));
    }
    single
}
