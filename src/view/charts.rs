use std::sync::Arc;

use leptos::prelude::*;

use super::chart::figure;
use super::zoomable::zoomable;
use super::{Wording, article_number};
use crate::assess::{Assessment, Guarantee};
use crate::chart::{
    Figure, LatencyChart, Medium, TermMonth, Timeline, calendar_heat, outage_lengths, power_sources, series_name,
    term_overview,
};
use crate::i18n::{Locale, month};
use crate::record::{Record, SeriesKey};
use crate::statement::wording;

/// A record as whoever shows it holds it.
pub type Held = Arc<dyn AsRef<Record> + Send + Sync>;

/// A chart of one guarantee in one month.
type MonthChart = fn(&Assessment, &Guarantee, Locale, &[Medium]) -> Option<Figure>;

/// The month in charts, for each guarantee whose downtime was measured.
#[must_use]
pub fn charts(assessment: &Assessment, words: Wording) -> AnyView {
    let measured: Vec<&Guarantee> = assessment.guarantees.iter().filter(|own| own.measured().is_some()).collect();
    let app = words.app();
    if measured.is_empty() {
        return view! { <p class="quiet">{app.charts_none}</p> }.into_any();
    }
    let locale = words.locale;
    let of_month = |own: &&Guarantee| {
        let charts: [MonthChart; 3] = [calendar_heat, outage_lengths, power_sources];
        let charts = charts.into_iter().filter_map(|chart| chart(assessment, own, locale, Medium::SCREENS));
        card(own, charts.collect(), words)
    };
    let of_month: Vec<AnyView> = measured.iter().map(of_month).collect();
    view! {
        <div class="charts">
            <h1>{app.view_charts}</h1>
            <h2>{app.charts_month}" · "{month(assessment.month, locale)}</h2>
            {of_month}
        </div>
    }
    .into_any()
}

/// The term in charts, for each guarantee whose downtime was measured, once its months are assessed; then all that was
/// recorded.
#[must_use]
pub fn term_charts(held: &Held, term: &[TermMonth], assessment: &Assessment, words: Wording) -> AnyView {
    let of_term = |own: &Guarantee| {
        let chart = term_overview(term, own.article, words.locale, Medium::SCREENS)?;
        Some(card(own, vec![chart], words))
    };
    let of_term: Vec<AnyView> = assessment.guarantees.iter().filter_map(of_term).collect();
    let title = (!of_term.is_empty()).then(|| view! { <h2>{words.app().charts_term}</h2> }.into_any());
    view! {
        {title}
        {of_term}
        {recorded(held, term, words)}
    }
    .into_any()
}

/// Everything that was recorded, whatever the month; nothing where there is no monitoring data.
fn recorded(held: &Held, term: &[TermMonth], words: Wording) -> Option<AnyView> {
    let timeline = Timeline::new((**held).as_ref(), term, words.locale)?;
    let chart = zoomable("timeline".to_owned(), Arc::new(timeline), words);
    let latencies = latencies(held, words);
    Some(
        view! {
            <h2>{words.app().charts_recorded}</h2>
            <section class="card chart-card" data-charts="recorded">{chart}</section>
            {latencies}
        }
        .into_any(),
    )
}

/// The round-trip times of one series, which is chosen from a list; nothing where none are known.
fn latencies(held: &Held, words: Wording) -> Option<AnyView> {
    let record: &Record = (**held).as_ref();
    let timed = record.series.iter().filter(|(_, series)| !series.latency().is_empty());
    let keys: Vec<SeriesKey> = timed.map(|(key, _)| key.clone()).collect();
    let option = |(place, key): (usize, &SeriesKey)| {
        view! { <option value=place.to_string()>{series_name(record, key)}</option> }.into_any()
    };
    let options: Vec<AnyView> = keys.iter().enumerate().map(option).collect();
    let chosen = RwSignal::new((!keys.is_empty()).then_some(0_usize)?);
    let held = held.clone();
    let chart = move || {
        let record: &Record = (*held).as_ref();
        let key = keys.get(chosen.get())?;
        let latency = record.series.get(key)?.latency();
        let chart = LatencyChart::new(series_name(record, key), latency, words.zone, words.locale)?;
        Some(zoomable("latency".to_owned(), Arc::new(chart), words))
    };
    let choose = move |event| chosen.set(event_target_value(&event).parse().unwrap_or(0));
    let label = words.texts().chart.column_target;
    Some(
        view! {
            <section class="card chart-card" data-charts="latency">
                <label class="chart-choice"><span>{label}</span><select on:change=choose>{options}</select></label>
                {chart}
            </section>
        }
        .into_any(),
    )
}

/// The charts of a guarantee under its name.
fn card(guarantee: &Guarantee, charts: Vec<Figure>, words: Wording) -> AnyView {
    let article = guarantee.article;
    let charts: Vec<AnyView> = charts
        .into_iter()
        .map(|chart| figure(format!("{}-{}", chart.name, article.id()), chart, words.locale))
        .collect();
    view! {
        <section class="card chart-card" data-charts=article.id()>
            <h3>{article_number(article, words)}" "{wording::article(article, words.texts())}</h3>
            {charts}
        </section>
    }
    .into_any()
}
