//! Tables as text: rows and cells per RFC 4180, whatever separates the cells.

use csv_core::{ReadRecordResult, ReaderBuilder};
use memchr::{memchr, memchr_iter, memchr2};

use super::diagnostic::{Code, Finding, Place, Stop, shown};

/// How many bytes a row may have.
const MAX_ROW_BYTES: usize = 1 << 20;

/// How many cells a row may have.
const MAX_CELLS: usize = 4_096;

/// How many columns a table may have for a mapping to speak of it.
const MAX_HEADER_CELLS: usize = 256;

/// What a byte order mark in UTF-8 begins with.
const BYTE_ORDER_MARK: u8 = 0xef;

/// What separates cells.
pub(super) const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The first line that is not empty, other than the `sep=;` of spreadsheet programs.
pub(super) fn header_line(head: &[u8]) -> Option<&[u8]> {
    let mut lines = head.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.trim_ascii().is_empty());
    let first = lines.next()?;
    if is_separator_line(first) { lines.next() } else { Some(first) }
}

pub(super) fn is_separator_line(line: &[u8]) -> bool {
    line.starts_with(b"sep=") && line.trim_ascii().len() <= 5
}

pub(super) fn cell_names(header: &[u8], delimiter: u8) -> Vec<String> {
    let mut names = Vec::new();
    let split = each_row(header, delimiter, &mut |row| {
        names = row.cells().map(column_name).collect();
        Ok(())
    });
    if split.is_ok() { names } else { Vec::new() }
}

pub(super) fn column_name(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim().to_ascii_lowercase()
}

/// The first row of a table.
pub(super) struct Header {
    /// What separates its cells.
    pub delimiter: u8,
    /// The names of the columns as they are written; `1`, `2` and so on where the first row is one of data.
    pub names: Vec<String>,
    /// Whether the first row holds the names.
    pub named: bool,
}

impl Header {
    /// The names as they are compared: in small letters.
    pub fn columns(&self) -> Vec<String> {
        self.names.iter().map(|name| name.to_ascii_lowercase()).collect()
    }
}

/// The first row of a text that could be a table, with the delimiter that makes most cells of it; `None` where there
/// are not at least two cells. `is_data`: whether a cell is of a row of data.
pub(super) fn table_header(head: &[u8], is_data: impl Fn(&[u8]) -> bool) -> Option<Header> {
    let line = header_line(head)?;
    let text = str::from_utf8(line).ok()?;
    if line.starts_with(b"{") || line.starts_with(b"[") || text.chars().any(|own| own.is_control() && own != '\t') {
        return None;
    }
    let cells = |delimiter: &u8| {
        let mut cells = Vec::new();
        each_cell(line, *delimiter, |cell| cells.push(String::from_utf8_lossy(cell).trim().to_owned()));
        cells
    };
    let delimiter = DELIMITERS.into_iter().rev().max_by_key(|delimiter| cells(delimiter).len())?;
    let names = cells(&delimiter);
    if names.len() < 2 || names.len() > MAX_HEADER_CELLS {
        return None;
    }
    let named = !names.iter().any(|name| is_data(name.as_bytes()));
    let names = if named { names } else { (1..=names.len()).map(|number| number.to_string()).collect() };
    Some(Header { delimiter, names, named })
}

fn each_cell(line: &[u8], delimiter: u8, mut take: impl FnMut(&[u8])) {
    // A quoted cell that is still open has no more cells behind it.
    let _ = each_row(line, delimiter, &mut |row| {
        row.cells().for_each(&mut take);
        Ok(())
    });
}

fn each_row(text: &[u8], delimiter: u8, take: &mut dyn FnMut(Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
    let mut splitter = Splitter::new(delimiter);
    // A row that ends with its line can be read without an automaton.
    splitter.push(&[text, b"\n"].concat(), take)?;
    splitter.finish(take)
}

/// A row as it stands in the file.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    /// The line on which it begins, counted from 1.
    pub line: u64,
    pub text: &'a [u8],
    /// Where in `text` each cell ends.
    pub ends: &'a [usize],
    /// How many bytes of `text` separate two cells: 1 as long as the delimiters are still in it, else 0.
    pub between: usize,
}

impl<'a> Row<'a> {
    pub fn cell(self, index: usize) -> Option<&'a [u8]> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 { 0 } else { self.ends.get(index - 1)? + self.between };
        self.text.get(start..end).map(<[u8]>::trim_ascii)
    }

    pub fn cells(self) -> impl Iterator<Item = &'a [u8]> {
        (0..self.ends.len()).filter_map(move |index| self.cell(index))
    }

    fn is_blank(self) -> bool {
        self.cells().all(<[u8]>::is_empty)
    }
}

/// Text in pieces into rows, per RFC 4180.
pub(super) struct Splitter {
    /// `None` as long as no row had quotes: to make it takes as long as a thousand rows.
    core: Option<csv_core::Reader>,
    delimiter: u8,
    text: Vec<u8>,
    text_len: usize,
    ends: Vec<usize>,
    ends_len: usize,
    /// Where each cell of a plain row ends.
    plain_ends: Vec<usize>,
    /// The line that the next byte is on.
    line: u64,
    /// The line on which the row that is being read began; `None` between rows.
    row_line: Option<u64>,
}

impl Splitter {
    pub fn new(delimiter: u8) -> Self {
        let (text, ends) = (vec![0; 1 << 10], vec![0; 32]);
        Self {
            core: None,
            delimiter,
            text,
            text_len: 0,
            ends,
            ends_len: 0,
            plain_ends: Vec::new(),
            line: 1,
            row_line: None,
        }
    }

    pub fn push(&mut self, mut piece: &[u8], take: &mut dyn FnMut(Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        while !piece.is_empty() {
            piece = self.step(piece, take)?;
        }
        Ok(())
    }

    /// Takes the next row of the piece, or as much of it as there is, and returns what follows.
    pub fn step<'a>(
        &mut self,
        mut piece: &'a [u8],
        take: &mut dyn FnMut(Row<'_>) -> Result<(), Stop>,
    ) -> Result<&'a [u8], Stop> {
        if self.row_line.is_none() {
            piece = self.skip_empty_lines(piece);
            if let Some(plain) = self.plain_row(piece) {
                return self.give_plain(plain, piece, take);
            }
        }
        if piece.is_empty() {
            return Ok(piece);
        }
        let row_line = *self.row_line.get_or_insert(self.line);
        let (result, read) = self.read(piece);
        self.line += newlines(piece.get(..read).unwrap_or_default());
        match result {
            ReadRecordResult::OutputFull => grow(&mut self.text, MAX_ROW_BYTES, row_line)?,
            ReadRecordResult::OutputEndsFull => grow(&mut self.ends, MAX_CELLS, row_line)?,
            ReadRecordResult::Record => self.give(row_line, take)?,
            ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
        }
        Ok(piece.get(read..).unwrap_or_default())
    }

    /// What of the piece is not an empty line, where it begins with a row; `None` within a row, and in the first line,
    /// which may begin with a byte order mark.
    pub fn next_row<'a>(&mut self, piece: &'a [u8]) -> Option<&'a [u8]> {
        (self.row_line.is_none() && self.line > 1).then(|| self.skip_empty_lines(piece))
    }

    /// Rows were taken in another way, each of one line.
    pub fn skip_rows(&mut self, rows: u64) {
        self.line += rows;
    }

    /// The last row need not end with its line. A quoted cell that is still open has swallowed what followed.
    pub fn finish(&mut self, take: &mut dyn FnMut(Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        let Some(row_line) = self.row_line else { return Ok(()) };
        self.push(b"\n", take)?;
        if self.row_line.is_none() {
            return Ok(());
        }
        Err(vec![Finding::new(Code::QuoteOpen, Place::Line { line: row_line, column: None })])
    }

    /// The length of the row at the start of the piece where it is whole and has no quotes: most rows are such, and need
    /// not be copied. The first row may begin with a byte order mark.
    fn plain_row(&mut self, piece: &[u8]) -> Option<usize> {
        if self.line == 1 && piece.first().is_none_or(|byte| *byte == BYTE_ORDER_MARK) {
            return None;
        }
        let length = memchr2(b'\n', b'\r', piece).filter(|length| *length <= MAX_ROW_BYTES)?;
        let row = piece.get(..length).filter(|row| memchr(b'"', row).is_none())?;
        self.plain_ends.clear();
        self.plain_ends.extend(memchr_iter(self.delimiter, row).take(MAX_CELLS));
        self.plain_ends.push(length);
        (self.plain_ends.len() <= MAX_CELLS).then_some(length)
    }

    /// Gives the row of that length at the start of the piece, and returns what follows it.
    fn give_plain<'a>(
        &mut self,
        length: usize,
        piece: &'a [u8],
        take: &mut dyn FnMut(Row<'_>) -> Result<(), Stop>,
    ) -> Result<&'a [u8], Stop> {
        let (text, rest) = piece.split_at_checked(length).unwrap_or((piece, &[]));
        let row = Row { line: self.line, text, ends: &self.plain_ends, between: 1 };
        if !row.is_blank() {
            take(row)?;
        }
        let (end, rest) = rest.split_at_checked(1).unwrap_or((rest, &[]));
        self.line += newlines(end);
        Ok(rest)
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
        let core = self.core.get_or_insert_with(|| automaton(self.delimiter, self.line > 1));
        let (result, read, written, ended) = core.read_record(piece, text, ends);
        self.text_len += written;
        self.ends_len += ended;
        (result, read)
    }

    fn give(&mut self, line: u64, take: &mut dyn FnMut(Row<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        let text = self.text.get(..self.text_len).unwrap_or_default();
        let ends = self.ends.get(..self.ends_len).unwrap_or_default();
        let row = Row { line, text, ends, between: 0 };
        let taken = if row.is_blank() { Ok(()) } else { take(row) };
        (self.text_len, self.ends_len, self.row_line) = (0, 0, None);
        taken
    }
}

/// What reads rows with quotes. `begun`: after the first line, so that a byte order mark is part of a cell.
fn automaton(delimiter: u8, begun: bool) -> csv_core::Reader {
    let mut core = ReaderBuilder::new().delimiter(delimiter).build();
    if begun {
        core.read_record(b"\n", &mut [], &mut []);
    }
    core
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

/// A cell by its column.
pub(super) fn column_place(line: u64, index: usize, name: &str) -> Place {
    Place::Line { line, column: Some((u32::try_from(index + 1).unwrap_or(u32::MAX), shown(name))) }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

    use proptest::prelude::*;

    use super::*;

    /// Line and cells of every row that is not blank.
    type Rows = Vec<(u64, Vec<Vec<u8>>)>;

    fn split(pieces: &[&[u8]]) -> Result<Rows, Stop> {
        let mut rows = Rows::new();
        let mut splitter = Splitter::new(b',');
        let mut take = |row: Row<'_>| {
            rows.push((row.line, row.cells().map(<[u8]>::to_vec).collect()));
            Ok(())
        };
        pieces.iter().try_for_each(|piece| splitter.push(piece, &mut take))?;
        splitter.finish(&mut take).map(|()| rows)
    }

    proptest! {
        /// In pieces of one byte no row is ever whole, so that none is taken for plain.
        #[test]
        fn a_plain_row_is_read_as_any_other(text in r#"[a,"\r\n ]{0,60}"#, cut in 0_usize..60) {
            let bytes = text.as_bytes();
            let single: Vec<&[u8]> = bytes.chunks(1).collect();
            let (one, other) = bytes.split_at(cut.min(bytes.len()));
            let expected = split(&single);
            prop_assert_eq!(split(&[bytes]), expected.clone());
            prop_assert_eq!(split(&[one, other]), expected);
        }
    }

    #[test]
    fn a_byte_order_mark_is_none_but_at_the_beginning() {
        let cells = |text: &str| split(&[text.as_bytes()]).unwrap().pop().unwrap().1;
        assert_eq!(cells("\u{feff}a,\"b\"\n"), [b"a", b"b"]);
        for text in ["\u{feff}a,b\n", "\u{feff}\"a\",b\n"] {
            assert_eq!(cells(text), [b"a", b"b"], "{text}");
        }
        assert_eq!(cells("a,b\n\u{feff}\"a\",\"b\"\n"), ["\u{feff}\"a\"".as_bytes(), b"b"]);
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        let rows = split(&[b"a,b\r\n1,2\r\n\r\n3,\"4\n5\"\n6,7"]).unwrap();
        let lines: Vec<u64> = rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 4, 6]);
        assert_eq!(rows[2].1, [b"3".to_vec(), b"4\n5".to_vec()]);
    }
}
