use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use crate::record::DateOrder;
use crate::time::{DAY_MS, HOUR_MS, Instant, InstantError, LocalReading, MINUTE_MS, SECOND_MS, Zone};

/// Epoch times from here on are milliseconds, below seconds: 5138 as seconds, 1973 as milliseconds.
const MS_FROM: i64 = 100_000_000_000;
/// From here on they are microseconds, and a thousand times further on nanoseconds.
const US_FROM: i64 = 1_000 * MS_FROM;
const NS_FROM: i64 = 1_000 * US_FROM;

/// Epoch times before 1980 are not taken: `20260301` and `202603010005`, days written without separators, would pass
/// for times in the 1970s.
const EARLIEST_EPOCH_MS: i64 = 315_532_800_000;

/// Forms that are taken, as examples.
pub(super) const FORMS: &str = "`2026-03-01T00:05:00+08:00`, `1772294700`, `1772294700000`, `2026-03-01 00:05`";

/// What the text of a time comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// A point in time.
    At(Instant),
    /// A local time, read in the zone that was given; `twice`: it happened twice, and this is the earlier one.
    Local { at: Instant, twice: bool },
    /// A local time, and there is no zone to read it in.
    ZoneNeeded,
    /// A local time that the clocks skipped.
    Never,
    /// Outside the years that an [`Instant`] can be in.
    OutOfRange,
    /// A number too small for an epoch time.
    Implausible,
    /// None of the forms.
    Malformed,
}

/// Reads a time in any of the forms of [`FORMS`]; a local one in `zone`.
pub(super) fn read(text: &[u8], zone: Option<Zone>) -> Reading {
    if let Some(at) = rfc3339(text) {
        return Reading::At(at);
    }
    if let Some(reading) = epoch(text) {
        return reading;
    }
    if let Some(local) = read_local(text) {
        return in_zone(local, zone);
    }
    match str::from_utf8(text).map(Instant::parse_rfc3339) {
        Ok(Ok(at)) => Reading::At(at),
        Ok(Err(InstantError::Range)) => Reading::OutOfRange,
        _ => Reading::Malformed,
    }
}

fn in_zone(local: NaiveDateTime, zone: Option<Zone>) -> Reading {
    match zone.map(|zone| zone.read(local)) {
        None => Reading::ZoneNeeded,
        Some(LocalReading::Once(at)) => Reading::Local { at, twice: false },
        Some(LocalReading::Twice(at)) => Reading::Local { at, twice: true },
        Some(LocalReading::Never) => Reading::Never,
    }
}

/// Whether the clocks of a zone show every quarter of an hour of this instant's day once, in even steps, so that all of its
/// times are at one offset from UTC.
pub(super) fn is_steady_day(at: Instant, zone: Zone) -> bool {
    let local = zone.local(at);
    let midnight = local.date().and_time(NaiveTime::MIN);
    let start_ms = at.epoch_ms() - (local - midnight).num_milliseconds();
    (0..=DAY_MS).step_by(QUARTER_MS).all(|ms| {
        let once = Instant::from_epoch_ms(start_ms + ms).map(LocalReading::Once);
        once.is_ok_and(|once| zone.read(midnight + TimeDelta::milliseconds(ms)) == once)
    })
}

const QUARTER_MS: usize = 900_000;

/// The same, and where `order` says how, dates such as `03/04/2026 00:05` or `3.4.2026 12:05:00 AM`.
pub(super) fn read_dated(text: &[u8], zone: Option<Zone>, order: Option<DateOrder>) -> Reading {
    match (read(text, zone), order) {
        (Reading::Malformed, Some(order)) => {
            read_ordered(text, order).map_or(Reading::Malformed, |local| in_zone(local, zone))
        }
        (reading, _) => reading,
    }
}

/// Whether a time begins with day and month, in whichever order.
pub(super) fn has_ordered_date(text: &[u8]) -> bool {
    DateOrder::ALL.into_iter().any(|order| read_ordered(text, order).is_some())
}

/// Day, month and year with `/`, `.` or `-` between them, and a time of day, of twelve hours where `AM` or `PM` follows.
fn read_ordered(text: &[u8], order: DateOrder) -> Option<NaiveDateTime> {
    let mut rest = text;
    let first = take_number(&mut rest, 1, 2)?;
    let separator = take(&mut rest, b"/.-")?;
    let second = take_number(&mut rest, 1, 2)?;
    take(&mut rest, &[separator])?;
    let year = take_number(&mut rest, 4, 4)?;
    take(&mut rest, b" ")?;
    let (day, month) = match order {
        DateOrder::DayFirst => (first, second),
        DateOrder::MonthFirst => (second, first),
    };
    let (clock, half) = half_of_day(rest);
    let date = format!("{year:04}-{month:02}-{day:02} ");
    let local = read_local(&[date.as_bytes(), clock].concat())?;
    let Some(after_noon) = half else { return Some(local) };
    let hour = local.hour();
    let hour = (1..=12).contains(&hour).then_some(hour % 12 + if after_noon { 12 } else { 0 })?;
    local.with_hour(hour)
}

/// A time of day without `AM` or `PM`, and whether it is one after noon; `None`: it has neither.
fn half_of_day(clock: &[u8]) -> (&[u8], Option<bool>) {
    let (time, end) = clock.split_at_checked(clock.len().saturating_sub(2)).unwrap_or((clock, &[]));
    let after_noon = match end.to_ascii_uppercase().as_slice() {
        b"AM" => false,
        b"PM" => true,
        _ => return (clock, None),
    };
    (time.trim_ascii_end(), Some(after_noon))
}

/// The common form of RFC 3339, quickly; the rest is left to [`Instant::parse_rfc3339`].
fn rfc3339(text: &[u8]) -> Option<Instant> {
    let (clock, rest) = text.split_first_chunk::<19>()?;
    let [y1, y2, y3, y4, b'-', mo1, mo2, b'-', d1, d2, b'T', h1, h2, b':', mi1, mi2, b':', s1, s2] = *clock else {
        return None;
    };
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(number(&[y1, y2, y3, y4])?).ok()?,
        u32::try_from(number(&[mo1, mo2])?).ok()?,
        u32::try_from(number(&[d1, d2])?).ok()?,
    )?;
    let (hour, minute, second) = (number(&[h1, h2])?, number(&[mi1, mi2])?, number(&[s1, s2])?);
    let (ms, rest) = fraction_ms(rest)?;
    let ahead_ms = match *rest {
        [b'Z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', mi1, mi2] => {
            let (hours, minutes) = (number(&[h1, h2])?, number(&[mi1, mi2])?);
            let ms = (hours < 24 && minutes < 60).then_some(hours * HOUR_MS + minutes * MINUTE_MS)?;
            if sign == b'+' { ms } else { -ms }
        }
        _ => return None,
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = i64::from(date.to_epoch_days());
    let ms = days * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS + ms - ahead_ms;
    Instant::from_epoch_ms(ms).ok()
}

/// Digits, with or without a fraction; `None` where it is something else.
fn epoch(text: &[u8]) -> Option<Reading> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (whole, rest) = text.split_at_checked(digits)?;
    let (fraction, rest) = fraction_ms(rest)?;
    if whole.is_empty() || !rest.is_empty() {
        return None;
    }
    if whole.len() > 19 {
        return Some(Reading::OutOfRange);
    }
    let Some(value) = number(whole) else { return Some(Reading::OutOfRange) };
    let ms = match value {
        ..MS_FROM => value * SECOND_MS + fraction,
        MS_FROM..US_FROM => value,
        US_FROM..NS_FROM => value / 1_000,
        _ => value / 1_000_000,
    };
    Some(match Instant::from_epoch_ms(ms) {
        Ok(_) if ms < EARLIEST_EPOCH_MS => Reading::Implausible,
        Ok(at) => Reading::At(at),
        Err(_) => Reading::OutOfRange,
    })
}

/// `2026-03-01 00:05`, with `/` for `-`, `T` for the space, one digit for two, with or without seconds and a fraction.
pub fn read_local(text: &[u8]) -> Option<NaiveDateTime> {
    let mut rest = text;
    let year = take_number(&mut rest, 4, 4)?;
    let separator = take(&mut rest, b"-/")?;
    let month = take_number(&mut rest, 1, 2)?;
    take(&mut rest, &[separator])?;
    let day = take_number(&mut rest, 1, 2)?;
    take(&mut rest, b" T")?;
    let hour = take_number(&mut rest, 1, 2)?;
    take(&mut rest, b":")?;
    let minute = take_number(&mut rest, 2, 2)?;
    let (second, ms) = match take(&mut rest, b":") {
        Some(_) => {
            let second = take_number(&mut rest, 2, 2)?;
            let (ms, after) = fraction_ms(rest)?;
            rest = after;
            (second, ms)
        }
        None => (0, 0),
    };
    if !rest.is_empty() {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
    date.and_hms_milli_opt(hour, minute, second, u32::try_from(ms).ok()?)
}

/// `.` and 1 to 9 digits, in milliseconds, cut off; 0 where there is no `.`.
fn fraction_ms(text: &[u8]) -> Option<(i64, &[u8])> {
    let Some(rest) = text.strip_prefix(b".") else { return Some((0, text)) };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, rest) = rest.split_at_checked(digits)?;
    if !(1..=9).contains(&digits) {
        return None;
    }
    let thousandths = fraction.iter().chain(b"00").take(3).fold(0, |ms, digit| ms * 10 + i64::from(digit - b'0'));
    Some((thousandths, rest))
}

/// Digits as a number; `None` where it is something else, or beyond all numbers.
fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0_i64, |value, byte| {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        value.checked_mul(10)?.checked_add(digit)
    })
}

fn take(rest: &mut &[u8], any_of: &[u8]) -> Option<u8> {
    let (first, after) = rest.split_first().filter(|(first, _)| any_of.contains(first))?;
    *rest = after;
    Some(*first)
}

fn take_number(rest: &mut &[u8], least: usize, most: usize) -> Option<u32> {
    let count = rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, after) = rest.split_at_checked(count).filter(|_| count >= least)?;
    *rest = after;
    u32::try_from(number(digits)?).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// The quick way takes nothing that the slow one refuses, and reads nothing else out of it.
        #[test]
        fn quick_reading_equals_chronos(
            text in "(19[67]|20[0-3]|2[12]0)[0-9]-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{0,10})?(Z|[+-][0-2][0-9]:[0-6][0-9]|)"
        ) {
            if let Some(at) = rfc3339(text.as_bytes()) {
                prop_assert_eq!(Instant::parse_rfc3339(&text), Ok(at));
            }
        }

        /// What an instant prints as is read back, and quickly.
        #[test]
        fn printed_instants_are_read(ms in 0_i64..=7_258_118_399_999) {
            let at = Instant::from_epoch_ms(ms).unwrap_or(Instant::MIN);
            prop_assert_eq!(rfc3339(at.to_string().as_bytes()), Some(at));
        }

        #[test]
        fn any_bytes_are_taken_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            let _ = read(&bytes, Some(Zone::default()));
        }
    }

    fn at(text: &str) -> Reading {
        Reading::At(Instant::parse_rfc3339(text).unwrap_or(Instant::MIN))
    }

    #[test]
    fn epoch_times_are_told_apart_by_magnitude() {
        let expected = at("2026-03-01T00:05:00+08:00");
        assert_eq!(read(b"1772294700", None), expected);
        assert_eq!(read(b"1772294700000", None), expected);
        assert_eq!(read(b"1772294700.25", None), at("2026-03-01T00:05:00.25+08:00"));
        assert_eq!(read(b"1772294700000000", None), expected, "microseconds");
        assert_eq!(read(b"1772294700000000000", None), expected, "nanoseconds");
        assert_eq!(read(b"1772294700250.9", None), at("2026-03-01T00:05:00.25+08:00"));
    }

    #[test]
    fn days_without_separators_are_not_epoch_times() {
        assert_eq!(read(b"20260301", None), Reading::Implausible);
        assert_eq!(read(b"202603010005", None), Reading::Implausible);
        assert_eq!(read(b"99999999999999999999", None), Reading::OutOfRange);
        assert_eq!(read(b"9999999999999999999", None), Reading::OutOfRange);
    }

    #[test]
    fn local_times_need_a_zone() {
        for text in ["2026-03-01 00:05", "2026/3/1 0:05", "2026-03-01T00:05:00", "2026-03-01 00:05:00.000"] {
            assert_eq!(read(text.as_bytes(), None), Reading::ZoneNeeded, "{text}");
            let Reading::At(expected) = at("2026-03-01T00:05:00+08:00") else { return };
            let local = Reading::Local { at: expected, twice: false };
            assert_eq!(read(text.as_bytes(), Some(Zone::default())), local, "{text}");
        }
    }

    #[test]
    fn dates_that_begin_with_day_or_month_are_read_as_somebody_says_only() {
        let expected =
            |text: &str| Reading::Local { at: Instant::parse_rfc3339(text).unwrap_or(Instant::MIN), twice: false };
        for (text, day_first, month_first) in [
            ("03/04/2026 00:05", "2026-04-03T00:05:00+08:00", "2026-03-04T00:05:00+08:00"),
            ("3.4.2026 23:05:07", "2026-04-03T23:05:07+08:00", "2026-03-04T23:05:07+08:00"),
            ("03-04-2026 12:05 AM", "2026-04-03T00:05:00+08:00", "2026-03-04T00:05:00+08:00"),
            ("3/4/2026 12:30:00 pm", "2026-04-03T12:30:00+08:00", "2026-03-04T12:30:00+08:00"),
            ("3/4/2026 11:30AM", "2026-04-03T11:30:00+08:00", "2026-03-04T11:30:00+08:00"),
        ] {
            let read_as = |order| read_dated(text.as_bytes(), Some(Zone::default()), order);
            assert_eq!(read_as(Some(DateOrder::DayFirst)), expected(day_first), "{text}");
            assert_eq!(read_as(Some(DateOrder::MonthFirst)), expected(month_first), "{text}");
            assert_eq!(read_as(None), Reading::Malformed, "{text}");
            assert_eq!(read_dated(text.as_bytes(), None, Some(DateOrder::DayFirst)), Reading::ZoneNeeded, "{text}");
            assert!(has_ordered_date(text.as_bytes()), "{text}");
        }
        for text in
            ["13/14/2026 00:05", "3/4/26 00:05", "3/4.2026 00:05", "3/4/2026 13:05 PM", "3/4/2026 0:05 AM", "3/4/2026"]
        {
            assert!(!has_ordered_date(text.as_bytes()), "{text}");
        }
        let thirteenth = read_dated(b"13/04/2026 00:05", Some(Zone::default()), Some(DateOrder::MonthFirst));
        assert_eq!(thirteenth, Reading::Malformed, "no date is turned round to fit");
    }

    #[test]
    fn twelve_hour_clocks_and_bare_days_are_refused() {
        for text in
            ["2026-03-01 11:30 AM", "2026-03-01", "03/01/2026 00:05", "2026-03/01 00:05", "2026-02-30 00:05", ""]
        {
            assert_eq!(read(text.as_bytes(), Some(Zone::default())), Reading::Malformed, "{text}");
        }
    }
}
