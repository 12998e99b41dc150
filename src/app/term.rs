use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::answer::{Answer, Asked, SLICE_MS, assessed};
use super::clock::milliseconds;
use super::session::{Session, session};
use crate::assess::{self, Assessment, Question, Refusal, Steps};
use crate::chart::TermMonth;
use crate::i18n::fill;
use crate::time::LocalMonth;
use crate::view;

/// The months of the term, as far as they are assessed. They are kept until something else is asked of them.
#[derive(Default)]
pub struct Term {
    asked: Option<AskedTerm>,
    /// The month that is being assessed.
    present: Option<Steps<'static, Result<Arc<Assessment>, Refusal>>>,
    /// Those that are assessed, in order.
    months: Vec<TermMonth>,
    /// A person gave up the rest.
    given_up: bool,
}

/// What is asked of a term: what is asked of its month in question, and its months.
type AskedTerm = (Asked, Vec<LocalMonth>);

impl Term {
    /// Whether a month is not assessed yet.
    fn is_open(&self) -> bool {
        self.months.len() < self.all()
    }

    fn all(&self) -> usize {
        self.asked.as_ref().map_or(0, |(_, months)| months.len())
    }

    /// Goes on with the first month that is not assessed. That of the answer is not assessed again.
    fn step(&mut self, answer: &Answer) {
        let Some((asked, months)) = &self.asked else { return };
        let Some(month) = months.get(self.months.len()).copied() else { return };
        let question = Question { month, as_of: asked.as_of };
        let own = answer.found.as_ref().ok().filter(|_| month == answer.month);
        let found = own.map_or_else(
            || {
                let present = self.present.take();
                present.unwrap_or_else(|| Steps::new(assessed(Arc::clone(&answer.case), question))).step()
            },
            |own| ControlFlow::Break(Ok(Arc::clone(own))),
        );
        match found {
            ControlFlow::Break(found) => self.months.push(TermMonth { month, found }),
            ControlFlow::Continue(left) => self.present = Some(left),
        }
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
        let months = assess::term_months(&answer.case.record, answer.month);
        let asked = Some((answer.asked, months));
        if session.term.with_value(|term| !is_same(term.asked.as_ref(), asked.as_ref())) {
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
        self.session.term.with_value(|term| (term.months.len(), term.all()))
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
            while self.session.term.with_value(Term::is_open) && milliseconds() < until {
                self.session.term.update_value(|term| term.step(&answer));
            }
            let had_focus = super::page::has_focus(".term-progress");
            self.tell();
            if self.session.term.with_value(Term::is_open) {
                self.slice(answer.clone(), turn);
            } else if had_focus {
                // The button is gone; what has come in its place takes the focus.
                request_animation_frame(|| super::page::focus_on("#term"));
            }
        };
        set_timeout(slice, Duration::ZERO);
    }
}

/// The month in question makes no difference to the others.
fn is_same(one: Option<&AskedTerm>, other: Option<&AskedTerm>) -> bool {
    let (Some((one, months)), Some((other, others))) = (one, other) else { return false };
    Asked { month: other.month, ..one.clone() } == *other && months == others
}
