//! The page without a mouse: keys that do what their sheet says, and a focus that is never lost.

use crate::{
    harness::{Browser, Engine},
    site::{Site, single_file},
};
use std::path::Path;

const CASE: &str = "?demo#month=2026-03&lang=en&view=overview&as_of=2026-04-20T00:00:00Z";

fn opened(engine: Engine) -> Browser {
    let browser = Browser::start(engine);
    browser.open(&single_file(CASE)).wait_for_state("ready");
    browser
}

fn in_view(browser: &Browser, view: &str) {
    browser.wait_until(&format!("return location.hash.includes('view={view}')"));
}

/// A key with Ctrl, as an event of the page: the browser's own answer to it would leave the page.
fn press_with_ctrl(browser: &Browser, key: &str) {
    browser.run(&format!(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', ctrlKey: true, bubbles: true, cancelable: true }}))"
    ));
}

fn keys_do_what_their_sheet_says(engine: Engine) {
    let browser = opened(engine);
    browser.press("2");
    in_view(&browser, "outages");
    browser.press("1");
    in_view(&browser, "overview");
    browser.press("p");
    browser.wait_until("return location.hash.includes('month=2026-02')");
    browser.press("n");
    browser.wait_until("return location.hash.includes('month=2026-03')");
    press_with_ctrl(&browser, "z");
    browser.wait_until("return location.hash.includes('month=2026-02')");
    press_with_ctrl(&browser, "z");
    browser.wait_until("return location.hash.includes('month=2026-03')");
    browser.run(
        "window.asked = []; window.print = () => window.asked.push('print');
        document.querySelector('input[type=file]').click = () => window.asked.push('files')",
    );
    press_with_ctrl(&browser, "p");
    press_with_ctrl(&browser, "o");
    browser.wait_until("return window.asked.join(' ') === 'print files'");
}

#[test]
fn keys_do_what_their_sheet_says_in_chromium() {
    keys_do_what_their_sheet_says(Engine::Chromium);
}

#[test]
fn keys_do_what_their_sheet_says_in_firefox() {
    keys_do_what_their_sheet_says(Engine::Firefox);
}

fn the_sheet_keeps_the_focus_and_gives_it_back(engine: Engine) {
    let browser = opened(engine);
    browser.run("document.querySelector('.month-choice select').focus()");
    browser.run("document.querySelector('.preferences button[aria-haspopup]').focus()");
    browser.press("?");
    browser.wait_until("return document.querySelector('dialog.keys').open");
    assert!(browser.texts("dialog.keys kbd").len() >= 8, "the sheet names the keys");
    for _ in 0..6 {
        browser.press("\u{e004}"); // Tab
        let inside =
            "return document.activeElement === document.body || !!document.activeElement.closest('dialog.keys')";
        assert_eq!(browser.run(inside), true, "the focus has left the open sheet");
    }
    browser.press("2");
    in_view(&browser, "overview");
    browser.press("\u{e00c}"); // Escape
    browser.wait_until("return !document.querySelector('dialog.keys').open");
    assert_eq!(browser.run("return document.activeElement.getAttribute('aria-haspopup')"), "dialog");
}

#[test]
fn the_sheet_keeps_the_focus_and_gives_it_back_in_chromium() {
    the_sheet_keeps_the_focus_and_gives_it_back(Engine::Chromium);
}

#[test]
fn the_sheet_keeps_the_focus_and_gives_it_back_in_firefox() {
    the_sheet_keeps_the_focus_and_gives_it_back(Engine::Firefox);
}

fn the_menu_of_what_can_be_saved_needs_no_mouse(engine: Engine) {
    let browser = opened(engine);
    let open = |open: bool| browser.wait_until(&format!("return document.querySelector('.menu').open === {open}"));
    press_with_ctrl(&browser, "s");
    open(true);
    assert_eq!(browser.run("return document.activeElement.tagName"), "SUMMARY");
    browser.press("\u{e004}"); // Tab
    assert_eq!(browser.run("return document.activeElement.textContent.includes('(JSON)')"), true);
    browser.press("\u{e00c}"); // Escape
    open(false);
    assert_eq!(browser.run("return document.activeElement.tagName"), "SUMMARY");
    browser.press("\u{e007}"); // Enter
    open(true);
    for _ in 0..4 {
        browser.press("\u{e004}");
    }
    open(false);
    browser.click(".menu summary");
    open(true);
    browser.click("main");
    open(false);
}

#[test]
fn the_menu_of_what_can_be_saved_needs_no_mouse_in_chromium() {
    the_menu_of_what_can_be_saved_needs_no_mouse(Engine::Chromium);
}

#[test]
fn the_menu_of_what_can_be_saved_needs_no_mouse_in_firefox() {
    the_menu_of_what_can_be_saved_needs_no_mouse(Engine::Firefox);
}

#[test]
fn what_a_target_counts_as_is_taken_back_once_by_either_way() {
    let browser = Browser::chromium();
    let pings = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/samples-csv/rfc3339.csv");
    browser.open(&single_file("#lang=en")).wait_for_state("empty").choose_files(&[pings]).wait_for_state("ready");
    browser.press("7");
    in_view(&browser, "targets");
    let ways = "button[data-action=undo]";
    let counts = |port: &str, as_what: &str| {
        browser.wait_until(&format!(
            "return document.querySelector('tr[data-target={port}] select[name=counts-as]').value === '{as_what}'"
        ));
    };
    let ignore = |port: &str| {
        browser.select(&format!("tr[data-target={port}] select[name=counts-as]"), "ignored");
        counts(port, "ignored");
    };
    ignore("port-1");
    ignore("port-2");
    press_with_ctrl(&browser, "z");
    counts("port-2", "");
    counts("port-1", "ignored");
    ignore("port-2");
    browser.select("select[name=language]", "zh-Hans");
    browser.wait_until("return document.documentElement.lang === 'zh-Hans'");
    browser.click(ways);
    counts("port-2", "");
    press_with_ctrl(&browser, "z");
    browser.wait_until("return document.documentElement.lang === 'en'");
    counts("port-2", "");
    counts("port-1", "ignored");
    press_with_ctrl(&browser, "z");
    counts("port-1", "");
    assert_eq!(browser.attribute(ways, "disabled").as_deref(), Some("true"), "nothing of it is left");
}

#[test]
fn single_keys_can_be_turned_off_and_never_disturb_writing() {
    let browser = opened(Engine::Chromium);
    browser.run("document.querySelector('input[name=as_of]').focus()");
    browser.press("2");
    assert!(browser.run("return location.hash").as_str().unwrap().contains("view=overview"));
    browser.run("document.activeElement.blur()");
    browser.press("?").wait_until("return document.querySelector('dialog.keys').open");
    browser.click("dialog.keys input[name=single_keys]").press("\u{e00c}");
    browser.wait_until("return !document.querySelector('dialog.keys').open");
    browser.press("2");
    assert!(browser.run("return location.hash").as_str().unwrap().contains("view=overview"));
}

#[test]
fn the_focus_goes_on_where_what_had_it_is_gone() {
    let browser = opened(Engine::Chromium);
    let closes = "[...document.querySelectorAll('.actions button')].at(-1)";
    browser.run(&format!("{closes}.focus(); {closes}.click()"));
    browser.wait_for_state("empty");
    browser.wait_until("return document.activeElement.id === 'main'");
    press_with_ctrl(&browser, "z");
    browser.wait_for_state("ready");
    assert!(browser.run("return location.hash").as_str().unwrap().contains("month=2026-03"), "the case is there again");
}

/// Every view, and the samples of an outage.
const PLACES: [&str; 8] = [
    "overview",
    "outages",
    "outages&outage=port-1%402026-03-24T15%3A50%3A02Z",
    "charts",
    "agreement",
    "statement",
    "verify",
    "targets",
];

/// A page as wide as a small telephone, or one of 1280 pixels enlarged four times, or twice. Browsers make no window so narrow.
#[test]
fn no_view_is_scrolled_sideways_at_320_pixels_nor_enlarged_twice_nor_on_a_tablet() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        let site = Site::hosted_without_headers();
        for language in ["zh-Hant", "zh-Hans", "en"] {
            for view in PLACES {
                // A page of the same site that allows frames: there is none of that name.
                browser.open("about:blank").open(&site.url("/frame.html"));
                let place = format!("/?demo#month=2026-03&lang={language}&view={view}&as_of=2026-04-20T00:00:00Z");
                browser.run(&format!(
                    "document.body.innerHTML = '<iframe src=\"{place}\" style=\"width: 320px; height: 640px; border: 0\"></iframe>'"
                ));
                browser.wait_until(
                    "return document.querySelector('iframe').contentDocument?.documentElement?.dataset.state === 'ready'",
                );
                for width in [320, 640, 768, 900] {
                    // The bar that Firefox scrolls by takes no part of the pixels.
                    let wide = browser.run(&format!(
                        "const frame = document.querySelector('iframe'), root = frame.contentDocument.documentElement;
                        frame.style.width = '{width}px';
                        frame.style.width = `${{2 * {width} - root.clientWidth}}px`;
                        return root.scrollWidth - root.clientWidth"
                    ));
                    let wide = wide.as_i64().unwrap();
                    assert!(wide <= 0, "{engine:?}: {view} in {language} is {wide} pixels too wide at {width}");
                }
            }
        }
    }
}
