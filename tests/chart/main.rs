//! Charts, as a reader sees them: nothing hidden, nothing outside, the same figures as the assessment. Here the strip of a
//! month and what all share; the others each in the file of their name.
#![allow(clippy::unwrap_used, clippy::panic, clippy::float_arithmetic, reason = "a test")]

mod budget_burn_down;
mod calendar_heat;
mod files;
mod latency;
mod latency_days;
mod outage_lengths;
mod power_sources;
mod term_overview;
mod timeline;

use proptest::prelude::*;
use sla_statement::assess::{Article, Assessment, Clause, Measured, Question, assess};
use sla_statement::chart::{Class, Drawing, MonthStrip, Point, Shape, visible_spans};
use sla_statement::contract::Contract;
use sla_statement::i18n::{Locale, clock};
use sla_statement::record::{
    Exclusion, Ground, NetworkGround, Origin, Record, Role, Sample, SampleState, Series, SeriesKey, Stance, Target,
};
use sla_statement::time::{Instant, Interval, LocalMonth, Zone};

const STEP_MS: i64 = 300_000;

/// A month of even pings; `lost` are those that failed and `missing` those that were never sent, by number.
struct Pings {
    zone: &'static str,
    month: &'static str,
    lost: Vec<i64>,
    missing: Vec<i64>,
    exclusions: Vec<(NetworkGround, Stance, i64, i64)>,
}

impl Pings {
    fn of(zone: &'static str, month: &'static str) -> Self {
        Self { zone, month, lost: Vec::new(), missing: Vec::new(), exclusions: Vec::new() }
    }

    fn zone(&self) -> Zone {
        self.zone.parse().unwrap()
    }

    fn month(&self) -> LocalMonth {
        self.month.parse().unwrap()
    }

    fn at(&self, ping: i64) -> Instant {
        self.month().span(self.zone()).start().plus(ping * STEP_MS)
    }

    fn record(&self) -> Record {
        let pings = self.month().span(self.zone()).ms() / STEP_MS;
        let mut series = Series::default();
        for ping in (-2..=pings + 2).filter(|ping| !self.missing.contains(ping)) {
            let state = if self.lost.contains(&ping) { SampleState::Down } else { SampleState::Up };
            series.push(Sample { at: self.at(ping), state });
        }
        let exclusions = self.exclusions.iter().enumerate().map(|(i, (ground, stance, from, to))| Exclusion {
            span: Interval::new(self.at(*from), self.at(*to)).unwrap(),
            id: format!("x{i}"),
            ground: Ground::Network(*ground),
            targets: [].into(),
            evidence: String::new(),
            stance: *stance,
            origin: Origin::default(),
        });
        Record {
            contract: Some(Contract { time_zone: self.zone(), ..Contract::default() }),
            series: [(SeriesKey { target: "port-1".to_owned(), ..SeriesKey::default() }, series)].into(),
            exclusions: Some(exclusions.collect()),
            ..Record::default()
        }
    }

    fn assessment(&self) -> Assessment {
        let as_of = self.month().next().next().span(self.zone()).end();
        assess(&self.record(), Question { month: self.month(), as_of }).unwrap()
    }
}

fn strip(assessment: &Assessment, locale: Locale) -> MonthStrip {
    let network = assessment.guarantees.iter().find(|own| own.article == Article::Network).unwrap();
    MonthStrip::new(assessment, network, locale).unwrap()
}

fn measured(assessment: &Assessment) -> &Measured {
    assessment.guarantees.iter().find_map(|own| own.measured()).unwrap()
}

fn rects(drawing: &Drawing, wanted: impl Fn(Class) -> bool) -> Vec<(Point, f64, f64)> {
    let rect = |shape: &Shape| match shape {
        Shape::Rect { class, at, width, height } if wanted(*class) => Some((*at, *width, *height)),
        _ => None,
    };
    drawing.shapes.iter().filter_map(rect).collect()
}

/// Whether the drawing shows a span of a day in one of the rectangles: the ground of the day gives the scale.
fn shows(drawing: &Drawing, row: usize, day: Interval, span: Interval, wanted: impl Fn(Class) -> bool) -> bool {
    #[allow(clippy::cast_precision_loss)]
    let share = |at: Instant| at.since(day.start()) as f64 / day.ms() as f64;
    let (ground, width, height) = rects(drawing, |class| class == Class::Ground)[row];
    let (from, to) = (ground.x + width * share(span.start()), ground.x + width * share(span.end()));
    let tolerance = 0.06;
    rects(drawing, wanted).iter().any(|(at, width, _)| {
        let in_row = at.y >= ground.y - tolerance && at.y < ground.y + height;
        in_row && at.x <= from + tolerance && at.x + width >= to - tolerance && *width >= 1.5
    })
}

fn assert_every_span_is_shown(assessment: &Assessment) {
    let strip = strip(assessment, Locale::En);
    let timeline = &measured(assessment).timeline;
    for drawing in [&strip.wide, &strip.narrow] {
        for (row, day) in strip.days.iter().enumerate() {
            let day = assessment.zone.day_span(day.day).unwrap();
            let down = |class| matches!(class, Class::Down | Class::Claimed(_));
            assert!(timeline.counted.cut_to(day).iter().all(|span| shows(drawing, row, day, span, down)));
            let unknown = |class| class == Class::Unknown;
            assert!(timeline.unknown.cut_to(day).iter().all(|span| shows(drawing, row, day, span, unknown)));
            let single = |class| class == Class::Single;
            assert!(timeline.single.cut_to(day).iter().all(|span| shows(drawing, row, day, span, single)));
            for (clause, _, set) in &timeline.excluded {
                let under = |class| matches!(class, Class::Excluded(own) | Class::Claimed(own) if own == *clause);
                assert!(set.cut_to(day).iter().all(|span| shows(drawing, row, day, span, under)));
            }
        }
    }
}

fn assert_nothing_outside(drawing: &Drawing) {
    for shape in &drawing.shapes {
        let (low, high) = shape.bounds();
        let inside = low.x >= -0.1 && low.y >= -0.1 && high.x <= drawing.width + 0.1 && high.y <= drawing.height + 0.1;
        assert!(inside, "{shape:?} lies outside {} × {}", drawing.width, drawing.height);
    }
}

fn assert_figures_agree(assessment: &Assessment) {
    let (strip, measured) = (strip(assessment, Locale::ZhHant), measured(assessment));
    assert_eq!(strip.total.counted, measured.downtime.counted);
    assert_eq!(strip.total.excluded, measured.excluded.values().sum::<i64>());
    assert_eq!(strip.total.unknown, measured.timeline.unknown.ms());
    assert_eq!(strip.total.single, measured.single_failures.count);
    assert_eq!(strip.days.iter().map(|day| day.counted).sum::<i64>(), strip.total.counted);
    assert_eq!(strip.days.len(), assessment.month.days() as usize);
}

fn eventful(zone: &'static str, month: &'static str) -> Pings {
    Pings {
        // Over the first midnight, one alone, two under a claim, three agreed, and two near the end of the month.
        lost: vec![286, 287, 288, 289, 500, 1000, 1001, 2000, 2001, 2002, 8600, 8601],
        missing: (3000..3020).collect(),
        exclusions: vec![
            (NetworkGround::CustomerEquipment, Stance::Claimed, 999, 1003),
            (NetworkGround::CustomerNegligence, Stance::Agreed, 1999, 2010),
        ],
        ..Pings::of(zone, month)
    }
}

#[test]
fn a_month_shows_everything_that_happened_in_it() {
    let assessment = eventful("Asia/Shanghai", "2026-03").assessment();
    assert_every_span_is_shown(&assessment);
    assert_figures_agree(&assessment);
    let strip = strip(&assessment, Locale::En);
    let classes: Vec<Class> = strip.legend.iter().map(|entry| entry.class).collect();
    assert!(classes.contains(&Class::Excluded(Clause::NetworkCustomerNegligence)));
    assert!(classes.contains(&Class::Claimed(Clause::NetworkCustomerEquipment)));
    assert!(classes.contains(&Class::Unknown) && classes.contains(&Class::Single) && classes.contains(&Class::Down));
    assert_eq!(
        strip.title,
        "March 2026: 40 min of downtime counted; less than 44 min promised; up to 160 min cannot be ruled out"
    );
    assert_eq!((strip.days[0].counted, strip.days[1].counted), (2 * STEP_MS, 2 * STEP_MS));
    assert_eq!(strip.total.claimed, 2 * STEP_MS);
}

#[test]
fn a_clause_is_named_by_its_letter_in_the_drawing_and_in_the_legend() {
    let strip = strip(&eventful("Asia/Shanghai", "2026-03").assessment(), Locale::ZhHans);
    let mark = |shape: &Shape| match shape {
        Shape::Text { class: Class::Mark | Class::MarkInside, text, .. } => Some(text.clone()),
        _ => None,
    };
    for drawing in [&strip.wide, &strip.narrow] {
        let mut marks: Vec<String> = drawing.shapes.iter().filter_map(mark).collect();
        marks.sort_unstable();
        assert_eq!(marks, ["b", "d"]);
    }
    assert_eq!(strip.legend.iter().filter_map(|entry| entry.mark).collect::<Vec<_>>(), ["d", "b"]);
}

#[test]
fn days_on_which_clocks_change_are_as_long_as_they_were() {
    for (month, hours, row) in [("2026-03", 23, 7), ("2026-11", 25, 0)] {
        let assessment = Pings { lost: vec![2000, 2001], ..Pings::of("America/New_York", month) }.assessment();
        assert_every_span_is_shown(&assessment);
        assert_figures_agree(&assessment);
        let strip = strip(&assessment, Locale::En);
        let grounds = rects(&strip.wide, |class| class == Class::Ground);
        let ratio = grounds[row].1 / grounds[row + 1].1;
        assert!((ratio - f64::from(hours) / 24.0).abs() < 0.001, "{ratio}");
        assert!(strip.subtitle.contains(&format!("has {hours} h")), "{}", strip.subtitle);
        assert_nothing_outside(&strip.wide);
    }
}

#[test]
fn an_unfinished_month_has_no_ground_after_the_assessment() {
    let pings = Pings::of("Asia/Shanghai", "2026-03");
    let as_of = pings.at(10 * 288 + 144);
    let assessment = assess(&pings.record(), Question { month: pings.month(), as_of }).unwrap();
    let grounds = rects(&strip(&assessment, Locale::En).wide, |class| class == Class::Ground);
    assert_eq!(grounds.len(), 11);
    assert!((grounds[10].1 / grounds[9].1 - 0.5).abs() < 0.001);
}

#[test]
fn a_month_with_too_little_data_is_not_praised() {
    let pings = Pings { missing: (100..124).collect(), ..Pings::of("Asia/Shanghai", "2026-03") };
    let assessment = pings.assessment();
    let promised = "March 2026: no downtime counted; less than 44 min promised";
    let open = "; up to 125 min cannot be ruled out";
    assert_eq!(strip(&assessment, Locale::En).title, format!("{promised}{open}"));
    let heat = calendar_heat::heat(&assessment, Locale::En).title;
    assert!(heat.ends_with(open), "{heat}");
    let pings = Pings { missing: vec![100], ..pings };
    assert_eq!(strip(&pings.assessment(), Locale::En).title, promised, "what a gap cannot turn needs no word here");
}

#[test]
fn a_month_without_data_says_so() {
    let pings = Pings::of("Asia/Shanghai", "2026-03");
    let mut record = pings.record();
    record.series = Default::default();
    record.targets.insert("port-1".to_owned(), Target { role: Role::Network, label: String::new() });
    let as_of = pings.month().next().span(pings.zone()).end();
    let assessment = assess(&record, Question { month: pings.month(), as_of }).unwrap();
    let strip = strip(&assessment, Locale::En);
    assert_eq!(strip.title, "March 2026: no monitoring data, so downtime is not known");
    assert_eq!(strip.total.unknown, assessment.period.ms());
}

#[test]
fn no_place_in_a_text_stays_unfilled_and_nothing_lies_outside() {
    for locale in Locale::ALL {
        for pings in [eventful("Asia/Shanghai", "2026-03"), Pings::of("Europe/Berlin", "2026-10")] {
            let strip = strip(&pings.assessment(), locale);
            let legend = strip.legend.iter().map(|entry| &entry.text);
            let texts = [&strip.title, &strip.subtitle, &strip.description].into_iter().chain(legend);
            texts.for_each(|text| assert!(!text.contains(['{', '}']) && !text.is_empty(), "{text}"));
            assert_nothing_outside(&strip.wide);
            assert_nothing_outside(&strip.narrow);
        }
    }
}

#[test]
fn the_description_tells_each_outage() {
    let strip = strip(&eventful("Asia/Shanghai", "2026-03").assessment(), Locale::En);
    let start = "Outages: 4. From 2026-03-01 23:50:00: 20:00 long, 20:00 counted.";
    assert!(strip.description.starts_with(start), "{}", strip.description);
}

#[test]
fn hours_are_where_the_clock_has_them() {
    let pings = Pings { lost: (144..156).collect(), ..Pings::of("Asia/Shanghai", "2026-03") };
    let strip = strip(&pings.assessment(), Locale::En);
    let (ground, day, _) = rects(&strip.wide, |class| class == Class::Ground)[0];
    let (down, hour, _) = rects(&strip.wide, |class| class == Class::Down)[0];
    assert!((down.x - (ground.x + day / 2.0)).abs() < 0.1, "12:00 is the middle of the day");
    assert!((hour - day / 24.0).abs() < 0.2, "an hour is a 24th of it");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_lost_is_shown(
        lost in prop::collection::btree_set(0_i64..8_600, 1..60),
        missing in prop::collection::btree_set(0_i64..8_600, 0..20),
        zone in prop::sample::select(vec!["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"]),
    ) {
        let pings = Pings {
            lost: lost.iter().flat_map(|ping| [*ping, ping + 1]).collect(),
            missing: missing.into_iter().collect(),
            ..Pings::of(zone, "2026-03")
        };
        let assessment = pings.assessment();
        assert_every_span_is_shown(&assessment);
        assert_figures_agree(&assessment);
        let strip = strip(&assessment, Locale::ZhHant);
        assert_nothing_outside(&strip.wide);
        assert_nothing_outside(&strip.narrow);
    }

    #[test]
    fn no_span_is_hidden_however_narrow_the_ground(
        starts in prop::collection::btree_set(0_u32..44_640, 1..200),
        width in 1_u32..2_000,
    ) {
        // One-minute spans of a month on `width` units.
        let (right, least) = (f64::from(width), 1.5);
        let x = |minute: u32| right * f64::from(minute) / 44_640.0;
        let spans: Vec<(f64, f64)> = starts.iter().map(|start| (x(*start), x(start + 1))).collect();
        let drawn = visible_spans(&spans, (0.0, right), least);
        for (from, to) in &spans {
            prop_assert!(drawn.iter().any(|(left, right)| *left <= from + 1e-9 && to - 1e-9 <= *right));
        }
        prop_assert!(drawn.windows(2).all(|pair| pair[0].1 < pair[1].0));
        prop_assert!(drawn.iter().all(|(from, to)| *from >= 0.0 && *to <= right));
        prop_assert!(drawn.iter().all(|(from, to)| to - from >= least.min(right) - 1e-9));
    }
}
