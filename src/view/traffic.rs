use chrono::Datelike;
use leptos::prelude::*;

use super::Wording;
use super::chart::{drawing, swatch};
use crate::assess::Assessment;
use crate::chart::{LegendEntry, TrafficChart, TrafficDay};
use crate::i18n::{fill, month};
use crate::record::Record;

/// What traffic logs tell of the month, each as a chart with its sentence; nothing where there are none.
pub(super) fn traffic(record: &Record, assessment: &Assessment, words: Wording) -> Vec<AnyView> {
    let chart = |(i, (digest, own)): (usize, (_, &Vec<_>))| {
        let name = record.sources.get(digest).map_or("", |source| source.name.as_str());
        let chart = TrafficChart::new(assessment, own, name, words.locale)?;
        Some(figure(format!("traffic-{i}"), chart, assessment, words))
    };
    record.traffic.iter().enumerate().filter_map(chart).collect()
}

fn figure(id: String, chart: TrafficChart, assessment: &Assessment, words: Wording) -> AnyView {
    let TrafficChart { title, note, description, wide, narrow, legend, days } = chart;
    let entry = |own: LegendEntry| view! { <li>{swatch(&id, own.class)} <span>{own.text}</span></li> }.into_any();
    let entries: Vec<AnyView> = legend.into_iter().map(entry).collect();
    view! {
        <article class="card" data-part="traffic">
            <figure class="chart" data-chart="traffic" id=id.clone()>
                <figcaption class="chart-caption">
                    <strong class="chart-title">{title.clone()}</strong>
                    <span class="chart-subtitle">{note}</span>
                </figcaption>
                {drawing(&id, "wide", &wide, (&title, &description))}
                {drawing(&id, "narrow", &narrow, (&title, &description))}
                <ul class="chart-legend">{entries}</ul>
                {table(&days, assessment, words)}
            </figure>
        </article>
    }
    .into_any()
}

fn table(days: &[TrafficDay], assessment: &Assessment, words: Wording) -> AnyView {
    let texts = &words.texts().chart;
    let cell = |rate: Option<u64>| {
        let text = rate.map_or_else(|| "–".to_owned(), |rate| rate.to_string());
        view! { <td>{text}</td> }.into_any()
    };
    let row = |own: &TrafficDay| {
        let cells = Vec::from([own.average.map(|own| own.0), own.average.map(|own| own.1)].map(cell));
        view! { <tr><th scope="row">{own.day.day().to_string()}</th>{cells}</tr> }.into_any()
    };
    let heads = [texts.column_day, texts.legend_incoming, texts.legend_outgoing];
    let heads = Vec::from(heads.map(|text| view! { <th scope="col">{text}</th> }.into_any()));
    let rows: Vec<AnyView> = days.iter().map(row).collect();
    view! {
        <details class="chart-table">
            <summary>{texts.table_open}</summary>
            <table>
                <caption>{fill(texts.traffic_caption, &[("month", &month(assessment.month, words.locale))])}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}
