catalogue! {
    /// Words of the agreement and of the assessment.
    AgreementTexts {
        customer, customer_role, provider, provider_role,
        verdict_met, verdict_breached, verdict_undetermined, verdict_not_applicable, verdict_not_recorded,
        certainty_certain, certainty_sampling_sensitive,
        status_final, status_provisional,
        article_network, article_power, article_installation, article_emergency_notice, article_customer_service,
        article_support, article_operations, article_complaints, article_visits,
        rule_minutes, rule_percent,
        clause_1_4_a, clause_1_4_b, clause_1_4_c, clause_1_4_d, clause_1_4_e, clause_1_4_f, clause_1_4_report,
        clause_2_4_1, clause_2_4_2, clause_2_4_3, clause_2_4_4, clause_2_4_report,
        stance_agreed, stance_claimed, stance_rejected,
        reason_no_data, reason_monitoring_gap, reason_disputed_exclusion, reason_report_window_open, reason_calendar_missing,
        reason_period_not_over, reason_outage_not_over, reason_sampling,
        flag_rule_disagreement, flag_sampling_sensitive, flag_monitoring_gap, flag_low_coverage, flag_sensitive_to_single_failures,
        flag_disputed_exclusion, flag_report_window_open, flag_report_anchor_matters, flag_holiday_roll_matters, flag_provider_knew,
        flag_blackout_as_fm, flag_consent_after_start, flag_partial_month, flag_probe_mismatch, flag_clock_skew,
        flag_ambiguous_local_time, flag_calendar_missing, flag_unrequested_credit, flag_cap_applied, flag_contact_stale,
        flag_auth_deficient, flag_secret_dropped, flag_term_dates_odd, flag_source_unsigned, flag_source_digest_mismatch,
        remedy_rent_waiver, remedy_day_credit, remedy_setup_fee_refund,
        line_due, line_eligible, line_absorbed, line_contingent,
        policy_verdict_basis, policy_threshold_rule, policy_partial_minutes, policy_rounding, policy_denominator, policy_interval,
        policy_gap_factor, policy_min_failures, policy_gap_state, policy_vantage_quorum, policy_target_aggregate, policy_report_anchor,
        policy_report_count, policy_holiday_roll, policy_consent_must_precede, policy_blackout, policy_day_attribution,
        policy_daily_basis, policy_cap, policy_phone_written_within, policy_install_day_end,
    }
}
