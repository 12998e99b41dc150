//! From samples to downtime. A run of failed samples t_i … t_j with the last good sample t_p before and the next good
//! sample t_q after is certainly down over [t_i, t_j), shown down over [t_i, t_q) and possibly down over [t_p, t_q).

use super::watch::{Bands, Spell, Watch, merged};
use crate::contract::{GapState, Policy};
use crate::record::{SampleState, Series};
use crate::time::{Instant, Interval, IntervalSet};

/// What the samples are read against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sampling<'a> {
    pub(super) policy: &'a Policy,
    /// The period, cut to what had passed at `as_of`.
    pub(super) elapsed: Interval,
    /// Nothing later is taken for known.
    pub(super) as_of: Instant,
}

/// Consecutive samples of one state, none further from the next than the policy allows.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    up: bool,
    first: Instant,
    second: Option<Instant>,
    last: Instant,
    count: u64,
}

/// A stretch of failures and what stands on either side of it.
#[derive(Debug, Clone, Copy)]
struct Failure<'a> {
    own: &'a Stretch,
    before: Side,
    after: Side,
}

/// Whether the time between two neighbours was watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    /// A sample stands there, near enough.
    Sample(Instant),
    /// A sample stands there, but too far away.
    Gap(Instant),
    /// No sample stands there; the edge of the period is near enough.
    Edge(Instant),
    /// No sample stands there; the record starts or ends far from the edge, or outside the period.
    Nothing,
}

impl Sampling<'_> {
    /// Time of the period that the samples do not tell of. A failure beside such time that is too short to be an outage
    /// could be the end of a longer one: it counts as time of which nothing is known.
    pub(super) fn gaps(&self, series: &Series) -> IntervalSet {
        let stretches = self.stretches(series);
        let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
            return self.elapsed.into();
        };
        let between = stretches.windows(2).filter_map(|pair| match pair {
            [own, next] if self.too_far(own.last, next.first) => Interval::new(self.known_until(own), next.first),
            _ => None,
        });
        let (start, end) = (self.elapsed.start(), self.elapsed.end());
        let before = self.too_far(start, first.first).then(|| Interval::new(start, first.first)).flatten();
        let after = self.too_far(last.last, end).then(|| Interval::new(self.known_until(last), end)).flatten();
        let doubtful = self.failures(&stretches).filter(|failure| !self.confirmed(failure.own)).filter_map(|failure| {
            let beside =
                matches!(failure.before, Side::Gap(_)) || matches!(failure.after, Side::Gap(_) | Side::Nothing);
            beside.then(|| self.spell(&failure, "").possible)
        });
        between.chain(before).chain(after).chain(doubtful).collect::<IntervalSet>().cut_to(self.elapsed)
    }

    /// What the samples of one target from one vantage tell.
    pub(super) fn watch(&self, series: &Series, target: &str) -> Watch {
        let stretches = self.stretches(series);
        let mut watch = Watch::default();
        let (mut inner, mut shown, mut outer) = (Vec::new(), Vec::new(), Vec::new());
        for failure in self.failures(&stretches) {
            let spell = self.spell(&failure, target);
            if !self.confirmed(failure.own) {
                watch.singles.push(spell);
                continue;
            }
            inner.extend(Interval::new(failure.own.first, failure.own.last));
            shown.push(spell.shown);
            outer.push(spell.outer);
            watch.spells.push(spell);
        }
        let gaps = self.gaps(series);
        watch.bands =
            self.bands(inner.into_iter().collect(), shown.into_iter().collect(), outer.into_iter().collect(), &gaps);
        watch.spells = self.with_gaps_down(watch.spells, &gaps, target);
        watch
    }

    /// `sample.gap_state`: what time without samples counts as.
    pub(super) fn bands(
        &self,
        inner: IntervalSet,
        shown: IntervalSet,
        outer: IntervalSet,
        gaps: &IntervalSet,
    ) -> Bands {
        let none = IntervalSet::empty();
        match self.policy.gap_state() {
            GapState::Unknown => Bands::with_gaps(inner, shown, outer, gaps),
            GapState::Up | GapState::RemoveFromPeriod => {
                let outer = outer.minus(gaps).union(&shown);
                Bands::with_gaps(inner, shown, outer, &none)
            }
            GapState::Down => Bands::with_gaps(inner.union(gaps), shown.union(gaps), outer.union(gaps), &none),
        }
    }

    /// `sample.gap_state` = `down` makes an outage of every gap.
    pub(super) fn with_gaps_down(&self, mut spells: Vec<Spell>, gaps: &IntervalSet, target: &str) -> Vec<Spell> {
        if self.policy.gap_state() == GapState::Down {
            spells.extend(gaps.iter().map(|gap| spell_of_gap(gap, target)));
        }
        merged(spells)
    }

    fn failures<'b>(&'b self, stretches: &'b [Stretch]) -> impl Iterator<Item = Failure<'b>> {
        stretches.iter().enumerate().filter(|(_, own)| !own.up).map(|(i, own)| Failure {
            own,
            before: self.before(own, i.checked_sub(1).and_then(|i| stretches.get(i))),
            after: self.after(own, stretches.get(i + 1)),
        })
    }

    fn confirmed(&self, stretch: &Stretch) -> bool {
        stretch.count >= u64::from(self.policy.min_failures())
    }

    fn stretches(&self, series: &Series) -> Vec<Stretch> {
        let mut out: Vec<Stretch> = Vec::new();
        for run in series.runs().iter().filter(|run| run.state != SampleState::Unknown && run.first < self.as_of) {
            let up = run.state == SampleState::Up;
            let near = run.step_ms <= self.policy.longest_spacing_ms();
            if near && run.last() < self.as_of {
                let second = (run.count > 1).then(|| run.first.plus(run.step_ms));
                let count = u64::from(run.count);
                self.add(&mut out, Stretch { up, first: run.first, second, last: run.last(), count });
            } else {
                for sample in run.samples().take_while(|sample| sample.at < self.as_of) {
                    self.add(&mut out, Stretch { up, first: sample.at, second: None, last: sample.at, count: 1 });
                }
            }
        }
        out
    }

    fn add(&self, stretches: &mut Vec<Stretch>, next: Stretch) {
        match stretches.last_mut() {
            Some(own) if own.up == next.up && !self.too_far(own.last, next.first) => {
                own.second = own.second.or(Some(next.first));
                own.last = next.last;
                own.count += next.count;
            }
            _ => stretches.push(next),
        }
    }

    fn too_far(&self, from: Instant, to: Instant) -> bool {
        to.since(from) > self.policy.longest_spacing_ms()
    }

    /// An outage is shown to last one interval where no other sample follows near enough; what else was seen says nothing of later.
    fn known_until(&self, stretch: &Stretch) -> Instant {
        if !stretch.up && self.confirmed(stretch) { self.one_interval_on(stretch) } else { stretch.last }
    }

    fn one_interval_on(&self, stretch: &Stretch) -> Instant {
        stretch.last.plus(self.policy.interval_ms())
    }

    fn before(&self, own: &Stretch, previous: Option<&Stretch>) -> Side {
        let start = self.elapsed.start();
        match previous {
            Some(previous) if self.too_far(previous.last, own.first) => Side::Gap(self.known_until(previous)),
            Some(previous) => Side::Sample(previous.last),
            None if start > own.first => Side::Nothing,
            None if self.too_far(start, own.first) => Side::Gap(start),
            None => Side::Edge(start),
        }
    }

    fn after(&self, own: &Stretch, next: Option<&Stretch>) -> Side {
        let end = self.elapsed.end();
        match next {
            Some(next) if self.too_far(own.last, next.first) => Side::Gap(next.first),
            Some(next) => Side::Sample(next.first),
            None if end <= own.last || self.too_far(own.last, end) => Side::Nothing,
            None => Side::Edge(end),
        }
    }

    fn spell(&self, failure: &Failure, target: &str) -> Spell {
        let &Failure { own, before, after } = failure;
        let (outer_start, earliest) = match before {
            Side::Sample(at) | Side::Edge(at) => (at, at),
            Side::Gap(at) => (own.first, at),
            Side::Nothing => (own.first, own.first),
        };
        let one_interval = self.one_interval_on(own).min(self.as_of);
        let (end, outer_end, latest) = match after {
            Side::Sample(at) => (at, at, at),
            Side::Gap(at) => (one_interval, one_interval, at),
            Side::Edge(at) => (one_interval, one_interval.max(at), self.as_of),
            Side::Nothing => (one_interval, one_interval, self.as_of),
        };
        let span =
            |start: Instant, end: Instant| Interval::new(start, end).unwrap_or_else(|| Interval::from_start(start));
        let shown = span(own.first, end);
        let outer = span(outer_start, outer_end).hull(shown);
        Spell {
            shown,
            outer,
            possible: span(earliest, latest).hull(outer),
            open_ended: matches!(after, Side::Edge(_) | Side::Nothing),
            determined: own.second,
            ids: Vec::new(),
            targets: vec![target.to_owned()],
        }
    }
}

fn spell_of_gap(gap: Interval, target: &str) -> Spell {
    Spell {
        shown: gap,
        outer: gap,
        possible: gap,
        open_ended: false,
        determined: None,
        ids: Vec::new(),
        targets: vec![target.to_owned()],
    }
}
