//! Any bytes, as a file: what is read of it is written as `sla-export/1`, read again, and written again as the same bytes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sla_statement::import::{Options, Reader, Refusal, join};
use sla_statement::record::Record;
use sla_statement::statement::sla_export::sla_export;
use sla_statement::time::Zone;

fn read(bytes: &[u8]) -> Result<Record, Refusal> {
    let mut reader = Reader::new("file", Options { zone: Some(Zone::default()), ..Options::default() });
    reader.push(bytes)?;
    Ok(reader.finish()?.record)
}

/// Names as the format has them: it takes the spaces around them for none of theirs.
fn sayable(record: &Record) -> bool {
    let series = record.series.keys().flat_map(|key| [&key.target, &key.vantage]);
    let outages = record.outages.iter().flatten().flat_map(|own| [&own.id, &own.target]);
    let works = record.maintenance.iter().flatten().flat_map(|own| own.targets.iter().chain([&own.id, &own.work]));
    let notices = record.notices.iter().flatten().map(|own| &own.contact);
    series.chain(outages).chain(works).chain(notices).all(|name| name.trim() == name && name.len() <= 4_096)
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(Ok(case)) = read(bytes).map(|record| join([record])) else { return };
    if !case.unresolved.is_empty() || !sayable(&case.record) {
        return;
    }
    let Some(text) = sla_export(&case.record) else { return };
    let again = read(text.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal:?}\n{text}"));
    assert_eq!(sla_export(&again).as_ref(), Some(&text));
    let samples = |record: &Record| record.series.values().map(|series| series.len()).sum::<u64>();
    assert_eq!(samples(&again), samples(&case.record));
});
