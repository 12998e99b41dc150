//! Samples as runs: equal states at even spacing take one entry, and no sample is lost.

use serde::{Deserialize, Serialize};

use super::Latency;
use crate::time::Instant;

/// What a probe found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SampleState {
    /// It answered.
    Up,
    /// It did not.
    Down,
    /// The probe itself could not tell.
    Unknown,
}

impl SampleState {
    /// What two statements about one instant come to: where they differ, neither can be relied on.
    const fn joined(self, other: Self) -> Self {
        match (self, other) {
            (Self::Up, Self::Up) => Self::Up,
            (Self::Down, Self::Down) => Self::Down,
            _ => Self::Unknown,
        }
    }
}

/// One probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sample {
    /// When.
    pub at: Instant,
    /// What it found.
    pub state: SampleState,
}

/// Samples of one state at even spacing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The first sample.
    pub first: Instant,
    /// Milliseconds from each sample to the next; 0 where there is one only.
    pub step_ms: i64,
    /// How many; at least 1.
    pub count: u32,
    /// What they all found.
    pub state: SampleState,
}

impl Run {
    const fn of(sample: Sample) -> Self {
        Self { first: sample.at, step_ms: 0, count: 1, state: sample.state }
    }

    /// The last sample.
    #[must_use]
    pub fn last(&self) -> Instant {
        self.first.plus(self.step_ms * i64::from(self.count - 1))
    }

    /// Every sample.
    pub fn samples(self) -> impl Iterator<Item = Sample> {
        (0..i64::from(self.count)).map(move |i| Sample { at: self.first.plus(self.step_ms * i), state: self.state })
    }

    const fn goes_on(&self, state: SampleState, step_ms: i64) -> bool {
        self.count > 1 && self.step_ms == step_ms && self.state as u8 == state as u8
    }

    /// Takes a later sample in where it goes on in step.
    fn extend(&mut self, sample: Sample) -> bool {
        let step = sample.at.since(self.last());
        let fits = sample.state == self.state && (self.count == 1 || step == self.step_ms) && self.count < u32::MAX;
        if fits {
            self.step_ms = step;
            self.count += 1;
        }
        fits
    }
}

/// The samples of one target, check and vantage, in order of time, at most one an instant.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Series {
    runs: Vec<Run>,
    /// Samples that came out of order and wait for [`Series::settle`].
    late: Vec<Sample>,
    rows: u64,
    conflicts: Vec<Instant>,
    /// For a chart only: it makes no difference to what a series says.
    latency: Latency,
}

impl PartialEq for Series {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows && self.conflicts == other.conflicts && self.samples().eq(other.samples())
    }
}

impl Eq for Series {}

impl Series {
    /// Takes a sample. In order of time this is quick; others wait for [`Series::settle`].
    pub fn push(&mut self, sample: Sample) {
        self.rows += 1;
        if self.last().is_some_and(|last| sample.at <= last) { self.late.push(sample) } else { self.append(sample) }
    }

    /// Takes `count` samples of one state, `step_ms` from each to the next: the same as to push each of them.
    pub fn push_even(&mut self, first: Sample, step_ms: i64, count: u32) {
        let Sample { mut at, state } = first;
        let mut left = count;
        while left > 0 {
            let taken = match self.runs.last_mut() {
                Some(own) if own.goes_on(state, step_ms) && at == own.last().plus(step_ms) => {
                    let taken = left.min(u32::MAX - own.count);
                    own.count += taken;
                    self.rows += u64::from(taken);
                    taken
                }
                _ => 0,
            };
            if taken == 0 {
                self.push(Sample { at, state });
            }
            let taken = taken.max(1);
            at = at.plus(step_ms * i64::from(taken));
            left -= taken;
        }
    }

    /// Takes how long the answer to a sample took, in microseconds.
    pub fn note_latency(&mut self, at: Instant, us: u32) {
        self.latency.push(at, us);
    }

    /// Takes what is known of round-trip times besides.
    pub fn add_latency(&mut self, latency: Latency) {
        self.latency = std::mem::take(&mut self.latency).merge(latency);
    }

    /// Takes out the round-trip times of days that are over, as a series without a sample that can be merged with this one.
    #[must_use]
    pub fn take_latency(&mut self) -> Self {
        Self { latency: self.latency.take_days(), ..Self::default() }
    }

    /// The round-trip times of its samples. Settled series only.
    #[must_use]
    pub const fn latency(&self) -> &Latency {
        &self.latency
    }

    /// About how many bytes it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.runs.len() * size_of::<Run>() + self.latency.bytes()
    }

    /// Brings all samples into order of time. Call it when the last sample was pushed.
    pub fn settle(&mut self) {
        self.latency.settle();
        if self.late.is_empty() {
            return;
        }
        let mut late = std::mem::take(&mut self.late);
        late.sort_unstable();
        let runs = std::mem::take(&mut self.runs);
        self.rebuild(runs.into_iter().flat_map(Run::samples), late.into_iter());
    }

    /// The samples of both.
    #[must_use]
    pub fn merge(mut self, mut other: Self) -> Self {
        self.settle();
        other.settle();
        self.rows += other.rows;
        self.conflicts.append(&mut other.conflicts);
        self.add_latency(std::mem::take(&mut other.latency));
        match (self.last(), other.first()) {
            (Some(last), Some(first)) if first <= last => {
                let runs = std::mem::take(&mut self.runs);
                self.rebuild(runs.into_iter().flat_map(Run::samples), other.samples());
            }
            _ => self.runs.append(&mut other.runs),
        }
        self.conflicts.sort_unstable();
        self.conflicts.dedup();
        self
    }

    fn rebuild(&mut self, own: impl Iterator<Item = Sample>, other: impl Iterator<Item = Sample>) {
        let (mut own, mut other) = (own.peekable(), other.peekable());
        let mut pending: Option<Sample> = None;
        loop {
            let from_own = match (own.peek(), other.peek()) {
                (Some(a), Some(b)) => a.at <= b.at,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => break,
            };
            let Some(next) = (if from_own { own.next() } else { other.next() }) else { break };
            pending = Some(match pending {
                Some(held) if held.at == next.at => self.join(held, next),
                Some(held) => {
                    self.append(held);
                    next
                }
                None => next,
            });
        }
        if let Some(held) = pending {
            self.append(held);
        }
        self.conflicts.sort_unstable();
        self.conflicts.dedup();
    }

    fn join(&mut self, held: Sample, next: Sample) -> Sample {
        if held.state != next.state {
            self.conflicts.push(held.at);
        }
        Sample { at: held.at, state: held.state.joined(next.state) }
    }

    fn append(&mut self, sample: Sample) {
        if !self.runs.last_mut().is_some_and(|last| last.extend(sample)) {
            self.runs.push(Run::of(sample));
        }
    }

    /// The samples as runs, in order of time. Settled series only.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Every sample in order of time. Settled series only.
    pub fn samples(&self) -> impl Iterator<Item = Sample> + '_ {
        self.runs.iter().copied().flat_map(Run::samples)
    }

    /// The first sample's instant.
    #[must_use]
    pub fn first(&self) -> Option<Instant> {
        self.runs.first().map(|run| run.first)
    }

    /// The last sample's instant.
    #[must_use]
    pub fn last(&self) -> Option<Instant> {
        self.runs.last().map(Run::last)
    }

    /// How many instants were sampled.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.runs.iter().map(|run| u64::from(run.count)).sum()
    }

    /// Whether there is no sample.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The middle one of all spacings between neighbours, in milliseconds; `None` below two samples.
    #[must_use]
    pub fn median_spacing_ms(&self) -> Option<i64> {
        let inside = self.runs.iter().map(|run| (run.step_ms, u64::from(run.count - 1)));
        let between = self.runs.windows(2).filter_map(|pair| match pair {
            [own, next] => Some((next.first.since(own.last()), 1)),
            _ => None,
        });
        let mut spacings: Vec<(i64, u64)> = inside.chain(between).collect();
        spacings.sort_unstable();
        let mut left = spacings.iter().map(|(_, count)| count).sum::<u64>() / 2;
        spacings.into_iter().find_map(|(spacing, count)| {
            if left < count {
                return Some(spacing);
            }
            left -= count;
            None
        })
    }

    /// How many rows said again what another row had said of the same instant.
    #[must_use]
    pub fn repeated(&self) -> u64 {
        self.rows - self.len()
    }

    /// The instants of which rows said different things; their state is unknown.
    #[must_use]
    pub fn conflicts(&self) -> &[Instant] {
        &self.conflicts
    }
}
