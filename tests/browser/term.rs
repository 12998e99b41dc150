//! The months of the term are assessed while the page goes on answering.

use crate::{harness::Browser, main_job::million_rows, site::single_file};
use std::fs;

const DONE: &str = "return document.querySelectorAll('figure[data-chart=term-overview]').length > 0";

fn address(view: &str) -> String {
    format!("#month=2026-03&lang=en&view={view}&as_of=2026-04-20T00:00:00Z")
}

#[test]
fn the_term_can_be_given_up_and_gone_on_with_and_is_assessed_once() {
    let path = million_rows("term");
    let browser = Browser::chromium();
    browser.open(&single_file(&address("overview"))).wait_for_state("empty");
    browser.choose_files(&[&path]).wait_for_state("ready");
    // The button is used in the very turn in which it comes, whatever the machine's speed.
    browser.run(
        "window.given = [];
        new MutationObserver(() => {
            const button = document.querySelector('.term-progress button');
            if (button && !window.given.length) { button.focus(); window.given.push(button.textContent); button.click(); }
        }).observe(document.body, { childList: true, subtree: true })",
    );
    browser.run(&format!("location.hash = '{}'", address("charts")));
    browser.wait_until(
        "return document.querySelector('.term-progress [role=status]')?.textContent.startsWith('Given up after')",
    );
    let said = browser.text(".term-progress [role=status]");
    assert!(said.contains("of 12 months"), "{said}");
    assert_eq!(browser.run("return document.querySelectorAll('figure[data-chart=term-overview]').length"), 0);
    assert_eq!(browser.run("return document.activeElement.textContent"), "Go on", "the focus stays where it was");
    browser.press("\u{e007}"); // Enter
    browser.wait_until(DONE);
    assert_ne!(browser.run("return document.activeElement.tagName"), "BODY", "the button is gone, the focus is not");
    let rows = browser.run("return document.querySelectorAll('figure[data-chart=term-overview] tbody tr').length");
    assert_eq!(rows, 12);
    browser.run(&format!("location.hash = '{}'", address("overview")));
    browser.wait_until("return !!document.querySelector('.cards')");
    browser.run("window.again = 0; new MutationObserver(() => { window.again += document.querySelectorAll('.term-progress').length })
        .observe(document.body, { childList: true, subtree: true })");
    browser.run(&format!("location.hash = '{}'", address("charts")));
    browser.wait_until(DONE);
    assert_eq!(browser.run("return window.again"), 0, "what was assessed is kept");
    fs::remove_file(path).ok();
}
