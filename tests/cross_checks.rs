//! Sums that other systems report: beside the figures, never among them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod case;

use std::path::Path;

use case::{Case, at, guarantee, measured, month};
use serde_json::Value;
use sla_statement::assess::{Article, Assessment, CrossCheck, CrossCheckOutcome, Flag, Question, Verdict, assess};
use sla_statement::i18n::Locale;
use sla_statement::import::{Code, Imported, Options, Reader, inspection, join};
use sla_statement::record::{Evidence, Record};
use sla_statement::statement::Statement;
use sla_statement::statement::result::ResultDocument;

fn read(bytes: &[u8]) -> Imported {
    let mut reader = Reader::new("hidden", Options::default());
    reader.push(bytes).and_then(|()| reader.finish()).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

fn imported(path: &str) -> Imported {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(path);
    read(&std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

fn march_as_of(record: &Record, as_of: &str) -> Assessment {
    assess(record, Question { month: month("2026-03"), as_of: at(as_of) }).expect("a month")
}

fn march(record: &Record) -> Assessment {
    march_as_of(record, "2026-05-01 00:00")
}

/// The pings of a target in March, with a run of failures.
fn beside(reported: &Record, target: &str, failures: u32) -> Record {
    let case = Case::new().pings(target, "2026-03", &[("2026-03-10 10:00", failures)]);
    join([reported.clone(), case.record]).expect("one case").record
}

fn check<'a>(assessment: &'a Assessment, target: &str) -> &'a CrossCheck {
    assessment.cross_checks.iter().find(|own| own.reported.target == target).expect("a sum of the target")
}

/// Target, availability, seconds of downtime, whether time is left out.
type Told = (&'static str, Option<&'static str>, Option<i64>, bool);

#[test]
fn sums_are_read_exactly_from_every_system() {
    let expected: [(&str, &str, &[Told]); 8] = [
        ("zabbix/getsli.json", "zabbix-sla", &[("18", Some("100"), Some(0), true)]),
        (
            "zabbix/getsli-march.json",
            "zabbix-sla",
            &[
                ("18", Some("99.96639784946237"), Some(900), false),
                ("19", None, None, true),
                ("20", Some("100"), Some(0), true),
            ],
        ),
        ("better-stack/sla.json", "better-stack-sla", &[("258338", Some("99.98"), Some(600), false)]),
        (
            "upptime/summary.json",
            "upptime-summary",
            &[
                ("port-1", Some("99.92"), None, true),
                ("port-1", None, Some(180), true),
                ("port-1", None, Some(1_140), true),
            ],
        ),
        ("checkmk/availability.csv", "checkmk-availability", &[("port-1/PING", Some("99.85"), None, false)]),
        ("checkmk/hosts.csv", "checkmk-availability", &[("port-1", Some("99.966"), None, false)]),
        (
            "nagios-avail/hosts.csv",
            "nagios-avail",
            &[("port-1", Some("99.966"), Some(900), false), ("port-2", Some("98.352"), Some(0), true)],
        ),
        ("nagios-avail/services.csv", "nagios-avail", &[("port-1/PING", Some("99.966"), Some(900), false)]),
    ];
    for (path, format, sums) in expected {
        let file = imported(path);
        let source = file.record.sources.get(&file.digest).expect("its own source");
        assert_eq!((source.format.as_str(), source.evidence), (format, Evidence::Aggregate), "{path}");
        let notes: Vec<Code> = file.notes.iter().map(|own| own.code).collect();
        assert_eq!(notes, [Code::AggregateOnly], "{path}: what to export instead");
        let told: Vec<_> = file
            .record
            .reported
            .iter()
            .map(|own| {
                let seconds = own.downtime_ms.map(|ms| ms / 1_000);
                (own.target.as_str(), own.availability.map(|share| share.to_string()), seconds, own.partial)
            })
            .collect();
        let sums: Vec<_> =
            sums.iter().map(|(target, share, down, part)| (*target, share.map(str::to_owned), *down, *part)).collect();
        assert_eq!(told, sums, "{path}");
        assert_eq!(file.record.monitored(), None, "{path}: no monitoring data");
        assert!(file.record.series.is_empty() && file.record.outages.is_none(), "{path}");
        let told = inspection(std::slice::from_ref(&file));
        assert_eq!(told["files"][0]["sections"]["reported"], u64::try_from(sums.len()).unwrap(), "{path}");
        assert_eq!(told["files"][0]["evidence"], "aggregate");
    }
}

/// Some versions of Zabbix end a period with its last second, others with the first that is no more of it.
#[test]
fn t20_a_period_ends_where_the_next_one_begins() {
    let spans = ["zabbix/getsli-march.json", "zabbix/getsli-march-inclusive.json"].map(|path| {
        let file = imported(path);
        file.record.reported.first().expect("a sum").span.expect("a period")
    });
    assert_eq!(spans, [case::span("2026-03-01 00:00", "2026-04-01 00:00"); 2]);
}

#[test]
fn a_sum_moves_no_figure_and_contradicts_what_it_does_not_meet() {
    let reported = imported("zabbix/getsli-march.json").record;
    // 900 seconds were reported: two failures leave 5 to 15 minutes, three 10 to 20, six 25 to 35.
    for (failures, outcome, by) in [
        (2, CrossCheckOutcome::Meets, 0),
        (3, CrossCheckOutcome::Meets, 0),
        (4, CrossCheckOutcome::Meets, 0),
        (6, CrossCheckOutcome::DoesNotMeet, 599_000),
        (1, CrossCheckOutcome::DoesNotMeet, 899_000),
    ] {
        let alone = Case::new().pings("18", "2026-03", &[("2026-03-10 10:00", failures)]);
        let (own, with) = (march(&alone.record), march(&beside(&reported, "18", failures)));
        let check = check(&with, "18");
        assert_eq!((check.outcome, check.by_ms), (outcome, by), "{failures}");
        let [alone, with] = [own, with].map(|own| guarantee(&own, Article::Network));
        assert_eq!(measured(&alone), measured(&with), "{failures}");
        assert_eq!((alone.verdict, &alone.reasons), (with.verdict, &with.reasons), "{failures}");
        assert_eq!(with.flags.contains(&Flag::ProbeMismatch), outcome == CrossCheckOutcome::DoesNotMeet, "{failures}");
    }
}

#[test]
fn what_cannot_be_compared_says_why_and_accuses_nobody() {
    let zabbix = imported("zabbix/getsli-march.json").record;
    let outcome = |record: &Record, target: &str| {
        let own = march(record);
        assert!(!guarantee(&own, Article::Network).flags.contains(&Flag::ProbeMismatch), "{target}");
        check(&own, target).outcome
    };
    assert_eq!(outcome(&beside(&zabbix, "port-1", 3), "18"), CrossCheckOutcome::TargetUnknown);
    assert_eq!(outcome(&beside(&zabbix, "19", 3), "19"), CrossCheckOutcome::NoFigure);
    assert_eq!(outcome(&beside(&zabbix, "20", 3), "20"), CrossCheckOutcome::Partial);
    let earlier = imported("zabbix/getsli.json").record;
    assert_eq!(outcome(&beside(&earlier, "18", 3), "18"), CrossCheckOutcome::OtherTime);
    let declared = join([zabbix.clone(), Case::new().network("18").record]).expect("one case").record;
    assert_eq!(outcome(&declared, "18"), CrossCheckOutcome::NotWatched);
    let running = march_as_of(&beside(&zabbix, "18", 6), "2026-03-20 00:00");
    assert_eq!(check(&running, "18").outcome, CrossCheckOutcome::PeriodNotOver);
    let checkmk = imported("checkmk/hosts.csv").record;
    assert_eq!(outcome(&beside(&checkmk, "port-1", 6), "port-1"), CrossCheckOutcome::TimeUnknown);
}

/// Nobody is told that all was well, nor that it was not.
#[test]
fn a_case_with_nothing_but_sums_is_not_recorded() {
    for path in ["zabbix/getsli-march.json", "checkmk/hosts.csv", "nagios-avail/hosts.csv", "upptime/summary.json"] {
        let record = join([imported(path).record]).expect("one case").record;
        let assessment = march(&record);
        assert_eq!(guarantee(&assessment, Article::Network).verdict, Verdict::NotRecorded, "{path}");
        let result: Value = serde_json::from_str(&ResultDocument::new(&record, &assessment).text()).unwrap();
        assert_eq!(result["warnings"][0]["code"], "ONLY_CROSS_CHECKS", "{path}");
        assert_eq!(result["warnings"][0]["count"], record.reported.len(), "{path}");
        assert_eq!(result["reported"].as_array().map(Vec::len), Some(record.reported.len()), "{path}");
        assert_eq!(result["reported"][0]["outcome"], "target_unknown");
    }
    let record = beside(&imported("checkmk/hosts.csv").record, "port-1", 3);
    let result = ResultDocument::new(&record, &march(&record)).text();
    assert!(!result.contains("ONLY_CROSS_CHECKS"));
    let without = Case::new().pings("port-1", "2026-03", &[]).record;
    assert!(!ResultDocument::new(&without, &march(&without)).text().contains("\"reported\""));
}

#[test]
fn the_order_of_files_makes_no_difference() {
    let paths = ["zabbix/getsli-march.json", "checkmk/hosts.csv", "upptime/summary.json", "samples-csv/rfc3339.csv"];
    let digest = |record: &Record| ResultDocument::new(record, &march(record)).digest().to_owned();
    let files = paths.map(|path| imported(path).record);
    let ahead = join(files.clone()).expect("one case").record;
    let behind = join(files.iter().cloned().rev().chain(files.iter().cloned())).expect("one case").record;
    assert_eq!(ahead.reported, behind.reported, "a file that is given twice is taken once");
    assert_eq!(digest(&ahead), digest(&behind));
}

#[test]
fn sums_are_told_in_words_in_every_language() {
    let record = beside(&imported("zabbix/getsli-march.json").record, "18", 6);
    let assessment = march(&record);
    for (locale, words) in [
        (
            Locale::En,
            [
                "99.96639784946237 % / 15:00",
                "25:00 / 30:00 / 35:00",
                "at least 9:59 outside",
                "no data of a target of this name",
            ],
        ),
        (
            Locale::ZhHant,
            ["99.96639784946237 % / 15:00", "25:00 / 30:00 / 35:00", "至少相差 9:59", "沒有同名對象的數據"],
        ),
        (
            Locale::ZhHans,
            ["99.96639784946237 % / 15:00", "25:00 / 30:00 / 35:00", "至少相差 9:59", "没有同名对象的数据"],
        ),
    ] {
        let text = Statement::new(&record, &assessment, "sha256:0", locale).text();
        for word in words {
            assert!(text.contains(word), "{word} in {}:\n{text}", locale.tag());
        }
    }
}
