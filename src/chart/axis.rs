use chrono::{Datelike, NaiveDate};
use plotters::style::text_anchor::HPos;

use super::canvas::{Canvas, Drawn, real};
use super::{Class, Medium};
use crate::assess::Assessment;
use crate::time::{Instant, Interval, IntervalSet};

/// Every local day of the month.
pub(super) fn days(assessment: &Assessment) -> Vec<(NaiveDate, Interval)> {
    let days = assessment.month.first_day().iter_days().take(assessment.month.days() as usize);
    days.filter_map(|day| Some((day, assessment.zone.day_span(day)?))).collect()
}

/// What was assessed of the month: the period up to `as_of`.
pub(super) fn assessed(assessment: &Assessment) -> Option<Interval> {
    Interval::new(Instant::MIN, assessment.as_of).and_then(|known| assessment.period.cut_to(known))
}

/// The month from left to right.
pub(super) struct MonthAxis {
    pub days: Vec<(NaiveDate, Interval)>,
    pub assessed: Option<Interval>,
    month: Interval,
}

impl MonthAxis {
    pub fn of(assessment: &Assessment) -> Self {
        Self { days: days(assessment), assessed: assessed(assessment), month: assessment.month.span(assessment.zone) }
    }

    pub fn x(&self, at: Instant, (left, right): (f64, f64)) -> f64 {
        left + (right - left) * real(at.since(self.month.start())) / real(self.month.ms().max(1))
    }

    pub fn xs(&self, set: &IntervalSet, plot: (f64, f64)) -> Vec<(f64, f64)> {
        set.iter().map(|span| (self.x(span.start(), plot), self.x(span.end(), plot))).collect()
    }

    /// The numbers of some days, each under the middle of its day.
    pub fn labels(&self, canvas: &Canvas<'_>, medium: Medium, plot: (f64, f64), middle: f64) -> Drawn {
        let step = if medium == Medium::Wide { 2 } else { 5 };
        for (day, span) in self.days.iter().filter(|(day, _)| day.day() % step == 1) {
            let x = (self.x(span.start(), plot) + self.x(span.end(), plot)) / 2.0;
            canvas.text(Class::Label, &day.day().to_string(), medium.text(), (x, HPos::Center), middle)?;
        }
        Ok(())
    }

    /// The place of each day that was assessed, from `top` to `bottom`; rows of the figures are these days.
    pub fn spots(&self, canvas: &Canvas<'_>, plot: (f64, f64), (top, bottom): (f64, f64)) -> Drawn {
        for (row, (_, span)) in self.assessed_days().into_iter().enumerate() {
            canvas.rect(Class::spot(row), (self.x(span.start(), plot), top), (self.x(span.end(), plot), bottom))?;
        }
        Ok(())
    }

    /// The days of which something was assessed, cut to that.
    pub fn assessed_days(&self) -> Vec<(NaiveDate, Interval)> {
        let cut = |(day, span): &(NaiveDate, Interval)| Some((*day, span.cut_to(self.assessed?)?));
        self.days.iter().filter_map(cut).collect()
    }
}
