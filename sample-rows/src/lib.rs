//! Rows of samples, taken quickly where nothing in them is new.
//!
//! A file of samples says the same few things over and over: a status that was there before, a target that followed
//! this other one before, the time of the row above or one of the same day. [`SampleRows`] takes such rows, of a table or
//! of lines of JSON that are written like one before, and stops at the first one that is different in any way. That one is for the reader, which knows what cells mean and what is wrong
//! with them, and which then [teaches](SampleRows::learn_time) what they came to. So nothing is decided here: a row that
//! is taken says what the reader has found such cells to say, and rows that are taken or left make the same record.
//!
//! It is a crate of its own because every byte of a file passes through it, and a crate is what can be compiled for
//! speed where the rest of the page is compiled for size.

mod json_lines;
mod latency;
mod marks;
mod names;
mod pairs;
mod text;
mod times;

pub use json_lines::{Meaning, Value};
pub use latency::latency_us;
pub use names::{NAMING_CELLS, Names};
pub use pairs::{Pair, take_pairs};

use json_lines::{LATENCY, Lines, NAMING, STATUS, TIME};
use marks::Marks;
use text::{Range, same};
use times::Times;

/// How many cells a row may have.
pub const MAX_CELLS: usize = 16;

/// How many status words are remembered.
const MAX_WORDS: usize = 8;

/// Which cell of a row is which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Columns {
    /// What separates the cells.
    pub delimiter: u8,
    /// The cell with the time.
    pub time: usize,
    /// The cell with the status.
    pub status: usize,
    /// The cells that name the series together; one that the table does not have counts as empty.
    pub naming: [Option<usize>; NAMING_CELLS],
    /// The cell with the round-trip time; it may be missing at the end of a row.
    pub latency: Option<usize>,
    /// How many cells a row has at least; all cells above stand within, but for the latency.
    pub least: usize,
    /// How many cells a row has at most: at most [`MAX_CELLS`].
    pub most: usize,
}

/// What a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub at_ms: i64,
    /// Which series, as in [`Names::add`].
    pub series: u32,
    /// The round-trip time in microseconds, cut off below; `None` where the cell is empty or missing.
    pub latency_us: Option<u32>,
    /// What was found, as in [`SampleRows::learn_word`].
    pub state: u8,
}

/// Takes rows as long as nothing in them is new.
#[derive(Debug)]
pub struct SampleRows {
    form: Form,
    known: Known,
}

/// How rows are written.
#[derive(Debug)]
enum Form {
    Table(Columns),
    JsonLines(Lines),
}

/// What cells came to.
#[derive(Debug, Default)]
struct Known {
    times: Times,
    words: Vec<(Vec<u8>, u8)>,
    /// The place of the last word.
    word: usize,
}

/// The cells of a row that are used; one that the row does not have is empty.
struct Cells<'a> {
    time: &'a [u8],
    status: &'a [u8],
    naming: [&'a [u8]; NAMING_CELLS],
    latency: &'a [u8],
}

impl SampleRows {
    /// Rows of a table. Nothing is known yet; `None` where rows have more than [`MAX_CELLS`] cells, or cells are not where
    /// they can be.
    #[must_use]
    pub fn new(columns: Columns) -> Option<Self> {
        let naming = columns.naming.iter().flatten();
        let within = naming.chain([&columns.time, &columns.status]).all(|index| *index < columns.least);
        (within && columns.least <= columns.most && columns.most <= MAX_CELLS)
            .then(|| Self { form: Form::Table(columns), known: Known::default() })
    }

    /// Lines of JSON, an object on each. Nothing is known yet, not even how they are written ([`Self::learn_line`]).
    #[must_use]
    pub fn of_json_lines() -> Self {
        Self { form: Form::JsonLines(Lines::default()), known: Known::default() }
    }

    /// Takes rows from the beginning of a text, at most so many, and says of how many bytes. The text begins with a row;
    /// rows that end within it are taken in order, each with its line end, until there is one with something new.
    pub fn take(&mut self, text: &[u8], names: &mut Names, most_rows: usize, found: &mut Vec<Found>) -> usize {
        let mut taken = 0;
        match &mut self.form {
            Form::Table(columns) => {
                let mut marks = Marks::new(text, columns.delimiter);
                let mut ranges = [Range::default(); MAX_CELLS];
                for _ in 0..most_rows {
                    let row = table_row(columns, text, taken, &mut marks, &mut ranges);
                    let Some((cells, end)) = row else { break };
                    if self.known.take(&cells, names, found).is_none() {
                        break;
                    }
                    taken = end;
                }
            }
            Form::JsonLines(lines) => {
                for _ in 0..most_rows {
                    let Some((cells, end)) = json_line(lines, text, taken) else { break };
                    if self.known.take(&cells, names, found).is_none() {
                        break;
                    }
                    taken = end;
                }
            }
        }
        taken
    }

    /// What a time came to that is not known. `steady`: whether all times of its day stand at the same offset from UTC.
    pub fn learn_time(&mut self, cell: &[u8], at_ms: i64, steady: &dyn Fn() -> bool) {
        self.known.times.learn(cell, at_ms, steady);
    }

    /// What a status came to, as a number of the reader's own.
    pub fn learn_word(&mut self, cell: &[u8], state: u8) {
        let words = &mut self.known.words;
        if words.len() < MAX_WORDS && !words.iter().any(|(known, _)| known == cell) {
            words.push((cell.to_vec(), state));
        }
    }

    /// How a line of JSON is written that was taken: its values in order. The line stands without its end.
    pub fn learn_line(&mut self, line: &[u8], values: &[Value]) {
        if let Form::JsonLines(lines) = &mut self.form {
            lines.learn(line, values);
        }
    }
}

impl Known {
    /// `None`: there is something new.
    #[inline]
    fn take(&mut self, cells: &Cells<'_>, names: &mut Names, found: &mut Vec<Found>) -> Option<()> {
        let at_ms = self.times.at(cells.time)?;
        let state = self.state(cells.status)?;
        let latency_us = if cells.latency.is_empty() { None } else { Some(latency_us(cells.latency)?) };
        // Last, because it is taken from here on that this series follows the one before.
        let series = names.find(cells.naming)?;
        found.push(Found { at_ms, series, latency_us, state });
        Some(())
    }

    #[inline]
    fn state(&mut self, cell: &[u8]) -> Option<u8> {
        if let Some((known, state)) = self.words.get(self.word)
            && same(known, cell)
        {
            return Some(*state);
        }
        self.word = self.words.iter().position(|(known, _)| same(known, cell))?;
        self.words.get(self.word).map(|(_, state)| *state)
    }
}

/// The row of a table that begins at `start`, and where the next one begins. `ranges`: room for where its cells are.
#[inline]
fn table_row<'a>(
    columns: &Columns,
    text: &'a [u8],
    start: usize,
    marks: &mut Marks<'_>,
    ranges: &mut [Range; MAX_CELLS],
) -> Option<(Cells<'a>, usize)> {
    let (count, end) = split(text, start, marks, columns.delimiter, ranges)?;
    if count < columns.least || count > columns.most {
        return None;
    }
    let cell = |index: usize| ranges.get(index).and_then(|range| range.of(text));
    let maybe = |index: Option<usize>| index.map_or(Some(&[][..]), cell);
    let [target, vantage, check] = columns.naming;
    let cells = Cells {
        time: cell(columns.time)?,
        status: cell(columns.status)?,
        naming: [maybe(target)?, maybe(vantage)?, maybe(check)?],
        latency: maybe(columns.latency.filter(|index| *index < count))?,
    };
    Some((cells, end))
}

/// The line of JSON that begins at `start`, and where the next one begins.
#[inline]
fn json_line<'a>(lines: &mut Lines, text: &'a [u8], start: usize) -> Option<(Cells<'a>, usize)> {
    let (ranges, end) = lines.read(text, start)?;
    let cell = |index: usize| ranges.get(index).and_then(|range| range.of(text));
    let cells = Cells {
        time: cell(TIME)?,
        status: cell(STATUS)?,
        naming: [cell(NAMING)?, cell(NAMING + 1)?, cell(NAMING + 2)?],
        latency: cell(LATENCY)?,
    };
    Some((cells, end))
}

/// Where the cells of a row are that begins at `start`, how many there are, and where the next row begins; `None` where
/// the row does not end within the text, has quotes that are more than a pair around a cell, or too many cells.
#[inline]
fn split(
    text: &[u8],
    start: usize,
    marks: &mut Marks<'_>,
    delimiter: u8,
    cells: &mut [Range; MAX_CELLS],
) -> Option<(usize, usize)> {
    let mut begins = start;
    let mut closed = None;
    let mut count = 0;
    loop {
        let mark = marks.next()?;
        let byte = *text.get(mark)?;
        if byte == b'"' {
            let opens = mark == begins && closed.is_none();
            let other = marks.next().filter(|other| opens && text.get(*other) == Some(&b'"'))?;
            closed = Some(other + 1);
            continue;
        }
        *cells.get_mut(count)? = match closed.take() {
            Some(end) if end == mark => Range { start: begins + 1, end: mark - 1 },
            Some(_) => return None,
            None => Range { start: begins, end: mark },
        };
        count += 1;
        begins = mark + 1;
        if byte == delimiter {
            continue;
        }
        // A line ends with `\n` or `\r\n`; what ends it otherwise is left to the reader.
        if byte == b'\r' {
            begins = marks.next().filter(|end| *end == mark + 1 && text.get(*end) == Some(&b'\n'))? + 1;
        }
        return Some((count, begins));
    }
}
