use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::tzdb::{self, Clocks};
use super::{DAY_MS, Instant, Interval, SECOND_MS};

/// An IANA time zone. The database is the program's own, never the host's.
#[derive(Clone, Copy)]
pub struct Zone(&'static Clocks);

/// Not a name of the IANA time zone database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a name of the IANA time zone database")]
pub struct ZoneError(pub String);

/// A local time without offset, read in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalReading {
    /// It happened once.
    Once(Instant),
    /// The clocks were set back and it happened twice; this is the earlier one.
    Twice(Instant),
    /// The clocks were set forward over it, or it is out of range: it never happened.
    Never,
}

impl Default for Zone {
    /// The zone of the agreement: `Asia/Shanghai`.
    fn default() -> Self {
        Self(tzdb::of_the_agreement())
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Zone {
    /// The name in the IANA database.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The instant at which the clocks of this zone show `local`.
    #[must_use]
    pub fn read(self, local: NaiveDateTime) -> LocalReading {
        let shown = local.and_utc().timestamp_millis();
        let mut instants = self.0.showing(shown.div_euclid(SECOND_MS)).map(|ahead| shown - ahead * SECOND_MS);
        let first = instants.next().and_then(|ms| Instant::from_epoch_ms(ms).ok());
        match (first, instants.next()) {
            (Some(at), None) => LocalReading::Once(at),
            (Some(at), Some(_)) => LocalReading::Twice(at),
            (None, _) => LocalReading::Never,
        }
    }

    /// What the clocks of this zone show at `at`.
    #[must_use]
    pub fn local(self, at: Instant) -> NaiveDateTime {
        let utc = at.to_utc().naive_utc();
        utc.checked_add_signed(TimeDelta::seconds(self.seconds_ahead(at))).unwrap_or(utc)
    }

    /// Minutes that the clocks of this zone are ahead of UTC at `at`.
    #[must_use]
    pub fn offset_minutes(self, at: Instant) -> i64 {
        self.seconds_ahead(at) / 60
    }

    fn seconds_ahead(self, at: Instant) -> i64 {
        self.0.ahead(at.epoch_ms().div_euclid(SECOND_MS))
    }

    /// The local calendar day of `at`.
    #[must_use]
    pub fn day(self, at: Instant) -> NaiveDate {
        self.local(at).date()
    }

    /// The first instant of a local day, which is not 00:00 where the clocks jump over midnight.
    #[must_use]
    pub fn day_start(self, day: NaiveDate) -> Instant {
        self.first_at_or_after(day.and_time(NaiveTime::MIN))
    }

    /// The local day `[00:00, 24:00)`, of 23, 24 or 25 hours; empty only for a day that the zone skipped altogether.
    #[must_use]
    pub fn day_span(self, day: NaiveDate) -> Option<Interval> {
        let next = day.checked_add_days(Days::new(1))?;
        Interval::new(self.day_start(day), self.day_start(next))
    }

    fn first_at_or_after(self, local: NaiveDateTime) -> Instant {
        match self.read(local) {
            LocalReading::Once(at) | LocalReading::Twice(at) => at,
            LocalReading::Never => self.after_jump(local),
        }
    }

    /// The instant of the clock change that skipped `local`. Local time only grows in the day around it.
    fn after_jump(self, local: NaiveDateTime) -> Instant {
        let guess = local.and_utc().timestamp_millis();
        let (mut low, mut high) = (guess - 2 * DAY_MS, guess + 2 * DAY_MS);
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            let shown = Instant::MIN.plus(middle);
            if self.local(shown) >= local { high = middle } else { low = middle }
        }
        Instant::MIN.plus(high)
    }
}

impl FromStr for Zone {
    type Err = ZoneError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        tzdb::find(name).map(Self).ok_or_else(|| ZoneError(name.to_owned()))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        name.parse().map_err(serde::de::Error::custom)
    }
}

/// A calendar month, such as `2026-03`; which instants it holds depends on the zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LocalMonth {
    year: i32,
    month: u32,
}

/// Not a month of the form `2026-03` in the years 1970 to 2198.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a month of the form 2026-03")]
pub struct MonthError(pub String);

impl LocalMonth {
    /// The month that a local day belongs to.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The year, such as 2026.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month of the year, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u32 {
        self.month
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or_default()
    }

    /// The last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day().pred_opt().unwrap_or_default()
    }

    /// How many days the month has, 28 to 31.
    #[must_use]
    pub fn days(self) -> u32 {
        self.last_day().day()
    }

    /// The month after.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.month == 12 {
            Self { year: self.year + 1, month: 1 }
        } else {
            Self { year: self.year, month: self.month + 1 }
        }
    }

    /// The month before.
    #[must_use]
    pub const fn previous(self) -> Self {
        if self.month == 1 {
            Self { year: self.year - 1, month: 12 }
        } else {
            Self { year: self.year, month: self.month - 1 }
        }
    }

    /// [local 1st 00:00, next local 1st 00:00) in `zone`.
    #[must_use]
    pub fn span(self, zone: Zone) -> Interval {
        let (start, end) = (zone.day_start(self.first_day()), zone.day_start(self.next().first_day()));
        Interval::new(start, end).unwrap_or_else(|| Interval::from_start(start))
    }
}

impl FromStr for LocalMonth {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || MonthError(text.to_owned());
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let (year, month) = text.split_once('-').ok_or_else(error)?;
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return Err(error());
        }
        let (year, month) = (year.parse().map_err(|_| error())?, month.parse().map_err(|_| error())?);
        if (1970..2199).contains(&year) && (1..=12).contains(&month) { Ok(Self { year, month }) } else { Err(error()) }
    }
}

impl fmt::Display for LocalMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}
