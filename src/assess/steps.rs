//! What takes long is done in steps, so that whoever must not wait for the whole of it can do something else in between.

use std::future::poll_fn;
use std::mem::take;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Something that is found step by step.
pub struct Steps<'a, T>(Pin<Box<dyn Future<Output = T> + 'a>>);

impl<'a, T> Steps<'a, T> {
    /// Nothing of it is done yet. The work waits for nothing but [`pause`].
    #[must_use]
    pub fn new(work: impl Future<Output = T> + 'a) -> Self {
        Self(Box::pin(work))
    }

    /// Goes on until the next pause: what was found, or what is still to be done.
    pub fn step(mut self) -> ControlFlow<T, Self> {
        match self.0.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(found) => ControlFlow::Break(found),
            Poll::Pending => ControlFlow::Continue(self),
        }
    }

    /// All the steps that are left, one after the other.
    pub fn end(mut self) -> T {
        loop {
            match self.step() {
                ControlFlow::Break(found) => return found,
                ControlFlow::Continue(left) => self = left,
            }
        }
    }
}

/// The end of a step.
pub(super) async fn pause() {
    let mut due = true;
    poll_fn(|_| if take(&mut due) { Poll::Pending } else { Poll::Ready(()) }).await;
}
