//! Everything that was recorded: whatever part is shown, however small it is drawn, nothing that was down is hidden.

use super::*;
use sla_statement::chart::{Medium, TermMonth, Timeline, Window, Zoomable, visible_columns};
use sla_statement::record::{Entries, OutageEvent};
use std::sync::Arc;

fn timeline(pings: &Pings, locale: Locale) -> Timeline {
    let found = Ok(Arc::new(pings.assessment()));
    Timeline::new(&pings.record(), &[TermMonth { month: pings.month(), found }], locale).unwrap()
}

fn span(pings: &Pings, from: i64, to: i64) -> Interval {
    Interval::new(pings.at(from), pings.at(to)).unwrap()
}

/// Whether a bar of the class lies in the row over the place of an instant.
fn is_drawn(drawing: &Drawing, row: usize, shown: Interval, at: Instant, wanted: impl Fn(Class) -> bool) -> bool {
    let (ground, width, height) = rects(drawing, |class| class == Class::Ground)[row];
    #[allow(clippy::cast_precision_loss)]
    let x = ground.x + width * (at.since(shown.start()) as f64 / shown.ms() as f64);
    let in_row = |at: &Point| at.y >= ground.y - 0.1 && at.y < ground.y + height;
    let over = |at: &Point, width: f64| at.x <= x + 1e-6 && x <= at.x + width && width >= 1.0;
    rects(drawing, wanted).iter().any(|(at, width, _)| in_row(at) && over(at, *width))
}

const fn is_down(class: Class) -> bool {
    matches!(class, Class::Down | Class::Uncounted)
}

#[test]
fn a_row_tells_what_was_recorded() {
    let pings = eventful("Asia/Shanghai", "2026-03");
    for locale in Locale::ALL {
        let chart = timeline(&pings, locale);
        let (figure, table) = (chart.figure(), chart.table(chart.whole()));
        // Four times two or more, one ping alone; fifteen minutes agreed as not counted; 19 pings are missing in a row.
        assert_eq!(table.rows, [["port-1", "5", "60:00", "15:00", "105:00"]]);
        let classes: Vec<Class> = figure.legend.iter().map(|entry| entry.class).collect();
        assert_eq!(classes, [Class::Down, Class::Uncounted, Class::Unknown]);
        for medium in [Medium::Wide, Medium::Narrow, Medium::Paper] {
            assert_nothing_outside(&chart.drawing(chart.whole(), medium));
        }
    }
    let title = timeline(&pings, Locale::En).figure().title;
    assert_eq!(title, "28 February 2026 to 1 April 2026: targets: 1, times down: 5, the longest 20 min");
}

#[test]
fn the_figures_are_those_of_the_part_that_is_shown() {
    let pings = eventful("Asia/Shanghai", "2026-03");
    let chart = timeline(&pings, Locale::En);
    let table = chart.table(span(&pings, 287, 501));
    assert_eq!(table.rows, [["port-1", "2", "20:00", "–", "–"]]);
    assert_eq!(table.caption, "2026-03-01 23:55:00 – 2026-03-02 17:45:00 (minutes:seconds)");
}

#[test]
fn what_is_pointed_at_is_told_exactly_and_leads_to_its_outage() {
    let pings = eventful("Asia/Shanghai", "2026-03");
    let chart = timeline(&pings, Locale::En);
    let shown = span(&pings, 900, 1100);
    for medium in Medium::SCREENS {
        let drawing = chart.drawing(shown, *medium);
        let (bar, width, height) = rects(&drawing, |class| class == Class::Down)[0];
        let spot = chart.spot_at((bar.x + width / 2.0, bar.y + height / 2.0), shown, *medium).unwrap();
        assert_eq!(spot.reading, "port-1: Down 2026-03-04 11:20:00 – 2026-03-04 11:30:00 (10:00)");
        assert_eq!((spot.span, spot.outage), (span(&pings, 1000, 1002), Some(Article::Network)));
        assert_eq!(chart.stop(spot.stop.unwrap()), Some(spot.clone()));
        let (low, high) = chart.outline(&spot, shown, *medium).unwrap().bounds();
        assert!(low.x <= bar.x && high.x >= bar.x + width, "the mark lies around the bar");
        assert_eq!(chart.outline(&spot, span(&pings, 0, 100), *medium), None, "it is not shown there");
        assert_eq!(chart.spot_at((0.0, 0.0), shown, *medium), None);
    }
    assert_eq!(chart.stops(), 5);
}

#[test]
fn lists_of_outages_have_rows_too() {
    let pings = Pings::of("Asia/Shanghai", "2026-03");
    let mut record = pings.record();
    let event = |id: &str, end| OutageEvent {
        start: pings.at(100),
        end,
        target: id.to_owned(),
        id: id.to_owned(),
        precision_ms: 0,
        origin: Origin::default(),
    };
    let events: Entries<OutageEvent> =
        [event("port-1", Some(pings.at(101))), event("port-9", None)].into_iter().collect();
    record.outages = Some(events);
    let chart = Timeline::new(&record, &[], Locale::En).unwrap();
    let rows = chart.table(chart.whole()).rows;
    let open = clock(chart.whole().end().since(pings.at(100)));
    assert_eq!(rows[0][..3], ["port-1", "0", "–"]);
    assert_eq!(rows[1][..3], ["port-1 · list of outages", "1", "5:00"]);
    assert_eq!(rows[2][..3], ["port-9", "1", open.as_str()]);
}

#[test]
fn of_too_many_rows_those_that_were_down_longest_are_drawn_and_that_is_said() {
    let pings = Pings::of("Asia/Shanghai", "2026-03");
    let mut record = pings.record();
    for target in 0..70 {
        let own =
            Pings { lost: (0..target).map(|lost| 10 + lost * 3).collect(), ..Pings::of("Asia/Shanghai", "2026-03") };
        let series = own.record().series.into_values().next().unwrap();
        record.series.insert(SeriesKey { target: format!("t{target:02}"), ..SeriesKey::default() }, series);
    }
    let chart = Timeline::new(&record, &[], Locale::En).unwrap();
    let table = chart.table(chart.whole());
    assert_eq!(table.rows.len(), 71);
    assert_eq!((table.rows[0][0].as_str(), table.rows[59][0].as_str()), ("t69", "t10"));
    let drawing = chart.drawing(chart.whole(), Medium::Wide);
    assert_eq!(rects(&drawing, |class| class == Class::Ground).len(), 60);
    let subtitle = chart.figure().subtitle;
    assert!(subtitle.contains("60 of 71"), "{subtitle}");
}

#[test]
fn the_axis_bears_months_days_or_hours_as_fits() {
    let pings = eventful("Asia/Shanghai", "2026-03");
    let chart = timeline(&pings, Locale::En);
    let labels = |shown: Interval| -> Vec<String> {
        let text = |shape: &Shape| match shape {
            Shape::Text { anchor: sla_statement::chart::Anchor::Middle, text, .. } => Some(text.clone()),
            _ => None,
        };
        chart.drawing(shown, Medium::Wide).shapes.iter().filter_map(text).collect()
    };
    let at = |text: &str| Instant::parse_rfc3339(text).unwrap();
    let year = Interval::new(at("2025-12-15T00:00:00+08:00"), at("2026-12-15T00:00:00+08:00")).unwrap();
    assert_eq!(labels(year)[0], "2026-01");
    assert_eq!(labels(year).len(), 12);
    assert_eq!(labels(span(&pings, 0, 288 * 10))[..2], ["03-01", "03-02"]);
    assert_eq!(labels(span(&pings, 0, 72))[..3], ["03-01", "00:30", "01:00"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_down_is_drawn_in_every_window(
        lost in prop::collection::btree_set(0_i64..8_600, 1..60),
        missing in prop::collection::btree_set(0_i64..8_600, 0..300),
        from in 0_i64..8_000,
        pings_shown in 3_i64..8_900,
    ) {
        let pings = Pings {
            lost: lost.iter().copied().collect(),
            missing: missing.iter().copied().collect(),
            exclusions: vec![(NetworkGround::CustomerNegligence, Stance::Agreed, 1999, 4010)],
            ..Pings::of("America/New_York", "2026-03")
        };
        let chart = timeline(&pings, Locale::En);
        let shown = Window::of(chart.whole()).to(span(&pings, from, from + pings_shown)).shown();
        for medium in [Medium::Wide, Medium::Narrow] {
            let drawing = chart.drawing(shown, medium);
            assert_nothing_outside(&drawing);
            for ping in lost.iter().filter(|ping| !missing.contains(ping)).map(|ping| pings.at(*ping)) {
                prop_assert!(!shown.contains(ping) || is_drawn(&drawing, 0, shown, ping, is_down), "{ping}");
            }
            // Two missing in a row leave more time between their neighbours than the policy allows.
            let gap = |ping: i64| [ping, ping + 1].iter().all(|ping| missing.contains(ping));
            for ping in (1..8_600).filter(|ping| gap(*ping)).map(|ping| pings.at(ping)) {
                let seen = |class| is_down(class) || class == Class::Unknown;
                prop_assert!(!shown.contains(ping) || is_drawn(&drawing, 0, shown, ping, seen), "{ping}");
            }
        }
    }

    #[test]
    fn a_column_is_drawn_where_something_falls_on_it_and_nowhere_else(
        spans in prop::collection::vec((0_i64..5_000, 1_i64..400), 0..200),
        window in (0_i64..400_000, 1_i64..800_000),
        columns in 1_i64..900,
    ) {
        let mut at = Instant::MIN;
        let spans: Vec<Interval> = spans.into_iter().map(|(gap, length)| {
            let start = at.plus(gap + 1);
            at = start.plus(length);
            Interval::new(start, at).unwrap()
        }).collect();
        let shown = Interval::new(Instant::MIN.plus(window.0), Instant::MIN.plus(window.0 + window.1)).unwrap();
        let drawn = visible_columns(&spans, shown, columns);
        prop_assert!(drawn.windows(2).all(|pair| pair[0].1 < pair[1].0), "{drawn:?}");
        let column = |at: Instant| at.since(shown.start()) * columns / shown.ms();
        let mut wanted: Vec<i64> = spans.iter().filter_map(|span| span.cut_to(shown))
            .flat_map(|span| column(span.start())..=column(span.end().plus(-1))).collect();
        wanted.dedup();
        let drawn: Vec<i64> = drawn.into_iter().flat_map(|(from, to)| from..to).collect();
        prop_assert_eq!(drawn, wanted);
    }

    #[test]
    fn a_window_never_leaves_its_span(
        length in 1_i64..400_000_000,
        steps in prop::collection::vec((0_u8..4, -400_000_000_i64..400_000_000, 1_i64..2_000), 1..40),
    ) {
        let whole = Interval::new(Instant::MIN, Instant::MIN.plus(length)).unwrap();
        let mut window = Window::of(whole);
        for (kind, ms, times) in steps {
            let before = window.shown();
            let at = before.start().plus(ms.rem_euclid(before.ms()));
            window = match kind {
                0 => window.scaled(at, (times, 1_000)),
                1 => window.moved(ms),
                2 => window.reaching(Instant::MIN.plus(ms.rem_euclid(length))),
                _ => window.showing(at, ms),
            };
            let shown = window.shown();
            prop_assert!(whole.start() <= shown.start() && shown.end() <= whole.end());
            prop_assert!(shown.ms() >= 600_000.min(length));
            if kind == 0 {
                prop_assert!(shown.contains(at), "what is zoomed about stays in sight");
            }
        }
    }
}
