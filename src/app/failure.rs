use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::session::{Failed, Phase, Problem, Session, session};
use crate::i18n::{Locale, fill};
use crate::import::{merge_sentence, sentence as sentence_of};
use crate::time::Zone;

/// Problems that are listed one by one; the others are counted.
const LISTED: usize = 20;
/// Zones that are offered by name; any other can be written.
const OFFERED_ZONES: [&str; 8] = [
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "UTC",
    "Europe/London",
    "America/New_York",
];

/// Why the chosen files could not be used, what to do, and the way back.
#[component]
pub fn Failure() -> impl IntoView {
    let session = session();
    move || match session.phase.get() {
        Phase::Failed(failed) => Some(alert(&failed, session)),
        Phase::Idle | Phase::Loading(_) => None,
    }
}

fn alert(failed: &Arc<Failed>, session: Session) -> AnyView {
    let (locale, app) = (session.locale.get(), session.app());
    let has_case = session.case.with(Option::is_some);
    let problems: Vec<_> = failed
        .problems
        .iter()
        .take(LISTED)
        .map(|problem| view! { <li>{sentence(problem, locale)}</li> }.into_any())
        .collect();
    let more = failed.problems.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| view! { <p>{fill(app.and_more, &[("count", &more)])}</p> }.into_any());
    let others = (!failed.usable.is_empty()).then(|| {
        let text = fill(app.failed_use_others, &[("count", &failed.usable.len())]);
        view! { <button type="button" on:click=move |_| session.use_others()>{text}</button> }.into_any()
    });
    let advice = if failed.wants_zone { app.zone_explain } else { app.failed_advice };
    let back = if has_case { app.failed_back_to_case } else { app.failed_back };
    view! {
        <section class="alert" role="alert">
            <h2>{app.failed_title}</h2>
            <ul>{problems}</ul>
            {more}
            {has_case.then(|| view! { <p>{app.failed_untouched}</p> }.into_any())}
            <p>{advice}</p>
            {failed.wants_zone.then(|| view! { <ZoneQuestion/> }.into_any())}
            <div class="alert-ways">
                {others}
                <button type="button" class="quiet-button" on:click=move |_| session.dismiss()>{back}</button>
            </div>
        </section>
    }
    .into_any()
}

/// Names under which nothing stands in any of the files: no statement can be made until they are found.
#[component]
pub fn Unresolved() -> impl IntoView {
    let session = session();
    move || {
        let case = session.case.get().filter(|case| !case.unresolved.is_empty())?;
        let (locale, app) = (session.locale.get(), session.app());
        let sentences: Vec<_> = case
            .unresolved
            .iter()
            .take(LISTED)
            .map(|name| view! { <li>{sentence_of(name, locale)}</li> }.into_any())
            .collect();
        let more = case.unresolved.len().saturating_sub(LISTED);
        Some(view! {
            <section class="alert" role="alert">
                <h2>{app.unresolved_title}</h2>
                <ul>{sentences}</ul>
                {(more > 0).then(|| view! { <p>{fill(app.and_more, &[("count", &more)])}</p> }.into_any())}
                <p>{app.unresolved_advice}</p>
            </section>
        })
    }
}

/// One clear sentence.
fn sentence(problem: &Problem, locale: Locale) -> String {
    let app = &locale.texts().app;
    match problem {
        Problem::Refused(diagnostic) => sentence_of(diagnostic, locale),
        Problem::Unreadable { name, why } => fill(app.problem_unreadable, &[("name", name), ("why", why)]),
        Problem::Stopped(why) => fill(app.problem_stopped, &[("why", why)]),
        Problem::Cancelled => app.problem_cancelled.to_owned(),
        Problem::Contradicts(failure) if failure.name.is_empty() => merge_sentence(&failure.error, locale),
        Problem::Contradicts(failure) => format!("{}: {}", failure.name, merge_sentence(&failure.error, locale)),
    }
}

/// In which zone times without offset are meant. Nothing is taken for granted until it is answered.
#[component]
fn ZoneQuestion() -> impl IntoView {
    let session = session();
    let likely = session.case.with_untracked(|case| case.as_ref().map(|case| case.zone())).unwrap_or_default();
    let chosen = RwSignal::new(likely.name().to_owned());
    let written = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let mut offered = OFFERED_ZONES.to_vec();
    if !offered.contains(&likely.name()) {
        offered.insert(0, likely.name());
    }
    let options: Vec<_> = offered
        .into_iter()
        .map(|zone| view! { <option value=zone prop:selected=move || chosen.get() == zone>{zone}</option> }.into_any())
        .collect();
    let answer = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let written = written.get_untracked();
        let name = if written.trim().is_empty() { chosen.get_untracked() } else { written.trim().to_owned() };
        match name.parse::<Zone>() {
            Ok(zone) => session.open_again(zone),
            Err(_) => wrong.set(true),
        }
    };
    view! {
        <form class="zone-question" on:submit=answer>
            <label>
                <span>{move || session.app().zone_select}</span>
                <select name="zone" on:change=move |event| chosen.set(event_target_value(&event))>{options}</select>
            </label>
            <label>
                <span>{move || session.app().zone_other}</span>
                <input name="zone-name" type="text" placeholder="Asia/Urumqi" autocomplete="off" spellcheck="false"
                    on:input=move |event| written.set(event_target_value(&event))
                    aria-invalid=move || wrong.get().then_some("true") aria-describedby="zone-wrong"/>
            </label>
            <span id="zone-wrong" class="field-error" aria-live="polite">
                {move || wrong.get().then(|| session.app().zone_unknown)}
            </span>
            <button type="submit" class="primary">{move || session.app().zone_apply}</button>
        </form>
    }
}
