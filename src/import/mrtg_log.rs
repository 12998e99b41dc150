//! MRTG: the log of a traffic graph. A missed update repeats the last value, so that it shows no outage: refused.

use super::Options;
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop};
use super::log::Log;
use crate::record::{Digest, Record};

pub(super) const FORMAT: Format = Format {
    description: "MRTG's log (refused: traffic shows no outage)",
    recognises,
    open: |_, _: Options| Box::new(Traffic),
};

/// A time and two counters; then times, the newest first, each with two averages and two peaks.
fn recognises(head: &[u8]) -> bool {
    let line = |line: &[u8]| -> Option<Vec<u64>> {
        let words = line.trim_ascii().split(|byte| *byte == b' ');
        words.map(|word| str::from_utf8(word).ok()?.parse().ok()).collect()
    };
    let mut lines = head.split(|byte| *byte == b'\n').map(line);
    match (lines.next().flatten().as_deref(), lines.next().flatten().as_deref()) {
        (Some([newest, _, _]), Some([first, _, _, _, _])) => newest >= first,
        _ => false,
    }
}

struct Traffic;

fn refused() -> Stop {
    vec![Finding::new(Code::TrafficOnly, Place::File).found("MRTG")]
}

impl FormatReader for Traffic {
    fn push(&mut self, _: &[u8], _: &mut Log) -> Result<(), Stop> {
        Err(refused())
    }

    fn rows(&self) -> u64 {
        0
    }

    fn finish(self: Box<Self>, _: Digest, _: &mut Log) -> Result<Record, Stop> {
        Err(refused())
    }
}
