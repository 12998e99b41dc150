//! A believable customer's March 2026, generated from a fixed seed. The companies and persons are invented.
//!
//! The monitor pings two ports every 5 minutes, from 28 February 23:50 to 1 April 00:10, Shanghai time. What happened, and
//! what a reader should find at any `as_of` after 2 April:
//!
//! | when | what | counted against the network |
//! |---|---|---|
//! | 8 March 02:10–03:10 | work on both ports, consented for 02:00–03:00, ran over | the 10 minutes after the window |
//! | 10 March 16:25 | one ping to port 2 lost | nothing; listed as a single failure |
//! | 12 March 14:20–14:30 | port 2 only; the provider claims the customer's equipment, the customer has not agreed | 10 minutes, disputed |
//! | 14 March 13:00–14:40 | the monitor itself stood still | nothing; 100 minutes unknown |
//! | 17 March 04:30–04:45 | both ports; nobody reported it within five days, though the provider had told the customer | nothing; 15 minutes excluded |
//! | 24 March 23:50 – 25 March 00:10 | port 1, over midnight; reported | 20 minutes |
//! | 27 March 10:15–10:25 | port 1; reported on the fifth day, in April | 10 minutes |
//! | 28 March 15:50–16:00 | mains failed at 15:20, the UPS ran empty at 15:50 | 10 minutes, and 10 minutes of power |
//!
//! Network: about 60 minutes counted where fewer than 44 are promised, so the rent is waived. Without the disputed
//! 10 minutes 50 are left, and the time without data can only add: neither can turn the verdict. But pings stand 5 minutes
//! apart: certain are 35 minutes, 30 of them undisputed, so the verdict is sampling-sensitive. Power: 10 minutes (5 to 15),
//! certainly met. Each figure is a few seconds off, because the pings are.
//!
//! Six emergencies: of the one on 24 March the customer was told eleven minutes too late, at 00:21 on the 25th, and asked for
//! that day's rent; of the one on 27 March nobody told. The waiver of the rent absorbs both days. The provider claimed force
//! majeure for 24 and 28 March, and the customer rejected it: nothing comes of it.
//!
//! | when | what | comes to |
//! |---|---|---|
//! | 3 March | first installation signed for, done on the 6th at 15:45 | in time: due by the end of the 6th |
//! | 16 March | second installation signed for, done on the 20th at 11:40 | late by a day: its setup fee of 300.00 is refunded |
//! | whole month | a specialist and an engineer are named | articles 5 and 6 are met |
//! | 11 March | written authorisation; feedback after 17 minutes, report | met |
//! | 19 March | authorised by telephone, in writing the next morning; feedback after 28 minutes, report | met |
//! | 22 March | authorised by telephone, in writing two days later; feedback after 37 minutes | `AUTH_DEFICIENT`; article 7 is breached |
//! | 26 March | a call with wrong credentials | illegal, and nothing was done on it |
//! | 30 March | written authorisation; the operation was never reported on in writing | deficient |
//! | 18 March | complaint by telephone | listed; article 8 asks for nothing |
//! | 25 March | written complaint, first report after 22:20 hours | met |
//! | 27 March | written complaint on a Friday evening, first report on Saturday after 22:45 hours | met |
//! | 19 March | visit, announced with all five items | entered |
//! | 27 March | visit, announced without its end and the help it needed | refused, as the agreement allows |
//!
//! Payable: the rent of 3000.00, once, and the setup fee of 300.00 beside it.

use std::fmt::{self, Write as _};

use chrono::Timelike;
use crc::{CRC_32_ISO_HDLC, Crc};

use crate::time::{Instant, LocalMonth, Zone};

/// A time of assessment at which every window of the demo's month is closed.
pub const AS_OF: &str = "2026-04-20T10:00:00+08:00";

const SEED: u64 = 0x4843_2026_0042;
const STEP_S: i64 = 300;
/// 2026-03-01T00:00:00+08:00.
const MONTH_START_S: i64 = 1_772_294_400;
/// Two samples before the month, and three from its end on.
const SLOTS: std::ops::RangeInclusive<i64> = -2..=slot(32, 0, 10);

const CONTRACT: &str = include_str!("demo/contract.json");

/// The month that the demo is about: March 2026.
#[must_use]
pub fn month() -> LocalMonth {
    LocalMonth::of(Zone::default().day(Instant::MIN.plus(MONTH_START_S * 1_000)))
}

/// The files of the demo case by name: the contract as `sla-export/1`, and three files of samples. The same bytes every time.
#[must_use]
pub fn files() -> Vec<(String, Vec<u8>)> {
    let mut random = SplitMix64(SEED);
    vec![
        ("contract.json".to_owned(), CONTRACT.as_bytes().to_vec()),
        ("pings.csv".to_owned(), pings(&mut random).into_bytes()),
        ("applications.csv".to_owned(), applications(&mut random).into_bytes()),
        ("power.csv.gz".to_owned(), gzip(power(&mut random).as_bytes())),
    ]
}

/// The number of the sample that is due at this local time of March; day 32 is 1 April.
const fn slot(day: i64, hour: i64, minute: i64) -> i64 {
    ((day - 1) * 86_400 + hour * 3_600 + minute * 60) / STEP_S
}

/// Failed samples of a target, the first and the last included.
struct Failure {
    target: &'static str,
    first: i64,
    last: i64,
}

const fn failure(target: &'static str, first: i64, last: i64) -> Failure {
    Failure { target, first, last }
}

const FAILURES: [Failure; 18] = [
    failure("port-1", slot(8, 2, 10), slot(8, 3, 5)),
    failure("port-2", slot(8, 2, 10), slot(8, 3, 5)),
    failure("www", slot(8, 2, 10), slot(8, 3, 5)),
    failure("mail", slot(8, 2, 10), slot(8, 3, 5)),
    failure("port-2", slot(10, 16, 25), slot(10, 16, 25)),
    failure("port-2", slot(12, 14, 20), slot(12, 14, 25)),
    failure("ftp", slot(12, 14, 20), slot(12, 14, 25)),
    failure("port-1", slot(17, 4, 30), slot(17, 4, 40)),
    failure("port-2", slot(17, 4, 30), slot(17, 4, 40)),
    failure("www", slot(20, 11, 0), slot(20, 11, 5)),
    failure("port-1", slot(24, 23, 50), slot(25, 0, 5)),
    failure("www", slot(24, 23, 50), slot(25, 0, 5)),
    failure("port-1", slot(27, 10, 15), slot(27, 10, 20)),
    failure("port-1", slot(28, 15, 50), slot(28, 15, 55)),
    failure("port-2", slot(28, 15, 50), slot(28, 15, 55)),
    failure("www", slot(28, 15, 50), slot(28, 16, 0)),
    failure("mains-a", slot(28, 15, 20), slot(28, 16, 15)),
    failure("ups-a", slot(28, 15, 50), slot(28, 15, 55)),
];

/// The monitor stood still: neither pings nor applications were probed.
const STANDSTILL: std::ops::RangeInclusive<i64> = slot(14, 13, 5)..=slot(14, 14, 35);

fn answers(target: &str, slot: i64) -> bool {
    !FAILURES.iter().any(|failure| failure.target == target && (failure.first..=failure.last).contains(&slot))
}

/// A file of samples: each target once a slot, a little late each time.
fn table(random: &mut SplitMix64, header: &str, targets: &[&str], mut row: impl FnMut(&mut String, Probe)) -> String {
    let mut text = format!("{header}\n");
    for slot in SLOTS {
        for &target in targets {
            let at_s = MONTH_START_S + slot * STEP_S + random.below(5);
            let tenths_ms = 16 + random.below(23);
            row(&mut text, Probe { at_s, slot, target, answered: answers(target, slot), tenths_ms });
        }
    }
    text
}

#[derive(Clone, Copy)]
struct Probe<'a> {
    at_s: i64,
    slot: i64,
    target: &'a str,
    answered: bool,
    tenths_ms: i64,
}

impl Probe<'_> {
    fn latency(self) -> String {
        if self.answered { format!("{}.{}", self.tenths_ms / 10, self.tenths_ms % 10) } else { String::new() }
    }
}

/// Times with the offset of Shanghai.
fn pings(random: &mut SplitMix64) -> String {
    table(random, "time,target,status,latency_ms", &["port-1", "port-2"], |text, probe| {
        let status = if probe.answered { "up" } else { "down" };
        let time = Stamp { at_s: probe.at_s, offset_hours: 8 };
        line(text, probe, format_args!("{time},{},{status},{}", probe.target, probe.latency()));
    })
}

/// Times in UTC, other words for the status, and the kind of check.
fn applications(random: &mut SplitMix64) -> String {
    table(random, "time,target,check,status,latency_ms", &["www", "mail", "ftp"], |text, probe| {
        let check = if probe.target == "mail" { "email" } else { probe.target };
        let status = if probe.answered { "ok" } else { "fail" };
        let time = Stamp { at_s: probe.at_s, offset_hours: 0 };
        line(text, probe, format_args!("{time},{},{check},{status},{}", probe.target, probe.latency()));
    })
}

fn line(text: &mut String, probe: Probe, row: fmt::Arguments) {
    if !STANDSTILL.contains(&probe.slot) {
        let _ = writeln!(text, "{row}");
    }
}

/// Times as seconds since 1970: the meter of the power strip writes them so, and did not stand still with the monitor.
fn power(random: &mut SplitMix64) -> String {
    table(random, "time,target,check,status", &["mains-a", "ups-a"], |text, probe| {
        let check = if probe.target == "ups-a" { "ups" } else { "mains" };
        let _ = writeln!(text, "{},{},{check},{}", probe.at_s, probe.target, u8::from(probe.answered));
    })
}

/// Gzip whose blocks are stored as they are: packing them would bring a packer into the page. Without time and system of
/// origin, so that the bytes are always the same.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut file = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    for block in bytes.chunks(usize::from(u16::MAX)) {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        file.push(0);
        file.extend([length, !length].map(u16::to_le_bytes).concat());
        file.extend(block);
    }
    // The last block, which holds nothing.
    file.extend([1, 0, 0, 0xff, 0xff]);
    file.extend(Crc::<u32>::new(&CRC_32_ISO_HDLC).checksum(bytes).to_le_bytes());
    file.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
    file
}

/// RFC 3339 in whole seconds.
struct Stamp {
    at_s: i64,
    offset_hours: i64,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = Instant::MIN.plus((self.at_s + self.offset_hours * 3_600) * 1_000).to_utc();
        write!(f, "{}T{:02}:{:02}:{:02}", local.date_naive(), local.hour(), local.minute(), local.second())?;
        if self.offset_hours == 0 { f.write_str("Z") } else { write!(f, "+{:02}:00", self.offset_hours) }
    }
}

/// Sebastiano Vigna's SplitMix64: as many lines as a dependency would take.
struct SplitMix64(u64);

impl SplitMix64 {
    /// A whole number from 0 to `end` - 1.
    fn below(&mut self, end: u32) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        i64::try_from(z % u64::from(end)).unwrap_or(0)
    }
}
