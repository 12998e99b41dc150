use leptos::{html, prelude::*};
use wasm_bindgen::JsValue;

use super::own_file;
use super::paper::PaperChoice;
use super::session::{Answer, Session, session};
use crate::i18n::Locale;
use crate::paper::{self, Element, Node};
use crate::statement::Statement;
use crate::statement::result::ResultDocument;
use crate::view::View;

/// The statement's sheets. They are always part of the page, so that printing from any view prints them.
#[component]
pub fn Document() -> impl IntoView {
    let session = session();
    let place = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let sheets = printed(session).map(|statement| paper::sheets(&statement));
        if let Some(place) = place.get() {
            place.replace_children_with_node_0();
            // A browser that makes no elements shows no page either.
            sheets.and_then(|sheets| made(&sheets, HTML).ok()).map(|sheets| place.append_child(&sheets));
        }
        if session.answer.with(Option::is_some) {
            own_file::drop_statement();
        }
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
