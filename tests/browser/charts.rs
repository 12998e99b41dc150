//! Charts on the screen: each has a name, the same figures in a table, exact figures for pointer and keyboard, and files.

use crate::{
    harness::{Browser, Engine},
    site::single_file,
};

fn address(lang: &str, view: &str) -> String {
    single_file(&format!("?demo#month=2026-03&lang={lang}&view={view}&as_of=2026-04-20T00:00:00Z"))
}

#[test]
fn every_chart_has_a_name_and_its_figures_in_a_table() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&address("en", "charts")).wait_for_state("ready");
        let charts = browser
            .run("return [...document.querySelectorAll('figure[data-chart]')].map(own => own.dataset.chart).sort()");
        let expected = [
            "calendar-heat",
            "calendar-heat",
            "outage-lengths",
            "outage-lengths",
            "power-sources",
            "term-overview",
            "term-overview",
        ];
        assert_eq!(charts, serde_json::json!(expected));
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

#[test]
fn charts_fit_a_telephone() {
    let browser = Browser::chromium();
    browser.resize(375, 800);
    for lang in ["en", "zh-Hant", "zh-Hans"] {
        browser.open(&address(lang, "charts")).wait_for_state("ready");
        let wide = browser.run("return document.documentElement.scrollWidth - window.innerWidth");
        assert!(wide.as_i64().unwrap() <= 0, "{lang}: {wide} pixels too wide");
        let shown = "return [...document.querySelectorAll('.charts svg.chart-wide')].filter(own => own.getBoundingClientRect().width > 0).length";
        assert_eq!(browser.run(shown).as_u64(), Some(0), "the narrow drawings are shown");
        browser.screenshot(&format!("charts-narrow-{lang}"));
    }
}
