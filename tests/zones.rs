//! The time zones are those of the IANA database as the crate chrono-tz has it, in every year that this program reads.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset, TimeZone};
use chrono_tz::{TZ_VARIANTS, Tz};
use sla_statement::time::{DAY_MS, HOUR_MS, Instant, LocalReading, SECOND_MS, TZDB_VERSION, Zone};

const HOUR_S: i64 = HOUR_MS / SECOND_MS;
const DAY_S: i64 = DAY_MS / SECOND_MS;
/// No zone changes its clocks twice within this.
const STEP_S: i64 = DAY_S;

fn utc(second: i64) -> NaiveDateTime {
    DateTime::from_timestamp(second, 0).unwrap().naive_utc()
}

fn ahead(zone: Tz, second: i64) -> i64 {
    zone.offset_from_utc_datetime(&utc(second)).fix().local_minus_utc().into()
}

/// The changes of a zone's clocks in the years 1970 to 2199: first second and offset, after the offset before them.
fn changes(zone: Tz) -> (i64, Vec<(i64, i64)>) {
    let last = Instant::MAX.epoch_ms() / SECOND_MS + DAY_S;
    let mut changes = Vec::new();
    let first = ahead(zone, -1);
    let (mut at, mut offset) = (-1, first);
    while at < last {
        let next = at + STEP_S;
        if ahead(zone, next) == offset {
            at = next;
            continue;
        }
        let (mut before, mut after) = (at, next);
        while before + 1 < after {
            let middle = before.midpoint(after);
            *(if ahead(zone, middle) == offset { &mut before } else { &mut after }) = middle;
        }
        (at, offset) = (after, ahead(zone, after));
        changes.push((at, offset));
    }
    (first, changes)
}

fn number(seconds: i64) -> String {
    if seconds % 900 == 0 { (seconds / 900).to_string() } else { format!("{seconds}s") }
}

fn line(first: i64, changes: &[(i64, i64)]) -> String {
    let mut line = number(first);
    let mut before = (0, first);
    for &(at, offset) in changes {
        let shift = offset - before.1;
        let sign = if shift > 0 { "+" } else { "" };
        line += &format!(" {}{sign}{}", number(at - before.0), number(shift));
        before = (at, offset);
    }
    line
}

#[test]
fn the_table_is_that_of_the_database() {
    let mut zones: Vec<Tz> = TZ_VARIANTS.to_vec();
    zones.sort_by_key(|zone| zone.name());
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut table = String::new();
    for zone in zones {
        let (first, changes) = changes(zone);
        let line = line(first, &changes);
        let written = seen.get(&line).map_or_else(|| line.clone(), |earlier| format!("={earlier}"));
        seen.entry(line).or_insert(zone.name());
        table += &format!("{} {written}\n", zone.name());
    }
    let root = env!("CARGO_MANIFEST_DIR");
    if table != fs::read_to_string(format!("{root}/src/time/zones.txt")).unwrap_or_default() {
        fs::create_dir_all(format!("{root}/tests/out")).unwrap();
        fs::write(format!("{root}/tests/out/zones.txt"), table).unwrap();
        panic!("src/time/zones.txt is not what chrono-tz has: review tests/out/zones.txt, and put it in its place");
    }
    assert_eq!(TZDB_VERSION, chrono_tz::IANA_TZDB_VERSION);
}

fn expected(zone: Tz, local: NaiveDateTime) -> LocalReading {
    let instant = |time: DateTime<Tz>| Instant::from_epoch_ms(time.timestamp_millis());
    match zone.from_local_datetime(&local) {
        LocalResult::Single(time) => instant(time).map_or(LocalReading::Never, LocalReading::Once),
        LocalResult::Ambiguous(a, b) => instant(a.min(b)).map_or(LocalReading::Never, LocalReading::Twice),
        LocalResult::None => LocalReading::Never,
    }
}

#[test]
fn local_times_are_read_as_the_database_has_them_around_every_change() {
    for zone in TZ_VARIANTS {
        let ours: Zone = zone.name().parse().unwrap();
        assert_eq!(ours.name(), zone.name());
        let (first, changes) = changes(zone);
        let ends = [0, Instant::MAX.epoch_ms() / SECOND_MS].map(|second| (second, first));
        for (at, offset) in changes.into_iter().chain(ends) {
            for near in [-DAY_S, -HOUR_S, -1, 0, 1, HOUR_S / 2, HOUR_S, DAY_S] {
                if let Ok(instant) = Instant::from_epoch_ms((at + near) * SECOND_MS) {
                    let shown = utc(at + near + ahead(zone, at + near));
                    assert_eq!(ours.local(instant), shown, "{} at {instant}", zone.name());
                }
                for local in [utc(at + near + offset), utc(at + near)] {
                    assert_eq!(ours.read(local), expected(zone, local), "{} showing {local}", zone.name());
                }
            }
        }
    }
}

#[test]
fn a_name_is_taken_as_the_database_writes_it() {
    assert_eq!(Zone::default().name(), "Asia/Shanghai");
    for name in ["", "Asia", "asia/shanghai", "Asia/Shanghai ", "Asia/Beijing"] {
        assert!(name.parse::<Zone>().is_err(), "{name}");
    }
}
