//! Round-trip times: exact in what is exact, within what is stated in the rest, and without a say in anything else.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use sla_statement::assess::{Question, assess};
use sla_statement::import::{Code, Contents, Fingerprinting, Imported, Options, Reader};
use sla_statement::record::{Latency, LatencyHour, Record, Series, SeriesKey};
use sla_statement::sorted::Map;
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

fn sample(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Number, shortest and longest of all that a file tells of a target.
fn told(name: &str, text: &str, target: &str) -> Option<(u32, u32, u32)> {
    let mut reader = Reader::new(name, Options::default());
    let file = reader.push(text.as_bytes()).and_then(|()| reader.finish()).unwrap();
    let (_, series) = file.record.series.iter().find(|(key, _)| key.target == target).unwrap();
    let all = series.latency().hours().iter().copied().reduce(LatencyHour::and)?;
    Some((all.count(), all.min_us(), all.max_us()))
}

#[test]
fn smokeping_tells_of_them_in_seconds() {
    let text = sample("smokeping/2.7.3/ports.xml");
    // Of forty rows SmokePing had no answer in two, and wrote nothing in those in which it stood still.
    let known = text.matches("<v>1.2180000000e-03</v></row>").count();
    assert_eq!(told("ports.xml", &text, "port-1"), Some((u32::try_from(known).unwrap(), 1_218, 1_218)));
    assert_eq!(told("ports.xml", &text, "port-2"), None);
    let other = text.replace("port-1 median", "port-9 median");
    assert_eq!(told("ports.xml", &other, "port-1"), None, "those of a target that is not in the file are set aside");
}

#[test]
fn smokeping_puts_them_where_their_rows_are() {
    let text = r#"{ "meta": { "start": 1772326500, "end": 1772327100, "step": 300, "legend": ["a median", "a loss/20"] },
        "data": [ [1.0e-03, 0.0], [null, 20.0], [2.5e-03, 0.0] ] }"#;
    let mut reader = Reader::new("a.json", Options::default());
    let file = reader.push(text.as_bytes()).and_then(|()| reader.finish()).unwrap();
    let hours = latency(&file.record).hours();
    let told: Vec<_> = hours.iter().map(|own| (own.span().unwrap().start().to_string(), own.max_us())).collect();
    assert_eq!(told, [("2026-03-01T00:00:00Z".to_owned(), 1_000), ("2026-03-01T01:00:00Z".to_owned(), 2_500)]);
}

#[test]
fn pingdom_and_gatus_tell_of_answers_and_not_of_waiting() {
    let text = sample("pingdom/results.json");
    let up = text.matches(r#""status": "up""#).count();
    assert_eq!(told("results.json", &text, "port-1"), Some((u32::try_from(up).unwrap(), 20_000, 20_000)));
    let text = sample("gatus/statuses.json");
    assert_eq!(told("statuses.json", &text, "port-1").map(|(_, least, most)| (least, most)), Some((1_900, 1_900)));
    let one = |probe: &str| format!(r#"[{{ "name": "a", "results": [{probe}] }}]"#);
    let lost = one(r#"{ "timestamp": "2026-03-01T00:00:00Z", "success": false, "duration": 10000000000 }"#);
    assert_eq!(told("a.json", &lost, "a"), None);
    let odd = one(r#"{ "timestamp": "2026-03-01T00:00:00Z", "success": true, "duration": "1.9ms" }"#);
    let mut reader = Reader::new("a.json", Options::default());
    let file = reader.push(odd.as_bytes()).and_then(|()| reader.finish()).unwrap();
    assert_eq!(file.record.sources.values().next().unwrap().accepted, 1);
    assert_eq!(file.notes.iter().map(|note| note.code).collect::<Vec<_>>(), [Code::LatencyNotNumber]);
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
fn a_month_takes_little_room() {
    let times: Vec<(i64, u32)> =
        (0..31 * 288).map(|ping| (ping * 300_000, 11_000 + u32::try_from(ping * 7_919 % 5_000).unwrap())).collect();
    let room = postcard::to_allocvec(&pushed(&times)).unwrap().len();
    assert!(room < 31 * 24 * 12, "{room}");
}

fn times() -> impl Strategy<Value = Vec<(i64, u32)>> {
    let us = prop_oneof![0_u32..100, 500_u32..200_000, any::<u32>(), Just(7_000)];
    prop::collection::vec((0_i64..3 * DAY_MS, us), 1..600)
}

fn pushed(times: &[(i64, u32)]) -> Latency {
    let mut latency = Latency::default();
    times.iter().for_each(|(ms, us)| latency.push(at(*ms), *us));
    latency.settle();
    latency
}

/// The series of a text in the order of its rows, and how much was taken out ahead of the end: all that could be, after
/// every so many bytes.
fn read_ahead(text: &str, every: usize) -> (Map<SeriesKey, Series>, usize) {
    let (mut contents, mut hashing) = (Contents::new("pings", Options::default()), Fingerprinting::default());
    let (mut whole, mut taken) = (Record::default(), 0);
    for piece in text.as_bytes().chunks(every) {
        hashing.push(piece);
        contents.push(piece).unwrap();
        let more = contents.take_ahead();
        taken += more.values().map(|own| own.latency().hours().len()).sum::<usize>();
        whole.add_series(more);
    }
    whole.add_series(contents.finish(hashing.finish()).unwrap().record.series);
    (whole.series, taken)
}

/// Rows of two targets as a table, and as lines of JSON.
fn as_files(times: &[(i64, u32)]) -> [String; 2] {
    let row = |(ms, us): &(i64, u32)| {
        (at(*ms), if us % 3 == 0 { "a" } else { "b" }, format!("{}.{:03}", us / 1_000, us % 1_000))
    };
    let table = times.iter().map(row).map(|(at, target, ms)| format!("{at},{target},up,{ms}\n"));
    let lines = times.iter().map(row).map(|(at, target, ms)| {
        format!("{{\"time\":\"{at}\",\"target\":\"{target}\",\"status\":\"up\",\"latency_ms\":{ms}}}\n")
    });
    [std::iter::once("time,target,status,latency_ms\n".to_owned()).chain(table).collect(), lines.collect()]
}

fn all_of(series: &Map<SeriesKey, Series>) -> Vec<(SeriesKey, Vec<u8>)> {
    series.iter().map(|(key, own)| (key.clone(), postcard::to_allocvec(own).unwrap())).collect()
}

#[test]
fn days_that_are_over_need_not_be_kept_until_the_end() {
    let times: Vec<(i64, u32)> = (0..150 * 288).map(|ping| (ping * 300_000, 11_000 + ping as u32 % 977)).collect();
    for text in as_files(&times) {
        let (series, taken) = read_ahead(&text, 20_000);
        let hours: usize = series.values().map(|own| own.latency().hours().len()).sum();
        assert!(taken * 10 > hours * 8, "{taken} of {hours}");
    }
}

proptest! {
    #[test]
    fn what_is_taken_ahead_of_the_end_of_a_file_comes_to_the_same(times in times(), every in 40_usize..9_000) {
        for text in as_files(&times) {
            let (series, _) = read_ahead(&text, every);
            prop_assert_eq!(all_of(&series), all_of(&read(&text).record.series));
        }
    }

    #[test]
    fn halves_merge_to_the_whole(times in times(), cut in 0_usize..600) {
        let whole = pushed(&times);
        let (a, b) = times.split_at(cut.min(times.len()));
        prop_assert_eq!(&pushed(a).merge(pushed(b)), &whole);
        prop_assert_eq!(&pushed(b).merge(pushed(a)), &whole);
    }

    #[test]
    fn a_span_is_met_by_the_hours_that_it_touches(times in times(), from in -2 * DAY_MS..5 * DAY_MS, long in 1..2 * DAY_MS) {
        let (latency, span) = (pushed(&times), Interval::new(at(from), at(from + long)).unwrap());
        let met = latency.hours().iter().any(|hour| hour.span().unwrap().meets(span));
        prop_assert_eq!(latency.meets(span), met);
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
