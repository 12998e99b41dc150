//! Round-trip times: exact in what is exact, within what is stated in the rest, and without a say in anything else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use sla_statement::assess::{Question, assess};
use sla_statement::import::{Code, Imported, Options, Reader};
use sla_statement::record::{Latency, LatencyHour, Record};
use sla_statement::statement::result::ResultDocument;
use sla_statement::time::{Instant, Interval};

const DAY_MS: i64 = 86_400_000;

fn read(text: &str) -> Imported {
    let mut reader = Reader::new("pings.csv", Options::default());
    reader.push(text.as_bytes()).and_then(|()| reader.finish()).unwrap()
}

fn latency(record: &Record) -> &Latency {
    record.series.values().next().unwrap().latency()
}

fn at(ms: i64) -> Instant {
    Instant::from_epoch_ms(1_772_294_400_000 + ms).unwrap()
}

#[test]
fn a_column_of_latencies_is_kept_by_the_hour() {
    let file = read(
        "time,target,status,latency_ms\n2026-03-01T00:00:00Z,a,up,12.5\n2026-03-01T00:05:00Z,a,up,1.25e1\n\
         2026-03-01T00:10:00Z,a,up,\n2026-03-01T00:15:00Z,a,down,fast\n2026-03-01T01:00:00Z,a,up,30\n",
    );
    assert_eq!((file.record.sources.values().next().unwrap().accepted, file.rejected.len()), (5, 0));
    assert_eq!(file.notes.iter().map(|note| note.code).collect::<Vec<_>>(), [Code::LatencyNotNumber]);
    let hours = latency(&file.record).hours();
    let told = |own: &LatencyHour| (own.count(), own.min_us(), own.mean_us(), own.max_us());
    assert_eq!(hours.iter().map(told).collect::<Vec<_>>(), [(2, 12_500, 12_500, 12_500), (1, 30_000, 30_000, 30_000)]);
}

#[test]
fn other_files_tell_of_them_too() {
    let text = r#"{ "schema": "sla-export/1", "samples": [ { "target": "a", "samples": [
        ["2026-03-01T00:00:00Z", "up", 12.5], ["2026-03-01T00:05:00Z", "up", null], ["2026-03-01T00:10:00Z", "up"] ] } ] }"#;
    let mut reader = Reader::new("export.json", Options::default());
    let file = reader.push(text.as_bytes()).and_then(|()| reader.finish()).unwrap();
    let hours = latency(&file.record).hours();
    assert_eq!((hours.len(), hours[0].count(), hours[0].max_us()), (1, 1, 12_500));
}

#[test]
fn no_result_depends_on_them() {
    let rows = |latency: &dyn Fn(i64) -> String| -> Record {
        let row = |ping: i64| {
            let state = if ping % 50 < 2 { "down" } else { "up" };
            format!("{},a,{state},{}\n", at(ping * 300_000), latency(ping))
        };
        let rows: String = (0..2_000).map(row).collect();
        let mut record = read(&format!("time,target,status,latency_ms\n{rows}")).record;
        record.sources = Default::default();
        record
    };
    let (with, without) = (rows(&|ping| ping.to_string()), rows(&|_| String::new()));
    assert!(!latency(&with).is_empty() && latency(&without).is_empty());
    let result = |record: &Record| {
        let question = Question { month: "2026-03".parse().unwrap(), as_of: at(90 * DAY_MS) };
        ResultDocument::new(record, &assess(record, question).unwrap()).text()
    };
    assert_eq!(result(&with), result(&without));
}

#[test]
fn an_hour_takes_24_bytes() {
    assert_eq!(size_of::<LatencyHour>(), 24);
}

fn times() -> impl Strategy<Value = Vec<(i64, u32)>> {
    let us = prop_oneof![0_u32..100, 500_u32..200_000, any::<u32>()];
    prop::collection::vec((0_i64..3 * DAY_MS, us), 1..200)
}

fn pushed(times: &[(i64, u32)]) -> Latency {
    let mut latency = Latency::default();
    times.iter().for_each(|(ms, us)| latency.push(at(*ms), *us));
    latency
}

proptest! {
    #[test]
    fn halves_merge_to_the_whole(times in times(), cut in 0_usize..200) {
        let whole = pushed(&times);
        let (a, b) = times.split_at(cut.min(times.len()));
        prop_assert_eq!(&pushed(a).merge(pushed(b)), &whole);
        prop_assert_eq!(&pushed(b).merge(pushed(a)), &whole);
    }

    #[test]
    fn an_hour_tells_exactly_what_was_in_it(times in times()) {
        let latency = pushed(&times);
        for hour in latency.hours() {
            let span = hour.span().unwrap();
            let own: Vec<u64> = times.iter().filter(|(ms, _)| span.contains(at(*ms))).map(|(_, us)| u64::from(*us)).collect();
            prop_assert_eq!(u64::from(hour.count()), own.len() as u64);
            prop_assert_eq!(u64::from(hour.min_us()), *own.iter().min().unwrap());
            prop_assert_eq!(u64::from(hour.max_us()), *own.iter().max().unwrap());
            prop_assert_eq!(u64::from(hour.mean_us()), own.iter().sum::<u64>() / own.len() as u64);
        }
        let count: u64 = latency.hours().iter().map(|hour| u64::from(hour.count())).sum();
        prop_assert_eq!(count, times.len() as u64);
    }

    #[test]
    fn a_percentile_is_never_too_short_and_too_long_by_less_than_a_32nd(times in times(), percent in 1_u32..=100) {
        let latency = pushed(&times);
        let day = Interval::new(at(DAY_MS), at(2 * DAY_MS)).unwrap();
        // The day of the test begins at 16:00 of UTC: what counts are the days of UTC that it touches.
        let touched = |ms: i64| (1_772_294_400_000 + ms).div_euclid(DAY_MS);
        let days = touched(DAY_MS)..=touched(2 * DAY_MS - 1);
        let mut own: Vec<u64> =
            times.iter().filter(|(ms, _)| days.contains(&touched(*ms))).map(|(_, us)| u64::from(*us)).collect();
        own.sort_unstable();
        let rank = (own.len() * percent as usize).div_ceil(100);
        let exact = rank.checked_sub(1).and_then(|rank| own.get(rank)).copied();
        let found = latency.percentile_us(percent, day).map(u64::from);
        prop_assert_eq!(found.is_some(), exact.is_some());
        if let (Some(found), Some(exact)) = (found, exact) {
            prop_assert!(exact <= found && found * 32 <= exact * 33, "{} for {}", found, exact);
        }
    }
}
