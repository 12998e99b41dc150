//! What other systems export: what is read of it, what is put back, and what is not taken for known.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod case;

use std::path::Path;

use case::{at, guarantee, measured, month};
use sla_statement::assess::{Article, Assessment, Question, assess};
use sla_statement::contract::Channel;
use sla_statement::import::{Code, Imported, Options, Reader};
use sla_statement::record::{Evidence, Record};
use sla_statement::time::MINUTE_MS;

fn read(name: &str, bytes: &[u8]) -> Imported {
    let mut reader = Reader::new("hidden", Options::default());
    reader.push(bytes).and_then(|()| reader.finish()).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
}

fn sample(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn imported(path: &str) -> Imported {
    read(path, &sample(path))
}

fn source(imported: &Imported) -> &sla_statement::record::Source {
    imported.record.sources.get(&imported.digest).expect("the file is its own source")
}

fn march(record: &Record) -> Assessment {
    assess(record, Question { month: month("2026-03"), as_of: at("2026-05-01 00:00") }).expect("a month")
}

fn minutes(ms: i64) -> i64 {
    ms / MINUTE_MS
}

/// Downtime of March: lower, counted, upper, in minutes; and the gaps of each target.
fn network(record: &Record) -> ([i64; 3], Vec<(String, i64)>) {
    let network = guarantee(&march(record), Article::Network);
    let own = measured(&network);
    let downtime = own.downtime;
    let gaps = own.gaps.iter().map(|gap| (gap.target.clone(), minutes(gap.span.ms()))).collect();
    ([downtime.lower, downtime.counted, downtime.upper].map(minutes), gaps)
}

#[test]
fn a_nagios_log_tells_outages_stops_downtimes_and_notices() {
    let file = imported("nagios-log/march.log");
    let own = source(&file);
    assert_eq!((own.format.as_str(), own.evidence), ("nagios-log", Evidence::Rebuilt));
    assert_eq!(own.columns_aside, ["port-1;Disk /"]);
    let rejected: Vec<Code> = file.rejected.iter().map(|own| own.code).collect();
    assert_eq!(rejected, [Code::StatusUnknown, Code::LineMalformed]);
    let (downtime, gaps) = network(&file.record);
    // Port 1: 10:02 to 10:23, certain until the probe before 10:23. Port 2: 45 minutes in a downtime nobody consented to.
    // The monitor stood still for 100 minutes, and for 89 after a crash; its last probe before may be five minutes older.
    assert_eq!(downtime, [16 + 40, 21 + 45, 26 + 50 + 105 + 94]);
    let stops = [("port-1".into(), 105), ("port-2".into(), 105), ("port-1".into(), 94), ("port-2".into(), 94)];
    assert_eq!(gaps, stops);
    let maintenance = file.record.maintenance.as_ref().expect("a downtime");
    let own = maintenance.first().expect("a downtime");
    assert_eq!((minutes(own.span.ms()), own.consent.is_none()), (60, true));
    let notices: Vec<_> = file.record.notices.iter().flatten().map(|own| (own.contact.as_str(), own.channel)).collect();
    assert_eq!(notices, [("nagiosadmin", Channel::Email), ("方以寧", Channel::Email)]);
}
