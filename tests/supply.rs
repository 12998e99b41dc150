//! What the program is made of comes from where it should, and its licences are at hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{collections::BTreeSet, env, process::Command};

const CRATES_IO: &str = "\"registry+https://github.com/rust-lang/crates.io-index\"";

#[test]
fn every_crate_comes_from_crates_io_with_its_checksum() {
    let lock = include_str!("../Cargo.lock");
    let packages: Vec<&str> = lock.split("[[package]]\n").skip(1).collect();
    assert!(packages.len() > 100);
    for package in packages {
        let value = |key: &str| package.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
        if value("name") == Some("\"sla-statement\"") {
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
    let crates = lines.lines().filter(|line| !line.is_empty() && !line.starts_with("sla-statement "));
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
