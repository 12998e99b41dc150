//! Every month of the term: its own figures, and none where nothing is known.

use std::sync::Arc;

use super::*;
use chrono::NaiveDate;
use sla_statement::assess::{Refusal, term_months};
use sla_statement::chart::{Figure, Medium, TermMonth, term_overview};
use sla_statement::contract::Term;
use sla_statement::i18n::clock;

/// Data of February and March 2026 in a term from December on, assessed on 10 April. Single pings reach into the months
/// before and after.
fn term() -> Vec<TermMonth> {
    let march = Pings { lost: (100..112).collect(), ..Pings::of("Asia/Shanghai", "2026-03") };
    let mut record = march.record();
    let february = Pings { lost: vec![10, 11], ..Pings::of("Asia/Shanghai", "2026-02") }.record();
    let february = Record { contract: None, ..february };
    let year = |day: u32, month: u32, year: i32| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let contract = record.contract.as_mut().unwrap();
    contract.term = Some(Term { first_day: year(1, 12, 2025), last_day: year(30, 11, 2026) });
    let record = record.merge(february).unwrap();
    let as_of = Instant::parse_rfc3339("2026-04-10T00:00:00+08:00").unwrap();
    let months = term_months(&record, march.month());
    assert_eq!(months.len(), 12);
    let found = |month| TermMonth { month, found: assess(&record, Question { month, as_of }).map(Arc::new) };
    months.into_iter().map(found).collect()
}

fn overview(locale: Locale) -> Figure {
    let media = [Medium::Wide, Medium::Narrow, Medium::Paper];
    term_overview(&term(), Article::Network, locale, &media).unwrap()
}

#[test]
fn each_month_shows_the_figures_of_its_own_result() {
    let (figure, term) = (overview(Locale::En), term());
    for (row, month) in figure.table.rows.iter().zip(&term) {
        let own = month.found.as_ref().ok().and_then(|found| found.guarantees[0].measured());
        let Some(own) = own.filter(|own| own.any_data) else { continue };
        assert_eq!(row[2..5], [own.downtime.lower, own.downtime.counted, own.downtime.upper].map(clock));
    }
    assert_eq!(
        figure.table.rows[3][1..],
        ["Breached", "55:00", "60:00", "65:00", "44:00", "−16:00"].map(str::to_owned)
    );
    assert_eq!(figure.table.rows[2][1], "Met");
    assert_eq!(figure.table.rows[2][5], "40:19.2", "99.9 % of 28 days is less than 44 minutes");
}

#[test]
fn months_without_data_are_not_kept_ones() {
    let figure = overview(Locale::En);
    assert_eq!(
        figure.title,
        "December 2025 to November 2026: No monitoring data 1 · Undetermined 2 · Met 1 · Breached 1 · Not begun 7"
    );
    assert_eq!(figure.table.rows[0][1..3], ["No monitoring data".to_owned(), "–".to_owned()]);
    for (_, drawing) in &figure.drawings {
        assert_nothing_outside(drawing);
        let signs = |wanted| {
            let sign = |shape: &&Shape| matches!(shape, Shape::Text { class, .. } if *class == wanted);
            drawing.shapes.iter().filter(sign).count()
        };
        assert_eq!((signs(Class::Met), signs(Class::Breached), signs(Class::Open)), (1, 1, 2));
        assert_eq!(rects(drawing, |class| class == Class::Down).len(), 2, "no bar where nothing is known");
    }
}

#[test]
fn a_bar_is_as_long_as_the_downtime_and_ends_beyond_the_limit_where_it_is_exceeded() {
    let figure = overview(Locale::ZhHant);
    let (_, drawing) = &figure.drawings[0];
    let bars = rects(drawing, |class| class == Class::Down);
    assert!((bars[1].1 / bars[0].1 - 6.0).abs() < 0.05, "60 minutes against 10");
    let ground = rects(drawing, |class| class == Class::Ground);
    assert!(bars[0].1 < ground[0].1 && bars[1].1 > ground[1].1);
    assert!(matches!(term()[11].found, Err(Refusal::NotBegun)));
}
