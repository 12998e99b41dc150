use chrono::NaiveTime;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{EventTarget, Node};

use super::intake::FileButton;
use super::own_file::{self, Unsaved};
use super::save::{file_name_part, save};
use super::session::{Session, session};
use crate::i18n::{AppTexts, fill, instant, month};
use crate::import::{Options, Reader, join, read_local};
use crate::report::MOST_BYTES;
use crate::statement::result::ResultDocument;
use crate::statement::sla_export::sla_export;
use crate::time::{Instant, LocalMonth, LocalReading, Zone, read_day};
use crate::view::{Route, View};

/// What is shown of the case, and what can be done with it.
#[component]
pub fn Bar() -> impl IntoView {
    let session = session();
    view! {
        <section class="case-bar" aria-label=move || session.app().case_bar>
            <div class="case-choice"><MonthChoice/><AsOf/></div>
            <Views/>
            <Actions/>
        </section>
    }
}

/// The months of the case, with the one in question wherever it lies.
fn months(session: Session) -> Vec<LocalMonth> {
    let Some(case) = session.case.get() else { return Vec::new() };
    let mut months = case.months(session.as_of.get());
    if let Some(month) = session.month.get()
        && let Err(place) = months.binary_search(&month)
    {
        months.insert(place, month);
    }
    months
}

fn neighbour(months: &[LocalMonth], present: Option<LocalMonth>, later: bool) -> Option<LocalMonth> {
    let place = months.binary_search(&present?).ok()?;
    let place = if later { place.checked_add(1)? } else { place.checked_sub(1)? };
    months.get(place).copied()
}

/// Goes to the next month of the case, or the one before; `false` where there is none.
pub fn go_to_neighbour(session: Session, later: bool) -> bool {
    let to = untrack(|| neighbour(&months(session), session.month.get(), later));
    if to.is_some() {
        session.go(|route| route.month = to);
    }
    to.is_some()
}

/// Prints the statement; `false` where there is none.
pub fn print(session: Session) -> bool {
    let answered = session.answer_at_once().is_some_and(|answer| answer.found.is_ok());
    match web_sys::window().filter(|_| answered) {
        Some(window) => window.print().is_ok(),
        None => false,
    }
}

#[component]
fn MonthChoice() -> impl IntoView {
    let session = session();
    let months = Memo::new(move |_| months(session));
    // The month first: where the months, which follow it, stay the same, the arrows would not hear that it has changed.
    let neighbour = move |later: bool| {
        let present = session.month.get();
        neighbour(&months.get(), present, later)
    };
    let go = move |to: Option<LocalMonth>| {
        if to.is_some() {
            session.go(|route| route.month = to);
        }
    };
    let options = move || {
        let (locale, present) = (session.locale.get(), session.month.get());
        let option = |shown: LocalMonth| {
            view! { <option value=shown.to_string() prop:selected=present == Some(shown)>{month(shown, locale)}</option> }
        };
        months.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="month-choice">
            <button type="button" class="step" disabled=move || neighbour(false).is_none()
                on:click=move |_| go(neighbour(false)) aria-label=move || session.app().month_previous>
                <span aria-hidden={"true"}>"‹"</span>
            </button>
            <label>
                <span class="visually-hidden">{session.text(|app| app.month)}</span>
                <select name="month" on:change=move |event| go(event_target_value(&event).parse().ok())>{options}</select>
            </label>
            <button type="button" class="step" disabled=move || neighbour(true).is_none()
                on:click=move |_| go(neighbour(true)) aria-label=move || session.app().month_next>
                <span aria-hidden={"true"}>"›"</span>
            </button>
        </div>
    }
}

/// The instant up to which things count as known. An empty field is the time at which the case was opened.
#[component]
fn AsOf() -> impl IntoView {
    let session = session();
    let wrong = RwSignal::new(false);
    let shown = move || instant(session.as_of.get(), session.words().zone);
    let choose = move |event| {
        let text = event_target_value(&event);
        let zone = session.words().zone;
        let read = read_instant(text.trim(), zone);
        wrong.set(read.is_none() && !text.trim().is_empty());
        if !wrong.get_untracked() {
            session.replace(|route| route.as_of = read);
        }
    };
    view! {
        <label class="as-of">
            <span class="as-of-name">{session.text(|app| app.as_of)}</span>
            <input name="as_of" type="text" inputmode="numeric" size="19" autocomplete="off" spellcheck="false"
                prop:value=shown on:change=choose title=move || session.app().as_of_hint
                aria-invalid=move || wrong.get().then_some("true") aria-describedby="as-of-wrong"/>
            <span id="as-of-wrong" class="field-error" aria-live="polite">
                {move || wrong.get().then(|| session.app().as_of_wrong)}
            </span>
        </label>
    }
}

/// `2026-04-10 08:00:00`, without seconds, without time, or RFC 3339.
pub fn read_instant(text: &str, zone: Zone) -> Option<Instant> {
    if let Ok(at) = Instant::parse_rfc3339(text) {
        return Some(at.whole_second());
    }
    let local = read_local(text.as_bytes()).or_else(|| Some(read_day(text)?.and_time(NaiveTime::MIN)))?;
    match zone.read(local) {
        LocalReading::Once(at) | LocalReading::Twice(at) => Some(at.whole_second()),
        LocalReading::Never => None,
    }
}

#[component]
fn Views() -> impl IntoView {
    let session = session();
    let link = move |view: View| {
        let name = move || name_of(view, session.app());
        let href = move || format!("#{}", Route { view, clause: None, ..session.route.get() });
        let present = move || (session.view() == view).then_some("page");
        view! { <li><a href=href aria-current=present>{name}</a></li> }
    };
    view! {
        <nav class="views" aria-label=move || session.app().views>
            <ul>{View::ALL.map(link).into_view()}</ul>
        </nav>
    }
}

const fn name_of(view: View, app: &AppTexts) -> &'static str {
    match view {
        View::Overview => app.view_overview,
        View::Outages => app.view_outages,
        View::Charts => app.view_charts,
        View::Agreement => app.view_agreement,
        View::Statement => app.view_statement,
        View::Verify => app.view_verify,
        View::Targets => app.view_targets,
    }
}

#[component]
fn Actions() -> impl IntoView {
    let session = session();
    let failed = RwSignal::new(String::new());
    view! {
        <div class="actions">
            <button type="button" class="primary" disabled=move || without_answer(session)
                on:click=move |_| { print(session); }>
                {session.text(|app| app.print)}
            </button>
            <SaveMenu failed/>
            <FileButton text=move || session.app().add_files/>
            <button type="button" class="quiet-button" on:click=move |_| session.close()>
                {session.text(|app| app.close_case)}
            </button>
            <span class="field-error" aria-live="polite">{move || failed.get()}</span>
        </div>
    }
}

fn without_answer(session: Session) -> bool {
    session.answer.with(|answer| answer.as_ref().is_none_or(|answer| answer.found.is_err()))
}

/// Why nothing was saved; empty where it was.
fn unsaved(session: Session, saved: Result<(), Unsaved>) -> String {
    let app = &session.locale.get_untracked().texts().app;
    match saved {
        Ok(()) => String::new(),
        Err(Unsaved::Failed) => app.save_failed.to_owned(),
        Err(Unsaved::TooLarge) => fill(app.save_report_too_large, &[("limit", &(MOST_BYTES >> 20))]),
    }
}

/// What can be saved. It closes when something of it or elsewhere is chosen, and by Esc.
#[component]
fn SaveMenu(
    /// Why nothing was saved.
    failed: RwSignal<String>,
) -> impl IntoView {
    let session = session();
    let menu = NodeRef::<html::Details>::new();
    let is_within = move |target: Option<EventTarget>| {
        let node = target.and_then(|target| target.dyn_into::<Node>().ok());
        menu.get_untracked().is_some_and(|menu| menu.contains(node.as_ref()))
    };
    let close = move || menu.get_untracked().map(|menu| menu.remove_attribute("open").ok());
    let elsewhere = window_event_listener(ev::click, move |event| {
        if !is_within(event.target()) {
            close();
        }
    });
    on_cleanup(move || elsewhere.remove());
    let left = move |event: ev::FocusEvent| {
        if event.related_target().is_some() && !is_within(event.related_target()) {
            close();
        }
    };
    let save_one_file =
        move |_| spawn_local(async move { failed.set(unsaved(session, own_file::save_report(session).await)) });
    let proposed = move || session.proposal.with(Option::is_some);
    view! {
        <details class="menu" node_ref=menu on:focusout=left>
            <summary class="button">{session.text(|app| app.save)}</summary>
            <div class="menu-items" on:click=move |_| { close(); }>
                <button type="button" disabled=move || without_answer(session)
                    on:click=move |_| failed.set(unsaved(session, save_result(session).ok_or(Unsaved::Failed)))>
                    {session.text(|app| app.save_result)}
                </button>
                <button type="button" disabled=move || without_answer(session) || proposed() on:click=save_one_file>
                    {session.text(|app| app.save_report)}
                </button>
                <Show when=proposed><p class="quiet">{session.text(|app| app.save_report_proposed)}</p></Show>
                <button type="button" aria-describedby="save-case-hint"
                    on:click=move |_| failed.set(unsaved(session, save_case(session).ok_or(Unsaved::Failed)))>
                    {session.text(|app| app.save_case)}
                </button>
                <p class="quiet" id="save-case-hint">{session.text(|app| app.save_case_hint)}</p>
                <Show when=proposed><p class="quiet">{session.text(|app| app.save_case_proposed)}</p></Show>
            </div>
        </details>
    }
}

/// `None` where the browser makes no file, or the file would be read again as something else than the case.
fn save_case(session: Session) -> Option<()> {
    let case = session.case.get_untracked().filter(|case| case.unresolved.is_empty())?;
    let text = sla_export(&case.record)?;
    let mut reader = Reader::new("", Options::default());
    reader.push(text.as_bytes()).ok()?;
    let again = join([reader.finish().ok()?.record]).ok()?.record;
    if sla_export(&again).as_ref() != Some(&text) {
        return None;
    }
    let contract = case.record.contract.as_ref().and_then(|contract| contract.id.clone()).unwrap_or_default();
    let name: Vec<&str> = ["sla-export", &contract].into_iter().filter(|part| !part.is_empty()).collect();
    save(&format!("{}.json", file_name_part(&name.join("-"))), "application/json", text.as_bytes()).ok()
}

/// `None` where the browser makes no file.
fn save_result(session: Session) -> Option<()> {
    let answer = session.answer_at_once()?;
    let assessment = answer.found.as_ref().ok()?;
    let record = &answer.case.record;
    let text = ResultDocument::new(record, assessment).text();
    let contract = record.contract.as_ref().and_then(|contract| contract.id.clone()).unwrap_or_default();
    let parts = ["sla-result", &file_name_part(&contract), &answer.month.to_string()];
    let name: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    save(&format!("{}.json", name.join("-")), "application/json", text.as_bytes()).ok()
}
