catalogue! {
    /// How the program reads the agreement, and what is said around its text. A key `point_1_5` is of article 1, point 5.
    ReadingTexts {
        // Around the text.
        view_note, translation_note, contents, reading, policies, month, excluded, claimed, nothing_excluded,
        force_majeure_claims, lacking, terms_differ, closing_reference,
        // The readings, in the order of the agreement.
        point_1_1, point_1_2, point_1_3, point_1_4, point_1_5, customer_cause, point_1_9, point_1_10, point_2_1,
        point_2_2, point_2_3, point_2_4, point_2_4_4, point_3_1, point_3_2, point_3_end, point_4_1, point_4_2,
        point_4_3, point_4_4, point_4_5, point_4_7, point_4_8, point_4_9, point_5_1_6, point_6_2, point_6_6,
        point_7_1, point_7_2, point_8_3, point_9_1, point_9_3, point_10_1, point_10_1_2, point_10_1_4,
        point_10_2, article_11, point_11_end,
    }
}
