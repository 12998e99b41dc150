use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{JoinHandle, spawn};

use sla_statement::import::{AtOnce, Gathering, Samples};
use sla_statement::record::Series;

/// So many lots of samples wait at most for who puts them into their series.
const WAITING: usize = 32;

/// Puts samples into their series in a thread of its own, while rows are read in another.
struct Beside {
    give: SyncSender<Samples>,
    /// What the thread has emptied.
    empty: Receiver<Samples>,
    thread: JoinHandle<Vec<Series>>,
}

/// Begins to gather in a thread of its own.
pub fn gathering_beside() -> Box<dyn Gathering> {
    let (give, given) = sync_channel::<Samples>(WAITING);
    let (give_back, empty) = sync_channel(WAITING + 1);
    let thread = spawn(move || {
        let mut gathering = Box::<AtOnce>::default();
        for mut samples in given {
            gathering.take(&mut samples);
            // Where nobody wants it back, it is not needed.
            let _ = give_back.try_send(samples);
        }
        gathering.finish()
    });
    Box::new(Beside { give, empty, thread })
}

impl Gathering for Beside {
    fn take(&mut self, samples: &mut Samples) {
        let empty = self.empty.try_recv().unwrap_or_default();
        // It fails only where the thread has panicked, which `finish` passes on.
        let _ = self.give.send(std::mem::replace(samples, empty));
    }

    fn finish(self: Box<Self>) -> Vec<Series> {
        let Self { give, thread, .. } = *self;
        drop(give);
        thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    }
}
