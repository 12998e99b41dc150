//! What other systems export: what is read of it, what is put back, and what is not taken for known.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod case;

use std::path::Path;

use case::{at, guarantee, measured, month};
use proptest::prelude::*;
use sla_statement::assess::{Article, Assessment, Question, assess};
use sla_statement::contract::Channel;
use sla_statement::import::{Code, Diagnostic, Imported, Options, Place, Reader, join};
use sla_statement::record::{Application, Check, Evidence, Record, Role};
use sla_statement::time::MINUTE_MS;

/// Files with times without offset are read in Shanghai's.
fn options(name: &str) -> Options {
    let local = ["grafana/two-frames.csv", "uptimerobot/logs.csv", "plain-log/status.log"].contains(&name);
    Options { zone: local.then(sla_statement::time::Zone::default), ..Options::default() }
}

fn read(name: &str, bytes: &[u8]) -> Imported {
    let mut reader = Reader::new("hidden", options(name));
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

/// Every one of these files tells of 10 March: port 1 did not answer from 10:00 to 10:15.
#[test]
fn the_same_outage_comes_out_of_every_system() {
    for (path, format, evidence, downtime) in [
        ("prometheus/range.json", "prometheus", Evidence::Probes, [10, 15]),
        ("uptimerobot/monitors.json", "uptimerobot", Evidence::Rebuilt, [10, 15]),
        ("gatus/statuses.json", "gatus", Evidence::Probes, [10, 15]),
        ("zabbix/history.json", "zabbix-history", Evidence::Probes, [10, 15]),
        ("pingdom/summary-outage.json", "pingdom-outages", Evidence::Rebuilt, [10, 15]),
        ("pingdom/results.json", "pingdom-results", Evidence::Probes, [10, 15]),
        ("opennms/outages.json", "opennms-outages", Evidence::Listed, [15, 15]),
        ("better-stack/incidents.json", "better-stack-incidents", Evidence::Listed, [15, 15]),
        ("grafana/comma.csv", "grafana-csv", Evidence::Probes, [10, 15]),
        ("grafana/two-frames.csv", "grafana-csv", Evidence::Probes, [10, 15]),
        ("grafana/excel.csv", "grafana-csv", Evidence::Probes, [10, 15]),
        ("uptimerobot/logs.csv", "uptimerobot-csv", Evidence::Rebuilt, [10, 15]),
        ("plain-log/status.log", "samples-csv", Evidence::Probes, [10, 15]),
        ("other-csv/other-names.csv", "samples-csv", Evidence::Probes, [10, 15]),
        ("rrdtool/1.7.2/whole-rounds.json", "rrd-xport", Evidence::Probes, [10, 15]),
        ("rrdtool/1.7.2/latin-1.xml", "rrd-xport", Evidence::Probes, [10, 15]),
    ] {
        let file = imported(path);
        let own = source(&file);
        assert_eq!((own.format.as_str(), own.evidence), (format, evidence), "{path}");
        let (found, _) = network(&file.record);
        assert_eq!(found[..2], downtime, "{path}");
        let network = guarantee(&march(&file.record), Article::Network);
        assert_eq!(measured(&network).outages.len(), 1, "{path}");
        assert_eq!(measured(&network).outages[0].shown.start().whole_second(), at("2026-03-10 10:00"), "{path}");
    }
}

#[test]
fn rows_that_cannot_be_taken_are_named_with_their_place() {
    let told = |path: &str| -> Vec<String> {
        let file = imported(path);
        let place = |own: &sla_statement::import::Diagnostic| match &own.place {
            sla_statement::import::Place::Path { path, .. } => path.clone(),
            sla_statement::import::Place::Line { line, column: Some((_, name)) } => format!("{line} {name}"),
            other => format!("{other:?}"),
        };
        file.rejected.iter().map(|own| format!("{} {} {}", own.code.as_str(), place(own), own.found)).collect()
    };
    assert_eq!(told("prometheus/range.json"), ["STATUS_UNKNOWN data.result[1].values[11] 0.5"]);
    assert_eq!(told("uptimerobot/monitors.json"), ["NOT_ONE_OF monitors[0].logs[4] 7"]);
    assert_eq!(told("grafana/two-frames.csv"), ["STATUS_UNKNOWN 294 port-1 0.5"]);
    assert_eq!(told("uptimerobot/logs.csv"), ["STATUS_UNKNOWN 6 event Asleep"]);
    assert_eq!(told("zabbix/history.json"), ["TIME_MALFORMED result[289] soon"]);
    assert_eq!(told("pingdom/summary-outage.json"), ["END_NOT_AFTER_START summary.states[3] 2026-03-10T17:00:00Z"]);
    assert_eq!(told("opennms/outages.json"), ["END_NOT_AFTER_START outage[1] 2026-03-10T14:13:20Z"]);
}

#[test]
fn what_is_no_evidence_is_refused_with_what_to_export_instead() {
    for (path, code, expected) in [
        ("prometheus/error.json", Code::SystemError, ""),
        ("prometheus/vector.json", Code::NotOneOf, "`matrix`"),
        ("uptime-kuma/backup.json", Code::NoMonitoringData, "`kuma.db`"),
    ] {
        let mut reader = Reader::new("hidden", Options::default());
        let refusal = reader.push(&sample(path)).and_then(|()| reader.finish()).expect_err(path);
        let found: Vec<(Code, &str)> =
            refusal.diagnostics.iter().map(|own| (own.code, own.expected.as_str())).collect();
        assert_eq!(found, [(code, expected)], "{path}");
    }
}

#[test]
fn web_checks_are_applications_and_not_ports() {
    let file = imported("prometheus/range.json");
    let checks: Vec<(&str, Check)> = file.record.series.keys().map(|key| (key.target.as_str(), key.check)).collect();
    assert_eq!(checks, [("https://www.example", Check::Guessed(Application::Www)), ("port-1", Check::Ping)]);
    let gatus = imported("gatus/statuses.json");
    assert_eq!(
        gatus.record.series.keys().map(|key| key.check).collect::<Vec<_>>(),
        [Check::Ping, Check::Guessed(Application::Www)]
    );
}

/// 31 days at one minute are more points than a query gives: the answers come in several files, which overlap.
#[test]
fn several_answers_of_one_series_are_one() {
    let files = ["prometheus/range.json", "prometheus/range-2.json"].map(|path| imported(path).record);
    let joined = join(files.clone()).expect("one case").record;
    let backwards = join(files.into_iter().rev()).expect("one case").record;
    assert_eq!(joined.series, backwards.series);
    let port = joined.series.iter().find(|(key, _)| key.target == "port-1").expect("port-1").1;
    assert_eq!((port.len(), port.repeated()), (289, 10));
    assert_eq!(network(&joined).0[1], 15);
}

/// Where a file is cut makes no difference, and no bytes make the reader panic.
#[test]
fn pieces_and_damage() {
    let logs =
        ["nagios-log/march.log", "uptimerobot/monitors.json", "pingdom/summary-outage.json", "gatus/statuses.json"];
    for path in logs {
        let bytes = sample(path);
        let whole = read(path, &bytes);
        for size in [1, 7, 4096] {
            let mut reader = Reader::new("hidden", options(path));
            bytes.chunks(size).for_each(|piece| reader.push(piece).expect(path));
            let pieces = reader.finish().expect(path);
            assert_eq!(
                (&pieces.record.series, &pieces.rejected),
                (&whole.record.series, &whole.rejected),
                "{path} {size}"
            );
        }
        for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            damaged.truncate(bytes.len() - at / 3);
            let mut reader = Reader::new("hidden", Options::default());
            let _ = reader.push(&damaged).and_then(|()| reader.finish());
        }
    }
}

#[test]
fn columns_that_another_system_calls_otherwise_are_taken_and_named() {
    let file = imported("other-csv/other-names.csv");
    let notes: Vec<String> =
        file.notes.iter().map(|own| format!("{} {} {}", own.code.as_str(), own.found, own.expected)).collect();
    let expected = [
        "COLUMN_TAKEN timestamp time",
        "COLUMN_TAKEN host target",
        "COLUMN_TAKEN state status",
        "COLUMN_TAKEN response time latency_ms",
        "COLUMN_ASIDE comment ",
    ];
    assert_eq!(notes, expected);
}

#[test]
fn local_times_need_a_zone_in_every_format() {
    for path in ["grafana/two-frames.csv", "uptimerobot/logs.csv", "plain-log/status.log"] {
        let mut reader = Reader::new("hidden", Options::default());
        let refusal = reader.push(&sample(path)).and_then(|()| reader.finish()).expect_err(path);
        assert!(refusal.needs_zone(), "{path}");
    }
}

/// A zip is the files inside: the same digests, the same record, whatever the folders are called.
#[test]
fn a_zip_says_what_its_files_say() {
    let zip = imported("zip/month.zip");
    let names: Vec<&str> = zip.record.sources.values().map(|source| source.name.as_str()).collect();
    assert_eq!(names.len(), 3, "folders and litter are no files: {names:?}");
    let apart = ["sla-export/1/contract-beside-csv.json", "samples-csv/one-bad-row.csv", "zabbix/history.json"];
    let apart = join(apart.map(|path| imported(path).record)).expect("one case").record;
    let joined = join([zip.record.clone()]).expect("one case").record;
    assert_eq!((&joined.series, &joined.contract), (&apart.series, &apart.contract));
    assert!(joined.sources.keys().eq(apart.sources.keys()));
    let rejected: Vec<String> = zip.rejected.iter().map(|own| format!("{} {}", own.file, own.code.as_str())).collect();
    assert_eq!(rejected, ["hidden/march/pings.csv STATUS_UNKNOWN", "hidden/march/history.json TIME_MALFORMED"]);
    let both = join([zip.record, imported("samples-csv/one-bad-row.csv").record]).expect("one case").record;
    assert_eq!(both.series, joined.series, "a file that is in the zip and beside it is taken once");
    let halves = imported("zip/stored.zip");
    assert_eq!(halves.record.series, imported("samples-csv/rfc3339.csv").record.series);
}

/// What a target counts as is guessed from its name or address only where nobody declared it.
#[test]
fn a_declared_target_outweighs_what_its_name_tells() {
    let web = imported("prometheus/range.json").record;
    let key = web.series.keys().find(|key| key.target.starts_with("https")).expect("a web target").clone();
    assert_eq!(web.role(&key), Role::Application(Application::Www));
    let declared =
        br#"{ "schema": "sla-export/1", "targets": [ { "id": "https://www.example", "guarantee": "network" } ] }"#;
    let declared = read("declared", declared).record;
    let joined = join([web, declared]).expect("one case").record;
    assert_eq!(joined.role(&key), Role::Network);
}

/// Downtime of one target in March, as [`network`] tells it of all.
fn downtime_of(file: &Imported, target: &str) -> [i64; 3] {
    let mut record = file.record.clone();
    record.series.retain(|key, _| key.target == target);
    network(&record).0
}

#[test]
fn icinga_tells_the_same_in_each_form_of_export() {
    let [json, csv, table] =
        ["history.json", "history.csv", "state-history.csv"].map(|own| imported(&format!("icinga/{own}")));
    assert_eq!(json.record.series, csv.record.series);
    assert_eq!(json.record.series, table.record.series);
    let own = source(&json);
    assert_eq!((own.format.as_str(), own.evidence, own.rejected), ("icinga-history", Evidence::Rebuilt, 0));
    assert_eq!(own.columns_aside, ["port-1;disk /"]);
    // Port 1: from the first failure at 10:00, not from its confirmation at 10:02. Port 2: from 14:04.
    assert_eq!(downtime_of(&json, "port-1")[..2], [10, 15]);
    assert_eq!(downtime_of(&json, "port-2")[..2], [2, 6]);
    let events = ["eventhistory.json", "eventhistory.csv"].map(|own| imported(&format!("icinga/{own}")));
    assert_eq!(events[0].record.series, events[1].record.series);
    assert_eq!(downtime_of(&events[0], "port-1")[..2], [10, 15]);
    assert_eq!(downtime_of(&events[0], "port-2")[..2], [2, 6]);
}

/// The state before the first entry is what that entry says, from the first entry of the file on; the monitoring module
/// does not say it.
#[test]
fn what_icinga_knew_before_the_first_change_is_told_by_that_change() {
    let from = |file: &str| {
        let file = imported(&format!("icinga/{file}"));
        let first = file.record.series.iter().find(|(key, _)| key.target == "port-1").and_then(|(_, own)| own.first());
        first.expect("samples").whole_second()
    };
    assert_eq!(from("history.json"), at("2026-03-10 00:00"));
    assert_eq!(from("eventhistory.json"), at("2026-03-10 10:00"));
}

#[test]
fn downtimes_of_icinga_are_maintenance_nobody_consented_to_yet() {
    for file in ["history.json", "history.csv", "eventhistory.json", "eventhistory.csv", "sla-history-downtime.csv"] {
        let file = imported(&format!("icinga/{file}"));
        let own: Vec<_> = file.record.maintenance.iter().flatten().collect();
        assert_eq!(own.len(), 1, "its beginning and its end are one: {own:?}");
        // Cancelled after twenty minutes of an hour.
        assert_eq!((own[0].span.start(), minutes(own[0].span.ms())), (at("2026-03-10 14:00"), 20));
        assert!(own[0].consent.is_none() && own[0].targets.contains("port-2"));
    }
}

#[test]
fn confirmed_states_alone_begin_outages_late_and_that_is_said() {
    let file = imported("icinga/sla-history-state.tsv");
    assert_eq!(downtime_of(&file, "port-1")[..2], [7, 12], "from 10:02:00.009 on");
    let noted = |file: &Imported, code| -> Vec<String> {
        file.notes.iter().filter(|own| own.code == code).map(|own| own.found.clone()).collect()
    };
    assert_eq!(noted(&file, Code::HardStatesOnly), ["port-1", "port-1/HTTP", "port-2"]);
    assert!(noted(&imported("icinga/state-history.csv"), Code::HardStatesOnly).is_empty());
    assert!(noted(&imported("icinga/history.json"), Code::HistoryContradicts).is_empty());
}

/// Before 10:15 port 1 was down, says the change; since midnight it was up, says the one before: nothing is known in between.
#[test]
fn where_icingas_history_contradicts_itself_nothing_is_known() {
    let file = imported("icinga/contradictions.csv");
    let told: Vec<_> = file.notes.iter().filter(|own| own.code == Code::HistoryContradicts).collect();
    let places: Vec<_> = told.iter().map(|own| (own.found.as_str(), own.expected.as_str())).collect();
    let expected = [
        ("port-1", "2026-03-09T16:00:00Z – 2026-03-10T02:15:00Z"),
        ("port-2", "2026-03-10T04:00:00Z – 2026-03-10T04:30:00Z"),
    ];
    assert_eq!(places, expected);
    let (_, gaps) = network(&file.record);
    assert!(gaps.contains(&("port-1".into(), 9 * 24 * 60 + 615)), "{gaps:?}");
    // Of port 2 it is known that it was down from 12:30 to 13:00, and of the half hour before only that it was at 12:00.
    assert_eq!(downtime_of(&file, "port-2")[..2], [25, 30]);
}

/// The rounds began two minutes and seventeen seconds after each full five minutes: the rows in which an outage began and
/// ended are mixtures, of which nothing can be said, and not rows of some loss.
#[test]
fn averages_of_up_and_down_are_unknown_and_never_rounded() {
    let file = imported("rrdtool/1.7.2/with-times.json");
    let noted =
        |code| file.notes.iter().filter(|own| own.code == code).map(|own| own.expected.clone()).collect::<Vec<_>>();
    assert_eq!((noted(Code::RowsMixed), noted(Code::RowsLossy)), (vec!["2".to_owned()], vec!["2".to_owned()]));
    let [lower, _, upper] = network(&file.record).0;
    assert!(lower <= 10 && upper >= 15 + 60, "the rounds themselves failed for 15 minutes: {lower} to {upper}");
    for other in ["port-1.xml", "numbered-columns.xml"] {
        assert_eq!(imported(&format!("rrdtool/1.7.2/{other}")).record.series, file.record.series, "{other}");
    }
}

/// The last row is of the time `end`, and there are as many as steps from `start`, which is the time of the first one.
#[test]
fn rows_are_of_the_time_at_which_their_step_ends() {
    let file = imported("rrdtool/1.7.2/whole-rounds.json");
    let series = file.record.series.values().next().expect("a series");
    assert_eq!(
        (series.len(), series.first(), series.last()),
        (288, Some(at("2026-03-10 00:05")), Some(at("2026-03-11 00:00")))
    );
    let down: Vec<_> = series
        .samples()
        .filter(|own| own.state == sla_statement::record::SampleState::Down)
        .map(|own| own.at)
        .collect();
    assert_eq!(down, ["2026-03-10 10:00", "2026-03-10 10:05", "2026-03-10 10:10"].map(at));
}

#[test]
fn smokeping_tells_loss_from_outage() {
    let [xml, json] = ["ports.xml", "ports.json"].map(|own| imported(&format!("smokeping/2.7.3/{own}")));
    let samples = |file: &Imported| -> Vec<(String, Vec<_>)> {
        file.record.series.iter().map(|(key, own)| (key.target.clone(), own.samples().collect())).collect()
    };
    assert_eq!(samples(&xml), samples(&json), "round-trip times, which only one of them holds, change no sample");
    assert!(source(&xml).columns_aside.is_empty());
    assert_eq!(downtime_of(&xml, "port-2")[..2], [0, 0], "three of twenty pings were lost");
    let [lower, counted, upper] = downtime_of(&xml, "port-1");
    assert!(lower > 0 && lower <= 15 && counted <= 15 && upper >= 15, "{lower} {counted} {upper}");
}

/// A key that Prometheus never writes.
const MORE: &str = "\"\":0,";

/// A time and a value as Prometheus writes them, or not quite.
fn pair() -> impl Strategy<Value = String> {
    let time = prop_oneof![
        8 => (1_772_294_400_i64..1_772_300_000).prop_map(|time| time.to_string()),
        4 => (1_772_294_400_i64..1_772_300_000, 0..1_000).prop_map(|(time, ms)| format!("{time}.{ms:03}")),
        1 => prop::sample::select(vec!["1e9", "0", "-1", "0772294400", "9999999999", "1772294400.", "1772294400000", "\"1772294400\"", "null", "99999999999999999999"])
            .prop_map(str::to_owned),
    ];
    let value = prop::sample::select(vec![
        "\"1\"",
        "\"1\"",
        "\"1\"",
        "\"0\"",
        "\"0\"",
        "\"NaN\"",
        "\"1\" ",
        "\"0.5\"",
        "1",
        "\"\\u0031\"",
        "\" 1\"",
    ]);
    let pair = (time, value).prop_map(|(time, value)| format!("[{time},{value}]"));
    prop_oneof![30 => pair, 1 => prop::sample::select(vec!["[]", "[1772294400]", " [ 1772294401 ,\n\"1\"]", "{}"])
        .prop_map(str::to_owned)]
}

fn answer() -> impl Strategy<Value = String> {
    let labels = prop::sample::select(vec![
        r#"{"instance":"a"}"#,
        r#"{"instance":"b","module":"http_2xx"}"#,
        r#"{"target":"c","vantage":"Tokyo"}"#,
        r#"{"instance":"a","job":"x"}"#,
        r#"{"instance":"a", "password":"hush"}"#,
        r#"{"instance":"a","instance":"b"}"#,
        r#"{"instance":"a}","job":{"x":1}}"#,
        r#"{"instance":"端口\\\\","job":"\\"values\\":[[1772294400,\\"1\\"],["}"#,
        r#"{"instance":"a","values":[[1772294400,"1"],[1772294460,"0"]]}"#,
        r#"{"instance":"[1772294400,"1"],[1772294460,"0"],"}"#,
        r#"{"instance":"a","values":[[1772294400,"1"],]}"#,
        "{\"instance\":\n\"b\"}",
        "{}",
        "null",
        "1",
    ]);
    let values = prop::collection::vec(pair(), 0..12).prop_map(|pairs| format!("[{}]", pairs.join(",")));
    let series = (
        labels,
        values,
        prop::sample::select(vec![
            "",
            "",
            "",
            ",\"histograms\":[]",
            ",\"values\":[[1772294400,\"1\"],[1772294460,\"0\"]]",
            ",",
        ]),
    )
        .prop_map(|(labels, values, more)| format!(r#"{{"metric":{labels},"values":{values}{more}}}"#));
    let end = prop::sample::select(vec!["]}}", "]}}", "]}}\n", "]},\"warnings\":[\"x\"]}", "]}} x", "]}"]);
    (prop::collection::vec(series, 0..4), end).prop_map(|(series, end)| {
        format!(r#""status":"success","data":{{"resultType":"matrix","result":[{}{end}"#, series.join(","))
    })
}

proptest! {
    /// With a key that Prometheus never writes, an answer is read value by value, when it is there as a whole.
    #[test]
    fn an_answer_of_prometheus_is_read_the_same_as_it_comes_and_value_by_value(answer in answer(), piece in 1_usize..300) {
        let read = |text: String| {
            let mut reader = Reader::new("file", Options::default());
            text.as_bytes().chunks(piece).try_for_each(|piece| reader.push(piece)).and_then(|()| reader.finish())
        };
        match (read(format!("{{{answer}")), read(format!("{{{MORE}{answer}"))) {
            (Ok(own), Ok(other)) => {
                prop_assert_eq!((&own.rejected, &own.notes), (&other.rejected, &other.notes));
                prop_assert_eq!(own.record.series.keys().collect::<Vec<_>>(), other.record.series.keys().collect::<Vec<_>>());
                prop_assert!(own.record.series.values().eq(other.record.series.values()));
                let counts = |file: &Imported| (source(file).accepted, source(file).rejected, source(file).secrets_dropped.clone());
                prop_assert_eq!(counts(&own), counts(&other));
                prop_assert_eq!(&source(&own).format, &source(&other).format);
            }
            (own, other) => {
                // Where the text breaks the rules in its first line, the other one does so some characters later.
                let told = |refusal: Result<Imported, sla_statement::import::Refusal>, later: u64| {
                    let moved = |mut own: Diagnostic| {
                        match &mut own.place {
                            Place::Character { line: 1, character: place } | Place::Byte(place) => *place += later,
                            _ => {}
                        }
                        own
                    };
                    refusal.err().map(|own| own.diagnostics.into_iter().map(moved).collect::<Vec<_>>())
                };
                prop_assert_eq!(told(own, MORE.len() as u64), told(other, 0));
            }
        }
    }
}
