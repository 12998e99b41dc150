//! Outages as a monitoring system lists them, each with its beginning and its end.

use super::diagnostic::Code;
use super::document::{Fault, Node, moment};
use super::log::Log;
use crate::record::{Digest, Evidence, Origin, OutageEvent, Record};
use crate::time::Instant;

/// An outage of a list: whose, its id in the list, and when it began and ended.
pub(super) struct Listed {
    pub target: Option<String>,
    pub id: Option<String>,
    pub span: (Instant, Option<Instant>),
}

/// The outages of the rows; rows that cannot be taken are rejected. `system`: what the ids are told apart by.
pub(super) fn outages<'a>(
    rows: Vec<Node<'a>>,
    system: &str,
    read: fn(&Node<'a>) -> Result<Listed, Fault>,
    (source, log): (Digest, &mut Log),
) -> Record {
    log.source.evidence = Evidence::Listed;
    let mut record = Record::default();
    for (row, node) in (1..).zip(rows) {
        match read(&node) {
            Ok(Listed { target, id, span: (start, end) }) => {
                log.source.accepted += 1;
                let target = target.unwrap_or_else(|| "port-1".to_owned());
                let id = id.map_or_else(|| format!("{target}@{start}"), |id| format!("{system}-{id}"));
                let event = OutageEvent { start, end, target, id, precision_ms: 0, origin: Origin { source, row } };
                record.outages.get_or_insert_default().insert(event);
            }
            Err(fault) => log.reject(|| node.finding(fault)),
        }
    }
    record
}

/// From the time under one key to that under the other; without the latter it is not over.
pub(super) fn span(
    node: &Node<'_>,
    start: &'static str,
    end: &'static str,
) -> Result<(Instant, Option<Instant>), Fault> {
    let start = moment(node.require(start)?.raw())?;
    let end = node.peek(end).map(|node| moment(node.raw())).transpose()?;
    match end.filter(|end| *end <= start) {
        Some(end) => Err(Fault::new(Code::EndNotAfterStart, &end.to_string()).expected(format!("> {start}"))),
        None => Ok((start, end)),
    }
}
