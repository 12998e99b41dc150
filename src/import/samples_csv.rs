//! Samples as CSV: `time,target,status[,latency_ms][,vantage][,check]`, columns in any order.

use std::collections::{BTreeMap, HashMap};

use csv_core::{ReadRecordResult, ReaderBuilder};

use super::Options;
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop, listed, may_hold_secret, shown, shown_bytes};
use super::log::Log;
use super::timestamp::{self, Reading};
use crate::record::{Check, Digest, Record, Sample, SampleState, Series, SeriesKey};
use crate::time::Zone;

pub(super) const FORMAT: Format = Format {
    description: "samples-csv (`time,target,status[,latency_ms][,vantage][,check]`)",
    recognises: |head| Dialect::of(head).is_some(),
    open: |head, options| Box::new(SamplesCsv::new(Dialect::of(head).unwrap_or_default(), options)),
};

/// The name of the format in results.
const NAME: &str = "samples-csv";

/// How many rows are read of one file: six years of one sample a second.
const MAX_ROWS: u64 = 200_000_000;

/// How many bytes a row may have.
const MAX_ROW_BYTES: usize = 1 << 20;

/// How many cells a row may have.
const MAX_CELLS: usize = 4_096;

/// How many series (target, check, vantage) are read of one file.
const MAX_SERIES: usize = 100_000;

/// The target of a file without that column.
const ONLY_TARGET: &str = "port-1";

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

const STATUS_WORDS: [(&str, SampleState); 11] = [
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
];

const CHECK_WORDS: [(&str, Check); 6] = [
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
    listed(STATUS_WORDS.map(|(word, _)| word))
}

fn word_in<T: Copy>(words: &[(&str, T)], text: &[u8]) -> Option<T> {
    words.iter().find(|(word, _)| word.as_bytes().eq_ignore_ascii_case(text)).map(|(_, value)| *value)
}

/// What separates the cells.
#[derive(Clone, Copy)]
struct Dialect {
    delimiter: u8,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { delimiter: b',' }
    }
}

impl Dialect {
    /// The delimiter with which the first line holds most of the known columns; `None` where it holds neither `time`
    /// nor `status`.
    fn of(head: &[u8]) -> Option<Self> {
        let header = header_line(head)?;
        let known = |delimiter: &u8| {
            let names = cell_names(header, *delimiter);
            let known = Column::ALL.iter().filter(|column| names.iter().any(|name| name == column.name()));
            let telling = names.iter().any(|name| name == "time" || name == "status");
            if telling { known.count() } else { 0 }
        };
        let best = DELIMITERS.into_iter().rev().max_by_key(known)?;
        (known(&best) > 0).then_some(Self { delimiter: best })
    }
}

/// The first line that is not empty, other than the `sep=;` of spreadsheet programs.
fn header_line(head: &[u8]) -> Option<&[u8]> {
    let mut lines = head.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.trim_ascii().is_empty());
    let first = lines.next()?;
    if is_separator_line(first) { lines.next() } else { Some(first) }
}

fn is_separator_line(line: &[u8]) -> bool {
    line.starts_with(b"sep=") && line.trim_ascii().len() <= 5
}

fn cell_names(header: &[u8], delimiter: u8) -> Vec<String> {
    let mut splitter = Splitter::new(delimiter);
    let mut names = Vec::new();
    let mut collect = |row: Row<'_>| {
        names = row.cells().map(column_name).collect();
        Ok(())
    };
    let split = splitter.push(header, &mut collect).and_then(|()| splitter.finish(&mut collect));
    if split.is_ok() { names } else { Vec::new() }
}

fn column_name(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim().to_ascii_lowercase()
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

/// A row as it stands in the file.
#[derive(Clone, Copy)]
struct Row<'a> {
    /// The line on which it begins, counted from 1.
    line: u64,
    text: &'a [u8],
    /// Where in `text` each cell ends.
    ends: &'a [usize],
}

impl<'a> Row<'a> {
    fn cell(self, index: usize) -> Option<&'a [u8]> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? };
        self.text.get(start..end).map(<[u8]>::trim_ascii)
    }

    fn cells(self) -> impl Iterator<Item = &'a [u8]> {
        (0..self.ends.len()).filter_map(move |index| self.cell(index))
    }

    fn is_blank(self) -> bool {
        self.text.trim_ascii().is_empty()
    }
}

/// Text in pieces into rows, per RFC 4180.
struct Splitter {
    core: csv_core::Reader,
    text: Vec<u8>,
    text_len: usize,
    ends: Vec<usize>,
    ends_len: usize,
    /// The line that the next byte is on.
    line: u64,
    /// The line on which the row that is being read began; `None` between rows.
    row_line: Option<u64>,
}

impl Splitter {
    fn new(delimiter: u8) -> Self {
        let core = ReaderBuilder::new().delimiter(delimiter).build();
        Self { core, text: vec![0; 1 << 10], text_len: 0, ends: vec![0; 32], ends_len: 0, line: 1, row_line: None }
    }

    fn push(&mut self, mut piece: &[u8], take: &mut dyn FnMut(Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        loop {
            if self.row_line.is_none() {
                piece = self.skip_empty_lines(piece);
            }
            if piece.is_empty() {
                return Ok(());
            }
            let row_line = *self.row_line.get_or_insert(self.line);
            let (result, read) = self.read(piece);
            self.line += newlines(piece.get(..read).unwrap_or_default());
            piece = piece.get(read..).unwrap_or_default();
            match result {
                ReadRecordResult::OutputFull => grow(&mut self.text, MAX_ROW_BYTES, row_line)?,
                ReadRecordResult::OutputEndsFull => grow(&mut self.ends, MAX_CELLS, row_line)?,
                ReadRecordResult::Record => self.give(row_line, take)?,
                ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
            }
        }
    }

    /// The last row need not end with its line. A quoted cell that is still open has swallowed what followed.
    fn finish(&mut self, take: &mut dyn FnMut(Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        let Some(row_line) = self.row_line else { return Ok(()) };
        self.push(b"\n", take)?;
        if self.row_line.is_none() {
            return Ok(());
        }
        Err(vec![Finding::new(Code::QuoteOpen, Place::Line { line: row_line, column: None })])
    }

    fn skip_empty_lines<'a>(&mut self, piece: &'a [u8]) -> &'a [u8] {
        let empty = piece.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        let (skipped, rest) = piece.split_at_checked(empty).unwrap_or((piece, &[]));
        self.line += newlines(skipped);
        rest
    }

    fn read(&mut self, piece: &[u8]) -> (ReadRecordResult, usize) {
        let text = self.text.get_mut(self.text_len..).unwrap_or_default();
        let ends = self.ends.get_mut(self.ends_len..).unwrap_or_default();
        let (result, read, written, ended) = self.core.read_record(piece, text, ends);
        self.text_len += written;
        self.ends_len += ended;
        (result, read)
    }

    fn give(&mut self, line: u64, take: &mut dyn FnMut(Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        let text = self.text.get(..self.text_len).unwrap_or_default();
        let ends = self.ends.get(..self.ends_len).unwrap_or_default();
        let row = Row { line, text, ends };
        let taken = if row.is_blank() { Ok(()) } else { take(row) };
        (self.text_len, self.ends_len, self.row_line) = (0, 0, None);
        taken
    }
}

fn newlines(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte == b'\n').count() as u64
}

fn grow<T: Default + Clone>(buffer: &mut Vec<T>, limit: usize, line: u64) -> Result<(), Stop> {
    if buffer.len() >= limit {
        return Err(vec![
            Finding::new(Code::RowTooLong, Place::Line { line, column: None }).expected(limit.to_string()),
        ]);
    }
    buffer.resize((buffer.len() * 2).min(limit), T::default());
    Ok(())
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
    fn read(header: Row<'_>, log: &mut Log) -> Result<Self, Stop> {
        let names: Vec<String> = header.cells().map(column_name).collect();
        let place = |index: usize, name: &str| column_place(header.line, index, name);
        let mut stop = Stop::new();
        for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if names.iter().take(index).any(|earlier| earlier == name) {
                stop.push(Finding::new(Code::ColumnTwice, place(index, name)).found(shown(name)));
            } else if may_hold_secret(name) {
                log.drop_secret(&shown(name), place(index, name));
            } else if Column::ALL.iter().all(|column| column.name() != name) {
                log.note(|| Finding::new(Code::ColumnAside, place(index, name)).found(shown(name)));
                log.source.columns_aside.push(shown(name));
            }
        }
        let of = |column: Column| names.iter().position(|name| name == column.name());
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

fn column_place(line: u64, index: usize, name: &str) -> Place {
    Place::Line { line, column: Some((u32::try_from(index + 1).unwrap_or(u32::MAX), shown(name))) }
}

/// The series of a file, found by the cells that name them.
#[derive(Default)]
struct AllSeries {
    list: Vec<(SeriesKey, Series)>,
    by_key: BTreeMap<SeriesKey, usize>,
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
        let index = *self.by_key.entry(key.clone()).or_insert(self.list.len());
        if index == self.list.len() {
            self.list.push((key, Series::default()));
        }
        self.by_cells.insert(cells.to_vec(), index);
    }

    fn settled(self) -> BTreeMap<SeriesKey, Series> {
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
        if self.rows > MAX_ROWS {
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
                Ok(key) if self.series.by_cells.len() < MAX_SERIES => self.series.add(&self.cells, key),
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
    fn new(dialect: Dialect, options: Options) -> Self {
        let table =
            Table { zone: options.zone, columns: None, series: AllSeries::default(), cells: Vec::new(), rows: 0 };
        Self { splitter: Splitter::new(dialect.delimiter), table }
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
        if log.source.accepted == 0 {
            let rejected = std::mem::take(&mut log.rejected);
            let code = if table.rows == 0 { Code::NoRows } else { Code::NoRowTaken };
            let first = Finding::new(code, Place::File).found(table.rows.to_string());
            return Err(std::iter::once(first).chain(rejected).collect());
        }
        NAME.clone_into(&mut log.source.format);
        Ok(Record { series: table.series.settled(), ..Record::default() })
    }
}
