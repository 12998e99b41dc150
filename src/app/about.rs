use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::session::session;
use crate::i18n::fill;

/// The function of the boot script that unpacks the licences out of the single file.
const LICENCES: &str = "slaLicences";
/// Where they stand beside the hosted page.
const LICENCES_FILE: &str = "THIRD-PARTY.txt";

/// Which program this is, and whose software it contains.
#[component]
pub fn About() -> impl IntoView {
    let session = session();
    let text = RwSignal::new(String::new());
    let inside = Reflect::get(&js_sys::global(), &LICENCES.into()).ok().and_then(|own| own.dyn_into::<Function>().ok());
    let licences = match inside {
        None => view! { <p><a href=LICENCES_FILE>{session.text(|app| app.about_licences)}</a></p> }.into_any(),
        Some(unpack) => {
            let show = move |_| {
                let Ok(promise) = unpack.call0(&JsValue::UNDEFINED) else { return };
                spawn_local(async move {
                    let licences = JsFuture::from(promise.unchecked_into::<Promise>()).await.ok();
                    text.set(licences.and_then(|licences| licences.as_string()).unwrap_or_default());
                });
            };
            view! {
                <button type="button" on:click=show>{session.text(|app| app.about_licences)}</button>
                <pre tabindex="0">{text}</pre>
            }
            .into_any()
        }
    };
    view! {
        <footer>
            <details class="about">
                <summary>{session.text(|app| app.about_title)}</summary>
                <p>{move || fill(session.app().about_version, &[("version", &env!("CARGO_PKG_VERSION"))])}</p>
                {licences}
            </details>
        </footer>
    }
}
