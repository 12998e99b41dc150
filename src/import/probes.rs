//! What foreign systems tell, put together by target.

use crate::sorted::Map;

use super::changes::{Changes, Known};
use super::diagnostic::Code;
use super::document::{Fault, Node};
use super::log::Log;
use crate::record::{Application, Check, Record, Sample, SampleState, Series, SeriesKey};
use crate::time::Instant;

/// Single probes by target.
#[derive(Default)]
pub(super) struct Probes(Map<SeriesKey, Series>);

impl Probes {
    /// Takes one probe, or rejects the row that it stands in.
    pub fn take(&mut self, key: &SeriesKey, row: &Node<'_>, probe: Result<Sample, Fault>, log: &mut Log) {
        match probe {
            Ok(sample) => self.push(key, sample, log),
            Err(fault) => log.reject(|| row.finding(fault)),
        }
    }

    pub fn push(&mut self, key: &SeriesKey, sample: Sample, log: &mut Log) {
        log.source.accepted += 1;
        match self.0.get_mut(key) {
            Some(series) => series.push(sample),
            None => self.0.of(key.clone()).push(sample),
        }
    }

    /// Takes probes that were put together before.
    pub fn push_all(&mut self, key: &SeriesKey, all: &Series, log: &mut Log) {
        log.source.accepted += all.len() + all.repeated();
        let own = self.0.of(key.clone());
        *own = std::mem::take(own).merge(all.clone());
    }

    /// Notes how long the answer to a probe took, in microseconds: for a chart, and for nothing else.
    pub fn took(&mut self, key: &SeriesKey, at: Instant, us: u32) {
        if let Some(series) = self.0.get_mut(key) {
            series.note_latency(at, us);
        }
    }

    /// Takes a probe and how long its answer took, which `told` makes of what the row says under `field`. Of a probe that
    /// was not answered that is how long one waited, and what cannot be read is named; neither takes anything from the probe.
    pub fn take_timed(
        &mut self,
        (key, row): (&SeriesKey, &Node<'_>),
        probe: Result<Sample, Fault>,
        (field, told): (&'static str, fn(&str) -> Option<u32>),
        log: &mut Log,
    ) {
        let answered = probe.as_ref().ok().filter(|own| own.state == SampleState::Up).map(|own| own.at);
        self.take(key, row, probe, log);
        let raw = row.peek(field).map(|node| node.raw()).filter(|raw| *raw != "null");
        let (Some(at), Some(raw)) = (answered, raw) else { return };
        match told(raw) {
            Some(us) => self.took(key, at, us),
            None => log.note(|| row.finding(Fault::new(Code::LatencyNotNumber, raw))),
        }
    }

    pub fn record(self) -> Record {
        let mut record = Record::default();
        for (key, mut series) in self.0 {
            series.settle();
            record.series.insert(key, series);
        }
        record
    }
}

/// Changes of state by target, and the last instant of which each tells.
#[derive(Default)]
pub(super) struct Histories(Map<SeriesKey, (Changes, Option<Instant>)>);

impl Histories {
    /// From `at` on; what the row tells reaches up to `until`.
    pub fn note(&mut self, key: &SeriesKey, (at, until): (Instant, Instant), known: Known) {
        if !self.0.contains_key(key) {
            self.0.insert(key.clone(), Default::default());
        }
        if let Some((changes, last)) = self.0.get_mut(key) {
            changes.note(at, known);
            *last = (*last).max(Some(until.max(at)));
        }
    }

    pub fn record(self) -> Record {
        let mut record = Record::default();
        for (key, (changes, last)) in self.0 {
            let Some(last) = last else { continue };
            record.series.insert(key, changes.series(last.plus(1)));
        }
        record.series.retain(|_, series| !series.is_empty());
        record
    }
}

/// The series of a target, probed as its name or its kind tells.
pub(super) fn series_of(target: &str, check: Check) -> SeriesKey {
    let target = target.trim();
    let target = if target.is_empty() { "port-1" } else { target };
    SeriesKey { target: target.to_owned(), check, ..SeriesKey::default() }
}

/// A web address is watched as an application, everything else as a port.
pub(super) fn check_of(address: &str) -> Check {
    let web = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    if web { Check::Guessed(Application::Www) } else { Check::Ping }
}

/// `true` is up.
pub(super) const fn state(up: bool) -> SampleState {
    if up { SampleState::Up } else { SampleState::Down }
}
