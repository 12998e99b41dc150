//! This program's chart of a year beside two libraries that draw such charts: the same data, the same size, the same browser.
//!
//! `make bench` runs it and writes the last table of `docs/performance.md`. Each chart has to show what the data was made
//! from, the longest round trip of all in its picture too; else nothing is written.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]
#![allow(dead_code, reason = "the harness of the tests says more than is needed here")]

mod data;
#[path = "../../tests/browser/harness.rs"]
mod harness;
#[path = "../../tests/browser/paper.rs"]
mod paper;
#[path = "../../tests/browser/site.rs"]
mod site;

use std::{
    fmt::Write,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::ExitCode,
};

use harness::Browser;
use serde_json::{Value, json};
use site::Site;

/// This program first.
const CHARTS: [(&str, &str); 3] = [("own", "**sla-statement**"), ("uplot", "uPlot"), ("echarts", "ECharts")];
/// How often each is measured; the middle one counts.
const ROUNDS: usize = 3;
/// A browser that did not start, or that broke down, is started so many times in all.
const TRIES: usize = 3;
/// So many frames are moved, and as many zoomed.
const FRAMES: u32 = 120;
const BEGIN: &str = "<!-- charts made by `make bench` -->\n";
const END: &str = "<!-- charts end -->";

/// Milliseconds.
#[derive(Debug, Clone)]
struct Measured {
    paint: f64,
    pan: Gaps,
    zoom: Gaps,
}

/// From frame to frame.
#[derive(Debug, Clone, Copy)]
struct Gaps {
    middle: f64,
    /// All but one in twenty were as short.
    most: f64,
}

fn main() -> ExitCode {
    let file = std::env::temp_dir().join(format!("sla-charts-{}.csv", std::process::id()));
    data::write(&file).expect("the folder for what is temporary can be written to");
    let found = measure(&file);
    fs::remove_file(&file).ok();
    let said = found.and_then(|found| put_into_page(&found));
    if let Err(sentence) = &said {
        eprintln!("charts: {sentence} Nothing was written.");
    }
    said.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

/// Each in turn, round after round, so that a slow spell of the machine meets all.
fn measure(file: &Path) -> Result<Vec<Measured>, String> {
    let mut all = vec![Vec::new(); CHARTS.len()];
    for _ in 0..ROUNDS {
        for (found, (chart, _)) in all.iter_mut().zip(CHARTS) {
            let own = tried(chart, file)?;
            println!("{chart}: {:.1} ms; frames of {:.1} and {:.1} ms", own.paint, own.pan.middle, own.zoom.middle);
            found.push(own);
        }
    }
    Ok(all.iter().map(|found| middle(found)).collect())
}

/// Measures once, in a new browser. What a chart shows wrongly ends it at once; a browser that fails is started again.
fn tried(chart: &str, file: &Path) -> Result<Measured, String> {
    for _ in 0..TRIES {
        match catch_unwind(AssertUnwindSafe(|| once(chart, file))) {
            Ok(found) => return found,
            Err(_) => eprintln!("charts: Chromium failed with {chart} and is started again."),
        }
    }
    Err(format!("Chromium failed {TRIES} times with {chart}."))
}

fn once(chart: &str, file: &Path) -> Result<Measured, String> {
    let browser = Browser::chromium();
    let _site = if chart == "own" { open_own(&browser, file) } else { open_peer(&browser, chart)? };
    // A few samples first: each has its code at hand by then.
    outcome(&browser, "own.few()");
    let paint = outcome(&browser, "own.year()").as_f64().unwrap_or_default();
    agrees(chart, &browser)?;
    browser.run("own.half()");
    let pan = gaps(&browser, "pan");
    browser.run("own.all()");
    let zoom = gaps(&browser, "zoom");
    Ok(Measured { paint, pan, zoom })
}

fn open_own(browser: &Browser, file: &Path) -> Site {
    let site = Site::hosted();
    browser.open(&site.url("/#month=2026-03&lang=en&view=charts&as_of=2026-05-01T00:00:00Z")).wait_for_state("empty");
    browser.choose_files(&[file]).wait_for_state("ready");
    browser.wait_until("return !!document.querySelector('[data-charts=latency] select')");
    browser.run(include_str!("clock.js"));
    browser.run(include_str!("own.js"));
    // As wide as the others.
    browser.run(
        "const card = document.querySelector('[data-charts=latency]');
        for (const own of document.querySelectorAll('.chart-card')) own.hidden = own !== card;
        card.scrollIntoView({ block: 'start' });
        const more = 960 - document.querySelector('#latency .chart-zoomable').clientWidth;
        card.style.inlineSize = `${card.getBoundingClientRect().width + more}px`;",
    );
    site
}

fn open_peer(browser: &Browser, chart: &str) -> Result<Site, String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".tools/bench");
    if !folder.join("node_modules").join(chart).is_dir() {
        return Err(format!("{chart} is missing: `tools/setup.sh bench` installs it."));
    }
    fs::write(folder.join("charts.html"), include_str!("page.html")).map_err(|error| format!("{error}."))?;
    let site = Site::serve(&folder);
    let (longest, most) = data::LONGEST;
    let (shortest, least) = data::SHORTEST;
    browser.open(&site.url(&format!(
        "/charts.html?chart={chart}&samples={}&start={}&step={}&longest={longest}&most={most}&shortest={shortest}&least={least}",
        data::SAMPLES,
        data::START_S,
        data::STEP_S
    )));
    browser.wait_for_state("ready");
    browser.run(include_str!("clock.js"));
    Ok(site)
}

/// What a script leaves in `window.outcome`.
fn outcome(browser: &Browser, script: &str) -> Value {
    browser.run(script);
    browser.wait_until("return window.outcome")
}

fn gaps(browser: &Browser, act: &str) -> Gaps {
    let found = outcome(browser, &format!("frames(place => own.{act}(place, {FRAMES}), {FRAMES})"));
    let mut gaps: Vec<f64> = found.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    gaps.sort_by(f64::total_cmp);
    Gaps { middle: gaps[gaps.len() / 2], most: gaps[gaps.len() * 95 / 100] }
}

/// Whether a chart holds what the data was made from, and its picture shows the longest where it was.
fn agrees(chart: &str, browser: &Browser) -> Result<(), String> {
    let told = browser.wait_until("return own.told()");
    let truth = json!({ "samples": data::SAMPLES, "least": data::SHORTEST.1, "most": data::LONGEST.1 });
    for key in ["samples", "least", "most"] {
        if told[key].as_f64() != truth[key].as_f64() {
            return Err(format!("{chart} holds {told} where {truth} was given."));
        }
    }
    let plot: Vec<f64> =
        browser.run("return own.plot()").as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    let [left, top, width, height] = plot[..] else { return Err(format!("{chart} does not say where it draws.")) };
    let picture = browser.picture(if chart == "own" { "#latency .chart-zoomable" } else { "#chart" });
    let blue = blue_columns(&picture, (left, width), (top, height / 8.0));
    let at = left + width * f64::from(data::LONGEST.0) / f64::from(data::SAMPLES);
    let (from, to) = (blue.first().copied().unwrap_or_default(), blue.last().copied().unwrap_or_default());
    if (from - at).abs() > 3.0 || (to - at).abs() > 3.0 {
        return Err(format!("{chart} shows its longest from {from:.0} to {to:.0} and not at {at:.0}."));
    }
    Ok(())
}

/// Where something bluish is drawn in a part of a picture, in pixels from its left. Grounds and grids are grey or warmer.
fn blue_columns(picture: &[u8], (left, width): (f64, f64), (top, height): (f64, f64)) -> Vec<f64> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(picture)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    let (samples, line) = (info.color_type.samples(), info.line_size);
    let rows = bytes.chunks(line).enumerate().filter(|(y, _)| (top..top + height).contains(&f64::from(*y as u32)));
    let blue = |pixel: &[u8]| pixel[2].saturating_sub(pixel[0]) > 8;
    let mut columns: Vec<f64> = rows
        .flat_map(|(_, row)| row.chunks(samples).enumerate().filter(|(_, pixel)| blue(pixel)))
        .map(|(x, _)| f64::from(x as u32))
        .filter(|x| (left..left + width).contains(x))
        .collect();
    columns.sort_by(f64::total_cmp);
    columns.dedup();
    columns
}

/// Of each figure the middle one of all rounds.
fn middle(found: &[Measured]) -> Measured {
    let of = |figure: &dyn Fn(&Measured) -> f64| {
        let mut all: Vec<f64> = found.iter().map(figure).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    };
    Measured {
        paint: of(&|own| own.paint),
        pan: Gaps { middle: of(&|own| own.pan.middle), most: of(&|own| own.pan.most) },
        zoom: Gaps { middle: of(&|own| own.zoom.middle), most: of(&|own| own.zoom.most) },
    }
}

fn put_into_page(found: &[Measured]) -> Result<(), String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/performance.md");
    let page = fs::read_to_string(&path).map_err(|error| format!("docs/performance.md: {error}."))?;
    let parts = page.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = parts.ok_or("docs/performance.md does not say where the table of charts goes.")?;
    fs::write(&path, format!("{before}{BEGIN}{}{END}{after}", table(found))).map_err(|error| format!("{error}."))?;
    println!("docs/performance.md is written");
    Ok(())
}

fn table(found: &[Measured]) -> String {
    let mut text = String::from(
        "\n| milliseconds | first painted | × **sla-statement** | frames while moved: middle, 95 of 100 | while zoomed |\n\
         |---|---|---|---|---|\n",
    );
    let first = found.first().map_or(1.0, |own| own.paint);
    for ((_, name), Measured { paint, pan, zoom }) in CHARTS.iter().zip(found) {
        let _ = writeln!(
            text,
            "| {name} | {paint:.1} | {:.2} | {:.1}, {:.1} | {:.1}, {:.1} |",
            paint / first,
            pan.middle,
            pan.most,
            zoom.middle,
            zoom.most
        );
    }
    text
}
