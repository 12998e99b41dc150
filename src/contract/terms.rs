use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::time::MINUTE_MS;

/// An availability in millionths: 99.9 % is 999,000 ppm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Percent(u32);

/// Not a percentage of 0 to 100 with at most four decimals.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a percentage from 0 to 100 with at most four decimals, such as 99.9")]
pub struct PercentError(pub String);

impl Percent {
    /// 99.9 %.
    pub const THREE_NINES: Self = Self(999_000);
    /// Millionths of the whole.
    pub const WHOLE_PPM: i64 = 1_000_000;

    /// Available millionths of the whole.
    #[must_use]
    pub const fn ppm(self) -> i64 {
        self.0 as i64
    }

    /// Millionths of the whole that may be missing: 1,000 for 99.9 %.
    #[must_use]
    pub const fn missing_ppm(self) -> i64 {
        Self::WHOLE_PPM - self.ppm()
    }
}

impl FromStr for Percent {
    type Err = PercentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || PercentError(text.to_owned());
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 3) || !digits(part, 4) {
            return Err(error());
        }
        let ppm = format!("{whole}{part:0<4}").parse().map_err(|_| error())?;
        if i64::from(ppm) <= Self::WHOLE_PPM { Ok(Self(ppm)) } else { Err(error()) }
    }
}

impl fmt::Display for Percent {
    /// Without trailing zeros: `99.9`, `100`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:04}", self.0 / 10_000, self.0 % 10_000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// `part` of `whole` in percent, cut off (never rounded up) after four decimals; `None` where `whole` is zero.
#[must_use]
pub fn percent_cut_off(part: i64, whole: i64) -> Option<String> {
    if whole <= 0 || part < 0 {
        return None;
    }
    let millionths = i128::from(part) * 1_000_000 / i128::from(whole);
    Some(format!("{}.{:04}", millionths / 10_000, millionths % 10_000))
}

/// The figures of the agreement; the defaults are its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Article 1.2: connectivity of each month.
    pub network_availability: Percent,
    /// Article 1.2: the month's downtime stays below this many minutes.
    pub network_minutes: u32,
    /// Article 2.2: availability of power of each month.
    pub power_availability: Percent,
    /// Articles 1.4 and 2.4: days in which the customer reports an outage.
    pub report_days: u32,
    /// Article 4.5: minutes in which the customer is told of an emergency.
    pub notice_minutes: u32,
    /// Article 3.2: business days in which the installation is done.
    pub install_business_days: u32,
    /// Article 7.2: minutes to the first feedback.
    pub first_feedback_minutes: u32,
    /// Article 8.3: hours to the first written report on a complaint.
    pub complaint_hours: u32,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            network_availability: Percent::THREE_NINES,
            network_minutes: 44,
            power_availability: Percent::THREE_NINES,
            report_days: 5,
            notice_minutes: 15,
            install_business_days: 3,
            first_feedback_minutes: 30,
            complaint_hours: 24,
        }
    }
}

impl Terms {
    /// [`Terms::network_minutes`] in milliseconds.
    #[must_use]
    pub fn network_limit_ms(&self) -> i64 {
        i64::from(self.network_minutes) * MINUTE_MS
    }
}
