//! A worker that dies while it reads takes nothing with it.

use crate::{
    harness::{Browser, Engine},
    main_job::{million_rows, verdicts},
    site::single_file,
};

const PLACE: &str = "?demo#month=2026-03&lang=en&as_of=2026-04-20T00:00:00Z";

/// The worker that reads is the first to start; the second one takes the fingerprints of large files.
const READING: usize = 0;
const FINGERPRINTS: usize = 1;

/// Has a worker that starts from now on die soon after the first word of the one that reads: `how` is done to `worker`.
fn let_worker_die(browser: &Browser, which: usize, how: &str) {
    browser.run(&format!(
        "const own = window.wrappedJSObject || window, start = own.slaWorker, started = [];
        const die = worker => {{ {how} }};
        const replacement = () => {{
            const worker = start();
            started.push(worker);
            if (started.length === 1)
                worker.addEventListener('message', () => setTimeout(() => die(started[{which}]), 20), {{ once: true }});
            return worker;
        }};
        own.slaWorker = typeof exportFunction === 'function' ? exportFunction(replacement, own) : replacement;"
    ));
}

#[test]
fn a_worker_that_breaks_down_is_told_and_the_case_stays() {
    let path = million_rows("broken-worker");
    for (engine, which) in [
        (Engine::Chromium, READING),
        (Engine::Chromium, FINGERPRINTS),
        (Engine::Firefox, READING),
        (Engine::Firefox, FINGERPRINTS),
    ] {
        let browser = Browser::start(engine);
        browser.open(&single_file(PLACE)).wait_for_state("ready");
        let before = verdicts(&browser);
        let how = "worker.terminate(); worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory', cancelable: true }))";
        let_worker_die(&browser, which, how);
        browser.choose_files(&[&path]).wait_for_state("failed");
        let alert = browser.text("[role=alert]");
        assert!(alert.contains("out of memory") && alert.contains("sla-statement"), "{engine:?}: {alert}");
        browser.click("[role=alert] .quiet-button").wait_for_state("ready");
        assert_eq!(verdicts(&browser), before, "{engine:?}");
    }
    std::fs::remove_file(path).ok();
}

#[test]
fn a_worker_that_dies_without_a_word_can_be_given_up() {
    let path = million_rows("silent-worker");
    for which in [READING, FINGERPRINTS] {
        let browser = Browser::chromium();
        browser.open(&single_file(PLACE)).wait_for_state("ready");
        let before = verdicts(&browser);
        let_worker_die(&browser, which, "worker.terminate()");
        browser.choose_files(&[&path]).wait_for_state("loading");
        browser.click(".loading button").wait_for_state("ready");
        assert_eq!(verdicts(&browser), before);
    }
    std::fs::remove_file(path).ok();
}
