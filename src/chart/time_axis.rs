use chrono::{Datelike, NaiveDate};

use super::canvas::{count, real};
use super::{Anchor, Class, Medium, Point, Shape, text_width, visible_columns};
use crate::i18n::instant;
use crate::time::{DAY_MS, HOUR_MS, Instant, Interval, LocalMonth, MINUTE_MS, Zone};

/// A label takes so many units of the ground.
const LABEL: f64 = 60.0;

/// From label to label.
#[derive(Clone, Copy)]
enum Step {
    Ms(i64),
    Days(u32),
    Months(i32),
}

const STEPS: [Step; 21] = [
    Step::Ms(MINUTE_MS),
    Step::Ms(2 * MINUTE_MS),
    Step::Ms(5 * MINUTE_MS),
    Step::Ms(15 * MINUTE_MS),
    Step::Ms(30 * MINUTE_MS),
    Step::Ms(HOUR_MS),
    Step::Ms(2 * HOUR_MS),
    Step::Ms(3 * HOUR_MS),
    Step::Ms(6 * HOUR_MS),
    Step::Ms(12 * HOUR_MS),
    Step::Days(1),
    Step::Days(2),
    Step::Days(5),
    Step::Days(10),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Months(12),
    Step::Months(60),
    Step::Months(600),
];

impl Step {
    const fn ms(self) -> i64 {
        match self {
            Self::Ms(ms) => ms,
            Self::Days(days) => DAY_MS * days as i64,
            Self::Months(months) => DAY_MS * 30 * months as i64,
        }
    }
}

/// The part of time that is shown, from left to right. Its ground is whole units wide: its columns.
pub(super) struct TimeAxis {
    pub shown: Interval,
    pub zone: Zone,
    pub medium: Medium,
    pub left: f64,
    pub columns: i64,
}

impl TimeAxis {
    pub fn right(&self) -> f64 {
        self.left + real(self.columns)
    }

    pub fn x(&self, at: Instant) -> f64 {
        self.left + real(self.columns) * real(at.since(self.shown.start())) / real(self.shown.ms())
    }

    /// The instant at a place; of a place beside the ground, the nearer end.
    #[allow(clippy::cast_possible_truncation, reason = "a place on the ground is within the span that is shown")]
    pub fn at(&self, x: f64) -> Instant {
        let part = ((x - self.left) / real(self.columns)).clamp(0.0, 1.0);
        self.shown.start().plus((part * real(self.shown.ms())) as i64)
    }

    /// The columns of the spans, from one edge to the other.
    pub fn bars(&self, spans: &[Interval]) -> Vec<(f64, f64)> {
        let columns = visible_columns(spans, self.shown, self.columns);
        columns.into_iter().map(|(from, to)| (self.left + real(from), self.left + real(to))).collect()
    }

    /// Lines and labels of months, days or hours: as many as there is room for.
    pub fn paint(&self, shapes: &mut Vec<Shape>, (top, bottom): (f64, f64)) {
        let size = self.medium.text();
        for (at, label) in self.ticks() {
            let x = self.x(at);
            let (from, to) = (Point { x, y: top - 4.0 }, Point { x, y: bottom });
            shapes.push(Shape::Line { class: Class::Grid, from, to });
            let half = text_width(&label, size) / 2.0;
            let x = x.min(self.medium.width() - half);
            let at = Point { x, y: top - 8.0 };
            shapes.push(Shape::Text { class: Class::Label, at, size, anchor: Anchor::Middle, text: label });
        }
    }

    fn ticks(&self) -> Vec<(Instant, String)> {
        let most = (real(self.columns) / LABEL).floor().max(2.0);
        let fits = |step: &Step| real(self.shown.ms()) / real(step.ms()) <= most;
        let mut ticks = match STEPS.into_iter().find(fits).unwrap_or(Step::Months(600)) {
            Step::Ms(ms) => self.hours(ms),
            Step::Days(days) => self.days(days),
            Step::Months(months) => self.months(months),
        };
        ticks.retain(|(at, _)| self.shown.contains(*at));
        ticks
    }

    fn first_day(&self) -> NaiveDate {
        self.zone.day(self.shown.start())
    }

    fn hours(&self, step: i64) -> Vec<(Instant, String)> {
        let mut ticks = Vec::new();
        for day in self.first_day().iter_days() {
            if self.zone.day_start(day) >= self.shown.end() {
                break;
            }
            let Some(span) = self.zone.day_span(day) else { continue };
            for at in (0..span.ms() / step + 1).map(|tick| span.start().plus(tick * step)) {
                let part = if at == span.start() { 5..10 } else { 11..16 };
                if span.contains(at) {
                    ticks.push((at, self.written(at, part)));
                }
            }
        }
        ticks
    }

    fn days(&self, step: u32) -> Vec<(Instant, String)> {
        let mut ticks = Vec::new();
        for day in self.first_day().iter_days() {
            let start = self.zone.day_start(day);
            if start >= self.shown.end() {
                break;
            }
            // The last step of a month could lie beside the first of the next.
            let room = day.day() + step / 2 <= LocalMonth::of(day).days() || step == 1;
            if day.day0() % step == 0 && room {
                ticks.push((start, self.written(start, 5..10)));
            }
        }
        ticks
    }

    fn months(&self, step: i32) -> Vec<(Instant, String)> {
        let first = self.first_day();
        let first = (first.year() * 12 + first.month0().cast_signed()).div_euclid(step) * step;
        let mut ticks = Vec::new();
        for month in (first..).step_by(usize::try_from(step).unwrap_or(1)) {
            let day = NaiveDate::from_ymd_opt(month.div_euclid(12), month.rem_euclid(12).cast_unsigned() + 1, 1);
            let start = day.map_or(self.shown.end(), |day| self.zone.day_start(day));
            if start >= self.shown.end() {
                break;
            }
            ticks.push((start, self.written(start, if step < 12 { 0..7 } else { 0..4 })));
        }
        ticks
    }

    fn written(&self, at: Instant, part: std::ops::Range<usize>) -> String {
        instant(at, self.zone).get(part).unwrap_or_default().to_owned()
    }
}

/// Bars on rows of so many units, each a little less high than its row.
pub(super) fn bar(class: Class, (from, to): (f64, f64), row: usize, (top, height): (f64, f64)) -> Shape {
    let at = Point { x: from, y: top + height * count(row) + 2.0 };
    Shape::Rect { class, at, width: to - from, height: height - 4.0 }
}
