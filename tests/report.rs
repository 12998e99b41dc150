//! Statements as files that hold their case, one and many, as the command line writes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use sla_statement::demo;
use sla_statement::report::HeldCase;

const AS_OF: [&str; 4] = ["--month", "2026-03", "--as-of", "2026-04-20T10:00:00+08:00"];
const VIEWER: &str = "<!doctype html><html><head><title>viewer</title></head><body><!--sla-case-->\
    <script id=\"sla-boot\">start();</script></body></html>";

/// A folder of its own whoever else asks for one of this name, gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let (process, count) = (std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(format!("sla-statement-report-{name}-{process}-{count}"));
        fs::create_dir_all(&path).unwrap();
        let folder = Self(path);
        folder.write("viewer.html", VIEWER);
        folder
    }

    fn path(&self, file: &str) -> String {
        self.0.join(file).display().to_string()
    }

    fn write(&self, file: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self.path(file)
    }

    fn demo(&self, case: &str) -> Vec<String> {
        demo::files().iter().map(|(name, bytes)| self.write(&format!("{case}/{name}"), bytes)).collect()
    }

    fn text(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    /// The names of files in a folder of it, hidden ones too.
    fn names(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.0.join(folder)).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn report(&self, more: &[&str]) -> Ran {
        run(&[&["report", "--viewer", &self.path("viewer.html")], &AS_OF[..], more].concat())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn run(arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sla-statement"));
    let done = command.args(arguments).env("LC_ALL", "C.UTF-8").stdin(Stdio::null()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
}

fn refs(files: &[String]) -> Vec<&str> {
    files.iter().map(String::as_str).collect()
}

fn digest(files: &[String]) -> String {
    let ran = run(&[&["assess"], &AS_OF[..], &refs(files)].concat());
    let result: Value = serde_json::from_str(&ran.out).unwrap();
    result["digest"].as_str().unwrap().to_owned()
}

/// The text of an element by its id.
fn element<'a>(page: &'a str, id: &str) -> &'a str {
    let (_, from) = page.split_once(&format!(" id=\"{id}\"")).unwrap();
    from.split_once('>').unwrap().1.split_once("</script>").unwrap().0
}

fn held(page: &str) -> HeldCase {
    HeldCase::read(element(page, "sla-case"), element(page, "sla-data")).unwrap()
}

#[test]
fn a_report_shows_the_statement_without_a_script_and_holds_its_files() {
    let folder = Folder::new("one");
    let files = folder.demo("case");
    let ran = folder.report(&[&["-o", &folder.path("march.html")], &refs(&files)[..]].concat());
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    let page = folder.text("march.html");
    assert!(page.contains("<title>上海青梧文化傳播有限公司 2026年3月</title>"), "{}", &page[..300]);
    assert!(page.contains("人民幣叁仟叁佰元整（¥3300.00）"));
    assert_eq!(page.matches("data-part=signatures>").count(), 1);
    assert!(page.contains("甲方執 · 乙方執"), "printed twice it is both copies");
    let whole = digest(&files);
    assert!(
        page.matches(&whole).count() >= 3,
        "the digest that `assess` gives: with the amounts, beside the code, in the foot"
    );
    let case = held(&page);
    assert_eq!(case.address, "month=2026-03&lang=zh-Hant&view=statement&as_of=2026-04-20T02:00:00Z");
    let mut expected = demo::files();
    expected.sort();
    let found: Vec<(String, Vec<u8>)> =
        case.files.into_iter().map(|file| (file.name.clone(), file.bytes().to_vec())).collect();
    assert!(found == expected, "the files come out as they went in");
    assert_eq!(folder.names("").iter().filter(|name| name.starts_with('.')).count(), 0, "nothing is left over");
}

#[test]
fn the_same_files_give_the_same_bytes_in_any_order_and_wherever_they_go() {
    let folder = Folder::new("same");
    let mut files = folder.demo("case");
    let one = folder.report(&refs(&files)).out;
    assert!(one.ends_with("<script id=\"sla-boot\">start();</script></body></html>"));
    files.reverse();
    files.push(files[0].clone());
    assert!(folder.report(&[&["-o", &folder.path("two.html")], &refs(&files)[..]].concat()).code == 0);
    assert!(folder.text("two.html") == one);
    let english = folder.report(&[&["--lang", "en"], &refs(&files)[..]].concat()).out;
    assert!(english.contains("Page 1 of") && held(&english).address.contains("&lang=en&"));
}

#[test]
fn nothing_in_a_case_breaks_out_of_its_place() {
    let folder = Folder::new("hostile");
    let hostile = "</title></script></div><script>alert(1)</script><!--<script>\u{2028}\u{202e}\" onload='x' &lt;";
    let contract = serde_json::json!({ "schema": "sla-export/1", "contract": {
        "id": hostile, "customer": { "name": hostile, "address": hostile }, "provider": { "name": hostile },
        "place_of_signing": hostile, "service_specialist": hostile },
        "outages": [{ "id": hostile, "target": hostile, "start": "2026-03-02T00:00:00Z", "end": "2026-03-02T03:00:00Z" }] });
    let contract = folder.write("case/contract.json", contract.to_string());
    let name = "case/<script>alert(1)<!--'&quot;.csv";
    let rows = folder
        .write(name, format!("time,target,status\n2026-03-01T00:00:00Z,\"{}\",up\n", hostile.replace('"', "\"\"")));
    let ran = folder.report(&[&contract, &rows]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let lower = ran.out.to_lowercase();
    assert_eq!(lower.matches("<script").count(), 3, "the viewer's own, and two that hold the case");
    assert_eq!(lower.matches("</script").count(), 3);
    assert_eq!(lower.matches("<!--").count(), 1, "the mark of the viewer");
    assert_eq!(lower.matches("</title").count(), 1);
    let mut tags = lower.split('<').skip(1).filter_map(|own| own.split('>').next());
    assert!(!tags.any(|tag| tag.contains("onload")), "an attribute was ended");
    let (shown, _) = lower.split_once("<script id=\"sla-case\"").unwrap();
    assert!(shown.contains("\\u{202e}") && !shown.contains('\u{202e}'), "a mark turns the text around it");
    assert_eq!(held(&ran.out).files.len(), 2);
}

/// A port pinged every five minutes, and both sources of power, a month long.
fn month_of_a_customer(folder: &Folder) -> Vec<String> {
    let files = demo::files();
    let of = |name: &str| files.iter().find(|file| file.0 == name).unwrap().1.clone();
    let pings = String::from_utf8(of("pings.csv")).unwrap();
    let port = |line: &&str| line.starts_with("time") || line.contains(",port-1,");
    let pings: Vec<&str> = pings.lines().filter(port).collect();
    assert!(pings.len() > 8_900, "{} rows", pings.len());
    vec![
        folder.write("case/contract.json", of("contract.json")),
        folder.write("case/pings.csv", pings.join("\n")),
        folder.write("case/power.csv.gz", of("power.csv.gz")),
    ]
}

#[test]
fn a_month_of_one_customer_adds_less_than_a_hundred_kilobytes_to_the_viewer() {
    let folder = Folder::new("size");
    let ran = folder.report(&refs(&month_of_a_customer(&folder)));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let added = ran.out.len() - VIEWER.len();
    assert!(added < 100_000, "a month adds {added} bytes");
}

/// Two ports, three applications and both sources of power.
#[test]
fn the_rows_of_a_month_take_little_more_than_the_chance_in_them() {
    let folder = Folder::new("chance");
    let ran = folder.report(&refs(&folder.demo("case")));
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows: usize =
        held(&ran.out).files.iter().map(|file| file.bytes().iter().filter(|byte| **byte == b'\n').count()).sum();
    assert!(rows > 60_000, "{rows} rows");
    // Every row is up to four seconds late, and five of seven took one of 23 times to answer: no packer goes below 43 300
    // bytes, and seven bits stand in each byte of the file.
    let data = element(&ran.out, "sla-data").len();
    assert!(data < 53_500, "{data} letters");
}

#[test]
fn the_demo_adds_less_than_a_hundred_kilobytes_to_the_viewer_in_each_language() {
    let folder = Folder::new("languages");
    let files = folder.demo("case");
    for language in ["zh-Hant", "zh-Hans", "en"] {
        let ran = folder.report(&[&["--lang", language], &refs(&files)[..]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let added = ran.out.len() - VIEWER.len();
        assert!(added < 100_000, "{language}: the demo case adds {added} bytes");
    }
}

#[test]
fn what_is_no_viewer_is_refused_and_nothing_is_written() {
    let folder = Folder::new("viewer");
    let files = folder.demo("case");
    let report = folder.report(&refs(&files)).out;
    for (name, text) in [("other.html", "<html></html>"), ("report.html", report.as_str())] {
        let viewer = folder.write(name, text);
        let output = folder.path("out.html");
        let ran = run(&[&["report", "--viewer", &viewer, "-o", &output], &AS_OF[..], &refs(&files)].concat());
        assert_eq!(ran.code, 1);
        assert!(ran.err.contains(name) && ran.err.contains("not the viewer"), "{}", ran.err);
        assert!(!Path::new(&output).exists());
    }
}

#[test]
fn an_unusable_case_leaves_what_stood_in_the_place_of_the_report() {
    let folder = Folder::new("before");
    let before = folder.write("march.html", "before");
    let broken = folder.write("broken.csv", "");
    assert_eq!(folder.report(&["-o", &before, &broken]).code, 1);
    assert_eq!(folder.text("march.html"), "before");
    let nowhere = folder.report(&["-o", &folder.path("no/such/march.html"), &folder.demo("case")[1]]);
    assert_eq!(nowhere.code, 1);
    assert!(nowhere.err.contains("cannot be written"), "{}", nowhere.err);
}

#[test]
fn one_bad_case_never_stops_the_others() {
    let folder = Folder::new("batch");
    let good = folder.demo("north");
    folder.write("north/.DS_Store", "of the system");
    folder.write("broken/pings.csv", "time,target,status\nyesterday,port-1,up\n");
    fs::create_dir_all(folder.path("empty")).unwrap();
    folder.demo("other/north");
    folder.write(
        "=cmd/contract.json",
        r#"{ "schema": "sla-export/1", "contract": { "id": "=1+1", "customer": { "name": "＝A, \"B\"" } } }"#,
    );
    let zip = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/zip/month.zip").display().to_string();
    let cases = ["north", "broken", "empty", "other/north", "=cmd", "missing"].map(|case| folder.path(case));
    let ran = folder.report(&[&["--out", &folder.path("out"), &zip], &refs(&cases)[..]].concat());
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
    assert_eq!(folder.names("out"), ["=cmd.html", "index.html", "month.html", "north.html", "statements.csv"]);
    assert!(ran.err.ends_with("3 of 7 cases written\n"), "{}", ran.err);
    for (case, problem) in
        [("broken", "pings.csv"), ("empty", "no file"), ("other/north", "north.html"), ("missing", "no such file")]
    {
        let told = ran.err.lines().any(|line| line.contains(&folder.path(case)) && line.contains(problem));
        assert!(told, "{case} is not told of:\n{}", ran.err);
    }
    let alone = folder.report(&refs(&good)).out;
    assert!(folder.text("out/north.html") == alone, "a report of a batch is the report of its case");
    check_table(&folder, &digest(&good));
    let index = folder.text("out/index.html");
    assert!(index.contains("<a href=\"./north.html\">") && index.contains("¥3300.00"), "{index}");
    assert_eq!(index.matches(" class=problem>").count(), 4);
    assert!(index.contains("http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src"), "{index}");
}

fn check_table(folder: &Folder, digest: &str) {
    let table = folder.text("out/statements.csv");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 8, "a head and seven cases:\n{table}");
    let north = lines.iter().find(|line| line.contains("north.html,")).unwrap();
    let cells: Vec<&str> = north.split(',').collect();
    let heads: Vec<&str> = lines[0].split(',').collect();
    assert_eq!(cells.len(), heads.len());
    let cell = |head: &str| cells[heads.iter().position(|own| *own == head).unwrap()];
    assert_eq!((cell("contract"), cell("month"), cell("status")), ("HC-2026-0042", "2026-03", "final"));
    assert_eq!((cell("network"), cell("power"), cell("operations")), ("breached", "met", "breached"));
    assert_eq!((cell("payable"), cell("contingent"), cell("digest")), ("3300.00", "0.00", digest));
    assert!(table.contains("'=cmd.html,'=1+1,\"'＝A, \"\"B\"\"\","), "no spreadsheet computes it:\n{table}");
    let broken = lines.iter().find(|line| line.contains("/broken")).unwrap();
    assert!(broken.contains("pings.csv") && broken.contains(",,,,"), "{broken}");
}

#[test]
fn a_batch_in_which_all_is_well_says_so() {
    let folder = Folder::new("well");
    let cases: Vec<String> = (0..40)
        .map(|number| {
            let contract = format!(r#"{{ "schema": "sla-export/1", "contract": {{ "id": "C-{number}" }} }}"#);
            folder.write(&format!("case-{number}/contract.json"), contract);
            folder.path(&format!("case-{number}"))
        })
        .collect();
    let ran = folder.report(&[&["--out", &folder.path("out")], &refs(&cases)[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(folder.names("out").len(), 42);
    assert!(ran.err.lines().count() > 10 && ran.err.contains("20 / 40"), "progress is told: {}", ran.err);
    assert!(folder.text("out/case-7.html").contains("C-7"));
}

/// A contract and nothing else, in a folder of that name.
fn small_case(folder: &Folder, name: &str) -> String {
    let contract =
        serde_json::json!({ "schema": "sla-export/1", "contract": { "id": name, "customer": { "name": name } } });
    folder.write(&format!("cases/{name}/contract.json"), contract.to_string());
    folder.path(&format!("cases/{name}"))
}

/// What a person sees in a browser's line of addresses, as the file system has it.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        let hex = |rest: &mut dyn Iterator<Item = u8>| [rest.next().unwrap(), rest.next().unwrap()];
        let own = if byte == b'%' {
            u8::from_str_radix(std::str::from_utf8(&hex(&mut rest)).unwrap(), 16).unwrap()
        } else {
            byte
        };
        bytes.push(own);
    }
    String::from_utf8(bytes).unwrap()
}

#[cfg(unix)]
#[test]
fn hundreds_of_cases_with_any_names_and_any_faults_are_all_told_of() {
    let folder = Folder::new("hundreds");
    let hostile = [
        "=cmd|' 'calc'!A0",
        "<script>alert(1)<",
        "</td></table>",
        "\u{202e}lmth.txt",
        "line\nbreak",
        "tab\tand\rreturn",
        "back\\..\\slash",
        "100%41",
        "a?b#c&d",
        "'\"",
        "\u{1b}[2Jescape",
        "名 字",
        "-o",
        ".hidden",
        "a,b;c",
    ];
    let long = "x".repeat(250);
    let names =
        hostile.iter().map(|name| (*name).to_owned()).chain([long]).chain((0..250).map(|own| format!("case {own}")));
    let mut cases: Vec<String> = names.map(|name| small_case(&folder, &name)).collect();
    let good = cases.len();
    // The same name again, in capitals; and what cannot be used.
    cases.push(small_case(&folder, "other/CASE 7"));
    for number in 0..50 {
        let name = format!("cases/bad {number}/export.json");
        match number % 4 {
            0 => folder.write(&name, "[".repeat(100_000)),
            1 => folder.write(&name, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff]),
            2 => folder.write(&name, [0xff, 0xfe, 0, 0xd8]),
            _ => folder
                .write(&name, r#"{"schema":"sla-export/1","contract":{"id":"C","term":{"first_day":"2030-01-01"}}}"#),
        };
        cases.push(folder.path(&format!("cases/bad {number}")));
    }
    let ran = folder.report(&[&["--out", &folder.path("out"), "--"], &refs(&cases)[..]].concat());
    assert_eq!(ran.code, 1);
    let last = format!("{good} of {} cases written\n", cases.len());
    assert!(ran.err.ends_with(&last), "{}", &ran.err[ran.err.len() - 300..]);
    assert!(!ran.err.contains(['\u{1b}', '\u{202e}']), "a name speaks to the terminal");
    let index = folder.text("out/index.html");
    let linked: Vec<String> =
        index.split("href=\"./").skip(1).map(|own| unescaped(own.split('"').next().unwrap())).collect();
    let mut expected = linked.clone();
    expected.extend(["index.html", "statements.csv"].map(str::to_owned));
    expected.sort();
    assert_eq!(
        (linked.len(), folder.names("out")),
        (good, expected),
        "each report has a link, and nothing else was left"
    );
    assert_eq!(index.matches("<script").count() + index.matches("</td></table>&").count(), 0);
    assert!(!index.contains('\u{202e}') && index.contains("\\u{202e}lmth.txt"));
    let table = folder.text("out/statements.csv");
    assert_eq!(table.lines().count(), 1 + cases.len(), "a line for each, whatever its name breaks");
    assert!(!table.contains(['\u{1b}', '\u{202e}', '\t', '\r']));
    assert!(!table.split(['\n', ',']).any(|cell| cell.trim_start_matches('"').starts_with(['=', '-', '@'])), "{table}");
}

#[test]
fn one_file_and_a_folder_of_files_exclude_each_other() {
    let folder = Folder::new("usage");
    assert_eq!(folder.report(&["-o", "a.html", "--out", "b", "case"]).code, 2);
}
