//! The hours of a month: each as full as it was down, none hidden, together the figures of the result.

use super::*;
use sla_statement::chart::{Figure, Medium, calendar_heat};

const ALL: &[Medium] = &[Medium::Wide, Medium::Narrow, Medium::Paper];

pub fn heat(assessment: &Assessment, locale: Locale) -> Figure {
    calendar_heat(assessment, &assessment.guarantees[0], locale, ALL).unwrap()
}

/// `12:30` in milliseconds.
fn ms(clock: &str) -> i64 {
    let Some((minutes, seconds)) = clock.split_once(':') else { return 0 };
    (minutes.parse::<i64>().unwrap() * 60 + seconds.parse::<i64>().unwrap()) * 1000
}

fn assert_hours_add_up(assessment: &Assessment) {
    let (figure, measured) = (heat(assessment, Locale::En), measured(assessment));
    let sum = |column: usize| figure.table.rows.iter().map(|row| ms(&row[column])).sum::<i64>();
    assert_eq!(sum(1), measured.downtime.counted);
    assert_eq!(sum(2), measured.excluded.values().sum::<i64>());
    assert_eq!(sum(3), measured.timeline.unknown.ms());
    for (_, drawing) in &figure.drawings {
        assert_nothing_outside(drawing);
        let hours = figure.table.rows.iter().filter(|row| row[1] != "–").count();
        let down = rects(drawing, |class| class == Class::Down);
        assert_eq!(down.len(), hours, "an hour with downtime shows it");
        assert!(down.iter().all(|(_, _, height)| *height >= 1.9));
    }
}

#[test]
fn an_hour_is_as_full_as_it_was_down() {
    // From noon on the first day: 12 lost pings are the whole hour, 3 a quarter of it.
    let pings = Pings { lost: (144..156).chain(300..303).collect(), ..Pings::of("Asia/Shanghai", "2026-03") };
    let assessment = pings.assessment();
    assert_hours_add_up(&assessment);
    let figure = heat(&assessment, Locale::En);
    assert_eq!(figure.table.rows[0], ["03-01 12:00", "60:00", "–", "–"]);
    assert_eq!(figure.table.rows[1], ["03-02 01:00", "15:00", "–", "–"]);
    assert_eq!(figure.title, "March 2026: downtime in 2 h of the month, most from 03-01 12:00 on: 60 min");
    for (_, drawing) in &figure.drawings {
        let down = rects(drawing, |class| class == Class::Down);
        assert!((down[0].2 / down[1].2 - 4.0).abs() < 0.1, "{down:?}");
    }
}

#[test]
fn the_hour_that_clocks_skip_or_repeat_keeps_its_place() {
    for (month, hours) in [("2026-03", 743), ("2026-11", 721)] {
        let pings = Pings { missing: (-2..9_000).collect(), ..Pings::of("America/New_York", month) };
        let mut record = pings.record();
        record.targets.insert("port-1".to_owned(), Target { role: Role::Network, label: String::new() });
        let as_of = pings.month().next().span(pings.zone()).end();
        let assessment = assess(&record, Question { month: pings.month(), as_of }).unwrap();
        let figure = heat(&assessment, Locale::ZhHans);
        assert_eq!(figure.table.rows.len(), hours, "every hour is without data");
        figure.drawings.iter().for_each(|(_, drawing)| assert_nothing_outside(drawing));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn hours_add_up_to_the_month(
        lost in prop::collection::btree_set(0_i64..8_600, 1..60),
        missing in prop::collection::btree_set(0_i64..8_600, 0..20),
    ) {
        let pings = Pings {
            lost: lost.iter().flat_map(|ping| [*ping, ping + 1]).collect(),
            missing: missing.into_iter().collect(),
            exclusions: vec![(NetworkGround::CustomerNegligence, Stance::Agreed, 1999, 4010)],
            ..Pings::of("Australia/Lord_Howe", "2026-04")
        };
        assert_hours_add_up(&pings.assessment());
    }
}
