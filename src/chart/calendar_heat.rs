//! The hours of a month: a column for each local day, an hour below the other.

use chrono::{Datelike, NaiveDate};
use plotters::style::text_anchor::HPos;

use super::axis;
use super::canvas::{Canvas, Drawn, count, real};
use super::words::{Words, length, minutes};
use super::{Class, Drawing, Figure, FigureTable, LegendEntry, Medium};
use crate::assess::{Assessment, Guarantee};
use crate::i18n::{Locale, fill, instant};
use crate::record::Stance;
use crate::time::{HOUR_MS, Instant, Interval, IntervalSet, MINUTE_MS, Zone};

/// The hours in which a guarantee that is measured was down; `None` for the others.
#[must_use]
pub fn calendar_heat(
    assessment: &Assessment,
    guarantee: &Guarantee,
    locale: Locale,
    media: &[Medium],
) -> Option<Figure> {
    let words = Words::new(assessment, guarantee, locale)?;
    let calendar = Calendar::of(&words);
    let title = calendar.title(&words);
    Some(Figure {
        name: "calendar-heat",
        subtitle: words.about(words.texts.heat_subtitle),
        description: title.clone(),
        title,
        drawings: media.iter().map(|medium| (*medium, calendar.draw(*medium))).collect(),
        legend: calendar.legend(&words),
        table: calendar.table(&words),
    })
}

struct Calendar {
    zone: Zone,
    assessed: Option<Interval>,
    days: Vec<(NaiveDate, Interval)>,
    /// Those in which something happened, in order of time.
    hours: Vec<Hour>,
}

/// What happened in an hour, in milliseconds.
struct Hour {
    /// Which day of the month and which hour of the day, both from 0.
    place: (usize, usize),
    start: Instant,
    counted: i64,
    excluded: i64,
    unknown: i64,
}

impl Calendar {
    fn of(words: &Words<'_>) -> Self {
        let timeline = &words.measured.timeline;
        let agreed = timeline.excluded.iter().filter(|(_, stance, _)| *stance == Stance::Agreed);
        let excluded: IntervalSet = agreed.flat_map(|(_, _, spans)| spans.iter()).collect();
        let days = axis::days(words.assessment);
        let mut hours = Vec::new();
        for (day, (_, span)) in days.iter().enumerate() {
            let mut start = span.start();
            let mut hour = 0;
            while let Some(own) = Interval::new(start, start.plus(HOUR_MS).min(span.end())) {
                let ms = |set: &IntervalSet| set.cut_to(own).ms();
                let place = (day, hour);
                let found = Hour {
                    place,
                    start,
                    counted: ms(&timeline.counted),
                    excluded: ms(&excluded),
                    unknown: ms(&timeline.unknown),
                };
                hours.extend((found.counted + found.excluded + found.unknown > 0).then_some(found));
                (start, hour) = (own.end(), hour + 1);
            }
        }
        Self { zone: words.assessment.zone, assessed: axis::assessed(words.assessment), days, hours }
    }

    /// `03-14 05:00`, as the clocks showed it.
    fn name(&self, hour: &Hour) -> String {
        instant(hour.start, self.zone).get(5..16).unwrap_or_default().to_owned()
    }

    fn title(&self, words: &Words<'_>) -> String {
        let down = self.hours.iter().filter(|hour| hour.counted > 0).count();
        match self.hours.iter().max_by_key(|hour| hour.counted) {
            _ if !words.measured.any_data => words.about(words.texts.strip_title_no_data),
            Some(worst) if down > 0 => {
                let (month, start) = (words.month(), self.name(worst));
                let counted = minutes(words.texts, worst.counted);
                let values: [(&str, &dyn std::fmt::Display); 4] =
                    [("month", &month), ("hours", &down), ("start", &start), ("counted", &counted)];
                fill(words.texts.heat_title, &values)
            }
            _ => words.about(words.texts.heat_title_none) + &words.open(),
        }
    }

    fn legend(&self, words: &Words<'_>) -> Vec<LegendEntry> {
        let any = |of: fn(&Hour) -> i64| self.hours.iter().any(|hour| of(hour) > 0);
        let entries = [
            (any(|hour| hour.counted), Class::Down, words.texts.legend_down),
            (any(|hour| hour.excluded), Class::Uncounted, words.texts.column_excluded),
            (any(|hour| hour.unknown), Class::Unknown, words.texts.legend_unknown),
        ];
        LegendEntry::occurring(&entries)
    }

    fn table(&self, words: &Words<'_>) -> FigureTable {
        let texts = words.texts;
        let row = |hour: &Hour| {
            std::iter::once(self.name(hour)).chain([hour.counted, hour.excluded, hour.unknown].map(length)).collect()
        };
        FigureTable {
            caption: words.about(texts.heat_caption),
            heads: vec![texts.column_hour, texts.column_counted, texts.column_excluded, texts.column_unknown],
            rows: self.hours.iter().map(row).collect(),
            total: None,
        }
    }

    fn draw(&self, medium: Medium) -> Drawing {
        let (left, row) = if medium == Medium::Narrow { (20.0, 11.0) } else { (26.0, 13.0) };
        let longest = self.days.iter().map(|(_, span)| (span.ms() + HOUR_MS - 1) / HOUR_MS).max().unwrap_or(24);
        let column = (medium.width() - left) / count(self.days.len());
        let grid = Grid { medium, left, top: 18.0, column, row };
        Canvas::drawing((medium.width(), grid.top + row * real(longest)), &|canvas| self.paint(canvas, &grid))
    }

    fn paint(&self, canvas: &Canvas<'_>, grid: &Grid) -> Drawn {
        let size = grid.medium.text();
        for hour in (0..24).step_by(if grid.medium == Medium::Narrow { 6 } else { 3 }) {
            let middle = grid.top + grid.row * (real(hour) + 0.5);
            canvas.text(Class::Label, &format!("{hour:02}"), size, (grid.left - 5.0, HPos::Right), middle)?;
        }
        for (at, (day, span)) in self.days.iter().enumerate() {
            let (left, right) = grid.column_edges(at);
            if grid.medium != Medium::Narrow || day.day() % 5 == 1 {
                let middle = ((left + right) / 2.0).min(grid.medium.width() - size * 0.6);
                canvas.text(Class::Label, &day.day().to_string(), size, (middle, HPos::Center), grid.top - 9.0)?;
            }
            if let Some(assessed) = self.assessed.and_then(|all| span.cut_to(all)) {
                let y = |instant: Instant| grid.top + grid.row * real(instant.since(span.start())) / real(HOUR_MS);
                canvas.rect(Class::Ground, (left, y(assessed.start())), (right, y(assessed.end()) - 1.0))?;
            }
        }
        for hour in 1..24 {
            let y = grid.top + grid.row * real(hour) - 0.5;
            canvas.line(Class::Gap, (grid.left, y), (grid.medium.width(), y))?;
        }
        for (row, hour) in self.hours.iter().enumerate() {
            grid.hour(canvas, hour)?;
            let (from, to) = grid.cell(hour.place);
            canvas.rect(Class::spot(row), from, to)?;
        }
        Ok(())
    }
}

/// Sizes in user units.
struct Grid {
    medium: Medium,
    left: f64,
    top: f64,
    column: f64,
    row: f64,
}

impl Grid {
    fn column_edges(&self, day: usize) -> (f64, f64) {
        let left = self.left + self.column * count(day);
        (left, left + self.column - 1.0)
    }

    fn cell(&self, (day, hour): (usize, usize)) -> ((f64, f64), (f64, f64)) {
        let ((left, right), top) = (self.column_edges(day), self.top + self.row * count(hour));
        ((left, top), (right, top + self.row - 1.0))
    }

    /// An hour is filled from below by as much of it as was down: a lost minute does not look like a lost hour.
    fn hour(&self, canvas: &Canvas<'_>, hour: &Hour) -> Drawn {
        let ((left, top), (right, mut bottom)) = self.cell(hour.place);
        let tall = bottom - top;
        if hour.counted > 0 {
            canvas.rect(Class::Touched, (left, top), (right, bottom))?;
        }
        let parts = [(Class::Down, hour.counted), (Class::Uncounted, hour.excluded), (Class::Unknown, hour.unknown)];
        for (class, ms) in parts.into_iter().filter(|(_, ms)| *ms > 0) {
            let height = (tall * real(ms) / real(HOUR_MS)).max(2.0).min(bottom - top);
            canvas.rect(class, (left, bottom - height), (right, bottom))?;
            bottom -= height;
        }
        // Begun minutes, where there is room for them.
        if hour.counted > 0 && self.medium != Medium::Narrow {
            let begun = ((hour.counted + MINUTE_MS - 1) / MINUTE_MS).to_string();
            let middle = self.cell(hour.place).0.1 + tall / 2.0;
            canvas.text(Class::MarkInside, &begun, 10.0, ((left + right) / 2.0, HPos::Center), middle)?;
        }
        Ok(())
    }
}
