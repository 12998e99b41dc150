//! Charts as figures: SVG elements made of shapes, a legend, and a table with the same figures.
//!
//! Classes, styled in `style/chart.css`: on the figure `chart`; in it `chart-caption` (`chart-title`, `chart-subtitle`),
//! `chart-drawing` twice (`chart-wide` and `chart-narrow`, of which the style sheet shows the one that fits), `chart-defs`
//! (hatchings), `chart-legend` (its swatches `chart-swatch`, its letters `chart-mark`) and `chart-table`. Every shape is `shape-` with the name of its
//! class, such as `shape-down`; lines of hatchings are `hatch-ground` and `hatch-line`.
#![allow(clippy::float_arithmetic, reason = "geometry; no verdict and no amount is computed here")]

use leptos::prelude::*;

use crate::assess::Clause;
use crate::chart::{Class, Drawing, Figure, FigureTable, Medium, MonthStrip, Point, Shape};
use crate::i18n::Locale;

/// The strip of a month as a figure.
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
    figure(id, chart.figure(locale), locale)
}

/// A chart as a figure. `id` is unique in the page, without spaces: names and hatchings are referred to by it.
#[must_use]
pub fn figure(id: String, figure: Figure, locale: Locale) -> AnyView {
    let names = (figure.title.as_str(), figure.description.as_str());
    let chosen = RwSignal::new(None);
    let drawings: Vec<_> =
        figure.drawings.iter().map(|(medium, own)| drawing(&id, (*medium, own), names, chosen)).collect();
    view! {
        <figure class="chart" data-chart=figure.name id=id.clone()>
            <figcaption class="chart-caption">
                <strong class="chart-title">{figure.title.clone()}</strong>
                <span class="chart-subtitle">{figure.subtitle.clone()}</span>
            </figcaption>
            {drawings}
            {reading(&figure.table, chosen, locale)}
            {legend(&id, &figure)}
            {table(&figure.table, locale)}
        </figure>
    }
    .into_any()
}

fn legend(id: &str, figure: &Figure) -> AnyView {
    let hatchings: Vec<_> = figure.legend.iter().filter_map(|entry| hatching(id, entry.class)).collect();
    let entries: Vec<_> = figure
        .legend
        .iter()
        .map(|entry| {
            let mark = entry.mark.map(|mark| view! { <b class="chart-mark">{mark}</b> }.into_any());
            view! { <li>{swatch(id, entry.class)} {mark} <span>{entry.text.clone()}</span></li> }.into_any()
        })
        .collect();
    view! {
        <svg class="chart-defs" width="0" height="0" aria-hidden="true" focusable="false">
            <defs>{hatchings}</defs>
        </svg>
        <ul class="chart-legend">{entries}</ul>
    }
    .into_any()
}

/// The row of the figures whose place is pointed at.
type Chosen = RwSignal<Option<usize>>;

/// The figures of the row that is pointed at, in words; without a pointer a slider goes from row to row.
fn reading(table: &FigureTable, chosen: Chosen, locale: Locale) -> Option<AnyView> {
    let texts = &locale.texts().chart;
    let rows: Vec<String> = (0..table.rows.len()).map(|row| table.reading(row)).collect();
    let last = rows.len().checked_sub(1)?;
    let text =
        move || chosen.get().and_then(|row| rows.get(row).cloned()).unwrap_or_else(|| texts.reading_hint.to_owned());
    let spoken = text.clone();
    let place = move || chosen.get().unwrap_or(0).to_string();
    let step = move |event| chosen.set(event_target_value(&event).parse().ok());
    Some(
        view! {
            <div class="chart-reading">
                <input
                    type="range"
                    min="0"
                    max=last.to_string()
                    prop:value=place
                    aria-label=texts.reading_step
                    aria-valuetext=spoken
                    on:input=step
                />
                <output>{text}</output>
            </div>
        }
        .into_any(),
    )
}

fn drawing(
    id: &str,
    (medium, drawing): (Medium, &Drawing),
    (title, description): (&str, &str),
    chosen: Chosen,
) -> AnyView {
    let width = medium.as_str();
    let (title_id, description_id) = (format!("{id}-{width}-title"), format!("{id}-{width}-description"));
    let name = format!("{title_id} {description_id}");
    let shapes: Vec<_> = drawing.shapes.iter().map(|own| shape(id, own, chosen)).collect();
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

fn shape(id: &str, shape: &Shape, chosen: Chosen) -> AnyView {
    if let Class::Spot(row) = shape.class() {
        return spot(usize::from(row), shape, chosen);
    }
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

/// The place of a row: pointing at it chooses the row.
fn spot(row: usize, shape: &Shape, chosen: Chosen) -> AnyView {
    let (low, high) = shape.bounds();
    view! {
        <rect
            class="shape-spot"
            class:chosen=move || chosen.get() == Some(row)
            x=number(low.x)
            y=number(low.y)
            width=number(high.x - low.x)
            height=number(high.y - low.y)
            on:pointerenter=move |_| chosen.set(Some(row))
        />
    }
    .into_any()
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
    match class {
        Class::Excluded(clause) | Class::Claimed(clause) => {
            Some(format!("{id}-{}-{}", class.as_str(), clause.as_str().replace('.', "-")))
        }
        Class::Uncounted => Some(format!("{id}-{}", class.as_str())),
        _ => None,
    }
}

fn hatching_of(id: &str, class: Class) -> Option<String> {
    hatching_id(id, class).map(|id| format!("url(#{id})"))
}

/// Each clause has its own direction, so that hatchings differ without colour too.
const fn direction(class: Class) -> &'static str {
    let (Class::Excluded(clause) | Class::Claimed(clause)) = class else { return "rotate(45)" };
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
    let id = hatching_id(id, class)?;
    Some(
        view! {
            <pattern
                id=id
                class=format!("hatch hatch-{}", class.as_str())
                width="4"
                height="4"
                patternUnits="userSpaceOnUse"
                patternTransform=direction(class)
            >
                <rect class="hatch-ground" width="4" height="4" />
                <rect class="hatch-line" width="1.6" height="4" />
            </pattern>
        }
        .into_any(),
    )
}

fn swatch(id: &str, class: Class) -> AnyView {
    let name = format!("shape-{}", class.as_str());
    let look = if class.is_line() {
        view! { <line class=name x1="0" y1="6" x2="16" y2="6" /> }.into_any()
    } else {
        view! { <rect class=name width="16" height="12" fill=hatching_of(id, class) /> }.into_any()
    };
    view! {
        <svg class="chart-swatch" viewBox="0 0 16 12" width="16" height="12" aria-hidden="true" focusable="false">
            {look}
        </svg>
    }
    .into_any()
}

fn table(table: &FigureTable, locale: Locale) -> AnyView {
    let heads: Vec<_> = table.heads.iter().map(|head| view! { <th scope="col">{*head}</th> }.into_any()).collect();
    let rows: Vec<_> = table.rows.iter().map(|cells| row(cells)).collect();
    let total = table.total.as_ref().map(|cells| view! { <tfoot>{row(cells)}</tfoot> }.into_any());
    view! {
        <details class="chart-table">
            <summary>{locale.texts().chart.table_open}</summary>
            <table>
                <caption>{table.caption.clone()}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
                {total}
            </table>
        </details>
    }
    .into_any()
}

fn row(cells: &[String]) -> AnyView {
    let Some((name, figures)) = cells.split_first() else { return ().into_any() };
    let figures: Vec<_> = figures.iter().map(|text| view! { <td>{text.clone()}</td> }.into_any()).collect();
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            {figures}
        </tr>
    }
    .into_any()
}
