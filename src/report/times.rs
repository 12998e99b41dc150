//! Times in files of samples, written as what each is later than the one before: they are most of such a file, and no two
//! are the same.
//!
//! A time becomes its mark, the minutes since the time before, a semicolon, what is left of the minute in seconds or
//! milliseconds, and a semicolon. Monitors ask by the clock: the minutes repeat, and what is left is how late the answer
//! was. A byte that is itself a mark becomes that byte and a semicolon. Everything else stays, so that the file comes out
//! as it went in, byte for byte.

use chrono::{DateTime, Datelike, NaiveDate, Timelike};

/// How a time may be written: each has its mark, the byte of its place here and one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Day and time of day with this byte between them, such as `2026-03-01T00:05:02`.
    Civil(u8),
    /// So many digits: a count of seconds or milliseconds since 1970.
    Epoch(usize),
}

const KINDS: [Kind; 4] = [Kind::Civil(b'T'), Kind::Civil(b' '), Kind::Epoch(10), Kind::Epoch(13)];

impl Kind {
    fn mark(self) -> u8 {
        (1..).zip(KINDS).find(|(_, kind)| *kind == self).map_or(0, |(mark, _)| mark)
    }

    fn marked(byte: u8) -> Option<Self> {
        KINDS.get(usize::from(byte).checked_sub(1)?).copied()
    }

    const fn length(self) -> usize {
        match self {
            Self::Civil(_) => 19,
            Self::Epoch(digits) => digits,
        }
    }

    /// Parts of a minute that it counts, and the digits that they take.
    const fn minute(self) -> (i64, usize) {
        if matches!(self, Self::Epoch(13)) { (60_000, 5) } else { (60, 2) }
    }

    /// The time that the bytes begin with, where it is written exactly as [`Kind::write`] would. `day`: one that is known.
    fn read(self, bytes: &[u8], day: &mut KnownDay) -> Option<i64> {
        let text = bytes.get(..self.length())?;
        if bytes.get(self.length()).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        match self {
            Self::Epoch(_) => (text[0] != b'0').then(|| number(text))?,
            Self::Civil(between) => {
                let signs = [(4, b'-'), (7, b'-'), (10, between), (13, b':'), (16, b':')];
                if signs.iter().any(|(place, sign)| text.get(*place) != Some(sign)) {
                    return None;
                }
                let part = |from: usize, below: i64| number(text.get(from..from + 2)?).filter(|part| *part < below);
                let (hour, minute, second) = (part(11, 24)?, part(14, 60)?, part(17, 60)?);
                Some(day.start(text.first_chunk()?)? + hour * 3_600 + minute * 60 + second)
            }
        }
    }

    fn write(self, time: i64, out: &mut Vec<u8>) -> Option<()> {
        let text = match self {
            Self::Epoch(digits) => Some(time.to_string()).filter(|text| text.len() == digits)?,
            Self::Civil(between) => {
                let at = DateTime::from_timestamp(time, 0).filter(|at| (0..10_000).contains(&at.year()))?;
                let (year, month, day) = (at.year(), at.month(), at.day());
                let (hour, minute, second, between) = (at.hour(), at.minute(), at.second(), char::from(between));
                format!("{year:04}-{month:02}-{day:02}{between}{hour:02}:{minute:02}:{second:02}")
            }
        };
        out.extend_from_slice(text.as_bytes());
        Some(())
    }
}

/// The day of the time before, which mostly is that of the next one too.
#[derive(Default)]
struct KnownDay {
    text: [u8; 10],
    start: i64,
}

impl KnownDay {
    /// When a day begins that is written as `2026-03-01`; the signs were looked at.
    fn start(&mut self, text: &[u8; 10]) -> Option<i64> {
        if self.text != *text {
            let part = |from: usize, to: usize| number(text.get(from..to)?).and_then(|part| u32::try_from(part).ok());
            let day = NaiveDate::from_ymd_opt(i32::try_from(part(0, 4)?).ok()?, part(5, 7)?, part(8, 10)?)?;
            *self = Self { text: *text, start: i64::from(day.to_epoch_days()) * 86_400 };
        }
        Some(self.start)
    }
}

/// A whole number of digits only.
fn number(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0_i64, |number, digit| {
        digit.is_ascii_digit().then(|| number.checked_mul(10)?.checked_add(i64::from(digit - b'0')))?
    })
}

/// The minute of the time before, of each kind by the place of its mark.
#[derive(Default)]
struct Before([i64; KINDS.len()]);

impl Before {
    fn of(&mut self, kind: Kind) -> &mut i64 {
        let place = usize::from(kind.mark()).saturating_sub(1) % KINDS.len();
        &mut self.0[place]
    }
}

/// The bytes with their times as differences.
#[must_use]
pub fn encode(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut before, mut day) = (Vec::with_capacity(bytes.len()), Before::default(), KnownDay::default());
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        if Kind::marked(*byte).is_some() {
            out.extend([*byte, b';']);
            rest = after;
            continue;
        }
        // A time is a number of its own: within one, none begins.
        let stays = if let Some((kind, time)) = time(rest, &mut day) {
            let (before, (minute, digits)) = (before.of(kind), kind.minute());
            let (now, part) = (time.div_euclid(minute), time.rem_euclid(minute));
            let later = now - *before;
            out.push(kind.mark());
            if later < 0 {
                out.push(b'-');
            }
            write_number(later.unsigned_abs(), 1, &mut out);
            write_number(part.unsigned_abs(), digits, &mut out);
            *before = now;
            rest = rest.get(kind.length()..).unwrap_or_default();
            0
        } else {
            rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
        };
        let plain = |byte: &&u8| !byte.is_ascii_digit() && Kind::marked(**byte).is_none();
        let stays = stays + rest.iter().skip(stays).take_while(plain).count();
        let (own, after) = rest.split_at_checked(stays).unwrap_or((rest, &[]));
        out.extend_from_slice(own);
        rest = after;
    }
    out
}

/// A number in so many digits at least, and a semicolon.
fn write_number(number: u64, digits: usize, out: &mut Vec<u8>) {
    let (mut text, mut rest, mut from) = ([b'0'; 20], number, 20);
    for digit in text.iter_mut().rev() {
        if rest == 0 && 20 - from >= digits {
            break;
        }
        *digit = b'0' + (rest % 10) as u8;
        (rest, from) = (rest / 10, from - 1);
    }
    out.extend_from_slice(text.get(from..).unwrap_or_default());
    out.push(b';');
}

fn time(rest: &[u8], day: &mut KnownDay) -> Option<(Kind, i64)> {
    rest.first().filter(|byte| byte.is_ascii_digit())?;
    KINDS.into_iter().find_map(|kind| Some((kind, kind.read(rest, day)?)))
}

/// The bytes that were encoded, which are `size`; `None` where they are damaged.
#[must_use]
pub fn decode(coded: &[u8], size: usize) -> Option<Vec<u8>> {
    let (mut out, mut before, mut rest) = (Vec::with_capacity(size), Before::default(), coded);
    while let Some((byte, after)) = rest.split_first().filter(|_| out.len() < size) {
        rest = after;
        let Some(kind) = Kind::marked(*byte) else {
            out.push(*byte);
            continue;
        };
        let minutes = until_semicolon(&mut rest)?;
        if minutes.is_empty() {
            out.push(*byte);
            continue;
        }
        let before = before.of(kind);
        *before = before.checked_add(minutes.parse().ok()?)?;
        let part: i64 = until_semicolon(&mut rest)?.parse().ok()?;
        kind.write(before.checked_mul(kind.minute().0)?.checked_add(part)?, &mut out)?;
    }
    (rest.is_empty() && out.len() == size).then_some(out)
}

fn until_semicolon<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let end = rest.iter().position(|byte| *byte == b';')?;
    let (text, after) = rest.split_at(end);
    *rest = after.get(1..)?;
    std::str::from_utf8(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_come_out_as_they_went_in(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            prop_assert_eq!(decode(&encode(&bytes), bytes.len()), Some(bytes));
        }

        #[test]
        fn what_looks_like_times_comes_out_as_it_went_in(
            text in "([0-9]{9,14}|[0-9]{4}-[0-1][0-9]-[0-3][0-9][T t][0-2][0-9]:[0-6][0-9]:[0-6][0-9]|[,;\\n\u{1}-\u{5}+Z.0-9-]{0,3}){0,40}",
        ) {
            prop_assert_eq!(decode(&encode(text.as_bytes()), text.len()), Some(text.into_bytes()));
        }
    }

    #[test]
    fn times_become_differences() {
        let coded = |text: &str| String::from_utf8(encode(text.as_bytes())).unwrap_or_default();
        let text = "2026-03-01T00:00:02+08:00,up\n2026-03-01T00:05:00+08:00,up\n";
        assert_eq!(coded(text), "\u{1}29538720;02;+08:00,up\n\u{1}5;00;+08:00,up\n");
        assert_eq!(coded("1772294400,1772294390 1772294400000"), "\u{3}29538240;00;,\u{3}-1;50; \u{4}29538240;00000;");
        for text in ["2026-02-30T00:00:00", "2026-03-01T24:00:00", "0772294400", "17722944001", "12026-03-01T00:00:00"]
        {
            assert_eq!(coded(text), text);
        }
    }

    #[test]
    fn what_is_damaged_gives_nothing() {
        for coded in [
            "\u{1}",
            "\u{1}1;",
            "\u{1}x;00;",
            "\u{1}1;x;",
            "\u{1}99999999999999999999;00;",
            "\u{3}1;00;",
            "\u{1}9999999999999;00;",
        ] {
            assert_eq!(decode(coded.as_bytes(), 19), None, "{coded:?}");
        }
        for size in [18, 20, 37, 39] {
            assert_eq!(decode("\u{1}0;00;\u{1}0;00;".as_bytes(), size), None, "38 bytes are no {size}");
        }
    }
}
