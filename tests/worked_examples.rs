//! The worked examples: expectations from `agreement/worked-examples.json`, inputs built from their descriptions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

mod case;

use case::{at, clock, examples, guarantee, measured};
use serde_json::Value;
use sla_statement::assess::{Article, Clause, Flag, Guarantee, RuleKind, report_deadline};
use sla_statement::contract::{Fen, Policy, Script, capitals, fen_of_capitals};
use sla_statement::record::Stance;
use sla_statement::time::{BusinessCalendar, Instant, LocalReading, Zone};

fn expectations() -> Vec<Value> {
    serde_json::from_str(include_str!("agreement/worked-examples.json")).expect("valid JSON")
}

fn expect(id: &str) -> Value {
    expectations().into_iter().find(|example| example["id"] == id).unwrap_or_else(|| panic!("no example {id}"))["expect"]
        .clone()
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

/// The article 1 of an example's case.
fn network(id: &str) -> Guarantee {
    let (case, of) = examples::of(id);
    case.network_of(of)
}

#[test]
fn n_exact_downtime_against_both_rules() {
    for (id, length, limit) in [
        ("N01", "41:00", "40:19.2"),
        ("N02a", "41:45", "41:45.6"),
        ("N03a", "43:12", "43:12"),
        ("N03b", "43:13", "43:12"),
        ("N04a", "43:59", "44:38.4"),
        ("N04b", "44:00", "44:38.4"),
        ("N04d", "44:39", "44:38.4"),
    ] {
        let guarantee = network(id);
        check_verdicts(id, &expect(id), &guarantee);
        assert_eq!(percent_limit(&guarantee), clock(limit), "{id}");
        assert_eq!(measured(&guarantee).downtime.counted, clock(length), "{id}");
    }
}

fn percent_limit(guarantee: &Guarantee) -> i64 {
    measured(guarantee).rules.iter().find(|rule| rule.kind == RuleKind::Percent).expect("percent").limit_ms
}

#[test]
fn n05_months_with_a_clock_change() {
    for (id, seconds) in [("N05a", 2_674_800), ("N05c", 2_682_000)] {
        let (case, of) = examples::of(id);
        let assessment = case.assess(of);
        assert_eq!(assessment.period.ms(), seconds * 1_000, "{id}");
        assert_eq!(percent_limit(&guarantee(&assessment, Article::Network)), clock(text(&expect(id), "T")));
    }
}

#[test]
fn s_failed_pings_under_the_bounds_reading() {
    for id in ["S02", "S03b", "S04"] {
        check_figures(id, &expect(id), &network(id));
        check_verdicts(id, &expect(id), &network(id));
    }
}

#[test]
fn s06_single_failures() {
    let expected = expect("S06");
    let guarantee = network("S06");
    check_figures("S06", &expected, &guarantee);
    check_verdicts("S06", &expected["default"], &guarantee);
    assert_eq!(measured(&guarantee).single_failures.count, 5);
    assert_eq!(measured(&guarantee).single_failures.could_add_ms, clock(text(&expected, "unconfirmed_upto")));
    assert!(guarantee.flags.contains(&Flag::SensitiveToSingleFailures));
    let (case, of) = examples::of("S06");
    let counted = case.policy("sample.min_consecutive_failures", "1").network_of(of);
    check_verdicts("S06", &expected["if_counted"], &counted);
}

#[test]
fn s07_jittered_pings() {
    check_figures("S07", &expect("S07"), &network("S07"));
}

#[test]
fn s09_a_monitoring_gap() {
    let expected = expect("S09");
    for basis in ["bounds", "counted"] {
        let (case, of) = examples::of("S09");
        let guarantee = case.policy("verdict.basis", basis).network_of(of);
        check_figures("S09", &expected, &guarantee);
        check_verdicts("S09", &expected, &guarantee);
        let coverage = measured(&guarantee).coverage_percent().expect("coverage");
        assert!(coverage.starts_with(text(&expected, "coverage").trim_end_matches('%')), "{coverage}");
    }
}

#[test]
fn u01_union_and_intersection_of_ports() {
    let expected = expect("U01");
    let any = network("U01");
    assert_eq!(measured(&any).downtime.counted, clock(text(&expected, "any")));
    assert_eq!(any.verdict.as_str(), text(&expected, "any_v"));
    assert_eq!(measured(&any).outages.len(), 1, "one outage of both ports");
    let (case, of) = examples::of("U01");
    let all = case.policy("target.aggregate", "all").network_of(of);
    assert_eq!(measured(&all).downtime.counted, clock(text(&expected, "all")));
    assert_eq!(all.verdict.as_str(), text(&expected, "all_v"));
}

#[test]
fn x_exclusions_agreed_and_claimed() {
    for id in ["X01", "X04"] {
        check_figures(id, &expect(id), &network(id));
        check_verdicts(id, &expect(id), &network(id));
    }
    assert_eq!(measured(&network("X01")).excluded[&Clause::NetworkMaintenance], clock("60:00"));
    for basis in ["bounds", "counted"] {
        let (case, of) = examples::of("X02");
        let claimed = case.policy("verdict.basis", basis).network_of(of);
        check_figures("X02", &expect("X02"), &claimed);
        check_verdicts("X02", &expect("X02"), &claimed);
        assert!(claimed.flags.contains(&Flag::DisputedExclusion));
    }
}

#[test]
fn r_last_day_of_a_report() {
    let calendar = BusinessCalendar::china();
    let zone = Zone::default();
    let deadline = |from: &str, key: &str, value: &str| {
        let mut policy = Policy::default();
        policy.set(key, &serde_json::from_str(value).unwrap_or_else(|_| value.into())).expect(key);
        report_deadline(at(from), 5, zone, &policy, calendar).expect("a year of the calendar")
    };
    // Civil days end at 24:00: the instant belongs to the next day.
    let last_day = |end: Instant| zone.day(end.plus(-1)).to_string();
    for (id, anchor) in [("R01", "2026-03-03 10:17"), ("R03", "2026-02-09 10:17"), ("R05a", "2026-06-01 10:17")] {
        let expected = expect(id);
        assert_eq!(last_day(deadline(anchor, "report.holiday_roll", "false")), text(&expected, "no_roll"), "{id}");
        assert_eq!(last_day(deadline(anchor, "report.holiday_roll", "true")), text(&expected, "roll"), "{id}");
    }
    let exact = deadline("2026-03-03 10:17", "report.count", "exact_120h");
    assert_eq!(exact, Instant::parse_rfc3339(text(&expect("R06"), "deadline")).expect("R06"));
}

#[test]
fn r08_r09_an_outage_nobody_reported() {
    let expected = expect("R08");
    for basis in ["bounds", "counted"] {
        let (case, of) = examples::of("R08");
        let open = case.policy("verdict.basis", basis).assess_as_of(of, "2026-04-02 00:00");
        let network = guarantee(&open, Article::Network);
        check_figures("R08", &expected, &network);
        check_verdicts("R08", &expected, &network);
        assert_eq!(open.status.as_str(), text(&expected, "status"));
        assert!(network.flags.contains(&Flag::ReportWindowOpen));
    }
    let closed = network("R09");
    check_figures("R09", &expect("R09"), &closed);
    check_verdicts("R09", &expect("R09"), &closed);
    assert!(text(&expect("R09"), "excluded").starts_with("50:00"));
    assert_eq!(measured(&closed).excluded[&Clause::NetworkReport], clock("50:00"));
}

#[test]
fn m_month_edges_and_partial_months() {
    let (across, _) = examples::of("M01");
    for (of, length, verdict) in [("2026-03", "march", "march_v"), ("2026-04", "april", "april_v")] {
        let network = across.network_of(of);
        assert_eq!(measured(&network).downtime.counted, clock(text(&expect("M01"), length)));
        assert_eq!(network.verdict.as_str(), text(&expect("M01"), verdict));
    }
    let expected = expect("M03");
    let (partial, of) = examples::of("M03");
    let assessment = partial.assess(of);
    assert_eq!(assessment.period.ms(), expected["period_min"].as_i64().expect("minutes") * 60_000);
    let network = guarantee(&assessment, Article::Network);
    assert_eq!(percent_limit(&network), clock(text(&expected, "T")));
    check_verdicts("M03", &expected["flat44"], &network);
    assert!(network.flags.contains(&Flag::PartialMonth));
    let prorated = partial.policy("net.minutes_partial_month", "prorated").network_of(of);
    assert_eq!(measured(&prorated).rules[0].limit_ms, clock(text(&expected, "prorated_limit")));
    check_verdicts("M03", &expected["prorated"], &prorated);
}

#[test]
fn p_power_is_the_intersection_of_its_sources() {
    let expected = expect("P01");
    let blackout = |claim| guarantee(&examples::blackout(claim).assess("2026-04"), Article::Power);
    let plain = blackout(None);
    assert_eq!(measured(&plain).downtime.counted, clock(text(&expected, "outage")));
    assert_eq!(plain.verdict.as_str(), text(&expected, "verdict"));
    let claimed = blackout(Some(Stance::Claimed));
    assert_eq!(claimed.verdict.as_str(), text(&expected, "if_blackout_fm_claimed"));
    assert!(claimed.flags.contains(&Flag::BlackoutAsFm));
    assert_eq!(blackout(Some(Stance::Agreed)).verdict.as_str(), text(&expected, "if_fm_agreed"));

    let expected = expect("P03");
    let (case, of) = examples::of("P03");
    let assessment = case.assess(of);
    assert_eq!(guarantee(&assessment, Article::Power).verdict.as_str(), text(&expected, "power"));
    check_verdicts("P03", &expected["network_same"], &guarantee(&assessment, Article::Network));
}

#[test]
fn c_money() {
    for id in ["C01", "C03"] {
        let expected = expect(id);
        let rent: Fen = "3000.00".parse().expect("rent");
        let daily = rent.divided_half_up(if id == "C01" { 31 } else { 30 });
        let yuan = |value: &Value| format!("{:.2}", value.as_f64().expect("a number"));
        assert_eq!(daily.to_string(), yuan(&expected["per_day"]), "{id}");
        assert_eq!([daily; 3].into_iter().sum::<Fen>().to_string(), yuan(&expected["sum"]), "{id}");
    }
    let half: Fen = "75.15".parse().expect("rent");
    assert_eq!(half.divided_half_up(30).to_string(), "2.51");
}

#[test]
fn c06_two_waivers_are_one() {
    let (case, of) = examples::of("C06");
    let remedies = case.assess(of).remedies;
    let payable = remedies.payable.expect("a rent is stated");
    assert_eq!(payable.to_string(), format!("{:.2}", expect("C06")["payable"].as_f64().expect("a number")));
    assert_eq!(remedies.lines.len(), 2);
}

#[test]
fn q01_rounding() {
    let expected = expect("Q01");
    for (rounding, length, verdict) in [
        ("exact", "exact", Some("exact_v")),
        ("ceil_minute_per_outage", "ceil_each", Some("ceil_v")),
        ("floor_minute_per_outage", "floor_each", None),
    ] {
        let (case, of) = examples::of("Q01");
        let network = case.policy("duration.rounding", rounding).network_of(of);
        assert_eq!(measured(&network).downtime.counted, clock(text(&expected, length)), "{rounding}");
        if let Some(key) = verdict {
            assert_eq!(network.verdict.as_str(), text(&expected, key), "{rounding}");
        }
    }
}

#[test]
fn z02_a_local_time_that_never_was() {
    let zone: Zone = "America/New_York".parse().expect("a zone");
    let local = "2026-03-08T02:30:00".parse().expect("a local time");
    assert_eq!(text(&expect("Z02"), "action"), "reject row");
    assert_eq!(zone.read(local), LocalReading::Never);
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

#[test]
fn i_business_days() {
    let calendar = BusinessCalendar::china();
    for (id, signed) in [("I01", "2025-09-26"), ("I02", "2025-09-29"), ("I05", "2026-05-01"), ("I06", "2026-09-30")] {
        let last = calendar.nth_working_day_after(signed.parse().expect("a day"), 3).expect("a year of the calendar");
        assert_eq!(last.to_string(), text(&expect(id), "last_day"), "{id}");
    }
    let missing = calendar.nth_working_day_after("2026-12-30".parse().expect("a day"), 3).expect_err("2027 is missing");
    assert!(text(&expect("I09"), "error").contains(&missing.to_string()));
}
