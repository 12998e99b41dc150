//! Statements of any length as sheets: what a browser lays out keeps to the sheets that the program cut.

use crate::{
    harness::{Browser, Engine},
    main_job::folder,
    site::Site,
};
use serde_json::{Value, json};
use std::{fs, path::PathBuf};

/// How many outages each statement lists.
const OUTAGES: [usize; 11] = [1, 2, 3, 5, 8, 13, 20, 40, 80, 120, 200];
const LANGUAGES: [&str; 3] = ["zh-Hant", "zh-Hans", "en"];

/// Statements are made in turns, between which the page answers. Whoever prints before the last one prints all of it.
#[test]
fn a_long_statement_is_made_in_turns_and_printed_whole() {
    let site = Site::hosted();
    let file = export(200);
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&site.url("/")).wait_for_state("empty").choose_files(&[&file]).wait_for_state("ready");
        show(&browser, "en");
        browser.wait_for_state("ready");
        let told = "[document.documentElement.dataset.state, document.querySelector('.statement-print').lang,
            document.querySelector('.statement-print').parentElement.ariaBusy, document.querySelectorAll('.sheet').length]";
        // Somebody prints when the first sheets are made, and a turn or more before the last one.
        let asked = browser.wait_until(&format!(
            "if (!window.asked) {{
                window.asked = [];
                const place = document.querySelector('.statement-print').parentElement;
                new MutationObserver((_, own) => {{
                    own.disconnect();
                    setTimeout(() => {{
                        window.asked.push({told});
                        dispatchEvent(new Event('beforeprint'));
                        setTimeout(() => window.asked.push({told}));
                    }});
                }}).observe(place, {{ attributes: true }});
                location.hash = '#month=2026-03&lang=zh-Hans&view=overview&as_of=2026-04-20T00:00:00Z';
            }}
            return window.asked.length === 2 && window.asked"
        ));
        let sheets = asked[1][3].as_u64().unwrap();
        assert!(sheets > 32, "{sheets} sheets are made in one turn");
        let before = (&asked[0][0], &asked[0][1], &asked[0][2]);
        assert_eq!(before, (&json!("loading"), &json!("en"), &json!("true")), "{engine:?}: all of it or nothing");
        assert_eq!(asked[1], json!(["ready", "zh-Hans", null, sheets]), "{engine:?}");
        // And without anybody who prints, the turns come to an end.
        show(&browser, "en");
        browser.wait_for_state("ready");
        assert_eq!(check_numbers(&browser, 200, "en") * 2, browser.count(".sheet"));
    }
    fs::remove_file(file).ok();
}

#[test]
fn statements_of_any_length_break_between_sheets_and_nowhere_else() {
    let site = Site::hosted();
    let browser = Browser::chromium();
    browser.resize(1440, 900);
    let mut continued = 0;
    for (outages, printed) in OUTAGES.into_iter().zip(LANGUAGES.into_iter().cycle()) {
        let file = export(outages);
        browser.open(&site.url("/")).wait_for_state("empty").choose_files(&[&file]).wait_for_state("ready");
        for language in LANGUAGES.into_iter().filter(|own| *own != printed).chain([printed]) {
            show(&browser, language);
            let pages = check_numbers(&browser, outages, language);
            assert_eq!(problems(&browser), Vec::<String>::new(), "{outages} outages, {language}, {pages} pages");
            continued += continued_tables(&browser);
        }
        check_print(&browser, outages);
        fs::remove_file(file).ok();
    }
    assert!(continued > 30, "only {continued} tables went on over a sheet's end: nothing was tried");
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

fn show(browser: &Browser, language: &str) {
    browser.run(&format!("location.hash = '#month=2026-03&lang={language}&view=statement&as_of=2026-04-20T00:00:00Z'"));
    browser.wait_until(&format!("return document.querySelector('.statement-print')?.lang === '{language}'"));
}

/// Pages are numbered through in each of two copies. Gives how many a copy has.
fn check_numbers(browser: &Browser, outages: usize, language: &str) -> usize {
    let script = "return [...document.querySelectorAll('.sheet')]
        .map(own => own.parentElement.dataset.copy + ' ' + own.dataset.page + '/' + own.dataset.pages)";
    let found = strings(browser, script);
    let pages = found.len() / 2;
    let expected: Vec<String> = ["customer", "provider"]
        .into_iter()
        .flat_map(|copy| (1..=pages).map(move |page| format!("{copy} {page}/{pages}")))
        .collect();
    assert_eq!(found, expected, "{outages} outages, {language}");
    pages
}

/// Everything that a reader of the paper would call broken, in words.
fn problems(browser: &Browser) -> Vec<String> {
    strings(
        browser,
        "const found = [];
        const tables = 'table:not([data-form=facts])';
        for (const sheet of document.querySelectorAll('.sheet')) {
            // Out of sight, what is in it is not laid out.
            sheet.style.contentVisibility = 'visible';
            const say = what => found.push(`${sheet.parentElement.dataset.copy} ${sheet.dataset.page}: ${what}`);
            const body = sheet.querySelector('.sheet > div');
            for (const box of [sheet, ...sheet.children]) {
                if (box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1) {
                    say(`${box.className} holds ${box.scrollWidth} × ${box.scrollHeight}, has ${box.clientWidth} × ${box.clientHeight}`);
                }
            }
            const room = body.getBoundingClientRect();
            for (const own of body.querySelectorAll('*')) {
                // Words and hatchings of a drawing have no place of their own.
                if (own.closest('svg > title, svg > desc, svg > defs')) continue;
                const place = own.getBoundingClientRect();
                if (place.bottom > room.bottom + 1 || place.right > room.right + 1 || place.left < room.left - 1) {
                    say(`${own.tagName} ${own.className} reaches out: ${own.textContent.slice(0, 40)}`);
                }
            }
            for (const cell of body.querySelectorAll('td, th')) {
                if (cell.scrollWidth > cell.clientWidth + 1) say(`a cell is too wide: ${cell.textContent.slice(0, 40)}`);
            }
            if (!body.children.length) say('is empty');
            if (body.lastElementChild?.matches('h1, h2, h3')) say(`a heading is last: ${body.lastElementChild.textContent}`);
            for (const table of body.querySelectorAll(tables)) {
                if (![...table.querySelectorAll('tr:first-child > th')].some(own => own.textContent.trim())) say('a table has no head');
                if (!table.querySelector('tr + tr')) say('a table has a head and no row');
            }
            const signed = body.querySelectorAll('[data-part=signatures]');
            if (signed.length && body.children.length === 1) say('the signatures are alone');
            if (signed.length && signed[0].querySelectorAll('.signatures > div').length !== 2) say('the signatures are split');
        }
        for (const copy of document.querySelectorAll('.statement-copy')) {
            if (copy.querySelectorAll('[data-part=signatures]').length !== 1) found.push('not one signature block in a copy');
        }
        return found",
    )
}

/// How many tables go on from one sheet to the next; each has its head there again.
fn continued_tables(browser: &Browser) -> usize {
    let script =
        "const heads = table => [...table.querySelectorAll('tr:first-child > th')].map(own => own.textContent.trim());
        const sheets = [...document.querySelectorAll('.sheet > div')];
        const pairs = sheets.slice(1).map((own, at) => [sheets[at].lastElementChild, own.firstElementChild]);
        return pairs.filter(pair => pair.every(own => own.matches('table:not([data-form=facts])')))
            .map(([before, after]) => [heads(before), heads(after)])";
    let pairs = browser.run(script).as_array().cloned().unwrap_or_default();
    for pair in &pairs {
        let heads = |at: usize| -> Vec<String> { texts(&pair[at]) };
        let (before, after) = (heads(0), heads(1));
        assert_eq!(before[1..], after[1..], "the head of a table that goes on");
        let first = before[0].split(['（', '(']).next().unwrap_or_default().trim();
        assert!(after[0].starts_with(first) && after[0].len() > first.len(), "{} does not go on {first}", after[0]);
    }
    pairs.len()
}

/// One page of paper a sheet, each with the number that the sheet bears; every outage is on the paper of both copies.
fn check_print(browser: &Browser, outages: usize) {
    let numbers = strings(
        browser,
        "return [...document.querySelectorAll('.sheet > footer > :last-child')].map(own => own.textContent)",
    );
    let pdf = browser.print_pdf(&format!("page-breaks-{outages}"));
    assert_eq!(pdf.pages.len(), numbers.len(), "{outages} outages: pages of paper and sheets");
    assert!(pdf.sizes.iter().all(|(width, height)| width.abs_diff(595) < 2 && height.abs_diff(842) < 2), "A4");
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    for (page, number) in pdf.pages.iter().zip(&numbers) {
        assert!(bare(page).contains(&bare(number)), "`{number}` is missing on\n{page}");
    }
    for copy in pdf.pages.chunks(pdf.pages.len() / 2) {
        let text: String = copy.iter().map(|page| bare(page)).collect();
        for outage in 0..outages {
            assert!(text.contains(&name(outage)), "{} is on no paper", name(outage));
        }
    }
}

fn strings(browser: &Browser, script: &str) -> Vec<String> {
    texts(&browser.run(script))
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|own| own.as_str().unwrap().to_owned()).collect()
}

fn name(outage: usize) -> String {
    format!("out-{outage:03}")
}

/// A day and a time of March in Shanghai, so many minutes after its beginning.
fn at(minutes: usize) -> String {
    format!("2026-03-{:02}T{:02}:{:02}:00+08:00", minutes / 1_440 + 1, minutes / 60 % 24, minutes % 60)
}

/// A month with so many outages of every kind, and with something to say of every article.
fn export(outages: usize) -> PathBuf {
    let start = |outage: usize| 30 + outage * 210;
    let length = |outage: usize| 2 + outage % 7;
    let list: Vec<Value> = (0..outages)
        .map(|own| json!({ "id": name(own), "target": "port-1", "start": at(start(own)), "end": at(start(own) + length(own)) }))
        .collect();
    let reports: Vec<Value> = (0..outages)
        .filter(|own| own % 5 != 4)
        .map(|own| json!({ "id": format!("r{own}"), "at": at(start(own) + 60), "by": "方以寧", "channel": "email", "outage": name(own) }))
        .collect();
    let claims: Vec<Value> = (0..outages)
        .filter(|own| own % 4 == 1)
        .map(|own| {
            json!({
                "id": format!("x{own}"), "clause": "1.4.b", "start": at(start(own)), "end": at(start(own) + 1),
                "evidence": "交換機日誌，".repeat(own % 9 + 1), "agreed": (["agreed", "claimed", "rejected"][own % 3]),
            })
        })
        .collect();
    let party = |name: &str| {
        json!({
            "name": name, "representative": "沈若溪", "address": "上海市浦東新區示範路 88 號 6 樓 601 至 608 室",
            "postal_code": "200120", "telephone": "021-5555-0142", "email": "service@example.example",
        })
    };
    let document = json!({
        "schema": "sla-export/1",
        "contract": {
            "id": "HC-2026-0042", "signed_on": "2025-12-28", "monthly_rent": "3000.00", "place_of_signing": "上海市",
            "term": { "first_day": "2026-01-01", "last_day": "2026-12-31" },
            "customer": party("上海青梧文化傳播有限公司"), "provider": party("華澄數據中心（上海）有限公司"),
            "service_specialist": "何佩蘭", "support_engineer": "", "signers": [{ "name": "沈若溪" }],
        },
        "targets": [{ "id": "port-1", "guarantee": "network", "label": "A 區 12 櫃 1 號埠（主站）" }],
        "outages": list, "outage_reports": reports, "exclusions": claims,
        "installations": [{
            "id": "i1", "service_class": "colocation", "signed_on": "2026-03-03", "setup_fee": "500.00",
            "items": [{ "item": "power", "accepted_at": at(11_000) }],
        }],
        "authorisations": [{ "id": "a1", "form": "phone", "at": at(13_000), "signer": "沈若溪", "verified": true }],
        "operations": [{ "id": "op1", "authorisation": "a1", "started_at": at(13_010), "first_feedback_at": at(13_020), "ended_at": at(13_030) }],
        "complaints": [{ "id": "c1", "form": "written", "submitted_at": at(20_000), "accepted_at": at(20_030), "first_report_at": at(21_000) }],
        "visits": [{ "id": "v1", "notified_at": at(24_000), "reason": "更換硬碟", "expected_entry": at(25_000), "escort": true, "badge": true, "refused": true }],
    });
    let path = folder("page-breaks").join("outages.json");
    fs::write(&path, document.to_string()).unwrap();
    path
}
