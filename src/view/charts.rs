use std::sync::Arc;

use leptos::prelude::*;

use super::chart::figure;
use super::in_turns::{InTurns, one_by_one};
use super::zoomable::zoomable;
use super::{Wording, article_number};
use crate::assess::{Article, Assessment, Guarantee};
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

/// The charts of a month, in their order.
const MONTH_CHARTS: [MonthChart; 3] = [calendar_heat, outage_lengths, power_sources];

/// The month in charts, for each guarantee whose downtime was measured.
#[must_use]
pub fn charts(assessment: &Arc<Assessment>, words: Wording) -> AnyView {
    let measured: Vec<&Guarantee> = assessment.guarantees.iter().filter(|own| own.measured().is_some()).collect();
    let app = words.app();
    if measured.is_empty() {
        return view! { <p class="quiet">{app.charts_none}</p> }.into_any();
    }
    let locale = words.locale;
    let of_month = |own: &&Guarantee| {
        let (article, assessment) = (own.article, Arc::clone(assessment));
        let chart = move |place: usize| {
            let own = assessment.guarantees.iter().find(|own| own.article == article);
            let chart = MONTH_CHARTS.get(place).zip(own);
            let chart = chart.and_then(|(chart, own)| chart(&assessment, own, locale, Medium::SCREENS));
            chart.map(|chart| of_article(chart, article, words)).into_any()
        };
        one_by_one(MONTH_CHARTS.len(), Arc::new(chart))
    };
    let of_month: Vec<InTurns> = measured.iter().map(of_month).collect();
    let wholes: Vec<RwSignal<bool>> = of_month.iter().map(|own| own.whole).collect();
    let busy = move || (!wholes.iter().all(|own| own.get())).then_some("true");
    let cards = measured.iter().zip(of_month).map(|(own, charts)| card(own.article, charts.rows, words));
    let of_month: Vec<AnyView> = cards.collect();
    view! {
        <div class="charts" aria-busy=busy>
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
        Some(card(own.article, of_article(chart, own.article, words), words))
    };
    let of_term: Vec<AnyView> = assessment.guarantees.iter().filter_map(of_term).collect();
    let title = (!of_term.is_empty()).then(|| view! { <h2>{words.app().charts_term}</h2> }.into_any());
    let (held, term) = (held.clone(), term.to_vec());
    let recorded = move |place| match place {
        0 => timeline(&held, &term, words).into_any(),
        _ => latencies(&held, words).into_any(),
    };
    let recorded = one_by_one(2, Arc::new(recorded));
    let busy = recorded.busy();
    view! {
        {title}
        {of_term}
        <div class="charts" aria-busy=busy>{recorded.rows}</div>
    }
    .into_any()
}

/// Everything that was recorded, whatever the month; nothing where there is no monitoring data.
fn timeline(held: &Held, term: &[TermMonth], words: Wording) -> Option<AnyView> {
    let timeline = Timeline::new((**held).as_ref(), term, words.locale)?;
    let chart = zoomable("timeline".to_owned(), Arc::new(timeline), words);
    Some(
        view! {
            <h2>{words.app().charts_recorded}</h2>
            <section class="card chart-card" data-charts="recorded">{chart}</section>
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

/// A chart of an article.
fn of_article(chart: Figure, article: Article, words: Wording) -> AnyView {
    figure(format!("{}-{}", chart.name, article.id()), chart, words.locale)
}

/// The charts of a guarantee under its name.
fn card(article: Article, charts: AnyView, words: Wording) -> AnyView {
    view! {
        <section class="card chart-card" data-charts=article.id()>
            <h3>{article_number(article, words)}" "{wording::article(article, words.texts())}</h3>
            {charts}
        </section>
    }
    .into_any()
}
