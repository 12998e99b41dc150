//! A table of another system and what its targets are, as a person says it, and the same from the command line.

use crate::{
    harness::{Browser, Engine},
    main_job::folder,
    site::{Site, single_file},
};
use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const AS_OF: &str = "2026-04-20T00:00:00Z";

fn sample(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(path)
}

/// A file of this name with the content of a sample, in a folder of its own.
fn named(of: &str, name: &str, path: &str) -> PathBuf {
    let file = folder(of).join(name);
    fs::copy(sample(path), &file).unwrap();
    file
}

fn fragment(lang: &str, view: &str) -> String {
    format!("#month=2026-03&lang={lang}&view={view}&as_of={AS_OF}")
}

fn choose(browser: &Browser, name: &str, value: &str) {
    browser.select(&format!(".table-question select[name={name}]"), value);
}

fn network_outages(browser: &Browser) -> String {
    browser.run(&format!("location.hash = '{}'", fragment("en", "outages")));
    let text = browser.text("main");
    browser.run(&format!("location.hash = '{}'", fragment("en", "targets")));
    browser.wait_until("return !!document.querySelector('.targets-view')");
    text
}

fn saved_result(browser: &Browser) -> Vec<u8> {
    let save =
        "const button = [...document.querySelectorAll('button')].find(own => own.textContent.includes('(JSON)'));
        if (button) button.click(); return !!button";
    browser.wait_until(save);
    browser.downloaded("sla-result-2026-03.json")
}

#[test]
fn what_is_said_in_the_page_gives_the_command_lines_result_byte_for_byte() {
    for engine in [Engine::Chromium, Engine::Firefox] {
        let folder = format!("mapping-{engine:?}");
        let day_first = named(&folder, "monitor.csv", "other-csv/day-first.csv");
        let two_nodes = named(&folder, "nodes.csv", "other-csv/two-nodes.csv");
        let browser = Browser::start(engine);
        browser.open(&single_file(&fragment("en", "targets")));
        browser.wait_for_state("empty").choose_files(&[&day_first]).wait_for_state("failed");

        // The columns, the order of dates, the zone, and the one word that the first rows hold.
        browser.wait_until("return !!document.querySelector('.table-question')");
        assert!(browser.text("[role=alert]").contains("monitor.csv"));
        assert_eq!(browser.attribute(".table-question button[type=submit]", "disabled").as_deref(), Some("true"));
        choose(&browser, "column-status", "2");
        choose(&browser, "column-target", "1");
        let means = || browser.text(".table-question tbody tr:first-child td:last-child");
        assert!(means().contains("day or month first?"), "{}", means());
        choose(&browser, "date-order", "dmy");
        assert!(means().contains("time zone needed"), "{}", means());
        browser.type_into(".table-question input[name=table-zone]", "Asia/Shanghai");
        assert!(means().contains("ERREICHBAR"), "{}", means());
        choose(&browser, "status-word", "up");
        assert_eq!(means(), "2026-03-10 00:00:00 · port-1 · up");
        browser.click(".table-question button[type=submit]").wait_for_state("ready");

        // Further down stands a word that was not asked for: its rows are told, and the word can be said now.
        browser.wait_until("return !!document.querySelector('.tables .rejected-count')");
        browser.click("button[data-action=read-otherwise]");
        browser.select("fieldset.table-words label:last-child select", "down");
        browser.click(".table-question button[type=submit]");
        browser.wait_until("return document.documentElement.dataset.state === 'ready' && !document.querySelector('.tables .rejected-count')");

        // A second table names two nodes; one is the port, the other is of no concern.
        browser.choose_files(&[&two_nodes]).wait_for_state("failed");
        let unread = browser.attribute(".table-question button[type=submit]", "disabled");
        assert_eq!(unread.as_deref(), Some("true"), "two nodes are not taken for one by oversight");
        choose(&browser, "column-target", "1");
        browser.click(".table-question button[type=submit]").wait_for_state("ready");
        assert_eq!(browser.count("tr[data-target]"), 3);
        browser.select("tr[data-target=a] select[name=is]", "port-1");
        browser.select("tr[data-target=b] select[name=counts-as]", "ignored");
        let both = network_outages(&browser);
        assert!(both.contains("port-1") && !both.contains("b, "), "{both}");

        // What contradicts is refused and not shown as chosen; a change can be taken back.
        browser.select("tr[data-target=port-1] select[name=counts-as]", "ups");
        browser.click("button[data-action=undo]");
        let chosen = "return document.querySelector('tr[data-target=\"port-1\"] select[name=counts-as]').value === ''";
        browser.wait_until(chosen);

        let result = saved_result(&browser);
        browser.click("button[data-action=save-mapping]");
        let mapping = browser.downloaded("sla-mapping.json");
        let told: Value = serde_json::from_slice(&mapping).unwrap();
        assert_eq!(told["schema"], "sla-mapping/1");
        assert_eq!(told["targets"], serde_json::json!([{ "id": "a", "is": "port-1" }, { "id": "b", "ignored": true }]));
        let file = day_first.with_file_name("sla-mapping.json");
        fs::write(&file, &mapping).unwrap();
        let output = Command::new(env!("CARGO_BIN_EXE_sla-statement"))
            .args(["assess", "--month", "2026-03", "--as-of", AS_OF])
            .args([&two_nodes, &file, &day_first])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout == result, "{engine:?} saved something else than the command line prints");

        // The saved file, dropped with the others, says all of it again.
        browser.open("about:blank").open(&single_file(&fragment("en", "targets")));
        browser.wait_for_state("empty").choose_files(&[&day_first, &two_nodes, &file]).wait_for_state("ready");
        let digest = serde_json::from_slice::<Value>(&result).unwrap()["digest"].clone();
        browser.run(&format!("location.hash = '{}'", fragment("en", "statement")));
        let digest = digest.as_str().unwrap().trim_start_matches("sha256:").to_owned();
        let shown: String = browser.text(".document").split_whitespace().collect();
        assert!(shown.contains(&digest), "{digest}");
    }
}

#[test]
fn of_a_thousand_targets_each_can_be_any_other() {
    let table = folder("many-targets").join("racks.csv");
    let rows: String = (0..1_000).map(|target| format!("2026-03-01T00:00:00Z,rack-{target:04},up\n")).collect();
    fs::write(&table, format!("time,target,status\n{rows}")).unwrap();
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&single_file(&fragment("en", "targets"))).wait_for_state("empty");
        browser.choose_files(&[&table]).wait_for_state("ready");
        browser.wait_until("return document.querySelectorAll('tr[data-target]').length === 1000");
        browser.select("tr[data-target=rack-0500] select[name=is]", "rack-0999");
        let chosen = "return document.querySelector('tr[data-target=rack-0500] select[name=is]').value === 'rack-0999'";
        browser.wait_until(chosen);
        // The names stand in their order around the one that is chosen.
        browser.select("tr[data-target=rack-0500] select[name=is]", "rack-0499");
        browser.wait_until(&chosen.replace("0999", "0499"));
        let listed = browser.run(
            "const own = document.querySelector('tr[data-target=rack-0500] select[name=is]');
            own.focus();
            return [...own.options].slice(1).map(option => option.value).join()",
        );
        let others: Vec<String> = (0..1_000).filter(|own| *own != 500).map(|own| format!("rack-{own:04}")).collect();
        assert_eq!(listed, others.join(","), "{engine:?}");
    }
}

#[test]
fn keys_of_lines_of_json_are_asked_for_like_columns() {
    let lines = folder("mapping-lines").join("probes.jsonl");
    let line = |index: i64| {
        let word = if (40..43).contains(&index) { "WEG" } else { "DA" };
        format!("{{\"Wann\":{},\"Wie\":\"{word}\"}}\n", 1_772_294_400 + 300 * index)
    };
    fs::write(&lines, (0..8_928).map(line).collect::<String>()).unwrap();
    let browser = Browser::chromium();
    browser.open(&single_file(&fragment("en", "targets")));
    browser.wait_for_state("empty").choose_files(&[&lines]).wait_for_state("failed");
    choose(&browser, "column-status", "1");
    browser.select("fieldset.table-words label:first-of-type select", "up");
    browser.click(".table-question button[type=submit]").wait_for_state("ready");
    browser.click("button[data-action=read-otherwise]");
    browser.select("fieldset.table-words label:last-child select", "down");
    browser.click(".table-question button[type=submit]");
    browser.wait_until("return document.documentElement.dataset.state === 'ready' && !document.querySelector('.tables .rejected-count')");
    let result = saved_result(&browser);
    browser.click("button[data-action=save-mapping]");
    let mapping = lines.with_file_name("sla-mapping.json");
    fs::write(&mapping, browser.downloaded("sla-mapping.json")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sla-statement"))
        .args(["assess", "--month", "2026-03", "--as-of", AS_OF])
        .args([&lines, &mapping])
        .output()
        .unwrap();
    assert!(output.stdout == result, "the page saved something else than the command line prints");
    let told: Value = serde_json::from_slice(&result).unwrap();
    assert_eq!(told["sources"][0]["accepted"], 8_928);
    assert_eq!(told["guarantees"][0]["outages"][0]["counted_ms"], 15 * 60_000);
}

#[test]
fn a_mapping_that_comes_after_its_files_reads_them_again() {
    let table = named("late", "monitor.csv", "other-csv/told-by-cells.csv");
    let mapping = table.with_file_name("mapping.json");
    let said = r#"{ "schema": "sla-mapping/1", "files": [ { "columns": ["probed", "answer", "rtt"], "time": "probed",
        "status": "answer", "target_name": "gate" } ] }"#;
    fs::write(&mapping, said).unwrap();
    let browser = Browser::chromium();
    browser.open(&Site::hosted().url(&format!("/{}", fragment("en", "targets"))));
    browser.wait_for_state("empty").choose_files(&[&table]).wait_for_state("ready");
    assert_eq!(browser.texts("tr[data-target] th"), ["port-1"]);
    browser.choose_files(&[&mapping]);
    browser.wait_until("return !!document.querySelector('tr[data-target=gate]')");
    assert_eq!(browser.texts("tr[data-target] th"), ["gate"]);
    assert_eq!(browser.console_errors(), Vec::<String>::new());
}

#[test]
fn a_zone_can_be_remembered_for_the_next_file() {
    let table = named("zone", "pings.csv", "samples-csv/local.csv");
    let browser = Browser::chromium();
    browser.open(&Site::hosted().url(&format!("/{}", fragment("en", "targets"))));
    browser.wait_for_state("empty").choose_files(&[&table]).wait_for_state("failed");
    browser.click(".zone-question input[name=remember-zone]");
    browser.click(".zone-question button[type=submit]").wait_for_state("ready");
    browser.click("button[data-action=save-mapping]");
    let told: Value = serde_json::from_slice(&browser.downloaded("sla-mapping.json")).unwrap();
    assert_eq!(told["files"][0]["time_zone"], "Asia/Shanghai");
}

#[test]
fn the_views_of_a_mapping_fit_a_telephone_and_the_dark() {
    let browser = Browser::chromium();
    for (lang, width, theme) in [("en", 1280, "light"), ("zh-Hans", 500, "light"), ("zh-Hant", 1280, "dark")] {
        browser.resize(width, 900).open("about:blank");
        browser.open(&Site::hosted().url(&format!("/{}", fragment(lang, "targets")))).wait_for_state("empty");
        browser.run(&format!("document.documentElement.dataset.theme = '{theme}'"));
        browser.choose_files(&[sample("other-csv/day-first.csv")]).wait_for_state("failed");
        choose(&browser, "column-status", "2");
        choose(&browser, "date-order", "dmy");
        fits(&browser);
        browser.screenshot(&format!("table-question-{lang}-{width}-{theme}"));
        browser.click(".alert-ways .quiet-button:last-child").wait_for_state("empty");
        browser.choose_files(&[
            sample("other-csv/day-first.csv"),
            sample("other-csv/two-nodes.csv"),
            sample("sla-mapping/all.json"),
        ]);
        browser.wait_for_state("ready");
        browser.run(&format!("document.documentElement.dataset.theme = '{theme}'"));
        fits(&browser);
        let unnamed = "return [...document.querySelectorAll('main select, main input')]
            .filter(own => !own.labels.length && !own.ariaLabel).length";
        assert_eq!(browser.run(unnamed).as_u64(), Some(0), "every control has a name");
        browser.screenshot(&format!("targets-{lang}-{width}-{theme}"));
    }
}

fn fits(browser: &Browser) {
    let wide = browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert!(wide.as_i64().unwrap() <= 0, "the page has to be scrolled sideways");
}
