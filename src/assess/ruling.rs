//! From figures to a verdict, and why there is none where there is none.

use crate::sorted::Set;

use super::{Certainty, Reason, Rule, RuleKind, Verdict};
use crate::contract::{ThresholdRule, VerdictBasis};

/// A limit on downtime, in whole milliseconds. No float decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limit {
    pub(super) kind: RuleKind,
    pub(super) ms: i64,
}

impl Limit {
    /// Downtime below `limit` · `part` / `whole`: 少于. Rounded up, since whole milliseconds below a fraction are those below the next one.
    pub(super) fn minutes(limit_ms: i64, part: i64, whole: i64) -> Self {
        let (product, whole) = (i128::from(limit_ms) * i128::from(part), i128::from(whole.max(1)));
        Self { kind: RuleKind::Minutes, ms: i64::try_from((product + whole - 1) / whole).unwrap_or(i64::MAX) }
    }

    /// Downtime of at most `missing_ppm` millionths of `of`; equality passes.
    pub(super) fn percent(missing_ppm: i64, of: i64) -> Self {
        let product = i128::from(missing_ppm) * i128::from(of.max(0)) / 1_000_000;
        Self { kind: RuleKind::Percent, ms: i64::try_from(product).unwrap_or(i64::MAX) }
    }

    fn passes(self, downtime: i64) -> bool {
        match self.kind {
            RuleKind::Minutes => downtime < self.ms,
            RuleKind::Percent => downtime <= self.ms,
        }
    }
}

/// The limits of a guarantee, and which of them must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Limits {
    pub(super) limits: Vec<Limit>,
    pub(super) rule: ThresholdRule,
}

impl Limits {
    fn decides(&self, kind: RuleKind) -> bool {
        match self.rule {
            ThresholdRule::Both | ThresholdRule::Either => true,
            ThresholdRule::Minutes44 => kind == RuleKind::Minutes,
            ThresholdRule::Percent => kind == RuleKind::Percent,
        }
    }

    fn passes(&self, downtime: i64) -> bool {
        let mut deciding = self.limits.iter().filter(|limit| self.decides(limit.kind));
        match self.rule {
            ThresholdRule::Either => deciding.any(|limit| limit.passes(downtime)),
            _ => deciding.all(|limit| limit.passes(downtime)),
        }
    }
}

/// Downtime under every reading of what is open, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Figures {
    pub(super) lower: i64,
    pub(super) counted: i64,
    pub(super) upper: i64,
    /// As shown, with everything that is open but the sampling settled for the provider.
    pub(super) open_low: i64,
    /// As shown, with everything that is open but the sampling settled against the provider.
    pub(super) open_high: i64,
    /// What the sampling alone leaves open.
    pub(super) sampling: (i64, i64),
    /// For each open question the figure if it alone were settled the other way.
    pub(super) questions: Vec<(Reason, i64)>,
    /// Time of the period that has not passed yet.
    pub(super) pending: i64,
}

/// A verdict with all that must be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decision {
    pub(super) verdict: Verdict,
    pub(super) certainty: Certainty,
    pub(super) reasons: Set<Reason>,
}

/// The verdict of all limits together.
pub(super) fn decide(figures: &Figures, limits: &Limits, basis: VerdictBasis) -> Decision {
    decide_by(figures, basis, |downtime| limits.passes(downtime))
}

/// What each rule by itself says.
pub(super) fn rules(figures: &Figures, limits: &Limits, basis: VerdictBasis) -> Vec<Rule> {
    let rule = |limit: &Limit| Rule {
        kind: limit.kind,
        limit_ms: limit.ms,
        verdict: decide_by(figures, basis, |downtime| limit.passes(downtime)).verdict,
        decides: limits.decides(limit.kind),
    };
    limits.limits.iter().map(rule).collect()
}

fn decide_by(figures: &Figures, basis: VerdictBasis, passes: impl Fn(i64) -> bool) -> Decision {
    let plain = if passes(figures.counted) { Verdict::Met } else { Verdict::Breached };
    let flips = |downtime: i64| passes(downtime) != passes(figures.counted);
    let possible = figures.upper.saturating_add(figures.pending);
    if !flips(figures.lower) && !flips(possible) {
        return Decision { verdict: plain, certainty: Certainty::Certain, reasons: Set::new() };
    }
    let by_sampling = flips(figures.sampling.0) || flips(figures.sampling.1);
    let by_what_is_open = flips(figures.open_low) || flips(figures.open_high.saturating_add(figures.pending));
    let certainty = Certainty::SamplingSensitive;
    match basis {
        // What is open and the sampling may flip it together only: no more doubtful than where the sampling does alone.
        VerdictBasis::Counted if !by_what_is_open => Decision { verdict: plain, certainty, reasons: Set::new() },
        VerdictBasis::Counted => {
            Decision { verdict: Verdict::Undetermined, certainty, reasons: reasons(figures, false, flips) }
        }
        VerdictBasis::Bounds => {
            Decision { verdict: Verdict::Undetermined, certainty, reasons: reasons(figures, by_sampling, flips) }
        }
    }
}

/// The open questions that alone could flip the verdict; where none could alone, all that are open.
fn reasons(figures: &Figures, by_sampling: bool, flips: impl Fn(i64) -> bool) -> Set<Reason> {
    let pending =
        (figures.pending > 0).then_some((Reason::PeriodNotOver, figures.counted.saturating_add(figures.pending)));
    let questions: Vec<(Reason, i64)> = figures.questions.iter().copied().chain(pending).collect();
    let alone = questions.iter().filter(|(_, downtime)| flips(*downtime)).map(|(reason, _)| *reason);
    let alone: Set<Reason> = alone.chain(by_sampling.then_some(Reason::Sampling)).collect();
    if !alone.is_empty() {
        return alone;
    }
    let open = questions.iter().filter(|(_, downtime)| *downtime != figures.counted).map(|(reason, _)| *reason);
    open.chain(std::iter::once(Reason::Sampling)).collect()
}
