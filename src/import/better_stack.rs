//! Better Stack: the answer of its API for incidents, each with the times at which it began and was resolved; and that for
//! the availability of a monitor, which is a sum.

use super::document::{Fault, Node, Shape};
use super::log::Log;
use super::outage_list::{self, Listed};
use super::sums::{Sum, Sums, seconds, share};
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

pub(super) const SLA: Shape = Shape {
    name: "better-stack-sla",
    takes: true,
    recognises: |root| attributes(root).is_some_and(|own| own.peek("total_downtime").is_some()),
    read: |root, source, log| {
        let mut sums = Sums::new("sla", "`incidents`", source, log);
        sums.take(root, sum(root), log);
        sums.record()
    },
};

fn attributes<'a>(root: &Node<'a>) -> Option<Node<'a>> {
    root.peek("data")?.peek("attributes")
}

/// `{ "data": { "id": "258338", "attributes": { "availability": 99.98, "total_downtime": 600 } } }`, without the time that
/// was asked for.
fn sum(root: &Node<'_>) -> Result<Sum, Fault> {
    let data = root.require("data")?;
    let attributes = data.require("attributes")?;
    Ok(Sum {
        target: data.peek_word("id").unwrap_or_default(),
        span: None,
        availability: Some(share(&attributes.require("availability")?)?),
        downtime_ms: Some(seconds(&attributes.require("total_downtime")?)?),
        partial: false,
    })
}

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
