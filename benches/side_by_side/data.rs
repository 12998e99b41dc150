//! The data that all are measured on: a month of five-minute samples, and what every reader has to find in it.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufWriter, Result, Write},
    path::Path,
};

/// Samples of one target in March 2026 at Shanghai: one each five minutes.
pub const SAMPLES: u64 = 8_928;
const STEP_S: u64 = 300;
/// 2026-03-01T00:00:00+08:00, in seconds.
const START_S: u64 = 1_772_294_400;
/// Outages never meet, so that their sum is also their union.
const OUTAGES: u64 = 40;
const LONGEST: u64 = 7;

/// What is true of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    pub rows: u64,
    /// Milliseconds from the first failed sample of each outage to the next good one, by target. Targets without any are absent.
    pub down_ms: BTreeMap<String, u64>,
}

/// Writes `time,target,check,status,latency`, in order of time.
pub fn write(path: &Path, targets: u64) -> Result<Truth> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let mut truth = Truth { rows: SAMPLES * targets, down_ms: BTreeMap::new() };
    writeln!(file, "time,target,check,status,latency")?;
    for sample in 0..SAMPLES {
        let at = START_S + sample * STEP_S;
        let time = clock(at);
        for target in 0..targets {
            let down = is_down(sample, target, targets);
            if down {
                *truth.down_ms.entry(name(target)).or_default() += STEP_S * 1_000;
            }
            let status = match (down, (sample * 31 + target * 17) % 100_003) {
                (true, _) => "down",
                (false, 0) if !around_an_outage(sample) => "unknown",
                _ => "up",
            };
            let latency = (sample * 7 + target * 13) % 4_000;
            writeln!(file, "{time},{},ping,{status},{}.{}", name(target), latency / 10, latency % 10)?;
        }
    }
    file.flush()?;
    Ok(truth)
}

fn name(target: u64) -> String {
    format!("target-{target:04}")
}

/// The outages stand evenly in the month, each of another target.
fn is_down(sample: u64, target: u64, targets: u64) -> bool {
    let (outage, into) = (sample / (SAMPLES / OUTAGES), sample % (SAMPLES / OUTAGES));
    let length = 2 + outage % (LONGEST - 1);
    outage * 3 % targets == target && (20..20 + length).contains(&into)
}

fn around_an_outage(sample: u64) -> bool {
    (18..22 + LONGEST).contains(&(sample % (SAMPLES / OUTAGES)))
}

/// RFC 3339 in UTC.
fn clock(at: u64) -> String {
    // March 2026 begins in UTC on the last day of February.
    let into = at - (START_S - 16 * 3_600);
    let (day, second) = (into / 86_400, into % 86_400);
    let date = if day == 0 { "2026-02-28".to_owned() } else { format!("2026-03-{day:02}") };
    format!("{date}T{:02}:{:02}:{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}
