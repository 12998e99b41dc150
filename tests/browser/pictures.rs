//! What the program looks like, held against pictures that somebody has looked at: each chart, the first sheet of the
//! statement, and the pictures of the README. A picture may differ as much as another rasteriser of the same fonts does.
//! `make screenshots` takes them anew; whoever commits them looks at them first.

use crate::{harness::Browser, paper::out, site::single_file};
use std::{
    env, fs,
    io::Cursor,
    path::{Path, PathBuf},
};

const PLACE: &str = "month=2026-03&as_of=2026-04-20T00:00:00Z";

/// A side of the squares of which the means are compared, in dots: lines of text may move by a part of it.
const SQUARE: usize = 8;
/// By so much of 255 the means of a square may differ.
const TOLERANCE: i32 = 40;
/// Of a thousand squares so many may differ by more.
const MOST: usize = 12;

/// A picture in greys.
struct Grey {
    width: usize,
    height: usize,
    dots: Vec<u8>,
}

impl Grey {
    fn decode(file: &[u8]) -> Self {
        let mut reader = png::Decoder::new(Cursor::new(file));
        reader.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = reader.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        let samples = info.color_type.samples();
        let colours = if samples > 2 { 3 } else { 1 };
        let dot = |dot: &[u8]| (dot[..colours].iter().map(|own| u32::from(*own)).sum::<u32>() / colours as u32) as u8;
        let dots = bytes[..info.buffer_size()].chunks(samples).map(dot).collect();
        Self { width: info.width as usize, height: info.height as usize, dots }
    }

    /// The means of squares.
    fn squares(&self) -> Vec<i32> {
        let mean = |left: usize, top: usize| {
            let rows = top..(top + SQUARE).min(self.height);
            let columns = left..(left + SQUARE).min(self.width);
            let count = (rows.len() * columns.len()) as i32;
            let sum: i32 = rows
                .flat_map(|y| columns.clone().map(move |x| (x, y)))
                .map(|(x, y)| i32::from(self.dots[y * self.width + x]))
                .sum();
            sum / count
        };
        let tops = (0..self.height).step_by(SQUARE);
        tops.flat_map(|top| (0..self.width).step_by(SQUARE).map(move |left| (left, top)))
            .map(|(left, top)| mean(left, top))
            .collect()
    }

    /// Why the two are not the same picture; nothing where they are.
    fn differs(&self, other: &Self) -> Option<String> {
        if self.width.abs_diff(other.width) > SQUARE || self.height.abs_diff(other.height) > SQUARE {
            return Some(format!("{} × {} and {} × {} dots", self.width, self.height, other.width, other.height));
        }
        if self.width.div_ceil(SQUARE) != other.width.div_ceil(SQUARE)
            || self.height.div_ceil(SQUARE) != other.height.div_ceil(SQUARE)
        {
            return None;
        }
        let (own, others) = (self.squares(), other.squares());
        let far = own.iter().zip(&others).filter(|(own, other)| (**own - **other).abs() > TOLERANCE).count();
        (far * 1000 > MOST * own.len()).then(|| format!("{far} of {} squares", own.len()))
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Holds a picture against the one that is kept, or keeps it where that is asked for.
fn hold(kept: &Path, taken: &[u8], found: &mut Vec<String>) {
    let name = kept.file_name().unwrap().to_string_lossy().into_owned();
    fs::write(out(&name), taken).unwrap();
    if env::var_os("SLA_PICTURES").is_some_and(|how| how == "keep") {
        fs::create_dir_all(kept.parent().unwrap()).unwrap();
        // What differs by no more than a rasteriser does is not kept anew.
        if !fs::read(kept).is_ok_and(|before| Grey::decode(&before).differs(&Grey::decode(taken)).is_none()) {
            fs::write(kept, taken).unwrap();
        }
        return;
    }
    match fs::read(kept) {
        Ok(before) => {
            let differs = Grey::decode(&before).differs(&Grey::decode(taken));
            found.extend(differs.map(|why| format!("{name}: {why} differ")));
        }
        Err(_) => found.push(format!("{name} is not kept")),
    }
}

fn told(found: &[String]) {
    assert!(
        found.is_empty(),
        "{}\nThe pictures lie in tests/out/. If the change is meant, `make screenshots` keeps them.",
        found.join("\n")
    );
}

fn show(browser: &Browser, lang: &str, view: &str) {
    browser.open("about:blank").open(&single_file(&format!("?demo#{PLACE}&lang={lang}&view={view}")));
    browser.wait_for_state("ready");
    browser.select("select[name=theme]", "light");
    browser.run("document.activeElement.blur()");
    browser.wait_until("return document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))");
}

#[test]
fn every_chart_and_the_first_sheet_look_as_they_were_last_looked_at() {
    let browser = Browser::chromium();
    // So tall that each is seen whole.
    browser.resize(1000, 2000);
    let mut found = Vec::new();
    let kept = |name: &str| root().join("tests/browser/pictures").join(format!("{name}.png"));
    for view in ["overview", "charts"] {
        show(&browser, "en", view);
        if view == "charts" {
            browser.wait_until("return !!document.getElementById('timeline')");
        }
        let charts = browser.run(
            "const seen = {};
            return [...document.querySelectorAll('main figure[data-chart]')].filter(own => !seen[own.dataset.chart] && (seen[own.dataset.chart] = true))
                .map(own => { own.dataset.pictured = own.dataset.chart; return own.dataset.chart; })",
        );
        for chart in charts.as_array().unwrap() {
            let chart = chart.as_str().unwrap();
            let taken = browser.picture(&format!("figure[data-pictured={chart}] :is(.chart-scroll, .chart-zoomable)"));
            hold(&kept(&format!("chart-{chart}")), &taken, &mut found);
        }
    }
    show(&browser, "zh-Hant", "statement");
    hold(&kept("statement-first-sheet"), &browser.picture(".sheet"), &mut found);
    told(&found);
}

#[test]
fn the_pictures_of_the_readme_show_the_program_as_it_is() {
    let browser = Browser::chromium();
    let mut found = Vec::new();
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    for (name, lang, view) in
        [("overview", "en", "overview"), ("outages", "en", "outages"), ("statement", "zh-Hant", "statement")]
    {
        let path = format!("docs/pictures/{name}.png");
        assert!(readme.contains(&path), "the README does not show {path}");
        browser.resize(1280, if view == "statement" { 2000 } else { 1100 });
        show(&browser, lang, view);
        let taken = if view == "statement" { browser.picture(".sheet") } else { browser.window_picture() };
        hold(&root().join(path), &taken, &mut found);
    }
    told(&found);
}
