//! What fuzzing found worth keeping, replayed: `fuzz/corpus/` holds inputs that reach some part of a reader that no other
//! does. `fuzz/README.md` says how to go on from there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::PathBuf;

use sla_statement::assess::{Question, assess};
use sla_statement::import::{Imported, Options, Reader, Refusal, join, native_decoder};
use sla_statement::record::Record;
use sla_statement::statement::result::ResultDocument;
use sla_statement::statement::sla_export::sla_export;
use sla_statement::time::{LocalMonth, Zone};

fn read(bytes: &[u8], piece: usize) -> Result<Imported, Refusal> {
    let options = Options { zone: Some(Zone::default()), ..Options::default() };
    let mut reader = Reader::new("file", options).decoding_with(native_decoder);
    bytes.chunks(piece).try_for_each(|piece| reader.push(piece))?;
    reader.finish()
}

fn files() -> Vec<PathBuf> {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let entries =
        |folder: PathBuf| fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries(corpus).filter(|path| path.is_dir()).flat_map(entries).collect()
}

/// Names as an export has them: it takes the spaces around them for none of theirs.
fn sayable(record: &Record) -> bool {
    let series = record.series.keys().flat_map(|key| [&key.target, &key.vantage]);
    let outages = record.outages.iter().flatten().flat_map(|own| [&own.id, &own.target]);
    let works = record.maintenance.iter().flatten().flat_map(|own| own.targets.iter().chain([&own.id, &own.work]));
    let notices = record.notices.iter().flatten().map(|own| &own.contact);
    series.chain(outages).chain(works).chain(notices).all(|name| name.trim() == name && name.len() <= 4_096)
}

#[test]
fn every_input_of_the_corpus_is_read_or_refused_however_it_is_cut() {
    let files = files();
    assert!(files.len() > 300, "{} inputs are no corpus", files.len());
    for file in files {
        let bytes = fs::read(&file).expect("a file");
        let (whole, pieces) = (read(&bytes, 1 << 20), read(&bytes, 7));
        assert_eq!(whole.is_ok(), pieces.is_ok(), "{}", file.display());
        let (Ok(whole), Ok(pieces)) = (whole, pieces) else { continue };
        assert_eq!(whole.record, pieces.record, "{}", file.display());
        let Ok(case) = join([whole.record]) else { continue };
        let exported = sla_export(&case.record).filter(|_| case.unresolved.is_empty() && sayable(&case.record));
        if let Some(text) = exported {
            let again = read(text.as_bytes(), 1 << 20);
            let again = again.unwrap_or_else(|refusal| panic!("{}: {refusal:?}", file.display()));
            assert_eq!(sla_export(&again.record), Some(text), "{}", file.display());
        }
        let Some(span) = case.record.span() else { continue };
        let month = LocalMonth::of(Zone::default().day(span.start()));
        let question = Question { month, as_of: month.next().span(Zone::default()).end() };
        if let Ok(assessment) = assess(&case.record, question) {
            assert_eq!(ResultDocument::new(&case.record, &assessment).digest().len(), 71, "{}", file.display());
        }
    }
}
