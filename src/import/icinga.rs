//! Icinga 2: the history of states as Icinga DB Web and the monitoring module of Icinga Web 2 export it, as JSON or CSV,
//! and rows of the tables `state_history`, `sla_history_state` and `sla_history_downtime` with names, as CSV.
//!
//! It tells changes of state, not probes: samples are rebuilt from them ([`super::changes`]). Each change says which state
//! was there before it; where that is not what the change before it says, something is missing in between.

use super::changes::{Changes, Known};
use super::csv::{DELIMITERS, Row, cell_names, column_name, column_place, header_line, is_separator_line};
use super::detect::Format;
use super::diagnostic::{Code, Finding, Place, Stop, listed, shown, shown_bytes};
use super::document::{Fault, Node, Shape, moment};
use super::log::Log;
use super::nagios_log::{downtime_of, series_of_service, some};
use super::table::{Rows, TableReader};
use crate::record::{Digest, Evidence, Maintenance, Origin, Record, SampleState, SeriesKey};
use crate::sorted::{Map, Set};
use crate::time::{Instant, Interval, Zone};

/// The name of the format in results.
const NAME: &str = "icinga-history";

/// Rows of JSON that are looked at to tell the format: the first ones may be comments or notifications.
const LOOKED_AT_ROWS: usize = 1_000;

pub(super) const SHAPE: Shape = Shape {
    name: NAME,
    takes: true,
    recognises: |root| {
        let rows = if root.raw().starts_with('[') { root.peek_list() } else { Vec::new() };
        rows.iter().take(LOOKED_AT_ROWS).any(|row| is_history(&|name| row.peek_path(name).is_some()))
    },
    read: |root, source, log| {
        let mut history = History { source, ..History::default() };
        for (row, node) in (1..).zip(root.list()) {
            // Times of JSON carry their offset, so that nothing can stop the reading.
            let _ = history.take(&Item { node, row }, log);
        }
        history.record(log)
    },
};

pub(super) const FORMAT: Format = Format {
    description: "Icinga's history as CSV (`event_time,host.name,state.hard_state,…`)",
    recognises: |head| delimiter_of(head).is_some(),
    open: |head, options| {
        let table = Table { zone: options.zone, ..Table::default() };
        Box::new(TableReader::new(delimiter_of(head).unwrap_or(b','), table))
    },
};

/// What a field is called: by Icinga DB Web, in Icinga's tables, by the monitoring module.
type Names = &'static [&'static str];

const TIME: Names = &["event_time", "timestamp", "downtime_start"];
const HOST: Names = &["host.name", "host_name"];
const SERVICE: Names = &["service.name", "service_name", "service_description"];
const KIND: Names = &["event_type", "type"];
/// The state that the check found, confirmed or not.
const SOFT: Names = &["state.soft_state", "soft_state"];
const SOFT_BEFORE: Names = &["state.previous_soft_state", "previous_soft_state"];
/// The state as it is confirmed by retries.
const HARD: Names = &["state.hard_state", "hard_state"];
const HARD_BEFORE: Names = &["state.previous_hard_state", "previous_hard_state"];
/// Whether the state is confirmed: `hard` or `soft`.
const STATE_TYPE: Names = &["state.state_type", "state_type"];
const MOST_ATTEMPTS: Names = &["state.max_check_attempts", "max_check_attempts"];
/// The monitoring module has one state, and says in the kind of event whether it is confirmed.
const STATE: Names = &["state"];
const DOWNTIME_START: Names = &["downtime.start_time", "downtime_start"];
const DOWNTIME_END: Names = &["downtime.end_time", "downtime_end"];
const CANCELLED: Names = &["downtime.has_been_cancelled"];
const CANCEL_TIME: Names = &["downtime.cancel_time"];
const WORK: Names = &["downtime.comment", "output"];

/// Kinds of events that bear neither on states nor on downtimes.
const OTHER_KINDS: [&str; 14] = [
    "ack",
    "ack_clear",
    "ack_set",
    "comment",
    "comment_add",
    "comment_deleted",
    "comment_remove",
    "dt_comment",
    "dt_comment_deleted",
    "flapping",
    "flapping_deleted",
    "flapping_end",
    "flapping_start",
    "notification",
];
/// What the monitoring module calls a notification.
const NOTIFY: &str = "notify";

/// Whether the fields of a file, as `has` knows them, are those of a history.
fn is_history(has: &dyn Fn(&str) -> bool) -> bool {
    let any = |names: Names| names.iter().any(|name| has(name));
    let states = any(SOFT) || any(HARD) || (any(KIND) && (any(STATE) || any(DOWNTIME_START)));
    any(HOST) && any(TIME) && (states || (any(DOWNTIME_START) && any(DOWNTIME_END)))
}

/// A row of a history, however it is written.
trait Entry {
    /// Counted from 1.
    fn row(&self) -> u64;

    /// The text of the first of these fields that says anything; else empty.
    fn word(&self, names: Names) -> String;

    /// The time in the first of these fields that says anything; `None` where the row was rejected for it.
    fn time(&self, names: Names, log: &mut Log) -> Result<Option<Instant>, Stop>;

    /// The row is not taken.
    fn reject(&self, names: Names, fault: (Code, String), log: &mut Log);

    fn finding(&self, names: Names, code: Code) -> Finding;
}

/// An item of a list in JSON.
struct Item<'a> {
    node: Node<'a>,
    row: u64,
}

impl Entry for Item<'_> {
    fn row(&self) -> u64 {
        self.row
    }

    fn word(&self, names: Names) -> String {
        let words = names.iter().filter_map(|name| self.node.peek_path(name)?.own_word());
        words.map(|word| word.trim().to_owned()).find(|word| !word.is_empty()).unwrap_or_default()
    }

    fn time(&self, names: Names, log: &mut Log) -> Result<Option<Instant>, Stop> {
        let node = names.iter().find_map(|name| self.node.peek_path(name));
        let missing = || Fault::new(Code::KeyMissing, names.first().copied().unwrap_or_default());
        let time = node.ok_or_else(missing).and_then(|node| moment(node.raw()));
        Ok(time.map_err(|fault| log.reject(|| self.node.finding(fault))).ok())
    }

    fn reject(&self, names: Names, (code, expected): (Code, String), log: &mut Log) {
        let fault = Fault::new(code, &self.word(names)).expected(expected);
        log.reject(|| self.node.finding(fault));
    }

    fn finding(&self, _: Names, code: Code) -> Finding {
        self.node.finding(Fault::new(code, ""))
    }
}

/// A row of a table.
struct Line<'a> {
    names: &'a [String],
    row: Row<'a>,
    zone: Option<Zone>,
}

impl Line<'_> {
    /// The first of these columns that says anything, else the first that is there.
    fn column(&self, names: Names) -> Option<(usize, &[u8])> {
        let columns = || names.iter().filter_map(|name| self.names.iter().position(|own| own == name));
        let cell = |index: usize| self.row.cell(index).filter(|cell| *cell != b"NULL").unwrap_or_default();
        columns().map(|index| (index, cell(index))).find(|(_, cell)| !cell.is_empty()).or_else(|| {
            let index = columns().next()?;
            Some((index, cell(index)))
        })
    }

    fn place(&self, names: Names) -> Place {
        let index = self.column(names).map(|(index, _)| index).unwrap_or_default();
        column_place(self.row.line, index, self.names.get(index).map_or("", String::as_str))
    }
}

impl Entry for Line<'_> {
    fn row(&self) -> u64 {
        self.row.line
    }

    fn word(&self, names: Names) -> String {
        self.column(names).map(|(_, cell)| String::from_utf8_lossy(cell).into_owned()).unwrap_or_default()
    }

    fn time(&self, names: Names, log: &mut Log) -> Result<Option<Instant>, Stop> {
        let cell = self.column(names).map(|(_, cell)| cell).unwrap_or_default();
        log.time(cell, self.zone, || self.place(names))
    }

    fn reject(&self, names: Names, (code, expected): (Code, String), log: &mut Log) {
        let cell = self.column(names).map(|(_, cell)| cell).unwrap_or_default();
        log.reject(|| Finding::new(code, self.place(names)).found(shown_bytes(cell)).expected(expected));
    }

    fn finding(&self, names: Names, code: Code) -> Finding {
        Finding::new(code, self.place(names))
    }
}

fn delimiter_of(head: &[u8]) -> Option<u8> {
    let header = header_line(head)?;
    DELIMITERS.into_iter().find(|delimiter| {
        let names = cell_names(header, *delimiter);
        is_history(&|name| names.iter().any(|own| own == name))
    })
}

#[derive(Default)]
struct Table {
    zone: Option<Zone>,
    names: Vec<String>,
    rows: u64,
    history: History,
}

impl Rows for Table {
    fn take(&mut self, row: Row<'_>, log: &mut Log) -> Result<(), Stop> {
        if self.names.is_empty() {
            if !is_separator_line(row.text) {
                self.names = row.cells().map(column_name).collect();
            }
            return Ok(());
        }
        self.rows += 1;
        if row.cells().count() != self.names.len() {
            let finding = Finding::new(Code::CellCount, Place::Line { line: row.line, column: None });
            log.reject(|| finding.found(row.cells().count().to_string()).expected(self.names.len().to_string()));
            return Ok(());
        }
        self.history.take(&Line { names: &self.names, row, zone: self.zone }, log)
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn finish(mut self, source: Digest, log: &mut Log) -> Result<Record, Stop> {
        NAME.clone_into(&mut log.source.format);
        log.anything_taken(self.rows)?;
        self.history.source = source;
        Ok(self.history.record(log))
    }
}

/// A change of state.
struct Change {
    at: Instant,
    row: u64,
    now: Known,
    /// What was there before it, where the row says so.
    before: Option<Known>,
    /// The state as it is confirmed, and the one that was confirmed before it, where the row says so.
    hard: Option<(Known, Known)>,
    /// Whether it is a confirmation.
    confirms: bool,
    /// Whether retries can have come before the confirmation.
    retried: bool,
    /// Where it stands, for a note.
    place: Finding,
}

/// What the rows come to so far.
#[derive(Default)]
struct History {
    source: Digest,
    changes: Map<SeriesKey, Vec<Change>>,
    maintenance: Map<(String, Instant, Instant), Maintenance>,
    /// Beginnings and ends of downtimes that stand in rows of their own, with the row and what was done.
    downtimes: Map<String, Vec<(Instant, bool, u64, String)>>,
    /// From the first to the last row of whatever kind: so long Icinga is known to have run.
    span: Option<(Instant, Instant)>,
    aside: Set<String>,
}

impl History {
    fn take(&mut self, entry: &dyn Entry, log: &mut Log) -> Result<(), Stop> {
        let Some(at) = entry.time(TIME, log)? else { return Ok(()) };
        let (first, last) = self.span.unwrap_or((at, at));
        self.span = Some((first.min(at), last.max(at)));
        let (host, service) = (entry.word(HOST), entry.word(SERVICE));
        if host.is_empty() {
            entry.reject(HOST, (Code::TargetEmpty, String::new()), log);
            return Ok(());
        }
        let series = if service.is_empty() {
            SeriesKey { target: host, ..SeriesKey::default() }
        } else if let Some(series) = series_of_service(&host, &service) {
            series
        } else {
            self.aside.insert(format!("{host};{service}"));
            return Ok(());
        };
        match entry.word(KIND).as_str() {
            "" if !entry.word(DOWNTIME_END).is_empty() => self.downtime(entry, series.target, log),
            "" | "state_change" => {
                let (now, before) = if entry.word(SOFT).is_empty() { (HARD, HARD_BEFORE) } else { (SOFT, SOFT_BEFORE) };
                self.change(entry, (at, series, service.is_empty()), (now, before), log);
                Ok(())
            }
            "hard_state" | "soft_state" => {
                self.change(entry, (at, series, service.is_empty()), (STATE, &[]), log);
                Ok(())
            }
            "downtime_start" | "downtime_end" => self.downtime(entry, series.target, log),
            kind @ ("dt_start" | "dt_end") => {
                log.source.accepted += 1;
                let own = (at, kind == "dt_start", entry.row(), entry.word(WORK));
                self.downtimes.of_or(series.target, Vec::new).push(own);
                Ok(())
            }
            kind => {
                if kind != NOTIFY && !OTHER_KINDS.contains(&kind) {
                    let known = ["state_change", "downtime_start", "downtime_end"];
                    entry.reject(KIND, (Code::NotOneOf, listed(known)), log);
                }
                Ok(())
            }
        }
    }

    fn change(
        &mut self,
        entry: &dyn Entry,
        (at, series, of_host): (Instant, SeriesKey, bool),
        (now, before): (Names, Names),
        log: &mut Log,
    ) {
        let known = |names: Names| known(&entry.word(names), of_host);
        let Some(state) = known(now) else {
            let states = if of_host { listed(["0", "1", "99"]) } else { listed(["0", "1", "2", "3", "99"]) };
            entry.reject(now, (Code::StatusUnknown, states), log);
            return;
        };
        log.source.accepted += 1;
        let own = Change {
            at,
            row: entry.row(),
            now: state,
            before: known(before),
            hard: known(HARD).zip(known(HARD_BEFORE)),
            confirms: now == HARD || entry.word(STATE_TYPE) == "hard" || entry.word(KIND) == "hard_state",
            retried: entry.word(MOST_ATTEMPTS) != "1",
            place: entry.finding(now, Code::HistoryContradicts),
        };
        self.changes.of_or(series, Vec::new).push(own);
    }

    /// A downtime in one row, from when it took effect until it ended or was cancelled. Its beginning and its end are two
    /// events that say the same.
    fn downtime(&mut self, entry: &dyn Entry, target: String, log: &mut Log) -> Result<(), Stop> {
        let Some(start) = entry.time(DOWNTIME_START, log)? else { return Ok(()) };
        let cancelled = matches!(entry.word(CANCELLED).as_str(), "true" | "y" | "1");
        let end = if cancelled && !entry.word(CANCEL_TIME).is_empty() { CANCEL_TIME } else { DOWNTIME_END };
        let Some(end) = entry.time(end, log)? else { return Ok(()) };
        log.source.accepted += 1;
        // Cancelled before it began: nothing was under way.
        let Some(span) = Interval::new(start, end) else { return Ok(()) };
        let origin = Origin { source: self.source, row: entry.row() };
        let work = entry.word(WORK);
        self.maintenance.of_or((target.clone(), start, end), || downtime_of(target, span, work, origin));
        Ok(())
    }

    /// Beginnings and ends in the order of time; what has no beginning began before the file, what has no end lasts to
    /// its end.
    fn pair_downtimes(&mut self, (first, last): (Instant, Instant)) {
        for (target, mut events) in std::mem::take(&mut self.downtimes) {
            events.sort();
            let mut open: Option<(Instant, u64, String)> = None;
            let mut spans = Vec::new();
            for (at, begins, row, work) in events {
                match (begins, open.take()) {
                    (true, None) => open = Some((at, row, work)),
                    (true, own) => open = own,
                    (false, Some((start, row, work))) => spans.push((start, at, row, work)),
                    (false, None) => spans.push((first, at, row, work)),
                }
            }
            spans.extend(open.map(|(start, row, work)| (start, last, row, work)));
            for (start, end, row, work) in spans {
                let Some(span) = Interval::new(start, end) else { continue };
                let origin = Origin { source: self.source, row };
                let own = downtime_of(target.clone(), span, work, origin);
                self.maintenance.insert((target.clone(), start, end), own);
            }
        }
    }

    fn record(mut self, log: &mut Log) -> Record {
        log.source.evidence = Evidence::Rebuilt;
        for service in &self.aside {
            log.note(|| Finding::new(Code::ServiceAside, Place::File).found(shown(service)));
            log.source.columns_aside.push(shown(service));
        }
        let Some(span) = self.span else { return Record::default() };
        self.pair_downtimes(span);
        let mut maintenance = Vec::new();
        for (_, mut own) in self.maintenance {
            own.origin.source = self.source;
            maintenance.push(own);
        }
        let mut record = Record { maintenance: some(maintenance), ..Record::default() };
        for (key, mut changes) in self.changes {
            changes.sort_by_key(|own| (own.at, own.row));
            if lacks_failures(&changes) {
                log.note(|| Finding::new(Code::HardStatesOnly, Place::File).found(shown(&key.target)));
            }
            let series = rebuilt(&key.target, &changes, span.0, log).series(span.1.plus(1));
            if !series.is_empty() {
                record.series.insert(key, series);
            }
        }
        record
    }
}

/// The changes of one target in the order of time, from `first` on, where the state before the first one is told.
fn rebuilt(target: &str, changes: &[Change], first: Instant, log: &mut Log) -> Changes {
    let mut told = Changes::default();
    if let Some(Change { at, before: Some(before), .. }) = changes.first()
        && first < *at
    {
        told.note(first, *before);
    }
    let mut last: Option<&Change> = None;
    for own in changes {
        if let Some(last) = last.filter(|last| !own.follows(last)) {
            // What came in between is not in the file.
            told.note(last.at.plus(1).min(own.at), Known::Nothing);
            let between = format!("{} – {}", last.at, own.at);
            log.note(|| own.place.clone().found(shown(target)).expected(between));
        }
        let twice = last.is_some_and(|last| last.at == own.at && last.now != own.now);
        // Which of two states at one instant came last cannot be told.
        told.note(own.at, if twice { Known::State(SampleState::Unknown) } else { own.now });
        last = Some(own);
    }
    told
}

/// Whether a failure is confirmed of which no row tells that it was found before: with retries there was one.
fn lacks_failures(changes: &[Change]) -> bool {
    let mut last = None;
    changes.iter().any(|own| {
        let before = last.replace(own.now).or(own.before);
        let failed = !matches!(own.now, Known::State(SampleState::Up) | Known::Nothing);
        failed && own.confirms && own.retried && before.is_some_and(|before| before != own.now)
    })
}

impl Change {
    /// Whether the state before this change is the one that the change before it left. What a check finds names the state
    /// before its first failure also when retries find the same; a confirmation names the one that was confirmed last.
    fn follows(&self, last: &Self) -> bool {
        let found =
            self.before.is_none_or(|before| before == last.now || (self.now == last.now && self.before == last.before));
        let confirmed = match (self.hard, last.hard) {
            (Some((_, before)), Some((hard, _))) if self.confirms => before == hard,
            _ => true,
        };
        found && confirmed
    }
}

/// 0 up and 1 down of a host; 0 OK, 1 warning, 2 critical and 3 unknown of a service; 99 not checked yet.
fn known(code: &str, of_host: bool) -> Option<Known> {
    let state = match (code, of_host) {
        ("0", _) | ("1", false) => SampleState::Up,
        // The monitoring module knows of hosts that cannot be reached.
        ("1" | "2", true) | ("2", false) => SampleState::Down,
        ("3", false) => SampleState::Unknown,
        ("99", _) => return Some(Known::Nothing),
        _ => return None,
    };
    Some(Known::State(state))
}
