use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Origin;
use crate::time::Interval;

/// What another system says of a target as a sum. No outage can be told from it: it is compared, and counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reported {
    /// The target's name in that system.
    pub target: String,
    /// The time that it speaks of; `None`: the file does not say.
    pub span: Option<Interval>,
    /// Availability, as the system states it.
    pub availability: Option<Share>,
    /// Downtime in milliseconds, as the system states it.
    pub downtime_ms: Option<i64>,
    /// Some of the time is left out of it, as maintenance or as not watched, or may be.
    pub partial: bool,
    /// Where it stands.
    pub origin: Origin,
}

/// A percentage exactly as it was written, from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Share {
    /// Its digits without the point.
    digits: i64,
    /// How many of them stand behind it.
    decimals: u32,
}

impl Share {
    /// Digits behind the point that are kept; what is written beyond is cut off.
    const MOST_DECIMALS: usize = 14;

    /// The least and the most that can be missing of `whole`, if the last digit was rounded either way. In the unit of
    /// `whole`; the ends are rounded outwards.
    #[must_use]
    pub fn missing_of(self, whole: i64) -> (i64, i64) {
        let scale = 100 * 10_i128.pow(self.decimals);
        let missing = scale - i128::from(self.digits);
        let of = |parts: i128| i128::from(whole) * parts.clamp(0, scale);
        let (least, most) = (of(missing - 1) / scale, (of(missing + 1) + scale - 1) / scale);
        let whole = |ms: i128| i64::try_from(ms).unwrap_or(i64::MAX);
        (whole(least), whole(most))
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.digits == 0
    }
}

/// Not a percentage from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a percentage from 0 to 100")]
pub struct ShareError;

impl FromStr for Share {
    type Err = ShareError;

    /// `99.85%`, `99,85 %`, `100`; zero may bear a sign.
    fn from_str(text: &str) -> Result<Self, ShareError> {
        let text = text.trim().trim_end_matches('%').trim_end();
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, part) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || !digits(whole) || !digits(part) {
            return Err(ShareError);
        }
        let part = part.get(..Self::MOST_DECIMALS).unwrap_or(part);
        let digits = format!("{whole}{part}").parse().map_err(|_| ShareError)?;
        let own = Self { digits, decimals: u32::try_from(part.len()).map_err(|_| ShareError)? };
        let too_much = i128::from(digits) > 100 * 10_i128.pow(own.decimals);
        let negative = unsigned.len() < text.len() && digits != 0;
        if too_much || negative { Err(ShareError) } else { Ok(own) }
    }
}

impl fmt::Display for Share {
    /// With all its digits and without a sign for percent: `99.850`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = 10_i64.pow(self.decimals);
        write!(f, "{}", self.digits / scale)?;
        if self.decimals == 0 {
            return Ok(());
        }
        // The digits behind the point, led by the zeros that the one before them hides.
        let part = (scale + self.digits % scale).to_string();
        write!(f, ".{}", part.get(1..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn shares_are_read_exactly_and_nothing_else_is() {
        for (text, expected) in [
            ("99.85%", "99.85"),
            ("99,850 %", "99.850"),
            ("100", "100"),
            ("100.000%", "100.000"),
            ("0", "0"),
            ("-0.00%", "0.00"),
            ("99.95530000000001", "99.95530000000001"),
            ("99.955300000000011234", "99.95530000000001"),
        ] {
            assert_eq!(text.parse::<Share>().map(|own| own.to_string()), Ok(expected.to_owned()), "{text}");
        }
        for text in
            ["", "%", "-1", "100.01%", "101", "NaN", "1e2", "99.8.5", ".5", "+5", "九十九", "99999999999999999999"]
        {
            assert!(text.parse::<Share>().is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_missing_lies_within_the_last_digit() {
        let missing = |text: &str| text.parse::<Share>().map(|own| own.missing_of(2_678_400_000));
        assert_eq!(missing("99.9"), Ok((0, 5_356_800)));
        assert_eq!(missing("99.90"), Ok((2_410_560, 2_946_240)));
        assert_eq!(missing("100.00"), Ok((0, 267_840)));
        assert_eq!(missing("0"), Ok((2_651_616_000, 2_678_400_000)));
        assert_eq!("33.3".parse::<Share>().map(|own| own.missing_of(1)), Ok((0, 1)));
    }
}
