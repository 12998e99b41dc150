//! What `make bench` measures is right: this program finds in its data what the data was made from.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

#[path = "../benches/side_by_side/data.rs"]
mod data;

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

#[test]
fn the_downtime_of_each_target_is_what_the_data_was_made_from() {
    for form in [data::Form::Csv, data::Form::JsonLines, data::Form::Prometheus] {
        let file = std::env::temp_dir().join(format!("sla-side-by-side-{}", std::process::id()));
        let truth = data::write(&file, 7, form).unwrap();
        let month = ["assess", "--month", "2026-03", "--as-of", "2026-05-01T00:00:00Z"];
        let output = Command::new(env!("CARGO_BIN_EXE_sla-statement")).args(month).arg(&file).output().unwrap();
        std::fs::remove_file(&file).unwrap();
        let result: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(result["sources"][0]["accepted"].as_u64(), Some(truth.rows), "{form:?}");
        let mut down: BTreeMap<String, u64> = BTreeMap::new();
        for outage in result["guarantees"][0]["outages"].as_array().unwrap() {
            let target = outage["targets"][0].as_str().unwrap().to_owned();
            *down.entry(target).or_default() += outage["counted_ms"].as_u64().unwrap();
        }
        assert_eq!(down, truth.down_ms, "{form:?}");
        assert!(truth.down_ms.len() > 3, "outages of several targets");
    }
}
