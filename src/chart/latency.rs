//! Round-trip times of one series: shortest to longest, mean, and what 95 in 100 kept. Shown, and counts for nothing.

use super::canvas::real;
use super::time_axis::TimeAxis;
use super::{Anchor, Class, Drawing, Figure, FigureTable, LegendEntry, Medium, Point, Shape, Spot, Zoomable};
use crate::i18n::{ChartTexts, Locale, date, fill, instant};
use crate::record::{Latency, LatencyHour};
use crate::time::{DAY_MS, Instant, Interval, Zone};

/// So many percent kept what is drawn as a dashed line.
pub(super) const PERCENT: u32 = 95;
/// The most rows of the table; each is one day or several.
const MOST_ROWS: i64 = 62;
/// Upper and lower edge of the ground, in user units.
const TOP: f64 = 24.0;
const BOTTOM: f64 = 224.0;

/// The round-trip times of one series.
#[derive(Debug, Clone)]
pub struct LatencyChart {
    name: String,
    latency: Latency,
    hours: Vec<LatencyHour>,
    whole: Interval,
    zone: Zone,
    locale: Locale,
    /// Microseconds at the lower and at the upper edge.
    scale: (u64, u64),
}

impl LatencyChart {
    /// Of a series under this name; `None`: no round-trip time of it is known.
    #[must_use]
    pub fn new(name: String, latency: &Latency, zone: Zone, locale: Locale) -> Option<Self> {
        let whole = latency.span()?;
        let hours = latency.hours();
        let all = hours.iter().copied().reduce(LatencyHour::and)?;
        let scale = scale(all.min_us(), all.max_us());
        Some(Self { name, latency: latency.clone(), hours, whole, zone, locale, scale })
    }

    const fn texts(&self) -> &'static ChartTexts {
        &self.locale.texts().chart
    }

    fn axis(&self, shown: Interval, medium: Medium) -> TimeAxis {
        let (left, columns) = match medium {
            Medium::Wide => (62.0, 888),
            Medium::Narrow => (56.0, 283),
            Medium::Paper => (58.0, 654),
        };
        TimeAxis { shown, zone: self.zone, medium, left, columns }
    }

    /// How far down, on a scale of equal ratios.
    fn y(&self, us: u32) -> f64 {
        BOTTOM - (BOTTOM - TOP) * part(self.scale, u64::from(us))
    }

    /// The hours of a span.
    fn hours(&self, shown: Interval) -> &[LatencyHour] {
        let hours = &self.hours;
        let from = hours.partition_point(|own| own.span().is_none_or(|span| span.end() <= shown.start()));
        let to = hours.partition_point(|own| own.span().is_none_or(|span| span.start() < shown.end()));
        hours.get(from..to).unwrap_or_default()
    }

    /// What is drawn side by side: an hour each, or together those that begin in the same column.
    fn columns(&self, axis: &TimeAxis) -> Vec<(f64, f64, LatencyHour)> {
        let mut columns: Vec<(f64, f64, LatencyHour)> = Vec::new();
        for own in self.hours(axis.shown) {
            let Some(span) = own.span().and_then(|span| span.cut_to(axis.shown)) else { continue };
            let (from, to) = (axis.x(span.start()).floor(), axis.x(span.end()).ceil());
            match columns.last_mut() {
                Some((start, end, all)) if *start >= from => (*end, *all) = (end.max(to), all.and(*own)),
                _ => columns.push((from, to, *own)),
            }
        }
        columns
    }

    fn paint_scale(&self, shapes: &mut Vec<Shape>, axis: &TimeAxis) {
        for step in marks(self.scale) {
            let y = self.y(u32::try_from(step).unwrap_or(u32::MAX));
            let (from, to) = (Point { x: axis.left, y }, Point { x: axis.right(), y });
            shapes.push(Shape::Line { class: Class::Grid, from, to });
            let (size, text) = (axis.medium.text(), format!("{} ms", milliseconds(step)));
            let at = Point { x: axis.left - 6.0, y: y + size * 0.35 };
            shapes.push(Shape::Text { class: Class::Label, at, size, anchor: Anchor::End, text });
        }
    }

    fn reading(&self, hour: &LatencyHour, span: Interval) -> String {
        let (texts, ms) = (self.texts(), |us: u32| format!("{} ms", milliseconds(u64::from(us))));
        let most = self.latency.percentile_us(PERCENT, span).map(ms).unwrap_or_default();
        let (start, end) = (instant(span.start(), self.zone), instant(span.end(), self.zone));
        format!(
            "{}: {start} – {end} · {} {} · {} {} · {} {} · {} {} · {most} {}",
            self.name,
            texts.column_samples,
            hour.count(),
            texts.column_shortest,
            ms(hour.min_us()),
            texts.column_mean,
            ms(hour.mean_us()),
            texts.column_longest,
            ms(hour.max_us()),
            texts.latency_of_day,
        )
    }

    fn spot(&self, place: usize) -> Option<Spot> {
        let hour = self.hours.get(place)?;
        let span = hour.span()?;
        Some(Spot { span, row: 0, reading: self.reading(hour, span), outage: None, stop: Some(place) })
    }
}

impl Zoomable for LatencyChart {
    fn whole(&self) -> Interval {
        self.whole
    }

    fn size(&self, medium: Medium) -> (f64, f64) {
        (medium.width(), BOTTOM + 8.0)
    }

    fn drawing(&self, shown: Interval, medium: Medium) -> Drawing {
        let axis = self.axis(shown, medium);
        let columns = self.columns(&axis);
        let ground = Shape::Rect {
            class: Class::Ground,
            at: Point { x: axis.left, y: TOP },
            width: axis.right() - axis.left,
            height: BOTTOM - TOP,
        };
        let range = |(from, to, own): &(f64, f64, LatencyHour)| {
            let (top, bottom) = (self.y(own.max_us()), self.y(own.min_us()));
            let at = Point { x: *from, y: top - 0.5 };
            Shape::Rect { class: Class::Range, at, width: to - from, height: bottom - top + 1.0 }
        };
        let mut shapes: Vec<Shape> = [ground].into_iter().chain(columns.iter().map(range)).collect();
        self.paint_scale(&mut shapes, &axis);
        axis.paint(&mut shapes, (TOP, BOTTOM));
        let means = columns.iter().map(|(from, to, own)| (*from, *to, self.y(own.mean_us()))).collect();
        for (class, steps) in [(Class::Percentile, self.days_drawn(&axis)), (Class::Mean, means)] {
            shapes.extend(lines(steps).into_iter().map(|points| Shape::Polyline { class, points }));
        }
        let (width, height) = self.size(medium);
        Drawing { width, height, shapes }
    }

    fn figure(&self) -> Figure {
        let texts = self.texts();
        let most = self.latency.percentile_us(PERCENT, self.whole).unwrap_or_default();
        let longest = self.hours.iter().map(LatencyHour::max_us).max().unwrap_or_default();
        let [most, longest] = [most, longest].map(|us| format!("{} ms", milliseconds(u64::from(us))));
        let day = |at: Instant| date(self.zone.day(at), self.locale);
        let (first, last) = (day(self.whole.start()), day(self.whole.end().plus(-1)));
        let values: [(&str, &dyn std::fmt::Display); 5] =
            [("name", &self.name), ("first", &first), ("last", &last), ("most", &most), ("longest", &longest)];
        let title = fill(texts.latency_title, &values);
        Figure {
            name: "latency",
            subtitle: fill(texts.latency_subtitle, &[("zone", &self.zone)]),
            description: title.clone(),
            title,
            drawings: Vec::new(),
            legend: legend(texts),
            table: FigureTable::default(),
        }
    }

    fn table(&self, shown: Interval) -> FigureTable {
        let texts = self.texts();
        let day = |at: Instant| at.to_string().get(..10).unwrap_or_default().to_owned();
        let row = |span: Interval| {
            let all = self.hours(span).iter().copied().reduce(LatencyHour::and)?;
            let (first, last) = (day(span.start()), day(span.end().plus(-1)));
            let name = if first == last { first } else { format!("{first} – {last}") };
            let most = self.latency.percentile_us(PERCENT, span).unwrap_or_default();
            let figures = [all.min_us(), all.mean_us(), most, all.max_us()].map(|us| milliseconds(u64::from(us)));
            Some([name, all.count().to_string()].into_iter().chain(figures).collect())
        };
        FigureTable {
            caption: fill(texts.latency_caption, &[("name", &self.name)]),
            heads: vec![
                texts.column_day,
                texts.column_samples,
                texts.column_shortest,
                texts.column_mean,
                texts.column_most,
                texts.column_longest,
            ],
            rows: days(shown, MOST_ROWS).into_iter().filter_map(row).collect(),
            total: None,
        }
    }

    fn hint(&self) -> &'static str {
        self.texts().latency_hint
    }

    fn slider(&self) -> &'static str {
        self.texts().latency_step
    }

    fn stops(&self) -> usize {
        self.hours.len()
    }

    fn stop(&self, place: usize) -> Option<Spot> {
        self.spot(place)
    }

    fn spot_at(&self, (x, _): (f64, f64), shown: Interval, medium: Medium) -> Option<Spot> {
        let at = self.axis(shown, medium).at(x);
        let hours = &self.hours;
        let place = hours.partition_point(|own| own.span().is_none_or(|span| span.end() <= at));
        self.spot(place).filter(|spot| spot.span.meets(shown))
    }

    fn outline(&self, spot: &Spot, shown: Interval, medium: Medium) -> Option<Shape> {
        let (from, to) = *self.axis(shown, medium).bars(&[spot.span]).first()?;
        let at = Point { x: from, y: TOP };
        Some(Shape::Rect { class: Class::Mark, at, width: to - from, height: BOTTOM - TOP })
    }

    fn at(&self, x: f64, shown: Interval, medium: Medium) -> Instant {
        self.axis(shown, medium).at(x)
    }
}

impl LatencyChart {
    /// The percentile of each day, or of several where they would be narrower than a column.
    fn days_drawn(&self, axis: &TimeAxis) -> Vec<(f64, f64, f64)> {
        let day = |span: Interval| {
            let drawn = span.cut_to(axis.shown)?;
            let us = self.latency.percentile_us(PERCENT, span)?;
            Some((axis.x(drawn.start()), axis.x(drawn.end()), self.y(us)))
        };
        days(axis.shown, axis.columns).into_iter().filter_map(day).collect()
    }
}

/// Spans of one or several days of UTC, so many at most, that a span touches.
pub(super) fn days(shown: Interval, most: i64) -> Vec<Interval> {
    let first = shown.start().epoch_ms().div_euclid(DAY_MS);
    let last = shown.end().plus(-1).epoch_ms().div_euclid(DAY_MS);
    let step = (last - first) / most + 1;
    let at = |day: i64| Instant::MIN.plus(day * DAY_MS - Instant::MIN.epoch_ms());
    let span = |place: i64| Interval::new(at(first + place * step), at((first + (place + 1) * step).min(last + 1)));
    (0..=(last - first) / step).filter_map(span).collect()
}

/// Level lines, from, to and how far down, joined where one begins as the last ends.
pub(super) fn lines(steps: Vec<(f64, f64, f64)>) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Point>> = Vec::new();
    for (from, to, y) in steps {
        let (start, end) = (Point { x: from, y }, Point { x: to, y });
        match lines.last_mut().filter(|line| line.last().is_some_and(|end| end.x >= from - 0.01)) {
            Some(line) => match line.last_mut().filter(|last| last.y.total_cmp(&y).is_eq()) {
                Some(last) => *last = end,
                None => line.extend([start, end]),
            },
            None => lines.push(vec![start, end]),
        }
    }
    lines
}

pub(super) fn legend(texts: &ChartTexts) -> Vec<LegendEntry> {
    vec![
        LegendEntry::new(Class::Range, texts.legend_range),
        LegendEntry::new(Class::Mean, texts.column_mean),
        LegendEntry::new(Class::Percentile, texts.legend_most),
    ]
}

/// The edges of a scale of equal ratios that holds all between these, in microseconds.
pub(super) fn scale(least_us: u32, most_us: u32) -> (u64, u64) {
    (edge(u64::from(least_us), false), edge(u64::from(most_us) + 1, true))
}

/// How far up a time stands between the edges, from 0 to 1.
pub(super) fn part((low, high): (u64, u64), us: u64) -> f64 {
    ((log(us) - log(low)) / (log(high) - log(low))).clamp(0.0, 1.0)
}

/// The round times from edge to edge.
pub(super) fn marks((low, high): (u64, u64)) -> Vec<u64> {
    let dense = high / low.max(1) <= 1_000;
    let next = |mark: &u64| Some(if dense { edge(mark + 1, true) } else { mark.saturating_mul(10) });
    std::iter::successors(Some(low), next).take_while(|mark| *mark <= high).collect()
}

/// The nearest of 1, 2, 5, 10, 20 and so on that is not more, or not less.
fn edge(us: u64, above: bool) -> u64 {
    let steps = (0..10).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)));
    let us = us.max(1);
    if above {
        steps.into_iter().find(|step| *step >= us).unwrap_or(us)
    } else {
        steps.into_iter().take_while(|step| *step <= us).last().unwrap_or(1)
    }
}

/// Microseconds in milliseconds: `12.345`, `0.5`, `200`.
pub(super) fn milliseconds(us: u64) -> String {
    let text = format!("{}.{:03}", us / 1_000, us % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn log(us: u64) -> f64 {
    real(i64::try_from(us.max(1)).unwrap_or(i64::MAX)).ln()
}
