//! Samples as CSV: `time,target,status[,latency_ms][,vantage][,check]`, columns in any order.

use std::collections::HashMap;

use super::Options;
use super::csv::{DELIMITERS, Row, Splitter, cell_names, column_name, column_place, header_line, is_separator_line};
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop, listed, may_hold_secret, shown, shown_bytes};
use super::document::MAX_FIELD_BYTES;
use super::log::Log;
use super::timestamp::{self, Reading};
use crate::record::{Check, Digest, Record, Sample, SampleState, Series, SeriesKey};
use crate::sorted::Map;
use crate::time::Zone;

pub(super) const FORMAT: Format = Format {
    description: "samples-csv (`time,target,status[,latency_ms][,vantage][,check]`)",
    recognises: |head| delimiter_of(head).is_some(),
    open: |head, options| Box::new(SamplesCsv::new(delimiter_of(head).unwrap_or(b','), None, options)),
};

/// A log without a header: a time and a word on each line, such as `2026-03-01 00:05, success`.
pub(super) const PLAIN: Format = Format {
    description: "plain log (`2026-03-01 00:05, success`)",
    recognises: |head| plain_delimiter_of(head).is_some(),
    open: |head, options| {
        let delimiter = plain_delimiter_of(head).unwrap_or(b',');
        Box::new(SamplesCsv::new(delimiter, Some(Columns::plain()), options))
    },
};

/// The name of the format in results.
const NAME: &str = "samples-csv";

/// How many rows are read of one file: six years of one sample a second.
const MAX_ROWS: u64 = 200_000_000;

/// How many series (target, check, vantage) are read of one file.
const MAX_SERIES: u64 = 100_000;

/// The target of a file without that column.
const ONLY_TARGET: &str = "port-1";

/// The words of the specification, then those of other systems.
const STATUS_WORDS: [(&str, SampleState); 21] = [
    ("up", SampleState::Up),
    ("down", SampleState::Down),
    ("unknown", SampleState::Unknown),
    ("1", SampleState::Up),
    ("0", SampleState::Down),
    ("ok", SampleState::Up),
    ("fail", SampleState::Down),
    ("true", SampleState::Up),
    ("false", SampleState::Down),
    ("success", SampleState::Up),
    ("failed", SampleState::Down),
    ("failure", SampleState::Down),
    ("online", SampleState::Up),
    ("offline", SampleState::Down),
    ("reachable", SampleState::Up),
    ("unreachable", SampleState::Down),
    ("healthy", SampleState::Up),
    ("unhealthy", SampleState::Down),
    ("正常", SampleState::Up),
    ("中斷", SampleState::Down),
    ("中断", SampleState::Down),
];

/// So many of them are of the specification.
const OWN_STATUS_WORDS: usize = 11;

/// How a target can be probed, in the words of the specification.
pub(super) const CHECK_WORDS: [(&str, Check); 6] = [
    ("ping", Check::Ping),
    ("www", Check::Www),
    ("email", Check::Email),
    ("ftp", Check::Ftp),
    ("mains", Check::Mains),
    ("ups", Check::Ups),
];

/// The state of one of the words of the specification, in any case.
pub(super) fn status_of(word: &[u8]) -> Option<SampleState> {
    word_in(&STATUS_WORDS, word)
}

/// The words of the specification.
pub(super) fn status_words() -> String {
    listed(STATUS_WORDS.iter().take(OWN_STATUS_WORDS).map(|(word, _)| *word))
}

/// Whether a column of this name is one of the program's own format, or called so by another system.
pub(super) fn is_column(name: &str) -> bool {
    Column::named(name).is_some()
}

fn word_in<T: Copy>(words: &[(&str, T)], text: &[u8]) -> Option<T> {
    words.iter().find(|(word, _)| word.as_bytes().eq_ignore_ascii_case(text)).map(|(_, value)| *value)
}

/// The delimiter with which the first line holds most of the known columns; `None` where it holds neither `time` nor
/// `status`, nor what other systems call both.
fn delimiter_of(head: &[u8]) -> Option<u8> {
    let header = header_line(head)?;
    let known = |delimiter: &u8| {
        let names = cell_names(header, *delimiter);
        let has = |column: Column| names.iter().any(|name| Column::named(name) == Some(column));
        let own = names.iter().any(|name| name == "time" || name == "status");
        let telling = own || (has(Column::Time) && has(Column::Status));
        if telling { Column::ALL.into_iter().filter(|column| has(*column)).count() } else { 0 }
    };
    let best = DELIMITERS.into_iter().rev().max_by_key(known)?;
    (known(&best) > 0).then_some(best)
}

/// The delimiter with which the first line is a time and a word that is a status.
fn plain_delimiter_of(head: &[u8]) -> Option<u8> {
    let line = header_line(head)?;
    DELIMITERS.into_iter().find(|delimiter| match cell_names(line, *delimiter).as_slice() {
        [time, status] => {
            let time = timestamp::read(time.as_bytes(), None);
            matches!(time, Reading::At(_) | Reading::ZoneNeeded) && status_of(status.as_bytes()).is_some()
        }
        _ => false,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Time,
    Target,
    Status,
    LatencyMs,
    Vantage,
    Check,
}

impl Column {
    const ALL: [Self; 6] = [Self::Time, Self::Target, Self::Status, Self::LatencyMs, Self::Vantage, Self::Check];

    /// What other systems call it.
    const OTHERS: [(&'static str, Self); 23] = [
        ("timestamp", Self::Time),
        ("datetime", Self::Time),
        ("date-time", Self::Time),
        ("date time", Self::Time),
        ("date_time", Self::Time),
        ("ts", Self::Time),
        ("時間", Self::Time),
        ("时间", Self::Time),
        ("host", Self::Target),
        ("hostname", Self::Target),
        ("monitor", Self::Target),
        ("device", Self::Target),
        ("instance", Self::Target),
        ("state", Self::Status),
        ("result", Self::Status),
        ("success", Self::Status),
        ("狀態", Self::Status),
        ("状态", Self::Status),
        ("latency", Self::LatencyMs),
        ("response_time", Self::LatencyMs),
        ("response time", Self::LatencyMs),
        ("location", Self::Vantage),
        ("region", Self::Vantage),
    ];

    /// The column of that name, the specification's own or another system's.
    fn named(name: &str) -> Option<Self> {
        let own = Self::ALL.into_iter().find(|column| column.name() == name);
        own.or_else(|| Self::OTHERS.iter().find(|(other, _)| *other == name).map(|(_, column)| *column))
    }

    /// Which of the names is this column: the specification's own name, else the first of another system's.
    fn of(self, names: &[String]) -> Option<usize> {
        let own = names.iter().position(|name| name == self.name());
        own.or_else(|| names.iter().position(|name| Self::named(name) == Some(self)))
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Target => "target",
            Self::Status => "status",
            Self::LatencyMs => "latency_ms",
            Self::Vantage => "vantage",
            Self::Check => "check",
        }
    }
}

/// Which cell of a row is which column.
struct Columns {
    names: Vec<String>,
    time: usize,
    status: usize,
    target: Option<usize>,
    vantage: Option<usize>,
    check: Option<usize>,
    latency: Option<usize>,
    /// How many cells a row has at least. A latency may be left out at the end of a row.
    least_cells: usize,
}

impl Columns {
    /// A time and a status, and nothing else.
    fn plain() -> Self {
        let names = vec!["time".to_owned(), "status".to_owned()];
        Self { names, time: 0, status: 1, target: None, vantage: None, check: None, latency: None, least_cells: 2 }
    }

    fn read(header: Row<'_>, log: &mut Log) -> Result<Self, Stop> {
        let names: Vec<String> = header.cells().map(column_name).collect();
        let place = |index: usize, name: &str| column_place(header.line, index, name);
        let mut stop = Stop::new();
        for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if names.iter().take(index).any(|earlier| earlier == name) {
                stop.push(Finding::new(Code::ColumnTwice, place(index, name)).found(shown(name)));
            } else if may_hold_secret(name) {
                log.drop_secret(&shown(name), place(index, name));
            } else {
                match Column::named(name).filter(|column| column.of(&names) == Some(index)) {
                    None => {
                        log.note(|| Finding::new(Code::ColumnAside, place(index, name)).found(shown(name)));
                        log.source.columns_aside.push(shown(name));
                    }
                    Some(column) if column.name() != name => {
                        let taken = || Finding::new(Code::ColumnTaken, place(index, name)).found(shown(name));
                        log.note(|| taken().expected(column.name()));
                    }
                    Some(_) => {}
                }
            }
        }
        let of = |column: Column| column.of(&names);
        for column in [Column::Time, Column::Status] {
            if of(column).is_none() {
                let found = listed(names.iter().map(String::as_str));
                let place = Place::Line { line: header.line, column: None };
                stop.push(Finding::new(Code::ColumnMissing, place).found(shown(&found)).expected(column.name()));
            }
        }
        let (Some(time), Some(status), true) = (of(Column::Time), of(Column::Status), stop.is_empty()) else {
            return Err(stop);
        };
        let [target, vantage, check] = [Column::Target, Column::Vantage, Column::Check].map(of);
        let last = [Some(time), Some(status), target, vantage, check].into_iter().flatten().max().unwrap_or(0);
        let latency = of(Column::LatencyMs);
        Ok(Self { time, status, target, vantage, check, latency, least_cells: last + 1, names })
    }

    fn place(&self, line: u64, index: usize) -> Place {
        column_place(line, index, self.names.get(index).map_or("", String::as_str))
    }
}

/// The series of a file, found by the cells that name them.
#[derive(Default)]
struct AllSeries {
    list: Vec<(SeriesKey, Series)>,
    by_key: Map<SeriesKey, usize>,
    by_cells: HashMap<Vec<u8>, usize>,
    /// The cells of the row before: mostly those of this one too.
    last: (Vec<u8>, usize),
}

impl AllSeries {
    fn find(&mut self, cells: &[u8]) -> Option<&mut Series> {
        if self.last.0 != cells || self.list.is_empty() {
            let index = *self.by_cells.get(cells)?;
            self.last.0.clear();
            self.last.0.extend_from_slice(cells);
            self.last.1 = index;
        }
        self.list.get_mut(self.last.1).map(|(_, series)| series)
    }

    fn add(&mut self, cells: &[u8], key: SeriesKey) {
        let index = *self.by_key.of_or(key.clone(), || self.list.len());
        if index == self.list.len() {
            self.list.push((key, Series::default()));
        }
        self.by_cells.insert(cells.to_vec(), index);
    }

    fn settled(self) -> Map<SeriesKey, Series> {
        let settled = |(key, mut series): (SeriesKey, Series)| {
            series.settle();
            (key, series)
        };
        self.list.into_iter().map(settled).collect()
    }
}

/// The rows of a file into series.
struct Table {
    zone: Option<Zone>,
    columns: Option<Columns>,
    series: AllSeries,
    /// The cells that name the series of the row at hand.
    cells: Vec<u8>,
    rows: u64,
}

/// Why a row is not taken: the cell, what is wrong with it, and what could stand there.
struct Fault {
    index: usize,
    code: Code,
    expected: String,
}

impl Fault {
    fn at(index: usize, code: Code) -> Self {
        Self { index, code, expected: String::new() }
    }
}

impl Table {
    fn take(&mut self, row: Row<'_>, log: &mut Log) -> Result<(), Stop> {
        let Some(columns) = &self.columns else {
            if !is_separator_line(row.text) {
                self.columns = Some(Columns::read(row, log)?);
            }
            return Ok(());
        };
        self.rows += 1;
        if log.limits.exceeded(self.rows, MAX_ROWS) {
            let place = Place::Line { line: row.line, column: None };
            return Err(vec![Finding::new(Code::TooManyRows, place).expected(MAX_ROWS.to_string())]);
        }
        if !has_cells(row, columns) {
            log.reject(|| {
                Finding::new(Code::CellCount, Place::Line { line: row.line, column: None })
                    .found(row.ends.len().to_string())
                    .expected(columns.names.len().to_string())
            });
            return Ok(());
        }
        match sample(row, columns, self.zone) {
            Ok((sample, local)) => self.store(row, sample, local, log),
            Err(fault) if fault.code == Code::ZoneNeeded => Err(vec![finding(row, columns, fault)]),
            Err(fault) => {
                log.reject(|| finding(row, columns, fault));
                Ok(())
            }
        }
    }

    fn store(&mut self, row: Row<'_>, sample: Sample, local: Option<Local>, log: &mut Log) -> Result<(), Stop> {
        let Some(columns) = &self.columns else { return Ok(()) };
        self.cells.clear();
        for index in [columns.target, columns.vantage, columns.check].into_iter().flatten() {
            self.cells.extend_from_slice(row.cell(index).unwrap_or_default());
            self.cells.push(0xff);
        }
        if self.series.find(&self.cells).is_none() {
            match series_key(row, columns) {
                Ok(key) if !log.limits.exceeded(self.series.by_cells.len() as u64 + 1, MAX_SERIES) => {
                    self.series.add(&self.cells, key);
                }
                Ok(_) => {
                    let place = Place::Line { line: row.line, column: None };
                    return Err(vec![Finding::new(Code::TooManySeries, place).expected(MAX_SERIES.to_string())]);
                }
                Err(fault) => {
                    log.reject(|| finding(row, columns, fault));
                    return Ok(());
                }
            }
        }
        if let Some(series) = self.series.find(&self.cells) {
            series.push(sample);
            log.source.accepted += 1;
            note_latency(row, columns, log);
            if let Some(local) = local {
                self.note_local(row, sample, local, log);
            }
        }
        Ok(())
    }

    fn note_local(&self, row: Row<'_>, sample: Sample, local: Local, log: &mut Log) {
        let (Some(columns), Some(zone)) = (&self.columns, self.zone) else { return };
        if log.source.read_in_zone.is_none() {
            log.source.read_in_zone = Some(zone.name().to_owned());
        }
        if local == Local::Twice {
            log.source.ambiguous_times += 1;
            let time = row.cell(columns.time).unwrap_or_default();
            let finding = || Finding::new(Code::AmbiguousLocalTime, columns.place(row.line, columns.time));
            log.note(|| finding().found(shown_bytes(time)).expected(sample.at.to_string()));
        }
    }
}

/// Neither too few cells for the columns that are used, nor anything in cells beyond the header, which would mean that
/// the cells do not stand under their names.
fn has_cells(row: Row<'_>, columns: &Columns) -> bool {
    row.ends.len() >= columns.least_cells && row.cells().skip(columns.names.len()).all(<[u8]>::is_empty)
}

fn finding(row: Row<'_>, columns: &Columns, fault: Fault) -> Finding {
    let cell = row.cell(fault.index).unwrap_or_default();
    Finding::new(fault.code, columns.place(row.line, fault.index)).found(shown_bytes(cell)).expected(fault.expected)
}

/// The sample of a row, and whether its time is a local one, that happened once or twice.
fn sample(row: Row<'_>, columns: &Columns, zone: Option<Zone>) -> Result<(Sample, Option<Local>), Fault> {
    let (time, status) = (text(row, columns.time)?, text(row, columns.status)?);
    let fault = |code, expected: &str| Fault { index: columns.time, code, expected: expected.to_owned() };
    let (at, local) = match timestamp::read(time, zone) {
        Reading::At(at) => (at, None),
        Reading::Local { at, twice: false } => (at, Some(Local::Once)),
        Reading::Local { at, twice: true } => (at, Some(Local::Twice)),
        Reading::ZoneNeeded => return Err(fault(Code::ZoneNeeded, "--time-zone")),
        Reading::Never => return Err(fault(Code::TimeNever, zone.map_or("", Zone::name))),
        Reading::OutOfRange => return Err(fault(Code::TimeOutOfRange, "")),
        Reading::Implausible => return Err(fault(Code::EpochImplausible, timestamp::FORMS)),
        Reading::Malformed => return Err(fault(Code::TimeMalformed, timestamp::FORMS)),
    };
    let unknown = || Fault { index: columns.status, code: Code::StatusUnknown, expected: status_words() };
    Ok((Sample { at, state: status_of(status).ok_or_else(unknown)? }, local))
}

/// How a local time could be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Local {
    Once,
    Twice,
}

/// A cell that is used must be text.
fn text(row: Row<'_>, index: usize) -> Result<&[u8], Fault> {
    let cell = row.cell(index).unwrap_or_default();
    if cell.len() > MAX_FIELD_BYTES {
        return Err(Fault { expected: MAX_FIELD_BYTES.to_string(), ..Fault::at(index, Code::FieldTooLong) });
    }
    let is_text = cell.is_ascii() || str::from_utf8(cell).is_ok();
    if is_text && !cell.contains(&0) { Ok(cell) } else { Err(Fault::at(index, Code::NotText)) }
}

fn series_key(row: Row<'_>, columns: &Columns) -> Result<SeriesKey, Fault> {
    let cell = |index: usize| text(row, index).map(|cell| String::from_utf8_lossy(cell).into_owned());
    let target = match columns.target {
        None => ONLY_TARGET.to_owned(),
        Some(index) => cell(index)?,
    };
    if let (true, Some(index)) = (target.is_empty(), columns.target) {
        return Err(Fault::at(index, Code::TargetEmpty));
    }
    let vantage = columns.vantage.map_or(Ok(String::new()), cell)?;
    let check = match columns.check.map(|index| (index, row.cell(index).unwrap_or_default())) {
        None | Some((_, b"")) => Check::default(),
        Some((index, word)) => word_in(&CHECK_WORDS, word).ok_or_else(|| Fault {
            expected: listed(CHECK_WORDS.map(|(word, _)| word)),
            ..Fault::at(index, Code::CheckUnknown)
        })?,
    };
    Ok(SeriesKey { target, check, vantage })
}

/// The latency takes no part in the record: it is looked at so that nobody believes that it was understood.
fn note_latency(row: Row<'_>, columns: &Columns, log: &mut Log) {
    let Some(index) = columns.latency else { return };
    let cell = row.cell(index).unwrap_or_default();
    if !cell.is_empty() && !is_latency(cell) {
        log.note(|| Finding::new(Code::LatencyNotNumber, columns.place(row.line, index)).found(shown_bytes(cell)));
    }
}

/// A number without a minus. Not read by the standard library, whose tables for that would be in the page for this only.
fn is_latency(cell: &[u8]) -> bool {
    let cell = cell.strip_prefix(b"+").unwrap_or(cell);
    let mut parts = cell.splitn(2, |byte| matches!(byte, b'e' | b'E'));
    let (number, exponent) = (parts.next().unwrap_or_default(), parts.next());
    let digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    let decimal = number.iter().any(u8::is_ascii_digit) && number.splitn(2, |byte| *byte == b'.').all(digits);
    let whole = |text: &[u8]| {
        let text = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
        !text.is_empty() && digits(text)
    };
    decimal && exponent.is_none_or(whole)
}

struct SamplesCsv {
    splitter: Splitter,
    table: Table,
}

impl SamplesCsv {
    fn new(delimiter: u8, columns: Option<Columns>, options: Options) -> Self {
        let table = Table { zone: options.zone, columns, series: AllSeries::default(), cells: Vec::new(), rows: 0 };
        Self { splitter: Splitter::new(delimiter), table }
    }
}

impl FormatReader for SamplesCsv {
    fn push(&mut self, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        let Self { splitter, table } = self;
        splitter.push(text, &mut |row| table.take(row, log))
    }

    fn rows(&self) -> u64 {
        self.table.rows
    }

    fn finish(self: Box<Self>, _: Digest, log: &mut Log) -> Result<Record, Stop> {
        let Self { mut splitter, mut table } = *self;
        splitter.finish(&mut |row| table.take(row, log))?;
        log.anything_taken(table.rows)?;
        NAME.clone_into(&mut log.source.format);
        Ok(Record { series: table.series.settled(), ..Record::default() })
    }
}
