//! Charts on the screen: each has a name, the same figures in a table, exact figures for pointer and keyboard, and files.

use crate::{
    harness::{Browser, Engine},
    site::single_file,
};

/// The months of the term are assessed, one after the other.
const TERM: &str = "return !!document.getElementById('timeline')";

fn address(lang: &str, view: &str) -> String {
    single_file(&format!("?demo#month=2026-03&lang={lang}&view={view}&as_of=2026-04-20T00:00:00Z"))
}

#[test]
fn every_chart_has_a_name_and_its_figures_in_a_table() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&address("en", "charts")).wait_for_state("ready").wait_until(TERM);
        let charts = browser
            .run("return [...document.querySelectorAll('figure[data-chart]')].map(own => own.dataset.chart).sort()");
        let expected = [
            "calendar-heat",
            "calendar-heat",
            "latency",
            "outage-lengths",
            "outage-lengths",
            "power-sources",
            "term-overview",
            "term-overview",
            "timeline",
        ];
        assert_eq!(charts, serde_json::json!(expected));
        // The table of a chart that can be zoomed follows when it has come to rest.
        browser.wait_until("return !document.querySelector('figure[data-chart]:not(:has(table))')");
        let nameless = "return [...document.querySelectorAll('figure[data-chart]')].filter(own =>
            ![...own.querySelectorAll('svg[role=img]')].every(svg => document.getElementById(svg.getAttribute('aria-labelledby').split(' ')[0]).textContent.length > 10)
            || !own.querySelector('table tbody tr td')).length";
        assert_eq!(browser.run(nameless).as_u64(), Some(0));
        let ids = "const ids = [...document.querySelectorAll('[id]')].map(own => own.id);
            return ids.filter((id, at) => ids.indexOf(id) !== at)";
        assert_eq!(browser.run(ids), serde_json::json!([]), "ids are unique, on the sheets of paper too");
        if engine == Engine::Chromium {
            assert_eq!(browser.console_errors(), Vec::<String>::new());
        }
    }
}

#[test]
fn pointer_and_keyboard_give_the_figures_of_the_table() {
    let browser = Browser::chromium();
    browser.open(&address("en", "overview")).wait_for_state("ready");
    let own = "#burn-down-network";
    browser.run(&format!(
        "document.querySelectorAll('{own} .chart-wide .shape-spot')[27].dispatchEvent(new PointerEvent('pointerenter'))"
    ));
    let row = browser.run(&format!(
        "return [...document.querySelectorAll('{own} tbody tr')[27].children].map(cell => cell.textContent)"
    ));
    let reading = browser.text(&format!("{own} output"));
    for figure in row.as_array().unwrap() {
        assert!(reading.contains(figure.as_str().unwrap()), "{figure} is missing in {reading}");
    }
    browser.run(&format!("document.querySelector('{own} input[type=range]').focus()"));
    browser.press("\u{e012}");
    browser.wait_until(&format!("return document.querySelector('{own} output').textContent.startsWith('27: ')"));
    let spoken = browser.attribute(&format!("{own} input[type=range]"), "aria-valuetext");
    assert_eq!(spoken, Some(browser.text(&format!("{own} output"))));
}

#[test]
fn a_chart_is_enlarged_in_its_frame_and_the_page_stays_as_wide() {
    let browser = Browser::chromium();
    browser.open(&address("en", "overview")).wait_for_state("ready");
    let widths = "const own = document.querySelector('#strip-network .chart-scroll');
        return [own.clientWidth, own.scrollWidth, own.tabIndex, document.documentElement.scrollWidth - innerWidth]";
    let before = browser.run(widths);
    for _ in 0..3 {
        browser.click("#strip-network button[aria-label='Zoom in']");
    }
    let after = browser.run(widths);
    assert!(after[1].as_i64().unwrap() > 7 * before[1].as_i64().unwrap(), "{before} became {after}");
    assert_eq!((after[2].as_i64(), after[3].as_i64()), (Some(0), Some(0)), "it takes keys, and the page does not grow");
    assert!(
        browser.attribute("#strip-network button[aria-label='Zoom in']", "disabled").is_some(),
        "it ends somewhere"
    );
    for _ in 0..3 {
        browser.click("#strip-network button[aria-label='Zoom out']");
    }
    assert_eq!(browser.run(widths), before);
}

#[test]
fn a_chart_leaves_the_page_as_figures_as_a_drawing_and_as_pixels() {
    let browser = Browser::chromium();
    browser.open(&address("zh-Hant", "overview")).wait_for_state("ready");
    for (at, ending, start) in
        [(1, "csv", "\u{feff}日期,".as_bytes()), (2, "svg", b"<svg xmlns="), (3, "png", b"\x89PNG")]
    {
        browser.click(&format!("#burn-down-network .chart-files:last-child button:nth-child({at})"));
        let file = browser.downloaded(&format!("sla-2026-03-burn-down-network.{ending}"));
        assert!(file.starts_with(start), "{ending} begins with {:?}", &file[..file.len().min(12)]);
    }
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

/// The part that is shown, as `Shown: start – end` says it.
fn shown(browser: &Browser) -> String {
    browser.text("#timeline .chart-shown")
}

/// Waits until another part is shown, and says which.
fn shown_after(browser: &Browser, act: impl Fn()) -> String {
    let before = shown(browser);
    act();
    browser.wait_until(&format!("return document.querySelector('#timeline .chart-shown').textContent !== '{before}'"));
    shown(browser)
}

/// A pointer that goes down at one part of the width and up at another, both in percent, in the first row.
fn drag(browser: &Browser, from: u32, to: u32, rest: &str) {
    browser.run(&format!(
        "const hand = document.querySelector('#timeline .chart-hand'), box = hand.getBoundingClientRect();
        const at = (kind, percent) => hand.dispatchEvent(new PointerEvent(kind, {{ pointerId: 7, bubbles: true,
            clientX: box.left + box.width * percent / 100, clientY: box.top + box.width * 31 / 960 {rest} }}));
        at('pointerdown', {from}); at('pointermove', ({from} + {to}) / 2); at('pointermove', {to}); at('pointerup', {to});"
    ));
}

fn every_way_to_zoom_comes_to_the_same(engine: Engine) {
    let browser = Browser::start(engine);
    browser.open(&address("en", "charts")).wait_for_state("ready").wait_until(TERM);
    let all = shown(&browser);
    assert_eq!(all, "Shown: 2026-02-28 23:50:00 – 2026-04-01 00:15:04");
    let press = |key: &str| {
        browser.run("document.querySelector('#timeline .chart-hand').focus()");
        browser.press(key);
    };
    let half = "Shown: 2026-03-08 17:56:16 – 2026-03-24 06:08:48";
    assert_eq!(shown_after(&browser, || press("+")), half);
    assert_eq!(shown_after(&browser, || press("-")), all);
    let button = |name: &str| {
        browser.click(&format!("#timeline button[aria-label='{name}']"));
    };
    assert_eq!(shown_after(&browser, || button("Zoom in")), half);
    let later = shown_after(&browser, || press("\u{e010}")); // End
    assert!(later.ends_with("2026-04-01 00:15:04"), "{later}");
    let earlier = shown_after(&browser, || press("\u{e011}")); // Home
    assert!(earlier.starts_with("Shown: 2026-02-28 23:50:00"), "{earlier}");
    let moved = shown_after(&browser, || press("\u{e014}")); // Right
    assert_eq!(shown_after(&browser, || press("\u{e012}")), earlier); // Left
    assert_ne!(moved, earlier);
    shown_after(&browser, || button("Later"));
    assert_eq!(shown_after(&browser, || button("Earlier")), earlier);
    browser.click("#timeline .chart-files:not(:last-child) button:last-child");
    browser.wait_until(&format!("return document.querySelector('#timeline .chart-shown').textContent === '{all}'"));
    // A part that is dragged over, and the same again with Shift, by which it is moved.
    let dragged = shown_after(&browser, || drag(&browser, 40, 60, ""));
    let back = shown_after(&browser, || drag(&browser, 40, 60, ", shiftKey: true"));
    assert!(back < dragged && dragged > all, "{back} lies before {dragged}");
    let wheel = |down: i32| {
        browser.run(&format!(
            "const hand = document.querySelector('#timeline .chart-hand'), box = hand.getBoundingClientRect();
            hand.blur();
            return hand.dispatchEvent(new WheelEvent('wheel', {{ deltaY: {down}, ctrlKey: true, bubbles: true, cancelable: true,
                clientX: box.left + box.width / 2, clientY: box.top + 20 }}))"
        ))
    };
    let closer = shown_after(&browser, || assert_eq!(wheel(-200), false, "the page does not zoom with it"));
    assert_ne!(closer, back);
    shown_after(&browser, || drop(wheel(2_000)));
    let scrolls = "return document.querySelector('#timeline .chart-hand').dispatchEvent(
        new WheelEvent('wheel', { deltaY: 100, bubbles: true, cancelable: true }))";
    assert_eq!(browser.run(scrolls), true, "without Ctrl and the focus the page scrolls");
    if engine == Engine::Chromium {
        assert_eq!(browser.console_errors(), Vec::<String>::new());
    }
}

#[test]
fn every_way_to_zoom_comes_to_the_same_in_chromium() {
    every_way_to_zoom_comes_to_the_same(Engine::Chromium);
}

#[test]
fn every_way_to_zoom_comes_to_the_same_in_firefox() {
    every_way_to_zoom_comes_to_the_same(Engine::Firefox);
}

#[test]
fn the_drawing_that_is_seen_is_drawn_first() {
    let browser = Browser::chromium();
    for (width, seen, unseen) in [(1280, "chart-wide", "chart-narrow"), (375, "chart-narrow", "chart-wide")] {
        browser.resize(width, 800);
        browser.open("about:blank").open(&address("en", "charts")).wait_for_state("ready").wait_until(TERM);
        browser.wait_until(&format!("return !!document.querySelector('#timeline .{unseen} path.shape-ground')"));
        browser.run(
            "window.drawn = [];
            new MutationObserver(changes => drawn.push([...new Set(changes.map(own =>
                own.target.closest?.('svg')?.classList[1] || ''))].filter(Boolean).sort()))
                .observe(document.querySelector('#timeline .chart-zoomable'), { attributes: true, childList: true, subtree: true });
            document.querySelector('#timeline .chart-hand').focus();",
        );
        browser.press("+");
        // Only together would the two be as slow as before.
        let drawn = browser.wait_until(
            "return window.drawn.filter(own => own.length).length > 1 && window.drawn.filter(own => own.length)",
        );
        assert_eq!(
            (&drawn[0], &drawn[1]),
            (&serde_json::json!([seen]), &serde_json::json!([unseen])),
            "{width} pixels"
        );
    }
}

#[test]
fn an_outage_in_the_timeline_leads_to_it_among_the_outages() {
    let browser = Browser::chromium();
    let there = "const own = document.activeElement; return location.hash.includes('view=outages') && own.id.startsWith('outage-network') && own.textContent";
    let open = || {
        browser.open("about:blank").open(&address("en", "charts")).wait_for_state("ready").wait_until(TERM);
        browser.run("document.querySelector('#timeline .chart-hand').focus()");
    };
    open();
    for _ in 0..2 {
        browser.press("\u{e015}"); // Down
    }
    browser.wait_until("return document.querySelector('#timeline output').textContent.includes('2026-03-08 02:1')");
    browser.press("\u{e007}"); // Enter
    let text = browser.wait_until(there);
    assert!(text.as_str().unwrap().contains("2026-03-08 02:1"), "{text}");
    assert!(browser.run("return location.hash").as_str().unwrap().contains("at=2026-03-07T18:1"));
    open();
    browser.run("document.querySelector('#timeline input[type=range]').focus()");
    browser.press("\u{e014}"); // Right
    browser.wait_until("return document.querySelector('#timeline output').textContent.includes('Down')");
    browser.press("\u{e007}");
    browser.wait_until("return location.hash.includes('view=outages')");
}

#[test]
fn a_probe_that_was_lost_alone_has_its_own_place() {
    let browser = Browser::chromium();
    browser.open(&address("en", "outages")).wait_for_state("ready");
    let id = browser.wait_until("return document.querySelector('.singles li')?.id");
    // The address that the timeline leads to.
    browser.run(
        "const at = new Date(Number(document.querySelector('.singles li').id.split('-')[2]));
        location.hash += `&clause=1&at=${at.toISOString()}`",
    );
    let there =
        browser.wait_until("return document.activeElement.id.startsWith('single-') && document.activeElement.id");
    assert_eq!(there, id);
}

#[test]
fn charts_fit_a_telephone() {
    let browser = Browser::chromium();
    browser.resize(375, 800);
    for lang in ["en", "zh-Hant", "zh-Hans"] {
        browser.open(&address(lang, "charts")).wait_for_state("ready").wait_until(TERM);
        let wide = browser.run("return document.documentElement.scrollWidth - window.innerWidth");
        assert!(wide.as_i64().unwrap() <= 0, "{lang}: {wide} pixels too wide");
        let shown = "return [...document.querySelectorAll('.charts svg.chart-wide')].filter(own => own.getBoundingClientRect().width > 0).length";
        assert_eq!(browser.run(shown).as_u64(), Some(0), "the narrow drawings are shown");
        browser.screenshot(&format!("charts-narrow-{lang}"));
    }
}
