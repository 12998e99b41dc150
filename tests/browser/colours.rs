//! Where the system chooses colours, or asks for less motion, everything can still be told apart.

use crate::{harness::Browser, site::single_file};

const PLACE: &str = "month=2026-03&lang=en&as_of=2026-04-20T00:00:00Z";
const VIEWS: [&str; 7] = ["overview", "outages", "charts", "agreement", "statement", "verify", "targets"];

fn show(browser: &Browser, view: &str) {
    browser.run(&format!("location.hash = '#{PLACE}&view={view}'"));
    browser
        .wait_until(&format!("return document.querySelector('.views [aria-current]')?.hash.includes('view={view}')"));
}

#[test]
fn colours_that_the_system_chooses_leave_every_difference() {
    let browser = Browser::chromium();
    browser.open(&single_file(&format!("?demo#{PLACE}&view=overview"))).wait_for_state("ready");
    for scheme in ["light", "dark"] {
        browser.select("select[name=theme]", scheme);
        browser.emulate("forced-colors", "active");
        for view in VIEWS {
            show(&browser, view);
            browser.screenshot(&format!("forced-{scheme}-{view}"));
            // A control without a border is not seen where grounds are all alike.
            let bare = browser.run(
                "return [...document.querySelectorAll('main button, main .button, .case-bar button, .case-bar .button')].filter(own => {
                    const style = getComputedStyle(own);
                    return own.offsetParent && style.borderTopStyle === 'none' && style.outlineStyle === 'none' && style.textDecorationLine === 'none';
                }).map(own => own.outerHTML.slice(0, 120))",
            );
            assert_eq!(bare, serde_json::json!([]), "{view}: buttons that nobody sees");
            let present = browser.run(
                "const own = document.querySelector('.views [aria-current]'), other = document.querySelector('.views a:not([aria-current])');
                const look = own => { const style = getComputedStyle(own); return [style.color, style.backgroundColor, style.borderBottomColor, style.borderBottomStyle, style.fontWeight, style.textDecorationLine, style.outlineStyle].join() };
                return look(own) !== look(other)",
            );
            assert_eq!(present, true, "{view}: which view is shown cannot be seen");
        }
        let marks =
            "return [...document.querySelectorAll('.cards .verdict')].every(own => own.textContent.trim().length > 1)";
        show(&browser, "overview");
        assert_eq!(browser.run(marks), true, "a verdict is a word, whatever the colours");
    }
}

#[test]
fn nothing_moves_where_less_motion_is_asked_for() {
    let browser = Browser::chromium();
    browser.emulate("prefers-reduced-motion", "reduce");
    browser.open(&single_file(&format!("?demo#{PLACE}&view=overview"))).wait_for_state("ready");
    browser.emulate("prefers-reduced-motion", "reduce");
    assert_eq!(browser.run("return matchMedia('(prefers-reduced-motion: reduce)').matches"), true);
    for view in VIEWS {
        show(&browser, view);
        let moving = browser.run(
            "return [...document.querySelectorAll('*')].filter(own => {
                const style = getComputedStyle(own);
                return style.animationName !== 'none' || style.transitionDuration.split(', ').some(part => part !== '0s')
                    || style.scrollBehavior === 'smooth';
            }).map(own => own.outerHTML.slice(0, 100))",
        );
        assert_eq!(moving, serde_json::json!([]), "{view}");
    }
}
