//! The outages that somebody looks for: by target, clause and claim, the worst first, in the address.

use crate::{harness::Browser, site::single_file};

const PLACE: &str = "month=2026-03&lang=en&as_of=2026-04-20T00:00:00Z";

fn listed(browser: &Browser) -> Vec<String> {
    browser.texts("[data-outage] .when")
}

fn fragment(browser: &Browser) -> String {
    browser.run("return location.hash").as_str().unwrap_or_default().to_owned()
}

#[test]
fn outages_are_found_by_target_clause_and_claim_and_the_address_keeps_the_choice() {
    let browser = Browser::chromium();
    browser.open(&single_file(&format!("?demo#{PLACE}&view=outages"))).wait_for_state("ready");
    let all = listed(&browser);
    assert_eq!(all.len(), 7);
    assert!(all[0].contains("2026-03-24 23:50:02"), "what counts most is first: {all:?}");
    browser.select(".filter select[name=order]", "time");
    browser.wait_until("return document.querySelector('[data-outage] .when').textContent.includes('2026-03-08')");
    browser.select(".filter select[name=target]", "port-2");
    browser.wait_until("return document.querySelectorAll('[data-outage]').length === 4");
    assert_eq!(browser.run("return document.activeElement.name"), "target");
    browser.select(".filter select[name=stance]", "disputed");
    browser.wait_until("return document.querySelectorAll('[data-outage]').length === 1");
    assert!(listed(&browser)[0].contains("2026-03-12 14:20:00"));
    assert_eq!(browser.text(".filter [role=status]"), "1 of 7 outages");
    let there = fragment(&browser);
    assert!(there.contains("&target=port-2&stance=disputed&order=time"), "{there}");
    browser.select(".filter select[name=under]", "1.4.a");
    browser.wait_until("return document.querySelectorAll('[data-outage]').length === 0");
    assert!(browser.text(".outages").contains("fits the choice above"), "an empty list says why");
    browser.run("location.hash = '#month=2026-03&lang=en&view=overview&as_of=2026-04-20T00:00:00Z'");
    browser.wait_until("return !document.querySelector('.filter')");
    browser.run(&format!("location.hash = '{there}'"));
    browser.wait_until("return document.querySelectorAll('[data-outage]').length === 1");
}

#[test]
fn what_was_broken_stands_before_what_was_kept() {
    let browser = Browser::chromium();
    browser.open(&single_file(&format!("?demo#{PLACE}&view=overview"))).wait_for_state("ready");
    let verdicts =
        browser.run("return [...document.querySelectorAll('.cards [data-guarantee]')].map(own => own.dataset.verdict)");
    let verdicts: Vec<&str> = verdicts.as_array().unwrap().iter().map(|own| own.as_str().unwrap()).collect();
    let kept = verdicts.iter().position(|own| *own == "met").unwrap();
    assert!(kept > 1 && verdicts[..kept].iter().all(|own| *own == "breached"), "{verdicts:?}");
    assert!(verdicts[kept..].iter().all(|own| *own != "breached"), "{verdicts:?}");
}
