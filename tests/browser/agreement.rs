//! From a figure to the clause that it rests on, and back.

use crate::{harness::Browser, site::single_file};

const PLACE: &str = "month=2026-03&lang=en&as_of=2026-04-20T00:00:00Z";

fn fragment(browser: &Browser) -> String {
    browser.run("return location.hash").as_str().unwrap_or_default().to_owned()
}

/// The element in focus is in sight, below the bar, and bears this id.
fn wait_until_shown(browser: &Browser, id: &str) {
    let script = format!(
        "const own = document.activeElement, bar = document.querySelector('.case-bar').getBoundingClientRect();
        if (own.id !== '{id}') return false;
        const place = own.getBoundingClientRect();
        return place.top >= Math.max(0, bar.bottom) && place.top < window.innerHeight"
    );
    browser.wait_until(&script);
}

#[test]
fn an_excluded_outage_leads_to_its_clause_and_the_clause_back_to_the_outages() {
    let browser = Browser::chromium();
    browser.open(&single_file(&format!("?demo#{PLACE}&view=outages"))).wait_for_state("ready");
    browser.click(".outages [data-clause='1.4.a'] .to-clause");
    wait_until_shown(&browser, "clause-1.5");
    let there = fragment(&browser);
    for part in ["month=2026-03", "lang=en", "view=agreement", "clause=1.5", "as_of=2026-04-20T00:00:00Z"] {
        assert!(there.contains(part), "{part} is missing in {there}");
    }
    assert_eq!(browser.text("[id='clause-1.5'] .original"), "五、乙方經甲方同意進行網絡維護所引起的;");
    let clause = browser.text("[id='clause-1.5']");
    for words in ["network maintenance carried out by Party B", "maintenance.consent_must_precede", "50:00"] {
        assert!(clause.contains(words), "{words} does not stand beside the clause:\n{clause}");
    }
    browser.screenshot("agreement-en");
    browser.click("[id='clause-1.5'] [data-part=month] .to-clause");
    wait_until_shown(&browser, "clause-1");
    assert!(fragment(&browser).contains("view=outages&clause=1&"), "{}", fragment(&browser));
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

#[test]
fn the_row_of_verdicts_says_what_the_cards_say_and_leads_to_them() {
    let browser = Browser::chromium();
    browser.open(&single_file(&format!("?demo#{PLACE}&view=overview"))).wait_for_state("ready");
    let row =
        browser.run("return [...document.querySelectorAll('.verdicts .verdict')].map(own => own.dataset.verdictSign)");
    let cards = browser.run(
        "return ['network', 'power', 'installation', 'emergency_notice', 'customer_service', 'support', 'operations',
            'complaints', 'visits'].map(id => document.querySelector(`[data-guarantee=${id}]`).dataset.verdict)",
    );
    assert_eq!(row, cards);
    browser.click(".verdicts li:nth-child(4) a");
    wait_until_shown(&browser, "clause-4");
    assert!(fragment(&browser).contains("view=overview&clause=4&"), "{}", fragment(&browser));
}

#[test]
fn every_link_of_every_view_leads_to_a_place_that_is_there() {
    let browser = Browser::chromium();
    for view in ["overview", "outages", "agreement"] {
        browser.open(&single_file(&format!("?demo#{PLACE}&view={view}"))).wait_for_state("ready");
        let links = browser.run(
            "return [...new Set([...document.querySelectorAll('a.to-clause')].map(own => own.getAttribute('href')))]",
        );
        let links: Vec<String> =
            links.as_array().unwrap().iter().map(|link| link.as_str().unwrap().to_owned()).collect();
        assert!(links.len() >= 5, "{view} has {links:?}");
        for link in links {
            let (_, rest) = link.split_once("clause=").unwrap();
            let clause = rest.split('&').next().unwrap();
            browser.run(&format!("location.hash = '{link}'"));
            wait_until_shown(&browser, &format!("clause-{clause}"));
        }
    }
}

#[test]
fn the_original_is_always_there_and_a_rendering_where_the_reader_needs_one() {
    let browser = Browser::chromium();
    browser.resize(500, 900);
    for (lang, heading, rendered) in [
        ("zh-Hant", "第十條 不可抗力", 0),
        ("zh-Hans", "第十條 不可抗力\n第十条 不可抗力", 1),
        ("en", "第十條 不可抗力\nArticle 10. Force majeure", 1),
    ] {
        let place = PLACE.replace("lang=en", &format!("lang={lang}"));
        browser.open(&single_file(&format!("?demo#{place}&view=agreement"))).wait_for_state("ready");
        browser.wait_until(&format!("return document.documentElement.lang === '{lang}'"));
        assert_eq!(browser.text("[id='clause-10'] h2"), heading);
        assert_eq!(browser.count("[id='clause-10'] .rendering"), rendered);
        let wide = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assert!(wide.as_i64().unwrap() <= 0, "the agreement has to be scrolled sideways in {lang}");
        browser.screenshot(&format!("agreement-narrow-{lang}"));
    }
}
