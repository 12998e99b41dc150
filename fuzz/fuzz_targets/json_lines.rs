//! Any bytes, as lines of JSON: lines that are written like one before are taken quickly, and say what they say when each is
//! read for itself. In pieces of one byte no line is ever whole, so that none is taken quickly.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sla_statement::import::{Imported, Options, Reader, Refusal};

const ZONES: [&str; 3] = ["Asia/Shanghai", "Europe/Berlin", "UTC"];
/// Lines from which the reader learns what is usual, more than those by which it is told what the file is.
const BEGINNING: &str = "{\"time\":\"2026-03-01T00:00:00Z\",\"target\":\"a\",\"vantage\":\"\",\"status\":\"up\",\"latency\":12.5,\"aside\":\"x\"}\n\
    {\"time\":1772323200,\"target\":\"b\",\"status\":true}\n{\"status\":\"down\",\"target\":\"a\",\"time\":\"2026-03-01T00:05:00Z\"}\n";

fn read(bytes: &[u8], piece: usize, zone: &str) -> Result<Imported, Refusal> {
    let mut reader = Reader::new("pings.jsonl", Options { zone: zone.parse().ok(), ..Options::default() });
    let (first, rest) = bytes.split_at(BEGINNING.len() * 90);
    reader.push(first)?;
    rest.chunks(piece).try_for_each(|piece| reader.push(piece))?;
    reader.finish()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, lines)) = bytes.split_first() else { return };
    let zone = ZONES[usize::from(*first) % ZONES.len()];
    let lines = [BEGINNING.repeat(90).as_bytes(), lines].concat();
    assert_eq!(read(&lines, 1 << 20, zone), read(&lines, 1, zone));
});
