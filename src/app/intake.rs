//! The ways by which files come in: chosen, dropped, or named by the page's address.

use js_sys::{Array, Promise, Reflect};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, File, FileList, FileSystemEntry, HtmlInputElement, UrlSearchParams};

use super::own_file::{file_of, file_with, unpacking};
use super::session::{Group, Problem, Session, session};
use crate::demo;
use crate::report::{CaseError, Settings};
use crate::worker::report::Fault;

/// The control that chooses files. Only one is on the page at a time.
#[component]
pub fn FileButton(
    /// What the button says.
    text: impl Fn() -> &'static str + Send + 'static,
) -> impl IntoView {
    let session = session();
    let choose = move |event: ev::Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let files = listed(input.files());
        // So that choosing the same file once more is a change again.
        input.set_value("");
        session.open_chosen(files);
    };
    view! {
        <label class="file-button">
            <input type="file" name="files" multiple=true on:change=choose/>
            <span class="button">{text}</span>
        </label>
    }
}

fn listed(files: Option<FileList>) -> Vec<File> {
    files.map(|files| (0..files.length()).filter_map(|index| files.get(index)).collect()).unwrap_or_default()
}

/// Says that files may be let go. Shown while files, and nothing else, are dragged over the page.
#[component]
pub fn DropOverlay() -> impl IntoView {
    let session = session();
    let dragged = expect_context::<Dragged>().0;
    view! {
        <Show when=move || dragged.get()>
            <div class="drop-overlay" aria-hidden="true"><p>{session.text(|app| app.drop_overlay)}</p></div>
        </Show>
    }
}

/// Whether files are being dragged over the page.
#[derive(Clone, Copy)]
struct Dragged(RwSignal<bool>);

/// Takes files that are dropped anywhere on the page.
pub fn listen(session: Session) {
    let dragged = RwSignal::new(false);
    provide_context(Dragged(dragged));
    let over = move |event: ev::DragEvent| {
        if event.data_transfer().is_some_and(|transfer| carries_files(&transfer)) {
            // Without this the browser would open the file in place of the page.
            event.prevent_default();
            dragged.set(true);
        }
    };
    window_event_listener(ev::dragenter, over);
    window_event_listener(ev::dragover, over);
    window_event_listener(ev::dragleave, move |event| {
        // Leaving one element for another names that other one; leaving the window names none.
        if event.related_target().is_none() {
            dragged.set(false);
        }
    });
    window_event_listener(ev::drop, move |event| {
        dragged.set(false);
        let Some(transfer) = event.data_transfer().filter(carries_files) else { return };
        event.prevent_default();
        match folder(&transfer) {
            Some(name) => session.fail(vec![Problem::Folder(name)]),
            None => session.open_chosen(listed(transfer.files())),
        }
    });
}

/// The first folder among what was dropped: a browser hands it over like a file, which then cannot be read.
fn folder(transfer: &DataTransfer) -> Option<String> {
    let items = transfer.items();
    let entries = (0..items.length()).filter_map(|index| items.get(index)?.webkit_get_as_entry().ok().flatten());
    entries.into_iter().find(FileSystemEntry::is_directory).map(|entry| entry.name())
}

fn carries_files(transfer: &DataTransfer) -> bool {
    transfer.types().includes(&"Files".into(), 0)
}

/// Opens the demo case by the same way as any other.
pub fn open_demo(session: Session) {
    let files: Vec<File> = demo::files().iter().filter_map(|(name, bytes)| file_of(name, bytes).ok()).collect();
    session.open(files, None);
}

/// Opens the case that the page's own file holds, by the same way as any other.
pub fn open_held(session: Session, settings: Settings) {
    let work = unpacking();
    let made = work.made();
    session.unpack(work);
    spawn_local(async move {
        let made = made.await;
        session.unpacked();
        let files = match made {
            Ok(files) => files,
            Err(Fault::Case(why)) => return session.fail(vec![Problem::Held(why)]),
            Err(Fault::Stopped(why)) => return session.fail(vec![Problem::Stopped(why)]),
            Err(Fault::Changed) => return session.fail(vec![Problem::Held(CaseError::Damaged)]),
        };
        let mut groups: Vec<Group> = Vec::new();
        for ((name, zone), bytes) in settings.names().zip(&files) {
            let Ok(file) = file_with(name, bytes) else { continue };
            match groups.iter_mut().find(|group| group.0 == zone) {
                Some(group) => group.1.push(file),
                None => groups.push((zone, vec![file])),
            }
        }
        session.open_in_turn(groups);
    });
}

/// `?demo` opens the demo case; `?case=PATH`, repeatable and on a server only, exports of the same origin.
pub fn open_what_the_address_names(session: Session) {
    let Some(location) = web_sys::window().map(|window| window.location()) else { return };
    let query = location.search().unwrap_or_default();
    let Ok(query) = UrlSearchParams::new_with_str(&query) else { return };
    if query.has("demo") {
        open_demo(session);
        return;
    }
    let requested =
        Reflect::get(&js_sys::global(), &REQUESTED.into()).ok().and_then(|own| own.dyn_into::<Array>().ok());
    let requested: Vec<Promise> =
        requested.iter().flat_map(Array::iter).filter_map(|own| own.dyn_into().ok()).collect();
    if !requested.is_empty() {
        spawn_local(open_requested(session, requested));
    }
}

/// What `?case=` names, as promises of the boot script, which asks before it takes from the page the means of asking.
const REQUESTED: &str = "slaCase";

/// Each comes to a file, or to the path that was asked for and why nothing came.
async fn open_requested(session: Session, requested: Vec<Promise>) {
    let mut files = Vec::new();
    for one in requested {
        match JsFuture::from(one).await.and_then(JsCast::dyn_into::<File>) {
            Ok(file) => files.push(file),
            Err(refused) => {
                let part = |index| Reflect::get_u32(&refused, index).ok().and_then(|text| text.as_string());
                let (name, why) = (part(0).unwrap_or_default(), part(1).unwrap_or_default());
                let elsewhere = why.is_empty();
                let problem = if elsewhere { Problem::Elsewhere(name) } else { Problem::Unreadable { name, why } };
                return session.fail(vec![problem]);
            }
        }
    }
    session.open(files, None);
}
