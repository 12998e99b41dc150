//! A mistake in the program itself must reach the screen.

use std::panic;

use wasm_bindgen::JsCast;

use super::settings;

/// From now on a panic is shown to the person, in the language of the page, besides the console.
pub fn show_panics() {
    panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        show(&info.to_string());
    }));
}

/// Plain DOM calls only: nothing of the page may be relied on any more.
fn show(detail: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let root = document.document_element()?;
    let locale = root.get_attribute("lang").as_deref().and_then(crate::i18n::Locale::from_tag);
    let app = &locale.unwrap_or_else(settings::language).texts().app;
    root.set_attribute("data-state", "failed").ok()?;
    let alert = document.create_element("div").ok()?;
    alert.set_attribute("role", "alert").ok()?;
    alert.set_class_name("alert breakdown");
    for (tag, text) in [("h2", app.breakdown_title), ("p", app.breakdown_advice), ("pre", detail)] {
        let line = document.create_element(tag).ok()?;
        line.set_text_content(Some(text));
        alert.append_child(&line).ok()?;
    }
    let body: web_sys::Element = document.body()?.unchecked_into();
    body.prepend_with_node_1(&alert).ok()
}
