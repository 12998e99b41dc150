//! The program stays small enough to be mailed and to open at once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{fs, io::Write, path::PathBuf};

/// Bytes of the module as a server sends it, compressed with brotli. The aim is 300 KB, and it is far from that: this limit only
/// goes down.
const MODULE_LIMIT: usize = 663_500;
/// Bytes of the single file without data.
const SINGLE_FILE_LIMIT: usize = 1_000_000;

fn dist() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("dist");
    let entries =
        fs::read_dir(folder).expect("dist/ is missing: `make page` builds it, and `make test` before the tests");
    entries.map(|entry| entry.unwrap().path()).collect()
}

fn brotli(bytes: &[u8]) -> usize {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 24);
    writer.write_all(bytes).unwrap();
    writer.into_inner().len()
}

#[test]
fn the_module_is_small() {
    let modules: Vec<_> =
        dist().into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "wasm")).collect();
    assert_eq!(modules.len(), 1, "page and worker share one module: {modules:?}");
    let size = brotli(&fs::read(&modules[0]).unwrap());
    assert!(size > 10_000, "{size} bytes is no program");
    assert!(size <= MODULE_LIMIT, "the module takes {size} bytes compressed, {MODULE_LIMIT} are allowed");
}

#[test]
fn the_single_file_is_small() {
    let size = fs::metadata(env!("CARGO_MANIFEST_DIR").to_owned() + "/dist/sla-statement.html")
        .expect("the single file is missing: `make page` builds it")
        .len() as usize;
    assert!(size <= SINGLE_FILE_LIMIT, "the single file takes {size} bytes, {SINGLE_FILE_LIMIT} are allowed");
}
