//! The worker's side: does one task, or takes fingerprints for another worker.

use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent, MessagePort};

use super::fingerprint::{self, Apart};
use super::parts;
use super::protocol::{Order, Report, Task, pack, unpack};
use super::read::{Wanted, read_files};
use super::report;

/// Listens for a task. Does nothing where the global scope is not a worker's.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let own = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Ok(port) = event.data().dyn_into::<MessagePort>() {
            return fingerprint::serve(port);
        }
        let Some((task, with)) = task_of(&event) else { return };
        let scope = own.clone();
        spawn_local(async move {
            match task {
                Task::Read(order) => read(order, &with, &scope).await,
                task => report::serve(&scope, task, &with).await,
            }
        });
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    listen.forget();
}

/// A message is an array: the task's bytes, then what it is about.
fn task_of(event: &MessageEvent) -> Option<(Task, Array)> {
    let message = event.data().dyn_into::<Array>().ok()?;
    let task = unpack(&message.shift().dyn_into::<ArrayBuffer>().ok()?)?;
    Some((task, message))
}

/// `with`: a port to who takes fingerprints, or `null`, then the files.
async fn read(order: Order, with: &Array, scope: &DedicatedWorkerGlobalScope) {
    let apart = with.shift().dyn_into().ok().map(Apart::at);
    tell(scope, &Report::Started);
    let tell_in_parts = |report| parts::apart(report).iter().for_each(|part| tell(scope, part));
    read_files(order, &files_of(with), apart, tell_in_parts, async || Wanted::Yes).await;
}

/// The files of a list.
pub(super) fn files_of(list: &Array) -> Vec<File> {
    list.iter().filter_map(|file| file.dyn_into().ok()).collect()
}

fn tell(scope: &DedicatedWorkerGlobalScope, report: &Report) {
    let Some(buffer) = pack(report) else { return };
    // Posting bytes whose buffer is handed over fails only where the page is gone, and then nobody asks for them.
    let _ = scope.post_message_with_transfer(&buffer, &Array::of1(&buffer));
}
