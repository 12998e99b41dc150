//! Zabbix: the answer to `history.get` of items such as `icmpping`, with single probes; and that to `sla.getsli`, with sums.

use super::diagnostic::Code;
use super::document::{Fault, Node, Shape, moment, word};
use super::log::Log;
use super::probes::{Probes, series_of, state};
use super::sums::{Sum, Sums, seconds, share};
use crate::record::{Check, Digest, Record, Sample};
use crate::time::{Interval, MINUTE_MS, SECOND_MS};

pub(super) const HISTORY: Shape = Shape {
    name: "zabbix-history",
    takes: true,
    recognises: |root| {
        let first = rows(root).into_iter().next();
        first.is_some_and(|row| ["itemid", "clock", "value"].iter().all(|key| row.peek(key).is_some()))
    },
    read: history,
};

pub(super) const SLA: Shape =
    Shape { name: "zabbix-sla", takes: true, recognises: |root| answer(root).peek("sli").is_some(), read: sums };

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

/// What the API answers, with or without what it puts around it.
fn answer<'a>(root: &Node<'a>) -> Node<'a> {
    root.peek("result").unwrap_or_else(|| root.clone())
}

fn rows<'a>(root: &Node<'a>) -> Vec<Node<'a>> {
    answer(root).peek_list()
}

/// For each period a list with an entry for each service.
fn sums(root: &Node<'_>, source: Digest, log: &mut Log) -> Record {
    let mut sums = Sums::new("sla.getsli", "`history.get`", source, log);
    let answer = answer(root);
    let list = |key| answer.peek(key).map(|node| node.peek_list()).unwrap_or_default();
    let (periods, services) = (list("periods"), list("serviceids"));
    for (i, row) in list("sli").into_iter().enumerate() {
        for (j, cell) in row.peek_list().into_iter().enumerate() {
            let service = services.get(j).and_then(|node| word(node.raw()).ok());
            let sum = match (periods.get(i), service) {
                (Some(period), Some(service)) => sum(period, service, &cell),
                (None, _) => Err(Fault::new(Code::KeyMissing, "periods")),
                (_, None) => Err(Fault::new(Code::KeyMissing, "serviceids")),
            };
            sums.take(&cell, sum, log);
        }
    }
    sums.record()
}

/// `{ "uptime": 2677500, "downtime": 900, "sli": 99.9664, "excluded_downtimes": [] }`; a `sli` of -1 is none.
fn sum(period: &Node<'_>, service: String, cell: &Node<'_>) -> Result<Sum, Fault> {
    let start = moment(period.require("period_from")?.raw())?;
    let end = moment(period.require("period_to")?.raw())?;
    // Older versions end a period with its last second, newer ones with the first that is no more of it.
    let inclusive = end.epoch_ms().rem_euclid(MINUTE_MS) == MINUTE_MS - SECOND_MS;
    let end = if inclusive { end.plus(SECOND_MS) } else { end };
    let span = Interval::new(start, end);
    let span =
        span.ok_or_else(|| Fault::new(Code::EndNotAfterStart, &end.to_string()).expected(format!("> {start}")))?;
    let (uptime, downtime) = (seconds(&cell.require("uptime")?)?, seconds(&cell.require("downtime")?)?);
    let sli = cell.require("sli")?;
    let none = word(sli.raw())?.starts_with("-1");
    let excluded = cell.peek("excluded_downtimes").is_some_and(|list| !list.peek_list().is_empty());
    Ok(Sum {
        target: service,
        span: Some(span),
        availability: if none { None } else { Some(share(&sli)?) },
        downtime_ms: (!none).then_some(downtime),
        partial: excluded || span.ms() - uptime - downtime > SECOND_MS,
    })
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
