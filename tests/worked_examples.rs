//! The worked examples: expectations from `agreement/worked-examples.json`, inputs built from their descriptions.

mod case;

use case::{Case, at, clock, guarantee, measured, span};
use serde_json::Value;
use sla_statement::assess::{Article, Clause, Flag, Guarantee, RuleKind, Status, report_deadline};
use sla_statement::contract::{Fen, Policy, Script, capitals, fen_of_capitals};
use sla_statement::record::{ForceMajeure, Ground, PowerGround, PowerSource, Stance};
use sla_statement::time::{BusinessCalendar, Instant, LocalReading, Zone};

fn examples() -> Vec<Value> {
    serde_json::from_str(include_str!("agreement/worked-examples.json")).expect("valid JSON")
}

fn expect(id: &str) -> Value {
    examples().into_iter().find(|example| example["id"] == id).unwrap_or_else(|| panic!("no example {id}"))["expect"]
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

/// An exact outage of a length from 10:00 on the 10th.
fn exact(of: &str, length: &str) -> Case {
    let start = format!("{of}-10 10:00");
    let mut case = Case::new().outage("port-1", &start, &format!("{of}-20 10:00"));
    let mut event = case.record.outages.take().expect("an outage").pop_first().expect("an outage");
    event.end = Some(event.start.plus(clock(length)));
    case.record.outages.get_or_insert_default().insert(event);
    case
}

#[test]
fn n_exact_downtime_against_both_rules() {
    for (id, of, length, limit) in [
        ("N01", "2026-02", "41:00", "40:19.2"),
        ("N02a", "2028-02", "41:45", "41:45.6"),
        ("N03a", "2026-04", "43:12", "43:12"),
        ("N03b", "2026-04", "43:13", "43:12"),
        ("N04a", "2026-03", "43:59", "44:38.4"),
        ("N04b", "2026-03", "44:00", "44:38.4"),
        ("N04d", "2026-03", "44:39", "44:38.4"),
    ] {
        let guarantee = exact(of, length).network_of(of);
        check_verdicts(id, &expect(id), &guarantee);
        let percent = measured(&guarantee).rules.iter().find(|rule| rule.kind == RuleKind::Percent).expect("percent");
        assert_eq!(percent.limit_ms, clock(limit), "{id}");
        assert_eq!(measured(&guarantee).downtime.counted, clock(length), "{id}");
    }
}

#[test]
fn n05_months_with_a_clock_change() {
    for (id, zone, of, seconds) in
        [("N05a", "America/New_York", "2026-03", 2_674_800), ("N05c", "Europe/Berlin", "2026-10", 2_682_000)]
    {
        let assessment = Case::new().zone(zone).outage("p", "2026-03-02 00:00", "2026-03-02 00:01").assess(of);
        assert_eq!(assessment.period.ms(), seconds * 1_000, "{id}");
        let guarantee = guarantee(&assessment, Article::Network);
        let percent = measured(&guarantee).rules.iter().find(|rule| rule.kind == RuleKind::Percent).expect("percent");
        assert_eq!(percent.limit_ms, clock(text(&expect(id), "T")), "{id}");
    }
}

#[test]
fn s_failed_pings_under_the_bounds_reading() {
    for (id, failures) in [("S02", 8), ("S03b", 9), ("S04", 10)] {
        let case =
            Case::new().policy("verdict.basis", "bounds").pings("port-1", "2026-03", &[("2026-03-10 02:00", failures)]);
        let guarantee = case.network_of("2026-03");
        check_figures(id, &expect(id), &guarantee);
        check_verdicts(id, &expect(id), &guarantee);
    }
}

#[test]
fn s06_single_failures() {
    let expected = expect("S06");
    let singles: Vec<String> = (10..15).map(|day| format!("2026-03-{day} 02:00")).collect();
    let singles: Vec<(&str, u32)> = singles.iter().map(|start| (start.as_str(), 1)).collect();
    let case = Case::new().policy("verdict.basis", "bounds").pings("port-1", "2026-03", &singles);
    let guarantee = case.network_of("2026-03");
    check_figures("S06", &expected, &guarantee);
    check_verdicts("S06", &expected["default"], &guarantee);
    assert_eq!(measured(&guarantee).single_failures.count, 5);
    assert_eq!(measured(&guarantee).single_failures.could_add_ms, clock(text(&expected, "unconfirmed_upto")));
    assert!(guarantee.flags.contains(&Flag::SensitiveToSingleFailures));
    let counted = case.policy("sample.min_consecutive_failures", "1").network_of("2026-03");
    check_verdicts("S06", &expected["if_counted"], &counted);
}

#[test]
fn s07_jittered_pings() {
    let case = Case::new()
        .pings("port-1", "2026-03", &[])
        .without_samples("port-1", span("2026-03-10 00:00", "2026-03-10 00:20"))
        .sample("port-1", "2026-03-10 00:00:02", true)
        .sample("port-1", "2026-03-10 00:05:07", false)
        .sample("port-1", "2026-03-10 00:10:01", false)
        .sample("port-1", "2026-03-10 00:15:30", true);
    check_figures("S07", &expect("S07"), &case.network_of("2026-03"));
}

#[test]
fn s09_a_monitoring_gap() {
    let expected = expect("S09");
    for basis in ["bounds", "counted"] {
        let case = Case::new()
            .policy("verdict.basis", basis)
            .pings("port-1", "2026-04", &[])
            .without_samples("port-1", span("2026-04-10 02:00", "2026-04-10 02:50"));
        let guarantee = case.network_of("2026-04");
        check_figures("S09", &expected, &guarantee);
        check_verdicts("S09", &expected, &guarantee);
        let coverage = measured(&guarantee).coverage_percent().expect("coverage");
        assert!(coverage.starts_with(text(&expected, "coverage").trim_end_matches('%')), "{coverage}");
    }
}

#[test]
fn u01_union_and_intersection_of_ports() {
    let expected = expect("U01");
    let case = Case::new().outage("port-a", "2026-04-10 10:00", "2026-04-10 10:30").outage(
        "port-b",
        "2026-04-10 10:20",
        "2026-04-10 10:50",
    );
    let any = case.network_of("2026-04");
    assert_eq!(measured(&any).downtime.counted, clock(text(&expected, "any")));
    assert_eq!(any.verdict.as_str(), text(&expected, "any_v"));
    assert_eq!(measured(&any).outages.len(), 1, "one outage of both ports");
    let all = case.policy("target.aggregate", "all").network_of("2026-04");
    assert_eq!(measured(&all).downtime.counted, clock(text(&expected, "all")));
    assert_eq!(all.verdict.as_str(), text(&expected, "all_v"));
}

fn maintained(stance: Stance) -> Case {
    Case::new().outage("port-1", "2026-03-10 02:00", "2026-03-10 03:30").maintenance(
        span("2026-03-10 02:00", "2026-03-10 03:00"),
        Some("2026-03-09 10:00"),
        stance,
    )
}

#[test]
fn x_exclusions_agreed_and_claimed() {
    let agreed = maintained(Stance::Agreed).network_of("2026-03");
    check_figures("X01", &expect("X01"), &agreed);
    check_verdicts("X01", &expect("X01"), &agreed);
    assert_eq!(measured(&agreed).excluded[&Clause::NetworkMaintenance], clock("60:00"));
    for basis in ["bounds", "counted"] {
        let claimed = maintained(Stance::Claimed).policy("verdict.basis", basis).network_of("2026-03");
        check_figures("X02", &expect("X02"), &claimed);
        check_verdicts("X02", &expect("X02"), &claimed);
        assert!(claimed.flags.contains(&Flag::DisputedExclusion));
    }
    let sampled = Case::new()
        .pings("port-1", "2026-03", &[("2026-03-10 02:00", 18)])
        .maintenance(span("2026-03-10 02:00", "2026-03-10 03:00"), Some("2026-03-09 10:00"), Stance::Agreed)
        .network_of("2026-03");
    check_figures("X04", &expect("X04"), &sampled);
    check_verdicts("X04", &expect("X04"), &sampled);
}

#[test]
fn r_last_day_of_a_report() {
    let calendar = BusinessCalendar::china();
    let zone = Zone::default();
    let deadline = |from: &str, key: &str, value: &str| {
        let mut policy = Policy::default();
        policy.set(key, &serde_json::from_str(value).unwrap_or_else(|_| value.into())).expect(key);
        report_deadline(at(from), 5, zone, &policy, &calendar).expect("a year of the calendar")
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
    let case = Case::new().reports().outage("port-1", "2026-03-10 10:00", "2026-03-10 10:50");
    let expected = expect("R08");
    let open = case.assess_as_of("2026-03", "2026-03-12 00:00");
    assert_eq!(open.status, Status::Provisional);
    assert_eq!(open.status.as_str(), text(&expected, "status"));
    // The month being over, only the window is open.
    let late = Case::new().reports().outage("port-1", "2026-03-30 10:00", "2026-03-30 10:50");
    for basis in ["bounds", "counted"] {
        let open = late.clone().policy("verdict.basis", basis).assess_as_of("2026-03", "2026-04-02 00:00");
        let network = guarantee(&open, Article::Network);
        check_figures("R08", &expected, &network);
        check_verdicts("R08", &expected, &network);
        assert_eq!(open.status, Status::Provisional);
        assert!(network.flags.contains(&Flag::ReportWindowOpen));
    }
    let closed = case.network_of("2026-03");
    check_figures("R09", &expect("R09"), &closed);
    check_verdicts("R09", &expect("R09"), &closed);
    assert_eq!(measured(&closed).excluded[&Clause::NetworkReport], clock("50:00"));
}

#[test]
fn m_month_edges_and_partial_months() {
    let across = Case::new().outage("port-1", "2026-03-31 23:30", "2026-04-01 00:30");
    for (of, length, verdict) in [("2026-03", "march", "march_v"), ("2026-04", "april", "april_v")] {
        let network = across.network_of(of);
        assert_eq!(measured(&network).downtime.counted, clock(text(&expect("M01"), length)));
        assert_eq!(network.verdict.as_str(), text(&expect("M01"), verdict));
    }
    let expected = expect("M03");
    let partial = exact("2026-04", "30:00").term("2026-04-15", "2027-04-14").outage(
        "port-1",
        "2026-04-16 00:00",
        "2026-04-16 00:30",
    );
    let assessment = partial.assess("2026-04");
    assert_eq!(assessment.period.ms(), expected["period_min"].as_i64().expect("minutes") * 60_000);
    let network = guarantee(&assessment, Article::Network);
    assert_eq!(measured(&network).rules[1].limit_ms, clock(text(&expected, "T")));
    check_verdicts("M03", &expected["flat44"], &network);
    assert!(network.flags.contains(&Flag::PartialMonth));
    let prorated = partial.policy("net.minutes_partial_month", "prorated").network_of("2026-04");
    assert_eq!(measured(&prorated).rules[0].limit_ms, clock(text(&expected, "prorated_limit")));
    check_verdicts("M03", &expected["prorated"], &prorated);
}

fn blackout(claims: Option<Stance>) -> Guarantee {
    let case = Case::new()
        .power("mains", PowerSource::Mains)
        .power("ups", PowerSource::Ups)
        .outage("mains", "2026-04-10 02:00", "2026-04-10 05:00")
        .outage("ups", "2026-04-10 02:40", "2026-04-10 04:55");
    let ground = Ground::Power(PowerGround::ForceMajeure(ForceMajeure::WarStrikeBlackout));
    let case = claims
        .into_iter()
        .fold(case, |case, stance| case.exclusion(ground, span("2026-04-10 02:00", "2026-04-10 05:00"), stance));
    guarantee(&case.assess("2026-04"), Article::Power)
}

#[test]
fn p_power_is_the_intersection_of_its_sources() {
    let expected = expect("P01");
    let plain = blackout(None);
    assert_eq!(measured(&plain).downtime.counted, clock(text(&expected, "outage")));
    assert_eq!(plain.verdict.as_str(), text(&expected, "verdict"));
    let claimed = blackout(Some(Stance::Claimed));
    assert_eq!(claimed.verdict.as_str(), text(&expected, "if_blackout_fm_claimed"));
    assert!(claimed.flags.contains(&Flag::BlackoutAsFm));
    assert_eq!(blackout(Some(Stance::Agreed)).verdict.as_str(), text(&expected, "if_fm_agreed"));

    let expected = expect("P03");
    let case = Case::new()
        .power("mains", PowerSource::Mains)
        .outage("mains", "2026-03-10 02:00", "2026-03-10 02:44")
        .outage("port-1", "2026-03-10 02:00", "2026-03-10 02:44");
    let assessment = case.assess("2026-03");
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
    let assessment = Case::new()
        .rent("3000.00")
        .power("mains", PowerSource::Mains)
        .outage("mains", "2026-03-10 02:00", "2026-03-10 04:00")
        .outage("port-1", "2026-03-10 02:00", "2026-03-10 04:00")
        .assess("2026-03");
    let payable = assessment.remedies.payable.expect("a rent is stated");
    assert_eq!(payable.to_string(), format!("{:.2}", expect("C06")["payable"].as_f64().expect("a number")));
    assert_eq!(assessment.remedies.lines.len(), 2);
}

#[test]
fn q01_rounding() {
    let expected = expect("Q01");
    let case = ["10", "11", "12"].iter().fold(Case::new(), |case, day| {
        case.outage("port-1", &format!("2026-04-{day} 10:00:00"), &format!("2026-04-{day} 10:14:20"))
    });
    for (rounding, length, verdict) in [
        ("exact", "exact", Some("exact_v")),
        ("ceil_minute_per_outage", "ceil_each", Some("ceil_v")),
        ("floor_minute_per_outage", "floor_each", None),
    ] {
        let network = case.clone().policy("duration.rounding", rounding).network_of("2026-04");
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
    for example in examples() {
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
