//! The state of the page: one case at most, and what is being done about files.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::File;

use super::case::{MergeFailure, OpenCase};
use super::clock::now;
use super::settings::{self, Theme};
use crate::assess::{self, Assessment, Question};
use crate::contract::{Contract, Policy, PolicyKey};
use crate::i18n::{AppTexts, Locale};
use crate::import::{Diagnostic, Imported, Options};
use crate::statement::paper::Paper;
use crate::time::{Instant, LocalMonth, Zone};
use crate::view::{Filter, Route, View, Wording};
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
    /// The person gave up the reading before every file was read.
    Cancelled,
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
    /// What the contract itself says of the readings, where a proposal takes their place.
    pub agreed: Option<Policy>,
}

impl Answer {
    /// What would be found without the proposal; `None` where there is none.
    pub fn under_contract(&self) -> Option<Arc<Assessment>> {
        let case = with_policy(&self.case, self.agreed.as_ref()?);
        let as_of = self.found.as_ref().ok()?.as_of;
        assess::assess(&case.record, Question { month: self.month, as_of }).ok().map(Arc::new)
    }
}

fn with_policy(case: &OpenCase, policy: &Policy) -> OpenCase {
    let mut case = case.clone();
    case.record.contract.get_or_insert_with(Contract::default).policy = policy.clone();
    case
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
    /// Which outages are listed.
    pub filter: RwSignal<Filter>,
    /// Readings that are tried in place of the contract's.
    pub proposal: RwSignal<Option<Policy>>,
    /// Light or dark.
    pub theme: RwSignal<Theme>,
    /// Whether single letters and digits are commands.
    pub single_keys: RwSignal<bool>,
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
    read: StoredValue<Vec<Outcome>, LocalStorage>,
    chosen: StoredValue<bool, LocalStorage>,
    past: RwSignal<Vec<Before>>,
}

/// A file's name, and what became of it.
type Outcome = (String, Result<Imported, Failure>);

/// What was chosen before something else was.
#[derive(Debug, Clone)]
struct Before {
    route: Route,
    case: Option<Arc<OpenCase>>,
    filter: Filter,
    proposal: Option<Policy>,
}

/// So many choices can be taken back.
const CHOICES_KEPT: usize = 50;

impl Session {
    /// A page without a case, at the place that its address names.
    pub fn new() -> Self {
        let case = RwSignal::new(None::<Arc<OpenCase>>);
        let (place, filter) = address();
        let route = RwSignal::new(place);
        let opened_at = RwSignal::new(now());
        let otherwise = settings::language();
        let usual_paper = settings::paper();
        let as_of = Memo::new(move |_| route.get().as_of.unwrap_or_else(|| opened_at.get()));
        let month = Memo::new(move |_| {
            let case = case.get()?;
            Some(route.get().month.unwrap_or_else(|| case.likely_month(as_of.get())))
        });
        let proposal = RwSignal::new(None::<Policy>);
        let answer = Memo::new(move |_| {
            let (case, month) = (case.get()?, month.get()?);
            if !case.unresolved.is_empty() {
                return None;
            }
            let proposed = proposal.get();
            let agreed = proposed.is_some().then(|| policy_of(&case));
            let case = proposed.map_or(case.clone(), |proposed| Arc::new(with_policy(&case, &proposed)));
            let found = assess::assess(&case.record, Question { month, as_of: as_of.get() }).map(Arc::new);
            Some(Answer { case, month, found, agreed })
        });
        Self {
            case,
            phase: RwSignal::default(),
            route,
            filter: RwSignal::new(filter),
            proposal,
            theme: RwSignal::new(settings::theme()),
            single_keys: RwSignal::new(settings::single_keys()),
            locale: Memo::new(move |_| route.get().locale.unwrap_or(otherwise)),
            paper: Memo::new(move |_| route.get().paper.unwrap_or(usual_paper)),
            as_of,
            month,
            answer,
            opened_at,
            reading: StoredValue::new_local(None),
            files: StoredValue::new_local(Vec::new()),
            read: StoredValue::new_local(Vec::new()),
            chosen: StoredValue::new_local(false),
            past: RwSignal::default(),
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
        self.read.set_value(Vec::new());
        let reading = Reading::start(order, files, move |report| match report {
            Report::Started => {}
            Report::Progress(progress) => self.progress(progress),
            Report::File { name, outcome } => {
                let stopped = matches!(*outcome, Err(Failure::Stopped(_)));
                self.read.update_value(|read| read.push((name, *outcome)));
                if stopped {
                    self.settle(None);
                }
            }
            Report::Done => self.settle(None),
        });
        self.reading.set_value(Some(reading));
    }

    /// Reads files that a person chose, and that no address could bring back.
    pub fn open_chosen(self, files: Vec<File>) {
        self.chosen.update_value(|chosen| *chosen |= !files.is_empty());
        self.open(files, None);
    }

    /// Reads the last choice of files again, with their times in `zone`.
    pub fn open_again(self, zone: Zone) {
        self.open(self.files.get_value(), Some(zone));
    }

    /// Gives up what is being read. Files that were read already are offered, not lost.
    pub fn cancel(self) {
        if self.read.with_value(Vec::is_empty) {
            self.reading.set_value(None);
            self.phase.set(Phase::Idle);
        } else {
            self.settle(Some(Problem::Cancelled));
        }
    }

    /// Whether the page says that files could not be used.
    pub fn failed(self) -> bool {
        self.phase.with_untracked(|phase| matches!(phase, Phase::Failed(_)))
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
        self.remember();
        self.reading.set_value(None);
        self.phase.set(Phase::Idle);
        self.files.set_value(Vec::new());
        self.chosen.set_value(false);
        self.proposal.set(None);
        self.case.set(None);
        self.set_place(Route { locale: self.route.get_untracked().locale, ..Route::default() });
    }

    /// Whether there is a choice to take back.
    pub fn can_undo(self) -> bool {
        self.past.with(|past| !past.is_empty())
    }

    /// Takes back the last choice: month, language, time of knowledge, paper, reading proposed, files added or the case closed. The view
    /// stays. `false` where nothing was chosen.
    pub fn undo(self) -> bool {
        let Some(before) = self.past.try_update(Vec::pop).flatten() else { return false };
        let now = self.route.get_untracked();
        if self.case.get_untracked().as_ref().map(Arc::as_ptr) != before.case.as_ref().map(Arc::as_ptr) {
            self.case.set(before.case);
        }
        self.phase.set(Phase::Idle);
        self.filter.set(before.filter);
        if self.proposal.get_untracked() != before.proposal {
            self.proposal.set(before.proposal);
        }
        self.set_place(Route { view: now.view, clause: now.clause, ..before.route });
        true
    }

    /// Keeps what is chosen now, so that what comes next can be taken back.
    fn remember(self) {
        let before = Before {
            route: self.route.get_untracked(),
            case: self.case.get_untracked(),
            filter: self.filter.get_untracked(),
            proposal: self.proposal.get_untracked(),
        };
        self.past.update(|past| {
            past.push(before);
            let beyond = past.len().saturating_sub(CHOICES_KEPT);
            past.drain(..beyond);
        });
    }

    /// The same where the next place differs by more than its view.
    fn remember_before(self, next: Route) {
        let now = self.route.get_untracked();
        if next != (Route { view: next.view, clause: next.clause, ..now }) {
            self.remember();
        }
    }

    /// The readings of the contract; the defaults where nothing says otherwise.
    pub fn contract_policy(self) -> Policy {
        self.case.with(|case| case.as_ref().map(|case| policy_of(case))).unwrap_or_default()
    }

    /// The readings in force: those proposed, else those of the contract.
    pub fn policy(self) -> Policy {
        self.proposal.get().unwrap_or_else(|| self.contract_policy())
    }

    /// Proposes a value, as it stands in files; `false` where the key does not take it.
    pub fn propose(self, key: PolicyKey, value: &str) -> bool {
        let mut proposed = untrack(|| self.policy());
        let taken = proposed.set(key.as_str(), &value.trim().into()).is_ok();
        if taken {
            self.remember();
            self.proposal.set(Some(proposed).filter(|own| *own != untrack(|| self.contract_policy())));
        }
        taken
    }

    /// Goes back to the readings of the contract.
    pub fn propose_nothing(self) {
        self.remember();
        self.proposal.set(None);
    }

    /// Files that a person chose, and readings that are proposed, are on no address: to leave the page is to lose them.
    pub fn would_lose_files(self) -> bool {
        let proposed = self.proposal.with_untracked(Option::is_some);
        self.case.with_untracked(Option::is_some) && (proposed || self.chosen.get_value())
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

    /// The reading has ended, by itself or because of `end`.
    fn settle(self, end: Option<Problem>) {
        self.reading.set_value(None);
        let outcomes = self.read.try_update_value(std::mem::take).unwrap_or_default();
        let (mut usable, mut problems, mut wants_zone) = (Vec::new(), Vec::from_iter(end), false);
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
                self.remember();
                self.opened_at.set(now());
                let likely = case.likely_month(self.as_of.get_untracked());
                self.case.set(Some(Arc::new(case)));
                self.phase.set(Phase::Idle);
                let place = self.route.get_untracked();
                self.set_place(Route { month: place.month.or(Some(likely)), ..place });
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
        self.remember_before(route);
        self.route.set(route);
        if let Some(location) = location() {
            location.set_hash(&self.written(route)).ok();
        }
    }

    /// Changes the present place; the way back does not lead here.
    pub fn replace(self, change: impl FnOnce(&mut Route)) {
        let mut route = self.route.get_untracked();
        change(&mut route);
        self.remember_before(route);
        self.set_place(route);
    }

    fn set_place(self, route: Route) {
        self.route.set(route);
        if let Some(location) = location() {
            location.replace(&format!("#{}", self.written(route))).ok();
        }
    }

    /// The place as it stands in the address; which outages are listed matters in their own view only.
    fn written(self, route: Route) -> String {
        match route.view {
            View::Outages => format!("{route}{}", self.filter.get_untracked()),
            _ => route.to_string(),
        }
    }

    /// Changes which outages are listed; it stands in the address.
    pub fn choose_outages(self, change: impl FnOnce(&mut Filter)) {
        self.remember();
        self.filter.update(change);
        self.set_place(Route { clause: None, ..self.route.get_untracked() });
    }

    /// Follows the address where somebody else changed it.
    pub fn follow_address(self) {
        let (route, filter) = address();
        if route != self.route.get_untracked() {
            self.route.set(route);
        }
        if route.view == View::Outages && filter != self.filter.get_untracked() {
            self.filter.set(filter);
        }
    }
}

fn policy_of(case: &OpenCase) -> Policy {
    case.record.contract.as_ref().map(|contract| contract.policy.clone()).unwrap_or_default()
}

/// The session of the page.
pub fn session() -> Session {
    expect_context()
}

fn location() -> Option<web_sys::Location> {
    web_sys::window().map(|window| window.location())
}

fn address() -> (Route, Filter) {
    let fragment = location().and_then(|location| location.hash().ok()).unwrap_or_default();
    (Route::parse(&fragment), Filter::parse(&fragment))
}
