//! Whatever a person does, the focus is on something afterwards; and the whole main job without a mouse.

use crate::{
    harness::{Browser, Engine},
    main_job::{demo_files, fragment, verdicts},
    site::single_file,
};

const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";

/// What has the focus once everything that follows from the last action is done.
fn focus(browser: &Browser) -> String {
    browser.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done(document.activeElement.tagName)))))").as_str().unwrap().to_owned()
}

fn kept(browser: &Browser, after: &str) {
    assert_ne!(focus(browser), "BODY", "{:?}: the focus is lost after: {after}", browser.engine());
}

/// Chooses from a list that has the focus.
fn choose(browser: &Browser, css: &str, value: &str) {
    browser.wait_until(&format!(
        "const own = document.querySelector(\"{css}\");
        own.focus(); own.value = '{value}'; own.dispatchEvent(new Event('change', {{ bubbles: true }})); return true"
    ));
}

/// Uses a control as a keyboard does: it has the focus, then Enter is pressed.
fn enter(browser: &Browser, css: &str) {
    browser.wait_until(&format!(
        "const own = document.querySelector(\"{css}\"); own?.focus(); return document.activeElement === own"
    ));
    browser.press(ENTER);
}

fn never_lost(engine: Engine) {
    let browser = Browser::start(engine);
    browser.open(&single_file(&format!("?demo{}", fragment("en", "agreement")))).wait_for_state("ready");
    browser.run("document.querySelector('details.policy').open = true");
    choose(&browser, "select[name='verdict.basis']", "bounds");
    browser.wait_until("return !!document.querySelector('.proposed')");
    kept(&browser, "a reading is proposed");
    enter(&browser, ".proposed .actions button:nth-of-type(2)");
    browser.wait_until("return !document.querySelector('.proposed')");
    kept(&browser, "the proposal is taken back");
    enter(&browser, ".preferences button");
    browser.wait_until("return !!document.querySelector('.proposed')");
    kept(&browser, "undone");
    enter(&browser, ".preferences button");
    browser.wait_until("return !document.querySelector('.proposed')");
    kept(&browser, "undone once more");
    enter(&browser, ".preferences button");
    browser.wait_for_state("empty");
    browser.wait_until("return document.querySelectorAll('.preferences button').length === 1");
    kept(&browser, "the first choice is undone");
    enter(&browser, ".demo");
    browser.wait_for_state("ready");
    kept(&browser, "the demo is opened again");
    for view in ["overview", "outages", "charts", "statement", "verify", "targets", "outages"] {
        enter(&browser, &format!(".views a[href*='view={view}']"));
        browser.wait_until(&format!("return location.hash.includes('view={view}')"));
        kept(&browser, view);
    }
    choose(&browser, ".filter select[name=target]", "port-2");
    browser.wait_until("return location.hash.includes('target=port-2')");
    kept(&browser, "outages are filtered");
    enter(&browser, ".to-samples");
    browser.wait_until("return !!document.querySelector('.samples')");
    kept(&browser, "the samples of an outage");
    enter(&browser, ".samples-back");
    browser.wait_until("return !document.querySelector('.samples')");
    kept(&browser, "all outages again");
    for step in 0..12 {
        let first = browser.run("return document.querySelector('.month-choice .step').disabled");
        if first == true {
            break;
        }
        assert!(step < 11, "the months end somewhere");
        enter(&browser, ".month-choice .step");
        kept(&browser, "a month back");
    }
    assert_eq!(browser.run("return document.querySelector('.month-choice').contains(document.activeElement)"), true);
    enter(&browser, ".preferences button[aria-haspopup]");
    browser.wait_until("return document.querySelector('dialog.keys').open");
    enter(&browser, "dialog.keys button");
    browser.wait_until("return !document.querySelector('dialog.keys').open");
    kept(&browser, "the sheet of keys is closed");
    enter(&browser, ".actions > .quiet-button");
    browser.wait_for_state("empty");
    kept(&browser, "the case is closed");
    enter(&browser, ".demo");
    browser.wait_for_state("ready");
    kept(&browser, "the demo is opened");
}

#[test]
fn the_focus_is_never_lost_in_chromium() {
    never_lost(Engine::Chromium);
}

#[test]
fn the_focus_is_never_lost_in_firefox() {
    never_lost(Engine::Firefox);
}

/// Goes on by the tabulator until the focus is on what is wanted.
fn tab_to(browser: &Browser, css: &str) {
    for _ in 0..120 {
        if browser.run(&format!("return document.activeElement.matches(\"{css}\")")) == true {
            return;
        }
        browser.tab();
    }
    panic!("{:?}: {css} is not reached by the tabulator", browser.engine());
}

/// Files, month, a reading that is tried, its outage and clause, the statement, print: no mouse, no script.
fn main_job_by_keyboard(engine: Engine) {
    let files = demo_files(&format!("keys-{engine:?}"));
    let browser = Browser::start(engine);
    browser.open(&single_file("#lang=en&as_of=2026-04-20T00:00:00Z")).wait_for_state("empty");
    tab_to(&browser, "input[type=file]");
    // The dialogue that the key opens is the system's own; the driver answers it.
    browser.choose_files(&files).wait_for_state("ready");
    browser.wait_until("return location.hash.includes('month=2026-03')");
    browser.press("p");
    browser.wait_until("return location.hash.includes('month=2026-02')");
    browser.press("n");
    browser.wait_until("return location.hash.includes('month=2026-03')");
    assert_eq!(verdicts(&browser)[0], ("network".into(), "breached".into()));
    tab_to(&browser, ".to-outages");
    browser.press(ENTER);
    browser.wait_until("return location.hash.includes('view=outages')");
    tab_to(&browser, "[data-outage]:has([data-clause]) .to-samples");
    browser.press(ENTER);
    browser.wait_until("return !!document.querySelector('.samples')");
    tab_to(&browser, "[data-outage] .to-clause");
    browser.press(ENTER);
    browser.wait_until("return location.hash.includes('view=agreement')");
    browser.press("1");
    browser.wait_until("return location.hash.includes('view=overview')");
    browser.press("4");
    browser.wait_until("return !!document.querySelector('details.policy')");
    tab_to(&browser, "details.policy summary");
    browser.press(ENTER);
    browser.wait_until("return document.querySelector('details.policy').open");
    tab_to(&browser, "select[name='verdict.basis']");
    browser.press(DOWN);
    // A list that is closed takes the letter at once in one browser, and is left to take it in the other.
    browser.tab();
    browser.wait_until("return !!document.querySelector('.proposed')");
    tab_to(&browser, ".proposed .actions button");
    browser.press("5");
    browser.wait_until("return location.hash.includes('view=statement')");
    browser.wait_until(
        "return [...document.querySelectorAll('.sheet')].every(own => own.textContent.includes('PROPOSAL'))",
    );
    tab_to(&browser, "select[name=extent]");
    browser.press(DOWN);
    browser.tab();
    browser.wait_until("return location.hash.includes('summary')");
    browser.run("window.asked = 0; window.print = () => { window.asked += 1 }");
    for _ in 0..40 {
        if browser.run("return document.activeElement.matches('.actions .primary')") == true {
            break;
        }
        browser.tab_back();
    }
    browser.press(ENTER);
    browser.wait_until("return window.asked === 1");
}

#[test]
fn the_main_job_needs_no_mouse_in_chromium() {
    main_job_by_keyboard(Engine::Chromium);
}

#[test]
fn the_main_job_needs_no_mouse_in_firefox() {
    main_job_by_keyboard(Engine::Firefox);
}
