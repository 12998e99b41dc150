//! The table of `docs/performance.md`.

use std::{fmt::Write, fs, process::Command};

use crate::{Json, Measured, Size};

const BEGIN: &str = "<!-- made by `make bench` -->\n";
const END: &str = "<!-- end -->";

/// The page with its tables replaced; `json` is that of [`of_json`].
pub fn put_into(page: &str, sizes: &[Size], json: &str) -> String {
    let (before, rest) = page.split_once(BEGIN).expect("the page says where its table begins");
    let (_, after) = rest.split_once(END).expect("the page says where its table ends");
    let mut text = machine();
    for size in sizes {
        let _ = write!(text, "\n### {} rows, {} MB\n", grouped(size.rows), size.bytes / 1_000_000);
        rows(&mut text, "whole process, file to figures", &size.native, None);
        rows(&mut text, "Chromium, file chosen to figures", &size.browser, Some("nothing"));
        text.push_str(&read_after(&size.browser));
        let least = |of: fn(&Measured) -> Option<f64>| own(&size.browser).iter().filter_map(of).min_by(f64::total_cmp);
        if let (Some(read), Some(later)) = (least(|own| own.unanswered_ms), least(|own| own.unanswered_later_ms)) {
            let _ = writeln!(
                text,
                "\nMeanwhile the page was without an answer for at most {read:.0} ms, and for at most {later:.0} ms while all of \
                 its views were shown and the month was assessed once more."
            );
        }
    }
    if let [first, .., last] = sizes {
        let _ = writeln!(
            text,
            "\nFrom {} to {} rows the time of this program grows with the power of {} of the rows on the command line, and of {} \
             in Chromium; 1 is in proportion.",
            grouped(first.rows),
            grouped(last.rows),
            power(first, last, |size| best(own(&size.native))),
            power(first, last, |size| best(own(&size.browser))),
        );
    }
    format!("{before}{BEGIN}{text}{json}{END}{after}")
}

/// The table of samples as JSON, of so many rows.
pub fn of_json(files: &[Json], samples: u64) -> String {
    let mut text = format!("\n### {} rows as JSON\n", grouped(samples));
    for Json { title, bytes, browser } in files {
        let title = format!("{title}, {} MB, in Chromium: file chosen to figures", bytes / 1_000_000);
        rows(&mut text, &title, browser, None);
        text.push_str(&read_after(browser));
    }
    text
}

/// When nothing was left but to assess and to draw.
fn read_after(browser: &[(&'static str, Vec<Measured>)]) -> String {
    let read = own(browser).iter().filter_map(|own| own.read_ms).min_by(f64::total_cmp);
    read.map_or(String::new(), |ms| {
        format!("\nIts workers had read and hashed the file after {:.2} s.\n", ms / 1_000.0)
    })
}

/// What was measured of this program, which comes first.
fn own<'a>(all: &'a [(&'static str, Vec<Measured>)]) -> &'a [Measured] {
    all.first().map_or(&[], |(_, found)| found)
}

fn best(found: &[Measured]) -> Option<f64> {
    found.iter().map(|own| own.ms).min_by(f64::total_cmp)
}

fn power(first: &Size, last: &Size, ms: impl Fn(&Size) -> Option<f64>) -> String {
    let (Some(before), Some(after)) = (ms(first), ms(last)) else { return "?".to_owned() };
    format!("{:.2}", (after / before).ln() / (last.rows as f64 / first.rows as f64).ln())
}

fn rows(text: &mut String, title: &str, all: &[(&'static str, Vec<Measured>)], unit: Option<&str>) {
    let unit = unit.unwrap_or("sla-statement");
    let of_unit = all.iter().find(|(name, _)| *name == unit).and_then(|(_, found)| best(found));
    let _ = writeln!(text, "\n| {title} | s | × {} | memory, MB |\n|---|---|---|---|", label(unit));
    for (name, found) in all {
        let (Some(ms), Some(of_unit)) = (best(found), of_unit) else {
            let _ = writeln!(text, "| {} | broke down, or found wrong figures | | |", label(name));
            continue;
        };
        let kib = found.iter().map(|own| own.kib).min().unwrap_or(0);
        let _ = writeln!(text, "| {} | {:.2} | {:.2} | {} |", label(name), ms / 1_000.0, ms / of_unit, kib / 1_024);
    }
}

fn label(name: &str) -> &str {
    match name {
        "sla-statement" => "**sla-statement**",
        "sla-statement-1" => "sla-statement on one core",
        "sla-statement-twice" => "the same twice at once, each on one core",
        "nothing" => "reading the file, nothing else",
        "udsv" => "uDSV and JavaScript",
        "papaparse" => "Papa Parse and JavaScript",
        "d3" => "d3-dsv and JavaScript",
        "json-lines" => "`JSON.parse` of each line, and JavaScript",
        "json" => "`JSON.parse` of the whole, and JavaScript",
        "duckdb" => "DuckDB-Wasm, SQL (started before)",
        "duckdb-1" => "DuckDB, 1 thread",
        "duckdb-2" => "DuckDB, 2 threads",
        "polars" => "Polars",
        "pandas" => "pandas with pyarrow",
        other => other,
    }
}

fn machine() -> String {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": ")).map_or("", |pair| pair.1);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let chromium = Command::new("chromium").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    let chromium = String::from_utf8_lossy(&chromium).trim().to_owned();
    format!("{model}, {cores} cores; {chromium}, headless.\n")
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}
