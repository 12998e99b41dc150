use std::time::Duration;

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsValue;

use super::own_file;
use super::paper::PaperChoice;
use super::session::{Answer, Session, session};
use crate::i18n::Locale;
use crate::paper::{Element, Node, Sheets};
use crate::statement::Statement;
use crate::statement::result::ResultDocument;
use crate::view::View;

/// So many sheets are put on the page before it answers again.
const SHEETS_IN_A_TURN: usize = 32;

/// The statement's sheets. They are always part of the page, so that printing from any view prints them.
#[component]
pub fn Document() -> impl IntoView {
    let session = session();
    let place = NodeRef::<html::Div>::new();
    let composing = Composing(StoredValue::new_local(None));
    Effect::new(move |_| {
        let sheets = printed(session).map(Sheets::new);
        if let Some(place) = place.get() {
            composing.begin(sheets, &place, session);
        }
    });
    // Whoever prints, by whatever means, prints all of it.
    window_event_listener(ev::beforeprint, move |_| composing.end(session));
    view! {
        <section class="document"
            data-on-screen=move || (session.view() == View::Statement).to_string()
            aria-label=move || session.app().view_statement>
            <Show when=move || session.view() == View::Statement><PaperChoice/></Show>
            <div node_ref=place></div>
        </section>
    }
}

/// A statement that is being put on the page; `None` where all of it is there.
#[derive(Clone, Copy)]
struct Composing(StoredValue<Option<Composed>, LocalStorage>);

/// How far it has come.
struct Composed {
    sheets: Sheets,
    next: usize,
    copies: Vec<web_sys::Element>,
}

impl Composing {
    /// Puts the first sheets in the place of what stood there, and the others in later turns.
    fn begin(self, sheets: Option<Sheets>, place: &web_sys::Element, session: Session) {
        place.replace_children_with_node_0();
        let composed = sheets.and_then(|sheets| {
            // A browser that makes no elements shows no page either.
            let (frame, copies) = sheets.frame();
            let frame = made(&frame, HTML).ok()?;
            let copies: Vec<_> = copies.iter().filter_map(|copy| made(copy, HTML).ok()).collect();
            for copy in &copies {
                frame.append_child(copy).ok()?;
            }
            place.append_child(&frame).ok()?;
            Some(Composed { sheets, next: 0, copies })
        });
        self.0.set_value(composed);
        session.composed.set(false);
        self.go_on(SHEETS_IN_A_TURN, session);
    }

    /// Puts the rest on the page at once.
    fn end(self, session: Session) {
        self.go_on(usize::MAX, session);
    }

    fn go_on(self, sheets: usize, session: Session) {
        let more = self.0.try_update_value(|composed| {
            let more = composed.as_mut().is_some_and(|composed| composed.put(sheets));
            if !more {
                *composed = None;
            }
            more
        });
        match more {
            // Where another statement begins meanwhile, it is that one that goes on: the rest of it comes the sooner.
            Some(true) => set_timeout(move || self.go_on(SHEETS_IN_A_TURN, session), Duration::ZERO),
            Some(false) if !session.composed.get_untracked() => {
                session.composed.set(true);
                if session.answer.with_untracked(Option::is_some) {
                    own_file::drop_statement();
                }
            }
            _ => {}
        }
    }
}

impl Composed {
    /// Puts so many more on the page; whether there are more still.
    fn put(&mut self, sheets: usize) -> bool {
        for _ in 0..sheets {
            let Some((copy, own)) = self.sheets.sheet(self.next) else { return false };
            self.next += 1;
            for element in own {
                let copy = self.copies.get(copy);
                copy.zip(made(&element, HTML).ok()).map(|(copy, own)| copy.append_child(&own));
            }
        }
        self.next < self.sheets.count()
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
