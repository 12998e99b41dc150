//! The state of the page: one case at most, and what is being done about files.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::File;

use super::case::{MergeFailure, OpenCase};
use super::clock::now;
use super::settings::{self, Theme};
use crate::assess::{self, Assessment, Question};
use crate::i18n::{AppTexts, Locale};
use crate::import::{Diagnostic, Imported, Options};
use crate::statement::paper::Paper;
use crate::time::{Instant, LocalMonth, Zone};
use crate::view::{Route, View, Wording};
use crate::worker::page::Reading;
use crate::worker::protocol::{Failure, Order, Progress, Report};

/// What is being done about files, besides the case that is shown.
#[derive(Debug, Clone, Default)]
pub enum Phase {
    /// Nothing.
    #[default]
    Idle,
    /// They are being read.
    Loading(Progress),
    /// They could not be used; what was loaded before is untouched.
    Failed(Arc<Failed>),
}

/// Files that could not be used.
#[derive(Debug, Clone)]
pub struct Failed {
    /// What is wrong, in the order of the files. Never empty.
    pub problems: Vec<Problem>,
    /// Those of the same choice that could be.
    pub usable: Vec<Imported>,
    /// They hold times without offset: choosing a zone may be all that is needed.
    pub wants_zone: bool,
}

/// Why a file could not be used.
#[derive(Debug, Clone)]
pub enum Problem {
    /// It is not what this program reads.
    Refused(Diagnostic),
    /// The browser could not read it.
    Unreadable {
        /// The file's name.
        name: String,
        /// The browser's own words.
        why: String,
    },
    /// The reading ended by itself; the browser's own words.
    Stopped(String),
    /// It contradicts what was loaded before.
    Contradicts(MergeFailure),
}

/// The case in one month.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The case.
    pub case: Arc<OpenCase>,
    /// The month.
    pub month: LocalMonth,
    /// What was found; an error where the month cannot be assessed.
    pub found: Result<Arc<Assessment>, assess::Refusal>,
}

impl PartialEq for Answer {
    /// Every answer is a new one: it is only made when what it depends on has changed.
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// The state of the page, handed to its parts by context.
#[derive(Clone, Copy)]
pub struct Session {
    /// What is loaded.
    pub case: RwSignal<Option<Arc<OpenCase>>>,
    /// What is being done about files.
    pub phase: RwSignal<Phase>,
    /// What is shown.
    pub route: RwSignal<Route>,
    /// Light or dark.
    pub theme: RwSignal<Theme>,
    /// The language in force.
    pub locale: Memo<Locale>,
    /// How the statement is put on paper.
    pub paper: Memo<Paper>,
    /// Nothing later is taken for known.
    pub as_of: Memo<Instant>,
    /// The month in question; `None` while nothing is loaded.
    pub month: Memo<Option<LocalMonth>>,
    /// The case in that month; `None` while nothing is loaded, or something that the files refer to is missing.
    pub answer: Memo<Option<Answer>>,
    opened_at: RwSignal<Instant>,
    reading: StoredValue<Option<Reading>, LocalStorage>,
    files: StoredValue<Vec<File>, LocalStorage>,
}

impl Session {
    /// A page without a case, at the place that its address names.
    pub fn new() -> Self {
        let case = RwSignal::new(None::<Arc<OpenCase>>);
        let route = RwSignal::new(address());
        let opened_at = RwSignal::new(now());
        let otherwise = settings::language();
        let usual_paper = settings::paper();
        let as_of = Memo::new(move |_| route.get().as_of.unwrap_or_else(|| opened_at.get()));
        let month = Memo::new(move |_| {
            let case = case.get()?;
            Some(route.get().month.unwrap_or_else(|| case.likely_month(as_of.get())))
        });
        let answer = Memo::new(move |_| {
            let (case, month) = (case.get()?, month.get()?);
            if !case.unresolved.is_empty() {
                return None;
            }
            let found = assess::assess(&case.record, Question { month, as_of: as_of.get() }).map(Arc::new);
            Some(Answer { case, month, found })
        });
        Self {
            case,
            phase: RwSignal::default(),
            route,
            theme: RwSignal::new(settings::theme()),
            locale: Memo::new(move |_| route.get().locale.unwrap_or(otherwise)),
            paper: Memo::new(move |_| route.get().paper.unwrap_or(usual_paper)),
            as_of,
            month,
            answer,
            opened_at,
            reading: StoredValue::new_local(None),
            files: StoredValue::new_local(Vec::new()),
        }
    }

    /// The texts of the page in the language in force.
    pub fn app(self) -> &'static AppTexts {
        &self.locale.get().texts().app
    }

    /// The language in force, the zone of the case, and the place in it.
    pub fn words(self) -> Wording {
        let zone = self.case.with(|case| case.as_ref().map(|case| case.zone()));
        Wording { locale: self.locale.get(), zone: zone.unwrap_or_default(), route: self.route.get() }
    }

    /// The view in force.
    pub fn view(self) -> View {
        self.route.get().view
    }

    /// Reads files and adds them to the case. `zone`: for times without offset.
    pub fn open(self, files: Vec<File>, zone: Option<Zone>) {
        if files.is_empty() {
            return;
        }
        self.files.set_value(files.clone());
        self.phase.set(Phase::Loading(Progress::default()));
        let order = Order { options: Options { zone } };
        let mut outcomes = Vec::new();
        let reading = Reading::start(order, files, move |report| match report {
            Report::Started => {}
            Report::Progress(progress) => self.progress(progress),
            Report::File { name, outcome } => {
                let stopped = matches!(*outcome, Err(Failure::Stopped(_)));
                outcomes.push((name, *outcome));
                if stopped {
                    self.settle(std::mem::take(&mut outcomes));
                }
            }
            Report::Done => self.settle(std::mem::take(&mut outcomes)),
        });
        self.reading.set_value(Some(reading));
    }

    /// Reads the last choice of files again, with their times in `zone`.
    pub fn open_again(self, zone: Zone) {
        self.open(self.files.get_value(), Some(zone));
    }

    /// Gives up what is being read.
    pub fn cancel(self) {
        self.reading.set_value(None);
        self.phase.set(Phase::Idle);
    }

    /// Takes a failure off the page; the case, where there is one, is as it was.
    pub fn dismiss(self) {
        self.phase.set(Phase::Idle);
    }

    /// Goes on with the files that could be used.
    pub fn use_others(self) {
        if let Phase::Failed(failed) = self.phase.get_untracked() {
            self.take(failed.usable.clone());
        }
    }

    /// Forgets the case and starts over.
    pub fn close(self) {
        self.cancel();
        self.files.set_value(Vec::new());
        self.case.set(None);
        self.replace(|route| *route = Route { locale: route.locale, ..Route::default() });
    }

    fn progress(self, progress: Progress) {
        self.phase.update(|phase| {
            if let Phase::Loading(before) = phase
                && before.bytes <= progress.bytes
            {
                *phase = Phase::Loading(progress);
            }
        });
    }

    fn settle(self, outcomes: Vec<(String, Result<Imported, Failure>)>) {
        self.reading.set_value(None);
        let (mut usable, mut problems, mut wants_zone) = (Vec::new(), Vec::new(), false);
        for (name, outcome) in outcomes {
            match outcome {
                Ok(imported) => usable.push(imported),
                Err(Failure::Refused(refusal)) => {
                    wants_zone |= refusal.needs_zone();
                    problems.extend(refusal.diagnostics.into_iter().map(Problem::Refused));
                }
                Err(Failure::Unreadable(why)) => problems.push(Problem::Unreadable { name, why }),
                Err(Failure::Stopped(why)) => problems.push(Problem::Stopped(why)),
            }
        }
        if problems.is_empty() {
            self.take(usable);
        } else {
            self.phase.set(Phase::Failed(Arc::new(Failed { problems, usable, wants_zone })));
        }
    }

    fn take(self, files: Vec<Imported>) {
        let before = self.case.get_untracked().map(|case| (*case).clone()).unwrap_or_default();
        match before.with(files) {
            Ok(case) => {
                self.opened_at.set(now());
                let likely = case.likely_month(self.as_of.get_untracked());
                self.case.set(Some(Arc::new(case)));
                self.phase.set(Phase::Idle);
                self.replace(|route| route.month = route.month.or(Some(likely)));
            }
            Err(failure) => self.fail(vec![Problem::Contradicts(failure)]),
        }
    }

    /// Shows what is wrong; the case, where there is one, stays as it was.
    pub fn fail(self, problems: Vec<Problem>) {
        self.phase.set(Phase::Failed(Arc::new(Failed { problems, usable: Vec::new(), wants_zone: false })));
    }

    /// Goes to another place; the way back leads here.
    pub fn go(self, change: impl FnOnce(&mut Route)) {
        let mut route = self.route.get_untracked();
        change(&mut route);
        self.route.set(route);
        if let Some(location) = location() {
            location.set_hash(&route.to_string()).ok();
        }
    }

    /// Changes the present place; the way back does not lead here.
    pub fn replace(self, change: impl FnOnce(&mut Route)) {
        let mut route = self.route.get_untracked();
        change(&mut route);
        self.route.set(route);
        if let Some(location) = location() {
            location.replace(&format!("#{route}")).ok();
        }
    }

    /// Follows the address where somebody else changed it.
    pub fn follow_address(self) {
        let route = address();
        if route != self.route.get_untracked() {
            self.route.set(route);
        }
    }
}

/// The session of the page.
pub fn session() -> Session {
    expect_context()
}

fn location() -> Option<web_sys::Location> {
    web_sys::window().map(|window| window.location())
}

fn address() -> Route {
    Route::parse(&location().and_then(|location| location.hash().ok()).unwrap_or_default())
}
