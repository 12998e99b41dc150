//! Zabbix: the answer to `history.get` of items such as `icmpping`, with single probes. `sla.getsli` holds sums only.

use super::diagnostic::Code;
use super::document::{Fault, Node, Shape, moment, word};
use super::log::Log;
use super::probes::{Probes, series_of, state};
use crate::record::{Check, Digest, Record, Sample};

pub(super) const HISTORY: Shape = Shape {
    name: "zabbix-history",
    takes: true,
    recognises: |root| {
        let first = rows(root).into_iter().next();
        first.is_some_and(|row| ["itemid", "clock", "value"].iter().all(|key| row.peek(key).is_some()))
    },
    read: history,
};

pub(super) const SLA: Shape = Shape {
    name: "zabbix-sla",
    takes: false,
    recognises: |root| root.peek("result").unwrap_or_else(|| root.clone()).peek("sli").is_some(),
    read: |root, _, _| {
        root.problem(Fault::new(Code::AggregateOnly, "sla.getsli").expected("`history.get`"));
        Record::default()
    },
};

pub(super) const ERROR: Shape = Shape {
    name: "zabbix-error",
    takes: false,
    recognises: |root| root.peek("jsonrpc").is_some() && root.peek("error").is_some(),
    read: |root, _, _| {
        let message =
            root.peek("error").and_then(|error| error.peek_word("data").or_else(|| error.peek_word("message")));
        root.problem(Fault::new(Code::SystemError, &message.unwrap_or_default()));
        Record::default()
    },
};

/// The rows, with or without what the API puts around them.
fn rows<'a>(root: &Node<'a>) -> Vec<Node<'a>> {
    root.peek("result").unwrap_or_else(|| root.clone()).peek_list()
}

fn history(root: &Node<'_>, _: Digest, log: &mut Log) -> Record {
    let mut probes = Probes::default();
    for row in rows(root) {
        let item = row.peek_word("itemid").unwrap_or_default();
        let probe = probe(&row);
        probes.take(&series_of(&item, Check::Ping), &row, probe, log);
    }
    probes.record()
}

/// `{ "itemid": "23296", "clock": "1351090996", "value": "1", "ns": "563157632" }`.
fn probe(row: &Node<'_>) -> Result<Sample, Fault> {
    let value = word(row.require("value")?.raw())?;
    let state = match value.as_str() {
        "1" | "1.0000" => state(true),
        "0" | "0.0000" => state(false),
        _ => return Err(Fault::new(Code::StatusUnknown, &value).expected("`1`, `0`")),
    };
    Ok(Sample { at: moment(row.require("clock")?.raw())?, state })
}
