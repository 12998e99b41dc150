//! UptimeRobot, the log as CSV: `Event,Monitor,Monitor URL,Date-Time,Reason,Duration,Duration (in mins.)`. It tells
//! changes of state. Its durations are whole minutes and are used for the last event only.

use super::changes::Known;
use super::csv::{DELIMITERS, Row, cell_names, column_name, column_place, header_line, is_separator_line};
use super::detect::Format;
use super::diagnostic::{Code, Finding, Stop, listed, shown_bytes};
use super::log::Log;
use super::probes::{Histories, check_of, series_of};
use super::table::{Rows, TableReader};
use crate::record::{Check, Digest, Evidence, Record, SampleState};
use crate::time::{MINUTE_MS, Zone};

pub(super) const FORMAT: Format = Format {
    description: "UptimeRobot CSV (`Event,Monitor,Monitor URL,Date-Time,…`)",
    recognises: |head| delimiter_of(head).is_some(),
    open: |head, options| {
        let table = Table { zone: options.zone, ..Table::default() };
        Box::new(TableReader::new(delimiter_of(head).unwrap_or(b','), table))
    },
};

/// The name of the format in results.
const NAME: &str = "uptimerobot-csv";

const EVENT: &str = "event";
const MONITOR: &str = "monitor";
const ADDRESS: &str = "monitor url";
const TIME: &str = "date-time";
const MINUTES: &str = "duration (in mins.)";

fn delimiter_of(head: &[u8]) -> Option<u8> {
    let header = header_line(head)?;
    DELIMITERS.into_iter().find(|delimiter| {
        let names = cell_names(header, *delimiter);
        [EVENT, MONITOR, TIME].iter().all(|column| names.iter().any(|name| name == column))
    })
}

#[derive(Default)]
struct Table {
    zone: Option<Zone>,
    names: Vec<String>,
    histories: Histories,
    rows: u64,
}

impl Rows for Table {
    fn take(&mut self, row: Row<'_>, log: &mut Log) -> Result<(), Stop> {
        if self.names.is_empty() {
            if !is_separator_line(row.text) {
                self.names = row.cells().map(column_name).collect();
            }
            return Ok(());
        }
        self.rows += 1;
        let index = |column: &str| self.names.iter().position(|name| name == column);
        let cell = |column: &str| index(column).and_then(|index| row.cell(index)).unwrap_or_default();
        let finding = |column: &str, code: Code| {
            let place = column_place(row.line, index(column).unwrap_or_default(), column);
            Finding::new(code, place).found(shown_bytes(cell(column)))
        };
        let known = match cell(EVENT).to_ascii_lowercase().as_slice() {
            b"up" => Known::State(SampleState::Up),
            b"down" => Known::State(SampleState::Down),
            b"paused" | b"started" => Known::Nothing,
            _ => {
                let expected = listed(["Up", "Down", "Paused", "Started"]);
                log.reject(|| finding(EVENT, Code::StatusUnknown).expected(expected));
                return Ok(());
            }
        };
        let place = || column_place(row.line, index(TIME).unwrap_or_default(), TIME);
        let Some(at) = log.time(cell(TIME), self.zone, place)? else { return Ok(()) };
        let text = |column: &str| String::from_utf8_lossy(cell(column)).into_owned();
        let minutes = str::from_utf8(cell(MINUTES)).ok().and_then(|text| text.parse::<u32>().ok()).unwrap_or(0);
        let (name, address) = (text(MONITOR), text(ADDRESS));
        let check = if address.is_empty() { Check::Ping } else { check_of(&address) };
        let key = series_of(&name, check);
        log.source.accepted += 1;
        self.histories.note(&key, (at, at.plus(i64::from(minutes) * MINUTE_MS)), known);
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn finish(self, _: Digest, log: &mut Log) -> Result<Record, Stop> {
        NAME.clone_into(&mut log.source.format);
        log.source.evidence = Evidence::Rebuilt;
        log.anything_taken(log.source.rejected)?;
        Ok(self.histories.record())
    }
}
