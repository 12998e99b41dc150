//! Articles 1 and 2, rule by rule: what a customer or a provider would point at.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

mod case;

use case::{Case, at, clock, guarantee, measured, span};
use sla_statement::assess::{
    Article, Certainty, Clause, Flag, Guarantee, LineState, Question, Reason, Refusal, Status, Verdict, assess,
};
use sla_statement::contract::{Policy, RentChange};
use sla_statement::record::{
    Ground, NetworkGround, Notice, Origin, OutageCoverage, PowerSource, SampleState, Series, Stance,
};
use sla_statement::time::BusinessCalendar;

const CUSTOMER_FAULT: Ground = Ground::Network(NetworkGround::CustomerEquipment);

fn counted(guarantee: &Guarantee) -> i64 {
    measured(guarantee).downtime.counted
}

#[test]
fn t1_a_monitor_that_stood_still_is_neither_up_nor_down() {
    let case = Case::new()
        .pings("port-1", "2026-03", &[])
        .without_samples("port-1", span("2026-03-10 02:00", "2026-03-10 07:00"));
    let own = case.network_of("2026-03");
    assert_eq!(own.verdict, Verdict::Undetermined);
    assert!(own.reasons.contains(&Reason::MonitoringGap) && own.flags.contains(&Flag::MonitoringGap));
    assert_eq!(measured(&own).downtime.upper, clock("300:00"));
    assert_eq!(measured(&own).gaps.len(), 1);
}

#[test]
fn t2_a_month_without_data_is_never_a_hundred_percent() {
    for gap_state in ["unknown", "up", "down", "remove_from_period"] {
        let own = Case::new().network("port-1").policy("sample.gap_state", gap_state).network_of("2026-03");
        assert_eq!(own.verdict, Verdict::Undetermined, "{gap_state}");
        assert!(own.reasons.contains(&Reason::NoData));
        assert_eq!(measured(&own).availability_percent(), None);
    }
    assert_eq!(Case::new().network_of("2026-03").verdict, Verdict::NotRecorded, "no target at all");
}

#[test]
fn t3_what_a_gap_could_hide_decides() {
    let down = Case::new().pings("port-1", "2026-03", &[("2026-03-05 02:00", 8)]);
    let gap = |hours: &str| down.clone().without_samples("port-1", span("2026-03-10 02:00", hours));
    assert_eq!(gap("2026-03-10 04:00").network_of("2026-03").verdict, Verdict::Undetermined);
    // Forty minutes and a gap of one lost ping stay below both limits as shown.
    let own = gap("2026-03-10 02:10").network_of("2026-03");
    assert_eq!((counted(&own), own.verdict), (clock("40:00"), Verdict::Undetermined));
    assert!(down.network_of("2026-03").verdict == Verdict::Met);
}

#[test]
fn a_breach_beyond_doubt_is_not_softened_by_a_gap() {
    let own = Case::new()
        .pings("port-1", "2026-03", &[("2026-03-05 02:00", 20)])
        .without_samples("port-1", span("2026-03-10 02:00", "2026-03-10 09:00"))
        .network_of("2026-03");
    assert_eq!((own.verdict, measured(&own).certainty), (Verdict::Breached, Certainty::Certain));
}

#[test]
fn what_a_gap_counts_as_is_a_policy() {
    let case = Case::new()
        .pings("port-1", "2026-03", &[])
        .without_samples("port-1", span("2026-03-10 02:00", "2026-03-10 03:00"));
    let with = |state| case.clone().policy("sample.gap_state", state).network_of("2026-03");
    assert_eq!((with("up").verdict, measured(&with("up")).downtime.upper), (Verdict::Met, 0));
    assert_eq!((with("down").verdict, counted(&with("down"))), (Verdict::Breached, clock("60:00")));
    assert_eq!(measured(&with("down")).outages.len(), 1);
    let removed = with("remove_from_period");
    assert_eq!(removed.verdict, Verdict::Met);
    assert_eq!(measured(&removed).denominator_ms, 2_678_400_000 - clock("60:00"));
    for state in ["up", "down", "remove_from_period", "unknown"] {
        assert_eq!(measured(&with(state)).known_ms, 2_678_400_000 - clock("60:00"), "coverage is what it is: {state}");
    }
}

#[test]
fn t5_monitoring_that_starts_late_does_not_shrink_the_month() {
    let case = Case::new()
        .pings("port-1", "2026-03", &[])
        .without_samples("port-1", span("2026-02-28 00:00", "2026-03-16 00:00"));
    let own = case.network_of("2026-03");
    assert_eq!(own.verdict, Verdict::Undetermined);
    assert!(own.flags.contains(&Flag::LowCoverage));
    assert_eq!(measured(&own).denominator_ms, 2_678_400_000);
}

#[test]
fn t17_an_outage_still_open_ends_with_the_data() {
    let case = Case::new()
        .pings("port-1", "2026-03", &[("2026-03-10 02:00", 9_000)])
        .without_samples("port-1", span("2026-03-10 02:15", "2026-05-01 00:00"));
    let assessment = case.assess_as_of("2026-03", "2026-03-10 02:20");
    let own = guarantee(&assessment, Article::Network);
    assert_eq!(counted(&own), clock("20:00"));
    assert!(measured(&own).outages[0].open_ended);
    assert_eq!(assessment.status, Status::Provisional);
}

#[test]
fn the_last_ping_of_the_month_covers_the_rest_of_it() {
    let mut case = Case::new().pings("port-1", "2026-03", &[]);
    let series = case.record.series.values_mut().next().expect("a series");
    let kept: Vec<_> = series.samples().filter(|sample| sample.at < at("2026-04-01 00:00")).collect();
    *series = Series::default();
    kept.into_iter().for_each(|sample| series.push(sample));
    let own = case.network_of("2026-03");
    assert_eq!(measured(&own).coverage_percent().as_deref(), Some("100.0000"));
    assert_eq!(own.verdict, Verdict::Met);
}

#[test]
fn t22_the_first_failed_ping_belongs_to_the_outage() {
    let own = Case::new().pings("port-1", "2026-03", &[("2026-03-10 02:00", 2)]).network_of("2026-03");
    let outage = &measured(&own).outages[0];
    assert_eq!(outage.shown, span("2026-03-10 02:00", "2026-03-10 02:10"));
    assert_eq!(outage.possible, span("2026-03-10 01:55", "2026-03-10 02:10"));
    assert_eq!((outage.downtime.lower, outage.downtime.counted, outage.downtime.upper), (300_000, 600_000, 900_000));
}

#[test]
fn t26_a_gap_breaks_consecutive_failures() {
    let own = Case::new()
        .pings("port-1", "2026-03", &[("2026-03-10 02:00", 1), ("2026-03-10 02:30", 1)])
        .without_samples("port-1", span("2026-03-10 02:00", "2026-03-10 02:30"))
        .network_of("2026-03");
    assert_eq!(counted(&own), 0);
    assert!(measured(&own).downtime.upper >= clock("35:00"), "the lone failures beside the gap stay possible");
    assert_eq!(measured(&own).single_failures.count, 2);
}

#[test]
fn t27_jitter_makes_no_gap() {
    let mut case = Case::new();
    let mut now = at("2026-03-01 00:00");
    let mut late = true;
    while now <= at("2026-04-01 00:00") {
        case = case.clone();
        let key = sla_statement::record::SeriesKey { target: "port-1".into(), ..Default::default() };
        let sample = sla_statement::record::Sample { at: now, state: SampleState::Up };
        case.record.series.of(key).push(sample);
        now = now.plus(if late { 302_000 } else { 298_000 });
        late = !late;
    }
    let own = case.network_of("2026-03");
    assert!(measured(&own).gaps.is_empty());
    assert_eq!(own.verdict, Verdict::Met);
}

#[test]
fn t38_a_hundred_percent_means_no_downtime() {
    let own = Case::new().outage("port-1", "2026-03-10 10:00:00", "2026-03-10 10:00:01").network_of("2026-03");
    assert_eq!(measured(&own).availability_percent().as_deref(), Some("99.9999"));
    let none = Case::new().pings("port-1", "2026-03", &[]).network_of("2026-03");
    assert_eq!(measured(&none).availability_percent().as_deref(), Some("100.0000"));
}

#[test]
fn a_sampling_sensitive_verdict_says_so() {
    let own = Case::new().pings("port-1", "2026-03", &[("2026-03-10 02:00", 8)]).network_of("2026-03");
    assert_eq!((own.verdict, measured(&own).certainty), (Verdict::Met, Certainty::SamplingSensitive));
    assert!(own.flags.contains(&Flag::SamplingSensitive) && own.reasons.is_empty());
    assert!(!own.flags.contains(&Flag::RuleDisagreement));
}

#[test]
fn either_rule_may_be_enough() {
    let case = Case::new().outage("port-1", "2026-03-10 10:00:00", "2026-03-10 10:44:10");
    let verdict = |rule| case.clone().policy("net.threshold_rule", rule).network_of("2026-03").verdict;
    assert_eq!(verdict("both"), Verdict::Breached);
    assert_eq!(verdict("either"), Verdict::Met);
    assert_eq!(verdict("percent"), Verdict::Met);
    assert_eq!(verdict("minutes44"), Verdict::Breached);
    assert!(case.network_of("2026-03").flags.contains(&Flag::RuleDisagreement));
}

#[test]
fn t35_the_denominator_is_a_policy() {
    // 44:30 in March, with a day of agreed exclusion elsewhere: 99.9 % of thirty days is less than that.
    let case = Case::new()
        .policy("net.threshold_rule", "percent")
        .outage("port-1", "2026-03-10 10:00:00", "2026-03-10 10:44:30")
        .exclusion(CUSTOMER_FAULT, span("2026-03-20 00:00", "2026-03-21 00:00"), Stance::Agreed);
    assert_eq!(case.network_of("2026-03").verdict, Verdict::Met);
    assert_eq!(case.policy("denominator", "minus_exclusions").network_of("2026-03").verdict, Verdict::Breached);
}

#[test]
fn t29_overlapping_exclusions_are_taken_once_and_in_order() {
    let own = Case::new()
        .outage("port-1", "2026-03-10 02:00", "2026-03-10 05:00")
        .exclusion(CUSTOMER_FAULT, span("2026-03-10 02:30", "2026-03-10 04:00"), Stance::Agreed)
        .maintenance(span("2026-03-10 02:00", "2026-03-10 03:00"), Some("2026-03-01 00:00"), Stance::Agreed)
        .exclusion(
            Ground::Network(NetworkGround::OtherCustomerCause),
            span("2026-03-10 03:30", "2026-03-10 04:30"),
            Stance::Claimed,
        )
        .network_of("2026-03");
    let excluded = &measured(&own).excluded;
    assert_eq!(excluded.get(&Clause::NetworkMaintenance).copied().unwrap(), clock("60:00"));
    assert_eq!(excluded.get(&Clause::NetworkCustomerEquipment).copied().unwrap(), clock("60:00"));
    assert_eq!(counted(&own), clock("60:00"));
    let parts: Vec<(Clause, i64, Stance)> =
        measured(&own).outages[0].excluded.iter().map(|part| (part.clause, part.ms, part.stance)).collect();
    assert_eq!(
        parts,
        [
            (Clause::NetworkMaintenance, clock("60:00"), Stance::Agreed),
            (Clause::NetworkCustomerEquipment, clock("60:00"), Stance::Agreed),
            (Clause::NetworkOtherCustomerCause, clock("30:00"), Stance::Claimed),
        ]
    );
}

#[test]
fn t34_maintenance_without_consent_excludes_nothing() {
    let case = Case::new().outage("port-1", "2026-03-10 02:00", "2026-03-10 04:00");
    let window = span("2026-03-10 02:00", "2026-03-10 04:00");
    let with = |consent, stance| case.clone().maintenance(window, consent, stance);
    assert_eq!(counted(&with(None, Stance::Agreed).network_of("2026-03")), clock("120:00"));
    assert_eq!(counted(&with(Some("2026-03-10 02:00"), Stance::Agreed).network_of("2026-03")), 0);
    assert_eq!(counted(&with(Some("2026-03-01 00:00"), Stance::Rejected).network_of("2026-03")), clock("120:00"));
}

#[test]
fn consent_after_the_start_reaches_from_its_instant_as_a_claim() {
    let case = Case::new().outage("port-1", "2026-03-10 02:00", "2026-03-10 04:00").maintenance(
        span("2026-03-10 02:00", "2026-03-10 04:00"),
        Some("2026-03-10 03:00"),
        Stance::Agreed,
    );
    let own = case.network_of("2026-03");
    assert!(own.flags.contains(&Flag::ConsentAfterStart));
    assert_eq!(counted(&own), clock("120:00"));
    assert_eq!(measured(&own).downtime.lower, clock("60:00"));
    let relaxed = case.policy("maintenance.consent_must_precede", "false").network_of("2026-03");
    assert_eq!(counted(&relaxed), 0);
}

#[test]
fn a_rejected_exclusion_changes_nothing() {
    let own = Case::new()
        .outage("port-1", "2026-03-10 02:00", "2026-03-10 04:00")
        .exclusion(CUSTOMER_FAULT, span("2026-03-10 02:00", "2026-03-10 04:00"), Stance::Rejected)
        .network_of("2026-03");
    assert_eq!((own.verdict, measured(&own).certainty), (Verdict::Breached, Certainty::Certain));
    assert!(own.flags.is_empty(), "{:?}", own.flags);
}

#[test]
fn an_exclusion_of_one_port_leaves_the_other() {
    let mut case = Case::new()
        .outage("port-1", "2026-03-10 02:00", "2026-03-10 03:00")
        .outage("port-2", "2026-03-10 02:30", "2026-03-10 03:30")
        .exclusion(CUSTOMER_FAULT, span("2026-03-10 00:00", "2026-03-10 06:00"), Stance::Agreed);
    let exclusions = case.record.exclusions.take().expect("an exclusion");
    case.record.exclusions = Some(
        exclusions
            .into_iter()
            .map(|mut own| {
                own.targets.insert("port-1".into());
                own
            })
            .collect(),
    );
    let own = case.network_of("2026-03");
    assert_eq!(counted(&own), clock("60:00"), "what port-2 alone was down");
    assert_eq!(measured(&own).excluded.get(&Clause::NetworkCustomerEquipment).copied().unwrap(), clock("30:00"));
}

#[test]
fn every_vantage_must_see_a_target_fail_unless_the_policy_says_otherwise() {
    let case = Case::new()
        .pings_from("port-1", "bj", "2026-03", &[("2026-03-10 02:00", 6)])
        .pings_from("port-1", "sh", "2026-03", &[("2026-03-10 02:10", 6)])
        .pings_from("port-1", "gz", "2026-03", &[("2026-03-10 02:20", 6)]);
    let with = |quorum| counted(&case.clone().policy("vantage.quorum", quorum).network_of("2026-03"));
    assert_eq!(with("all"), clock("10:00"));
    assert_eq!(with("2"), clock("30:00"));
    assert_eq!(with("any"), clock("50:00"));
    // One vantage that is up answers for a gap of another.
    let gap = case.without_samples("port-1", span("2026-03-20 00:00", "2026-03-20 01:00"));
    assert!(gap.network_of("2026-03").flags.contains(&Flag::MonitoringGap));
}

#[test]
fn a_vantage_that_is_up_answers_for_the_gap_of_another() {
    let mut case = Case::new().pings_from("port-1", "bj", "2026-03", &[]);
    case = case.without_samples("port-1", span("2026-03-10 00:00", "2026-03-11 00:00"));
    let case = case.pings_from("port-1", "sh", "2026-03", &[]);
    let own = case.network_of("2026-03");
    assert_eq!((own.verdict, measured(&own).downtime.upper), (Verdict::Met, 0));
    assert!(measured(&own).gaps.is_empty());
}

#[test]
fn per_target_the_worst_decides() {
    let case = Case::new().outage("port-1", "2026-03-10 02:00", "2026-03-10 02:30").outage(
        "port-2",
        "2026-03-11 02:00",
        "2026-03-11 02:30",
    );
    assert_eq!(case.network_of("2026-03").verdict, Verdict::Breached, "together an hour");
    let own = case.clone().policy("target.aggregate", "per_target").network_of("2026-03");
    assert_eq!((own.verdict, counted(&own)), (Verdict::Met, clock("30:00")));
    assert_eq!(measured(&own).outages.len(), 2);
}

#[test]
fn t36_reported_on_the_last_day_and_on_the_day_after() {
    let case = Case::new().outage("port-1", "2026-03-03 10:00", "2026-03-03 11:00");
    // The fifth day is Sunday the 8th: it rolls to Monday.
    let reported = |local| case.clone().report(local).network_of("2026-03");
    assert_eq!(counted(&reported("2026-03-09 23:59:59")), clock("60:00"));
    assert_eq!(counted(&reported("2026-03-10 00:00:00")), 0);
    assert!(reported("2026-03-09 12:00").flags.contains(&Flag::HolidayRollMatters));
    assert!(!reported("2026-03-05 12:00").flags.contains(&Flag::HolidayRollMatters));
    let early = reported("2026-03-03 09:59");
    assert_eq!(counted(&early), 0, "a report before the outage is not of it");
    let in_time = reported("2026-03-05 12:00");
    let outage = &measured(&in_time).outages[0];
    assert_eq!(outage.reported_at, Some(at("2026-03-05 12:00")));
    assert_eq!(outage.report_deadline, Some(at("2026-03-10 00:00")));
}

#[test]
fn without_reports_the_five_day_rule_is_not_applied() {
    let case = Case::new().outage("port-1", "2026-03-03 10:00", "2026-03-03 11:00");
    let own = case.network_of("2026-03");
    assert_eq!(counted(&own), clock("60:00"));
    assert!(!measured(&own).report_rule_applied);
    assert_eq!(counted(&case.reports().network_of("2026-03")), 0);
}

#[test]
fn a_report_names_its_outage() {
    let case = Case::new()
        .outage("port-1", "2026-03-03 10:00", "2026-03-03 10:30")
        .outage("port-1", "2026-03-04 10:00", "2026-03-04 10:40")
        .report("2026-03-05 09:00");
    assert_eq!(counted(&case.network_of("2026-03")), clock("70:00"), "without a name it is of both");
    let named = |id: &str| {
        let mut case = case.clone();
        let mut report = case.record.outage_reports.take().expect("reports").into_iter().next().expect("a report");
        report.outage = Some(id.into());
        case.record.outage_reports.get_or_insert_default().insert(report);
        counted(&case.network_of("2026-03"))
    };
    assert_eq!(named("o1"), clock("30:00"));
    assert_eq!(named("o2"), clock("40:00"));
    assert_eq!(named("ticket 77"), clock("70:00"), "an unknown name is told by its time");
}

#[test]
fn where_the_days_are_counted_from_can_matter() {
    let case = Case::new()
        .policy("report.holiday_roll", "false")
        .outage("port-1", "2026-03-03 23:00", "2026-03-04 01:00")
        .report("2026-03-09 12:00");
    let own = case.network_of("2026-03");
    assert!(own.flags.contains(&Flag::ReportAnchorMatters));
    assert_eq!(counted(&own), clock("120:00"));
    assert_eq!(counted(&case.policy("report.anchor", "start_of_outage").network_of("2026-03")), 0);
}

#[test]
fn the_provider_knew_and_still_the_customer_did_not_report() {
    let mut case = Case::new().reports().outage("port-1", "2026-03-03 10:00", "2026-03-03 11:00");
    case.record.notices.get_or_insert_default().insert(Notice {
        at: at("2026-03-03 10:10"),
        contact: "Li".into(),
        channel: sla_statement::contract::Channel::Email,
        delivered: true,
        origin: Origin::default(),
    });
    let own = case.network_of("2026-03");
    assert_eq!(counted(&own), 0);
    assert!(own.flags.contains(&Flag::ProviderKnew));
}

#[test]
fn a_calendar_without_the_year_leaves_it_open() {
    let mut case = Case::new().reports().outage("port-1", "2027-03-03 10:00", "2027-03-03 11:00");
    let own = guarantee(&case.assess("2027-03"), Article::Network);
    assert_eq!(own.verdict, Verdict::Undetermined);
    assert!(own.reasons.contains(&Reason::CalendarMissing) && own.flags.contains(&Flag::CalendarMissing));
    assert_eq!(measured(&own).outages[0].report_deadline, None);
    let calendar = r#"{ "schema": "sla-calendar/1", "years": { "2027": {} } }"#;
    case.record.calendar = Some(BusinessCalendar::parse(calendar).expect("a calendar"));
    assert_eq!(guarantee(&case.assess("2027-03"), Article::Network).verdict, Verdict::Met);
}

#[test]
fn the_report_rule_takes_an_outage_whole_over_two_months() {
    let case = Case::new().reports().outage("port-1", "2026-03-31 22:00", "2026-04-01 02:00");
    for of in ["2026-03", "2026-04"] {
        let own = case.network_of(of);
        assert_eq!((counted(&own), own.verdict), (0, Verdict::Met));
        assert_eq!(measured(&own).excluded.get(&Clause::NetworkReport).copied().unwrap(), clock("120:00"));
        assert_eq!(
            measured(&own).outages[0].report_deadline,
            Some(at("2026-04-08 00:00")),
            "the 6th is a holiday, the 7th works"
        );
    }
}

#[test]
fn power_knows_no_maintenance() {
    let own = guarantee(
        &Case::new()
            .power("mains", PowerSource::Mains)
            .outage("mains", "2026-03-10 02:00", "2026-03-10 04:00")
            .maintenance(span("2026-03-10 02:00", "2026-03-10 04:00"), Some("2026-03-01 00:00"), Stance::Agreed)
            .assess("2026-03"),
        Article::Power,
    );
    assert_eq!((own.verdict, counted(&own)), (Verdict::Breached, clock("120:00")));
}

#[test]
fn t44_power_is_out_where_both_sources_are() {
    let case = Case::new()
        .power("mains", PowerSource::Mains)
        .power("ups", PowerSource::Ups)
        .pings("mains", "2026-03", &[("2026-03-10 02:00", 12)])
        .pings("ups", "2026-03", &[("2026-03-10 02:20", 3)]);
    let own = guarantee(&case.assess("2026-03"), Article::Power);
    assert_eq!(counted(&own), clock("15:00"));
    assert_eq!(measured(&own).outages.len(), 1);
    assert_eq!(measured(&own).outages[0].targets, ["mains", "ups"]);
}

#[test]
fn an_outage_list_tells_of_the_time_it_covers_only() {
    let mut case = Case::new().outage("port-1", "2026-03-10 02:00", "2026-03-10 02:10");
    assert_eq!(case.network_of("2026-03").verdict, Verdict::Met);
    case.record.outage_coverage.get_or_insert_default().insert(OutageCoverage {
        target: "port-1".into(),
        span: span("2026-03-01 00:00", "2026-03-20 00:00"),
        origin: Origin::default(),
    });
    let own = case.network_of("2026-03");
    assert_eq!(own.verdict, Verdict::Undetermined);
    assert!(own.flags.contains(&Flag::LowCoverage));
}

#[test]
fn an_outage_recorded_without_an_end_is_not_taken_for_certain() {
    let mut case = Case::new().outage("port-1", "2026-03-10 02:00", "2026-03-10 02:10");
    let mut event = case.record.outages.take().expect("an outage").into_iter().next().expect("an outage");
    event.end = None;
    case.record.outages.get_or_insert_default().insert(event);
    let own = case.network_of("2026-03");
    assert_eq!(own.verdict, Verdict::Undetermined);
    assert!(own.reasons.contains(&Reason::OutageNotOver));
}

#[test]
fn samples_and_outage_list_are_never_added_and_must_not_contradict() {
    let case = Case::new().pings("port-1", "2026-03", &[("2026-03-10 02:00", 4)]);
    let agreeing = case.clone().outage("port-1", "2026-03-10 01:58", "2026-03-10 02:19").network_of("2026-03");
    assert_eq!(counted(&agreeing), clock("20:00"), "the samples decide alone");
    assert!(!agreeing.flags.contains(&Flag::ProbeMismatch));
    let other = case.outage("port-1", "2026-03-12 01:00", "2026-03-12 01:30").network_of("2026-03");
    assert!(other.flags.contains(&Flag::ProbeMismatch));
    assert_eq!(counted(&other), clock("20:00"));
    let found: Vec<_> = measured(&other).mismatches.iter().map(|own| (own.target.as_str(), own.span)).collect();
    let expected = [
        ("port-1", span("2026-03-10 02:00", "2026-03-10 02:15")),
        ("port-1", span("2026-03-12 01:00", "2026-03-12 01:30")),
    ];
    assert_eq!(found, expected, "where, and by how much: what the list misses, and what the samples do not show");
    assert!(measured(&agreeing).mismatches.is_empty());
}

#[test]
fn a_month_that_is_not_over_is_not_met_yet() {
    let case = Case::new().pings("port-1", "2026-03", &[("2026-03-05 02:00", 2)]);
    let assessment = case.assess_as_of("2026-03", "2026-03-20 00:00");
    let own = guarantee(&assessment, Article::Network);
    assert_eq!((own.verdict, assessment.status), (Verdict::Undetermined, Status::Provisional));
    assert!(own.reasons.contains(&Reason::PeriodNotOver));
    let breached = Case::new().pings("port-1", "2026-03", &[("2026-03-05 02:00", 30)]);
    let breached = breached.assess_as_of("2026-03", "2026-03-20 00:00");
    assert_eq!(guarantee(&breached, Article::Network).verdict, Verdict::Breached);
}

#[test]
fn a_month_outside_the_term_is_refused() {
    let case = Case::new().term("2026-01-01", "2026-12-31");
    let ask = |of: &str| assess(&case.record, Question { month: case::month(of), as_of: at("2029-01-01 00:00") });
    assert_eq!(ask("2025-12").map(|own| own.status), Err(Refusal::OutsideTerm));
    assert_eq!(ask("2027-01").map(|own| own.status), Err(Refusal::OutsideTerm));
    assert!(ask("2026-12").is_ok());
}

#[test]
fn an_open_question_makes_the_rent_contingent() {
    let case = Case::new().rent("3000.00").outage("port-1", "2026-03-10 02:00", "2026-03-10 04:00").exclusion(
        CUSTOMER_FAULT,
        span("2026-03-10 02:00", "2026-03-10 04:00"),
        Stance::Claimed,
    );
    let remedies = case.assess("2026-03").remedies;
    assert_eq!(remedies.lines.len(), 1);
    assert_eq!(remedies.lines[0].state, LineState::Contingent);
    assert_eq!(remedies.payable.map(|own| own.to_string()).as_deref(), Some("0.00"));
    assert_eq!(remedies.contingent.map(|own| own.to_string()).as_deref(), Some("3000.00"));
    let unknown = Case::new().outage("port-1", "2026-03-10 02:00", "2026-03-10 04:00").assess("2026-03").remedies;
    assert_eq!((unknown.lines.len(), unknown.payable), (1, None), "a rent that is not stated is not guessed");
}

#[test]
fn the_rent_of_a_month_is_the_one_that_was_agreed_for_it() {
    let mut case = ["2026-03", "2026-07", "2026-08"].iter().fold(Case::new().rent("3000.00"), |case, month| {
        case.outage("port-1", &format!("{month}-10 02:00"), &format!("{month}-10 04:00"))
    });
    let change = |from: &str, rent: &str| RentChange { from: case::month(from), monthly_rent: rent.parse().unwrap() };
    case.contract().rent_changes = vec![change("2026-07", "3200.00"), change("2026-08", "2800.50")];
    let waived = |of: &str| case.assess(of).remedies.payable.map(|own| own.to_string());
    assert_eq!(waived("2026-03").as_deref(), Some("3000.00"));
    assert_eq!(waived("2026-07").as_deref(), Some("3200.00"));
    assert_eq!(waived("2026-08").as_deref(), Some("2800.50"));
    case.contract().monthly_rent = None;
    let waived = |of: &str| case.assess(of).remedies.payable.map(|own| own.to_string());
    assert_eq!(
        (waived("2026-03"), waived("2026-07").as_deref()),
        (None, Some("3200.00")),
        "none is stated before July"
    );
}

#[test]
fn policies_print_and_read_back() {
    let default = Policy::default();
    assert_eq!(default.deviations().count(), 0);
    let mut again = default.clone();
    for key in sla_statement::contract::PolicyKey::ALL {
        again.set(key.as_str(), &default.value(*key)).expect("its own value");
    }
    assert_eq!(again, default);
    assert!(again.set("net.treshold_rule", &"both".into()).is_err());
    assert!(again.set("verdict.basis", &"guess".into()).is_err());
}

#[test]
fn a_month_edge_of_shanghai_is_told_by_its_own_zone() {
    let case = Case::new().outage("port-1", "2024-01-31 23:59", "2024-02-01 00:01");
    assert_eq!(counted(&case.network_of("2024-01")), clock("1:00"));
    assert_eq!(counted(&case.network_of("2024-02")), clock("1:00"));
}

/// Counted are 50 minutes: without the disputed 5, and by what is certain alone, 45 are left; only both together pass.
#[test]
fn what_could_flip_the_verdict_together_with_the_sampling_only_leaves_it_to_the_counted_figure() {
    let case = Case::new().pings("port-1", "2026-03", &[("2026-03-10 10:00", 10)]).exclusion(
        Ground::Network(NetworkGround::CustomerEquipment),
        span("2026-03-10 10:00", "2026-03-10 10:05"),
        Stance::Claimed,
    );
    let network = case.network_of("2026-03");
    assert_eq!(network.verdict, Verdict::Breached);
    assert_eq!(measured(&network).certainty, Certainty::SamplingSensitive);
    let bounds = case.policy("verdict.basis", "bounds").network_of("2026-03");
    assert_eq!(bounds.verdict, Verdict::Undetermined);
}

#[test]
fn two_monitors_that_show_the_same_outages_an_hour_apart_have_clocks_that_disagree() {
    let seen_by = |vantage, case: Case, hours: [&str; 2]| {
        case.pings_from("port-1", vantage, "2026-03", &[(hours[0], 3), (hours[1], 4)])
    };
    let first = || seen_by("bj", Case::new(), ["2026-03-10 10:00", "2026-03-12 10:00"]);
    let flags = |case: Case| case.network_of("2026-03").flags;
    let moved = seen_by("sh", first(), ["2026-03-10 11:00", "2026-03-12 11:00"]);
    assert!(flags(moved).contains(&Flag::ClockSkew));
    let alike = seen_by("sh", first(), ["2026-03-10 10:05", "2026-03-12 10:00"]);
    assert!(!flags(alike).contains(&Flag::ClockSkew), "the sampling may shift them so far");
    let others = seen_by("sh", first(), ["2026-03-10 11:00", "2026-03-12 18:00"]);
    assert!(!flags(others).contains(&Flag::ClockSkew), "two different outages");
    let listed = first().outage("port-1", "2026-03-10 02:00", "2026-03-10 02:15").outage(
        "port-1",
        "2026-03-12 02:00",
        "2026-03-12 02:20",
    );
    assert!(flags(listed).contains(&Flag::ClockSkew), "an outage list in UTC taken for Shanghai time");
}
