//! What every article needs: the record, the period, and the watches of its targets.

use crate::sorted::{Map, Set};

use super::clock::skewed;
use super::downtime::Watched;
use super::listed::{Listed, listed, listed_targets};
use super::report_rule::ReportRule;
use super::sampling::Sampling;
use super::steps::pause;
use super::watch::{Bands, Watch};
use super::{Article, Conduct, Flag, Guarantee, Monitoring, Verdict};
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
    pub(super) fn targets(&self, wanted: fn(Role) -> bool) -> Vec<(String, Role)> {
        let declared = self.record.targets.iter().map(|(id, target)| (id.clone(), target.role));
        let sampled = self.record.series.keys().map(|key| (key.target.clone(), self.record.role(key)));
        let named = listed_targets(self.record).into_iter().map(|id| (id.to_owned(), self.declared_role(id)));
        let all: Set<(String, Role)> = declared.chain(sampled).chain(named).filter(|(_, role)| wanted(*role)).collect();
        all.into_iter().collect()
    }

    fn declared_role(&self, target: &str) -> Role {
        self.record.role(&SeriesKey { target: target.to_owned(), check: Check::Ping, ..SeriesKey::default() })
    }

    /// What is known of a target.
    pub(super) fn watched(&self, target: &str, role: Role) -> Watched {
        self.watched_by(target, role, &self.contract.policy)
    }

    /// What would be known of a target if a single failure already counted, by the source that decides all the same.
    fn with_singles(&self, known: &Watched, role: Role, policy: &Policy) -> Watch {
        let own = self.watched_by(&known.target, role, policy);
        if own.source == known.source { own.watch } else { own.decided_by(&known.source).watch }
    }

    fn watched_by(&self, target: &str, role: Role, policy: &Policy) -> Watched {
        let sampling = Sampling { policy, elapsed: self.elapsed(), as_of: self.as_of };
        let mut sources: Vec<Watched> = self
            .sampled(target, role)
            .into_iter()
            .map(|(system, series)| self.by_samples(target, system, &series, &sampling))
            .collect();
        if self.declared_role(target) == role {
            let lists = listed(self.record, target, self.elapsed(), self.as_of, !sources.is_empty());
            sources.extend(lists.into_iter().map(|list| self.by_list(target, list, &sampling)));
        }
        self.primary(sources).unwrap_or_else(|| self.by_samples(target, "", &[&Series::default()], &sampling))
    }

    /// The series of a target by the system that they come from.
    fn sampled(&self, target: &str, role: Role) -> Map<&str, Vec<&Series>> {
        let mut systems: Map<&str, Vec<&Series>> = Map::new();
        // Keys are in order of their targets first.
        for (key, series) in self.record.series.alike(|key| key.target.as_str().cmp(target)) {
            if self.record.role(key) == role {
                systems.of(key.system.as_str()).push(series);
            }
        }
        systems
    }

    fn by_list(&self, target: &str, list: Listed, sampling: &Sampling) -> Watched {
        let gaps = IntervalSet::from(self.elapsed()).minus(&list.covered).minus(&list.watch.bands.shown);
        let Bands { inner, shown, outer, .. } = list.watch.bands;
        let spells = sampling.with_gaps_down(list.watch.spells, &gaps, target);
        let bands = sampling.bands(inner, shown, outer, &gaps);
        Watched {
            target: target.to_owned(),
            watch: Watch { bands, spells, singles: Vec::new() },
            gaps,
            not_over: list.not_over,
            skew: false,
            source: Monitoring { system: list.system, listed: true },
            others: Vec::new(),
        }
    }

    /// All vantages of one system together.
    fn by_samples(&self, target: &str, system: &str, series: &[&Series], sampling: &Sampling) -> Watched {
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
        Watched {
            target: target.to_owned(),
            watch,
            gaps,
            not_over: IntervalSet::empty(),
            skew,
            source: Monitoring { system: system.to_owned(), listed: false },
            others: Vec::new(),
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
            known_ids: self.record.outages.iter().flatten().map(|event| event.id.as_str()).collect(),
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

/// What is known of each target of a guarantee, in order.
pub(super) struct Looked {
    pub(super) watched: Vec<Watched>,
    /// Watched as the policy would have it if a single failure already counted.
    pub(super) with_singles: Vec<Watch>,
}

impl Looked {
    /// Looks at each target of a role, with a pause after each.
    pub(super) async fn at(case: &Case<'_>, wanted: fn(Role) -> bool) -> Self {
        let policy = case.contract.policy.with_single_failures();
        let (mut watched, mut with_singles) = (Vec::new(), Vec::new());
        for (target, role) in case.targets(wanted) {
            let known = case.watched(&target, role);
            with_singles.push(case.with_singles(&known, role, &policy));
            watched.push(known);
            pause().await;
        }
        Self { watched, with_singles }
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
