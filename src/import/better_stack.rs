//! Better Stack: the answer of its API for incidents, each with the times at which it began and was resolved.

use super::document::{Fault, Node, Shape};
use super::log::Log;
use super::outage_list::{self, Listed};
use crate::record::{Digest, Record};

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
    outage_list::outages(rows(root), "better-stack", incident, (source, log))
}

fn incident(node: &Node<'_>) -> Result<Listed, Fault> {
    let attributes = node.require("attributes")?;
    Ok(Listed {
        target: attributes.peek_word("name").or_else(|| attributes.peek_word("url")),
        id: node.peek_word("id"),
        span: outage_list::span(&attributes, "started_at", "resolved_at")?,
    })
}
