//! Samples as JSON lines: the same meanings as in a table, and a word on every line that has none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

use std::fmt::Write as _;
use std::path::Path;

use sla_statement::import::{Code, Diagnostic, Imported, Options, Place, Reader, Refusal, RowMeaning, meaning};
use sla_statement::record::{Evidence, FileMapping, Sample, SampleState, Series, Source, TableMapping};
use sla_statement::sorted::Map;
use sla_statement::time::{Instant, Zone};

fn read(bytes: &[u8], options: Options) -> Result<Imported, Refusal> {
    let mut reader = Reader::new("hidden", options);
    bytes.chunks(1 << 20).try_for_each(|piece| reader.push(piece))?;
    reader.finish()
}

fn shanghai() -> Options {
    Options { zone: Some(Zone::default()), ..Options::default() }
}

fn text(lines: &str) -> Imported {
    read(lines.as_bytes(), Options::default()).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

fn refused(lines: &str) -> Vec<Diagnostic> {
    read(lines.as_bytes(), Options::default()).expect_err("refused").diagnostics
}

fn sample(path: &str) -> Imported {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(path);
    read(&std::fs::read(&path).unwrap(), shanghai()).unwrap_or_else(|refusal| panic!("{path:?}: {refusal:?}"))
}

fn source(imported: &Imported) -> &Source {
    imported.record.sources.get(&imported.digest).unwrap()
}

/// Samples by target.
fn told(imported: &Imported) -> Vec<(&str, Vec<Sample>)> {
    let told = |series: &Series| series.samples().collect();
    imported.record.series.iter().map(|(key, series)| (key.target.as_str(), told(series))).collect()
}

/// Each problem with its line and place.
fn places(problems: &[Diagnostic]) -> Vec<(Code, u64, &str)> {
    let place = |own: &Place| match own {
        Place::Line { line, column: None } | Place::Character { line, .. } => (*line, ""),
        Place::Path { line, .. } => (line.unwrap_or(0), ""),
        other => panic!("{other:?}"),
    };
    let path = |own: &'_ Diagnostic| matches!(&own.place, Place::Path { .. });
    problems.iter().map(|own| (own.code, place(&own.place).0, if path(own) { "key" } else { "" })).collect()
}

#[test]
fn all_ways_of_writing_say_what_the_table_says() {
    let table = sample("samples-csv/rfc3339.csv");
    for name in [
        "rfc3339.jsonl",
        "rfc3339.ndjson.gz",
        "epoch-milliseconds.jsonl",
        "epoch-fraction.jsonl",
        "spaced-crlf.jsonl",
        "keys-in-changing-order.jsonl",
        "local.jsonl",
    ] {
        let lines = sample(&format!("samples-json-lines/{name}"));
        assert_eq!(told(&lines), told(&table), "{name}");
        let own = source(&lines);
        assert_eq!((own.accepted, own.rejected, own.evidence), (48, 0, Evidence::Probes), "{name}");
        assert_eq!(own.format, "samples-json-lines", "{name}");
    }
}

#[test]
fn every_line_that_is_not_taken_is_told_with_its_place() {
    let imported = sample("samples-json-lines/bad-lines.jsonl");
    assert_eq!((source(&imported).accepted, source(&imported).rejected), (3, 9));
    let expected = [
        (Code::JsonCutOff, 2, ""),
        (Code::KeyTwice, 3, "key"),
        (Code::WrongType, 4, "key"),
        (Code::KeyMissing, 5, "key"),
        (Code::KeyMissing, 6, "key"),
        (Code::WrongType, 7, ""),
        (Code::JsonSyntax, 8, ""),
        (Code::TargetEmpty, 9, "key"),
        (Code::WrongType, 10, "key"),
    ];
    assert_eq!(places(&imported.rejected), expected);
    let nested = &imported.rejected[2];
    assert_eq!((nested.found.as_str(), nested.expected.as_str()), ("object", "string"), "what it holds is not shown");
    assert_eq!(imported.rejected[6].place, Place::Character { line: 8, character: 72 });
    assert_eq!(source(&imported).secrets_dropped, ["password"]);
    assert_eq!(source(&imported).columns_aside, ["comment"]);
    let kept: Vec<SampleState> = told(&imported)[0].1.iter().map(|sample| sample.state).collect();
    assert_eq!(kept, [SampleState::Up, SampleState::Down, SampleState::Up]);
}

#[test]
fn where_lines_are_cut_makes_no_difference() {
    let mut lines = String::new();
    for index in 0..400 {
        let (at, state) = (1_772_294_400 + 300 * index, ["true", "false"][usize::from(index % 50 == 7)]);
        let rest = if index % 90 == 3 { ",\"error\":\"\\u00e9\"" } else { "" };
        writeln!(lines, "{{\"ts\":{at},\"host\":\"port-{}\",\"state\":{state}{rest}}}", index % 3).unwrap();
    }
    let whole = text(&lines);
    assert_eq!((source(&whole).accepted, source(&whole).columns_aside.as_slice()), (400, &["error".to_owned()][..]));
    for piece in [1, 2, 7, 100, 4_095, 16_384, 16_385, 20_000] {
        let mut reader = Reader::new("hidden", Options::default());
        lines.as_bytes().chunks(piece).for_each(|piece| reader.push(piece).unwrap());
        assert_eq!(reader.finish().unwrap(), whole, "pieces of {piece}");
    }
    let (first, second) = lines.split_at(lines[..9_000].rfind('\n').unwrap() + 1);
    let both = text(second).record.merge(text(first).record).unwrap();
    assert_eq!(both.series, whole.record.series);
}

/// Rows above do not have it: a vantage or check is then as if it were empty, and a latency is none.
#[test]
fn a_key_that_comes_up_late_is_used_where_that_changes_nothing_above() {
    let mut lines = String::new();
    let at = |index: i64| 1_772_294_400 + 300 * index;
    for index in 0..400 {
        writeln!(lines, "{{\"time\":{},\"target\":\"a\",\"status\":\"up\"}}", at(index)).unwrap();
    }
    let late = |entries: &str| {
        text(&format!("{lines}{{\"time\":{},\"target\":\"a\",\"status\":\"up\",{entries}}}\n", at(400)))
    };
    let imported = late("\"region\":\"north\",\"check\":\"www\",\"latency\":7.25");
    let series: Vec<_> = imported.record.series.iter().map(|(key, own)| (key.vantage.as_str(), own.len())).collect();
    assert_eq!(series, [("", 400), ("north", 1)]);
    let latencies = imported.record.series.values().filter(|own| !own.latency().is_empty()).count();
    assert_eq!(latencies, 1);
    let taken: Vec<(Code, u64)> = places(&imported.notes).iter().map(|own| (own.0, own.1)).collect();
    assert_eq!(taken, [(Code::ColumnTaken, 401), (Code::ColumnTaken, 401)]);
    assert_eq!(source(&late("\"comment\":\"x\"")).columns_aside, ["comment"]);
    assert_eq!(source(&late("\"timestamp\":1")).columns_aside, ["timestamp"], "the column's own name goes before");
    let other = format!("{lines}{{\"timestamp\":1,\"host\":\"b\",\"state\":\"up\"}}\n").replace("target", "monitor");
    let refusal = refused(&other);
    assert_eq!(places(&refusal), [(Code::ColumnsUnclear, 401, "key")]);
    assert_eq!((refusal[0].found.as_str(), refusal[0].expected.as_str()), ("`monitor`, `host`", "target"));
}

/// Objects below each other without a comma are lines only where somebody could have meant them so.
#[test]
fn documents_stay_documents() {
    let answer = r#"{"status":"success","data":{"resultType":"matrix","result":[]}}"#;
    assert_eq!(refused(&format!("{answer}\n{answer}\n"))[0].code, Code::JsonSyntax, "two answers in one file");
    assert_eq!(refused("{\"schema\":\"sla-export/2\"}\n")[0].code, Code::SchemaUnknown);
    assert_eq!(refused("{\"schema\":\"sla-export/2\",\"time\":1,\"status\":1}\n{\n")[0].code, Code::JsonSyntax);
    assert_eq!(refused("{\"a\":1}\n")[0].code, Code::SchemaMissing);
    assert_eq!(told(&text("{\"time\":1772294400,\"status\":1}")).len(), 1, "one line without an end is one sample");
}

#[test]
fn keys_that_nobody_knows_are_asked_for_and_read_as_a_mapping_says() {
    let mut lines = String::new();
    for index in 0..300 {
        let state = if index == 7 { "WEG" } else { "DA" };
        let extra = if index == 0 { "" } else { ",\"ms\":3" };
        writeln!(lines, "{{\"Wann\":{},\"Wer\":\"b\\u0061\",\"Wie\":\"{state}\"{extra}}}", 1_772_294_400 + 300 * index)
            .unwrap();
    }
    let refusal = read(lines.as_bytes(), Options::default()).expect_err("refused");
    assert!(refusal.needs_mapping(), "{:?}", refusal.diagnostics);
    let excerpt = refusal.excerpt.unwrap();
    assert_eq!(excerpt.names, ["Wann", "Wer", "Wie", "ms"], "keys as they are written, and not of the first line only");
    assert_eq!(excerpt.rows[0], ["1772294400", "ba", "DA", ""]);
    let words = Map::from_iter([("da".to_owned(), SampleState::Up), ("weg".to_owned(), SampleState::Down)]);
    let table =
        TableMapping { time: 0, target: Some(1), status: 2, latency: Some(3), words, ..TableMapping::default() };
    let at = Instant::parse_rfc3339("2026-03-01T00:00:00+08:00").unwrap();
    let first = RowMeaning::Sample(Sample { at, state: SampleState::Up }, "ba".to_owned());
    assert_eq!(meaning(&excerpt, &table, None)[0], first);
    let file = FileMapping { zone: None, table: Some(table) };
    let options = Options { files: Map::from_iter([(excerpt.columns(), file)]), ..Options::default() };
    let imported = read(lines.as_bytes(), options).unwrap();
    assert_eq!((source(&imported).accepted, source(&imported).rejected), (300, 0));
    let down = told(&imported)[0].1.iter().filter(|sample| sample.state == SampleState::Down).count();
    assert_eq!(down, 1);
}

#[test]
fn what_could_be_a_password_is_not_shown() {
    let lines = "{\"wann\":1772294400,\"password\":\"hunter2\",\"wie\":{\"password\":\"hunter2\"}}\n".repeat(3);
    let refusal = read(lines.as_bytes(), Options::default()).expect_err("refused");
    assert!(!serde_json::to_string(&refusal).unwrap().contains("hunter2"));
}

#[test]
fn lines_beyond_every_measure_end_in_a_sentence() {
    let good = "{\"time\":1772294400,\"target\":\"a\",\"status\":\"up\"}\n";
    let long = format!("{good}{{\"time\":1772294700,\"status\":\"up\",\"note\":\"{}\"}}\n", "x".repeat(10 << 20));
    assert_eq!(places(&refused(&long)), [(Code::RowTooLong, 2, "")]);
    let deep = format!("{good}{{\"time\":1772294700,\"note\":{}{}}}\n{good}", "[".repeat(1 << 18), "]".repeat(1 << 18));
    let imported = text(&deep);
    assert_eq!(places(&imported.rejected), [(Code::TooDeep, 2, "")]);
    assert_eq!(source(&imported).accepted, 2);
    let name = format!("{good}{{\"time\":1772294700,\"target\":\"{}\",\"status\":\"up\"}}\n", "x".repeat(5_000));
    assert_eq!(places(&text(&name).rejected), [(Code::FieldTooLong, 2, "key")]);
    let mut keys = good.repeat(400);
    (0..5_000).for_each(|key| {
        writeln!(keys, "{{\"time\":1772294700,\"target\":\"a\",\"status\":\"up\",\"k{key}\":1}}").unwrap()
    });
    assert_eq!(places(&refused(&keys)), [(Code::RowTooLong, 400 + 4_094, "key")]);
}
