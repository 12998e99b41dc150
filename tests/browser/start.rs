//! The program starts wherever it is opened, and says so when it cannot.

use crate::{
    harness::{Browser, Engine},
    main_job::folder,
    site::{Site, single_file},
};
use std::{fs, path::Path};

fn starts(engine: Engine, address: &str) {
    let browser = Browser::start(engine);
    browser.open(address).wait_for_state("empty");
    assert_eq!(browser.count("[role=alert]"), 0);
    assert_eq!(browser.count("input[type=file]"), 1, "a page to choose files in");
    if engine == Engine::Chromium {
        assert_eq!(browser.console_errors(), Vec::<String>::new());
    }
}

#[test]
fn the_hosted_page_starts_in_chromium() {
    starts(Engine::Chromium, &Site::hosted().url("/"));
}

#[test]
fn the_hosted_page_starts_in_firefox() {
    starts(Engine::Firefox, &Site::hosted().url("/"));
}

#[test]
fn the_single_file_starts_from_a_folder_in_chromium() {
    starts(Engine::Chromium, &single_file(""));
}

#[test]
fn the_single_file_starts_from_a_folder_in_firefox() {
    starts(Engine::Firefox, &single_file(""));
}

#[test]
fn a_page_that_cannot_start_says_so_in_three_languages() {
    let folder = folder("broken");
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("dist/index.html"), folder.join("index.html")).unwrap();
    let site = Site::serve(&folder);
    let browser = Browser::chromium();
    browser.open(&site.url("/")).wait_for_state("failed");
    let lines = browser.texts("[role=alert] [lang]");
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().any(|line| line.contains("could not start")), "{lines:?}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_mistake_of_the_program_itself_is_told_in_the_language_of_the_page() {
    let browser = Browser::chromium();
    browser.open(&single_file("#lang=en")).wait_for_state("empty");
    assert_eq!(browser.count("#sla-breakdown[hidden]"), 1);
    // A module of one function, which ends where a program ends that finds a mistake of its own.
    browser.run(
        "const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
        const own = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes)));
        setTimeout(() => own.exports.f());",
    );
    browser.wait_for_state("failed");
    let told = browser.text("#sla-breakdown[role=alert]");
    assert!(told.contains("an error of its own"), "{told}");
    assert!(told.contains("unreachable") && told.contains("wasm-function"), "it says what, and where: {told}");
}
