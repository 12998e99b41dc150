//! The month as a strip for each local day, outages drawn to the minute.

use crate::sorted::Map;
use std::convert::Infallible;
use std::fmt::Display;

use chrono::{Datelike, NaiveDate};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{PathElement, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, RGBColor, TextStyle};

use super::recorder::PARTS;
use super::{Class, Drawing, Recorder, text_width, visible_spans};
use crate::assess::{Article, Assessment, Clause, Guarantee, Measured, RuleKind};
use crate::i18n::{self, ChartTexts, Locale, fill};
use crate::record::Stance;
use crate::time::{DAY_MS, HOUR_MS, Instant, Interval, IntervalSet, Zone};

/// Spans narrower than this many user units are drawn this wide, so that none vanishes.
const LEAST_WIDTH: f64 = 2.0;
/// Outages that the description names one by one.
const NAMED_OUTAGES: usize = 12;

/// The month of one guarantee: what it shows in words, as shapes for two widths, and as figures.
#[derive(Debug, Clone, PartialEq)]
pub struct MonthStrip {
    /// What the month came to, in one line.
    pub title: String,
    /// What is drawn, of what, in which zone, and the days on which the clocks changed.
    pub subtitle: String,
    /// The same for those who do not see the drawing: outages with their times and lengths.
    pub description: String,
    /// For a screen or a sheet of paper.
    pub wide: Drawing,
    /// For a telephone.
    pub narrow: Drawing,
    /// Which looks occur and what they stand for.
    pub legend: Vec<LegendEntry>,
    /// The figures of each local day of the month.
    pub days: Vec<Day>,
    /// The sum of the days.
    pub total: Day,
}

/// A look and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    /// The look.
    pub class: Class,
    /// The letter or number of its clause, as it stands in the drawing.
    pub mark: Option<&'static str>,
    /// What it stands for.
    pub text: String,
}

/// The figures of one local day, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Day {
    /// The day; of a sum: the first day of the month.
    pub day: NaiveDate,
    /// Downtime that counts.
    pub counted: i64,
    /// The part of it that would not count if a claim were agreed.
    pub claimed: i64,
    /// Downtime that does not count.
    pub excluded: i64,
    /// Time without data.
    pub unknown: i64,
    /// Probes lost alone that day.
    pub single: u32,
}

impl Day {
    /// Whether anything happened.
    #[must_use]
    pub const fn is_quiet(&self) -> bool {
        self.counted == 0 && self.excluded == 0 && self.unknown == 0 && self.single == 0
    }

    fn plus(self, other: Self) -> Self {
        Self {
            day: self.day,
            counted: self.counted + other.counted,
            claimed: self.claimed + other.claimed,
            excluded: self.excluded + other.excluded,
            unknown: self.unknown + other.unknown,
            single: self.single + other.single,
        }
    }
}

impl MonthStrip {
    /// The strip of a guarantee that is measured; `None` for the others.
    #[must_use]
    pub fn new(assessment: &Assessment, guarantee: &Guarantee, locale: Locale) -> Option<Self> {
        let measured = guarantee.measured()?;
        let month = Month::of(assessment, measured);
        let words = Words { texts: &locale.texts().chart, locale, assessment, measured, article: guarantee.article };
        let days: Vec<Day> = month.days.iter().map(|(day, span)| month.figures(*day, *span)).collect();
        let sum = Day { day: assessment.month.first_day(), ..Day::default() };
        Some(Self {
            title: words.title(),
            subtitle: words.subtitle(&month),
            description: words.description(),
            wide: month.draw(&Layout::WIDE, &days),
            narrow: month.draw(&Layout::NARROW, &days),
            legend: words.legend(&month),
            total: days.iter().fold(sum, |sum, day| sum.plus(*day)),
            days,
        })
    }
}

/// What is drawn, already told apart by look.
struct Month {
    zone: Zone,
    /// Every local day of the month.
    days: Vec<(NaiveDate, Interval)>,
    /// What was assessed of the month: the period up to `as_of`.
    assessed: IntervalSet,
    layers: Map<Class, IntervalSet>,
    single: IntervalSet,
}

impl Month {
    /// What lies over what: downtime that counts lies over everything.
    const ORDER: [fn(&Class) -> bool; 4] = [
        |class| *class == Class::Unknown,
        |class| matches!(class, Class::Excluded(_)),
        |class| matches!(class, Class::Claimed(_)),
        |class| *class == Class::Down,
    ];

    fn of(assessment: &Assessment, measured: &Measured) -> Self {
        let zone = assessment.zone;
        let timeline = &measured.timeline;
        let mut layers = Map::from([(Class::Unknown, timeline.unknown.clone())]);
        let mut claimed = IntervalSet::empty();
        for (clause, stance, span) in &timeline.excluded {
            let class = if *stance == Stance::Agreed { Class::Excluded(*clause) } else { Class::Claimed(*clause) };
            let layer = layers.of(class);
            *layer = layer.union(span);
            if *stance != Stance::Agreed {
                claimed = claimed.union(span);
            }
        }
        layers.insert(Class::Down, timeline.counted.minus(&claimed));
        layers.retain(|_, spans| !spans.is_empty());
        let known = Interval::new(Instant::MIN, assessment.as_of);
        let first_days = assessment.month.first_day().iter_days().take(assessment.month.days() as usize);
        Self {
            zone,
            days: first_days.filter_map(|day| Some((day, zone.day_span(day)?))).collect(),
            assessed: known.and_then(|known| assessment.period.cut_to(known)).into(),
            layers,
            single: timeline.single.clone(),
        }
    }

    fn figures(&self, day: NaiveDate, span: Interval) -> Day {
        let ms = |of: fn(&Class) -> bool| -> i64 {
            self.layers.iter().filter(|(class, _)| of(class)).map(|(_, spans)| spans.cut_to(span).ms()).sum()
        };
        let claimed = ms(|class| matches!(class, Class::Claimed(_)));
        let single = self.single.iter().filter(|lost| span.contains(lost.start())).count();
        Day {
            day,
            counted: claimed + ms(|class| *class == Class::Down),
            claimed,
            excluded: ms(|class| matches!(class, Class::Excluded(_))),
            unknown: ms(|class| *class == Class::Unknown),
            single: u32::try_from(single).unwrap_or(u32::MAX),
        }
    }

    /// Days of more or fewer than 24 hours.
    fn odd_days(&self) -> impl Iterator<Item = (NaiveDate, Interval)> + '_ {
        self.days.iter().copied().filter(|(_, span)| span.ms() != DAY_MS)
    }

    fn longest_day_ms(&self) -> i64 {
        self.days.iter().map(|(_, span)| span.ms()).max().unwrap_or(DAY_MS).max(DAY_MS)
    }

    fn draw(&self, layout: &Layout, days: &[Day]) -> Drawing {
        let height = layout.top + layout.row * count(self.days.len()) + layout.bottom;
        let mut drawing = Drawing { width: layout.width, height, shapes: Vec::new() };
        let painter = Painter {
            ground: Recorder::new(&mut drawing).into_drawing_area(),
            layout,
            longest_ms: self.longest_day_ms(),
        };
        // A recorder does not fail: its error type has no value.
        let _ = painter.paint(self, days);
        drop(painter);
        drawing
    }
}

#[allow(clippy::cast_precision_loss, reason = "geometry: no month has more than 2^53 of anything")]
fn real(number: i64) -> f64 {
    number as f64
}

fn count(number: usize) -> f64 {
    real(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Sizes in user units.
struct Layout {
    width: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    row: f64,
    text: f64,
    /// Hours from label to label.
    label_hours: i64,
}

impl Layout {
    const WIDE: Self =
        Self { width: 960.0, left: 34.0, right: 64.0, top: 24.0, bottom: 6.0, row: 15.0, text: 12.0, label_hours: 3 };
    const NARROW: Self =
        Self { width: 343.0, left: 24.0, right: 46.0, top: 22.0, bottom: 4.0, row: 14.0, text: 11.0, label_hours: 6 };

    fn plot(&self) -> (f64, f64) {
        (self.left, self.width - self.right)
    }

    fn row_top(&self, row: usize) -> f64 {
        self.top + self.row * count(row)
    }
}

type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;

/// Puts a month on a ground: the time of day to the right, days down.
struct Painter<'a> {
    ground: DrawingArea<Recorder<'a>, Shift>,
    layout: &'a Layout,
    longest_ms: i64,
}

impl Painter<'_> {
    fn paint(&self, month: &Month, days: &[Day]) -> Drawn {
        for (row, (_, span)) in month.days.iter().enumerate() {
            self.spans(row, *span, Class::Ground, &month.assessed)?;
        }
        self.hours(month.days.len())?;
        for (row, ((_, span), day)) in month.days.iter().zip(days).enumerate() {
            self.day_label(row, day)?;
            for class in Month::ORDER {
                let layers = month.layers.iter().filter(|(own, _)| class(own));
                layers.into_iter().try_for_each(|(own, spans)| self.spans(row, *span, *own, spans))?;
            }
            self.spans(row, *span, Class::Single, &month.single)?;
        }
        Ok(())
    }

    /// The spans of a day, each at least [`LEAST_WIDTH`] wide.
    fn spans(&self, row: usize, day: Interval, class: Class, spans: &IntervalSet) -> Drawn {
        let at = |instant: Instant| self.x(instant.since(day.start()));
        let drawn: Vec<(f64, f64)> = spans.cut_to(day).iter().map(|span| (at(span.start()), at(span.end()))).collect();
        let (top, bottom) = self.band(row, class);
        for (from, to) in visible_spans(&drawn, self.layout.plot(), LEAST_WIDTH) {
            self.rect(class, (from, top), (to, bottom))?;
            self.mark(class, row, (from, to))?;
        }
        Ok(())
    }

    /// The letter of the clause: inside where there is room, else beside.
    fn mark(&self, class: Class, row: usize, (from, to): (f64, f64)) -> Drawn {
        let Some(mark) = mark(class) else { return Ok(()) };
        let size = self.layout.text - 2.0;
        let (width, gap) = (text_width(mark, size) + 4.0, 2.0);
        let (x, side) = if to - from >= width {
            ((from + to) / 2.0, HPos::Center)
        } else if to + gap + width <= self.layout.plot().1 {
            (to + gap, HPos::Left)
        } else {
            (from - gap, HPos::Right)
        };
        let look = if matches!(side, HPos::Center) { Class::MarkInside } else { Class::Mark };
        self.text(look, mark, size, (x, side), self.layout.row_top(row) + self.layout.row / 2.0)
    }

    fn day_label(&self, row: usize, day: &Day) -> Drawn {
        let class = if day.is_quiet() { Class::Label } else { Class::Emphasis };
        let middle = self.layout.row_top(row) + self.layout.row / 2.0;
        let number = day.day.day().to_string();
        self.text(class, &number, self.layout.text, (self.layout.left - 6.0, HPos::Right), middle)?;
        if day.counted == 0 {
            return Ok(());
        }
        let counted = i18n::clock(day.counted);
        self.text(Class::Figure, &counted, self.layout.text, (self.layout.width - 2.0, HPos::Right), middle)
    }

    /// Lines and labels of the time of day.
    fn hours(&self, rows: usize) -> Drawn {
        let step = self.layout.label_hours;
        for hour in (0..=self.longest_ms / HOUR_MS).filter(|hour| hour % step == 0) {
            let x = self.x(hour * HOUR_MS);
            self.line(Class::Grid, (x, self.layout.top - 4.0), (x, self.layout.row_top(rows)))?;
            let label = format!("{hour:02}");
            self.text(Class::Label, &label, self.layout.text, (x, HPos::Center), self.layout.top - 12.0)?;
        }
        Ok(())
    }

    fn x(&self, ms: i64) -> f64 {
        let (left, right) = self.layout.plot();
        left + (right - left) * real(ms) / real(self.longest_ms)
    }

    /// Single losses take the lower half of a row: they were not enough for an outage.
    fn band(&self, row: usize, class: Class) -> (f64, f64) {
        let top = self.layout.row_top(row);
        let bottom = top + self.layout.row - 1.5;
        if class == Class::Single { (top + self.layout.row / 2.0, bottom) } else { (top + 0.5, bottom) }
    }

    fn rect(&self, class: Class, from: (f64, f64), to: (f64, f64)) -> Drawn {
        self.ground.draw(&Rectangle::new([parts(from), parts(to)], look(class).filled()))
    }

    fn line(&self, class: Class, from: (f64, f64), to: (f64, f64)) -> Drawn {
        self.ground.draw(&PathElement::new([parts(from), parts(to)], look(class)))
    }

    fn text(&self, class: Class, text: &str, size: f64, (x, side): (f64, HPos), middle: f64) -> Drawn {
        let look = look(class);
        let font = ("sans-serif", size * f64::from(PARTS));
        let style = TextStyle::from(font).color(&look).pos(Pos::new(side, VPos::Center));
        self.ground.draw_text(text, &style, parts((x, middle)))
    }
}

/// The class as a colour, which is all that plotters hands to a backend.
fn look(class: Class) -> RGBColor {
    let (kind, index, rest) = class.to_rgb();
    RGBColor(kind, index, rest)
}

#[allow(clippy::cast_possible_truncation, reason = "a ground is some thousand units wide")]
fn parts((x, y): (f64, f64)) -> (i32, i32) {
    let whole = |units: f64| (units * f64::from(PARTS)).round() as i32;
    (whole(x), whole(y))
}

/// What stands in the drawing for the clause: the last part of its number.
const fn mark(class: Class) -> Option<&'static str> {
    let (Class::Excluded(clause) | Class::Claimed(clause)) = class else { return None };
    Some(match clause {
        Clause::NetworkMaintenance => "a",
        Clause::NetworkCustomerEquipment => "b",
        Clause::NetworkCustomerInstallation => "c",
        Clause::NetworkCustomerNegligence => "d",
        Clause::NetworkForceMajeure => "e",
        Clause::NetworkOtherCustomerCause => "f",
        Clause::PowerCustomerEquipment => "1",
        Clause::PowerCustomerInstallation => "2",
        Clause::PowerCustomerNegligence => "3",
        Clause::PowerForceMajeure => "4",
        Clause::NetworkReport | Clause::PowerReport => "R",
    })
}

/// The words around a drawing.
struct Words<'a> {
    texts: &'static ChartTexts,
    locale: Locale,
    assessment: &'a Assessment,
    measured: &'a Measured,
    article: Article,
}

impl Words<'_> {
    fn title(&self) -> String {
        let month = i18n::month(self.assessment.month, self.locale);
        if !self.measured.any_data {
            return fill(self.texts.strip_title_no_data, &[("month", &month)]);
        }
        let counted = self.minutes(self.measured.downtime.counted);
        let text = match self.measured.downtime.counted {
            0 => self.texts.strip_title_none,
            _ => self.texts.strip_title,
        };
        fill(text, &[("month", &month), ("counted", &counted), ("limit", &self.limit())])
    }

    /// The stricter of the rules that decide.
    fn limit(&self) -> String {
        let Some(rule) = self.measured.rules.iter().filter(|rule| rule.decides).min_by_key(|rule| rule.limit_ms) else {
            return String::new();
        };
        let text = match rule.kind {
            RuleKind::Minutes => self.texts.limit_below,
            RuleKind::Percent => self.texts.limit_at_most,
        };
        fill(text, &[("limit", &self.minutes(rule.limit_ms))])
    }

    /// However long, in minutes: that is what the agreement counts in.
    fn minutes(&self, ms: i64) -> String {
        let clock = i18n::clock(ms);
        let (minutes, seconds) = clock.split_once(':').unwrap_or((&clock, "00"));
        match seconds.strip_prefix('0').unwrap_or(seconds) {
            "0" => fill(self.texts.whole_minutes, &[("minutes", &minutes)]),
            seconds => fill(self.texts.minutes_and_seconds, &[("minutes", &minutes), ("seconds", &seconds)]),
        }
    }

    fn subtitle(&self, month: &Month) -> String {
        let targets = i18n::visible(&self.measured.targets.join(self.texts.list_comma));
        let what = match self.article {
            Article::Power => self.texts.strip_subtitle_power,
            _ => self.texts.strip_subtitle_network,
        };
        let mut text = fill(what, &[("targets", &targets), ("zone", &month.zone)]);
        for (day, span) in month.odd_days() {
            let (day, length) = (i18n::date(day, self.locale), i18n::duration(span.ms(), self.locale));
            text.push_str(&fill(self.texts.strip_odd_day, &[("day", &day), ("length", &length)]));
        }
        text
    }

    fn description(&self) -> String {
        let outages = &self.measured.outages;
        let number = outages.len();
        let mut text = fill(self.texts.strip_description, &[("count", &number)]);
        for outage in outages.iter().take(NAMED_OUTAGES) {
            let start = i18n::instant(outage.shown.start(), self.assessment.zone);
            let (length, counted) = (i18n::clock(outage.shown_ms), i18n::clock(outage.downtime.counted));
            let values: [(&str, &dyn Display); 3] = [("start", &start), ("length", &length), ("counted", &counted)];
            text.push_str(&fill(self.texts.strip_description_outage, &values));
        }
        if number > NAMED_OUTAGES {
            text.push_str(&fill(self.texts.strip_description_more, &[("count", &(number - NAMED_OUTAGES))]));
        }
        text
    }

    fn legend(&self, month: &Month) -> Vec<LegendEntry> {
        let single = (!month.single.is_empty()).then_some(Class::Single);
        month.layers.keys().copied().chain(single).map(|class| self.legend_entry(class)).collect()
    }

    fn legend_entry(&self, class: Class) -> LegendEntry {
        let text = match class {
            Class::Excluded(clause) => fill(self.texts.legend_excluded, &[("clause", &self.clause(clause))]),
            Class::Claimed(clause) => fill(self.texts.legend_claimed, &[("clause", &self.clause(clause))]),
            Class::Unknown => self.texts.legend_unknown.to_owned(),
            Class::Single => self.texts.legend_single.to_owned(),
            _ => self.texts.legend_down.to_owned(),
        };
        LegendEntry { class, mark: mark(class), text }
    }

    /// The cause in a few words; the number of the clause stands in statements.
    const fn clause(&self, clause: Clause) -> &'static str {
        match clause {
            Clause::NetworkMaintenance => self.texts.cause_maintenance,
            Clause::NetworkCustomerEquipment | Clause::PowerCustomerEquipment => self.texts.cause_customer_equipment,
            Clause::NetworkCustomerInstallation | Clause::PowerCustomerInstallation => {
                self.texts.cause_customer_installation
            }
            Clause::NetworkCustomerNegligence | Clause::PowerCustomerNegligence => self.texts.cause_customer_negligence,
            Clause::NetworkForceMajeure | Clause::PowerForceMajeure => self.texts.cause_force_majeure,
            Clause::NetworkOtherCustomerCause => self.texts.cause_other_customer,
            Clause::NetworkReport | Clause::PowerReport => self.texts.cause_not_reported,
        }
    }
}
