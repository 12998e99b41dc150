//! Everything that was recorded, a row for each target, of which any part can be shown.

use super::canvas::count;
use super::rows::clipped;
use super::time_axis::{TimeAxis, bar};
use super::words::{length, minutes};
use super::{
    Anchor, Class, Drawing, Figure, FigureTable, LegendEntry, Medium, Point, Shape, Spot, TermMonth, Zoomable,
    visible_spans,
};
use crate::assess::{self, Article};
use crate::i18n::{ChartTexts, Locale, clock, date, fill, instant, visible};
use crate::record::{OutageEvent, Record, Role, Run, SampleState, Series, SeriesKey};
use crate::sorted::{Map, Set};
use crate::time::{Instant, Interval, IntervalSet, Zone};

/// So many rows are drawn; the table holds all.
const MOST_ROWS: usize = 60;
/// Height of a row, and where the first begins, in user units.
const ROW: f64 = 18.0;
const TOP: f64 = 22.0;
/// A hatching is seen as one from so many units on.
const HATCHED: f64 = 4.0;
/// Whoever points so many units beside something points at it.
const NEAR: f64 = 4.0;

/// Everything that was recorded of each target, before any clause is applied.
#[derive(Debug, Clone)]
pub struct Timeline {
    whole: Interval,
    zone: Zone,
    locale: Locale,
    rows: Vec<Row>,
    /// Each time down of the rows that are drawn, in order of time, with its row.
    downs: Vec<(Interval, usize)>,
}

/// What one monitoring system recorded of a target from one place.
#[derive(Debug, Clone)]
struct Row {
    name: String,
    target: String,
    /// The article that counts it.
    article: Option<Article>,
    /// All of the time down.
    down: IntervalSet,
    /// The part of it that is not excluded.
    counted: IntervalSet,
    /// The part of it that a clause excludes.
    excluded: IntervalSet,
    unknown: IntervalSet,
}

/// A look, and when a row has it.
type Layer = (Class, fn(&Row) -> &IntervalSet);

/// Later ones lie over earlier ones: time down is never hidden.
const LAYERS: [Layer; 3] =
    [(Class::Unknown, |row| &row.unknown), (Class::Uncounted, |row| &row.excluded), (Class::Down, |row| &row.counted)];

impl Timeline {
    /// Of all that a record holds. Which downtime is excluded is as the months of the term were assessed. `None`: the record
    /// holds neither samples nor outages.
    #[must_use]
    pub fn new(record: &Record, term: &[TermMonth], locale: Locale) -> Option<Self> {
        let policy = record.contract.as_ref().map(|contract| contract.policy.clone()).unwrap_or_default();
        let zone = record.contract.as_ref().map(|contract| contract.time_zone).unwrap_or_default();
        let reach = Reach { interval_ms: policy.interval_ms(), longest_ms: policy.longest_spacing_ms() };
        let whole = whole(record, reach)?;
        let excluded = [Article::Network, Article::Power].map(|article| (article, excluded(term, article)));
        let recorded = Recorded { record, whole, reach, listed: locale.texts().chart.timeline_listed };
        let row = |Watched { name, target, article, states: (down, unknown) }: Watched| {
            let own = excluded.iter().find(|(own, _)| Some(*own) == article);
            let excluded = own.map(|(_, spans)| down.intersection(spans)).unwrap_or_default();
            Row { name, target, article, counted: down.minus(&excluded), down, excluded, unknown }
        };
        let mut rows: Vec<Row> = recorded.series().into_iter().chain(recorded.lists()).map(row).collect();
        if rows.len() > MOST_ROWS {
            // Those that are not drawn are those of which least is to be seen.
            rows.sort_by_key(|row| -(row.down.ms()));
        }
        let drawn = rows.iter().take(MOST_ROWS).enumerate();
        let mut downs: Vec<(Interval, usize)> =
            drawn.flat_map(|(at, row)| row.down.iter().map(move |span| (span, at))).collect();
        downs.sort_unstable();
        Some(Self { whole, zone, locale, rows, downs })
    }

    const fn texts(&self) -> &'static ChartTexts {
        &self.locale.texts().chart
    }

    fn drawn(&self) -> &[Row] {
        self.rows.get(..MOST_ROWS).unwrap_or(&self.rows)
    }

    fn axis(&self, shown: Interval, medium: Medium) -> TimeAxis {
        let (left, columns) = match medium {
            Medium::Wide => (132.0, 824),
            Medium::Narrow => (78.0, 262),
            Medium::Paper => (112.0, 604),
        };
        TimeAxis { shown, zone: self.zone, medium, left, columns }
    }

    fn spot(&self, row: usize, (class, span): (Class, Interval), stop: Option<usize>) -> Option<Spot> {
        let (texts, own) = (self.texts(), self.rows.get(row)?);
        let what = match class {
            Class::Unknown => texts.column_unknown,
            Class::Uncounted => texts.column_excluded,
            _ => texts.column_down,
        };
        let (start, end) = (instant(span.start(), self.zone), instant(span.end(), self.zone));
        let reading = format!("{}: {what} {start} – {end} ({})", own.name, clock(span.ms()));
        let outage = own.article.filter(|_| class != Class::Unknown);
        Some(Spot { span, row, reading, outage, stop })
    }

    fn title(&self) -> String {
        let texts = self.texts();
        let times: usize = self.rows.iter().map(|row| row.down.as_slice().len()).sum();
        let longest = self.rows.iter().flat_map(|row| row.down.iter()).map(Interval::ms).max();
        let targets: Set<&str> = self.rows.iter().map(|row| row.target.as_str()).collect();
        let day = |at: Instant| date(self.zone.day(at), self.locale);
        let (first, last) = (day(self.whole.start()), day(self.whole.end().plus(-1)));
        let text = if longest.is_some() { texts.timeline_title } else { texts.timeline_title_none };
        let longest = minutes(texts, longest.unwrap_or(0));
        let values: [(&str, &dyn std::fmt::Display); 5] =
            [("first", &first), ("last", &last), ("targets", &targets.len()), ("times", &times), ("longest", &longest)];
        fill(text, &values)
    }

    fn subtitle(&self) -> String {
        let texts = self.texts();
        let mut text = fill(texts.timeline_subtitle, &[("zone", &self.zone)]);
        if self.rows.len() > MOST_ROWS {
            text += &fill(texts.timeline_worst, &[("drawn", &MOST_ROWS), ("all", &self.rows.len())]);
        }
        text
    }

    fn legend(&self) -> Vec<LegendEntry> {
        let any = |of: fn(&Row) -> &IntervalSet| self.drawn().iter().any(|row| !of(row).is_empty());
        let texts = self.texts();
        LegendEntry::occurring(&[
            (any(|row| &row.counted), Class::Down, texts.column_down),
            (any(|row| &row.excluded), Class::Uncounted, texts.column_excluded),
            (any(|row| &row.unknown), Class::Unknown, texts.legend_unknown),
        ])
    }
}

impl Zoomable for Timeline {
    fn whole(&self) -> Interval {
        self.whole
    }

    fn size(&self, medium: Medium) -> (f64, f64) {
        (medium.width(), TOP + ROW * count(self.drawn().len()) + 4.0)
    }

    fn drawing(&self, shown: Interval, medium: Medium) -> Drawing {
        let (axis, rows) = (self.axis(shown, medium), self.drawn());
        let (width, height) = self.size(medium);
        let bottom = height - 4.0;
        let mut shapes = Vec::new();
        let ground = (axis.left, axis.right());
        shapes.extend((0..rows.len()).map(|row| bar(Class::Ground, ground, row, (TOP, ROW))));
        for (class, of) in LAYERS {
            for (at, row) in rows.iter().enumerate() {
                let mut bars = axis.bars(of(row).as_slice());
                if class == Class::Uncounted {
                    bars = visible_spans(&bars, ground, HATCHED);
                }
                shapes.extend(bars.into_iter().map(|span| bar(class, span, at, (TOP, ROW))));
            }
        }
        axis.paint(&mut shapes, (TOP, bottom));
        let size = medium.text();
        for (at, row) in rows.iter().enumerate() {
            let text = clipped(&row.name, size, axis.left - 8.0);
            let middle = TOP + ROW * (count(at) + 0.5);
            let at = Point { x: 0.0, y: middle + size * 0.35 };
            shapes.push(Shape::Text { class: Class::Label, at, size, anchor: Anchor::Start, text });
        }
        Drawing { width, height, shapes }
    }

    fn figure(&self) -> Figure {
        let title = self.title();
        Figure {
            name: "timeline",
            subtitle: self.subtitle(),
            description: title.clone(),
            title,
            drawings: Vec::new(),
            legend: self.legend(),
            table: FigureTable::default(),
        }
    }

    fn table(&self, shown: Interval) -> FigureTable {
        let texts = self.texts();
        let row = |own: &Row| {
            let down = own.down.cut_to(shown);
            let [excluded, unknown] = [&own.excluded, &own.unknown].map(|spans| length(spans.cut_to(shown).ms()));
            vec![own.name.clone(), down.iter().count().to_string(), length(down.ms()), excluded, unknown]
        };
        let (start, end) = (instant(shown.start(), self.zone), instant(shown.end(), self.zone));
        FigureTable {
            caption: fill(texts.timeline_caption, &[("start", &start), ("end", &end)]),
            heads: vec![
                texts.column_target,
                texts.column_times,
                texts.column_down,
                texts.column_excluded,
                texts.column_unknown,
            ],
            rows: self.rows.iter().map(row).collect(),
            total: None,
        }
    }

    fn hint(&self) -> &'static str {
        self.texts().zoom_hint
    }

    fn slider(&self) -> &'static str {
        self.texts().zoom_step
    }

    fn stops(&self) -> usize {
        self.downs.len()
    }

    fn stop(&self, place: usize) -> Option<Spot> {
        let (span, row) = *self.downs.get(place)?;
        self.spot(row, (Class::Down, span), Some(place))
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row is one of few")]
    fn spot_at(&self, (x, y): (f64, f64), shown: Interval, medium: Medium) -> Option<Spot> {
        let axis = self.axis(shown, medium);
        let at = ((y - TOP) / ROW).floor();
        if at < 0.0 || x < axis.left - NEAR {
            return None;
        }
        let at = at as usize;
        let row = self.drawn().get(at)?;
        let near = Interval::new(axis.at(x - NEAR), axis.at(x + NEAR).plus(1))?;
        let place = Interval::from_start(axis.at(x));
        // What lies right there comes first; what lies over the rest comes before it.
        let down = row.down.around(place).or_else(|| row.down.around(near));
        if let Some(span) = down {
            let stop = self.downs.binary_search(&(span, at)).ok();
            return self.spot(at, (Class::Down, span), stop);
        }
        let unknown = row.unknown.around(place).or_else(|| row.unknown.around(near))?;
        self.spot(at, (Class::Unknown, unknown), None)
    }

    fn outline(&self, spot: &Spot, shown: Interval, medium: Medium) -> Option<Shape> {
        let (from, to) = *self.axis(shown, medium).bars(&[spot.span]).first()?;
        Some(bar(Class::Mark, (from - 1.0, to + 1.0), spot.row, (TOP, ROW)))
    }

    fn at(&self, x: f64, shown: Interval, medium: Medium) -> Instant {
        self.axis(shown, medium).at(x)
    }
}

/// From the first sample or outage to what the last one tells of.
fn whole(record: &Record, reach: Reach) -> Option<Interval> {
    let one_on = |at: Instant| at.plus(reach.interval_ms);
    let samples = record.series.values().filter_map(|own| Interval::new(own.first()?, one_on(own.last()?)));
    let outages = record.outages.iter().flatten();
    let outages = outages.filter_map(|own| Interval::new(own.start, own.end.unwrap_or_else(|| one_on(own.start))));
    samples.chain(outages).reduce(Interval::hull)
}

/// What the months that were assessed exclude from the downtime of an article, agreed by both parties.
fn excluded(term: &[TermMonth], article: Article) -> IntervalSet {
    let months = term.iter().filter_map(|own| own.found.as_ref().ok());
    let own = months.flat_map(|found| found.guarantees.iter().filter(|own| own.article == article));
    let measured = own.filter_map(|own| own.measured());
    let spans = |timeline: &assess::Timeline| timeline.excluded.iter().flat_map(|(_, _, spans)| spans.iter()).collect();
    let agreed = measured.map(|measured| {
        let all: IntervalSet = spans(&measured.timeline);
        all.minus(&measured.timeline.counted)
    });
    agreed.flat_map(|spans| spans.as_slice().to_vec()).collect()
}

/// How long one sample tells of.
#[derive(Clone, Copy)]
struct Reach {
    interval_ms: i64,
    longest_ms: i64,
}

/// What is to be brought into rows.
struct Recorded<'a> {
    record: &'a Record,
    whole: Interval,
    reach: Reach,
    /// What a list of outages is called.
    listed: &'static str,
}

/// Time down, and time of which nothing is known.
type States = (IntervalSet, IntervalSet);

/// What one monitoring system recorded of a target from one place.
struct Watched {
    name: String,
    target: String,
    article: Option<Article>,
    states: States,
}

impl Recorded<'_> {
    fn series(&self) -> Vec<Watched> {
        let series = self.record.series.iter().filter(|(_, own)| !own.is_empty());
        let row = |(key, own): (&SeriesKey, &Series)| Watched {
            name: series_name(self.record, key),
            target: key.target.clone(),
            article: article(self.record.role(key)),
            states: self.of_runs(own.runs()),
        };
        series.map(row).collect()
    }

    /// Each state lasts until the next sample, where that is near enough, else for one interval. A sample that was good
    /// tells nothing of the time after it.
    fn of_runs(&self, runs: &[Run]) -> States {
        let (mut down, mut unknown) = (Vec::new(), Vec::new());
        let mut known_until = self.whole.start();
        let mut add = |state: SampleState, first: Instant, last: Instant, next: Option<Instant>| {
            if first.since(known_until) > self.reach.longest_ms {
                unknown.extend(Interval::new(known_until, first));
            }
            let near = next.filter(|next| next.since(last) <= self.reach.longest_ms);
            let one_on = last.plus(self.reach.interval_ms);
            let end = near.unwrap_or_else(|| next.map_or(one_on, |next| one_on.min(next)));
            let list = match state {
                SampleState::Up => None,
                SampleState::Down => Some(&mut down),
                SampleState::Unknown => Some(&mut unknown),
            };
            known_until = if list.is_some() { end } else { last };
            if let Some(list) = list {
                list.extend(Interval::new(first, end));
            }
        };
        let mut rest = runs.iter().peekable();
        while let Some(run) = rest.next() {
            let next = rest.peek().map(|next| next.first);
            if run.step_ms <= self.reach.longest_ms {
                add(run.state, run.first, run.last(), next);
                continue;
            }
            let mut samples = run.samples().peekable();
            while let Some(own) = samples.next() {
                add(own.state, own.at, own.at, samples.peek().map(|own| own.at).or(next));
            }
        }
        if self.whole.end().since(known_until) > self.reach.longest_ms {
            unknown.extend(Interval::new(known_until, self.whole.end()));
        }
        (down.into_iter().collect(), unknown.into_iter().collect())
    }

    /// What lists of outages say, target by target.
    fn lists(&self) -> Vec<Watched> {
        let mut targets: Map<&str, Vec<&OutageEvent>> = Map::new();
        for event in self.record.outages.iter().flatten() {
            targets.of(event.target.as_str()).push(event);
        }
        for entry in self.record.outage_coverage.iter().flatten() {
            targets.of(entry.target.as_str());
        }
        targets.into_iter().map(|(target, events)| self.of_list(target, &events)).collect()
    }

    fn of_list(&self, target: &str, events: &[&OutageEvent]) -> Watched {
        let end = |event: &OutageEvent| event.end.unwrap_or_else(|| self.whole.end());
        let down: IntervalSet = events.iter().filter_map(|event| Interval::new(event.start, end(event))).collect();
        let coverage = self.record.outage_coverage.iter().flatten();
        let covered: Vec<Interval> = coverage.filter(|own| own.target == target).map(|own| own.span).collect();
        let unknown = match covered.is_empty() {
            true => IntervalSet::empty(),
            false => IntervalSet::from(self.whole).minus(&covered.into_iter().collect()).minus(&down),
        };
        let key = SeriesKey { target: target.to_owned(), ..SeriesKey::default() };
        let sampled = self.record.series.keys().any(|own| own.target == target);
        let listed = if sampled { format!(" · {}", self.listed) } else { String::new() };
        Watched {
            name: visible(target) + &listed,
            article: article(self.record.role(&key)),
            target: key.target,
            states: (down, unknown),
        }
    }
}

/// The article that counts the downtime of what was watched.
const fn article(role: Role) -> Option<Article> {
    match role {
        Role::Network => Some(Article::Network),
        Role::Power(_) => Some(Article::Power),
        Role::Application(_) => None,
    }
}

/// The target of a series, and how it was watched where that tells two apart.
#[must_use]
pub fn series_name(record: &Record, key: &SeriesKey) -> String {
    let several = record.series.keys().filter(|own| own.target == key.target).count() > 1;
    let parts = [key.vantage.as_str(), key.system.as_str()].into_iter().filter(|part| several && !part.is_empty());
    let parts: Vec<&str> = std::iter::once(key.target.as_str()).chain(parts).collect();
    visible(&parts.join(" · "))
}
