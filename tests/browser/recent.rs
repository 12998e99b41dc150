//! Files that were opened before: remembered where a person asks for it, by name, size and digest, and by nothing else.

use crate::{harness::Browser, main_job::folder, site::Site};
use std::fs;

const KEY: &str = "sla-statement.recent";

fn kept(browser: &Browser) -> Option<String> {
    browser.run(&format!("return localStorage.getItem('{KEY}')")).as_str().map(str::to_owned)
}

fn pings(month: u32) -> String {
    let rows: String =
        (0..200).map(|row| format!("2026-0{month}-02T{:02}:{:02}:00Z,up\n", row / 12, row % 12 * 5)).collect();
    format!("time,status\n{rows}")
}

fn close(browser: &Browser) {
    browser.run("[...document.querySelectorAll('.actions button')].at(-1).click()");
    browser.wait_for_state("empty");
}

#[test]
fn a_file_is_remembered_only_where_that_is_asked_for_and_never_what_it_holds() {
    let path = folder("recent").join("pings 1 月.csv");
    fs::write(&path, pings(3)).unwrap();
    let browser = Browser::chromium();
    browser.open(&Site::hosted().url("/#lang=en")).wait_for_state("empty");
    browser.choose_files(&[&path]).wait_for_state("ready");
    assert_eq!(kept(&browser), None, "nobody asked for it");
    close(&browser);
    browser.click("input[name=recent]");
    browser.wait_until("return document.querySelector('.recent').textContent.includes('Nothing is remembered yet')");
    browser.choose_files(&[&path]).wait_for_state("ready");
    assert!(!browser.text(".files-read").contains("before"), "it was not remembered then");
    let line = kept(&browser).unwrap();
    let parts: Vec<&str> = line.trim_end().splitn(3, ' ').collect();
    assert_eq!(
        (parts[0].len(), parts[1], parts[2]),
        (64, "4812", "pings 1 月.csv"),
        "digest, size and name, nothing else"
    );
    let all = browser.run("return Object.keys(localStorage).map(key => localStorage[key]).join('')");
    assert!(!all.as_str().unwrap().contains("2026-03"), "{all}");

    browser.reload().wait_for_state("empty");
    assert!(browser.text(".recent").contains("pings 1 月.csv"));
    browser.screenshot("recent");
    browser.choose_files(&[&path]).wait_for_state("ready");
    browser.run("document.querySelector('.files-read').open = true");
    assert!(browser.text(".files-read").contains("opened before, unchanged"));
    close(&browser);
    fs::write(&path, pings(4)).unwrap();
    browser.choose_files(&[&path]).wait_for_state("ready");
    assert!(browser.text(".files-read summary").contains("1 differ from"), "it is said where everybody sees it");
    close(&browser);
    browser.click(".recent .quiet-button");
    browser.wait_until("return document.querySelectorAll('.recent li').length === 0");
    assert_eq!(kept(&browser).as_deref(), Some(""));
    assert_eq!(browser.run("return document.activeElement.name"), "recent", "the focus stays beside it");
    browser.click("input[name=recent]");
    browser.wait_until(&format!("return localStorage.getItem('{KEY}') === null"));
}

#[test]
fn a_browser_that_stores_nothing_says_so_and_reads_files_all_the_same() {
    let path = folder("recent-none").join("pings.csv");
    fs::write(&path, pings(3)).unwrap();
    let browser = Browser::chromium();
    browser.open(&Site::hosted().url("/#lang=en")).wait_for_state("empty");
    browser.run("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })");
    browser.click("input[name=recent]");
    browser.wait_until("return document.querySelector('.recent').textContent.includes('stores nothing')");
    browser.wait_until("return !document.querySelector('input[name=recent]').checked");
    browser.choose_files(&[&path]).wait_for_state("ready");
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}
