//! Upptime's `summary.json`: minutes of downtime by day, from which no outage can be told.

use super::diagnostic::Code;
use super::document::{Fault, Shape};
use crate::record::Record;

pub(super) const SHAPE: Shape = Shape {
    name: "upptime-summary",
    takes: false,
    recognises: |root| root.peek_list().first().is_some_and(|site| site.peek("dailyMinutesDown").is_some()),
    read: |root, _, _| {
        root.problem(Fault::new(Code::AggregateOnly, "summary.json").expected("`time,target,status`"));
        Record::default()
    },
};
