catalogue! {
    /// What the native program says by itself.
    CliTexts {
        file_missing, file_not_permitted, file_is_folder, file_unreadable, file_unwritable, file_in_the_way, output_unwritable,
        month_outside_term, month_outside_unknown_term, month_not_begun,
        warning, rejected_more, export_unlike,
        viewer_missing, viewer_unusable, case_same_name, case_empty, case_broke_down, case_problem, batch_done,
        index_title, index_case,
        verify_agrees, verify_differs, verify_absent, verify_unusable, verify_schema, verify_key,
    }
}
