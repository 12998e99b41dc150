//! The page assesses and draws in turns: nothing half done is shown as if it were whole, printed or saved.

use crate::{
    harness::{Browser, Engine},
    main_job::folder,
    site::single_file,
};
use std::{fs, path::PathBuf};

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

/// A rack of ports with the same outages: to assess a month of it takes many turns, to draw it takes few.
fn rack() -> PathBuf {
    let outage = |number: u32| {
        let (port, month, day) = (number / 20, 2 + number % 2, 1 + number % 20);
        let hour = format!("2026-{month:02}-{day:02}T10");
        format!(r#"{{ "id": "o{number}", "target": "port-{port}", "start": "{hour}:00:00Z", "end": "{hour}:02:00Z" }}"#)
    };
    let outages: Vec<String> = (0..20 * PORTS).map(outage).collect();
    let file = folder("rack").join("outages.json");
    fs::write(&file, format!(r#"{{ "schema": "sla-export/1", "outages": [{}] }}"#, outages.join(","))).unwrap();
    file
}

const PORTS: u32 = 600;

/// Tells view and month as they are shown, each time that one of them changes.
const WATCH: &str = "
    window.shown = [];
    const tell = () => {
        const view = document.querySelector('main details.policy') ? 'agreement'
            : document.querySelector('main [data-guarantee=network]') ? 'overview' : 'nothing';
        const now = view + ' of ' + (document.title.match(/March|February/) || ['no month'])[0];
        if (now !== window.shown.at(-1)) window.shown.push(now);
    };
    tell();
    new MutationObserver(tell).observe(document, { subtree: true, childList: true, characterData: true });";

#[test]
fn whoever_goes_to_another_view_while_a_month_is_assessed_is_there_before_it_is() {
    let file = rack();
    both(|browser| {
        browser.open(&single_file("#month=2026-03&lang=en&view=overview&as_of=2026-04-20T00:00:00Z"));
        browser.wait_for_state("empty").choose_files(&[&file]).wait_for_state("ready");
        // In a turn of its own, as a person's click is.
        browser.run(&format!(
            "{WATCH} {MONTH_BEFORE}
            setTimeout(() => document.querySelector('nav a[href*=\"view=agreement\"]').click());"
        ));
        browser.wait_until("return document.title.includes('February')");
        browser.wait_for_state("ready");
        let shown = browser.run("return window.shown.join(', ')");
        assert_eq!(shown, "overview of March, agreement of March, agreement of February");
    });
}

#[test]
fn whoever_cancels_while_what_was_read_is_assessed_takes_the_files_back() {
    let file = rack();
    both(|browser| {
        browser.open(&single_file("#lang=en&view=overview&as_of=2026-04-20T00:00:00Z"));
        browser.wait_for_state("empty");
        // The address names the month as soon as all is read.
        browser.run(&format!(
            "{WATCH}
            const look = () => {{
                if (!location.hash.includes('month=')) return setTimeout(look);
                document.querySelector('.loading button')?.click();
                window.cancelled = true;
            }};
            look();"
        ));
        browser.choose_files(&[&file]);
        browser.wait_until("return window.cancelled");
        browser.wait_for_state("empty");
        assert_eq!(browser.run("return window.shown.join(', ')"), "nothing of no month");
        assert_eq!(browser.count("main input[type=file]"), 1, "and others can be chosen");
        browser.choose_files(&[&file]).wait_for_state("ready");
        assert_eq!(browser.count("[data-guarantee=network]"), 1);
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
