//! Long lists are drawn a few rows at a time, so that the page answers in between.

use std::sync::Arc;

use leptos::prelude::*;

/// So many rows are drawn before the page answers again.
const ROWS_IN_A_TURN: usize = 40;

/// Does something once the page has answered. Where the context holds none, a list is drawn at once.
#[derive(Clone, Copy)]
pub struct Later(pub fn(Box<dyn FnOnce()>));

/// A list that is being drawn.
pub struct InTurns {
    /// Its rows.
    pub rows: AnyView,
    /// None of them is missing.
    pub whole: RwSignal<bool>,
}

impl InTurns {
    /// What is said of the element that holds the rows: others are still to come.
    pub fn busy(&self) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static {
        let whole = self.whole;
        move || (!whole.get()).then_some("true")
    }
}

/// What stands at a place in a list.
pub type Row = Arc<dyn Fn(usize) -> AnyView + Send + Sync>;

/// So many rows, each by its place in the list.
pub fn in_turns(count: usize, row: Row) -> InTurns {
    by(ROWS_IN_A_TURN, count, row)
}

/// The same for what takes long to draw: one after the other.
pub(super) fn one_by_one(count: usize, row: Row) -> InTurns {
    by(1, count, row)
}

fn by(at_once: usize, count: usize, row: Row) -> InTurns {
    let whole = RwSignal::new(false);
    InTurns { rows: rows(0, (at_once, count), row, whole), whole }
}

/// The rows from one place on.
fn rows(from: usize, (at_once, count): (usize, usize), row: Row, whole: RwSignal<bool>) -> AnyView {
    let later = use_context::<Later>();
    let until = if later.is_some() { count.min(from.saturating_add(at_once)) } else { count };
    let now: Vec<AnyView> = (from..until).map(|place| row(place)).collect();
    let Some(Later(later)) = later.filter(|_| until < count) else {
        whole.set(true);
        return now.into_any();
    };
    let reached = RwSignal::new(false);
    // Where the list is gone by then, nobody waits for it.
    later(Box::new(move || {
        reached.try_set(true);
    }));
    view! { {now} {move || reached.get().then(|| rows(until, (at_once, count), Arc::clone(&row), whole))} }.into_any()
}
