//! Article 11: the term of one year.

use chrono::{Months, NaiveDate};

use super::Refusal;
use super::case::Case;
use crate::contract::{Contract, Term};
use crate::time::{Instant, Interval};

/// The last day of a term of one year, in the two ways in which it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastDay {
    /// The day before the anniversary: a year of whole days, as is customary.
    pub customary: NaiveDate,
    /// The anniversary itself: the day of signing is not counted, as the law counts terms.
    pub statutory: NaiveDate,
}

impl LastDay {
    /// Of a term that begins on `first_day`; `None` beyond the end of the calendar.
    #[must_use]
    pub fn of(first_day: NaiveDate) -> Option<Self> {
        let statutory = first_day.checked_add_months(Months::new(12))?;
        // 29 February has no anniversary: its year ends with the last day of February, however it is counted.
        let customary = if statutory.checked_sub_months(Months::new(12)) == Some(first_day) {
            statutory.pred_opt()?
        } else {
            statutory
        };
        Some(Self { customary, statutory })
    }

    /// Whether a last day is one of the two.
    #[must_use]
    pub fn is(self, day: NaiveDate) -> bool {
        day == self.customary || day == self.statutory
    }
}

/// What the last day of the term should be, where the one that the contract states makes no year.
#[must_use]
pub fn odd_last_day(term: Term) -> Option<LastDay> {
    LastDay::of(term.first_day).filter(|last| !last.is(term.last_day))
}

/// The month, cut to the term.
pub(super) fn period(contract: &Contract, month: Interval) -> Result<Interval, Refusal> {
    term_span(contract).cut_to(month).ok_or(Refusal::OutsideTerm)
}

/// The whole term; all time where none is stated.
fn term_span(contract: &Contract) -> Interval {
    let zone = contract.time_zone;
    let stated = contract.term.and_then(|term| {
        let end = term.last_day.succ_opt().map_or(Instant::MAX, |day| zone.day_start(day));
        Interval::new(zone.day_start(term.first_day), end)
    });
    stated.unwrap_or_else(|| Interval::from_start(Instant::MIN).hull(Interval::from_start(Instant::MAX.plus(-1))))
}

impl Case<'_> {
    /// The whole term; all time where none is stated.
    pub(super) fn term_span(&self) -> Interval {
        term_span(self.contract)
    }
}
