//! The samples by which an outage was found: the way back from a figure to the rows of a file.

use super::{Article, Assessment, Guarantee, Monitoring, Outage};
use crate::record::{OutageEvent, Record, Role, Run, Sample, SampleState, Series, SeriesKey};
use crate::time::{Instant, Interval};

/// So many samples are told before and after an outage.
const AROUND: usize = 3;
/// So many are told on either side of one that has a meaning.
const BESIDE: usize = 2;

/// What one series of samples shows of an outage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probes<'r> {
    /// Target, check, vantage and system.
    pub key: &'r SeriesKey,
    /// Its system decides; otherwise it is only compared.
    pub decides: bool,
    /// In order of time.
    pub rows: Vec<ProbeRow>,
}

/// A line of what a series shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProbeRow {
    /// A sample, and what it means for the outage.
    Sample(Sample, Option<Bound>),
    /// More samples of one state, none of which bounds the outage.
    More {
        /// How many.
        count: u64,
        /// The first and the last of them; both bear the state.
        ends: (Sample, Sample),
    },
    /// Longer than the policy allows between two samples.
    Unwatched(Interval),
}

/// What a sample means for an outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// The last good one before: it may have begun right after.
    Earliest,
    /// The first failed one: here it begins.
    Begins,
    /// The last failed one: so far it is certain.
    Certain,
    /// The first good one again: here it ends.
    Ends,
}

impl Bound {
    /// The name in the page.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Earliest => "earliest",
            Self::Begins => "begins",
            Self::Certain => "certain",
            Self::Ends => "ends",
        }
    }
}

/// The samples of every series of the outage's targets, from some before it to some after it. Series that hold none of
/// that time are left out.
#[must_use]
pub fn probes<'r>(
    record: &'r Record,
    assessment: &Assessment,
    guarantee: &Guarantee,
    outage: &Outage,
) -> Vec<Probes<'r>> {
    let longest_ms = record.contract.as_ref().map(|own| own.policy.clone()).unwrap_or_default().longest_spacing_ms();
    let own = |(key, _): &(&SeriesKey, &Series)| {
        outage.targets.contains(&key.target) && is_of(guarantee.article, record.role(key))
    };
    let around = |(key, series): (&'r SeriesKey, &Series)| {
        let rows = rows(&samples(series, outage.possible, assessment.as_of), outage, longest_ms);
        (!rows.is_empty()).then(|| Probes { key, decides: decides(guarantee, key), rows })
    };
    record.series.iter().filter(own).filter_map(around).collect()
}

/// The entries of lists of outages that tell of the outage, as far as they were known.
#[must_use]
pub fn listed_as<'r>(record: &'r Record, assessment: &Assessment, outage: &Outage) -> Vec<&'r OutageEvent> {
    let tells = |event: &&OutageEvent| {
        let span = Interval::new(event.start, event.end.unwrap_or(Instant::MAX));
        outage.targets.contains(&event.target)
            && event.start < assessment.as_of
            && span.is_some_and(|span| span.meets(outage.possible))
    };
    record.outages.iter().flatten().filter(tells).collect()
}

fn is_of(article: Article, role: Role) -> bool {
    match article {
        Article::Network => role == Role::Network,
        Article::Power => matches!(role, Role::Power(_)),
        _ => false,
    }
}

/// Where several sources tell of a target they are compared, and one of them decides; where one does, it decides.
fn decides(guarantee: &Guarantee, key: &SeriesKey) -> bool {
    let own = Monitoring { system: key.system.clone(), listed: false };
    let compared = || guarantee.measured().into_iter().flat_map(|own| &own.compared);
    let mut of_target = compared().filter(|other| other.target == key.target).peekable();
    of_target.peek().is_none() || of_target.any(|other| other.decides && other.source == own)
}

/// Those of the span, and some on either side.
fn samples(series: &Series, span: Interval, as_of: Instant) -> Vec<Sample> {
    let runs = series.runs();
    let first = runs.partition_point(|run| run.last() < span.start());
    let after = runs.partition_point(|run| run.first <= span.end());
    let near = runs.get(first.saturating_sub(AROUND)..(after + AROUND).min(runs.len())).unwrap_or_default();
    let all = || near.iter().copied().flat_map(Run::samples).filter(|sample| sample.at < as_of);
    let within = |sample: &Sample| sample.at >= span.start() && sample.at <= span.end();
    if !all().any(|sample| within(&sample)) {
        return Vec::new();
    }
    let before = all().filter(|sample| sample.at < span.start()).count().saturating_sub(AROUND);
    let told = |left: &mut usize, sample: Sample| {
        if sample.at > span.end() {
            *left = left.checked_sub(1)?;
        }
        Some(sample)
    };
    all().skip(before).scan(AROUND, told).collect()
}

fn rows(samples: &[Sample], outage: &Outage, longest_ms: i64) -> Vec<ProbeRow> {
    let bounds: Vec<Option<Bound>> = (0..samples.len()).map(|at| bound(samples, at, outage)).collect();
    let gap_after = |at: usize| match (samples.get(at), samples.get(at + 1)) {
        (Some(own), Some(next)) => Interval::new(own.at, next.at).filter(|_| next.at.since(own.at) > longest_ms),
        _ => None,
    };
    let state = |at: usize| samples.get(at).map(|own| own.state);
    // What stands at an edge, at a change or at a bound is told, and so are its neighbours.
    let speaks = |at: usize| {
        at < AROUND
            || at + AROUND >= samples.len()
            || bounds.get(at).is_some_and(Option::is_some)
            || state(at) != state(at + 1)
            || at.checked_sub(1).is_some_and(|before| state(before) != state(at) || gap_after(before).is_some())
            || gap_after(at).is_some()
    };
    let speaking: Vec<bool> = (0..samples.len()).map(speaks).collect();
    let told = |at: usize| {
        let near = speaking.get(at.saturating_sub(BESIDE)..(at + BESIDE + 1).min(samples.len()));
        near.is_some_and(|near| near.contains(&true))
    };
    let mut out: Vec<ProbeRow> = Vec::new();
    for (at, sample) in samples.iter().copied().enumerate() {
        match out.last_mut() {
            Some(ProbeRow::More { count, ends }) if !told(at) => (*count, ends.1) = (*count + 1, sample),
            _ if told(at) => out.push(ProbeRow::Sample(sample, bounds.get(at).copied().flatten())),
            _ => out.push(ProbeRow::More { count: 1, ends: (sample, sample) }),
        }
        out.extend(gap_after(at).map(ProbeRow::Unwatched));
    }
    out
}

/// Samples that could not tell are no neighbours.
fn bound(samples: &[Sample], at: usize, outage: &Outage) -> Option<Bound> {
    let known = |own: &&Sample| own.state != SampleState::Unknown;
    let own = samples.get(at).filter(|own| known(own))?;
    let before = samples.iter().take(at).rfind(known).map(|own| own.state);
    let after = samples.iter().skip(at + 1).find(known).map(|own| own.state);
    let down = Some(SampleState::Down);
    let (shown, possible) = (outage.shown, outage.possible);
    if own.state == SampleState::Down {
        let begins = own.at == shown.start() && before != down;
        let certain = shown.contains(own.at) && after != down;
        return begins.then_some(Bound::Begins).or(certain.then_some(Bound::Certain));
    }
    let earliest = own.at == possible.start() && own.at < shown.start() && after == down;
    let ends = own.at == shown.end() && before == down && !outage.open_ended;
    ends.then_some(Bound::Ends).or(earliest.then_some(Bound::Earliest))
}
