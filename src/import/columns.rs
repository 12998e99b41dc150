//! Which column of a table of samples is which: as a mapping says, as the names say, and where those do not, as the
//! cells of the first rows leave no doubt.

use serde::{Deserialize, Serialize};

use super::csv::{Header, Row, Splitter, column_place, is_separator_line};
use super::detect::unknown_format;
use super::diagnostic::{Code, Finding, Place, Stop, listed, may_hold_secret, shown, shown_bytes};
use super::log::Log;
use super::samples_csv::status_of;
use super::timestamp::{self, Reading};
use crate::record::TableMapping;
use crate::sorted::Set;

/// So many rows are looked at where the names of the columns do not tell.
pub(super) const FIRST_ROWS: usize = 1_000;

/// And no more than so many bytes of them.
pub(super) const FIRST_BYTES: usize = 1 << 20;

/// Numbers below are no epoch time where nothing else says that they are times: they could be ids.
const LEAST_TOLD_EPOCH: &[u8] = b"1000000000";

/// A column of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Time,
    Target,
    Status,
    LatencyMs,
    Vantage,
    Check,
}

impl Column {
    pub const ALL: [Self; 6] = [Self::Time, Self::Target, Self::Status, Self::LatencyMs, Self::Vantage, Self::Check];

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
    pub fn named(name: &str) -> Option<Self> {
        let own = Self::ALL.into_iter().find(|column| column.name() == name);
        own.or_else(|| Self::OTHERS.iter().find(|(other, _)| *other == name).map(|(_, column)| *column))
    }

    pub const fn name(self) -> &'static str {
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

/// Whether there is a column for the time and one for the status, by their names.
pub(super) fn name_time_and_status(names: &[String]) -> bool {
    let has = |column| names.iter().any(|name| Column::named(name) == Some(column));
    has(Column::Time) && has(Column::Status)
}

/// Where the names of columns stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    /// In this line, above the cells.
    Line(u64),
    /// Beside each cell, as the keys of an object.
    Keys,
}

impl Heading {
    /// A column as such.
    fn place(self, index: usize, name: &str) -> Place {
        match self {
            Self::Line(line) => column_place(line, index, name),
            Self::Keys => Place::Path { path: shown(name), line: None },
        }
    }

    /// The names as such.
    const fn names(self) -> Place {
        match self {
            Self::Line(line) => Place::Line { line, column: None },
            Self::Keys => Place::File,
        }
    }
}

/// Which cell of a row is which column, and how cells are read.
pub(super) struct Columns {
    pub names: Vec<String>,
    pub heading: Heading,
    pub table: TableMapping,
    /// How many cells a row has at least. A latency may be left out at the end of a row.
    pub least_cells: usize,
}

impl Columns {
    /// A time and a status, and nothing else.
    pub fn plain() -> Self {
        let names = vec!["time".to_owned(), "status".to_owned()];
        Self::of(names, Heading::Line(1), TableMapping { status: 1, ..TableMapping::default() })
    }

    fn of(names: Vec<String>, heading: Heading, table: TableMapping) -> Self {
        let needed = [Some(table.time), table.date, Some(table.status), table.target, table.vantage, table.check];
        let least_cells = needed.into_iter().flatten().max().unwrap_or(0) + 1;
        Self { names, heading, table, least_cells }
    }

    /// As a mapping says. Columns that it does not name are set aside.
    pub fn mapped(names: Vec<String>, heading: Heading, table: TableMapping, log: &mut Log) -> Self {
        let columns = Self::of(names, heading, table);
        for (index, name) in columns.names.iter().enumerate().filter(|(index, _)| !columns.uses(*index)) {
            set_aside(name, heading.place(index, name), log);
        }
        columns
    }

    /// Whether a column says something.
    pub fn uses(&self, index: usize) -> bool {
        self.table.date == Some(index) || Column::ALL.into_iter().any(|column| self.one(column) == Some(index))
    }

    /// Whether no row can be taken without something in this column.
    pub fn needs(&self, index: usize) -> bool {
        let own = &self.table;
        [Some(own.time), own.date, Some(own.status)].contains(&Some(index))
    }

    fn one(&self, column: Column) -> Option<usize> {
        match column {
            Column::Time => Some(self.table.time),
            Column::Status => Some(self.table.status),
            Column::Target => self.table.target,
            Column::LatencyMs => self.table.latency,
            Column::Vantage => self.table.vantage,
            Column::Check => self.table.check,
        }
    }

    /// A column that came up only now. It is used where the rows above, which do not have it, mean what an empty cell
    /// would. `told`: which column is which was told by names and cells, and not by a person.
    ///
    /// # Errors
    /// Where another column was taken for it, or rows of one target come to have several.
    pub fn add(&mut self, name: &str, told: bool, place: Place, log: &mut Log) -> Result<(), Stop> {
        let index = self.names.len();
        self.names.push(name.to_owned());
        let Some(column) = Column::named(name).filter(|_| told) else {
            set_aside(name, place, log);
            return Ok(());
        };
        let other = self.one(column).and_then(|index| self.names.get(index));
        match (column, other) {
            (Column::LatencyMs, None) => self.table.latency = Some(index),
            (Column::Vantage, None) => self.table.vantage = Some(index),
            (Column::Check, None) => self.table.check = Some(index),
            (Column::LatencyMs, Some(_)) => {}
            (_, Some(other)) if other == column.name() => {}
            _ => {
                let could_be = listed(other.map(String::as_str).into_iter().chain([name]));
                return Err(vec![Finding::new(Code::ColumnsUnclear, place).found(could_be).expected(column.name())]);
            }
        }
        if !self.uses(index) {
            set_aside(name, place, log);
        } else if column.name() != name {
            log.note(|| column_taken(name, column, place));
        }
        Ok(())
    }

    /// As names and first rows say.
    ///
    /// # Errors
    /// Where time or status, or what else would change a figure, cannot be told without doubt.
    pub fn told(names: Vec<String>, rows: &[FirstRow], heading: Heading, log: &mut Log) -> Result<Self, Stop> {
        let guess = Guess::of(&names, rows);
        let place = |index: usize, name: &str| heading.place(index, name);
        let mut stop = Stop::new();
        for (index, name) in names.iter().enumerate() {
            let taken = Column::ALL.into_iter().find(|column| guess.one(*column) == Some(index));
            if !name.is_empty() && names.iter().take(index).any(|earlier| earlier == name) {
                stop.push(Finding::new(Code::ColumnTwice, place(index, name)).found(shown(name)));
                continue;
            }
            match taken {
                Some(column) if guess.by_cells.contains(&index) => {
                    let guessed = || Finding::new(Code::ColumnGuessed, place(index, name)).found(shown(name));
                    log.note(|| guessed().expected(column.name()));
                    log.source.columns_guessed.push((shown(name), column.name().to_owned()));
                }
                Some(column) if column.name() != name => {
                    log.note(|| column_taken(name, column, place(index, name)));
                }
                Some(_) => {}
                None if name.is_empty() => {}
                None => set_aside(name, place(index, name), log),
            }
        }
        if guess.tells_nothing() && !(0..names.len()).any(|index| all_parts_of_times(rows, index)) {
            return Err(unknown_format(names.join(", ").as_bytes()));
        }
        let header = heading.names();
        let all = || listed(names.iter().map(String::as_str));
        for column in Column::ALL {
            let several = guess.of_column(column);
            let named = || listed(several.iter().filter_map(|index| names.get(*index)).map(String::as_str));
            match (several, column) {
                ([], Column::Time | Column::Status) => {
                    let finding = Finding::new(Code::ColumnMissing, header.clone()).found(all());
                    stop.push(finding.expected(column.name()));
                }
                ([] | [_], _) if !guess.in_doubt.contains(&column.name()) => {}
                _ => {
                    let finding = Finding::new(Code::ColumnsUnclear, header.clone()).found(named());
                    stop.push(finding.expected(column.name()));
                }
            }
        }
        match guess.table() {
            Some(table) if stop.is_empty() => Ok(Self::of(names, heading, table)),
            _ => Err(stop),
        }
    }

    /// Whether the names alone leave no doubt, so that no row needs to be looked at.
    pub fn are_told_by(names: &[String]) -> bool {
        let guess = Guess::of(names, &[]);
        let one = |column| guess.one(column).is_some();
        let unclear = Column::ALL.into_iter().any(|column| guess.of_column(column).len() > 1);
        let unused = names.iter().enumerate().any(|(index, name)| guess.is_free(index) && !may_hold_secret(name));
        one(Column::Time) && one(Column::Status) && !unclear && (one(Column::Target) || !unused)
    }

    /// A cell.
    pub fn place(&self, line: u64, index: usize) -> Place {
        let name = self.names.get(index).map_or("", String::as_str);
        match self.heading {
            Heading::Line(_) => column_place(line, index, name),
            Heading::Keys => Place::Path { path: shown(name), line: Some(line) },
        }
    }
}

/// A column that another system calls otherwise.
fn column_taken(name: &str, column: Column, place: Place) -> Finding {
    Finding::new(Code::ColumnTaken, place).found(shown(name)).expected(column.name())
}

/// A column that is not used, or dropped because it could hold a password.
fn set_aside(name: &str, place: Place, log: &mut Log) {
    if may_hold_secret(name) {
        log.drop_secret(&shown(name), place);
    } else if !name.is_empty() {
        log.note(|| Finding::new(Code::ColumnAside, place).found(shown(name)));
        log.source.columns_aside.push(shown(name));
    }
}

/// A row that waits until the columns are told.
pub(super) struct FirstRow {
    line: u64,
    text: Vec<u8>,
    ends: Vec<usize>,
    between: usize,
}

impl FirstRow {
    pub fn of(row: Row<'_>) -> Self {
        Self { line: row.line, text: row.text.to_vec(), ends: row.ends.to_vec(), between: row.between }
    }

    /// The row of these cells.
    fn of_cells(cells: &[String]) -> Self {
        let mut row = Self { line: 0, text: Vec::new(), ends: Vec::new(), between: 0 };
        for cell in cells {
            row.text.extend_from_slice(cell.as_bytes());
            row.ends.push(row.text.len());
        }
        row
    }

    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    pub fn row(&self) -> Row<'_> {
        Row { line: self.line, text: &self.text, ends: &self.ends, between: self.between }
    }
}

/// The columns that could be each one of the specification: none, one, or several, of which nothing tells which.
struct Guess {
    candidates: [Vec<usize>; 6],
    /// Those that their cells tell and not their names.
    by_cells: Vec<usize>,
    /// Columns of the specification that are left open though there is one candidate only.
    in_doubt: Vec<&'static str>,
}

impl Guess {
    fn of(names: &[String], rows: &[FirstRow]) -> Self {
        let candidates = Column::ALL.map(|column| by_name(column, names));
        let mut guess = Self { candidates, by_cells: Vec::new(), in_doubt: Vec::new() };
        guess.settle(Column::Time, names, rows, all_times);
        guess.settle(Column::Status, names, rows, all_states);
        if let [_, _, ..] = guess.of_column(Column::LatencyMs) {
            guess.set(Column::LatencyMs, |latencies| latencies.truncate(1));
        }
        if let (Some(time), []) = (guess.one(Column::Time), guess.of_column(Column::Target)) {
            let free =
                |index: &usize| guess.is_free(*index) && names.get(*index).is_some_and(|own| !may_hold_secret(own));
            let foreign = !["time", "status"].iter().all(|own| names.iter().any(|name| name == own));
            let telling = |own: &usize| tells_apart(*own, time, rows) || foreign && is_one_word(*own, rows);
            let telling: Vec<usize> = (0..names.len()).filter(free).filter(telling).collect();
            if !telling.is_empty() {
                guess.set(Column::Target, |targets| *targets = telling);
                guess.in_doubt.push(Column::Target.name());
            }
        }
        guess
    }

    /// Neither a name nor a cell speaks of a time, and no name of a status: it is no table of samples.
    fn tells_nothing(&self) -> bool {
        let status = self.of_column(Column::Status).iter().any(|index| !self.by_cells.contains(index));
        self.of_column(Column::Time).is_empty() && !status
    }

    /// Looks at the cells where names tell nothing, or tell of several columns.
    fn settle(&mut self, column: Column, names: &[String], rows: &[FirstRow], fits: fn(&[FirstRow], usize) -> bool) {
        let fitting = |index: &usize| fits(rows, *index);
        match self.of_column(column) {
            [_] => {}
            [] => {
                let usable = |index: &usize| {
                    self.is_free(*index) && names.get(*index).is_some_and(|name| !may_hold_secret(name))
                };
                let found: Vec<usize> = (0..names.len()).filter(usable).filter(fitting).collect();
                self.by_cells.extend(&found);
                self.set(column, |own| *own = found);
            }
            several => {
                let found: Vec<usize> = several.iter().copied().filter(fitting).collect();
                if found.len() == 1 {
                    self.set(column, |own| *own = found);
                }
            }
        }
    }

    fn set(&mut self, column: Column, change: impl FnOnce(&mut Vec<usize>)) {
        if let Some(own) = self.candidates.get_mut(column as usize) {
            change(own);
        }
    }

    fn of_column(&self, column: Column) -> &[usize] {
        self.candidates.get(column as usize).map_or(&[], Vec::as_slice)
    }

    fn one(&self, column: Column) -> Option<usize> {
        match self.of_column(column) {
            [one] if !self.in_doubt.contains(&column.name()) => Some(*one),
            _ => None,
        }
    }

    fn is_free(&self, index: usize) -> bool {
        !self.candidates.iter().any(|own| own.contains(&index))
    }

    fn table(&self) -> Option<TableMapping> {
        Some(TableMapping {
            time: self.one(Column::Time)?,
            status: self.one(Column::Status)?,
            target: self.one(Column::Target),
            latency: self.one(Column::LatencyMs),
            vantage: self.one(Column::Vantage),
            check: self.one(Column::Check),
            ..TableMapping::default()
        })
    }
}

/// The column of the specification's own name, else every one of another system's.
fn by_name(column: Column, names: &[String]) -> Vec<usize> {
    let own = names.iter().position(|name| name == column.name());
    let others =
        || (0..names.len()).filter(|index| names.get(*index).and_then(|name| Column::named(name)) == Some(column));
    own.map_or_else(|| others().collect(), |own| vec![own])
}

fn cells(rows: &[FirstRow], index: usize) -> impl Iterator<Item = &[u8]> {
    rows.iter().filter_map(move |row| row.row().cell(index)).filter(|cell| !cell.is_empty())
}

/// Whether every cell that is not empty is a time, in whichever zone or order of day and month.
fn all_times(rows: &[FirstRow], index: usize) -> bool {
    cells(rows, index).next().is_some() && cells(rows, index).all(is_time)
}

/// Whether a cell can only be a time.
pub(super) fn is_time(cell: &[u8]) -> bool {
    let digits = cell.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = cell.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    let too_small =
        number && (digits < LEAST_TOLD_EPOCH.len() || digits == LEAST_TOLD_EPOCH.len() && cell < LEAST_TOLD_EPOCH);
    let read = || matches!(timestamp::read(cell, None), Reading::At(_) | Reading::ZoneNeeded);
    !too_small && (read() || timestamp::has_ordered_date(cell))
}

/// Whether every cell that is not empty is a day without its time, or a time without its day.
fn all_parts_of_times(rows: &[FirstRow], index: usize) -> bool {
    let part = |cell: &[u8]| is_time(&[cell, b" 00:00"].concat()) || is_time(&[b"2026-01-01 ", cell].concat());
    cells(rows, index).next().is_some() && cells(rows, index).all(part)
}

/// Whether every cell that is not empty is a word for a status; of numbers, both must be there.
fn all_states(rows: &[FirstRow], index: usize) -> bool {
    let any = |wanted: fn(&[u8]) -> bool| cells(rows, index).any(wanted);
    let told = any(|cell| !matches!(cell, b"0" | b"1")) || (any(|cell| cell == b"0") && any(|cell| cell == b"1"));
    told && cells(rows, index).all(|cell| status_of(cell).is_some())
}

/// Whether rows of one time differ in this column, as they do where several targets stand in one file.
fn tells_apart(index: usize, time: usize, rows: &[FirstRow]) -> bool {
    let pair = |row: &FirstRow| Some((row.row().cell(time)?.to_vec(), row.row().cell(index)?.to_vec()));
    let pairs: Vec<(Vec<u8>, Vec<u8>)> = rows.iter().filter_map(pair).collect();
    let times: Set<&[u8]> = pairs.iter().map(|(time, _)| time.as_slice()).collect();
    if times.len() == pairs.len() || pairs.iter().any(|(_, cell)| cell.is_empty()) {
        return false;
    }
    let values: Set<&[u8]> = pairs.iter().map(|(_, cell)| cell.as_slice()).collect();
    let both: Set<&(Vec<u8>, Vec<u8>)> = pairs.iter().collect();
    let measured =
        values.iter().all(|cell| cell.contains(&b'.') && cell.iter().all(|byte| !byte.is_ascii_alphabetic()));
    both.len() == pairs.len() && values.len() < pairs.len() && !measured
}

/// Whether all rows hold the same word there, as where a file tells of one target.
fn is_one_word(index: usize, rows: &[FirstRow]) -> bool {
    let mut own = cells(rows, index);
    let Some(first) = own.next() else { return false };
    first.iter().any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii()) && own.all(|cell| cell == first)
}

/// The beginning of a table, for a person who is asked which column is which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The columns as they are written; `1`, `2` and so on where there is no header.
    pub names: Vec<String>,
    /// The cells of the first rows, shortened; what could be a password is left out.
    pub rows: Vec<Vec<String>>,
    /// What the columns were taken for, as far as that could be told.
    pub guess: ColumnGuess,
}

/// What the columns of a table were taken for, as far as that could be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the columns of the specification")]
pub struct ColumnGuess {
    pub time: Option<usize>,
    pub status: Option<usize>,
    pub target: Option<usize>,
    pub latency: Option<usize>,
    pub vantage: Option<usize>,
    pub check: Option<usize>,
}

/// So many bytes at the beginning of a text are looked at for an excerpt.
pub(super) const EXCERPT_BYTES: usize = 16 << 10;

/// So many rows are kept in an excerpt.
const EXCERPT_ROWS: usize = 50;

impl Excerpt {
    /// The beginning of a text with this first row. `whole`: the text does not go on.
    pub(super) fn of(header: &Header, text: &[u8], whole: bool) -> Self {
        let complete = if whole { text.len() } else { text.iter().rposition(|byte| *byte == b'\n').unwrap_or(0) };
        let mut rows = Vec::new();
        let mut splitter = Splitter::new(header.delimiter);
        let mut below = !header.named;
        let mut take = |row: Row<'_>| {
            if below && rows.len() < EXCERPT_ROWS {
                rows.push(FirstRow::of(row));
            }
            below |= !is_separator_line(row.text);
            Ok(())
        };
        // What is damaged further down is said by the reader.
        let _ = splitter
            .push(text.get(..complete).unwrap_or_default(), &mut take)
            .and_then(|()| splitter.finish(&mut take));
        Self::of_rows(header.names.clone(), &rows)
    }

    /// Of a table with columns of these names, as they are written, that begins with these rows.
    pub(super) fn of_rows(names: Vec<String>, rows: &[FirstRow]) -> Self {
        let columns: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let guess = Guess::of(&columns, rows);
        let guess = ColumnGuess {
            time: guess.one(Column::Time),
            status: guess.one(Column::Status),
            target: guess.one(Column::Target),
            latency: guess.one(Column::LatencyMs),
            vantage: guess.one(Column::Vantage),
            check: guess.one(Column::Check),
        };
        let cell = |index: usize, cell: &[u8]| match names.get(index) {
            Some(name) if may_hold_secret(name) => "…".to_owned(),
            _ => shown_bytes(cell),
        };
        let row = |row: &FirstRow| row.row().cells().enumerate().map(|(index, own)| cell(index, own)).collect();
        let rows = rows.iter().take(EXCERPT_ROWS).map(row).collect();
        Self { names, rows, guess }
    }

    /// The columns as a mapping names them.
    #[must_use]
    pub fn columns(&self) -> Vec<String> {
        self.names.iter().map(|name| name.to_ascii_lowercase()).collect()
    }

    pub(super) fn first_rows(&self) -> impl Iterator<Item = FirstRow> + '_ {
        self.rows.iter().map(|cells| FirstRow::of_cells(cells))
    }
}
