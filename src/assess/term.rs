//! Article 11: the term of one year.

use chrono::{Months, NaiveDate};

use super::Refusal;
use super::case::Case;
use crate::contract::{Contract, Term};
use crate::record::Record;
use crate::time::{Instant, Interval, LocalMonth};

const MONTHS_OF_YEAR: usize = 12;

/// A longer term is a slip of the pen: its first years are enough to see that.
const MOST_MONTHS: usize = 60;

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

/// The months of the term, in order; where none is stated, the year that ends with `month`.
#[must_use]
pub fn term_months(record: &Record, month: LocalMonth) -> Vec<LocalMonth> {
    let stated = record.contract.as_ref().and_then(|contract| contract.term);
    let stated = stated.map(|term| (LocalMonth::of(term.first_day), LocalMonth::of(term.last_day)));
    let (first, last) =
        stated.unwrap_or_else(|| ((1..MONTHS_OF_YEAR).fold(month, |earlier, _| earlier.previous()), month));
    let months = std::iter::successors(Some(first), |month| Some(month.next())).take_while(|month| *month <= last);
    months.take(MOST_MONTHS).collect()
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
