//! The month as a strip for each local day, outages drawn to the minute.

use crate::sorted::Map;
use std::fmt::Display;

use chrono::{Datelike, NaiveDate};
use plotters::style::text_anchor::HPos;

use super::axis;
use super::canvas::{Canvas, Drawn, count, real};
use super::words::{Words, deciding, length, mark, minutes};
use super::{Class, Drawing, Figure, FigureTable, LegendEntry, Medium, text_width, visible_spans};
use crate::assess::{Article, Assessment, Guarantee, Measured};
use crate::i18n::{self, Locale, fill};
use crate::record::Stance;
use crate::time::{DAY_MS, HOUR_MS, Instant, Interval, IntervalSet, LocalMonth};

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
        let words = Words::new(assessment, guarantee, locale)?;
        let days: Vec<Day> = month.days.iter().map(|(day, span)| month.figures(*day, *span)).collect();
        let sum = Day { day: assessment.month.first_day(), ..Day::default() };
        Some(Self {
            title: words.title(),
            subtitle: words.subtitle(&month),
            description: words.description(),
            wide: month.draw(Medium::Wide, &days),
            narrow: month.draw(Medium::Narrow, &days),
            legend: words.legend(&month),
            total: days.iter().fold(sum, |sum, day| sum.plus(*day)),
            days,
        })
    }

    /// The strip as it is printed, for a guarantee that is measured.
    #[must_use]
    pub fn on_paper(assessment: &Assessment, guarantee: &Guarantee, locale: Locale) -> Option<Figure> {
        let mut figure = Self::new(assessment, guarantee, locale)?.figure(locale);
        let month = Month::of(assessment, guarantee.measured()?);
        let days: Vec<Day> = month.days.iter().map(|(day, span)| month.figures(*day, *span)).collect();
        figure.drawings = vec![(Medium::Paper, month.draw(Medium::Paper, &days))];
        Some(figure)
    }

    /// The strip with its figures in rows, for a page.
    #[must_use]
    pub fn figure(self, locale: Locale) -> Figure {
        let texts = &locale.texts().chart;
        let month = i18n::month(LocalMonth::of(self.total.day), locale);
        let row = |name: String, day: &Day| {
            let lengths = [day.counted, day.claimed, day.excluded, day.unknown].map(length);
            let single = if day.single == 0 { "–".to_owned() } else { day.single.to_string() };
            std::iter::once(name).chain(lengths).chain([single]).collect()
        };
        let table = FigureTable {
            caption: fill(texts.table_caption, &[("month", &month)]),
            heads: vec![
                texts.column_day,
                texts.column_counted,
                texts.column_claimed,
                texts.column_excluded,
                texts.column_unknown,
                texts.column_single,
            ],
            rows: self.days.iter().map(|day| row(day.day.day().to_string(), day)).collect(),
            total: Some(row(texts.total.to_owned(), &self.total)),
        };
        Figure {
            name: "month-strip",
            title: self.title,
            subtitle: self.subtitle,
            description: self.description,
            drawings: vec![(Medium::Wide, self.wide), (Medium::Narrow, self.narrow)],
            legend: self.legend,
            table,
        }
    }
}

/// What is drawn, already told apart by look.
struct Month {
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
        Self {
            days: axis::days(assessment),
            assessed: axis::assessed(assessment).into(),
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

    fn draw(&self, medium: Medium, days: &[Day]) -> Drawing {
        let layout = &Layout::of(medium);
        let height = layout.top + layout.row * count(self.days.len()) + layout.bottom;
        let longest_ms = self.longest_day_ms();
        Canvas::drawing((layout.width, height), &|canvas| Painter { canvas, layout, longest_ms }.paint(self, days))
    }
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
    /// Quiet days from label to label.
    label_days: u32,
}

impl Layout {
    const fn of(medium: Medium) -> Self {
        let (width, text) = (medium.width(), medium.text());
        match medium {
            Medium::Wide => Self {
                width,
                left: 34.0,
                right: 64.0,
                top: 24.0,
                bottom: 6.0,
                row: 15.0,
                text,
                label_hours: 3,
                label_days: 1,
            },
            Medium::Narrow => Self {
                width,
                left: 24.0,
                right: 46.0,
                top: 22.0,
                bottom: 4.0,
                row: 14.0,
                text,
                label_hours: 6,
                label_days: 1,
            },
            Medium::Paper => Self {
                width,
                left: 26.0,
                right: 54.0,
                top: 22.0,
                bottom: 2.0,
                row: 11.0,
                text,
                label_hours: 3,
                label_days: 5,
            },
        }
    }

    fn plot(&self) -> (f64, f64) {
        (self.left, self.width - self.right)
    }

    fn row_top(&self, row: usize) -> f64 {
        self.top + self.row * count(row)
    }
}

/// Puts a month on a ground: the time of day to the right, days down.
struct Painter<'a, 'c> {
    canvas: &'a Canvas<'c>,
    layout: &'a Layout,
    longest_ms: i64,
}

impl Painter<'_, '_> {
    fn paint(&self, month: &Month, days: &[Day]) -> Drawn {
        for (row, (_, span)) in month.days.iter().enumerate() {
            self.spans(row, *span, Class::Ground, &month.assessed)?;
        }
        self.hours(month.days.len())?;
        for (row, (_, span)) in month.days.iter().enumerate() {
            self.day_label(row, days)?;
            for class in Month::ORDER {
                let layers = month.layers.iter().filter(|(own, _)| class(own));
                layers.into_iter().try_for_each(|(own, spans)| self.spans(row, *span, *own, spans))?;
            }
            self.spans(row, *span, Class::Single, &month.single)?;
            let (top, width) = (self.layout.row_top(row), self.layout.width);
            self.canvas.rect(Class::spot(row), (0.0, top), (width, top + self.layout.row))?;
        }
        Ok(())
    }

    /// The spans of a day, each at least [`LEAST_WIDTH`] wide.
    fn spans(&self, row: usize, day: Interval, class: Class, spans: &IntervalSet) -> Drawn {
        let at = |instant: Instant| self.x(instant.since(day.start()));
        let drawn: Vec<(f64, f64)> = spans.cut_to(day).iter().map(|span| (at(span.start()), at(span.end()))).collect();
        let (top, bottom) = self.band(row, class);
        for (from, to) in visible_spans(&drawn, self.layout.plot(), LEAST_WIDTH) {
            self.canvas.rect(class, (from, top), (to, bottom))?;
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
        self.canvas.text(look, mark, size, (x, side), self.layout.row_top(row) + self.layout.row / 2.0)
    }

    fn day_label(&self, row: usize, days: &[Day]) -> Drawn {
        let Some(day) = days.get(row) else { return Ok(()) };
        let class = if day.is_quiet() { Class::Label } else { Class::Emphasis };
        let middle = self.layout.row_top(row) + self.layout.row / 2.0;
        // Files hold what is printed as text: of quiet days on paper, a few tell which the others are, where there is room.
        let number = day.day.day();
        let step = self.layout.label_days;
        let near = days.get(row.saturating_sub(1)..).unwrap_or_default().iter().take(3);
        let room = step == 1 || near.into_iter().all(Day::is_quiet);
        if class == Class::Emphasis || room && (number == 1 || number.is_multiple_of(step)) {
            let (text, place) = (number.to_string(), (self.layout.left - 6.0, HPos::Right));
            self.canvas.text(class, &text, self.layout.text, place, middle)?;
        }
        if day.counted == 0 {
            return Ok(());
        }
        let counted = i18n::clock(day.counted);
        self.canvas.text(Class::Figure, &counted, self.layout.text, (self.layout.width - 2.0, HPos::Right), middle)
    }

    /// Lines and labels of the time of day.
    fn hours(&self, rows: usize) -> Drawn {
        let step = self.layout.label_hours;
        for hour in (0..=self.longest_ms / HOUR_MS).filter(|hour| hour % step == 0) {
            let x = self.x(hour * HOUR_MS);
            self.canvas.line(Class::Grid, (x, self.layout.top - 4.0), (x, self.layout.row_top(rows)))?;
            let label = format!("{hour:02}");
            self.canvas.text(Class::Label, &label, self.layout.text, (x, HPos::Center), self.layout.top - 12.0)?;
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
}

impl Words<'_> {
    fn title(&self) -> String {
        if !self.measured.any_data {
            return self.about(self.texts.strip_title_no_data);
        }
        let counted = minutes(self.texts, self.measured.downtime.counted);
        let text = match self.measured.downtime.counted {
            0 => self.texts.strip_title_none,
            _ => self.texts.strip_title,
        };
        let limit = deciding(self.measured).map(|rule| self.limit(rule)).unwrap_or_default();
        fill(text, &[("month", &self.month()), ("counted", &counted), ("limit", &limit)]) + &self.open()
    }

    fn subtitle(&self, month: &Month) -> String {
        let mut text = self.about(match self.article {
            Article::Power => self.texts.strip_subtitle_power,
            _ => self.texts.strip_subtitle_network,
        });
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
}
