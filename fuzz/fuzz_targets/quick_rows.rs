//! Any bytes, as the rows of a table: rows in which nothing is new are taken quickly, and say what they say when each is read
//! for itself. In pieces of one byte no row is ever whole, so that none is taken quickly.
#![no_main]

use libfuzzer_sys::fuzz_target;
use sla_statement::import::{Imported, Options, Reader, Refusal};

const ZONES: [&str; 3] = ["Asia/Shanghai", "Europe/Berlin", "UTC"];
/// Some rows from which the reader learns what is usual.
const BEGINNING: &str = "time,target,vantage,status,latency_ms\n\
    2026-03-01T00:00:00Z,a,,up,12.5\n2026-03-01T00:00:00Z,b,,up,12.5\n2026-03-01T00:05:00Z,a,,up,12.5\n";

fn read(bytes: &[u8], piece: usize, zone: &str) -> Result<Imported, Refusal> {
    let mut reader = Reader::new("pings.csv", Options { zone: zone.parse().ok(), ..Options::default() });
    bytes.chunks(piece).try_for_each(|piece| reader.push(piece))?;
    reader.finish()
}

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rows)) = bytes.split_first() else { return };
    let zone = ZONES[usize::from(*first) % ZONES.len()];
    let table = [BEGINNING.as_bytes(), rows].concat();
    assert_eq!(read(&table, 1 << 20, zone), read(&table, 1, zone));
});
