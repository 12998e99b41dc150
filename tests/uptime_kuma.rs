//! What is read of Uptime Kuma's database: beats, what was deleted of them, and what is not taken for known.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod case;

use std::io::Read as _;
use std::path::Path;

use case::{at, guarantee, measured, month};
use flate2::read::GzDecoder;
use proptest::prelude::*;
use sla_statement::assess::{Article, Question, assess};
use sla_statement::i18n::Locale;
use sla_statement::import::{Code, Imported, Options, Place, Reader, Refusal, inspection, sentence};
use sla_statement::record::SampleState::{Down, Unknown, Up};
use sla_statement::record::{Application, Check, Evidence, Record, SampleState, SeriesKey, Stance};
use sla_statement::time::{Interval, MINUTE_MS};

fn sample(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/uptime-kuma").join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Without a zone, and under a name that tells nothing.
fn read(bytes: &[u8]) -> Result<Imported, Refusal> {
    let mut reader = Reader::new("hidden", Options::default());
    reader.push(bytes)?;
    reader.finish()
}

fn imported(path: &str) -> Imported {
    read(&sample(path)).unwrap_or_else(|refusal| panic!("{path}: {:?}", refusal.diagnostics))
}

fn source(imported: &Imported) -> &sla_statement::record::Source {
    imported.record.sources.get(&imported.digest).expect("the file is its own source")
}

fn key(target: &str, check: Check) -> SeriesKey {
    SeriesKey { target: target.into(), check, system: "uptime-kuma".into(), ..SeriesKey::default() }
}

/// Minutes after `from` and states of the samples before `to`; times are Shanghai's.
fn states(record: &Record, target: &str, from: &str, to: &str) -> Vec<(i64, SampleState)> {
    let series = record.series.get(&key(target, Check::Ping)).expect("a series");
    let inside = series.samples().filter(|sample| at(from) <= sample.at && sample.at < at(to));
    inside.map(|sample| (sample.at.since(at(from)) / MINUTE_MS, sample.state)).collect()
}

/// Downtime of the network in March, in minutes: lower, counted, upper; and the gaps in what is known.
fn march(record: &Record) -> ([i64; 3], Vec<Interval>) {
    let question = Question { month: month("2026-03"), as_of: at("2026-05-01 00:00") };
    let network = guarantee(&assess(record, question).expect("a month"), Article::Network);
    let own = measured(&network);
    let downtime = own.downtime;
    let gaps = own.gaps.iter().map(|gap| gap.span).collect();
    ([downtime.lower, downtime.counted, downtime.upper].map(|ms| ms / MINUTE_MS), gaps)
}

fn minutes(spans: &[Interval]) -> Vec<i64> {
    spans.iter().map(|span| span.ms() / MINUTE_MS).collect()
}

fn codes(diagnostics: &[sla_statement::import::Diagnostic]) -> Vec<Code> {
    diagnostics.iter().map(|own| own.code).collect()
}

// ------------------------------------------------------------------------------------------------- what is there

#[test]
fn version_1_0_keeps_every_beat() {
    let file = imported("1.0/day.db");
    let own = source(&file);
    assert_eq!((own.format.as_str(), own.evidence, own.accepted), ("uptime-kuma", Evidence::Probes, 720));
    assert_eq!(own.read_in_zone.as_deref(), Some("UTC"));
    assert!(file.notes.is_empty() && file.rejected.is_empty(), "{:?}", file.notes);
    let around = states(&file.record, "路由器", "2026-03-01 02:58", "2026-03-01 03:09");
    let expected = (0..11).map(|minute| (minute, if (2..9).contains(&minute) { Down } else { Up }));
    assert_eq!(around, expected.collect::<Vec<_>>());
    assert_eq!(march(&file.record).0[1], 7);
}

#[test]
fn a_month_of_version_1_23_is_assessed_from_its_beats() {
    let file = imported("1.23/month.db.gz");
    assert_eq!(source(&file).evidence, Evidence::Probes);
    let ([lower, counted, upper], gaps) = march(&file.record);
    // Down from 10:01 to 10:26 and from 00:01 to 00:21; the last beats that found it down stand five minutes before.
    assert_eq!((lower, counted), (20 + 15, 25 + 20));
    // Maintenance from 01:01 to 02:01, and Kuma stopped from 03:02 to 06:10: each from the last beat before.
    assert_eq!(minutes(&gaps), [65, 189]);
    // A beat that was pending is neither up nor down: the failures may have begun just after the last that was up.
    assert_eq!(upper, 31 + 26 + 65 + 189);
    let pending = states(&file.record, "gateway", "2026-03-05 09:55", "2026-03-05 10:07");
    assert_eq!(pending, [(0, Up), (5, Unknown), (6, Down), (11, Down)]);
}

#[test]
fn monitors_are_told_apart_by_kind_and_by_id() {
    let file = imported("1.23/month.db.gz");
    let keys: Vec<&SeriesKey> = file.record.series.keys().collect();
    assert_eq!(
        keys,
        [
            &key("gateway", Check::Ping),
            &key("site", Check::Guessed(Application::Www)),
            &key("site #4", Check::Guessed(Application::Www))
        ]
    );
    let down = |target: &str| {
        let series = file.record.series.get(&key(target, Check::Guessed(Application::Www))).expect("a series");
        series.samples().filter(|sample| sample.state == Down).count()
    };
    assert_eq!((down("site"), down("site #4")), (0, 4));
    assert_eq!(source(&file).columns_aside, ["app (docker)"]);
    assert_eq!(codes(&file.notes), [Code::ServiceAside, Code::DatabaseWriteAhead]);
    let told = serde_json::to_string(&file.notes).unwrap() + &inspection(std::slice::from_ref(&file)).to_string();
    assert!(!told.contains("hunter2"), "what monitors log in with is not read");
}

#[test]
fn maintenance_becomes_a_candidate_that_nobody_consented_to() {
    for path in ["1.23/month.db.gz", "2.0/pruned.db"] {
        let file = imported(path);
        let own: Vec<_> = file.record.maintenance.iter().flatten().collect();
        assert_eq!(own.len(), 1, "{path}");
        let [own] = own[..] else { return };
        assert_eq!(own.span.start().since(at("2026-03-20 01:01")), 120, "{path}");
        assert_eq!((own.span.ms() / MINUTE_MS, own.consent.is_none(), own.stance), (60, true, Stance::Claimed));
        assert!(own.targets.iter().eq(["gateway"]));
        assert_eq!(own.origin.row, 5486, "the id of the first beat in maintenance");
        let inside = states(&file.record, "gateway", "2026-03-20 01:01", "2026-03-20 02:01");
        assert!(!inside.is_empty() && inside.iter().all(|(_, state)| *state == Unknown), "{path}");
    }
    assert_eq!(imported("1.0/day.db").record.maintenance, None, "without a word of it nobody says that there was none");
}

// --------------------------------------------------------------------------------------------- what was deleted

#[test]
fn a_young_database_of_version_2_still_has_every_beat() {
    let file = imported("2.0/half-day.db");
    assert_eq!((source(&file).evidence, source(&file).accepted), (Evidence::Probes, 144));
    assert_eq!(codes(&file.notes), [Code::DatabaseWriteAhead]);
    assert_eq!(
        file.record.series.get(&key("gateway", Check::Ping)).expect("a series").len(),
        144,
        "nothing was put back"
    );
}

#[test]
fn a_month_that_version_2_pruned_is_put_back_from_the_changes() {
    let file = imported("2.0/pruned.db");
    assert_eq!((source(&file).evidence, source(&file).accepted), (Evidence::Rebuilt, 295));
    let note = file.notes.iter().find(|note| note.code == Code::BeatsPruned).expect("a note");
    assert_eq!((note.found.as_str(), note.expected.as_str()), ("gateway", "2026-03-30T20:01:00.120Z"));
    let told = states(&file.record, "gateway", "2026-03-05 09:51", "2026-03-05 10:37");
    let down = [10, 15, 20, 25, 30];
    let expected =
        [4, 10, 15, 20, 25, 30, 35, 40, 45].map(|minute| (minute, if down.contains(&minute) { Down } else { Up }));
    assert_eq!(told[1..], expected[1..]);
    assert_eq!(told[0], (4, Up), "the failure may have begun a retry and a beat before it was called one");
}

/// What the pruned database leaves open covers what the whole one knows.
#[test]
fn what_was_put_back_claims_no_more_than_the_beats_did() {
    let (whole, pruned) = (imported("1.23/month.db.gz"), imported("2.0/pruned.db"));
    let ([lower, counted, upper], gaps) = march(&whole.record);
    let ([least, own, most], own_gaps) = march(&pruned.record);
    assert_eq!(own, counted);
    assert!(least <= lower && upper <= most, "{least} <= {lower}, {upper} <= {most}");
    assert_eq!(own_gaps.len(), gaps.len());
    for (gap, own) in gaps.iter().zip(&own_gaps) {
        assert!(own.start() <= gap.start() && gap.end() <= own.end(), "{own:?} covers {gap:?}");
    }
    // Kuma stood still from 03:02 to 06:10. Of the hours at its ends the statistics say only that there was some beat.
    assert_eq!(minutes(&own_gaps), [65, 245]);
}

#[test]
fn an_important_beat_that_changes_nothing_leaves_the_time_before_it_open() {
    let file = imported("2.0/retries.db");
    // Of the maintenance of the 4th there is no beat left but the first one after it.
    assert_eq!(file.record.maintenance, None);
    let between = states(&file.record, "gateway", "2026-03-03 10:56", "2026-03-04 11:06");
    assert_eq!(between, [(4, Up), (24 * 60 + 4, Up), (24 * 60 + 9, Up)]);
    let ([lower, counted, _], gaps) = march(&file.record);
    assert_eq!((lower, counted), (40, 45));
    assert!(minutes(&gaps).contains(&(24 * 60)), "{gaps:?}");
}

#[test]
fn retries_before_an_outage_are_not_taken_for_up() {
    let file = imported("2.0/retries.db");
    let before = states(&file.record, "gateway", "2026-03-03 09:45", "2026-03-03 10:25");
    assert_eq!(before, [(0, Up), (5, Up), (10, Up), (30, Down), (35, Down)], "three retries, five minutes each");
}

#[test]
fn copies_of_one_database_can_stand_in_one_case() {
    let (whole, pruned) = (imported("1.23/month.db.gz"), imported("2.0/pruned.db"));
    let both = whole.record.clone().merge(pruned.record).expect("one case");
    assert_eq!(march(&both).0, march(&whole.record).0);
}

// ------------------------------------------------------------------------------------------------ what is broken

/// A sample with some bytes written over, wherever they stand.
fn replaced(path: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut bytes = sample(path);
    assert_eq!(old.len(), new.len());
    let places: Vec<usize> = (0..bytes.len()).filter(|place| bytes[*place..].starts_with(old)).collect();
    assert!(!places.is_empty(), "{old:?} stands in {path}");
    places.into_iter().for_each(|place| bytes[place..place + new.len()].copy_from_slice(new));
    bytes
}

/// The one reason why a file is refused: code, place, found, expected.
fn refused(bytes: &[u8]) -> (Code, Place, String, String) {
    let mut all = read(bytes).expect_err("refused").diagnostics;
    assert_eq!(all.len(), 1, "{all:?}");
    let own = all.remove(0);
    for locale in Locale::ALL {
        let sentence = sentence(&own, locale);
        assert!(sentence.contains(&own.found) && !sentence.contains('{'), "{sentence}");
    }
    (own.code, own.place, own.found, own.expected)
}

#[test]
fn damage_is_told_with_its_byte() {
    let path = "2.0/pruned.db";
    let whole = sample(path);
    let cut_off = (Code::DatabaseCutOff, Place::File, "40000".to_owned(), whole.len().to_string());
    assert_eq!(refused(&whole[..40_000]), cut_off);
    let cut_off = (Code::DatabaseCutOff, Place::File, "60".to_owned(), "100".to_owned());
    assert_eq!(refused(&whole[..60]), cut_off);
    let at_byte = |byte, found: &str| (Code::DatabaseDamaged, Place::Byte(byte), found.to_owned(), String::new());
    let mut page_size = whole.clone();
    page_size[16] = 0x11;
    assert_eq!(refused(&page_size), at_byte(16, "page size 4352"));
    // The table of tables goes on at itself.
    let mut cyclic = whole;
    cyclic[100..112].copy_from_slice(&[5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert_eq!(refused(&cyclic), at_byte(0, "page used twice: 1"));
}

#[test]
fn another_programs_database_is_refused_with_what_it_holds() {
    let other = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/sqlite/utf-8.db");
    let (code, _, found, expected) = refused(&std::fs::read(other).unwrap());
    assert_eq!(code, Code::DatabaseForeign);
    assert_eq!(found, "`all (of, them)`, `computed`, `plain`, `later`, `empty`");
    assert_eq!(expected, "`heartbeat`, `monitor`");
}

#[test]
fn a_table_without_a_needed_column_is_refused_with_those_it_has() {
    let (code, place, found, expected) = refused(&replaced("1.0/day.db", b"[status] SMALLINT", b"[health] SMALLINT"));
    assert_eq!((code, expected.as_str()), (Code::ColumnAbsent, "status"));
    assert_eq!(place, Place::Path { path: "heartbeat".into(), line: None });
    assert!(found.starts_with("`id`, `important`, `monitor_id`, `health`, `msg`"), "{found}");
    let other = replaced("1.0/day.db", b"CREATE TABLE [heartbeat](", b"CREATE VIEW  [heartbeat](");
    assert_eq!(refused(&other).0, Code::DatabaseTable);
}

#[test]
fn beats_that_tell_nothing_are_rejected_by_their_id() {
    let file = read(&replaced("1.0/day.db", b"2026-02-28 16:00:00", b"2026-02-30 16:00:00")).expect("the others");
    let [own] = &file.rejected[..] else { panic!("{:?}", file.rejected) };
    assert_eq!((own.code, own.found.as_str()), (Code::TimeMalformed, "2026-02-30 16:00:00"));
    assert_eq!(own.place, Place::Path { path: "heartbeat.id=1".into(), line: None });
    assert_eq!((source(&file).accepted, source(&file).rejected), (719, 1));
    // The types of the columns of the two beats that are important and up: their status becomes null.
    let file = read(&replaced("1.0/day.db", &[0, 9, 9, 9, 13, 51], &[0, 9, 9, 0, 13, 51])).expect("the others");
    assert_eq!(codes(&file.rejected), [Code::StatusUnknown, Code::StatusUnknown]);
    assert_eq!(file.rejected[0].found, "NULL");
    // The same with what they are beats of.
    let file = read(&replaced("1.0/day.db", &[0, 9, 9, 9, 13, 51], &[0, 9, 0, 9, 13, 51])).expect("the others");
    assert_eq!(codes(&file.rejected), [Code::TargetEmpty, Code::TargetEmpty]);
    // Beats of a monitor that is not there.
    let file = read(&replaced("1.0/day.db", &[0, 9, 9, 9, 13, 51], &[0, 9, 8, 9, 13, 51])).expect("the others");
    assert_eq!((source(&file).accepted, source(&file).columns_aside.clone()), (718, vec!["monitor_id=0".to_owned()]));
}

#[test]
fn a_database_of_which_no_beat_can_be_taken_says_why() {
    // The interval of 60 seconds, which is `<`, stands in between.
    let other = replaced("1.0/day.db", "路由器<port".as_bytes(), "路由器<push".as_bytes());
    let all = read(&other).expect_err("refused").diagnostics;
    assert_eq!(codes(&all), [Code::NoRowTaken, Code::ServiceAside]);
    assert_eq!(all[1].found, "路由器 (push)");
}

#[test]
fn the_backup_is_refused_with_what_to_use_instead() {
    let backup = br#"{"version": "1.23.16", "notificationList": [], "monitorList": [{"id": 1, "name": "gateway"}]}"#;
    let (code, _, _, expected) = refused(backup);
    assert_eq!((code, expected.as_str()), (Code::NoMonitoringData, "`kuma.db`"));
}

#[test]
fn packed_or_not_and_cut_anywhere_it_says_the_same() {
    let packed = sample("1.23/month.db.gz");
    let mut plain = Vec::new();
    GzDecoder::new(&packed[..]).read_to_end(&mut plain).unwrap();
    let whole = imported("1.23/month.db.gz");
    assert_eq!(read(&plain).unwrap().record.series, whole.record.series);
    for size in [1, 15, 16, 17, 4_096, 70_000] {
        let mut reader = Reader::new("hidden", Options::default());
        let first = if size == 1 { 40 } else { plain.len() };
        plain[..first].chunks(size).for_each(|piece| reader.push(piece).unwrap());
        plain[first..].chunks(4_096).for_each(|piece| reader.push(piece).unwrap());
        assert_eq!(reader.finish().unwrap().record.series, whole.record.series, "{size}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is written over a database: it is read or refused, and can be assessed where it is read.
    #[test]
    fn a_damaged_database_is_read_or_refused(
        path in proptest::sample::select(vec!["1.0/day.db", "2.0/pruned.db", "2.0/retries.db"]),
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..30),
    ) {
        let mut bytes = sample(path);
        for (place, byte) in changes {
            let place = 16 + place.index(bytes.len() - 16);
            bytes[place] = byte;
        }
        match read(&bytes) {
            Ok(file) => { assess(&file.record, Question { month: month("2026-03"), as_of: at("2026-05-01 00:00") }).ok(); }
            Err(refusal) => prop_assert!(!refusal.diagnostics.is_empty()),
        }
    }
}
