//! Samples as CSV, and as JSON lines.

use std::fmt::Write;

use crate::case::{SAMPLES, START_S, STEP_S, clock, contents, fingerprint, is_down, read};
use crate::{Amount, Bench, Subject};

const TARGETS: i64 = 20;

/// In order of time, with a latency; the targets always in the same order, or in another at each time.
fn text(shuffled: bool, quoted: bool) -> String {
    let mut text = "time,target,status,latency_ms\n".to_owned();
    let quote = if quoted { "\"" } else { "" };
    for sample in 0..SAMPLES {
        let time = clock(START_S + sample * STEP_S);
        for place in 0..TARGETS {
            let target = if shuffled { (place * 7 + sample * 3) % TARGETS } else { place };
            let status = if is_down(sample, target) { "down" } else { "up" };
            let latency = (sample * 7 + target * 13) % 400;
            let _ =
                writeln!(text, "{time},{quote}target-{target:04}{quote},{status},{}.{}", latency / 10, latency % 10);
        }
    }
    text
}

/// The ordered table as an object on each line.
fn json_lines() -> String {
    let mut lines = String::new();
    for row in text(false, false).lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let _ = writeln!(
            lines,
            r#"{{"time":"{}","target":"{}","status":"{}","latency_ms":{}}}"#,
            cells[0], cells[1], cells[2], cells[3]
        );
    }
    lines
}

pub fn measure(bench: &mut Bench) {
    let kinds = [
        ("ordered", "CSV, targets always in the same order", text(false, false)),
        ("shuffled", "CSV, targets in changing order", text(true, false)),
        ("quoted", "CSV with quotes in each row", text(false, true)),
    ];
    for (name, label, text) in &kinds {
        let imported = read(text.as_bytes());
        assert_eq!((imported.rejected.len(), imported.notes.len()), (0, 0), "{name}");
        let rows: u64 = imported.record.series.values().map(|series| series.len()).sum();
        assert_eq!((imported.record.series.len() as i64, rows as i64), (TARGETS, TARGETS * SAMPLES), "{name}");
        let runs: usize = imported.record.series.values().map(|series| series.runs().len()).sum();
        assert!((5 * TARGETS as usize - 5..=5 * TARGETS as usize).contains(&runs), "two outages each: {runs}");
        let subject = Subject { group: "read", name, label: (*label).into(), amount: Amount::Bytes(text.len() as u64) };
        let known = fingerprint(text.as_bytes());
        bench.measure(subject, || contents(text.as_bytes(), known));
    }
    let lines = json_lines();
    let imported = read(lines.as_bytes());
    assert_eq!((imported.rejected.len(), imported.record.series.len() as i64), (0, TARGETS));
    let (known, amount) = (fingerprint(lines.as_bytes()), Amount::Bytes(lines.len() as u64));
    let label = "samples as JSON lines".into();
    bench.measure(Subject { group: "read", name: "json_lines", label, amount }, || contents(lines.as_bytes(), known));
    let long = "time,target,status\n".repeat(1 << 20);
    let label = "SHA-256 of a long file, and BLAKE2b of its first 8 MiB".into();
    let amount = Amount::Bytes(long.len() as u64);
    bench.measure(Subject { group: "read", name: "hashes", label, amount }, || fingerprint(long.as_bytes()));
}
