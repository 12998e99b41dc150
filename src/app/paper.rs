use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::CssStyleSheet;

use super::session::{Session, session};
use super::settings;
use crate::i18n::{AppTexts, Locale};
use crate::statement::paper::{Binding, Extent, Ink, Paper, PaperSize, Signing};

/// The language of a document that is in that of the screen.
const AS_SCREEN: &str = "screen";

/// Tells the printer the size of the sheets, now and whenever it changes: by a rule of its own, the last of all.
pub fn follow_size(session: Session) {
    let size = Memo::new(move |_| session.paper.get().size);
    Effect::new(move |before: Option<Option<u32>>| {
        let sheets = web_sys::window()?.document()?.style_sheets();
        let last = sheets.get(sheets.length().checked_sub(1)?)?.dyn_into::<CssStyleSheet>().ok()?;
        if let Some(own) = before.flatten() {
            last.delete_rule(own).ok();
        }
        let end = last.css_rules().ok()?.length();
        last.insert_rule_with_index(&format!("@page {{ size: {} }}", size.get().as_str()), end).ok()
    });
}

/// How the statement is put on paper. What is chosen shows at once in the sheets below.
#[component]
pub fn PaperChoice() -> impl IntoView {
    let session = session();
    view! {
        <form class="paper-choice" aria-label=move || session.app().paper_title>
            {move || selects(session)}
        </form>
    }
}

/// Made once in each language: the controls themselves stay when something is chosen, and so does the focus.
fn selects(session: Session) -> Vec<AnyView> {
    let app = session.app();
    let languages = Locale::ALL.map(|locale| (locale.tag(), locale.name()));
    vec![
        select("size", app.paper_size, PaperSize::ALL.iter().map(|own| (own.as_str(), size(*own))), session),
        select("extent", app.paper_extent, Extent::ALL.iter().map(|own| (own.as_str(), extent(*own, app))), session),
        select(
            "document",
            app.paper_language,
            [(AS_SCREEN, app.paper_as_screen)].into_iter().chain(languages),
            session,
        ),
        select(
            "binding",
            app.paper_binding,
            Binding::ALL.iter().map(|own| (own.as_str(), binding(*own, app))),
            session,
        ),
        select("ink", app.paper_ink, Ink::ALL.iter().map(|own| (own.as_str(), ink(*own, app))), session),
        select(
            "signing",
            app.paper_signing,
            Signing::ALL.iter().map(|own| (own.as_str(), signing(*own, app))),
            session,
        ),
    ]
}

fn select(
    name: &'static str,
    label: &'static str,
    choices: impl Iterator<Item = (&'static str, &'static str)>,
    session: Session,
) -> AnyView {
    let option = |(value, text): (&'static str, &'static str)| {
        let chosen = move || in_force(name, session.paper.get()) == value;
        view! { <option value=value prop:selected=chosen>{text}</option> }.into_any()
    };
    let options: Vec<AnyView> = choices.map(option).collect();
    view! {
        <label>
            <span>{label}</span>
            <select name=name on:change=move |event| choose(&event_target_value(&event), session)>{options}</select>
        </label>
    }
    .into_any()
}

fn in_force(name: &str, paper: Paper) -> &'static str {
    match name {
        "size" => paper.size.as_str(),
        "extent" => paper.extent.as_str(),
        "binding" => paper.binding.as_str(),
        "ink" => paper.ink.as_str(),
        "signing" => paper.signing.as_str(),
        _ => paper.locale.map_or(AS_SCREEN, Locale::tag),
    }
}

/// The names of all choices differ, so a name alone says which one changes.
fn choose(name: &str, session: Session) {
    let mut paper = Paper::parse(&format!("{},{name}", session.paper.get_untracked()));
    if name == AS_SCREEN {
        paper.locale = None;
    }
    settings::keep_paper(paper);
    session.replace(|route| route.paper = Some(paper));
}

const fn size(size: PaperSize) -> &'static str {
    match size {
        PaperSize::A4 => "A4",
        PaperSize::Letter => "Letter",
    }
}

const fn extent(extent: Extent, app: &AppTexts) -> &'static str {
    match extent {
        Extent::Full => app.paper_full,
        Extent::Summary => app.paper_summary,
    }
}

const fn binding(binding: Binding, app: &AppTexts) -> &'static str {
    match binding {
        Binding::Left => app.paper_bound_left,
        Binding::Inner => app.paper_bound_inner,
        Binding::None => app.paper_unbound,
    }
}

const fn ink(ink: Ink, app: &AppTexts) -> &'static str {
    match ink {
        Ink::Black => app.paper_black,
        Ink::Colour => app.paper_colour,
    }
}

const fn signing(signing: Signing, app: &AppTexts) -> &'static str {
    match signing {
        Signing::Below => app.paper_sign_below,
        Signing::OwnPage => app.paper_sign_own_page,
    }
}
