//! Every outage in exactly one class of lengths.

use super::*;
use sla_statement::chart::{Medium, outage_lengths};

#[test]
fn every_outage_stands_in_the_class_of_its_length() {
    let pings = Pings {
        // 10, 10, 15 and 60 minutes; one of the first two does not count.
        lost: [100, 101, 200, 201, 300, 301, 302].into_iter().chain(400..412).collect(),
        exclusions: vec![(NetworkGround::CustomerNegligence, Stance::Agreed, 199, 203)],
        ..Pings::of("Asia/Shanghai", "2026-03")
    };
    let assessment = pings.assessment();
    let media = [Medium::Wide, Medium::Narrow, Medium::Paper];
    let figure = outage_lengths(&assessment, &assessment.guarantees[0], Locale::En, &media).unwrap();
    let rows: Vec<Vec<&str>> = figure.table.rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    assert_eq!(
        rows,
        [
            ["10–15 min", "2", "1", "20:00", "10:00"],
            ["15–30 min", "1", "0", "15:00", "15:00"],
            ["30–60 min", "0", "0", "–", "–"],
            ["60–240 min", "1", "0", "60:00", "60:00"],
        ]
    );
    assert_eq!(figure.title, "March 2026: outages: 4, the longest 1 h");
    for (_, drawing) in &figure.drawings {
        assert_nothing_outside(drawing);
        assert_eq!(rects(drawing, |class| class == Class::Down).len(), 3);
        assert_eq!(rects(drawing, |class| class == Class::Uncounted).len(), 1);
    }
}

#[test]
fn a_month_without_outages_has_nothing_to_sort() {
    let assessment = Pings::of("Asia/Shanghai", "2026-03").assessment();
    assert!(outage_lengths(&assessment, &assessment.guarantees[0], Locale::En, &[Medium::Wide]).is_none());
}
