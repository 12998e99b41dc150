//! Round-trip times of a month on paper: shortest to longest, mean, and what 95 in 100 kept, a step for each day of UTC.
//! Shown, and counts for nothing.

use chrono::Datelike;

use super::canvas::real;
use super::latency::{PERCENT, days, legend, lines, marks, milliseconds, part, scale};
use super::{Anchor, Class, Drawing, Figure, FigureTable, Medium, Point, Shape};
use crate::i18n::{Locale, fill};
use crate::record::{Latency, LatencyHour};
use crate::time::{DAY_MS, Instant, Interval};

/// Edges of the ground in user units, and how wide a day is on it.
const LEFT: f64 = 72.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 86.0;
const DAY: f64 = 20.0;
/// Times are drawn in steps of so many units, which is half a millimetre.
const STEP: f64 = 2.0;
/// From one labelled day to the next, and how far apart times are labelled.
const LABELLED_DAYS: u32 = 10;
const LABEL_HEIGHT: f64 = 14.0;

/// A day of UTC as far as it belongs to the month.
struct DayDrawn {
    from: f64,
    to: f64,
    all: LatencyHour,
    most_us: u32,
}

/// What is known of a month, under this name; `None`: nothing. What is measured is told of all such figures together. Of a day that reaches beyond the month, only the hours within
/// are drawn, but what 95 in 100 kept is that of the whole day. Places are whole units: files hold them as text.
#[must_use]
pub fn latency_days(name: &str, latency: &Latency, month: Interval, locale: Locale) -> Option<Figure> {
    let texts = &locale.texts().chart;
    let steps = steps(latency, month);
    let all = steps.iter().map(|step| step.all).reduce(LatencyHour::and)?;
    let ms = |us: u32| format!("{} ms", milliseconds(us.into()));
    let (most, longest) = (ms(latency.percentile_us(PERCENT, month)?), ms(all.max_us()));
    let title = fill(texts.latency_title, &[("name", &name), ("most", &most), ("longest", &longest)]);
    let drawn = steps.iter().fold(all.max_us(), |most, step| most.max(step.most_us));
    Some(Figure {
        name: "latency-days",
        subtitle: String::new(),
        description: title.clone(),
        title,
        drawings: vec![(Medium::Paper, drawing(&steps, month, scale(all.min_us(), drawn)))],
        legend: legend(texts),
        table: FigureTable::default(),
    })
}

fn steps(latency: &Latency, month: Interval) -> Vec<DayDrawn> {
    let (hours, mut steps) = (latency.hours(), Vec::new());
    for day in days(month, i64::MAX) {
        let Some(drawn) = day.cut_to(month) else { continue };
        let within = hours.iter().filter(|own| own.span().is_some_and(|hour| hour.meets(drawn)));
        let known = within.copied().reduce(LatencyHour::and).zip(latency.percentile_us(PERCENT, day));
        if let Some((all, most_us)) = known {
            steps.push(DayDrawn { from: x(drawn.start(), month), to: x(drawn.end(), month), all, most_us });
        }
    }
    steps
}

fn x(at: Instant, month: Interval) -> f64 {
    LEFT + (DAY * real(at.since(month.start())) / real(DAY_MS)).round()
}

fn y(us: u64, scale: (u64, u64)) -> f64 {
    BOTTOM - STEP * ((BOTTOM - TOP) / STEP * part(scale, us)).round()
}

fn drawing(steps: &[DayDrawn], month: Interval, scale: (u64, u64)) -> Drawing {
    let at = Point { x: LEFT, y: TOP };
    let width = x(month.end(), month) - LEFT;
    let mut shapes = vec![Shape::Rect { class: Class::Ground, at, width, height: BOTTOM - TOP }];
    paint_grid(&mut shapes, month, scale);
    let line = |us: fn(&DayDrawn) -> u32, lower: f64| {
        lines(steps.iter().map(|step| (step.from, step.to, y(us(step).into(), scale) + lower)).collect())
    };
    // It can be seen, too, where all took the same time.
    let (longest, shortest) = (line(|step| step.all.max_us(), -1.0), line(|step| step.all.min_us(), 1.0));
    for (mut points, shortest) in longest.into_iter().zip(shortest) {
        points.extend(shortest.into_iter().rev());
        shapes.push(Shape::Polygon { class: Class::Range, points });
    }
    for points in line(|step| step.most_us, 0.0) {
        shapes.push(Shape::Polyline { class: Class::Percentile, points });
    }
    for points in line(|step| step.all.mean_us(), 0.0) {
        shapes.push(Shape::Polyline { class: Class::Mean, points });
    }
    Drawing { width: Medium::Paper.width(), height: BOTTOM + 8.0, shapes }
}

/// Times as far apart as their labels are high, and every few days.
fn paint_grid(shapes: &mut Vec<Shape>, month: Interval, scale: (u64, u64)) {
    let right = x(month.end(), month);
    let mut paint = |from, to, at, anchor, text| {
        shapes.push(Shape::Line { class: Class::Grid, from, to });
        shapes.push(Shape::Text { class: Class::Label, at, size: Medium::Paper.text(), anchor, text });
    };
    let mut free = BOTTOM;
    for us in marks(scale) {
        let y = y(us, scale);
        if y <= free {
            let (from, to, at) = (Point { x: LEFT, y }, Point { x: right, y }, Point { x: LEFT - 6.0, y: y + 4.0 });
            paint(from, to, at, Anchor::End, format!("{} ms", milliseconds(us)));
            free = y - LABEL_HEIGHT;
        }
    }
    for day in days(month, i64::MAX) {
        let day = day.start();
        if month.contains(day) && day.to_utc().day0().is_multiple_of(LABELLED_DAYS) {
            let x = x(day, month);
            let (from, to, at) = (Point { x, y: TOP - 4.0 }, Point { x, y: BOTTOM }, Point { x, y: TOP - 8.0 });
            paint(from, to, at, Anchor::Middle, day.to_string().get(5..10).unwrap_or_default().to_owned());
        }
    }
}
