//! The page assesses and draws in turns: nothing half done is shown as if it were whole, printed or saved.

use crate::{
    harness::{Browser, Engine},
    main_job::folder,
    site::single_file,
};
use std::fs;

const CASE: &str = "?demo#month=2026-03&lang=en&view=overview&as_of=2026-04-20T00:00:00Z";
/// Goes to the month before, and on in the same turn.
const MONTH_BEFORE: &str = "document.querySelector('.month-choice .step').click();";

fn both(test: impl Fn(&Browser)) {
    for engine in [Engine::Chromium, Engine::Firefox] {
        test(&Browser::start(engine));
    }
}

#[test]
fn whoever_prints_at_once_prints_the_month_that_was_chosen_last() {
    both(|browser| {
        browser.open(&single_file(CASE)).wait_for_state("ready");
        let before = browser.run("return document.querySelector('.document .sheet').textContent");
        assert!(before.as_str().unwrap().contains("March 2026"), "{before}");
        let printed = browser.run(&format!(
            "{MONTH_BEFORE}
            dispatchEvent(new Event('beforeprint'));
            const own = document.querySelector('.document');
            return [!!own.querySelector('[aria-busy=true]'), own.querySelector('.sheet').textContent]"
        ));
        assert_eq!(printed[0], false, "what is not whole is not printed");
        let text = printed[1].as_str().unwrap();
        assert!(text.contains("February 2026") && !text.contains("March 2026"), "{text}");
        // Nothing takes it away again while the printer has it.
        browser.wait_for_state("ready");
        let after = browser.run("return document.querySelector('.document .sheet').textContent");
        assert_eq!(after, printed[1]);
    });
}

#[test]
fn whoever_saves_at_once_saves_the_month_that_was_chosen_last() {
    both(|browser| {
        browser.open(&single_file(CASE)).wait_for_state("ready");
        browser.run(&format!(
            "{MONTH_BEFORE}
            [...document.querySelectorAll('button')].find(own => own.textContent.includes('(JSON)')).click()"
        ));
        let saved = browser.downloaded("sla-result-HC-2026-0042-2026-02.json");
        let told: serde_json::Value = serde_json::from_slice(&saved).unwrap();
        assert_eq!(told["month"], "2026-02");
    });
}

#[test]
fn as_long_as_the_page_is_loading_it_shows_how_it_goes() {
    both(|browser| {
        browser.open(&single_file("#month=2026-03&lang=en&view=overview&as_of=2026-04-20T00:00:00Z"));
        browser.wait_for_state("empty");
        browser.run(
            "const page = document.documentElement;
            window.loading = [];
            new MutationObserver(() => {
                const bar = document.querySelector('[role=progressbar]');
                if (page.dataset.state === 'loading') window.loading.push(!!bar && !!bar.getClientRects().length);
            }).observe(page, { attributes: true, attributeFilter: ['data-state'] });",
        );
        browser.run(
            "[...document.querySelectorAll('main button')].find(own => /demo|example/i.test(own.textContent)).click()",
        );
        browser.wait_for_state("ready");
        browser.run(MONTH_BEFORE);
        browser.wait_until("return document.querySelector('.document .sheet').textContent.includes('February 2026')");
        browser.select("select[name=language]", "zh-Hans");
        browser.wait_for_state("ready");
        let seen = browser.run("return window.loading");
        let seen = seen.as_array().unwrap();
        assert!(seen.len() >= 2 && seen.iter().all(|own| own == true), "{seen:?}");
        assert_eq!(browser.count("[role=progressbar]"), 0, "and not when it is ready");
    });
}

#[test]
fn a_long_list_of_outages_is_whole_in_the_end_and_leaves_the_page_to_whoever_goes_on() {
    let outage = |number: u32| {
        let (day, hour) = (1 + number / 20, number % 20);
        format!(
            r#"{{ "id": "o{number}", "target": "port-1", "start": "2026-03-{day:02}T{hour:02}:00:00+08:00", "end": "2026-03-{day:02}T{hour:02}:09:00+08:00" }}"#
        )
    };
    let outages: Vec<String> = (0..300).map(outage).collect();
    let file = folder("many-outages").join("outages.json");
    fs::write(&file, format!(r#"{{ "schema": "sla-export/1", "outages": [{}] }}"#, outages.join(","))).unwrap();
    both(|browser| {
        browser.open(&single_file("#month=2026-03&lang=en&view=overview&as_of=2026-04-20T00:00:00Z"));
        browser.wait_for_state("empty").choose_files(&[&file]).wait_for_state("ready");
        browser.click("[data-guarantee=network] .to-outages");
        browser.wait_until("return document.querySelectorAll('[data-outage]').length === 300");
        browser.wait_until("return !document.querySelector('main [aria-busy]')");
        // Elsewhere before it is whole: nothing of it comes after.
        browser.run("history.back()");
        browser.wait_until("return location.hash.includes('view=overview')");
        browser.run(
            "document.querySelector('[data-guarantee=network] .to-outages').click();
            setTimeout(() => { location.hash = '#month=2026-03&lang=en&view=agreement' })",
        );
        browser.wait_until("return !!document.querySelector('details.policy')");
        assert_eq!(browser.count("[data-outage]"), 0);
        if browser.engine() == Engine::Chromium {
            assert_eq!(browser.console_errors(), Vec::<String>::new());
        }
    });
}
