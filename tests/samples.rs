//! Every sample file there is, whoever wrote it: what comes out of it, under any name, however it is cut, in any order.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sla_statement::import::{Imported, Options, Reader, Refusal, inspection, join, native_decoder};
use sla_statement::record::Record;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

/// Every file, but for broken ones (`tests/import.rs`), and for what explains, makes or checks the others.
fn samples() -> Vec<String> {
    let mut samples = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(root()).expect("inside").to_str().expect("a name").replace('\\', "/");
            let aside = name == "invalid" || [".md", ".py", ".rows"].iter().any(|end| name.ends_with(end));
            match path.is_dir() {
                _ if aside => {}
                true => folders.push(path),
                false => samples.push(name),
            }
        }
    }
    samples.sort();
    samples
}

/// Times without offset are Shanghai's, or New York's where the name says so.
fn read(sample: &str, bytes: &[u8], cuts: impl IntoIterator<Item = usize>) -> Result<Imported, Refusal> {
    let zone = if sample.contains("new-york") { "America/New_York" } else { "Asia/Shanghai" };
    let options = Options { zone: zone.parse().ok(), ..Options::default() };
    let mut reader = Reader::new("hidden", options).decoding_with(native_decoder);
    let mut from = 0;
    for cut in cuts.into_iter().chain([bytes.len()]) {
        reader.push(&bytes[from..cut])?;
        from = cut;
    }
    reader.finish()
}

fn bytes(sample: &str) -> Vec<u8> {
    fs::read(root().join(sample)).unwrap_or_else(|error| panic!("{sample}: {error}"))
}

/// What a file was taken for, or why it was refused, in a few lines.
fn summary(read: &Result<Imported, Refusal>) -> String {
    let mut told = String::new();
    let imported = match read {
        Ok(imported) => imported,
        Err(refusal) => {
            let codes: Vec<_> = refusal.diagnostics.iter().take(3).map(|own| own.code.as_str()).collect();
            return format!("  refused: {}\n", codes.join(" "));
        }
    };
    let inspection = inspection(std::slice::from_ref(imported));
    let file = &inspection["files"][0];
    let text = |key: &str| file[key].as_str().unwrap_or("–").to_owned();
    let (format, evidence, encoding) = (text("format"), text("evidence"), text("encoding"));
    writeln!(told, "  {format} {evidence} {encoding} taken {} rejected {}", file["accepted"], file["rejected"])
        .unwrap();
    for (key, series) in &imported.record.series {
        let (first, last) = (series.first().expect("samples"), series.last().expect("samples"));
        let (count, runs) = (series.len(), series.runs().len());
        let name = format!("{} {:?} {}", key.target, key.check, key.vantage);
        writeln!(told, "  {}: {count} samples in {runs} runs, {first} to {last}", name.trim_end()).unwrap();
    }
    if file["sections"] != serde_json::json!({}) {
        writeln!(told, "  {}", file["sections"]).unwrap();
    }
    for warning in file["warnings"].as_array().expect("a list") {
        writeln!(told, "  {} × {}", warning["count"], warning["code"].as_str().unwrap_or_default()).unwrap();
    }
    told
}

#[test]
fn every_sample_says_what_it_said() {
    let told: String =
        samples().iter().map(|sample| format!("{sample}\n{}", summary(&read(sample, &bytes(sample), [])))).collect();
    insta::assert_snapshot!(told);
}

#[test]
fn where_a_sample_is_cut_makes_no_difference() {
    for sample in samples() {
        let bytes = bytes(&sample);
        let whole = read(&sample, &bytes, []);
        let pieces = |size: usize| read(&sample, &bytes, (0..bytes.len()).step_by(size));
        let size = if bytes.len() > 20_000 { 13 } else { 1 };
        assert_eq!(pieces(size), whole, "{sample} in pieces of {size}");
        assert_eq!(pieces(4_093), whole, "{sample} in pieces of 4093");
        for cut in (0..=bytes.len()).step_by(bytes.len() / 12 + 1) {
            assert_eq!(read(&sample, &bytes, [cut]), whole, "{sample} cut at {cut}");
        }
    }
}

/// The files of a folder are of one case, or cannot be, in whatever order they are loaded.
#[test]
fn the_order_of_samples_makes_no_difference() {
    let mut folders: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for sample in samples() {
        let Ok(mut imported) = read(&sample, &bytes(&sample), []) else { continue };
        // A file that is in an archive and beside it bears the name under which it came first.
        imported.record.sources.values_mut().for_each(|own| own.name.clear());
        let folder = sample.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder.to_owned()).or_default().push(imported.record);
    }
    for (folder, records) in folders {
        let [ahead, behind, shifted] = [0, 1, 2].map(|order| {
            let mut records = records.clone();
            match order {
                0 => {}
                1 => records.reverse(),
                _ => records.rotate_left(1),
            }
            join(records)
        });
        let told = |case: &Result<sla_statement::import::Case, _>| case.as_ref().ok().map(|case| case.record.clone());
        assert_eq!(told(&ahead), told(&behind), "{folder} backwards");
        assert_eq!(told(&ahead), told(&shifted), "{folder} beginning with the second");
    }
}

/// Damage makes no reader panic.
#[test]
fn damaged_samples_are_read_or_refused() {
    for sample in samples() {
        let bytes = bytes(&sample);
        for at in (0..bytes.len()).step_by(bytes.len() / 24 + 1) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0x55;
            damaged.truncate(bytes.len() - at / 3);
            if let Err(refusal) = read(&sample, &damaged, []) {
                assert!(!refusal.diagnostics.is_empty(), "{sample}");
            }
        }
    }
}

/// What a version of a system wrote stands in a folder of that version, with the story of how it came about.
#[test]
fn folders_of_versions_say_how_their_files_were_made() {
    let mut told = 0;
    for sample in samples() {
        let Some((folder, name)) = sample.rsplit_once('/') else { continue };
        let readme = fs::read_to_string(root().join(folder).join("README.md")).unwrap_or_default();
        if !readme.is_empty() {
            assert!(readme.contains(&format!("`{name}`")), "{folder}/README.md says nothing of {name}");
            assert!(readme.contains("licence"), "{folder}/README.md says nothing of a licence");
            told += 1;
        }
    }
    assert!(told >= 15, "{told} files with a story");
}
