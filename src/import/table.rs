//! Formats that are tables: each says what it makes of a row, and all are split into rows in the same way.

use super::csv::{Row, Splitter};
use super::detect::FormatReader;
use super::diagnostic::Stop;
use super::log::Log;
use crate::record::{Digest, Record, Series, SeriesKey};
use crate::sorted::Map;

/// What a format makes of its rows.
pub(super) trait Rows: Send {
    /// Takes the next row; the first one is mostly the header.
    fn take(&mut self, row: Row<'_>, log: &mut Log) -> Result<(), Stop>;

    /// Takes rows from the beginning of a text in a quicker way, each of one line, as far as there are such, and says of
    /// how many bytes and rows. The text begins with a row.
    fn take_quickly(&mut self, _: &[u8], _: &mut Log) -> (usize, u64) {
        (0, 0)
    }

    /// Rows of data seen so far.
    fn rows(&self) -> u64;

    /// See [`FormatReader::take_ahead`].
    fn take_ahead(&mut self, _: &mut Log) -> Map<SeriesKey, Series> {
        Map::new()
    }

    /// What all of them hold.
    fn finish(self, source: Digest, log: &mut Log) -> Result<Record, Stop>;
}

/// A file that is read row by row.
pub(super) struct TableReader<T> {
    splitter: Splitter,
    table: T,
}

impl<T> TableReader<T> {
    pub fn new(delimiter: u8, table: T) -> Self {
        Self { splitter: Splitter::new(delimiter), table }
    }
}

impl<T: Rows> FormatReader for TableReader<T> {
    fn push(&mut self, mut text: &[u8], log: &mut Log) -> Result<(), Stop> {
        let Self { splitter, table } = self;
        while !text.is_empty() {
            if let Some(rows) = splitter.next_row(text) {
                let (bytes, lines) = table.take_quickly(rows, log);
                splitter.skip_rows(lines);
                text = rows.get(bytes..).unwrap_or_default();
            }
            text = splitter.step(text, &mut |row| table.take(row, log))?;
        }
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.table.rows()
    }

    fn take_ahead(&mut self, log: &mut Log) -> Map<SeriesKey, Series> {
        self.table.take_ahead(log)
    }

    fn finish(self: Box<Self>, source: Digest, log: &mut Log) -> Result<Record, Stop> {
        let Self { mut splitter, mut table } = *self;
        splitter.finish(&mut |row| table.take(row, log))?;
        table.finish(source, log)
    }
}
