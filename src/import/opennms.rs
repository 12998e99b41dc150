//! OpenNMS: the answer of its REST API for outages, each with the times at which a service was lost and regained.

use super::diagnostic::Code;
use super::document::{Fault, Node, Shape, moment, word};
use super::log::Log;
use crate::record::{Digest, Evidence, Origin, OutageEvent, Record};

pub(super) const SHAPE: Shape = Shape {
    name: "opennms-outages",
    takes: true,
    recognises: |root| rows(root).iter().any(|row| row.peek("ifLostService").is_some()),
    read,
};

fn rows<'a>(root: &Node<'a>) -> Vec<Node<'a>> {
    root.peek("outage").unwrap_or_else(|| root.clone()).peek_list()
}

fn read(root: &Node<'_>, source: Digest, log: &mut Log) -> Record {
    log.source.evidence = Evidence::Listed;
    let mut record = Record::default();
    for (row, node) in (1..).zip(rows(root)) {
        match outage(&node, Origin { source, row }) {
            Ok(event) => {
                log.source.accepted += 1;
                record.outages.get_or_insert_default().insert(event);
            }
            Err(fault) => log.reject(|| node.finding(fault)),
        }
    }
    record
}

/// Regained = `null`: still lost.
fn outage(node: &Node<'_>, origin: Origin) -> Result<OutageEvent, Fault> {
    let field = |key: &str| node.peek(key).and_then(|node| word(node.raw()).ok());
    let lost = node.peek("ifLostService").ok_or_else(|| Fault::new(Code::KeyMissing, "ifLostService"))?;
    let start = moment(lost.raw())?;
    let end = node.peek("ifRegainedService").map(|node| moment(node.raw())).transpose()?;
    if let Some(end) = end.filter(|end| *end <= start) {
        return Err(Fault::new(Code::EndNotAfterStart, &end.to_string()).expected(format!("> {start}")));
    }
    let target = field("nodeLabel").or_else(|| field("ipAddress")).unwrap_or_else(|| "port-1".to_owned());
    let id = field("id").map_or_else(|| format!("{target}@{start}"), |id| format!("opennms-{id}"));
    Ok(OutageEvent { start, end, target, id, precision_ms: 0, origin })
}
