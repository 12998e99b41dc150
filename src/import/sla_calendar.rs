//! Business days: a document of `sla-calendar/1`, as a file or as the section `calendar` of an export.

use serde_json::{Map, json};

use super::diagnostic::Code;
use super::document::{Fault, Node, Object, Schema, one_of, text, whole};
use super::log::Log;
use crate::record::{Digest, Record};
use crate::time::{BusinessCalendar, CalendarError};

pub(super) const SCHEMA: Schema = Schema { name: "sla-calendar/1", read };

fn read(root: Object<'_>, _: Digest, log: &mut Log) -> Record {
    let (calendar, years) = calendar(root);
    log.source.accepted = years;
    Record { calendar, ..Record::default() }
}

/// The calendar, and how many years it holds; problems are put down.
pub(super) fn calendar(mut root: Object<'_>) -> (Option<BusinessCalendar>, u64) {
    root.need("schema", one_of(&[(SCHEMA.name, SCHEMA.name)]));
    let id = root.maybe("id", text).unwrap_or_default();
    for unused in ["name", "tz", "source"] {
        root.maybe(unused, text);
    }
    let weekend = root.child("weekend").map(|days| whole_numbers(&days));
    let years = root.child("years").and_then(|years| years.object()).map(years_of).unwrap_or_default();
    root.close();
    for (name, node, year) in &years {
        let alone = json!({ "schema": SCHEMA.name, "years": { name: year } });
        if let Err(CalendarError::Day(day, year)) = BusinessCalendar::parse(&alone.to_string()) {
            node.problem(Fault::new(Code::CalendarDay, &day).expected(year));
        }
    }
    let count = years.len() as u64;
    let years: Map<_, _> = years.into_iter().map(|(name, _, year)| (name, year)).collect();
    let document = match weekend {
        Some(weekend) => json!({ "schema": SCHEMA.name, "id": id, "years": years, "weekend": weekend }),
        None => json!({ "schema": SCHEMA.name, "id": id, "years": years }),
    };
    (BusinessCalendar::parse(&document.to_string()).ok(), count)
}

fn whole_numbers(list: &Node<'_>) -> Vec<u32> {
    list.list().iter().filter_map(|day| day.get(whole(1, 7))).collect()
}

type Year<'a> = (String, Node<'a>, serde_json::Value);

fn years_of(mut years: Object<'_>) -> Vec<Year<'_>> {
    years.rest().into_iter().filter_map(|(name, node)| year(name, node)).collect()
}

fn year(name: String, node: Node<'_>) -> Option<Year<'_>> {
    let mut year = node.object()?;
    year.maybe("status", text);
    year.maybe("revision", whole(0, u32::MAX));
    let [off, work] = ["off", "work"].map(|key| year.child(key).map(|days| texts(&days)).unwrap_or_default());
    year.close();
    Some((name, node, json!({ "off": off, "work": work })))
}

fn texts(list: &Node<'_>) -> Vec<String> {
    list.list().iter().filter_map(|day| day.get(text)).collect()
}
