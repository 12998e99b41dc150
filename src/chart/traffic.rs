//! Traffic of a month, day by day: a chart beside the figures, which proves nothing.

use chrono::{Datelike, NaiveDate};

use super::{Anchor, Class, Drawing, Figure, FigureTable, LegendEntry, Medium, Point, Shape};
use crate::assess::Assessment;
use crate::i18n::{self, Locale, fill, visible};
use crate::record::Traffic;
use crate::time::{Instant, Interval, LocalMonth};

/// The traffic of a month with all its words, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct TrafficChart {
    /// What it shows, as a short headline.
    pub title: String,
    /// That it is no proof.
    pub note: &'static str,
    /// The largest averages, for those who do not see the drawing.
    pub description: String,
    /// For wide screens.
    pub wide: Drawing,
    /// For narrow screens.
    pub narrow: Drawing,
    /// What stands up and what down.
    pub legend: Vec<LegendEntry>,
    /// Every day of the month, with its averages.
    pub days: Vec<TrafficDay>,
}

/// The averages of a local day over the time that the log tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrafficDay {
    /// The day.
    pub day: NaiveDate,
    /// Incoming and outgoing bytes a second; `None`: the log tells nothing of the day.
    pub average: Option<(u64, u64)>,
}

impl TrafficChart {
    /// The traffic of the assessed month, up to when the assessment knows; `None` where the log tells nothing of it.
    #[must_use]
    pub fn new(assessment: &Assessment, traffic: &[Traffic], name: &str, locale: Locale) -> Option<Self> {
        let texts = &locale.texts().chart;
        let known = Interval::new(Instant::MIN, assessment.as_of)?;
        let first_days = assessment.month.first_day().iter_days().take(assessment.month.days() as usize);
        let day = |day: NaiveDate| {
            let span = assessment.zone.day_span(day).and_then(|span| span.cut_to(known));
            TrafficDay { day, average: span.and_then(|span| average(traffic, span)) }
        };
        let days: Vec<TrafficDay> = first_days.map(day).collect();
        let most = |of: fn((u64, u64)) -> u64| days.iter().filter_map(|day| day.average).map(of).max();
        let (incoming, outgoing) = (most(|(incoming, _)| incoming)?, most(|(_, outgoing)| outgoing)?);
        let month = i18n::month(assessment.month, locale);
        Some(Self {
            title: fill(texts.traffic_title, &[("month", &month), ("name", &visible(name))]),
            note: texts.traffic_note,
            description: fill(texts.traffic_description, &[("incoming", &incoming), ("outgoing", &outgoing)]),
            wide: draw(&days, (incoming, outgoing), Medium::Wide),
            narrow: draw(&days, (incoming, outgoing), Medium::Narrow),
            legend: vec![
                LegendEntry::new(Class::Incoming, texts.legend_incoming),
                LegendEntry::new(Class::Outgoing, texts.legend_outgoing),
            ],
            days,
        })
    }

    /// The chart with its figures in rows, for a page.
    #[must_use]
    pub fn figure(self, locale: Locale) -> Figure {
        let texts = &locale.texts().chart;
        let month = self.days.first().map(|own| i18n::month(LocalMonth::of(own.day), locale)).unwrap_or_default();
        let rate = |rate: Option<u64>| rate.map_or_else(|| "–".to_owned(), |rate| rate.to_string());
        let row = |own: &TrafficDay| {
            let rates = [own.average.map(|own| own.0), own.average.map(|own| own.1)];
            std::iter::once(own.day.day().to_string()).chain(rates.map(rate)).collect()
        };
        let table = FigureTable {
            caption: fill(texts.traffic_caption, &[("month", &month)]),
            heads: vec![texts.column_day, texts.legend_incoming, texts.legend_outgoing],
            rows: self.days.iter().map(row).collect(),
            total: None,
        };
        Figure {
            name: "traffic",
            title: self.title,
            subtitle: self.note.to_owned(),
            description: self.description,
            drawings: vec![(Medium::Wide, self.wide), (Medium::Narrow, self.narrow)],
            legend: self.legend,
            table,
        }
    }
}

/// Weighted by time, cut off to whole bytes a second.
fn average(traffic: &[Traffic], day: Interval) -> Option<(u64, u64)> {
    let (mut ms, mut incoming, mut outgoing) = (0_u128, 0_u128, 0_u128);
    for own in traffic {
        let Some(span) = own.span.cut_to(day) else { continue };
        let length = u128::try_from(span.ms()).unwrap_or(0);
        ms += length;
        incoming += u128::from(own.incoming) * length;
        outgoing += u128::from(own.outgoing) * length;
    }
    let rate = |sum: u128| u64::try_from(sum.checked_div(ms)?).ok();
    rate(incoming).zip(rate(outgoing))
}

/// Incoming bars stand up from a line, outgoing ones hang down, so that they differ without colour too.
fn draw(days: &[TrafficDay], (incoming, outgoing): (u64, u64), medium: Medium) -> Drawing {
    let (width, text) = (medium.width(), medium.text());
    let (half, left, top) = (60.0, 4.0, text + 6.0);
    let axis = top + half;
    let step = (width - 2.0 * left) / real(days.len() as u64).max(1.0);
    let most = real(incoming.max(outgoing)).max(1.0);
    let mut shapes = Vec::new();
    for (i, day) in days.iter().enumerate() {
        let x = left + step * real(i as u64);
        if let Some((incoming, outgoing)) = day.average {
            let (up, down) = (half * real(incoming) / most, half * real(outgoing) / most);
            shapes.push(bar(Class::Incoming, Point { x: x + 1.0, y: axis - up }, (step - 2.0, up)));
            shapes.push(bar(Class::Outgoing, Point { x: x + 1.0, y: axis }, (step - 2.0, down)));
        }
        let number = day.day.day();
        if number == 1 || number % 5 == 0 {
            let at = Point { x: x + step / 2.0, y: axis + half + text + 2.0 };
            let label = number.to_string();
            shapes.push(Shape::Text { class: Class::Label, at, size: text, anchor: Anchor::Middle, text: label });
        }
    }
    let line =
        |y: f64| Shape::Line { class: Class::Grid, from: Point { x: left, y }, to: Point { x: width - left, y } };
    shapes.extend([axis - half, axis, axis + half].map(line));
    let spots = days
        .iter()
        .enumerate()
        .map(|(row, _)| bar(Class::spot(row), Point { x: left + step * real(row as u64), y: top }, (step, 2.0 * half)));
    shapes.extend(spots);
    let scale = format!("{} B/s", incoming.max(outgoing));
    let at = Point { x: left, y: top - 4.0 };
    shapes.push(Shape::Text { class: Class::Label, at, size: text, anchor: Anchor::Start, text: scale });
    Drawing { width, height: axis + half + text + 8.0, shapes }
}

const fn bar(class: Class, at: Point, (width, height): (f64, f64)) -> Shape {
    Shape::Rect { class, at, width, height }
}

#[allow(clippy::cast_precision_loss, reason = "geometry")]
const fn real(number: u64) -> f64 {
    number as f64
}
