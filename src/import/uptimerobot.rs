//! UptimeRobot: the answer to `getMonitors` with `logs=1`. It tells changes of state.

use super::changes::Known;
use super::diagnostic::Code;
use super::document::{Fault, Node, Shape, moment, word};
use super::log::Log;
use super::probes::{Histories, check_of, series_of};
use crate::record::{Check, Digest, Evidence, Record, SampleState, SeriesKey};
use crate::time::{Instant, SECOND_MS};

pub(super) const SHAPE: Shape = Shape {
    name: "uptimerobot",
    takes: true,
    recognises: |root| {
        root.peek("monitors").is_some_and(|monitors| monitors.peek_list().iter().any(|own| own.peek("logs").is_some()))
    },
    read,
};

/// The kind of a monitor that sends pings.
const PING: &str = "3";
/// The kind of a monitor that opens a port.
const PORT: &str = "4";

fn read(root: &Node<'_>, _: Digest, log: &mut Log) -> Record {
    log.source.evidence = Evidence::Rebuilt;
    let mut histories = Histories::default();
    for monitor in root.peek("monitors").map(|list| list.list()).unwrap_or_default() {
        let key = key(&monitor);
        for entry in monitor.peek("logs").map(|logs| logs.list()).unwrap_or_default() {
            match change(&entry) {
                Ok((span, known)) => {
                    log.source.accepted += 1;
                    histories.note(&key, span, known);
                }
                Err(fault) => log.reject(|| entry.finding(fault)),
            }
        }
    }
    histories.record()
}

fn key(monitor: &Node<'_>) -> SeriesKey {
    let field = |key| monitor.peek_word(key).unwrap_or_default();
    let (name, address) = (field("friendly_name"), field("url"));
    let check = match field("type").as_str() {
        PING | PORT => Check::Ping,
        _ => check_of(&address),
    };
    series_of(if name.is_empty() { &address } else { &name }, check)
}

/// `{ "type": 1, "datetime": 1772294700, "duration": 600 }`: from then on, for so many seconds.
fn change(entry: &Node<'_>) -> Result<((Instant, Instant), Known), Fault> {
    let kind = word(entry.require("type")?.raw())?;
    let known = match kind.as_str() {
        "1" => Known::State(SampleState::Down),
        "2" => Known::State(SampleState::Up),
        "98" | "99" => Known::Nothing,
        _ => return Err(Fault::new(Code::NotOneOf, &kind).expected("1, 2, 98, 99")),
    };
    let at = moment(entry.require("datetime")?.raw())?;
    let seconds: i64 = match entry.peek("duration") {
        None => 0,
        Some(duration) => {
            let text = word(duration.raw())?;
            text.parse::<u32>().map(i64::from).map_err(|_| Fault::new(Code::NumberOutOfRange, &text).expected("≥ 0"))?
        }
    };
    Ok(((at, at.plus(seconds * SECOND_MS)), known))
}
