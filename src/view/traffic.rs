use leptos::prelude::*;

use super::Wording;
use super::chart::figure;
use crate::assess::Assessment;
use crate::chart::TrafficChart;
use crate::record::Record;

/// What traffic logs tell of the month, each as a chart with its sentence; nothing where there are none.
pub(super) fn traffic(record: &Record, assessment: &Assessment, words: Wording) -> Vec<AnyView> {
    let chart = |(i, (digest, own)): (usize, (_, &Vec<_>))| {
        let name = record.sources.get(digest).map_or("", |source| source.name.as_str());
        let chart = TrafficChart::new(assessment, own, name, words.locale)?.figure(words.locale);
        let figure = figure(format!("traffic-{i}"), chart, words.locale);
        Some(view! { <article class="card" data-part="traffic">{figure}</article> }.into_any())
    };
    record.traffic.iter().enumerate().filter_map(chart).collect()
}
