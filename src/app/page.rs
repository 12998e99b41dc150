use std::time::Duration;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::about::About;
use super::answer::Answer;
use super::bar::Bar;
use super::breakdown::Breakdown;
use super::document::Document;
use super::empty::Empty;
use super::failure::{Failure, Unresolved};
use super::filter::OutageFilter;
use super::intake::{self, DropOverlay};
use super::loading::Loading;
use super::mapping::Targets;
use super::own_file;
use super::paper;
use super::policy::{self, PolicyEditor};
use super::rejected::FilesRead;
use super::save::save_chart;
use super::session::{Phase, Problem, Session, session};
use super::settings::{self, Theme};
use super::settlement::SettleClaims;
use super::shortcuts::{self, KeySheet};
use super::term::TermCharts;
use super::verify::Verify;
use crate::agreement::Point;
use crate::assess;
use crate::i18n::{Locale, fill, month};
use crate::report;
use crate::time::Instant;
use crate::view::{self, Later, SaveChart, View};

/// The whole page.
#[component]
pub fn Page() -> impl IntoView {
    let held = own_file::held_case();
    let place = held.as_ref().ok().and_then(|held| Some(held.as_ref()?.address.clone()));
    let session = Session::new(&place.unwrap_or_default());
    provide_context(session);
    provide_context(SaveChart(save_chart));
    provide_context(Later(|what| set_timeout(what, Duration::ZERO)));
    window_event_listener(ev::hashchange, move |_| session.follow_address());
    reflect(session);
    keep_focus(session);
    pass_on_focus(session);
    shortcuts::listen(session);
    warn_before_loss(session);
    paper::follow_size(session);
    intake::listen(session);
    match held {
        Ok(Some(settings)) => intake::open_held(session, settings),
        Err(why) => session.fail(vec![Problem::Held(why)]),
        Ok(None) => intake::open_what_the_address_names(session),
    }
    session.answer_what_is_asked();
    let loading = Memo::new(move |_| session.loading());
    let has_case = Memo::new(move |_| session.case.with(Option::is_some) && !session.is_preparing());
    let busy = Memo::new(move |_| state(session) == State::Composing);
    view! {
        <Breakdown/>
        <a class="skip-link" href="#main" on:click=skip>{session.text(|app| app.skip_link)}</a>
        <div class="shell">
            <TopBar/>
            <Show when=move || has_case.get()><Bar/></Show>
            <main id="main" tabindex="-1">
                <Failure/>
                <Show when=move || loading.get()><Loading/></Show>
                <Show when=move || busy.get()>
                    <div class="busy" role="progressbar" aria-label=move || session.app().busy></div>
                </Show>
                <ProposalNotice/>
                <Show when=move || session.view() == View::Verify><Verify/></Show>
                <Show when=move || !has_case.get() && !loading.get()><Empty/></Show>
                <Show when=move || has_case.get()><CaseView/></Show>
            </main>
            <DropOverlay/>
        </div>
        <KeySheet/>
        <Document/>
        <div class="shell"><About/></div>
    }
}

/// The fragment is the address of a view, so the skip link must not change it.
fn skip(event: ev::MouseEvent) {
    event.prevent_default();
    focus_main();
}

fn focus_main() {
    if let Some(main) = element("main") {
        main.focus().ok();
    }
}

/// The same without bringing it before the reader: its top would come to lie under the bar.
fn hold_focus_in_main() {
    let held = web_sys::FocusOptions::new();
    held.set_prevent_scroll(true);
    if let Some(main) = element("main") {
        main.focus_with_options(&held).ok();
    }
}

/// Whether the focus is within what a selector names.
pub fn has_focus(css: &str) -> bool {
    in_focus().is_some_and(|own| own.closest(css).ok().flatten().is_some())
}

/// The first control that a selector names takes the focus.
pub fn focus_on(css: &str) {
    let page = web_sys::window().and_then(|window| window.document());
    let control = page.and_then(|page| page.query_selector(css).ok().flatten());
    if let Some(control) = control.and_then(|own| own.dyn_into::<web_sys::HtmlElement>().ok()) {
        control.focus().ok();
    }
}

fn element(id: &str) -> Option<web_sys::HtmlElement> {
    let page = web_sys::window().and_then(|window| window.document())?;
    page.get_element_by_id(id)?.dyn_into().ok()
}

/// Brings a clause before the reader, or its article where the view knows no more of it.
fn show_clause(clause: Point) {
    let article = Point::heading(clause.article());
    bring_before(element(&view::anchor(clause)).or_else(|| element(&view::anchor(article))));
}

/// The place of an outage, else that of the clause. Of a long list it may still be to come.
fn show_place(outage: Option<String>, clause: Point) {
    match outage {
        Some(id) if element(&id).is_none() && is_any(STILL_DRAWN) => {
            request_animation_frame(move || show_place(Some(id), clause));
        }
        Some(id) => bring_before(element(&id)),
        None => show_clause(clause),
    }
}

/// Whether there is such an element.
fn is_any(css: &str) -> bool {
    let page = web_sys::window().and_then(|window| window.document());
    page.is_some_and(|page| page.query_selector(css).ok().flatten().is_some())
}

fn bring_before(place: Option<web_sys::HtmlElement>) {
    if let Some(place) = place {
        place.scroll_into_view();
        place.focus().ok();
    }
}

/// The element of the outage or of the lone lost probe at an instant; where there is neither, that of all outages of the
/// article.
fn outage_at(answer: &Answer, at: Instant, clause: Point) -> Option<String> {
    let found = answer.found.as_ref().ok()?;
    let own = found.guarantees.iter().find(|own| own.article.number() == clause.article())?;
    let measured = own.measured()?;
    // A probe lost alone is no outage, and may still lie where one could have been.
    let single = view::single_anchor(own.article, &measured.single_failures, at);
    let outage = || measured.outages.iter().find(|outage| outage.possible.contains(at));
    let place = single.or_else(|| Some(view::outage_anchor(own.article, outage()?)));
    Some(place.unwrap_or_else(|| format!("outages-{}", own.article.id())))
}

/// Tells what lies outside the page's own elements: language, state, brightness, title.
fn reflect(session: Session) {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|page| page.document_element());
    let set = move |name: &'static str, value: &str| {
        if let Some(root) = &root {
            root.set_attribute(name, value).ok();
        }
    };
    let (set_lang, set_state, set_theme) = (set.clone(), set.clone(), set);
    Effect::new(move |_| set_lang("lang", session.locale.get().tag()));
    Effect::new(move |_| set_theme("data-theme", session.theme.get().as_str()));
    Effect::new(move |_| {
        let state = match state(session) {
            State::Empty => "empty",
            State::Loading | State::Composing => "loading",
            State::Ready => "ready",
            State::Failed => "failed",
        };
        set_state("data-state", state);
    });
    Effect::new(move |_| {
        if let Some(page) = web_sys::window().and_then(|window| window.document()) {
            page.set_title(&title(session));
        }
    });
    // A new view begins at its top, and so does what is said of files: it would be out of sight further down.
    Effect::new(move |before: Option<(View, Option<String>, bool)>| {
        let busy = session.phase.with(|phase| !matches!(phase, Phase::Idle));
        let now = (session.view(), outage(session), busy);
        let moved = before.is_some_and(|before| before.0 != now.0 || before.1 != now.1 || (busy && !before.2));
        if let Some(window) = web_sys::window().filter(|_| moved) {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        now
    });
    // What the address names is shown once it is there, after the view has begun at its top.
    Effect::new(move |before: Option<(View, Option<Point>, Option<Instant>, bool)>| {
        let route = session.route.get();
        let answered = session.answered.get() && session.answer.with(Option::is_some);
        let now = (route.view, route.clause, route.outage, answered);
        if let Some(clause) = route.clause.filter(|_| now.3 && before != Some(now)) {
            let outage = session.answer.with_untracked(|answer| outage_at(answer.as_ref()?, route.outage?, clause));
            request_animation_frame(move || show_place(outage, clause));
        }
        now
    });
}

/// What the page is at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing is loaded.
    Empty,
    /// Files are read, or assessed for the first time.
    Loading,
    /// What is shown is about to be replaced.
    Composing,
    /// Everything is shown.
    Ready,
    /// Something could not be used.
    Failed,
}

fn state(session: Session) -> State {
    if session.loading() {
        return State::Loading;
    }
    let failed = session.phase.with(|phase| matches!(phase, Phase::Failed(_)));
    let unresolved = session.case.with(|case| case.as_ref().map(|case| !case.unresolved.is_empty()));
    match unresolved {
        _ if failed => State::Failed,
        None => State::Empty,
        Some(true) => State::Failed,
        Some(false) if session.is_busy() => State::Composing,
        Some(false) => State::Ready,
    }
}

/// Where what had the focus is gone with what it belonged to, the focus goes to what has come.
fn keep_focus(session: Session) {
    Effect::new(move |before: Option<(View, bool, bool, bool, Option<String>)>| {
        let failed = session.phase.with(|phase| matches!(phase, Phase::Failed(_)));
        let now = (session.view(), session.loading(), failed, session.case.with(Option::is_some), outage(session));
        if let Some(before) = before.filter(|before| *before != now) {
            let samples =
                now.4.as_ref().filter(|own| before.4.as_ref() != Some(*own)).map(|_| view::SAMPLES.to_owned());
            let place = samples.or_else(|| before.4.filter(|_| now.4.is_none()).map(|own| view::samples_link(&own)));
            request_animation_frame(move || match place {
                // What the address names besides is shown by then.
                Some(place) => request_animation_frame(move || focus_on_place(place)),
                None => focus_or_hold(None),
            });
        }
        now
    });
}

/// The element with that id takes the focus once it is there: of a long list it may still be to come.
fn focus_on_place(id: String) {
    match element(&id) {
        None if is_any(STILL_DRAWN) => request_animation_frame(move || focus_on_place(id)),
        place => focus_or_hold(place),
    }
}

fn focus_or_hold(place: Option<web_sys::HtmlElement>) {
    match place.filter(|_| nothing_in_focus() || has_focus("#main")) {
        Some(place) => drop(place.focus()),
        None if nothing_in_focus() => hold_focus_in_main(),
        None => {}
    }
}

/// A list of which rows are still to come.
const STILL_DRAWN: &str = "#main [aria-busy=true]";

fn in_focus() -> Option<web_sys::Element> {
    web_sys::window().and_then(|window| window.document())?.active_element()
}

/// Whether the focus is on nothing that can be used.
fn nothing_in_focus() -> bool {
    in_focus().is_none_or(|focus| focus.tag_name() == "BODY" || focus.closest(":disabled").ok().flatten().is_some())
}

/// A control that goes, or can no longer be used, because of what a person did with it leaves the focus to its neighbour.
fn pass_on_focus(session: Session) {
    let check = move |event: &web_sys::Event| {
        let Some(own) = event.target().and_then(|own| own.dyn_into::<web_sys::Element>().ok()) else { return };
        let own = own.closest("button, a, select, input, summary").ok().flatten().unwrap_or(own);
        let group = own.parent_element();
        pass_on(in_focus().as_ref() == Some(&own), own, group, session);
    };
    window_event_listener(ev::click, move |event| check(&event));
    window_event_listener(ev::keydown, move |event| check(&event));
    window_event_listener(ev::change, move |event| check(&event));
}

/// The same once what was asked is shown: it may go only then, or lose the focus by being moved.
fn pass_on(held: bool, own: web_sys::Element, group: Option<web_sys::Element>, session: Session) {
    request_animation_frame(move || {
        let usable = own.is_connected() && own.closest(":disabled").ok().flatten().is_none();
        if nothing_in_focus() && (held || !usable) {
            let near = || group.filter(|group| group.is_connected())?.query_selector(NEIGHBOURS).ok()?;
            let place = if usable { Some(own) } else { near() };
            match place.and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok()) {
                Some(place) => drop(place.focus()),
                None => hold_focus_in_main(),
            }
        } else if untrack(|| session.is_busy()) {
            pass_on(held, own, group, session);
        }
    });
}

/// What of a group of controls can take the focus.
const NEIGHBOURS: &str = "a[href], button:enabled, select:enabled, input:enabled, summary";

/// The outage whose samples are shown.
fn outage(session: Session) -> Option<String> {
    session.filter.with(|filter| filter.outage.clone()).filter(|_| session.view() == View::Outages)
}

/// The browser asks before files that were chosen are lost with the page.
fn warn_before_loss(session: Session) {
    window_event_listener(ev::beforeunload, move |event| {
        if session.would_lose_files() {
            event.prevent_default();
        }
    });
}

/// Customer and month: it becomes the name of the printed file.
fn title(session: Session) -> String {
    let Some(answer) = session.answer.get() else { return session.app().app_name.to_owned() };
    report::title(&answer.case.record, answer.month, session.locale.get())
}

#[component]
fn TopBar() -> impl IntoView {
    let session = session();
    let languages = Locale::ALL.map(|locale| {
        view! {
            <option value=locale.tag() lang=locale.tag() prop:selected=move || session.locale.get() == locale>
                {locale.name()}
            </option>
        }
        .into_any()
    });
    let themes = Theme::ALL.map(|theme| {
        let name = move || match theme {
            Theme::System => session.app().theme_system,
            Theme::Light => session.app().theme_light,
            Theme::Dark => session.app().theme_dark,
        };
        view! { <option value=theme.as_str() prop:selected=move || session.theme.get() == theme>{name}</option> }
            .into_any()
    });
    let choose_language = move |event| {
        if let Some(locale) = Locale::from_tag(&event_target_value(&event)) {
            settings::keep_language(locale);
            session.replace(|route| route.locale = Some(locale));
        }
    };
    let choose_theme = move |event| {
        if let Some(theme) = Theme::named(&event_target_value(&event)) {
            settings::keep_theme(theme);
            session.theme.set(theme);
        }
    };
    view! {
        <div class="top-bar" role="banner">
            <p class="brand"><span class="brand-mark" aria-hidden={"true"}></span>{session.text(|app| app.app_name)}</p>
            <div class="preferences">
                <Show when=move || session.can_undo()>
                    <button type="button" class="quiet-button" on:click=move |_| { session.undo(); }>
                        {session.text(|app| app.undo)}
                    </button>
                </Show>
                <button type="button" class="quiet-button" aria-label=move || session.app().keys_title
                    aria-haspopup="dialog" on:click=move |_| { shortcuts::open_sheet(); }>
                    <span aria-hidden={"true"}>"?"</span>
                </button>
                <label>
                    <span class="visually-hidden">{session.text(|app| app.language)}</span>
                    <select name="language" on:change=choose_language>{languages.into_view()}</select>
                </label>
                <label>
                    <span class="visually-hidden">{session.text(|app| app.theme)}</span>
                    <select name="theme" on:change=choose_theme>{themes.into_view()}</select>
                </label>
            </div>
        </div>
    }
}

/// Says above every view that what is shown follows readings that are proposed and not agreed.
#[component]
fn ProposalNotice() -> impl IntoView {
    let session = session();
    let notice = move || {
        let text = policy::proposal_notice(session.app(), session)?;
        Some(view! { <p class="aside proposal" role="status">{text}</p> })
    };
    view! { {notice} }
}

/// The views of the case on the screen; the statement is in [`Document`], because it is always there for the printer.
#[component]
fn CaseView() -> impl IntoView {
    let session = session();
    let shown = move || {
        let answer = session.answer.get()?;
        let words = session.words();
        Some(match (&answer.found, session.view()) {
            (_, View::Targets) => ().into_any(),
            (Err(refusal), _) => refused(&answer, *refusal, session),
            (Ok(assessment), View::Overview) => view::overview(&answer.case.record, assessment, words),
            (Ok(assessment), View::Outages) => {
                let (case, tells) = (&answer.case, |file, target: &str| answer.case.tells_of(file, target));
                session.filter.with(|filter| view::outages(&case.record, assessment, filter, &tells, words))
            }
            (Ok(assessment), View::Charts) => view::charts(assessment, words),
            (Ok(assessment), View::Agreement) => view::agreement(&answer.case.record, assessment, words),
            (Ok(_), View::Statement | View::Verify) => ().into_any(),
        })
    };
    view! {
        <FilesRead/>
        <Unresolved/>
        <Show when=move || session.view() == View::Agreement && session.answer.with(assessed)><PolicyEditor/></Show>
        <Show when=move || lists_outages(session) && session.answer.with(assessed)><OutageFilter/></Show>
        <Show when=move || session.view() == View::Targets><Targets/></Show>
        {shown}
        <Show when=move || lists_outages(session) && session.answer.with(assessed)><SettleClaims/></Show>
        <Show when=move || session.view() == View::Charts && session.answer.with(assessed)><TermCharts/></Show>
    }
}

/// The outages themselves are shown, not the samples of one.
fn lists_outages(session: Session) -> bool {
    session.view() == View::Outages && session.filter.with(|filter| filter.outage.is_none())
}

fn assessed(answer: &Option<Answer>) -> bool {
    answer.as_ref().is_some_and(|answer| answer.found.is_ok())
}

fn refused(answer: &Answer, refusal: assess::Refusal, session: Session) -> AnyView {
    let app = session.app();
    let text = match refusal {
        assess::Refusal::OutsideTerm => app.refusal_outside_term,
        assess::Refusal::NotBegun => app.refusal_not_begun,
    };
    let month = month(answer.month, session.locale.get());
    view! { <p class="refused" role="status">{fill(text, &[("month", &month)])}</p> }.into_any()
}
