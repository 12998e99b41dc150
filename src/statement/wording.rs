//! What is found, in the words of the agreement.

use super::warning::{Warning, WarningCode};
use crate::assess::{
    Article, CaseOutcome, Certainty, Clause, Compared, CrossCheck, CrossCheckOutcome, Downtime, Emergency, Fact, Flag,
    LastDay, LineKind, LineState, Measured, Missing, Monitoring, NoticeOutcome, Reason, RuleKind, Status, Verdict,
};
use crate::contract::{Channel, PolicyKey, ServiceClass};
use crate::i18n::{Locale, Texts, clock, date, fill, visible};
use crate::record::{Application, ForceMajeure, PowerSource, Reported, Role, Stance};
use crate::time::{Instant, Zone};

/// Whether a promise was kept, in one or two words.
#[must_use]
pub const fn verdict(verdict: Verdict, texts: &Texts) -> &'static str {
    match verdict {
        Verdict::Met => texts.agreement.verdict_met,
        Verdict::Breached => texts.agreement.verdict_breached,
        Verdict::Undetermined => texts.agreement.verdict_undetermined,
        Verdict::NotApplicable => texts.agreement.verdict_not_applicable,
        Verdict::NotRecorded => texts.agreement.verdict_not_recorded,
    }
}

/// A verdict as a sign that survives a photocopy. Never alone: the word stands beside it.
#[must_use]
pub const fn symbol(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "✓",
        Verdict::Breached => "✗",
        Verdict::Undetermined => "?",
        Verdict::NotApplicable | Verdict::NotRecorded => "–",
    }
}

/// How firmly a verdict stands, as a clause without a full stop.
#[must_use]
pub const fn certainty(certainty: Certainty, texts: &Texts) -> &'static str {
    match certainty {
        Certainty::Certain => texts.agreement.certainty_certain,
        Certainty::SamplingSensitive => texts.agreement.certainty_sampling_sensitive,
    }
}

/// Whether figures may still change.
#[must_use]
pub const fn status(status: Status, texts: &Texts) -> &'static str {
    match status {
        Status::Provisional => texts.agreement.status_provisional,
        Status::Final => texts.agreement.status_final,
    }
}

/// An article's name as the agreement heads it, without its number.
#[must_use]
pub const fn article(article: Article, texts: &Texts) -> &'static str {
    match article {
        Article::Network => texts.agreement.article_network,
        Article::Power => texts.agreement.article_power,
        Article::Installation => texts.agreement.article_installation,
        Article::EmergencyNotice => texts.agreement.article_emergency_notice,
        Article::CustomerService => texts.agreement.article_customer_service,
        Article::Support => texts.agreement.article_support,
        Article::Operations => texts.agreement.article_operations,
        Article::Complaints => texts.agreement.article_complaints,
        Article::Visits => texts.agreement.article_visits,
    }
}

/// A rule's name, without its figure.
#[must_use]
pub const fn rule(rule: RuleKind, texts: &Texts) -> &'static str {
    match rule {
        RuleKind::Minutes => texts.agreement.rule_minutes,
        RuleKind::Percent => texts.agreement.rule_percent,
    }
}

/// A clause in the agreement's words, without its number.
#[must_use]
pub const fn clause(clause: Clause, texts: &Texts) -> &'static str {
    match clause {
        Clause::NetworkMaintenance => texts.agreement.clause_1_4_a,
        Clause::NetworkCustomerEquipment => texts.agreement.clause_1_4_b,
        Clause::NetworkCustomerInstallation => texts.agreement.clause_1_4_c,
        Clause::NetworkCustomerNegligence => texts.agreement.clause_1_4_d,
        Clause::NetworkForceMajeure => texts.agreement.clause_1_4_e,
        Clause::NetworkOtherCustomerCause => texts.agreement.clause_1_4_f,
        Clause::NetworkReport => texts.agreement.clause_1_4_report,
        Clause::PowerCustomerEquipment => texts.agreement.clause_2_4_1,
        Clause::PowerCustomerInstallation => texts.agreement.clause_2_4_2,
        Clause::PowerCustomerNegligence => texts.agreement.clause_2_4_3,
        Clause::PowerForceMajeure => texts.agreement.clause_2_4_4,
        Clause::PowerReport => texts.agreement.clause_2_4_report,
    }
}

/// What the two parties say of an exclusion.
#[must_use]
pub const fn stance(stance: Stance, texts: &Texts) -> &'static str {
    match stance {
        Stance::Agreed => texts.agreement.stance_agreed,
        Stance::Claimed => texts.agreement.stance_claimed,
        Stance::Rejected => texts.agreement.stance_rejected,
    }
}

/// Why a guarantee cannot be decided, as a sentence.
#[must_use]
pub const fn reason(reason: Reason, texts: &Texts) -> &'static str {
    match reason {
        Reason::NoData => texts.agreement.reason_no_data,
        Reason::MonitoringGap => texts.agreement.reason_monitoring_gap,
        Reason::DisputedExclusion => texts.agreement.reason_disputed_exclusion,
        Reason::ReportWindowOpen => texts.agreement.reason_report_window_open,
        Reason::CalendarMissing => texts.agreement.reason_calendar_missing,
        Reason::PeriodNotOver => texts.agreement.reason_period_not_over,
        Reason::OutageNotOver => texts.agreement.reason_outage_not_over,
        Reason::Sampling => texts.agreement.reason_sampling,
        Reason::CaseOpen => texts.agreement.reason_case_open,
        Reason::CaseDeficient => texts.agreement.reason_case_deficient,
        Reason::CaseNotRecorded => texts.agreement.reason_case_not_recorded,
    }
}

/// What a reader must know before relying on a figure, as a sentence.
#[must_use]
pub const fn flag(flag: Flag, texts: &Texts) -> &'static str {
    match flag {
        Flag::RuleDisagreement => texts.agreement.flag_rule_disagreement,
        Flag::SamplingSensitive => texts.agreement.flag_sampling_sensitive,
        Flag::MonitoringGap => texts.agreement.flag_monitoring_gap,
        Flag::LowCoverage => texts.agreement.flag_low_coverage,
        Flag::SensitiveToSingleFailures => texts.agreement.flag_sensitive_to_single_failures,
        Flag::DisputedExclusion => texts.agreement.flag_disputed_exclusion,
        Flag::ReportWindowOpen => texts.agreement.flag_report_window_open,
        Flag::ReportAnchorMatters => texts.agreement.flag_report_anchor_matters,
        Flag::HolidayRollMatters => texts.agreement.flag_holiday_roll_matters,
        Flag::ProviderKnew => texts.agreement.flag_provider_knew,
        Flag::BlackoutAsFm => texts.agreement.flag_blackout_as_fm,
        Flag::ConsentAfterStart => texts.agreement.flag_consent_after_start,
        Flag::PartialMonth => texts.agreement.flag_partial_month,
        Flag::ProbeMismatch => texts.agreement.flag_probe_mismatch,
        Flag::ClockSkew => texts.agreement.flag_clock_skew,
        Flag::AmbiguousLocalTime => texts.agreement.flag_ambiguous_local_time,
        Flag::CalendarMissing => texts.agreement.flag_calendar_missing,
        Flag::UnrequestedCredit => texts.agreement.flag_unrequested_credit,
        Flag::CapApplied => texts.agreement.flag_cap_applied,
        Flag::ContactStale => texts.agreement.flag_contact_stale,
        Flag::AuthDeficient => texts.agreement.flag_auth_deficient,
        Flag::SecretDropped => texts.agreement.flag_secret_dropped,
        Flag::TermDatesOdd => texts.agreement.flag_term_dates_odd,
        Flag::ChinaNetFault => texts.agreement.flag_chinanet_fault,
        Flag::EvidenceMissing => texts.agreement.flag_evidence_missing,
        Flag::SourceUnsigned => texts.agreement.flag_source_unsigned,
        Flag::SourceDigestMismatch => texts.agreement.flag_source_digest_mismatch,
    }
}

/// What a remedy is, without the day of a day credit.
#[must_use]
pub const fn remedy(kind: LineKind, texts: &Texts) -> &'static str {
    match kind {
        LineKind::RentWaiver => texts.agreement.remedy_rent_waiver,
        LineKind::DayCredit(_) => texts.agreement.remedy_day_credit,
        LineKind::SetupFeeRefund => texts.agreement.remedy_setup_fee_refund,
    }
}

/// Whether a remedy is owed.
#[must_use]
pub const fn line_state(state: LineState, texts: &Texts) -> &'static str {
    match state {
        LineState::Due => texts.agreement.line_due,
        LineState::Eligible => texts.agreement.line_eligible,
        LineState::Absorbed => texts.agreement.line_absorbed,
        LineState::Contingent => texts.agreement.line_contingent,
    }
}

/// What a policy decides, in one phrase.
#[must_use]
pub const fn policy(key: PolicyKey, texts: &Texts) -> &'static str {
    match key {
        PolicyKey::VerdictBasis => texts.agreement.policy_verdict_basis,
        PolicyKey::ThresholdRule => texts.agreement.policy_threshold_rule,
        PolicyKey::PartialMinutes => texts.agreement.policy_partial_minutes,
        PolicyKey::Rounding => texts.agreement.policy_rounding,
        PolicyKey::Denominator => texts.agreement.policy_denominator,
        PolicyKey::IntervalS => texts.agreement.policy_interval,
        PolicyKey::GapFactor => texts.agreement.policy_gap_factor,
        PolicyKey::MinConsecutiveFailures => texts.agreement.policy_min_failures,
        PolicyKey::GapState => texts.agreement.policy_gap_state,
        PolicyKey::VantageQuorum => texts.agreement.policy_vantage_quorum,
        PolicyKey::TargetAggregate => texts.agreement.policy_target_aggregate,
        PolicyKey::ReportAnchor => texts.agreement.policy_report_anchor,
        PolicyKey::ReportCount => texts.agreement.policy_report_count,
        PolicyKey::ReportHolidayRoll => texts.agreement.policy_holiday_roll,
        PolicyKey::ConsentMustPrecede => texts.agreement.policy_consent_must_precede,
        PolicyKey::BlackoutAsForceMajeure => texts.agreement.policy_blackout,
        PolicyKey::DayAttribution => texts.agreement.policy_day_attribution,
        PolicyKey::DailyBasis => texts.agreement.policy_daily_basis,
        PolicyKey::CreditCap => texts.agreement.policy_cap,
        PolicyKey::PhoneWrittenWithinH => texts.agreement.policy_phone_written_within,
        PolicyKey::InstallDayEnd => texts.agreement.policy_install_day_end,
    }
}

/// A source of a target: the system, and whether it lists outages.
#[must_use]
pub fn monitoring(source: &Monitoring, texts: &Texts) -> String {
    let words = &texts.statement;
    let text = if source.listed { words.monitoring_outages } else { words.monitoring_samples };
    let system = if source.system.is_empty() { "–" } else { &source.system };
    fill(text, &[("system", &system)])
}

/// For each other source whose word would turn the verdict, what it would be.
pub fn other_verdicts<'a>(measured: &'a Measured, texts: &'a Texts) -> impl Iterator<Item = String> + 'a {
    measured.would_change.iter().filter_map(|change| {
        let Fact::Source(source) = &change.fact else { return None };
        let (source, other) = (monitoring(source, texts), verdict(change.verdict, texts));
        Some(fill(texts.statement.other_verdict, &[("source", &source), ("verdict", &other)]))
    })
}

/// A source of a target, marked where it is the one that decides.
#[must_use]
pub fn compared_monitoring(own: &Compared, texts: &Texts) -> String {
    let mark = if own.decides { " *" } else { "" };
    format!("{}{mark}", monitoring(&own.source, texts))
}

/// What another system reports of a target, a line each: availability, downtime.
#[must_use]
pub fn reported(own: &Reported) -> Vec<String> {
    let share = own.availability.map(|share| format!("{share} %"));
    let lines: Vec<String> = share.into_iter().chain(own.downtime_ms.map(clock)).collect();
    if lines.is_empty() { vec!["–".to_owned()] } else { lines }
}

/// What comes of holding that against the record.
#[must_use]
pub fn cross_check(own: &CrossCheck, texts: &Texts) -> String {
    let words = &texts.statement;
    let text = match own.outcome {
        CrossCheckOutcome::Meets => words.cross_meets,
        CrossCheckOutcome::DoesNotMeet => words.cross_does_not_meet,
        CrossCheckOutcome::NoFigure => words.cross_no_figure,
        CrossCheckOutcome::TargetUnknown => words.cross_target_unknown,
        CrossCheckOutcome::TimeUnknown => words.cross_time_unknown,
        CrossCheckOutcome::OtherTime => words.cross_other_time,
        CrossCheckOutcome::PeriodNotOver => words.cross_period_not_over,
        CrossCheckOutcome::Partial => words.cross_partial,
        CrossCheckOutcome::NotWatched => words.cross_not_watched,
    };
    fill(text, &[("time", &clock(own.by_ms))])
}

/// The three figures in one cell.
#[must_use]
pub fn three(own: Downtime) -> String {
    [own.lower, own.counted, own.upper].map(clock).join(" / ")
}

/// A warning as one sentence.
#[must_use]
pub fn warning(warning: &Warning, texts: &Texts) -> String {
    let words = &texts.statement;
    let text = match warning.code {
        WarningCode::AmbiguousLocalTime => words.warning_ambiguous_local_time,
        WarningCode::ContradictingSamples => words.warning_contradicting_samples,
        WarningCode::FiveDayRuleNotApplied => words.warning_five_day_rule_not_applied,
        WarningCode::OnlyCrossChecks => words.warning_only_cross_checks,
        WarningCode::OtherSource => words.warning_other_source,
        WarningCode::RebuiltSamples => words.warning_rebuilt_samples,
        WarningCode::RepeatedSamples => words.warning_repeated_samples,
        WarningCode::RowsRejected => words.warning_rows_rejected,
        WarningCode::SampleIntervalDiffers => words.warning_sample_interval_differs,
        WarningCode::SecretDropped => words.warning_secret_dropped,
        WarningCode::SignatureInvalid => words.warning_signature_invalid,
        WarningCode::SignatureUnknownKey => words.warning_signature_unknown_key,
        WarningCode::SignatureWithoutFile => words.warning_signature_without_file,
        WarningCode::SignatureWrongContract => words.warning_signature_wrong_contract,
        WarningCode::SignatureWrongMonth => words.warning_signature_wrong_month,
        WarningCode::TargetIgnored => words.warning_target_ignored,
    };
    fill(text, &[("count", &warning.count), ("target", &visible(warning.target.as_deref().unwrap_or_default()))])
}

/// What a target counts as.
#[must_use]
pub const fn role(role: Role, texts: &Texts) -> &'static str {
    let words = &texts.statement;
    match role {
        Role::Network => words.role_network,
        Role::Power(PowerSource::Mains) => words.role_mains,
        Role::Power(PowerSource::Ups) => words.role_ups,
        Role::Application(Application::Www) => words.role_www,
        Role::Application(Application::Email) => words.role_email,
        Role::Application(Application::Ftp) => words.role_ftp,
    }
}

/// Whether the customer was told of an emergency in time.
#[must_use]
pub const fn notice_outcome(outcome: NoticeOutcome, texts: &Texts) -> &'static str {
    match outcome {
        NoticeOutcome::InTime => texts.agreement.notice_in_time,
        NoticeOutcome::Late => texts.agreement.notice_late,
        NoticeOutcome::Missed => texts.agreement.notice_missed,
        NoticeOutcome::Exempt => texts.agreement.notice_exempt,
        NoticeOutcome::Disputed => texts.agreement.notice_disputed,
        NoticeOutcome::Pending => texts.agreement.notice_pending,
    }
}

/// How many emergencies there were, and of how many the customer was not told in time.
#[must_use]
pub fn emergencies(emergencies: &[Emergency], texts: &Texts) -> String {
    let lapsed = |own: &&Emergency| matches!(own.outcome, NoticeOutcome::Late | NoticeOutcome::Missed);
    let (count, lapsed) = (emergencies.len(), emergencies.iter().filter(lapsed).count());
    if count == 0 {
        return texts.agreement.emergency_none.to_owned();
    }
    fill(texts.agreement.emergency_summary, &[("count", &count), ("lapsed", &lapsed)])
}

/// What a single case comes to.
#[must_use]
pub const fn case_outcome(outcome: CaseOutcome, texts: &Texts) -> &'static str {
    match outcome {
        CaseOutcome::Met => texts.agreement.case_met,
        CaseOutcome::Breached => texts.agreement.case_breached,
        CaseOutcome::Pending => texts.agreement.case_pending,
        CaseOutcome::Deficient => texts.agreement.case_deficient,
        CaseOutcome::Illegal => texts.agreement.case_illegal,
        CaseOutcome::NotRecorded => texts.agreement.case_not_recorded,
    }
}

/// A part that a case lacks, in one phrase.
#[must_use]
pub const fn missing(part: Missing, texts: &Texts) -> &'static str {
    match part {
        Missing::Hardware => texts.agreement.missing_hardware,
        Missing::SystemSoftware => texts.agreement.missing_system_software,
        Missing::Power => texts.agreement.missing_power,
        Missing::Network => texts.agreement.missing_network,
        Missing::Signer => texts.agreement.missing_signer,
        Missing::Verification => texts.agreement.missing_verification,
        Missing::WrittenForm => texts.agreement.missing_written_form,
        Missing::Authorisation => texts.agreement.missing_authorisation,
        Missing::FirstFeedback => texts.agreement.missing_first_feedback,
        Missing::End => texts.agreement.missing_end,
        Missing::Report => texts.agreement.missing_report,
        Missing::Acceptance => texts.agreement.missing_acceptance,
        Missing::Notice => texts.agreement.missing_notice,
        Missing::VisitReason => texts.agreement.missing_reason,
        Missing::Activity => texts.agreement.missing_activity,
        Missing::ExpectedEntry => texts.agreement.missing_expected_entry,
        Missing::ExpectedExit => texts.agreement.missing_expected_exit,
        Missing::Cooperation => texts.agreement.missing_cooperation,
        Missing::Escort => texts.agreement.missing_escort,
        Missing::Badge => texts.agreement.missing_badge,
        Missing::Entry => texts.agreement.missing_entry,
    }
}

/// What the customer rents, as article 3.1 calls it.
#[must_use]
pub const fn service_class(class: ServiceClass, texts: &Texts) -> &'static str {
    match class {
        ServiceClass::ManagedServer => texts.statement.class_managed_server,
        ServiceClass::Colocation => texts.statement.class_colocation,
        ServiceClass::Cabinet => texts.statement.class_cabinet,
    }
}

/// A way of telling the customer, as article 4.2 lists them.
#[must_use]
pub const fn channel(channel: Channel, texts: &Texts) -> &'static str {
    match channel {
        Channel::Telephone => texts.statement.channel_telephone,
        Channel::Mobile => texts.statement.channel_mobile,
        Channel::Pager => texts.statement.channel_pager,
        Channel::Fax => texts.statement.channel_fax,
        Channel::Email => texts.statement.form_email,
    }
}

/// A category of force majeure in the words of article 10.1, with its number.
#[must_use]
pub const fn force_majeure(category: ForceMajeure, texts: &Texts) -> &'static str {
    match category {
        ForceMajeure::NaturalDisaster => texts.statement.force_majeure_1,
        ForceMajeure::WarStrikeBlackout => texts.statement.force_majeure_2,
        ForceMajeure::LawOrAdministration => texts.statement.force_majeure_3,
        ForceMajeure::SabotageOrChinaNetWorks => texts.statement.force_majeure_4,
        ForceMajeure::UnlawfulThirdParty => texts.statement.force_majeure_5,
    }
}

/// What the last day of a term of one year would be, in the two ways of counting, as a sentence.
#[must_use]
pub fn last_day(last: LastDay, locale: Locale) -> String {
    let (customary, statutory) = (date(last.customary, locale), date(last.statutory, locale));
    fill(locale.texts().agreement.term_last_day, &[("customary", &customary), ("statutory", &statutory)])
}

/// The end of a whole day, given as the first instant after it: `2026-03-13 24:00`, as the agreement's readers say it.
#[must_use]
pub fn end_of_day(after: Instant, zone: Zone) -> String {
    format!("{} 24:00", zone.day(after.plus(-1)))
}
