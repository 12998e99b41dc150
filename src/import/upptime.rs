//! Upptime's `summary.json`: the availability of each site, and minutes of downtime by day of UTC; all of it sums.

use super::diagnostic::Code;
use super::document::{Fault, Node, Shape, word};
use super::log::Log;
use super::sums::{SECONDS, Sum, Sums, share};
use crate::record::{Digest, Record};
use crate::sorted::Map;
use crate::time::{LocalMonth, MINUTE_MS, Zone, read_day};

pub(super) const SHAPE: Shape = Shape {
    name: "upptime-summary",
    takes: true,
    recognises: |root| root.peek_list().first().is_some_and(|site| site.peek("dailyMinutesDown").is_some()),
    read,
};

fn read(root: &Node<'_>, source: Digest, log: &mut Log) -> Record {
    let mut sums = Sums::new("summary.json", "`time,target,status`", source, log);
    for site in root.peek_list() {
        match site_of(&site) {
            Ok(all) => all.into_iter().for_each(|sum| sums.push(sum, log)),
            Err(fault) => log.reject(|| site.finding(fault)),
        }
    }
    sums.record()
}

/// The availability since the beginning, and the downtime of each month that has some.
fn site_of(site: &Node<'_>) -> Result<Vec<Sum>, Fault> {
    let target = word(site.require("name")?.raw())?;
    let sum = |span, availability, downtime_ms| Sum {
        target: target.clone(),
        span,
        availability,
        downtime_ms,
        // The file does not say up to when it counts.
        partial: true,
    };
    let mut all = vec![sum(None, Some(share(&site.require("uptime")?)?), None)];
    let mut months: Map<LocalMonth, i64> = Map::new();
    if let Some(mut days) = site.require("dailyMinutesDown")?.object() {
        for (day, minutes) in days.rest() {
            let text = word(minutes.raw())?;
            let own = text.parse::<u32>().map_err(|_| Fault::new(Code::NumberOutOfRange, &text).expected(SECONDS))?;
            let day = read_day(&day).ok_or_else(|| Fault::new(Code::DayMalformed, &day).expected("`2026-03-01`"))?;
            *months.of(LocalMonth::of(day)) += i64::from(own) * MINUTE_MS;
        }
    }
    let utc = "UTC".parse::<Zone>().unwrap_or_default();
    all.extend(months.into_iter().map(|(month, down)| sum(Some(month.span(utc)), None, Some(down))));
    Ok(all)
}
