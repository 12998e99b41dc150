//! Starts workers from the page.
//!
//! A page opened from `file://` may run only such workers as are made from a blob, and those can load nothing beside
//! them. So a worker's source is composed here: the glue of this very module (by its address where the page is hosted,
//! as text where it is inlined in a single file) and a few lines that start the compiled module which the page posts.
//! Nothing is downloaded or compiled a second time.

use js_sys::{Array, Object, Reflect};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, Document, HtmlScriptElement, Url, Worker};

/// The `id` of the `<script>` that holds or loads the glue; `Trunk.toml` and the packed file set it.
const GLUE_ID: &str = "sla-glue";

/// Starts the module that the first message brings. Messages that arrive before the module listens are kept and
/// delivered afterwards, in order. A failure to start, or to go on, is thrown, so that the page sees an `error` event of
/// the worker.
const BOOTSTRAP: &str = r#"
(() => {
  const waiting = [];
  const hold = (event) => waiting.push(event.data);
  self.addEventListener("unhandledrejection", (event) => setTimeout(() => { throw event.reason; }));
  self.addEventListener("message", (first) => {
    self.addEventListener("message", hold);
    wasm_bindgen({ module_or_path: first.data.module }).then(
      () => {
        self.removeEventListener("message", hold);
        for (const data of waiting) self.dispatchEvent(new MessageEvent("message", { data }));
      },
      (error) => setTimeout(() => { throw error; }),
    );
  }, { once: true });
})();
"#;

/// Why no worker could be started.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SpawnError {
    /// The caller is not a page, or the page does not hold the script of the program.
    #[error("this page does not hold the script of the program (element \"{GLUE_ID}\")")]
    NoGlue,
    /// The browser refused; the text is the browser's own.
    #[error("the browser refused to start a worker: {0}")]
    Refused(String),
}

impl From<JsValue> for SpawnError {
    fn from(error: JsValue) -> Self {
        Self::Refused(error.dyn_ref::<js_sys::Error>().map_or_else(|| format!("{error:?}"), |e| e.message().into()))
    }
}

/// A worker's source as an address of a blob, good for any number of workers while this value lives.
#[derive(Debug)]
pub struct WorkerSource {
    address: String,
}

impl WorkerSource {
    /// Composes the source from the glue that the page has loaded.
    ///
    /// # Errors
    /// [`SpawnError::NoGlue`] outside a page of this program; [`SpawnError::Refused`] when the browser makes no blob.
    pub fn from_page() -> Result<Self, SpawnError> {
        let document = web_sys::window().and_then(|window| window.document()).ok_or(SpawnError::NoGlue)?;
        let source = [glue(&document)?.as_str(), BOOTSTRAP].concat();
        let kind = BlobPropertyBag::new();
        kind.set_type("text/javascript");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&source.into()), &kind)?;
        Ok(Self { address: Url::create_object_url_with_blob(&blob)? })
    }

    /// Starts a worker and posts it the compiled module. What is posted to it afterwards reaches the listener that
    /// `main` of the module sets in the worker.
    ///
    /// # Errors
    /// [`SpawnError::Refused`] when the browser starts no worker or cannot hand over the module.
    pub fn spawn(&self) -> Result<Worker, SpawnError> {
        let worker = Worker::new(&self.address)?;
        let first = Object::new();
        Reflect::set(&first, &"module".into(), &wasm_bindgen::module())?;
        worker.post_message(&first)?;
        Ok(worker)
    }
}

impl Drop for WorkerSource {
    fn drop(&mut self) {
        // A browser that will not forget the address loses a few kilobytes until the page is closed.
        let _ = Url::revoke_object_url(&self.address);
    }
}

/// The statements that define `wasm_bindgen` in a worker.
fn glue(document: &Document) -> Result<String, SpawnError> {
    let script = document
        .get_element_by_id(GLUE_ID)
        .and_then(|element| element.dyn_into::<HtmlScriptElement>().ok())
        .ok_or(SpawnError::NoGlue)?;
    let address = script.src();
    if address.is_empty() {
        return Ok(script.text()?);
    }
    Ok(format!("importScripts({});", String::from(js_sys::JSON::stringify(&address.into())?)))
}
