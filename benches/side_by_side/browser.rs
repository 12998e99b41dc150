//! In Chromium: from the moment a file is chosen to the moment the figures are there. This program shows its statement by
//! then; the others have added up the downtime of each target.

use std::{fs, path::Path, thread, time::Duration};

use serde_json::json;

use crate::{Measured, agrees, data::Truth, harness::Browser, native::figures_of_result, root, site::Site};

/// This program first; `nothing` only reads the file.
pub const READERS: [&str; 6] = ["sla-statement", "nothing", "udsv", "papaparse", "d3", "duckdb"];

/// The same for samples as JSON lines, and as an answer of Prometheus.
pub const JSON_LINES: [&str; 2] = ["sla-statement", "json-lines"];
pub const PROMETHEUS: [&str; 2] = ["sla-statement", "json"];

/// Reads the file once; `None` where the reader is missing or finds something else than the truth.
pub fn read(name: &str, file: &Path, truth: &Truth) -> Option<Measured> {
    let browser = Browser::chromium();
    let own = name == "sla-statement";
    if own {
        let place = "/#month=2026-03&lang=en&as_of=2026-05-01T00:00:00Z";
        browser.open(&Site::hosted().url(place)).wait_for_state("empty");
        browser.run(CLOCK);
    } else {
        browser.open(&peers().url(&format!("/page.html?reader={name}"))).wait_for_state("ready");
    }
    let before = renderer_kib();
    browser.choose_files(&[file]);
    let finished = if own {
        browser.wait_until("return window.finished")
    } else {
        browser.wait_until("return window.outcome && window.outcome.ms || (window.outcome && -1)")
    };
    let kib = renderer_kib().saturating_sub(before);
    let found = if own {
        browser.run("[...document.querySelectorAll('button')].find(own => own.textContent.includes('(JSON)')).click()");
        let saved = browser.downloaded("sla-result-2026-03.json");
        figures_of_result(&serde_json::from_slice(&saved).unwrap())
    } else {
        browser.run("return window.outcome")
    };
    let ms = finished.as_f64()?;
    let unanswered_ms = browser.run("return window.unanswered").as_f64();
    let read_ms = browser.run("return window.told").as_f64();
    let shown = own && file.extension().is_some_and(|ending| ending == "csv");
    let unanswered_later_ms = shown.then(|| walk_through(&browser)).flatten();
    let agrees =
        name == "nothing" && found["bytes"] == json!(fs::metadata(file).unwrap().len()) || agrees(name, &found, truth);
    agrees.then_some(Measured { ms, kib, unanswered_ms, unanswered_later_ms, read_ms })
}

/// The longest turn while every view is shown, and while the month is assessed once more.
fn walk_through(browser: &Browser) -> Option<f64> {
    browser.run("window.finished = 0; window.unanswered = 0; window.again()");
    let places =
        ["outages", "charts", "agreement", "targets", "statement", "overview"].map(|view| format!("view={view}"));
    for place in places.into_iter().chain(["view=overview&as_of=2026-05-02T00:00:00Z".to_owned()]) {
        browser.run(&format!("location.hash = '#month=2026-03&lang=en&{place}'"));
        // What is drawn in turns begins once the address is followed.
        thread::sleep(Duration::from_millis(200));
        browser.wait_for_state("ready");
        browser.wait_until("return !document.querySelector('[aria-busy=true], .term-progress')");
    }
    browser.run("window.finished = 1; return window.unanswered").as_f64()
}

/// From the choice of files to the state `ready`, with the longest time in between that the page took for one turn, and
/// when its workers said the last thing.
const CLOCK: &str = "
    const page = document.documentElement;
    const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');
    Object.defineProperty(MessageEvent.prototype, 'data', {
      get() {
        window.told = performance.now() - window.begun;
        return data.get.call(this);
      },
    });
    let turn;
    const turns = () => {
      const now = performance.now();
      window.unanswered = Math.max(window.unanswered, now - turn);
      turn = now;
      if (!window.finished) setTimeout(turns);
    };
    window.again = () => {
      turn = performance.now();
      setTimeout(turns);
    };
    document.addEventListener('change', () => {
      window.begun = performance.now();
      window.unanswered = 0;
      window.again();
    }, { capture: true, once: true });
    new MutationObserver(() => {
      if (page.dataset.state === 'ready' && window.begun && window.finished === undefined) window.finished = performance.now() - window.begun;
    }).observe(page, { attributes: true, attributeFilter: ['data-state'] });";

/// The page of the peers, with their libraries beside it.
fn peers() -> Site {
    let folder = root().join(".tools/bench");
    fs::copy(crate::peer("page.html"), folder.join("page.html")).expect("`make bench` installs the peers");
    Site::serve(&folder)
}

/// The most memory that the largest renderer has taken so far.
fn renderer_kib() -> u64 {
    thread::sleep(Duration::from_millis(100));
    let processes = fs::read_dir("/proc").unwrap().flatten().map(|entry| entry.path());
    let renderers = processes.filter(|process| {
        let line = fs::read(process.join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains("--type=renderer")
    });
    renderers.filter_map(|process| peak(&fs::read_to_string(process.join("status")).ok()?)).max().unwrap_or(0)
}

fn peak(status: &str) -> Option<u64> {
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}
