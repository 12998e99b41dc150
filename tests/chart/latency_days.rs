//! Round-trip times on paper: of the month only, a step for each day of UTC, nothing where nothing is known.

use super::*;
use sla_statement::chart::{Anchor, Figure, latency_days};
use sla_statement::record::Latency;

/// 2026-03-01T00:00:00+08:00, which is 16:00 of 28 February in UTC.
const START_MS: i64 = 1_772_294_400_000;
const HOUR_MS: i64 = 3_600_000;
const MONTH_HOURS: i64 = 744;

fn at(hour: i64) -> Instant {
    Instant::from_epoch_ms(START_MS + hour * HOUR_MS).unwrap()
}

fn figure(times: impl IntoIterator<Item = (i64, u32)>, locale: Locale) -> Option<Figure> {
    let mut latency = Latency::default();
    times.into_iter().for_each(|(hour, us)| latency.push(at(hour), us));
    latency.settle();
    let month = Interval::new(at(0), at(MONTH_HOURS)).unwrap();
    latency_days("port-1", &latency, month, locale)
}

fn drawing(times: impl IntoIterator<Item = (i64, u32)>) -> Drawing {
    figure(times, Locale::En).unwrap().drawings.remove(0).1
}

fn points(drawing: &Drawing, class: Class) -> Vec<&[Point]> {
    let points = drawing.shapes.iter().filter(|shape| shape.class() == class).map(|shape| match shape {
        Shape::Polyline { points, .. } | Shape::Polygon { points, .. } => &points[..],
        other => panic!("{other:?}"),
    });
    points.collect()
}

#[test]
fn the_title_tells_of_the_month_alone() {
    let month = (0..MONTH_HOURS).map(|hour| (hour, if hour == 300 { 250_000 } else { 2_000 }));
    // Days that the month does not touch, and an hour before it on a day of UTC that it does.
    let times = month.chain([(-400, 9_000_000), (MONTH_HOURS + 300, 9_000_000), (-1, 700)]);
    for locale in Locale::ALL {
        let figure = figure(times.clone(), locale).unwrap();
        // 2 ms, told too long by less than a 32nd.
        let told =
            figure.title.contains("port-1") && figure.title.contains("2.015 ms") && figure.title.contains("250 ms");
        assert!(told, "{}", figure.title);
        let labels: Vec<&str> = figure.drawings[0].1.shapes.iter().filter_map(end_label).collect();
        assert_eq!(labels, ["2 ms", "10 ms", "50 ms", "200 ms"], "nothing shorter or longer is drawn");
        assert_nothing_outside(&figure.drawings[0].1);
    }
}

fn end_label(shape: &Shape) -> Option<&str> {
    match shape {
        Shape::Text { anchor: Anchor::End, text, .. } => Some(text),
        _ => None,
    }
}

#[test]
fn nothing_is_drawn_where_nothing_is_known() {
    assert!(figure([], Locale::En).is_none());
    assert!(figure([(-1, 2_000), (MONTH_HOURS, 2_000)], Locale::En).is_none(), "both lie beside the month");
    let apart = drawing([(10, 2_000), (40, 3_000), (500, 4_000)]);
    for class in [Class::Range, Class::Mean, Class::Percentile] {
        let pieces = points(&apart, class);
        assert_eq!(pieces.len(), 2, "{class:?}: a day after the other, and one alone: {pieces:?}");
    }
}

#[test]
fn a_month_of_equal_days_takes_few_points() {
    let drawing = drawing((0..MONTH_HOURS).map(|hour| (hour, 2_000 + u32::try_from(hour % 5).unwrap() * 500)));
    let count = |class| points(&drawing, class).iter().map(|own| own.len()).sum::<usize>();
    assert_eq!((count(Class::Range), count(Class::Percentile)), (4, 2));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_drawn_lies_between_the_extremes_and_on_whole_units(
        times in prop::collection::vec((-300_i64..1_100, 1_u32..5_000_000), 1..300),
    ) {
        let within = times.iter().any(|(hour, _)| (0..MONTH_HOURS).contains(hour));
        let figure = figure(times, Locale::ZhHant);
        prop_assert_eq!(figure.is_some(), within);
        let Some(figure) = figure else { return Ok(()) };
        let drawing = &figure.drawings[0].1;
        assert_nothing_outside(drawing);
        for shape in &drawing.shapes {
            let (low, high) = shape.bounds();
            let places = [low.x, low.y, high.x, high.y];
            let whole = places.iter().all(|place| place.fract().abs() < 1e-9);
            prop_assert!(whole || matches!(shape, Shape::Text { .. }), "{:?}", shape);
        }
        let edges = |class| points(drawing, class).into_iter().flatten().map(|own| own.y).collect::<Vec<_>>();
        let (top, bottom) = edges(Class::Range).into_iter().fold((f64::MAX, 0.0_f64), |(top, bottom), y| (top.min(y), bottom.max(y)));
        prop_assert!(edges(Class::Mean).into_iter().all(|y| top <= y && y <= bottom));
    }
}
