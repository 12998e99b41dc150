//! What the program is made of comes from where it should, and its licences are at hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeSet, env, fs, path::Path, process::Command};

const CRATES_IO: &str = "\"registry+https://github.com/rust-lang/crates.io-index\"";

#[test]
fn every_crate_comes_from_crates_io_with_its_checksum() {
    let lock = include_str!("../Cargo.lock");
    let packages: Vec<&str> = lock.split("[[package]]\n").skip(1).collect();
    assert!(packages.len() > 100);
    for package in packages {
        let value = |key: &str| package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
        if [Some("\"sla-statement\""), Some("\"sample-rows\"")].contains(&value("name")) {
            assert_eq!(value("source"), None);
        } else {
            assert_eq!(value("source"), Some(CRATES_IO), "{package}");
            assert_eq!(value("checksum").map(str::len), Some(66), "{package}");
        }
    }
}

/// Crates that are linked into the page or the program, as `name version`.
fn linked(options: &[&str]) -> BTreeSet<String> {
    let words =
        ["tree", "--locked", "--offline", "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"];
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let told = Command::new(cargo).current_dir(env!("CARGO_MANIFEST_DIR")).args(words).args(options).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let lines = String::from_utf8(told.stdout).unwrap();
    let crates = lines
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("sla-statement ") && !line.starts_with("sample-rows "));
    crates.map(|line| line.split(" (").next().unwrap().replacen(" v", " ", 1)).collect()
}

#[test]
fn the_licences_of_everything_that_is_linked_are_listed() {
    let mut linked_crates =
        linked(&["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "viewer"]);
    linked_crates.extend(linked(&["--target", "all"]));
    let text = include_str!("../THIRD-PARTY.txt");
    let (list, texts) = text.split_once("\n\n===").unwrap();
    let listed: BTreeSet<String> =
        list.lines().skip(2).map(|line| line.split(": ").next().unwrap().to_owned()).collect();
    assert_eq!(listed, linked_crates, "`make licences` brings THIRD-PARTY.txt up to date");
    for line in list.lines().skip(2) {
        let name = line.split(' ').next().unwrap();
        let named = texts.lines().any(|line| line.split(", ").any(|own| own == name));
        assert!(named, "there is no text for {name}");
    }
}

/// The names that `deny.toml` bans, in page and program as they are built here, without asking cargo-deny.
#[test]
fn nothing_that_is_linked_reaches_a_network_or_brings_c() {
    let mut crates = linked(&["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "viewer"]);
    crates.extend(linked(&["--target", "all"]));
    let (_, list) = include_str!("../deny.toml").split_once("\ndeny = [").unwrap();
    let banned: Vec<&str> = list.split(']').next().unwrap().split('"').skip(1).step_by(2).collect();
    assert!(banned.len() > 10 && banned.contains(&"tokio"), "{banned:?}");
    for name in crates.iter().map(|own| own.split(' ').next().unwrap()) {
        assert!(!banned.contains(&name), "{name} is linked");
        // Build scripts with a C compiler are told by their crate's name.
        assert!(!name.ends_with("-sys") || matches!(name, "js-sys" | "web-sys" | "windows-sys"), "{name} is linked");
    }
}

#[test]
fn unsafe_is_forbidden_and_breaking_down_is_denied() {
    let manifest = include_str!("../Cargo.toml");
    let (_, lints) = manifest.split_once("[workspace.lints.rust]").unwrap();
    for package in [manifest, include_str!("../sample-rows/Cargo.toml")] {
        assert!(package.contains("[lints]\nworkspace = true\n"), "{package}");
    }
    assert!(lints.contains("unsafe_code = \"forbid\""), "a lint that is forbidden cannot be allowed anywhere");
    for lint in ["unwrap_used", "expect_used", "panic", "float_arithmetic"] {
        assert!(lints.contains(&format!("{lint} = \"warn\"")), "{lint}");
    }
    let check = include_str!("../Makefile").split("\ncheck:").nth(1).unwrap().split("\n\n").next().unwrap();
    assert_eq!(check.matches("clippy").count(), check.matches("-D warnings").count());
    assert!(check.contains("--all-targets") && check.contains("wasm32-unknown-unknown"));
}

/// Each row of a table of claims ends with `test`, … in `file`, ….
#[test]
fn every_claim_names_a_test_that_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tables = include_str!("../SECURITY.md").split("| claim | held by |\n|---|---|\n").skip(1);
    let mut claims = 0;
    for row in tables.flat_map(|table| table.lines().take_while(|line| line.starts_with('|'))) {
        let held_by = row.trim_end_matches('|').rsplit_once('|').unwrap().1;
        let named: Vec<&str> = held_by.split('`').skip(1).step_by(2).collect();
        let mut tests = Vec::new();
        for name in &named {
            if !name.ends_with(".rs") {
                tests.push(*name);
                continue;
            }
            let text = fs::read_to_string(root.join(name)).unwrap_or_else(|_| panic!("there is no {name}: {row}"));
            assert!(!tests.is_empty(), "{row}");
            for test in tests.drain(..) {
                let there = text.split(&format!("fn {test}(")).next().filter(|before| before.len() < text.len());
                let marked =
                    there.is_some_and(|before| before.trim_end().rsplit("\n\n").next().unwrap().contains("#[test]"));
                assert!(marked, "{name} has no test {test}");
            }
        }
        assert!(tests.is_empty() && !named.is_empty(), "tests without a file: {row}");
        claims += 1;
    }
    assert!(claims > 30, "{claims} claims");
}
