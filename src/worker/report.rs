//! The case of a report is packed and unpacked in a worker of its own: it takes seconds for large files. Where a browser
//! refuses to start one, the page does it.

use std::cell::Cell;
use std::future::pending;
use std::rc::Rc;

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, ErrorEvent, File, MessageEvent, Worker};

use super::protocol::{Parcel, Task, pack as packed};
use super::serve::files_of;
use super::spawn::spawn;
use crate::report::{CaseError, CaseFile, HeldCase, Settings};

/// Why there is no report, or no case in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The case itself.
    Case(CaseError),
    /// A file can no longer be read, or is not what it was.
    Changed,
    /// The work ended by itself, as when memory runs out; the text is the browser's own.
    Stopped(String),
}

impl Fault {
    /// As the worker says it, by the name of the error.
    const fn as_str(&self) -> &'static str {
        match self {
            Self::Case(CaseError::Damaged) => "damaged",
            Self::Case(CaseError::TooLarge) => "too-large",
            Self::Changed | Self::Stopped(_) => "changed",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "damaged" => Self::Case(CaseError::Damaged),
            "too-large" => Self::Case(CaseError::TooLarge),
            _ => Self::Changed,
        }
    }
}

/// What comes of a task: of packing the two elements of the case in UTF-8, of unpacking its files in their order.
pub type Made = Result<Vec<Uint8Array>, Fault>;

/// A worker at its task. Dropping it ends the work.
pub struct Work {
    worker: Option<Worker>,
    task: Task,
    with: Array,
    dropped: Rc<Cell<bool>>,
}

impl Drop for Work {
    fn drop(&mut self) {
        self.dropped.set(true);
        if let Some(worker) = &self.worker {
            worker.terminate();
        }
    }
}

impl Work {
    /// Files are to become the case of a report.
    pub fn packing(parcel: Parcel, files: &[File]) -> Self {
        Self::start(Task::Pack(parcel), files.iter().collect())
    }

    /// The two texts of a report's case are to become its files.
    pub fn unpacking(settings: &str, data: &str) -> Self {
        Self::start(Task::Unpack, Array::of2(&settings.into(), &data.into()))
    }

    fn start(task: Task, with: Array) -> Self {
        let worker = spawn().ok().filter(|worker| post(worker, &task, &with).is_some());
        Self { worker, task, with, dropped: Rc::default() }
    }

    /// Ends with the work, never where that was dropped.
    pub fn made(&self) -> impl Future<Output = Made> + use<> {
        let (worker, task, with) = (self.worker.clone(), self.task.clone(), self.with.clone());
        let dropped = Rc::clone(&self.dropped);
        async move {
            if let Some(worker) = worker {
                // It says first that it runs: one that does not is one that the browser refused.
                if heard(&worker).await.is_ok() {
                    return match heard(&worker).await {
                        Ok(answer) => read(answer.unchecked_into::<MessageEvent>().data()),
                        Err(error) => Err(Fault::Stopped(error.dyn_ref().map(ErrorEvent::message).unwrap_or_default())),
                    };
                }
            }
            let made = done(task, &with).await;
            if dropped.get() { pending().await } else { made }
        }
    }
}

fn post(worker: &Worker, task: &Task, with: &Array) -> Option<()> {
    let head = Array::of1(&packed(task)?.into());
    worker.post_message(&head.concat(with)).ok()
}

/// What the worker says next, as an event.
fn heard(worker: &Worker) -> JsFuture {
    let come = Promise::new(&mut |done, failed| {
        worker.set_onmessage(Some(&done));
        worker.set_onmessageerror(Some(&failed));
        worker.set_onerror(Some(&failed));
    });
    JsFuture::from(come)
}

fn read(answer: JsValue) -> Made {
    match answer.dyn_into::<Array>() {
        Ok(made) => Ok(made.iter().map(JsCast::unchecked_into).collect()),
        Err(fault) => Err(Fault::named(&fault.as_string().unwrap_or_default())),
    }
}

/// The worker's side: says that it runs, and then what came of the task.
pub(super) async fn serve(scope: &DedicatedWorkerGlobalScope, task: Task, with: &Array) {
    // Both fail only where memory is out or the page is gone.
    let _ = scope.post_message(&JsValue::NULL);
    let answer = match done(task, with).await {
        Ok(made) => made.iter().collect::<Array>().into(),
        Err(fault) => fault.as_str().into(),
    };
    let _ = scope.post_message(&answer);
}

async fn done(task: Task, with: &Array) -> Made {
    match task {
        Task::Pack(parcel) => pack(parcel, with).await,
        _ => unpack(with).map_err(Fault::Case),
    }
}

/// `with`: the files.
async fn pack(parcel: Parcel, with: &Array) -> Made {
    let mut files = Vec::new();
    for (file, (digest, zone)) in files_of(with).iter().zip(parcel.files) {
        let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| Fault::Changed)?;
        let own = CaseFile::new(file.name(), Uint8Array::new(&buffer).to_vec(), zone);
        files.push(Some(own).filter(|own| own.digest() == digest).ok_or(Fault::Changed)?);
    }
    let held = HeldCase::new(parcel.address, files).map_err(Fault::Case)?;
    Ok(vec![Uint8Array::from(held.html().as_bytes())])
}

/// `with`: the settings, and the text in which the files are packed.
fn unpack(with: &Array) -> Result<Vec<Uint8Array>, CaseError> {
    let text = |place| with.get(place).as_string().unwrap_or_default();
    let files = Settings::read(&text(0))?.files(&text(1))?;
    Ok(files.iter().map(|file| Uint8Array::from(file.bytes())).collect())
}
