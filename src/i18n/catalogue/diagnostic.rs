catalogue! {
    /// What is wrong with a file: sentences with places for `{found}` and `{expected}`.
    DiagnosticTexts {
        spreadsheet, office_document, pdf, picture, web_page, xml, sql_dump, executable, column_file, other_archive,
        write_ahead_alone, field_too_long, too_deep, span_too_long,
        in_file, in_file_at, place_line, place_cell, place_character, place_byte, place_path, empty, unknown_format,
        encoding, gzip_broken, too_large, unpacks_too_far, too_many_rows, too_many_series, row_too_long, quote_open,
        column_missing, column_absent, column_twice, zone_needed, no_rows, no_row_taken, cell_count, not_text, time_malformed,
        time_out_of_range, epoch_implausible, time_never, status_unknown, target_empty, check_unknown, column_aside,
        secret_dropped, latency_not_number, ambiguous_local_time, json_syntax, json_cut_off, schema_missing,
        schema_unknown, key_unknown, key_twice, key_missing, key_misplaced, wrong_type, instant_malformed,
        day_malformed, money_malformed, percent_malformed, number_out_of_range, not_one_of, text_empty, zone_unknown,
        end_not_after_start, term_reversed, rent_change_day, id_twice, target_unknown, power_target_in_network_clause,
        other_target_in_power_clause, maintenance_of_power, force_majeure_missing, force_majeure_misplaced,
        authorisation_unknown, contact_unknown, settled_unknown, settlement_of_other, policy_key_unknown, policy_value, calendar_day, samples_form,
        database_too_large, database_cut_off, database_damaged, database_table, database_foreign, database_write_ahead,
        beats_pruned, columns_unclear, column_guessed, key_beside, column_for_two, date_order_needed, mapping_columns, mapping_target, mapping_chain,
        mapping_declared, mapping_unread,
        state_unknown, archive_broken, archive_encrypted, archive_method,
        archive_nested, archive_contradicts, too_many_files, traffic_only, xml_malformed, legend_unknown, rows_consolidated, row_times, rows_lossy, rows_mixed,
        history_contradicts, hard_states_only, encoding_taken, column_taken, line_malformed, service_aside, system_error, aggregate_only, share_malformed, no_monitoring_data, more_problems, merge_two_contracts, merge_two_calendars, merge_target, merge_same_id,
        signing_key_malformed, signature_malformed,
    }
}
