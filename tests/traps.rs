//! Traps that uptime figures fall into, by number: each test hands files over as a person would and looks at what comes
//! out of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic, reason = "tests")]

mod case;

use std::fmt::Write as _;
use std::path::Path;

use case::{at, guarantee, measured, month};
use sla_statement::assess::{
    Article, Assessment, Certainty, Clause, Flag, Guarantee, LineState, Question, Reason, Status, Verdict, assess,
};
use sla_statement::chart::{Class, MonthStrip, Shape};
use sla_statement::contract::PolicyKey;
use sla_statement::i18n::Locale;
use sla_statement::import::{Code, Imported, Options, Reader, Refusal, join};
use sla_statement::record::{Evidence, Record, SampleState, Stance};
use sla_statement::statement::{Statement, result};
use sla_statement::time::{DAY_MS, HOUR_MS, Instant, MINUTE_MS, SECOND_MS};

// ------------------------------------------------------------------------------------------------ files as handed over

fn read_in(zone: Option<&str>, file: impl AsRef<[u8]>) -> Result<Imported, Refusal> {
    let options = Options { zone: zone.map(|name| name.parse().expect("a zone")), ..Options::default() };
    let mut reader = Reader::new("file", options);
    reader.push(file.as_ref())?;
    reader.finish()
}

fn read(file: impl AsRef<[u8]>) -> Imported {
    read_in(None, file).unwrap_or_else(|refusal| panic!("{:?}", refusal.diagnostics))
}

fn refused(file: impl AsRef<[u8]>) -> Code {
    read_in(None, file).expect_err("refused").diagnostics[0].code
}

fn sample(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(path)).expect(path)
}

/// The case of some files, in any order.
fn case_of<T: AsRef<[u8]>>(files: impl IntoIterator<Item = T>) -> Record {
    let case = join(files.into_iter().map(|file| read(file).record)).expect("one case");
    assert!(case.unresolved.is_empty(), "{:?}", case.unresolved);
    case.record
}

fn assessed_as_of(record: &Record, of: &str, as_of: &str) -> Assessment {
    assess(record, Question { month: month(of), as_of: at(as_of) }).expect("a month that can be assessed")
}

/// The month of a record, long after it.
fn assessed(record: &Record, of: &str) -> Assessment {
    assessed_as_of(record, of, "2030-01-01 00:00")
}

fn network_of(record: &Record, of: &str) -> Guarantee {
    guarantee(&assessed(record, of), Article::Network)
}

/// Article 1 in March 2026.
fn network<T: AsRef<[u8]>>(files: impl IntoIterator<Item = T>) -> Guarantee {
    network_of(&case_of(files), "2026-03")
}

/// Lower, counted, upper in minutes.
fn figures(own: &Guarantee) -> [i64; 3] {
    let downtime = measured(own).downtime;
    [downtime.lower, downtime.counted, downtime.upper].map(|ms| {
        assert_eq!(ms % MINUTE_MS, 0, "whole minutes: {downtime:?}");
        ms / MINUTE_MS
    })
}

fn counted(own: &Guarantee) -> i64 {
    figures(own)[1]
}

fn gap_minutes(own: &Guarantee) -> Vec<i64> {
    measured(own).gaps.iter().map(|gap| gap.span.ms() / MINUTE_MS).collect()
}

fn availability(own: &Guarantee) -> Option<String> {
    measured(own).availability_percent()
}

fn statement(record: &Record, assessment: &Assessment) -> String {
    Statement::new(record, assessment, "sha256:00", Locale::En).text()
}

fn result_of(record: &Record, assessment: &Assessment) -> serde_json::Value {
    serde_json::from_str(&result::ResultDocument::new(record, assessment).text()).expect("JSON")
}

/// An `sla-export/1` of these sections.
fn export(sections: &str) -> String {
    format!(r#"{{ "schema": "sla-export/1", {sections} }}"#)
}

/// Entries of `outages`: id, target, local start and end; an empty end is none.
fn outages(entries: &[(&str, &str, &str, &str)]) -> String {
    let entry = |(id, target, start, end): &(&str, &str, &str, &str)| {
        let end = if end.is_empty() { "null".to_owned() } else { format!(r#""{}""#, at(end)) };
        format!(r#"{{ "id": "{id}", "target": "{target}", "start": "{}", "end": {end} }}"#, at(start))
    };
    format!(r#""outages": [{}]"#, entries.iter().map(entry).collect::<Vec<_>>().join(","))
}

fn policy(key: &str, value: &str) -> String {
    export(&format!(r#""contract": {{ "policy": {{ "{key}": "{value}" }} }}"#))
}

/// Pings as CSV in UTC: from the first to the last instant, down and silent in the spans given (ends left out).
struct Pings<'a> {
    target: &'a str,
    vantage: &'a str,
    from: &'a str,
    to: &'a str,
    step_s: i64,
    down: &'a [(&'a str, &'a str)],
    silent: &'a [(&'a str, &'a str)],
}

/// All of March, five minutes apart, up.
const MARCH: Pings<'_> = Pings {
    target: "port-1",
    vantage: "",
    from: "2026-03-01 00:00",
    to: "2026-04-01 00:00",
    step_s: 300,
    down: &[],
    silent: &[],
};

impl Pings<'_> {
    fn rows(&self) -> String {
        let inside =
            |spans: &[(&str, &str)], now: Instant| spans.iter().any(|(start, end)| at(start) <= now && now < at(end));
        let mut rows = String::new();
        let mut now = at(self.from);
        while now <= at(self.to) {
            if !inside(self.silent, now) {
                let status = if inside(self.down, now) { "down" } else { "up" };
                writeln!(rows, "{now},{},{},{status}", self.target, self.vantage).expect("text");
            }
            now = now.plus(self.step_s * SECOND_MS);
        }
        rows
    }

    fn csv(&self) -> String {
        format!("time,target,vantage,status\n{}", self.rows())
    }
}

/// March with pings that failed in these spans.
fn failing(down: &[(&str, &str)]) -> String {
    Pings { down, ..MARCH }.csv()
}

// -------------------------------------------------------------------------------------------- gaps and monitor failure

#[test]
fn t01_a_stopped_monitor_is_no_data() {
    let own = network([Pings { silent: &[("2026-03-10 02:05", "2026-03-10 07:00")], ..MARCH }.csv()]);
    assert_eq!((own.verdict, figures(&own)), (Verdict::Undetermined, [0, 0, 300]));
    assert_eq!(gap_minutes(&own), [300]);
    assert!(own.reasons.contains(&Reason::MonitoringGap) && own.flags.contains(&Flag::MonitoringGap));
    assert_eq!(measured(&own).coverage_percent().as_deref(), Some("99.3279"));
}

#[test]
fn t02_a_month_without_data_is_neither_100_percent_nor_left_out() {
    let record = case_of([Pings { from: "2026-02-01 00:00", to: "2026-02-20 00:00", ..MARCH }.csv()]);
    let assessment = assessed(&record, "2026-03");
    let own = guarantee(&assessment, Article::Network);
    assert_eq!((own.verdict, availability(&own)), (Verdict::Undetermined, None));
    assert!(own.reasons.contains(&Reason::NoData));
    let result = result_of(&record, &assessment);
    assert_eq!(result["guarantees"][0]["availability_percent"], "n/a");
    assert_eq!(result["guarantees"][0]["coverage_percent"], "0.0000");
    assert!(!statement(&record, &assessment).contains("100.0000"));
}

#[test]
fn t03_what_a_gap_may_hide_leaves_the_verdict_open() {
    let listed = outages(&[("o1", "port-1", "2026-03-05 02:00", "2026-03-05 02:43")]);
    let covered = |until: &str| {
        let span = |start: &str, end: &str| {
            format!(r#"{{ "target": "port-1", "start": "{}", "end": "{}" }}"#, at(start), at(end))
        };
        let (first, rest) = (span("2026-03-01 00:00", "2026-03-10 02:00"), span(until, "2026-04-01 00:00"));
        export(&format!(r#"{listed}, "outage_coverage": [{first}, {rest}]"#))
    };
    let own = network([covered("2026-03-10 04:00")]);
    assert_eq!((own.verdict, figures(&own)), (Verdict::Undetermined, [43, 43, 43 + 120]));
    let own = network([export(&listed)]);
    assert_eq!((own.verdict, figures(&own)), (Verdict::Met, [43, 43, 43]));
}

#[test]
fn t04_a_monitor_that_crashed_keeps_no_state() {
    let log = |stop: &str| {
        let line = |local: &str, text: &str| format!("[{}] {text}\n", at(local).since(Instant::MIN) / SECOND_MS);
        [
            line("2026-03-01 00:00", "CURRENT HOST STATE: port-1;UP;HARD;1;ok"),
            line("2026-03-10 02:00", stop),
            line("2026-03-10 05:00", "Nagios 4.4.6 starting... (PID=815)"),
            line("2026-04-01 00:00", "LOG ROTATION: MONTHLY"),
        ]
        .concat()
    };
    // A word of the stop, and none: the last line of another kind is the last sign of life.
    for stop in ["Caught SIGTERM, shutting down...", "EXTERNAL COMMAND: PROCESS_HOST_CHECK_RESULT;port-1;0;ok"] {
        let own = network([log(stop)]);
        assert_eq!(own.verdict, Verdict::Undetermined, "{stop}");
        let [gap] = gap_minutes(&own)[..] else { panic!("{:?}", measured(&own).gaps) };
        assert!(gap >= 180, "{stop}: {gap}");
    }
    // Silence of more than two and a half intervals is a gap, of up to that none.
    let silent = |until| gap_minutes(&network([Pings { silent: &[("2026-03-10 02:05", until)], ..MARCH }.csv()]));
    assert_eq!(silent("2026-03-10 02:10"), [10], "one and a half intervals by default");
    let factor = export(r#""contract": { "policy": { "sample.gap_factor": "2.5" } }"#);
    let silent =
        |until| gap_minutes(&network([&factor, &Pings { silent: &[("2026-03-10 02:05", until)], ..MARCH }.csv()]));
    assert_eq!(silent("2026-03-10 02:10"), Vec::<i64>::new());
    assert_eq!(silent("2026-03-10 02:15"), [15]);
}

#[test]
fn t05_a_monitor_that_starts_in_mid_month_does_not_shrink_the_month() {
    let own = network([Pings { from: "2026-03-16 00:00", ..MARCH }.csv()]);
    assert_eq!(measured(&own).denominator_ms, 31 * DAY_MS);
    assert_eq!((own.verdict, measured(&own).known_ms), (Verdict::Undetermined, 16 * DAY_MS));
    assert!(own.flags.contains(&Flag::LowCoverage));
}

#[test]
fn t06_checks_that_were_skipped_are_no_uptime() {
    let results = |skipped: std::ops::Range<i64>| {
        let result = |minute: i64| {
            let at = at("2026-03-01 00:00").plus(minute * MINUTE_MS);
            format!(r#"{{ "success": true, "timestamp": "{at}", "duration": 1900000 }}"#)
        };
        let minutes = (0..=31 * 24 * 60).step_by(5).filter(|minute| !skipped.contains(minute));
        format!(r#"[{{ "name": "port-1", "results": [{}] }}]"#, minutes.map(result).collect::<Vec<_>>().join(","))
    };
    let own = network([results(5..60)]);
    assert_eq!((own.verdict, gap_minutes(&own)), (Verdict::Undetermined, vec![60]));
    assert_eq!(network([results(0..0)]).verdict, Verdict::Met);
}

#[test]
fn t07_traffic_is_no_proof_of_connectivity() {
    let log = "1772294700 104448 52224\n1772294700 1000 2000 1500 2500\n1772294400 1000 2000 1500 2500\n";
    let file = read(log);
    assert!(file.record.series.is_empty() && file.record.outages.is_none());
    assert_eq!(file.record.traffic.len(), 1, "it is there for a chart");
    let own = network([log]);
    assert_eq!((own.verdict, own.measured().is_none()), (Verdict::NotRecorded, true));
}

// ----------------------------------------------------------------------------------------------------- clock and zones

#[test]
fn t08_a_clock_that_jumps_back_adds_no_time() {
    let mut csv = failing(&[("2026-03-10 02:00", "2026-03-10 02:20")]);
    // The same hour again, and one row that says otherwise of an instant.
    csv += &Pings { from: "2026-03-20 01:00", to: "2026-03-20 02:00", ..MARCH }.rows();
    writeln!(csv, "{},port-1,,down", at("2026-03-25 12:00")).expect("text");
    let record = case_of([&csv]);
    let series = record.series.values().next().expect("a series");
    assert_eq!((series.len(), series.repeated()), (31 * 288 + 1, 13 + 1));
    assert_eq!(series.conflicts(), [at("2026-03-25 12:00")]);
    let assessment = assessed(&record, "2026-03");
    let own = guarantee(&assessment, Article::Network);
    assert_eq!(counted(&own), 20);
    assert!(measured(&own).known_ms < 31 * DAY_MS, "of what is contradicted nothing is known");
    let warnings = result_of(&record, &assessment)["warnings"].to_string();
    assert!(warnings.contains("\"count\":14") && warnings.contains("\"count\":1}"), "{warnings}");
}

#[test]
fn t09_the_edges_of_a_month_are_shanghais() {
    let sections = |start: &str, end: &str| {
        let entry = format!(r#"{{ "id": "o1", "target": "port-1", "start": "{start}", "end": "{end}" }}"#);
        case_of([export(&format!(r#""outages": [{entry}]"#))])
    };
    let ms = |record: &Record, of: &str| measured(&network_of(record, of)).downtime.counted;
    let last_second = sections("2024-01-31T15:59:59Z", "2024-01-31T16:00:00Z");
    assert_eq!((ms(&last_second, "2024-01"), ms(&last_second, "2024-02")), (SECOND_MS, 0));
    let first_second = sections("2024-01-31T16:00:00Z", "2024-01-31T16:00:01Z");
    assert_eq!((ms(&first_second, "2024-01"), ms(&first_second, "2024-02")), (0, SECOND_MS));
}

#[test]
fn t10_days_of_23_and_25_hours_are_as_long_as_they_were() {
    for (zone, of, hours) in [
        ("America/New_York", "2026-03", 31 * 24 - 1),
        ("America/New_York", "2026-11", 30 * 24 + 1),
        ("Europe/Berlin", "2026-10", 31 * 24 + 1),
        ("Asia/Shanghai", "2026-03", 31 * 24),
    ] {
        let pings = Pings { from: "2026-02-27 00:00", to: "2026-12-03 00:00", ..MARCH }.csv();
        let contract = export(&format!(r#""contract": {{ "time_zone": "{zone}" }}"#));
        let record = case_of([contract, pings]);
        let assessment = assessed(&record, of);
        let own = guarantee(&assessment, Article::Network);
        let known = (assessment.period.ms(), measured(&own).known_ms, measured(&own).denominator_ms);
        assert_eq!(known, (hours * HOUR_MS, hours * HOUR_MS, hours * HOUR_MS), "{zone} {of}");
        let strip = MonthStrip::new(&assessment, &own, Locale::En).expect("a chart");
        let days: i64 = strip.days.iter().map(|row| assessment.zone.day_span(row.day).expect("a day").ms()).sum();
        assert_eq!(days, hours * HOUR_MS, "{zone} {of}");
    }
}

#[test]
fn t11_maintenance_is_entered_with_its_offset() {
    let files = |start: &str, end: &str| {
        let consent = r#"{ "by": "Li", "at": "2026-03-01T00:00:00+08:00", "form": "written" }"#;
        let window = format!(
            r#"{{ "id": "m1", "start": "{start}", "end": "{end}", "work": "", "consent": {consent}, "agreed": "agreed" }}"#
        );
        let outage = outages(&[("o1", "port-1", "2026-03-10 02:00", "2026-03-10 03:00")]);
        export(&format!(r#"{outage}, "maintenance": [{window}]"#))
    };
    assert_eq!(counted(&network([files("2026-03-10T02:00:00+08:00", "2026-03-10T03:00:00+08:00")])), 0);
    assert_eq!(counted(&network([files("2026-03-09T18:00:00Z", "2026-03-09T19:00:00Z")])), 0);
    assert_eq!(counted(&network([files("2026-03-10T02:00:00Z", "2026-03-10T03:00:00Z")])), 60);
    assert_eq!(refused(files("2026-03-10T02:00:00", "2026-03-10T03:00:00")), Code::InstantMalformed);
}

#[test]
fn t12_times_without_a_zone_need_a_choice_which_is_told() {
    let csv = "time,status\n2026-03-10 02:00,down\n2026-03-10 02:05,down\n2026-03-10 02:10,up\n";
    assert!(read_in(None, csv).expect_err("refused").needs_zone());
    for (zone, start) in
        [("Asia/Shanghai", "2026-03-10T02:00:00+08:00"), ("America/New_York", "2026-03-10T02:00:00-04:00")]
    {
        let file = read_in(Some(zone), csv).expect("read");
        let source = file.record.sources.values().next().expect("a source");
        assert_eq!(source.read_in_zone.as_deref(), Some(zone));
        let own = network_of(&file.record, "2026-03");
        let expected = Instant::parse_rfc3339(start).expect("a time");
        assert_eq!(measured(&own).outages[0].shown.start(), expected, "{zone}");
        let told = statement(&file.record, &assessed(&file.record, "2026-03"));
        assert!(told.contains(zone), "{told}");
    }
}

#[test]
fn t13_half_past_twelve_in_the_afternoon_is_an_hour_after_half_past_eleven() {
    let csv = "time,status\n2026-03-10 11:30 AM,down\n2026-03-10 11:35 AM,down\n2026-03-10 12:30 PM,up\n";
    match read_in(Some("Asia/Shanghai"), csv) {
        Err(refusal) => assert!(refusal.diagnostics.iter().any(|own| own.code == Code::TimeMalformed)),
        Ok(file) => {
            let series = file.record.series.values().next().expect("a series");
            let (first, last) = (series.first().expect("a sample"), series.last().expect("a sample"));
            assert_eq!((first, last), (at("2026-03-10 11:30"), at("2026-03-10 12:30")));
        }
    }
}

#[test]
fn t14_epoch_times_are_told_apart_by_their_size() {
    let csv = |first: &str, second: &str| read(format!("time,status\n{first},up\n{second},down\n")).record.series;
    let expected = csv("2026-03-01T00:05:00.250+08:00", "2026-03-01T00:10:00+08:00");
    for (first, second) in [
        ("1772294700.25", "1772295000"),
        ("1772294700250", "1772295000000"),
        ("1772294700250000", "1772295000000000"),
        ("1772294700250000000", "1772295000000000000"),
    ] {
        assert_eq!(csv(first, second), expected, "{first}");
    }
    assert_eq!(refused("time,status\n20260301,up\n202603010005,up\n"), Code::NoRowTaken, "days are no seconds");
}

#[test]
fn t15_a_month_is_as_long_as_the_calendar_says() {
    for (of, days) in [("2026-02", 28), ("2028-02", 29), ("2026-04", 30), ("2026-03", 31)] {
        let first = format!("{of}-05 00:00");
        let record = case_of([export(&outages(&[("o1", "port-1", &first, &format!("{of}-05 00:01"))]))]);
        let own = network_of(&record, of);
        let rules: Vec<i64> = measured(&own).rules.iter().map(|rule| rule.limit_ms).collect();
        assert_eq!(measured(&own).denominator_ms, days * DAY_MS, "{of}");
        assert_eq!(
            rules,
            [44 * MINUTE_MS, days * DAY_MS / 1_000],
            "{of}: 44 minutes are 44 minutes, a permille is not"
        );
    }
}

// ---------------------------------------------------------------------------------------------------------- boundaries

#[test]
fn t16_an_outage_over_the_end_of_a_month_is_cut_and_counted_once() {
    let record = case_of([export(&outages(&[("o1", "port-1", "2026-03-31 23:30", "2026-04-01 00:45")]))]);
    let (march, april) = (network_of(&record, "2026-03"), network_of(&record, "2026-04"));
    assert_eq!((counted(&march), counted(&april)), (30, 45));
    for own in [&march, &april] {
        let outage = &measured(own).outages[..];
        assert_eq!((outage.len(), outage[0].shown.ms() / MINUTE_MS), (1, 75), "shown whole");
    }
}

#[test]
fn t17_an_outage_still_open_reaches_no_further_than_what_is_known() {
    // The last ping failed at 02:10, and nothing more is known: ten minutes later, and on the last day of the month.
    let pings = Pings { to: "2026-03-10 02:10", down: &[("2026-03-10 02:00", "2026-03-11 00:00")], ..MARCH }.csv();
    let record = case_of([pings]);
    let soon = guarantee(&assessed_as_of(&record, "2026-03", "2026-03-10 02:12"), Article::Network);
    assert_eq!((counted(&soon), measured(&soon).outages[0].open_ended), (12, true));
    let later = guarantee(&assessed(&record, "2026-03"), Article::Network);
    assert_eq!(figures(&later)[..2], [10, 15], "up to when the next ping was due; after that there is a gap");
    assert_eq!(later.verdict, Verdict::Undetermined);
    // The same in a list of outages: without an end, nothing after the start is certain.
    let listed = case_of([export(&outages(&[("o1", "port-1", "2026-03-10 02:00", "")]))]);
    let own = network_of(&listed, "2026-03");
    assert_eq!((own.verdict, figures(&own)[0]), (Verdict::Undetermined, 0));
    assert!(own.reasons.contains(&Reason::OutageNotOver));
}

#[test]
fn t18_the_state_at_the_start_of_a_month_is_that_of_the_last_event_before() {
    let log = |events: &[(&str, u8)]| {
        let entries: Vec<String> = events
            .iter()
            .map(|(local, kind)| {
                let seconds = at(local).since(Instant::MIN) / SECOND_MS;
                format!(r#"{{ "type": {kind}, "datetime": {seconds}, "duration": 0 }}"#)
            })
            .collect();
        format!(
            r#"{{ "stat": "ok", "monitors": [{{ "friendly_name": "port-1", "type": 3, "logs": [{}] }}] }}"#,
            entries.join(",")
        )
    };
    let (down, up) = (1, 2);
    let over = network([log(&[("2026-02-28 23:50", down), ("2026-03-01 00:20", up), ("2026-04-01 00:00", up)])]);
    assert_eq!(counted(&over), 20);
    let nothing_before = network([log(&[("2026-03-05 00:00", up), ("2026-04-01 00:00", up)])]);
    assert_eq!((nothing_before.verdict, gap_minutes(&nothing_before)), (Verdict::Undetermined, vec![4 * 24 * 60]));
}

#[test]
fn t19_the_last_day_of_a_long_month_is_there() {
    let record = case_of([
        export(r#""contract": { "time_zone": "Europe/Berlin" }"#),
        export(&outages(&[("o1", "port-1", "2026-04-01 05:30", "2026-04-01 05:50")])),
    ]);
    let assessment = assessed(&record, "2026-03");
    let own = guarantee(&assessment, Article::Network);
    assert_eq!((counted(&own), measured(&own).outages.len()), (20, 1), "31 March, 23:30 to 23:50 in Berlin");
    let strip = MonthStrip::new(&assessment, &own, Locale::En).expect("a chart");
    assert_eq!(strip.days.len(), 31);
    assert!(statement(&record, &assessment).contains("2026-03-31 23:30"));
}

#[test]
fn t20_what_happens_on_the_boundary_is_counted_once() {
    let record = case_of([export(&outages(&[
        ("o1", "port-1", "2026-03-31 23:50", "2026-04-01 00:00"),
        ("o2", "port-1", "2026-04-30 23:00", "2026-05-01 00:00"),
        ("o3", "port-1", "2026-05-01 00:00", "2026-05-01 00:10"),
    ]))]);
    let told = |of: &str| {
        let own = network_of(&record, of);
        (counted(&own), measured(&own).outages.len())
    };
    assert_eq!((told("2026-03"), told("2026-04"), told("2026-05")), ((10, 1), (60, 1), (10, 1)));
    // Pings that failed at 00:00 and 00:05 belong to the new month alone; their possible start reaches back.
    let pings = Pings { to: "2026-05-01 00:00", down: &[("2026-04-01 00:00", "2026-04-01 00:10")], ..MARCH }.csv();
    let record = case_of([pings]);
    let (march, april) = (network_of(&record, "2026-03"), network_of(&record, "2026-04"));
    assert_eq!((figures(&march), figures(&april)), ([0, 0, 5], [5, 10, 10]));
}

#[test]
fn t21_the_total_is_the_sum_of_the_days_and_of_the_outages() {
    let record = case_of([
        failing(&[
            ("2026-03-01 00:00", "2026-03-01 00:10"),
            ("2026-03-10 23:30", "2026-03-11 00:40"),
            ("2026-03-31 23:45", "2026-04-02 00:00"),
        ]),
        export(&outages(&[("o1", "port-2", "2026-03-11 00:20", "2026-03-11 01:00")])),
    ]);
    let assessment = assessed(&record, "2026-03");
    let own = guarantee(&assessment, Article::Network);
    let of_outages: i64 = measured(&own).outages.iter().map(|outage| outage.downtime.counted).sum();
    let strip = MonthStrip::new(&assessment, &own, Locale::En).expect("a chart");
    let of_day = |day| measured(&own).timeline.counted.cut_to(assessment.zone.day_span(day).expect("a day")).ms();
    let of_days: i64 = strip.days.iter().map(|row| of_day(row.day)).sum();
    assert_eq!(counted(&own), 10 + 90 + 15);
    assert_eq!((of_outages, of_days), (measured(&own).downtime.counted, measured(&own).downtime.counted));
}

// ------------------------------------------------------------------------------------------------ retries, thresholds

#[test]
fn t22_the_first_failed_ping_belongs_to_the_outage() {
    let own = network([failing(&[("2026-03-10 02:00", "2026-03-10 02:10")])]);
    let outage = &measured(&own).outages[0];
    assert_eq!(outage.shown, case::span("2026-03-10 02:00", "2026-03-10 02:10"));
    assert_eq!(outage.possible.start(), at("2026-03-10 01:55"));
}

#[test]
fn t23_a_single_failed_ping_is_told_and_counts_where_that_was_agreed() {
    let pings = failing(&[("2026-03-10 02:00", "2026-03-10 02:05")]);
    let own = network([&pings]);
    assert_eq!((counted(&own), measured(&own).single_failures.count), (0, 1));
    let agreed = policy("sample.min_consecutive_failures", "1");
    let record = case_of([&pings, &agreed]);
    let own = network_of(&record, "2026-03");
    assert_eq!((counted(&own), measured(&own).single_failures.count), (5, 0));
    let printed = &result_of(&record, &assessed(&record, "2026-03"))["policy"]["sample.min_consecutive_failures"];
    assert_eq!(printed, &serde_json::json!(1));
}

#[test]
fn t24_retries_closer_together_weigh_by_time_and_not_by_count() {
    // While it fails it is asked every twenty seconds: thirty failures in ten minutes.
    let mut csv = Pings { silent: &[("2026-03-10 02:00", "2026-03-10 02:10")], ..MARCH }.csv();
    let retries = Pings {
        from: "2026-03-10 02:00",
        to: "2026-03-10 02:09:40",
        step_s: 20,
        down: &[("2026-03-10 02:00", "2026-03-10 02:10")],
        ..MARCH
    };
    csv += &retries.rows();
    let own = network([csv]);
    assert_eq!(measured(&own).downtime.counted, 10 * MINUTE_MS);
    assert_eq!(availability(&own).as_deref(), Some("99.9775"));
}

#[test]
fn t25_a_change_of_the_interval_in_mid_month_changes_nothing() {
    let down = &[("2026-03-08 02:00", "2026-03-08 02:20"), ("2026-03-20 02:00", "2026-03-20 02:15")][..];
    let minutes = Pings { to: "2026-03-15 00:00", step_s: 60, down, ..MARCH }.csv();
    let fives = Pings { from: "2026-03-15 00:00", down, ..MARCH }.csv();
    let (changed, whole) = (network([&minutes, &fives]), network([failing(down)]));
    assert_eq!((counted(&changed), counted(&whole)), (35, 35));
    assert_eq!(availability(&changed), availability(&whole));
    assert!(measured(&changed).gaps.is_empty());
}

#[test]
fn t26_failures_with_a_gap_between_them_are_not_in_a_row() {
    let csv = Pings {
        down: &[("2026-03-10 02:00", "2026-03-10 02:35")],
        silent: &[("2026-03-10 02:05", "2026-03-10 02:30")],
        ..MARCH
    }
    .csv();
    let own = network([&csv]);
    assert_eq!((counted(&own), measured(&own).single_failures.count), (0, 2));
    assert_eq!(gap_minutes(&own), [40], "the lone failures at its ends may belong to an outage");
    // With maintenance between them they are: it takes time away, and does not make a failure good.
    let consent = r#"{ "by": "Li", "at": "2026-03-01T00:00:00+08:00", "form": "written" }"#;
    let window = format!(
        r#""maintenance": [{{ "id": "m1", "start": "2026-03-10T02:05:00+08:00", "end": "2026-03-10T02:25:00+08:00", "work": "", "consent": {consent}, "agreed": "agreed" }}]"#
    );
    let own = network([export(&window), failing(&[("2026-03-10 02:00", "2026-03-10 02:30")])]);
    assert_eq!((counted(&own), measured(&own).outages.len()), (10, 1));
}

#[test]
fn t27_pings_a_little_early_or_late_make_no_gap() {
    let (mut csv, mut now, mut late) = (String::from("time,status\n"), at("2026-03-01 00:00"), true);
    while now <= at("2026-04-01 00:00") {
        let down = at("2026-03-10 02:00") <= now && now < at("2026-03-10 02:10");
        writeln!(csv, "{now},{}", if down { "down" } else { "up" }).expect("text");
        now = now.plus(if late { 302_000 } else { 298_000 });
        late = !late;
    }
    let own = network([csv]);
    assert!(measured(&own).gaps.is_empty());
    assert_eq!((measured(&own).outages.len(), measured(&own).single_failures.count), (1, 0), "two failures in a row");
}

#[test]
fn t28_so_many_failures_in_a_row_give_this_verdict() {
    use Certainty::{Certain, SamplingSensitive};
    use Verdict::{Breached, Met, Undetermined};
    for (failures, verdict, certainty, by_bounds) in [
        (2, Met, Certain, Met),
        (7, Met, Certain, Met),
        (8, Met, SamplingSensitive, Undetermined),
        (9, Breached, SamplingSensitive, Undetermined),
        (10, Breached, Certain, Breached),
    ] {
        let end = at("2026-03-10 02:00").plus(failures * 5 * MINUTE_MS).to_string();
        let minute = (failures * 5) % 60;
        let local = format!("2026-03-10 {:02}:{minute:02}", 2 + failures * 5 / 60);
        assert_eq!(at(&local).to_string(), end);
        let pings = failing(&[("2026-03-10 02:00", &local)]);
        let own = network([&pings]);
        assert_eq!(figures(&own), [failures * 5 - 5, failures * 5, failures * 5 + 5], "{failures}");
        assert_eq!((own.verdict, measured(&own).certainty), (verdict, certainty), "{failures}");
        assert_eq!(network([&pings, &policy("verdict.basis", "bounds")]).verdict, by_bounds, "{failures}");
    }
}

// ---------------------------------------------------------------------------------------------------------- exclusions

/// An outage on 10 March, and windows of agreed maintenance: start, end.
fn maintained(outage: (&str, &str), windows: &[(&str, &str)]) -> String {
    let window = |(number, (start, end)): (usize, &(&str, &str))| {
        let consent = r#"{ "by": "Li", "at": "2026-03-01T00:00:00+08:00", "form": "written" }"#;
        let (start, end) = (at(start), at(end));
        format!(
            r#"{{ "id": "m{number}", "start": "{start}", "end": "{end}", "work": "", "consent": {consent}, "agreed": "agreed" }}"#
        )
    };
    let windows: Vec<String> = windows.iter().enumerate().map(window).collect();
    let outage = outages(&[("o1", "port-1", outage.0, outage.1)]);
    export(&format!(r#"{outage}, "maintenance": [{}]"#, windows.join(",")))
}

#[test]
fn t29_overlapping_and_nested_maintenance_is_taken_once() {
    let own = network([maintained(
        ("2026-03-10 01:00", "2026-03-10 05:00"),
        &[
            ("2026-03-10 02:00", "2026-03-10 04:00"),
            ("2026-03-10 02:30", "2026-03-10 03:00"),
            ("2026-03-10 03:30", "2026-03-10 04:30"),
        ],
    )]);
    assert_eq!(counted(&own), 240 - 150);
    assert_eq!(measured(&own).excluded.get(&Clause::NetworkMaintenance), Some(&(150 * MINUTE_MS)));
}

#[test]
fn t30_of_an_outage_that_outlasts_maintenance_the_tail_counts() {
    let own =
        network([maintained(("2026-03-10 08:05", "2026-03-10 08:40"), &[("2026-03-10 08:00", "2026-03-10 08:15")])]);
    assert_eq!(counted(&own), 25);
    let counted_at: Vec<_> = measured(&own).timeline.counted.iter().collect();
    assert_eq!(counted_at, [case::span("2026-03-10 08:15", "2026-03-10 08:40")]);
}

#[test]
fn t31_an_outage_from_before_maintenance_counts_up_to_it_and_never_below_nothing() {
    let (window, day) = (("2026-03-10 08:00", "2026-03-10 09:00"), "2026-03-10");
    let of = |start: &str, end: &str| figures(&network([maintained((start, end), &[window])]));
    assert_eq!(of("2026-03-10 07:30", "2026-03-10 08:30"), [30, 30, 30]);
    assert_eq!(of("2026-03-10 07:30", "2026-03-10 09:30"), [60, 60, 60]);
    assert_eq!(of(&format!("{day} 08:00"), &format!("{day} 09:00")), [0, 0, 0]);
    assert_eq!(of(&format!("{day} 08:10"), &format!("{day} 08:20")), [0, 0, 0]);
    // Maintenance that is not over at the time of the assessment.
    let record = case_of([maintained(("2026-03-10 08:10", "2026-03-10 08:20"), &[(window.0, "2026-04-10 00:00")])]);
    let open = guarantee(&assessed_as_of(&record, "2026-03", "2026-03-10 08:15"), Article::Network);
    assert_eq!(figures(&open), [0, 0, 0]);
}

#[test]
fn t32_maintenance_lasts_as_long_as_it_did_and_not_as_planned() {
    let line = |local: &str, text: &str| format!("[{}] {text}\n", at(local).since(Instant::MIN) / SECOND_MS);
    let log = |ended: &str| {
        [
            line("2026-03-01 00:00", "CURRENT HOST STATE: port-1;UP;HARD;1;ok"),
            line(
                "2026-03-10 01:00",
                "EXTERNAL COMMAND: SCHEDULE_HOST_DOWNTIME;port-1;1773079200;1773086400;1;0;7200;noc;x",
            ),
            line("2026-03-10 02:00", "HOST DOWNTIME ALERT: port-1;STARTED; Host has entered a period"),
            line("2026-03-10 02:30", &format!("HOST DOWNTIME ALERT: port-1;{ended}; over")),
            line("2026-04-01 00:00", "LOG ROTATION: MONTHLY"),
        ]
        .concat()
    };
    for ended in ["STOPPED", "CANCELLED"] {
        let record = case_of([log(ended)]);
        let windows: Vec<_> = record.maintenance.iter().flatten().map(|own| (own.span, own.consent.clone())).collect();
        assert_eq!(windows, [(case::span("2026-03-10 02:00", "2026-03-10 02:30"), None)], "{ended}");
    }
}

#[test]
fn t33_counted_and_excluded_minutes_of_an_outage_stand_beside_each_other() {
    let file = maintained(("2026-03-10 02:00", "2026-03-10 03:30"), &[("2026-03-10 02:00", "2026-03-10 03:00")]);
    let record = case_of([file]);
    let outage = &result_of(&record, &assessed(&record, "2026-03"))["guarantees"][0]["outages"][0];
    assert_eq!(outage["counted_ms"], 30 * MINUTE_MS);
    assert_eq!(
        outage["excluded"],
        serde_json::json!([{ "clause": "1.4.a", "ms": 60 * MINUTE_MS, "agreed": "agreed" }])
    );
}

#[test]
fn t34_maintenance_without_consent_excludes_nothing_and_of_power_never() {
    let outage = outages(&[
        ("o1", "port-1", "2026-03-10 02:00", "2026-03-10 03:00"),
        ("p1", "mains", "2026-03-10 02:00", "2026-03-10 03:00"),
    ]);
    let targets = r#""targets": [ { "id": "port-1", "guarantee": "network" }, { "id": "mains", "guarantee": "power", "source": "mains" } ]"#;
    let (start, end) = (at("2026-03-10 02:00"), at("2026-03-10 03:00"));
    let files = |consent: &str| {
        export(&format!(
            r#"{targets}, {outage}, "maintenance": [{{ "id": "m1", "start": "{start}", "end": "{end}", "work": "", "consent": {consent}, "agreed": "agreed" }}]"#
        ))
    };
    let told = |consent: &str| {
        let assessment = assessed(&case_of([files(consent)]), "2026-03");
        [Article::Network, Article::Power].map(|article| counted(&guarantee(&assessment, article)))
    };
    assert_eq!(told("null"), [60, 60]);
    assert_eq!(told(r#"{ "by": "Li", "at": "2026-03-01T00:00:00+08:00", "form": "written" }"#), [0, 60]);
}

#[test]
fn t35_of_what_the_percentage_is_taken_is_said_and_can_turn_the_verdict() {
    let exclusion = format!(
        r#""exclusions": [{{ "id": "x1", "clause": "1.4.b", "start": "{}", "end": "{}", "evidence": "log", "agreed": "agreed" }}]"#,
        at("2026-03-20 00:00"),
        at("2026-03-21 00:00")
    );
    let outage = outages(&[("o1", "port-1", "2026-03-10 10:00", "2026-03-10 10:44:30")]);
    let with = |denominator: &str| {
        let contract = format!(
            r#""contract": {{ "policy": {{ "net.threshold_rule": "percent", "denominator": "{denominator}" }} }}"#
        );
        let record = case_of([export(&format!("{contract}, {outage}, {exclusion}"))]);
        let printed = result_of(&record, &assessed(&record, "2026-03"))["policy"]["denominator"].clone();
        assert_eq!(printed, denominator);
        network_of(&record, "2026-03").verdict
    };
    assert_eq!((with("whole_period"), with("minus_exclusions")), (Verdict::Met, Verdict::Breached));
}

#[test]
fn t36_the_last_day_to_report_counts_and_until_then_nothing_is_final() {
    let outage = outages(&[("o1", "port-1", "2026-03-30 10:00", "2026-03-30 11:00")]);
    let reported = |at: &str| {
        let report = format!(r#"{{ "id": "r1", "at": "{at}", "by": "Li", "channel": "telephone", "outage": "o1" }}"#);
        counted(&network([export(&format!(r#"{outage}, "outage_reports": [{report}]"#))]))
    };
    // The fifth day is Saturday 4 April; Sunday and the holiday of the 6th follow, the 7th works.
    assert_eq!(reported("2026-04-07T23:59:59+08:00"), 60);
    assert_eq!(reported("2026-04-08T00:00:00+08:00"), 0);
    let unreported = case_of([export(&format!(r#"{outage}, "outage_reports": []"#))]);
    let early = assessed_as_of(&unreported, "2026-03", "2026-04-02 09:00");
    assert_eq!(
        (early.status, guarantee(&early, Article::Network).verdict),
        (Status::Provisional, Verdict::Undetermined)
    );
    let late = assessed_as_of(&unreported, "2026-03", "2026-04-09 09:00");
    assert_eq!((late.status, guarantee(&late, Article::Network).verdict), (Status::Final, Verdict::Met));
}

#[test]
fn t37_a_partial_outage_is_not_discounted() {
    // One of two ports down counts in full, and a word for "partly" is no state.
    let other = Pings { target: "port-2", ..MARCH }.csv();
    let own = network([failing(&[("2026-03-10 02:00", "2026-03-10 03:00")]), other]);
    assert_eq!((counted(&own), own.verdict), (60, Verdict::Breached));
    let file = read("time,status\n2026-03-01T00:00:00Z,up\n2026-03-01T00:05:00Z,degraded\n2026-03-01T00:10:00Z,up\n");
    assert_eq!(file.rejected[0].code, Code::StatusUnknown);
    assert!(file.record.series.values().all(|series| series.len() == 2), "neither up nor down");
}

// ------------------------------------------------------------------------------------------------------------- numbers

#[test]
fn t38_downtime_is_never_a_hundred_percent() {
    let own = network([export(&outages(&[("o1", "port-1", "2026-03-10 10:00:00", "2026-03-10 10:00:01")]))]);
    assert_eq!(availability(&own).as_deref(), Some("99.9999"));
    // 44:39.16 of 31 days: 99.89995 %, which is cut off and not rounded to 99.9.
    let own = network([export(
        r#""outages": [{ "id": "o1", "target": "port-1", "start": "2026-03-10T10:00:00Z", "end": "2026-03-10T10:44:39.740Z" }]"#,
    )]);
    assert_eq!((availability(&own).as_deref(), own.verdict), (Some("99.8999"), Verdict::Breached));
}

#[test]
fn t39_the_verdict_is_of_the_exact_figure() {
    let of = |end: &str, rule: &str| {
        let outage = format!(
            r#""outages": [{{ "id": "o1", "target": "port-1", "start": "2026-03-10T10:00:00Z", "end": "2026-03-10T{end}Z" }}]"#
        );
        let contract = format!(r#""contract": {{ "policy": {{ "net.threshold_rule": "{rule}" }} }}"#);
        network([export(&format!("{contract}, {outage}"))]).verdict
    };
    // Fewer than 44 minutes; at least 99.9 %, which is 44:38.4 of 31 days.
    assert_eq!((of("10:43:59.999", "minutes44"), of("10:44:00", "minutes44")), (Verdict::Met, Verdict::Breached));
    assert_eq!((of("10:44:38.400", "percent"), of("10:44:38.401", "percent")), (Verdict::Met, Verdict::Breached));
}

#[test]
fn t40_no_figure_is_negative_or_no_number() {
    let whole = export(&outages(&[("o1", "port-1", "2026-02-01 00:00", "2026-05-01 00:00")]));
    let own = network([&whole]);
    assert_eq!(availability(&own).as_deref(), Some("0.0000"));
    // The whole month excluded, and taken out of what the percentage is of: there is nothing to take it of.
    let nothing_left = format!(
        r#""contract": {{ "policy": {{ "denominator": "minus_exclusions" }} }}, "exclusions": [{{ "id": "x1", "clause": "1.4.b", "start": "{}", "end": "{}", "evidence": "log", "agreed": "agreed" }}]"#,
        at("2026-01-01 00:00"),
        at("2026-06-01 00:00")
    );
    let record = case_of([whole, export(&nothing_left)]);
    let assessment = assessed(&record, "2026-03");
    let own = guarantee(&assessment, Article::Network);
    assert_eq!(figures(&own), [0, 0, 0]);
    let text = result_of(&record, &assessment).to_string() + &statement(&record, &assessment);
    assert!(!text.contains("NaN") && !text.contains("-0.0") && !text.contains("inf"), "{text}");
    assert_eq!(
        refused(export(&outages(&[("o1", "port-1", "2026-03-01 00:00", "2026-03-01 00:00")]))),
        Code::EndNotAfterStart
    );
}

#[test]
fn t41_availability_is_of_time_and_no_mean_of_percentages() {
    let two = [
        ("o1", "port-1", "2026-03-10 02:00", "2026-03-10 02:30"),
        ("o2", "port-2", "2026-03-10 02:20", "2026-03-10 02:50"),
    ];
    let own = network([export(&outages(&two))]);
    assert_eq!((counted(&own), availability(&own).as_deref()), (50, Some("99.8879")));
    // A third port that was always up makes nothing better.
    let third = network([export(&outages(&two)), Pings { target: "port-3", ..MARCH }.csv()]);
    assert_eq!(availability(&third), availability(&own));
}

/// A contract of 3000 a month, notices recorded (none), and pings that fail for ten minutes from these times on.
fn lapses(starts: &[(&str, &str)]) -> [String; 2] {
    let requests: Vec<String> = starts
        .iter()
        .map(|(start, _)| start.get(..10).expect("a day"))
        .map(|day| format!(r#"{{ "at": "2026-04-02T10:00:00+08:00", "day": "{day}" }}"#))
        .collect();
    let sections = format!(
        r#""contract": {{ "monthly_rent": "3000.00" }}, "notices": [], "credit_requests": [{}]"#,
        requests.join(",")
    );
    [export(&sections), failing(starts)]
}

#[test]
fn t42_three_lapses_of_one_day_are_one_days_rent() {
    let credits = |starts: &[(&str, &str)]| {
        let assessment = assessed(&case_of(lapses(starts)), "2026-03");
        assessment.remedies.lines.iter().filter(|line| line.state == LineState::Due).count()
    };
    let thrice = [
        ("2026-03-10 10:00", "2026-03-10 10:10"),
        ("2026-03-10 12:00", "2026-03-10 12:10"),
        ("2026-03-10 14:00", "2026-03-10 14:10"),
    ];
    assert_eq!(credits(&thrice), 1);
    // Lapsed at 23:55 and at 00:20: two days.
    let midnight = [("2026-03-10 23:35", "2026-03-10 23:45"), ("2026-03-11 00:00", "2026-03-11 00:10")];
    assert_eq!(credits(&midnight), 2);
}

#[test]
fn t43_a_days_rent_is_of_the_month_and_nothing_exceeds_the_rent() {
    let starts = [("2026-03-10 10:00", "2026-03-10 10:10")];
    let payable = |files: &[String]| {
        let remedies = assessed(&case_of(files), "2026-03").remedies;
        remedies.payable.map(|own| own.to_string())
    };
    let [contract, pings] = lapses(&starts);
    assert_eq!(payable(&[contract.clone(), pings.clone()]).as_deref(), Some("96.77"));
    let thirty = contract.replace(r#""3000.00""#, r#""3000.00", "policy": { "credit.daily_basis": "thirty" }"#);
    assert_eq!(payable(&[thirty, pings]).as_deref(), Some("100.00"));
    // A breach waives the rent; the day's rent is within it.
    let [contract, pings] = lapses(&[("2026-03-10 10:00", "2026-03-10 12:00")]);
    assert_eq!(payable(&[contract, pings]).as_deref(), Some("3000.00"));
}

#[test]
fn t44_power_was_out_while_both_sources_were() {
    let targets = r#""targets": [ { "id": "mains", "guarantee": "power", "source": "mains" }, { "id": "ups", "guarantee": "power", "source": "ups" } ]"#;
    let outage = outages(&[
        ("p1", "mains", "2026-03-10 02:00", "2026-03-10 03:00"),
        ("p2", "ups", "2026-03-10 02:20", "2026-03-10 02:25"),
    ]);
    let record = case_of([export(&format!("{targets}, {outage}"))]);
    assert_eq!(counted(&guarantee(&assessed(&record, "2026-03"), Article::Power)), 5);
}

// ------------------------------------------------------------------------------------------------------------- parsing

#[test]
fn t45_what_a_plugin_says_is_no_state() {
    let line = |local: &str, text: &str| format!("[{}] {text}\n", at(local).since(Instant::MIN) / SECOND_MS);
    let log = [
        line("2026-03-01 00:00", "CURRENT HOST STATE: port-1;UP;HARD;1;ok ;DOWN;HARD;"),
        line(
            "2026-03-10 02:00",
            "HOST ALERT: port-1;UP;HARD;1;was ;DOWN; [1773079200] HOST ALERT: port-1;DOWN;HARD;3;x",
        ),
        line("2026-03-10 02:30", "HOST NOTIFICATION: Li;port-1;UP;by-email;HOST ALERT: port-1;DOWN;HARD;3;x"),
        line("2026-04-01 00:00", "LOG ROTATION: MONTHLY"),
    ]
    .concat();
    let own = network([&log]);
    assert_eq!((counted(&own), own.verdict), (0, Verdict::Met));
    // Neither does it stop or start the monitor.
    for output in ["Bailing out due to load", "Caught SIGTERM, shutting down...", "Nagios 4.4.6 starting... (PID=1)"] {
        for kind in
            ["PASSIVE HOST CHECK: port-1;1", "EXTERNAL COMMAND: PROCESS_HOST_CHECK_RESULT;port-1;1", "wproc: stdout"]
        {
            let own = network([[&log[..], &line("2026-03-10 02:40", &format!("{kind};{output}"))].concat()]);
            assert_eq!((own.verdict, gap_minutes(&own)), (Verdict::Met, vec![]), "{kind};{output}");
        }
    }
}

#[test]
fn t46_rotated_files_may_overlap_and_come_in_any_order() {
    let line = |local: &str, text: &str| format!("[{}] {text}\n", at(local).since(Instant::MIN) / SECOND_MS);
    let down = line("2026-03-10 02:00", "HOST ALERT: port-1;DOWN;HARD;3;x");
    let rotated = line("2026-03-10 03:00", "LOG ROTATION: DAILY");
    let still = line("2026-03-10 03:00", "CURRENT HOST STATE: port-1;DOWN;HARD;3;x");
    let up = line("2026-03-10 04:00", "HOST ALERT: port-1;UP;HARD;1;ok");
    let begin = line("2026-03-01 00:00", "CURRENT HOST STATE: port-1;UP;HARD;1;ok");
    let end = line("2026-04-01 00:00", "LOG ROTATION: MONTHLY");
    let first = [&begin[..], &down, &rotated].concat();
    let second = [&still[..], &up, &end].concat();
    let overlapping = [&down[..], &rotated, &still, &up].concat();
    let whole = network([[&begin[..], &down, &up, &end].concat()]);
    assert_eq!((counted(&whole), measured(&whole).outages.len()), (120, 1));
    for files in [vec![&first, &second], vec![&second, &first], vec![&second, &overlapping, &first, &second, &first]] {
        let own = network(files);
        assert_eq!(
            (figures(&own), measured(&own).outages.len()),
            (figures(&whole), 1),
            "a repeated state is no incident"
        );
    }
}

#[test]
fn t47_every_way_of_writing_a_table_says_the_same() {
    let rows = [("2026-03-10T02:00:00Z", "機房 A; port 1", "down"), ("2026-03-10T02:05:00Z", "機房 A; port 1", "up")];
    let table = |delimiter: &str, line_end: &str, quote: &str| {
        let mut text = format!("time{delimiter}target{delimiter}status{line_end}");
        for (time, target, status) in rows {
            text += &format!("{time}{delimiter}{quote}{target}{quote}{delimiter}{status}{line_end}");
        }
        text
    };
    let expected = read(table(",", "\n", "\"")).record.series;
    assert_eq!(expected.keys().map(|key| key.target.as_str()).collect::<Vec<_>>(), ["機房 A; port 1"]);
    let utf_16: Vec<u8> =
        format!("\u{feff}{}", table("\t", "\r\n", "")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    for file in [
        table(";", "\n", "\"").into_bytes(),
        table("\t", "\r\n", "").into_bytes(),
        format!("\u{feff}{}", table(",", "\r\n", "\"")).into_bytes(),
        format!("sep=;\r\n{}", table(";", "\r\n", "\"")).into_bytes(),
        utf_16,
    ] {
        assert_eq!(read(&file).record.series, expected, "{}", String::from_utf8_lossy(&file));
    }
}

/// A name that is turned around, or that hides a character, stays another name, and is shown with what hides in it.
#[test]
fn names_that_look_alike_are_told_apart() {
    let other = Pings { target: "port\u{202e}-1", ..MARCH }.csv();
    let bell = Pings { target: "port\u{7}-1", ..MARCH }.csv();
    let record = case_of([failing(&[("2026-03-10 02:00", "2026-03-10 02:20")]), other, bell]);
    let names: Vec<&str> = record.series.keys().map(|key| key.target.as_str()).collect();
    assert_eq!(names, ["port\u{7}-1", "port-1", "port\u{202e}-1"]);
    let assessment = assessed(&record, "2026-03");
    for locale in Locale::ALL {
        let told = Statement::new(&record, &assessment, "sha256:00", locale).text();
        assert!(told.contains("port\\u{202e}-1") && told.contains("port\\u{7}-1"), "{told}");
        assert!(!told.contains(['\u{202e}', '\u{7}']));
    }
}

#[test]
fn t48_what_a_number_of_uptime_kuma_means_is_told_by_the_beats() {
    // Status 3, maintenance: a sum of version 1 takes it for up. Here it is neither.
    let file = read(sample("uptime-kuma/1.23/month.db.gz"));
    let inside = file.record.series.iter().find(|(key, _)| key.target == "gateway").expect("gateway").1;
    let states: Vec<SampleState> = inside
        .samples()
        .filter(|sample| at("2026-03-20 01:03") <= sample.at && sample.at < at("2026-03-20 02:00"))
        .map(|sample| sample.state)
        .collect();
    assert!(!states.is_empty() && states.iter().all(|state| *state == SampleState::Unknown));
    // Status 2, pending: neither as well.
    let pending = inside.samples().find(|sample| sample.at > at("2026-03-05 10:00")).expect("a beat");
    assert_eq!(pending.state, SampleState::Unknown);
}

#[test]
fn t49_a_pruned_month_is_put_back_and_said_to_be() {
    let file = read(sample("uptime-kuma/2.0/pruned.db"));
    let source = file.record.sources.values().next().expect("a source");
    assert_eq!(source.evidence, Evidence::Rebuilt);
    assert!(file.notes.iter().any(|note| note.code == Code::BeatsPruned));
    let (whole, own) =
        (network([sample("uptime-kuma/1.23/month.db.gz")]), network([sample("uptime-kuma/2.0/pruned.db")]));
    assert_eq!(measured(&own).downtime.counted / MINUTE_MS, measured(&whole).downtime.counted / MINUTE_MS);
    assert!(measured(&own).downtime.lower <= measured(&whole).downtime.lower);
    assert!(measured(&own).downtime.upper >= measured(&whole).downtime.upper);
}

#[test]
fn t50_times_of_uptimerobot_outweigh_its_rounded_durations() {
    let csv = "Event,Monitor,Monitor URL,Date-Time,Reason,Duration,Duration (in mins.)\n\
        Up,port-1,192.0.2.7,2026-03-10 02:12:30,OK,,30000\n\
        Down,port-1,192.0.2.7,2026-03-10 02:00:00,Timeout,\"0 hrs, 40 mins\",40\n\
        Up,port-1,192.0.2.7,2026-03-10 01:00:40,OK,,59\n\
        Down,port-1,192.0.2.7,2026-03-10 01:00:00,Timeout,\"0 hrs, 0 mins\",0\n\
        Up,port-1,192.0.2.7,2026-03-01 00:00:00,OK,,0\n";
    let file = read_in(Some("Asia/Shanghai"), csv).expect("read");
    let own = network_of(&file.record, "2026-03");
    assert_eq!(measured(&own).outages.len(), 1);
    assert_eq!(measured(&own).outages[0].shown, case::span("2026-03-10 02:00", "2026-03-10 02:12:30"));
    assert_eq!(measured(&own).single_failures.count, 1, "forty seconds are no zero minutes");
}

#[test]
fn t51_an_incident_that_nobody_closed_is_not_days_of_downtime() {
    let incidents = r#"{ "data": [ { "id": "1", "type": "incident", "attributes": { "name": "port-1", "started_at": "2026-03-10T02:00:00Z", "resolved_at": null } } ] }"#;
    let own = network([incidents]);
    assert_eq!((own.verdict, figures(&own)[0]), (Verdict::Undetermined, 0));
    assert!(own.reasons.contains(&Reason::OutageNotOver));
    let minutes_by_day = r#"[ { "name": "port-1", "uptime": "99.90%", "dailyMinutesDown": { "2026-03-10": 1440, "2026-03-11": 1440 } } ]"#;
    let file = read(minutes_by_day);
    assert!(file.record.reported.len() > 1 && file.record.series.is_empty() && file.record.outages.is_none());
    assert_eq!(
        network([minutes_by_day]).verdict,
        Verdict::NotRecorded,
        "sums of days stand beside the figures and in none"
    );
}

#[test]
fn t52_a_day_is_drawn_down_for_as_long_as_it_was() {
    let record = case_of([failing(&[("2026-03-10 02:00", "2026-03-10 03:00")])]);
    let assessment = assessed(&record, "2026-03");
    let own = guarantee(&assessment, Article::Network);
    let strip = MonthStrip::new(&assessment, &own, Locale::En).expect("a chart");
    let width = |wanted: Class| {
        let rect = |shape: &Shape| match shape {
            Shape::Rect { class, width, .. } if *class == wanted => Some(*width),
            _ => None,
        };
        strip.wide.shapes.iter().filter_map(rect).fold(0.0_f64, f64::max)
    };
    let share = width(Class::Down) / width(Class::Ground);
    assert!((0.04..0.05).contains(&share), "an hour of the day: {share}");
}

#[test]
fn t53_the_last_row_of_an_xport_is_at_its_end() {
    for name in ["rrdtool/1.7.2/whole-rounds.json", "rrdtool/1.7.2/with-times.json"] {
        let file = read(sample(name));
        let series = file.record.series.values().next().expect("a series");
        let first = at("1970-01-01 08:00").plus(1_773_072_300_000);
        let last = at("1970-01-01 08:00").plus(1_773_158_400_000);
        assert_eq!((series.first(), series.last()), (Some(first), Some(last)), "{name}");
        assert_eq!(series.len(), (1_773_158_400 - 1_773_072_300) / 300 + 1, "{name}: one row more than steps");
    }
}

#[test]
fn t54_how_many_places_must_see_a_failure_is_said() {
    let seen = |vantage, down| Pings { vantage, down, ..MARCH }.csv();
    let files = |quorum: &str| {
        vec![
            seen("bj", &[("2026-03-10 02:00", "2026-03-10 02:30")]),
            seen("sh", &[("2026-03-10 02:10", "2026-03-10 02:40")]),
            seen("gz", &[("2026-03-10 02:20", "2026-03-10 02:50")]),
            policy("vantage.quorum", quorum),
        ]
    };
    for (quorum, minutes) in [("all", 10), ("2", 30), ("any", 50)] {
        let record = case_of(files(quorum));
        assert_eq!(counted(&network_of(&record, "2026-03")), minutes, "{quorum}");
        let printed = result_of(&record, &assessed(&record, "2026-03"))["policy"]["vantage.quorum"].to_string();
        assert_eq!(printed.trim_matches('"'), quorum);
    }
    let by_default = &files("all")[..3];
    assert_eq!(counted(&network(by_default)), 10, "every place, where nothing else was agreed");
    assert_eq!(case_of(by_default).contract.unwrap_or_default().policy.value(PolicyKey::VantageQuorum), "all");
}

#[test]
fn t55_a_month_of_one_sample_a_second_is_counted_to_the_second() {
    let seconds = 31 * 86_400;
    let down = 10 * 86_400..10 * 86_400 + 66_000;
    let states: String = (0..=seconds).map(|second| if down.contains(&second) { '0' } else { '1' }).collect();
    let samples = format!(
        r#""contract": {{ "policy": {{ "sample.interval_s": 1 }} }}, "samples": [{{ "target": "port-1", "start": "{}", "step_s": 1, "states": "{states}" }}]"#,
        at("2026-03-01 00:00")
    );
    let record = case_of([export(&samples)]);
    assert_eq!(record.series.values().next().expect("a series").len(), 2_678_401);
    let own = network_of(&record, "2026-03");
    assert_eq!(measured(&own).downtime.counted, 66_000 * SECOND_MS, "more than a small number holds, of one day");
    assert_eq!(measured(&own).known_ms, 31 * DAY_MS);
}

/// Claims that nobody agreed to are no exclusions: what `Stance` a file may state is not what it is worth.
#[test]
fn a_claim_in_a_file_is_not_an_agreement() {
    let file = maintained(("2026-03-10 02:00", "2026-03-10 03:00"), &[("2026-03-10 02:00", "2026-03-10 03:00")])
        .replace(r#", "agreed": "agreed""#, "");
    let record = case_of([file]);
    assert_eq!(record.maintenance.iter().flatten().next().expect("a window").stance, Stance::Claimed);
    assert_eq!(counted(&network_of(&record, "2026-03")), 60);
}
