//! Availability reports of Checkmk and Nagios as CSV: sums, from which no outage can be told.

use super::Options;
use super::csv::{DELIMITERS, cell_names, header_line};
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop};
use super::log::Log;
use crate::record::{Digest, Record};

pub(super) const FORMAT: Format = Format {
    description: "availability reports of Checkmk and Nagios (refused: they hold sums only)",
    recognises: |head| report_of(head).is_some(),
    open: |head, _: Options| Box::new(Availability(report_of(head).unwrap_or("CSV"))),
};

/// The report by its columns.
fn report_of(head: &[u8]) -> Option<&'static str> {
    let header = header_line(head)?;
    DELIMITERS.into_iter().find_map(|delimiter| {
        let names = cell_names(header, delimiter);
        let has = |column: &str| names.iter().any(|name| name == column);
        match () {
            () if has("host") && has("ok") && has("crit") && has("n/a") => Some("Checkmk availability"),
            () if has("host_name") && has("time_up_scheduled") => Some("avail.cgi"),
            () => None,
        }
    })
}

struct Availability(&'static str);

impl FormatReader for Availability {
    fn push(&mut self, _: &[u8], _: &mut Log) -> Result<(), Stop> {
        Err(vec![Finding::new(Code::AggregateOnly, Place::File).found(self.0).expected("`nagios.log`")])
    }

    fn rows(&self) -> u64 {
        0
    }

    fn finish(self: Box<Self>, _: Digest, _: &mut Log) -> Result<Record, Stop> {
        Err(vec![Finding::new(Code::AggregateOnly, Place::File).found(self.0).expected("`nagios.log`")])
    }
}
