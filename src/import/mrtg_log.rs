//! MRTG: the log of a traffic graph. A missed update repeats the last value, so that it shows no outage: it is read for a
//! chart, and counts for nothing.

use super::Options;
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop, shown_bytes};
use super::lines::Lines;
use super::log::Log;
use crate::record::{Digest, Evidence, Record, Traffic};
use crate::sorted::Map;
use crate::time::{Instant, Interval, SECOND_MS};

const NAME: &str = "mrtg-log";

/// How many lines are read; MRTG keeps some 2,500.
const MAX_LINES: u64 = 100_000;

pub(super) const FORMAT: Format = Format {
    description: "MRTG's log (for a chart only: traffic shows no outage)",
    recognises,
    open: |_, _: Options| Box::<MrtgLog>::default(),
};

/// A time and two counters; then times, the newest first, each with two averages and two peaks.
fn recognises(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n').map(numbers);
    match (lines.next().flatten().as_deref(), lines.next().flatten().as_deref()) {
        (Some([newest, _, _]), Some([first, _, _, _, _])) => newest >= first,
        _ => false,
    }
}

fn numbers(line: &[u8]) -> Option<Vec<u64>> {
    let words = line.trim_ascii().split(|byte| *byte == b' ');
    words.map(|word| str::from_utf8(word).ok()?.parse().ok()).collect()
}

#[derive(Default)]
struct MrtgLog {
    lines: Lines,
    /// The time of the line before, which is the end of the next one's.
    end: Option<Instant>,
    traffic: Vec<Traffic>,
    rows: u64,
}

impl FormatReader for MrtgLog {
    fn push(&mut self, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        let mut lines = std::mem::take(&mut self.lines);
        let pushed = lines.push(text, &mut |line, text| self.take(line, text, log));
        self.lines = lines;
        pushed
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn finish(mut self: Box<Self>, source: Digest, log: &mut Log) -> Result<Record, Stop> {
        let lines = std::mem::take(&mut self.lines);
        lines.finish(&mut |line, text| self.take(line, text, log))?;
        NAME.clone_into(&mut log.source.format);
        log.source.evidence = Evidence::Aggregate;
        log.anything_taken(self.rows)?;
        log.note(|| Finding::new(Code::TrafficOnly, Place::File).found("MRTG"));
        self.traffic.reverse();
        Ok(Record { traffic: Map::from([(source, self.traffic)]), ..Record::default() })
    }
}

impl MrtgLog {
    /// Averages from the time of a line to that of the line before it; the first line holds counters.
    fn take(&mut self, line: u64, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        self.rows += 1;
        let place = Place::Line { line, column: None };
        if self.rows > MAX_LINES {
            return Err(vec![Finding::new(Code::TooManyRows, place).expected(MAX_LINES.to_string())]);
        }
        let numbers = numbers(text).unwrap_or_default();
        let at = |seconds: &u64| {
            let ms = i64::try_from(*seconds).ok().and_then(|seconds| seconds.checked_mul(SECOND_MS));
            ms.and_then(|ms| Instant::from_epoch_ms(ms).ok())
        };
        let start = numbers.first().and_then(at).filter(|start| self.end.is_none_or(|end| *start <= end));
        match (start, numbers.as_slice(), self.end) {
            (Some(start), [_, _, _], None) => self.end = Some(start),
            (Some(start), [_, incoming, outgoing, _, _], Some(end)) => {
                log.source.accepted += 1;
                let span = Interval::new(start, end);
                let (incoming, outgoing) = (*incoming, *outgoing);
                self.traffic.extend(span.map(|span| Traffic { span, incoming, outgoing }));
                self.end = Some(start);
            }
            _ => log.reject(|| {
                Finding::new(Code::LineMalformed, place)
                    .found(shown_bytes(text))
                    .expected("`1772294700 1200 3400 1500 4000`")
            }),
        }
        Ok(())
    }
}
