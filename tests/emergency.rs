//! Article 4: emergencies, notices and day credits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

mod case;

use case::{Case, at, guarantee, span};
use sla_statement::assess::{
    Article, Assessment, Emergency, Flag, Guarantee, LineState, NoticeOutcome, Reason, Verdict,
};
use sla_statement::contract::Contact;
use sla_statement::record::{ForceMajeure, Ground, NetworkGround, Series, Stance};

fn article_4(assessment: &Assessment) -> Guarantee {
    guarantee(assessment, Article::EmergencyNotice)
}

fn emergencies(case: &Case, of: &str) -> Vec<Emergency> {
    article_4(&case.assess(of)).emergencies().expect("notices are recorded").to_vec()
}

/// Two failed pings at 10:00 and 10:05: determined at 10:05, to be told by 10:20.
fn failing() -> Case {
    Case::new().rent("3000.00").notices().pings("port-1", "2026-03", &[("2026-03-10 10:00", 2)])
}

#[test]
fn e01_fifteen_minutes_include_the_last_instant() {
    let outcome = |local| emergencies(&failing().notice(local, true), "2026-03")[0].outcome;
    assert_eq!(outcome("2026-03-10 10:20:00"), NoticeOutcome::InTime);
    assert_eq!(outcome("2026-03-10 10:20:01"), NoticeOutcome::Late);
    assert_eq!(outcome("2026-03-10 10:00:00"), NoticeOutcome::InTime, "told at the first failed ping");
    assert_eq!(outcome("2026-03-10 09:59:59"), NoticeOutcome::Missed, "a notice before is of something else");
    let own = &emergencies(&failing(), "2026-03")[0];
    assert_eq!((own.determined_at, own.deadline), (at("2026-03-10 10:05"), at("2026-03-10 10:20")));
    assert_eq!((own.outcome, own.notified_at), (NoticeOutcome::Missed, None));
}

#[test]
fn e03_one_failed_ping_is_no_emergency() {
    let case = Case::new().notices().pings("port-1", "2026-03", &[("2026-03-10 10:00", 1)]);
    assert!(emergencies(&case, "2026-03").is_empty());
    assert_eq!(article_4(&case.assess("2026-03")).verdict, Verdict::Met);
}

#[test]
fn a_good_ping_ends_an_emergency_and_recovery_does_not_cancel_the_duty() {
    let case = Case::new().notices().pings("port-1", "2026-03", &[("2026-03-10 10:00", 2), ("2026-03-10 10:15", 2)]);
    let found = emergencies(&case, "2026-03");
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|own| own.outcome == NoticeOutcome::Missed));
}

#[test]
fn e05_at_most_one_credit_a_local_day() {
    let thrice = [("2026-03-10 10:00", 2), ("2026-03-10 12:00", 2), ("2026-03-10 14:00", 2)];
    let case = Case::new().rent("3000.00").notices().pings("port-1", "2026-03", &thrice);
    let remedies = case.credit_request("2026-03-10", "2026-03-12 09:00").assess("2026-03").remedies;
    assert_eq!(remedies.lines.len(), 1);
    assert_eq!(remedies.lines[0].state, LineState::Due);
    assert_eq!(remedies.payable.map(|own| own.to_string()).as_deref(), Some("96.77"));
}

#[test]
fn e06_a_credit_nobody_asked_for_is_eligible_and_not_due() {
    let assessment = failing().assess("2026-03");
    assert_eq!(assessment.remedies.lines[0].state, LineState::Eligible);
    assert_eq!(assessment.remedies.payable.map(|own| own.to_string()).as_deref(), Some("0.00"));
    assert!(article_4(&assessment).flags.contains(&Flag::UnrequestedCredit));
    let early = failing().credit_request("2026-03-10", "2028-01-01 00:00").assess_as_of("2026-03", "2026-04-20 00:00");
    assert_eq!(early.remedies.lines[0].state, LineState::Eligible, "not yet asked for at that time");
}

#[test]
fn t42_either_side_of_midnight_are_two_days() {
    let both = [("2026-03-10 23:30", 2), ("2026-03-10 23:50", 2)];
    let case = Case::new().rent("3000.00").notices().pings("port-1", "2026-03", &both);
    let days: Vec<String> = emergencies(&case, "2026-03").iter().map(|own| own.day.to_string()).collect();
    assert_eq!(days, ["2026-03-10", "2026-03-11"]);
}

#[test]
fn a_lapse_after_the_end_of_the_month_belongs_to_the_next() {
    let case = Case::new().notices().pings("port-1", "2026-03", &[("2026-03-31 23:45", 2)]).sample(
        "port-1",
        "2026-04-01 00:05",
        true,
    );
    assert!(emergencies(&case, "2026-03").is_empty());
    assert_eq!(emergencies(&case, "2026-04").len(), 1);
    let by_start = case.policy("notify.day_attribution", "outage_start");
    assert_eq!(emergencies(&by_start, "2026-03").len(), 1);
}

#[test]
fn a_notice_must_arrive_at_a_designated_contact_valid_at_that_time() {
    let told = |case: Case| emergencies(&case, "2026-03")[0].outcome;
    let valid = failing().contact(None, None, false);
    assert_eq!(told(valid.clone().notice("2026-03-10 10:10", true)), NoticeOutcome::InTime);
    assert_eq!(told(valid.notice("2026-03-10 10:10", false)), NoticeOutcome::Missed);
    let later = failing().contact(Some("2026-03-11 00:00"), None, false).contact(Some("2026-03-01 00:00"), None, false);
    assert_eq!(told(later.notice("2026-03-10 10:10", true)), NoticeOutcome::InTime);
}

#[test]
fn telling_somebody_who_had_been_replaced_is_not_telling_the_customer() {
    let mut case = failing().contact(None, Some("2026-03-05 00:00"), false).notice("2026-03-10 10:10", true);
    let successor =
        Contact { name: "Wang".into(), valid_from: Some(at("2026-03-05 00:00")), valid_to: None, ..contact(&case) };
    case.contract().contacts.get_or_insert_default().push(successor);
    assert_eq!(emergencies(&case, "2026-03")[0].outcome, NoticeOutcome::Missed);
}

fn contact(case: &Case) -> Contact {
    case.record.contract.as_ref().and_then(|own| own.contacts.as_ref()).expect("contacts")[0].clone()
}

#[test]
fn stale_contact_data_frees_the_provider() {
    let faulty = failing().contact(None, None, true).notice("2026-03-10 10:10", false);
    let own = article_4(&faulty.assess("2026-03"));
    assert_eq!(own.emergencies().expect("recorded")[0].outcome, NoticeOutcome::Exempt);
    assert!(own.flags.contains(&Flag::ContactStale));
    assert_eq!(own.verdict, Verdict::Met);
    assert!(faulty.assess("2026-03").remedies.lines.is_empty());
}

#[test]
fn maintenance_is_no_exemption_and_force_majeure_is_when_agreed() {
    let window = span("2026-03-10 09:00", "2026-03-10 12:00");
    let maintained = failing().maintenance(window, Some("2026-03-01 00:00"), Stance::Agreed);
    assert_eq!(emergencies(&maintained, "2026-03")[0].outcome, NoticeOutcome::Missed);
    let ground = Ground::Network(NetworkGround::ForceMajeure(ForceMajeure::NaturalDisaster));
    let agreed = failing().exclusion(ground, window, Stance::Agreed);
    assert_eq!(emergencies(&agreed, "2026-03")[0].outcome, NoticeOutcome::Exempt);
    let claimed = article_4(&failing().exclusion(ground, window, Stance::Claimed).assess("2026-03"));
    assert_eq!(claimed.verdict, Verdict::Undetermined);
    assert!(claimed.reasons.contains(&Reason::DisputedExclusion));
}

#[test]
fn a_credit_that_was_asked_for_depends_on_what_is_open() {
    let ground = Ground::Network(NetworkGround::ForceMajeure(ForceMajeure::NaturalDisaster));
    let window = span("2026-03-10 09:00", "2026-03-10 12:00");
    let claimed = failing().exclusion(ground, window, Stance::Claimed);
    let states = |case: &Case| -> Vec<LineState> {
        case.assess("2026-03").remedies.lines.iter().map(|line| line.state).collect()
    };
    assert_eq!(states(&claimed), [], "nobody asked");
    let asked = claimed.credit_request("2026-03-10", "2026-03-12 09:00");
    let remedies = asked.assess("2026-03").remedies;
    assert_eq!(states(&asked), [LineState::Contingent]);
    let amounts = [remedies.payable, remedies.contingent].map(|own| own.map(|own| own.to_string()));
    assert_eq!(amounts, [Some("0.00".to_owned()), Some("96.77".to_owned())]);
    let mut twice = asked;
    *twice.record.series.values_mut().next().expect("a series") = failing_twice();
    assert_eq!(states(&twice), [LineState::Due], "another lapse of that day is beyond dispute");
}

/// Two emergencies of one day, at 10:00 and at 14:00.
fn failing_twice() -> Series {
    let twice = [("2026-03-10 10:00", 2), ("2026-03-10 14:00", 2)];
    let case = Case::new().pings("port-1", "2026-03", &twice);
    case.record.series.into_values().next().expect("a series")
}

#[test]
fn before_the_deadline_it_is_pending() {
    let assessment = failing().assess_as_of("2026-03", "2026-03-10 10:12");
    let own = article_4(&assessment);
    assert_eq!(own.emergencies().expect("recorded")[0].outcome, NoticeOutcome::Pending);
    assert_eq!(own.verdict, Verdict::Undetermined);
}

#[test]
fn without_notices_the_article_is_not_recorded() {
    let case = Case::new().pings("port-1", "2026-03", &[("2026-03-10 10:00", 2)]);
    assert_eq!(article_4(&case.assess("2026-03")).verdict, Verdict::NotRecorded);
}

#[test]
fn c06_a_waiver_absorbs_day_credits() {
    let case = Case::new()
        .rent("3000.00")
        .notices()
        .pings("port-1", "2026-03", &[("2026-03-10 10:00", 20)])
        .credit_request("2026-03-10", "2026-03-12 09:00");
    let remedies = case.assess("2026-03").remedies;
    let states: Vec<LineState> = remedies.lines.iter().map(|line| line.state).collect();
    assert_eq!(states, [LineState::Due, LineState::Absorbed]);
    assert_eq!(remedies.payable.map(|own| own.to_string()).as_deref(), Some("3000.00"));
}

#[test]
fn day_credits_never_exceed_the_rent() {
    let starts: Vec<String> = (1..=31).map(|day| format!("2026-03-{day:02} 10:00")).collect();
    let each: Vec<(&str, u32)> = starts.iter().map(|start| (start.as_str(), 2)).collect();
    let case = Case::new()
        .rent("3000.00")
        .policy("credit.daily_basis", "thirty")
        .policy("sample.min_consecutive_failures", "2")
        .policy("net.threshold_rule", "either")
        .notices()
        .pings("port-1", "2026-03", &each)
        .exclusion(
            Ground::Network(NetworkGround::CustomerEquipment),
            span("2026-03-01 00:00", "2026-03-31 23:00"),
            Stance::Agreed,
        );
    let case = (1..=31).fold(case, |case, day| case.credit_request(&format!("2026-03-{day:02}"), "2026-04-02 09:00"));
    let assessment = case.assess("2026-03");
    assert_eq!(assessment.remedies.lines.len(), 31);
    assert_eq!(assessment.remedies.payable.map(|own| own.to_string()).as_deref(), Some("3000.00"));
    assert!(assessment.flags.contains(&Flag::CapApplied));
}
