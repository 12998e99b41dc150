//! What comes in, what is given up half-way, and what would be lost.

use crate::{
    harness::{Browser, Engine},
    main_job::{folder, fragment, million_rows, verdicts},
    site::{Site, built, single_file},
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

fn pings(name: &str) -> PathBuf {
    let path = folder(name).join("pings.csv");
    let rows: String = (0..8_929).map(|row| format!("{},up\n", 1_772_294_400 + row * 300)).collect();
    fs::write(&path, format!("time,status\n{rows}")).unwrap();
    path
}

/// Files are kept that were read before the rest was given up. The worker stops for ever once the first file is done, so
/// that the rest is under way whenever the test gets to it.
fn what_was_read_is_kept(engine: Engine) {
    let (small, large) = (pings("kept-small"), million_rows("kept-large"));
    let browser = Browser::start(engine);
    browser.open(&single_file(&fragment("en", "overview"))).wait_for_state("empty");
    browser.run(
        "const own = window.wrappedJSObject || window, start = own.slaWorker;
        const replacement = () => {
            const worker = start();
            // A report of progress is a few bytes; that of a file carries its record.
            worker.addEventListener('message', event => { if (event.data.byteLength > 200) worker.terminate(); });
            return worker;
        };
        own.slaWorker = typeof exportFunction === 'function' ? exportFunction(replacement, own) : replacement;",
    );
    browser.choose_files(&[&small, &large]).wait_for_state("loading");
    browser.wait_until("return document.querySelector('.progress')?.ariaValueText?.includes('8,929')");
    browser.click(".loading button").wait_for_state("failed");
    let alert = browser.text("[role=alert]");
    assert!(alert.contains("given up"), "{engine:?}: {alert}");
    assert_ne!(browser.run("return document.activeElement.tagName"), "BODY", "{engine:?}");
    browser.click("[role=alert] .alert-ways button").wait_for_state("ready");
    assert_eq!(verdicts(&browser)[0], ("network".into(), "met".into()), "{engine:?}: the first file counts");
    let files = browser.text(".files-read summary");
    assert!(files.contains("8,929"), "{engine:?}: {files}");
    fs::remove_file(large).ok();
}

#[test]
fn what_was_read_before_the_rest_was_given_up_is_kept_in_chromium() {
    what_was_read_is_kept(Engine::Chromium);
}

#[test]
fn what_was_read_before_the_rest_was_given_up_is_kept_in_firefox() {
    what_was_read_is_kept(Engine::Firefox);
}

/// Browsers hand out whole megabytes, and the last bytes of a file together with the word that they are the last, or not.
fn every_row_of_a_file_is_read_whatever_its_size(engine: Engine) {
    let folder = folder("sizes");
    // Lines of sixteen bytes: a megabyte, five, and five and a line. Long files are hashed in a worker of their own.
    let files: Vec<PathBuf> = [1 << 16, 5 << 16, (5 << 16) + 1]
        .into_iter()
        .enumerate()
        .map(|(number, lines)| {
            let rows: String = (1..lines).map(|row| format!("{},down\n", 1_772_294_400 + row)).collect();
            let path = folder.join(format!("pings-{number}.csv"));
            fs::write(&path, format!("time,status    \n{rows}")).unwrap();
            path
        })
        .collect();
    let browser = Browser::start(engine);
    browser.open(&single_file(&fragment("en", "overview"))).wait_for_state("empty");
    browser.choose_files(&files).wait_for_state("ready");
    let read = browser.text(".files-read summary");
    assert!(read.contains("720,894"), "{engine:?}: {read}");
    fs::remove_dir_all(folder).ok();
}

#[test]
fn every_row_of_a_file_is_read_whatever_its_size_in_chromium() {
    every_row_of_a_file_is_read_whatever_its_size(Engine::Chromium);
}

#[test]
fn every_row_of_a_file_is_read_whatever_its_size_in_firefox() {
    every_row_of_a_file_is_read_whatever_its_size(Engine::Firefox);
}

/// Whether the page asks the browser to warn before it is left.
fn warns(browser: &Browser) -> bool {
    let asks = "const event = new Event('beforeunload', { cancelable: true }); window.dispatchEvent(event); return event.defaultPrevented";
    browser.run(asks).as_bool().unwrap()
}

#[test]
fn leaving_is_warned_of_where_something_would_be_lost_and_only_there() {
    let path = pings("warned");
    let browser = Browser::chromium();
    browser.open(&single_file(&fragment("en", "overview"))).wait_for_state("empty");
    assert!(!warns(&browser), "nothing is open");
    browser.choose_files(&[&path]).wait_for_state("ready");
    assert!(warns(&browser), "files that a person chose");
    browser.run("[...document.querySelectorAll('.actions button')].at(-1).click()");
    browser.wait_for_state("empty");
    assert!(!warns(&browser), "the case was closed");

    browser.open(&single_file(&format!("?demo{}", fragment("en", "agreement")))).wait_for_state("ready");
    assert!(!warns(&browser), "the address brings the demo back");
    browser.run("document.querySelector('details.policy').open = true");
    browser.select("select[name='verdict.basis']", "bounds");
    browser.wait_until("return !!document.querySelector('.proposed')");
    assert!(warns(&browser), "a proposal that stands nowhere else");
    browser.click(".preferences button");
    browser.wait_until("return !document.querySelector('.proposed')");
    assert!(!warns(&browser), "it was taken back");
    let (site, _) = site();
    let place = site.url(&format!("/?case=ports.csv{}", fragment("en", "targets")));
    browser.open(&place).wait_for_state("ready");
    assert!(!warns(&browser), "the address brings the file back");
    browser.select("tr[data-target=port-2] select[name=counts-as]", "ignored");
    browser.wait_until("return document.querySelector('tr[data-target=port-2] select').value === 'ignored'");
    assert!(warns(&browser), "what was said of a target");
}

/// The hosted page beside exports of its server.
fn site() -> (Site, PathBuf) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let folder = folder(&format!("case-of-the-address-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
    for entry in
        fs::read_dir(built("index.html").parent().unwrap()).unwrap().flatten().filter(|own| own.path().is_file())
    {
        fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    let name = COUNT.fetch_add(1, Ordering::Relaxed);
    fs::copy(pings(&format!("case-pings-{name}")), folder.join("pings.csv")).unwrap();
    let ports = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/samples-csv/rfc3339.csv");
    fs::copy(ports, folder.join("ports.csv")).unwrap();
    (Site::serve(&folder), folder)
}

#[test]
fn what_the_address_names_and_does_not_come_says_why() {
    let (site, folder) = site();
    let other = Site::serve(&folder);
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        let place = fragment("en", "overview");
        browser.open(&site.url(&format!("/?case=pings.csv{place}"))).wait_for_state("ready");
        assert_eq!(verdicts(&browser)[0], ("network".into(), "met".into()), "{engine:?}");
        other.asked();
        let elsewhere = other.url("/pings.csv");
        browser.open("about:blank").open(&site.url(&format!("/?case={elsewhere}{place}"))).wait_for_state("failed");
        let alert = browser.text("[role=alert]");
        assert!(alert.contains(&elsewhere) && alert.contains("the server that the page itself comes from"), "{alert}");
        assert_eq!(other.asked(), Vec::<String>::new(), "{engine:?} asked another server");
        browser.open("about:blank").open(&site.url(&format!("/?case=missing.csv{place}"))).wait_for_state("failed");
        let alert = browser.text("[role=alert]");
        assert!(alert.contains("missing.csv") && alert.contains("404"), "{engine:?}: {alert}");
        browser.open("about:blank").open(&single_file(&format!("?case=pings.csv{place}"))).wait_for_state("failed");
        assert!(browser.text("[role=alert]").contains("the server that the page itself comes from"), "{engine:?}");
    }
}
