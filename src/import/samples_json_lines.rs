//! Samples as JSON lines: an object on each line, whose keys are what the columns of `samples_csv.rs` are.

use sample_rows::{Meaning, Value};
use serde_json::value::RawValue;

use super::columns::{
    Columns, EXCERPT_BYTES, Excerpt, FIRST_BYTES, FIRST_ROWS, FirstRow, Heading, name_time_and_status,
};
use super::csv::{Row, column_name};
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop, shown, shown_bytes};
use super::document::{MAX_DEPTH, depth, entries, excerpt as shown_value, is_known, syntax};
use super::lines::Lines;
use super::log::Log;
use super::samples_csv::Table;
use super::table::Rows;
use crate::record::{Digest, Record, Series, SeriesKey, TableMapping};
use crate::sorted::{Map, Set};
use crate::time::Zone;

pub(super) const FORMAT: Format = Format {
    description: "JSON lines (`{\"time\":…,\"target\":…,\"status\":…}` on each line)",
    recognises: |head| keys_of(head).is_some(),
    open: |head, options| Box::new(JsonLines::new(keys_of(head).unwrap_or_default(), None, options.zone)),
};

/// The name of the format in results.
pub(super) const NAME: &str = "samples-json-lines";

/// How many keys the lines of a file may have together.
const MAX_KEYS: usize = 4_096;

/// A reader of lines as a mapping says.
pub(super) fn mapped(keys: Vec<String>, table: &TableMapping, zone: Option<Zone>) -> Box<dyn FormatReader> {
    Box::new(JsonLines::new(keys, Some(table.clone()), zone))
}

/// The keys of the lines that a text begins with, as they are written; `None` where it is something else. That is told by
/// the first line, which is an object with a time and a status, or one of no known system that another one follows.
pub(super) fn keys_of(head: &[u8]) -> Option<Vec<String>> {
    let head = head.get(..EXCERPT_BYTES).unwrap_or(head);
    let mut lines = head.trim_ascii_start().split(|byte| *byte == b'\n');
    let first = str::from_utf8(lines.next()?).ok().filter(|line| line.starts_with('{'))?;
    let names: Vec<String> = entries(first).ok()?.iter().map(|(key, _)| column_name(key.as_bytes())).collect();
    let told = name_time_and_status(&names) && !names.iter().any(|name| name == "schema");
    let followed = lines.next().is_some_and(|line| line.trim_ascii_start().starts_with(b"{"));
    if !told && (!followed || is_known(first)) {
        return None;
    }
    let mut keys = Vec::new();
    let mut names = Set::new();
    for (key, _) in first_lines(head).filter_map(|line| entries(line).ok()).flatten() {
        if names.len() < MAX_KEYS && names.insert(column_name(key.as_bytes())) {
            keys.push(key.trim().to_owned());
        }
    }
    Some(keys)
}

/// The lines that are whole, of a text that goes on behind [`EXCERPT_BYTES`] where it has so many.
fn first_lines(head: &[u8]) -> impl Iterator<Item = &str> {
    let whole = head.len() < EXCERPT_BYTES;
    let end = if whole { head.len() } else { head.iter().rposition(|byte| *byte == b'\n').unwrap_or(0) };
    let lines = head.get(..end).unwrap_or_default().split(|byte| *byte == b'\n');
    lines.filter_map(|line| str::from_utf8(line).ok())
}

/// The beginning of a text whose lines have these keys.
pub(super) fn excerpt(head: &[u8], keys: Vec<String>) -> Excerpt {
    let names: Vec<String> = keys.iter().map(|key| column_name(key.as_bytes())).collect();
    let head = head.get(..EXCERPT_BYTES).unwrap_or(head);
    let rows: Vec<FirstRow> = first_lines(head).filter_map(|line| first_row(line.as_bytes(), &names)).collect();
    Excerpt::of_rows(keys, &rows)
}

/// A line as a row of cells; `None` where it is no object.
fn first_row(line: &[u8], names: &[String]) -> Option<FirstRow> {
    let object = object(0, line).ok()?;
    let mut cells = Cells::default();
    for name in names {
        let entry = object.iter().find(|(own, _)| own == name);
        cells.push(entry.map_or(NULL, |(_, raw)| raw));
    }
    Some(FirstRow::of(cells.row(0)))
}

/// The object that a line is: its keys as they are compared, and their values as they are written; or what is wrong with it.
fn object(line: u64, text: &[u8]) -> Result<Vec<(String, &str)>, Finding> {
    let place = Place::Line { line, column: None };
    let text = str::from_utf8(text).map_err(|_| Finding::new(Code::NotText, place.clone()).found(shown_bytes(text)))?;
    if depth(text.as_bytes()) > MAX_DEPTH {
        return Err(Finding::new(Code::TooDeep, place).expected(MAX_DEPTH.to_string()));
    }
    if let Err(error) = serde_json::from_str::<&RawValue>(text) {
        let finding = syntax(text, &[], &error);
        let place = match finding.place {
            Place::Character { character, .. } => Place::Character { line, character },
            _ => place,
        };
        return Err(Finding { place, ..finding });
    }
    let entries = entries(text)
        .map_err(|_| Finding::new(Code::WrongType, place).found(shown(shown_value(text.trim()))).expected("object"))?;
    Ok(entries.into_iter().map(|(key, raw)| (column_name(key.as_bytes()), raw)).collect())
}

/// A value that is not there.
const NULL: &str = "null";

/// Values as the cells of a row.
#[derive(Default)]
struct Cells {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Cells {
    /// Puts the text of a value into the next cell, and says whether it has one; nothing is the text of `null`.
    fn push(&mut self, raw: &str) -> bool {
        let text = match raw.as_bytes() {
            [b'{' | b'[', ..] => None,
            b"null" => Some(String::new()),
            [b'"', ..] => serde_json::from_str(raw).ok(),
            _ => Some(raw.to_owned()),
        };
        self.text.extend_from_slice(text.as_deref().unwrap_or_default().as_bytes());
        self.ends.push(self.text.len());
        text.is_some()
    }

    fn row(&self, line: u64) -> Row<'_> {
        Row { line, text: &self.text, ends: &self.ends, between: 0 }
    }
}

struct JsonLines {
    lines: Lines,
    file: Keyed,
}

/// The objects of a file as the rows of one table.
struct Keyed {
    /// The column of each key that came up, as keys are compared.
    columns: Map<String, usize>,
    /// The same keys by their columns.
    names: Vec<String>,
    /// What somebody said of them.
    mapping: Option<TableMapping>,
    /// The lines until it is told which key is which, and their bytes.
    waiting: Vec<(u64, Vec<u8>)>,
    waiting_bytes: usize,
    table: Table,
}

impl JsonLines {
    fn new(keys: Vec<String>, mapping: Option<TableMapping>, zone: Option<Zone>) -> Self {
        let table = Table::in_zone(zone);
        let (columns, names, waiting) = (Map::new(), Vec::new(), Vec::new());
        let mut file = Keyed { columns, names, mapping, waiting, waiting_bytes: 0, table };
        keys.iter().for_each(|key| file.add(&column_name(key.as_bytes())));
        Self { lines: Lines::default(), file }
    }
}

impl FormatReader for JsonLines {
    fn push(&mut self, mut text: &[u8], log: &mut Log) -> Result<(), Stop> {
        let Self { lines, file } = self;
        while !text.is_empty() {
            if lines.at_line_start() {
                let (bytes, rows) = file.table.take_quickly(text, log);
                lines.skip(rows);
                text = text.get(bytes..).unwrap_or_default();
            }
            text = lines.step(text, &mut |line, text| file.take(line, text, log))?;
        }
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.file.table.rows()
    }

    fn take_ahead(&mut self, log: &mut Log) -> Map<SeriesKey, Series> {
        let series = self.file.table.take_ahead(log);
        NAME.clone_into(&mut log.source.format);
        series
    }

    fn finish(self: Box<Self>, source: Digest, log: &mut Log) -> Result<Record, Stop> {
        let Self { lines, mut file } = *self;
        lines.finish(&mut |line, text| file.take(line, text, log))?;
        file.tell(log)?;
        let record = file.table.finish(source, log)?;
        NAME.clone_into(&mut log.source.format);
        Ok(record)
    }
}

impl Keyed {
    fn take(&mut self, line: u64, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        if self.table.columns().is_some() {
            return self.take_told(line, text, log);
        }
        self.waiting_bytes += text.len();
        self.waiting.push((line, text.to_vec()));
        let told = self.waiting.len() == 1 && (self.mapping.is_some() || Columns::are_told_by(&self.names));
        let enough = self.waiting.len() == FIRST_ROWS || self.waiting_bytes >= FIRST_BYTES;
        if told || enough { self.tell(log) } else { Ok(()) }
    }

    /// Tells which key is which, and takes the lines that waited for it.
    fn tell(&mut self, log: &mut Log) -> Result<(), Stop> {
        if self.table.columns().is_some() {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.waiting);
        let columns = match self.mapping.clone() {
            Some(table) => Columns::mapped(self.names.clone(), Heading::Keys, table, log),
            None => {
                let objects = waiting.iter().filter_map(|(line, text)| object(*line, text).ok());
                objects.flatten().for_each(|(name, _)| self.add(&name));
                let rows: Vec<FirstRow> = waiting.iter().filter_map(|(_, text)| first_row(text, &self.names)).collect();
                Columns::told(self.names.clone(), &rows, Heading::Keys, log)?
            }
        };
        self.table.start(columns);
        waiting.iter().try_for_each(|(line, text)| self.take_told(*line, text, log))
    }

    /// A key that may not have come up before, as the next column.
    fn add(&mut self, name: &str) {
        if self.names.len() < MAX_KEYS && !self.columns.contains_key(name) {
            self.columns.insert(name.to_owned(), self.names.len());
            self.names.push(name.to_owned());
        }
    }

    fn take_told(&mut self, line: u64, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        let object = match object(line, text) {
            Ok(object) => object,
            Err(finding) => return self.table.reject(line, log, || finding),
        };
        let mut values = vec![None; self.names.len()];
        for (name, raw) in &object {
            let place = || Place::Path { path: shown(name), line: Some(line) };
            if !self.columns.contains_key(name) {
                if self.names.len() == MAX_KEYS {
                    return Err(vec![Finding::new(Code::RowTooLong, place()).expected(MAX_KEYS.to_string())]);
                }
                self.add(name);
                values.resize(self.names.len(), None);
                self.table.add_column(name, self.mapping.is_none(), place(), log)?;
            }
            let value = self.columns.get(name).and_then(|column| values.get_mut(*column));
            if value.is_some_and(|value| value.replace(*raw).is_some()) {
                return self.table.reject(line, log, || Finding::new(Code::KeyTwice, place()).found(shown(name)));
            }
        }
        let cells = match self.cells(line, &values) {
            Ok(cells) => cells,
            Err(finding) => return self.table.reject(line, log, || finding),
        };
        let before = log.source.accepted;
        self.table.take_told(cells.row(line), log)?;
        if log.source.accepted > before {
            self.learn(text, &object);
        }
        Ok(())
    }

    /// The values of a line as cells, or what stands where no cell can be made of it.
    fn cells(&self, line: u64, values: &[Option<&str>]) -> Result<Cells, Finding> {
        let mut cells = Cells::default();
        for (column, value) in values.iter().enumerate() {
            let raw = value.unwrap_or(NULL);
            let is_text = cells.push(raw);
            let Some(columns) = self.table.columns().filter(|columns| columns.uses(column)) else { continue };
            let finding = |code| Finding::new(code, columns.place(line, column));
            if !is_text {
                return Err(finding(Code::WrongType).found(shown(shown_value(raw))).expected("string"));
            }
            if raw == NULL && columns.needs(column) {
                let key = self.names.get(column).map(|name| shown(name));
                return Err(finding(Code::KeyMissing).found(key.unwrap_or_default()));
            }
        }
        Ok(cells)
    }

    /// Remembers how a line is written that was taken: the next ones are mostly written alike.
    fn learn(&mut self, text: &[u8], object: &[(String, &str)]) {
        let Some(columns) = self.table.columns() else { return };
        let own = &columns.table;
        let meanings = [
            (Some(own.time), Meaning::Time),
            (Some(own.status), Meaning::Status),
            (own.target, Meaning::Target),
            (own.vantage, Meaning::Vantage),
            (own.check, Meaning::Check),
            (own.latency, Meaning::Latency),
        ];
        let value = |(name, raw): &(String, &str)| {
            let column = self.columns.get(name);
            let known = meanings.iter().find(|(own, _)| own.is_some() && own.as_ref() == column);
            let start = (raw.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
            Value { meaning: known.map_or(Meaning::Aside, |(_, meaning)| *meaning), start, end: start + raw.len() }
        };
        let values: Vec<Value> = object.iter().map(value).collect();
        self.table.learn_line(text, &values);
    }
}
