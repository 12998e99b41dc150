//! A report for each of many customers, by the whole program.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::{env, fs, process};

use crate::case::{SAMPLES, START_S, STEP_S, clock, is_down};
use crate::{Amount, Bench, Subject};

const CUSTOMERS: i64 = 100;
/// As large as the viewer is.
const VIEWER_BYTES: usize = 850_000;

/// A contract, and a month of samples of one port, each `step` five minutes.
fn write_case(folder: &Path, customer: i64, step: usize) {
    fs::create_dir_all(folder).unwrap();
    let contract = format!(
        r#"{{"schema":"sla-export/1","contract":{{"id":"HC-{customer:04}","time_zone":"Asia/Shanghai",
        "term":{{"first_day":"2026-01-01","last_day":"2026-12-31"}},
        "customer":{{"name":"客戶 {customer}"}},"provider":{{"name":"華澄數據中心"}},"monthly_rent":"3000.00"}}}}"#
    );
    fs::write(folder.join("contract.json"), contract).unwrap();
    let mut samples = "time,target,status\n".to_owned();
    for sample in (0..SAMPLES).step_by(step) {
        let status = if is_down(sample, customer) { "down" } else { "up" };
        let _ = writeln!(samples, "{},port-1,{status}", clock(START_S + sample * STEP_S));
    }
    fs::write(folder.join("pings.csv"), samples).unwrap();
}

/// What takes the viewer's place in a report.
fn viewer() -> String {
    let filler = "<!-- as large as the viewer -->\n".repeat(VIEWER_BYTES / 32);
    format!("<!DOCTYPE html><html><head><title>x</title></head><body><!--sla-case-->{filler}</body></html>")
}

fn report(folder: &Path, cases: &[String]) -> process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sla-statement"));
    command.args(["report", "--month", "2026-03", "--as-of", "2026-06-01T00:00:00Z", "--viewer"]);
    command.arg(folder.join("viewer.html")).arg("--out").arg(folder.join("out")).args(cases);
    command.output().expect("the program")
}

pub fn measure(bench: &mut Bench) {
    let folder = env::temp_dir().join(format!("sla-bench-batch-{}", process::id()));
    for (name, label, step) in [
        ("hourly", "reports of small cases (a contract, a month of hourly samples), whole process", 12),
        ("five_minutes", "reports of cases with a month of five-minute samples, whole process", 1),
    ] {
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("viewer.html"), viewer()).unwrap();
        let cases: Vec<String> =
            (0..CUSTOMERS).map(|own| folder.join(format!("c{own:03}")).display().to_string()).collect();
        cases.iter().zip(0..).for_each(|(case, customer)| write_case(Path::new(case), customer, step));
        let done = report(&folder, &cases);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let table = fs::read_to_string(folder.join("out/statements.csv")).unwrap();
        assert_eq!(table.lines().filter(|line| line.contains("sha256:")).count() as i64, CUSTOMERS, "{table}");
        let amount = Amount::Things(CUSTOMERS as u64, "customers");
        bench.measure(Subject { group: "batch", name, label: label.into(), amount }, || report(&folder, &cases));
    }
    fs::remove_dir_all(&folder).ok();
}
