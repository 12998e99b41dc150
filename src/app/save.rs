//! Files out of the page.

use js_sys::{Array, Uint8Array};
use leptos::prelude::GetUntracked;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Document, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement,
    Url,
};

use super::session::Session;
use crate::chart::Figure;
use crate::import::{Diagnostic, Fate, problems_csv};
use crate::view::{ChartFile, Route};

/// Hands bytes to the browser as a file to save.
///
/// # Errors
/// The browser's own, where it makes no such file.
pub fn save(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    save_parts(name, kind, &Array::of1(&Uint8Array::from(bytes)))
}

/// The same with bytes in parts, each a `Uint8Array`.
///
/// # Errors
/// The browser's own, where it makes no such file.
pub fn save_parts(name: &str, kind: &str, parts: &Array) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    give(name, &Blob::new_with_u8_array_sequence_and_options(parts, &options)?)
}

fn document() -> Result<Document, JsValue> {
    web_sys::window().and_then(|window| window.document()).ok_or(JsValue::UNDEFINED)
}

fn give(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let anchor: HtmlAnchorElement = document()?.create_element("a")?.unchecked_into();
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

/// Hands a chart to the browser as a file that bears the month and the chart's id. Where the browser makes none, nothing
/// happens: the table beside the chart holds the same figures.
pub fn save_chart(id: &str, figure: &Figure, file: ChartFile) {
    let address = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    let month = Route::parse(&address).month.map(|month| format!("-{month}")).unwrap_or_default();
    let name = format!("sla{month}-{id}");
    match file {
        ChartFile::Csv => save(&(name + ".csv"), "text/csv", figure.table.csv().as_bytes()).ok(),
        ChartFile::Svg => save(&(name + ".svg"), SVG, figure.svg().as_bytes()).ok(),
        ChartFile::Png => save_pixels(name + ".png", &figure.svg()).ok(),
    };
}

const SVG: &str = "image/svg+xml";

/// Pixels for each unit of a drawing: enough for a slide.
const SCALE: u32 = 2;

fn save_pixels(name: String, svg: &str) -> Result<(), JsValue> {
    // The page's policy takes pictures from such an address, and from no other.
    let address = format!("data:{SVG},{}", js_sys::encode_uri_component(svg));
    let image = HtmlImageElement::new()?;
    let shown = image.clone();
    let draw = Closure::once_into_js(move || {
        paint(name, &shown).ok();
    });
    image.set_onload(Some(draw.unchecked_ref()));
    image.set_src(&address);
    Ok(())
}

fn paint(name: String, image: &HtmlImageElement) -> Result<(), JsValue> {
    let canvas: HtmlCanvasElement = document()?.create_element("canvas")?.unchecked_into();
    let (width, height) = (image.width() * SCALE, image.height() * SCALE);
    canvas.set_width(width);
    canvas.set_height(height);
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::UNDEFINED)?.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(image, 0.0, 0.0, f64::from(width), f64::from(height))?;
    let taken = Closure::once_into_js(move |pixels: Option<Blob>| {
        pixels.and_then(|pixels| give(&name, &pixels).ok());
    });
    canvas.to_blob(taken.unchecked_ref())
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
