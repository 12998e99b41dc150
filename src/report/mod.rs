//! One file that holds a statement, the case that it was made of, and the viewer that makes it again.
//!
//! The statement stands in the file as it is printed, readable without any script; below it stand the files of the case
//! as they were given, packed; the rest is the viewer's own single file. The program and the page write the same bytes.

/// Bytes in characters that HTML leaves alone, as few as possible.
pub mod base128;
/// Bytes in characters that HTML leaves alone and that can be printed.
pub mod base91;
mod chance;
mod held;
mod packed;
mod times;
mod viewer;

pub use held::{CASE_ID, CaseError, CaseFile, DATA_ID, HeldCase, MOST_BYTES, Settings};
pub use viewer::{FRAME_ID, Frame, MARK, Viewer};

use crate::i18n::{Locale, fill, month, visible};
use crate::paper::{self, Element};
use crate::record::Record;
use crate::statement::Statement;
use crate::time::{Instant, LocalMonth};

/// The `id` of the element that holds the statement until the viewer shows it.
pub const STATEMENT_ID: &str = "sla-statement";

/// Where a report opens: at the statement of the month, in the language in which it is printed.
#[must_use]
pub fn address(month: LocalMonth, as_of: Instant, locale: Locale) -> String {
    format!("month={month}&lang={}&view=statement&as_of={as_of}", locale.tag())
}

/// Customer and month: it becomes the name of the printed file.
#[must_use]
pub fn title(record: &Record, of: LocalMonth, locale: Locale) -> String {
    let app = &locale.texts().app;
    let customer = record.contract.as_ref().map(|contract| visible(&contract.customer.name));
    let customer = customer.filter(|name| !name.is_empty());
    let customer = customer.as_deref().unwrap_or(app.head_no_customer);
    fill(app.title, &[("customer", &customer), ("month", &month(of, locale))])
}

/// The file: the viewer with title, statement and case put in.
#[must_use]
pub fn file(viewer: &Viewer, title: &str, statement: &Statement, case: &HeldCase) -> String {
    let (before, after) = around(viewer, title, statement);
    [&*before, &case.html(), after].concat()
}

/// What stands before the elements of the case, and what after them.
#[must_use]
pub fn around<'a>(viewer: &'a Viewer, title: &str, statement: &Statement) -> (String, &'a str) {
    let document = Element::new("section").with("id", STATEMENT_ID).with("class", "document");
    let document = document.child(paper::sheets_once(statement)).html();
    let title = Element::new("title").text(title).html();
    let (head, body) = viewer.file().split_once(MARK).unwrap_or((viewer.file(), ""));
    let (before, after) = head.split_once("<title>").unwrap_or((head, ""));
    let after = after.split_once("</title>").map_or(after, |(_, after)| after);
    ([before, &title, after, MARK, &document, "\n"].concat(), body)
}
