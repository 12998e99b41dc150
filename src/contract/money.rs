use std::fmt;
use std::iter::Sum;
use std::ops::Add;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// An amount of RMB in whole fen (分), never negative, below ¥10,000,000,000.00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Fen(i64);

/// Not an amount such as `3000.00`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an amount of yuan with at most two decimals, such as 3000.00")]
pub struct MoneyError(pub String);

impl Fen {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// ¥9,999,999,999.99, the largest amount that a statement can carry.
    pub const MAX: Self = Self(999_999_999_999);

    /// That many fen; `None` where negative or above [`Fen::MAX`].
    #[must_use]
    pub fn new(fen: i64) -> Option<Self> {
        (Self::ZERO.0..=Self::MAX.0).contains(&fen).then_some(Self(fen))
    }

    /// The amount in fen.
    #[must_use]
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// One part in `parts`, half-up to the fen: 3000.00 / 31 = 96.77, 75.15 / 30 = 2.51.
    #[must_use]
    pub const fn divided_half_up(self, parts: i64) -> Self {
        let parts = if parts < 1 { 1 } else { parts };
        Self((2 * self.0 + parts) / (2 * parts))
    }

    /// Twelve times the amount by 365, half-up to the fen: a day of a year of such months.
    #[must_use]
    pub const fn year_by_365_half_up(self) -> Self {
        Self((2 * 12 * self.0 + 365) / (2 * 365))
    }

    /// What is left after taking `other` away; zero where `other` is larger.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(if self.0 > other.0 { self.0 - other.0 } else { 0 })
    }
}

impl Add for Fen {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0).min(Self::MAX.0))
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Fen {
    /// Yuan with two decimals and no separators, such as `3000.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl FromStr for Fen {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || MoneyError(text.to_owned());
        let (yuan, fen) = text.split_once('.').unwrap_or((text, "00"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(yuan) || yuan.len() > 10 || !digits(fen) || fen.len() > 2 {
            return Err(error());
        }
        let yuan: i64 = yuan.parse().map_err(|_| error())?;
        let hundredths: i64 = format!("{fen:0<2}").parse().map_err(|_| error())?;
        Self::new(yuan * 100 + hundredths).ok_or_else(error)
    }
}
