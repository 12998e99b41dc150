//! Pingdom: `summary.outage` with the states of a check, and `results` with single probes.

use super::changes::Known;
use super::diagnostic::{Code, listed};
use super::document::{Fault, Node, Shape, moment, word};
use super::latency::microseconds;
use super::log::Log;
use super::probes::{Histories, Probes, series_of};
use crate::record::{Check, Digest, Evidence, Record, Sample, SampleState, SeriesKey};
use crate::time::Instant;

pub(super) const OUTAGES: Shape =
    Shape { name: "pingdom-outages", takes: true, recognises: |root| !states(root).is_empty(), read: outages };

pub(super) const RESULTS: Shape = Shape {
    name: "pingdom-results",
    takes: true,
    recognises: |root| {
        let first = results(root).into_iter().next();
        first.is_some_and(|row| ["probeid", "time", "status"].iter().all(|key| row.peek(key).is_some()))
    },
    read: |root, _, log| {
        let mut probes = Probes::default();
        for row in results(root) {
            let probe = probe(&row);
            let key = series_of("", Check::Ping);
            probes.take_timed((&key, &row), probe, ("responsetime", |ms| microseconds(ms.as_bytes())), log);
        }
        probes.record()
    },
};

fn results<'a>(root: &Node<'a>) -> Vec<Node<'a>> {
    root.peek("results").map(|results| results.peek_list()).unwrap_or_default()
}

/// `summary.states` of the older API, `report.states` of the newer.
fn states<'a>(root: &Node<'a>) -> Vec<Node<'a>> {
    let part = root.peek("summary").or_else(|| root.peek("report"));
    part.and_then(|part| part.peek("states")).map(|states| states.peek_list()).unwrap_or_default()
}

fn outages(root: &Node<'_>, _: Digest, log: &mut Log) -> Record {
    log.source.evidence = Evidence::Rebuilt;
    let key = key(root);
    let mut histories = Histories::default();
    for row in states(root) {
        match state(&row) {
            Ok((span, known)) => {
                log.source.accepted += 1;
                histories.note(&key, span, known);
                // Time that no state holds is not known; where the next state begins at once it says so.
                histories.note(&key, (span.1, span.1), Known::Nothing);
            }
            Err(fault) => log.reject(|| row.finding(fault)),
        }
    }
    histories.record()
}

fn key(root: &Node<'_>) -> SeriesKey {
    let report = root.peek("report");
    let field = |key| report.as_ref().and_then(|report| report.peek_word(key));
    series_of(&field("name").or_else(|| field("check_id")).unwrap_or_default(), Check::Ping)
}

fn state(row: &Node<'_>) -> Result<((Instant, Instant), Known), Fault> {
    let either = |keys: [&'static str; 2]| {
        keys.iter().find_map(|key| row.peek(key)).ok_or_else(|| Fault::new(Code::KeyMissing, keys[0]))
    };
    let known = status(&either(["status", "state"])?)?;
    let (from, to) = (moment(either(["timefrom", "from"])?.raw())?, moment(either(["timeto", "to"])?.raw())?);
    if to <= from {
        return Err(Fault::new(Code::EndNotAfterStart, &to.to_string()).expected(format!("> {from}")));
    }
    Ok(((from, to), known))
}

fn status(node: &Node<'_>) -> Result<Known, Fault> {
    let word = word(node.raw())?;
    match word.to_ascii_lowercase().as_str() {
        "up" => Ok(Known::State(SampleState::Up)),
        "down" => Ok(Known::State(SampleState::Down)),
        "unknown" | "paused" | "unconfirmed_down" => Ok(Known::Nothing),
        _ => Err(Fault::new(Code::StatusUnknown, &word).expected(listed(["up", "down", "unknown"]))),
    }
}

fn probe(row: &Node<'_>) -> Result<Sample, Fault> {
    let state = match status(&row.require("status")?)? {
        Known::State(state) => state,
        Known::Nothing => SampleState::Unknown,
    };
    Ok(Sample { at: moment(row.require("time")?.raw())?, state })
}
