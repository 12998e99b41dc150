//! OpenNMS: the answer of its REST API for outages, each with the times at which a service was lost and regained.

use super::document::{Fault, Node, Shape};
use super::log::Log;
use super::outage_list::{self, Listed};
use crate::record::{Digest, Record};

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
    outage_list::outages(rows(root), "opennms", outage, (source, log))
}

fn outage(node: &Node<'_>) -> Result<Listed, Fault> {
    Ok(Listed {
        target: node.peek_word("nodeLabel").or_else(|| node.peek_word("ipAddress")),
        id: node.peek_word("id"),
        span: outage_list::span(node, "ifLostService", "ifRegainedService")?,
    })
}
