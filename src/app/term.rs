use std::sync::Arc;
use std::time::Duration;

use leptos::{html, prelude::*};

use super::case::OpenCase;
use super::clock::milliseconds;
use super::session::{Answer, Session, session};
use crate::assess::{self, Question};
use crate::chart::TermMonth;
use crate::contract::Policy;
use crate::i18n::fill;
use crate::time::{Instant, LocalMonth};
use crate::view;

/// For so long the page may assess before it answers again, in milliseconds; at least one month at a time.
const SLICE_MS: i64 = 30;

/// The months of the term, as far as they are assessed. They are kept until something else is asked of them.
#[derive(Debug, Clone, Default)]
pub struct Term {
    asked: Asked,
    /// Those that are assessed, in order.
    months: Vec<TermMonth>,
    /// A person gave up the rest.
    given_up: bool,
}

/// What is asked of a term.
#[derive(Debug, Clone)]
struct Asked {
    case: Option<Arc<OpenCase>>,
    proposal: Option<Policy>,
    as_of: Instant,
    months: Vec<LocalMonth>,
}

impl Default for Asked {
    fn default() -> Self {
        Self { case: None, proposal: None, as_of: Instant::MIN, months: Vec::new() }
    }
}

impl Asked {
    fn now(session: Session, answer: &Answer) -> Self {
        Self {
            case: session.case.get(),
            proposal: session.proposal.get(),
            as_of: session.as_of.get(),
            months: assess::term_months(&answer.case.record, answer.month),
        }
    }

    /// Whether the same was asked of the very same case.
    fn is(&self, other: &Self) -> bool {
        self.case.as_ref().map(Arc::as_ptr) == other.case.as_ref().map(Arc::as_ptr)
            && (&self.proposal, self.as_of, &self.months) == (&other.proposal, other.as_of, &other.months)
    }
}

impl Term {
    fn next(&self) -> Option<LocalMonth> {
        self.asked.months.get(self.months.len()).copied()
    }

    /// Assessed months, and all of them.
    fn so_far(&self) -> (usize, usize) {
        (self.months.len(), self.asked.months.len())
    }
}

/// The term in charts. Its months are assessed one after the other while the page goes on answering, and only as long as
/// they are looked at.
#[component]
pub fn TermCharts() -> impl IntoView {
    let session = session();
    let turn = StoredValue::new(0_u32);
    let place = NodeRef::<html::Div>::new();
    let go_on = move || {
        turn.update_value(|turn| *turn += 1);
        session.term.update(|term| term.given_up = false);
        if let Some(answer) = session.answer.get_untracked() {
            work(session, answer, turn, turn.get_value());
        }
    };
    Effect::new(move |_| {
        let Some(answer) = session.answer.get() else { return };
        let asked = Asked::now(session, &answer);
        if session.term.with_untracked(|term| term.asked.is(&asked)) {
            if session.term.with_untracked(|term| term.given_up) {
                return;
            }
        } else {
            session.term.set(Term { asked, ..Term::default() });
        }
        go_on();
    });
    on_cleanup(move || turn.update_value(|turn| *turn += 1));
    let choose = move |_| {
        if session.term.with_untracked(|term| term.given_up) {
            go_on();
        } else {
            turn.update_value(|turn| *turn += 1);
            session.term.update(|term| term.given_up = true);
        }
    };
    let so_far = Memo::new(move |_| session.term.with(Term::so_far));
    let complete = Memo::new(move |_| so_far.get().0 == so_far.get().1);
    let said = move || {
        let ((done, total), app) = (so_far.get(), session.app());
        let text = if session.term.with(|term| term.given_up) { app.term_given_up } else { app.term_progress };
        fill(text, &[("done", &done), ("total", &total)])
    };
    let charts = move || {
        let answer = session.answer.get()?;
        let assessment = answer.found.as_ref().ok()?;
        Some(session.term.with(|term| view::term_charts(&term.months, assessment, session.words())))
    };
    // The button that had the focus goes when the months are complete; what has come in its place takes it.
    Effect::new(move |before: Option<bool>| {
        let now = complete.get();
        if now && before == Some(false) {
            let had = place.get_untracked().is_some_and(|own| own.matches(":focus-within").unwrap_or(false));
            if had && let Some(place) = place.get_untracked() {
                place.focus().ok();
            }
        }
        now
    });
    view! {
        <div class="charts" node_ref=place tabindex="-1">
            <h2>{move || session.app().charts_term}</h2>
            <Show when=move || !complete.get()>
                <div class="term-progress">
                    <p role="status">{said}</p>
                    <progress aria-label=move || session.app().charts_term max=move || so_far.get().1.to_string()
                        value=move || so_far.get().0.to_string()></progress>
                    <button type="button" on:click=choose>{move || {
                        let app = session.app();
                        if session.term.with(|term| term.given_up) { app.term_go_on } else { app.cancel }
                    }}</button>
                </div>
            </Show>
            <Show when=move || complete.get()>{charts}</Show>
        </div>
    }
}

/// Assesses months until the slice is over, lets the page answer, and goes on; until something else is asked.
fn work(session: Session, answer: Answer, turn: StoredValue<u32>, own: u32) {
    let slice = move || {
        if turn.try_get_value() != Some(own) {
            return;
        }
        let (until, mut months) = (milliseconds() + SLICE_MS, Vec::new());
        let (wanted, as_of) = session.term.with_untracked(|term| {
            let rest: Vec<LocalMonth> = term.asked.months.iter().skip(term.months.len()).copied().collect();
            (rest, term.asked.as_of)
        });
        for month in wanted {
            months.push(TermMonth { month, found: found(&answer, month, as_of) });
            if milliseconds() >= until {
                break;
            }
        }
        session.term.update(|term| term.months.extend(months));
        if session.term.with_untracked(Term::next).is_some() {
            work(session, answer.clone(), turn, own);
        }
    };
    set_timeout(slice, Duration::ZERO);
}

/// The month of the answer is not assessed again.
fn found(answer: &Answer, month: LocalMonth, as_of: Instant) -> Result<Arc<assess::Assessment>, assess::Refusal> {
    match &answer.found {
        Ok(own) if month == answer.month => Ok(Arc::clone(own)),
        _ => assess::assess(&answer.case.record, Question { month, as_of }).map(Arc::new),
    }
}
