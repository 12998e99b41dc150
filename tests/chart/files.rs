//! Charts as files: what opens in a spreadsheet and what stands by itself.

use super::*;
use sla_statement::chart::{Figure, FigureTable, Medium, budget_burn_down, calendar_heat, outage_lengths};

fn charts(locale: Locale) -> Vec<Figure> {
    let assessment = eventful("Asia/Shanghai", "2026-03").assessment();
    let own = &assessment.guarantees[0];
    let strip = MonthStrip::new(&assessment, own, locale).unwrap().figure(locale);
    let others = [budget_burn_down, calendar_heat, outage_lengths];
    let others = others.into_iter().map(|chart| chart(&assessment, own, locale, Medium::SCREENS).unwrap());
    std::iter::once(strip).chain(others).collect()
}

#[test]
fn a_drawing_stands_by_itself() {
    for locale in Locale::ALL {
        for figure in charts(locale) {
            let svg = figure.svg();
            assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.ends_with("</svg>\n"));
            assert!(!svg.contains("shape-spot") && !svg.contains("NaN"));
            let named = svg.split("url(#").skip(1).map(|rest| rest.split(')').next().unwrap());
            named.for_each(|name| assert!(svg.contains(&format!("id=\"{name}\"")), "{name} is not defined"));
            assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
            figure.legend.iter().for_each(|entry| assert!(svg.contains(&entry.text), "{}", entry.text));
        }
    }
}

#[test]
fn names_from_data_stay_text() {
    let mut figure = charts(Locale::En).remove(0);
    figure.title = "<script>&".to_owned();
    assert!(figure.svg().contains("&lt;script>&amp;"));
}

#[test]
fn a_table_opens_in_a_spreadsheet_and_runs_nothing_there() {
    let cells = ["=1+1", "-5:00", "a,b", "say \"x\"", "5:00"];
    let rows = vec![cells.map(str::to_owned).to_vec()];
    let mut table = FigureTable { heads: vec!["A", "B", "C", "D", "E"], rows, ..FigureTable::default() };
    assert_eq!(table.csv(), "\u{feff}A,B,C,D,E\r\n\"'=1+1\",\"'-5:00\",\"a,b\",\"say \"\"x\"\"\",5:00\r\n");
    table.rows = vec![["＝1+1", "＋1", "－1", "＠x", ""].map(str::to_owned).to_vec()];
    assert_eq!(table.csv(), "\u{feff}A,B,C,D,E\r\n\"'＝1+1\",\"'＋1\",\"'－1\",\"'＠x\",\r\n", "of full width");
}

#[test]
fn the_file_holds_every_row_of_the_table() {
    for figure in charts(Locale::ZhHant) {
        let lines = figure.table.csv().lines().count();
        assert_eq!(lines, 1 + figure.table.rows.len() + usize::from(figure.table.total.is_some()));
    }
}
