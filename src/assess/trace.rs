//! How a figure came about: parts that add up to it exactly.

use super::Clause;
use super::downtime::{Measuring, Three, Unreported};
use super::exclusion::{last_agreed, last_of_any};
use super::watch::{Band, Watch};
use crate::record::Stance;
use crate::time::{Interval, IntervalSet};

/// The way from the runs of failures to each of the three figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// How many runs of failures were found that reach into the period, target by target.
    pub runs: u32,
    /// Parts that add up to the counted figure.
    pub counted: Vec<Part>,
    /// From the counted figure to the lower one.
    pub lower: Vec<Part>,
    /// From the counted figure to the upper one.
    pub upper: Vec<Part>,
}

/// One part of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Where it comes from.
    pub step: TraceStep,
    /// What it adds, in milliseconds; negative where it takes away.
    pub ms: i64,
}

/// Where a part of a figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TraceStep {
    /// The runs of failures of every target, whole, each by itself.
    Found,
    /// What several targets have in common is one outage; for power, what not all sources have in common is none.
    Merged,
    /// What lies outside the period.
    OutsidePeriod,
    /// What both parties exclude under a clause, or the five-day rule.
    Excluded(Clause),
    /// `duration.rounding`.
    Rounded,
    /// The counted figure, from which the other two are derived.
    Counted,
    /// Exclusions that are claimed and not agreed.
    Claimed,
    /// Outages that may still turn out to be unreported.
    ReportOpen,
    /// What may have been otherwise between two samples.
    BetweenSamples,
    /// Time that was not watched.
    Unwatched,
}

impl TraceStep {
    /// The name in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Merged => "merged",
            Self::OutsidePeriod => "outside_period",
            Self::Excluded(_) => "excluded",
            Self::Rounded => "rounded",
            Self::Counted => "counted",
            Self::Claimed => "claimed",
            Self::ReportOpen => "report_open",
            Self::BetweenSamples => "between_samples",
            Self::Unwatched => "unwatched",
        }
    }
}

/// Parts put down as the differences of one length to the next, so that they cannot but add up.
struct Chain {
    parts: Vec<Part>,
    reached: i64,
}

impl Chain {
    fn from(step: TraceStep, ms: i64) -> Self {
        Self { parts: vec![Part { step, ms }], reached: ms }
    }

    /// The part that leads to a length; none where it changes nothing.
    fn to(&mut self, step: TraceStep, length: i64) {
        let ms = length - self.reached;
        if ms != 0 {
            self.parts.push(Part { step, ms });
        }
        self.reached = length;
    }
}

impl Measuring<'_> {
    /// The trace of the three figures.
    pub(super) fn trace(&self, together: &Watch, figures: &Traced) -> Trace {
        let reaches = |span: Interval| span.meets(self.period);
        let watches = self.watches();
        let runs = || watches.iter().flat_map(|watch| &watch.spells).filter(|spell| reaches(spell.shown));
        let whole = together.spells.iter().filter(|spell| reaches(spell.shown)).map(|spell| spell.shown.ms()).sum();
        let mut counted = Chain::from(TraceStep::Found, runs().map(|spell| spell.shown.ms()).sum());
        counted.to(TraceStep::Merged, whole);
        counted.to(TraceStep::OutsidePeriod, self.left(&watches, Band::Shown, None).ms());
        for (clause, stance, set) in figures.attribution {
            if *stance == Stance::Agreed {
                counted.to(TraceStep::Excluded(*clause), counted.reached - set.ms());
            }
        }
        let [lower_ms, counted_ms, upper_ms] = figures.ms;
        counted.to(TraceStep::Rounded, counted_ms);
        let closed = &figures.unreported.closed;
        let left = |band, last| self.left(&watches, band, last).minus(closed);
        let granted = left(Band::Shown, last_of_any(&self.claims));
        let settled = granted.minus(&figures.unreported.pending());
        let mut lower = Chain::from(TraceStep::Counted, counted_ms);
        lower.to(TraceStep::Claimed, (figures.length)(&granted));
        lower.to(TraceStep::ReportOpen, (figures.length)(&settled));
        lower.to(TraceStep::BetweenSamples, lower_ms);
        let mut upper = Chain::from(TraceStep::Counted, counted_ms);
        let between = figures.three.counted.union(&left(Band::Outer, last_agreed(&self.claims)));
        upper.to(TraceStep::BetweenSamples, (figures.length)(&between));
        upper.to(TraceStep::Unwatched, upper_ms);
        Trace {
            runs: u32::try_from(runs().count()).unwrap_or(u32::MAX),
            counted: counted.parts,
            lower: lower.parts,
            upper: upper.parts,
        }
    }
}

/// What a trace is made from.
pub(super) struct Traced<'a> {
    pub(super) attribution: &'a [(Clause, Stance, IntervalSet)],
    pub(super) unreported: &'a Unreported,
    pub(super) three: &'a Three,
    /// The lower, the counted and the upper figure in milliseconds.
    pub(super) ms: [i64; 3],
    /// The length of a set as the policy rounds it.
    pub(super) length: &'a dyn Fn(&IntervalSet) -> i64,
}
