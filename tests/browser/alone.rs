//! One file in an empty folder, opened without a network, does the whole job.

use crate::{
    harness::{Browser, Engine},
    main_job::{AS_OF, command_line, demo_files, folder, fragment, verdicts},
    report::{address, report},
    site::{Site, built},
};
use std::{
    fs,
    path::{Path, PathBuf},
};

const SAVED: &str = "sla-statement-HC-2026-0042-2026-03.html";
const RESULT: &str = "sla-result-HC-2026-0042-2026-03.json";

/// A copy in a folder that holds nothing else.
fn alone(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder(name).join("march.html");
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn the_file_alone_does_the_whole_job_without_a_network() {
    let files = demo_files("alone-case");
    let written = fs::read(report("alone-report", "en", &files)).unwrap();
    let result = command_line(&["assess", "--month", "2026-03", "--as-of", AS_OF], &files);
    let viewer = fs::read(built("sla-statement.html")).unwrap();
    let site = Site::hosted();
    for engine in [Engine::Chromium, Engine::Firefox] {
        // The viewer makes the file of its own demo case, ...
        let browser = Browser::without_network(engine);
        assert!(!browser.reaches(&site.url("/")), "{engine:?} has a network");
        let path = alone(&format!("alone-viewer-{engine:?}"), &viewer);
        browser.open(&address(&path, &format!("?demo{}", fragment("en", "overview")))).wait_for_state("ready");
        save(&browser, 2);
        let saved = browser.downloaded(SAVED);
        assert!(saved == written, "{engine:?}: {} bytes, the command line writes {}", saved.len(), written.len());
        drop(browser);
        // ... and that file is all that somebody else needs.
        let browser = Browser::without_network(engine);
        let path = alone(&format!("alone-{engine:?}"), &saved);
        browser.open(&address(&path, "")).wait_for_state("ready");
        see(&browser, &path);
        check(&browser, &result);
        save(&browser, 2);
        assert!(browser.downloaded(SAVED) == written, "{engine:?}: saved again it is the same file");
        if engine == Engine::Chromium {
            assert_eq!(browser.console_errors(), Vec::<String>::new());
        }
    }
    assert_eq!(site.asked(), Vec::<String>::new());
}

/// By the menu, as a person does: a browser lets scripts save one file and no second.
fn save(browser: &Browser, item: usize) {
    browser.click(".menu summary").click(&format!(".menu-items button:nth-of-type({item})"));
}

/// Verdict, outage, chart, and paper.
fn see(browser: &Browser, path: &Path) {
    let engine = browser.engine();
    browser.run(&format!("location.hash = '{}'", fragment("en", "overview")));
    browser.wait_until("return document.querySelectorAll('[data-guarantee]').length > 0");
    assert_eq!(verdicts(browser)[0], ("network".into(), "breached".into()), "{engine:?}");
    assert_eq!(browser.count("figure[data-chart]"), 4, "{engine:?}: two charts for each measured guarantee");
    browser.run(&format!("location.hash = '{}'", fragment("en", "outages")));
    browser.wait_until("return document.querySelectorAll('[data-outage]').length === 7");
    browser.run(&format!("location.hash = '{}'", fragment("en", "statement")));
    browser.wait_until("return document.querySelectorAll('.sheet').length > 0");
    let pdf = browser.print_pdf(&format!("alone-{engine:?}"));
    assert_eq!(pdf.pages.len(), browser.count(".sheet"), "{engine:?}: one page a sheet");
    let codes = pdf.codes(pdf.pages.len());
    assert!(
        codes.len() == 1 && codes[0].starts_with("sla-statement:1;2026-03;HC-2026-0042;sha256:"),
        "{engine:?}: {codes:?}"
    );
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "{engine:?} wrote beside the file");
}

/// The saved result is that of the command line, and agrees when it is given back.
fn check(browser: &Browser, result: &[u8]) {
    let engine = browser.engine();
    save(browser, 1);
    let saved = browser.downloaded(RESULT);
    assert!(saved == result, "{engine:?} saved another result than the command line prints");
    let given = folder(&format!("alone-result-{engine:?}")).join("result.json");
    fs::write(&given, saved).unwrap();
    browser.choose_files(&[&given]);
    assert!(browser.text("[data-verified=agrees]").contains("sha256:"), "{engine:?}");
    browser.wait_for_state("ready");
}
