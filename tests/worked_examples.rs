//! The worked examples: expectations from `agreement/worked-examples.json`, inputs built from their descriptions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

mod case;

use std::collections::BTreeSet;

use case::{Case, at, clock, examples, guarantee, measured};
use serde_json::Value;
use sla_statement::assess::{
    Article, Assessment, CaseOutcome, Clause, Flag, Guarantee, LastDay, LineState, Missing, NoticeOutcome, Reason,
    Remedies, RuleKind, SingleCase, Verdict, report_deadline,
};
use sla_statement::contract::{Fen, Policy, Script, capitals, fen_of_capitals};
use sla_statement::import::{Options, Reader};
use sla_statement::record::Stance;
use sla_statement::time::{BusinessCalendar, Instant, MINUTE_MS, YearMissing, Zone};

/// What an example says must come out, held against what does.
type Check = fn(id: &str, expected: &Value);

macro_rules! examples {
    ($($test:ident: $($id:literal),+ => $check:expr;)+) => {
        $(#[test]
        fn $test() {
            let check: Check = $check;
            $(check($id, &expect($id));)+
        })+

        /// Ids of the examples that a test holds against the engine; those of capitals are told by their amount.
        const CHECKED: &[&str] = &[$($($id),+),+];
    };
}

examples! {
    n_exact_downtime_against_both_rules: "N01", "N02a", "N03a", "N03b", "N04a", "N04b", "N04d" => exact_downtime;
    n05_months_with_a_clock_change: "N05a", "N05c" => clock_change;
    s_failed_pings_under_the_bounds_reading: "S02", "S03b", "S04", "S07" => failed_pings;
    s06_single_failures: "S06" => single_failures;
    s09_a_monitoring_gap: "S09" => monitoring_gap;
    u01_union_and_intersection_of_ports: "U01" => ports;
    x_agreed_exclusions: "X01", "X04" => failed_pings;
    x02_a_claimed_exclusion: "X02" => claimed_exclusion;
    r_last_day_of_a_report: "R01", "R03", "R05a" => last_day_of_report;
    r06_hours_in_place_of_days: "R06" => exact_hours;
    r08_an_outage_nobody_reported_yet: "R08" => not_reported_yet;
    r09_an_outage_nobody_reported: "R09" => not_reported;
    m01_an_outage_over_the_end_of_a_month: "M01" => month_end;
    m03_a_partial_month: "M03" => partial_month;
    p01_power_is_the_intersection_of_its_sources: "P01" => sources_of_power;
    p03_power_has_no_minutes_rule: "P03" => no_minutes_rule;
    e01_fifteen_minutes_include_the_last_instant: "E01" => notice_in_time;
    e03_one_failed_ping_is_no_emergency: "E03" => no_emergency;
    e_a_credit_a_day_and_only_on_request: "E05", "E06" => credits;
    c_day_credits_add_up: "C01", "C03" => day_credits;
    c06_two_waivers_are_one_and_absorb_credits: "C06" => waivers;
    i_last_day_of_an_installation: "I01", "I02", "I05", "I06" => last_day_of_installation;
    i09_a_year_that_the_calendar_lacks: "I09" => calendar_missing;
    t01_a_complaint_knows_no_weekend: "T01" => complaint_due;
    q01_rounding: "Q01" => rounding;
    z02_a_local_time_that_never_was: "Z02" => never_was;
    a_authorisations: "A01", "A02", "A03", "A05" => authorisation;
    a03_the_clock_starts_with_the_verification: "A03" => clock_of_operation;
    a05_an_operation_on_wrong_credentials: "A05" => illegal_operation;
    a06_thirty_minutes_include_the_last_instant: "A06" => first_feedback;
    a07_a_report_that_is_missing: "A07" => missing_report;
    v02_a_visit_refused_with_everything_in_order: "V02" => refused_visit;
    k01_two_ways_to_count_a_year: "K01" => last_day_of_term;
}

#[test]
fn every_example_of_the_file_is_held_against_the_engine() {
    let file = expectations();
    let ids: BTreeSet<&str> = file.iter().filter_map(|example| example["id"].as_str()).collect();
    assert_eq!(ids.len(), file.len(), "every example has an id of its own");
    let rest: BTreeSet<&str> = ids.into_iter().filter(|id| !id.starts_with('¥')).collect();
    assert_eq!(rest, CHECKED.iter().copied().collect());
}

fn expectations() -> Vec<Value> {
    serde_json::from_str(include_str!("agreement/worked-examples.json")).expect("valid JSON")
}

fn entry(id: &str) -> Value {
    expectations().into_iter().find(|example| example["id"] == id).unwrap_or_else(|| panic!("no example {id}"))
}

fn expect(id: &str) -> Value {
    entry(id)["expect"].clone()
}

/// The description of an example.
fn example(id: &str) -> String {
    text(&entry(id), "desc").to_owned()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no `{key}` in {value}"))
}

/// Checks `minutes`, `percent`, `both` and `disagree` as far as the example states them.
fn check_verdicts(id: &str, expected: &Value, guarantee: &Guarantee) {
    let rule = |kind| measured(guarantee).rules.iter().find(|rule| rule.kind == kind).map(|rule| rule.verdict.as_str());
    for (key, found) in [
        ("minutes", rule(RuleKind::Minutes)),
        ("percent", rule(RuleKind::Percent)),
        ("both", Some(guarantee.verdict.as_str())),
        ("verdict", Some(guarantee.verdict.as_str())),
    ] {
        if let Some(wanted) = expected[key].as_str() {
            assert_eq!(found, Some(wanted), "{id} {key}");
        }
    }
    if let Some(disagree) = expected["disagree"].as_bool() {
        assert_eq!(guarantee.flags.contains(&Flag::RuleDisagreement), disagree, "{id} disagree");
    }
}

fn check_figures(id: &str, expected: &Value, guarantee: &Guarantee) {
    let downtime = measured(guarantee).downtime;
    for (key, found) in
        [("L", downtime.lower), ("mid", downtime.counted), ("counted", downtime.counted), ("U", downtime.upper)]
    {
        if let Some(wanted) = expected[key].as_str() {
            assert_eq!(found, clock(wanted), "{id} {key}");
        }
    }
}

/// The month of an example, long after.
fn assessed(id: &str) -> Assessment {
    let (case, of) = examples::of(id);
    case.assess(of)
}

/// The article 1 of an example's case.
fn network(id: &str) -> Guarantee {
    guarantee(&assessed(id), Article::Network)
}

fn exact_downtime(id: &str, expected: &Value) {
    let description = example(id);
    let (_, rest) = description.split_once("exact downtime ").expect("a length");
    let (length, limit) = rest.split_once(", T%=").expect("a limit");
    let guarantee = network(id);
    check_verdicts(id, expected, &guarantee);
    assert_eq!(percent_limit(&guarantee), clock(limit), "{id}");
    assert_eq!(measured(&guarantee).downtime.counted, clock(length), "{id}");
}

fn percent_limit(guarantee: &Guarantee) -> i64 {
    measured(guarantee).rules.iter().find(|rule| rule.kind == RuleKind::Percent).expect("percent").limit_ms
}

fn clock_change(id: &str, expected: &Value) {
    let description = example(id);
    let (_, seconds) = description.split_once("seconds=").expect("seconds");
    let assessment = assessed(id);
    assert_eq!(assessment.period.ms(), seconds.parse::<i64>().expect("seconds") * 1_000, "{id}");
    assert_eq!(percent_limit(&guarantee(&assessment, Article::Network)), clock(text(expected, "T")));
}

fn failed_pings(id: &str, expected: &Value) {
    check_figures(id, expected, &network(id));
    check_verdicts(id, expected, &network(id));
    if id == "X01" {
        assert_eq!(measured(&network(id)).excluded.get(&Clause::NetworkMaintenance).copied().unwrap(), clock("60:00"));
    }
}

fn single_failures(id: &str, expected: &Value) {
    let guarantee = network(id);
    check_figures(id, expected, &guarantee);
    check_verdicts(id, &expected["default"], &guarantee);
    assert_eq!(measured(&guarantee).single_failures.count, 5);
    assert_eq!(measured(&guarantee).single_failures.could_add_ms, clock(text(expected, "unconfirmed_upto")));
    assert!(guarantee.flags.contains(&Flag::SensitiveToSingleFailures));
    let (case, of) = examples::of(id);
    let counted = case.policy("sample.min_consecutive_failures", "1").network_of(of);
    check_verdicts(id, &expected["if_counted"], &counted);
}

fn monitoring_gap(id: &str, expected: &Value) {
    for guarantee in under_both_bases(id) {
        check_figures(id, expected, &guarantee);
        check_verdicts(id, expected, &guarantee);
        let coverage = measured(&guarantee).coverage_percent().expect("coverage");
        assert!(coverage.starts_with(text(expected, "coverage").trim_end_matches('%')), "{coverage}");
    }
}

/// What is undetermined is so whichever figure decides.
fn under_both_bases(id: &str) -> [Guarantee; 2] {
    ["bounds", "counted"].map(|basis| {
        let (case, of) = examples::of(id);
        case.policy("verdict.basis", basis).network_of(of)
    })
}

fn ports(id: &str, expected: &Value) {
    let any = network(id);
    assert_eq!(measured(&any).downtime.counted, clock(text(expected, "any")));
    assert_eq!(any.verdict.as_str(), text(expected, "any_v"));
    assert_eq!(measured(&any).outages.len(), 1, "one outage of both ports");
    let (case, of) = examples::of(id);
    let all = case.policy("target.aggregate", "all").network_of(of);
    assert_eq!(measured(&all).downtime.counted, clock(text(expected, "all")));
    assert_eq!(all.verdict.as_str(), text(expected, "all_v"));
}

fn claimed_exclusion(id: &str, expected: &Value) {
    for claimed in under_both_bases(id) {
        check_figures(id, expected, &claimed);
        check_verdicts(id, expected, &claimed);
        assert!(claimed.flags.contains(&Flag::DisputedExclusion));
    }
}

fn deadline(from: &str, key: &str, value: &str) -> Instant {
    let mut policy = Policy::default();
    policy.set(key, &serde_json::from_str(value).unwrap_or_else(|_| value.into())).expect(key);
    report_deadline(at(from), 5, Zone::default(), &policy, BusinessCalendar::china()).expect("a year of the calendar")
}

/// Civil days end at 24:00: the instant belongs to the next day.
fn last_day(end: Instant) -> String {
    Zone::default().day(end.plus(-1)).to_string()
}

fn last_day_of_report(id: &str, expected: &Value) {
    let description = example(id);
    let (_, rest) = description.split_once("anchor local day ").expect("an anchor");
    let anchor = format!("{} 10:17", &rest[..10]);
    assert_eq!(last_day(deadline(&anchor, "report.holiday_roll", "false")), text(expected, "no_roll"), "{id}");
    assert_eq!(last_day(deadline(&anchor, "report.holiday_roll", "true")), text(expected, "roll"), "{id}");
}

fn exact_hours(_: &str, expected: &Value) {
    let exact = deadline("2026-03-03 10:17", "report.count", "exact_120h");
    assert_eq!(exact, Instant::parse_rfc3339(text(expected, "deadline")).expect("a deadline"));
}

fn not_reported_yet(id: &str, expected: &Value) {
    for basis in ["bounds", "counted"] {
        let (case, of) = examples::of(id);
        let open = case.policy("verdict.basis", basis).assess_as_of(of, "2026-04-02 00:00");
        let network = guarantee(&open, Article::Network);
        check_figures(id, expected, &network);
        check_verdicts(id, expected, &network);
        assert_eq!(open.status.as_str(), text(expected, "status"));
        assert!(network.flags.contains(&Flag::ReportWindowOpen));
    }
}

fn not_reported(id: &str, expected: &Value) {
    let closed = network(id);
    check_figures(id, expected, &closed);
    check_verdicts(id, expected, &closed);
    let (length, _) = text(expected, "excluded").split_once(' ').expect("a length");
    assert_eq!(measured(&closed).excluded.get(&Clause::NetworkReport).copied().unwrap(), clock(length));
}

fn month_end(id: &str, expected: &Value) {
    let (across, _) = examples::of(id);
    for (of, length, verdict) in [("2026-03", "march", "march_v"), ("2026-04", "april", "april_v")] {
        let network = across.network_of(of);
        assert_eq!(measured(&network).downtime.counted, clock(text(expected, length)));
        assert_eq!(network.verdict.as_str(), text(expected, verdict));
    }
}

fn partial_month(id: &str, expected: &Value) {
    let (partial, of) = examples::of(id);
    let assessment = partial.assess(of);
    assert_eq!(assessment.period.ms(), expected["period_min"].as_i64().expect("minutes") * MINUTE_MS);
    let network = guarantee(&assessment, Article::Network);
    assert_eq!(percent_limit(&network), clock(text(expected, "T")));
    check_verdicts(id, &expected["flat44"], &network);
    assert!(network.flags.contains(&Flag::PartialMonth));
    let prorated = partial.policy("net.minutes_partial_month", "prorated").network_of(of);
    assert_eq!(measured(&prorated).rules[0].limit_ms, clock(text(expected, "prorated_limit")));
    check_verdicts(id, &expected["prorated"], &prorated);
}

fn sources_of_power(_: &str, expected: &Value) {
    let blackout = |claim| guarantee(&examples::blackout(claim).assess("2026-04"), Article::Power);
    let plain = blackout(None);
    assert_eq!(measured(&plain).downtime.counted, clock(text(expected, "outage")));
    assert_eq!(plain.verdict.as_str(), text(expected, "verdict"));
    let claimed = blackout(Some(Stance::Claimed));
    assert_eq!(claimed.verdict.as_str(), text(expected, "if_blackout_fm_claimed"));
    assert!(claimed.flags.contains(&Flag::BlackoutAsFm));
    assert_eq!(blackout(Some(Stance::Agreed)).verdict.as_str(), text(expected, "if_fm_agreed"));
}

fn no_minutes_rule(id: &str, expected: &Value) {
    let assessment = assessed(id);
    assert_eq!(guarantee(&assessment, Article::Power).verdict.as_str(), text(expected, "power"));
    check_verdicts(id, &expected["network_same"], &guarantee(&assessment, Article::Network));
}

fn notice_in_time(id: &str, expected: &Value) {
    let outcome = |case: &Case| {
        let own = guarantee(&case.assess("2026-03"), Article::EmergencyNotice);
        assert_eq!(own.emergencies().expect("notices are recorded")[0].deadline, at("2026-03-10 10:20:00"));
        own.emergencies().expect("notices are recorded")[0].outcome == NoticeOutcome::InTime
    };
    let (mut case, _) = examples::of(id);
    assert_eq!(outcome(&case), expected["at_10_20_00"]);
    case.record.notices = None;
    assert_eq!(outcome(&case.notice("2026-03-10 10:20:01", true)), expected["at_10_20_01"]);
}

fn no_emergency(id: &str, expected: &Value) {
    let own = guarantee(&assessed(id), Article::EmergencyNotice);
    assert_eq!(own.emergencies().expect("notices are recorded").len(), count(expected, "emergencies"));
}

/// A whole number of the expectations.
fn count(expected: &Value, key: &str) -> usize {
    expected[key].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or_else(|| panic!("no `{key}`"))
}

fn credits(id: &str, expected: &Value) {
    let remedies = assessed(id).remedies;
    let lines = |state| remedies.lines.iter().filter(|line| line.state == state).count();
    match id {
        "E05" => assert_eq!(lines(LineState::Due), count(expected, "credits")),
        _ => {
            assert_eq!(lines(LineState::Eligible), count(expected, "eligible"));
            assert_eq!(lines(LineState::Due), count(expected, "due"));
        }
    }
}

/// An amount of the expectations.
fn yuan(expected: &Value, key: &str) -> String {
    format!("{:.2}", expected[key].as_f64().unwrap_or_else(|| panic!("no `{key}`")))
}

fn payable(remedies: &Remedies) -> String {
    remedies.payable.expect("a rent is stated").to_string()
}

fn day_credits(id: &str, expected: &Value) {
    let remedies = assessed(id).remedies;
    let amounts: Vec<Fen> = remedies.lines.iter().filter_map(|line| line.amount).collect();
    assert_eq!(amounts.len(), 3, "{id}");
    assert!(amounts.iter().all(|amount| amount.to_string() == yuan(expected, "per_day")), "{id} {amounts:?}");
    assert_eq!(amounts.into_iter().sum::<Fen>().to_string(), yuan(expected, "sum"), "{id}");
    assert_eq!(payable(&remedies), yuan(expected, "payable"), "{id}");
}

#[test]
fn half_a_fen_is_rounded_up() {
    let half: Fen = "75.15".parse().expect("rent");
    assert_eq!(half.divided_half_up(30).to_string(), "2.51");
}

fn waivers(id: &str, expected: &Value) {
    let remedies = assessed(id).remedies;
    assert_eq!(payable(&remedies), yuan(expected, "payable"));
    let states: Vec<LineState> = remedies.lines.iter().map(|line| line.state).collect();
    assert_eq!(states, [LineState::Due, LineState::Absorbed, LineState::Absorbed, LineState::Absorbed]);
}

/// The only case of an article in the month of an example.
fn single(id: &str, article: Article) -> SingleCase {
    let own = guarantee(&assessed(id), article);
    let [single] = own.cases() else { panic!("{id}: {:?}", own.conduct) };
    single.clone()
}

fn last_day_of_installation(id: &str, expected: &Value) {
    let own = single(id, Article::Installation);
    assert_eq!(last_day(own.due.expect("a day")), text(expected, "last_day"), "{id}");
    assert_eq!(own.outcome, CaseOutcome::Breached, "{id}: nothing was ever accepted");
}

fn calendar_missing(id: &str, expected: &Value) {
    let own = guarantee(&assessed(id), Article::Installation);
    assert_eq!(own.verdict, Verdict::Undetermined);
    assert!(own.reasons.contains(&Reason::CalendarMissing) && own.flags.contains(&Flag::CalendarMissing));
    assert_eq!(single(id, Article::Installation).due, None);
    let calendar = BusinessCalendar::china();
    let missing = calendar.nth_working_day_after("2026-12-30".parse().expect("a day"), 3);
    assert_eq!(missing, Err(YearMissing(2027)));
    assert!(text(expected, "error").contains(&YearMissing(2027).to_string()));
}

fn complaint_due(id: &str, expected: &Value) {
    let due = Instant::parse_rfc3339(text(expected, "due")).expect("an instant");
    assert_eq!(single(id, Article::Complaints).due, Some(due));
}

fn rounding(id: &str, expected: &Value) {
    for (rounding, length, verdict) in [
        ("exact", "exact", Some("exact_v")),
        ("ceil_minute_per_outage", "ceil_each", Some("ceil_v")),
        ("floor_minute_per_outage", "floor_each", None),
    ] {
        let (case, of) = examples::of(id);
        let network = case.policy("duration.rounding", rounding).network_of(of);
        assert_eq!(measured(&network).downtime.counted, clock(text(expected, length)), "{rounding}");
        if let Some(key) = verdict {
            assert_eq!(network.verdict.as_str(), text(expected, key), "{rounding}");
        }
    }
}

fn never_was(_: &str, expected: &Value) {
    assert_eq!(text(expected, "action"), "reject row");
    let options = Options { zone: Some("America/New_York".parse().expect("a zone")), ..Options::default() };
    let mut reader = Reader::new("pings.csv", options);
    reader.push(b"time,status\n2026-03-08 01:55,up\n2026-03-08 02:30,up\n").expect("samples");
    let imported = reader.finish().expect("samples");
    let found: Vec<&str> = imported.rejected.iter().map(|row| row.found.as_str()).collect();
    assert_eq!(found, ["2026-03-08 02:30"]);
}

fn authorisation(id: &str, expected: &Value) {
    let outcome = single(id, Article::Support).outcome;
    let wanted = if expected["valid"] == true { CaseOutcome::Met } else { CaseOutcome::Illegal };
    assert_eq!(outcome, wanted, "{id}");
}

fn clock_of_operation(id: &str, expected: &Value) {
    assert_eq!(text(expected, "clock_starts"), "verification time");
    let (verified, operation) = (single(id, Article::Support), single(id, Article::Operations));
    assert_eq!(operation.started_at, verified.started_at);
    assert_eq!(operation.due, Some(at("2026-03-10 10:30")));
}

fn illegal_operation(id: &str, expected: &Value) {
    assert_eq!(text(expected, "flag"), "operation without valid authorisation");
    let assessment = assessed(id);
    assert_eq!(guarantee(&assessment, Article::Operations).verdict, Verdict::Breached);
    assert_eq!(guarantee(&assessment, Article::Support).verdict, Verdict::Breached);
    let own = single(id, Article::Operations);
    assert_eq!(own.outcome, CaseOutcome::Illegal);
    assert_eq!(own.missing.iter().copied().collect::<Vec<_>>(), [Missing::Authorisation]);
}

fn first_feedback(id: &str, expected: &Value) {
    assert_eq!(single(id, Article::Operations).outcome == CaseOutcome::Met, expected["first"]);
    let (mut case, _) = examples::of(id);
    case.record.operations = None;
    let late = case.operation(examples::told("2026-03-10 10:30:01")).only(Article::Operations);
    assert_eq!(late.outcome == CaseOutcome::Met, expected["second"]);
    assert_eq!(late.outcome, CaseOutcome::Breached);
}

fn missing_report(id: &str, expected: &Value) {
    assert!(text(expected, "result").starts_with("missing"));
    let own = single(id, Article::Operations);
    assert_eq!(own.outcome, CaseOutcome::Deficient);
    assert_eq!(own.missing.iter().copied().collect::<Vec<_>>(), [Missing::Report]);
    assert_eq!(guarantee(&assessed(id), Article::Operations).verdict, Verdict::Undetermined);
}

fn refused_visit(id: &str, expected: &Value) {
    let assessment = assessed(id);
    let breached = guarantee(&assessment, Article::Visits).verdict == Verdict::Breached;
    assert_eq!(breached, expected["provider_breach"]);
    assert_eq!(text(expected, "remedy"), "none in contract");
    assert!(assessment.remedies.lines.is_empty());
}

fn last_day_of_term(id: &str, expected: &Value) {
    let last = LastDay::of("2025-03-01".parse().expect("a day")).expect("a year later");
    assert_eq!(last.statutory.to_string(), text(expected, "statutory_last_day"));
    assert_eq!(last.customary.to_string(), text(expected, "customary_last_day"));
    assert!(!assessed(id).flags.contains(&Flag::TermDatesOdd));
    for (day, odd) in [(text(expected, "statutory_last_day"), false), ("2026-03-02", true)] {
        let flags = Case::new().term("2025-03-01", day).network("port-1").assess("2025-03").flags;
        assert_eq!(flags.contains(&Flag::TermDatesOdd), odd, "{day}");
    }
}

#[test]
fn capitals_of_every_example() {
    let mut seen = 0;
    for example in expectations() {
        let Some(amount) = example["id"].as_str().and_then(|id| id.strip_prefix('¥')) else { continue };
        let amount: Fen = amount.parse().expect("an amount");
        for (script, wanted) in
            [(Script::Traditional, &example["expect"][0]), (Script::Simplified, &example["expect"][1])]
        {
            assert_eq!(capitals(amount, script), wanted.as_str().expect("text"));
            assert_eq!(fen_of_capitals(&capitals(amount, script)), Ok(amount));
        }
        seen += 1;
    }
    assert!(seen >= 25, "{seen} examples of capitals");
}
