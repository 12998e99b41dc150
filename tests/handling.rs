//! Articles 3 and 5 to 9: persons named, and installations, authorisations, operations, complaints and visits one by one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

mod case;

use sla_statement::sorted::Set;

use case::single_cases::{accepted, authorisation, by_phone, complaint, installation, on, operation, refused, visit};
use case::{Case, at, clock, guarantee};
use serde_json::{Value, json};
use sla_statement::assess::{
    Article, CaseOutcome, Flag, Guarantee, LineState, Missing, Reason, Remedies, Status, Verdict,
};
use sla_statement::contract::ServiceClass;
use sla_statement::record::{
    Authorisation, AuthorisationForm, Complaint, ComplaintForm, Installation, InstallationItem, Operation, Visit,
};
use sla_statement::statement::result::ResultDocument;

/// The articles whose promise is kept case by case.
const SINGLY: [Article; 4] = [Article::Installation, Article::Operations, Article::Complaints, Article::Visits];

fn of(case: &Case, article: Article) -> Guarantee {
    guarantee(&case.assess("2026-03"), article)
}

fn verdict(case: &Case, article: Article) -> Verdict {
    of(case, article).verdict
}

fn outcome(case: &Case, article: Article) -> CaseOutcome {
    case.only(article).outcome
}

fn missing(case: &Case, article: Article) -> Vec<Missing> {
    case.only(article).missing.into_iter().collect()
}

fn reasons(guarantee: &Guarantee) -> Vec<Reason> {
    guarantee.reasons.iter().copied().collect()
}

fn amounts(remedies: &Remedies) -> (Option<String>, Option<String>) {
    (remedies.payable.map(|own| own.to_string()), remedies.contingent.map(|own| own.to_string()))
}

fn yuan(payable: &str, contingent: &str) -> (Option<String>, Option<String>) {
    (Some(payable.to_owned()), Some(contingent.to_owned()))
}

// ------------------------------------------------------------------------------------------------- article 3

fn installed(entry: Installation) -> Case {
    Case::new().installation(entry)
}

fn done(power: &str, network: &str) -> Case {
    installed(Installation { items: accepted(power, network), ..installation() })
}

#[test]
fn an_installation_is_due_at_the_end_of_the_third_business_day_and_done_with_its_last_item() {
    let own = installed(installation()).only(Article::Installation);
    assert_eq!((own.due, own.done_at), (on("2026-03-07 00:00"), on("2026-03-06 15:00")));
    assert_eq!((own.outcome, own.missing), (CaseOutcome::Met, Set::new()));
    assert_eq!(own.started_at, on("2026-03-03 00:00"), "the day of signing");
    assert_eq!(verdict(&installed(installation()), Article::Installation), Verdict::Met);
}

#[test]
fn at_24_00_the_last_day_is_over() {
    let finished = |network| outcome(&done("2026-03-05 11:00", network), Article::Installation);
    assert_eq!(finished("2026-03-06 23:59:59"), CaseOutcome::Met);
    assert_eq!(finished("2026-03-07 00:00:00"), CaseOutcome::Breached);
}

#[test]
fn a_stated_hour_of_the_last_day_is_still_inside() {
    let finished = |network: &str| {
        let own = done("2026-03-05 11:00", network).policy("install.day_end", "18:00").only(Article::Installation);
        assert_eq!(own.due, on("2026-03-06 18:00"));
        own.outcome
    };
    assert_eq!(finished("2026-03-06 18:00:00"), CaseOutcome::Met);
    assert_eq!(finished("2026-03-06 18:00:01"), CaseOutcome::Breached);
}

#[test]
fn what_belongs_to_an_installation_depends_on_its_class() {
    let lacks =
        |service_class| missing(&installed(Installation { service_class, ..installation() }), Article::Installation);
    assert_eq!(lacks(ServiceClass::Colocation), []);
    assert_eq!(lacks(ServiceClass::Cabinet), []);
    assert_eq!(lacks(ServiceClass::ManagedServer), [Missing::Hardware, Missing::SystemSoftware]);
    let mut items = installation().items;
    items.extend([
        (InstallationItem::Hardware, on("2026-03-04 09:00")),
        (InstallationItem::SystemSoftware, on("2026-03-06 18:30")),
    ]);
    let server = Installation { service_class: ServiceClass::ManagedServer, items, ..installation() };
    let own = installed(server).only(Article::Installation);
    assert_eq!((own.outcome, own.done_at), (CaseOutcome::Met, on("2026-03-06 18:30")), "the last of the four");
}

#[test]
fn an_item_that_was_not_accepted_by_then_is_missing() {
    let items = [(InstallationItem::Power, on("2026-03-05 11:00")), (InstallationItem::Network, None)];
    let case = installed(Installation { items: items.into(), ..installation() });
    let own = case.only(Article::Installation);
    assert_eq!((own.outcome, own.done_at), (CaseOutcome::Breached, None));
    assert_eq!(missing(&case, Article::Installation), [Missing::Network]);
    let early = case.only_as_of(Article::Installation, "2026-03-06 23:59:59");
    assert_eq!(early.outcome, CaseOutcome::Pending, "the day is not over");
    assert_eq!(case.only_as_of(Article::Installation, "2026-03-07 00:00").outcome, CaseOutcome::Breached);
}

#[test]
fn what_is_accepted_later_than_as_of_is_not_known() {
    let case = installed(installation());
    let own = case.only_as_of(Article::Installation, "2026-03-06 14:00");
    assert_eq!((own.outcome, own.done_at), (CaseOutcome::Pending, None));
    assert_eq!(own.missing.into_iter().collect::<Vec<_>>(), [Missing::Network]);
    assert_eq!(case.only_as_of(Article::Installation, "2026-03-06 15:00").outcome, CaseOutcome::Met);
}

#[test]
fn rest_days_and_make_up_working_days_move_the_due_day() {
    let due = |signed_on: &str, of: &str| {
        let entry = Installation { signed_on: signed_on.parse().unwrap(), ..installation() };
        let own = guarantee(&installed(entry).assess(of), Article::Installation);
        own.cases()[0].due
    };
    // Tomb-sweeping day is Sunday 5 April, Monday the 6th is off.
    assert_eq!(due("2026-04-01", "2026-04"), on("2026-04-08 00:00"));
    // Sunday 20 September is a make-up working day.
    assert_eq!(due("2026-09-17", "2026-09"), on("2026-09-22 00:00"));
}

/// A calendar that ends with the year 2026.
const ENDS_2026: &str = r#"{ "schema": "sla-calendar/1", "id": "ends-2026", "years": { "2026": {} } }"#;

fn at_new_year(items: &[(InstallationItem, &str)]) -> Case {
    let items = items.iter().map(|(item, local)| (*item, on(local))).collect();
    let entry = Installation { signed_on: "2026-12-30".parse().unwrap(), items, ..installation() };
    installed(entry).calendar(ENDS_2026).rent("3000.00")
}

#[test]
fn without_the_calendar_of_a_year_nothing_is_said_of_it() {
    let late = [(InstallationItem::Power, "2027-01-03 10:00"), (InstallationItem::Network, "2027-01-03 10:00")];
    for items in [&[][..], &late] {
        let assessment = at_new_year(items).assess("2026-12");
        let own = guarantee(&assessment, Article::Installation);
        assert_eq!((own.cases()[0].outcome, own.cases()[0].due), (CaseOutcome::Pending, None));
        assert_eq!(own.verdict, Verdict::Undetermined);
        assert!(own.reasons.contains(&Reason::CalendarMissing));
        assert!(own.flags.contains(&Flag::CalendarMissing));
        assert_eq!(assessment.status, Status::Provisional);
        assert_eq!(amounts(&assessment.remedies), yuan("0.00", "500.00"), "refunded only if it turns out late");
    }
}

#[test]
fn three_days_after_signing_no_calendar_makes_it_late() {
    // Three business days never end before three days do.
    let items = [(InstallationItem::Power, "2027-01-02 23:59"), (InstallationItem::Network, "2027-01-01 10:00")];
    let own = guarantee(&at_new_year(&items).assess("2026-12"), Article::Installation);
    assert_eq!((own.cases()[0].outcome, own.verdict), (CaseOutcome::Met, Verdict::Met));
    assert!(!own.flags.contains(&Flag::CalendarMissing));
}

#[test]
fn the_setup_fee_of_a_late_installation_is_refunded_beside_the_rent() {
    let late = done("2026-03-05 11:00", "2026-03-09 09:00").rent("3000.00");
    let remedies = late.assess("2026-03").remedies;
    assert_eq!(amounts(&remedies), yuan("500.00", "0.00"));
    assert_eq!((remedies.lines[0].case.as_deref(), remedies.lines[0].state), (Some("i1"), LineState::Due));
    let waived = late.outage("port-1", "2026-03-10 02:00", "2026-03-10 05:00").assess("2026-03");
    assert_eq!(amounts(&waived.remedies), yuan("3500.00", "0.00"), "apart from the cap of the rent");
    assert!(!waived.flags.contains(&Flag::CapApplied));
}

#[test]
fn only_the_fees_of_late_installations_are_refunded() {
    let second = Installation {
        id: "i2".into(),
        setup_fee: Some("800.00".parse().unwrap()),
        items: accepted("2026-03-05 11:00", "2026-03-09 09:00"),
        ..installation()
    };
    let remedies = installed(installation()).installation(second).rent("3000.00").assess("2026-03").remedies;
    assert_eq!(amounts(&remedies), yuan("800.00", "0.00"));
    assert_eq!(remedies.lines.len(), 1);
}

#[test]
fn before_the_day_is_over_the_refund_is_contingent() {
    let case = done("2026-03-05 11:00", "2026-03-09 09:00").rent("3000.00");
    let remedies = case.assess_as_of("2026-03", "2026-03-06 12:00").remedies;
    assert_eq!(amounts(&remedies), yuan("0.00", "500.00"));
    assert_eq!(remedies.lines[0].state, LineState::Contingent);
}

#[test]
fn a_fee_that_is_not_recorded_is_not_guessed() {
    let late = Installation { setup_fee: None, items: [].into(), ..installation() };
    let remedies = installed(late).rent("3000.00").assess("2026-03").remedies;
    assert_eq!((remedies.lines[0].amount, remedies.payable), (None, None));
}

#[test]
fn the_term_of_the_installation_may_be_another_one() {
    let mut case = installed(installation());
    case.contract().terms.install_business_days = 2;
    assert_eq!(case.only(Article::Installation).due, on("2026-03-06 00:00"));
    assert_eq!(outcome(&case, Article::Installation), CaseOutcome::Breached);
}

// --------------------------------------------------------------------------------------------- articles 5 and 6

#[test]
fn a_specialist_and_an_engineer_are_named_or_not_or_not_recorded() {
    for article in [Article::CustomerService, Article::Support] {
        let named = |name: &str| Case::new().specialist(name).engineer(name);
        assert_eq!(verdict(&Case::new(), article), Verdict::NotRecorded);
        assert_eq!(verdict(&named("He"), article), Verdict::Met);
        assert_eq!(verdict(&named(" "), article), Verdict::Breached, "it is recorded that nobody was named");
        let own = of(&named("He"), article);
        assert_eq!(own.handling().and_then(|own| own.named.as_deref()), Some("He"));
        assert_eq!(own.cases(), []);
        let early = guarantee(&named("He").assess_as_of("2026-03", "2026-03-20 00:00"), article);
        assert_eq!((early.verdict, reasons(&early)), (Verdict::Undetermined, vec![Reason::PeriodNotOver]));
        let nobody = guarantee(&named("").assess_as_of("2026-03", "2026-03-20 00:00"), article);
        assert_eq!((nobody.verdict, reasons(&nobody)), (Verdict::Breached, vec![]));
    }
}

fn authorised(entry: Authorisation) -> Case {
    Case::new().engineer("Jiang").signer("Li", None, None).authorisation(entry)
}

#[test]
fn a_written_authorisation_is_signed_by_a_listed_person() {
    let case = authorised(authorisation());
    assert_eq!(outcome(&case, Article::Support), CaseOutcome::Met);
    let stranger = authorised(Authorisation { signer: "Wang".into(), ..authorisation() });
    let own = stranger.only(Article::Support);
    assert_eq!((own.outcome, missing(&stranger, Article::Support)), (CaseOutcome::Illegal, vec![Missing::Signer]));
    assert_eq!(verdict(&stranger, Article::Support), Verdict::Met, "and nobody acted on it");
}

#[test]
fn a_signer_must_be_on_the_list_at_that_time() {
    let signed = |from, to| {
        let case = Case::new().signer("Li", from, to).authorisation(authorisation());
        outcome(&case, Article::Support)
    };
    assert_eq!(signed(Some("2026-03-10 10:00:00"), None), CaseOutcome::Met);
    assert_eq!(signed(Some("2026-03-10 10:00:01"), None), CaseOutcome::Illegal);
    assert_eq!(signed(None, Some("2026-03-10 10:00:01")), CaseOutcome::Met);
    assert_eq!(signed(None, Some("2026-03-10 10:00:00")), CaseOutcome::Illegal, "up to and not including");
}

#[test]
fn without_a_list_of_signers_nobody_can_say_who_may_sign() {
    let case = Case::new().engineer("Jiang").authorisation(authorisation());
    assert_eq!(outcome(&case, Article::Support), CaseOutcome::NotRecorded);
    let mut nobody = case;
    nobody.contract().signers = Some(Vec::new());
    assert_eq!(outcome(&nobody, Article::Support), CaseOutcome::Illegal, "a list that is empty names nobody");
}

#[test]
fn a_telephone_call_needs_verified_credentials_and_the_written_form_in_time() {
    let called = |entry: Authorisation| authorised(entry);
    let own = called(by_phone()).only(Article::Support);
    assert_eq!((own.outcome, own.due, own.done_at), (CaseOutcome::Met, on("2026-03-11 10:00"), on("2026-03-10 13:00")));
    let unverified = called(Authorisation { verified: Some(false), ..by_phone() });
    assert_eq!(outcome(&unverified, Article::Support), CaseOutcome::Illegal);
    assert_eq!(missing(&unverified, Article::Support), [Missing::Verification]);
    let unknown = called(Authorisation { verified: None, ..by_phone() });
    assert_eq!(outcome(&unknown, Article::Support), CaseOutcome::NotRecorded);
    let stranger = called(Authorisation { signer: "Wang".into(), ..by_phone() });
    assert_eq!(outcome(&stranger, Article::Support), CaseOutcome::Illegal);
}

#[test]
fn the_written_form_is_in_time_up_to_the_last_hour() {
    let written = |local: &str| authorised(Authorisation { written_at: on(local), ..by_phone() });
    assert_eq!(outcome(&written("2026-03-11 10:00:00"), Article::Support), CaseOutcome::Met);
    let late = written("2026-03-11 10:00:01");
    assert_eq!(outcome(&late, Article::Support), CaseOutcome::Deficient);
    assert_eq!(missing(&late, Article::Support), [Missing::WrittenForm]);
    let relaxed = late.clone().policy("auth.phone_written_within_h", "48");
    assert_eq!(outcome(&relaxed, Article::Support), CaseOutcome::Met);
    let own = of(&late, Article::Support);
    assert!(own.flags.contains(&Flag::AuthDeficient));
    assert_eq!(own.verdict, Verdict::Met, "it is the customer who owes the written form");
    assert!(!of(&relaxed, Article::Support).flags.contains(&Flag::AuthDeficient));
}

#[test]
fn before_its_time_is_over_the_written_form_is_pending() {
    let case = authorised(Authorisation { written_at: None, ..by_phone() });
    assert_eq!(case.only_as_of(Article::Support, "2026-03-11 10:00:00").outcome, CaseOutcome::Pending);
    assert_eq!(case.only_as_of(Article::Support, "2026-03-11 10:00:01").outcome, CaseOutcome::Deficient);
    let later = authorised(Authorisation { written_at: on("2026-03-11 09:00"), ..by_phone() });
    assert_eq!(later.only_as_of(Article::Support, "2026-03-10 18:00").outcome, CaseOutcome::Pending);
}

#[test]
fn an_operation_on_an_illegal_authorisation_breaches_both_articles() {
    let wrong = Authorisation { verified: Some(false), ..by_phone() };
    let refused = authorised(wrong.clone());
    assert_eq!(verdict(&refused, Article::Support), Verdict::Met, "the engineer refused to operate, as he may");
    let done = refused.operation(operation());
    assert_eq!(verdict(&done, Article::Support), Verdict::Breached);
    assert_eq!(verdict(&done, Article::Operations), Verdict::Breached);
    let other = authorised(wrong).operation(Operation { authorisation: Some("a2".into()), ..operation() });
    assert_eq!(verdict(&other, Article::Support), Verdict::Met, "that operation names another authorisation");
}

#[test]
fn authorisations_are_listed_though_no_engineer_is_recorded() {
    let case = Case::new().signer("Li", None, None).authorisation(authorisation());
    assert_eq!(verdict(&case, Article::Support), Verdict::NotRecorded);
    assert_eq!(of(&case, Article::Support).cases().len(), 1);
    let acted = case.authorisation(Authorisation { id: "a2".into(), signer: "Wang".into(), ..authorisation() });
    let acted = acted.operation(Operation { authorisation: Some("a2".into()), ..operation() });
    assert_eq!(verdict(&acted, Article::Support), Verdict::Breached);
}

// ------------------------------------------------------------------------------------------------- article 7

fn operated(entry: Operation) -> Case {
    authorised(authorisation()).operation(entry)
}

#[test]
fn thirty_minutes_to_the_first_feedback_include_the_last_instant() {
    let told = |after: &str| {
        let first_feedback_at = Some(at("2026-03-10 10:00").plus(clock(after)));
        outcome(&operated(Operation { first_feedback_at, ..operation() }), Article::Operations)
    };
    assert_eq!(told("30:00"), CaseOutcome::Met);
    assert_eq!(told("30:00.001"), CaseOutcome::Breached);
    assert_eq!(told("0:00"), CaseOutcome::Met);
    let own = operated(operation()).only(Article::Operations);
    assert_eq!((own.started_at, own.due), (on("2026-03-10 10:00"), on("2026-03-10 10:30")));
    assert_eq!(own.elapsed_ms, Some(clock("60:00")), "from the end of the operation to its report");
}

#[test]
fn the_time_to_the_first_feedback_may_be_another_one() {
    let mut case = operated(operation());
    case.contract().terms.first_feedback_minutes = 15;
    assert_eq!(outcome(&case, Article::Operations), CaseOutcome::Breached);
}

#[test]
fn an_operation_without_authorisation_is_illegal() {
    for authorisation in [None, Some("a9".to_owned())] {
        let own = operated(Operation { authorisation, ..operation() }).only(Article::Operations);
        assert_eq!((own.outcome, own.due), (CaseOutcome::Illegal, None));
        assert_eq!(own.missing.iter().copied().collect::<Vec<_>>(), [Missing::Authorisation]);
        assert_eq!(own.started_at, on("2026-03-10 10:10"), "its clock is its own start");
    }
    let on_deficient = authorised(Authorisation { written_at: None, ..by_phone() }).operation(operation());
    assert_eq!(
        outcome(&on_deficient, Article::Operations),
        CaseOutcome::Met,
        "the engineer may act on a verified call"
    );
}

#[test]
fn an_operation_that_began_before_its_authorisation_was_not_authorised() {
    let begun = |local: &str| operated(Operation { started_at: on(local), ..operation() });
    assert_eq!(outcome(&begun("2026-03-10 10:00:00"), Article::Operations), CaseOutcome::Met);
    let early = begun("2026-03-10 09:59:59");
    assert_eq!(outcome(&early, Article::Operations), CaseOutcome::Illegal);
    assert_eq!(missing(&early, Article::Operations), [Missing::Authorisation]);
    let before = operated(Operation { started_at: on("2026-03-10 09:00"), ..operation() });
    let own = before.only_as_of(Article::Operations, "2026-03-10 09:30");
    assert_eq!(own.outcome, CaseOutcome::Illegal, "at that time it had none at all");
}

#[test]
fn feedback_before_the_authorisation_is_no_feedback_on_it() {
    let case = operated(Operation { first_feedback_at: on("2026-03-10 09:59"), ..operation() });
    assert_eq!(outcome(&case, Article::Operations), CaseOutcome::Breached);
    assert_eq!(missing(&case, Article::Operations), [Missing::FirstFeedback]);
    assert_eq!(case.only_as_of(Article::Operations, "2026-03-10 10:15").outcome, CaseOutcome::Pending);
}

#[test]
fn a_feedback_that_is_missing_is_pending_until_its_time_is_over() {
    let case = operated(Operation { first_feedback_at: None, ..operation() });
    assert_eq!(case.only_as_of(Article::Operations, "2026-03-10 10:30:00").outcome, CaseOutcome::Pending);
    assert_eq!(case.only_as_of(Article::Operations, "2026-03-10 10:30:01").outcome, CaseOutcome::Breached);
}

#[test]
fn a_report_has_no_time_limit_and_its_absence_no_consequence() {
    let case = operated(Operation { report_at: None, ..operation() });
    let own = case.only(Article::Operations);
    assert_eq!((own.outcome, own.elapsed_ms), (CaseOutcome::Deficient, None));
    let guarantee = of(&case, Article::Operations);
    assert_eq!((guarantee.verdict, reasons(&guarantee)), (Verdict::Undetermined, vec![Reason::CaseDeficient]));
    let late = operated(Operation { report_at: on("2026-05-01 09:00"), ..operation() });
    assert_eq!(outcome(&late, Article::Operations), CaseOutcome::Met);
    assert_eq!(late.only_as_of(Article::Operations, "2026-04-20 00:00").outcome, CaseOutcome::Deficient);
    let early = operated(Operation { report_at: on("2026-03-10 10:30"), ..operation() });
    assert_eq!(outcome(&early, Article::Operations), CaseOutcome::Deficient, "a report of what was not over");
}

#[test]
fn an_operation_that_has_not_ended_is_pending() {
    let case = operated(Operation { ended_at: None, report_at: None, ..operation() });
    assert_eq!(outcome(&case, Article::Operations), CaseOutcome::Pending);
    assert_eq!(missing(&case, Article::Operations), [Missing::End, Missing::Report]);
    let guarantee = of(&case, Article::Operations);
    assert_eq!((guarantee.verdict, reasons(&guarantee)), (Verdict::Undetermined, vec![Reason::CaseOpen]));
    let reported = operated(Operation { ended_at: None, ..operation() });
    assert_eq!(outcome(&reported, Article::Operations), CaseOutcome::Met, "a report of it says that it ended");
}

// ------------------------------------------------------------------------------------------------- article 8

fn complained(entry: Complaint) -> Case {
    Case::new().complaint(entry)
}

#[test]
fn twenty_four_hours_include_the_last_instant_and_run_over_the_weekend() {
    let reported =
        |local| outcome(&complained(Complaint { first_report_at: on(local), ..complaint() }), Article::Complaints);
    assert_eq!(reported("2026-03-08 15:00:00"), CaseOutcome::Met);
    assert_eq!(reported("2026-03-08 15:00:01"), CaseOutcome::Breached);
    let own = complained(complaint()).only(Article::Complaints);
    assert_eq!((own.started_at, own.due), (on("2026-03-07 15:00"), on("2026-03-08 15:00")));
    assert_eq!(own.elapsed_ms, Some(clock("60:00")), "from submission to acceptance");
}

#[test]
fn a_report_on_a_complaint_is_pending_until_its_time_is_over() {
    let case = complained(Complaint { first_report_at: None, ..complaint() });
    assert_eq!(case.only_as_of(Article::Complaints, "2026-03-08 15:00:00").outcome, CaseOutcome::Pending);
    assert_eq!(case.only_as_of(Article::Complaints, "2026-03-08 15:00:01").outcome, CaseOutcome::Breached);
    assert_eq!(verdict(&case, Article::Complaints), Verdict::Breached);
    assert_eq!(missing(&case, Article::Complaints), [Missing::Report]);
}

#[test]
fn the_hours_of_a_complaint_may_be_other_ones() {
    let mut case = complained(complaint());
    case.contract().terms.complaint_hours = 12;
    assert_eq!(outcome(&case, Article::Complaints), CaseOutcome::Breached);
}

#[test]
fn a_complaint_that_was_not_accepted_stays_open() {
    let case = complained(Complaint { accepted_at: None, first_report_at: None, ..complaint() });
    let own = case.only(Article::Complaints);
    assert_eq!((own.outcome, own.due, own.elapsed_ms), (CaseOutcome::Pending, None, None));
    assert_eq!(missing(&case, Article::Complaints), [Missing::Report, Missing::Acceptance]);
    assert_eq!(reasons(&of(&case, Article::Complaints)), [Reason::CaseOpen]);
    let answered = complained(Complaint { accepted_at: None, ..complaint() });
    assert_eq!(outcome(&answered, Article::Complaints), CaseOutcome::Met, "whoever answers has accepted");
}

#[test]
fn a_report_before_the_complaint_is_of_something_else() {
    let case = complained(Complaint { first_report_at: on("2026-03-07 13:59"), ..complaint() });
    assert_eq!(outcome(&case, Article::Complaints), CaseOutcome::Breached);
}

#[test]
fn a_complaint_by_telephone_is_listed_and_asks_for_nothing() {
    let spoken = Complaint { id: "c2".into(), form: ComplaintForm::Telephone, first_report_at: None, ..complaint() };
    let alone = of(&complained(spoken.clone()), Article::Complaints);
    assert_eq!((alone.verdict, alone.cases().len()), (Verdict::NotApplicable, 1));
    assert_eq!(alone.cases()[0].outcome, CaseOutcome::Deficient);
    assert!(alone.cases()[0].missing.contains(&Missing::WrittenForm));
    assert_eq!(alone.cases()[0].due, None);
    let beside = of(&complained(complaint()).complaint(spoken), Article::Complaints);
    assert_eq!((beside.verdict, beside.cases().len()), (Verdict::Met, 2));
}

// ------------------------------------------------------------------------------------------------- article 9

fn visited(entry: Visit) -> Case {
    Case::new().visit(entry)
}

/// Each part of a visit, and the visit without it.
fn incomplete(base: &Visit) -> Vec<(Missing, Visit)> {
    let base = || base.clone();
    vec![
        (Missing::Notice, Visit { notified_at: None, ..base() }),
        (Missing::Notice, Visit { notified_at: on("2026-03-19 10:30"), ..base() }),
        (Missing::VisitReason, Visit { reason: None, ..base() }),
        (Missing::VisitReason, Visit { reason: Some(" ".into()), ..base() }),
        (Missing::Activity, Visit { activity: None, ..base() }),
        (Missing::ExpectedEntry, Visit { expected_entry: None, ..base() }),
        (Missing::ExpectedExit, Visit { expected_exit: None, ..base() }),
        (Missing::Cooperation, Visit { cooperation: None, ..base() }),
        (Missing::Escort, Visit { escort: Some(false), ..base() }),
        (Missing::Badge, Visit { badge: Some(false), ..base() }),
    ]
}

#[test]
fn a_refusal_with_everything_in_order_is_a_breach_without_a_remedy() {
    let case = visited(refused()).rent("3000.00");
    assert_eq!(
        (outcome(&case, Article::Visits), verdict(&case, Article::Visits)),
        (CaseOutcome::Breached, Verdict::Breached)
    );
    assert_eq!(missing(&case, Article::Visits), []);
    assert_eq!(amounts(&case.assess("2026-03").remedies), yuan("0.00", "0.00"));
}

#[test]
fn a_refusal_for_what_is_missing_conforms_and_says_what_is_missing() {
    for (part, visit) in incomplete(&refused()) {
        let case = visited(visit);
        assert_eq!(outcome(&case, Article::Visits), CaseOutcome::Met, "{part:?}");
        assert_eq!(missing(&case, Article::Visits), [part], "{part:?}");
        assert_eq!(verdict(&case, Article::Visits), Verdict::Met, "{part:?}");
    }
}

#[test]
fn a_refusal_of_which_escort_or_badge_is_not_recorded_cannot_be_judged() {
    for visit in [Visit { escort: None, ..refused() }, Visit { badge: None, ..refused() }] {
        let case = visited(visit);
        assert_eq!(outcome(&case, Article::Visits), CaseOutcome::NotRecorded);
        assert_eq!(reasons(&of(&case, Article::Visits)), [Reason::CaseNotRecorded]);
    }
}

#[test]
fn a_customer_who_was_let_in_was_let_in() {
    assert_eq!(outcome(&visited(visit()), Article::Visits), CaseOutcome::Met);
    for (part, visit) in incomplete(&visit()) {
        let case = visited(visit);
        let wanted = match part {
            Missing::Escort | Missing::Badge => CaseOutcome::Deficient,
            _ => CaseOutcome::Met,
        };
        assert_eq!(outcome(&case, Article::Visits), wanted, "{part:?}");
        assert_eq!(missing(&case, Article::Visits), [part], "{part:?}");
    }
    let unknown = visited(Visit { escort: None, badge: None, refused: None, ..visit() });
    assert_eq!((outcome(&unknown, Article::Visits), missing(&unknown, Article::Visits)), (CaseOutcome::Met, vec![]));
}

#[test]
fn a_visit_to_come_is_pending_and_one_without_an_ending_not_recorded() {
    let case = visited(Visit { entered_at: None, ..visit() });
    assert_eq!(case.only_as_of(Article::Visits, "2026-03-19 10:00:00").outcome, CaseOutcome::Pending);
    let own = case.only_as_of(Article::Visits, "2026-03-19 10:00:01");
    assert_eq!(own.outcome, CaseOutcome::NotRecorded);
    assert!(own.missing.contains(&Missing::Entry));
    assert_eq!(reasons(&of(&case, Article::Visits)), [Reason::CaseNotRecorded]);
    let later = visited(visit()).only_as_of(Article::Visits, "2026-03-19 10:05");
    assert_eq!((later.outcome, later.done_at), (CaseOutcome::Pending, None), "that she entered is not known yet");
}

// ------------------------------------------------------------------------------------------------- the month of a case

/// The ids of the cases that an article lists in a month, long after.
fn listed(case: &Case, article: Article, month: &str) -> Vec<String> {
    guarantee(&case.assess(month), article).cases().iter().map(|own| own.id.clone()).collect()
}

#[test]
fn a_case_is_listed_in_the_month_in_which_its_clock_starts() {
    let nothing: [&str; 0] = [];
    let months = |case: Case, article: Article, wanted: &str| {
        for month in ["2026-02", "2026-03", "2026-04"] {
            let found = listed(&case, article, month);
            assert_eq!(found.len(), usize::from(month == wanted), "{article:?} {month}");
        }
        assert_eq!(listed(&case, article, "2026-05"), nothing);
    };
    let signed_on = "2026-03-31".parse().unwrap();
    months(installed(Installation { signed_on, ..installation() }), Article::Installation, "2026-03");
    months(
        complained(Complaint { accepted_at: on("2026-04-01 00:00"), ..complaint() }),
        Article::Complaints,
        "2026-04",
    );
    months(complained(Complaint { accepted_at: None, ..complaint() }), Article::Complaints, "2026-03");
    let reported = Complaint { submitted_at: None, accepted_at: None, ..complaint() };
    months(complained(reported), Article::Complaints, "2026-03");
    months(authorised(Authorisation { at: at("2026-03-31 23:59:59"), ..authorisation() }), Article::Support, "2026-03");
    let night = authorised(Authorisation { at: at("2026-03-31 23:50"), ..authorisation() });
    let after = Operation { started_at: on("2026-04-01 00:10"), ..operation() };
    months(night.operation(after), Article::Operations, "2026-03");
    months(visited(Visit { notified_at: on("2026-02-28 23:59"), ..visit() }), Article::Visits, "2026-02");
    months(visited(Visit { notified_at: None, ..visit() }), Article::Visits, "2026-03");
}

#[test]
fn a_case_that_started_before_the_term_is_listed_in_its_first_month() {
    let signed = installed(Installation { signed_on: "2025-12-28".parse().unwrap(), ..installation() });
    let case = signed.term("2026-01-15", "2027-01-14");
    assert_eq!(listed(&case, Article::Installation, "2026-01"), ["i1"]);
    assert_eq!(listed(&case, Article::Installation, "2026-02"), [""; 0]);
    let after = complained(complaint()).term("2025-03-01", "2026-02-28");
    assert_eq!(listed(&after, Article::Complaints, "2026-02"), ["c1"], "and one after its end in the last");
    assert_eq!(listed(&after, Article::Complaints, "2026-01"), [""; 0]);
}

#[test]
fn a_case_of_which_no_time_is_known_is_listed_in_every_month() {
    let nowhere = Complaint { submitted_at: None, accepted_at: None, first_report_at: None, ..complaint() };
    let unknown = Operation {
        authorisation: None,
        started_at: None,
        ended_at: None,
        first_feedback_at: None,
        report_at: None,
        ..operation()
    };
    let visit = Visit { notified_at: None, expected_entry: None, entered_at: None, ..visit() };
    let case = complained(nowhere).operation(unknown).visit(visit);
    for month in ["2026-01", "2026-03", "2027-05"] {
        for (article, id) in [(Article::Complaints, "c1"), (Article::Operations, "op1"), (Article::Visits, "v1")] {
            assert_eq!(listed(&case, article, month), [id], "{article:?} {month}");
        }
    }
}

#[test]
fn nothing_that_is_later_than_as_of_is_listed() {
    let case = Case::new()
        .signer("Li", None, None)
        .installation(installation())
        .authorisation(authorisation())
        .operation(operation())
        .complaint(Complaint { submitted_at: None, ..complaint() })
        .visit(Visit { expected_entry: None, entered_at: None, ..visit() });
    let count = |as_of: &str| {
        let assessment = case.assess_as_of("2026-03", as_of);
        assessment.guarantees.iter().map(|own| own.cases().len()).sum::<usize>()
    };
    assert_eq!(count("2026-03-01 00:00:01"), 0);
    assert_eq!(count("2026-03-03 00:00"), 1, "the installation");
    assert_eq!(count("2026-03-07 15:00"), 2, "the complaint");
    assert_eq!(count("2026-03-10 10:00"), 4, "authorisation and operation");
    assert_eq!(count("2026-03-18 15:00"), 5, "the visit");
}

// ------------------------------------------------------------------------------------------------- the month as a whole

#[test]
fn absent_is_not_recorded_and_empty_is_not_applicable() {
    for article in SINGLY {
        assert_eq!(verdict(&Case::new(), article), Verdict::NotRecorded, "{article:?}");
        let own = of(&Case::new().no_cases(), article);
        assert_eq!((own.verdict, own.cases().len()), (Verdict::NotApplicable, 0), "{article:?}");
        assert_eq!(reasons(&own), []);
    }
    let empty = Case::new().no_cases().assess("2026-03");
    assert_eq!(empty.status, Status::Final);
}

#[test]
fn a_month_that_is_not_over_is_not_met_yet() {
    let case = Case::new()
        .installation(installation())
        .signer("Li", None, None)
        .authorisation(authorisation())
        .operation(operation())
        .complaint(complaint())
        .visit(visit());
    for article in SINGLY {
        assert_eq!(verdict(&case, article), Verdict::Met, "{article:?}");
        for (case, as_of) in [(&case, "2026-03-31 23:59:59"), (&Case::new().no_cases(), "2026-03-20 00:00")] {
            let own = guarantee(&case.assess_as_of("2026-03", as_of), article);
            assert_eq!(
                (own.verdict, reasons(&own)),
                (Verdict::Undetermined, vec![Reason::PeriodNotOver]),
                "{article:?}"
            );
        }
        let over = guarantee(&case.assess_as_of("2026-03", "2026-04-01 00:00"), article);
        assert_eq!(over.verdict, Verdict::Met, "{article:?}");
    }
    let late = complained(Complaint { first_report_at: None, ..complaint() });
    let own = guarantee(&late.assess_as_of("2026-03", "2026-03-20 00:00"), Article::Complaints);
    assert_eq!(own.verdict, Verdict::Breached, "a breach does not wait for the end of the month");
}

#[test]
fn one_breach_is_a_breach_whatever_else_is_open() {
    let open = Operation { id: "op2".into(), ended_at: None, report_at: None, ..operation() };
    let late = Operation { first_feedback_at: on("2026-03-10 11:00"), ..operation() };
    let case = operated(late).operation(open);
    let own = of(&case, Article::Operations);
    assert_eq!((own.verdict, reasons(&own)), (Verdict::Breached, vec![]));
}

#[test]
fn cases_are_listed_in_order_of_their_start() {
    let second = Complaint { id: "a-later-one".into(), accepted_at: on("2026-03-09 09:00"), ..complaint() };
    let case = complained(second).complaint(complaint());
    assert_eq!(listed(&case, Article::Complaints, "2026-03"), ["c1", "a-later-one"]);
}

// ------------------------------------------------------------------------------------------------- the result

#[test]
fn the_result_lists_every_case_as_it_was_judged() {
    let case = authorised(Authorisation { form: AuthorisationForm::Phone, verified: Some(true), ..authorisation() })
        .specialist("He")
        .rent("3000.00")
        .installation(Installation { items: accepted("2026-03-05 11:00", "2026-03-09 09:00"), ..installation() })
        .operation(Operation { report_at: None, ..operation() })
        .complaint(complaint())
        .visit(Visit { cooperation: None, ..refused() });
    let text = ResultDocument::new(&case.record, &case.assess("2026-03")).text();
    let result: Value = serde_json::from_str(&text).unwrap();
    let single =
        |id: &str, started_at: &str, due: Value, done_at: Value, outcome: &str, missing: Value, elapsed: Value| {
            json!([{
                "id": id, "started_at": started_at, "due": due, "done_at": done_at, "outcome": outcome,
                "missing": missing, "elapsed_ms": elapsed,
            }])
        };
    let none = Value::Null;
    let expected = [
        (
            "installations",
            single(
                "i1",
                "2026-03-02T16:00:00Z",
                json!("2026-03-06T16:00:00Z"),
                json!("2026-03-09T01:00:00Z"),
                "breached",
                json!([]),
                none.clone(),
            ),
        ),
        (
            "authorisations",
            single(
                "a1",
                "2026-03-10T02:00:00Z",
                json!("2026-03-11T02:00:00Z"),
                none.clone(),
                "deficient",
                json!(["written_form"]),
                none.clone(),
            ),
        ),
        (
            "operations",
            single(
                "op1",
                "2026-03-10T02:00:00Z",
                json!("2026-03-10T02:30:00Z"),
                json!("2026-03-10T02:20:00Z"),
                "deficient",
                json!(["report"]),
                none.clone(),
            ),
        ),
        (
            "complaints",
            single(
                "c1",
                "2026-03-07T07:00:00Z",
                json!("2026-03-08T07:00:00Z"),
                json!("2026-03-08T03:00:00Z"),
                "met",
                json!([]),
                json!(3_600_000),
            ),
        ),
        (
            "visits",
            single("v1", "2026-03-18T07:00:00Z", none.clone(), none, "met", json!(["cooperation"]), Value::Null),
        ),
    ];
    for (section, wanted) in expected {
        assert_eq!(result[section], wanted, "{section}");
    }
    let named = |id: &str| {
        let guarantees = result["guarantees"].as_array().unwrap();
        guarantees.iter().find(|own| own["id"] == id).unwrap()["named"].clone()
    };
    assert_eq!(
        (named("customer_service"), named("support"), named("visits")),
        (json!("He"), json!("Jiang"), Value::Null)
    );
    let refund = json!({
        "article": 3, "kind": "setup_fee_refund", "day": null, "case": "i1", "amount": "500.00", "state": "due",
    });
    assert_eq!(result["remedies"]["lines"], json!([refund]));
    assert_eq!(result["flags"], json!([]));
}
