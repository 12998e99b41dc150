//! From an outage back to the samples by which it was found.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

mod case;

use case::{Case, at, guarantee, local, measured, span};
use proptest::prelude::*;
use sla_statement::assess::{Article, Bound, ProbeRow, listed_as, probes};
use sla_statement::record::{PowerSource, SampleState};

/// What every series shows of an outage of the month: a line for each row, below the name of its series.
fn told(case: &Case, article: Article, nth: usize) -> Vec<String> {
    let assessment = case.assess("2026-03");
    let guarantee = guarantee(&assessment, article);
    let outage = &measured(&guarantee).outages[nth];
    let mut lines = Vec::new();
    for series in probes(&case.record, &assessment, &guarantee, outage) {
        let decides = if series.decides { "" } else { " (compared)" };
        lines.push(format!("{} {}{}{decides}", series.key.target, series.key.vantage, series.key.system));
        lines.extend(series.rows.iter().map(line));
    }
    lines
}

fn state(own: SampleState) -> &'static str {
    match own {
        SampleState::Up => "up",
        SampleState::Down => "down",
        SampleState::Unknown => "unknown",
    }
}

fn line(row: &ProbeRow) -> String {
    match row {
        ProbeRow::Sample(sample, bound) => {
            let bound = bound.map_or(String::new(), |bound| format!(" {}", bound.as_str()));
            format!("{} {}{bound}", &local(sample.at)[5..16], state(sample.state))
        }
        ProbeRow::More { count, ends } => {
            format!("{} … {} {} × {count}", &local(ends.0.at)[5..16], &local(ends.1.at)[11..16], state(ends.0.state))
        }
        ProbeRow::Unwatched(span) => format!("unwatched {} min", span.ms() / 60_000),
    }
}

#[test]
fn the_samples_that_begin_and_end_an_outage_are_told_with_their_neighbours() {
    let case = Case::new().pings("port-1", "2026-03", &[("2026-03-10 10:00", 2)]);
    assert_eq!(
        told(&case, Article::Network, 0),
        [
            "port-1 ",
            "03-10 09:40 up",
            "03-10 09:45 up",
            "03-10 09:50 up",
            "03-10 09:55 up earliest",
            "03-10 10:00 down begins",
            "03-10 10:05 down certain",
            "03-10 10:10 up ends",
            "03-10 10:15 up",
            "03-10 10:20 up",
            "03-10 10:25 up",
        ]
    );
}

#[test]
fn of_a_long_outage_what_bounds_nothing_is_counted_and_not_lost() {
    let case = Case::new().pings("port-1", "2026-03", &[("2026-03-10 10:00", 100)]);
    let lines = told(&case, Article::Network, 0);
    assert_eq!(
        lines[5..12],
        [
            "03-10 10:00 down begins",
            "03-10 10:05 down",
            "03-10 10:10 down",
            "03-10 10:15 … 18:00 down × 94",
            "03-10 18:05 down",
            "03-10 18:10 down",
            "03-10 18:15 down certain",
        ]
    );
}

#[test]
fn time_that_was_not_watched_stands_between_the_samples_around_it() {
    let case = Case::new()
        .pings("port-1", "2026-03", &[("2026-03-10 10:00", 3)])
        .without_samples("port-1", span("2026-03-10 10:10", "2026-03-10 12:00"));
    let lines = told(&case, Article::Network, 0);
    let gap = lines.iter().position(|line| line == "unwatched 110 min").expect("the gap is told");
    assert_eq!(lines[gap - 1], "03-10 10:10 down certain");
    assert_eq!(lines[gap + 1], "03-10 12:00 up", "nobody saw when it ended: {lines:?}");
}

#[test]
fn where_two_ports_make_one_outage_the_first_to_fail_begins_and_the_last_to_recover_ends_it() {
    let case = Case::new().pings("port-1", "2026-03", &[("2026-03-10 10:00", 4)]).pings(
        "port-2",
        "2026-03",
        &[("2026-03-10 10:10", 4)],
    );
    let lines = told(&case, Article::Network, 0);
    let second = lines.iter().position(|line| line == "port-2 ").unwrap();
    let bounds = |lines: &[String]| -> Vec<String> {
        lines.iter().filter(|line| line.split(' ').count() == 4).map(|line| line[6..].to_owned()).collect()
    };
    assert_eq!(bounds(&lines[..second]), ["09:55 up earliest", "10:00 down begins", "10:15 down certain"]);
    assert_eq!(bounds(&lines[second..]), ["10:25 down certain", "10:30 up ends"]);
}

#[test]
fn samples_of_another_article_and_of_later_than_was_known_are_not_told() {
    let case = Case::new()
        .power("mains", PowerSource::Mains)
        .pings("port-1", "2026-03", &[("2026-03-10 10:00", 20)])
        .pings("mains", "2026-03", &[("2026-03-10 10:00", 20)]);
    let lines = told(&case, Article::Power, 0);
    assert_eq!(lines.iter().filter(|line| line.contains("port")).count(), 0, "{lines:?}");
    let assessment = case.assess_as_of("2026-03", "2026-03-10 10:31");
    let guarantee = guarantee(&assessment, Article::Network);
    let outage = &measured(&guarantee).outages[0];
    let found = probes(&case.record, &assessment, &guarantee, outage);
    let last = found[0].rows.last().expect("rows");
    assert_eq!(line(last), "03-10 10:30 down certain");
    assert!(found[0].rows.iter().all(|row| !matches!(row, ProbeRow::Sample(_, Some(Bound::Ends)))), "it is not over");
}

#[test]
fn an_outage_of_a_list_leads_to_its_entry() {
    let case = Case::new().outage("port-1", "2026-03-08 02:00", "2026-03-08 02:20").outage(
        "port-1",
        "2026-03-10 10:00",
        "2026-03-10 10:20",
    );
    let assessment = case.assess("2026-03");
    let guarantee = guarantee(&assessment, Article::Network);
    let outage = &measured(&guarantee).outages[1];
    let entries = listed_as(&case.record, &assessment, outage);
    assert_eq!(entries.iter().map(|own| (own.id.as_str(), own.origin.row)).collect::<Vec<_>>(), [("o2", 2)]);
    assert!(probes(&case.record, &assessment, &guarantee, outage).is_empty(), "there are no samples");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Of one series that decides, the samples with a meaning are the very bounds of the outage, and none is told twice.
    #[test]
    fn bounds_are_those_of_the_outage(starts in prop::collection::vec((0_i64..8_000, 2_u32..40), 1..5)) {
        let failures: Vec<(String, u32)> = starts
            .iter()
            .map(|(slot, count)| (local(at("2026-03-01 00:00").plus(slot * 300_000)), *count))
            .collect();
        let failures: Vec<(&str, u32)> = failures.iter().map(|(start, count)| (&start[..16], *count)).collect();
        let case = Case::new().pings("port-1", "2026-03", &failures);
        let assessment = case.assess("2026-03");
        let guarantee = guarantee(&assessment, Article::Network);
        for outage in &measured(&guarantee).outages {
            let found = probes(&case.record, &assessment, &guarantee, outage);
            prop_assert_eq!(found.len(), 1);
            let mut told = Vec::new();
            let mut count = 0;
            for row in &found[0].rows {
                match row {
                    ProbeRow::Sample(sample, bound) => {
                        count += 1;
                        told.push(sample.at);
                        let wanted = match bound {
                            Some(Bound::Begins) => outage.shown.start(),
                            Some(Bound::Ends) => outage.shown.end(),
                            Some(Bound::Earliest) => outage.possible.start(),
                            Some(Bound::Certain) => outage.shown.end().plus(-300_000),
                            None => continue,
                        };
                        prop_assert_eq!(sample.at, wanted);
                    }
                    ProbeRow::More { count: more, ends } => {
                        count += more;
                        told.extend([ends.0.at, ends.1.at]);
                    }
                    ProbeRow::Unwatched(span) => prop_assert!(false, "{:?} was watched", span),
                }
            }
            prop_assert!(told.windows(2).all(|pair| pair[0] <= pair[1]));
            let within = outage.possible.ms() / 300_000 + 1;
            prop_assert!(i64::try_from(count).unwrap() >= within, "{} samples of {}", count, within);
        }
    }
}
