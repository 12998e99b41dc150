//! Starts workers from the page.
//!
//! A page opened from `file://` may run only such workers as are made from a blob. The boot script of `index.html`
//! makes them, of the glue of this very module and of itself, and keeps for that the only constructor of workers on the
//! page; here the compiled module is posted to them. Nothing is downloaded or compiled a second time.

use js_sys::{Function, Object, Reflect};
use thiserror::Error;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Worker;

use super::read::said;

/// The function of the boot script that starts a worker.
const STARTER: &str = "slaWorker";

/// Why no worker could be started.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SpawnError {
    /// The page was not started by the boot script of the program.
    #[error("this page cannot start workers (function \"{STARTER}\")")]
    NoStarter,
    /// The browser refused; the text is the browser's own.
    #[error("the browser refused to start a worker: {0}")]
    Refused(String),
}

impl From<JsValue> for SpawnError {
    fn from(error: JsValue) -> Self {
        Self::Refused(said(&error))
    }
}

/// Starts a worker and posts it the compiled module. What is posted to it afterwards reaches the listener that `main` of
/// the module sets in the worker.
///
/// # Errors
/// [`SpawnError::NoStarter`] outside a page of this program; [`SpawnError::Refused`] when the browser starts no worker or
/// cannot hand over the module.
pub fn spawn() -> Result<Worker, SpawnError> {
    let starter = Reflect::get(&js_sys::global(), &STARTER.into())?;
    let starter: Function = starter.dyn_into().map_err(|_| SpawnError::NoStarter)?;
    // The page has no name for this kind of object any more by which it could be recognised.
    let worker: Worker = starter.call0(&JsValue::UNDEFINED)?.unchecked_into();
    let first = Object::new();
    Reflect::set(&first, &"module".into(), &wasm_bindgen::module())?;
    worker.post_message(&first)?;
    Ok(worker)
}
