//! Uptime Kuma's database `kuma.db`, versions 1 and 2. Its backup as JSON holds settings and no heartbeats.
//!
//! Version 1 keeps every beat. Version 2 deletes each night what is older than a day, but for the beats that it calls
//! important: the first of each state. Before the earliest other beat samples are put back from those
//! ([`super::changes`]), and what Kuma's own statistics do not bear out is not taken for known.

use std::collections::BinaryHeap;

use super::Limits;
use super::changes::{Changes, Known};
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop, listed, shown};
use super::document::{Fault, Shape};
use super::latency::microseconds_of;
use super::log::Log;
use super::sqlite::{Damage, Database, MAGIC, Row, Table, Value};
use super::timestamp::{self, Reading};
use crate::record::{
    Application, Check, Digest, Evidence, Latency, Maintenance, Origin, Record, Sample, SampleState, Series, SeriesKey,
    Stance,
};
use crate::sorted::Set;
use crate::time::{DAY_MS, HOUR_MS, Instant, Interval, IntervalSet, SECOND_MS};

pub(super) const FORMAT: Format = Format {
    description: "Uptime Kuma (`kuma.db`)",
    recognises: |head| head.starts_with(MAGIC),
    open: |_, _| Box::new(KumaFile { bytes: Vec::new(), most: MAX_DATABASE_BYTES }),
};

pub(super) const BACKUP: Shape = Shape {
    name: "uptime-kuma-backup",
    takes: false,
    recognises: |root| root.peek("monitorList").is_some() && root.peek("version").is_some(),
    read: |root, _, _| {
        root.problem(Fault::new(Code::NoMonitoringData, "Uptime_Kuma_Backup.json").expected("`kuma.db`"));
        Record::default()
    },
};

/// The name of the format in results.
const NAME: &str = "uptime-kuma";

/// How many bytes a database may have: it is held in memory as a whole, of which a page in a browser has little.
const MAX_DATABASE_BYTES: u64 = 256 << 20;

/// How many monitors a database may have.
const MAX_MONITORS: u64 = 10_000;

/// How many names of tables a diagnostic lists.
const LISTED_TABLES: usize = 20;

/// Kinds of monitors that watch what the agreement knows. The others are set aside.
const KINDS: [(&str, Check); 10] = [
    ("ping", Check::Ping),
    ("port", Check::Ping),
    ("tailscale-ping", Check::Ping),
    ("http", Check::Guessed(Application::Www)),
    ("keyword", Check::Guessed(Application::Www)),
    ("json-query", Check::Guessed(Application::Www)),
    ("real-browser", Check::Guessed(Application::Www)),
    ("browser", Check::Guessed(Application::Www)),
    ("websocket-upgrade", Check::Guessed(Application::Www)),
    ("smtp", Check::Guessed(Application::Email)),
];

struct KumaFile {
    bytes: Vec<u8>,
    most: u64,
}

impl FormatReader for KumaFile {
    fn push(&mut self, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        if log.limits.exceeded((self.bytes.len() + text.len()) as u64, self.most) {
            let limit = format!("{} MiB", self.most >> 20);
            return Err(vec![Finding::new(Code::DatabaseTooLarge, Place::File).expected(limit)]);
        }
        self.bytes.extend_from_slice(text);
        Ok(())
    }

    fn rows(&self) -> u64 {
        0
    }

    fn finish(self: Box<Self>, source: Digest, log: &mut Log) -> Result<Record, Stop> {
        NAME.clone_into(&mut log.source.format);
        log.source.read_in_zone = Some("UTC".to_owned());
        let database = Database::open(&self.bytes).map_err(refused)?;
        let kuma = Kuma::read(&database, log)?;
        if log.source.accepted == 0 {
            let rows = Finding::new(Code::NoRowTaken, Place::File).found(log.source.rejected.to_string());
            let others = std::mem::take(&mut log.rejected).into_iter().chain(std::mem::take(&mut log.notes));
            return Err(std::iter::once(rows).chain(others).collect());
        }
        if database.write_ahead {
            log.note(|| Finding::new(Code::DatabaseWriteAhead, Place::File).found("`kuma.db-wal`"));
        }
        Ok(kuma.record(source, log))
    }
}

/// Why a database cannot be used, for people.
fn refused(damage: Damage) -> Stop {
    vec![match damage {
        Damage::Broken { byte, what, number } => {
            Finding::new(Code::DatabaseDamaged, Place::Byte(byte)).found(format!("{what} {number}"))
        }
        Damage::CutOff { have, need } => {
            Finding::new(Code::DatabaseCutOff, Place::File).found(have.to_string()).expected(need.to_string())
        }
        Damage::NoRowid(table) => {
            Finding::new(Code::DatabaseTable, Place::File).found(shown(&table)).expected("`WITHOUT ROWID`, `VIRTUAL`")
        }
    }]
}

/// What the database holds of use.
struct Kuma {
    /// In order of id; `None`: set aside.
    monitors: Vec<(i64, Option<Monitor>)>,
    /// Whether it deletes beats: from version 2 on, which keeps statistics in their place.
    prunes: bool,
    limits: Limits,
}

/// One monitor whose kind the agreement knows.
struct Monitor {
    key: SeriesKey,
    /// From one beat to the next.
    interval_ms: i64,
    /// How long it retries before it calls a failure one. Such beats are pending, which is never important.
    retry_ms: i64,
    beats: BinaryHeap<Beat>,
    /// Hours, and days of UTC, in which there was at least one beat: when each begins, in order of time.
    hours: Vec<Instant>,
    days: Vec<Instant>,
    latency: Latency,
}

/// In order of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Beat {
    at: Instant,
    row: i64,
    status: Status,
    important: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Down,
    Up,
    Pending,
    Maintenance,
}

impl Status {
    /// Pending is neither up nor down until the retries are over; in maintenance nobody looks.
    const fn state(self) -> SampleState {
        match self {
            Self::Down => SampleState::Down,
            Self::Up => SampleState::Up,
            Self::Pending | Self::Maintenance => SampleState::Unknown,
        }
    }
}

impl Kuma {
    fn read(database: &Database<'_>, log: &mut Log) -> Result<Self, Stop> {
        let (Some(_), Some(_)) = (database.table("heartbeat"), database.table("monitor")) else {
            let names: Vec<&str> =
                database.tables.iter().map(|table| table.name.as_str()).take(LISTED_TABLES).collect();
            let finding = Finding::new(Code::DatabaseForeign, Place::File).found(listed(names));
            return Err(vec![finding.expected("`heartbeat`, `monitor`")]);
        };
        let prunes = database.table("stat_daily").is_some();
        let mut kuma = Self { monitors: Vec::new(), prunes, limits: log.limits };
        kuma.read_monitors(database, log)?;
        kuma.read_statistics(database, "stat_hourly", |monitor| &mut monitor.hours)?;
        kuma.read_statistics(database, "stat_daily", |monitor| &mut monitor.days)?;
        kuma.read_beats(database, log)?;
        Ok(kuma)
    }

    fn read_monitors(&mut self, database: &Database<'_>, log: &mut Log) -> Result<(), Stop> {
        const COLUMNS: [&str; 6] = ["id", "name", "type", "interval", "maxretries", "retry_interval"];
        let mut names = Set::new();
        rows(database, "monitor", (&COLUMNS, 3), &mut |_, values| {
            let [Value::Integer(id), name, kind, interval, retries, retry_interval] = values else { return };
            if self.too_many() {
                return;
            }
            let name = if matches!(name, Value::Null) { String::new() } else { text(name) };
            let kind = text(kind);
            let Some((_, check)) = KINDS.iter().find(|(word, _)| *word == kind) else {
                return self.set_aside(*id, &format!("{name} ({kind})"), log);
            };
            let interval_ms = seconds(interval);
            let retry_ms = if seconds(retry_interval) > 0 { seconds(retry_interval) } else { interval_ms };
            let monitor = Monitor {
                key: SeriesKey { target: free_name(&names, &name, *id), check: *check, ..SeriesKey::default() },
                interval_ms,
                retry_ms: retry_ms.saturating_mul(whole(retries)).min(DAY_MS),
                beats: BinaryHeap::new(),
                hours: Vec::new(),
                days: Vec::new(),
                latency: Latency::default(),
            };
            names.insert(monitor.key.target.clone());
            self.add(*id, Some(monitor));
        })?;
        self.within_limit()
    }

    fn set_aside(&mut self, id: i64, name: &str, log: &mut Log) {
        if !self.too_many() {
            self.add(id, None);
            log.note(|| Finding::new(Code::ServiceAside, Place::File).found(shown(name)));
            log.source.columns_aside.push(shown(name));
        }
    }

    fn add(&mut self, id: i64, monitor: Option<Monitor>) {
        if let Err(place) = self.place(id) {
            self.monitors.insert(place, (id, monitor));
        }
    }

    /// Where a monitor stands, or would stand.
    fn place(&self, id: i64) -> Result<usize, usize> {
        self.monitors.binary_search_by_key(&id, |(own, _)| *own)
    }

    /// `None`: there is none of that id; `Some(None)`: it was set aside.
    fn monitor(&mut self, id: i64) -> Option<&mut Option<Monitor>> {
        let place = self.place(id).ok()?;
        self.monitors.get_mut(place).map(|(_, monitor)| monitor)
    }

    fn too_many(&self) -> bool {
        self.limits.exceeded(self.monitors.len() as u64, MAX_MONITORS)
    }

    fn within_limit(&self) -> Result<(), Stop> {
        let finding = || Finding::new(Code::TooManySeries, Place::File).expected(MAX_MONITORS.to_string());
        if self.too_many() { Err(vec![finding()]) } else { Ok(()) }
    }

    fn read_statistics(
        &mut self,
        database: &Database<'_>,
        table: &str,
        of: fn(&mut Monitor) -> &mut Vec<Instant>,
    ) -> Result<(), Stop> {
        if database.table(table).is_none() {
            return Ok(());
        }
        rows(database, table, (&["monitor_id", "timestamp"], 2), &mut |_, values| {
            let [Value::Integer(monitor), Value::Integer(at)] = values else { return };
            // What is no time bears no hour out.
            let at = Instant::from_epoch_ms(at.saturating_mul(SECOND_MS)).ok();
            if let (Some(Some(monitor)), Some(at)) = (self.monitor(*monitor), at) {
                of(monitor).push(at);
            }
        })?;
        self.monitors.iter_mut().filter_map(|(_, monitor)| monitor.as_mut()).for_each(|own| of(own).sort_unstable());
        Ok(())
    }

    fn read_beats(&mut self, database: &Database<'_>, log: &mut Log) -> Result<(), Stop> {
        let columns = ["monitor_id", "status", "time", "important", "ping"];
        rows(database, "heartbeat", (&columns, 4), &mut |row, values| {
            let [id, status, time, important, ping] = values else { return };
            let Value::Integer(id) = id else {
                return log.reject(|| Finding::new(Code::TargetEmpty, place(row)));
            };
            let monitor = match self.monitor(*id) {
                Some(Some(monitor)) => monitor,
                Some(None) => return,
                None => return self.set_aside(*id, &format!("monitor_id={id}"), log),
            };
            match beat(row, status, time) {
                Ok(beat) => {
                    log.source.accepted += 1;
                    if let Some(us) = round_trip(ping) {
                        monitor.latency.push(beat.at, us);
                    }
                    monitor.beats.push(Beat { important: whole(important) != 0, ..beat });
                }
                Err(finding) => log.reject(|| finding),
            }
        })?;
        self.within_limit()
    }

    fn record(self, source: Digest, log: &mut Log) -> Record {
        let mut record = Record::default();
        log.source.evidence = Evidence::Probes;
        for mut monitor in self.monitors.into_iter().filter_map(|(_, monitor)| monitor) {
            let beats = std::mem::take(&mut monitor.beats).into_sorted_vec();
            for maintenance in monitor.maintenance(&beats, source) {
                record.maintenance.get_or_insert_default().insert(maintenance);
            }
            let pruned = if self.prunes { monitor.pruned(&beats) } else { 0 };
            let (told, kept) = beats.split_at_checked(pruned).unwrap_or((&[], &beats));
            if beats.is_empty() {
                continue;
            }
            let until = kept.first().map_or_else(|| until(told), |beat| beat.at);
            let mut series = monitor.rebuilt(told, until);
            if series.len() > told.len() as u64 {
                log.source.evidence = Evidence::Rebuilt;
                let name = shown(&monitor.key.target);
                log.note(|| Finding::new(Code::BeatsPruned, Place::File).found(name).expected(until.to_string()));
            }
            kept.iter().for_each(|beat| series.push(Sample { at: beat.at, state: beat.status.state() }));
            series.add_latency(std::mem::take(&mut monitor.latency));
            series.settle();
            record.series.insert(monitor.key, series);
        }
        record
    }
}

impl Monitor {
    /// How many of the beats, from the first on, are followed by beats that were deleted.
    fn pruned(&self, beats: &[Beat]) -> usize {
        let mut pruned = beats.iter().position(|beat| !beat.important).unwrap_or(beats.len());
        // Between beats that follow each other in step there were no others.
        let in_step = self.interval_ms + self.interval_ms / 2;
        while let (Some(before), Some(next)) = (pruned.checked_sub(1), beats.get(pruned)) {
            if beats.get(before).is_none_or(|beat| next.at.since(beat.at) > in_step) {
                break;
            }
            pruned = before;
        }
        pruned
    }

    /// The samples up to `until`, put back between the beats that are left.
    fn rebuilt(&self, told: &[Beat], until: Instant) -> Series {
        let unknown = self.unknown(told, until);
        let mut changes = Changes::default();
        for span in unknown.iter() {
            changes.note(span.start(), Known::Nothing);
            let before = told.partition_point(|beat| beat.at <= span.end()).checked_sub(1);
            if let Some(beat) = before.and_then(|before| told.get(before)) {
                changes.note(span.end(), Known::State(beat.status.state()));
            }
        }
        for beat in told {
            changes.note(beat.at, Known::State(beat.status.state()));
            if unknown.contains(beat.at) {
                changes.note(beat.at.plus(1), Known::Nothing);
            }
        }
        changes.series(until)
    }

    /// When the state between two important beats is not known to have lasted.
    fn unknown(&self, told: &[Beat], until: Instant) -> IntervalSet {
        let mut spans = Vec::new();
        let from = told.first().map_or(until, |beat| beat.at);
        let mut add = |start: Instant, end: Instant| spans.extend(Interval::new(start.max(from), end.min(until)));
        for pair in told.windows(2) {
            let [beat, next] = pair else { continue };
            let after = beat.at.plus(1);
            if beat.status == next.status {
                // A beat that changes nothing is important only after something that was not.
                add(after, next.at);
            } else if next.status == Status::Down {
                add(after.max(next.at.plus(-self.retry_ms)), next.at);
            }
        }
        // Statistics tell that there was a beat in an hour, not at which end of it.
        let from_hours = self.hours.first().copied().unwrap_or(Instant::MAX);
        for (buckets, size, end) in [(&self.hours, HOUR_MS, Instant::MAX), (&self.days, DAY_MS, from_hours)] {
            for pair in buckets.windows(2) {
                if let [bucket, next] = pair
                    && next.since(*bucket) > size
                {
                    add(*bucket, next.plus(size).min(end));
                }
            }
        }
        spans.into_iter().collect()
    }

    /// Each stretch of beats in maintenance, up to the first that is not.
    fn maintenance(&self, beats: &[Beat], source: Digest) -> Vec<Maintenance> {
        let mut found = Vec::new();
        let mut before = Status::Up;
        for (index, first) in beats.iter().enumerate() {
            if first.status == Status::Maintenance && before != Status::Maintenance {
                let after = beats.iter().skip(index).find(|beat| beat.status != Status::Maintenance);
                let end = after.map_or_else(|| until(beats), |beat| beat.at);
                found.extend(self.maintenance_from(first, end, source));
            }
            before = first.status;
        }
        found
    }

    fn maintenance_from(&self, first: &Beat, end: Instant, source: Digest) -> Option<Maintenance> {
        let target = &self.key.target;
        let mut targets = Set::new();
        targets.insert(target.clone());
        // Two copies of one database may stand in one case, and tell of one maintenance each.
        let copy: String = source.to_string().chars().take(8).collect();
        Some(Maintenance {
            span: Interval::new(first.at, end)?,
            id: format!("{target}@{}#{copy}", first.at),
            targets,
            work: "Uptime Kuma".to_owned(),
            consent: None,
            stance: Stance::Claimed,
            origin: Origin { source, row: first.row.unsigned_abs() },
        })
    }
}

/// The end of the last beat.
fn until(beats: &[Beat]) -> Instant {
    beats.last().map_or(Instant::MIN, |beat| beat.at.plus(1))
}

/// Takes a row and the values of the columns that were asked for.
type Take<'t> = dyn FnMut(&Row<'_>, &[Value<'_>]) + 't;

/// How many columns are asked for at most.
const MOST_COLUMNS: usize = 6;

/// Gives every row of a table; of the columns the first `needed` must be there, the others may be null.
fn rows(database: &Database<'_>, name: &str, (columns, needed): (&[&str], usize), take: &mut Take) -> Result<(), Stop> {
    let Some(table) = database.table(name) else { return Ok(()) };
    let places: Vec<Option<usize>> = columns.iter().map(|column| table.column(column)).collect();
    let missing = columns.iter().zip(&places).take(needed).find(|(_, place)| place.is_none());
    // A table without columns is of a kind that the walk itself refuses.
    if let Some((column, _)) = missing.filter(|_| !table.columns().is_empty()) {
        return Err(column_missing(table, column));
    }
    let walked = database.rows(table, &mut |row| {
        let mut values = [const { Value::Null }; MOST_COLUMNS];
        for (value, place) in values.iter_mut().zip(&places) {
            *value = place.map_or(Ok(Value::Null), |place| row.value(place))?;
        }
        take(row, values.get(..places.len()).unwrap_or_default());
        Ok(())
    });
    walked.map_err(refused)
}

fn column_missing(table: &Table, column: &str) -> Stop {
    let place = Place::Path { path: shown(&table.name), line: None };
    let columns: Vec<&str> = table.columns().iter().map(String::as_str).collect();
    vec![Finding::new(Code::ColumnAbsent, place).found(listed(columns)).expected(column)]
}

fn place(row: &Row<'_>) -> Place {
    Place::Path { path: format!("heartbeat.id={}", row.rowid), line: None }
}

/// A beat; whether it is important is for the caller.
fn beat(row: &Row<'_>, status: &Value<'_>, time: &Value<'_>) -> Result<Beat, Finding> {
    let finding = |code, value: &Value<'_>| Finding::new(code, place(row)).found(shown(&text(value)));
    let status = match status {
        Value::Integer(0) => Status::Down,
        Value::Integer(1) => Status::Up,
        Value::Integer(2) => Status::Pending,
        Value::Integer(3) => Status::Maintenance,
        other => return Err(finding(Code::StatusUnknown, other).expected(listed(["0", "1", "2", "3"]))),
    };
    // Kuma writes UTC and does not say so.
    let at = match timestamp::read(format!("{}Z", text(time).replace(' ', "T")).as_bytes(), None) {
        Reading::At(at) => at,
        Reading::OutOfRange => return Err(finding(Code::TimeOutOfRange, time)),
        _ => return Err(finding(Code::TimeMalformed, time).expected("`2026-03-01 00:05:00.000`")),
    };
    Ok(Beat { at, row: row.rowid, status, important: false })
}

/// The name of a monitor; one that another has already gets its id.
fn free_name(taken: &Set<String>, name: &str, id: i64) -> String {
    let mut free = name.trim().to_owned();
    while free.is_empty() || taken.contains(&free) {
        free = format!("{free} #{id}").trim_start().to_owned();
    }
    free
}

fn text(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Real(_) => "REAL".to_owned(),
        Value::Null => "NULL".to_owned(),
        Value::Blob(_) => "BLOB".to_owned(),
    }
}

/// Milliseconds, or nothing where there was no answer, in microseconds.
fn round_trip(value: &Value<'_>) -> Option<u32> {
    match value {
        Value::Integer(ms) => u32::try_from(ms.checked_mul(1_000)?).ok(),
        Value::Real(ms) => microseconds_of(*ms),
        _ => None,
    }
}

/// Anything else than a whole number that is not negative is 0.
fn whole(value: &Value<'_>) -> i64 {
    match value {
        Value::Integer(number) => (*number).max(0),
        _ => 0,
    }
}

/// Seconds in milliseconds, at most a day.
fn seconds(value: &Value<'_>) -> i64 {
    whole(value).saturating_mul(SECOND_MS).min(DAY_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In a browser, where a database is held in little memory.
    #[test]
    fn a_database_beyond_the_limit_is_refused_with_what_takes_it() {
        let mut file = KumaFile { bytes: Vec::new(), most: 2 << 20 };
        let mut log = Log::default();
        assert!(file.push(&[0; 2 << 20], &mut log).is_ok());
        let finding = Finding::new(Code::DatabaseTooLarge, Place::File).expected("2 MiB");
        assert_eq!(file.push(&[0], &mut log), Err(vec![finding]));
        log.limits = Limits::None;
        assert!(file.push(&[0], &mut log).is_ok(), "the command line has no such limit");
    }
}
