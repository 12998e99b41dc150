//! The native program as its users run it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;

const AS_OF: [&str; 4] = ["--month", "2026-03", "--as-of", "2026-04-20T10:00:00+08:00"];

/// A folder of its own whoever else asks for one of this name, gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(format!("sla-statement-cli-{name}-{process}-{count}"));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn demo(name: &str) -> Self {
        let folder = Self::new(name);
        assert_eq!(run(&["demo", "-o", folder.path("")]).code, 0);
        folder
    }

    fn path(&self, file: &str) -> &'static str {
        // Leaked for the length of a test, so that argument lists read plainly.
        Box::leak(self.0.join(file).display().to_string().into_boxed_str())
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) -> &'static str {
        fs::write(self.0.join(file), text).unwrap();
        self.path(file)
    }

    fn demo_files(&self) -> [&'static str; 4] {
        ["contract.json", "pings.csv", "applications.csv", "power.csv.gz"].map(|file| self.path(file))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ran {
    fn json(&self) -> Value {
        assert_eq!(self.code, 0, "{}", self.err);
        serde_json::from_str(&self.out).unwrap()
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sla-statement"));
    command.args(arguments).env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Ran {
    command(arguments).output().unwrap().into()
}

fn run_with_input(arguments: &[&str], input: &[u8]) -> Ran {
    let mut child =
        command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || stdin.write_all(&input));
    let ran = child.wait_with_output().unwrap().into();
    let _ = feeding.join();
    ran
}

fn assess(more: &[&str]) -> Ran {
    run(&[&["assess"], &AS_OF[..], more].concat())
}

#[test]
fn the_demo_is_written_and_assessed() {
    let folder = Folder::demo("demo");
    let result = assess(&folder.demo_files()).json();
    assert_eq!(result["schema"], "sla-result/1");
    assert_eq!(result["contract"], "HC-2026-0042");
    assert_eq!(result["guarantees"][0]["verdict"], "breached");
    assert_eq!(result["guarantees"][0]["certainty"], "sampling_sensitive");
    assert_eq!(result["guarantees"][1]["verdict"], "met");
    assert_eq!(result["remedies"]["payable"], "3300.00");
    assert_eq!(result["sources"].as_array().unwrap().len(), 4);
}

#[test]
fn the_order_of_files_makes_no_difference() {
    let folder = Folder::demo("order");
    let mut files = folder.demo_files();
    let one = assess(&files);
    files.reverse();
    assert_eq!(one.out, assess(&files).out);
}

#[test]
fn a_file_given_twice_is_taken_once() {
    let folder = Folder::demo("twice");
    let files = folder.demo_files();
    let twice = [&files[..], &files[..]].concat();
    assert_eq!(assess(&files).out, assess(&twice).out);
}

#[test]
fn a_second_demo_does_not_write_over_somebody_elses_file() {
    let folder = Folder::demo("again");
    assert_eq!(run(&["demo", "-o", folder.path("")]).code, 0, "its own files may be written again");
    folder.write("pings.csv", "mine");
    let ran = run(&["demo", "-o", folder.path("")]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("pings.csv: exists already"), "{}", ran.err);
    assert_eq!(fs::read_to_string(folder.path("pings.csv")).unwrap(), "mine");
}

#[test]
fn a_file_may_come_through_the_standard_input_plain_or_compressed() {
    let folder = Folder::demo("stdin");
    let [contract, pings, ..] = folder.demo_files();
    let plain = assess(&[contract, pings]).json();
    let bytes = fs::read(pings).unwrap();
    let through = run_with_input(&[&["assess"], &AS_OF[..], &[contract, "-"]].concat(), &bytes).json();
    assert_eq!(plain["digest"], through["digest"]);

    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&bytes).unwrap();
    let compressed = encoder.finish().unwrap();
    let through = run_with_input(&[&["assess"], &AS_OF[..], &[contract, "-"]].concat(), &compressed).json();
    assert_eq!(plain["guarantees"], through["guarantees"]);
}

#[test]
fn inspect_tells_what_was_recognised_of_each_file() {
    let folder = Folder::demo("inspect");
    let [contract, pings, ..] = folder.demo_files();
    let told = run(&["inspect", contract, pings]).json();
    assert_eq!(told["files"][0]["format"], "sla-export/1");
    assert_eq!(told["files"][1]["format"], "samples-csv");
    assert_eq!(told["files"][1]["targets"][0]["id"], "port-1");
    assert_eq!(told["files"][1]["rejected"], 0);
}

#[test]
fn inspect_tells_of_the_good_files_beside_an_unusable_one() {
    let folder = Folder::demo("inspect-some");
    let ran = run(&["inspect", folder.path("pings.csv"), folder.path("nothing.csv")]);
    assert_eq!(ran.code, 1);
    assert_eq!(serde_json::from_str::<Value>(&ran.out).unwrap()["files"].as_array().unwrap().len(), 1);
    assert!(ran.err.contains("nothing.csv: there is no such file"), "{}", ran.err);
}

#[test]
fn every_unusable_file_is_told_on_a_line_of_its_own() {
    let folder = Folder::new("missing");
    folder.write("empty.csv", "");
    let ran = assess(&[folder.path("a.csv"), folder.path("empty.csv"), folder.path("")]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), 3, "{}", ran.err);
    assert!(lines[0].ends_with("a.csv: there is no such file"), "{}", lines[0]);
    assert!(lines[1].contains("empty.csv"), "{}", lines[1]);
    assert!(lines[2].ends_with("is a folder, a file was expected; name the files in it"), "{}", lines[2]);
}

#[test]
fn rejected_rows_are_told_and_the_rest_is_assessed() {
    let folder = Folder::new("rejected");
    let bad: String = (0..25).map(|i| format!("2026-03-02T00:{i:02}:00Z,port-1,perhaps\n")).collect();
    let file = folder.write("pings.csv", format!("time,target,status\n2026-03-01T00:00:00Z,port-1,up\n{bad}"));
    let ran = assess(&[file]);
    assert_eq!(ran.json()["sources"][0]["rejected"], 25);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines.len(), 21, "{}", ran.err);
    assert!(lines[0].starts_with("warning: ") && lines[0].contains("perhaps"), "{}", lines[0]);
    let more = "warning: pings.csv: and 5 more rows rejected (5 × STATUS_UNKNOWN); --problems FILE writes all of them to a table";
    assert_eq!(lines[20], more);
    assert!(lines[0].ends_with("[STATUS_UNKNOWN]"), "{}", lines[0]);
}

#[test]
fn every_problem_can_be_written_to_a_table_in_which_nothing_is_a_formula() {
    let folder = Folder::new("problems");
    let rows = "2026-03-02T00:00:00Z,port-1,\"=HYPERLINK(\"\"http://example\"\")\"\n".repeat(30);
    let header = "time,target,status,=cmd\n2026-03-01T00:00:00Z,port-1,up,\n";
    let bad = folder.write("=1+1.csv", format!("{header}{rows}"));
    let refused = folder.write("page.csv", "<html><body>Sign in</body></html>");
    let table = folder.path("problems.csv");
    let ran = run(&["inspect", "--problems", table, bad, refused]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("[WEB_PAGE]"), "{}", ran.err);
    let table = fs::read_to_string(table).unwrap();
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 1 + 30 + 1 + 1, "{table}");
    assert_eq!(lines[0], "\u{feff}fate,code,file,line,column,place,found,expected,sentence");
    let first =
        "\"rejected\",\"STATUS_UNKNOWN\",\"'=1+1.csv\",\"3\",\"3\",\"status\",\"'=HYPERLINK(\"\"http://example\"\")\",";
    assert!(lines[1].starts_with(first), "{}", lines[1]);
    assert!(lines[31].starts_with("\"noted\",\"COLUMN_ASIDE\",\"'=1+1.csv\",\"1\",\"4\",\"'=cmd\","), "{}", lines[31]);
    assert!(lines[32].starts_with("\"refused\",\"WEB_PAGE\",\"page.csv\",\"\",\"\",\"\","), "{}", lines[32]);
    for cell in lines.iter().skip(1).flat_map(|line| line.split("\",\"")) {
        assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']), "{cell}");
    }
}

/// What the page refuses for its size the command line reads, in pieces, for as long as there is disk.
#[test]
fn limits_of_the_page_do_not_hold_here() {
    let folder = Folder::new("limits");
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(b"time,status,comment\n2026-03-01T00:00:00Z,up,\n").unwrap();
    let row = format!("2026-03-01T00:05:00Z,up,{}\n", "z".repeat(1 << 19));
    (0..600).for_each(|_| packer.write_all(row.as_bytes()).unwrap());
    let packed = folder.write("packed.csv.gz", packer.finish().unwrap());
    assert_eq!(run(&["inspect", packed]).json()["files"][0]["format"], "samples-csv");
    let century = folder.write("century.csv", "time,status\n1995-03-01T00:00:00Z,up\n2095-03-01T00:00:00Z,up\n");
    assert_eq!(run(&["inspect", century]).code, 0);
}

#[test]
fn times_without_offset_need_a_zone() {
    let folder = Folder::new("zone");
    let file = folder.write("naive.csv", "time,target,status\n2026-03-01 08:00:00,port-1,up\n");
    let refused = assess(&[file]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("--time-zone"), "{}", refused.err);
    assert_eq!(assess(&["--time-zone", "Asia/Shanghai", file]).code, 0);
}

#[test]
fn a_mapping_among_the_files_says_how_the_others_are_read() {
    let sample = |path: &str| format!("{}/tests/samples/{path}", env!("CARGO_MANIFEST_DIR"));
    let (table, mapping) = (sample("other-csv/day-first.csv"), sample("sla-mapping/all.json"));
    let month = ["assess", "--month", "2026-03", "--as-of", "2026-05-01T00:00:00Z"];
    let assess = |files: &[&str]| run(&[&month[..], files].concat());
    let alone = assess(&[&table]);
    assert_eq!(alone.code, 1);
    assert!(alone.err.contains("sla-mapping/1"), "{}", alone.err);
    let (after, before) = (assess(&[&table, &mapping]), assess(&[&mapping, &table]));
    assert_eq!((after.code, before.code), (0, 0), "{}", after.err);
    assert_eq!(after.out, before.out);
    let input = run_with_input(&[&month[..], &[&table, "-"]].concat(), &std::fs::read(&mapping).unwrap());
    assert_eq!(input.code, 0, "{}", input.err);
    assert_eq!(input.json()["digest"], after.json()["digest"]);
}

#[test]
fn a_month_outside_the_term_is_refused_in_the_language_asked_for() {
    let folder = Folder::demo("term");
    let contract = folder.path("contract.json");
    let english = run(&["assess", "--month", "2027-02", contract]);
    let sentence = "February 2027 is outside the term of the contract, which runs from 2026-01-01 to 2026-12-31\n";
    assert_eq!((english.code, english.err.as_str()), (1, sentence));
    let chinese = run(&["assess", "--month", "2027-02", "--lang", "zh-Hant", contract]);
    assert_eq!(chinese.err, "2027年2月不在協議有效期內；有效期為 2026-01-01 至 2026-12-31\n");
    let by_environment: Ran =
        command(&["assess", "--month", "2027-02", contract]).env("LC_ALL", "zh_CN.UTF-8").output().unwrap().into();
    assert_eq!(by_environment.err, "2027年2月不在协议有效期内；有效期为 2026-01-01 至 2026-12-31\n");
}

#[test]
fn a_month_that_has_not_begun_is_refused() {
    let folder = Folder::demo("future");
    let contract = folder.path("contract.json");
    let ran = run(&["assess", "--month", "2026-05", "--as-of", "2026-04-20T00:00:00Z", contract]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.starts_with("May 2026 had not begun"), "{}", ran.err);
}

#[test]
fn without_a_contract_the_figures_of_the_agreement_hold() {
    let folder = Folder::demo("no-contract");
    let result = assess(&[folder.path("pings.csv")]).json();
    assert_eq!(result["contract"], Value::Null);
    assert_eq!(result["guarantees"][0]["rules"][0]["limit_ms"], 44 * 60_000);
    assert_eq!(result["guarantees"][1]["verdict"], "not_recorded");
}

#[test]
fn two_different_contracts_are_one_too_many() {
    let folder = Folder::demo("two");
    let contract = fs::read_to_string(folder.path("contract.json")).unwrap();
    let other = folder.write("other.json", contract.replace("HC-2026-0042", "HC-2026-0043"));
    let ran = assess(&[folder.path("contract.json"), other]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

#[test]
fn a_policy_file_goes_before_the_contract() {
    let folder = Folder::demo("policy");
    let policy = folder.write("policy.json", r#"{ "verdict.basis": "bounds" }"#);
    let result = assess(&[&["--policy", policy], &folder.demo_files()[..]].concat()).json();
    assert_eq!(result["policy"]["verdict.basis"], "bounds");
    assert_eq!(result["guarantees"][0]["verdict"], "undetermined");

    let wrong = folder.write("wrong.json", r#"{ "verdict.base": "bounds" }"#);
    let ran = assess(&["--policy", wrong, folder.path("pings.csv")]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("wrong.json") && ran.err.contains("verdict.base"), "{}", ran.err);
}

#[test]
fn the_clock_is_read_where_no_time_is_given() {
    let folder = Folder::demo("clock");
    let ran = run(&["assess", "--month", "2026-01", folder.path("contract.json")]);
    let as_of = ran.json()["as_of"].as_str().unwrap().to_owned();
    assert!(as_of.ends_with('Z') && !as_of.contains('.'), "whole seconds: {as_of}");
}

#[test]
fn wrong_usage_is_told_with_status_2() {
    for arguments in [&["assess", "pings.csv"][..], &["assess", "--month", "2026-13", "x"], &["asess"], &[]] {
        let ran = run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.err.is_empty());
    }
    assert_eq!(run(&["--help"]).code, 0);
}

/// One file in place of four: the same figures, and the same bytes when it is exported again.
#[test]
fn a_case_is_exported_as_one_file_that_is_assessed_the_same() {
    let folder = Folder::demo("export");
    let export = folder.path("case.json");
    assert_eq!(run(&[&["export", "-o", export], &folder.demo_files()[..]].concat()).code, 0);
    let again = run(&["export", export]);
    assert_eq!(again.out, fs::read_to_string(export).unwrap());
    let (own, other) = (assess(&folder.demo_files()).json(), assess(&[export]).json());
    for part in ["contract", "period", "emergencies", "cases", "remedies", "policy"] {
        assert_eq!(own[part], other[part], "{part}");
    }
    for (own, other) in own["guarantees"].as_array().unwrap().iter().zip(other["guarantees"].as_array().unwrap()) {
        assert_eq!(own, other);
    }
    assert_eq!(other["sources"][0]["evidence"], "declared");
}

#[test]
fn what_cannot_be_exported_is_said_and_not_written_otherwise() {
    let folder = Folder::new("export-unlike");
    let pings = folder.write("pings.csv", "time,target,status\n2026-03-01T00:00:00Z,\u{3000}port-1,up\n");
    let ran = run(&["export", "-o", folder.path("case.json"), pings]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("sla-export/1 cannot say"), "{}", ran.err);
    assert!(fs::metadata(folder.path("case.json")).is_err(), "nothing was written");
}

#[test]
fn verify_agrees_with_what_assess_wrote_whatever_the_files_are_called() {
    let folder = Folder::demo("verify");
    let statement = folder.write("statement.json", assess(&folder.demo_files()).out);
    let renamed = folder.path("renamed.csv");
    fs::rename(folder.path("pings.csv"), renamed).unwrap();
    let [contract, _, applications, power] = folder.demo_files();
    let ran = run(&["verify", statement, contract, renamed, applications, power]);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    assert!(ran.out.starts_with("The statement agrees with the files: sha256:"), "{}", ran.out);
}

#[test]
fn verify_names_every_field_that_differs() {
    let folder = Folder::demo("verify-differs");
    let mut stated = assess(&folder.demo_files()).json();
    stated["guarantees"][0]["downtime_ms"]["counted"] = 1.into();
    stated["policy"]["verdict.basis"] = "bounds".into();
    stated["remedies"]["lines"] = Value::Array(Vec::new());
    let statement = folder.write("statement.json", stated.to_string());
    let ran = run(&[&["verify", statement], &folder.demo_files()[..]].concat());
    assert_eq!(ran.code, 3);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 6, "{}", ran.out);
    assert_eq!(lines[0], "guarantees[0].downtime_ms.counted: stated 1, computed 3605000");
    assert_eq!(lines[1], "policy[\"verdict.basis\"]: stated \"bounds\", computed \"counted\"");
    for (i, line) in lines[2..].iter().enumerate() {
        assert!(line.starts_with(&format!("remedies.lines[{i}]: stated nothing, computed {{")), "{line}");
    }
}

#[test]
fn verify_finds_that_a_file_is_not_the_one_that_was_assessed() {
    let folder = Folder::demo("verify-file");
    let statement = folder.write("statement.json", assess(&folder.demo_files()).out);
    let pings = fs::read_to_string(folder.path("pings.csv")).unwrap();
    let healed = pings.replacen(",down,", ",up,1.0", 400);
    folder.write("pings.csv", healed);
    let ran = run(&[&["verify", statement], &folder.demo_files()[..]].concat());
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("digest: stated \"sha256:"), "{}", ran.out);
    let verdict = "guarantees[0].verdict: stated \"breached\", computed \"undetermined\"";
    assert!(ran.out.contains(verdict), "the gap alone now decides: {}", ran.out);
    let sources: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("sources[")).collect();
    assert_eq!(sources.len(), 2, "one file is missing and another there: {}", ran.out);
    assert!(sources.iter().all(|line| line.contains("\"name\":\"pings.csv\"")), "{}", ran.out);
}

#[test]
fn verify_refuses_what_is_not_a_result() {
    let folder = Folder::demo("verify-not");
    for text in ["", "{}", r#"{"schema":"sla-result/1","month":"March"}"#] {
        let statement = folder.write("statement.json", text);
        let ran = run(&["verify", statement, folder.path("pings.csv")]);
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{text}");
        assert!(ran.err.contains("statement.json"), "{}", ran.err);
    }
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    let folder = Folder::demo("pipe");
    let arguments = [&["assess"], &AS_OF[..], &folder.demo_files()[..]].concat();
    let mut child = command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ran: Ran = child.wait_with_output().unwrap().into();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn a_long_file_is_the_same_as_from_a_pipe() {
    let folder = Folder::new("long");
    // Some rows cannot be taken, some come late, and some say something else of an instant than others.
    let row = |i: u64| {
        let status = match i {
            _ if i % 997 == 5 => "odd",
            80_000..80_090 => "down",
            _ if i % 5_001 == 7 => "unknown",
            _ => "up",
        };
        let late = if i % 7_001 == 11 { 90 } else { 0 };
        format!("{},port-{},{status},{}.5\n", 1_772_294_400 + i / 3 * 30 - late, i % 3, i % 300)
    };
    let text: String =
        std::iter::once("time,target,status,latency\n".to_owned()).chain((0..180_000).map(row)).collect();
    assert!(text.len() > 4 << 20, "long enough that several threads share it");
    let file = folder.write("long.csv", &text);
    let told = |command: &[&str], from: &str| {
        let arguments = [command, &[from]].concat();
        let ran = if from == "-" { run_with_input(&arguments, text.as_bytes()) } else { run(&arguments) };
        let mut json = ran.json();
        let list = if command.contains(&"inspect") { "files" } else { "sources" };
        json[list][0]["name"] = Value::Null;
        json
    };
    let whole = told(&["inspect"], file);
    assert_eq!(whole, told(&["inspect"], "-"));
    assert_eq!(
        (whole["files"][0]["bytes"].as_u64(), whole["files"][0]["rejected"].as_u64()),
        (Some(text.len() as u64), Some(181))
    );
    let assess = [&["assess"], &AS_OF[..]].concat();
    let result = told(&assess, file);
    assert_eq!(result, told(&assess, "-"));
    assert_eq!(result["guarantees"][0]["outages"].as_array().map(Vec::len), Some(1), "{result}");
    // Nobody reads on in a file that is refused at its beginning.
    let file = folder.write("long.txt", text.replace("status", "colour").replace("up", "red"));
    assert_eq!(run(&["inspect", file]).code, 1);
}

#[test]
fn a_long_file_is_read_in_pieces_with_the_same_result() {
    // Rows lie across the ends of the pieces of 1 MB in which a file is read.
    let folder = Folder::new("long");
    let mut text = String::from("time,target,status\n");
    for minute in 0..44_640_i64 {
        text.push_str(&format!("{},a-port-with-a-rather-long-name-of-its-own,up\n", 1_772_294_400 + minute * 60));
    }
    assert!(text.len() > 2 << 20);
    let result = assess(&[folder.write("long.csv", &text)]).json();
    assert_eq!(result["sources"][0]["accepted"], 44_640);
    assert_eq!(Path::new(result["sources"][0]["name"].as_str().unwrap()), Path::new("long.csv"));
}
