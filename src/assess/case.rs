//! What every article needs: the record, the period, and the watches of its targets.

use crate::sorted::{Map, Set};

use super::clock::skewed;
use super::downtime::Watched;
use super::listed::{Listed, listed, listed_targets};
use super::report_rule::ReportRule;
use super::sampling::Sampling;
use super::watch::{Bands, Watch, merged};
use super::{Article, Conduct, Flag, Guarantee, Verdict};
use crate::contract::{Contract, Fen, Policy, Quorum};
use crate::record::{Check, Notice, Record, Role, Series, SeriesKey};
use crate::time::{BusinessCalendar, Instant, Interval, IntervalSet, LocalMonth};

/// One record, one month.
pub(super) struct Case<'a> {
    pub(super) record: &'a Record,
    pub(super) contract: &'a Contract,
    pub(super) calendar: &'a BusinessCalendar,
    /// The whole local month.
    pub(super) month_span: Interval,
    /// The month, cut to the term.
    pub(super) period: Interval,
    pub(super) as_of: Instant,
}

impl Case<'_> {
    /// Every target of a role, in order: declared ones, sampled ones, and those that the outage list names.
    pub(super) fn targets(&self, wanted: impl Fn(Role) -> bool) -> Vec<(String, Role)> {
        let declared = self.record.targets.iter().map(|(id, target)| (id.clone(), target.role));
        let sampled = self.record.series.keys().map(|key| (key.target.clone(), self.record.role(key)));
        let named = listed_targets(self.record).into_iter().map(|id| (id.to_owned(), self.declared_role(id)));
        let all: Set<(String, Role)> = declared.chain(sampled).chain(named).filter(|(_, role)| wanted(*role)).collect();
        all.into_iter().collect()
    }

    fn declared_role(&self, target: &str) -> Role {
        self.record.role(&SeriesKey { target: target.to_owned(), check: Check::Ping, vantage: String::new() })
    }

    /// What is known of each target.
    pub(super) fn watched(&self, targets: &[(String, Role)]) -> Vec<Watched> {
        targets.iter().map(|(target, role)| self.watched_by(target, *role, &self.contract.policy)).collect()
    }

    /// What would be known of each target if a single failure already counted.
    pub(super) fn with_singles(&self, targets: &[(String, Role)]) -> Vec<Watch> {
        let policy = self.contract.policy.with_single_failures();
        targets.iter().map(|(target, role)| self.watched_by(target, *role, &policy).watch).collect()
    }

    fn watched_by(&self, target: &str, role: Role, policy: &Policy) -> Watched {
        let sampling = Sampling { policy, elapsed: self.elapsed(), as_of: self.as_of };
        let own = |key: &SeriesKey| key.target == target && self.record.role(key) == role;
        let series: Vec<&Series> =
            self.record.series.iter().filter(|(key, _)| own(key)).map(|(_, series)| series).collect();
        let listed = (self.declared_role(target) == role)
            .then(|| listed(self.record, target, self.elapsed(), self.as_of))
            .flatten();
        match (series.is_empty(), listed) {
            (true, None) => Watched {
                target: target.to_owned(),
                watch: self.unwatched(&sampling, target),
                gaps: self.elapsed().into(),
                not_over: IntervalSet::empty(),
                mismatch: IntervalSet::empty(),
                skew: false,
            },
            (true, Some(list)) => self.by_list(target, list, &sampling),
            (false, list) => self.by_samples(target, &series, list, &sampling),
        }
    }

    /// A target that was declared and of which nothing was recorded.
    fn unwatched(&self, sampling: &Sampling, target: &str) -> Watch {
        sampling.watch(&Series::default(), target)
    }

    fn by_list(&self, target: &str, list: Listed, sampling: &Sampling) -> Watched {
        let gaps = IntervalSet::from(self.elapsed()).minus(&list.covered).minus(&list.watch.bands.shown);
        let Bands { inner, shown, outer, .. } = list.watch.bands;
        let spells = sampling.with_gaps_down(list.watch.spells, &gaps, target);
        let bands = sampling.bands(inner, shown, outer, &gaps);
        let watch = Watch { bands, spells, singles: Vec::new() };
        Watched {
            target: target.to_owned(),
            watch,
            gaps,
            not_over: list.not_over,
            mismatch: IntervalSet::empty(),
            skew: false,
        }
    }

    fn by_samples(&self, target: &str, series: &[&Series], list: Option<Listed>, sampling: &Sampling) -> Watched {
        let vantages: Vec<Watch> = series.iter().map(|series| sampling.watch(series, target)).collect();
        let quorum = match sampling.policy.vantage_quorum() {
            Quorum::All => series.len(),
            Quorum::Any => 1,
            Quorum::AtLeast(k) => usize::try_from(k.get()).unwrap_or(usize::MAX).min(series.len()),
        };
        let watch = Watch::at_least(quorum, &vantages.iter().collect::<Vec<_>>());
        let gap_sets: Vec<IntervalSet> = series.iter().map(|series| sampling.gaps(series)).collect();
        let shown: Vec<IntervalSet> =
            vantages.iter().zip(&gap_sets).map(|(watch, gaps)| watch.bands.shown.minus(gaps)).collect();
        let possible: Vec<IntervalSet> = shown.iter().zip(&gap_sets).map(|(shown, gaps)| shown.union(gaps)).collect();
        let at_least = |sets: &[IntervalSet]| IntervalSet::at_least(quorum, &sets.iter().collect::<Vec<_>>());
        let gaps = at_least(&possible).minus(&at_least(&shown));
        let tolerance = sampling.policy.interval_ms();
        let skew = vantages.windows(2).any(|pair| match pair {
            [own, other] => skewed(&own.spells, &other.spells, tolerance),
            _ => false,
        });
        let not_over = IntervalSet::empty();
        let mismatch = IntervalSet::empty();
        let watched = Watched { target: target.to_owned(), watch, gaps, not_over, mismatch, skew };
        match list {
            Some(list) => self.with_list(watched, list, sampling),
            None => watched,
        }
    }

    /// Samples and an outage list of one target: what either shows down is down; never added, always the union.
    fn with_list(&self, own: Watched, list: Listed, sampling: &Sampling) -> Watched {
        let (bands, listed) = (&own.watch.bands, &list.watch.bands);
        let unseen = listed.inner.cut_to(self.elapsed()).minus(&bands.outer).minus(&own.gaps);
        let unlisted = bands.inner.intersection(&list.covered).minus(&listed.outer);
        let mismatch = if list.coverage_stated { unseen.union(&unlisted) } else { unseen };
        let covered = if list.coverage_stated { list.covered.clone() } else { IntervalSet::empty() };
        let gaps = own.gaps.minus(&covered).minus(&listed.shown);
        let union = |a: &IntervalSet, b: &IntervalSet| a.union(b);
        let bands = sampling.bands(
            union(&bands.inner, &listed.inner),
            union(&bands.shown, &listed.shown),
            union(&bands.outer, &listed.outer),
            &gaps,
        );
        let skew = own.skew || skewed(&own.watch.spells, &list.watch.spells, sampling.policy.interval_ms());
        let spells = merged(own.watch.spells.into_iter().chain(list.watch.spells).collect());
        Watched {
            watch: Watch { bands, spells, singles: own.watch.singles },
            gaps,
            not_over: list.not_over,
            mismatch,
            skew,
            ..own
        }
    }

    /// The rent of the month; `None` where the contract does not state it.
    pub(super) fn rent(&self) -> Option<Fen> {
        self.contract.rent_of(LocalMonth::of(self.contract.time_zone.day(self.period.start())))
    }

    /// The period as far as it had passed.
    pub(super) fn elapsed(&self) -> Interval {
        Interval::new(self.period.start(), self.period.end().min(self.as_of))
            .unwrap_or_else(|| Interval::from_start(self.period.start()))
    }

    /// The five-day rule; `None` where no reports are recorded.
    pub(super) fn report_rule(&self) -> Option<ReportRule<'_>> {
        let reports = self.record.outage_reports.as_ref()?;
        Some(ReportRule {
            contract: self.contract,
            calendar: self.calendar,
            reports: reports.iter().collect(),
            as_of: self.as_of,
            known_ids: self.record.outages.iter().flatten().map(|event| event.id.clone()).collect(),
        })
    }

    pub(super) fn notices(&self) -> Vec<&Notice> {
        self.record.notices.iter().flatten().collect()
    }

    /// Flags of every measured guarantee of this period.
    pub(super) fn period_flags(&self) -> Set<Flag> {
        let ambiguous = self.record.sources.values().any(|source| source.ambiguous_times > 0);
        let flags = [
            (self.period != self.month_span).then_some(Flag::PartialMonth),
            ambiguous.then_some(Flag::AmbiguousLocalTime),
        ];
        flags.into_iter().flatten().collect()
    }

    pub(super) fn not_recorded(&self, article: Article) -> Guarantee {
        Guarantee {
            article,
            verdict: Verdict::NotRecorded,
            reasons: Set::new(),
            flags: Set::new(),
            conduct: Conduct::NotRecorded,
        }
    }
}

/// How many rows said different things of one instant, by target.
#[must_use]
pub fn conflicts(record: &Record) -> Map<String, usize> {
    let own = record.series.iter().filter(|(_, series)| !series.conflicts().is_empty());
    let mut out = Map::new();
    for (key, series) in own {
        *out.of(key.target.clone()) += series.conflicts().len();
    }
    out
}
