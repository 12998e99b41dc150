//! Fingerprints of large files are taken in a worker of their own, beside the one that reads them: every piece is handed
//! over, hashed and handed back, so that both see the same bytes, and no more than some pieces are under way.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, MessagePort};

use super::protocol::{pack, unpack};
use super::read::PIECE_BYTES;
use crate::import::{Fingerprint, Fingerprinting};

/// From this size on, in bytes, the fingerprint of a file is taken in a worker of its own: for less it is not worth one.
pub const APART_FROM: u64 = 4 << 20;

/// How many pieces there are: the reading waits where all of them are under way.
const PIECES: usize = 8;

/// The reading worker's side.
pub struct Apart {
    port: MessagePort,
    mail: Rc<RefCell<Mail>>,
    /// Buffers that came back.
    free: Vec<ArrayBuffer>,
    under_way: usize,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

/// What came back and was not looked at yet, and what to call when something comes.
#[derive(Default)]
struct Mail {
    arrived: VecDeque<JsValue>,
    awaited: Option<Function>,
}

impl Apart {
    /// At the other end of this port is [`serve`].
    #[must_use]
    pub fn at(port: MessagePort) -> Self {
        let mail: Rc<RefCell<Mail>> = Rc::default();
        let own = Rc::clone(&mail);
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let awaited = {
                let mut mail = own.borrow_mut();
                mail.arrived.push_back(event.data());
                mail.awaited.take()
            };
            if let Some(awaited) = awaited {
                let _ = awaited.call0(&JsValue::UNDEFINED);
            }
        });
        port.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Self { port, mail, free: Vec::new(), under_way: 0, _heard: heard }
    }

    /// A buffer for the next piece; waits for one that comes back where too many are under way.
    pub async fn buffer(&mut self) -> ArrayBuffer {
        loop {
            let come = self.mail.borrow_mut().arrived.pop_front();
            match come {
                Some(come) => self.take_back(come),
                None => match self.free.pop() {
                    Some(buffer) => return buffer,
                    None if self.under_way < PIECES => return ArrayBuffer::new(PIECE_BYTES),
                    None => self.wait().await,
                },
            }
        }
    }

    /// Hands a piece over.
    ///
    /// # Errors
    /// What the browser says where it cannot.
    pub fn send(&mut self, piece: &Uint8Array) -> Result<(), JsValue> {
        self.under_way += 1;
        self.port.post_message_with_transferable(piece, &Array::of1(&piece.buffer()))
    }

    /// The fingerprint of all pieces since the last one.
    ///
    /// # Errors
    /// What the browser says where it cannot hand the question over.
    pub async fn fingerprint(&mut self) -> Result<Option<Fingerprint>, JsValue> {
        self.port.post_message(&JsValue::NULL)?;
        loop {
            let come = self.mail.borrow_mut().arrived.pop_front();
            match come.map(|come| come.dyn_into::<Uint8Array>()) {
                Some(Ok(answer)) => return Ok(unpack(&answer.buffer())),
                Some(Err(come)) => self.take_back(come),
                None => self.wait().await,
            }
        }
    }

    fn take_back(&mut self, come: JsValue) {
        if let Ok(buffer) = come.dyn_into() {
            self.under_way = self.under_way.saturating_sub(1);
            self.free.push(buffer);
        }
    }

    async fn wait(&self) {
        let come = Promise::new(&mut |done, _| self.mail.borrow_mut().awaited = Some(done));
        // It is never rejected.
        let _ = JsFuture::from(come).await;
    }
}

/// The other side: hashes what comes through the port, as long as the worker lives.
pub fn serve(port: MessagePort) {
    let mut fingerprinting = Fingerprinting::default();
    let mut bytes = Vec::new();
    let own = port.clone();
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let answer: JsValue = match event.data().dyn_into::<Uint8Array>() {
            Ok(piece) => {
                bytes.resize(piece.length() as usize, 0);
                piece.copy_to(&mut bytes);
                fingerprinting.push(&bytes);
                piece.buffer().into()
            }
            Err(_) => match pack(&std::mem::take(&mut fingerprinting).finish()) {
                Some(packed) => Uint8Array::new(&packed).into(),
                None => return,
            },
        };
        let buffer = answer.dyn_ref::<Uint8Array>().map_or_else(|| answer.clone(), |own| own.buffer().into());
        // It fails only where the other side is gone, and then nobody asks.
        let _ = own.post_message_with_transferable(&answer, &Array::of1(&buffer));
    });
    port.set_onmessage(Some(listen.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    listen.forget();
}
