//! A local day as text, and in messages of the program to itself (for serde's `with`): there it is a number of days, not
//! chrono's text, whose reading brings every form of time that chrono knows.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Reads a local day of the form `2026-03-01`; `None` where it is of another form or does not exist.
#[must_use]
pub fn read_day(text: &str) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// # Errors
/// Those of `serializer`.
pub fn serialize<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    day.to_epoch_days().serialize(serializer)
}

/// # Errors
/// Those of `deserializer`; a number of days beyond chrono's.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let days = i32::deserialize(deserializer)?;
    NaiveDate::from_epoch_days(days).ok_or_else(|| serde::de::Error::custom("no day"))
}

/// The same for a day that may be absent.
pub mod optional {
    use super::{Deserialize, Deserializer, NaiveDate, Serialize, Serializer};

    /// # Errors
    /// Those of `serializer`.
    pub fn serialize<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
        day.map(|day| day.to_epoch_days()).serialize(serializer)
    }

    /// # Errors
    /// Those of `deserializer`.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
        Ok(Option::<i32>::deserialize(deserializer)?.and_then(NaiveDate::from_epoch_days))
    }
}
