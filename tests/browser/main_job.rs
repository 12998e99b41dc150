//! The main job, as a person does it: from a monitoring export to a statement on paper.

use crate::{
    harness::{Browser, Engine},
    paper::Pdf,
    site::{Site, single_file},
};
use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::PathBuf,
    process::Command,
};

pub use crate::paper::folder;

pub const AS_OF: &str = "2026-04-20T00:00:00Z";

pub fn command_line(arguments: &[&str], files: &[PathBuf]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_sla-statement")).args(arguments).args(files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

pub fn demo_files(name: &str) -> Vec<PathBuf> {
    let folder = folder(name);
    command_line(&["demo", "-o", folder.to_str().unwrap()], &[]);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

pub fn fragment(lang: &str, view: &str) -> String {
    format!("#month=2026-03&lang={lang}&view={view}&as_of={AS_OF}")
}

pub fn verdicts(browser: &Browser) -> Vec<(String, String)> {
    let script = "return [...document.querySelectorAll('[data-guarantee]')].map(own => [own.dataset.guarantee, own.dataset.verdict])";
    let found = browser.run(script);
    let pairs = found.as_array().cloned().unwrap_or_default();
    pairs.iter().map(|pair| (pair[0].as_str().unwrap().to_owned(), pair[1].as_str().unwrap().to_owned())).collect()
}

/// No sheet holds more than fits on it, and pages are numbered through in each copy.
fn check_sheets(browser: &Browser) -> usize {
    let too_full =
        "document.querySelectorAll('.sheet').forEach(own => { own.style.contentVisibility = 'visible'; });
        return [...document.querySelectorAll('.sheet')].filter(own => own.scrollHeight > own.clientHeight + 1
        || own.scrollWidth > own.clientWidth + 1).map(own => own.parentElement.dataset.copy + ' ' + own.dataset.page).join(', ')";
    assert_eq!(browser.run(too_full).as_str(), Some(""), "sheets that are too full");
    let sheets = browser
        .run("return [...document.querySelectorAll('.sheet')].map(own => own.dataset.page + '/' + own.dataset.pages)");
    let sheets: Vec<&str> = sheets.as_array().unwrap().iter().map(|own| own.as_str().unwrap()).collect();
    let pages = sheets.len() / 2;
    let expected: Vec<String> = (0..2).flat_map(|_| (1..=pages).map(move |page| format!("{page}/{pages}"))).collect();
    assert_eq!(sheets, expected);
    assert_eq!(browser.count("[data-part=signatures]"), 2, "a signature block in each copy");
    sheets.len()
}

fn check_paper(pdf: &Pdf, sheets: usize, words: &[&str]) {
    assert_eq!(pdf.pages.len(), sheets, "one page a sheet");
    for (width, height) in &pdf.sizes {
        assert!(width.abs_diff(595) < 2 && height.abs_diff(842) < 2, "A4, not {width} × {height}");
    }
    let text = pdf.text();
    for word in words {
        let bare: String = word.split_whitespace().collect();
        assert!(text.contains(&bare), "`{word}` is missing on paper:\n{text}");
    }
}

/// The last sheet of each copy bears, as a code and in letters, the digest that every sheet begins to tell.
fn check_codes(pdf: &Pdf) {
    let pages = pdf.pages.len() / 2;
    for (text, sheet) in [pages, 2 * pages].map(|sheet| (&pdf.pages[sheet - 1], sheet)) {
        let codes = pdf.codes(sheet);
        let [code] = &codes[..] else { panic!("one code on the last sheet, not {codes:?}") };
        let digest = code.strip_prefix("sla-statement:1;2026-03;HC-2026-0042;").unwrap();
        assert!(digest.len() == "sha256:".len() + 64, "{digest}");
        let bare: String = text.split_whitespace().collect();
        assert!(bare.matches(digest).count() == 2, "in full beside the code and in the foot:\n{text}");
        assert!(pdf.pages.iter().all(|page| page.contains(&digest[..23])), "on every sheet");
    }
}

/// The words that a reader looks for on paper: verdict, amount, capitals, copies, signature block, page numbers.
const PAPER: [(&str, &[&str]); 3] = [
    (
        "zh-Hant",
        &[
            "未達到",
            "3300.00",
            "人民幣叁仟叁佰元整",
            "甲方執",
            "乙方執",
            "甲方(蓋章)",
            "代表人(簽字)",
            "第1頁",
            "sha256:",
        ],
    ),
    (
        "zh-Hans",
        &[
            "未达到",
            "3300.00",
            "人民币叁仟叁佰元整",
            "甲方执",
            "乙方执",
            "甲方(盖章)",
            "代表人(签字)",
            "第1页",
            "sha256:",
        ],
    ),
    ("en", &["Network connectivity guarantee: Breached", "3300.00", "人民幣叁仟叁佰元整", "sha256:", "Page 1 of"]),
];

#[test]
fn from_files_to_paper_in_three_languages() {
    let files = demo_files("paper");
    let browser = Browser::chromium();
    browser.resize(1440, 900).open(&Site::hosted().url(&format!("/{}", fragment("zh-Hant", "overview"))));
    browser.wait_for_state("empty").choose_files(&files).wait_for_state("ready");
    let found = verdicts(&browser);
    assert_eq!(found.len(), 9, "{found:?}");
    assert_eq!(found[0], ("network".into(), "breached".into()));
    assert!(found.contains(&("power".into(), "met".into())), "{found:?}");
    for (lang, words) in PAPER {
        for view in ["overview", "outages", "statement"] {
            browser.run(&format!("location.hash = '{}'", fragment(lang, view)));
            browser.wait_until(&format!("return document.documentElement.lang === '{lang}'"));
            browser.screenshot(&format!("demo-{view}-{lang}"));
        }
        let sheets = check_sheets(&browser);
        let pdf = browser.print_pdf(&format!("demo-{lang}"));
        pdf.draw();
        check_paper(&pdf, sheets, words);
        check_codes(&pdf);
    }
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

/// Text of Chinese Windows, long enough to come in several pieces, which cut its characters.
fn gb18030_rows() -> PathBuf {
    let path = folder("gb18030").join("gb18030.csv");
    let mut out = BufWriter::new(File::create(&path).unwrap());
    out.write_all(b"time,target,status\n").unwrap();
    for step in 0..60_000 {
        write!(out, "{},", 1_772_294_400 + 30 * step).unwrap();
        // 机房一号端口, a character of GBK, one of four bytes, and 正常.
        out.write_all(b"\xbb\xfa\xb7\xbf\xd2\xbb\xba\xc5\xb6\xcb\xbf\xda\xe9F\x95\x34\xb2\x35,\xd5\xfd\xb3\xa3\n")
            .unwrap();
    }
    out.flush().unwrap();
    path
}

#[test]
fn the_saved_result_is_the_command_lines_byte_for_byte() {
    let mut files = demo_files("parity");
    files.push(gb18030_rows());
    let expected = command_line(&["assess", "--month", "2026-03", "--as-of", AS_OF], &files);
    assert!(String::from_utf8_lossy(&expected).contains("机房一号端口镕𠮷"), "the command line decodes it");
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&single_file(&fragment("en", "statement")));
        browser.wait_for_state("empty").choose_files(&files).wait_for_state("ready");
        let save =
            "const button = [...document.querySelectorAll('button')].find(own => own.textContent.includes('(JSON)'));
            if (button) button.click(); return !!button";
        browser.wait_until(save);
        let saved = browser.downloaded("sla-result-HC-2026-0042-2026-03.json");
        assert!(saved == expected, "{engine:?} saved something else than the command line prints");
    }
}

#[test]
fn the_demo_needs_no_file() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&single_file(&format!("?demo{}", fragment("zh-Hant", "overview")))).wait_for_state("ready");
        assert_eq!(verdicts(&browser)[0], ("network".into(), "breached".into()));
        let nameless = "return [...document.querySelectorAll('figure[data-chart]')]
            .filter(own => !own.querySelector('svg[role=img] title') || !own.querySelector('table')).length";
        assert_eq!(browser.run(nameless).as_u64(), Some(0), "every chart has a name and a table");
        assert_eq!(browser.count("figure[data-chart]"), 4, "two charts for each measured guarantee");
        browser.print_pdf(&format!("demo-{engine:?}"));
    }
}

/// A month of five-minute samples of 112 ports: a million rows. Port 7 fails for an hour.
pub fn million_rows(name: &str) -> PathBuf {
    let path = folder(name).join("rack.csv");
    let mut file = BufWriter::new(File::create(&path).unwrap());
    writeln!(file, "time,target,status,latency_ms").unwrap();
    for sample in 0..8_929_i64 {
        let time = 1_772_294_400 + sample * 300;
        for port in 0..112 {
            let status = if port == 7 && (4_000..4_012).contains(&sample) { "down" } else { "up" };
            writeln!(file, "{time},port-{port},{status},{}.5", (sample + port) % 40).unwrap();
        }
    }
    file.flush().unwrap();
    path
}

#[test]
fn a_million_rows_go_to_paper_and_the_page_stays_free() {
    let path = million_rows("million");
    let browser = Browser::chromium();
    browser.open(&Site::hosted().url(&format!("/{}", fragment("zh-Hant", "overview")))).wait_for_state("empty");
    // The page counts its own turns: a page that stands still takes none.
    browser.run("window.turns = 0; setInterval(() => { if (document.documentElement.dataset.state === 'loading') window.turns += 1 }, 20)");
    browser.choose_files(&[&path]).wait_for_state("ready");
    let turns = browser.run("return window.turns").as_u64().unwrap();
    assert!(turns > 5, "the page took {turns} turns while it loaded");
    assert_eq!(verdicts(&browser)[0], ("network".into(), "breached".into()));
    browser.run(&format!("location.hash = '{}'", fragment("zh-Hant", "statement")));
    let sheets = check_sheets(&browser);
    check_paper(&browser.print_pdf("million"), sheets, &["未達到", "1000048"]);
    fs::remove_file(path).ok();
}

#[test]
fn a_file_that_cannot_be_used_leaves_the_case_untouched() {
    let files = demo_files("untouched");
    let broken = folder("broken").join("broken.json");
    fs::write(&broken, r#"{ "schema": "sla-export/1", "contract": { "montly_rent": "1.00" } }"#).unwrap();
    let browser = Browser::chromium();
    browser.open(&Site::hosted().url(&format!("/{}", fragment("en", "overview"))));
    browser.wait_for_state("empty").choose_files(&files).wait_for_state("ready");
    browser.choose_files(&[&broken]).wait_for_state("failed");
    let alert = browser.text("[role=alert]");
    assert!(alert.contains("broken.json") && alert.contains("montly_rent"), "{alert}");
    browser.screenshot("failed");
    browser.click("[role=alert] .quiet-button:last-child").wait_for_state("ready");
    assert_eq!(verdicts(&browser)[0], ("network".into(), "breached".into()));
}

#[test]
fn every_rejected_row_is_counted_and_shown() {
    let path = folder("rejected").join("pings.csv");
    let rows: String = (0..200)
        .map(|row| format!("{},{}\n", 1_772_294_400 + row * 300, if row == 57 { "dwon" } else { "up" }))
        .collect();
    fs::write(&path, format!("time,status\n{rows}")).unwrap();
    let browser = Browser::chromium();
    browser.open(&Site::hosted().url(&format!("/{}", fragment("en", "overview"))));
    browser.wait_for_state("empty").choose_files(&[&path]).wait_for_state("ready");
    browser.run("document.querySelectorAll('details').forEach(own => { own.open = true })");
    let page = browser.text("body");
    for word in ["pings.csv", "59", "dwon", "status"] {
        assert!(page.contains(word), "`{word}` is not shown:\n{page}");
    }
}

#[test]
fn times_without_offset_are_asked_about_and_never_guessed() {
    let path = folder("naive").join("pings.csv");
    let rows: String = (0..100).map(|row| format!("2026-03-02 {:02}:{:02}:00,up\n", row / 12, row % 12 * 5)).collect();
    fs::write(&path, format!("time,status\n{rows}")).unwrap();
    let browser = Browser::chromium();
    browser.open(&Site::hosted().url(&format!("/{}", fragment("en", "overview"))));
    browser.wait_for_state("empty").choose_files(&[&path]).wait_for_state("failed");
    browser.click(".zone-question button[type=submit]").wait_for_state("ready");
    assert_eq!(verdicts(&browser)[0].1, "undetermined", "a few hours of a month decide nothing");
}

#[test]
fn the_page_is_usable_on_a_telephone_and_in_the_dark() {
    let browser = Browser::chromium();
    browser.resize(500, 800).open(&Site::hosted().url("/")).wait_for_state("empty");
    browser.screenshot("empty-narrow");
    browser.open(&Site::hosted().url(&format!("/?demo{}", fragment("zh-Hans", "overview")))).wait_for_state("ready");
    for view in ["overview", "outages", "statement"] {
        browser.run(&format!("location.hash = '{}'", fragment("zh-Hans", view)));
        let wide = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert!(wide.as_i64().unwrap() <= 0, "{view} has to be scrolled sideways");
        browser.screenshot(&format!("narrow-{view}"));
    }
    browser.run("document.documentElement.dataset.theme = 'dark'");
    browser.screenshot("narrow-dark");
}
