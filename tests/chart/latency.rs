//! Round-trip times: the shortest and the longest of every hour are within what is drawn, whatever part is shown.

use super::*;
use sla_statement::chart::{LatencyChart, Medium, Window, Zoomable};
use sla_statement::record::Latency;

const START_MS: i64 = 1_772_294_400_000;

fn at(ms: i64) -> Instant {
    Instant::from_epoch_ms(START_MS + ms).unwrap()
}

fn chart(times: &[(i64, u32)], locale: Locale) -> LatencyChart {
    let mut latency = Latency::default();
    times.iter().for_each(|(ms, us)| latency.push(at(*ms), *us));
    latency.settle();
    LatencyChart::new("port-1".to_owned(), &latency, "Asia/Shanghai".parse().unwrap(), locale).unwrap()
}

#[test]
fn words_and_table_say_the_same() {
    let times: Vec<(i64, u32)> =
        (0..288).map(|ping| (ping * 300_000, if ping == 7 { 250_000 } else { 1_000 })).collect();
    for locale in Locale::ALL {
        let chart = chart(&times, locale);
        let (figure, table) = (chart.figure(), chart.table(chart.whole()));
        assert_eq!(table.rows[0], ["2026-02-28", "96", "1", "3.593", "1.007", "250"]);
        assert_eq!(table.rows[1], ["2026-03-01", "192", "1", "1", "1.007", "1"]);
        assert!(figure.title.contains("1.007 ms") && figure.title.contains("250 ms"), "{}", figure.title);
        for medium in [Medium::Wide, Medium::Narrow, Medium::Paper] {
            assert_nothing_outside(&chart.drawing(chart.whole(), medium));
        }
    }
    let chart = chart(&times, Locale::En);
    let spot = chart.stop(0).unwrap();
    assert_eq!(
        spot.reading,
        "port-1: 2026-03-01 00:00:00 – 2026-03-01 01:00:00 · Samples 12 · Shortest 1 ms · Mean 21.75 ms · Longest 250 ms · \
         1.007 ms for 95 of 100 of the day"
    );
}

#[test]
fn time_without_answers_is_left_empty() {
    let times: Vec<(i64, u32)> = [0, 1, 2, 9, 10].map(|hour| (hour * 3_600_000, 5_000)).to_vec();
    let chart = chart(&times, Locale::En);
    let drawing = chart.drawing(chart.whole(), Medium::Wide);
    let means = drawing.shapes.iter().filter(|shape| matches!(shape, Shape::Polyline { class: Class::Mean, .. }));
    assert_eq!(means.count(), 2, "no line leads over the hours of which nothing is known");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_extremes_of_every_hour_are_drawn(
        times in prop::collection::vec((0_i64..90 * 86_400_000, 1_u32..5_000_000), 2..300),
        window in (0_i64..90 * 86_400_000, 600_000_i64..90 * 86_400_000),
    ) {
        let chart = chart(&times, Locale::ZhHant);
        let shown = Window::of(chart.whole()).showing(at(window.0), window.1).shown();
        for medium in [Medium::Wide, Medium::Narrow] {
            let drawing = chart.drawing(shown, medium);
            assert_nothing_outside(&drawing);
            let (ground, width, height) = rects(&drawing, |class| class == Class::Ground)[0];
            let ranges = rects(&drawing, |class| class == Class::Range);
            for (ms, _) in times.iter().filter(|(ms, _)| shown.contains(at(*ms))) {
                #[allow(clippy::cast_precision_loss)]
                let x = ground.x + width * (at(*ms).since(shown.start()) as f64 / shown.ms() as f64);
                let over = |(at, width, _): &&(Point, f64, f64)| at.x <= x + 1e-6 && x <= at.x + width + 1e-6;
                let own = ranges.iter().find(over);
                prop_assert!(own.is_some_and(|(at, _, own)| at.y >= ground.y - 1.0 && own <= &(height + 2.0)));
            }
        }
    }
}
