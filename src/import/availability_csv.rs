//! Availability reports of Checkmk and Nagios as CSV: sums, from which no outage can be told. They do not say of which time.

use super::Options;
use super::csv::{DELIMITERS, Row, cell_names, column_name, column_place, header_line, is_separator_line};
use super::detect::Format;
use super::diagnostic::{Code, Finding, Place, Stop, listed, shown_bytes};
use super::log::Log;
use super::sums::{SECONDS, SHARES, Sum, Sums, read_seconds};
use super::table::{Rows, TableReader};
use crate::record::{Digest, Record, Share};

pub(super) const FORMAT: Format = Format {
    description: "availability reports of Checkmk and Nagios (for comparison only: they hold sums)",
    recognises: |head| report_of(head).is_some(),
    open: |head, _: Options| {
        let (report, delimiter) = report_of(head).unwrap_or((&AVAIL_HOSTS, b','));
        let table = Table { report, names: Vec::new(), sums: Vec::new(), rows: 0 };
        Box::new(TableReader::new(delimiter, table))
    },
};

/// A report by its columns.
struct Report {
    /// The name of the format in results.
    format: &'static str,
    /// What people call it.
    name: &'static str,
    host: &'static str,
    service: &'static str,
    /// The share of time in which all was well.
    up: &'static str,
    /// Seconds of downtime; a report in percent has none.
    down: &'static [&'static str],
    /// Time that is neither up nor down, or that is left out.
    other: &'static [&'static str],
    /// A column that no other table has.
    mark: &'static str,
}

const CHECKMK_SERVICES: Report = Report {
    format: "checkmk-availability",
    name: "Checkmk availability",
    host: "host",
    service: "service",
    up: "ok",
    down: &[],
    other: &["warn", "unknown", "flapping", "h.down", "downtime", "n/a"],
    mark: "n/a",
};
const CHECKMK_HOSTS: Report =
    Report { up: "up", other: &["unreach", "flapping", "downtime", "n/a"], ..CHECKMK_SERVICES };
const AVAIL_HOSTS: Report = Report {
    format: "nagios-avail",
    name: "avail.cgi",
    host: "host_name",
    service: "service_description",
    up: "percent_total_time_up",
    down: &["total_time_down", "total_time_unreachable"],
    other: &["total_time_undetermined"],
    mark: "time_up_scheduled",
};
const AVAIL_SERVICES: Report = Report {
    up: "percent_total_time_ok",
    down: &["total_time_critical"],
    other: &["total_time_warning", "total_time_unknown", "total_time_undetermined"],
    mark: "time_ok_scheduled",
    ..AVAIL_HOSTS
};

/// Avail's services are told by a column of their own; Checkmk's tables by the state in which all is well.
const REPORTS: [&Report; 4] = [&AVAIL_HOSTS, &AVAIL_SERVICES, &CHECKMK_SERVICES, &CHECKMK_HOSTS];

fn report_of(head: &[u8]) -> Option<(&'static Report, u8)> {
    let header = header_line(head)?;
    DELIMITERS.into_iter().find_map(|delimiter| {
        let names = cell_names(header, delimiter);
        let has = |column: &str| names.iter().any(|name| name == column);
        let is = |report: &&Report| {
            let checkmk = report.down.is_empty();
            has(report.host) && has(report.mark) && (!checkmk || has(report.up))
        };
        REPORTS.into_iter().find(is).map(|report| (report, delimiter))
    })
}

struct Table {
    report: &'static Report,
    names: Vec<String>,
    sums: Vec<Sum>,
    rows: u64,
}

impl Rows for Table {
    fn take(&mut self, row: Row<'_>, log: &mut Log) -> Result<(), Stop> {
        if self.names.is_empty() {
            return if is_separator_line(row.text) { Ok(()) } else { self.head(row) };
        }
        self.rows += 1;
        if text(row, &self.names, self.report.host) == "Summary" {
            return Ok(());
        }
        match self.sum(row) {
            Ok(sum) => self.sums.push(sum),
            Err(finding) => log.reject(|| *finding),
        }
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn finish(self, source: Digest, log: &mut Log) -> Result<Record, Stop> {
        self.report.format.clone_into(&mut log.source.format);
        let mut sums = Sums::new(self.report.name, "`nagios.log`", source, log);
        self.sums.into_iter().for_each(|sum| sums.push(sum, log));
        log.anything_taken(log.source.rejected)?;
        Ok(sums.record())
    }
}

impl Table {
    fn head(&mut self, row: Row<'_>) -> Result<(), Stop> {
        self.names = row.cells().map(column_name).collect();
        let Report { up, down, .. } = self.report;
        let missing = std::iter::once(up).chain(*down).find(|column| !self.names.iter().any(|name| name == *column));
        match missing {
            None => Ok(()),
            Some(column) => {
                let found = listed(self.names.iter().map(String::as_str));
                Err(vec![Finding::new(Code::ColumnAbsent, Place::File).found(found).expected(*column)])
            }
        }
    }

    fn sum(&self, row: Row<'_>) -> Result<Sum, Box<Finding>> {
        let Report { host, service, up, down, other, .. } = self.report;
        let (host, service) = (text(row, &self.names, host), text(row, &self.names, service));
        let downtime_ms: i64 =
            down.iter().map(|column| self.seconds(row, column)).collect::<Result<Vec<i64>, _>>()?.into_iter().sum();
        Ok(Sum {
            target: if service.is_empty() { host } else { format!("{host}/{service}") },
            span: None,
            availability: Some(self.share(row, up)?),
            downtime_ms: (!down.is_empty()).then_some(downtime_ms),
            partial: other.iter().any(|column| {
                let text = text(row, &self.names, column);
                !text.is_empty() && !text.parse::<Share>().is_ok_and(Share::is_zero)
            }),
        })
    }

    fn share(&self, row: Row<'_>, column: &str) -> Result<Share, Box<Finding>> {
        let text = text(row, &self.names, column);
        text.parse().map_err(|_| Box::new(self.finding(row, column, Code::ShareMalformed).expected(SHARES)))
    }

    fn seconds(&self, row: Row<'_>, column: &str) -> Result<i64, Box<Finding>> {
        let seconds = read_seconds(&text(row, &self.names, column));
        seconds.ok_or_else(|| Box::new(self.finding(row, column, Code::NumberOutOfRange).expected(SECONDS)))
    }

    fn finding(&self, row: Row<'_>, column: &str, code: Code) -> Finding {
        let index = self.names.iter().position(|name| name == column).unwrap_or_default();
        let place = column_place(row.line, index, column);
        Finding::new(code, place).found(shown_bytes(row.cell(index).unwrap_or_default()))
    }
}

/// A cell as text. Quotes after a separator and a blank are no quotes of CSV, and avail.cgi writes them.
fn text(row: Row<'_>, names: &[String], column: &str) -> String {
    let index = names.iter().position(|name| name == column);
    let cell = index.and_then(|index| row.cell(index)).unwrap_or_default();
    String::from_utf8_lossy(cell).trim_matches('"').to_owned()
}
