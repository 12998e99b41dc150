//! On the command line: whole processes, from the file to the figures.

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Instant,
};

use serde_json::{Map, Value, json};

use crate::{Measured, agrees, data::Truth, peer, root};

/// This program first, then on one core, then two of it at once on one core each.
pub const READERS: [&str; 7] =
    ["sla-statement", "sla-statement-1", "sla-statement-twice", "duckdb-2", "duckdb-1", "polars", "pandas"];

const ASSESS: [&str; 5] = ["assess", "--month", "2026-03", "--as-of", "2026-05-01T00:00:00Z"];

/// Reads the file once; `None` where the reader is missing or finds something else than the truth.
pub fn read(name: &str, file: &Path, truth: &Truth) -> Option<Measured> {
    let own = name.starts_with("sla-statement");
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%M"]);
    if matches!(name, "sla-statement-1" | "sla-statement-twice") {
        command.args(["taskset", "-c", "0"]);
    }
    if own {
        command.arg(root().join("target/release/sla-statement"));
        command.args(ASSESS);
    } else {
        command.arg(root().join(".tools/bench/python/bin/python")).arg(peer("tally.py")).arg(name);
    }
    let begun = Instant::now();
    let other = (name == "sla-statement-twice").then(|| on_the_other_core(file));
    let output = command.arg(file).output().expect("/usr/bin/time is missing: `make bench` installs it");
    if let Some(mut other) = other {
        assert!(other.wait().unwrap().success(), "the copy on the other core failed");
    }
    let ms = begun.elapsed().as_secs_f64() * 1_000.0;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        println!("{name} failed: {said}");
        return None;
    }
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    let found = if own { figures_of_result(&answer) } else { answer };
    let kib = said.lines().last()?.trim().parse().ok()?;
    agrees(name, &found, truth).then_some(Measured {
        ms,
        kib,
        unanswered_ms: None,
        unanswered_later_ms: None,
        read_ms: None,
    })
}

/// What two cores can do at most: the same work twice, neither waiting for the other.
fn on_the_other_core(file: &Path) -> Child {
    let mut command = Command::new("taskset");
    command.args(["-c", "1"]).arg(root().join("target/release/sla-statement"));
    command.args(ASSESS).arg(file).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Rows and downtime of each target, as they stand in a result.
pub fn figures_of_result(result: &Value) -> Value {
    let mut down = Map::new();
    for outage in result["guarantees"][0]["outages"].as_array().into_iter().flatten() {
        let target = outage["targets"][0].as_str().unwrap_or_default().to_owned();
        let before = down.get(&target).and_then(Value::as_u64).unwrap_or(0);
        down.insert(target, (before + outage["counted_ms"].as_u64().unwrap_or(0)).into());
    }
    json!({ "rows": result["sources"][0]["accepted"], "down_ms": down })
}
