//! Article 3: an installation is complete within three business days of signing, or its setup fee is refunded.

use chrono::{Days, NaiveDate, NaiveTime};

use super::case::Case;
use super::single_case::raise;
use super::{Article, CaseOutcome, Flag, Guarantee, Line, LineKind, LineState, Missing, Reason, SingleCase, Verdict};
use crate::contract::ServiceClass;
use crate::record::{Installation, InstallationItem};
use crate::time::{Instant, LocalReading};

/// Minutes of a whole day: `install.day_end` = `24:00`.
const WHOLE_DAY: u16 = 1_440;

/// Article 3 in this month.
pub(super) fn installation(case: &Case) -> Guarantee {
    let Some(installations) = &case.record.installations else { return case.not_recorded(Article::Installation) };
    let mut guarantee = case.handled(Article::Installation, installations.iter().map(|own| single(case, own)));
    let undated = |own: &SingleCase| own.due.is_none() && own.outcome == CaseOutcome::Pending;
    let calendar = guarantee.cases().iter().any(undated);
    if calendar && guarantee.verdict == Verdict::Undetermined {
        guarantee.reasons.insert(Reason::CalendarMissing);
    }
    raise(&mut guarantee, Flag::CalendarMissing, calendar);
    guarantee
}

/// Article 3.2: due by the end of the third business day after signing, complete when every item of its class is accepted.
fn single(case: &Case, own: &Installation) -> SingleCase {
    let accepted = |item: InstallationItem| {
        let found = own.items.iter().find(|(known, _)| *known == item);
        found.and_then(|(_, at)| case.known(*at))
    };
    let items = items(own.service_class);
    let started_at = case.contract.time_zone.day_start(own.signed_on);
    let mut single = SingleCase::new(&own.id, Some(started_at));
    items.iter().for_each(|(item, part)| single.lacks(*part, accepted(*item).is_none()));
    if single.missing.is_empty() {
        single.done_at = items.iter().filter_map(|(item, _)| accepted(*item)).max();
    }
    let day = case.calendar.nth_working_day_after(own.signed_on, case.contract.terms.install_business_days).ok();
    single.due = day.map(|day| end_of(case, day));
    // No calendar makes three business days shorter than three days.
    let days = Days::new(u64::from(case.contract.terms.install_business_days));
    let earliest = own.signed_on.checked_add_days(days).map_or(started_at, |day| end_of(case, day));
    single.outcome = match (single.due, single.done_at) {
        (Some(due), Some(done)) if in_time(case, due, done) => CaseOutcome::Met,
        (None, Some(done)) if in_time(case, earliest, done) => CaseOutcome::Met,
        (Some(_), Some(_)) => CaseOutcome::Breached,
        (Some(due), None) if !in_time(case, due, case.as_of) => CaseOutcome::Breached,
        _ => CaseOutcome::Pending,
    };
    single
}

/// Article 3.1: what belongs to an installation of this class.
const fn items(class: ServiceClass) -> &'static [(InstallationItem, Missing)] {
    const ALL: [(InstallationItem, Missing); 4] = [
        (InstallationItem::Power, Missing::Power),
        (InstallationItem::Network, Missing::Network),
        (InstallationItem::Hardware, Missing::Hardware),
        (InstallationItem::SystemSoftware, Missing::SystemSoftware),
    ];
    match class {
        ServiceClass::ManagedServer => &ALL,
        ServiceClass::Colocation | ServiceClass::Cabinet => ALL.split_at(2).0,
    }
}

/// `install.day_end` on this local day. A time that the clocks skip is the first instant after.
fn end_of(case: &Case, day: NaiveDate) -> Instant {
    let (zone, minutes) = (case.contract.time_zone, case.contract.policy.install_day_end().minutes());
    let next = zone.day_start(day.succ_opt().unwrap_or(day));
    let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minutes) * 60, 0);
    match time.filter(|_| minutes < WHOLE_DAY).map(|time| zone.read(day.and_time(time))) {
        Some(LocalReading::Once(at) | LocalReading::Twice(at)) => at,
        Some(LocalReading::Never) | None => next,
    }
}

/// 24:00 is no longer inside its day; a stated hour is.
fn in_time(case: &Case, due: Instant, done: Instant) -> bool {
    let whole_day = case.contract.policy.install_day_end().minutes() == WHOLE_DAY;
    done < due || (done == due && !whole_day)
}

/// Article 3.2: the setup fee of each installation that was late, outside the cap of the rent.
pub(super) fn refunds(case: &Case, cases: &[SingleCase]) -> Vec<Line> {
    let line = |own: &SingleCase| {
        let state = match own.outcome {
            CaseOutcome::Breached => LineState::Due,
            CaseOutcome::Pending => LineState::Contingent,
            _ => return None,
        };
        let installation = case.record.installations.iter().flatten().find(|installation| installation.id == own.id)?;
        let (kind, case) = (LineKind::SetupFeeRefund, Some(own.id.clone()));
        Some(Line { article: Article::Installation, kind, case, amount: installation.setup_fee, state })
    };
    cases.iter().filter_map(line).collect()
}
