//! Articles 1.4 and 2.4: an outage that the customer did not report within five days is not counted.

use chrono::Days;

use super::watch::Spell;
use crate::contract::{Anchor, Contract, CountOfDays, Policy};
use crate::record::OutageReport;
use crate::sorted::Set;
use crate::time::{BusinessCalendar, DAY_MS, Instant, YearMissing, Zone};

/// What is known of the report of one outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reported {
    /// It came in time.
    InTime,
    /// The days are over, and it did not.
    No,
    /// The days are not over.
    Open,
    /// Whether the days are over depends on a year that the calendar lacks.
    CalendarMissing,
}

/// The rule, applied to one outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ruling {
    pub(super) reported: Reported,
    /// `None` where the calendar lacks the year.
    pub(super) deadline: Option<Instant>,
    /// The first report of it, in time or not.
    pub(super) reported_at: Option<Instant>,
    /// Counting from the other end of the outage would change the answer.
    pub(super) anchor_matters: bool,
    /// Not rolling, or rolling, over rest days would change the answer.
    pub(super) roll_matters: bool,
}

/// The rule with all that it needs.
#[derive(Clone)]
pub(super) struct ReportRule<'a> {
    pub(super) contract: &'a Contract,
    pub(super) calendar: &'a BusinessCalendar,
    pub(super) reports: Vec<&'a OutageReport>,
    pub(super) as_of: Instant,
    /// Ids of every outage of the case, so that a report that names another outage is not taken for this one's.
    pub(super) known_ids: Set<&'a str>,
}

/// The end of the days for a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Deadline {
    at: Instant,
    /// Civil days end at 24:00, which is no longer inside; counted hours include their last instant.
    included: bool,
}

impl Deadline {
    fn holds(self, at: Instant) -> bool {
        at < self.at || (self.included && at == self.at)
    }
}

impl ReportRule<'_> {
    pub(super) fn apply(&self, spell: &Spell) -> Ruling {
        let policy = &self.contract.policy;
        let (anchor, roll) = (policy.report_anchor(), policy.holiday_roll());
        let other_anchor = match anchor {
            Anchor::EndOfOutage => Anchor::StartOfOutage,
            Anchor::StartOfOutage => Anchor::EndOfOutage,
        };
        let reported = self.reported(spell, anchor, roll);
        let differs = |other: Reported| {
            let decided = |answer| matches!(answer, Reported::InTime | Reported::No);
            decided(reported) && decided(other) && reported != other
        };
        Ruling {
            reported,
            deadline: self.deadline(spell, anchor, roll).ok().map(|deadline| deadline.at),
            reported_at: self.matching(spell).map(|report| report.at).min(),
            anchor_matters: differs(self.reported(spell, other_anchor, roll)),
            roll_matters: policy.report_count() == CountOfDays::CivilDays
                && differs(self.reported(spell, anchor, !roll)),
        }
    }

    fn reported(&self, spell: &Spell, anchor: Anchor, roll: bool) -> Reported {
        let in_time = |deadline: Deadline| self.matching(spell).any(|report| deadline.holds(report.at));
        let open =
            |deadline: Deadline| deadline.holds(self.as_of) || (spell.open_ended && anchor == Anchor::EndOfOutage);
        match self.deadline(spell, anchor, roll) {
            Ok(deadline) if in_time(deadline) => Reported::InTime,
            Ok(deadline) if open(deadline) => Reported::Open,
            Ok(_) => Reported::No,
            Err(_) => match self.deadline(spell, anchor, false) {
                Ok(deadline) if in_time(deadline) => Reported::InTime,
                Ok(deadline) if open(deadline) => Reported::Open,
                _ => Reported::CalendarMissing,
            },
        }
    }

    fn deadline(&self, spell: &Spell, anchor: Anchor, roll: bool) -> Result<Deadline, YearMissing> {
        let from = match anchor {
            Anchor::EndOfOutage => spell.possible.end(),
            Anchor::StartOfOutage => spell.shown.start(),
        };
        let (contract, calendar) = (self.contract, roll.then_some(self.calendar));
        deadline(from, contract.terms.report_days, contract.time_zone, contract.policy.report_count(), calendar)
    }

    /// Reports of this outage, in time or not: by id, else by the time that they speak of, else by when they were made.
    fn matching<'b>(&'b self, spell: &'b Spell) -> impl Iterator<Item = &'b OutageReport> {
        let id = spell.id();
        self.reports.iter().copied().filter(move |report| {
            let early = report.at < spell.possible.start() || report.at > self.as_of;
            let named = report.outage.as_ref().map(|named| *named == id || spell.ids.contains(named));
            !early
                && match (named, report.span) {
                    (Some(true), _) => true,
                    (Some(false), _)
                        if report.outage.as_ref().is_some_and(|named| self.known_ids.contains(named.as_str())) =>
                    {
                        false
                    }
                    (_, Some(span)) => span.meets(spell.possible),
                    (_, None) => true,
                }
        })
    }
}

/// The end of the days that run from `from`, rolled over rest days where a calendar is given.
fn deadline(
    from: Instant,
    days: u32,
    zone: Zone,
    count: CountOfDays,
    calendar: Option<&BusinessCalendar>,
) -> Result<Deadline, YearMissing> {
    match count {
        CountOfDays::Exact120h => Ok(Deadline { at: from.plus(i64::from(days) * DAY_MS), included: true }),
        CountOfDays::CivilDays => {
            let day = zone.day(from);
            let last = day.checked_add_days(Days::new(u64::from(days))).unwrap_or(day);
            let last = calendar.map_or(Ok(last), |calendar| calendar.working_day_from(last))?;
            Ok(Deadline { at: zone.day_start(last.succ_opt().unwrap_or(last)), included: false })
        }
    }
}

/// The end of the days for the report of an outage whose days run from `from`, as the policy counts them.
///
/// # Errors
/// [`YearMissing`] where the calendar lacks a year that is needed.
pub fn report_deadline(
    from: Instant,
    terms_days: u32,
    zone: Zone,
    policy: &Policy,
    calendar: &BusinessCalendar,
) -> Result<Instant, YearMissing> {
    let calendar = policy.holiday_roll().then_some(calendar);
    deadline(from, terms_days, zone, policy.report_count(), calendar).map(|deadline| deadline.at)
}
