use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::mapping::TableQuestion;
use super::save::save_problems;
use super::session::{Failed, Phase, Problem, Session, session};
use crate::i18n::{Locale, fill, visible};
use crate::import::{Fate, merge_sentence, sentence as sentence_of};
use crate::report::{CaseError, MOST_BYTES};
use crate::time::Zone;

/// Problems of one kind that are listed one by one; the others are counted.
const LISTED: usize = 5;
/// Zones that are offered by name; any other can be written.
pub(super) const OFFERED_ZONES: [&str; 8] = [
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
    let problems: Vec<_> = grouped(&failed.problems).into_iter().map(|group| one_group(&group, locale)).collect();
    let refused: Vec<_> = failed.problems.iter().filter_map(Problem::diagnostic).cloned().collect();
    let table = (!refused.is_empty()).then(|| {
        let save = move |_| save_problems(refused.iter().map(|own| (Fate::Refused, own)), session);
        view! { <button type="button" class="quiet-button" on:click=save>{app.save_problems}</button> }.into_any()
    });
    let others = (!failed.usable.is_empty()).then(|| {
        let text = fill(app.failed_use_others, &[("count", &failed.usable.len())]);
        view! { <button type="button" on:click=move |_| session.use_others()>{text}</button> }.into_any()
    });
    // One table at a time: when it is read, the next one is asked about.
    let asked = failed.tables.first().map(Arc::clone).filter(|_| !failed.wants_zone);
    let advice = match (failed.wants_zone, &asked) {
        (true, _) => app.zone_explain,
        (false, Some(_)) => app.table_advice,
        (false, None) => app.failed_advice,
    };
    let back = if has_case { app.failed_back_to_case } else { app.failed_back };
    view! {
        <section class="alert" role="alert">
            <h2>{app.failed_title}</h2>
            <ul>{problems}</ul>
            {has_case.then(|| view! { <p>{app.failed_untouched}</p> }.into_any())}
            <p>{advice}</p>
            {failed.wants_zone.then(|| view! { <ZoneQuestion/> }.into_any())}
            {asked.map(|table| view! { <TableQuestion table/> }.into_any())}
            <div class="alert-ways">
                {others}
                {table}
                <button type="button" class="quiet-button" on:click=move |_| session.dismiss()>{back}</button>
            </div>
        </section>
    }
    .into_any()
}

/// Problems of one kind together, in the order in which the first of each was found.
fn grouped(problems: &[Problem]) -> Vec<Vec<&Problem>> {
    let mut groups: Vec<Vec<&Problem>> = Vec::new();
    for problem in problems {
        let code = problem.diagnostic().map(|own| own.code);
        let alike = |group: &&mut Vec<&Problem>| code.is_some() && group[0].diagnostic().map(|own| own.code) == code;
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(problem),
            None => groups.push(vec![problem]),
        }
    }
    groups
}

/// The first of a kind one by one; the others are counted.
fn one_group(group: &[&Problem], locale: Locale) -> AnyView {
    let code = group.first().and_then(|own| own.diagnostic()).map(|own| own.code.as_str());
    let code = code.map(|code| view! { " "<code class="quiet">{code}</code> }.into_any());
    let count = (group.len() > 1).then(|| view! { <span class="count number">{format!("{} × ", group.len())}</span> });
    let told = group.iter().take(LISTED).map(|problem| sentence(problem, locale));
    let told: Vec<_> = told.map(|told| view! { <p>{told}</p> }.into_any()).collect();
    let more = group.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| view! { <p>{fill(locale.texts().app.and_more, &[("count", &more)])}</p> }.into_any());
    view! { <li>{count}{code}{told}{more}</li> }.into_any()
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
pub(super) fn sentence(problem: &Problem, locale: Locale) -> String {
    let app = &locale.texts().app;
    match problem {
        Problem::Refused(diagnostic) => sentence_of(diagnostic, locale),
        Problem::Unreadable { name, why } => fill(app.problem_unreadable, &[("name", &visible(name)), ("why", why)]),
        Problem::Unusable { name, why } => why.sentence(&visible(name), locale),
        Problem::Elsewhere(name) => fill(app.problem_elsewhere, &[("name", &visible(name))]),
        Problem::Folder(name) => fill(app.problem_folder, &[("name", &visible(name))]),
        Problem::Stopped(why) => fill(app.problem_stopped, &[("why", why)]),
        Problem::Cancelled => app.problem_cancelled.to_owned(),
        Problem::Held(CaseError::Damaged) => app.problem_damaged.to_owned(),
        Problem::Held(CaseError::TooLarge) => fill(app.problem_held_too_large, &[("limit", &(MOST_BYTES >> 20))]),
        Problem::Contradicts(failure) if failure.name.is_empty() => merge_sentence(&failure.error, locale),
        Problem::Contradicts(failure) => {
            format!("{}: {}", visible(&failure.name), merge_sentence(&failure.error, locale))
        }
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
    let remembered = RwSignal::new(false);
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
            Ok(zone) => session.open_again(zone, remembered.get_untracked()),
            Err(_) => wrong.set(true),
        }
    };
    view! {
        <form class="zone-question" on:submit=answer>
            <label>
                <span>{session.text(|app| app.zone_select)}</span>
                <select name="zone" on:change=move |event| chosen.set(event_target_value(&event))>{options}</select>
            </label>
            <label>
                <span>{session.text(|app| app.zone_other)}</span>
                <input name="zone-name" type="text" placeholder="Asia/Urumqi" autocomplete="off" spellcheck="false"
                    on:input=move |event| written.set(event_target_value(&event))
                    aria-invalid=move || wrong.get().then_some("true") aria-describedby="zone-wrong"/>
            </label>
            <span id="zone-wrong" class="field-error" aria-live="polite">
                {move || wrong.get().then(|| session.app().zone_unknown)}
            </span>
            <label class="choice">
                <input type="checkbox" name="remember-zone" prop:checked=move || remembered.get()
                    on:change=move |event| remembered.set(event_target_checked(&event))/>
                <span>{session.text(|app| app.zone_remember)}</span>
            </label>
            <button type="submit" class="primary">{session.text(|app| app.zone_apply)}</button>
        </form>
    }
}
