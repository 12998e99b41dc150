use crate::time::{Instant, Interval, MINUTE_MS};

/// No less is shown: by then, single samples lie far apart.
const LEAST_MS: i64 = 10 * MINUTE_MS;

/// The part of a span of time that is shown. It never leaves the span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    whole: Interval,
    shown: Interval,
}

impl Window {
    /// All of a span.
    #[must_use]
    pub const fn of(whole: Interval) -> Self {
        Self { whole, shown: whole }
    }

    /// The span.
    #[must_use]
    pub const fn whole(self) -> Interval {
        self.whole
    }

    /// The part that is shown.
    #[must_use]
    pub const fn shown(self) -> Interval {
        self.shown
    }

    /// Whether all of it is shown.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.shown == self.whole
    }

    /// Whether as little is shown as can be.
    #[must_use]
    pub fn is_least(self) -> bool {
        self.shown.ms() <= LEAST_MS
    }

    /// So many milliseconds from an instant on, moved inside; never less than ten minutes, never more than there is.
    #[must_use]
    pub fn showing(self, start: Instant, ms: i64) -> Self {
        let all = self.whole.ms();
        let ms = ms.clamp(LEAST_MS.min(all), all);
        let start = start.max(self.whole.start()).min(self.whole.end().plus(-ms));
        Self { shown: Interval::new(start, start.plus(ms)).unwrap_or(self.whole), ..self }
    }

    /// A span of it.
    #[must_use]
    pub fn to(self, span: Interval) -> Self {
        self.showing(span.start(), span.ms())
    }

    /// So many times as much, about an instant that keeps its place.
    #[must_use]
    pub fn scaled(self, at: Instant, (times, of): (i64, i64)) -> Self {
        let ms = self.shown.ms() / of * times + self.shown.ms() % of * times / of;
        let least = ms.clamp(LEAST_MS.min(self.whole.ms()), self.whole.ms());
        let before = i128::from(at.since(self.shown.start())) * i128::from(least) / i128::from(self.shown.ms());
        self.showing(at.plus(-i64::try_from(before).unwrap_or(0)), least)
    }

    /// As much, later by so many milliseconds.
    #[must_use]
    pub fn moved(self, ms: i64) -> Self {
        self.showing(self.shown.start().plus(ms), self.shown.ms())
    }

    /// As much, from the first instant on.
    #[must_use]
    pub fn to_start(self) -> Self {
        self.showing(self.whole.start(), self.shown.ms())
    }

    /// As much, up to the last instant.
    #[must_use]
    pub fn to_end(self) -> Self {
        self.showing(self.whole.end(), self.shown.ms())
    }

    /// As much, moved as little as need be for an instant to be shown.
    #[must_use]
    pub fn reaching(self, at: Instant) -> Self {
        let middle = at.plus(-self.shown.ms() / 2);
        if self.shown.contains(at) { self } else { self.showing(middle, self.shown.ms()) }
    }
}
