//! Readings that are tried in the page: what they change, what the paper says of them, and what the command line finds.

use crate::{
    harness::{Browser, Engine},
    main_job::folder,
    site::single_file,
};
use std::{fs, process::Command};

const PLACE: &str = "month=2026-03&lang=en&as_of=2026-04-20T00:00:00Z";

fn command_line(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_sla-statement")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

#[test]
fn a_proposal_shows_what_it_changes_and_the_command_line_finds_the_same() {
    let folder = folder("policy");
    command_line(&["demo", "-o", folder.to_str().unwrap()]);
    for engine in [Engine::Chromium, Engine::Firefox] {
        let browser = Browser::start(engine);
        browser.open(&single_file(&format!("?demo#{PLACE}&view=agreement"))).wait_for_state("ready");
        assert_eq!(browser.count(".proposed"), 0);
        browser.run("document.querySelector('details.policy').open = true");
        browser.select("select[name='verdict.basis']", "bounds");
        browser.wait_until("return document.querySelectorAll('.proposed .changes li').length > 0");
        let changed = browser.text(".proposed");
        assert!(changed.contains("Breached") && changed.contains("Undetermined"), "{changed}");
        browser.select("select[name='sample.gap_state']", "up");
        browser.screenshot(&format!("policy-{engine:?}"));
        browser.click(".proposed .actions button");
        let policy = browser.downloaded("sla-policy.json");
        let file = self::folder("policy-saved").join("policy.json");
        fs::write(&file, &policy).unwrap();
        let saved = String::from_utf8(policy).unwrap();
        assert_eq!(saved, "{\n  \"verdict.basis\": \"bounds\",\n  \"sample.gap_state\": \"up\"\n}\n");
        browser.click(".menu summary");
        let one_file = ".menu-items button:nth-of-type(2)";
        assert_eq!(browser.attribute(one_file, "disabled").as_deref(), Some("true"), "one file holds what was agreed");
        assert!(browser.text(".menu-items").contains("One file holds what was agreed"));
        browser.click(".menu-items button:first-of-type");
        let result = browser.downloaded("sla-result-HC-2026-0042-2026-03.json");
        let files: Vec<String> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path().display().to_string()).collect();
        let mut arguments = vec!["assess", "--month", "2026-03", "--as-of", "2026-04-20T00:00:00Z", "--policy"];
        arguments.push(file.to_str().unwrap());
        arguments.extend(files.iter().map(String::as_str));
        assert!(result == command_line(&arguments), "{engine:?}: the command line finds something else");
        let marks = "return [...document.querySelectorAll('.sheet')].every(own => own.querySelector('.sheet-mark')?.textContent.includes('PROPOSAL'))";
        assert_eq!(browser.run(marks), true, "every sheet says that it follows a proposal");
        browser.click(".proposed .actions button:nth-of-type(2)");
        browser.wait_until("return !document.querySelector('.proposed') && !document.querySelector('.sheet-mark')");
        assert_eq!(browser.attribute(one_file, "disabled"), None);
        fs::remove_file(file).ok();
    }
    fs::remove_dir_all(folder).ok();
}

#[test]
fn a_value_that_a_reading_does_not_take_changes_nothing_and_says_so() {
    let browser = Browser::chromium();
    browser.open(&single_file(&format!("?demo#{PLACE}&view=agreement"))).wait_for_state("ready");
    browser.run("document.querySelector('details.policy').open = true");
    browser.type_into("input[name='sample.interval_s']", "0\u{e004}");
    browser.wait_until("return document.querySelector(\"input[name='sample.interval_s']\").ariaInvalid === 'true'");
    assert_eq!(browser.count(".proposed"), 0);
    browser.type_into("input[name='sample.interval_s']", "60\u{e004}");
    browser.wait_until("return !!document.querySelector('.proposed')");
}
