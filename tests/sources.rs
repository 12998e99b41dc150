//! Several sources of one target: compared, never added.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod case;

use case::{Case, at, clock, guarantee, measured, month, span};
use proptest::prelude::*;
use serde_json::Value;
use sla_statement::assess::{Article, Assessment, Downtime, Fact, Flag, Guarantee, Question, Verdict, assess};
use sla_statement::i18n::Locale;
use sla_statement::import::{Options, Reader};
use sla_statement::record::{Digest, Evidence, OutageCoverage, OutageReport, Record, SampleState, Source};
use sla_statement::statement::Statement;
use sla_statement::statement::result::ResultDocument;
use sla_statement::time::Interval;

/// The case as a file of this system.
fn from(system: &str, evidence: Evidence, case: Case) -> Record {
    let digest = Digest::new([system.bytes().fold(0_u8, u8::wrapping_add); 32]);
    let Record { series, outages, outage_coverage, .. } = case.record;
    let mut record = Record {
        series: series
            .into_iter()
            .map(|(key, own)| (sla_statement::record::SeriesKey { system: system.into(), ..key }, own))
            .collect(),
        outages: outages.map(|own| {
            own.into_iter()
                .map(|mut event| {
                    event.origin.source = digest;
                    event.id = format!("{system}-{}", event.id);
                    event
                })
                .collect()
        }),
        outage_coverage,
        ..Record::default()
    };
    record.sources.insert(digest, Source { format: system.into(), evidence, ..Source::default() });
    record
}

fn together(records: impl IntoIterator<Item = Record>) -> Record {
    let contract = Case::new().rent("3000.00").record;
    records.into_iter().fold(contract, |whole, own| whole.merge(own).expect("one case"))
}

fn march(record: &Record) -> Assessment {
    assess(record, Question { month: month("2026-03"), as_of: at("2029-01-01 00:00") }).expect("a month")
}

fn network(record: &Record) -> Guarantee {
    guarantee(&march(record), Article::Network)
}

fn failing(failures: &[(&str, u32)]) -> Case {
    Case::new().pings("port-1", "2026-03", failures)
}

fn probes(failures: &[(&str, u32)]) -> Record {
    from("samples-csv", Evidence::Probes, failing(failures))
}

fn rebuilt(failures: &[(&str, u32)]) -> Record {
    from("nagios-log", Evidence::Rebuilt, failing(failures))
}

/// The system that decides about the first target, and those that are compared with it.
fn ranked(own: &Guarantee) -> Vec<String> {
    let compared = measured(own).compared.iter();
    assert!(compared.clone().enumerate().all(|(i, own)| own.decides == (i == 0)), "one decides");
    compared.map(|own| format!("{} {}", own.source.system, own.source.kind())).collect()
}

fn three(lower: &str, counted: &str, upper: &str) -> Downtime {
    Downtime { lower: clock(lower), counted: clock(counted), upper: clock(upper) }
}

#[test]
fn what_another_source_shows_is_told_and_counts_for_nothing() {
    let own = probes(&[("2026-03-10 02:00", 4)]);
    let alone = network(&own);
    let both = network(&together([own, rebuilt(&[("2026-03-10 02:00", 4), ("2026-03-12 02:00", 3)])]));
    assert_eq!(measured(&both).downtime, measured(&alone).downtime);
    assert_eq!(measured(&both).outages.len(), 1);
    assert_eq!(ranked(&both), ["samples-csv samples", "nagios-log samples"]);
    let [decides, other] = &measured(&both).compared[..] else { panic!("two sources") };
    assert_eq!((decides.downtime, decides.mismatch_ms), (three("15:00", "20:00", "25:00"), 0));
    assert_eq!((other.downtime, other.mismatch_ms), (three("25:00", "35:00", "45:00"), clock("10:00")));
    let found: Vec<_> = measured(&both).mismatches.iter().map(|own| (own.source.system.as_str(), own.span)).collect();
    assert_eq!(found, [("nagios-log", span("2026-03-12 02:00", "2026-03-12 02:10"))]);
    assert!(both.flags.contains(&Flag::ProbeMismatch));
    assert!(measured(&alone).compared.is_empty() && !alone.flags.contains(&Flag::ProbeMismatch));
}

#[test]
fn sources_whose_bounds_meet_do_not_contradict_each_other() {
    let both = network(&together([probes(&[("2026-03-10 02:00", 4)]), rebuilt(&[("2026-03-10 02:05", 3)])]));
    assert!(!both.flags.contains(&Flag::ProbeMismatch), "five minutes lie between two samples");
    let both = network(&together([probes(&[("2026-03-10 02:00", 4)]), rebuilt(&[("2026-03-10 02:10", 3)])]));
    assert_eq!(measured(&both).mismatches[0].span, span("2026-03-10 02:00", "2026-03-10 02:05"));
    let single = network(&together([probes(&[("2026-03-10 02:00", 2)]), rebuilt(&[("2026-03-10 02:00", 1)])]));
    assert!(!single.flags.contains(&Flag::ProbeMismatch), "a single failure is no proof that all was well");
}

#[test]
fn the_source_that_decides_is_told_by_what_it_knows_and_not_by_its_name() {
    let eight_hours = || {
        let gap = span("2026-03-01 08:00", "2026-03-31 23:59");
        failing(&[]).without_samples("port-1", gap)
    };
    let part = from("gatus", Evidence::Probes, eight_hours());
    let whole = rebuilt(&[("2026-03-10 02:00", 12)]);
    assert_eq!(ranked(&network(&together([part, whole.clone()]))), ["nagios-log samples", "gatus samples"]);
    // A gap of seven hours leaves 99 %, one of eight does not.
    for (until, first) in [("2026-03-10 09:00", "gatus samples"), ("2026-03-10 10:00", "nagios-log samples")] {
        let gap = failing(&[]).without_samples("port-1", span("2026-03-10 02:00", until));
        let own = from("gatus", Evidence::Probes, gap);
        assert_eq!(ranked(&network(&together([own, whole.clone()])))[0], first, "{until}");
    }
    let zabbix = from("zabbix-history", Evidence::Probes, failing(&[]));
    let csv = probes(&[]);
    assert_eq!(ranked(&network(&together([zabbix, csv])))[0], "samples-csv samples", "all else being equal, the name");
}

/// A list says itself that it is complete, and so does its writer; samples show it.
#[test]
fn samples_precede_lists_and_monitoring_precedes_what_was_declared() {
    let list = |system: &str, evidence| {
        from(system, evidence, Case::new().outage("port-1", "2026-03-10 02:00", "2026-03-10 02:20"))
    };
    let declared = from("sla-export/1", Evidence::Declared, failing(&[("2026-03-10 02:00", 4)]));
    let gap =
        failing(&[("2026-03-10 02:00", 4)]).without_samples("port-1", span("2026-03-20 00:00", "2026-03-25 00:00"));
    let all = [
        list("sla-export/1", Evidence::Declared),
        list("opennms-outages", Evidence::Listed),
        declared,
        from("samples-csv", Evidence::Probes, gap),
    ];
    let expected = ["samples-csv samples", "sla-export/1 samples", "opennms-outages outages", "sla-export/1 outages"];
    let whole = network(&together(all.clone()));
    assert_eq!(ranked(&whole), expected);
    assert_eq!(measured(&whole).gaps.len(), 1, "no list fills a gap of the samples");
    let lists = network(&together(all.into_iter().take(2)));
    assert_eq!(ranked(&lists), expected[2..]);
    assert_eq!(measured(&lists).downtime.counted, clock("20:00"), "two lists of one outage are one outage");
}

#[test]
fn a_source_that_tells_nothing_of_the_period_is_not_asked() {
    let february = from("samples-csv", Evidence::Probes, Case::new().pings("port-1", "2026-02", &[]));
    let march = from("nagios-log", Evidence::Rebuilt, failing(&[("2026-03-10 02:00", 4)]));
    let own = network(&together([february.clone(), march]));
    assert_eq!((measured(&own).downtime.counted, ranked(&own).len()), (clock("20:00"), 0));
    let list = Case::new().outage("port-1", "2026-03-10 02:00", "2026-03-10 02:20");
    let own = network(&together([february.clone(), from("opennms-outages", Evidence::Listed, list)]));
    assert_eq!((measured(&own).downtime.counted, ranked(&own).len()), (clock("20:00"), 0));
    // A list of the month before says nothing of this one beside samples of it.
    let list = Case::new().outage("port-1", "2026-02-10 02:00", "2026-02-10 02:20");
    let own = network(&together([probes(&[("2026-03-10 02:00", 4)]), from("opennms-outages", Evidence::Listed, list)]));
    assert!(measured(&own).compared.is_empty() && measured(&own).mismatches.is_empty());
}

/// A list that says over which time it is complete contradicts samples that show more.
#[test]
fn a_list_that_is_complete_contradicts_what_it_lacks() {
    let mut list = Case::new().outage("port-1", "2026-02-10 02:00", "2026-02-10 02:20");
    list.record.outage_coverage.get_or_insert_default().insert(OutageCoverage {
        target: "port-1".into(),
        span: span("2026-03-01 00:00", "2026-03-11 00:00"),
        origin: sla_statement::record::Origin::default(),
    });
    let samples = probes(&[("2026-03-10 02:00", 4), ("2026-03-12 02:00", 4)]);
    let own = network(&together([samples, from("opennms-outages", Evidence::Listed, list)]));
    let spans: Vec<Interval> = measured(&own).mismatches.iter().map(|own| own.span).collect();
    assert_eq!(spans, [span("2026-03-10 02:00", "2026-03-10 02:15")]);
    assert_eq!(measured(&own).compared[1].coverage_percent(measured(&own).elapsed_ms).as_deref(), Some("32.2580"));
}

/// A party could leave a file out: what the other source would have come to is said.
#[test]
fn another_verdict_by_another_source_is_said() {
    let record = together([probes(&[("2026-03-10 02:00", 4)]), rebuilt(&[("2026-03-10 02:00", 12)])]);
    let assessment = march(&record);
    let own = guarantee(&assessment, Article::Network);
    assert_eq!(own.verdict, Verdict::Met);
    let turned: Vec<_> = measured(&own)
        .would_change
        .iter()
        .filter_map(|change| match &change.fact {
            Fact::Source(source) => Some((source.system.as_str(), change.verdict)),
            _ => None,
        })
        .collect();
    assert_eq!(turned, [("nagios-log", Verdict::Breached)]);
    let result: Value = serde_json::from_str(&ResultDocument::new(&record, &assessment).text()).unwrap();
    let warnings: Vec<&str> =
        result["warnings"].as_array().unwrap().iter().map(|own| own["code"].as_str().unwrap()).collect();
    assert!(warnings.contains(&"OTHER_SOURCE_CHANGES_VERDICT"), "{warnings:?}");
    let network = &result["guarantees"][0];
    assert_eq!(network["compared"][1]["downtime_ms"]["counted"], clock("60:00"));
    assert_eq!(network["compared"][1]["source"]["system"], "nagios-log");
    assert_eq!(network["mismatches"][0]["ms"], clock("35:00"));
    let alike = together([probes(&[("2026-03-10 02:00", 4)]), rebuilt(&[("2026-03-10 02:00", 5)])]);
    let alike: Value = serde_json::from_str(&ResultDocument::new(&alike, &march(&alike)).text()).unwrap();
    assert!(!alike["warnings"].to_string().contains("OTHER_SOURCE"), "{}", alike["warnings"]);
    let alone = together([probes(&[])]);
    let alone: Value = serde_json::from_str(&ResultDocument::new(&alone, &march(&alone)).text()).unwrap();
    assert!(alone["guarantees"][0].get("compared").is_none(), "one source is compared with none");
}

/// Reports refer to outages by the name that a list gives them.
#[test]
fn an_outage_keeps_the_name_that_a_list_gives_it() {
    let list = Case::new().outage("port-1", "2026-03-10 02:00", "2026-03-10 02:21");
    let mut record = together([probes(&[("2026-03-10 02:00", 4)]), from("opennms-outages", Evidence::Listed, list)]);
    let report = |outage: &str| OutageReport {
        at: at("2026-03-10 09:00"),
        id: "r1".into(),
        by: "Li".into(),
        channel: "telephone".into(),
        outage: Some(outage.into()),
        span: None,
        origin: sla_statement::record::Origin::default(),
    };
    record.outage_reports = Some([report("opennms-outages-o1")].into());
    let own = network(&record);
    assert_eq!(measured(&own).outages[0].id, "opennms-outages-o1");
    assert_eq!(measured(&own).outages[0].reported_at, Some(at("2026-03-10 09:00")));
    assert_eq!(measured(&own).downtime.counted, clock("20:00"));
    // An outage that the samples did not watch is not the one beside that gap.
    let gap =
        failing(&[("2026-03-10 02:00", 4)]).without_samples("port-1", span("2026-03-10 02:15", "2026-03-10 09:00"));
    let list = Case::new().outage("port-1", "2026-03-10 05:00", "2026-03-10 05:30");
    let own = network(&together([
        from("samples-csv", Evidence::Probes, gap),
        from("opennms-outages", Evidence::Listed, list),
    ]));
    assert_eq!(measured(&own).outages[0].id, "port-1@2026-03-09T18:00:00Z");
}

/// What a file written for this program says of its samples' system makes two sources, and no better evidence.
#[test]
fn samples_of_one_file_may_name_their_systems() {
    let states = |failed: usize| format!("{}{}{}", "1".repeat(1_000), "0".repeat(failed), "1".repeat(7_929 - failed));
    let entry = |system: &str, failed: usize| {
        let system = if system.is_empty() { String::new() } else { format!(r#""system": "{system}", "#) };
        let states = states(failed);
        format!(
            r#"{{ {system}"target": "port-1", "start": "2026-03-01T00:00:00+08:00", "step_s": 300, "states": "{states}" }}"#
        )
    };
    let read = |samples: &[String]| {
        let text = format!(r#"{{ "schema": "sla-export/1", "samples": [{}] }}"#, samples.join(", "));
        let mut reader = Reader::new("case.json", Options::default());
        reader.push(text.as_bytes()).expect("an export");
        reader.finish().expect("an export").record
    };
    let two = network(&together([read(&[entry("nagios-log", 4), entry("samples-csv", 3)])]));
    assert_eq!(ranked(&two), ["sla-export/1: nagios-log samples", "sla-export/1: samples-csv samples"]);
    assert_eq!(measured(&two).downtime.counted, clock("20:00"));
    let beside = network(&together([read(&[entry("nagios-log", 4)]), rebuilt(&[("2026-03-10 02:00", 3)])]));
    assert_eq!(ranked(&beside), ["nagios-log samples", "sla-export/1: nagios-log samples"], "still declared");
    let one = network(&together([read(&[entry("", 4), entry("", 4)])]));
    assert_eq!((ranked(&one).len(), measured(&one).downtime.counted), (0, clock("20:00")));
}

/// A vantage is a part of a system; a second system is none.
#[test]
fn vantages_of_one_system_are_combined_and_systems_are_not() {
    let two = Case::new().pings_from("port-1", "bj", "2026-03", &[("2026-03-10 02:00", 6)]);
    let two = two.pings_from("port-1", "sh", "2026-03", &[("2026-03-10 02:10", 6)]);
    let both = network(&together([from("samples-csv", Evidence::Probes, two), rebuilt(&[])]));
    assert_eq!(measured(&both).downtime.counted, clock("20:00"), "both vantages failed");
    assert_eq!(ranked(&both).len(), 2);
}

#[test]
fn sources_are_compared_in_words_in_every_language() {
    let list = Case::new().outage("port-1", "2026-03-20 02:00", "2026-03-20 03:00");
    let record = together([probes(&[("2026-03-10 02:00", 4)]), from("opennms-outages", Evidence::Listed, list)]);
    let assessment = march(&record);
    for (locale, words) in [
        (
            Locale::En,
            [
                "opennms-outages (list of outages)",
                "75:00 in all",
                "If opennms-outages (list of outages) decided about its targets, the result would be: ",
            ],
        ),
        (
            Locale::ZhHant,
            ["opennms-outages（中斷清單）", "共 75:00", "若改以 opennms-outages（中斷清單） 為準，結論將為"],
        ),
        (
            Locale::ZhHans,
            ["opennms-outages（中断清单）", "共 75:00", "若改以 opennms-outages（中断清单） 为准，结论将为"],
        ),
    ] {
        let text = Statement::new(&record, &assessment, "sha256:0", locale).text();
        for word in words {
            assert!(text.contains(word), "{word} in {}", locale.tag());
        }
    }
}

/// States of two days at five minutes, each with its chance to fail.
fn states() -> impl Strategy<Value = Vec<SampleState>> {
    let state = prop_oneof![6 => Just(SampleState::Up), 4 => Just(SampleState::Down), 1 => Just(SampleState::Unknown)];
    prop::collection::vec(state, 0..200)
}

fn sampled(system: &str, evidence: Evidence, states: &[SampleState]) -> Record {
    let start = at("2026-03-31 10:00");
    let case = states
        .iter()
        .zip(0..)
        .fold(Case::new(), |case, (state, i)| case.sample_at("port-1", "", start.plus(300_000 * i), *state));
    from(system, evidence, case)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// With another source or without it, figures and verdict are those of the source that decides.
    #[test]
    fn no_source_moves_the_figures_of_another(own in states(), other in states(), lists in prop::collection::vec((0_i64..500, 1_i64..40), 0..4)) {
        let outages = lists.into_iter().fold(Case::new(), |case, (from, length)| {
            let start = at("2026-03-31 10:00").plus(from * 60_000);
            let text = |at: sla_statement::time::Instant| case::local(at);
            case.outage("port-1", &text(start), &text(start.plus(length * 60_000)))
        });
        let records = [
            sampled("samples-csv", Evidence::Probes, &own),
            sampled("nagios-log", Evidence::Rebuilt, &other),
            from("opennms-outages", Evidence::Listed, outages),
        ];
        let record = together(records.clone());
        let whole = network(&record);
        let backwards = together(records.clone().into_iter().rev());
        prop_assert_eq!(
            ResultDocument::new(&record, &march(&record)).digest().to_owned(),
            ResultDocument::new(&backwards, &march(&backwards)).digest().to_owned()
        );
        if let Some(decides) = measured(&whole).compared.first() {
            let alone = records.into_iter().find(|own| own.sources.values().any(|own| own.format == decides.source.system));
            let alone = network(&together(alone));
            prop_assert_eq!(measured(&whole).downtime, measured(&alone).downtime);
            prop_assert_eq!(measured(&whole).known_ms, measured(&alone).known_ms);
            prop_assert_eq!(&measured(&whole).gaps, &measured(&alone).gaps);
            prop_assert_eq!(&measured(&whole).single_failures, &measured(&alone).single_failures);
            prop_assert_eq!((whole.verdict, &whole.reasons), (alone.verdict, &alone.reasons));
        }
        for own in &measured(&whole).compared {
            let ms: i64 = measured(&whole).mismatches.iter().filter(|gap| gap.source == own.source).map(|gap| gap.span.ms()).sum();
            prop_assert_eq!(own.mismatch_ms, if own.decides { 0 } else { ms });
        }
    }
}
