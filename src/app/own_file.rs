//! The page's own file: the case that it holds, and a file of the same kind with the case that is open.

use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, File};

use super::case::{MAPPING_NAME, SETTLEMENT_NAME};
use super::document::statement_of;
use super::save::{file_name_part, save};
use super::session::{ReadFile, Session};
use crate::report::{self, CASE_ID, CaseFile, DATA_ID, FRAME_ID, HeldCase, STATEMENT_ID, Viewer};

/// The name of the single file beside the hosted page. The boot script of `index.html` asks for it under the same name.
pub const SINGLE_FILE: &str = "sla-statement.html";

/// The function of the boot script that gets that file.
const BESIDE: &str = "slaBeside";

/// The file holds a case that is not whole.
#[derive(Debug, Clone, Copy)]
pub struct Damaged;

/// The case that the file holds; `None` where it is the viewer alone.
pub fn held_case() -> Result<Option<HeldCase>, Damaged> {
    let Some(settings) = text_of(CASE_ID) else { return Ok(None) };
    let case = text_of(DATA_ID).and_then(|data| HeldCase::read(&settings, &data));
    case.map(Some).ok_or(Damaged)
}

/// Whether the page came as a single file, and not from a server with others beside it.
pub fn is_single() -> bool {
    element(FRAME_ID).is_some()
}

/// What the page says stands above the statement in its file.
pub fn lower_statement() {
    let body = web_sys::window().and_then(|window| window.document()).and_then(|page| page.body());
    if let Some((body, statement)) = body.zip(element(STATEMENT_ID)) {
        body.append_child(&statement).ok();
    }
}

/// The statement that stands in the file gives way to the one that was made of its data.
pub fn drop_statement() {
    if let Some(statement) = element(STATEMENT_ID) {
        statement.remove();
    }
}

/// A file of the browser's.
pub fn file_of(name: &str, bytes: &[u8]) -> Result<File, JsValue> {
    File::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes)), name)
}

/// Saves the case as it is open, with its statement and the viewer, as one file. `None` where the browser makes no file,
/// the viewer's is out of reach, or a file of the case is no longer what was read.
pub async fn save_report(session: Session) -> Option<()> {
    let (answer, locale) = (session.answer.get_untracked()?, session.locale.get_untracked());
    let (assessment, read) = (answer.found.clone().ok()?, session.read_files());
    let statement = statement_of(&answer, locale)?;
    let mut files = Vec::new();
    for file in read.iter().filter(|file| !answer.case.is_superseded(file.digest)) {
        files.push(bytes_of(file).await?);
    }
    let own = [(MAPPING_NAME, answer.case.own_mapping()), (SETTLEMENT_NAME, answer.case.own_settlement())];
    files.extend(own.into_iter().filter_map(|(name, bytes)| Some(CaseFile::new(name.to_owned(), bytes?, None))));
    let viewer = match text_of(FRAME_ID) {
        Some(frame) => Viewer::of_page(&frame, text_of)?,
        None => beside().await.ok().and_then(Viewer::new)?,
    };
    let held = HeldCase::new(report::address(answer.month, assessment.as_of, locale), files);
    let title = report::title(&answer.case.record, answer.month, locale);
    let text = report::file(&viewer, &title, &statement, &held);
    let contract = answer.case.record.contract.as_ref().and_then(|contract| contract.id.clone()).unwrap_or_default();
    let parts = ["sla-statement", &file_name_part(&contract), &answer.month.to_string()];
    let name: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    save(&format!("{}.html", name.join("-")), "text/html", text.as_bytes()).ok()
}

async fn bytes_of(read: &ReadFile) -> Option<CaseFile> {
    let buffer: ArrayBuffer = JsFuture::from(read.file.array_buffer()).await.ok()?.unchecked_into();
    let bytes = Uint8Array::new(&buffer).to_vec();
    let file = CaseFile::new(read.file.name(), bytes, read.zone);
    (file.digest() == read.digest).then_some(file)
}

/// The single file on the server that the page came from. The page itself cannot ask for anything.
async fn beside() -> Result<String, JsValue> {
    let ask: Function = Reflect::get(&js_sys::global(), &BESIDE.into())?.dyn_into()?;
    let answer: Promise = ask.call0(&JsValue::UNDEFINED)?.dyn_into()?;
    JsFuture::from(answer).await?.as_string().ok_or(JsValue::UNDEFINED)
}

fn element(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

fn text_of(id: &str) -> Option<String> {
    element(id)?.text_content()
}
