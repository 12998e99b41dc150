use leptos::prelude::*;

use super::explanation::explanation;
use super::link::{address, article_link, clause_link, to_clause, verdict_link};
use super::stacking::{StackingRow, line, stacking};
use super::{ChartFigure, View, Wording, figure, verdict_badge};
use crate::agreement::Point;
use crate::assess::{Article, Assessment, Compared, Guarantee, Measured, Rule, RuleKind, Verdict};
use crate::chart::{Medium, MonthStrip, budget_burn_down};
use crate::i18n::{clock, duration, fill, visible};
use crate::record::Record;
use crate::statement::{basis, wording};

/// A guarantee whose downtime was measured: verdict, figures, limits, exclusions, what a reader must know.
pub(super) fn measured_card(
    record: &Record,
    assessment: &Assessment,
    guarantee: &Guarantee,
    words: Wording,
) -> AnyView {
    let Some(measured) = guarantee.measured() else { return unmeasured_line(guarantee, words) };
    let id = guarantee.article.id();
    view! {
        <article class="card" data-guarantee=id data-verdict=guarantee.verdict.as_str() aria-labelledby=format!("card-{id}")>
            {card_head(guarantee, certainty(guarantee.verdict, measured, words), words)}
            {notes(guarantee, words)}
            <div class="card-body">
                {figures(measured, words)}
                {limits(record, guarantee, measured, words)}
            </div>
            {excluded(measured, words)}
            {ground(guarantee, measured, words)}
            {compared(measured, words)}
            {explanation(guarantee, measured, words)}
            {strip(assessment, guarantee, words)}
            {burn_down(assessment, guarantee, words)}
        </article>
    }
    .into_any()
}

/// What the month looked like, day by day.
fn strip(assessment: &Assessment, guarantee: &Guarantee, words: Wording) -> Option<AnyView> {
    let chart = MonthStrip::new(assessment, guarantee, words.locale)?;
    let id = format!("strip-{}", guarantee.article.id());
    Some(view! { <ChartFigure id=id chart=chart locale=words.locale/> }.into_any())
}

/// How the month used up what was allowed.
fn burn_down(assessment: &Assessment, guarantee: &Guarantee, words: Wording) -> Option<AnyView> {
    let chart = budget_burn_down(assessment, guarantee, words.locale, Medium::SCREENS)?;
    Some(figure(format!("burn-down-{}", guarantee.article.id()), chart, words.locale))
}

/// The number and name of an article, and its verdict.
pub(super) fn card_head(guarantee: &Guarantee, beside_verdict: Option<AnyView>, words: Wording) -> AnyView {
    view! {
        <header class="card-head">
            <div>
                <p class="article-number">{article_link(guarantee.article, words)}</p>
                <h2 id=format!("card-{}", guarantee.article.id())>{wording::article(guarantee.article, words.texts())}</h2>
            </div>
            <div class="card-verdict">{verdict_link(guarantee, words)} {beside_verdict}</div>
        </header>
    }
    .into_any()
}

/// An article of which nothing was recorded, in one line.
pub(super) fn unmeasured_line(guarantee: &Guarantee, words: Wording) -> AnyView {
    view! {
        <li data-guarantee=guarantee.article.id() data-verdict=guarantee.verdict.as_str()>
            <span class="article-number">{article_link(guarantee.article, words)}</span>
            <span class="unmeasured-name">{wording::article(guarantee.article, words.texts())}</span>
            {verdict_link(guarantee, words)}
        </li>
    }
    .into_any()
}

/// Only a decided verdict can be certain or not.
fn certainty(verdict: Verdict, measured: &Measured, words: Wording) -> Option<AnyView> {
    let decided = matches!(verdict, Verdict::Met | Verdict::Breached);
    let mark = measured.certainty.as_str();
    decided.then(|| {
        view! { <p class="certainty" data-certainty=mark>{wording::certainty(measured.certainty, words.texts())}</p> }
            .into_any()
    })
}

/// Why it is undecided, then what a reader must know.
pub(super) fn notes(guarantee: &Guarantee, words: Wording) -> Option<AnyView> {
    let texts = words.texts();
    let reasons: Vec<_> = guarantee
        .reasons
        .iter()
        .map(|reason| {
            view! { <li class="reason" data-reason=reason.as_str()>{wording::reason(*reason, texts)}</li> }.into_any()
        })
        .collect();
    let flags: Vec<_> = guarantee
        .flags
        .iter()
        .map(|flag| view! { <li data-flag=flag.as_str()>{wording::flag(*flag, texts)}</li> }.into_any())
        .collect();
    let others = guarantee.measured().into_iter().flat_map(|own| wording::other_verdicts(own, texts));
    let others: Vec<_> =
        others.map(|text| view! { <li data-warning="OTHER_SOURCE_CHANGES_VERDICT">{text}</li> }.into_any()).collect();
    let any = !(reasons.is_empty() && flags.is_empty() && others.is_empty());
    any.then(|| view! { <ul class="notes">{reasons}{flags}{others}</ul> }.into_any())
}

fn figures(measured: &Measured, words: Wording) -> AnyView {
    let app = words.app();
    let figure = |id: &'static str, name: &'static str, ms: i64, meaning: &'static str| {
        view! {
            <div class="figure" data-figure=id>
                <dt>{name}</dt>
                <dd class="figure-value">
                    <span class="number">{clock(ms)}</span>
                    <span class="figure-words">{duration(ms, words.locale)}</span>
                </dd>
                <dd class="figure-meaning">{meaning}</dd>
            </div>
        }
    };
    let downtime = measured.downtime;
    view! {
        <section class="figures">
            <h3>{app.figures_title}<span class="unit">{app.unit_minutes}</span></h3>
            <dl>
                {figure("lower", app.figure_lower, downtime.lower, app.figure_lower_meaning)}
                {figure("counted", app.figure_counted, downtime.counted, app.figure_counted_meaning)}
                {figure("upper", app.figure_upper, downtime.upper, app.figure_upper_meaning)}
            </dl>
        </section>
    }
    .into_any()
}

fn limits(record: &Record, guarantee: &Guarantee, measured: &Measured, words: Wording) -> AnyView {
    let app = words.app();
    let terms = record.contract.as_ref().map(|contract| contract.terms).unwrap_or_default();
    let promised = match guarantee.article {
        Article::Power => terms.power_availability,
        _ => terms.network_availability,
    };
    let rows: Vec<AnyView> = measured
        .rules
        .iter()
        .map(|rule| {
            let percent = fill(app.limit_percent, &[("percent", &promised), ("limit", &clock(rule.limit_ms))]);
            let limit = match rule.kind {
                RuleKind::Minutes => fill(app.limit_minutes, &[("limit", &clock(rule.limit_ms))]),
                RuleKind::Percent => percent,
            };
            let name =
                to_clause(basis::promise(guarantee.article), wording::rule(rule.kind, words.texts()).into_any(), words);
            limit_row(*rule, (name, limit), measured.downtime.counted, words)
        })
        .collect();
    view! {
        <section class="limits">
            <h3>{app.limits_title}<span class="unit">{app.unit_minutes}</span></h3>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{app.limits_rule}</th>
                        <th scope="col" class="right">{app.limits_margin}</th>
                        <th scope="col">{app.limits_result}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn limit_row(rule: Rule, (name, limit): (AnyView, String), counted: i64, words: Wording) -> AnyView {
    let app = words.app();
    let margin = rule.limit_ms - counted;
    let exceeded = (margin < 0).then_some(app.limits_exceeded);
    view! {
        <tr data-rule=rule.kind.as_str() class:informative=!rule.decides>
            <th scope="row">
                {name}
                <span class="number">{limit}</span>
                {(!rule.decides).then(|| view! { <span class="quiet">{app.limits_informative}</span> }.into_any())}
            </th>
            <td class="right" data-margin-ms=margin>
                <span class="number">{clock(margin)}</span>
                {exceeded.map(|word| view! { <span class="exceeded">{word}</span> }.into_any())}
            </td>
            <td>{verdict_badge(rule.verdict, words)}</td>
        </tr>
    }
    .into_any()
}

fn excluded(measured: &Measured, words: Wording) -> Option<AnyView> {
    let rows: Vec<_> = measured
        .excluded
        .iter()
        .filter(|(_, ms)| **ms > 0)
        .map(|(clause, ms)| {
            view! {
                <li data-clause=clause.as_str()>
                    <span class="clause">{clause_link(*clause, words)}</span>
                    <span>{wording::clause(*clause, words.texts())}</span>
                    <span class="number">{clock(*ms)}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="excluded">
                <h3>{words.app().excluded_title}<span class="unit">{words.app().unit_minutes}</span></h3>
                <ul>{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// What each of several sources of a target tells; nothing where every target has one.
fn compared(measured: &Measured, words: Wording) -> Option<AnyView> {
    let (app, heads) = (words.app(), &words.texts().statement);
    let row = |own: &Compared| StackingRow {
        outcome: if own.decides { "decides" } else { "compared" },
        case: None,
        cells: vec![
            vec![line("", own.target.clone())],
            vec![line("", wording::compared_monitoring(own, words.texts()))],
            vec![line("number", wording::three(own.downtime))],
            vec![line("number", own.coverage_percent(measured.elapsed_ms).unwrap_or_default())],
            vec![line("number", if own.decides { "–".to_owned() } else { clock(own.mismatch_ms) })],
        ],
    };
    let heads = [heads.head_target, heads.head_monitoring, heads.head_three, heads.head_known, heads.head_mismatch];
    stacking(&heads, measured.compared.iter().map(row).collect()).map(|table| {
        view! {
            <section class="compared">
                <h3>{app.compared_title}</h3>
                <p class="quiet">{app.compared_hint}</p>
                {table}
            </section>
        }
        .into_any()
    })
}

/// What the figures rest on: availability, coverage, targets, and whether the rule of reports was applied.
fn ground(guarantee: &Guarantee, measured: &Measured, words: Wording) -> AnyView {
    let app = words.app();
    let outages = address(View::Outages, Point::heading(guarantee.article.number()), words);
    let count = format!("{} · {}", measured.outages.len(), app.outages_title);
    let percent =
        |value: Option<String>| value.map_or_else(|| app.not_available.to_owned(), |value| format!("{value} %"));
    let lowest = measured.lowest_availability_percent();
    let lowest = lowest.map(|percent| fill(app.availability_lowest, &[("percent", &percent)]));
    let report = if measured.report_rule_applied { app.report_rule_applied } else { app.report_rule_not_applied };
    view! {
        <dl class="facts ground">
            <div>
                <dt>{app.availability}</dt>
                <dd class="number">{percent(measured.availability_percent())}</dd>
                {lowest.map(|lowest| view! { <dd class="quiet">{lowest}</dd> }.into_any())}
            </div>
            <div><dt>{app.coverage}</dt><dd class="number">{percent(measured.coverage_percent())}</dd></div>
            <div><dt>{app.targets}</dt><dd>{visible(&measured.targets.join(app.list_separator))}</dd></div>
            <div><dt>{app.outage_count}</dt><dd><a class="to-outages" href=outages>{count}</a></dd></div>
            <div><dt>{app.report_rule}</dt><dd>{report}</dd></div>
        </dl>
    }
    .into_any()
}
