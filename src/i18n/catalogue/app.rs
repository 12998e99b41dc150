catalogue! {
    /// The page around the statement.
    AppTexts {
        // The frame.
        app_name, title, skip_link, language, theme, theme_system, theme_light, theme_dark,
        undo, keys_title, keys_view, keys_zoom, keys_single, keys_close,
        // Nothing loaded.
        empty_title, empty_what_title, empty_what, empty_private_title, empty_private, empty_how_title, empty_how, drop_here,
        choose_files, accepted_kinds, exports_title, exports_span, exports_table, demo_line,
        open_demo, offline_line, offline_link, drop_overlay,
        // Loading.
        loading_title, busy, loading_bytes, loading_rows, loading_status, cancel,
        // Files that cannot be used.
        failed_title, failed_advice, failed_untouched, failed_use_others, failed_back_to_case, failed_back,
        problem_unreadable, problem_elsewhere, problem_folder, problem_stopped, problem_cancelled, problem_damaged, problem_held_too_large, save_problems, unresolved_title,
        unresolved_advice, and_more, zone_explain, zone_select,
        zone_other, zone_apply, zone_unknown,
        // How tables are read, and what targets count as.
        view_targets, zone_remember, table_title, table_explain, table_advice, table_preview, table_read,
        table_means, column_time, column_date, column_status, column_target, column_latency, column_vantage,
        column_check, column_choose, column_none, column_target_name, table_zone, date_order, date_order_none,
        date_order_day, date_order_month, words_title, word_open, state_up, state_down, state_unknown,
        means_zone_needed, means_order_needed, means_no_status, means_nothing, mapping_title, mapping_explain,
        mapping_undo, mapping_save, mapping_save_hint, mapping_none, target_name, target_files, target_counts_as,
        target_is_other, target_as_found, target_ignored, target_itself, target_in_no_file, target_declared,
        target_by_check, tables_title, tables_words, tables_change,
        // The case.
        case_bar, month, month_previous, month_next, as_of, as_of_hint, as_of_wrong, views, view_overview, view_outages,
        view_charts, charts_month, charts_recorded, charts_term, charts_none, view_statement, view_agreement, print, save, save_result,
        save_report, save_report_proposed, save_report_too_large, save_case, save_case_hint, save_failed, add_files, close_case,
        refusal_outside_term, refusal_not_begun,
        // Readings of the agreement that are tried.
        settlement_title, settlement_explain, settlement_none, settlement_settle, settlement_settled, settlement_stance, settlement_by, settlement_on, settlement_record, settlement_wrong, settlement_save, settlement_changes, claim_title, claim_explain, claim_outage, claim_no_outage, claim_start, claim_end, claim_target, claim_all_targets, claim_clause, claim_choose, claim_evidence, claim_record, claim_wrong, claim_withdraw,
        policy_title, policy_none, policy_count, policy_note, policy_agreed, policy_wrong, policy_changes,
        policy_changes_none, policy_save, policy_take_back,
        // The paper.
        paper_title, paper_size, paper_extent, paper_full, paper_summary, paper_language, paper_as_screen, paper_binding,
        paper_bound_left, paper_bound_inner, paper_unbound, paper_ink, paper_black, paper_colour, paper_signing,
        paper_sign_below, paper_sign_own_page,
        // A statement that is checked.
        view_verify, verify_title, verify_hint, verify_waiting, verify_file_agrees, verify_file_differs, verify_typed,
        verify_typed_agrees, verify_typed_begins, verify_typed_differs, verify_typed_wrong,
        // What was read.
        files_accepted, files_rejected, files_title, file_name, file_format, file_bytes, file_accepted, file_rejected,
        file_repeated, rejected_title, rejected_beyond, rejected_line, rejected_column, rejected_found,
        rejected_expected, notes_title, notes_beyond, byte_place, character_place,
        // The month at a glance.
        head_no_customer, head_contract, head_period, head_zone, head_as_of, status_final_hint, status_provisional_hint,
        owed_title, owed_unknown, owed_contingent, overview_verdicts, overview_unmeasured, overview_unmeasured_hint,
        // One guarantee.
        unit_minutes, figures_title, figure_lower, figure_lower_meaning, figure_counted, figure_counted_meaning,
        figure_upper, figure_upper_meaning, limits_title, limits_rule, limits_margin, limits_result, limits_exceeded,
        limits_informative, limit_minutes, limit_percent, excluded_title, not_available, availability, coverage,
        targets, list_separator, outage_count, report_rule, report_rule_applied, report_rule_not_applied,
        // Outages.
        filter_title, filter_all, filter_clause, filter_standing, filter_agreed, filter_disputed, filter_order,
        filter_worst_first, filter_by_time, filter_count, filter_none,
        outages_title, outages_none, outage_when, outage_targets, outage_counted, outage_excluded, outage_report,
        outage_open_ended, outage_possible, outage_bounds, none, report_at, report_none, report_deadline,
        report_deadline_unknown, single_failures, gaps_title, gaps_hint,
        // The months of the term, one after the other.
        term_progress, term_given_up, term_go_on,
        // Files that were opened before.
        recent_title, recent_keep, recent_failed, recent_none, recent_hint, recent_clear, file_seen, file_differs,
        files_differ, save_case_proposed,
        // The samples of an outage.
        samples_open, samples_title, samples_back, samples_hint, samples_missing, samples_none, samples_compared,
        samples_rebuilt, samples_meaning, samples_more, samples_unwatched, samples_files, samples_entry, bound_earliest,
        bound_begins, bound_certain, bound_ends,
        // The program itself.
        about_title, about_version, about_licences,
        // A mistake in the program.
        breakdown_title, breakdown_advice,
        availability_lowest,
        // Single cases.
        phrase_separator,
        // How a figure came about, and what would turn the verdict.
        trace_title, trace_found, trace_merged, trace_outside_period, trace_rounded, trace_claimed, trace_report_open,
        trace_between_samples, trace_unwatched, change_title, change_none, change_agreed, change_rejected,
        change_reported, change_not_reported, change_threshold, change_gap_up, change_gap_down, change_gaps_up,
        change_gaps_down, mismatches_title, mismatches_hint, change_source, compared_title, compared_hint,
    }
}
