//! The page's side: sends files to a worker and hears what becomes of them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, ArrayBuffer, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ErrorEvent, Event, File, MessageChannel, MessageEvent, MessagePort, Worker};

use super::fingerprint::APART_FROM;
use super::parts::Parts;
use super::protocol::{Failure, Order, Report, Task, pack, unpack};
use super::read::{Wanted, read_files, size};
use super::report::Work;
use super::spawn::{SpawnError, spawn};

type Listener = Rc<RefCell<dyn FnMut(Report)>>;

/// Files being read. Dropping it ends the reading, wherever it stands.
pub struct Reading {
    cancelled: Rc<Cell<bool>>,
    worker: Rc<RefCell<Option<Attended>>>,
    /// What comes before: a report's files are unpacked.
    _before: Option<Work>,
}

/// A running worker, with the one that takes fingerprints for it and the closures that listen to both.
struct Attended {
    worker: Worker,
    fingerprints: Option<Worker>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    broken: Closure<dyn FnMut(Event)>,
}

impl Drop for Attended {
    fn drop(&mut self) {
        // What is still under way must not reach closures that are gone.
        for worker in self.workers() {
            worker.set_onmessage(None);
            worker.set_onmessageerror(None);
            worker.set_onerror(None);
            worker.terminate();
        }
    }
}

impl Attended {
    fn workers(&self) -> impl Iterator<Item = &Worker> {
        std::iter::once(&self.worker).chain(&self.fingerprints)
    }
}

impl Reading {
    /// The work that has to be done before there are files to be read.
    pub fn of(work: Work) -> Self {
        Self { cancelled: Rc::default(), worker: Rc::default(), _before: Some(work) }
    }

    /// Starts to read. `listener` hears every report in order, the last being [`Report::Done`], or a
    /// [`Failure::Stopped`] of the file at which a worker broke down.
    pub fn start(order: Order, files: Vec<File>, listener: impl FnMut(Report) + 'static) -> Self {
        let listener: Listener = Rc::new(RefCell::new(listener));
        let reading = Self { cancelled: Rc::default(), worker: Rc::default(), _before: None };
        match attend(&order, &files, &reading, &listener) {
            Ok(attended) => *reading.worker.borrow_mut() = Some(attended),
            Err(_) => read_here(order, files, &reading.cancelled, &listener),
        }
        reading
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.cancelled.set(true);
        // The closures of the worker refer to the cell that holds it: empty it, or both live for ever.
        drop(self.worker.take());
    }
}

/// Starts a worker and posts it the files. Nothing is read where this fails.
fn attend(order: &Order, files: &[File], reading: &Reading, listener: &Listener) -> Result<Attended, SpawnError> {
    let started = Rc::new(Cell::new(false));
    let worker = spawn()?;
    let apart = fingerprints_apart(files);
    let heard = {
        let (started, listener, mut parts) = (Rc::clone(&started), Rc::clone(listener), Parts::default());
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            started.set(true);
            let report = event.data().dyn_into::<ArrayBuffer>().ok().and_then(|buffer| unpack(&buffer));
            let report = report.unwrap_or_else(|| stopped(String::new()));
            if let Some(report) = parts.put(report) {
                listener.borrow_mut()(report);
            }
        })
    };
    let broken = {
        let (order, files, listener) = (order.clone(), files.to_vec(), Rc::clone(listener));
        let (own, cancelled) = (Rc::clone(&reading.worker), Rc::clone(&reading.cancelled));
        Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            if let Some(attended) = own.borrow().as_ref() {
                attended.workers().for_each(Worker::terminate);
            }
            if started.get() {
                let why = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
                listener.borrow_mut()(stopped(why));
            } else {
                read_here(order.clone(), files.clone(), &cancelled, &listener);
            }
        })
    };
    worker.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    let (fingerprints, port) = apart.unzip();
    let attended = Attended { worker, fingerprints, _heard: heard, broken };
    for worker in attended.workers() {
        worker.set_onmessageerror(Some(attended.broken.as_ref().unchecked_ref()));
        worker.set_onerror(Some(attended.broken.as_ref().unchecked_ref()));
    }
    post(&attended.worker, order, port, files)?;
    Ok(attended)
}

/// A worker that takes the fingerprints of large files, and the port at which it gets them. Without one the files are
/// read all the same.
fn fingerprints_apart(files: &[File]) -> Option<(Worker, MessagePort)> {
    files.iter().any(|file| size(file) >= APART_FROM).then_some(())?;
    let worker = spawn().ok()?;
    let channel = MessageChannel::new().ok()?;
    let own = channel.port2();
    worker.post_message_with_transfer(&own, &Array::of1(&own)).ok()?;
    Some((worker, channel.port1()))
}

fn stopped(why: String) -> Report {
    Report::File { name: String::new(), outcome: Box::new(Err(Failure::Stopped(why))) }
}

fn post(worker: &Worker, order: &Order, port: Option<MessagePort>, files: &[File]) -> Result<(), SpawnError> {
    let buffer = pack(&Task::Read(order.clone())).ok_or_else(|| SpawnError::Refused(String::new()))?;
    let transferred: Array =
        std::iter::once(JsValue::from(buffer.clone())).chain(port.clone().map(Into::into)).collect();
    let head = [buffer.into(), port.map_or(JsValue::NULL, Into::into)];
    let message: Array = head.into_iter().chain(files.iter().map(JsValue::from)).collect();
    worker.post_message_with_transfer(&message, &transferred)?;
    Ok(())
}

/// Reads on the page itself: slower to answer, but it answers between any two pieces.
fn read_here(order: Order, files: Vec<File>, cancelled: &Rc<Cell<bool>>, listener: &Listener) {
    let (cancelled, listener) = (Rc::clone(cancelled), Rc::clone(listener));
    spawn_local(async move {
        let mut parts = Parts::default();
        let hear = |report| {
            if let Some(report) = parts.put(report).filter(|_| !cancelled.get()) {
                listener.borrow_mut()(report);
            }
        };
        let breathe = async || {
            let turn = Promise::new(&mut |done, _| {
                if let Some(window) = web_sys::window() {
                    window.set_timeout_with_callback(&done).ok();
                }
            });
            JsFuture::from(turn).await.ok();
            if cancelled.get() { Wanted::No } else { Wanted::Yes }
        };
        read_files(order, &files, None, hear, breathe).await;
    });
}
