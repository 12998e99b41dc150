//! Rows of tables and lines of JSON that are taken quickly, because nothing in them is new, say what they say when each is read for itself. In pieces
//! of one byte no row is ever whole, so that none is taken quickly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

use proptest::prelude::*;
use sla_statement::import::{Imported, Options, Reader, Refusal};
use sla_statement::record::SampleState;
use sla_statement::time::{Instant, Zone};

fn read(bytes: &[u8], piece: usize, zone: &str) -> Result<Imported, Refusal> {
    let options = Options { zone: Some(zone.parse().unwrap()), ..Options::default() };
    let mut reader = Reader::new("pings.csv", options);
    bytes.chunks(piece).try_for_each(|piece| reader.push(piece))?;
    reader.finish()
}

/// How a table writes its times.
#[derive(Debug, Clone, Copy)]
enum Form {
    Utc,
    Offset,
    Fraction,
    Spaced,
    Local,
    LocalMinutes,
    Slashes,
    Seconds,
    SecondsWithFraction,
    Milliseconds,
}

const FORMS: [Form; 10] = [
    Form::Utc,
    Form::Offset,
    Form::Fraction,
    Form::Spaced,
    Form::Local,
    Form::LocalMinutes,
    Form::Slashes,
    Form::Seconds,
    Form::SecondsWithFraction,
    Form::Milliseconds,
];

fn written(at: Instant, form: Form, zone: Zone) -> String {
    let local = zone.local(at);
    match form {
        Form::Utc => at.to_string(),
        Form::Offset => at.plus(8 * 3_600_000).to_string().replace('Z', "+08:00"),
        Form::Fraction => at.to_utc().format("%Y-%m-%dT%H:%M:%S.%6fZ").to_string(),
        Form::Spaced => at.to_utc().format("%Y-%m-%d %H:%M:%SZ").to_string(),
        Form::Local => local.format("%Y-%m-%d %H:%M:%S").to_string(),
        Form::LocalMinutes => local.format("%Y-%m-%dT%H:%M").to_string(),
        Form::Slashes => local.format("%Y/%-m/%-d %-H:%M:%S").to_string(),
        Form::Seconds => (at.epoch_ms() / 1_000).to_string(),
        Form::SecondsWithFraction => format!("{}.{:03}", at.epoch_ms() / 1_000, at.epoch_ms() % 1_000),
        Form::Milliseconds => at.epoch_ms().to_string(),
    }
}

/// A row: milliseconds since the one before, target, vantage, status, latency, and how it is disturbed.
type Sampled = (i64, usize, usize, usize, usize, usize);

const TARGETS: [&str; 4] = ["a", "port-number-17", "連接埠", "b b"];
const VANTAGES: [&str; 3] = ["", "north", "south"];
const STATES: [&str; 7] = ["up", "up", "down", "Up", "OK", "unknown", "maybe"];
const LATENCIES: [&str; 9] = ["", "1", "12.5", "0.123456", "1e3", "-1", "fast", "1234567.5", "7."];

fn rows() -> impl Strategy<Value = Vec<Sampled>> {
    let step = prop_oneof![4 => Just(0_i64), 6 => Just(300_000), 1 => Just(-300_000), 2 => 1..4_000_000_i64];
    let often = |most: usize| prop_oneof![6 => Just(0), 1 => 0..most];
    prop::collection::vec(
        (step, 0..4_usize, often(3), often(7), often(9), prop_oneof![9 => Just(0), 1 => 0..14_usize]),
        1..160,
    )
}

fn table(rows: &[Sampled], start: Instant, form: Form, zone: Zone, (delimiter, end): (char, &str)) -> String {
    let mut text = format!("time;target;vantage;status;latency_ms{end}").replace(';', &delimiter.to_string());
    let mut at = start;
    for (step, target, vantage, state, latency, disturbed) in rows {
        at = at.plus(*step);
        let mut cells = vec![
            written(at, form, zone),
            TARGETS[*target].to_owned(),
            VANTAGES[*vantage].to_owned(),
            STATES[*state].to_owned(),
            LATENCIES[*latency].to_owned(),
        ];
        let mut own_end = end;
        match disturbed {
            1 => cells.iter_mut().for_each(|cell| *cell = format!("\"{cell}\"")),
            2 => cells[1] = format!("\"{}{delimiter}x\"", cells[1]),
            3 => cells[1] = "\"two\nlines\"".to_owned(),
            4 => cells[3] = format!("  {}\t", cells[3]).replace(delimiter, " "),
            5 => cells[4].push('\r'),
            6 => drop(cells.pop()),
            7 => cells.push("more".to_owned()),
            8 => cells.push(String::new()),
            9 => own_end = "\n\n \n",
            10 => own_end = "\r",
            11 => cells[0] = "yesterday".to_owned(),
            12 => cells[2] = "say \"north\"".to_owned(),
            13 => cells[0] = cells[0].replace(":0", ":6"),
            _ => {}
        }
        text.push_str(&cells.join(&delimiter.to_string()));
        text.push_str(own_end);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Over the days on which the clocks of Lisbon change, and in a zone whose clocks never do.
    #[test]
    fn quickly_taken_rows_say_what_they_say_otherwise(
        rows in rows(),
        start in prop::sample::select(vec![
            "2026-03-28T23:50:00Z", "2026-10-24T23:10:00Z", "2026-02-28T23:50:00Z", "1970-01-01T00:00:00Z",
            "2001-09-09T01:40:00Z",
        ]),
        form in prop::sample::select(FORMS.to_vec()),
        zone in prop::sample::select(vec!["Europe/Lisbon", "Asia/Shanghai", "America/New_York"]),
        shape in prop::sample::select(vec![(',', "\n"), (',', "\r\n"), (';', "\n"), ('\t', "\r\n")]),
        piece in 20_usize..5_000,
    ) {
        let start = Instant::parse_rfc3339(start).unwrap();
        let text = table(&rows, start, form, zone.parse().unwrap(), shape);
        let one_by_one = read(text.as_bytes(), 1, zone);
        prop_assert_eq!(read(text.as_bytes(), text.len(), zone), one_by_one.clone(), "{}", text);
        prop_assert_eq!(read(text.as_bytes(), piece, zone), one_by_one, "{}", text);
    }
}

/// As many lines as are looked at before it is told what a file is.
fn first_lines(start: Instant, form: Form, zone: Zone) -> Vec<u8> {
    let line = |index: i64| {
        let time = json_time(&written(start.plus(index * 300_000), form, zone));
        format!("{{\"time\":{time},\"target\":\"a\",\"vantage\":\"\",\"status\":\"up\",\"latency_ms\":1.5}}\n")
            .into_bytes()
    };
    (-240..0).flat_map(line).collect()
}

fn json_time(text: &str) -> String {
    if text.contains([':', '/']) { format!("\"{text}\"") } else { text.to_owned() }
}

/// The same rows as objects, each on its line.
fn lines(rows: &[Sampled], start: Instant, form: Form, zone: Zone, end: &str) -> Vec<u8> {
    let mut text = Vec::new();
    let mut at = start;
    for (step, target, vantage, state, latency, disturbed) in rows {
        at = at.plus(*step);
        let latency = match LATENCIES[*latency] {
            "" => "null".to_owned(),
            "fast" => "\"fast\"".to_owned(),
            number => number.to_owned(),
        };
        let mut entries = vec![
            ("time".to_owned(), json_time(&written(at, form, zone))),
            ("target".to_owned(), format!("\"{}\"", TARGETS[*target])),
            ("vantage".to_owned(), format!("\"{}\"", VANTAGES[*vantage])),
            ("status".to_owned(), format!("\"{}\"", STATES[*state])),
            ("latency_ms".to_owned(), latency),
        ];
        let mut own_end = end;
        let aside = |text: &str| ("aside".to_owned(), text.to_owned());
        match disturbed {
            1 => entries.reverse(),
            2 => entries[1].1 = "\"\\u0061\"".to_owned(),
            3 => entries.insert(2, aside("\"說 [1, {2}\"")),
            4 => entries.push(aside("{\"status\": [\"down\"]}")),
            5 => entries.push(entries[3].clone()),
            6 => drop(entries.remove(4)),
            7 => drop(entries.remove(*target)),
            8 => entries[3].1 = ["true", "0", "null", "[]"][*target].to_owned(),
            9 => own_end = "\n\n \n",
            10 => entries[2].0 = "Vantage ".to_owned(),
            11 => entries[0].1 = ["\"yesterday\"", "01772294400", "1772294400.", "1.772e9"][*target].to_owned(),
            12 => entries.push(aside(["\"a\\\\\"", "-0.5e3", "\"\t\"", "\"a\\\"b\""][*target])),
            13 => entries[1].1 = ["\"a", "nul", "17", "\" a\""][*target].to_owned(),
            _ => {}
        }
        let gap = if *disturbed == 14 { " " } else { "" };
        let entries: Vec<String> = entries.iter().map(|(key, value)| format!("\"{key}\":{gap}{value}")).collect();
        text.extend_from_slice(format!("{{{}}}", entries.join(",")).as_bytes());
        if *disturbed == 15 {
            let place = text.len() - 3 * target - 2;
            text[place] = [0xff, b'"', b'}', b'\r'][*target];
        }
        text.extend_from_slice(own_end.as_bytes());
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn quickly_taken_lines_of_json_say_what_they_say_otherwise(
        rows in prop::collection::vec(
            (
                prop_oneof![4 => Just(0_i64), 6 => Just(300_000), 1 => 1..4_000_000_i64],
                0..4_usize,
                prop_oneof![6 => Just(0), 1 => 0..3_usize],
                prop_oneof![6 => Just(0), 1 => 0..7_usize],
                prop_oneof![6 => Just(1), 1 => 0..9_usize],
                prop_oneof![6 => Just(0), 1 => 0..16_usize],
            ),
            1..160,
        ),
        form in prop::sample::select(FORMS.to_vec()),
        zone in prop::sample::select(vec!["Europe/Lisbon", "Asia/Shanghai"]),
        end in prop::sample::select(vec!["\n", "\r\n"]),
        piece in 20_usize..5_000,
    ) {
        let start = Instant::parse_rfc3339("2026-03-28T23:50:00Z").unwrap();
        let own_zone = zone.parse().unwrap();
        let text = [first_lines(start, form, own_zone), lines(&rows, start, form, own_zone, end)].concat();
        let one_by_one = read(&text, 1, zone);
        let shown = String::from_utf8_lossy(&text);
        prop_assert_eq!(read(&text, text.len(), zone), one_by_one.clone(), "{}", shown);
        prop_assert_eq!(read(&text, piece, zone), one_by_one.clone(), "{}", shown);
        let taken = one_by_one.unwrap();
        let source = taken.record.sources.values().next().unwrap();
        prop_assert_eq!(source.format.as_str(), "samples-json-lines");
        let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
        prop_assert_eq!(source.accepted + source.rejected, lines as u64);
    }
}

/// Not by the way of comparison: the figures themselves, of rows that differ from their neighbours in one thing each.
#[test]
fn a_row_that_differs_in_one_thing_is_not_taken_for_the_one_above() {
    let text = "time,target,vantage,status\n\
        2026-03-01T00:00:00Z,a,north,up\n2026-03-01T00:00:00Z,b,north,up\n2026-03-01T00:00:00Z,a,south,up\n\
        2026-03-01T00:05:00Z,a,north,up\n2026-03-01T00:05:00Z,b,north,down\n2026-03-01T00:05:00Z,a,south,down\n\
        2026-03-01T00:10:00Z,a,north,down\n2026-03-01T00:10:00Z,a,south,down\n2026-03-01T00:10:00Z,b,north,down\n\
        2026-03-01T08:15:00+08:00,a,north,up\n2026-03-01T00:15:00Z,b,north,up\n2026-03-01T00:15:00Z,a,south,down\n\
        2026-03-02T00:00:00Z,b,north,up\n2026-03-02T00:00:00Z,a,north,down\n2026-03-02T00:00:00Z,a,south,up\n";
    let imported = read(text.as_bytes(), text.len(), "Asia/Shanghai").unwrap();
    let states = |target: &str, vantage: &str| -> Vec<(String, SampleState)> {
        let mut all = imported.record.series.iter();
        let (_, series) = all.find(|(key, _)| key.target == target && key.vantage == vantage).unwrap();
        series.samples().map(|sample| (sample.at.to_string()[5..16].to_owned(), sample.state)).collect()
    };
    let days = ["03-01T00:00", "03-01T00:05", "03-01T00:10", "03-01T00:15", "03-02T00:00"];
    let expected = |states: [SampleState; 5]| -> Vec<(String, SampleState)> {
        days.iter().map(|day| (*day).to_owned()).zip(states).collect()
    };
    let (up, down) = (SampleState::Up, SampleState::Down);
    assert_eq!(states("a", "north"), expected([up, up, down, up, down]));
    assert_eq!(states("b", "north"), expected([up, down, down, up, up]));
    assert_eq!(states("a", "south"), expected([up, down, down, down, up]));
    assert_eq!(imported.record.sources.values().next().unwrap().accepted, 15);
}
