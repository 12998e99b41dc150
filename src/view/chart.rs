//! Charts as figures: SVG elements made of shapes, a legend, and a table with the same figures.
//!
//! Classes, styled in `style/chart.css`: on the figure `chart`; in it `chart-caption` (`chart-title`, `chart-subtitle`),
//! `chart-drawing` twice (`chart-wide` and `chart-narrow`, of which the style sheet shows the one that fits), `chart-defs`
//! (hatchings), `chart-legend` (its swatches `chart-swatch`, its letters `chart-mark`) and `chart-table`. Every shape is `shape-` with the name of its
//! class, such as `shape-down`; lines of hatchings are `hatch-ground` and `hatch-line`.

use std::sync::Arc;

use leptos::prelude::*;

use crate::chart::{Class, Drawing, Figure, FigureTable, Medium, MonthStrip, Shape, number};
use crate::i18n::{Locale, fill};

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
    let (chosen, zoom) = (RwSignal::new(0), RwSignal::new(1));
    let zoomed = move || zoom.get().to_string();
    // What scrolls can be reached and moved with the keyboard.
    let focusable = move || (zoom.get() > 1).then_some("0");
    let own = figure.clone();
    let drawings: Vec<_> =
        figure.drawings.iter().map(|(medium, own)| drawing(&id, (*medium, own), names, chosen)).collect();
    view! {
        <figure class="chart" data-chart=figure.name id=id.clone()>
            {caption(&figure)}
            <div class="chart-scroll" data-zoom=zoomed tabindex=focusable>{drawings}</div>
            {reading(&figure.table, chosen, locale)}
            {legend(&id, &figure)}
            <div class="chart-foot">{table(&figure.table, locale)} {zooming(zoom, locale)} {files(&id, Arc::new(move || own.clone()), locale)}</div>
        </figure>
    }
    .into_any()
}

/// Larger and smaller, by factors of two.
fn zooming(zoom: RwSignal<usize>, locale: Locale) -> AnyView {
    let texts = &locale.texts().chart;
    let button = |name: &'static str, sign: &'static str, end: usize, to: fn(usize) -> usize| {
        let step = move |_| zoom.set(to(zoom.get_untracked()));
        let disabled = move || zoom.get() == end;
        view! {
            <button type="button" class="quiet-button" aria-label=name disabled=disabled on:click=step>{sign}</button>
        }
        .into_any()
    };
    view! {
        <div class="chart-files">
            {button(texts.zoom_out, "−", 1, |zoom| zoom / 2)}
            {button(texts.zoom_in, "+", LARGEST, |zoom| zoom * 2)}
        </div>
    }
    .into_any()
}

/// At this factor a minute of a day is some pixels wide.
const LARGEST: usize = 8;

/// How a chart leaves the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartFile {
    /// Its figures.
    Csv,
    /// Its drawing.
    Svg,
    /// Its drawing in pixels.
    Png,
}

impl ChartFile {
    const ALL: [Self; 3] = [Self::Csv, Self::Svg, Self::Png];

    /// The ending of the file's name, in capitals.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Svg => "SVG",
            Self::Png => "PNG",
        }
    }
}

/// Hands a chart to the browser as a file; the text is the chart's id. Where the context holds none, no files are offered.
#[derive(Clone, Copy)]
pub struct SaveChart(pub fn(&str, &Figure, ChartFile));

/// Files of a chart as it is when they are asked for.
pub(super) fn files(id: &str, figure: Arc<dyn Fn() -> Figure + Send + Sync>, locale: Locale) -> Option<AnyView> {
    let SaveChart(save) = use_context()?;
    let id = Arc::new(id.to_owned());
    let name = move |file: ChartFile| fill(locale.texts().chart.save_as, &[("format", &file.as_str())]);
    let button = move |file: ChartFile| {
        let (id, figure) = (id.clone(), figure.clone());
        let give = move |_| save(&id, &figure(), file);
        view! { <button type="button" class="quiet-button" aria-label=name(file) on:click=give>{file.as_str()}</button> }
            .into_any()
    };
    Some(
        view! { <div class="chart-files">{ChartFile::ALL.map(button).into_iter().collect::<Vec<_>>()}</div> }
            .into_any(),
    )
}

pub(super) fn caption(figure: &Figure) -> AnyView {
    view! {
        <figcaption class="chart-caption">
            <strong class="chart-title">{figure.title.clone()}</strong>
            <span class="chart-subtitle">{figure.subtitle.clone()}</span>
        </figcaption>
    }
    .into_any()
}

pub(super) fn legend(id: &str, figure: &Figure) -> AnyView {
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

/// The row of the figures whose place is pointed at, counted from 1; 0: none is.
type Chosen = RwSignal<usize>;

/// The figures of the row that is pointed at, in words; without a pointer a slider goes from row to row.
fn reading(table: &FigureTable, chosen: Chosen, locale: Locale) -> Option<AnyView> {
    let texts = &locale.texts().chart;
    let rows: Vec<String> = (0..table.rows.len()).map(|row| table.reading(row)).collect();
    let last = rows.len().checked_sub(1)?;
    let rows_shown = (last + 1).to_string();
    // A single row needs no pointer.
    let single = usize::from(last == 0);
    let text = move || {
        chosen
            .get()
            .max(single)
            .checked_sub(1)
            .and_then(|row| rows.get(row).cloned())
            .unwrap_or_else(|| texts.reading_hint.to_owned())
    };
    let spoken = text.clone();
    let place = move || chosen.get().max(1).to_string();
    let step = move |event| chosen.set(event_target_value(&event).parse().unwrap_or(0));
    Some(
        view! {
            <div class="chart-reading">
                <input
                    type="range"
                    hidden=single == 1
                    min="1"
                    max=rows_shown
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
    let shown = drawing.shapes.iter().filter(|own| !matches!(own.class(), Class::Spot(_)));
    let shapes: Vec<_> = shown.map(|own| shape(id, own)).collect();
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
            {spots(drawing, chosen)}
        </svg>
    }
    .into_any()
}

pub(super) fn shape(id: &str, shape: &Shape) -> AnyView {
    let class = format!("shape-{}", shape.class().as_str());
    if let Shape::Text { at, size, anchor, text, .. } = shape {
        return view! {
            <text class=class x=number(at.x) y=number(at.y) font-size=number(*size) text-anchor=anchor.as_str()>
                {text.clone()}
            </text>
        }
        .into_any();
    }
    view! { <path class=class d=shape.outline() fill=hatching_of(id, shape.class()) /> }.into_any()
}

/// The places of the rows: pointing at one chooses the row, which is marked.
fn spots(drawing: &Drawing, chosen: Chosen) -> AnyView {
    let places: Vec<(usize, String)> = drawing.shapes.iter().filter_map(place).collect();
    let spots: Vec<_> = places
        .iter()
        .map(|(row, outline)| {
            let row = *row;
            let choose = move |_| chosen.set(row);
            view! { <path class="shape-spot" d=outline.clone() on:pointerenter=choose /> }.into_any()
        })
        .collect();
    let mark = move || {
        let place = places.iter().find(|(row, _)| chosen.get() == *row);
        place.map(|(_, outline)| outline.clone()).unwrap_or_default()
    };
    view! { <path class="shape-chosen" d=mark /> {spots} }.into_any()
}

fn place(shape: &Shape) -> Option<(usize, String)> {
    let Class::Spot(row) = shape.class() else { return None };
    Some((usize::from(row) + 1, shape.outline()))
}

fn hatching_id(id: &str, class: Class) -> Option<String> {
    class.hatching().map(|name| format!("{id}-{name}"))
}

pub(super) fn hatching_of(id: &str, class: Class) -> Option<String> {
    hatching_id(id, class).map(|id| format!("url(#{id})"))
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
                patternTransform=class.direction()
            >
                <path class={"hatch-ground"} d="M0,0h4v4h-4Z" />
                <path class={"hatch-line"} d="M0,0h1.6v4h-1.6Z" />
            </pattern>
        }
        .into_any(),
    )
}

fn swatch(id: &str, class: Class) -> AnyView {
    let name = format!("shape-{}", class.as_str());
    view! {
        <svg class="chart-swatch" viewBox="0 0 16 12" width="16" height="12" aria-hidden="true" focusable="false">
            <path class=name d=class.swatch() fill=hatching_of(id, class) />
        </svg>
    }
    .into_any()
}

pub(super) fn table(table: &FigureTable, locale: Locale) -> AnyView {
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
