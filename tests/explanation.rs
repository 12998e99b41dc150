//! Every figure says how it came about, and every verdict what would turn it: checked against deciding again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

mod case;

use case::{Case, at, clock, guarantee, measured, span};
use proptest::prelude::*;
use sla_statement::assess::{Article, Fact, Guarantee, Measured, Part, TraceStep, Verdict, WouldChange};
use sla_statement::contract::ThresholdRule;
use sla_statement::record::{Ground, NetworkGround, OutageReport, PowerSource, Stance};
use sla_statement::time::Interval;

const EQUIPMENT: Ground = Ground::Network(NetworkGround::CustomerEquipment);

fn network(case: &Case) -> Guarantee {
    guarantee(&case.assess_as_of("2026-03", "2026-04-03 12:00"), Article::Network)
}

fn sum(parts: &[Part]) -> i64 {
    parts.iter().map(|part| part.ms).sum()
}

fn adds_up(own: &Measured) -> bool {
    let (trace, downtime) = (&own.trace, own.downtime);
    let begins = |parts: &[Part]| parts.first() == Some(&Part { step: TraceStep::Counted, ms: downtime.counted });
    [sum(&trace.lower), sum(&trace.counted), sum(&trace.upper)] == [downtime.lower, downtime.counted, downtime.upper]
        && begins(&trace.lower)
        && begins(&trace.upper)
}

fn verdict_if(own: &Guarantee, wanted: &Fact) -> Option<Verdict> {
    measured(own).would_change.iter().find(|change| change.fact == *wanted).map(|change| change.verdict)
}

#[test]
fn a_trace_tells_what_was_found_merged_cut_and_excluded() {
    let case = Case::new()
        .pings("port-1", "2026-03", &[("2026-03-10 10:00", 12), ("2026-03-31 23:30", 7)])
        .pings("port-2", "2026-03", &[("2026-03-10 10:30", 12)])
        .exclusion(EQUIPMENT, span("2026-03-10 11:00", "2026-03-10 11:20"), Stance::Agreed)
        .exclusion(EQUIPMENT, span("2026-03-10 11:20", "2026-03-10 11:25"), Stance::Claimed);
    let own = network(&case);
    let own = measured(&own);
    let part = |step, text: &str| Part {
        step,
        ms: if let Some(text) = text.strip_prefix('-') { -clock(text) } else { clock(text) },
    };
    assert_eq!(own.trace.runs, 3);
    let excluded = TraceStep::Excluded(sla_statement::assess::Clause::NetworkCustomerEquipment);
    assert_eq!(
        own.trace.counted,
        [
            part(TraceStep::Found, "155:00"),
            part(TraceStep::Merged, "-30:00"),
            part(TraceStep::OutsidePeriod, "-5:00"),
            part(excluded, "-20:00"),
        ],
        "the last failed ping stands at 24:00 on the 31st, and its five minutes are April's"
    );
    assert_eq!(own.trace.lower[1], part(TraceStep::Claimed, "-5:00"));
    assert_eq!(own.trace.upper[1..], [part(TraceStep::BetweenSamples, "10:00")]);
    assert!(adds_up(own));
}

#[test]
fn a_trace_of_power_takes_away_what_one_source_bridged() {
    let case = Case::new()
        .power("mains", PowerSource::Mains)
        .power("ups", PowerSource::Ups)
        .outage("mains", "2026-03-10 10:00", "2026-03-10 11:00")
        .outage("ups", "2026-03-10 10:20", "2026-03-10 10:25");
    let power = guarantee(&case.assess("2026-03"), Article::Power);
    let trace = &measured(&power).trace;
    let parts: Vec<(TraceStep, i64)> = trace.counted.iter().map(|part| (part.step, part.ms / 60_000)).collect();
    assert_eq!(parts, [(TraceStep::Found, 65), (TraceStep::Merged, -60)]);
}

#[test]
fn each_kind_of_fact_is_told_where_it_turns_the_verdict_and_not_where_it_does_not() {
    let pings = |failures| Case::new().pings("port-1", "2026-03", &[("2026-03-10 10:00", failures)]);
    let disputed = pings(10).exclusion(EQUIPMENT, span("2026-03-10 10:00", "2026-03-10 10:20"), Stance::Claimed);
    let own = network(&disputed);
    assert_eq!(own.verdict, Verdict::Undetermined);
    assert_eq!(verdict_if(&own, &Fact::Agreed("x1".into())), Some(Verdict::Met));
    assert_eq!(verdict_if(&own, &Fact::Rejected("x1".into())), Some(Verdict::Breached));

    let agreed = pings(10).exclusion(EQUIPMENT, span("2026-03-10 10:00", "2026-03-10 10:20"), Stance::Agreed);
    assert_eq!(verdict_if(&network(&agreed), &Fact::Rejected("x1".into())), Some(Verdict::Breached));

    let without_consent = pings(10).maintenance(span("2026-03-10 10:00", "2026-03-10 10:20"), None, Stance::Agreed);
    assert_eq!(verdict_if(&network(&without_consent), &Fact::Agreed("m1".into())), Some(Verdict::Met));

    let unreported = pings(10).report("2026-03-25 09:00");
    let own = network(&unreported);
    assert_eq!(own.verdict, Verdict::Met);
    let id = measured(&own).outages[0].id.clone();
    assert_eq!(verdict_if(&own, &Fact::Reported(id)), Some(Verdict::Breached));

    let between = Case::new().outage("port-1", "2026-03-10 10:00:00", "2026-03-10 10:44:10");
    assert_eq!(verdict_if(&network(&between), &Fact::Threshold(ThresholdRule::Percent)), Some(Verdict::Met));
    assert_eq!(verdict_if(&network(&between), &Fact::Threshold(ThresholdRule::Minutes44)), None);

    let gap = span("2026-03-20 10:00", "2026-03-20 12:00");
    let unwatched = pings(2).without_samples("port-1", gap);
    let own = network(&unwatched);
    assert_eq!(own.verdict, Verdict::Undetermined);
    let gap = measured(&own).gaps[0].span;
    assert_eq!(verdict_if(&own, &Fact::Gap(gap, true)), Some(Verdict::Met));
    assert_eq!(verdict_if(&own, &Fact::Gap(gap, false)), Some(Verdict::Breached));

    assert_eq!(measured(&network(&pings(2))).would_change, []);
}

#[test]
fn where_no_gap_is_enough_alone_all_together_are_named() {
    let mut case = Case::new().pings("port-1", "2026-03", &[("2026-03-10 10:00", 5)]);
    for day in ["03", "04", "05"] {
        let gap = span(&format!("2026-03-{day} 10:00"), &format!("2026-03-{day} 10:20"));
        case = case.without_samples("port-1", gap);
    }
    let own = network(&case);
    assert_eq!(own.verdict, Verdict::Undetermined);
    assert_eq!(verdict_if(&own, &Fact::Gaps(true)), Some(Verdict::Met));
    assert!(measured(&own).would_change.iter().all(|change| !matches!(change.fact, Fact::Gap(_, true))));
}

/// A month with outages of about the length that decides, exclusions of each stance, reports and gaps.
fn months() -> impl Strategy<Value = Case> {
    let runs = prop::collection::vec((0_i64..8_900, 1_u32..6), 0..5);
    let claims = prop::collection::vec((0_usize..5, 0_i64..6, 1_i64..6, 0_u8..3), 0..3);
    let gap = prop::option::of((0_i64..8_900, 2_i64..10));
    let policies = (
        prop::sample::select(vec!["counted", "bounds"]),
        prop::sample::select(vec!["both", "minutes44", "percent", "either"]),
        prop::sample::select(vec!["exact", "ceil_minute_per_outage", "floor_minute_per_outage", "ceil_minute_total"]),
        prop::sample::select(vec!["any", "all"]),
        prop::sample::select(vec!["whole_period", "minus_exclusions"]),
    );
    (runs, claims, gap, 0_u8..3, policies).prop_map(|(runs, claims, gap, reports, policies)| {
        let start = at("2026-03-01 00:00");
        let slot = |slot: i64| start.plus(slot * 300_000);
        let text = |slot: i64| format!("2026-03-{:02} {:02}:{:02}", slot / 288 + 1, slot / 12 % 24, slot % 12 * 5);
        let failures: Vec<(String, u32)> = runs.iter().map(|(at, count)| (text(*at), *count)).collect();
        let failures: Vec<(&str, u32)> = failures.iter().map(|(at, count)| (at.as_str(), *count)).collect();
        let (basis, rule, rounding, aggregate, denominator) = policies;
        let mut case = Case::new()
            .policy("verdict.basis", basis)
            .policy("net.threshold_rule", rule)
            .policy("duration.rounding", rounding)
            .policy("target.aggregate", aggregate)
            .policy("denominator", denominator)
            .pings("port-1", "2026-03", &failures)
            .pings("port-2", "2026-03", &failures[..failures.len() / 2]);
        for (run, offset, length, stance) in claims {
            let from = runs.get(run).map_or(offset, |(at, _)| at + offset - 2);
            let stance = [Stance::Agreed, Stance::Claimed, Stance::Rejected][usize::from(stance)];
            case = case.exclusion(EQUIPMENT, Interval::new(slot(from), slot(from + length)).expect("a span"), stance);
        }
        if let Some((from, length)) = gap {
            let gap = Interval::new(slot(from), slot(from + length)).expect("a span");
            case = case.without_samples("port-1", gap).without_samples("port-2", gap);
        }
        match reports {
            0 => case,
            1 => case.reports(),
            _ => case.report("2026-03-20 09:00"),
        }
    })
}

fn decided_again(case: &Case, own: &Guarantee, fact: Fact, expected: Verdict) -> Result<(), TestCaseError> {
    let told = measured(own).would_change.iter().find(|change| change.fact == fact);
    let wanted = (expected != own.verdict).then_some(WouldChange { fact, verdict: expected });
    prop_assert_eq!(told, wanted.as_ref(), "{:?}", case.record.exclusions);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_parts_of_every_figure_add_up_to_it(case in months()) {
        prop_assert!(adds_up(measured(&network(&case))), "{:?}", measured(&network(&case)).trace);
    }

    #[test]
    fn settling_a_claim_gives_the_verdict_that_was_told(case in months()) {
        let own = network(&case);
        for claim in case.record.exclusions.iter().flatten() {
            for (stance, fact) in [(Stance::Agreed, Fact::Agreed(claim.id.clone())), (Stance::Rejected, Fact::Rejected(claim.id.clone()))] {
                if claim.stance != stance {
                    let mut other = case.clone();
                    let claims = other.record.exclusions.iter_mut().flat_map(std::mem::take).map(|mut own| {
                        own.stance = if own.id == claim.id { stance } else { own.stance };
                        own
                    });
                    other.record.exclusions = Some(claims.collect());
                    decided_again(&case, &own, fact, network(&other).verdict)?;
                }
            }
        }
    }

    #[test]
    fn a_report_gives_the_verdict_that_was_told(case in months()) {
        let own = network(&case);
        prop_assume!(case.record.outage_reports.is_some());
        for outage in measured(&own).outages.iter().filter(|outage| outage.reported_at.is_none()) {
            let mut other = case.clone();
            let report = OutageReport {
                at: outage.shown.start(),
                id: "supposed".into(),
                by: "Li".into(),
                channel: "email".into(),
                outage: Some(outage.id.clone()),
                span: Some(outage.shown),
                origin: Default::default(),
            };
            other.record.outage_reports.as_mut().expect("some").insert(report);
            let again = network(&other);
            let others = measured(&again).outages.iter().filter(|other| other.reported_at.is_some()).count();
            // A report is also taken for another outage whose possible time it meets.
            if others == 1 + measured(&own).outages.iter().filter(|other| other.reported_at.is_some()).count() {
                decided_again(&case, &own, Fact::Reported(outage.id.clone()), again.verdict)?;
            }
        }
    }

    #[test]
    fn another_rule_gives_the_verdict_that_was_told(case in months()) {
        let own = network(&case);
        let of = case.record.contract.as_ref().expect("a contract").policy.threshold_rule();
        for rule in ThresholdRule::ALL.iter().copied().filter(|rule| *rule != of) {
            let verdict = network(&case.clone().policy("net.threshold_rule", rule.as_str())).verdict;
            decided_again(&case, &own, Fact::Threshold(rule), verdict)?;
        }
    }

    #[test]
    fn filling_all_gaps_turns_the_verdict_exactly_where_it_was_told(case in months()) {
        let own = network(&case);
        let told = |wanted: bool| measured(&own).would_change.iter().any(|change| {
            matches!(change.fact, Fact::Gap(_, up) | Fact::Gaps(up) if up == wanted)
        });
        let filled = network(&case.clone().policy("sample.gap_state", "up"));
        prop_assert_eq!(told(true), filled.verdict != own.verdict);
    }
}
