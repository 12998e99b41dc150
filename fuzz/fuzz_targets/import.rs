//! Any bytes, as a file: read in pieces, joined, assessed and written as a result. Nothing may panic, where the file is cut
//! may make no difference, and what is read must be the same when it is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sla_statement::assess::{Question, assess};
use sla_statement::import::{Imported, Options, Reader, Refusal, join, native_decoder};
use sla_statement::statement::result::ResultDocument;
use sla_statement::time::{LocalMonth, Zone};

fn read(bytes: &[u8], piece: usize) -> Result<Imported, Refusal> {
    let options = Options { zone: Some(Zone::default()), ..Options::default() };
    let mut reader = Reader::new("file", options).decoding_with(native_decoder);
    bytes.chunks(piece).try_for_each(|piece| reader.push(piece))?;
    reader.finish()
}

fuzz_target!(|bytes: &[u8]| {
    let whole = read(bytes, 1 << 20);
    let pieces = read(bytes, bytes.first().map_or(1, |first| usize::from(*first).max(1)));
    assert_eq!(whole.is_ok(), pieces.is_ok());
    let Ok(whole) = whole else { return };
    assert_eq!(pieces.map(|pieces| pieces.record).ok().as_ref(), Some(&whole.record));
    let Ok(case) = join([whole.record]) else { return };
    let Some(span) = case.record.span() else { return };
    let month = LocalMonth::of(Zone::default().day(span.start()));
    let question = Question { month, as_of: month.next().span(Zone::default()).end() };
    if let Ok(assessment) = assess(&case.record, question) {
        assert_eq!(ResultDocument::new(&case.record, &assessment).digest().len(), 71);
    }
});
