//! Charts as figures: SVG elements made of shapes, a legend, and a table with the same figures.
//!
//! Classes, styled in `style/chart.css`: on the figure `chart`; in it `chart-caption` (`chart-title`, `chart-subtitle`),
//! `chart-drawing` twice (`chart-wide` and `chart-narrow`, of which the style sheet shows the one that fits), `chart-defs`
//! (hatchings), `chart-legend` (its swatches `chart-swatch`, its letters `chart-mark`) and `chart-table`. Every shape is `shape-` with the name of its
//! class, such as `shape-down`; lines of hatchings are `hatch-ground` and `hatch-line`.
#![allow(clippy::float_arithmetic, reason = "geometry; no verdict and no amount is computed here")]

use chrono::Datelike;
use leptos::prelude::*;

use crate::assess::Clause;
use crate::chart::{Class, Day, Drawing, MonthStrip, Point, Shape};
use crate::i18n::{ChartTexts, Locale, clock, fill, month};
use crate::time::LocalMonth;

/// The strip of a month as a figure. `id` is unique in the page: names and hatchings are referred to by it.
#[component]
pub fn ChartFigure(
    /// Unique in the page, without spaces.
    #[prop(into)]
    id: String,
    /// What to show.
    chart: MonthStrip,
    /// The language of the table; the chart's words are already in it.
    locale: Locale,
) -> impl IntoView {
    let MonthStrip { title, subtitle, description, wide, narrow, legend, days, total } = chart;
    let hatchings: Vec<_> = legend.iter().filter_map(|entry| hatching(&id, entry.class)).collect();
    let entries: Vec<_> = legend
        .into_iter()
        .map(|entry| {
            let mark = entry.mark.map(|mark| view! { <b class="chart-mark">{mark}</b> }.into_any());
            view! { <li>{swatch(&id, entry.class)} {mark} <span>{entry.text}</span></li> }.into_any()
        })
        .collect();
    view! {
        <figure class="chart" data-chart="month-strip" id=id.clone()>
            <figcaption class="chart-caption">
                <strong class="chart-title">{title.clone()}</strong>
                <span class="chart-subtitle">{subtitle}</span>
            </figcaption>
            {drawing(&id, "wide", &wide, (&title, &description))}
            {drawing(&id, "narrow", &narrow, (&title, &description))}
            <svg class="chart-defs" width="0" height="0" aria-hidden="true" focusable="false">
                <defs>{hatchings}</defs>
            </svg>
            <ul class="chart-legend">{entries}</ul>
            {table(&days, &total, locale)}
        </figure>
    }
}

pub(super) fn drawing(id: &str, width: &str, drawing: &Drawing, (title, description): (&str, &str)) -> AnyView {
    let (title_id, description_id) = (format!("{id}-{width}-title"), format!("{id}-{width}-description"));
    let name = format!("{title_id} {description_id}");
    let shapes: Vec<_> = drawing.shapes.iter().map(|own| shape(id, own)).collect();
    view! {
        <svg
            class=format!("chart-drawing chart-{width}")
            viewBox=format!("0 0 {} {}", number(drawing.width), number(drawing.height))
            role="img"
            aria-labelledby=name
        >
            <title id=title_id>{title.to_owned()}</title>
            <desc id=description_id>{description.to_owned()}</desc>
            {shapes}
        </svg>
    }
    .into_any()
}

fn shape(id: &str, shape: &Shape) -> AnyView {
    let class = format!("shape-{}", shape.class().as_str());
    match shape {
        Shape::Rect { class: own, at, width, height } => view! {
            <rect
                class=class
                x=number(at.x)
                y=number(at.y)
                width=number(*width)
                height=number(*height)
                fill=hatching_of(id, *own)
            />
        }
        .into_any(),
        Shape::Line { from, to, .. } => {
            view! { <line class=class x1=number(from.x) y1=number(from.y) x2=number(to.x) y2=number(to.y) /> }
                .into_any()
        }
        Shape::Polyline { points, .. } => view! { <polyline class=class points=list(points) /> }.into_any(),
        Shape::Polygon { points, .. } => view! { <polygon class=class points=list(points) /> }.into_any(),
        Shape::Text { at, size, anchor, text, .. } => view! {
            <text class=class x=number(at.x) y=number(at.y) font-size=number(*size) text-anchor=anchor.as_str()>
                {text.clone()}
            </text>
        }
        .into_any(),
    }
}

fn list(points: &[Point]) -> String {
    let pairs: Vec<String> = points.iter().map(|point| format!("{},{}", number(point.x), number(point.y))).collect();
    pairs.join(" ")
}

/// At most two decimals. Written from whole hundredths: how floats are written in general would take 8 KB of the page.
fn number(value: f64) -> String {
    let hundredths = (value * 100.0).round() as i64;
    let (sign, hundredths) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
    let text = format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn hatching_id(id: &str, class: Class) -> Option<String> {
    let (Class::Excluded(clause) | Class::Claimed(clause)) = class else { return None };
    Some(format!("{id}-{}-{}", class.as_str(), clause.as_str().replace('.', "-")))
}

fn hatching_of(id: &str, class: Class) -> Option<String> {
    hatching_id(id, class).map(|id| format!("url(#{id})"))
}

/// Each clause has its own direction, so that hatchings differ without colour too.
const fn direction(clause: Clause) -> &'static str {
    match clause {
        Clause::NetworkMaintenance | Clause::PowerCustomerEquipment => "rotate(45)",
        Clause::NetworkCustomerEquipment | Clause::PowerCustomerInstallation => "rotate(-45)",
        Clause::NetworkCustomerInstallation | Clause::PowerCustomerNegligence => "rotate(0)",
        Clause::NetworkCustomerNegligence | Clause::PowerForceMajeure => "rotate(90)",
        Clause::NetworkForceMajeure => "rotate(20)",
        Clause::NetworkOtherCustomerCause => "rotate(-20)",
        Clause::NetworkReport | Clause::PowerReport => "rotate(70)",
    }
}

fn hatching(id: &str, class: Class) -> Option<AnyView> {
    let (Class::Excluded(clause) | Class::Claimed(clause)) = class else { return None };
    let id = hatching_id(id, class)?;
    Some(
        view! {
            <pattern
                id=id
                class=format!("hatch hatch-{}", class.as_str())
                width="4"
                height="4"
                patternUnits="userSpaceOnUse"
                patternTransform=direction(clause)
            >
                <rect class="hatch-ground" width="4" height="4" />
                <rect class="hatch-line" width="1.6" height="4" />
            </pattern>
        }
        .into_any(),
    )
}

pub(super) fn swatch(id: &str, class: Class) -> AnyView {
    view! {
        <svg class="chart-swatch" viewBox="0 0 16 12" width="16" height="12" aria-hidden="true" focusable="false">
            <rect class=format!("shape-{}", class.as_str()) width="16" height="12" fill=hatching_of(id, class) />
        </svg>
    }
    .into_any()
}

fn table(days: &[Day], total: &Day, locale: Locale) -> AnyView {
    let texts = &locale.texts().chart;
    let caption = fill(texts.table_caption, &[("month", &month(LocalMonth::of(total.day), locale))]);
    let rows: Vec<_> = days.iter().map(|day| row(day.day.day().to_string(), day)).collect();
    let sum = row(texts.total.to_owned(), total);
    view! {
        <details class="chart-table">
            <summary>{texts.table_open}</summary>
            <table>
                <caption>{caption}</caption>
                <thead>{head(texts)}</thead>
                <tbody>{rows}</tbody>
                <tfoot>{sum}</tfoot>
            </table>
        </details>
    }
    .into_any()
}

fn head(texts: &'static ChartTexts) -> AnyView {
    let columns = [
        texts.column_day,
        texts.column_counted,
        texts.column_claimed,
        texts.column_excluded,
        texts.column_unknown,
        texts.column_single,
    ];
    let cells: Vec<_> = columns.into_iter().map(|text| view! { <th scope="col">{text}</th> }.into_any()).collect();
    view! { <tr>{cells}</tr> }.into_any()
}

fn row(name: String, day: &Day) -> AnyView {
    let lengths = [day.counted, day.claimed, day.excluded, day.unknown].map(|ms| (ms > 0).then(|| clock(ms)));
    let single = (day.single > 0).then(|| day.single.to_string());
    let cells: Vec<_> = lengths
        .into_iter()
        .chain([single])
        .map(|text| view! { <td>{text.unwrap_or_else(|| "–".to_owned())}</td> }.into_any())
        .collect();
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cells}
        </tr>
    }
    .into_any()
}
