//! The medians, in `docs/performance.md`.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{Amount, Subject};

const BEGIN: &str = "<!-- each part by itself, made by `make bench` -->\n";
const END: &str = "<!-- end of each part -->";

/// Writes the medians that criterion left.
pub fn write(subjects: &[Subject]) {
    let mut text = "\n| | median | |\n|---|---|---|\n".to_owned();
    for subject in subjects {
        let ns = median_ns(subject);
        let _ = writeln!(text, "| {} | {:.2} ms | {} |", subject.label, ns / 1e6, rate(subject.amount, ns));
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    let before = fs::read_to_string(&page).unwrap();
    let (head, rest) = before.split_once(BEGIN).expect("the page says where the table begins");
    let (_, tail) = rest.split_once(END).expect("the page says where the table ends");
    fs::write(&page, format!("{head}{BEGIN}{text}{END}{tail}")).unwrap();
    println!("docs/performance.md is written");
}

fn rate(amount: Amount, ns: f64) -> String {
    match amount {
        Amount::Bytes(bytes) => format!("{:.0} MB/s", bytes as f64 * 1e3 / ns),
        Amount::Things(count, what) => format!("{:.0} {what}/s", count as f64 * 1e9 / ns),
    }
}

fn median_ns(subject: &Subject) -> f64 {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target"), PathBuf::from);
    let file = target.join("criterion").join(subject.group).join(subject.name).join("new/estimates.json");
    let estimates: Value = serde_json::from_slice(&fs::read(&file).expect("criterion's estimates")).unwrap();
    estimates["median"]["point_estimate"].as_f64().expect("a median")
}
