//! Which single fact would turn a verdict, found by deciding again as if it were so.

use super::downtime::{Measuring, Shares, Watched};
use super::report_rule::{Reported, Ruling};
use super::ruling::Limits;
use super::steps::pause;
use super::watch::Watch;
use super::{Monitoring, Verdict};
use crate::contract::ThresholdRule;
use crate::record::Stance;
use crate::sorted::Set;
use crate::time::{Interval, IntervalSet};

/// How many outages, gaps and claims are tried one by one; of outages and gaps the longest.
const MOST_TRIED: usize = 50;

/// A single fact, and the verdict if it were so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WouldChange {
    /// The fact.
    pub fact: Fact,
    /// The verdict.
    pub verdict: Verdict,
}

/// Something that is not so, and could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Both parties agree to the exclusion or maintenance with this id.
    Agreed(String),
    /// The exclusion or maintenance with this id is rejected.
    Rejected(String),
    /// The customer reported the outage with this id in time.
    Reported(String),
    /// The customer does not report the outage with this id.
    NotReported(String),
    /// Another source decides about the targets that it tells of.
    Source(Monitoring),
    /// Article 1.2 is read by another rule.
    Threshold(ThresholdRule),
    /// Everything was up (`true`) or down in this time, of which nothing is known.
    Gap(Interval, bool),
    /// Everything was up (`true`) or down in all time of which nothing is known.
    Gaps(bool),
}

impl Fact {
    /// The name in results.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Agreed(_) => "agreed",
            Self::Rejected(_) => "rejected",
            Self::Reported(_) => "reported",
            Self::NotReported(_) => "not_reported",
            Self::Source(_) => "source",
            Self::Threshold(_) => "threshold_rule",
            Self::Gap(_, true) => "gap_up",
            Self::Gap(_, false) => "gap_down",
            Self::Gaps(true) => "all_gaps_up",
            Self::Gaps(false) => "all_gaps_down",
        }
    }
}

/// What was found, from which a supposition departs.
pub(super) struct Supposing<'a> {
    pub(super) together: &'a Watch,
    pub(super) rulings: &'a [Option<Ruling>],
    pub(super) shares: &'a Shares,
    pub(super) verdict: Verdict,
}

impl Supposing<'_> {
    /// The fact, if the verdict under it is another.
    fn turned(
        &self,
        fact: Fact,
        own: &Measuring,
        watches: &[&Watch],
        rulings: &[Option<Ruling>],
    ) -> Option<WouldChange> {
        let verdict = own.found(watches, self.together, rulings, self.shares).decision.verdict;
        (verdict != self.verdict).then_some(WouldChange { fact, verdict })
    }
}

impl<'a> Measuring<'a> {
    /// Every single fact that would turn the verdict: other sources, exclusions, reports, the rule of article 1.2, gaps, in
    /// this order.
    pub(super) async fn would_change(&self, found: &Supposing<'_>) -> Vec<WouldChange> {
        if self.known_ms() == 0 {
            return Vec::new();
        }
        let mut out = self.by_sources(found);
        out.extend(self.by_claims(found));
        // Reports that were not made, or may not be.
        for (reported, fact) in [(Reported::InTime, Fact::Reported as fn(_) -> _), (Reported::No, Fact::NotReported)] {
            self.by_ruling(found, (reported, fact), &mut out).await;
        }
        out.extend(self.by_rules(found));
        for up in [true, false] {
            self.by_gaps(found, up, &mut out).await;
        }
        out
    }

    /// Each other source, in place of the one that decides, for every target that it tells of.
    fn by_sources(&self, found: &Supposing) -> Vec<WouldChange> {
        let others: Set<&Monitoring> =
            self.watched.iter().flat_map(|own| own.others.iter().map(|other| &other.source)).collect();
        let supposed = |source: &Monitoring| {
            let watched: Vec<Watched> = self.watched.iter().map(|own| own.decided_by(source)).collect();
            let verdict = Measuring { watched: &watched, ..self.clone() }.verdict();
            (verdict != found.verdict).then(|| WouldChange { fact: Fact::Source(source.clone()), verdict })
        };
        others.into_iter().filter_map(supposed).collect()
    }

    fn by_claims(&self, found: &Supposing) -> Vec<WouldChange> {
        let watches = self.watches();
        let mut out = Vec::new();
        let concerning = self.claims.iter().enumerate().filter(|(_, claim)| claim.span.meets(self.period));
        for (i, claim) in concerning.take(MOST_TRIED) {
            let facts = [
                (Stance::Agreed, Fact::Agreed(claim.id.clone())),
                (Stance::Rejected, Fact::Rejected(claim.id.clone())),
            ];
            for (stance, fact) in facts.into_iter().filter(|(stance, _)| *stance != claim.stance) {
                let mut own = self.clone();
                own.claims.iter_mut().skip(i).take(1).for_each(|claim| claim.stance = stance);
                out.extend(found.turned(fact, &own, &watches, found.rulings));
            }
        }
        out
    }

    /// Where all reports together turn nothing, none does alone.
    async fn by_ruling(
        &self,
        found: &Supposing<'_>,
        (reported, fact): (Reported, fn(String) -> Fact),
        out: &mut Vec<WouldChange>,
    ) {
        let asked = |ruling: &Ruling| match ruling.reported {
            Reported::Open | Reported::CalendarMissing => true,
            Reported::No => reported == Reported::InTime,
            Reported::InTime => false,
        };
        let watches = self.watches();
        let supposed = |which: &[usize], fact: Fact| {
            let mut rulings = found.rulings.to_vec();
            for i in which {
                if let Some(Some(ruling)) = rulings.get_mut(*i) {
                    ruling.reported = reported;
                }
            }
            found.turned(fact, self, &watches, &rulings)
        };
        let spells = found.together.spells.iter().zip(found.rulings).enumerate();
        let open = spells
            .filter(|(_, (spell, ruling))| spell.possible.meets(self.period) && ruling.as_ref().is_some_and(asked));
        let open: Vec<(i64, usize)> = open.map(|(i, (spell, _))| (-spell.shown.ms(), i)).collect();
        let all: Vec<usize> = open.iter().map(|(_, i)| *i).collect();
        if all.is_empty() || supposed(&all, fact(String::new())).is_none() {
            return;
        }
        for (_, i) in longest(open) {
            pause().await;
            out.extend(found.together.spells.get(i).and_then(|spell| supposed(&[i], fact(spell.id()))));
        }
    }

    /// Article 1.2 sets two figures; article 2 one only.
    fn by_rules(&self, found: &Supposing) -> Vec<WouldChange> {
        let Limits { limits, rule } = (self.limits)(self.period.ms());
        let others = ThresholdRule::ALL.iter().copied().filter(|other| limits.len() > 1 && *other != rule);
        let supposed = |rule: ThresholdRule| {
            let limits = |of| Limits { rule, ..(self.limits)(of) };
            let own = Measuring { limits: &limits, ..self.clone() };
            found.turned(Fact::Threshold(rule), &own, &self.watches(), found.rulings)
        };
        others.filter_map(supposed).collect()
    }

    /// One gap where one is enough, else all of them together.
    async fn by_gaps(&self, found: &Supposing<'_>, up: bool, out: &mut Vec<WouldChange>) {
        let all: IntervalSet = self.watched.iter().flat_map(|watched| watched.gaps.iter()).collect();
        let supposed = |spans: &IntervalSet, fact: Fact| {
            let filled: Vec<Watch> = self.watches().iter().map(|watch| watch.with_gaps_filled(spans, up)).collect();
            found.turned(fact, self, &filled.iter().collect::<Vec<_>>(), found.rulings)
        };
        if all.is_empty() {
            return;
        }
        pause().await;
        let Some(change) = supposed(&all, Fact::Gaps(up)) else { return };
        let before = out.len();
        for (_, i) in longest(all.iter().enumerate().map(|(i, gap)| (-gap.ms(), i)).collect()) {
            pause().await;
            let gap = all.as_slice().get(i).copied();
            out.extend(gap.and_then(|gap| supposed(&gap.into(), Fact::Gap(gap, up))));
        }
        if out.len() == before {
            out.push(change);
        }
    }
}

/// The longest, in the order in which they come; before each place stands its length, negative.
fn longest(mut lengths: Vec<(i64, usize)>) -> Vec<(i64, usize)> {
    let mut sorted = lengths.clone();
    sorted.sort_unstable();
    if let Some(least) = sorted.get(MOST_TRIED - 1) {
        lengths.retain(|own| own <= least);
    }
    lengths
}
