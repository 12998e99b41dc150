//! Tables of other systems: what is told by names and cells, what is asked for, and what a mapping says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod case;

use std::path::Path;

use case::{at, guarantee, measured, month};
use proptest::prelude::*;
use sla_statement::assess::{Article, Assessment, Question, assess};
use sla_statement::i18n::Locale;
use sla_statement::import::{
    Code, Imported, Options, Reader, Refusal, RowMeaning, join, mapping_document, meaning, merge_sentence,
};
use sla_statement::record::{
    DateOrder, FileMapping, Mapping, MappingConflict, MergeError, Record, Role, SampleState, TableMapping,
    TargetMapping,
};
use sla_statement::sorted::Map;
use sla_statement::statement::Statement;
use sla_statement::statement::result::ResultDocument;
use sla_statement::time::{MINUTE_MS, Zone};

fn sample(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(path);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn try_read(bytes: &[u8], options: Options) -> Result<Imported, Refusal> {
    let mut reader = Reader::new("hidden", options);
    reader.push(bytes)?;
    reader.finish()
}

fn read(bytes: &[u8], options: Options) -> Imported {
    try_read(bytes, options).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

fn text(csv: &str) -> Result<Imported, Refusal> {
    try_read(csv.as_bytes(), Options::default())
}

/// The mapping that all samples share.
fn mapping() -> Imported {
    read(&sample("sla-mapping/all.json"), Options::default())
}

fn mapped(path: &str) -> Imported {
    read(&sample(path), Options::default().with(&mapping().record.mapping))
}

fn document(text: &str) -> Imported {
    read(text.as_bytes(), Options::default())
}

fn joined(files: &[&Imported]) -> Record {
    join(files.iter().map(|file| file.record.clone())).expect("one case").record
}

fn march(record: &Record) -> Assessment {
    assess(record, Question { month: month("2026-03"), as_of: at("2026-05-01 00:00") }).expect("a month")
}

/// Each target of article 1 that was down, with the minutes counted.
fn down(record: &Record) -> (Vec<String>, i64) {
    let network = guarantee(&march(record), Article::Network);
    let own = measured(&network);
    let targets = own.outages.iter().flat_map(|outage| outage.targets.clone()).collect();
    (targets, own.downtime.counted / MINUTE_MS)
}

fn refusal(path: &str) -> Vec<(Code, String)> {
    let refusal = try_read(&sample(path), Options::default()).expect_err(path);
    refusal.diagnostics.into_iter().map(|own| (own.code, own.expected)).collect()
}

/// Every one of these tells of 10 March: one target did not answer from 10:00 to 10:15.
#[test]
fn the_same_outage_comes_out_of_every_table() {
    for (path, needs_mapping) in [
        ("other-csv/told-by-cells.csv", false),
        ("other-csv/told-by-numbers.csv", false),
        ("other-csv/day-first.csv", true),
        ("other-csv/twelve-hours.csv", true),
        ("other-csv/day-apart.csv", true),
        ("other-csv/no-header.csv", true),
        ("other-csv/two-nodes.csv", true),
    ] {
        let alone = try_read(&sample(path), Options { zone: Some(Zone::default()), ..Options::default() });
        assert_eq!(alone.as_ref().is_err_and(Refusal::needs_mapping), needs_mapping, "{path}: {alone:?}");
        let file = mapped(path);
        let own = file.record.sources.get(&file.digest).expect("a source");
        assert_eq!((own.format.as_str(), own.rejected), ("samples-csv", 0), "{path}");
        let record = joined(&[&file, &mapping()]);
        assert_eq!(down(&record), (vec!["port-1".to_owned()], 15), "{path}");
    }
}

#[test]
fn what_was_told_by_cells_is_noted_and_printed() {
    let file = mapped("other-csv/told-by-cells.csv");
    let notes: Vec<(Code, &str, &str)> =
        file.notes.iter().map(|own| (own.code, own.found.as_str(), own.expected.as_str())).collect();
    let expected = [
        (Code::ColumnGuessed, "probed", "time"),
        (Code::ColumnGuessed, "answer", "status"),
        (Code::ColumnAside, "rtt", ""),
    ];
    assert_eq!(notes, expected);
    for locale in Locale::ALL {
        let printed = printed(&joined(&[&file]), locale);
        assert!(printed.contains("time = probed") && printed.contains("status = answer"), "{printed}");
    }
}

fn printed(record: &Record, locale: Locale) -> String {
    let assessment = march(record);
    let result = ResultDocument::new(record, &assessment);
    format!("{:?}", Statement::new(record, &assessment, result.digest(), locale))
}

#[test]
fn what_cannot_be_told_without_doubt_is_asked() {
    for (path, code, column) in [
        ("other-csv/two-nodes.csv", Code::ColumnsUnclear, "target"),
        ("other-csv/no-header.csv", Code::ColumnsUnclear, "target"),
        ("invalid/columns-two-times.csv", Code::ColumnsUnclear, "time"),
        ("invalid/columns-two-names.csv", Code::ColumnsUnclear, "target"),
        ("invalid/columns-only-ones.csv", Code::ColumnMissing, "status"),
        ("invalid/columns-two-targets.csv", Code::ColumnsUnclear, "target"),
        ("invalid/columns-one-target.csv", Code::ColumnsUnclear, "target"),
        ("other-csv/day-first.csv", Code::ColumnMissing, "status"),
    ] {
        let refused = refusal(path);
        assert!(refused.contains(&(code, column.to_owned())), "{path}: {refused:?}");
    }
}

#[test]
fn a_date_is_never_turned_round_by_itself() {
    for date in ["25/04/2026 10:00", "03/04/2026 10:00", "4/25/2026 10:00 PM", "25.04.2026 10:00:05"] {
        let refusal = text(&format!("time,status\n{date},up\n")).expect_err(date);
        assert_eq!(refusal.diagnostics[0].code, Code::DateOrderNeeded, "{date}");
        assert!(refusal.needs_mapping() && !refusal.needs_zone(), "{date}");
    }
    let order = |order: &str, date: &str| {
        let mapping = document(&format!(
            r#"{{ "schema": "sla-mapping/1", "files": [ {{ "columns": ["time", "status"], "time": "time",
                "status": "status", "date_order": "{order}", "time_zone": "UTC" }} ] }}"#
        ));
        let options = Options::default().with(&mapping.record.mapping);
        let file = try_read(format!("time,status\n{date},up\n").as_bytes(), options);
        file.map(|file| file.record.span().expect("a sample").start().to_string()).ok()
    };
    assert_eq!(order("dmy", "03/04/2026 10:00").as_deref(), Some("2026-04-03T10:00:00Z"));
    assert_eq!(order("mdy", "03/04/2026 10:00").as_deref(), Some("2026-03-04T10:00:00Z"));
    assert_eq!(order("mdy", "25/04/2026 10:00"), None, "there is no month 25");
    assert_eq!(order("mdy", "2026-04-03 10:00").as_deref(), Some("2026-04-03T10:00:00Z"));
}

#[test]
fn words_of_the_mapping_go_before_those_of_every_file() {
    let mapping = document(
        r#"{ "schema": "sla-mapping/1", "files": [ { "columns": ["time", "status"], "time": "time",
            "status": "status", "words": { "1": "down", "Gelb": "unknown" } } ] }"#,
    );
    let rows = b"Time,Status\n1772294700,1\n1772295000,GELB\n1772295300,up\n1772295600,purple\n";
    let file = read(rows, Options::default().with(&mapping.record.mapping));
    let states: Vec<SampleState> =
        file.record.series.values().flat_map(|own| own.samples()).map(|own| own.state).collect();
    assert_eq!(states, [SampleState::Down, SampleState::Unknown, SampleState::Up]);
    assert_eq!(file.rejected.iter().map(|own| own.code).collect::<Vec<_>>(), [Code::StatusUnknown]);
}

/// Cut anywhere, a table whose columns are told by its cells is read the same.
#[test]
fn where_a_table_is_cut_makes_no_difference() {
    for path in [
        "other-csv/told-by-cells.csv",
        "other-csv/day-first.csv",
        "other-csv/two-nodes.csv",
        "invalid/columns-only-ones.csv",
    ] {
        let bytes = sample(path);
        for options in [Options::default(), Options::default().with(&mapping().record.mapping)] {
            let whole = try_read(&bytes, options.clone());
            let ends = (1..bytes.len().min(400)).map(|at| vec![at]).chain([(1..bytes.len()).step_by(7).collect()]);
            for cuts in ends {
                let mut reader = Reader::new("hidden", options.clone());
                let mut from = 0;
                let mut pushed = Ok(());
                for at in cuts.iter().copied().chain([bytes.len()]) {
                    pushed = pushed.and_then(|()| reader.push(&bytes[from..at]));
                    from = at;
                }
                let pieces = pushed.and_then(|()| reader.finish());
                match (&whole, &pieces) {
                    (Ok(whole), Ok(pieces)) => assert_eq!(whole, pieces, "{path}"),
                    (Err(whole), Err(pieces)) => assert_eq!(whole.diagnostics, pieces.diagnostics, "{path}"),
                    _ => panic!("{path} {cuts:?}"),
                }
            }
        }
    }
}

#[test]
fn a_mapping_is_a_source_and_enters_the_digest() {
    let file = mapped("other-csv/two-nodes.csv");
    let record = joined(&[&file, &mapping()]);
    let result = ResultDocument::new(&record, &march(&record)).text();
    let result: serde_json::Value = serde_json::from_str(&result).unwrap();
    let formats: Vec<&str> =
        result["sources"].as_array().unwrap().iter().map(|own| own["format"].as_str().unwrap()).collect();
    assert!(formats.contains(&"sla-mapping/1"), "{formats:?}");
    let warning = serde_json::json!({ "code": "TARGET_IGNORED", "target": "b", "count": 288 });
    assert!(result["warnings"].as_array().unwrap().contains(&warning), "{}", result["warnings"]);
    for locale in Locale::ALL {
        let printed = printed(&record, locale);
        for told in ["time = when", "target = node", "edge router"] {
            assert!(printed.contains(told), "{told} in {}", locale.tag());
        }
    }
}

#[test]
fn the_order_of_files_makes_no_difference() {
    let files = [mapped("other-csv/two-nodes.csv"), mapping(), mapped("other-csv/twelve-hours.csv")];
    let [a, b, c] = [&files[0], &files[1], &files[2]];
    let expected = joined(&[a, b, c]);
    for order in [[a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
        assert_eq!(joined(&order), expected);
    }
}

#[test]
fn a_file_read_without_its_mapping_is_no_case() {
    let bytes = sample("other-csv/told-by-cells.csv");
    let early = read(&bytes, Options::default());
    let late = document(
        r#"{ "schema": "sla-mapping/1", "files": [ { "columns": ["probed", "answer", "rtt"], "time": "probed",
            "status": "answer", "words": { "ok": "down" } } ] }"#,
    );
    let error = join([early.record, late.record.clone()]).expect_err("two readings");
    assert_eq!(error, MergeError::Mapping(MappingConflict::Unread("hidden".into())));
    let again = read(&bytes, Options::default().with(&late.record.mapping));
    assert!(join([again.record, late.record]).is_ok());
}

#[test]
fn two_names_of_one_time_are_two_vantages_and_one_after_the_other_is_one_series() {
    let file = |name: &str, from: i64| {
        let rows: String = (0..12).map(|i| format!("{},{name},up\n", 1_772_294_400 + from + i * 300)).collect();
        read(format!("time,target,status\n{rows}").as_bytes(), Options::default())
    };
    let mapping = document(r#"{ "schema": "sla-mapping/1", "targets": [ { "id": "site #4", "is": "port-1" } ] }"#);
    let vantages = |record: &Record| -> Vec<(String, String, u64)> {
        let key = record.series.iter();
        key.map(|(key, own)| (key.target.clone(), key.vantage.clone(), own.len())).collect()
    };
    let together = joined(&[&file("port-1", 0), &file("site #4", 60), &mapping]);
    let expected = [("port-1".into(), String::new(), 12), ("port-1".into(), "site #4".into(), 12)];
    assert_eq!(vantages(&together), expected);
    let after = joined(&[&file("port-1", 0), &file("site #4", 7_200), &mapping]);
    assert_eq!(vantages(&after), [("port-1".into(), String::new(), 24)]);
}

#[test]
fn what_the_contract_declares_outweighs_a_mapping_that_agrees_and_refuses_one_that_does_not() {
    let contract = document(
        r#"{ "schema": "sla-export/1", "targets": [ { "id": "port-1", "guarantee": "network", "label": "A" } ] }"#,
    );
    let say = |targets: &str| document(&format!(r#"{{ "schema": "sla-mapping/1", "targets": [ {targets} ] }}"#));
    let join = |mapping: &Imported| join([contract.record.clone(), mapping.record.clone()]).map(|case| case.record);
    let agreed = join(&say(r#"{ "id": "gw", "is": "port-1", "guarantee": "network" }"#)).expect("agreed");
    assert_eq!(agreed.targets.get("port-1").map(|own| own.label.as_str()), Some("A"));
    for (targets, told) in [
        (r#"{ "id": "port-1", "guarantee": "power", "source": "ups" }"#, ["port-1", "network", "ups"]),
        (
            r#"{ "id": "gw", "is": "port-1", "guarantee": "application", "application": "www" }"#,
            ["port-1", "network", "www"],
        ),
        (r#"{ "id": "port-1", "is": "port-9" }"#, ["port-1", "network", "port-9"]),
        (r#"{ "id": "port-1", "ignored": true }"#, ["port-1", "network", "ignored"]),
        (r#"{ "id": "a", "is": "b" }, { "id": "b", "is": "c" }"#, ["a", "b", "a"]),
    ] {
        let error = join(&say(targets)).expect_err(targets);
        for locale in Locale::ALL {
            let sentence = merge_sentence(&error, locale);
            assert!(told.iter().all(|part| sentence.contains(part)), "{sentence}");
        }
    }
    let rack = read(b"time,target,status,check\n1772294700,site,up,www\n", Options::default());
    let checked = |role: &str| {
        let mapping = say(&format!(r#"{{ "id": "site", "guarantee": {role} }}"#));
        sla_statement::import::join([rack.record.clone(), mapping.record]).map(|_| ())
    };
    assert_eq!(checked(r#""application", "application": "www""#), Ok(()));
    assert!(checked(r#""network""#).is_err(), "its check says that it is no port");
    let (one, other) = (say(r#"{ "id": "x", "ignored": true }"#), say(r#"{ "id": "x", "guarantee": "network" }"#));
    let error = sla_statement::import::join([one.record, other.record]).expect_err("both");
    assert_eq!(error, MergeError::Mapping(MappingConflict::Target("x".into())));
}

#[test]
fn a_mapping_in_an_archive_concerns_the_files_in_it() {
    let archive = read(&sample("zip/mapped.zip"), Options::default());
    let record = joined(&[&archive]);
    assert_eq!(down(&record), (vec!["port-1".to_owned()], 15));
}

#[test]
fn rows_show_what_they_would_mean() {
    let refusal = try_read(&sample("other-csv/day-first.csv"), Options::default()).expect_err("asked");
    let excerpt = refusal.excerpt.expect("a table");
    assert_eq!(excerpt.names, ["Zeitpunkt", "Gerät", "Zustand"]);
    assert_eq!(excerpt.guess.time, Some(0));
    let table = TableMapping {
        time: 0,
        status: 2,
        target: Some(1),
        words: Map::from([("erreichbar".to_owned(), SampleState::Up)]),
        date_order: Some(DateOrder::DayFirst),
        ..TableMapping::default()
    };
    let first = |table: &TableMapping, zone| meaning(&excerpt, table, zone).into_iter().next().expect("a row");
    let RowMeaning::Sample(sample, target) = first(&table, Some(Zone::default())) else { panic!("a sample") };
    assert_eq!((sample.at, target.as_str()), (at("2026-03-10 00:00"), "port-1"));
    assert!(matches!(first(&table, None), RowMeaning::Fault(Code::ZoneNeeded, _)));
    let no_order = TableMapping { date_order: None, ..table.clone() };
    assert!(matches!(first(&no_order, Some(Zone::default())), RowMeaning::Fault(Code::DateOrderNeeded, _)));
    let no_words = TableMapping { words: Map::new(), ..table };
    let unknown = RowMeaning::Fault(Code::StatusUnknown, "ERREICHBAR".into());
    assert_eq!(first(&no_words, Some(Zone::default())), unknown);
}

#[test]
fn what_could_be_a_password_is_not_in_an_excerpt() {
    let refusal = text("when,admin password,word\n1772294700,hunter2,good\n").expect_err("asked");
    let told = format!("{refusal:?}");
    assert!(refusal.excerpt.is_some() && !told.contains("hunter2"), "{told}");
}

fn any_mapping() -> impl Strategy<Value = Mapping> {
    let names = || proptest::collection::vec("[a-z\"\\\\é·]{0,4}", 2..6);
    let zone = || proptest::option::of(proptest::sample::select(vec!["Asia/Shanghai", "UTC", "America/New_York"]));
    let words = proptest::collection::vec(("[a-z\"é ]{1,5}", 0..3_usize), 0..3);
    let order = proptest::option::of(proptest::sample::select(DateOrder::ALL.to_vec()));
    let table = (proptest::option::of((0..2_usize, words, order)), zone(), names());
    let file = table.prop_map(|(table, zone, mut columns)| {
        columns.push("b".to_owned());
        let states = [SampleState::Up, SampleState::Down, SampleState::Unknown];
        let table = table.map(|(time, words, date_order)| TableMapping {
            time,
            status: 1 - time,
            target: (columns.len() > 3).then_some(2),
            words: words.into_iter().map(|(word, state)| (word.trim().to_owned(), states[state])).collect(),
            date_order,
            target_name: (columns.len() <= 3).then(|| "port-7".to_owned()),
            ..TableMapping::default()
        });
        let zone: Option<Zone> = zone.and_then(|name| name.parse().ok());
        let zone = if table.is_none() { zone.or(Some(Zone::default())) } else { zone };
        (columns, FileMapping { zone, table })
    });
    let role = proptest::option::of(proptest::sample::select(vec![
        Role::Network,
        Role::Power(sla_statement::record::PowerSource::Ups),
        Role::Application(sla_statement::record::Application::Email),
    ]));
    let target =
        ("[a-z#]{1,3}", proptest::option::of("[A-Z]{1,3}"), role).prop_map(|(id, is, role)| match (&is, role) {
            (None, None) => (id, TargetMapping::Ignored),
            _ => (id, TargetMapping::Counts { is, role }),
        });
    let files = proptest::collection::vec(file, 0..4);
    (files, proptest::collection::vec(target, 0..4)).prop_map(|(files, targets)| Mapping {
        files: files.into_iter().collect(),
        targets: targets.into_iter().collect(),
    })
}

proptest! {
    /// What is saved is read back, and saved again gives the same bytes.
    #[test]
    fn a_saved_mapping_is_read_back(mapping in any_mapping()) {
        let bytes = mapping_document(&mapping);
        let back = try_read(&bytes, Options::default());
        let back = back.map_err(|refusal| TestCaseError::fail(format!("{refusal:?}\n{}", String::from_utf8_lossy(&bytes))))?;
        prop_assert_eq!(&back.record.mapping, &mapping);
        prop_assert_eq!(mapping_document(&back.record.mapping), bytes);
    }
}
