//! Files out of the page.

use js_sys::{Array, Uint8Array};
use leptos::prelude::GetUntracked;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::session::Session;
use crate::import::{Diagnostic, Fate, problems_csv};

/// Hands bytes to the browser as a file to save.
///
/// # Errors
/// The browser's own, where it makes no such file.
pub fn save(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or(JsValue::UNDEFINED)?;
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // The browser has taken the file by the time this runs; before, some would save nothing.
    gloo::timers::callback::Timeout::new(60_000, move || {
        Url::revoke_object_url(&address).ok();
    })
    .forget();
    Ok(())
}

/// Hands a list of problems to the browser, as a table for a spreadsheet program.
pub fn save_problems<'a>(problems: impl Iterator<Item = (Fate, &'a Diagnostic)>, session: Session) {
    let csv = problems_csv(problems, session.locale.get_untracked());
    save("sla-problems.csv", "text/csv", csv.as_bytes()).ok();
}

/// A part of a file's name: what file systems do not take becomes `-`.
pub fn file_name_part(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            control if control.is_control() => '-',
            other => other,
        })
        .collect()
}
