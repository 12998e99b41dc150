//! The downtime of a month added up, falling towards the limits.

use chrono::Datelike;
use plotters::style::text_anchor::HPos;

use super::axis::MonthAxis;
use super::canvas::{Canvas, Drawn, real};
use super::words::{Words, deciding, keeps, minutes};
use super::{Class, Drawing, Figure, FigureTable, LegendEntry, Medium, text_width, visible_spans, visible_steps};
use crate::assess::{Assessment, Downtime, Guarantee, Measured, Rule, RuleKind};
use crate::i18n::{Locale, clock, duration, fill};
use crate::time::{HOUR_MS, Instant, Interval, IntervalSet, MINUTE_MS};

/// Minutes from line to line of the grid: the first with which there are few lines.
const STEPS: [i64; 17] = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 960, 1_440, 2_880, 5_760, 11_520, 23_040];
const MOST_LINES: i64 = 6;

/// How the downtime of a guarantee that is measured used up what was allowed; `None` for the others.
#[must_use]
pub fn budget_burn_down(
    assessment: &Assessment,
    guarantee: &Guarantee,
    locale: Locale,
    media: &[Medium],
) -> Option<Figure> {
    let words = Words::new(assessment, guarantee, locale)?;
    let burn = BurnDown::of(&words);
    Some(Figure {
        name: "budget-burn-down",
        title: title(&words),
        subtitle: subtitle(&words, &burn),
        description: description(&words),
        drawings: media.iter().map(|medium| (*medium, burn.draw(*medium))).collect(),
        legend: burn.legend(&words),
        table: burn.table(&words),
    })
}

/// The three figures as they grew, in milliseconds, and what they grew towards.
struct BurnDown<'a> {
    axis: MonthAxis,
    measured: &'a Measured,
    /// From the lower to the upper figure.
    growths: [Growth<'a>; 3],
    /// The rules with their limits in words, the stricter one first.
    limits: Vec<(Rule, String)>,
    /// Minutes in words, from the top to the bottom of the plot.
    lines: Vec<(i64, String)>,
    /// What the plot is as tall as.
    tallest_ms: i64,
}

/// One figure as it grew.
struct Growth<'a> {
    set: &'a IntervalSet,
    /// What it came to, rounded as the parties agreed.
    total: i64,
}

impl Growth<'_> {
    /// What it came to at the end of a span from the first instant; at the end of all, with the rounding.
    fn until(&self, span: Interval, all: Interval) -> i64 {
        if span.end() >= all.end() { self.total } else { self.set.cut_to(span).ms() }
    }

    /// Its bends.
    fn points(&self, all: Interval) -> Vec<(Instant, i64)> {
        let mut points = vec![(all.start(), 0)];
        let mut sum = 0;
        for span in self.set.iter() {
            points.push((span.start().min(all.end()), sum));
            sum += span.ms();
            points.push((span.end().min(all.end()), sum));
        }
        points.extend([(all.end(), sum), (all.end(), self.total)]);
        points
    }
}

impl<'a> BurnDown<'a> {
    fn of(words: &Words<'a>) -> Self {
        let measured = words.measured;
        let Downtime { lower, counted, upper } = measured.downtime;
        let timeline = &measured.timeline;
        let mut rules = measured.rules.clone();
        if rules.first().map(|rule| rule.limit_ms) > rules.last().map(|rule| rule.limit_ms) {
            rules.reverse();
        }
        let limit = rules.last().map_or(MINUTE_MS, |rule| rule.limit_ms).max(MINUTE_MS);
        let tallest_ms = (limit * 5 / 4).max(counted / 20 * 23).max((upper / 10 * 11).min(limit * 2));
        let most = tallest_ms / MINUTE_MS / MOST_LINES;
        let step = STEPS.into_iter().find(|step| *step > most).unwrap_or(46_080) * MINUTE_MS;
        let name = |ms| match ms {
            HOUR_MS.. if step >= HOUR_MS => duration(ms, words.locale),
            ms => minutes(words.texts, ms),
        };
        let lines = (0..=tallest_ms / step).map(|line| (line * step, name(line * step)));
        Self {
            axis: MonthAxis::of(words.assessment),
            measured,
            growths: [
                Growth { set: &timeline.lower, total: lower },
                Growth { set: &timeline.counted, total: counted },
                Growth { set: &timeline.upper, total: upper },
            ],
            limits: rules.into_iter().map(|rule| (rule, words.limit(rule))).collect(),
            lines: lines.collect(),
            tallest_ms,
        }
    }

    /// Whether the figures at the end are not the lengths of what was added up.
    fn rounded(&self) -> bool {
        self.growths.iter().any(|growth| growth.set.ms() != growth.total)
    }

    fn draw(&self, medium: Medium) -> Drawing {
        let layout = Layout::of(medium);
        Canvas::drawing((medium.width(), layout.bottom + 24.0), &|canvas| self.paint(canvas, &layout))
    }

    fn paint(&self, canvas: &Canvas<'_>, layout: &Layout) -> Drawn {
        let plot = layout.plot;
        if let Some(all) = self.axis.assessed {
            let (from, to) = (self.axis.x(all.start(), plot), self.axis.x(all.end(), plot));
            canvas.rect(Class::Ground, (from, layout.top), (to, layout.bottom))?;
        }
        for (ms, text) in &self.lines {
            let y = layout.y(*ms, self.tallest_ms);
            canvas.line(Class::Grid, (plot.0, y), (plot.1, y))?;
            canvas.text(Class::Label, text, layout.medium.text(), (plot.0 - 6.0, HPos::Right), y)?;
        }
        self.axis.labels(canvas, layout.medium, plot, layout.bottom + 14.0)?;
        let unknown = self.axis.xs(&self.measured.timeline.unknown, plot);
        for (from, to) in visible_spans(&unknown, plot, 5.0) {
            canvas.rect(Class::Unknown, (from, layout.top - 5.0), (to, layout.top))?;
        }
        if let Some(all) = self.axis.assessed {
            self.paint_growths(canvas, layout, all)?;
        }
        self.paint_limits(canvas, layout)?;
        self.axis.spots(canvas, plot, (layout.top - 5.0, layout.bottom))
    }

    fn paint_growths(&self, canvas: &Canvas<'_>, layout: &Layout, all: Interval) -> Drawn {
        let [lower, counted, upper] = self.growths.each_ref().map(|growth| {
            let at = |(at, ms)| (self.axis.x(at, layout.plot), layout.y(ms, self.tallest_ms));
            let points: Vec<(f64, f64)> = growth.points(all).into_iter().map(at).collect();
            visible_steps(&points, 0.5)
        });
        if self.is_uncertain() {
            let around: Vec<(f64, f64)> = upper.iter().chain(lower.iter().rev()).copied().collect();
            canvas.area(Class::Band, &around)?;
        }
        canvas.path(Class::Curve, &counted)?;
        let Some((x, y)) = counted.last().copied() else { return Ok(()) };
        let size = 4.0;
        canvas.area(Class::Dot, &[(x - size, y), (x, y - size), (x + size, y), (x, y + size)])?;
        self.paint_figures(canvas, layout, x)
    }

    /// The figures at the end of the curve, clear of each other.
    fn paint_figures(&self, canvas: &Canvas<'_>, layout: &Layout, x: f64) -> Drawn {
        let Downtime { lower, counted, upper } = self.measured.downtime;
        let (size, line) = (layout.medium.text(), layout.medium.text() + 2.0);
        let least = layout.top + if lower < counted { line } else { 0.0 };
        let most = layout.bottom - if upper > counted { line } else { 0.0 };
        let middle = layout.y(counted, self.tallest_ms).max(least).min(most);
        let right = layout.medium.width() - 2.0;
        let put = |class, text: String, y: f64| {
            let from = (x + 8.0).min(right - text_width(&text, size));
            canvas.text(class, &text, size, (from, HPos::Left), y)
        };
        put(Class::Figure, clock(counted), middle)?;
        if lower < counted {
            let y = layout.y(lower, self.tallest_ms).min(middle - line);
            put(Class::Label, format!("≥ {}", clock(lower)), y)?;
        }
        if upper > counted {
            let y = layout.y(upper, self.tallest_ms).max(middle + line);
            // What the plot is not tall enough for goes on below it.
            let beyond = if upper > self.tallest_ms { "↓ " } else { "" };
            put(Class::Label, format!("{beyond}≤ {}", clock(upper)), y)?;
        }
        Ok(())
    }

    /// The stricter limit is written above its line, the other below: they often lie side by side.
    fn paint_limits(&self, canvas: &Canvas<'_>, layout: &Layout) -> Drawn {
        let size = layout.medium.text();
        for (at, (rule, text)) in self.limits.iter().enumerate() {
            let y = layout.y(rule.limit_ms, self.tallest_ms);
            let class = limit_class(*rule);
            canvas.line(class, (layout.plot.0, y), (layout.plot.1, y))?;
            let above = at == 0 && self.limits.len() > 1;
            let middle = if above { y - size * 0.75 } else { y + size * 0.8 };
            canvas.text(Class::Emphasis, text, size, (layout.plot.0 + 6.0, HPos::Left), middle)?;
        }
        Ok(())
    }

    fn is_uncertain(&self) -> bool {
        self.growths.windows(2).any(|pair| matches!(pair, [one, other] if one.set != other.set))
    }

    fn legend(&self, words: &Words<'_>) -> Vec<LegendEntry> {
        let texts = words.texts;
        let mut legend = vec![LegendEntry::new(Class::Curve, texts.legend_curve)];
        if self.is_uncertain() {
            legend.push(LegendEntry::new(Class::Band, texts.legend_band));
        }
        legend.extend(self.limits.iter().map(|(rule, text)| LegendEntry::new(limit_class(*rule), text.clone())));
        if !self.measured.timeline.unknown.is_empty() {
            legend.push(LegendEntry::new(Class::Unknown, texts.legend_unknown));
        }
        legend
    }

    fn table(&self, words: &Words<'_>) -> FigureTable {
        let (texts, app) = (words.texts, &words.locale.texts().app);
        let all = self.axis.assessed;
        let limit = deciding(self.measured).map_or(0, |rule| rule.limit_ms);
        let row = |until: Interval, all: Interval| {
            let so_far = Interval::new(all.start(), until.end()).unwrap_or(all);
            let figures = self.growths.each_ref().map(|growth| growth.until(so_far, all));
            let [_, counted, _] = figures;
            figures.into_iter().chain([limit - counted]).map(clock).collect::<Vec<_>>()
        };
        let rows = self.axis.assessed_days().into_iter().filter_map(|(day, span)| {
            let mut cells = row(span, all?);
            cells.insert(0, day.day().to_string());
            Some(cells)
        });
        FigureTable {
            caption: words.about(texts.burn_caption),
            heads: vec![texts.column_day, app.figure_lower, app.figure_counted, app.figure_upper, app.limits_margin],
            rows: rows.collect(),
            total: None,
        }
    }
}

const fn limit_class(rule: Rule) -> Class {
    match rule.kind {
        RuleKind::Minutes => Class::LimitMinutes,
        RuleKind::Percent => Class::LimitPercent,
    }
}

fn title(words: &Words<'_>) -> String {
    let (texts, measured) = (words.texts, words.measured);
    let Some(rule) = deciding(measured).filter(|_| measured.any_data) else {
        return words.about(texts.strip_title_no_data);
    };
    let Downtime { counted, upper, .. } = measured.downtime;
    let left = rule.limit_ms - counted;
    let text = match left {
        _ if keeps(rule, counted) => texts.burn_title_left,
        0 => texts.burn_title_used,
        _ => texts.burn_title_over,
    };
    let month = words.month();
    let mut title = fill(text, &[("month", &month), ("time", &minutes(texts, left.abs()))]);
    if keeps(rule, counted) && !keeps(rule, upper) {
        title.push_str(texts.burn_title_open);
    }
    title
}

fn subtitle(words: &Words<'_>, burn: &BurnDown<'_>) -> String {
    let rounded = if burn.rounded() { words.texts.burn_rounded } else { "" };
    words.about(words.texts.burn_subtitle) + rounded
}

fn description(words: &Words<'_>) -> String {
    let Downtime { lower, counted, upper } = words.measured.downtime;
    let app = &words.locale.texts().app;
    let named = [(app.figure_lower, lower), (app.figure_counted, counted), (app.figure_upper, upper)];
    named.map(|(name, ms)| format!("{name} {}", clock(ms))).join(" · ")
}

/// Sizes in user units.
struct Layout {
    medium: Medium,
    plot: (f64, f64),
    top: f64,
    bottom: f64,
}

impl Layout {
    const fn of(medium: Medium) -> Self {
        let (left, right, bottom) = match medium {
            Medium::Wide => (62.0, 88.0, 290.0),
            Medium::Narrow => (56.0, 74.0, 240.0),
            Medium::Paper => (58.0, 88.0, 160.0),
        };
        Self { medium, plot: (left, medium.width() - right), top: 14.0, bottom }
    }

    /// How far down; what is longer than the plot is tall ends at its edge.
    fn y(&self, ms: i64, tallest_ms: i64) -> f64 {
        self.top + (self.bottom - self.top) * real(ms.min(tallest_ms)) / real(tallest_ms)
    }
}
