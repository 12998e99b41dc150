//! Round-trip times, in buckets: enough for a chart, and nothing that a figure rests on.

use serde::{Deserialize, Serialize};

use crate::time::{DAY_MS, HOUR_MS, Instant, Interval};

/// Bits of a value that its class keeps, so that no class is wider than a 32nd of what is in it.
const KEPT_BITS: u32 = 5;
/// Bits of a [`Tally`] for the number; the rest is its class.
const COUNT_BITS: u32 = 22;
const MOST: u32 = (1 << COUNT_BITS) - 1;

/// The round-trip times of one series, by hours and days of UTC. Two of them merge into that of all their times, in any
/// order, and it takes some 30 bytes for each hour however many there were in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Latency {
    hours: Vec<LatencyHour>,
    days: Vec<Day>,
}

/// What the round-trip times of an hour, or of several together, come to; in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LatencyHour {
    sum: u64,
    /// Hours since 1970.
    number: i32,
    count: u32,
    min: u32,
    max: u32,
}

/// How many round-trip times of a day fall into each class; by class.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Day {
    /// Days since 1970.
    number: i32,
    tallies: Vec<Tally>,
}

/// A class in the upper bits, how many fall into it in the lower ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Tally(u32);

impl Tally {
    const fn class(self) -> u32 {
        self.0 >> COUNT_BITS
    }

    const fn count(self) -> u32 {
        self.0 & MOST
    }

    /// As many more as there is room for: four million a day and class.
    fn plus(self, count: u32) -> Self {
        Self((self.class() << COUNT_BITS) | self.count().saturating_add(count).min(MOST))
    }
}

/// Values below 64 have a class each; above, each octave is 32 classes of equal width.
const fn class_of(us: u32) -> u32 {
    let octave = (u32::BITS - us.leading_zeros()).saturating_sub(KEPT_BITS + 1);
    (octave << KEPT_BITS) + (us >> octave)
}

/// The largest value of a class.
const fn largest_of(class: u32) -> u32 {
    if class < 2 << KEPT_BITS {
        return class;
    }
    let (octave, kept) = ((class >> KEPT_BITS) - 1, class % (1 << KEPT_BITS) + (1 << KEPT_BITS));
    (kept << octave) + ((1 << octave) - 1)
}

fn number(at: Instant, ms: i64) -> i32 {
    i32::try_from(at.epoch_ms().div_euclid(ms)).unwrap_or(0)
}

fn span(number: i32, ms: i64) -> Option<Interval> {
    let start = Instant::from_epoch_ms(i64::from(number) * ms).ok()?;
    Interval::new(start, start.plus(ms))
}

impl LatencyHour {
    /// The hour.
    #[must_use]
    pub fn span(&self) -> Option<Interval> {
        span(self.number, HOUR_MS)
    }

    /// How many there were; at least one.
    #[must_use]
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// The shortest, in microseconds.
    #[must_use]
    pub const fn min_us(&self) -> u32 {
        self.min
    }

    /// The longest, in microseconds.
    #[must_use]
    pub const fn max_us(&self) -> u32 {
        self.max
    }

    /// The mean, in whole microseconds.
    #[must_use]
    pub fn mean_us(&self) -> u32 {
        let mean = self.sum.checked_div(u64::from(self.count)).unwrap_or(0);
        u32::try_from(mean).unwrap_or(u32::MAX)
    }

    /// All of both, under the earlier hour.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            sum: self.sum.saturating_add(other.sum),
            number: self.number.min(other.number),
            count: self.count.saturating_add(other.count),
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }
}

impl Latency {
    /// Takes a round-trip time in microseconds.
    pub fn push(&mut self, at: Instant, us: u32) {
        let own = LatencyHour { sum: u64::from(us), number: number(at, HOUR_MS), count: 1, min: us, max: us };
        match self.hours.last_mut() {
            Some(last) if last.number == own.number => *last = last.and(own),
            _ => self.add_hour(own),
        }
        let day = number(at, DAY_MS);
        let place = match self.days.last() {
            Some(last) if last.number == day => self.days.len() - 1,
            _ => self.place_of_day(day),
        };
        if let Some(own) = self.days.get_mut(place) {
            own.add(class_of(us), 1);
        }
    }

    fn add_hour(&mut self, hour: LatencyHour) {
        // Nearly always: what is looked for then lies far apart in memory, once for each hour of each of many targets.
        if self.hours.last().is_none_or(|last| last.number < hour.number) {
            self.hours.push(hour);
            return;
        }
        match self.hours.binary_search_by_key(&hour.number, |own| own.number) {
            Ok(place) => {
                if let Some(own) = self.hours.get_mut(place) {
                    *own = own.and(hour);
                }
            }
            Err(place) => self.hours.insert(place, hour),
        }
    }

    fn place_of_day(&mut self, number: i32) -> usize {
        self.days.binary_search_by_key(&number, |own| own.number).unwrap_or_else(|place| {
            self.days.insert(place, Day { number, tallies: Vec::new() });
            place
        })
    }

    /// The round-trip times of both.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        if self.hours.is_empty() {
            return other;
        }
        other.hours.into_iter().for_each(|hour| self.add_hour(hour));
        for day in other.days {
            let place = self.place_of_day(day.number);
            if let Some(own) = self.days.get_mut(place) {
                day.tallies.iter().for_each(|tally| own.add(tally.class(), tally.count()));
            }
        }
        self
    }

    /// Gives back the room that was kept for more.
    pub fn shrink(&mut self) {
        self.hours.shrink_to_fit();
        self.days.shrink_to_fit();
        self.days.iter_mut().for_each(|day| day.tallies.shrink_to_fit());
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.hours.is_empty()
    }

    /// The hours of which something is known, in order of time.
    #[must_use]
    pub fn hours(&self) -> &[LatencyHour] {
        &self.hours
    }

    /// From the first to the last hour; `None`: nothing is known.
    #[must_use]
    pub fn span(&self) -> Option<Interval> {
        Some(self.hours.first()?.span()?.hull(self.hours.last()?.span()?))
    }

    /// So many percent of the round-trip times of the days that a span touches are this long at most, in microseconds. Too
    /// long by less than a 32nd, never too short; `None`: nothing is known of those days.
    #[must_use]
    pub fn percentile_us(&self, percent: u32, of: Interval) -> Option<u32> {
        let (first, last) = (number(of.start(), DAY_MS), number(of.end().plus(-1), DAY_MS));
        let from = self.days.partition_point(|day| day.number < first);
        let to = self.days.partition_point(|day| day.number <= last);
        let days = self.days.get(from..to).unwrap_or_default();
        if let [day] = days {
            return day.percentile(percent);
        }
        let mut all = Day::default();
        for tally in days.iter().flat_map(|day| &day.tallies) {
            all.add(tally.class(), tally.count());
        }
        all.percentile(percent)
    }
}

impl Day {
    fn add(&mut self, class: u32, count: u32) {
        match self.tallies.binary_search_by_key(&class, |tally| tally.class()) {
            Ok(place) => {
                if let Some(own) = self.tallies.get_mut(place) {
                    *own = own.plus(count);
                }
            }
            Err(place) => self.tallies.insert(place, Tally(class << COUNT_BITS).plus(count)),
        }
    }

    /// The largest value of the class in which the one of that rank falls.
    fn percentile(&self, percent: u32) -> Option<u32> {
        let all: u64 = self.tallies.iter().map(|tally| u64::from(tally.count())).sum();
        let rank = (all * u64::from(percent)).div_ceil(100);
        let mut seen = 0;
        self.tallies.iter().find_map(|tally| {
            seen += u64::from(tally.count());
            (seen >= rank).then(|| largest_of(tally.class()))
        })
    }
}
