//! Files into records: what is taken, what is refused, and what is said of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use sla_statement::contract::{Policy, PolicyKey, Quorum};
use sla_statement::i18n::Locale;
use sla_statement::import::{
    Code, Diagnostic, Imported, Options, Place, Reader, Refusal, apply_policy_file, inspection, join, merge_sentence,
    native_decoder, sentence,
};
use sla_statement::record::{Check, MergeError, Record, SampleState, SeriesKey};
use sla_statement::time::{Instant, Zone};

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(samples().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn zone(name: &str) -> Options {
    Options { zone: Some(name.parse().expect("zone")), ..Options::default() }
}

fn read(name: &str, bytes: &[u8], options: Options) -> Result<Imported, Refusal> {
    let mut reader = Reader::new(name, options);
    reader.push(bytes)?;
    reader.finish()
}

fn taken(path: &str, options: Options) -> Imported {
    read(path, &bytes(path), options).unwrap_or_else(|refusal| panic!("{path}: {:?}", refusal.diagnostics))
}

fn text(csv: &str) -> Result<Imported, Refusal> {
    read("file.csv", csv.as_bytes(), Options::default())
}

fn refused(refusal: Result<Imported, Refusal>) -> Vec<Diagnostic> {
    refusal.expect_err("refused").diagnostics
}

fn only_source(imported: &Imported) -> &sla_statement::record::Source {
    imported.record.sources.get(&imported.digest).expect("the file is its own source")
}

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(text).expect("time")
}

/// How a file is told that its times carry no offset: in its name.
fn options_for(name: &str) -> Options {
    if name.contains("new-york") {
        zone("America/New_York")
    } else if name.starts_with("local") {
        zone("Asia/Shanghai")
    } else {
        Options::default()
    }
}

fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(samples().join(folder)).expect("folder");
    let files = entries.map(|entry| entry.unwrap()).filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

// ---------------------------------------------------------------------------------------------- samples as CSV

/// Files that say the same of the same two hours, each in its own way of writing.
const SAME: [&str; 19] = [
    "utc.csv",
    "epoch-seconds.csv",
    "epoch-fraction.csv",
    "epoch-milliseconds.csv",
    "semicolon.csv",
    "tab-crlf.csv",
    "separator-line.csv",
    "quoted-crlf-mark.csv",
    "utf-16-little.csv",
    "utf-16-big.csv",
    "utf-16-little-unmarked.csv",
    "utf-16-big-unmarked.csv",
    "columns-in-another-order.csv",
    "local.csv",
    "local-slashes.csv",
    "local-t-fraction.csv",
    "newest-first.csv",
    "empty-lines.csv",
    "hidden-name.pdf",
];

#[test]
fn all_ways_of_writing_say_the_same() {
    let expected = taken("samples-csv/rfc3339.csv", Options::default());
    assert_eq!(only_source(&expected).accepted, 48);
    let down: Vec<usize> = expected
        .record
        .series
        .values()
        .map(|series| series.samples().filter(|sample| sample.state == SampleState::Down).count())
        .collect();
    assert_eq!(down, [4, 1]);
    for name in SAME {
        let imported = taken(&format!("samples-csv/{name}"), options_for(name));
        assert_eq!(imported.record.series, expected.record.series, "{name}");
        assert_eq!(only_source(&imported).format, "samples-csv", "{name}");
        assert_eq!(only_source(&imported).rejected, 0, "{name}");
    }
}

#[test]
fn packed_files_say_the_same_and_keep_their_own_digest() {
    let plain = taken("samples-csv/rfc3339.csv", Options::default());
    for name in ["rfc3339.csv.gz", "two-members.csv.gz"] {
        let packed = taken(&format!("samples-csv/{name}"), Options::default());
        assert_eq!(packed.record.series, plain.record.series, "{name}");
        assert_ne!(packed.digest, plain.digest, "{name}");
        assert_eq!(only_source(&packed).bytes, bytes(&format!("samples-csv/{name}")).len() as u64);
    }
    let (plain, packed) = ("sla-export/1/full.json", "sla-export/1/full.json.gz");
    let (plain, packed) = (taken(plain, Options::default()), taken(packed, Options::default()));
    assert_eq!(plain.record.series, packed.record.series);
    assert_eq!(plain.record.contract, packed.record.contract);
}

#[test]
fn the_digest_is_sha_256_of_the_file_as_given() {
    for path in ["samples-csv/rfc3339.csv", "samples-csv/rfc3339.csv.gz", "sla-export/1/full.json"] {
        assert_eq!(taken(path, Options::default()).digest.to_string(), sha256sum(&samples().join(path)), "{path}");
    }
}

/// coreutils' opinion.
fn sha256sum(path: &Path) -> String {
    let output = std::process::Command::new("sha256sum").arg(path).output().expect("sha256sum").stdout;
    String::from_utf8(output).unwrap().split_whitespace().next().unwrap().to_owned()
}

#[test]
fn halves_merge_to_the_whole() {
    let [whole, first, second] = ["rfc3339", "first-half", "second-half"]
        .map(|name| taken(&format!("samples-csv/{name}.csv"), Options::default()));
    let (ahead, behind) = (first.record.clone().merge(second.record.clone()), second.record.merge(first.record));
    assert_eq!(ahead.unwrap().series, whole.record.series);
    assert_eq!(behind.unwrap().series, whole.record.series);
}

#[test]
fn a_file_without_targets_is_port_1() {
    let imported = taken("samples-csv/one-series.csv", Options::default());
    let keys: Vec<&SeriesKey> = imported.record.series.keys().collect();
    assert_eq!(
        keys,
        [&SeriesKey {
            target: "port-1".into(),
            check: Check::Ping,
            system: "samples-csv".into(),
            ..SeriesKey::default()
        }]
    );
}

#[test]
fn checks_and_vantages_make_series_of_their_own() {
    let imported = taken("samples-csv/checks-and-vantages.csv", Options::default());
    let series: Vec<_> = imported
        .record
        .series
        .iter()
        .map(|(key, series)| (key.target.as_str(), key.check, key.vantage.as_str(), series.len()))
        .collect();
    let expected = [
        ("port-1", Check::Ping, "bj", 3),
        ("port-1", Check::Ping, "sh", 3),
        ("room", Check::Mains, "", 3),
        ("room", Check::Ups, "", 3),
        ("site", Check::Www, "bj", 3),
    ];
    assert_eq!(series, expected);
}

#[test]
fn passwords_are_dropped_and_other_columns_set_aside() {
    let imported = taken("samples-csv/asides.csv", Options::default());
    let source = only_source(&imported);
    assert_eq!(source.accepted, 4);
    assert_eq!(source.secrets_dropped, ["mrtg password", "管理口令"]);
    assert_eq!(source.columns_aside, ["comment"]);
    let told =
        serde_json::to_string(&imported.notes).unwrap() + &inspection(std::slice::from_ref(&imported)).to_string();
    assert!(!told.contains("hunter2") && !told.contains("opensesame"));
    let latencies: Vec<_> = imported.notes.iter().filter(|note| note.code == Code::LatencyNotNumber).collect();
    assert_eq!(latencies.iter().map(|note| note.found.as_str()).collect::<Vec<_>>(), ["timeout", "NaN"]);
    let place = Place::Line { line: 4, column: Some((4, "latency_ms".into())) };
    assert_eq!(latencies[0].place, place, "the quoted line break above counts as a line");
}

#[test]
fn one_bad_row_leaves_the_others() {
    let imported = taken("samples-csv/one-bad-row.csv", Options::default());
    let whole = taken("samples-csv/rfc3339.csv", Options::default());
    assert_eq!((only_source(&imported).accepted, only_source(&imported).rejected), (47, 1));
    let [rejected] = &imported.rejected[..] else { panic!("{:?}", imported.rejected) };
    assert_eq!(rejected.place, Place::Line { line: 11, column: Some((3, "status".into())) });
    assert_eq!(rejected.found, "up\\u{202e}maybe", "what would turn the sentence around is made visible");
    let samples = |imported: &Imported| imported.record.series.values().map(|series| series.len()).sum::<u64>();
    assert_eq!(samples(&imported) + 1, samples(&whole));
}

#[test]
fn a_comment_in_another_encoding_loses_no_row() {
    assert_eq!(only_source(&taken("samples-csv/gbk-comment.csv", Options::default())).accepted, 2);
}

fn read_natively(path: &str, piece: usize) -> Result<Imported, Refusal> {
    let mut reader = Reader::new(path, Options::default()).decoding_with(native_decoder);
    bytes(path).chunks(piece).try_for_each(|piece| reader.push(piece))?;
    reader.finish()
}

#[test]
fn chinese_text_of_windows_is_told_by_its_bytes() {
    let imported = read_natively("samples-csv/gb18030.csv", 1 << 20).expect("taken");
    let plain = taken("samples-csv/rfc3339.csv", Options::default());
    assert!(imported.record.series.values().eq(plain.record.series.values()), "the same samples under Chinese names");
    let targets: Vec<&str> = imported.record.series.keys().map(|key| key.target.as_str()).collect();
    assert_eq!(targets, ["机房一号端口", "机房二号端口"]);
    assert_eq!(only_source(&imported).encoding.as_deref(), Some("GB18030"));
    assert_eq!(only_source(&imported).columns_aside, ["备注"]);
    let told: Vec<&str> =
        imported.notes.iter().filter(|own| own.code == Code::EncodingTaken).map(|own| own.found.as_str()).collect();
    assert_eq!(told, ["GB18030"]);
    assert_eq!(inspection(&[imported])["files"][0]["encoding"], "GB18030");
}

#[test]
fn what_is_no_character_spoils_its_row_only() {
    let imported = read_natively("samples-csv/gb18030-damaged.csv", 1 << 20).expect("taken");
    let targets: Vec<&str> = imported.record.series.keys().map(|key| key.target.as_str()).collect();
    assert_eq!(targets, ["朱镕厅端口", "𠮷端口"], "characters of two and of four bytes");
    let rejected: Vec<_> = imported.rejected.iter().map(|own| (own.code, own.place.clone())).collect();
    assert_eq!(rejected, [(Code::NotText, Place::Line { line: 4, column: Some((2, "target".into())) })]);
}

#[test]
fn where_encoded_text_is_cut_makes_no_difference() {
    for path in ["samples-csv/gb18030.csv", "samples-csv/gb18030-damaged.csv", "samples-csv/utf-16-big-unmarked.csv"] {
        let whole = read_natively(path, 1 << 20).expect("taken");
        for piece in 1..60 {
            assert_eq!(read_natively(path, piece).expect("taken"), whole, "{path} in pieces of {piece}");
        }
    }
}

/// Only the first 64 KiB of a file's text beyond ASCII are looked at, and what they say holds for the rest.
#[test]
fn utf_8_stays_utf_8_with_a_damaged_row_and_long_files_are_told_like_short_ones() {
    let row = |at: i64, name: &[u8]| [format!("{at},").as_bytes(), name, b",up\n"].concat();
    let rows = |name: &[u8]| -> Vec<u8> { (0..6_000).flat_map(|step| row(1_772_294_400 + 300 * step, name)).collect() };
    let read = |bytes: Vec<u8>| {
        let mut reader = Reader::new("f", Options::default()).decoding_with(native_decoder);
        reader.push(b"time,target,status\n").and_then(|()| reader.push(&bytes)).and_then(|()| reader.finish())
    };
    let utf8 = [row(1_772_294_100, b"\xb6\xcb"), rows("端口".as_bytes())].concat();
    let utf8 = read(utf8).expect("taken");
    assert_eq!((only_source(&utf8).accepted, only_source(&utf8).rejected), (6_000, 1));
    let gb = read(rows(b"\xb6\xcb\xbf\xda")).expect("taken");
    assert_eq!(only_source(&gb).accepted, 6_000);
    for imported in [utf8, gb] {
        assert!(imported.record.series.keys().map(|key| key.target.as_str()).eq(["端口"]));
    }
}

#[test]
fn a_repeated_local_time_is_the_earlier_one_and_counted() {
    let imported = taken("samples-csv/new-york-fold.csv", zone("America/New_York"));
    let source = only_source(&imported);
    assert_eq!((source.accepted, source.ambiguous_times), (4, 2));
    assert_eq!(source.read_in_zone.as_deref(), Some("America/New_York"));
    let times: Vec<Instant> =
        imported.record.series.values().flat_map(|series| series.samples()).map(|sample| sample.at).collect();
    let expected = ["2026-11-01T00:55:00-04:00", "2026-11-01T01:00:00-04:00", "2026-11-01T01:30:00-04:00"].map(at);
    assert_eq!(times[..3], expected);
    assert_eq!(times[3], at("2026-11-01T02:00:00-05:00"));
}

#[test]
fn a_local_time_that_never_was_is_rejected() {
    let imported = taken("samples-csv/new-york-gap.csv", zone("America/New_York"));
    assert_eq!(only_source(&imported).accepted, 2);
    let found: Vec<_> = imported.rejected.iter().map(|row| (row.code, row.found.as_str())).collect();
    assert_eq!(found, [(Code::TimeNever, "2026-03-08 02:00"), (Code::TimeNever, "2026-03-08 02:30")]);
}

#[test]
fn a_local_time_without_a_zone_asks_for_one() {
    let refusal = text("time,status\n2026-03-01T00:00:00Z,up\n2026-03-01 00:05,up\n").expect_err("refused");
    assert!(refusal.needs_zone());
    assert_eq!(refusal.diagnostics[0].place, Place::Line { line: 3, column: Some((1, "time".into())) });
    assert!(!text("time,status\nnever,up\n").expect_err("refused").needs_zone());
}

#[test]
fn a_refused_reader_stays_refused() {
    let mut reader = Reader::new("file.csv", Options::default());
    let first = reader.push(b"when\n1\n3\n").expect_err("refused");
    assert_eq!(reader.push(b"time,status\n").expect_err("refused"), first);
    assert_eq!(reader.finish().expect_err("refused"), first);
}

#[test]
fn every_row_is_taken_or_counted_as_rejected() {
    let mut csv = String::from("time,status\n2026-03-01T00:00:00Z,up\n");
    (0..12_000).for_each(|_| csv.push_str("soon,up\n"));
    let imported = text(&csv).unwrap();
    assert_eq!(only_source(&imported).rejected, 12_000);
    assert_eq!((imported.rejected.len(), imported.rejected_beyond), (10_000, 2_000));
    let told = inspection(&[imported]);
    let expected =
        serde_json::json!([{ "code": "TIME_MALFORMED", "count": 10_000 }, { "code": "MORE_PROBLEMS", "count": 2_000 }]);
    assert_eq!(told["files"][0]["warnings"], expected);
}

#[test]
fn the_name_of_the_file_decides_nothing() {
    for (path, name) in [("samples-csv/rfc3339.csv.gz", "a.json"), ("sla-export/1/full.json", "a.csv.gz")] {
        assert!(read(name, &bytes(path), Options::default()).is_ok(), "{path} as {name}");
    }
}

#[test]
fn what_unpacks_without_end_is_refused() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(b"time,status,comment\n2026-03-01T00:00:00Z,up,\n").unwrap();
    let row = format!("2026-03-01T00:05:00Z,up,{}\n", "z".repeat(1 << 19));
    (0..600).for_each(|_| packer.write_all(row.as_bytes()).unwrap());
    let refusal = refused(read("bomb.csv.gz", &packer.finish().unwrap(), Options::default()));
    assert_eq!(refusal[0].code, Code::UnpacksTooFar);
}

#[test]
fn limits_of_size_name_the_command_line_and_those_of_form_do_not() {
    let of_size = [
        Code::TooLarge,
        Code::UnpacksTooFar,
        Code::TooManyRows,
        Code::TooManySeries,
        Code::TooManyFiles,
        Code::DatabaseTooLarge,
        Code::SpanTooLong,
    ];
    for (code, locale) in Code::ALL.iter().flat_map(|code| Locale::ALL.map(|locale| (*code, locale))) {
        let problem =
            Diagnostic { code, file: "f".into(), place: Place::File, found: "F".into(), expected: "E".into() };
        let told = sentence(&problem, locale);
        assert_eq!(told.contains("`sla-statement assess`"), of_size.contains(&code), "{told}");
    }
}

#[test]
fn a_row_without_end_is_refused() {
    let csv = format!("time,status\n2026-03-01T00:00:00Z,\"up{}", "\nup".repeat(1 << 20));
    let refusal = refused(text(&csv));
    assert_eq!(refusal[0].code, Code::RowTooLong);
    assert_eq!(refusal[0].place, Place::Line { line: 2, column: None });
}

// ------------------------------------------------------------------------------------------------- documents

#[test]
fn every_section_of_an_export_is_read() {
    let imported = taken("sla-export/1/full.json", Options::default());
    let record = &imported.record;
    let contract = record.contract.as_ref().unwrap();
    assert_eq!(contract.customer.name, "海川貿易有限公司");
    assert_eq!(contract.monthly_rent.unwrap().to_string(), "3000.00");
    let rents = ["2026-03", "2026-04", "2026-06", "2026-07", "2027-01"].map(|of| contract.rent_of(of.parse().unwrap()));
    let rents = rents.map(|rent| rent.unwrap().to_string());
    assert_eq!(rents, ["3000.00", "2900.00", "2900.00", "3200.00", "3200.00"], "in whatever order they stand");
    assert_eq!(contract.terms.network_availability.to_string(), "99.95");
    assert_eq!(contract.policy.vantage_quorum(), Quorum::AtLeast(2.try_into().unwrap()));
    assert_eq!(contract.policy.value(PolicyKey::GapFactor), "2.5");
    assert_eq!(record.calendar.as_ref().unwrap().id(), "CN-2026");
    assert_eq!(record.outages.as_ref().unwrap().iter().filter(|outage| outage.end.is_none()).count(), 1);
    let told = inspection(std::slice::from_ref(&imported));
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&told["files"][0]).unwrap().replace(&imported.digest.to_string(), "…")
    );
}

#[test]
fn a_gap_in_states_is_no_sample() {
    let imported = taken("sla-export/1/full.json", Options::default());
    let key =
        SeriesKey { target: "port-1".into(), check: Check::Ping, vantage: "bj".into(), system: "sla-export/1".into() };
    let times: Vec<_> = imported.record.series.get(&key).unwrap().samples().map(|sample| sample.at).collect();
    assert_eq!(times.len(), 7);
    assert_eq!(times[6], at("2026-03-01T00:40:00+08:00"));
}

#[test]
fn absent_is_not_empty() {
    let absent = taken("sla-export/1/least.json", Options::default()).record;
    assert!(absent.outages.is_none() && absent.notices.is_none() && absent.visits.is_none());
    let empty = taken("sla-export/1/empty-sections.json", Options::default()).record;
    assert!(empty.outages.is_some_and(|outages| outages.is_empty()));
    assert!(empty.outage_reports.is_some_and(|reports| reports.is_empty()));
    assert!(empty.visits.is_some_and(|visits| visits.is_empty()));
}

#[test]
fn passwords_in_a_document_are_dropped_wherever_they_stand() {
    let with = taken("sla-export/1/secrets.json", Options::default());
    assert_eq!(only_source(&with).secrets_dropped, ["mrtg_password", "口令", "密碼"]);
    let without = taken("sla-export/1/full.json", Options::default());
    assert_eq!(with.record.contract, without.record.contract);
    assert_eq!(with.record.calendar, without.record.calendar);
    let everything = format!("{with:?}{}", inspection(std::slice::from_ref(&with)));
    assert!(!everything.contains("hunter2"));
    let refusal = refused(read("x", &bytes("invalid/secret-in-wrong-place.json"), Options::default()));
    assert!(!format!("{refusal:?}").contains("hunter2"));
}

#[test]
fn all_problems_of_a_document_are_told() {
    let refusal = refused(read("x", &bytes("invalid/several-problems.json"), Options::default()));
    let codes: Vec<Code> = refusal.iter().map(|problem| problem.code).collect();
    let expected = [
        Code::NotOneOf,
        Code::DayMalformed,
        Code::KeyUnknown,
        Code::KeyMissing,
        Code::TextEmpty,
        Code::InstantMalformed,
        Code::WrongType,
    ];
    assert_eq!(codes, expected);
}

#[test]
fn a_calendar_can_be_a_file_of_its_own() {
    let imported = taken("sla-calendar/1/2027.json", Options::default());
    let calendar = imported.record.calendar.as_ref().unwrap();
    let day = |text: &str| calendar.is_working_day(text.parse().unwrap()).unwrap();
    assert!(!day("2027-01-02") && day("2027-01-09") && !day("2027-01-10"));
    assert_eq!(only_source(&imported).format, "sla-calendar/1");
    let own = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("calendars/CN.json")).unwrap();
    let own = read("CN.json", &own, Options::default()).unwrap();
    assert_eq!(own.record.calendar, Some(sla_statement::time::BusinessCalendar::china().clone()));
}

#[test]
fn names_are_looked_up_in_the_whole_case() {
    let contract = taken("sla-export/1/contract-beside-csv.json", Options::default()).record;
    let alone = join([contract.clone()]).unwrap();
    let [unresolved] = &alone.unresolved[..] else { panic!("{:?}", alone.unresolved) };
    assert_eq!((unresolved.code, unresolved.found.as_str()), (Code::TargetUnknown, "port-1"));
    assert_eq!(unresolved.place, Place::Path { path: "exclusions[0].targets".into(), line: None });
    let csv = taken("samples-csv/rfc3339.csv", Options::default()).record;
    assert_eq!(join([contract, csv.clone()]).unwrap().unresolved, []);
    let mistaken = taken("sla-export/1/contract-beside-nothing.json", Options::default()).record;
    let case = join([csv, mistaken]).unwrap();
    assert_eq!(case.unresolved[0].expected, "`port-1`, `port-2`");
    assert!(case.unresolved[0].file.ends_with("contract-beside-nothing.json"));
}

#[test]
fn the_demo_case_is_read_whole() {
    let read = |(name, bytes): (String, Vec<u8>)| {
        let imported = read(&name, &bytes, Options::default());
        imported.unwrap_or_else(|refusal| panic!("{name}: {}", sentence(&refusal.diagnostics[0], Locale::En)))
    };
    let files: Vec<Imported> = sla_statement::demo::files().into_iter().map(read).collect();
    assert!(files.iter().all(|file| file.rejected.is_empty()));
    let case = join(files.into_iter().map(|file| file.record)).unwrap();
    assert_eq!(case.unresolved, []);
    assert!(case.record.contract.is_some() && !case.record.series.is_empty());
}

#[test]
fn policy_files_set_keys_or_nothing() {
    let mut policy = Policy::default();
    apply_policy_file("minutes.json", &bytes("policy/minutes.json"), &mut policy).unwrap();
    let set: Vec<&str> = policy.deviations().map(PolicyKey::as_str).collect();
    assert_eq!(set, ["net.threshold_rule", "sample.gap_factor", "report.holiday_roll"]);
    let before = policy.clone();
    let wrong = br#"{ "net.threshold_rule": "percent", "net.limit": 3, "credit.cap": ["none"] }"#;
    let refusal = apply_policy_file("p.json", wrong, &mut policy).expect_err("refused");
    let codes: Vec<Code> = refusal.diagnostics.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [Code::PolicyKeyUnknown, Code::WrongType]);
    assert_eq!(policy, before);
}

#[test]
fn what_is_read_crosses_to_the_page_unchanged() {
    for path in [
        "sla-export/1/full.json",
        "sla-export/1/secrets.json",
        "samples-csv/asides.csv",
        "samples-csv/one-bad-row.csv",
        "signed/contract.json",
        "signed/SHA256SUMS",
        "signed/SHA256SUMS.minisig",
    ] {
        let imported = taken(path, Options::default());
        let crossed = postcard::to_allocvec(&imported).unwrap();
        assert_eq!(postcard::from_bytes::<Imported>(&crossed).unwrap(), imported, "{path}");
    }
    let refusal = read("x", &bytes("invalid/several-problems.json"), Options::default()).expect_err("refused");
    let crossed = postcard::to_allocvec(&refusal).unwrap();
    assert_eq!(postcard::from_bytes::<Refusal>(&crossed).unwrap(), refusal);
}

// --------------------------------------------------------------------------------------------------- sentences

#[test]
fn every_broken_file_gets_its_sentence() {
    let mut told = String::new();
    for name in names("invalid") {
        let refusal = read(&name, &bytes(&format!("invalid/{name}")), options_for(&name))
            .err()
            .unwrap_or_else(|| panic!("{name} was taken"));
        for problem in &refusal.diagnostics {
            writeln!(told, "{}\n  {}", problem.code.as_str(), sentence(problem, Locale::En)).unwrap();
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn every_code_has_a_whole_sentence_in_every_language() {
    for (code, locale) in Code::ALL.iter().flat_map(|code| Locale::ALL.map(|locale| (*code, locale))) {
        let place = Place::Line { line: 7, column: Some((3, "status".into())) };
        let problem =
            Diagnostic { code, file: "f.csv".into(), place, found: "{expected}".into(), expected: "E".into() };
        let told = sentence(&problem, locale);
        assert!(told.starts_with("f.csv") && told.contains('7') && told.contains("status"), "{told}");
        assert!(told.ends_with(if locale == Locale::En { '.' } else { '。' }), "{told}");
        assert!(!told.replace("{expected}", "").contains(['{', '}']), "{told}");
        assert!(!told.contains('\n'), "{told}");
    }
}

#[test]
fn sentences_of_each_language_are_its_own() {
    let name = "status-unknown-word.csv";
    let refusal = refused(read(name, &bytes(&format!("invalid/{name}")), Options::default()));
    let told: String = Locale::ALL.map(|locale| sentence(&refusal[1], locale) + "\n").concat();
    let merge = MergeError::SameId { section: "outages".into(), id: "o1".into() };
    insta::assert_snapshot!(told + &Locale::ALL.map(|locale| merge_sentence(&merge, locale) + "\n").concat());
}

#[test]
fn the_readme_says_of_every_sample_what_is_expected() {
    let readme = String::from_utf8(bytes("README.md")).unwrap();
    let foreign = [
        "nagios-log",
        "prometheus",
        "uptimerobot",
        "gatus",
        "zabbix",
        "pingdom",
        "opennms",
        "better-stack",
        "upptime",
        "nagios-avail",
    ];
    let own =
        ["samples-csv", "sla-export/1", "sla-calendar/1", "policy", "grafana", "checkmk", "plain-log", "zip", "signed"];
    let own = own.into_iter().chain(["other-csv", "samples-json-lines", "sla-mapping", "sla-settlement"]);
    for folder in own.chain(foreign) {
        for name in names(folder) {
            assert!(readme.contains(&format!("{name}`")), "README.md says nothing of {folder}/{name}");
        }
    }
}

// -------------------------------------------------------------------------------------------------- properties

/// Files to be cut: each with a way of ending or a feature that a cut could spoil.
fn cuttable() -> Vec<(String, Vec<u8>)> {
    let taken = ["asides.csv", "quoted-crlf-mark.csv", "utf-16-little.csv", "separator-line.csv", "two-members.csv.gz"];
    let refused = [
        "rrd-declaration.xml",
        "several-problems.json",
        "quote-open.csv",
        "list.json",
        "gzip-cut-off.csv.gz",
        "time-without-zone.csv",
    ];
    taken
        .iter()
        .map(|name| format!("samples-csv/{name}"))
        .chain(refused.iter().map(|name| format!("invalid/{name}")))
        .chain(["samples-json-lines/bad-lines.jsonl", "invalid/lines-target-late.jsonl"].map(str::to_owned))
        .chain(["sla-export/1/secrets.json", "signed/SHA256SUMS", "signed/pings.csv.minisig"].map(str::to_owned))
        .map(|path| (path.clone(), bytes(&path)))
        .collect()
}

fn read_in_pieces(name: &str, bytes: &[u8], cuts: &[usize]) -> Result<Imported, Refusal> {
    let mut reader = Reader::new(name, Options::default());
    let mut from = 0;
    for cut in cuts.iter().copied().chain([bytes.len()]) {
        reader.push(&bytes[from..cut])?;
        from = cut;
    }
    reader.finish()
}

#[test]
fn a_cut_at_any_byte_changes_nothing() {
    for (name, bytes) in cuttable() {
        let whole = read(&name, &bytes, Options::default());
        let step = if bytes.len() > 4_000 { 17 } else { 1 };
        for cut in (0..=bytes.len()).step_by(step) {
            assert_eq!(read_in_pieces(&name, &bytes, &[cut]), whole, "{name} cut at {cut}");
        }
        let every: Vec<usize> = (0..bytes.len()).collect();
        assert_eq!(read_in_pieces(&name, &bytes, &every), whole, "{name} byte by byte");
    }
}

fn series_of(rows: &[String]) -> Record {
    let csv = format!("time,target,status\n{}", rows.concat());
    text(&csv).map(|imported| imported.record).unwrap_or_default()
}

fn rows() -> impl Strategy<Value = Vec<String>> {
    let row = (0..40_i64, 0..3_u8, prop_oneof!["up", "down", "unknown"])
        .prop_map(|(step, port, status)| format!("{},port-{port},{status}\n", 1_772_294_400 + 300 * step));
    proptest::collection::vec(row, 0..60)
}

proptest! {
    #[test]
    fn the_order_of_rows_makes_no_difference((rows, other) in rows().prop_flat_map(|rows| (Just(rows.clone()), Just(rows).prop_shuffle()))) {
        prop_assert_eq!(series_of(&rows).series, series_of(&other).series);
    }

    #[test]
    fn a_file_cut_between_rows_merges_to_the_whole(rows in rows(), cut in 0_usize..60) {
        let cut = cut.min(rows.len());
        let halves = series_of(&rows[..cut]).merge(series_of(&rows[cut..])).unwrap();
        prop_assert_eq!(halves.series, series_of(&rows).series);
    }

    #[test]
    fn any_cuts_change_nothing(file in 0..cuttable().len(), cuts in proptest::collection::btree_set(0_usize..6_000, 0..8)) {
        let (name, bytes) = cuttable().swap_remove(file);
        let cuts: Vec<usize> = cuts.iter().copied().filter(|cut| *cut < bytes.len()).collect();
        prop_assert_eq!(read_in_pieces(&name, &bytes, &cuts), read(&name, &bytes, Options::default()));
    }

    #[test]
    fn any_bytes_are_taken_or_refused_with_a_sentence(bytes in proptest::collection::vec(any::<u8>(), 0..400), csv in any::<bool>()) {
        let head: &[u8] = if csv { b"time,status\n" } else { b"" };
        if let Err(refusal) = read("file", &[head, &bytes].concat(), Options { zone: Some(Zone::default()), ..Options::default() }) {
            prop_assert!(!refusal.diagnostics.is_empty());
            prop_assert!(refusal.diagnostics.iter().all(|problem| !sentence(problem, Locale::En).chars().any(char::is_control)));
        }
    }

    #[test]
    fn a_document_changed_anywhere_is_taken_or_refused(index in 0_usize..5_000, byte in any::<u8>()) {
        let mut bytes = bytes("sla-export/1/full.json");
        let index = index % bytes.len();
        bytes[index] = byte;
        if let Err(refusal) = read("file", &bytes, Options::default()) {
            prop_assert!(!refusal.diagnostics.is_empty());
        }
    }
}
