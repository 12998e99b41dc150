//! A statement is copied before it is signed, filed and faxed: what it says is still told apart in black and white.

use crate::{
    harness::{Browser, Engine},
    paper::{Copy, Look, Pdf},
    site::single_file,
};

/// A light copy, on which greys vanish, one as usual, and a dark one, on which they are black.
const COPIERS: [u8; 3] = [112, 150, 200];

/// A part of a sheet, the first sheet being 0.
#[derive(Debug)]
struct Part {
    sheet: usize,
    what: String,
    place: [f64; 4],
}

/// Parts of the sheets of the first copy, each as a share of its sheet.
fn parts(browser: &Browser, css: &str, what: &str) -> Vec<Part> {
    let found = browser.run(&format!(
        "return [...document.querySelectorAll('.statement-copy')[0].querySelectorAll('.sheet')].flatMap((sheet, at) => {{
            const whole = sheet.getBoundingClientRect();
            return [...sheet.querySelectorAll('{css}')].map(own => {{
                const place = own.getBoundingClientRect();
                return [at, {what}, (place.left - whole.left) / whole.width, (place.top - whole.top) / whole.height,
                    place.width / whole.width, place.height / whole.height];
            }});
        }})"
    ));
    let number = |own: &serde_json::Value, at: usize| own[at].as_f64().unwrap();
    let part = |own: &serde_json::Value| Part {
        sheet: own[0].as_u64().unwrap() as usize,
        what: own[1].as_str().unwrap().to_owned(),
        place: [number(own, 2), number(own, 3), number(own, 4), number(own, 5)],
    };
    found.as_array().unwrap().iter().map(part).collect()
}

fn printed(browser: &Browser, language: &str, paper: &str) -> Pdf {
    let place = format!("#month=2026-03&lang={language}&view=statement&paper={paper}&as_of=2026-04-20T00:00:00Z");
    browser.run(&format!("location.hash = '{place}'"));
    let ink = if paper.contains("colour") { "colour" } else { "black" };
    browser.wait_until(&format!(
        "return document.documentElement.lang === '{language}' && !!document.querySelector('.statement-print[data-ink={ink}]')"
    ));
    browser.print_pdf(&format!("photocopy-{language}-{ink}-{:?}", browser.engine()))
}

/// Solid, hatched or outlined: what a reader tells apart at a glance.
fn differ(one: Look, other: Look) -> bool {
    let apart = one.parts.iter().zip(other.parts).map(|(one, other)| (one - other).abs()).sum::<f64>() / 12.0;
    (one.ink - other.ink).abs() > 0.2
        || apart > 0.07
        || (one.across - other.across).abs() > 1.5
        || (one.down - other.down).abs() > 1.5
}

fn look(copies: &[Copy], part: &Part) -> Look {
    copies[part.sheet].look(part.place)
}

#[test]
fn a_photocopy_tells_downtime_from_what_is_not_in_chromium() {
    tells_downtime_from_what_is_not(Engine::Chromium);
}

#[test]
fn a_photocopy_tells_downtime_from_what_is_not_in_firefox() {
    tells_downtime_from_what_is_not(Engine::Firefox);
}

fn tells_downtime_from_what_is_not(engine: Engine) {
    let browser = Browser::start(engine);
    browser.resize(1440, 900);
    browser.open(&single_file("?demo#month=2026-03&lang=en&view=overview&as_of=2026-04-20T00:00:00Z"));
    browser.wait_for_state("ready");
    for (language, paper) in [("en", "a4"), ("zh-Hant", "a4,colour")] {
        let pdf = printed(&browser, language, paper);
        let swatches = parts(&browser, ".sheet figure li > svg", "own.firstElementChild.getAttribute('class')");
        assert!(swatches.len() >= 8, "the charts have legends: {swatches:?}");
        let marks = parts(&browser, ".sheet figure path", "own.getAttribute('class') || ''");
        let verdicts = parts(&browser, ".sheet h2[data-verdict]", "own.textContent");
        let last = swatches.iter().chain(&marks).chain(&verdicts).map(|own| own.sheet).max().unwrap();
        for copier in COPIERS {
            let copies: Vec<Copy> = (1..=last + 1).map(|sheet| pdf.copied(sheet, copier)).collect();
            let what = |text: &str| format!("{}, copied at {copier}: {text}", pdf.path.display());
            for own in &swatches {
                let seen = look(&copies, own);
                assert!(seen.ink > 0.04, "{}", what(&format!("{} has vanished: {seen:?}", own.what)));
                let solid = ["down", "curve"].iter().any(|class| own.what.contains(class));
                assert!(solid || seen.ink < 0.8, "{}", what(&format!("{} looks like downtime: {seen:?}", own.what)));
                for other in swatches.iter().filter(|other| other.sheet == own.sheet && other.what != own.what) {
                    // Hatchings differ by direction, and by the letters beside them.
                    let hatched = |own: &Part| {
                        own.what.contains("excluded") || own.what.contains("claimed") || own.what.contains("uncounted")
                    };
                    // The band is told by the curve that it surrounds.
                    let band = own.what.contains("band") || other.what.contains("band");
                    // Round-trip times have charts of their own, without any downtime.
                    let of_round_trips = |own: &Part| ["range", "mean", "percentile"].contains(&own.what.as_str());
                    let one_chart = of_round_trips(own) == of_round_trips(other);
                    if one_chart && !(band || hatched(own) && hatched(other)) {
                        let (one, two) = (seen, look(&copies, other));
                        assert!(
                            differ(one, two),
                            "{}",
                            what(&format!("{} {one:?} and {} {two:?} look alike", own.what, other.what))
                        );
                    }
                }
            }
            let of = |class: &str| {
                marks
                    .iter()
                    .filter(|own| own.what.split(' ').any(|own| own == class))
                    .map(|own| look(&copies, own))
                    .collect::<Vec<_>>()
            };
            let (down, unknown) = (of("down"), of("unknown"));
            assert!(!down.is_empty() && !unknown.is_empty());
            assert!(
                unknown.iter().all(|own| own.ink < 0.75),
                "{}",
                what(&format!("time without data is black: {unknown:?}"))
            );
            for own in &verdicts {
                let seen = look(&copies, own);
                assert!(
                    seen.ink > 0.015 && seen.ink < 0.6,
                    "{}",
                    what(&format!("`{}` cannot be read: {seen:?}", own.what))
                );
            }
        }
    }
}
