use serde::{Deserialize, Serialize};

use super::Instant;

/// Up to so many spans are sorted sooner than merged.
const SORTED_AT_ONCE: usize = 4096;

/// A half-open span of time `[start, end)`. Never empty: `start < end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    start: Instant,
    end: Instant,
}

impl Interval {
    /// The span `[start, end)`; `None` where it would be empty or reversed.
    #[must_use]
    pub fn new(start: Instant, end: Instant) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// One millisecond from `start` on: the shortest span there is.
    #[must_use]
    pub fn from_start(start: Instant) -> Self {
        let start = start.min(Instant::MAX.plus(-1));
        Self { start, end: start.plus(1) }
    }

    /// The first instant inside.
    #[must_use]
    pub const fn start(self) -> Instant {
        self.start
    }

    /// The first instant no longer inside.
    #[must_use]
    pub const fn end(self) -> Instant {
        self.end
    }

    /// The length in milliseconds; always positive.
    #[must_use]
    pub const fn ms(self) -> i64 {
        self.end.since(self.start)
    }

    /// Whether `at` lies inside.
    #[must_use]
    pub fn contains(self, at: Instant) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether the two share at least a millisecond.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What both have in common.
    #[must_use]
    pub fn cut_to(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A set of instants as sorted, disjoint spans that do not touch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntervalSet(Vec<Interval>);

impl IntervalSet {
    /// The set without any instant.
    #[must_use]
    pub const fn empty() -> Self {
        Self(Vec::new())
    }

    /// The spans in order of time.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = Interval> + '_ {
        self.0.iter().copied()
    }

    /// The spans in order of time.
    #[must_use]
    pub fn as_slice(&self) -> &[Interval] {
        &self.0
    }

    /// Whether no instant is inside.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The length of all spans in milliseconds.
    #[must_use]
    pub fn ms(&self) -> i64 {
        self.iter().map(Interval::ms).sum()
    }

    /// Whether `at` lies inside.
    #[must_use]
    pub fn contains(&self, at: Instant) -> bool {
        let after = self.0.partition_point(|span| span.start() <= at);
        after > 0 && self.0[after - 1].contains(at)
    }

    /// Whether some span shares a millisecond with `span`.
    #[must_use]
    pub fn meets(&self, span: Interval) -> bool {
        self.around(span).is_some()
    }

    /// The span that shares a millisecond with `span`; the first where several do.
    #[must_use]
    pub fn around(&self, span: Interval) -> Option<Interval> {
        let first = self.0.partition_point(|own| own.end() <= span.start());
        self.0.get(first).copied().filter(|own| own.meets(span))
    }

    /// The instants of either set.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let mut out: Vec<Interval> = Vec::with_capacity(self.0.len() + other.0.len());
        let (mut own, mut others) = (self.iter().peekable(), other.iter().peekable());
        while let Some(span) = if own.peek().is_some_and(|span| others.peek().is_none_or(|other| span <= other)) {
            own.next()
        } else {
            others.next()
        } {
            join(&mut out, span);
        }
        Self(out)
    }

    /// The instants of any of the sets. Of many spans halves are joined first: with a thousand sets each is looked at ten times
    /// only.
    fn union_of(sets: &[&Self]) -> Self {
        match sets {
            [] => Self::empty(),
            [own] => (*own).clone(),
            _ if sets.iter().map(|own| own.0.len()).sum::<usize>() <= SORTED_AT_ONCE => {
                Self::of(sets.iter().flat_map(|own| own.iter()).collect())
            }
            _ => {
                let (some, others) = sets.split_at(sets.len() / 2);
                Self::union_of(some).union(&Self::union_of(others))
            }
        }
    }

    /// The instants of both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut out = Vec::new();
        let (mut i, mut j) = (0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            out.extend(a.cut_to(*b));
            if a.end() <= b.end() { i += 1 } else { j += 1 }
        }
        Self(out)
    }

    /// The instants of this set that the other does not hold.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        let mut out = Vec::new();
        let mut first = 0;
        for own in self.iter() {
            while other.0.get(first).is_some_and(|cut| cut.end() <= own.start()) {
                first += 1;
            }
            let mut from = own.start();
            for cut in other.0[first..].iter().take_while(|cut| cut.start() < own.end()) {
                out.extend(Interval::new(from, cut.start()));
                from = from.max(cut.end());
            }
            out.extend(Interval::new(from, own.end()));
        }
        Self(out)
    }

    /// Whether no instant of the set lies outside `span`.
    #[must_use]
    pub fn is_within(&self, span: Interval) -> bool {
        let ends = self.0.first().zip(self.0.last());
        ends.is_none_or(|(first, last)| span.start() <= first.start() && last.end() <= span.end())
    }

    /// The part of the set inside `span`.
    #[must_use]
    pub fn cut_to(&self, span: Interval) -> Self {
        let first = self.0.partition_point(|own| own.end() <= span.start());
        let near = self.0.iter().skip(first).take_while(|own| own.start() < span.end());
        Self(near.filter_map(|own| own.cut_to(span)).collect())
    }

    /// The instants that at least `k` of the sets hold; `k` = 1 is the union, `k` = all of them the intersection.
    #[must_use]
    pub fn at_least(k: usize, sets: &[&Self]) -> Self {
        if k <= 1 {
            return Self::union_of(sets);
        }
        let mut edges: Vec<(Instant, i32)> = Vec::new();
        sets.iter().flat_map(|set| set.iter()).for_each(|span| edges.extend([(span.start(), 1), (span.end(), -1)]));
        edges.sort_unstable_by_key(|(at, _)| *at);
        let mut out = Vec::new();
        let (mut depth, mut since, mut i) = (0_i32, None, 0);
        while let Some(&(at, _)) = edges.get(i) {
            while let Some(&(_, step)) = edges.get(i).filter(|(edge, _)| *edge == at) {
                depth += step;
                i += 1;
            }
            let inside = usize::try_from(depth).is_ok_and(|depth| depth >= k.max(1));
            match (since, inside) {
                (None, true) => since = Some(at),
                (Some(start), false) => {
                    out.extend(Interval::new(start, at));
                    since = None;
                }
                _ => {}
            }
        }
        Self(out)
    }

    /// The union of spans in any order.
    fn of(mut spans: Vec<Interval>) -> Self {
        if !spans.is_sorted() {
            spans.sort_unstable();
        }
        let mut out: Vec<Interval> = Vec::with_capacity(spans.len());
        spans.into_iter().for_each(|span| join(&mut out, span));
        Self(out)
    }
}

/// Puts a span behind those that begin no later.
fn join(out: &mut Vec<Interval>, span: Interval) {
    match out.last_mut() {
        Some(last) if span.start() <= last.end() => *last = last.hull(span),
        _ => out.push(span),
    }
}

impl FromIterator<Interval> for IntervalSet {
    /// The union of spans in any order.
    fn from_iter<I: IntoIterator<Item = Interval>>(spans: I) -> Self {
        Self::of(spans.into_iter().collect())
    }
}

impl From<Interval> for IntervalSet {
    fn from(span: Interval) -> Self {
        Self(vec![span])
    }
}

impl From<Option<Interval>> for IntervalSet {
    fn from(span: Option<Interval>) -> Self {
        Self(span.into_iter().collect())
    }
}
