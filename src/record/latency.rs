//! Round-trip times, in buckets: enough for a chart, and nothing that a figure rests on.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::time::{DAY_MS, HOUR_MS, Instant, Interval};

/// Bits of a value that its class keeps, so that no class is wider than a 32nd of what is in it.
const KEPT_BITS: u32 = 5;
const HOURS_A_DAY: i32 = 24;
/// Classes of a value of 32 bits.
const CLASSES: usize = (u32::BITS as usize - KEPT_BITS as usize + 1) << KEPT_BITS;
/// So many round-trip times wait until they are put in place together: those of one series come one by one between those of
/// many others, and what they are put into lies far from what was touched last.
const MOST_WAITING: usize = 256;

/// The round-trip times of one series, by hours and days of UTC. Two of them merge into that of all their times, in any
/// order, and it takes some 10 bytes for each hour and 1 or 2 for each class of a day however many there were in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Latency {
    days: Vec<Day>,
    /// Hours since 1970 and microseconds of what waits for [`Latency::settle`].
    waiting: Vec<(i32, u32)>,
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

/// The hours of a day and how many of its times fall into each class, as few bytes: [`OpenDay`] reads and writes them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Day {
    /// Days since 1970.
    number: i32,
    /// Shared by the record of the file and that of the case.
    #[serde(with = "at_once")]
    bytes: Arc<[u8]>,
}

/// Bytes are written and read all at once: one by one, those of a thousand targets take a third of a second.
mod at_once {
    use std::fmt;
    use std::sync::Arc;

    use serde::{Deserializer, Serializer, de};

    struct Bytes;

    impl de::Visitor<'_> for Bytes {
        type Value = Arc<[u8]>;

        fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
            out.write_str("bytes")
        }

        fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Arc<[u8]>, E> {
            Ok(bytes.into())
        }
    }

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(bytes)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<[u8]>, D::Error> {
        from.deserialize_bytes(Bytes)
    }
}

/// An hour in [`Day::bytes`]: its number in the day, how many, the shortest, by how much the longest is longer, and by how
/// much all together are longer than if each were the shortest.
type PackedHour = [u64; HOUR_NUMBERS];
const HOUR_NUMBERS: usize = 5;
/// A class in [`Day::bytes`] is one number where fewer fall into it than this: by how much it comes after the one before,
/// times this, and how many they are. Where they are more, the number leaves them out, and they follow as one of their own.
const MANY: u64 = 16;

/// A day while something is added to it.
#[derive(Default)]
struct OpenDay {
    hours: Vec<LatencyHour>,
    classes: Classes,
}

/// How many fall into each class, from the lowest to the highest that has any.
#[derive(Default)]
struct Classes {
    first: usize,
    counts: Vec<u32>,
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

/// The day since 1970 of an hour since 1970.
const fn day_of(hour: i32) -> i32 {
    hour.div_euclid(HOURS_A_DAY)
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

impl LatencyHour {
    const fn of(number: i32, us: u32) -> Self {
        Self { sum: us as u64, number, count: 1, min: us, max: us }
    }

    fn packed(&self) -> PackedHour {
        let more = self.sum.saturating_sub(u64::from(self.min) * u64::from(self.count));
        let hour = u64::try_from(self.number.rem_euclid(HOURS_A_DAY)).unwrap_or_default();
        [hour, self.count.into(), self.min.into(), self.max.saturating_sub(self.min).into(), more]
    }

    fn unpacked(day: i32, &[hour, count, min, wider, more]: &PackedHour) -> Self {
        let number = day.saturating_mul(HOURS_A_DAY).saturating_add(i32::try_from(hour).unwrap_or(0));
        let sum = min.saturating_mul(count).saturating_add(more);
        Self { sum, number, count: narrow(count), min: narrow(min), max: narrow(min.saturating_add(wider)) }
    }
}

fn narrow(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Latency {
    /// Takes a round-trip time in microseconds, which waits for [`Latency::settle`].
    pub fn push(&mut self, at: Instant, us: u32) {
        self.waiting.push((number(at, HOUR_MS), us));
        if self.waiting.len() >= MOST_WAITING {
            self.put_in_place();
        }
    }

    /// Puts all that was pushed in its place. Call it when the last one was: what is asked below is asked of what is in place.
    pub fn settle(&mut self) {
        self.put_in_place();
        self.waiting = Vec::new();
        self.days.shrink_to_fit();
    }

    /// How many bytes its hours and classes take.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.days.iter().map(|day| day.bytes.len()).sum()
    }

    fn put_in_place(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_unstable_by_key(|(hour, _)| *hour);
        for times in waiting.chunk_by(|a, b| day_of(a.0) == day_of(b.0)) {
            if let Some((hour, _)) = times.first() {
                self.change(day_of(*hour), |day| day.add(times));
            }
        }
        waiting.clear();
        self.waiting = waiting;
    }

    fn change(&mut self, number: i32, with: impl FnOnce(&mut OpenDay)) {
        let place = self.days.binary_search_by_key(&number, |own| own.number).unwrap_or_else(|place| {
            self.days.insert(place, Day { number, bytes: Arc::default() });
            place
        });
        if let Some(own) = self.days.get_mut(place) {
            let mut open = own.open();
            with(&mut open);
            own.bytes = open.packed();
        }
    }

    /// The round-trip times of both.
    #[must_use]
    pub fn merge(mut self, mut other: Self) -> Self {
        self.settle();
        other.settle();
        for day in other.days {
            match self.days.last() {
                Some(last) if day.number <= last.number => self.change(day.number, |own| own.merge(day.open())),
                _ => self.days.push(day),
            }
        }
        self
    }

    /// Takes out what is in place but for the last day; what comes later can be merged with it.
    #[must_use]
    pub fn take_days(&mut self) -> Self {
        let last = self.days.split_off(self.days.len().saturating_sub(1));
        Self { days: std::mem::replace(&mut self.days, last), waiting: Vec::new() }
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The hours of which something is known, in order of time.
    #[must_use]
    pub fn hours(&self) -> Vec<LatencyHour> {
        self.days.iter().flat_map(|day| day.open().hours).collect()
    }

    /// From the first to the last hour; `None`: nothing is known.
    #[must_use]
    pub fn span(&self) -> Option<Interval> {
        let (first, last) = (self.days.first()?.open(), self.days.last()?.open());
        Some(first.hours.first()?.span()?.hull(last.hours.last()?.span()?))
    }

    /// So many percent of the round-trip times of the days that a span touches are this long at most, in microseconds. Too
    /// long by less than a 32nd, never too short; `None`: nothing is known of those days.
    #[must_use]
    pub fn percentile_us(&self, percent: u32, of: Interval) -> Option<u32> {
        let mut all = Classes::default();
        for day in self.touched(of) {
            all.merge(&day.open().classes);
        }
        all.percentile(percent)
    }

    /// Whether something is known of an hour that a span touches.
    #[must_use]
    pub fn meets(&self, of: Interval) -> bool {
        // A day holds an hour at least: only those at the ends have to be looked into.
        let inside = |day: &Day| span(day.number, DAY_MS).is_some_and(|own| own.cut_to(of) == Some(own));
        let reaches = |hour: &LatencyHour| hour.span().is_some_and(|own| own.meets(of));
        self.touched(of).iter().any(|day| inside(day) || day.open().hours.iter().any(reaches))
    }

    /// The days that a span touches.
    fn touched(&self, of: Interval) -> &[Day] {
        let (first, last) = (number(of.start(), DAY_MS), number(of.end().plus(-1), DAY_MS));
        let from = self.days.partition_point(|day| day.number < first);
        let to = self.days.partition_point(|day| day.number <= last);
        self.days.get(from..to).unwrap_or_default()
    }
}

impl Day {
    fn open(&self) -> OpenDay {
        let mut open = OpenDay::default();
        let numbers = postcard::from_bytes::<Vec<u64>>(&self.bytes).unwrap_or_default();
        let Some((hours, rest)) = numbers.split_first() else { return open };
        let hours = (narrow(*hours) as usize).saturating_mul(HOUR_NUMBERS);
        let Some((hours, classes)) = rest.split_at_checked(hours) else { return open };
        open.hours = hours.as_chunks().0.iter().map(|hour| LatencyHour::unpacked(self.number, hour)).collect();
        let mut class = 0_u32;
        let mut classes = classes.iter();
        while let Some(own) = classes.next() {
            class = class.saturating_add(narrow(own / MANY));
            let few = own % MANY;
            let count = if few > 0 { few } else { classes.next().copied().unwrap_or_default() };
            open.classes.add(class, narrow(count));
        }
        open
    }
}

impl OpenDay {
    /// Takes round-trip times of this day, in order of their hours.
    fn add(&mut self, times: &[(i32, u32)]) {
        for times in times.chunk_by(|a, b| a.0 == b.0) {
            let hours = times.iter().map(|(hour, us)| LatencyHour::of(*hour, *us));
            if let Some(hour) = hours.reduce(LatencyHour::and) {
                self.add_hour(hour);
            }
            times.iter().for_each(|(_, us)| self.classes.add(class_of(*us), 1));
        }
    }

    fn add_hour(&mut self, hour: LatencyHour) {
        match self.hours.binary_search_by_key(&hour.number, |own| own.number) {
            Ok(place) => {
                if let Some(own) = self.hours.get_mut(place) {
                    *own = own.and(hour);
                }
            }
            Err(place) => self.hours.insert(place, hour),
        }
    }

    fn merge(&mut self, other: Self) {
        other.hours.into_iter().for_each(|hour| self.add_hour(hour));
        self.classes.merge(&other.classes);
    }

    fn packed(&self) -> Arc<[u8]> {
        let mut numbers = Vec::with_capacity(1 + HOUR_NUMBERS * self.hours.len() + 2 * self.classes.counts.len());
        numbers.push(self.hours.len() as u64);
        numbers.extend(self.hours.iter().flat_map(LatencyHour::packed));
        let mut before = 0;
        for (class, count) in self.classes.iter() {
            let further = class - std::mem::replace(&mut before, class);
            let (further, count) = (u64::from(further) * MANY, u64::from(count));
            if count < MANY { numbers.push(further + count) } else { numbers.extend([further, count]) }
        }
        let bytes = postcard::to_extend(&numbers, Vec::with_capacity(2 * numbers.len())).unwrap_or_default();
        bytes.into()
    }
}

impl Classes {
    fn add(&mut self, class: u32, count: u32) {
        let class = class as usize;
        if class >= CLASSES {
            return;
        }
        if self.counts.is_empty() {
            self.first = class;
        }
        if class < self.first {
            self.counts.splice(0..0, std::iter::repeat_n(0, self.first - class));
            self.first = class;
        }
        let place = class - self.first;
        if place >= self.counts.len() {
            self.counts.resize(place + 1, 0);
        }
        if let Some(own) = self.counts.get_mut(place) {
            *own = own.saturating_add(count);
        }
    }

    fn merge(&mut self, other: &Self) {
        other.iter().for_each(|(class, count)| self.add(class, count));
    }

    /// The classes that have any, upwards.
    fn iter(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0_u32..).skip(self.first).zip(self.counts.iter().copied()).filter(|(_, count)| *count > 0)
    }

    /// The largest value of the class in which the one of that rank falls.
    fn percentile(&self, percent: u32) -> Option<u32> {
        let all: u64 = self.counts.iter().copied().map(u64::from).sum();
        let rank = (all * u64::from(percent)).div_ceil(100);
        let mut seen = 0;
        self.iter().find_map(|(class, count)| {
            seen += u64::from(count);
            (seen >= rank).then(|| largest_of(class))
        })
    }
}
