//! What the parties came to say of exclusions, as an account manager records it: in force at once, on paper, in a file.

use crate::{
    harness::{Browser, Engine},
    main_job::{AS_OF, command_line, demo_files, folder, fragment},
    site::single_file,
};
use std::fs;

/// Fills in the form that a summary opens, and sends it.
fn fill_in(browser: &Browser, form: &str, fields: &[(&str, &str)]) {
    browser.run(&format!("document.querySelector(`{form}`).closest('details').open = true"));
    for (name, value) in fields {
        let field = format!("{form} [name='{name}']");
        match browser.run(&format!("return document.querySelector(`{field}`).tagName")).as_str() {
            Some("SELECT") => browser.select(&field, value),
            _ => browser.type_into(&field, value),
        };
    }
    browser.click(&format!("{form} button[type=submit]"));
}

fn counted(browser: &Browser) -> String {
    browser.text("[data-part=settled] .changes").replace('\n', " ")
}

fn settles(engine: Engine) {
    let mut files = demo_files("settlement");
    let browser = Browser::start(engine);
    browser.open(&single_file(&fragment("en", "outages"))).wait_for_state("empty").choose_files(&files);
    browser.wait_for_state("ready");
    let claims = browser.texts(".claim .claim-id");
    assert_eq!(claims, ["m1", "x1", "x2", "x3"], "{engine:?}: in order of time");
    assert_eq!(browser.attribute("[data-action=save-settlement]", "disabled").as_deref(), Some("true"));

    // Nobody said so: nothing is recorded.
    fill_in(&browser, "[data-claim=x1] form", &[("agreed", "agreed")]);
    assert!(browser.text("[data-claim=x1] .field-error").contains("name"), "{engine:?}");
    assert_eq!(browser.attribute("[data-claim=x1]", "data-stance").as_deref(), Some("claimed"));

    let said = [("agreed", "agreed"), ("settled-by", "Shen Ruoxi"), ("settled-on", "2026-04-08")];
    fill_in(&browser, "[data-claim=x1] form", &said);
    browser.wait_until("return document.querySelector('[data-claim=x1][data-stance=agreed]')");
    assert_eq!(counted(&browser), "Network connectivity guarantee ✗ Breached → ✗ Breached 60:05 → 50:04");
    browser.wait_until("return document.activeElement.dataset.claim === 'x1'");

    // It can be taken back and said again without a mouse: the focus stays with the claim.
    browser.run("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true }))");
    browser.wait_until("return document.querySelector('[data-claim=x1][data-stance=claimed]')");
    browser.wait_until("return document.activeElement.dataset.claim === 'x1'");
    fill_in(&browser, "[data-claim=x1] form", &said);
    browser.wait_until("return document.querySelector('[data-claim=x1][data-stance=agreed]')");

    // The outage of 24 March: its times are put in, and it counts as claimed until both agree.
    browser.click(".new-claim summary");
    let outage = "return [...document.querySelectorAll(\"[name='claim-outage'] option\")].find(own => own.textContent.startsWith('2026-03-24'))?.value";
    let outage = browser.wait_until(outage);
    fill_in(
        &browser,
        ".new-claim form",
        &[("claim-outage", outage.as_str().unwrap()), ("claim-clause", "0"), ("claim-evidence", "switch log")],
    );
    let own = browser.wait_until("return document.activeElement.dataset.claim");
    let own = own.as_str().unwrap().to_owned();
    assert!(own.starts_with("1.4.b@2026-03-24T23:"), "{engine:?}: {own}");
    fill_in(&browser, &format!("[data-claim='{own}'] form"), &said);
    browser.wait_until("return document.querySelectorAll('.claim[data-stance=agreed]').length === 3");
    assert!(counted(&browser).contains("→ ? Undetermined 60:05 → 30:05"), "{engine:?}: {}", counted(&browser));

    browser.click("[data-action=save-settlement]");
    let file = folder("settlement-saved").join("sla-settlement.json");
    fs::write(&file, browser.downloaded("sla-settlement.json")).unwrap();
    browser.click(".menu summary").click(".menu-items button:first-of-type");
    let result = browser.downloaded("sla-result-HC-2026-0042-2026-03.json");
    files.push(file);
    let expected = command_line(&["assess", "--month", "2026-03", "--as-of", AS_OF], &files);
    assert!(result == expected, "{engine:?}: the command line finds something else with the saved file");

    browser.run(&format!("location.hash = '{}'", fragment("en", "statement")));
    browser.wait_until("return document.querySelector('.sheet')?.checkVisibility()");
    let said = "return [...document.querySelectorAll('.sheet')].map(own => own.textContent).join(' ').split(/settled by Shen Ruoxi\\s*2026-04-08/).length - 1";
    assert_eq!(browser.run(said), 4, "{engine:?}: both copies say of both who said so");

    // Each step can be taken back.
    browser.run(&format!("location.hash = '{}'", fragment("en", "outages")));
    browser.wait_until("return document.querySelectorAll('.claim').length === 5");
    browser.run("[...document.querySelectorAll('.claim > button')].at(-1).click()");
    browser.wait_until("return document.querySelectorAll('.claim').length === 4");
    browser.click(".preferences > button");
    browser.wait_until("return document.querySelectorAll('.claim[data-stance=agreed]').length === 3");
}

#[test]
fn what_is_settled_decides_is_printed_and_is_a_file_in_chromium() {
    settles(Engine::Chromium);
}

#[test]
fn what_is_settled_decides_is_printed_and_is_a_file_in_firefox() {
    settles(Engine::Firefox);
}

#[test]
fn a_settlement_that_comes_as_a_file_can_be_changed_and_the_old_file_stands_for_nothing() {
    let mut files = demo_files("settlement-given");
    let given = folder("settlement-given-file").join("agreed-in-april.json");
    let text = r#"{ "schema": "sla-settlement/1", "contract": "HC-2026-0042",
        "settled": [ { "exclusion": "x1", "agreed": "agreed", "by": "Shen Ruoxi", "on": "2026-04-08" } ] }"#;
    fs::write(&given, text).unwrap();
    files.push(given);
    let browser = Browser::chromium();
    browser.open(&single_file(&fragment("en", "outages"))).wait_for_state("empty").choose_files(&files);
    browser.wait_for_state("ready");
    assert_eq!(browser.attribute("[data-claim=x1]", "data-stance").as_deref(), Some("agreed"));
    assert_eq!(
        browser.attribute("[data-action=save-settlement]", "disabled").as_deref(),
        Some("true"),
        "it has a file"
    );
    let said = [("agreed", "rejected"), ("settled-by", "Lu Mingche"), ("settled-on", "2026-04-10")];
    fill_in(&browser, "[data-claim=x1] form", &said);
    browser.wait_until("return document.querySelector('[data-claim=x1][data-stance=rejected]')");
    // The one file holds what is in force, and opens to the same.
    browser.click(".menu summary").click(".menu-items button:nth-of-type(2)");
    let saved = folder("settlement-one-file").join("march.html");
    fs::write(&saved, browser.downloaded("sla-statement-HC-2026-0042-2026-03.html")).unwrap();
    browser.open("about:blank").open(&format!("file://{}{}", saved.display(), fragment("en", "outages")));
    browser.wait_for_state("ready");
    assert_eq!(browser.attribute("[data-claim=x1]", "data-stance").as_deref(), Some("rejected"));
    assert!(browser.text("[data-claim=x1]").contains("Lu Mingche, 2026-04-10"));
}
