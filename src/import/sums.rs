//! Sums as other systems report them, from which no outage can be told: read for comparison only.

use super::diagnostic::{Code, Finding, Place};
use super::document::{Fault, Node, word};
use super::log::Log;
use crate::record::{Digest, Evidence, Origin, Record, Reported, Share};
use crate::time::{Interval, SECOND_MS};

/// What a diagnostic says is expected.
pub(super) const SHARES: &str = "`99.85%`, `99.85`";

/// A sum before its place in the file is put to it.
pub(super) struct Sum {
    pub target: String,
    pub span: Option<Interval>,
    pub availability: Option<Share>,
    pub downtime_ms: Option<i64>,
    pub partial: bool,
}

/// The sums of a file.
pub(super) struct Sums {
    source: Digest,
    row: u64,
    taken: Vec<Reported>,
}

impl Sums {
    /// Says of the file that it holds sums, and what to export instead.
    pub fn new(report: &str, instead: &str, source: Digest, log: &mut Log) -> Self {
        log.source.evidence = Evidence::Aggregate;
        log.note(|| Finding::new(Code::AggregateOnly, Place::File).found(report).expected(instead));
        Self { source, row: 0, taken: Vec::new() }
    }

    pub fn push(&mut self, sum: Sum, log: &mut Log) {
        log.source.accepted += 1;
        self.row += 1;
        let Sum { target, span, availability, downtime_ms, partial } = sum;
        let origin = Origin { source: self.source, row: self.row };
        self.taken.push(Reported { target, span, availability, downtime_ms, partial, origin });
    }

    /// Takes a sum of a document, or rejects it with its place.
    pub fn take(&mut self, node: &Node<'_>, sum: Result<Sum, Fault>, log: &mut Log) {
        match sum {
            Ok(sum) => self.push(sum, log),
            Err(fault) => log.reject(|| node.finding(fault)),
        }
    }

    pub fn record(self) -> Record {
        Record { reported: self.taken.into(), ..Record::default() }
    }
}

/// A percentage, as text or as a number.
pub(super) fn share(node: &Node<'_>) -> Result<Share, Fault> {
    let text = word(node.raw())?;
    text.parse().map_err(|_| Fault::new(Code::ShareMalformed, &text).expected(SHARES))
}

/// Whole seconds, as text or as a number, in milliseconds.
pub(super) fn seconds(node: &Node<'_>) -> Result<i64, Fault> {
    let text = word(node.raw())?;
    read_seconds(&text).ok_or_else(|| Fault::new(Code::NumberOutOfRange, &text).expected(SECONDS))
}

/// What a diagnostic says is expected.
pub(super) const SECONDS: &str = "0–4294967295";

/// Whole seconds in milliseconds.
pub(super) fn read_seconds(text: &str) -> Option<i64> {
    text.parse::<u32>().ok().map(|seconds| i64::from(seconds) * SECOND_MS)
}
