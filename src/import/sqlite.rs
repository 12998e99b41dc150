//! The rows of a SQLite database that is wholly in memory: a walk over its tables, and nothing that writes.
//!
//! Whatever the bytes are, a walk ends: every page is visited at most once, trees are at most [`MAX_DEPTH`] deep, and
//! nothing is allocated that the file itself is too small for. <https://www.sqlite.org/fileformat2.html>

mod create_table;

use std::borrow::Cow;

use create_table::{Columns, columns};

/// How every database begins.
pub(super) const MAGIC: &[u8] = b"SQLite format 3\0";

/// How many bytes the header has, before the first page's own.
const HEADER_BYTES: usize = 100;

/// How many pages may stand above one another; SQLite itself refuses more.
const MAX_DEPTH: usize = 20;

/// How many tables a database may have.
const MAX_TABLES: usize = 10_000;

/// Why a database cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Damage {
    /// At a byte of the file, counted from 0, stands what cannot be there, in SQLite's own terms and with its number.
    #[error("byte {byte}: {what} {number}")]
    Broken { byte: u64, what: &'static str, number: u64 },
    /// The file is shorter than the database.
    #[error("{have} bytes of {need}")]
    CutOff { have: u64, need: u64 },
    /// A table that is not stored by rowid.
    #[error("the table {0} is WITHOUT ROWID or virtual")]
    NoRowid(String),
}

const fn broken(byte: u64, what: &'static str, number: u64) -> Damage {
    Damage::Broken { byte, what, number }
}

/// A database whose header and schema were read.
pub(super) struct Database<'a> {
    bytes: &'a [u8],
    page_bytes: usize,
    /// Bytes of a page that are not reserved for extensions.
    usable: usize,
    pages: u32,
    encoding: Encoding,
    /// Whether changes go to a file beside it first (WAL mode).
    pub write_ahead: bool,
    /// Every table, in the order of the schema.
    pub tables: Vec<Table>,
}

/// A table as the schema declares it.
pub(super) struct Table {
    pub name: String,
    root: u32,
    /// `None`: not stored by rowid.
    columns: Option<Columns>,
}

impl Table {
    /// The names of the columns in the order in which rows store them.
    pub fn columns(&self) -> &[String] {
        self.columns.as_ref().map_or(&[], |columns| &columns.names)
    }

    /// The place of a column; names differ by more than case.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns().iter().position(|column| column.eq_ignore_ascii_case(name))
    }
}

#[derive(Clone, Copy)]
enum Encoding {
    Utf8,
    Utf16Little,
    Utf16Big,
}

/// What stands in one column of one row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(Cow<'a, str>),
    Blob(&'a [u8]),
}

/// One row of a table.
pub(super) struct Row<'a> {
    pub rowid: i64,
    payload: &'a [u8],
    /// Where its cell begins in the file.
    byte: u64,
    alias: Option<usize>,
    encoding: Encoding,
}

/// Takes a row.
pub(super) type Take<'t> = dyn FnMut(&Row<'_>) -> Result<(), Damage> + 't;

impl<'a> Database<'a> {
    /// Reads the header and the schema.
    ///
    /// # Errors
    /// [`Damage`] where the file is no database, or is cut off or damaged there.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Damage> {
        let have = bytes.len() as u64;
        let header = bytes.first_chunk::<HEADER_BYTES>().ok_or(Damage::CutOff { have, need: HEADER_BYTES as u64 })?;
        if !header.starts_with(MAGIC) {
            return Err(broken(0, "magic", 0));
        }
        let page_bytes = match u16::from_be_bytes([header[16], header[17]]) {
            1 => 65_536,
            size => usize::from(size),
        };
        if page_bytes < 512 || !page_bytes.is_power_of_two() {
            return Err(broken(16, "page size", page_bytes as u64));
        }
        let write_ahead = match header[19] {
            1 => false,
            2 => true,
            other => return Err(broken(19, "read version", u64::from(other))),
        };
        let usable = page_bytes - usize::from(header[20]);
        if usable < 480 || header[21..24] != [64, 32, 32] {
            return Err(broken(20, "reserved", u64::from(header[20])));
        }
        let encoding = match number(header, 56) {
            0 | 1 => Encoding::Utf8,
            2 => Encoding::Utf16Little,
            3 => Encoding::Utf16Big,
            other => return Err(broken(56, "text encoding", u64::from(other))),
        };
        let whole = u32::try_from(bytes.len() / page_bytes).unwrap_or(u32::MAX);
        // Very old writers did not keep the number of pages.
        let stated = if number(header, 24) == number(header, 92) { number(header, 28) } else { 0 };
        let pages = if stated == 0 { whole.max(1) } else { stated };
        if pages > whole {
            return Err(Damage::CutOff { have, need: u64::from(pages) * page_bytes as u64 });
        }
        let mut database = Self { bytes, page_bytes, usable, pages, encoding, write_ahead, tables: Vec::new() };
        database.tables = database.schema()?;
        Ok(database)
    }

    /// The table of that name.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name.eq_ignore_ascii_case(name))
    }

    /// Gives every row of a table, in order of rowid.
    ///
    /// # Errors
    /// [`Damage`] of the pages of that table, or what `take` gives.
    pub fn rows(&self, table: &Table, take: &mut Take) -> Result<(), Damage> {
        match &table.columns {
            Some(columns) => Walk::new(self, columns.alias).run(table.root, take),
            None => Err(Damage::NoRowid(table.name.clone())),
        }
    }

    /// The table of tables begins on the first page: type, name, table, first page, and how it was made.
    fn schema(&self) -> Result<Vec<Table>, Damage> {
        let mut tables = Vec::new();
        Walk::new(self, None).run(1, &mut |row| {
            let (Value::Text(kind), Value::Text(name)) = (row.value(0)?, row.value(1)?) else { return Ok(()) };
            if kind != "table" {
                return Ok(());
            }
            if tables.len() == MAX_TABLES {
                return Err(broken(row.byte, "table", MAX_TABLES as u64 + 1));
            }
            let root = match row.value(3)? {
                Value::Integer(root) => u32::try_from(root).unwrap_or(0),
                _ => 0,
            };
            let columns = match row.value(4)? {
                Value::Text(sql) if root > 0 => columns(&sql),
                _ => None,
            };
            tables.push(Table { name: name.into_owned(), root, columns });
            Ok(())
        })?;
        Ok(tables)
    }
}

/// A big-endian number; 0 beyond the end.
fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |four| u32::from_be_bytes(*four))
}

/// One page of a table.
struct Page<'a> {
    /// Without the bytes that are reserved for extensions.
    bytes: &'a [u8],
    /// Where it begins in the file.
    start: u64,
    /// Where its own header begins: after that of the file, or at once.
    header: usize,
    leaf: bool,
    cells: usize,
}

impl Page<'_> {
    /// Where a cell begins within the page.
    fn cell(&self, index: usize) -> Result<usize, Damage> {
        let at = self.header + if self.leaf { 8 } else { 12 } + 2 * index;
        let pointer = self.bytes.get(at..).and_then(<[u8]>::first_chunk);
        pointer.map(|two| usize::from(u16::from_be_bytes(*two))).ok_or_else(|| self.broken(at, "cells", self.cells))
    }

    /// The page below, from the left; after the last cell the one on the very right, then `None`.
    fn child(&self, index: usize) -> Result<Option<u32>, Damage> {
        match index.cmp(&self.cells) {
            std::cmp::Ordering::Less => Ok(Some(number(self.bytes, self.cell(index)?))),
            std::cmp::Ordering::Equal => Ok(Some(number(self.bytes, self.header + 8))),
            std::cmp::Ordering::Greater => Ok(None),
        }
    }

    const fn broken(&self, at: usize, what: &'static str, number: usize) -> Damage {
        broken(self.start + at as u64, what, number as u64)
    }
}

/// A walk over one table.
struct Walk<'d, 'a> {
    database: &'d Database<'a>,
    alias: Option<usize>,
    /// Which pages were visited: each belongs to one place.
    seen: Vec<bool>,
    /// A payload that is longer than its page.
    long: Vec<u8>,
}

impl<'d, 'a> Walk<'d, 'a> {
    fn new(database: &'d Database<'a>, alias: Option<usize>) -> Self {
        Self { database, alias, seen: vec![false; database.pages as usize], long: Vec::new() }
    }

    fn run(mut self, root: u32, take: &mut Take) -> Result<(), Damage> {
        let mut path = vec![(self.node(root, 0)?, 0)];
        while let Some((page, next)) = path.last_mut() {
            let child = if page.leaf { None } else { page.child(*next)? };
            *next += 1;
            let Some(child) = child else {
                if let Some((page, _)) = path.pop().filter(|(page, _)| page.leaf) {
                    self.leaf(&page, take)?;
                }
                continue;
            };
            let from = page.start;
            if path.len() == MAX_DEPTH {
                return Err(broken(from, "depth", MAX_DEPTH as u64 + 1));
            }
            path.push((self.node(child, from)?, 0));
        }
        Ok(())
    }

    /// The page of that number, to which something at `from` refers.
    fn page(&mut self, number: u32, from: u64) -> Result<(&'a [u8], u64), Damage> {
        let Database { bytes, page_bytes, usable, .. } = self.database;
        let outside = || broken(from, "page outside the file:", u64::from(number));
        let index = (number as usize).wrapping_sub(1);
        let Some(seen) = self.seen.get_mut(index) else {
            return Err(outside());
        };
        if std::mem::replace(seen, true) {
            return Err(broken(from, "page used twice:", u64::from(number)));
        }
        let start = index * page_bytes;
        let page = bytes.get(start..start + usable).ok_or_else(outside)?;
        Ok((page, start as u64))
    }

    /// A page of the tree.
    fn node(&mut self, number: u32, from: u64) -> Result<Page<'a>, Damage> {
        let (bytes, start) = self.page(number, from)?;
        let header = if number == 1 { HEADER_BYTES } else { 0 };
        let own = |at: usize| bytes.get(header + at).copied().unwrap_or_default();
        let leaf = match own(0) {
            5 => false,
            13 => true,
            other => return Err(broken(start + header as u64, "page type", u64::from(other))),
        };
        let cells = usize::from(u16::from_be_bytes([own(3), own(4)]));
        Ok(Page { bytes, start, header, leaf, cells })
    }

    fn leaf(&mut self, page: &Page<'a>, take: &mut Take) -> Result<(), Damage> {
        let mut used = 0;
        for index in 0..page.cells {
            let at = page.cell(index)?;
            let cell = page.bytes.get(at..).unwrap_or_default();
            let no_cell = || page.broken(at, "cell", index);
            let (length, rest) = varint(cell).ok_or_else(no_cell)?;
            let (rowid, rest) = varint(rest).ok_or_else(no_cell)?;
            let fitting = usize::try_from(length).ok().filter(|length| *length <= self.database.bytes.len());
            let length = fitting.ok_or_else(|| broken(page.start + at as u64, "payload", length))?;
            let local = local_bytes(length, self.database.usable);
            let (own, rest) = rest.split_at_checked(local).ok_or_else(no_cell)?;
            used += cell.len() - rest.len();
            if used > page.bytes.len() {
                return Err(page.broken(at, "overlapping cell", index));
            }
            let byte = page.start + at as u64;
            let whole = own.len() == length;
            if !whole {
                self.overflow((own, number(rest, 0)), length, byte)?;
            }
            let payload = if whole { own } else { &self.long };
            let Database { encoding, .. } = *self.database;
            take(&Row { rowid: rowid.cast_signed(), payload, byte, alias: self.alias, encoding })?;
        }
        Ok(())
    }

    /// Puts a payload together that goes on from `own` over a chain of pages.
    fn overflow(&mut self, (own, mut next): (&[u8], u32), length: usize, byte: u64) -> Result<(), Damage> {
        self.long.clear();
        self.long.extend_from_slice(own);
        while self.long.len() < length {
            let (page, _) = self.page(next, byte)?;
            next = number(page, 0);
            let more = page.get(4..).unwrap_or_default();
            let more = more.get(..length - self.long.len()).unwrap_or(more);
            self.long.extend_from_slice(more);
        }
        Ok(())
    }
}

/// How many bytes of a payload stand on the page of the tree itself.
const fn local_bytes(length: usize, usable: usize) -> usize {
    let most = usable - 35;
    if length <= most {
        return length;
    }
    let least = (usable - 12) * 32 / 255 - 23;
    let fitting = least + (length - least) % (usable - 4);
    if fitting <= most { fitting } else { least }
}

/// A number of one to nine bytes, and what follows it.
fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(9).enumerate() {
        let last = index == 8 || *byte < 0x80;
        value = if index == 8 { value << 8 | u64::from(*byte) } else { value << 7 | u64::from(byte & 0x7f) };
        if last {
            return Some((value, bytes.get(index + 1..)?));
        }
    }
    None
}

impl<'r> Row<'r> {
    /// What stands in a column, counted from 0. A row that was written before the column was added has
    /// [`Value::Null`] there, whatever the column's default.
    ///
    /// # Errors
    /// [`Damage`] where the row is not of the form of rows.
    pub fn value(&self, column: usize) -> Result<Value<'r>, Damage> {
        if self.alias == Some(column) {
            return Ok(Value::Integer(self.rowid));
        }
        let no_row = || broken(self.byte, "row", self.rowid.cast_unsigned());
        let (header, types) = varint(self.payload).ok_or_else(no_row)?;
        let header = usize::try_from(header).ok().filter(|header| *header <= self.payload.len()).ok_or_else(no_row)?;
        let behind = self.payload.len() - types.len();
        let mut types = types.get(..header.saturating_sub(behind)).unwrap_or_default();
        let mut body = self.payload.get(header..).unwrap_or_default();
        for _ in 0..column {
            let Some((kind, rest)) = varint(types) else { return Ok(Value::Null) };
            types = rest;
            body = self.split(kind, body)?.1;
        }
        match varint(types) {
            None => Ok(Value::Null),
            Some((kind, _)) => Ok(self.read(kind, self.split(kind, body)?.0)),
        }
    }

    fn split(&self, kind: u64, body: &'r [u8]) -> Result<(&'r [u8], &'r [u8]), Damage> {
        let size = match kind {
            0 | 8 | 9 => Some(0),
            1..=4 => Some(kind),
            5 => Some(6),
            6 | 7 => Some(8),
            10 | 11 => None,
            _ => Some((kind - 12) / 2),
        };
        let parts = size.and_then(|size| body.split_at_checked(usize::try_from(size).ok()?));
        parts.ok_or_else(|| broken(self.byte, "serial type", kind))
    }

    fn read(&self, kind: u64, value: &'r [u8]) -> Value<'r> {
        match kind {
            0 | 10 | 11 => Value::Null,
            7 => Value::Real(f64::from_bits(signed(value).cast_unsigned())),
            8 => Value::Integer(0),
            9 => Value::Integer(1),
            1..=6 => Value::Integer(signed(value)),
            _ if kind & 1 == 0 => Value::Blob(value),
            _ => Value::Text(self.encoding.decode(value)),
        }
    }
}

/// A big-endian number in two's complement of up to eight bytes.
fn signed(bytes: &[u8]) -> i64 {
    let start = if bytes.first().is_some_and(|byte| *byte >= 0x80) { -1 } else { 0 };
    bytes.iter().fold(start, |value, byte| value << 8 | i64::from(*byte))
}

impl Encoding {
    /// What is no text becomes U+FFFD.
    fn decode(self, bytes: &[u8]) -> Cow<'_, str> {
        let unit = match self {
            Self::Utf8 => return String::from_utf8_lossy(bytes),
            Self::Utf16Little => u16::from_le_bytes,
            Self::Utf16Big => u16::from_be_bytes,
        };
        let (pairs, _) = bytes.as_chunks::<2>();
        let letters = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
        letters.map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>().into()
    }
}

#[cfg(test)]
mod tests;
