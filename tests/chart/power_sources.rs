//! Power sources by themselves, and together as the result counts them.

use super::*;
use sla_statement::chart::{Figure, Medium, power_sources};
use sla_statement::record::PowerSource;

/// Two sources: the first is out for 20 minutes, the second for 15, ten of them at once.
fn assessment() -> Assessment {
    let source = |name: &str, lost: Vec<i64>| {
        let record = Pings { lost, ..Pings::of("Asia/Shanghai", "2026-03") }.record();
        let series = record.series.into_iter().next().unwrap().1;
        (SeriesKey { target: name.to_owned(), ..SeriesKey::default() }, series)
    };
    let pings = Pings::of("Asia/Shanghai", "2026-03");
    let mut record = pings.record();
    record.series =
        [source("feed-a", (100..104).collect()), source("feed-b", (102..105).collect())].into_iter().collect();
    for name in ["feed-a", "feed-b"] {
        let target = Target { role: Role::Power(PowerSource::Mains), label: String::new() };
        record.targets.insert(name.to_owned(), target);
    }
    let as_of = pings.month().next().next().span(pings.zone()).end();
    assess(&record, Question { month: pings.month(), as_of }).unwrap()
}

fn sources(locale: Locale) -> Figure {
    let assessment = assessment();
    let power = assessment.guarantees.iter().find(|own| own.article == Article::Power).unwrap();
    power_sources(&assessment, power, locale, &[Medium::Wide, Medium::Narrow, Medium::Paper]).unwrap()
}

#[test]
fn only_what_all_sources_share_counts() {
    let (figure, assessment) = (sources(Locale::En), assessment());
    let rows: Vec<&[String]> = figure.table.rows.iter().map(|row| &row[..3]).collect();
    assert_eq!(rows[0], ["feed-a", "1", "20:00"]);
    assert_eq!(rows[1], ["feed-b", "1", "15:00"]);
    assert_eq!(rows[2], ["All at once", "1", "10:00"]);
    assert_eq!(measured(&assessment).downtime.counted, 600_000);
    assert_eq!(figure.title, "March 2026: sources that were out: 2 of 2; all at once for 10 min");
    for (_, drawing) in &figure.drawings {
        assert_nothing_outside(drawing);
        let down = rects(drawing, |class| class == Class::Down);
        assert_eq!(down.len(), 3, "five minutes of a month are drawn too");
        assert!(down.iter().all(|(_, width, _)| *width >= 1.9));
    }
}

#[test]
fn one_source_or_a_network_has_no_such_chart() {
    let assessment = Pings::of("Asia/Shanghai", "2026-03").assessment();
    assert!(power_sources(&assessment, &assessment.guarantees[0], Locale::En, &[Medium::Wide]).is_none());
}
