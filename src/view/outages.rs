use std::sync::Arc;

use leptos::prelude::*;

use super::in_turns::in_turns;
use super::link::{article_link, clause_link};
use super::samples::{TellsOf, address, samples, samples_link};
use super::{Filter, Wording};
use crate::assess::{Article, Assessment, Gap, Guarantee, Measured, Mismatch, Outage, SingleFailures};
use crate::contract::{CountOfDays, Policy};
use crate::i18n::{clock, duration, fill, visible};
use crate::record::{Record, Stance};
use crate::statement::wording;
use crate::time::{Instant, Interval};

/// The outages that are listed, with what counted, what was excluded and why; then what is not an outage but bears on it.
/// Where one of them is chosen, it alone, with its samples.
#[must_use]
pub fn outages(
    record: &Record,
    assessment: &Assessment,
    filter: &Filter,
    tells: TellsOf<'_>,
    words: Wording,
) -> AnyView {
    if let Some(id) = &filter.outage {
        return samples((record, assessment), id, filter, tells, words);
    }
    let policy = record.contract.as_ref().map(|contract| contract.policy.clone()).unwrap_or_default();
    let sections: Vec<AnyView> = assessment
        .guarantees
        .iter()
        .filter_map(|guarantee| Some(section(guarantee, guarantee.measured()?, &policy, filter, words)))
        .collect();
    sections.into_any()
}

/// The id of the element that stands for an outage.
#[must_use]
pub fn outage_anchor(article: Article, outage: &Outage) -> String {
    format!("outage-{}-{}", article.id(), outage.shown.start().epoch_ms())
}

fn section(guarantee: &Guarantee, measured: &Measured, policy: &Policy, filter: &Filter, words: Wording) -> AnyView {
    let app = words.app();
    let id = format!("outages-{}", guarantee.article.id());
    let label = id.clone();
    let gap = |own: &Gap| (own.target.clone(), own.span);
    let gaps = measured.gaps.iter().filter(|own| filter.lets_time_through(&own.target)).map(gap).collect();
    let mismatch = |own: &Mismatch| {
        let source = wording::monitoring(&own.source, words.texts());
        (format!("{}{}{source}", own.target, app.list_separator), own.span)
    };
    let listed_mismatches = measured.mismatches.iter().filter(|own| filter.lets_time_through(&own.target));
    let mismatches = listed_mismatches.map(mismatch).collect();
    let listed = filter.listed(&measured.outages);
    let list = if listed.is_empty() {
        let why = if measured.outages.is_empty() { app.outages_none } else { app.filter_none };
        view! { <p class="quiet">{why}</p> }.into_any()
    } else {
        table(&listed, (guarantee.article, measured), policy, (filter, words))
    };
    view! {
        <section class="outages" aria-labelledby=label>
            <h2 id=id tabindex="-1">
                <span class="article-number">{article_link(guarantee.article, words)}</span>
                {wording::article(guarantee.article, words.texts())}
            </h2>
            {list}
            {filter.lets_all_through().then(|| single_failures(guarantee.article, &measured.single_failures, words))}
            {times(app.gaps_title, app.gaps_hint, gaps, words)}
            {times(app.mismatches_title, app.mismatches_hint, mismatches, words)}
        </section>
    }
    .into_any()
}

/// On a narrow screen each row becomes a card, so the roles are said again: some browsers forget them then.
pub(super) fn table(
    listed: &[&Outage],
    (article, measured): (Article, &Measured),
    policy: &Policy,
    (filter, words): (&Filter, Wording),
) -> AnyView {
    let app = words.app();
    let listed: Vec<Outage> = listed.iter().map(|own| (*own).clone()).collect();
    let (count, with_reports) = (listed.len(), measured.report_rule_applied);
    let (filter, policy) = (filter.clone(), policy.clone());
    let one = move |place: usize| {
        let outage = listed.get(place);
        outage.map(|outage| row(outage, (article, with_reports), &policy, (&filter, words))).into_any()
    };
    let list = in_turns(count, Arc::new(one));
    let busy = list.busy();
    let heads = [app.outage_when, app.outage_targets, app.outage_counted, app.outage_excluded, app.outage_report];
    let heads: Vec<_> =
        heads.into_iter().map(|head| view! { <th scope="col" role="columnheader">{head}</th> }.into_any()).collect();
    view! {
        <table class="stacking" role="table">
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup" aria-busy=busy>{list.rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(
    outage: &Outage,
    (article, with_reports): (Article, bool),
    policy: &Policy,
    (filter, words): (&Filter, Wording),
) -> AnyView {
    let app = words.app();
    let link = filter.outage.is_none().then(|| to_samples(outage, filter, words));
    let flags: Vec<_> = outage
        .flags
        .iter()
        .map(|flag| view! { <li data-flag=flag.as_str()>{wording::flag(*flag, words.texts())}</li> }.into_any())
        .collect();
    view! {
        <tr role="row" id=outage_anchor(article, outage) tabindex="-1" data-outage=outage.id.clone()>
            <td role="cell" data-label=app.outage_when>
                <div class="cell">
                    {when(outage, words)}
                    {link}
                    {(!flags.is_empty()).then(|| view! { <ul class="notes">{flags}</ul> }.into_any())}
                </div>
            </td>
            <td role="cell" data-label=app.outage_targets>
                <div class="cell">
                    {visible(&outage.targets.join(app.list_separator))}
                    {outage.own_id().map(visible).map(|id| view! { <span class="quiet outage-id">{id}</span> }.into_any())}
                </div>
            </td>
            <td role="cell" data-label=app.outage_counted><div class="cell">{counted(outage, words)}</div></td>
            <td role="cell" data-label=app.outage_excluded><div class="cell">{excluded(outage, words)}</div></td>
            <td role="cell" data-label=app.outage_report>
                <div class="cell">{report(outage, with_reports, policy, words)}</div>
            </td>
        </tr>
    }
    .into_any()
}

/// The way to the samples by which the outage was found. The way back leads here.
fn to_samples(outage: &Outage, filter: &Filter, words: Wording) -> AnyView {
    let app = words.app();
    let href = address(Some(&outage.id), filter, words);
    let start = words.at(outage.shown.start());
    view! {
        <a class="to-samples" id=samples_link(&outage.id) href=href>
            {app.samples_open}<span class="visually-hidden">" "{start}</span>
        </a>
    }
    .into_any()
}

fn when(outage: &Outage, words: Wording) -> AnyView {
    let app = words.app();
    let end = if outage.open_ended { app.outage_open_ended.to_owned() } else { words.at(outage.shown.end()) };
    let possible = (outage.possible != outage.shown)
        .then(|| view! { <p class="quiet">{app.outage_possible} <br/> {words.span(outage.possible)}</p> }.into_any());
    view! {
        <p class="number when">{words.at(outage.shown.start())}<br/>{format!("– {end}")}</p>
        <p class="quiet">{duration(outage.shown_ms, words.locale)}</p>
        {possible}
    }
    .into_any()
}

fn counted(outage: &Outage, words: Wording) -> AnyView {
    let app = words.app();
    let downtime = outage.downtime;
    view! {
        <p class="number counted">{clock(downtime.counted)}</p>
        <p class="quiet number">
            {fill(app.outage_bounds, &[("lower", &clock(downtime.lower)), ("upper", &clock(downtime.upper))])}
        </p>
    }
    .into_any()
}

fn excluded(outage: &Outage, words: Wording) -> AnyView {
    if outage.excluded.is_empty() {
        return view! { <span class="quiet">{words.app().none}</span> }.into_any();
    }
    let parts: Vec<_> = outage
        .excluded
        .iter()
        .map(|part| {
            let stance = (part.stance == Stance::Claimed).then_some("claimed");
            view! {
                <li data-clause=part.clause.as_str() data-stance=stance>
                    <p><span class="number">{clock(part.ms)}</span> " " <span class="clause">{clause_link(part.clause, words)}</span></p>
                    <p>{wording::clause(part.clause, words.texts())}</p>
                    {part.clause.claimed_by_someone().then(|| {
                        view! { <p class="stance">{wording::stance(part.stance, words.texts())}</p> }.into_any()
                    })}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ul class="parts">{parts}</ul> }.into_any()
}

fn report(outage: &Outage, with_reports: bool, policy: &Policy, words: Wording) -> AnyView {
    let app = words.app();
    if !with_reports {
        return view! { <span class="quiet">{app.report_rule_not_applied}</span> }.into_any();
    }
    let deadline = outage.report_deadline.map_or_else(
        || app.report_deadline_unknown.to_owned(),
        |at| fill(app.report_deadline, &[("deadline", &last_moment(at, policy, words))]),
    );
    let reported = match outage.reported_at {
        Some(at) => view! { <p>{app.report_at} <br/> <span class="number">{words.at(at)}</span></p> }.into_any(),
        None => view! { <p>{app.report_none}</p> }.into_any(),
    };
    view! {
        {reported}
        <p class="quiet">{deadline}</p>
    }
    .into_any()
}

/// A deadline of whole days ends at 24:00 of the last of them, which is how the agreement's readers say it.
fn last_moment(deadline: Instant, policy: &Policy, words: Wording) -> String {
    match policy.report_count() {
        CountOfDays::CivilDays => format!("{} 24:00", words.zone.day(deadline.plus(-1))),
        CountOfDays::Exact120h => words.at(deadline),
    }
}

/// How many probes that were lost alone are listed one by one.
const LISTED_SINGLES: usize = 100;

/// The id of the element that stands for a probe that was lost alone, or for all of them where it is not listed; `None`: at
/// that instant none was.
#[must_use]
pub fn single_anchor(article: Article, single: &SingleFailures, at: Instant) -> Option<String> {
    let place = single.at.iter().position(|own| *own == at)?;
    Some(if place < LISTED_SINGLES { single_id(article, at) } else { format!("single-{}", article.id()) })
}

fn single_id(article: Article, at: Instant) -> String {
    format!("single-{}-{}", article.id(), at.epoch_ms())
}

fn single_failures(article: Article, single: &SingleFailures, words: Wording) -> Option<AnyView> {
    let app = words.app();
    let item = |at: &Instant| {
        view! { <li id=single_id(article, *at) tabindex="-1" class="number">{words.at(*at)}</li> }.into_any()
    };
    let items: Vec<AnyView> = single.at.iter().take(LISTED_SINGLES).map(item).collect();
    let more = single.at.len().saturating_sub(LISTED_SINGLES);
    (single.count > 0).then(|| {
        let time = duration(single.could_add_ms, words.locale);
        let text = fill(app.single_failures, &[("count", &single.count), ("time", &time)]);
        view! {
            <section class="aside" data-part="single-failures" id=format!("single-{}", article.id()) tabindex="-1">
                <p>{text}</p>
                <ul class="singles">{items}</ul>
                {(more > 0).then(|| view! { <p>{fill(app.and_more, &[("count", &more)])}</p> }.into_any())}
            </section>
        }
        .into_any()
    })
}

/// Times under a title that says what is the matter with them, each with whom it concerns.
fn times(title: &'static str, hint: &'static str, spans: Vec<(String, Interval)>, words: Wording) -> Option<AnyView> {
    let items: Vec<_> = spans
        .into_iter()
        .map(|(of, span)| {
            view! {
                <li>
                    <span class="gap-target">{visible(&of)}</span>
                    <span>{words.span(span)}</span>
                    <span class="quiet">{duration(span.ms(), words.locale)}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    (!items.is_empty()).then(|| {
        view! {
            <section class="gaps">
                <h3>{title}</h3>
                <p class="quiet">{hint}</p>
                <ul>{items}</ul>
            </section>
        }
        .into_any()
    })
}
