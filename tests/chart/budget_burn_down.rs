//! The same figures as the assessment, at the end and on the way; both limits; nothing hidden.

use super::*;
use sla_statement::chart::{Figure, Medium, budget_burn_down, visible_steps};
use sla_statement::i18n::clock;

const ALL: &[Medium] = &[Medium::Wide, Medium::Narrow, Medium::Paper];

fn burn_down(assessment: &Assessment, locale: Locale) -> Figure {
    let network = assessment.guarantees.iter().find(|own| own.article == Article::Network).unwrap();
    budget_burn_down(assessment, network, locale, ALL).unwrap()
}

fn curve(drawing: &Drawing) -> &[Point] {
    let curve = |shape: &Shape| matches!(shape, Shape::Polyline { class: Class::Curve, .. });
    match drawing.shapes.iter().find(|shape| curve(shape)) {
        Some(Shape::Polyline { points, .. }) => points,
        _ => panic!("no curve"),
    }
}

/// How far down the limits lie.
fn limits(drawing: &Drawing) -> Vec<(Class, f64)> {
    let line = |shape: &Shape| match shape {
        Shape::Polyline { class: class @ (Class::LimitMinutes | Class::LimitPercent), points } => {
            Some((*class, points[0].y))
        }
        _ => None,
    };
    drawing.shapes.iter().filter_map(line).collect()
}

fn assert_ends_in_the_result(assessment: &Assessment) {
    let (figure, measured) = (burn_down(assessment, Locale::En), measured(assessment));
    let last = figure.table.rows.last().unwrap();
    let downtime = measured.downtime;
    assert_eq!(last[1..4], [downtime.lower, downtime.counted, downtime.upper].map(clock));
    assert_eq!(last[4], clock(measured.rules[0].limit_ms.min(measured.rules[1].limit_ms) - downtime.counted));
    for (_, drawing) in &figure.drawings {
        assert_nothing_outside(drawing);
        let points = curve(drawing);
        assert!(points.windows(2).all(|pair| pair[0].x <= pair[1].x && pair[0].y <= pair[1].y), "it only ever falls");
    }
}

#[test]
fn the_last_day_shows_the_figures_of_the_result() {
    let assessment = eventful("Asia/Shanghai", "2026-03").assessment();
    assert_ends_in_the_result(&assessment);
    let figure = burn_down(&assessment, Locale::En);
    assert_eq!(figure.table.rows.len(), 31);
    // 23:50 to 00:10 over the first midnight, one way to count it: what lies before midnight and what after.
    assert_eq!(figure.table.rows[0][2], "10:00");
    assert_eq!(figure.table.rows[1][2], "20:00");
    assert_eq!(figure.title, "March 2026: 4 min of the downtime allowed is left; what is not certain could use it up");
}

#[test]
fn a_month_over_the_limit_says_by_how_much() {
    let pings = Pings { lost: (100..112).collect(), ..Pings::of("Asia/Shanghai", "2026-03") };
    let figure = burn_down(&pings.assessment(), Locale::En);
    assert_eq!(figure.title, "March 2026: the downtime allowed is exceeded by 16 min");
    for (_, drawing) in &figure.drawings {
        let end = curve(drawing).last().unwrap().y;
        assert!(limits(drawing).iter().all(|(_, y)| end > *y), "the curve ends below both limits");
    }
}

#[test]
fn both_limits_stand_where_the_axis_has_them() {
    let pings = Pings { lost: vec![100, 101], ..Pings::of("Asia/Shanghai", "2026-03") };
    let figure = burn_down(&pings.assessment(), Locale::En);
    for (_, drawing) in &figure.drawings {
        let lines = limits(drawing);
        // Ten minutes down give the scale: 44 min and 99.9 % of 31 days, which is 44 min 38.4 s.
        let (top, ten) = (curve(drawing)[0].y, curve(drawing).last().unwrap().y);
        let minutes = |y: f64| (y - top) / (ten - top) * 10.0;
        assert_eq!(lines.iter().map(|line| line.0).collect::<Vec<_>>(), [Class::LimitMinutes, Class::LimitPercent]);
        assert!((minutes(lines[0].1) - 44.0).abs() < 0.1 && (minutes(lines[1].1) - 44.64).abs() < 0.1, "{lines:?}");
    }
}

#[test]
fn a_month_without_data_has_nothing_left_to_tell() {
    let pings = Pings::of("Asia/Shanghai", "2026-03");
    let mut record = pings.record();
    record.series = Default::default();
    record.targets.insert("port-1".to_owned(), Target { role: Role::Network, label: String::new() });
    let as_of = pings.month().next().span(pings.zone()).end();
    let assessment = assess(&record, Question { month: pings.month(), as_of }).unwrap();
    let figure = burn_down(&assessment, Locale::En);
    assert_eq!(figure.title, "March 2026: no monitoring data, so downtime is not known");
    assert_eq!(figure.table.rows[30][3], clock(assessment.period.ms()), "all of it is possible");
    figure.drawings.iter().for_each(|(_, drawing)| assert_nothing_outside(drawing));
}

#[test]
fn an_unfinished_month_ends_with_the_assessment() {
    let pings = Pings { lost: vec![100, 101], ..Pings::of("Asia/Shanghai", "2026-03") };
    let assessment = assess(&pings.record(), Question { month: pings.month(), as_of: pings.at(10 * 288) }).unwrap();
    let figure = burn_down(&assessment, Locale::ZhHans);
    assert_eq!(figure.table.rows.len(), 10);
    let (_, drawing) = &figure.drawings[0];
    let ground = rects(drawing, |class| class == Class::Ground)[0];
    assert!((curve(drawing).last().unwrap().x - (ground.0.x + ground.1)).abs() < 0.1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_lost_is_added_up(
        lost in prop::collection::btree_set(0_i64..8_600, 1..120),
        missing in prop::collection::btree_set(0_i64..8_600, 0..20),
    ) {
        let pings = Pings {
            lost: lost.iter().flat_map(|ping| [*ping, ping + 1]).collect(),
            missing: missing.into_iter().collect(),
            ..Pings::of("America/New_York", "2026-03")
        };
        assert_ends_in_the_result(&pings.assessment());
    }

    #[test]
    fn no_step_of_a_curve_is_hidden(
        steps in prop::collection::vec((0.0_f64..3.0, 0.0_f64..5.0), 1..400),
        least in 0.5_f64..4.0,
    ) {
        let mut at = (0.0, 0.0);
        let points: Vec<(f64, f64)> = steps.iter().map(|(right, down)| { at = (at.0 + right, at.1 + down); at }).collect();
        let drawn = visible_steps(&points, least);
        prop_assert_eq!((drawn.first(), drawn.last()), (points.first(), points.last()));
        prop_assert!(drawn.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1));
        for (x, y) in points {
            let column = |point: &&(f64, f64)| (point.0 / least).floor() == (x / least).floor();
            let own: Vec<_> = drawn.iter().filter(column).collect();
            prop_assert!(own.len() <= 2);
            prop_assert!(own[0].1 <= y && y <= own[own.len() - 1].1);
        }
    }
}
