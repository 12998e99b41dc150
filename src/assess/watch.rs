//! What is known of one target or of several together: when it was down, might have been, and was not watched.

use crate::time::{Instant, Interval, IntervalSet};

/// One maximal time of unreachability, whole, before any cut to a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spell {
    /// As the record shows it.
    pub(super) shown: Interval,
    /// As far as the sampling leaves it open, without time that was not watched.
    pub(super) outer: Interval,
    /// From the earliest possible start to the latest possible end, time that was not watched included.
    pub(super) possible: Interval,
    /// No later sample and no recorded end says that it was over.
    pub(super) open_ended: bool,
    /// The second failed probe in a row: article 4.1. `None` where no probes tell.
    pub(super) determined: Option<Instant>,
    /// Ids of recorded outages that are part of it.
    pub(super) ids: Vec<String>,
    /// The targets that were down.
    pub(super) targets: Vec<String>,
}

impl Spell {
    /// The recorded id, else the first target and the start: the same in every month and for any order of files.
    pub(super) fn id(&self) -> String {
        self.ids.first().cloned().unwrap_or_else(|| {
            let target = self.targets.first().map_or("", String::as_str);
            format!("{target}@{}", self.shown.start())
        })
    }

    fn join(&mut self, other: Self) {
        self.shown = self.shown.hull(other.shown);
        self.outer = self.outer.hull(other.outer);
        self.possible = self.possible.hull(other.possible);
        self.open_ended |= other.open_ended;
        self.determined = [self.determined, other.determined].into_iter().flatten().min();
        self.ids.extend(other.ids);
        self.targets.extend(other.targets);
    }

    fn sort_names(&mut self) {
        sort_names(&mut self.ids);
        sort_names(&mut self.targets);
    }
}

fn sort_names(names: &mut Vec<String>) {
    names.sort_unstable();
    names.dedup();
}

/// Sets of time, each within the next: inner ⊆ shown ⊆ outer; what was not watched stands apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bands {
    /// Certainly down.
    pub(super) inner: IntervalSet,
    /// Down as the record shows it.
    pub(super) shown: IntervalSet,
    /// Possibly down between two samples.
    pub(super) outer: IntervalSet,
    /// `shown`, and time that was not watched.
    pub(super) shown_or_gap: IntervalSet,
    /// `outer`, and time that was not watched.
    pub(super) outer_or_gap: IntervalSet,
}

/// One of the sets of [`Bands`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Band {
    Inner,
    Shown,
    Outer,
    ShownOrGap,
    OuterOrGap,
}

impl Bands {
    pub(super) const fn get(&self, band: Band) -> &IntervalSet {
        match band {
            Band::Inner => &self.inner,
            Band::Shown => &self.shown,
            Band::Outer => &self.outer,
            Band::ShownOrGap => &self.shown_or_gap,
            Band::OuterOrGap => &self.outer_or_gap,
        }
    }

    /// From `shown` and its bounds, and the time that was not watched.
    pub(super) fn with_gaps(inner: IntervalSet, shown: IntervalSet, outer: IntervalSet, gaps: &IntervalSet) -> Self {
        let (shown_or_gap, outer_or_gap) = (shown.union(gaps), outer.union(gaps));
        Self { inner, shown, outer, shown_or_gap, outer_or_gap }
    }

    fn at_least(k: usize, all: &[&Self]) -> Self {
        let band = |band| IntervalSet::at_least(k, &all.iter().map(|bands| bands.get(band)).collect::<Vec<_>>());
        Self {
            inner: band(Band::Inner),
            shown: band(Band::Shown),
            outer: band(Band::Outer),
            shown_or_gap: band(Band::ShownOrGap),
            outer_or_gap: band(Band::OuterOrGap),
        }
    }
}

/// What is known of one target, or of several together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Watch {
    pub(super) bands: Bands,
    pub(super) spells: Vec<Spell>,
    /// Failures too few in a row to be an outage.
    pub(super) singles: Vec<Spell>,
}

impl Watch {
    /// The same, as if everything had been up, or down, in time that was not watched.
    pub(super) fn with_gaps_filled(&self, spans: &IntervalSet, up: bool) -> Self {
        let Bands { inner, shown, outer, shown_or_gap, outer_or_gap } = &self.bands;
        let gaps = shown_or_gap.minus(shown).union(&outer_or_gap.minus(outer)).intersection(spans);
        let bands = if up {
            // What the sampling leaves open beside an outage stays open.
            let or_gap = |or_gap: &IntervalSet, own: &IntervalSet| or_gap.minus(&gaps).union(own);
            let (shown_or_gap, outer_or_gap) = (or_gap(shown_or_gap, shown), or_gap(outer_or_gap, outer));
            Bands { shown_or_gap, outer_or_gap, ..self.bands.clone() }
        } else {
            let with = |set: &IntervalSet| set.union(&gaps);
            Bands { inner: with(inner), shown: with(shown), outer: with(outer), ..self.bands.clone() }
        };
        Self { bands, spells: self.spells.clone(), singles: self.singles.clone() }
    }

    /// Down where at least `k` of the watches are down; `k` = 1 is the union, `k` = all of them the intersection.
    pub(super) fn at_least(k: usize, watches: &[&Self]) -> Self {
        let bands = Bands::at_least(k, &watches.iter().map(|watch| &watch.bands).collect::<Vec<_>>());
        let parts = || watches.iter().flat_map(|watch| watch.spells.iter());
        let spells =
            if k <= 1 { merged(parts().cloned().collect()) } else { common(k, &bands, &parts().collect::<Vec<_>>()) };
        let singles = watches.iter().flat_map(|watch| watch.singles.iter().cloned()).collect();
        Self { bands, spells, singles }
    }
}

/// Spells in order of time; those whose shown times overlap or touch are one.
pub(super) fn merged(mut spells: Vec<Spell>) -> Vec<Spell> {
    spells.sort_by_key(|spell| (spell.shown.start(), spell.shown.end()));
    let mut out: Vec<Spell> = Vec::with_capacity(spells.len());
    let mut spells = spells.into_iter().peekable();
    while let Some(mut own) = spells.next() {
        let mut alone = true;
        while let Some(next) = spells.next_if(|next| next.shown.start() <= own.shown.end()) {
            own.join(next);
            alone = false;
        }
        // Once for all that were joined: with a thousand targets there are many.
        if !alone {
            own.sort_names();
        }
        out.push(own);
    }
    out
}

/// The spells of time that several watches have in common.
fn common(k: usize, bands: &Bands, parts: &[&Spell]) -> Vec<Spell> {
    let shown = bands.shown.as_slice();
    let neighbour = |i: Option<usize>| i.and_then(|i| shown.get(i));
    let spell = |(i, own): (usize, &Interval)| {
        let after = neighbour(i.checked_sub(1)).map(|span| span.end());
        let before = neighbour(i.checked_add(1)).map(|span| span.start());
        let around = |set: &IntervalSet| component(set, *own, after, before);
        let mut spell = Spell {
            shown: *own,
            outer: around(&bands.outer),
            possible: around(&bands.outer_or_gap),
            open_ended: false,
            determined: None,
            ids: Vec::new(),
            targets: Vec::new(),
        };
        let mut determined = Vec::new();
        for part in parts.iter().filter(|part| part.shown.meets(*own)) {
            spell.open_ended |= part.open_ended && part.shown.end() <= own.end();
            determined.extend(part.determined);
            spell.ids.extend(part.ids.iter().cloned());
            spell.targets.extend(part.targets.iter().cloned());
        }
        // Down as one only when the k-th has failed twice.
        determined.sort_unstable();
        spell.determined = determined.get(k.saturating_sub(1)).copied().map(|at| at.max(own.start()));
        spell.sort_names();
        spell
    };
    shown.iter().enumerate().map(spell).collect()
}

/// The span of `set` around `own`, not reaching into the neighbours on either side.
fn component(set: &IntervalSet, own: Interval, after: Option<Instant>, before: Option<Instant>) -> Interval {
    let around = set.around(own).unwrap_or(own);
    let start = after.map_or(around.start(), |after| around.start().max(after));
    let end = before.map_or(around.end(), |before| around.end().min(before));
    Interval::new(start, end).map_or(own, |span| span.hull(own))
}
