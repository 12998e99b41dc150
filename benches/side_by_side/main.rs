//! This program beside the libraries that one would use in its place: the same data, the same figures, the same run.
//!
//! `make bench` runs it and writes `docs/performance.md`. `SLA_BENCH_TARGETS` gives the sizes, 8,928 rows a target:
//! `112,1120` (a million and ten million rows) if not set. Every figure that is found is compared with what the data was
//! made from; whoever finds another one, or breaks down in every round, is in the table without figures. `cargo bench
//! --profile dev --bench side_by_side -- json` measures only half of the largest size, as JSON, and prints it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]
#![allow(dead_code, reason = "the harness of the tests says more than is needed here")]

mod browser;
mod data;
#[path = "../../tests/browser/harness.rs"]
mod harness;
mod native;
#[path = "../../tests/browser/paper.rs"]
mod paper;
#[path = "../../tests/browser/site.rs"]
mod site;
mod table;

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

/// One way of reading a file, measured once.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// Wall time.
    pub ms: f64,
    /// The most memory that it took, in KiB; in a browser, beyond the empty page.
    pub kib: u64,
    /// The longest time for which the page answered nothing; of this program's page only.
    pub unanswered_ms: Option<f64>,
    /// The same while every view is shown, and the month is assessed once more.
    pub unanswered_later_ms: Option<f64>,
    /// When its workers had read and hashed the file; of this program's page only.
    pub read_ms: Option<f64>,
}

/// What was measured on one file of JSON.
pub struct Json {
    /// What it is.
    pub title: &'static str,
    /// Its size.
    pub bytes: u64,
    /// Each reader, and every time that it was measured.
    pub browser: Vec<(&'static str, Vec<Measured>)>,
}

/// Everything that was measured on one file.
pub struct Size {
    /// Rows of the file.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// Each reader of the command line, and every time that it was measured.
    pub native: Vec<(&'static str, Vec<Measured>)>,
    /// The same of the browser.
    pub browser: Vec<(&'static str, Vec<Measured>)>,
}

/// How often each is measured; the quickest counts. What takes very long is measured once.
const ROUNDS: usize = 3;
const LONG_MS: f64 = 8_000.0;

fn main() {
    let targets = std::env::var("SLA_BENCH_TARGETS").unwrap_or_else(|_| "112,1120".into());
    let targets: Vec<u64> = targets.split(',').map(|targets| targets.trim().parse().unwrap()).collect();
    let json_targets = targets.iter().max().unwrap() / 2;
    if std::env::args().any(|argument| argument == "json") {
        println!("{}", table::of_json(&measure_json(json_targets), json_targets * data::SAMPLES));
        return;
    }
    let sizes: Vec<Size> = targets.iter().map(|targets| measure(*targets)).collect();
    if std::env::args().any(|argument| argument == "own") {
        println!("{}", table::put_into("<!-- made by `make bench` -->\n<!-- end -->", &sizes, ""));
        return;
    }
    let json = table::of_json(&measure_json(json_targets), json_targets * data::SAMPLES);
    let path = root().join("docs/performance.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, table::put_into(&text, &sizes, &json)).unwrap();
    println!("docs/performance.md is written");
}

/// Such samples as JSON, in Chromium only.
fn measure_json(targets: u64) -> Vec<Json> {
    let forms = [
        (data::Form::JsonLines, "JSON lines", &browser::JSON_LINES),
        (data::Form::Prometheus, "Prometheus JSON", &browser::PROMETHEUS),
    ];
    forms
        .map(|(form, title, readers)| {
            let file = std::env::temp_dir().join(format!("sla-bench-{targets}.json"));
            let truth = data::write(&file, targets, form).unwrap();
            let bytes = fs::metadata(&file).unwrap().len();
            println!("{title}, {} MB", bytes / 1_000_000);
            let browser = rounds(readers, |name| browser::read(name, &file, &truth));
            fs::remove_file(&file).unwrap();
            Json { title, bytes, browser }
        })
        .into()
}

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn measure(targets: u64) -> Size {
    let file = std::env::temp_dir().join(format!("sla-bench-{targets}.csv"));
    let truth = data::write(&file, targets, data::Form::Csv).unwrap();
    let bytes = fs::metadata(&file).unwrap().len();
    println!("{} rows, {} MB", truth.rows, bytes / 1_000_000);
    let native = rounds(&native::READERS, |name| native::read(name, &file, &truth));
    let browser = rounds(&browser::READERS, |name| browser::read(name, &file, &truth));
    fs::remove_file(&file).unwrap();
    Size { rows: truth.rows, bytes, native, browser }
}

/// Each in turn, round after round, so that a slow spell of the machine meets all. Where one breaks down, such as a browser
/// that does not start, the others go on, and it is tried again in the next round.
fn rounds(
    readers: &[&'static str],
    read: impl Fn(&'static str) -> Option<Measured>,
) -> Vec<(&'static str, Vec<Measured>)> {
    let mut all: Vec<(&'static str, Vec<Measured>)> = readers.iter().map(|name| (*name, Vec::new())).collect();
    let own = std::env::args().any(|argument| argument == "own");
    for _ in 0..ROUNDS {
        for (name, found) in all.iter_mut().filter(|(name, _)| !own || name.starts_with("sla-statement")) {
            if found.first().is_some_and(|first: &Measured| first.ms > LONG_MS) {
                continue;
            }
            match catch_unwind(AssertUnwindSafe(|| read(name))) {
                Ok(Some(measured)) => {
                    println!("{name}: {:.2} s, {} MB", measured.ms / 1_000.0, measured.kib / 1_024);
                    found.push(measured);
                }
                Ok(None) => println!("{name}: no figures, or wrong ones"),
                Err(_) => println!("{name} broke down"),
            }
        }
    }
    all
}

/// Whether a reader found what is true.
pub fn agrees(name: &str, found: &serde_json::Value, truth: &data::Truth) -> bool {
    let down = serde_json::to_value(&truth.down_ms).unwrap();
    let found_down: serde_json::Map<String, serde_json::Value> = found["down_ms"]
        .as_object()
        .cloned()
        .unwrap_or_default()
        .into_iter()
        .map(|(target, ms)| (target, (ms.as_f64().unwrap_or(0.0) as u64).into()))
        .collect();
    let rows = found["rows"].as_f64().unwrap_or(0.0) as u64;
    let agrees = rows == truth.rows && serde_json::Value::from(found_down) == down;
    if !agrees {
        println!("{name} found something else: {rows} rows; {}", found["error"]);
    }
    agrees
}

/// A file of the peers.
pub fn peer(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/side_by_side/peers").join(name)
}
