use crate::text::{number, same};

/// A day and what separates it from the time of day: `2026-03-01T`.
const DAY_BYTES: usize = 11;

pub(crate) const SECOND_MS: i64 = 1_000;
const MINUTE_MS: i64 = 60 * SECOND_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Times that the reader takes; see `sla_statement::time::Instant`.
pub(crate) const LATEST_MS: i64 = 7_258_118_399_999;

/// Times that are known: that of the row before, those of its day, and epoch times of as many digits.
#[derive(Debug, Default)]
pub(crate) struct Times {
    text: Vec<u8>,
    at_ms: i64,
    form: Option<Form>,
}

#[derive(Debug)]
enum Form {
    Day(Day),
    /// Seconds, with or without a fraction, or whole milliseconds since 1970.
    Epoch {
        digits: usize,
        unit_ms: i64,
    },
}

/// A day whose every time is at one offset from UTC.
#[derive(Debug)]
struct Day {
    text: [u8; DAY_BYTES],
    with_seconds: bool,
    /// What stands behind the time of day: the offset, or nothing.
    rest: Vec<u8>,
    midnight_ms: i64,
}

impl Times {
    #[inline]
    pub fn at(&mut self, cell: &[u8]) -> Option<i64> {
        if same(&self.text, cell) && !cell.is_empty() {
            return Some(self.at_ms);
        }
        let at_ms = self.read(cell)?;
        self.keep(cell, at_ms);
        Some(at_ms)
    }

    pub fn learn(&mut self, cell: &[u8], at_ms: i64, steady: &dyn Fn() -> bool) {
        self.keep(cell, at_ms);
        if self.read(cell) != Some(at_ms) {
            self.form = Form::of(cell, at_ms).filter(|_| steady());
        }
    }

    fn keep(&mut self, cell: &[u8], at_ms: i64) {
        self.text.clear();
        self.text.extend_from_slice(cell);
        self.at_ms = at_ms;
    }

    fn read(&self, cell: &[u8]) -> Option<i64> {
        match self.form.as_ref()? {
            Form::Day(day) => {
                let (text, rest) = cell.split_first_chunk::<DAY_BYTES>()?;
                let (clock, rest) = clock(rest)?;
                let known = same(&day.text, text) && clock.with_seconds == day.with_seconds && same(&day.rest, rest);
                known.then_some(day.midnight_ms + clock.ms)
            }
            Form::Epoch { digits, unit_ms } => {
                let (whole, fraction_ms) = epoch(cell, *unit_ms)?;
                // A shorter number that is filled up with zeros is a smaller one, which may be too small to be a time.
                let known = whole.len() == *digits && whole.first() != Some(&b'0');
                let at_ms = known.then(|| number(whole)).flatten()? * unit_ms + fraction_ms;
                (at_ms <= LATEST_MS).then_some(at_ms)
            }
        }
    }
}

impl Form {
    fn of(cell: &[u8], at_ms: i64) -> Option<Self> {
        let digits = cell.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let unit_ms = match digits {
            10 => SECOND_MS,
            13 => 1,
            _ => 0,
        };
        if let Some((whole, fraction_ms)) = epoch(cell, unit_ms).filter(|_| unit_ms > 0) {
            let value = number(whole)? * unit_ms + fraction_ms;
            return (value == at_ms).then_some(Self::Epoch { digits, unit_ms });
        }
        let (text, rest) = cell.split_first_chunk::<DAY_BYTES>()?;
        let (clock, rest) = clock(rest)?;
        let midnight_ms = at_ms - clock.ms;
        let whole_day = midnight_ms >= 0 && midnight_ms + DAY_MS - 1 <= LATEST_MS;
        (whole_day && matches!(text, [.., b'T' | b' ']) && is_offset(rest)).then(|| {
            let (with_seconds, rest) = (clock.with_seconds, rest.to_vec());
            Self::Day(Day { text: *text, with_seconds, rest, midnight_ms })
        })
    }
}

/// The whole part of a number, and what follows it of a second, in milliseconds; `None` where it is not of that form.
#[inline]
fn epoch(cell: &[u8], unit_ms: i64) -> Option<(&[u8], i64)> {
    let Some(point) = cell.iter().position(|byte| *byte == b'.') else { return Some((cell, 0)) };
    let (whole, rest) = cell.split_at_checked(point).filter(|_| unit_ms == SECOND_MS)?;
    let (ms, rest) = fraction(rest.get(1..)?)?;
    rest.is_empty().then_some((whole, ms))
}

/// What may follow the time of day; `AM` may not, which says more of the time than an offset does.
fn is_offset(text: &[u8]) -> bool {
    matches!(text, b"" | b"Z" | [b'+' | b'-', b'0'..=b'9', b'0'..=b'9', b':', b'0'..=b'9', b'0'..=b'9'])
}

struct Clock {
    ms: i64,
    with_seconds: bool,
}

/// `00:05`, with or without seconds and up to nine digits of their fraction, and what follows.
#[inline]
fn clock(text: &[u8]) -> Option<(Clock, &[u8])> {
    let (minutes, rest) = text.split_first_chunk::<5>()?;
    let [h1, h2, b':', m1, m2] = *minutes else { return None };
    let (hour, minute) = (two_digits(h1, h2)?, two_digits(m1, m2)?);
    if hour > 23 || minute > 59 {
        return None;
    }
    let ms = hour * HOUR_MS + minute * MINUTE_MS;
    let [b':', s1, s2, rest @ ..] = rest else { return Some((Clock { ms, with_seconds: false }, rest)) };
    let second = two_digits(*s1, *s2).filter(|second| *second < 60)?;
    let (fraction_ms, rest) = match rest {
        [b'.', rest @ ..] => fraction(rest)?,
        _ => (0, rest),
    };
    Some((Clock { ms: ms + second * SECOND_MS + fraction_ms, with_seconds: true }, rest))
}

/// One to nine digits in milliseconds, cut off, and what follows.
pub(crate) fn fraction(text: &[u8]) -> Option<(i64, &[u8])> {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, rest) = text.split_at_checked(digits).filter(|_| (1..=9).contains(&digits))?;
    let thousandths = fraction.iter().chain(b"00").take(3).fold(0, |ms, digit| ms * 10 + i64::from(digit - b'0'));
    Some((thousandths, rest))
}

#[inline]
fn two_digits(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then_some(i64::from(tens) * 10 + i64::from(ones))
}
