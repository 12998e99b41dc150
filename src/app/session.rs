//! The state of the page: one case at most, and what is being done about files.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use js_sys::Uint8Array;
use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::File;

use super::answer::{Answer, Answering, Asked, policy_of};
use super::case::{MergeFailure, OpenCase, is_read_otherwise};
use super::clock::now;
use super::recent::{self, Recent};
use super::settings::{self, Theme};
use super::term::Term;
use super::verify::{Handed, is_result};
use crate::contract::{Policy, PolicyKey};
use crate::i18n::{AppTexts, Locale};
use crate::import::{Code, Diagnostic, Excerpt, Imported, Options, Refusal};
use crate::record::{Digest, FileMapping, Mapping, MappingConflict, MergeError, Settlement, TargetMapping};
use crate::report::CaseError;
use crate::sorted;
use crate::statement::paper::Paper;
use crate::statement::verify::{Stated, Unusable};
use crate::time::{Instant, LocalMonth, Zone};
use crate::view::{Filter, Route, View, Wording};
use crate::worker::page::Reading;
use crate::worker::protocol::{Failure, Order, Progress, Report};
use crate::worker::read::said;
use crate::worker::report::Work;

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
    /// Tables of which a person must say how they are read.
    pub tables: Vec<Arc<AskedTable>>,
}

/// A table of which a person is asked how it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedTable {
    /// The file's name.
    pub name: String,
    /// How it begins.
    pub excerpt: Excerpt,
    /// Words for a status that were not understood.
    pub words: Vec<String>,
    /// How it is read so far.
    pub mapping: Option<FileMapping>,
    /// Its times carry no offset, and no zone was chosen.
    pub needs_zone: bool,
}

/// Files that are being read.
#[derive(Clone, Default)]
struct Attempt {
    files: Vec<File>,
    zone: Option<Zone>,
    /// How tables are read in it.
    mapping: Mapping,
    /// The case is read anew, with all of its files.
    afresh: bool,
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
    /// The address names it, and it is not of the server that the page came from.
    Elsewhere(String),
    /// It is a folder of that name.
    Folder(String),
    /// The reading ended by itself; the browser's own words.
    Stopped(String),
    /// The person gave up the reading before every file was read.
    Cancelled,
    /// It is no result that can be checked.
    Unusable {
        /// The file's name.
        name: String,
        /// Why.
        why: Unusable,
    },
    /// The case in the page's own file cannot be taken out of it.
    Held(CaseError),
    /// It contradicts what was loaded before.
    Contradicts(MergeFailure),
}

impl Problem {
    /// What is wrong with the file, where it is that.
    pub const fn diagnostic(&self) -> Option<&Diagnostic> {
        match self {
            Self::Refused(diagnostic) => Some(diagnostic),
            _ => None,
        }
    }
}

/// The state of the page, handed to its parts by context.
#[derive(Clone, Copy)]
pub struct Session {
    /// What is loaded.
    pub case: RwSignal<Option<Arc<OpenCase>>>,
    /// The result that is checked against it.
    pub stated: RwSignal<Option<Arc<Handed>>>,
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
    /// The months of the term, as far as they are assessed.
    pub term: StoredValue<Term, LocalStorage>,
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
    /// The case in that month, or in the one before as long as it is not assessed; `None` while nothing is loaded, or
    /// something that the files refer to is missing.
    pub answer: RwSignal<Option<Answer>>,
    /// The answer is the one to what is asked now.
    pub answered: RwSignal<bool>,
    /// All of the statement is on the page.
    pub composed: RwSignal<bool>,
    answering: StoredValue<Option<Answering>, LocalStorage>,
    opened_at: RwSignal<Instant>,
    reading: StoredValue<Option<Reading>, LocalStorage>,
    read: StoredValue<Vec<Outcome>, LocalStorage>,
    /// A person chose files.
    chosen: StoredValue<bool, LocalStorage>,
    past: RwSignal<Vec<Before>, LocalStorage>,
    attempt: StoredValue<Attempt, LocalStorage>,
    /// What was said of tables that are not read yet.
    said: StoredValue<Mapping, LocalStorage>,
    /// Those of the last choice that could be read.
    readable: StoredValue<Vec<ReadFile>, LocalStorage>,
    /// The files of the case.
    taken: StoredValue<Vec<ReadFile>, LocalStorage>,
    /// What is to be read when the present files are.
    waiting: StoredValue<Vec<Group>, LocalStorage>,
}

/// Files with the zone of their times without offset.
pub type Group = (Option<Zone>, Vec<File>);

/// A file that was read, as it can be read again.
#[derive(Debug, Clone)]
pub struct ReadFile {
    /// SHA-256 of what was read.
    pub digest: Digest,
    /// The file.
    pub file: File,
    /// The zone of its times without offset.
    pub zone: Option<Zone>,
}

/// A file's name, and what became of it.
type Outcome = (String, Result<Imported, Failure>);

/// What was chosen before something else was.
#[derive(Debug, Clone)]
struct Before {
    route: Route,
    case: Option<Arc<OpenCase>>,
    taken: Vec<ReadFile>,
    chosen: bool,
    filter: Filter,
    proposal: Option<Policy>,
    stated: Option<Arc<Handed>>,
}

/// So many choices can be taken back.
const CHOICES_KEPT: usize = 50;

impl Session {
    /// A page without a case, at the place that its address names. What that leaves open is as in `otherwise`, which is
    /// written like a fragment.
    pub fn new(otherwise: &str) -> Self {
        let case = RwSignal::new(None::<Arc<OpenCase>>);
        let (place, filter) = address(otherwise);
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
        Self {
            case,
            stated: RwSignal::new(None),
            phase: RwSignal::default(),
            route,
            filter: RwSignal::new(filter),
            proposal,
            theme: RwSignal::new(settings::theme()),
            term: StoredValue::new_local(Term::default()),
            single_keys: RwSignal::new(settings::single_keys()),
            locale: Memo::new(move |_| route.get().locale.unwrap_or(otherwise)),
            paper: Memo::new(move |_| route.get().paper.unwrap_or(usual_paper)),
            as_of,
            month,
            answer: RwSignal::new(None),
            answered: RwSignal::new(true),
            answering: StoredValue::new_local(None),
            composed: RwSignal::new(true),
            opened_at,
            reading: StoredValue::new_local(None),
            read: StoredValue::new_local(Vec::new()),
            chosen: StoredValue::new_local(false),
            past: RwSignal::new_local(Vec::new()),
            attempt: StoredValue::new_local(Attempt::default()),
            said: StoredValue::new_local(Mapping::default()),
            readable: StoredValue::new_local(Vec::new()),
            taken: StoredValue::new_local(Vec::new()),
            waiting: StoredValue::new_local(Vec::new()),
        }
    }

    /// The texts of the page in the language in force.
    pub fn app(self) -> &'static AppTexts {
        &self.locale.get().texts().app
    }

    /// One of these texts, which follows the language. All are of one type: each closure of a view would be compiled anew.
    pub fn text(self, of: fn(&'static AppTexts) -> &'static str) -> AnyView {
        (move || of(self.app())).into_any()
    }

    /// From now on whatever is asked is answered.
    pub fn answer_what_is_asked(self) {
        Effect::new(move |_| {
            let asked = self.asked();
            if self.answering.with_value(|own| own.as_ref().map(Answering::asked) == asked.as_ref() && asked.is_some())
            {
                return;
            }
            self.answering.set_value(None);
            if self.is_answered(asked.as_ref()) {
                self.answered.set(true);
            } else if let Some(asked) = asked {
                self.answered.set(false);
                self.answering.set_value(Some(Answering::new(asked)));
                if let Some(answer) = self.slice() {
                    self.give(Some(answer));
                } else {
                    self.go_on();
                }
            } else {
                self.give(None);
            }
        });
    }

    /// What is asked now; `None` while nothing is loaded, or something that the files refer to is missing.
    fn asked(self) -> Option<Asked> {
        let (case, month) = (self.case.get().filter(|case| case.unresolved.is_empty())?, self.month.get()?);
        Some(Asked { case, proposal: self.proposal.get(), month, as_of: self.as_of.get() })
    }

    fn is_answered(self, asked: Option<&Asked>) -> bool {
        self.answer.with_untracked(|answer| answer.as_ref().map(|answer| &answer.asked) == asked)
    }

    fn slice(self) -> Option<Answer> {
        let answering = self.answering.try_update_value(Option::take).flatten()?;
        match answering.slice() {
            ControlFlow::Break(answer) => Some(answer),
            ControlFlow::Continue(left) => {
                self.answering.set_value(Some(left));
                None
            }
        }
    }

    /// The answer is shown in a turn of its own. Where something else is asked meanwhile, it is that one that goes on.
    fn go_on(self) {
        let turn = move || match self.slice() {
            Some(answer) => set_timeout(move || self.give_if_still_asked(answer), Duration::ZERO),
            None if self.answering.with_value(Option::is_some) => self.go_on(),
            None => {}
        };
        set_timeout(turn, Duration::ZERO);
    }

    fn give_if_still_asked(self, answer: Answer) {
        if untrack(|| self.asked()).as_ref() == Some(&answer.asked) {
            self.give(Some(answer));
        }
    }

    fn give(self, answer: Option<Answer>) {
        self.answering.set_value(None);
        self.answer.set(answer);
        self.answered.set(true);
    }

    /// The answer to what is asked now, whatever is shown: whoever prints or saves gets no other.
    pub fn answer_at_once(self) -> Option<Answer> {
        let asked = untrack(|| self.asked());
        if !self.is_answered(asked.as_ref()) {
            let begun = self.answering.try_update_value(Option::take).flatten();
            let begun = begun.filter(|own| Some(own.asked()) == asked.as_ref()).or_else(|| asked.map(Answering::new));
            self.give(begun.map(Answering::end));
        }
        self.answer.get_untracked()
    }

    /// Files are being read, or what was read is assessed for the first time.
    pub fn loading(self) -> bool {
        self.phase.with(|phase| matches!(phase, Phase::Loading(_))) || self.is_preparing()
    }

    /// There is a case, and nothing of it to be shown yet.
    pub fn is_preparing(self) -> bool {
        self.case.with(|case| case.as_ref().is_some_and(|case| case.unresolved.is_empty()))
            && self.answer.with(Option::is_none)
    }

    /// Something else is about to take the place of what is shown.
    pub fn is_busy(self) -> bool {
        !(self.answered.get() && self.composed.get())
    }

    /// The language in force, the zone of the case, and the place in it.
    pub fn words(self) -> Wording {
        let answered = self.answer.with(|answer| answer.as_ref().map(|answer| answer.case.zone()));
        let zone = answered.or_else(|| self.case.with(|case| case.as_ref().map(|case| case.zone())));
        Wording { locale: self.locale.get(), zone: zone.unwrap_or_default(), route: self.route.get() }
    }

    /// The view in force.
    pub fn view(self) -> View {
        self.route.get().view
    }

    /// Reads files and adds them to the case. `zone`: for times without offset.
    pub fn open(self, files: Vec<File>, zone: Option<Zone>) {
        self.waiting.set_value(Vec::new());
        self.read(files, zone);
    }

    /// Reads files and adds them to the case, each group in its own zone.
    pub fn open_in_turn(self, groups: Vec<Group>) {
        self.waiting.set_value(groups);
        self.read_next();
    }

    /// The files of the case are being unpacked. It can be given up like any reading.
    pub fn unpack(self, work: Work) {
        self.phase.set(Phase::Loading(Progress::default()));
        self.reading.set_value(Some(Reading::of(work)));
    }

    /// They are unpacked, or cannot be.
    pub fn unpacked(self) {
        self.reading.set_value(None);
    }

    fn read_next(self) {
        let next = self.waiting.try_update_value(|waiting| (!waiting.is_empty()).then(|| waiting.remove(0))).flatten();
        match next {
            Some((zone, files)) => self.read(files, zone),
            None => self.phase.set(Phase::Idle),
        }
    }

    fn read(self, files: Vec<File>, zone: Option<Zone>) {
        if files.is_empty() {
            return;
        }
        self.start(Attempt { files, zone, mapping: self.mapping_so_far(), afresh: false });
    }

    /// The mapping of the case with what was said since.
    fn mapping_so_far(self) -> Mapping {
        let mut mapping = self.case.with_untracked(|case| case.as_ref().map(|case| case.mapping().clone()));
        let mapping = mapping.get_or_insert_default();
        mapping.files.extend(self.said.get_value().files);
        mapping.clone()
    }

    fn start(self, attempt: Attempt) {
        let Attempt { files, zone, mapping, .. } = attempt.clone();
        self.attempt.set_value(attempt);
        self.phase.set(Phase::Loading(Progress::default()));
        let order = Order { options: Options { zone, ..Options::default() }.with(&mapping) };
        self.read.set_value(Vec::new());
        let reading = Reading::start(order, files, move |report| match report {
            Report::Started | Report::Part(_) => {}
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

    /// Reads the last choice of files again, with their times in `zone`; where it is to be remembered, the mapping says
    /// so of every table that asks for it.
    pub fn open_again(self, zone: Zone, remember: bool) {
        if let (Phase::Failed(failed), true) = (self.phase.get_untracked(), remember) {
            for table in failed.tables.iter().filter(|table| table.needs_zone) {
                let own = table.mapping.clone().unwrap_or_default();
                self.say(table.excerpt.columns(), FileMapping { zone: Some(zone), ..own });
            }
        }
        let attempt = self.attempt.get_value();
        self.start(Attempt { zone: Some(zone), mapping: self.mapping_so_far(), ..attempt });
    }

    /// Reads tables with these columns as a person says: those of the last choice that could not be read, else those of
    /// the case.
    pub fn read_so(self, columns: Vec<String>, file: FileMapping) {
        self.say(columns, file);
        let mapping = self.mapping_so_far();
        match self.phase.get_untracked() {
            Phase::Failed(_) => self.start(Attempt { mapping, ..self.attempt.get_value() }),
            _ => self.read_case_again(Attempt { mapping, ..Attempt::default() }),
        }
    }

    fn say(self, columns: Vec<String>, file: FileMapping) {
        self.said.update_value(|said| said.files.insert(columns, file));
    }

    /// Reads the case anew, with further files.
    fn read_case_again(self, attempt: Attempt) {
        let taken = self.taken.get_value().into_iter().map(|own| (own.file, own.zone));
        let all: Vec<_> = taken.chain(attempt.files.into_iter().map(|file| (file, attempt.zone))).collect();
        let zones: sorted::Set<&str> = all.iter().filter_map(|(_, zone)| zone.map(Zone::name)).collect();
        if zones.len() > 1 {
            let name = all.first().map(|(file, _)| file.name()).unwrap_or_default();
            let error = MergeError::Mapping(MappingConflict::Unread(name));
            return self.fail(vec![Problem::Contradicts(MergeFailure { name: String::new(), error })]);
        }
        let zone = all.iter().find_map(|(_, zone)| *zone);
        let files = all.into_iter().map(|(file, _)| file).collect();
        self.start(Attempt { files, zone, afresh: true, ..attempt });
    }

    /// Says what a target is; `None`: as without a mapping.
    ///
    /// # Errors
    /// What contradicts; the case is then as it was.
    pub fn map_target(self, id: &str, target: Option<TargetMapping>) -> Result<(), Problem> {
        let Some(case) = self.case.get_untracked() else { return Ok(()) };
        let mut mapping = case.mapping().clone();
        match target {
            Some(target) => mapping.targets.insert(id.to_owned(), target),
            None => drop(mapping.targets.remove(id)),
        }
        let case = case.with_mapping(&mapping).map_err(Problem::Contradicts)?;
        self.remember();
        self.case.set(Some(Arc::new(case)));
        Ok(())
    }

    /// Takes the last change of the mapping back, and out of the choices that can be taken back.
    ///
    /// # Errors
    /// What contradicts; the case is then as it was.
    pub fn undo_mapping(self) -> Result<(), Problem> {
        let Some(case) = self.case.get_untracked() else { return Ok(()) };
        let undone = Some(Arc::new(case.undone().map_err(Problem::Contradicts)?));
        self.past.update(|past| {
            let change = past.iter().rposition(|own| !is_same(own.case.as_ref(), Some(&case)));
            // What was chosen since then stays chosen, of the case as it was.
            past.iter_mut().skip(change.map_or(0, |change| change + 1)).for_each(|own| own.case.clone_from(&undone));
            change.map(|change| past.remove(change));
        });
        self.case.set(undone);
        Ok(())
    }

    /// Settles exclusions, or claims one.
    ///
    /// # Errors
    /// What contradicts; the case is then as it was.
    pub fn settle_claims(self, settlement: &Settlement) -> Result<(), Problem> {
        let Some(case) = self.case.get_untracked() else { return Ok(()) };
        let settled = case.with_settlement(settlement).map_err(Problem::Contradicts)?;
        if let (true, Some(unresolved)) = (case.unresolved.is_empty(), settled.unresolved.first()) {
            return Err(Problem::Refused(unresolved.clone()));
        }
        let case = settled;
        self.remember();
        self.case.set(Some(Arc::new(case)));
        Ok(())
    }

    /// The files of the case.
    pub fn read_files(self) -> Vec<ReadFile> {
        self.taken.get_value()
    }

    /// Gives up what is being read. Files that were read already are offered, not lost.
    pub fn cancel(self) {
        // All files are read, and what was read is being assessed: they are taken back.
        if self.phase.with_untracked(|phase| matches!(phase, Phase::Idle)) {
            while untrack(|| self.is_preparing()) && self.undo() {}
            return;
        }
        self.waiting.set_value(Vec::new());
        // A case that is read anew stays as it was: a part of its files would not be it.
        if self.read.with_value(Vec::is_empty) || self.attempt.with_value(|attempt| attempt.afresh) {
            self.stop();
        } else {
            self.settle(Some(Problem::Cancelled));
        }
    }

    /// Forgets whatever is being done about files.
    fn stop(self) {
        self.waiting.set_value(Vec::new());
        self.reading.set_value(None);
        self.said.set_value(Mapping::default());
        self.phase.set(Phase::Idle);
    }

    /// Whether the page says that files could not be used.
    pub fn failed(self) -> bool {
        self.phase.with_untracked(|phase| matches!(phase, Phase::Failed(_)))
    }

    /// Takes a failure off the page; the case, where there is one, is as it was.
    pub fn dismiss(self) {
        self.said.set_value(Mapping::default());
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
        self.stop();
        self.taken.set_value(Vec::new());
        self.chosen.set_value(false);
        self.proposal.set(None);
        self.case.set(None);
        self.stated.set(None);
        self.set_place(Route { locale: self.route.get_untracked().locale, ..Route::default() });
    }

    /// Whether there is a choice to take back.
    pub fn can_undo(self) -> bool {
        self.past.with(|past| !past.is_empty())
    }

    /// Takes back the last choice: month, language, time of knowledge, paper, reading proposed, what a target counts as, how
    /// a table is read, what was settled, files added or the case closed. The view stays. `false` where nothing was chosen.
    pub fn undo(self) -> bool {
        let Some(before) = self.past.try_update(Vec::pop).flatten() else { return false };
        let now = self.route.get_untracked();
        if !is_same(self.case.get_untracked().as_ref(), before.case.as_ref()) {
            self.case.set(before.case);
        }
        self.taken.set_value(before.taken);
        self.chosen.set_value(before.chosen);
        self.stop();
        self.filter.set(before.filter);
        self.stated.set(before.stated);
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
            taken: self.taken.get_value(),
            chosen: self.chosen.get_value(),
            filter: self.filter.get_untracked(),
            proposal: self.proposal.get_untracked(),
            stated: self.stated.get_untracked(),
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

    /// Files that a person chose, what was said of targets and tables, and readings that are proposed are on no address: to
    /// leave the page is to lose them.
    pub fn would_lose_files(self) -> bool {
        let said = self.proposal.with_untracked(Option::is_some) || self.chosen.get_value();
        self.case.with_untracked(|case| case.as_ref().is_some_and(|case| said || case.has_unsaved()))
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
        let given_up = end.is_some();
        let outcomes = self.read.try_update_value(std::mem::take).unwrap_or_default();
        let (mut usable, mut problems, mut refused) = (Vec::new(), Vec::from_iter(end), Vec::new());
        let (mut readable, mut result, attempt) = (Vec::new(), None, self.attempt.get_value());
        // Files are reported in the order in which they were given.
        for ((name, outcome), file) in outcomes.into_iter().zip(attempt.files) {
            match outcome {
                Ok(imported) => {
                    readable.push(ReadFile { digest: imported.digest, file, zone: attempt.zone });
                    usable.push(imported);
                }
                Err(Failure::Refused(refusal)) if result.is_none() && is_result(&refusal) => result = Some(file),
                Err(Failure::Refused(refusal)) => refused.push((name, refusal)),
                Err(Failure::Unreadable(why)) => problems.push(Problem::Unreadable { name, why }),
                Err(Failure::Stopped(why)) => problems.push(Problem::Stopped(why)),
            }
        }
        self.readable.set_value(readable);
        if !given_up && self.reads_again(&usable, &refused) {
            return;
        }
        let wants_zone = refused.iter().any(|(_, refusal)| refusal.needs_zone());
        let asked = refused.iter().filter(|(_, refusal)| refusal.needs_mapping() || refusal.needs_zone());
        let mapping = self.attempt.with_value(|attempt| attempt.mapping.clone());
        let table = |(name, refusal): &(String, Refusal)| {
            let excerpt = (**refusal.excerpt.as_ref()?).clone();
            let words = refusal.diagnostics.iter().filter(|own| own.code == Code::StatusUnknown);
            let words: sorted::Set<String> = words.map(|own| own.found.clone()).collect();
            let (words, mapping) = (words.into_iter().collect(), mapping.files.get(&excerpt.columns()).cloned());
            let needs_zone = refusal.needs_zone();
            Some(Arc::new(AskedTable { name: name.clone(), excerpt, words, mapping, needs_zone }))
        };
        let tables = asked.filter_map(table).collect();
        problems.extend(refused.into_iter().flat_map(|(_, refusal)| refusal.diagnostics).map(Problem::Refused));
        if !problems.is_empty() {
            self.phase.set(Phase::Failed(Arc::new(Failed { problems, usable, wants_zone, tables })));
        } else if usable.is_empty() {
            self.read_next();
        } else {
            self.take(usable);
        }
        if let Some(file) = result {
            spawn_local(self.check(file));
        }
    }

    /// Takes a result to be checked, and goes to the month that it is of.
    async fn check(self, file: File) {
        let name = file.name();
        let stated = match JsFuture::from(file.array_buffer()).await {
            Ok(bytes) => Stated::read(&Uint8Array::new(&bytes).to_vec()),
            Err(error) => return self.fail(vec![Problem::Unreadable { name, why: said(&error) }]),
        };
        match stated {
            Ok(stated) => {
                let question = stated.question;
                self.go(|route| {
                    *route = Route {
                        view: View::Verify,
                        month: Some(question.month),
                        as_of: Some(question.as_of.whole_second()),
                        clause: None,
                        ..*route
                    };
                });
                self.stated.set(Some(Arc::new(Handed { name, stated })));
            }
            Err(why) => self.fail(vec![Problem::Unusable { name, why }]),
        }
    }

    /// Where a mapping came with the files and concerns some that were read without it, reads those again.
    fn reads_again(self, usable: &[Imported], refused: &[(String, Refusal)]) -> bool {
        let attempt = self.attempt.get_value();
        let mut mapping = attempt.mapping.clone();
        for (columns, file) in usable.iter().flat_map(|file| &file.record.mapping.files) {
            mapping.files.of_or(columns.clone(), || file.clone());
        }
        let case = self.case.get_untracked().filter(|_| !attempt.afresh);
        if case.is_some_and(|case| case.is_read_otherwise(&mapping)) {
            self.read_case_again(Attempt { mapping, ..attempt });
            return true;
        }
        let asks = refused.iter().any(|(_, refusal)| refusal.excerpt.is_some());
        let otherwise = usable.iter().any(|file| is_read_otherwise(&file.record, &mapping));
        let again = mapping.files != attempt.mapping.files && (asks || otherwise);
        if again {
            self.start(Attempt { mapping, ..attempt });
        }
        again
    }

    fn take(self, files: Vec<Imported>) {
        let attempt = self.attempt.get_value();
        let before = self.case.get_untracked().map(|case| (*case).clone()).unwrap_or_default();
        let before = if attempt.afresh { before.afresh() } else { before };
        let digests: Vec<Digest> = files.iter().map(|file| file.digest).collect();
        let opened: Vec<Recent> = files.iter().map(Recent::of).collect();
        let said = self.said.get_value();
        let told = if said.is_empty() { Ok(before) } else { before.told(&said, &files) };
        match told.and_then(|case| case.with(files)) {
            Ok(mut case) => {
                self.recognise(&mut case, opened);
                self.remember();
                if attempt.afresh {
                    self.taken.set_value(Vec::new());
                }
                self.keep(&digests);
                self.said.set_value(Mapping::default());
                self.opened_at.set(now());
                let likely = case.likely_month(self.as_of.get_untracked());
                self.case.set(Some(Arc::new(case)));
                self.read_next();
                let place = self.route.get_untracked();
                self.set_place(Route { month: place.month.or(Some(likely)), ..place });
            }
            Err(failure) => self.fail(vec![Problem::Contradicts(failure)]),
        }
    }

    /// Tells which files were opened before, and remembers those that a person chose, where that is wanted.
    fn recognise(self, case: &mut OpenCase, opened: Vec<Recent>) {
        let Some(known) = settings::recent().filter(|_| self.chosen.get_value()) else { return };
        let (mut known, before) = (recent::read(&known), self.case.get_untracked());
        for file in &opened {
            let own = before.as_ref().and_then(|case| case.files.iter().find(|own| own.digest == file.digest));
            let seen = own.map_or_else(|| file.seen_in(&known), |own| own.seen);
            for own in case.files.iter_mut().filter(|own| own.digest == file.digest) {
                own.seen = seen;
            }
        }
        recent::add(&mut known, opened);
        settings::keep_recent(Some(&recent::written(&known)));
    }

    /// Remembers the files of the case, each once.
    fn keep(self, digests: &[Digest]) {
        let readable = self.readable.get_value();
        self.taken.update_value(|taken| {
            for file in readable.into_iter().filter(|file| digests.contains(&file.digest)) {
                if !taken.iter().any(|own| own.digest == file.digest) {
                    taken.push(file);
                }
            }
        });
    }

    /// Shows what is wrong; the case, where there is one, stays as it was.
    pub fn fail(self, problems: Vec<Problem>) {
        self.phase.set(Phase::Failed(Arc::new(Failed {
            problems,
            usable: Vec::new(),
            wants_zone: false,
            tables: Vec::new(),
        })));
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
        let (route, filter) = address("");
        if route != self.route.get_untracked() {
            self.route.set(route);
        }
        if route.view == View::Outages && filter != self.filter.get_untracked() {
            self.filter.set(filter);
        }
    }
}

/// Whether it is the very same case, not one that is equal.
fn is_same(one: Option<&Arc<OpenCase>>, other: Option<&Arc<OpenCase>>) -> bool {
    one.map(Arc::as_ptr) == other.map(Arc::as_ptr)
}

/// The session of the page.
pub fn session() -> Session {
    expect_context()
}

fn location() -> Option<web_sys::Location> {
    web_sys::window().map(|window| window.location())
}

/// What the address names; what that leaves open is as in `otherwise`, which is written like a fragment.
fn address(otherwise: &str) -> (Route, Filter) {
    let fragment = location().and_then(|location| location.hash().ok()).unwrap_or_default();
    let all = format!("{otherwise}&{}", fragment.trim_start_matches('#'));
    (Route::parse(&all), Filter::parse(&all))
}
