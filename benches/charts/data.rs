//! The data that all charts show: the round-trip times of a year, one each thirty seconds, one of them far longer and one
//! far shorter than all the others.

use std::{
    fs::File,
    io::{BufWriter, Result, Write},
    path::Path,
};

use chrono::DateTime;

/// How many there are.
pub const SAMPLES: u32 = 1_051_200;
/// Seconds from one to the next.
pub const STEP_S: i64 = 30;
/// 2025-04-01T00:00:00Z, in seconds.
pub const START_S: i64 = 1_743_465_600;
/// The one that is longest, and the one that is shortest; milliseconds.
pub const LONGEST: (u32, f64) = (777_777, 5_000.0);
pub const SHORTEST: (u32, f64) = (333_333, 1.0);

/// Microseconds; `milliseconds` of `page.html` is the same.
fn microseconds(sample: u32) -> u32 {
    match sample {
        777_777 => 5_000_000,
        333_333 => 1_000,
        _ => 8_000 + sample.wrapping_mul(2_654_435_761) % 16_000,
    }
}

/// Writes them as CSV, after a second target of which there are few.
pub fn write(path: &Path) -> Result<()> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    writeln!(file, "time,target,status,latency_ms")?;
    for (target, samples) in [("few", 100), ("year", SAMPLES)] {
        for sample in 0..samples {
            let at = START_S + i64::from(sample) * STEP_S;
            let time = DateTime::from_timestamp(at, 0).unwrap_or_default();
            let us = microseconds(sample);
            writeln!(file, "{},{target},up,{}.{:03}", time.format("%Y-%m-%dT%H:%M:%SZ"), us / 1_000, us % 1_000)?;
        }
    }
    file.flush()
}
