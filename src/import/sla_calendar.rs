//! Business days: a document of `sla-calendar/1`, as a file or as the section `calendar` of an export.

use super::diagnostic::Code;
use super::document::{Fault, Node, Object, Schema, one_of, text, whole};
use super::log::Log;
use crate::record::{Digest, Record};
use crate::time::{BusinessCalendar, CalendarError, WrittenYear};

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
    let weekend = root.child("weekend").map(|days| weekdays(&days));
    let years = root.child("years").and_then(|years| years.object()).map(years_of).unwrap_or_default();
    root.close();
    let mut read = Vec::with_capacity(years.len());
    for (node, year) in years {
        let alone = BusinessCalendar::new(String::new(), None, std::slice::from_ref(&year));
        if let Err(CalendarError::Day(day, year)) = alone {
            node.problem(Fault::new(Code::CalendarDay, &day).expected(year));
        }
        read.push(year);
    }
    (BusinessCalendar::new(id, weekend, &read).ok(), read.len() as u64)
}

fn weekdays(list: &Node<'_>) -> Vec<u8> {
    list.list().iter().filter_map(|day| day.get(whole(1, 7))).filter_map(|day: u32| day.try_into().ok()).collect()
}

type Year<'a> = (Node<'a>, WrittenYear);

fn years_of(mut years: Object<'_>) -> Vec<Year<'_>> {
    years.rest().into_iter().filter_map(|(name, node)| year(name, node)).collect()
}

fn year(name: String, node: Node<'_>) -> Option<Year<'_>> {
    let mut year = node.object()?;
    year.maybe("status", text);
    year.maybe("revision", whole(0, u32::MAX));
    let [off, work] = ["off", "work"].map(|key| year.child(key).map(|days| texts(&days)).unwrap_or_default());
    year.close();
    Some((node, WrittenYear { name, off, work }))
}

fn texts(list: &Node<'_>) -> Vec<String> {
    list.list().iter().filter_map(|day| day.get(text)).collect()
}
