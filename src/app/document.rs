use std::time::Duration;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsValue;

use super::answer::{Answer, Asked};
use super::own_file;
use super::paper::PaperChoice;
use super::session::{Session, session};
use crate::i18n::Locale;
use crate::paper::{Element, Node, Sheets};
use crate::statement::Statement;
use crate::statement::paper::Paper;
use crate::statement::result::ResultDocument;
use crate::view::View;

/// So many sheets are made before the page answers again.
const SHEETS_IN_A_TURN: usize = 32;

/// The statement's sheets. They are always part of the page, so that printing from any view prints them.
#[component]
pub fn Document() -> impl IntoView {
    let session = session();
    let place = NodeRef::<html::Div>::new();
    let (stage, made_of) = (StoredValue::new_local(Stage::Done), StoredValue::new_local(None));
    let composing = Composing { stage, made_of, session };
    Effect::new(move |_| {
        session.answer.track();
        session.paper.track();
        session.locale.track();
        if let Some(place) = place.get() {
            composing.begin(place.into());
        }
    });
    // Whoever prints, by whatever means, prints all of it, and nothing else than is asked now.
    window_event_listener(ev::beforeprint, move |_| {
        session.answer_at_once();
        if let Some(place) = place.get_untracked() {
            composing.begin(place.into());
        }
        composing.end();
    });
    view! {
        <section class="document"
            data-on-screen=move || (session.view() == View::Statement).to_string()
            aria-label=move || session.app().view_statement>
            <Show when=move || session.view() == View::Statement><PaperChoice/></Show>
            <div node_ref=place></div>
        </section>
    }
}

/// The statement as it is made, in turns between which the page answers. What stood in its place stands there, marked as
/// busy and not printed, until all of the other takes its place: what is not whole can be neither read nor printed.
#[derive(Clone, Copy)]
struct Composing {
    stage: StoredValue<Stage, LocalStorage>,
    /// What the statement is made of that is, or is to be, on the page.
    made_of: StoredValue<Option<MadeOf>, LocalStorage>,
    session: Session,
}

/// What a statement is made of: what was asked, the paper, the language.
type MadeOf = (Option<Asked>, Paper, Locale);

/// How far it has come.
enum Stage {
    /// Another statement is asked for.
    Asked(web_sys::Element),
    /// Its sheets are being made.
    Making(Composed),
    /// It is on the page.
    Done,
}

/// A statement of which some sheets are made.
struct Composed {
    sheets: Sheets,
    next: usize,
    copies: Vec<web_sys::Element>,
    frame: web_sys::Element,
    place: web_sys::Element,
}

impl Composing {
    fn begin(self, place: web_sys::Element) {
        let session = self.session;
        let asked = session.answer.with_untracked(|answer| answer.as_ref().map(|answer| answer.asked.clone()));
        let made_of = Some((asked, session.paper.get_untracked(), session.locale.get_untracked()));
        if self.made_of.with_value(|own| *own == made_of) {
            return;
        }
        self.made_of.set_value(made_of);
        place.set_attribute(BUSY, "true").ok();
        self.stage.set_value(Stage::Asked(place));
        session.composed.set(false);
        self.later();
    }

    /// Makes the rest at once.
    fn end(self) {
        while self.step(usize::MAX) {}
    }

    /// Where another statement begins meanwhile, it is that one that goes on: it comes the sooner.
    fn later(self) {
        let turn = move || {
            if self.step(SHEETS_IN_A_TURN) {
                self.later();
            }
        };
        set_timeout(turn, Duration::ZERO);
    }

    /// The next step; whether there is another one after it.
    fn step(self, sheets: usize) -> bool {
        let Self { stage, session, .. } = self;
        let next = match stage.try_update_value(|stage| std::mem::replace(stage, Stage::Done)) {
            Some(Stage::Asked(place)) => Composed::new(place, session).map_or(Stage::Done, Stage::Making),
            Some(Stage::Making(composed)) => composed.step(sheets),
            _ => return false,
        };
        let more = !matches!(next, Stage::Done);
        stage.set_value(next);
        if !more {
            session.composed.set(true);
            if session.answer.with_untracked(Option::is_some) {
                own_file::drop_statement();
            }
        }
        more
    }
}

/// What says that something else is about to take the place of an element's content.
const BUSY: &str = "aria-busy";

impl Composed {
    /// `None` where there is no statement: nothing stands in its place.
    fn new(place: web_sys::Element, session: Session) -> Option<Self> {
        let sheets = untrack(|| printed(session)).map(Sheets::new);
        // A browser that makes no elements shows no page either.
        let made = sheets.and_then(|sheets| {
            let (frame, copies) = sheets.frame();
            let frame = made(&frame, HTML).ok()?;
            let copies: Vec<_> = copies.iter().filter_map(|copy| made(copy, HTML).ok()).collect();
            for copy in &copies {
                frame.append_child(copy).ok()?;
            }
            Some(Self { sheets, next: 0, copies, frame, place: place.clone() })
        });
        if made.is_none() {
            place.replace_children_with_node_0();
            place.remove_attribute(BUSY).ok();
        }
        made
    }

    /// Makes so many more sheets. With the last one, all of them are put on the page.
    fn step(mut self, sheets: usize) -> Stage {
        let rest = self.sheets.count().saturating_sub(self.next);
        for _ in 0..sheets.min(rest) {
            let Some((copy, own)) = self.sheets.sheet(self.next) else { break };
            self.next += 1;
            for element in own {
                let copy = self.copies.get(copy);
                copy.zip(made(&element, HTML).ok()).map(|(copy, own)| copy.append_child(&own));
            }
        }
        if rest > sheets {
            return Stage::Making(self);
        }
        self.place.replace_children_with_node_1(&self.frame);
        self.place.remove_attribute(BUSY).ok();
        Stage::Done
    }
}

/// The statement on the paper that was chosen, with the readings that are tried; `None` where there is none.
fn printed(session: Session) -> Option<Statement> {
    let (answer, paper, locale) = (session.answer.get()?, session.paper.get(), session.locale.get());
    let assessment = answer.found.as_ref().ok()?;
    let record = &answer.case.record;
    let result = ResultDocument::new(record, assessment);
    Some(Statement::on(paper, answer.agreed.as_ref(), record, assessment, result.digest(), locale))
}

/// The statement of the month in question, in full on A4; `None` where it cannot be assessed, or a proposal takes the place
/// of what was agreed.
pub fn statement_of(answer: &Answer, locale: Locale) -> Option<Statement> {
    let assessment = answer.found.as_ref().ok().filter(|_| answer.agreed.is_none())?;
    let result = ResultDocument::new(&answer.case.record, assessment);
    Some(Statement::new(&answer.case.record, assessment, result.digest(), locale))
}

const HTML: &str = "http://www.w3.org/1999/xhtml";
const SVG: &str = "http://www.w3.org/2000/svg";

/// Elements of the browser; what stands in a drawing is of its kind.
fn made(element: &Element, kind: &str) -> Result<web_sys::Element, JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::UNDEFINED)?;
    let kind = if element.name == "svg" { SVG } else { kind };
    let own = document.create_element_ns(Some(kind), element.name)?;
    for (name, value) in &element.attributes {
        own.set_attribute(name, value)?;
    }
    for child in &element.children {
        match child {
            Node::Element(child) => own.append_child(&*made(child, kind)?).map(drop)?,
            Node::Text(text) => own.append_with_str_1(text)?,
        }
    }
    Ok(own)
}
