//! What the keyboard does. One list feeds the keys and the sheet that explains them.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement};

use super::bar;
use super::session::{Session, session};
use super::settings;
use crate::i18n::AppTexts;
use crate::view::View;

/// A key, or several that do the same kind of thing.
struct Shortcut {
    /// As the sheet shows it.
    shown: &'static str,
    /// Whether Ctrl, on a Mac ⌘, is held.
    ctrl: bool,
    /// What `KeyboardEvent.key` says.
    keys: &'static [&'static str],
    /// What it does, in words.
    text: fn(&AppTexts) -> &'static str,
    /// Does it, and returns whether there was anything to do.
    run: fn(Session, &str) -> bool,
}

const SHORTCUTS: [Shortcut; 10] = [
    Shortcut {
        shown: "1 – 9",
        ctrl: false,
        keys: &["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        text: |app| app.keys_view,
        run: show_view,
    },
    Shortcut {
        shown: "n",
        ctrl: false,
        keys: &["n"],
        text: |app| app.month_next,
        run: |session, _| bar::go_to_neighbour(session, true),
    },
    Shortcut {
        shown: "p",
        ctrl: false,
        keys: &["p"],
        text: |app| app.month_previous,
        run: |session, _| bar::go_to_neighbour(session, false),
    },
    Shortcut {
        shown: "+ − ← → Home End ↑ ↓ Enter",
        ctrl: false,
        // The chart that has the focus takes them before they come here.
        keys: &[],
        text: |app| app.keys_zoom,
        run: |_, _| false,
    },
    Shortcut { shown: "Ctrl O", ctrl: true, keys: &["o"], text: |app| app.choose_files, run: |_, _| choose_files() },
    Shortcut {
        shown: "Ctrl P",
        ctrl: true,
        keys: &["p"],
        text: |app| app.print,
        run: |session, _| bar::print(session),
    },
    Shortcut { shown: "Ctrl S", ctrl: true, keys: &["s"], text: |app| app.save, run: |_, _| open_menu() },
    Shortcut { shown: "Ctrl Z", ctrl: true, keys: &["z"], text: |app| app.undo, run: |session, _| session.undo() },
    Shortcut { shown: "?", ctrl: false, keys: &["?"], text: |app| app.keys_title, run: |_, _| open_sheet() },
    Shortcut {
        shown: "Esc",
        ctrl: false,
        keys: &["Escape"],
        text: |app| app.keys_close,
        run: |session, _| close(session),
    },
];

/// Follows the keyboard wherever the focus is, save where somebody writes or a dialogue is open.
pub fn listen(session: Session) {
    window_event_listener(ev::keydown, move |event| {
        if event.default_prevented() || event.alt_key() || event.is_composing() || dialog_open() {
            return;
        }
        let (key, ctrl) = (event.key(), event.ctrl_key() || event.meta_key());
        let own = SHORTCUTS.iter().find(|own| own.ctrl == ctrl && own.keys.contains(&key.as_str()));
        let Some(own) = own else { return };
        let letter = key.chars().count() == 1;
        // A single letter is somebody's writing, or a choice in a list, before it is a command.
        let taken = letter && if ctrl { key == "z" && writes(&event) } else { chooses(&event) || writes(&event) };
        if taken || (letter && !ctrl && !session.single_keys.get_untracked()) {
            return;
        }
        if (own.run)(session, &key) {
            event.prevent_default();
        }
    });
}

fn focused(event: &ev::KeyboardEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn writes(event: &ev::KeyboardEvent) -> bool {
    let writes = |own: Element| match own.dyn_ref::<HtmlInputElement>() {
        Some(input) => !matches!(input.type_().as_str(), "file" | "checkbox" | "radio"),
        None => own.tag_name() == "TEXTAREA",
    };
    focused(event).is_some_and(writes)
}

fn chooses(event: &ev::KeyboardEvent) -> bool {
    focused(event).is_some_and(|own| own.tag_name() == "SELECT")
}

fn found(css: &str) -> Option<HtmlElement> {
    web_sys::window()?.document()?.query_selector(css).ok()??.dyn_into().ok()
}

fn dialog_open() -> bool {
    found("dialog[open]").is_some()
}

fn show_view(session: Session, digit: &str) -> bool {
    let place = digit.parse().ok().and_then(|digit: usize| digit.checked_sub(1));
    let view = place.and_then(|place| View::ALL.get(place)).filter(|_| session.case.with_untracked(Option::is_some));
    if let Some(view) = view {
        session.go(|route| (route.view, route.clause) = (*view, None));
    }
    view.is_some()
}

fn choose_files() -> bool {
    let input = found("input[type=file]");
    if let Some(input) = &input {
        input.click();
    }
    input.is_some()
}

/// Shows what the keys do.
pub fn open_sheet() -> bool {
    let sheet = found("dialog.keys").and_then(|sheet| sheet.dyn_into::<HtmlDialogElement>().ok());
    sheet.is_some_and(|sheet| sheet.show_modal().is_ok())
}

/// The menu of what can be saved.
const MENU: &str = "details.menu > summary";

fn open_menu() -> bool {
    let summary = found(MENU).filter(|own| own.focus().is_ok());
    let menu = summary.and_then(|own| own.parent_element());
    menu.is_some_and(|menu| menu.set_attribute("open", "").is_ok())
}

/// Closes what is open, or takes away what says that something failed.
fn close(session: Session) -> bool {
    if let Some(menu) = found("details.menu[open]") {
        return menu.remove_attribute("open").is_ok() && found(MENU).is_some_and(|own| own.focus().is_ok());
    }
    let shown = session.failed();
    if shown {
        session.dismiss();
    }
    shown
}

/// What the keys do. The browser keeps the focus inside while it is open, and gives it back afterwards.
#[component]
pub fn KeySheet() -> impl IntoView {
    let session = session();
    let sheet = NodeRef::<html::Dialog>::new();
    let rows = move || {
        let app = session.app();
        let row = |own: &Shortcut| {
            let keys = own.shown.split(' ').map(|key| match key {
                "–" => view! { " – " }.into_any(),
                key => view! { <kbd>{key}</kbd> }.into_any(),
            });
            view! { <div><dt>{keys.collect_view()}</dt><dd>{(own.text)(app)}</dd></div> }.into_any()
        };
        SHORTCUTS.iter().map(row).collect_view()
    };
    let allow = move |event: ev::Event| {
        let on = event_target_checked(&event);
        settings::keep_single_keys(on);
        session.single_keys.set(on);
    };
    let close = move |_| {
        if let Some(sheet) = sheet.get_untracked() {
            sheet.close();
        }
    };
    view! {
        <dialog class="keys" aria-labelledby="keys-title" node_ref=sheet>
            <h2 id="keys-title">{session.text(|app| app.keys_title)}</h2>
            <dl>{rows}</dl>
            <label>
                <input type="checkbox" name="single_keys" prop:checked=move || session.single_keys.get() on:change=allow/>
                {session.text(|app| app.keys_single)}
            </label>
            <button type="button" on:click=close>{session.text(|app| app.keys_close)}</button>
        </dialog>
    }
}
