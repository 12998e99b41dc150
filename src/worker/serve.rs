//! The worker's side: answers one order, or takes fingerprints for another worker.

use js_sys::{Array, ArrayBuffer};
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent, MessagePort};

use super::fingerprint::{self, Apart};
use super::protocol::{Order, Report, pack, unpack};
use super::read::{Wanted, read_files};

/// Listens for an order. Does nothing where the global scope is not a worker's.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    let own = scope.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Ok(port) = event.data().dyn_into::<MessagePort>() {
            return fingerprint::serve(port);
        }
        let Some((order, apart, files)) = order_of(&event) else { return };
        let scope = own.clone();
        spawn_local(async move {
            tell(&scope, &Report::Started);
            read_files(order, &files, apart, |report| tell(&scope, &report), async || Wanted::Yes).await;
        });
    });
    scope.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    listen.forget();
}

/// An order is an array: the order's bytes, a port to who takes fingerprints, or `null`, then the files.
fn order_of(event: &MessageEvent) -> Option<(Order, Option<Apart>, Vec<File>)> {
    let message = event.data().dyn_into::<Array>().ok()?;
    let order = unpack(&message.get(0).dyn_into::<ArrayBuffer>().ok()?)?;
    let apart = message.get(1).dyn_into().ok().map(Apart::at);
    let files = message.iter().skip(2).filter_map(|file| file.dyn_into().ok()).collect();
    Some((order, apart, files))
}

fn tell(scope: &DedicatedWorkerGlobalScope, report: &Report) {
    let Some(buffer) = pack(report) else { return };
    // Posting bytes whose buffer is handed over fails only where the page is gone, and then nobody asks for them.
    let _ = scope.post_message_with_transfer(&buffer, &Array::of1(&buffer));
}
