use leptos::prelude::*;

use super::link::clause_link;
use super::{Wording, verdict_badge};
use crate::assess::{Fact, Guarantee, Measured, Part, TraceStep, WouldChange};
use crate::contract::ThresholdRule;
use crate::i18n::{clock, fill, visible};
use crate::statement::wording;

/// How the figures came about, and which single fact would turn the verdict.
pub(super) fn explanation(guarantee: &Guarantee, measured: &Measured, words: Wording) -> AnyView {
    view! {
        {would_change(guarantee, measured, words)}
        {measured.any_data.then(|| trace(guarantee, measured, words))}
    }
    .into_any()
}

fn would_change(guarantee: &Guarantee, measured: &Measured, words: Wording) -> AnyView {
    let app = words.app();
    let items: Vec<AnyView> = measured.would_change.iter().map(|own| change(own, words)).collect();
    let body = if items.is_empty() {
        view! { <p class="quiet">{app.change_none}</p> }.into_any()
    } else {
        view! { <ul>{items}</ul> }.into_any()
    };
    view! {
        <div class="would-change" data-article=guarantee.article.id()>
            <h3>{app.change_title}</h3>
            {body}
        </div>
    }
    .into_any()
}

fn change(own: &WouldChange, words: Wording) -> AnyView {
    view! {
        <li data-fact=own.fact.as_str()>
            <span>{fact(&own.fact, words)}</span>
            <span class="change-arrow" aria-hidden={"true"}>"→"</span>
            {verdict_badge(own.verdict, words)}
        </li>
    }
    .into_any()
}

/// A fact as a condition.
fn fact(own: &Fact, words: Wording) -> String {
    let (app, statement) = (words.app(), &words.texts().statement);
    match own {
        Fact::Agreed(id) => fill(app.change_agreed, &[("id", &visible(id))]),
        Fact::Rejected(id) => fill(app.change_rejected, &[("id", &visible(id))]),
        Fact::Reported(id) => fill(app.change_reported, &[("id", &visible(id))]),
        Fact::NotReported(id) => fill(app.change_not_reported, &[("id", &visible(id))]),
        Fact::Source(source) => fill(app.change_source, &[("source", &wording::monitoring(source, words.texts()))]),
        Fact::Threshold(rule) => {
            let rule = match rule {
                ThresholdRule::Both => statement.value_threshold_both,
                ThresholdRule::Minutes44 => statement.value_threshold_minutes,
                ThresholdRule::Percent => statement.value_threshold_percent,
                ThresholdRule::Either => statement.value_threshold_either,
            };
            fill(app.change_threshold, &[("rule", &rule)])
        }
        Fact::Gap(span, up) => {
            let text = if *up { app.change_gap_up } else { app.change_gap_down };
            fill(text, &[("start", &words.at(span.start())), ("end", &words.at(span.end()))])
        }
        Fact::Gaps(true) => app.change_gaps_up.to_owned(),
        Fact::Gaps(false) => app.change_gaps_down.to_owned(),
    }
}

fn trace(guarantee: &Guarantee, measured: &Measured, words: Wording) -> AnyView {
    let (app, trace, downtime) = (words.app(), &measured.trace, measured.downtime);
    let chains = [
        chain(app.figure_counted, &trace.counted, downtime.counted, trace.runs, words),
        chain(app.figure_lower, &trace.lower, downtime.lower, trace.runs, words),
        chain(app.figure_upper, &trace.upper, downtime.upper, trace.runs, words),
    ];
    view! {
        <details class="trace" data-trace=guarantee.article.id()>
            <summary>{app.trace_title}</summary>
            <div class="trace-chains">{chains.into_iter().collect::<Vec<_>>()}</div>
        </details>
    }
    .into_any()
}

/// One figure as a sum.
fn chain(name: &'static str, parts: &[Part], total: i64, runs: u32, words: Wording) -> AnyView {
    let row = |(i, part): (usize, &Part)| {
        let sign = match part.ms {
            _ if i == 0 => "",
            ms if ms < 0 => "−",
            _ => "+",
        };
        view! {
            <tr data-step=part.step.as_str()>
                <th scope="row">{clause(part.step, words)} {step(part.step, runs, words)}</th>
                <td class="number">{sign}{clock(part.ms.abs())}</td>
            </tr>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = parts.iter().enumerate().map(row).collect();
    view! {
        <table>
            <caption>{name}<span class="unit">{words.app().unit_minutes}</span></caption>
            <tbody>{rows}</tbody>
            <tfoot><tr><th scope="row">{name}</th><td class="number">{"= "}{clock(total)}</td></tr></tfoot>
        </table>
    }
    .into_any()
}

/// The clause under which a step excludes.
fn clause(own: TraceStep, words: Wording) -> Option<Vec<AnyView>> {
    let TraceStep::Excluded(clause) = own else { return None };
    Some(vec![clause_link(clause, words), " ".into_any()])
}

fn step(own: TraceStep, runs: u32, words: Wording) -> String {
    let app = words.app();
    match own {
        TraceStep::Found => fill(app.trace_found, &[("count", &runs)]),
        TraceStep::Merged => app.trace_merged.to_owned(),
        TraceStep::OutsidePeriod => app.trace_outside_period.to_owned(),
        TraceStep::Excluded(clause) => wording::clause(clause, words.texts()).to_owned(),
        TraceStep::Rounded => app.trace_rounded.to_owned(),
        TraceStep::Counted => app.figure_counted.to_owned(),
        TraceStep::Claimed => app.trace_claimed.to_owned(),
        TraceStep::ReportOpen => app.trace_report_open.to_owned(),
        TraceStep::BetweenSamples => app.trace_between_samples.to_owned(),
        TraceStep::Unwatched => app.trace_unwatched.to_owned(),
    }
}
