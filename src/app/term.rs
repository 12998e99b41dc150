use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

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
    /// The first month that is not assessed, and as of when it is to be.
    fn next(&self) -> Option<(LocalMonth, Instant)> {
        Some((*self.asked.months.get(self.months.len())?, self.asked.as_of))
    }
}

/// The term in charts. Its months are assessed one after the other while the page goes on answering, and only as long as
/// they are looked at.
#[component]
pub fn TermCharts() -> impl IntoView {
    let session = session();
    let own = Work { session, turn: StoredValue::new(0), advanced: RwSignal::new(false) };
    Effect::new(move |_| {
        let Some(answer) = session.answer.get() else { return };
        let asked = Asked::now(session, &answer);
        if !session.term.with_value(|term| term.asked.is(&asked)) {
            session.term.set_value(Term { asked, ..Term::default() });
        }
        own.go_on();
    });
    on_cleanup(move || own.stop());
    let choose = move |_| {
        session.term.update_value(|term| term.given_up = !term.given_up);
        own.go_on();
    };
    let text = move || {
        let (app, (done, total)) = (session.app(), own.so_far());
        let text = if own.given_up() { app.term_given_up } else { app.term_progress };
        fill(text, &[("done", &done), ("total", &total)])
    };
    let charts = move || {
        let answer = session.answer.get()?;
        let assessment = answer.found.as_ref().ok()?;
        let held: view::Held = answer.case.clone();
        let words = session.words();
        Some(session.term.with_value(|term| view::term_charts(&held, &term.months, assessment, words)))
    };
    view! {
        <div class="charts" id=PLACE tabindex="-1">
            <Show when=move || !own.is_complete()>
                <div class="term-progress">
                    <p role="status">{text}</p>
                    <button type="button" on:click=choose>
                        {move || if own.given_up() { session.app().term_go_on } else { session.app().cancel }}
                    </button>
                </div>
            </Show>
            <Show when=move || own.is_complete()>{charts}</Show>
        </div>
    }
}

/// The id of the term's place in the page.
const PLACE: &str = "term";

/// The assessing of a term's months.
#[derive(Clone, Copy)]
struct Work {
    session: Session,
    /// What is done of an earlier turn is over.
    turn: StoredValue<u32>,
    /// Turned over whenever there is more, or less, to be told.
    advanced: RwSignal<bool>,
}

impl Work {
    /// Assessed months, and all of them.
    fn so_far(self) -> (usize, usize) {
        self.advanced.get();
        self.session.term.with_value(|term| (term.months.len(), term.asked.months.len()))
    }

    fn is_complete(self) -> bool {
        let (done, total) = self.so_far();
        done == total
    }

    fn given_up(self) -> bool {
        self.advanced.get();
        self.session.term.with_value(|term| term.given_up)
    }

    fn stop(self) {
        self.turn.try_update_value(|turn| *turn += 1);
    }

    fn tell(self) {
        self.advanced.update(|advanced| *advanced = !*advanced);
    }

    fn go_on(self) {
        self.stop();
        self.tell();
        let answer = self.session.answer.get_untracked();
        if let Some(answer) = answer.filter(|_| !self.session.term.with_value(|term| term.given_up)) {
            self.slice(answer, self.turn.get_value());
        }
    }

    /// Assesses months until the slice is over, lets the page answer, and goes on; until something else is asked.
    fn slice(self, answer: Answer, turn: u32) {
        let slice = move || {
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            let until = milliseconds() + SLICE_MS;
            while let Some((month, as_of)) = self.session.term.with_value(Term::next) {
                let found = found(&answer, month, as_of);
                self.session.term.update_value(|term| term.months.push(TermMonth { month, found }));
                if milliseconds() >= until {
                    break;
                }
            }
            let had_focus = super::page::has_focus(".term-progress");
            self.tell();
            if self.session.term.with_value(|term| term.next().is_some()) {
                self.slice(answer.clone(), turn);
            } else if had_focus {
                // The button is gone; what has come in its place takes the focus.
                request_animation_frame(|| super::page::focus_on("#term"));
            }
        };
        set_timeout(slice, Duration::ZERO);
    }
}

/// The month of the answer is not assessed again.
fn found(answer: &Answer, month: LocalMonth, as_of: Instant) -> Result<Arc<assess::Assessment>, assess::Refusal> {
    match &answer.found {
        Ok(own) if month == answer.month => Ok(Arc::clone(own)),
        _ => assess::assess(&answer.case.record, Question { month, as_of }).map(Arc::new),
    }
}
