//! A statement as one file: read without scripts, checked by the viewer in it, and saved again.

use crate::{
    harness::{Browser, Engine},
    main_job::{AS_OF, command_line, demo_files, folder, fragment},
    site::{Site, built, single_file},
};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
};

const ENGINES: [Engine; 2] = [Engine::Chromium, Engine::Firefox];
const ASKED: [&str; 4] = ["--month", "2026-03", "--as-of", AS_OF];

/// The report that the command line writes of these files.
pub fn report(name: &str, lang: &str, files: &[PathBuf]) -> PathBuf {
    let viewer = built("sla-statement.html");
    let path = folder(name).join("report.html");
    let named = ["--viewer", viewer.to_str().unwrap(), "-o", path.to_str().unwrap(), "--lang", lang];
    command_line(&[&["report"], &ASKED[..], &named].concat(), files);
    path
}

pub fn address(file: &Path, fragment: &str) -> String {
    format!("file://{}{fragment}", file.display())
}

pub fn click_button(browser: &Browser, said: &str) {
    browser.wait_until(&format!(
        "const button = [...document.querySelectorAll('button')].find(own => own.textContent.includes('{said}'));
        if (button && !button.disabled) button.click(); return !!button && !button.disabled"
    ));
}

#[test]
fn a_report_is_read_and_printed_without_scripts() {
    let file = report("unscripted", "zh-Hant", &demo_files("unscripted-case"));
    for engine in ENGINES {
        let browser = Browser::without_scripts(engine);
        browser.open(&address(&file, ""));
        let pdf = browser.print_pdf(&format!("report-unscripted-{engine:?}"));
        assert!(pdf.pages.len() > 5, "{} pages", pdf.pages.len());
        for (width, height) in &pdf.sizes {
            assert!(width.abs_diff(595) < 2 && height.abs_diff(842) < 2, "A4, not {width} × {height}");
        }
        assert_eq!(pdf.codes(pdf.pages.len()).len(), 1);
        let text = pdf.text();
        assert!(text.contains("3300.00") && !text.contains("JavaScript"), "{engine:?}:\n{text}");
        if engine == Engine::Chromium {
            for word in ["未達到", "人民幣叁仟叁佰元整", "甲方執·乙方執", "甲方(蓋章)"] {
                assert!(text.contains(word), "`{word}` is missing on paper:\n{text}");
            }
        }
    }
}

/// What stands on the sheets of one copy, but for its marks.
const SHEETS: &str =
    "const told = (page, copy) => [...page.querySelectorAll(`[data-copy=${copy}] > .sheet`)].map(sheet => {
    const own = sheet.cloneNode(true);
    own.querySelector('header > :last-child').remove();
    // Hatchings are called by their copy, since ids are unique in a page.
    return own.outerHTML.replace(/(both|customer|provider)-(?=\\d+-)/g, '');
}).join('\\n');";

#[test]
fn the_viewer_in_a_report_shows_the_statement_that_stands_in_it() {
    for (engine, lang) in ENGINES.into_iter().zip(["zh-Hant", "en"]) {
        let files = demo_files(&format!("shows-case-{engine:?}"));
        let file = report(&format!("shows-{engine:?}"), lang, &files);
        let page = fs::read_to_string(&file).unwrap();
        let statement =
            &page[page.find("<section id=sla-statement ").unwrap()..page.find("<script id=\"sla-case\"").unwrap()];
        let browser = Browser::start(engine);
        // The viewer's own page makes no markup of text.
        let written = browser.open("about:blank").run(&format!(
            "{SHEETS} return told(new DOMParser().parseFromString({}, 'text/html'), 'both')",
            Value::from(format!("<!doctype html>{statement}"))
        ));
        browser.open(&address(&file, "")).wait_for_state("ready");
        browser.wait_until("return document.querySelectorAll('.sheet').length > 0");
        assert_eq!(browser.count("#sla-statement"), 0, "the viewer's own statement has taken its place");
        assert_eq!(browser.attribute("html", "lang").as_deref(), Some(lang));
        assert_eq!(
            browser.attribute(".document", "data-on-screen").as_deref(),
            Some("true"),
            "it opens at the statement"
        );
        let same = browser.run(&format!(
            "{SHEETS} const [one, other, live] = [{written}, told(document, 'customer'), told(document, 'provider')];
            if (one === other && other === live) return [one.length > 10000];
            const differs = [...one].findIndex((letter, at) => letter !== other[at] || letter !== live[at]);
            return [one, other, live].map(own => own.slice(differs - 60, differs + 60))"
        ));
        assert_eq!(same, serde_json::json!([true]), "{engine:?}: written, first copy and second copy differ");
        click_button(&browser, "JSON");
        let saved = browser.downloaded("sla-result-HC-2026-0042-2026-03.json");
        let expected = command_line(&[&["assess"], &ASKED[..]].concat(), &files);
        assert!(saved == expected, "{engine:?} saved something else than the command line prints");
        browser.open("about:blank").open(&address(&file, "#lang=zh-Hans&view=overview")).wait_for_state("ready");
        browser.wait_until("return document.documentElement.lang === 'zh-Hans' && !!document.querySelector('[data-guarantee=network]')");
        if engine == Engine::Chromium {
            assert_eq!(browser.console_errors(), Vec::<String>::new());
        }
    }
}

#[test]
fn a_saved_file_is_the_command_lines_byte_for_byte_wherever_it_is_saved() {
    let files = demo_files("saved-case");
    let path = report("saved", "en", &files);
    let expected = fs::read(&path).unwrap();
    for engine in ENGINES {
        let viewers =
            [single_file(&fragment("en", "overview")), Site::hosted().url(&format!("/{}", fragment("en", "outages")))];
        for viewer in viewers {
            let browser = Browser::start(engine);
            browser.open(&viewer).wait_for_state("empty");
            assert_eq!(
                browser.count("a[download]"),
                usize::from(viewer.starts_with("http")),
                "offered where it is not at hand"
            );
            // One after the other: how they came together makes no difference.
            browser.choose_files(&files[2..]).wait_for_state("ready");
            browser.choose_files(&files[..3]).wait_until(
                "return document.querySelectorAll('[data-guarantee]').length > 0 || location.hash.includes('outages')",
            );
            browser.wait_until(
                "return document.documentElement.dataset.state === 'ready' && document.title.includes('2026')",
            );
            check_saved(&browser, &expected);
        }
        let browser = Browser::start(engine);
        browser.open(&address(&path, "")).wait_for_state("ready");
        check_saved(&browser, &expected);
    }
}

fn check_saved(browser: &Browser, expected: &[u8]) {
    browser
        .run("const own = self.slaWorker; self.began = 0; self.slaWorker = () => { self.began += 1; return own(); }");
    click_button(browser, "Save as one file");
    let saved = browser.downloaded("sla-statement-HC-2026-0042-2026-03.html");
    assert_eq!(browser.run("return self.began"), 1, "it is packed beside the page, which goes on answering");
    let differs = saved.iter().zip(expected).position(|(one, other)| one != other);
    assert!(
        saved == expected,
        "{:?}: {} bytes, not {}; first at {differs:?}",
        browser.engine(),
        saved.len(),
        expected.len()
    );
}

#[test]
fn a_report_that_is_not_whole_says_so_and_computes_nothing() {
    let file = report("damaged", "en", &demo_files("damaged-case"));
    let page = fs::read_to_string(&file).unwrap();
    let data = page.find("id=\"sla-data\"").unwrap() + 5_000;
    fs::write(&file, [&page[..data], &page[data + 5..]].concat()).unwrap();
    let browser = Browser::chromium();
    browser.open(&address(&file, "")).wait_for_state("failed");
    let alert = browser.text("[role=alert]");
    assert!(alert.contains("damaged"), "{alert}");
    assert_eq!(browser.count("[data-guarantee]"), 0);
    let first = browser.run("return document.querySelector('[role=alert]').getBoundingClientRect().top < innerHeight");
    assert_eq!(first.as_bool(), Some(true), "said where it is seen, above the statement");
}
