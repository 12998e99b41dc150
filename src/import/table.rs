//! Formats that are tables: each says what it makes of a row, and all are split into rows in the same way.

use super::csv::{Row, Splitter};
use super::detect::FormatReader;
use super::diagnostic::Stop;
use super::log::Log;
use crate::record::{Digest, Record};

/// What a format makes of its rows.
pub(super) trait Rows: Send {
    /// Takes the next row; the first one is mostly the header.
    fn take(&mut self, row: Row<'_>, log: &mut Log) -> Result<(), Stop>;

    /// Rows of data seen so far.
    fn rows(&self) -> u64;

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
    fn push(&mut self, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        let Self { splitter, table } = self;
        splitter.push(text, &mut |row| table.take(row, log))
    }

    fn rows(&self) -> u64 {
        self.table.rows()
    }

    fn finish(self: Box<Self>, source: Digest, log: &mut Log) -> Result<Record, Stop> {
        let Self { mut splitter, mut table } = *self;
        splitter.finish(&mut |row| table.take(row, log))?;
        table.finish(source, log)
    }
}
