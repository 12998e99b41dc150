//! The page's own file: the case that it holds, and a file of the same kind with the case that is open.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, File};

use super::case::{MAPPING_NAME, SETTLEMENT_NAME};
use super::document::statement_of;
use super::save::{file_name_part, save_parts};
use super::session::{ReadFile, Session};
use crate::report::{self, CASE_ID, CaseError, CaseFile, DATA_ID, FRAME_ID, STATEMENT_ID, Settings, Viewer};
use crate::statement::Statement;
use crate::worker::protocol::Parcel;
use crate::worker::report::{Fault, Work};

/// The name of the single file beside the hosted page. The boot script of `index.html` asks for it under the same name.
pub const SINGLE_FILE: &str = "sla-statement.html";

/// The function of the boot script that gets that file.
const BESIDE: &str = "slaBeside";

/// What the file says of the case that it holds; `None` where it is the viewer alone.
///
/// # Errors
/// It is damaged, or tells of more than a report holds.
pub fn held_case() -> Result<Option<Settings>, CaseError> {
    text_of(CASE_ID).map(|settings| Settings::read(&settings)).transpose()
}

/// The work of unpacking that case.
pub fn unpacking() -> Work {
    Work::unpacking(&text_of(CASE_ID).unwrap_or_default(), &text_of(DATA_ID).unwrap_or_default())
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
    file_with(name, &Uint8Array::from(bytes))
}

/// The same of bytes that are the browser's already.
pub fn file_with(name: &str, bytes: &Uint8Array) -> Result<File, JsValue> {
    File::new_with_u8_array_sequence(&Array::of1(bytes), name)
}

/// Why no report was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsaved {
    /// The files are more than one holds.
    TooLarge,
    /// The browser makes no file, the viewer's is out of reach, or a file of the case is no longer what was read.
    Failed,
}

/// Saves the case as it is open, with its statement and the viewer, as one file.
///
/// # Errors
/// [`Unsaved`].
pub async fn save_report(session: Session) -> Result<(), Unsaved> {
    let saved = match reported(session) {
        Some((work, report)) => match work.made().await {
            Ok(case) => report.saved(&case).await,
            Err(Fault::Case(CaseError::TooLarge)) => return Err(Unsaved::TooLarge),
            Err(_) => None,
        },
        None => None,
    };
    saved.ok_or(Unsaved::Failed)
}

/// A report, but for its case and the viewer.
struct Report {
    name: String,
    title: String,
    statement: Statement,
}

/// The work of packing the case, and what else the report holds.
fn reported(session: Session) -> Option<(Work, Report)> {
    let (answer, locale) = (session.answer_at_once()?, session.locale.get_untracked());
    let assessment = answer.found.clone().ok()?;
    let read: Vec<ReadFile> =
        session.read_files().into_iter().filter(|file| !answer.case.is_superseded(file.digest)).collect();
    let mut parcel = Parcel {
        address: report::address(answer.month, assessment.as_of, locale),
        files: read.iter().map(|file| (file.digest, file.zone)).collect(),
    };
    let mut files: Vec<File> = read.into_iter().map(|file| file.file).collect();
    let own = [(MAPPING_NAME, answer.case.own_mapping()), (SETTLEMENT_NAME, answer.case.own_settlement())];
    for (name, bytes) in own {
        let Some(bytes) = bytes else { continue };
        files.push(file_of(name, &bytes).ok()?);
        parcel.files.push((CaseFile::new(name.to_owned(), bytes, None).digest(), None));
    }
    let contract = answer.case.record.contract.as_ref().and_then(|contract| contract.id.clone()).unwrap_or_default();
    let parts = ["sla-statement", &file_name_part(&contract), &answer.month.to_string()];
    let name: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let report = Report {
        name: format!("{}.html", name.join("-")),
        title: report::title(&answer.case.record, answer.month, locale),
        statement: statement_of(&answer, locale)?,
    };
    Some((Work::packing(parcel, &files), report))
}

impl Report {
    /// Puts it into the viewer with its case, and saves it.
    async fn saved(self, case: &[Uint8Array]) -> Option<()> {
        let viewer = match text_of(FRAME_ID) {
            Some(frame) => Viewer::of_page(&frame, text_of)?,
            None => beside().await.ok().and_then(Viewer::new)?,
        };
        let (before, after) = report::around(&viewer, &self.title, &self.statement);
        let bytes = |text: &str| JsValue::from(Uint8Array::from(text.as_bytes()));
        let case = case.iter().map(|part| JsValue::from(part.clone()));
        let parts: Array = [bytes(&before)].into_iter().chain(case).chain([bytes(after)]).collect();
        save_parts(&self.name, "text/html", &parts).ok()
    }
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
