//! The months of the term below each other: downtime against the limit.

use std::sync::Arc;

use plotters::style::text_anchor::HPos;

use super::canvas::{Canvas, Drawn, count};
use super::rows::Rows;
use super::words::{article, deciding, minutes};
use super::{Class, Drawing, Figure, FigureTable, LegendEntry, Medium};
use crate::assess::{Article, Assessment, Downtime, Measured, Refusal, Verdict};
use crate::i18n::{self, Locale, Texts, clock, fill, visible};
use crate::time::{LocalMonth, MINUTE_MS};

/// A bar longer than this many limits is cut: it would make those of other months unreadable.
const MOST_LIMITS: i64 = 4;

/// One month of the term, as it was assessed.
#[derive(Debug, Clone, PartialEq)]
pub struct TermMonth {
    /// The month.
    pub month: LocalMonth,
    /// What was found; an error where it cannot be assessed.
    pub found: Result<Arc<Assessment>, Refusal>,
}

/// How the months of a term kept a guarantee that is measured; `None` for the others.
#[must_use]
pub fn term_overview(months: &[TermMonth], article: Article, locale: Locale, media: &[Medium]) -> Option<Figure> {
    let lines: Vec<Line<'_>> = months.iter().map(|own| Line { month: own.month, state: state(own, article) }).collect();
    figure(&lines, article, locale, media)
}

fn state(month: &TermMonth, article: Article) -> State<'_> {
    let Ok(assessment) = &month.found else { return State::NotBegun };
    let own = assessment.guarantees.iter().find(|own| own.article == article);
    match own.and_then(|own| Some((own.verdict, own.measured()?))) {
        Some((verdict, measured)) if measured.any_data => State::Told(verdict, measured),
        _ => State::NoData,
    }
}

/// What is known of a month.
#[derive(Clone, Copy)]
enum State<'a> {
    Told(Verdict, &'a Measured),
    NoData,
    NotBegun,
}

struct Line<'a> {
    month: LocalMonth,
    state: State<'a>,
}

impl<'a> Line<'a> {
    const fn told(&self) -> Option<(Verdict, &'a Measured)> {
        match self.state {
            State::Told(verdict, measured) => Some((verdict, measured)),
            State::NoData | State::NotBegun => None,
        }
    }

    const fn result(&self, texts: &'static Texts) -> &'static str {
        match self.state {
            State::Told(Verdict::Met, _) => texts.agreement.verdict_met,
            State::Told(Verdict::Breached, _) => texts.agreement.verdict_breached,
            State::Told(..) => texts.agreement.verdict_undetermined,
            State::NoData => texts.chart.legend_unknown,
            State::NotBegun => texts.chart.term_not_begun,
        }
    }

    fn row(&self, texts: &'static Texts) -> Vec<String> {
        let mut row = vec![self.month.to_string(), self.result(texts).to_owned()];
        match self.told() {
            Some((_, measured)) => {
                let Downtime { lower, counted, upper } = measured.downtime;
                let limit = limit_ms(measured);
                row.extend([lower, counted, upper, limit, limit - counted].map(clock));
            }
            None => row.extend(["–"; 5].map(str::to_owned)),
        }
        row
    }
}

fn limit_ms(measured: &Measured) -> i64 {
    deciding(measured).map_or(0, |rule| rule.limit_ms)
}

fn figure(lines: &[Line<'_>], of: Article, locale: Locale, media: &[Medium]) -> Option<Figure> {
    let texts = locale.texts();
    let measured = lines.iter().rev().find_map(Line::told)?.1;
    let targets = visible(&measured.targets.join(texts.chart.list_comma));
    let article = article(of, texts);
    let title = title(lines, texts, locale);
    Some(Figure {
        name: "term-overview",
        subtitle: fill(texts.chart.term_subtitle, &[("article", &article), ("targets", &targets)]),
        description: title.clone(),
        title,
        drawings: media.iter().map(|medium| (*medium, draw(lines, *medium, texts))).collect(),
        legend: vec![
            LegendEntry::new(Class::Down, texts.chart.legend_down),
            LegendEntry::new(Class::Whisker, texts.chart.legend_band),
            LegendEntry::new(Class::LimitTick, texts.statement.head_limit),
        ],
        table: FigureTable {
            caption: texts.chart.term_caption.to_owned(),
            heads: vec![
                texts.app.month,
                texts.app.limits_result,
                texts.app.figure_lower,
                texts.app.figure_counted,
                texts.app.figure_upper,
                texts.statement.head_limit,
                texts.app.limits_margin,
            ],
            rows: lines.iter().map(|line| line.row(texts)).collect(),
            total: None,
        },
    })
}

/// How many months came to what.
fn title(lines: &[Line<'_>], texts: &'static Texts, locale: Locale) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for line in lines {
        let result = line.result(texts);
        match counts.iter_mut().find(|(own, _)| *own == result) {
            Some((_, count)) => *count += 1,
            None => counts.push((result, 1)),
        }
    }
    let counts: Vec<String> = counts.iter().map(|(result, count)| format!("{result} {count}")).collect();
    let end = |line: Option<&Line<'_>>| line.map(|line| i18n::month(line.month, locale)).unwrap_or_default();
    let (first, last) = (end(lines.first()), end(lines.last()));
    let counts = counts.join(" · ");
    fill(texts.chart.term_title, &[("first", &first), ("last", &last), ("counts", &counts)])
}

fn draw(lines: &[Line<'_>], medium: Medium, texts: &'static Texts) -> Drawing {
    let (left, right) = if medium == Medium::Narrow { (66.0, 76.0) } else { (92.0, 168.0) };
    let (plot, top, row) = ((left, medium.width() - right), 20.0, 23.0);
    Canvas::drawing((medium.width(), top + row * count(lines.len())), &|canvas| {
        paint(&Rows { canvas, medium, plot, top, row }, lines, texts)
    })
}

fn paint(rows: &Rows<'_, '_>, lines: &[Line<'_>], texts: &'static Texts) -> Drawn {
    let told = || lines.iter().filter_map(Line::told).map(|(_, measured)| measured);
    let limit = told().map(limit_ms).max().unwrap_or(0).max(MINUTE_MS);
    let longest = told().map(|own| own.downtime.upper).max().unwrap_or(0).max(limit * 5 / 4);
    let whole = longest.min(limit * MOST_LIMITS);
    let size = rows.medium.text();
    // Where the drawing is narrow, zero and the limit are closer than their names are long.
    let side = |part| match rows.medium {
        Medium::Narrow if part == 0 => HPos::Right,
        Medium::Narrow => HPos::Left,
        _ => HPos::Center,
    };
    for part in [0, limit / 2, limit] {
        let x = rows.x(part, whole);
        rows.canvas.line(Class::Grid, (x, rows.top - 4.0), (x, rows.top + rows.row * count(lines.len())))?;
        if part != limit / 2 {
            let name = minutes(&texts.chart, part);
            rows.canvas.text(Class::Label, &name, size, (x, side(part)), rows.top - 12.0)?;
        }
    }
    for (row, line) in lines.iter().enumerate() {
        rows.name(row, if line.told().is_some() { Class::Emphasis } else { Class::Label }, &line.month.to_string())?;
        match line.told() {
            Some((verdict, measured)) => paint_told(rows, row, (verdict, measured), whole, texts)?,
            None => {
                let at = (rows.plot.0 + 6.0, HPos::Left);
                rows.canvas.text(Class::Label, line.result(texts), size, at, rows.middle(row))?;
            }
        }
        rows.spot(row)?;
    }
    Ok(())
}

fn paint_told(
    rows: &Rows<'_, '_>,
    row: usize,
    (verdict, measured): (Verdict, &Measured),
    whole: i64,
    texts: &'static Texts,
) -> Drawn {
    let Downtime { lower, counted, upper } = measured.downtime;
    let limit = limit_ms(measured);
    let x = |ms| rows.x(ms, whole);
    let (middle, (top, bottom)) = (rows.middle(row), rows.edges(row));
    rows.bar(row, Class::Ground, (rows.plot.0, x(limit)))?;
    if counted > 0 {
        rows.bar(row, Class::Down, (rows.plot.0, x(counted).max(rows.plot.0 + 2.0)))?;
    }
    if lower < upper {
        rows.canvas.line(Class::Whisker, (x(lower), middle), (x(upper), middle))?;
    }
    rows.canvas.line(Class::LimitTick, (x(limit), top - 2.0), (x(limit), bottom + 2.0))?;
    if upper > whole {
        rows.canvas.text(Class::Emphasis, "»", rows.medium.text(), (rows.plot.1 + 2.0, HPos::Left), middle)?;
    }
    let (class, sign) = match verdict {
        Verdict::Met => (Class::Met, "✓"),
        Verdict::Breached => (Class::Breached, "✗"),
        _ => (Class::Open, "?"),
    };
    rows.canvas.text(class, sign, rows.medium.text(), (rows.plot.0 - 10.0, HPos::Center), middle)?;
    let words = if counted > limit { texts.statement.margin_over } else { texts.statement.margin_left };
    let margin = fill(words, &[("time", &clock((limit - counted).abs()))]);
    let narrow = rows.medium == Medium::Narrow;
    let text = match verdict {
        Verdict::Met | Verdict::Breached if narrow => margin,
        Verdict::Met | Verdict::Breached => format!("{} · {margin}", clock(counted)),
        // What would be left is not known.
        _ if narrow => format!("≤ {}", clock(upper)),
        _ => format!("{} – {}", clock(lower), clock(upper)),
    };
    rows.figure(row, if narrow { Class::Label } else { Class::Emphasis }, &text)
}
