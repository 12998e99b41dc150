//! From a verdict to an outage, to the samples by which it was found, to the clause that excludes it, and back.

use crate::{
    harness::{Browser, Engine},
    site::single_file,
};

const PLACE: &str = "month=2026-03&lang=en&as_of=2026-04-20T00:00:00Z";
/// The outage of which the most is excluded: work on both ports that ran over.
const WORK: &str = "[data-outage]:has([data-clause='1.4.a'])";

fn at(browser: &Browser, part: &str) {
    browser.wait_until(&format!("return location.hash.includes('{part}')"));
}

fn in_focus(browser: &Browser, id: &str) {
    browser.wait_until(&format!(
        "const own = document.activeElement, place = own.getBoundingClientRect();
        return own.id.startsWith('{id}') && place.top >= 0 && place.top < innerHeight"
    ));
}

fn leads_there_and_back(engine: Engine) {
    let browser = Browser::start(engine);
    browser.open(&single_file(&format!("?demo#{PLACE}&view=overview"))).wait_for_state("ready");
    browser.click("[data-guarantee=network] .to-outages");
    at(&browser, "view=outages");
    browser.click(&format!("{WORK} .to-samples"));
    at(&browser, "&outage=");
    in_focus(&browser, "samples");
    let shown = browser.text(".samples");
    for words in ["port-1", "port-2", "pings.csv", "2026-03-08 02:1", "the outage begins", "the outage ends"] {
        assert!(shown.contains(words), "{words} is missing:\n{shown}");
    }
    assert!(!shown.contains("applications.csv"), "a file that tells of no port is not named:\n{shown}");
    assert_eq!(browser.count("[data-outage]"), 1, "the outage itself stands above its samples");
    let bounds = browser.run(
        "return ['earliest', 'begins', 'certain', 'ends'].map(own =>
            document.querySelectorAll(`.samples-of [data-outcome=${own}]`).length > 0)",
    );
    assert_eq!(bounds, serde_json::json!([true, true, true, true]));
    browser.screenshot(&format!("outage-samples-{engine:?}"));
    browser.click("[data-clause='1.4.a'] .to-clause");
    at(&browser, "view=agreement");
    in_focus(&browser, "clause-1.5");
    browser.run("history.back()");
    at(&browser, "&outage=");
    browser.wait_until("return !!document.querySelector('.samples') && document.activeElement.tagName !== 'BODY'");
    browser.run("history.back()");
    browser.wait_until("return document.querySelectorAll('[data-outage]').length === 7");
    in_focus(&browser, "samples-of-");
    browser.run("history.back()");
    at(&browser, "view=overview");
}

#[test]
fn a_verdict_leads_to_samples_and_clause_and_back_in_chromium() {
    leads_there_and_back(Engine::Chromium);
}

#[test]
fn a_verdict_leads_to_samples_and_clause_and_back_in_firefox() {
    leads_there_and_back(Engine::Firefox);
}

#[test]
fn an_outage_that_is_not_of_the_month_says_so_and_leads_to_those_that_are() {
    let browser = Browser::chromium();
    browser.open(&single_file(&format!("?demo#{PLACE}&view=outages&outage=port-9%40never"))).wait_for_state("ready");
    assert!(browser.text("main").contains("There is no outage port-9@never in this month."));
    browser.click(".samples-back");
    browser.wait_until("return document.querySelectorAll('[data-outage]').length === 7");
    assert_ne!(browser.run("return document.activeElement.tagName"), "BODY");
    browser.click(".to-samples");
    in_focus(&browser, "samples");
    browser.press("p");
    browser.wait_until("return document.querySelector('main').textContent.includes('There is no outage')");
}
