//! Samples as CSV: `time,target,status[,latency_ms][,vantage][,check]`, columns in any order.

use sample_rows::{Names, SampleRows, Value};

use super::columns::{Column, Columns, Excerpt, FIRST_BYTES, FIRST_ROWS, FirstRow, Heading, is_time};
use super::csv::{DELIMITERS, Header, Row, cell_names, column_name, header_line, is_separator_line, table_header};
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop, listed, shown_bytes};
use super::document::MAX_FIELD_BYTES;
use super::gathering::{AtOnce, Gathering, Samples, number_of};
use super::latency::microseconds;
use super::log::Log;
use super::table::{Rows, TableReader};
use super::timestamp::{self, Reading};
use super::{MAPPING_FORMAT, Options};
use crate::record::{Check, Digest, Record, Sample, SampleState, Series, SeriesKey, TableMapping};
use crate::sorted::Map;
use crate::time::{Instant, Zone};

pub(super) const FORMAT: Format = Format {
    description: "samples-csv (`time,target,status[,latency_ms][,vantage][,check]`)",
    recognises: |head| delimiter_of(head).is_some(),
    open: |head, options| reader(delimiter_of(head).unwrap_or(b','), None, options),
};

/// A log without a header: a time and a word on each line, such as `2026-03-01 00:05, success`.
pub(super) const PLAIN: Format = Format {
    description: "plain log (`2026-03-01 00:05, success`)",
    recognises: |head| plain_delimiter_of(head).is_some(),
    open: |head, options| {
        let delimiter = plain_delimiter_of(head).unwrap_or(b',');
        reader(delimiter, Some(Columns::plain()), options)
    },
};

/// A table of another system, whose columns are told by their cells, or by nobody but a mapping.
pub(super) const OTHER: Format = Format {
    description: "other CSV with a time and a status in each row",
    recognises: |head| other_header(head).is_some(),
    open: |head, options| match other_header(head) {
        Some(header) => Box::new(TableReader::new(header.delimiter, Table::of_header(&header, options.zone))),
        None => reader(b',', None, options),
    },
};

/// The first row of a table whose columns all bear names, or whose first row is one of data.
fn other_header(head: &[u8]) -> Option<Header> {
    header_of(head).filter(|header| header.names.iter().all(|name| !name.is_empty()))
}

/// The first row of a text that could be a table.
pub(super) fn header_of(head: &[u8]) -> Option<Header> {
    let header = table_header(head, is_time)?;
    match delimiter_of(head) {
        Some(delimiter) if delimiter != header.delimiter => {
            let names = cell_names(header_line(head)?, delimiter);
            Some(Header { delimiter, names, named: true })
        }
        _ => Some(header),
    }
}

fn reader(delimiter: u8, columns: Option<Columns>, options: Options) -> Box<dyn FormatReader> {
    let mut table = Table { delimiter, zone: options.zone, ..Table::default() };
    if let Some(columns) = columns {
        table.start(columns);
    }
    Box::new(TableReader::new(delimiter, table))
}

/// A reader of a table as a mapping says, whatever format it is of otherwise.
pub(super) fn mapped(header: &Header, table: &TableMapping, zone: Option<Zone>) -> Box<dyn FormatReader> {
    let own = Table { mapping: Some(table.clone()), ..Table::of_header(header, zone) };
    Box::new(TableReader::new(header.delimiter, own))
}

/// The name of the format in results.
pub(super) const NAME: &str = "samples-csv";

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

/// Whether every file may use this word for a status.
#[must_use]
pub fn is_status_word(word: &str) -> bool {
    status_of(word.as_bytes()).is_some()
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

/// The series of a file, found by the cells that name them.
#[derive(Default)]
struct AllSeries {
    keys: Vec<SeriesKey>,
    by_key: Map<SeriesKey, usize>,
    names: Names,
    /// Samples that wait until there are many.
    samples: Samples,
    gathering: Option<Box<dyn Gathering>>,
}

impl AllSeries {
    /// The place of the series of that key in `keys`, which these cells name from now on.
    fn add(&mut self, cells: NamingCells<'_>, key: SeriesKey) -> u32 {
        let place = *self.by_key.of_or(key.clone(), || self.keys.len());
        if place == self.keys.len() {
            self.keys.push(key);
        }
        // At most MAX_SERIES.
        let place = u32::try_from(place).unwrap_or(u32::MAX);
        self.names.add(cells, place);
        place
    }

    /// Hands the samples that wait to who puts them into their series.
    fn hand_over(&mut self, log: &Log) {
        self.gathering.get_or_insert_with(|| log.gather()).take(&mut self.samples);
    }

    fn push(&mut self, place: u32, sample: Sample, latency_us: Option<u32>, log: &Log) {
        self.samples.push(place, sample, latency_us);
        if self.samples.room() == 0 {
            self.hand_over(log);
        }
    }

    /// See [`FormatReader::take_ahead`].
    fn take_ahead(&mut self) -> Map<SeriesKey, Series> {
        let series = self.gathering.as_mut().map(|own| own.take_ahead()).unwrap_or_default();
        let ahead = self.keys.iter().zip(series).filter(|(_, own)| !own.latency().is_empty());
        ahead.map(|(key, own)| (key.clone(), own)).collect()
    }

    fn settled(mut self) -> Map<SeriesKey, Series> {
        let mut gathering = self.gathering.unwrap_or_else(|| Box::new(AtOnce::default()));
        gathering.take(&mut self.samples);
        self.keys.into_iter().zip(gathering.finish()).collect()
    }
}

/// The cells that name the series of a row: target, vantage and check.
type NamingCells<'a> = [&'a [u8]; sample_rows::NAMING_CELLS];

/// The rows of a file into series.
#[derive(Default)]
pub(super) struct Table {
    delimiter: u8,
    zone: Option<Zone>,
    columns: Option<Columns>,
    /// What somebody said of the columns.
    mapping: Option<TableMapping>,
    /// The names of the columns, and the line on which they stand, until it is told which is which.
    names: Option<(Vec<String>, u64)>,
    /// The rows until then, and their bytes.
    waiting: Vec<FirstRow>,
    waiting_bytes: usize,
    series: AllSeries,
    /// Takes rows in which nothing is new, where the columns are such that it can.
    quick: Option<SampleRows>,
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

impl Rows for Table {
    fn take_quickly(&mut self, text: &[u8], log: &mut Log) -> (usize, u64) {
        let Some(quick) = &mut self.quick else { return (0, 0) };
        let (mut bytes, before) = (0, self.rows);
        loop {
            let AllSeries { names, samples, .. } = &mut self.series;
            let (waiting, room) = (samples.found.len(), log.limits.room(self.rows, MAX_ROWS).min(samples.room()));
            bytes += quick.take(text.get(bytes..).unwrap_or_default(), names, room, &mut samples.found);
            let taken = samples.found.len() - waiting;
            self.rows += taken as u64;
            log.source.accepted += taken as u64;
            if samples.room() > 0 {
                return (bytes, self.rows - before);
            }
            self.series.hand_over(log);
        }
    }

    fn take(&mut self, row: Row<'_>, log: &mut Log) -> Result<(), Stop> {
        if self.columns.is_some() {
            return self.take_told(row, log);
        }
        if self.names.is_some() && self.mapping.is_none() {
            let waiting = FirstRow::of(row);
            self.waiting_bytes += waiting.bytes();
            self.waiting.push(waiting);
            let enough = self.waiting.len() == FIRST_ROWS || self.waiting_bytes >= FIRST_BYTES;
            return if enough { self.tell(log) } else { Ok(()) };
        }
        if is_separator_line(row.text) {
            return Ok(());
        }
        match (self.names.take(), self.mapping.take()) {
            // Without a header, the first row is one of data.
            (Some((names, _)), Some(table)) => {
                self.start(Columns::mapped(names, Heading::Line(1), table, log));
                self.take_told(row, log)
            }
            (_, Some(table)) => {
                let names = row.cells().map(column_name).collect();
                self.start(Columns::mapped(names, Heading::Line(1), table, log));
                Ok(())
            }
            (_, None) => {
                let names: Vec<String> = row.cells().map(column_name).collect();
                let told = Columns::are_told_by(&names);
                self.names = Some((names, row.line));
                if told { self.tell(log) } else { Ok(()) }
            }
        }
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn take_ahead(&mut self, log: &mut Log) -> Map<SeriesKey, Series> {
        NAME.clone_into(&mut log.source.format);
        self.series.take_ahead()
    }

    fn finish(mut self, _: Digest, log: &mut Log) -> Result<Record, Stop> {
        self.tell(log)?;
        log.anything_taken(self.rows)?;
        NAME.clone_into(&mut log.source.format);
        Ok(Record { series: self.series.settled(), ..Record::default() })
    }
}

impl Table {
    /// Of a file with this first row.
    fn of_header(header: &Header, zone: Option<Zone>) -> Self {
        let names = (!header.named).then(|| (header.columns(), 1));
        Self { delimiter: header.delimiter, zone, names, ..Self::default() }
    }

    /// Of rows whose cells are told later.
    pub fn in_zone(zone: Option<Zone>) -> Self {
        Self { zone, ..Self::default() }
    }

    /// Which column is which, once that is told.
    pub fn columns(&self) -> Option<&Columns> {
        self.columns.as_ref()
    }

    /// See [`Columns::add`].
    pub fn add_column(&mut self, name: &str, told: bool, place: Place, log: &mut Log) -> Result<(), Stop> {
        self.columns.as_mut().map_or(Ok(()), |columns| columns.add(name, told, place, log))
    }

    /// From here on it is told which column is which.
    pub fn start(&mut self, columns: Columns) {
        self.quick = self.quick_rows(&columns);
        self.columns = Some(columns);
    }

    fn quick_rows(&self, columns: &Columns) -> Option<SampleRows> {
        let own = &columns.table;
        if own.date.is_some() {
            return None;
        }
        if columns.heading == Heading::Keys {
            return Some(SampleRows::of_json_lines());
        }
        SampleRows::new(sample_rows::Columns {
            delimiter: self.delimiter,
            time: own.time,
            status: own.status,
            naming: [own.target, own.vantage, own.check],
            latency: own.latency,
            least: columns.least_cells,
            most: columns.names.len(),
        })
    }

    /// A line of JSON that was taken, with its values: lines that are written alike can be taken quickly.
    pub fn learn_line(&mut self, line: &[u8], values: &[Value]) {
        if let Some(quick) = &mut self.quick {
            quick.learn_line(line, values);
        }
    }

    /// Counts a row that is not taken for what is wrong with it as a whole.
    pub fn reject(&mut self, line: u64, log: &mut Log, why: impl FnOnce() -> Finding) -> Result<(), Stop> {
        self.count_row(line, log)?;
        log.reject(why);
        Ok(())
    }

    fn count_row(&mut self, line: u64, log: &Log) -> Result<(), Stop> {
        self.rows += 1;
        if log.limits.exceeded(self.rows, MAX_ROWS) {
            let place = Place::Line { line, column: None };
            return Err(vec![Finding::new(Code::TooManyRows, place).expected(MAX_ROWS.to_string())]);
        }
        Ok(())
    }

    /// Tells which column is which, and takes the rows that waited for it.
    fn tell(&mut self, log: &mut Log) -> Result<(), Stop> {
        let Some((names, line)) = self.names.take() else { return Ok(()) };
        let waiting = std::mem::take(&mut self.waiting);
        self.start(Columns::told(names, &waiting, Heading::Line(line), log)?);
        waiting.iter().try_for_each(|row| self.take_told(row.row(), log))
    }

    /// Takes a row, once it is told which column is which.
    pub fn take_told(&mut self, row: Row<'_>, log: &mut Log) -> Result<(), Stop> {
        self.count_row(row.line, log)?;
        let Some(columns) = &self.columns else { return Ok(()) };
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
            Err(fault) if matches!(fault.code, Code::ZoneNeeded | Code::DateOrderNeeded) => {
                Err(vec![finding(row, columns, fault)])
            }
            Err(fault) => {
                log.reject(|| finding(row, columns, fault));
                Ok(())
            }
        }
    }

    fn store(&mut self, row: Row<'_>, sample: Sample, local: Option<Local>, log: &mut Log) -> Result<(), Stop> {
        let Some(columns) = &self.columns else { return Ok(()) };
        let own = &columns.table;
        let cell = |index: usize| row.cell(index).unwrap_or_default();
        let cells = [own.target, own.vantage, own.check].map(|index| index.map_or(&[][..], cell));
        let place = match self.series.names.find(cells) {
            Some(place) => place,
            None => match series_key(row, columns) {
                Ok(key) if !log.limits.exceeded(self.series.names.len() as u64 + 1, MAX_SERIES) => {
                    self.series.add(cells, key)
                }
                Ok(_) => {
                    let place = Place::Line { line: row.line, column: None };
                    return Err(vec![Finding::new(Code::TooManySeries, place).expected(MAX_SERIES.to_string())]);
                }
                Err(fault) => {
                    log.reject(|| finding(row, columns, fault));
                    return Ok(());
                }
            },
        };
        let latency_us = latency(row, columns, log);
        self.series.push(place, sample, latency_us, log);
        log.source.accepted += 1;
        if let Some(quick) = &mut self.quick {
            quick.learn_word(cell(own.status), number_of(sample.state));
            if local != Some(Local::Twice) {
                let zone = self.zone.filter(|_| local.is_some());
                let steady = || zone.is_none_or(|zone| timestamp::is_steady_day(sample.at, zone));
                quick.learn_time(cell(own.time), sample.at.epoch_ms(), &steady);
            }
        }
        if let Some(local) = local {
            self.note_local(row, sample, local, log);
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
            let time = row.cell(columns.table.time).unwrap_or_default();
            let finding = || Finding::new(Code::AmbiguousLocalTime, columns.place(row.line, columns.table.time));
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
    let (at, local) = time_of(row, &columns.table, zone)?;
    let state = state_of(row, &columns.table)?;
    Ok((Sample { at, state }, local))
}

fn time_of(row: Row<'_>, own: &TableMapping, zone: Option<Zone>) -> Result<(Instant, Option<Local>), Fault> {
    let time = text(row, own.time)?;
    let fault = |code, expected: &str| Fault { index: own.time, code, expected: expected.to_owned() };
    let reading = match own.date {
        None => timestamp::read_dated(time, zone, own.date_order),
        Some(date) => {
            let joined = [text(row, date)?, b" ", time].concat();
            timestamp::read_dated(&joined, zone, own.date_order)
        }
    };
    Ok(match reading {
        Reading::At(at) => (at, None),
        Reading::Local { at, twice: false } => (at, Some(Local::Once)),
        Reading::Local { at, twice: true } => (at, Some(Local::Twice)),
        Reading::ZoneNeeded => return Err(fault(Code::ZoneNeeded, "--time-zone")),
        Reading::Never => return Err(fault(Code::TimeNever, zone.map_or("", Zone::name))),
        Reading::OutOfRange => return Err(fault(Code::TimeOutOfRange, "")),
        Reading::Implausible => return Err(fault(Code::EpochImplausible, timestamp::FORMS)),
        Reading::Malformed if own.date_order.is_none() && is_ordered_date(row, own) => {
            return Err(fault(Code::DateOrderNeeded, MAPPING_FORMAT));
        }
        Reading::Malformed => return Err(fault(Code::TimeMalformed, timestamp::FORMS)),
    })
}

fn state_of(row: Row<'_>, own: &TableMapping) -> Result<SampleState, Fault> {
    let status = text(row, own.status)?;
    let word = own.words.iter().find(|(word, _)| word.as_bytes().eq_ignore_ascii_case(status));
    let state = word.map(|(_, state)| *state).or_else(|| status_of(status));
    state.ok_or_else(|| Fault { index: own.status, code: Code::StatusUnknown, expected: status_words() })
}

fn is_ordered_date(row: Row<'_>, own: &TableMapping) -> bool {
    let cell = |index| row.cell(index).unwrap_or_default();
    match own.date {
        None => timestamp::has_ordered_date(cell(own.time)),
        Some(date) => timestamp::has_ordered_date(&[cell(date), b" ", cell(own.time)].concat()),
    }
}

/// What a row of an excerpt means, as somebody is about to say: its sample and target, or what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowMeaning {
    /// A sample of a target.
    Sample(Sample, String),
    /// It cannot be taken: why, and the cell.
    Fault(Code, String),
}

/// What the rows of an excerpt mean where the columns are these.
#[must_use]
pub fn meaning(excerpt: &Excerpt, table: &TableMapping, zone: Option<Zone>) -> Vec<RowMeaning> {
    let columns = Columns::mapped(excerpt.columns(), Heading::Line(1), table.clone(), &mut Log::default());
    let read = |row: FirstRow| {
        let row = row.row();
        let taken = sample(row, &columns, zone).and_then(|(sample, _)| Ok((sample, series_key(row, &columns)?.target)));
        match taken {
            _ if !has_cells(row, &columns) => RowMeaning::Fault(Code::CellCount, String::new()),
            Ok((sample, target)) => RowMeaning::Sample(sample, target),
            Err(fault) => RowMeaning::Fault(fault.code, shown_bytes(row.cell(fault.index).unwrap_or_default())),
        }
    };
    excerpt.first_rows().map(read).collect()
}

/// How a local time could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    let own = &columns.table;
    let target = match own.target {
        None => own.target_name.as_deref().unwrap_or(ONLY_TARGET).to_owned(),
        Some(index) => cell(index)?,
    };
    if let (true, Some(index)) = (target.is_empty(), own.target) {
        return Err(Fault::at(index, Code::TargetEmpty));
    }
    let vantage = own.vantage.map_or(Ok(String::new()), cell)?;
    let check = match own.check.map(|index| (index, row.cell(index).unwrap_or_default())) {
        None | Some((_, b"")) => Check::default(),
        Some((index, word)) => word_in(&CHECK_WORDS, word).ok_or_else(|| Fault {
            expected: listed(CHECK_WORDS.map(|(word, _)| word)),
            ..Fault::at(index, Code::CheckUnknown)
        })?,
    };
    Ok(SeriesKey { target, check, vantage, ..SeriesKey::default() })
}

/// How long the answer took, in microseconds: kept for a chart. What is no number takes nothing from its sample.
fn latency(row: Row<'_>, columns: &Columns, log: &mut Log) -> Option<u32> {
    let index = columns.table.latency?;
    let cell = row.cell(index).filter(|cell| !cell.is_empty())?;
    let us = microseconds(cell);
    if us.is_none() {
        log.note(|| Finding::new(Code::LatencyNotNumber, columns.place(row.line, index)).found(shown_bytes(cell)));
    }
    us
}
