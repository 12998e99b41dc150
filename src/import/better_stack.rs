//! Better Stack: the answer of its API for incidents, each with the times at which it began and was resolved.

use super::diagnostic::Code;
use super::document::{Fault, Node, Shape, moment, word};
use super::log::Log;
use crate::record::{Digest, Evidence, Origin, OutageEvent, Record};

pub(super) const SHAPE: Shape = Shape {
    name: "better-stack-incidents",
    takes: true,
    recognises: |root| {
        let attributes = |row: &Node<'_>| row.peek("attributes").is_some_and(|own| own.peek("started_at").is_some());
        rows(root).iter().any(attributes)
    },
    read,
};

fn rows<'a>(root: &Node<'a>) -> Vec<Node<'a>> {
    root.peek("data").map(|data| data.peek_list()).unwrap_or_default()
}

fn read(root: &Node<'_>, source: Digest, log: &mut Log) -> Record {
    log.source.evidence = Evidence::Listed;
    let mut record = Record::default();
    for (row, node) in (1..).zip(rows(root)) {
        match incident(&node, Origin { source, row }) {
            Ok(event) => {
                log.source.accepted += 1;
                record.outages.get_or_insert_default().insert(event);
            }
            Err(fault) => log.reject(|| node.finding(fault)),
        }
    }
    record
}

/// Resolved = `null`: still open.
fn incident(node: &Node<'_>, origin: Origin) -> Result<OutageEvent, Fault> {
    let attributes = node.peek("attributes").ok_or_else(|| Fault::new(Code::KeyMissing, "attributes"))?;
    let field = |key: &str| attributes.peek(key).and_then(|node| word(node.raw()).ok());
    let started = attributes.peek("started_at").ok_or_else(|| Fault::new(Code::KeyMissing, "started_at"))?;
    let start = moment(started.raw())?;
    let end = attributes.peek("resolved_at").map(|node| moment(node.raw())).transpose()?;
    if let Some(end) = end.filter(|end| *end <= start) {
        return Err(Fault::new(Code::EndNotAfterStart, &end.to_string()).expected(format!("> {start}")));
    }
    let target = field("name").or_else(|| field("url")).unwrap_or_else(|| "port-1".to_owned());
    let id = node.peek("id").and_then(|node| word(node.raw()).ok());
    let id = id.map_or_else(|| format!("{target}@{start}"), |id| format!("better-stack-{id}"));
    Ok(OutageEvent { start, end, target, id, precision_ms: 0, origin })
}
