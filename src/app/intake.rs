//! The ways by which files come in: chosen, dropped, or named by the page's address.

use js_sys::{Array, ArrayBuffer};
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, File, FileList, FileSystemEntry, HtmlInputElement, Response, Url, UrlSearchParams};

use super::own_file::file_of;
use super::session::{Problem, Session, session};
use crate::demo;
use crate::report::HeldCase;
use crate::time::Zone;
use crate::worker::read::said;

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
            <div class="drop-overlay" aria-hidden="true"><p>{move || session.app().drop_overlay}</p></div>
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
pub fn open_held(session: Session, case: &HeldCase) {
    let mut groups: Vec<(Option<Zone>, Vec<File>)> = Vec::new();
    for own in &case.files {
        let Ok(file) = file_of(&own.name, &own.bytes) else { continue };
        match groups.iter_mut().find(|group| group.0 == own.zone) {
            Some(group) => group.1.push(file),
            None => groups.push((own.zone, vec![file])),
        }
    }
    session.open_in_turn(groups);
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
    let paths: Vec<String> = query.get_all("case").iter().filter_map(|path| path.as_string()).collect();
    if !paths.is_empty() {
        spawn_local(open_from_server(session, paths));
    }
}

async fn open_from_server(session: Session, paths: Vec<String>) {
    let mut files = Vec::new();
    for path in paths {
        match fetched(&path).await {
            Ok(file) => files.push(file),
            Err(why) => return session.fail(vec![Problem::Unreadable { name: path, why: said(&why) }]),
        }
    }
    session.open(files, None);
}

/// A file of the server that the page itself came from; no other is asked.
async fn fetched(path: &str) -> Result<File, JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let location = window.location();
    let address = Url::new_with_base(path, &location.href()?)?;
    if address.origin() != location.origin()? || address.origin() == "null" {
        return Err(address.origin().into());
    }
    let response: Response = JsFuture::from(window.fetch_with_str(&address.href())).await?.unchecked_into();
    if !response.ok() {
        return Err(format!("{} {}", response.status(), response.status_text()).into());
    }
    let bytes: ArrayBuffer = JsFuture::from(response.array_buffer()?).await?.unchecked_into();
    let pathname = address.pathname();
    let name = pathname.rsplit('/').next().unwrap_or_default();
    File::new_with_buffer_source_sequence(&Array::of1(&bytes), name)
}
