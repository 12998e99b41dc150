//! Files made to break a reader: each ends in a record or in a sentence, soon, and never in a breakdown.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

use std::fmt::Write as _;

use sla_statement::assess::{Question, Verdict, assess};
use sla_statement::contract::Policy;
use sla_statement::i18n::Locale;
use sla_statement::import::{Code, Imported, Options, Reader, Refusal, apply_policy_file, sentence};
use sla_statement::statement::verify::{Stated, Unusable};
use sla_statement::time::Instant;

const TEN_MEGABYTES: usize = 10 << 20;

/// Reads as the page does, in pieces of a megabyte.
fn read(name: &str, bytes: &[u8]) -> Result<Imported, Refusal> {
    let mut reader = Reader::new(name, Options::default());
    for piece in bytes.chunks(1 << 20) {
        reader.push(piece)?;
    }
    reader.finish()
}

fn refused(name: &str, bytes: &[u8]) -> (Code, String) {
    let refusal = read(name, bytes).expect_err("refused");
    let first = &refusal.diagnostics[0];
    let sentence = sentence(first, Locale::En);
    assert!(sentence.starts_with(name) && sentence.len() < 1_000, "{sentence}");
    (first.code, sentence)
}

#[test]
fn a_field_of_ten_megabytes_in_a_table_is_refused_with_its_line() {
    let field = "x".repeat(TEN_MEGABYTES);
    for row in [format!("2026-03-01T00:00:00Z,\"{field}\",up"), format!("{field},port-1,up")] {
        let (code, sentence) = refused("wide.csv", format!("time,target,status\n{row}\n").as_bytes());
        assert_eq!(code, Code::RowTooLong);
        assert!(sentence.contains('2'), "{sentence}");
    }
    let (code, _) = refused("head.csv", format!("time,status,{field}\n2026-03-01T00:00:00Z,up,1\n").as_bytes());
    assert!(matches!(code, Code::RowTooLong | Code::UnknownFormat), "{code:?}");
}

/// However a file is cut: a piece may hold the whole line.
#[test]
fn a_line_beyond_the_limit_is_refused_in_pieces_and_whole() {
    let log = format!("[1772294400] HOST ALERT: port-1;DOWN;HARD;1;{}\n", "x".repeat(2 << 20));
    for piece in [1_000, 1 << 20, 4 << 20] {
        let mut reader = Reader::new("nagios.log", Options::default());
        let refusal = log.as_bytes().chunks(piece).try_for_each(|piece| reader.push(piece)).expect_err("refused");
        assert_eq!(refusal.diagnostics[0].code, Code::RowTooLong, "pieces of {piece}");
    }
}

#[test]
fn a_text_of_ten_megabytes_in_a_document_is_taken_whole() {
    let text = "證".repeat(TEN_MEGABYTES / 3);
    let export = format!(
        r#"{{"schema":"sla-export/1","targets":[{{"id":"port-1","guarantee":"network"}}],"exclusions":[{{"id":"x1",
        "clause":"1.4.b","start":"2026-03-09T03:00:00+08:00","end":"2026-03-09T03:10:00+08:00","evidence":"{text}","agreed":"claimed"}}]}}"#
    );
    let imported = read("long.json", export.as_bytes()).unwrap_or_else(|refusal| panic!("{:?}", refusal.diagnostics));
    let evidence: Vec<usize> = imported.record.exclusions.iter().flatten().map(|claim| claim.evidence.len()).collect();
    assert_eq!(evidence, [text.len()]);
}

/// As deep as a megabyte allows: a reader that goes down step by step would fall through its stack.
#[test]
fn json_of_any_depth_is_refused_or_passed_over() {
    let deep = |open: &str, close: &str| open.repeat(1 << 19) + &close.repeat(1 << 19);
    let nested = [
        deep("[", "]"),
        format!(r#"{{"schema":"sla-export/1","contract":{}}}"#, deep("[", "]")),
        format!(r#"{{"schema":"sla-export/1","contract":{}1{}}}"#, r#"{"a":"#.repeat(1 << 17), "}".repeat(1 << 17)),
        format!(r#"{{"schema":"sla-export/1","samples":[{}]}}"#, deep("[", "]")),
        format!(r#"{{"schema":"sla-calendar/1","days":{}}}"#, deep("[", "]")),
        format!(r#"{{"status":"success","data":{{"resultType":"matrix","result":{}}}}}"#, deep("[", "]")),
        "[".repeat(1 << 20),
        r#"{"a":"#.repeat(1 << 18),
    ];
    for (index, text) in nested.iter().enumerate() {
        let (code, sentence) = refused("deep.json", text.as_bytes());
        assert!(code != Code::Empty, "{index}: {sentence}");
    }
    assert!(apply_policy_file("policy.json", nested[0].as_bytes(), &mut Policy::default()).is_err());
    assert!(matches!(Stated::read(nested[1].as_bytes()), Err(Unusable::Json(_))));
}

/// Five million samples of one port, which fails at every other: no two are alike, so that nothing can be put together.
#[test]
fn five_million_events_are_read_and_assessed() {
    const EVENTS: i64 = 5_000_000;
    let mut reader = Reader::new("events.csv", Options::default());
    reader.push(b"time,target,status\n").unwrap_or_else(|refusal| panic!("{:?}", refusal.diagnostics));
    let mut piece = String::new();
    for event in 0..EVENTS {
        // March 2026 in Shanghai has 2 678 400 seconds; two samples a second fit.
        let ms = 1_772_294_400_000 + event * 500;
        writeln!(piece, "{ms},port-1,{}", if event % 2 == 0 { "up" } else { "down" }).unwrap();
        if piece.len() > 1 << 20 || event + 1 == EVENTS {
            reader.push(piece.as_bytes()).unwrap_or_else(|refusal| panic!("{:?}", refusal.diagnostics));
            piece.clear();
        }
    }
    let imported = reader.finish().unwrap_or_else(|refusal| panic!("{:?}", refusal.diagnostics));
    assert_eq!(imported.record.sources.get(&imported.digest).unwrap().accepted, EVENTS as u64);
    let question =
        Question { month: "2026-03".parse().unwrap(), as_of: Instant::parse_rfc3339("2026-04-20T00:00:00Z").unwrap() };
    let assessment = assess(&imported.record, question).unwrap_or_else(|refusal| panic!("{refusal:?}"));
    // Every failure stands alone: whether the port was down is not known, and nothing is guessed.
    assert_eq!(assessment.guarantees[0].verdict, Verdict::Undetermined);
}
