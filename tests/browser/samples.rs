//! Every sample of every producer, as a person drops it on the page: it becomes a statement wherever the command line can use
//! it, and nowhere else.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{harness::Browser, site::Site};

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

/// Those that are exports: neither broken ones nor what is said of them.
fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let is_export = |file: &PathBuf| {
        let part = |name: &str| file.starts_with(folder.join(name));
        let ending = file.extension().is_some_and(|ending| ending == "md" || ending == "py" || ending == "sh");
        !part("invalid") && !part("policy") && !part("signed") && !ending
    };
    files_below(&folder).into_iter().filter(is_export).collect()
}

/// Whether the command line makes a case of the file by itself.
fn is_usable(file: &Path) -> bool {
    let question = ["assess", "--month", "2026-03", "--as-of", "2026-05-01T00:00:00Z"];
    let output = Command::new(env!("CARGO_BIN_EXE_sla-statement")).args(question).arg(file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    // A month outside the term of a contract is no fault of the file.
    output.status.success() || said.contains("is outside the term")
}

#[test]
fn every_sample_becomes_a_statement_or_says_what_it_lacks() {
    let browser = Browser::chromium();
    let (site, samples) = (Site::hosted(), samples());
    let mut statements = 0;
    for (index, file) in samples.iter().enumerate() {
        let place = format!("/?{index}#month=2026-03&lang=en&view=statement&as_of=2026-05-01T00:00:00Z");
        browser.open(&site.url(&place)).wait_for_state("empty").choose_files(&[file]);
        let done = "const state = document.documentElement.dataset.state; return (state === 'ready' || state === 'failed') && state";
        let ready = browser.wait_until(done) == "ready";
        assert_eq!(ready, is_usable(file), "{}: {}", file.display(), browser.texts("[role=alert]").join(" "));
        if ready {
            let shown = browser.wait_until("return document.querySelectorAll('.sheet, .refused').length");
            statements += u32::from(browser.count(".sheet") > 0);
            assert!(shown.as_u64() > Some(0), "{}", file.display());
        } else {
            assert!(browser.text("[role=alert]").len() > 40, "{} says what to do", file.display());
        }
    }
    assert!(statements > 50, "{statements} statements of {} samples", samples.len());
}
