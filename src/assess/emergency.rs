//! Article 4: the customer is told of an emergency within 15 minutes, or gets a day's rent.

use crate::sorted::{Map, Set};

use chrono::NaiveDate;

use super::case::{Case, Looked};
use super::force_majeure::prevents_notice;
use super::watch::{Spell, Watch};
use super::{Article, Conduct, Emergency, Flag, Guarantee, Line, LineKind, LineState, NoticeOutcome, Reason, Verdict};
use crate::contract::{Contact, DailyBasis, DayAttribution, Fen};
use crate::record::{Notice, Role};
use crate::time::{Instant, LocalMonth, MINUTE_MS};

/// Article 4 in this month.
pub(super) fn emergency_notice(case: &Case, network: &Looked) -> Guarantee {
    let watched = &network.watched;
    if case.record.notices.is_none() || watched.is_empty() {
        return case.not_recorded(Article::EmergencyNotice);
    }
    let together = Watch::at_least(1, &watched.iter().map(|watched| &watched.watch).collect::<Vec<_>>());
    let starts = together.spells.iter().skip(1).map(|next| next.shown.start()).chain([Instant::MAX]);
    let each = together.spells.iter().zip(starts).filter_map(|(spell, next)| emergency(case, spell, next));
    let emergencies: Vec<Emergency> = each.filter(|own| belongs(case, own)).collect();
    let (verdict, reasons) = verdict(case, &emergencies);
    let mut flags: Set<Flag> = emergencies.iter().flat_map(|own| own.flags.iter().copied()).collect();
    let lines = day_credits(case, &emergencies);
    flags.extend(lines.iter().any(|line| line.state == LineState::Eligible).then_some(Flag::UnrequestedCredit));
    Guarantee { article: Article::EmergencyNotice, verdict, reasons, flags, conduct: Conduct::Emergencies(emergencies) }
}

/// An outage becomes an emergency with its second failed probe. What comes after the start of the `next` one is of that.
fn emergency(case: &Case, spell: &Spell, next: Instant) -> Option<Emergency> {
    let determined_at = spell.determined?;
    let first_failed_at = spell.shown.start();
    let deadline = determined_at.plus(i64::from(case.contract.terms.notice_minutes) * MINUTE_MS);
    let until = case.as_of.min(next.max(deadline));
    let told: Vec<&Notice> =
        case.notices().into_iter().filter(|notice| notice.at >= first_failed_at && notice.at <= until).collect();
    let notified_at = told.iter().filter(|notice| reaches(case, notice)).map(|notice| notice.at).min();
    let mut flags = Set::new();
    let outcome = if notified_at.is_some_and(|at| at <= deadline) {
        NoticeOutcome::InTime
    } else if contacts_fail(case, &told, first_failed_at, deadline) {
        flags.insert(Flag::ContactStale);
        NoticeOutcome::Exempt
    } else {
        match prevents_notice(case, determined_at, &spell.targets) {
            Some(true) => NoticeOutcome::Exempt,
            Some(false) => NoticeOutcome::Disputed,
            None if notified_at.is_some() => NoticeOutcome::Late,
            None if case.as_of <= deadline => NoticeOutcome::Pending,
            None => NoticeOutcome::Missed,
        }
    };
    flags.extend((outcome == NoticeOutcome::Disputed).then_some(Flag::DisputedExclusion));
    let attributed = match case.contract.policy.day_attribution() {
        DayAttribution::Lapse => deadline,
        DayAttribution::Determination => determined_at,
        DayAttribution::OutageStart => first_failed_at,
    };
    Some(Emergency {
        targets: spell.targets.clone(),
        first_failed_at,
        determined_at,
        deadline,
        notified_at,
        outcome,
        day: case.contract.time_zone.day(attributed),
        flags,
    })
}

/// 23:50 on 31 March lapses on 1 April and belongs to April.
fn belongs(case: &Case, emergency: &Emergency) -> bool {
    let zone = case.contract.time_zone;
    let day = zone.day_span(emergency.day).is_some_and(|day| day.meets(case.period));
    day && LocalMonth::of(emergency.day) == LocalMonth::of(zone.day(case.period.start()))
        && emergency.determined_at < case.as_of
}

/// Article 4.2: it arrived, at a designated contact valid at that time, over the channel that the customer chose.
fn reaches(case: &Case, notice: &Notice) -> bool {
    let Some(contacts) = &case.contract.contacts else { return notice.delivered };
    notice.delivered && contacts.iter().any(|contact| used(contact, notice) && !contact.faulty)
}

/// The notice went to this contact over its channel, while the entry was valid.
fn used(contact: &Contact, notice: &Notice) -> bool {
    contact.name == notice.contact && contact.channel == notice.channel && valid(contact, notice.at)
}

fn valid(contact: &Contact, at: Instant) -> bool {
    contact.valid_from.is_none_or(|from| from <= at) && contact.valid_to.is_none_or(|to| at < to)
}

/// Article 4.7: the provider tried in time and failed on contact data that the customer let become wrong, or no valid
/// contact was right. A provider who used an entry that had been replaced is not freed.
fn contacts_fail(case: &Case, told: &[&Notice], from: Instant, deadline: Instant) -> bool {
    let Some(contacts) = &case.contract.contacts else { return false };
    let named: Vec<&Contact> =
        contacts.iter().filter(|contact| valid(contact, deadline) || valid(contact, from)).collect();
    let none_right = named.iter().all(|contact| contact.faulty);
    let wrong = |notice: &Notice| contacts.iter().any(|contact| used(contact, notice) && contact.faulty);
    let tried = told.iter().any(|notice| notice.at <= deadline && wrong(notice));
    tried || (!contacts.is_empty() && none_right)
}

fn verdict(case: &Case, emergencies: &[Emergency]) -> (Verdict, Set<Reason>) {
    let any = |outcomes: &[NoticeOutcome]| emergencies.iter().any(|own| outcomes.contains(&own.outcome));
    if any(&[NoticeOutcome::Late, NoticeOutcome::Missed]) {
        return (Verdict::Breached, Set::new());
    }
    let reasons: Set<Reason> = [
        any(&[NoticeOutcome::Disputed]).then_some(Reason::DisputedExclusion),
        (any(&[NoticeOutcome::Pending]) || case.as_of < case.period.end()).then_some(Reason::PeriodNotOver),
        (!sampled(case)).then_some(Reason::NoData),
    ]
    .into_iter()
    .flatten()
    .collect();
    (if reasons.is_empty() { Verdict::Met } else { Verdict::Undetermined }, reasons)
}

/// Article 4.1 speaks of probes: without any in the period nothing can be determined.
fn sampled(case: &Case) -> bool {
    let network = case.record.series.iter().filter(|(key, _)| case.record.role(key) == Role::Network);
    network.into_iter().any(|(_, series)| {
        series.first().is_some_and(|first| first < case.period.end())
            && series.last().is_some_and(|last| last >= case.period.start())
    })
}

/// Articles 4.8 and 4.9: a day's rent for each local day with a lapse, at most one a day; owed only where the customer asked.
/// Where she asked and it is still open whether there was a lapse, it depends on that.
pub(super) fn day_credits(case: &Case, emergencies: &[Emergency]) -> Vec<Line> {
    let requested = |day: NaiveDate| {
        let mut requests = case.record.credit_requests.iter().flatten();
        requests.any(|request| request.day == day && request.at <= case.as_of)
    };
    let state = |own: &Emergency| match (own.outcome, requested(own.day)) {
        (NoticeOutcome::Late | NoticeOutcome::Missed, true) => Some(LineState::Due),
        (NoticeOutcome::Late | NoticeOutcome::Missed, false) => Some(LineState::Eligible),
        (NoticeOutcome::Disputed | NoticeOutcome::Pending, true) => Some(LineState::Contingent),
        _ => None,
    };
    let mut days: Map<NaiveDate, LineState> = Map::new();
    for own in emergencies {
        let Some(state) = state(own) else { continue };
        let known = days.of_or(own.day, || state);
        // A lapse of the day outweighs what is open of it.
        if state != LineState::Contingent {
            *known = state;
        }
    }
    let line = |(day, state): (NaiveDate, LineState)| Line {
        article: Article::EmergencyNotice,
        kind: LineKind::DayCredit(day),
        case: None,
        amount: case.rent().map(|rent| daily_rent(case, rent)),
        state,
    };
    days.into_iter().map(line).collect()
}

/// `credit.daily_basis`: the month's rent by the days of the local month, by thirty, or a year's rent by 365.
fn daily_rent(case: &Case, rent: Fen) -> Fen {
    let month = LocalMonth::of(case.contract.time_zone.day(case.period.start()));
    match case.contract.policy.daily_basis() {
        DailyBasis::DaysInMonth => rent.divided_half_up(i64::from(month.days())),
        DailyBasis::Thirty => rent.divided_half_up(30),
        DailyBasis::Year365 => rent.year_by_365_half_up(),
    }
}
