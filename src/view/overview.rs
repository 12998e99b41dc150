use crate::sorted::Set;

use leptos::prelude::*;

use super::cases::case_card;
use super::cross_check::cross_checks;
use super::emergency::emergency_card;
use super::guarantee::{measured_card, unmeasured_line};
use super::link::{address, to_clause};
use super::traffic::traffic;
use super::{View, Wording, article_number, verdict_badge, yuan};
use crate::agreement::Point;
use crate::assess::{Assessment, Conduct, Flag, Guarantee, Line, LineKind, Reason, Status, Verdict, odd_last_day};
use crate::contract::{Contract, Fen};
use crate::i18n::{date, fill, month, visible};
use crate::record::Record;
use crate::statement::warning::warnings;
use crate::statement::{basis, in_words, wording};

/// The month at a glance: who, when, what is owed, and each guarantee of the agreement in its order.
#[must_use]
pub fn overview(record: &Record, assessment: &Assessment, words: Wording) -> AnyView {
    let contract = record.contract.as_ref();
    let (recorded, others): (Vec<_>, Vec<_>) =
        assessment.guarantees.iter().partition(|guarantee| guarantee.conduct != Conduct::NotRecorded);
    let card = |guarantee: &Guarantee| match &guarantee.conduct {
        Conduct::Emergencies(emergencies) => emergency_card(guarantee, emergencies, words),
        Conduct::Handled(_) => case_card(record, assessment, guarantee, words),
        Conduct::Measured(_) | Conduct::NotRecorded => measured_card(record, assessment, guarantee, words),
    };
    let worst_first = (0..=3).flat_map(|rank| recorded.iter().filter(move |own| worst_first(own.verdict) == rank));
    let cards: Vec<AnyView> = worst_first.map(|guarantee| card(guarantee)).collect();
    let others: Vec<AnyView> = others.into_iter().map(|guarantee| unmeasured_line(guarantee, words)).collect();
    let app = words.app();
    let rest = (!others.is_empty()).then(|| {
        view! {
            <section class="unmeasured" aria-labelledby="unmeasured">
                <h2 id="unmeasured">{app.overview_unmeasured}</h2>
                <p class="quiet">{app.overview_unmeasured_hint}</p>
                <ul>{others}</ul>
            </section>
        }
        .into_any()
    });
    view! {
        {head(contract, assessment, words)}
        {verdicts(assessment, words)}
        {case_flags(contract, assessment, words)}
        {case_warnings(record, assessment, words)}
        <div class="cards">{cards} {cross_checks(&assessment.cross_checks, words)} {traffic(record, assessment, words)}</div>
        {rest}
    }
    .into_any()
}

/// Every article with its verdict in one row, in the order of the agreement; each leads to what is said of it below.
fn verdicts(assessment: &Assessment, words: Wording) -> AnyView {
    let entries: Vec<AnyView> = (assessment.guarantees.iter())
        .map(|guarantee| {
            let article = guarantee.article;
            view! {
                <li>
                    <a href=address(View::Overview, Point::heading(article.number()), words)>
                        <span class="article-number">{article_number(article, words)}</span>
                        <span class="verdict-of">{wording::article(article, words.texts())}</span>
                        {verdict_badge(guarantee.verdict, words)}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <nav class="verdicts" aria-label=words.app().overview_verdicts><ol>{entries}</ol></nav> }.into_any()
}

/// What was broken before what is open, and both before what was kept; the order of the articles within.
const fn worst_first(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Breached => 0,
        Verdict::Undetermined => 1,
        Verdict::Met => 2,
        Verdict::NotApplicable | Verdict::NotRecorded => 3,
    }
}

fn head(contract: Option<&Contract>, assessment: &Assessment, words: Wording) -> AnyView {
    let app = words.app();
    let customer = contract.map(|contract| visible(&contract.customer.name)).filter(|name| !name.is_empty());
    let provider = contract.map(|contract| visible(&contract.provider.name)).filter(|name| !name.is_empty());
    let number = contract.and_then(|contract| contract.id.as_deref().map(visible));
    let named = customer.is_some();
    view! {
        <header class="case-head">
            <div class="case-who">
                <p class="case-month">{month(assessment.month, words.locale)}</p>
                <h1 class:unnamed=!named>{customer.unwrap_or_else(|| app.head_no_customer.to_owned())}</h1>
                <dl class="facts">
                    {provider.map(|provider| fact(words.texts().agreement.provider, provider))}
                    {number.map(|number| fact(app.head_contract, number))}
                    {fact(app.head_period, words.span(assessment.period))}
                    {fact(app.head_zone, assessment.zone.name().to_owned())}
                    {fact(app.head_as_of, words.at(assessment.as_of))}
                </dl>
            </div>
            <div class="case-result">
                {status(assessment, words)}
                {owed(assessment, words)}
            </div>
            {remedies(assessment, words)}
        </header>
    }
    .into_any()
}

fn fact(term: &'static str, value: impl IntoView) -> AnyView {
    view! { <div><dt>{term}</dt><dd>{value}</dd></div> }.into_any()
}

fn status(assessment: &Assessment, words: Wording) -> AnyView {
    let app = words.app();
    let reasons: Vec<_> =
        open_questions(assessment, words).into_iter().map(|text| view! { <li>{text}</li> }.into_any()).collect();
    let explained = match assessment.status {
        Status::Final => app.status_final_hint,
        Status::Provisional => app.status_provisional_hint,
    };
    view! {
        <div class="status" data-status=assessment.status.as_str()>
            <p class="status-word">{wording::status(assessment.status, words.texts())}</p>
            <p class="quiet">{explained}</p>
            {(!reasons.is_empty()).then(|| view! { <ul class="reasons">{reasons}</ul> }.into_any())}
        </div>
    }
    .into_any()
}

/// Why the figures may still change.
fn open_questions(assessment: &Assessment, words: Wording) -> Vec<&'static str> {
    if assessment.status == Status::Final {
        return Vec::new();
    }
    let reasons: Set<Reason> =
        assessment.guarantees.iter().flat_map(|guarantee| guarantee.reasons.iter().copied()).collect();
    let window_open = assessment.guarantees.iter().any(|guarantee| guarantee.flags.contains(&Flag::ReportWindowOpen));
    let window_named = reasons.contains(&Reason::ReportWindowOpen);
    let reasons = reasons.into_iter().map(|reason| wording::reason(reason, words.texts()));
    let window = (window_open && !window_named).then(|| wording::flag(Flag::ReportWindowOpen, words.texts()));
    reasons.chain(window).collect()
}

fn owed(assessment: &Assessment, words: Wording) -> AnyView {
    let app = words.app();
    let remedies = &assessment.remedies;
    let payable = match remedies.payable {
        Some(amount) => view! {
            <p class="amount">{yuan(amount)}</p>
            <p class="amount-capitals">{in_words(amount, words.locale)}</p>
        }
        .into_any(),
        None => view! { <p class="amount amount-unknown">{app.owed_unknown}</p> }.into_any(),
    };
    let contingent = remedies.contingent.filter(|amount| *amount > Fen::ZERO).map(|amount| {
        view! { <p class="contingent">{fill(app.owed_contingent, &[("amount", &yuan(amount))])}</p> }.into_any()
    });
    let unknown = (remedies.payable.is_some() && remedies.lines.iter().any(|line| line.amount.is_none()))
        .then(|| view! { <p class="contingent">{app.owed_unknown}</p> }.into_any());
    view! {
        <div class="owed">
            <p class="owed-title">{app.owed_title}</p>
            {payable}
            {contingent}
            {unknown}
        </div>
    }
    .into_any()
}

fn remedies(assessment: &Assessment, words: Wording) -> Option<AnyView> {
    let lines: Vec<AnyView> = assessment.remedies.lines.iter().map(|line| remedy_line(line, words)).collect();
    (!lines.is_empty()).then(|| view! { <ul class="remedies">{lines}</ul> }.into_any())
}

fn remedy_line(line: &Line, words: Wording) -> AnyView {
    let texts = words.texts();
    let of = match line.kind {
        LineKind::DayCredit(day) => Some(date(day, words.locale)),
        LineKind::RentWaiver | LineKind::SetupFeeRefund => line.case.clone(),
    };
    let amount = line.amount.map_or_else(|| words.app().not_available.to_owned(), yuan);
    let point = basis::remedy(line.article, line.kind);
    let reference = to_clause(point, basis::reference(point, words.locale).into_any(), words);
    view! {
        <li>
            <span>
                {wording::remedy(line.kind, texts)}
                <span class="quiet">" · " {reference} {of.map(|of| format!(" · {of}"))}</span>
            </span>
            <span class="number">{to_clause(point, amount.into_any(), words)}</span>
            <span class="quiet">{wording::line_state(line.state, texts)}</span>
        </li>
    }
    .into_any()
}

/// What a reader must know of the whole case; beside a term that is no year, what would be its last day.
fn case_flags(contract: Option<&Contract>, assessment: &Assessment, words: Wording) -> Option<AnyView> {
    let last_day = contract.and_then(|contract| contract.term).and_then(odd_last_day);
    let last_day = last_day.map(|last| format!(" {}", wording::last_day(last, words.locale)));
    let flags: Vec<_> = assessment
        .flags
        .iter()
        .map(|flag| {
            let more = last_day.clone().filter(|_| *flag == Flag::TermDatesOdd).unwrap_or_default();
            view! { <li data-flag=flag.as_str()>{wording::flag(*flag, words.texts())}{more}</li> }.into_any()
        })
        .collect();
    (!flags.is_empty()).then(|| view! { <ul class="notes">{flags}</ul> }.into_any())
}

fn case_warnings(record: &Record, assessment: &Assessment, words: Wording) -> Option<AnyView> {
    let warnings = warnings(record, assessment);
    let any = !warnings.is_empty();
    let items: Vec<AnyView> = warnings
        .iter()
        .map(|own| view! { <li data-warning=own.code.as_str()>{wording::warning(own, words.texts())}</li> }.into_any())
        .collect();
    any.then(|| view! { <ul class="notes">{items}</ul> }.into_any())
}
