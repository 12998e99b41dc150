//! Traffic: a chart beside the figures, which proves nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_arithmetic,
    reason = "a test says what went wrong by failing"
)]

mod case;

use std::path::Path;

use case::{Case, at, guarantee, month, span};
use sla_statement::assess::{Article, Assessment, Question, Verdict, assess};
use sla_statement::chart::{Class, Drawing, Shape, TrafficChart};
use sla_statement::i18n::Locale;
use sla_statement::import::{Code, Imported, Options, Reader, join};
use sla_statement::record::{Evidence, Record, Traffic};
use sla_statement::statement::result::ResultDocument;

fn read(text: &[u8]) -> Imported {
    let mut reader = Reader::new("hidden", Options::default());
    reader.push(text).and_then(|()| reader.finish()).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

fn log() -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/mrtg/traffic.log")).expect("a sample")
}

fn march(record: &Record) -> Assessment {
    assess(record, Question { month: month("2026-03"), as_of: at("2026-05-01 00:00") }).expect("a month")
}

fn told(file: &Imported) -> &[Traffic] {
    file.record.traffic.get(&file.digest).expect("the traffic of the file")
}

/// A line speaks of the time from its own to that of the line before it, which is later.
#[test]
fn a_log_is_read_newest_first() {
    let file = read(&log());
    let source = file.record.sources.get(&file.digest).expect("its own source");
    assert_eq!((source.format.as_str(), source.evidence, source.rejected), ("mrtg-log", Evidence::Aggregate, 0));
    assert_eq!(file.notes.iter().map(|own| own.code).collect::<Vec<_>>(), [Code::TrafficOnly]);
    let traffic = told(&file);
    let (first, last) = (traffic[0], traffic[traffic.len() - 1]);
    assert_eq!(first, Traffic { span: span("2026-03-10 08:00", "2026-03-10 08:30"), incoming: 0, outgoing: 0 });
    assert_eq!(last.span, span("2026-03-10 12:00", "2026-03-10 12:00:07"));
    assert_eq!((last.incoming, last.outgoing), (2_000, 400));
    assert!(traffic.windows(2).all(|pair| pair[0].span.end() == pair[1].span.start()), "without a gap");
    assert_eq!(file.record.monitored(), None);
}

#[test]
fn lines_that_cannot_be_read_or_run_backwards_are_named() {
    let text = "1773115200 1 2\n1773115200 5 6 7 8\n1773114900 x 6 7 8\n1773119999 5 6 7 8\n1773114600 5 6 7\n1773114300 5 6 7 8\n";
    let file = read(text.as_bytes());
    let rejected: Vec<Code> = file.rejected.iter().map(|own| own.code).collect();
    assert_eq!(rejected, [Code::LineMalformed; 3]);
    assert_eq!(told(&file), [Traffic { span: span("2026-03-10 11:45", "2026-03-10 12:00"), incoming: 5, outgoing: 6 }]);
}

/// Neither verdict nor coverage nor digest is any other for it, but for the file in the list of sources.
#[test]
fn traffic_enters_nothing() {
    let traffic = read(&log()).record;
    let alone = march(&traffic);
    assert_eq!(guarantee(&alone, Article::Network).verdict, Verdict::NotRecorded);
    let gap = span("2026-03-10 08:00", "2026-03-10 12:00");
    let case = Case::new().pings("port-1", "2026-03", &[]).without_samples("port-1", gap).record;
    let both = join([case.clone(), traffic.clone()]).expect("one case").record;
    assert_eq!(march(&case).guarantees, march(&both).guarantees, "it fills no gap");
    let without_file = Record { sources: case.sources.clone(), ..both };
    let digest = |record: &Record| ResultDocument::new(record, &march(record)).digest().to_owned();
    assert_eq!(digest(&case), digest(&without_file));
}

#[test]
fn two_logs_and_their_order_are_kept_apart() {
    let other = read(b"1773115200 1 2\n1773115200 5 6 7 8\n1773114900 9 9 9 9\n");
    let files = [read(&log()).record, other.record];
    let ahead = join(files.clone()).expect("one case").record;
    let behind = join(files.iter().cloned().rev().chain(files.iter().cloned())).expect("one case").record;
    assert_eq!(ahead.traffic, behind.traffic);
    assert_eq!(ahead.traffic.len(), 2);
}

fn bars(drawing: &Drawing, wanted: Class) -> Vec<(f64, f64)> {
    let bar = |shape: &Shape| match shape {
        Shape::Rect { class, at, height, .. } if *class == wanted => Some((at.y, *height)),
        _ => None,
    };
    drawing.shapes.iter().filter_map(bar).collect()
}

#[test]
fn the_chart_shows_each_day_that_the_log_tells_of() {
    let file = read(&log());
    let assessment = march(&Case::new().pings("port-1", "2026-03", &[]).record);
    for locale in Locale::ALL {
        let chart = TrafficChart::new(&assessment, told(&file), "port-1.log", locale).expect("traffic of March");
        assert!(chart.title.contains("port-1.log"), "{}", chart.title);
        assert_eq!(chart.days.len(), 31);
        let figure = chart.clone().figure(locale);
        assert_eq!((figure.name, figure.subtitle.as_str(), figure.table.rows.len()), ("traffic", chart.note, 31));
        let shown: Vec<_> = chart.days.iter().filter_map(|day| Some((day.day.to_string(), day.average?))).collect();
        // Half an hour of 0, 95 minutes of 1000 and 200, then 2000 and 400 until seven seconds after noon.
        let incoming = (5_700 * 1_000 + 6_907 * 2_000) / (7_200 + 7_207);
        let outgoing = (5_700 * 200 + 6_907 * 400) / (7_200 + 7_207);
        assert_eq!(figure.table.rows[9], ["10".to_owned(), incoming.to_string(), outgoing.to_string()]);
        assert_eq!(figure.table.rows[10], ["11", "–", "–"]);
        assert_eq!(shown, [("2026-03-10".to_owned(), (incoming, outgoing))]);
        assert!(chart.description.contains(&incoming.to_string()) && chart.description.contains(&outgoing.to_string()));
        for drawing in [&chart.wide, &chart.narrow] {
            let (up, down) = (bars(drawing, Class::Incoming), bars(drawing, Class::Outgoing));
            assert_eq!((up.len(), down.len()), (1, 1));
            assert!((up[0].0 + up[0].1 - down[0].0).abs() < 0.01, "one stands up, the other hangs down");
            assert!((up[0].1 / down[0].1 - 5.0).abs() < 0.02, "one scale");
            for shape in &drawing.shapes {
                let (from, to) = shape.bounds();
                assert!(from.x >= -0.01 && from.y >= -0.01, "{shape:?}");
                assert!(to.x <= drawing.width + 0.01 && to.y <= drawing.height + 0.01, "{shape:?}");
            }
        }
    }
    let april = assess(&Record::default(), Question { month: month("2026-04"), as_of: at("2026-06-01 00:00") });
    assert_eq!(TrafficChart::new(&april.expect("a month"), told(&file), "x", Locale::En), None);
}
