//! Several sources of one target: which of them decides, and where the others contradict it. They are compared, never
//! added: what a source shows is not made longer, shorter or more certain by another.

use std::cmp::Reverse;

use super::case::Case;
use super::clock::skewed;
use super::downtime::Watched;
use super::watch::{Band, Spell};
use super::{Compared, Downtime, Mismatch};
use crate::record::{Evidence, Source};
use crate::sorted::Map;
use crate::time::{Interval, IntervalSet};

/// Who tells of a target: a monitoring system, by its samples or by a list of outages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Monitoring {
    /// The system, as [`Source::system`] names it; empty where the record does not say.
    pub system: String,
    /// It lists outages; otherwise it gives samples.
    pub listed: bool,
}

impl Monitoring {
    /// What it tells by, as results name it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        if self.listed { "outages" } else { "samples" }
    }
}

impl Watched {
    /// The same in milliseconds.
    pub(super) fn known_ms(&self, elapsed: Interval) -> i64 {
        self.known(elapsed).ms()
    }

    /// Downtime of this target by this source, cut to the period, before exclusions.
    pub(super) fn downtime(&self, period: Interval) -> Downtime {
        let ms = |band| self.watch.bands.get(band).cut_to(period).ms();
        Downtime { lower: ms(Band::Inner), counted: ms(Band::Shown), upper: ms(Band::OuterOrGap) }
    }

    /// Time of the period of which it tells.
    fn known(&self, elapsed: Interval) -> IntervalSet {
        IntervalSet::from(elapsed).minus(&self.gaps)
    }

    /// Certainly down, by what the source itself shows, whatever the policy makes of time that was not watched.
    fn certainly_down(&self) -> IntervalSet {
        self.watch.bands.inner.minus(&self.gaps)
    }

    /// Possibly down: a failure too short to be an outage is no proof of the contrary either.
    fn possibly_down(&self) -> IntervalSet {
        let singles = self.watch.singles.iter().map(|single| single.possible).collect();
        self.watch.bands.outer.union(&self.gaps).union(&singles)
    }

    /// Where the two cannot both be right: certainly down by the one, certainly not by the other.
    fn contradiction(&self, other: &Self, elapsed: Interval) -> IntervalSet {
        let against = |own: &Self, other: &Self| own.certainly_down().minus(&other.possibly_down());
        against(self, other).union(&against(other, self)).cut_to(elapsed)
    }

    /// Where the sources of this target contradict the one that decides, in order of time.
    pub(super) fn mismatches(&self, elapsed: Interval) -> Vec<Mismatch> {
        let mut out = Vec::new();
        for other in &self.others {
            let spans = self.contradiction(other, elapsed);
            let mismatch = |span| Mismatch { span, target: self.target.clone(), source: other.source.clone() };
            out.extend(spans.iter().map(mismatch));
        }
        out
    }

    /// What each source of this target tells, the one that decides first; nothing where there is one only.
    pub(super) fn compared(&self, period: Interval, elapsed: Interval) -> Vec<Compared> {
        if self.others.is_empty() {
            return Vec::new();
        }
        let figures = |(i, own): (usize, &Self)| Compared {
            target: own.target.clone(),
            source: own.source.clone(),
            decides: i == 0,
            downtime: own.downtime(period),
            known_ms: own.known_ms(elapsed),
            mismatch_ms: self.contradiction(own, elapsed).ms(),
        };
        std::iter::once(self).chain(&self.others).enumerate().map(figures).collect()
    }

    /// The same target, if `source` decided; as it is where that does not tell of it.
    pub(super) fn decided_by(&self, source: &Monitoring) -> Self {
        self.others.iter().find(|other| other.source == *source).unwrap_or(self).clone()
    }
}

impl Case<'_> {
    /// The source that decides, with the others beside it. Sources that tell nothing of the period are left out.
    pub(super) fn primary(&self, sources: Vec<Watched>) -> Option<Watched> {
        let elapsed = self.elapsed();
        let mut ranked = Map::new();
        sources.into_iter().for_each(|own| ranked.insert(self.rank(&own, elapsed), own));
        let mut sources = ranked.into_values();
        let mut primary = sources.next()?;
        primary.others = sources.filter(|other| !other.known(elapsed).is_empty()).collect();
        let tolerance = self.contract.policy.interval_ms();
        for other in &primary.others {
            primary.skew |= skewed(&primary.watch.spells, &other.watch.spells, tolerance);
            name(&mut primary.watch.spells, &other.watch.spells);
        }
        Some(primary)
    }

    /// The least decides. One that tells something before one that tells nothing; samples before lists, whose
    /// completeness is only claimed; what monitoring recorded before what was declared; what watched more of the period,
    /// where 99 % are as good as all of it; the better evidence; at last the name. Names and order of files do not enter.
    fn rank(&self, own: &Watched, elapsed: Interval) -> impl Ord + use<> {
        let evidence = self.evidence(&own.source);
        let known = own.known_ms(elapsed);
        let enough = known.min(elapsed.ms() / 100 * 99);
        let declared = evidence == Evidence::Declared;
        let nothing = known == 0;
        (nothing, own.source.listed, declared, Reverse(enough), evidence, Reverse(known), own.source.system.clone())
    }

    /// The weakest of the files of a system.
    fn evidence(&self, source: &Monitoring) -> Evidence {
        let own = self.record.sources.values().filter(|file| file.is_of(&source.system));
        own.map(|file: &Source| file.evidence).max().unwrap_or_default()
    }
}

/// What another source calls an outage that both show: reports refer to outages by that name.
fn name(spells: &mut [Spell], others: &[Spell]) {
    for spell in spells {
        let same = others.iter().filter(|other| other.shown.meets(spell.outer));
        spell.ids.extend(same.flat_map(|other| other.ids.iter().cloned()));
        spell.ids.sort_unstable();
        spell.ids.dedup();
    }
}
