//! No view, in any language, light or dark, keeps anybody out: WCAG 2.2 AA as far as axe can tell, in both browsers.

use crate::{
    harness::{Browser, Engine},
    main_job::folder,
    site::single_file,
};
use std::{fs, path::Path};

const LANGUAGES: [&str; 3] = ["zh-Hant", "zh-Hans", "en"];
const THEMES: [&str; 2] = ["light", "dark"];
const VIEWS: [&str; 7] = ["overview", "outages", "charts", "agreement", "statement", "verify", "targets"];

/// Asks axe about the page as it stands. Each violation is told by its rule, the element and what mends it.
fn violations(browser: &Browser) -> Vec<String> {
    if browser.run("return typeof window.axe") != "object" {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".tools/node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{} cannot be read ({error}). `make setup` installs it.", path.display()));
        browser.run(&format!("{source}; window.axe = axe"));
    }
    let found = browser.run(
        "const options = { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
        return window.axe.run(document, options).then(result => result.violations.flatMap(rule => rule.nodes.map(node =>
            `${rule.id}: ${node.target.join(' ')} ${node.html.slice(0, 120)}: ${node.failureSummary}`)))",
    );
    found.as_array().unwrap().iter().map(|own| own.as_str().unwrap().to_owned()).collect()
}

fn check(browser: &Browser, what: &str, found: &mut Vec<String>) {
    found.extend(violations(browser).into_iter().map(|own| format!("{:?}, {what}: {own}", browser.engine())));
}

fn set_theme(browser: &Browser, theme: &str) {
    browser.select("select[name=theme]", theme);
    browser.wait_until(&format!("return document.documentElement.dataset.theme === '{theme}'"));
}

/// Every view of the demo in every language, light and dark.
fn check_views(browser: &Browser, found: &mut Vec<String>) {
    browser.open(&single_file("?demo#month=2026-03&lang=en&view=overview&as_of=2026-04-20T00:00:00Z"));
    browser.wait_for_state("ready");
    for language in LANGUAGES {
        for view in VIEWS {
            browser.run(&format!(
                "location.hash = '#month=2026-03&lang={language}&view={view}&as_of=2026-04-20T00:00:00Z'"
            ));
            browser.wait_until(&format!(
                "return document.documentElement.lang === '{language}'
                    && document.querySelector('.views [aria-current]')?.hash.includes('view={view}')"
            ));
            if view == "charts" {
                browser.wait_until("return !!document.getElementById('timeline')");
            }
            browser.run("document.querySelectorAll('.settlement details').forEach(own => own.open = true)");
            for theme in THEMES {
                set_theme(browser, theme);
                check(browser, &format!("{view} {language} {theme}"), found);
            }
        }
    }
}

/// The samples of an outage.
fn check_samples(browser: &Browser, found: &mut Vec<String>) {
    for language in LANGUAGES {
        browser
            .run(&format!("location.hash = '#month=2026-03&lang={language}&view=outages&as_of=2026-04-20T00:00:00Z'"));
        browser.wait_until(&format!(
            "return document.documentElement.lang === '{language}' && !!document.querySelector('.to-samples')"
        ));
        browser.click(".to-samples");
        browser.wait_until("return !!document.querySelector('.samples-of')");
        for theme in THEMES {
            set_theme(browser, theme);
            check(browser, &format!("samples {language} {theme}"), found);
        }
    }
}

/// The menu of what can be saved, the sheet of keys, and readings that are tried.
fn check_dialogues(browser: &Browser, found: &mut Vec<String>) {
    for language in LANGUAGES {
        browser.run(&format!(
            "location.hash = '#month=2026-03&lang={language}&view=agreement&as_of=2026-04-20T00:00:00Z'"
        ));
        browser.wait_until(&format!(
            "return document.documentElement.lang === '{language}' && !!document.querySelector('.policy')"
        ));
        browser.run("document.querySelector('details.policy').open = true");
        browser.select("select[name='verdict.basis']", "bounds");
        browser.wait_until("return !!document.querySelector('.proposed')");
        for theme in THEMES {
            set_theme(browser, theme);
            check(browser, &format!("readings {language} {theme}"), found);
            browser.click(".menu summary");
            check(browser, &format!("menu {language} {theme}"), found);
            browser.press("\u{e00c}"); // Escape
            browser.run("document.querySelector('button[aria-haspopup=dialog]').click()");
            check(browser, &format!("keys {language} {theme}"), found);
            browser.run("document.querySelector('dialog.keys').close()");
        }
    }
}

/// The first page, and what is said of a file that cannot be used.
fn check_without_a_case(browser: &Browser, found: &mut Vec<String>) {
    let broken = folder("axe").join("broken.json");
    fs::write(&broken, "{ \"schema\": \"sla-export/1\", \"contract\": { \"montly_rent\": \"1.00\" } }").unwrap();
    for language in LANGUAGES {
        browser.open("about:blank").open(&single_file(&format!("#lang={language}"))).wait_for_state("empty");
        for theme in THEMES {
            set_theme(browser, theme);
            check(browser, &format!("empty {language} {theme}"), found);
        }
        browser.choose_files(&[&broken]).wait_for_state("failed");
        for theme in THEMES {
            set_theme(browser, theme);
            check(browser, &format!("failed {language} {theme}"), found);
        }
    }
    fs::remove_file(broken).ok();
}

fn keeps_nobody_out(engine: Engine) {
    let browser = Browser::start(engine);
    let mut found = Vec::new();
    check_without_a_case(&browser, &mut found);
    check_views(&browser, &mut found);
    check_samples(&browser, &mut found);
    check_dialogues(&browser, &mut found);
    assert!(found.is_empty(), "{} violations:\n{}", found.len(), found.join("\n"));
}

#[test]
fn chromium_finds_nothing_that_keeps_anybody_out() {
    keeps_nobody_out(Engine::Chromium);
}

#[test]
fn firefox_finds_nothing_that_keeps_anybody_out() {
    keeps_nobody_out(Engine::Firefox);
}
