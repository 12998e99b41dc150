catalogue! {
    /// Words around charts.
    ChartTexts {
        strip_title, strip_title_none, strip_title_no_data, whole_minutes, minutes_and_seconds, limit_below, limit_at_most,
        strip_subtitle_network, strip_subtitle_power, strip_odd_day, list_comma,
        strip_description, strip_description_outage, strip_description_more,
        legend_down, legend_excluded, legend_claimed, legend_unknown, legend_single,
        cause_maintenance, cause_customer_equipment, cause_customer_installation, cause_customer_negligence,
        cause_force_majeure, cause_other_customer, cause_not_reported,
        table_open, table_caption, column_day, column_counted, column_claimed, column_excluded, column_unknown, column_single, traffic_title, traffic_note, traffic_description, traffic_caption, legend_incoming, legend_outgoing, total,
    }
}
