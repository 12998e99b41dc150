//! How soon the single file can be used: from its opening to the empty page, and from a click to the statement of the demo,
//! in Chromium and Firefox, beside a page of the same size that does nothing.
//!
//! `make bench` runs it and writes the second table of `docs/performance.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]
#![allow(dead_code, reason = "the harness of the tests says more than is needed here")]

#[path = "../../tests/browser/harness.rs"]
mod harness;
#[path = "../../tests/browser/paper.rs"]
mod paper;

use std::{
    fmt::Write,
    fs,
    panic::catch_unwind,
    path::{Path, PathBuf},
};

use base64::Engine as _;
use harness::{Browser, Engine};
use sha2::{Digest, Sha256};

/// How often each is measured; the middle one counts.
const ROUNDS: usize = 7;
const BEGIN: &str = "<!-- start made by `make bench` -->\n";
const END: &str = "<!-- start end -->";

/// Notes when the page has come to each step, in milliseconds since it was asked for. A step is done when what it has put
/// on the page is about to be painted.
const CLOCK: &str = r#"
    window.steps = {};
    const note = name => { steps[name] = steps[name] || performance.now(); };
    const painted = name => requestAnimationFrame(() => setTimeout(() => note(name)));
    document.addEventListener("DOMContentLoaded", () => note("parsed"));
    for (const way of ["instantiate", "instantiateStreaming"]) {
      const own = WebAssembly[way];
      WebAssembly[way] = (...given) => {
        note("unpacked");
        return own.apply(WebAssembly, given).then(made => { note("compiled"); return made; });
      };
    }
    new MutationObserver(() => {
      const state = document.documentElement.dataset.state;
      if (state === "empty") painted("empty");
      if (state === "ready") painted("ready");
    }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-state"] });
    addEventListener("click", () => note("clicked"), true);"#;

/// The boot script of the page that does nothing.
const IDLE: &str = r#"addEventListener("DOMContentLoaded", () => {
      document.body.append(document.createElement("p"));
      document.documentElement.dataset.state = "empty";
    });"#;

/// One start, in milliseconds since the page was asked for; the demo since the click.
#[derive(Debug, Clone, Copy, Default)]
struct Start {
    parsed: f64,
    unpacked: f64,
    compiled: f64,
    empty: f64,
    demo: f64,
}

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("dist/sla-statement.html")).expect("`make page` builds it");
    let folder = std::env::temp_dir().join(format!("sla-cold-start-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (own, idle) = (folder.join("own.html"), folder.join("idle.html"));
    fs::write(&own, with_clock(&page)).unwrap();
    fs::write(&idle, with_clock(&without_program(&page))).unwrap();
    let mut text = String::from(
        "\n| milliseconds | parsed | unpacked | compiled | empty page | × a page that does nothing | demo, after the click |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for engine in [Engine::Chromium, Engine::Firefox] {
        let [of_own, of_idle] = [&own, &idle].map(|file| middle(&rounds(engine, file)));
        let (times, Start { parsed, unpacked, compiled, empty, demo }) = (of_own.empty / of_idle.empty, of_own);
        let _ = writeln!(
            text,
            "| {engine:?} | {parsed:.0} | {unpacked:.0} | {compiled:.0} | {empty:.0} | {times:.1} | {demo:.0} |"
        );
    }
    fs::remove_dir_all(folder).unwrap();
    println!("{text}");
    let place = root.join("docs/performance.md");
    let before = fs::read_to_string(&place).unwrap();
    let (head, rest) = before.split_once(BEGIN).expect("the page says where its table begins");
    let (_, tail) = rest.split_once(END).expect("the page says where its table ends");
    fs::write(&place, format!("{head}{BEGIN}{text}{END}{tail}")).unwrap();
}

/// The page with the clock before all its scripts, which its policy lets run.
fn with_clock(page: &str) -> String {
    let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(CLOCK));
    let (head, body) = page.split_once("<title>").expect("the page has a title");
    let head = head.replacen("script-src ", &format!("script-src 'sha256-{digest}' "), 1);
    format!("{head}<script>{CLOCK}</script><title>{body}")
}

/// The page of the same size whose boot script does nothing.
fn without_program(page: &str) -> String {
    let (head, rest) =
        page.split_once("<script id=\"sla-boot\">").or_else(|| page.split_once("<script id=sla-boot>")).unwrap();
    let (boot, tail) = rest.split_once("</script>").unwrap();
    let idle = format!("{IDLE:boot$}", boot = boot.len());
    let digest = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(&idle));
    let head = head.replacen("script-src ", &format!("script-src 'sha256-{digest}' "), 1);
    format!("{head}<script>{idle}</script>{tail}")
}

/// A browser that does not start once costs a round, not the table.
fn rounds(engine: Engine, file: &Path) -> Vec<Start> {
    let found: Vec<Start> = (0..ROUNDS).filter_map(|_| catch_unwind(|| start(engine, file)).ok()).collect();
    assert!(!found.is_empty(), "{engine:?} did not open {} once", file.display());
    found
}

/// Opens the file in a browser that has never seen it.
fn start(engine: Engine, file: &Path) -> Start {
    let browser = Browser::start(engine);
    browser.open(&format!("file://{}#month=2026-03&lang=en", file.display()));
    browser.wait_until("return window.wrappedJSObject ? window.wrappedJSObject.steps.empty : steps.empty");
    let own = file.ends_with("own.html");
    if own {
        browser.click("button.demo");
        browser.wait_until("return window.wrappedJSObject ? window.wrappedJSObject.steps.ready : steps.ready");
    }
    let steps = browser.run("return JSON.parse(JSON.stringify((window.wrappedJSObject || window).steps))");
    let at = |name: &str| steps[name].as_f64().unwrap_or_default();
    Start {
        parsed: at("parsed"),
        unpacked: at("unpacked"),
        compiled: at("compiled"),
        empty: at("empty"),
        demo: at("ready") - at("clicked"),
    }
}

/// Of each step the middle one of all rounds.
fn middle(all: &[Start]) -> Start {
    let of = |step: fn(&Start) -> f64| {
        let mut found: Vec<f64> = all.iter().map(step).collect();
        found.sort_by(f64::total_cmp);
        found[found.len() / 2]
    };
    Start {
        parsed: of(|own| own.parsed),
        unpacked: of(|own| own.unpacked),
        compiled: of(|own| own.compiled),
        empty: of(|own| own.empty),
        demo: of(|own| own.demo),
    }
}
