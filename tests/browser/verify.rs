//! A statement from somebody else is checked on the page, against the files it was made of.

use crate::{
    harness::{Browser, Engine},
    main_job::{AS_OF, command_line, demo_files, folder},
    site::single_file,
};
use std::{fs, path::PathBuf};

fn result_of(files: &[PathBuf], name: &str) -> PathBuf {
    let path = folder(name).join("from-the-other-party.json");
    fs::write(&path, command_line(&["assess", "--month", "2026-03", "--as-of", AS_OF], files)).unwrap();
    path
}

#[test]
fn a_statement_agrees_with_its_files_whichever_comes_first() {
    let files = demo_files("verify");
    let statement = result_of(&files, "verify-result");
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&single_file("#lang=en")).wait_for_state("empty").choose_files(&[&statement]);
        assert!(browser.text("[data-verified=waiting]").contains("choose the files"));
        browser.choose_files(&files).wait_for_state("ready");
        assert!(browser.text("[data-verified=agrees]").contains("sha256:"));
        assert!(browser.text(".verify").contains("does not prove"), "what a digest is no proof of is said");
        let both: Vec<PathBuf> = files.iter().cloned().chain([statement.clone()]).collect();
        browser
            .open(&single_file("#lang=zh-Hant"))
            .reload()
            .wait_for_state("empty")
            .choose_files(&both)
            .wait_for_state("ready");
        assert!(browser.text("[data-verified=agrees]").contains("from-the-other-party.json 與本頁文件相符"));
    }
}

#[test]
fn every_difference_of_a_statement_is_shown() {
    let files = demo_files("verify-changed");
    let statement = result_of(&files, "verify-changed-result");
    let text = fs::read_to_string(&statement).unwrap();
    let changed =
        text.replacen("\"breached\"", "\"met\"", 1).replacen("\"payable\": \"3300.00\"", "\"payable\": \"0.00\"", 1);
    assert_ne!(text, changed);
    fs::write(&statement, changed).unwrap();
    let browser = Browser::chromium();
    browser.open(&single_file("#lang=en")).wait_for_state("empty").choose_files(&files).wait_for_state("ready");
    browser.choose_files(&[&statement]).wait_for_state("ready");
    let found = browser.text("[data-verified=differs]");
    for line in [
        "guarantees[0].verdict: stated \"met\", computed \"breached\"",
        "remedies.payable: stated \"0.00\", computed \"3300.00\"",
    ] {
        assert!(found.contains(line), "{found}");
    }
    assert_eq!(browser.count("[data-verified=differs] li"), 2);
    browser.resize(500, 900);
    let wide = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert!(wide.as_i64().unwrap() <= 0, "the differences have to be scrolled sideways");
    browser.screenshot("verify-narrow");
}

#[test]
fn a_digest_is_typed_from_paper() {
    let browser = Browser::chromium();
    browser
        .open(&single_file(&format!("?demo#month=2026-03&lang=en&view=verify&as_of={AS_OF}")))
        .wait_for_state("ready");
    let foot = browser.run("return document.querySelector('.sheet > footer > :first-child').textContent");
    let foot = foot.as_str().unwrap().to_owned();
    assert!(foot.contains("sha256:"), "{foot}");
    let digest = &foot[foot.find("sha256:").unwrap()..];
    let said = |text: &str, words: &str| {
        browser.type_into("[name=digest]", text);
        browser.wait_until(&format!("return document.getElementById('verify-typed').textContent.includes('{words}')"));
    };
    said(digest, "16 digits typed are those");
    said("sha256:0123456789abcdef", "This is not the digest");
    said("hello", "at least the first 12");
    browser.screenshot("verify-typed");
}

#[test]
fn what_is_no_whole_result_is_refused_and_the_case_stays() {
    let path = folder("verify-broken").join("result.json");
    fs::write(&path, r#"{"schema":"sla-result/1","month":"March"}"#).unwrap();
    let browser = Browser::chromium();
    browser.open(&single_file(&format!("?demo#month=2026-03&lang=en&as_of={AS_OF}"))).wait_for_state("ready");
    browser.choose_files(&[&path]).wait_for_state("failed");
    assert!(browser.text("[role=alert]").contains("March"));
    browser.click("[role=alert] .quiet-button").wait_for_state("ready");
}

#[test]
fn the_page_shows_whose_software_it_contains() {
    let browser = Browser::chromium();
    browser.open(&single_file("#lang=en")).wait_for_state("empty").click(".about summary").click(".about button");
    browser.wait_until("return document.querySelector('.about pre').textContent.includes('leptos')");
}
