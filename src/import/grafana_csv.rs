//! Grafana, *Inspect → Data*: a column `Time`, and a column of values for each series.

use super::csv::{DELIMITERS, Row, cell_names, column_place, header_line, is_separator_line};
use super::detect::Format;
use super::diagnostic::{Code, Finding, Stop, shown, shown_bytes};
use super::log::Log;
use super::probes::{Probes, check_of, series_of};
use super::samples_csv::{is_column, status_of, status_words};
use super::table::{Rows, TableReader};
use crate::record::{Digest, Record, Sample, SampleState, SeriesKey};
use crate::time::Zone;

pub(super) const FORMAT: Format = Format {
    description: "Grafana CSV (`\"Time\",\"port-1\",\"port-2\"`)",
    recognises: |head| delimiter_of(head).is_some(),
    open: |head, options| {
        let table = Table { zone: options.zone, ..Table::default() };
        Box::new(TableReader::new(delimiter_of(head).unwrap_or(b','), table))
    },
};

/// The name of the format in results.
const NAME: &str = "grafana-csv";

/// The name of the first column.
const TIME: &str = "time";

/// The delimiter with which the first column is `Time` and no other is one of the program's own format.
fn delimiter_of(head: &[u8]) -> Option<u8> {
    let header = header_line(head)?;
    DELIMITERS.into_iter().find(|delimiter| match cell_names(header, *delimiter).split_first() {
        Some((first, series)) => first == TIME && !series.is_empty() && !series.iter().any(|name| is_column(name)),
        None => false,
    })
}

#[derive(Default)]
struct Table {
    zone: Option<Zone>,
    /// The series by column, the first column left out; anew for each frame.
    columns: Vec<(String, SeriesKey)>,
    probes: Probes,
    rows: u64,
}

impl Rows for Table {
    fn take(&mut self, row: Row<'_>, log: &mut Log) -> Result<(), Stop> {
        let first = row.cell(0).unwrap_or_default();
        // Each frame begins with a header of its own.
        if first.eq_ignore_ascii_case(TIME.as_bytes()) || is_separator_line(row.text) {
            self.columns = row.cells().skip(1).map(column).collect();
            return Ok(());
        }
        self.rows += 1;
        let place = || column_place(row.line, 0, TIME);
        let Some(at) = log.time(first, self.zone, place)? else { return Ok(()) };
        for (index, (name, key)) in self.columns.iter().enumerate() {
            let cell = row.cell(index + 1).unwrap_or_default();
            // An empty cell: this series has no value at that time.
            if cell.is_empty() {
                continue;
            }
            let Some(state) = state(cell) else {
                let place = column_place(row.line, index + 1, name);
                log.reject(|| {
                    Finding::new(Code::StatusUnknown, place).found(shown_bytes(cell)).expected(status_words())
                });
                continue;
            };
            self.probes.push(key, Sample { at, state }, log);
        }
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn finish(self, _: Digest, log: &mut Log) -> Result<Record, Stop> {
        NAME.clone_into(&mut log.source.format);
        log.anything_taken(log.source.rejected)?;
        Ok(self.probes.record())
    }
}

fn column(cell: &[u8]) -> (String, SeriesKey) {
    let name = String::from_utf8_lossy(cell).trim().to_owned();
    let key = series_of(&name, check_of(&name));
    (shown(&name), key)
}

/// `1` and `0` may come with decimals or as a share of one hundred percent; anything between is no state of a probe.
fn state(cell: &[u8]) -> Option<SampleState> {
    match cell {
        b"1.0" | b"1.00" | b"100%" => Some(SampleState::Up),
        b"0.0" | b"0.00" | b"0%" => Some(SampleState::Down),
        _ => status_of(cell),
    }
}
