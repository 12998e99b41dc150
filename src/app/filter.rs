use leptos::prelude::*;

use super::session::session;
use crate::assess::Assessment;
use crate::i18n::{fill, visible};
use crate::statement::basis;
use crate::view::{Filter, Standing};

/// The head of the outages, and which of them are listed. It stays when a choice changes the list, and so does the focus.
#[component]
pub fn OutageFilter() -> impl IntoView {
    let session = session();
    let found = Memo::new(move |_| {
        let assessment = session.answer.get().and_then(|answer| answer.found.ok())?;
        Some((Filter::targets(&assessment), Filter::clauses(&assessment)))
    });
    let targets = move || {
        let (targets, _) = found.get().unwrap_or_default();
        targets.into_iter().map(|target| (target.clone(), visible(&target))).collect()
    };
    let clauses = move || {
        let (_, clauses) = found.get().unwrap_or_default();
        let locale = session.locale.get();
        let choice = |clause| {
            (crate::assess::Clause::as_str(clause).to_owned(), basis::reference(basis::clause(clause), locale))
        };
        clauses.into_iter().map(choice).collect()
    };
    let standings = move || {
        let app = session.app();
        let name = |own: Standing| match own {
            Standing::Agreed => app.filter_agreed,
            Standing::Disputed => app.filter_disputed,
        };
        Standing::ALL.into_iter().map(|own| (own.as_str().to_owned(), name(own).to_owned())).collect()
    };
    view! {
        <h1 class="page-title">{session.text(|app| app.outages_title)}</h1>
        <form class="filter" aria-label=move || session.app().filter_title>
            {choice("target", move || session.app().outage_targets, targets)}
            {choice("under", move || session.app().filter_clause, clauses)}
            {choice("stance", move || session.app().filter_standing, standings)}
            {order()}
            <p class="quiet" role="status">{move || {
                let assessment = session.answer.get()?.found.ok()?;
                Some(counted(&assessment, &session.filter.get(), session.app().filter_count))
            }}</p>
        </form>
    }
}

fn counted(assessment: &Assessment, filter: &Filter, text: &str) -> String {
    let outages =
        || assessment.guarantees.iter().filter_map(|own| own.measured()).flat_map(|measured| &measured.outages);
    let shown = outages().filter(|outage| filter.lets_through(outage)).count();
    fill(text, &[("shown", &shown), ("count", &outages().count())])
}

/// A list of names in the address and on the screen, after the one that leaves nothing out.
fn choice(
    key: &'static str,
    label: impl Fn() -> &'static str + Send + 'static,
    choices: impl Fn() -> Vec<(String, String)> + Send + 'static,
) -> AnyView {
    let session = session();
    let chosen = move || {
        session.filter.with(|filter| match key {
            "target" => filter.target.clone(),
            "under" => filter.clause.map(|clause| clause.as_str().to_owned()),
            _ => filter.standing.map(|standing| standing.as_str().to_owned()),
        })
    };
    let options = move || {
        let option = |(value, text): (String, String)| {
            let own = value.clone();
            view! { <option value=value prop:selected=move || chosen().as_ref() == Some(&own)>{text}</option> }
                .into_any()
        };
        choices().into_iter().map(option).collect::<Vec<AnyView>>()
    };
    let choose = move |event| {
        let value = event_target_value(&event);
        session.choose_outages(|filter| {
            let read = Filter {
                target: Some(value.clone()).filter(|own| !own.is_empty()),
                ..Filter::parse(&format!("{key}={value}"))
            };
            match key {
                "target" => filter.target = read.target,
                "under" => filter.clause = read.clause,
                _ => filter.standing = read.standing,
            }
        });
    };
    view! {
        <label>
            <span>{label}</span>
            <select name=key on:change=choose>
                <option value="" prop:selected=move || chosen().is_none()>{session.text(|app| app.filter_all)}</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}

fn order() -> AnyView {
    let session = session();
    let by_time = move || session.filter.with(|filter| filter.by_time);
    let choose = move |event| {
        let by_time = event_target_value(&event) == "time";
        session.choose_outages(|filter| filter.by_time = by_time);
    };
    view! {
        <label>
            <span>{session.text(|app| app.filter_order)}</span>
            <select name="order" on:change=choose>
                <option value="worst" prop:selected=move || !by_time()>{session.text(|app| app.filter_worst_first)}</option>
                <option value="time" prop:selected=by_time>{session.text(|app| app.filter_by_time)}</option>
            </select>
        </label>
    }
    .into_any()
}
