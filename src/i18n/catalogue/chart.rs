catalogue! {
    /// Words around charts.
    ChartTexts {
        strip_title, strip_title_none, strip_title_no_data, title_open, whole_minutes, minutes_and_seconds, limit_below, limit_at_most,
        strip_subtitle_network, strip_subtitle_power, strip_odd_day, list_comma,
        strip_description, strip_description_outage, strip_description_more,
        legend_down, legend_excluded, legend_claimed, legend_unknown, legend_single,
        cause_maintenance, cause_customer_equipment, cause_customer_installation, cause_customer_negligence,
        cause_force_majeure, cause_other_customer, cause_not_reported,
        burn_title_left, burn_title_used, burn_title_over, burn_title_open, burn_subtitle,
        burn_rounded, burn_caption, term_title, term_subtitle, term_caption, term_not_begun,
        heat_title, heat_title_none, heat_subtitle, heat_caption, lengths_title, lengths_subtitle, lengths_caption,
        sources_title, sources_subtitle, sources_together, sources_caption, legend_out,
        column_hour, column_length, column_together, column_source, column_times, legend_curve, legend_band, reading_step, reading_hint,
        zoom_out, zoom_in, save_as, table_open, table_caption, column_day, column_counted, column_claimed, column_excluded, column_unknown, column_single, total,
        timeline_title, timeline_title_none, timeline_subtitle, timeline_worst, timeline_caption, timeline_listed, column_target, column_down,
        zoom_earlier, zoom_later, zoom_whole, zoom_shown, zoom_name, zoom_hint, zoom_step, open_outage,
        latency_title, latency_subtitle, latency_caption, latency_of_day, latency_hint, latency_step, column_samples, column_shortest, column_mean, column_most, column_longest,
        legend_range, legend_most,
        traffic_title, traffic_note, traffic_description, traffic_caption, legend_incoming, legend_outgoing,
    }
}
