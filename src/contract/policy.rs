//! How the agreement is read where its text leaves a choice. Every key is printed on every statement.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::time::SECOND_MS;

/// A policy value that this program does not take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// No policy has this name.
    #[error("`{0}` is not a policy key")]
    Key(String),
    /// The key does not take this value.
    #[error("policy `{key}` does not take `{found}`, expected {expected}")]
    Value {
        /// The name of the key.
        key: &'static str,
        /// The value as it stands in the file.
        found: String,
        /// The values that the key takes.
        expected: &'static str,
    },
}

/// A choice among names.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name { $($(#[$note])* #[doc = concat!("`", $text, "`.")] $variant),+ }

        impl $name {
            /// Every choice, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            const EXPECTED: &'static str = concat!($("`", $text, "` "),+);

            /// The name in files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl PolicyValue for $name {
            fn read(value: &Value) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| value.as_str() == Some(choice.as_str()))
            }
            fn write(&self) -> Value {
                self.as_str().into()
            }
            const EXPECTED: &'static str = Self::EXPECTED;
        }
    };
}

trait PolicyValue: Sized {
    const EXPECTED: &'static str;
    fn read(value: &Value) -> Option<Self>;
    fn write(&self) -> Value;
}

choice! {
    /// `verdict.basis`: which figure decides.
    VerdictBasis {
        /// The figure as the record shows it decides, unless what is open could flip it.
        Counted = "counted",
        /// Met only if even the upper figure passes, breached only if even the lower fails.
        Bounds = "bounds",
    }
}
choice! {
    /// `net.threshold_rule`: which of article 1.2's two figures must hold.
    ThresholdRule { Both = "both", Minutes44 = "minutes44", Percent = "percent", Either = "either" }
}
choice! {
    /// `net.minutes_partial_month`: the minutes limit where the term covers a part of the month.
    PartialMinutes { Flat = "flat", Prorated = "prorated" }
}
choice! {
    /// `duration.rounding`: how downtime is brought to minutes.
    Rounding {
        Exact = "exact",
        CeilMinutePerOutage = "ceil_minute_per_outage",
        FloorMinutePerOutage = "floor_minute_per_outage",
        CeilMinuteTotal = "ceil_minute_total",
    }
}
choice! {
    /// `denominator`: of what the percentage is taken.
    Denominator { WholePeriod = "whole_period", MinusExclusions = "minus_exclusions" }
}
choice! {
    /// `sample.gap_state`: what time without samples counts as.
    GapState { Unknown = "unknown", Up = "up", Down = "down", RemoveFromPeriod = "remove_from_period" }
}
choice! {
    /// `target.aggregate`: how several targets make one guarantee.
    TargetAggregate { Any = "any", All = "all", PerTarget = "per_target" }
}
choice! {
    /// `report.anchor`: from which end of an outage the days to report it run.
    Anchor { EndOfOutage = "end_of_outage", StartOfOutage = "start_of_outage" }
}
choice! {
    /// `report.count`: how the days to report an outage are counted.
    CountOfDays { CivilDays = "civil_days", Exact120h = "exact_120h" }
}
choice! {
    /// `power.blackout_as_force_majeure`: article 10 lists 停電, which would swallow article 2.
    BlackoutReading { NeedsAgreement = "needs_agreement", Never = "never", Always = "always" }
}
choice! {
    /// `notify.day_attribution`: to which local day a missed notice belongs.
    DayAttribution { Lapse = "lapse", Determination = "determination", OutageStart = "outage_start" }
}
choice! {
    /// `credit.daily_basis`: what a day's rent is.
    DailyBasis { DaysInMonth = "days_in_month", Thirty = "thirty", Year365 = "year_365" }
}
choice! {
    /// `credit.cap`: what all rent remedies of a month together may reach.
    Cap { MonthRent = "month_rent", None = "none" }
}

/// `vantage.quorum`: how many vantages must see a target fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quorum {
    /// Every vantage that watches the target.
    All,
    /// A single one is enough.
    Any,
    /// At least so many.
    AtLeast(NonZeroU32),
}

impl PolicyValue for Quorum {
    const EXPECTED: &'static str = "`all`, `any` or a whole number from 1";

    fn read(value: &Value) -> Option<Self> {
        match value.as_str() {
            Some("all") => Some(Self::All),
            Some("any") => Some(Self::Any),
            _ => NonZeroU32::new(whole(value)?).map(Self::AtLeast),
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::All => "all".into(),
            Self::Any => "any".into(),
            Self::AtLeast(k) => k.get().into(),
        }
    }
}

/// `install.day_end`: minutes after local 00:00 at which the day of an installation ends, 1 to 1440.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstallDayEnd(u16);

impl InstallDayEnd {
    /// Minutes after local 00:00; 1440 is 24:00.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl PolicyValue for InstallDayEnd {
    const EXPECTED: &'static str = "a local time from `00:01` to `24:00`";

    fn read(value: &Value) -> Option<Self> {
        let (hours, minutes) = value.as_str()?.split_once(':')?;
        if hours.len() != 2 || minutes.len() != 2 {
            return None;
        }
        let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
        let total = hours.checked_mul(60)?.checked_add(minutes)?;
        (minutes < 60 && (1..=1440).contains(&total)).then_some(Self(total))
    }

    fn write(&self) -> Value {
        format!("{:02}:{:02}", self.0 / 60, self.0 % 60).into()
    }
}

/// `sample.interval_s` in whole seconds, 1 to 86,400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct IntervalSeconds(u32);

impl PolicyValue for IntervalSeconds {
    const EXPECTED: &'static str = "whole seconds from 1 to 86400";

    fn read(value: &Value) -> Option<Self> {
        whole(value).filter(|seconds| (1..=86_400).contains(seconds)).map(Self)
    }

    fn write(&self) -> Value {
        self.0.into()
    }
}

/// `sample.gap_factor` in thousandths, 1,000 to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct GapFactor(u32);

impl PolicyValue for GapFactor {
    const EXPECTED: &'static str = "a number from 1 to 1000 with at most three decimals";

    fn read(value: &Value) -> Option<Self> {
        let text = if let Some(text) = value.as_str() { text.to_owned() } else { value.as_number()?.to_string() };
        let (whole, part) = text.split_once('.').unwrap_or((&text, "0"));
        let digits = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(whole, 4) || !digits(part, 3) {
            return None;
        }
        format!("{whole}{part:0<3}").parse().ok().filter(|factor| (1_000..=1_000_000).contains(factor)).map(Self)
    }

    /// As text: no float stands in a result.
    fn write(&self) -> Value {
        let text = format!("{}.{:03}", self.0 / 1_000, self.0 % 1_000);
        text.trim_end_matches('0').trim_end_matches('.').into()
    }
}

/// A whole number of consecutive failures, 1 or 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct MinFailures(u32);

impl PolicyValue for MinFailures {
    const EXPECTED: &'static str = "1 or 2";

    fn read(value: &Value) -> Option<Self> {
        whole(value).filter(|count| (1..=2).contains(count)).map(Self)
    }

    fn write(&self) -> Value {
        self.0.into()
    }
}

/// Whole hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Hours(u32);

impl PolicyValue for Hours {
    const EXPECTED: &'static str = "whole hours from 0 to 8784";

    fn read(value: &Value) -> Option<Self> {
        whole(value).filter(|hours| *hours <= 8_784).map(Self)
    }

    fn write(&self) -> Value {
        self.0.into()
    }
}

impl PolicyValue for bool {
    const EXPECTED: &'static str = "`true` or `false`";

    fn read(value: &Value) -> Option<Self> {
        value.as_bool().or_else(|| value.as_str()?.parse().ok())
    }

    fn write(&self) -> Value {
        (*self).into()
    }
}

/// Numbers may stand as text: a policy file written by hand or in a table often has them so.
fn whole(value: &Value) -> Option<u32> {
    match value.as_str() {
        Some(text) => text.parse().ok(),
        None => u32::try_from(value.as_u64()?).ok(),
    }
}

macro_rules! policy {
    ($($(#[$doc:meta])* $key:ident $field:ident : $type:ty = $name:literal, $default:expr;)+) => {
        /// One key of the policy.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum PolicyKey { $(#[doc = concat!("`", $name, "`.")] $key),+ }

        impl PolicyKey {
            /// Every key, in the order in which statements print them.
            pub const ALL: &'static [Self] = &[$(Self::$key),+];

            /// The name in files, such as `net.threshold_rule`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$key => $name),+ }
            }

            /// The names that the key takes; empty where it takes more than names.
            #[must_use]
            pub fn choices(self) -> Vec<&'static str> {
                // `one` `two`, or `one` or `two`: every other part is a name.
                let parts: Vec<&str> = self.expected().split('`').collect();
                let names_only = parts.iter().step_by(2).all(|between| matches!(between.trim(), "" | "or"));
                if names_only { parts.into_iter().skip(1).step_by(2).collect() } else { Vec::new() }
            }

            /// What the key takes, in one phrase.
            #[must_use]
            pub const fn expected(self) -> &'static str {
                match self { $(Self::$key => <$type as PolicyValue>::EXPECTED),+ }
            }
        }

        /// The readings in force. Every value is one that the engine knows how to follow.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Policy { $($(#[$doc])* $field: $type),+ }

        impl Default for Policy {
            fn default() -> Self {
                Self { $($field: $default),+ }
            }
        }

        impl Policy {
            /// The value of a key as it stands in files: text, a whole number or a truth value.
            #[must_use]
            pub fn value(&self, key: PolicyKey) -> Value {
                match key { $(PolicyKey::$key => self.$field.write()),+ }
            }

            /// Sets a key from the value in a file.
            ///
            /// # Errors
            /// [`PolicyError`] where the key is unknown or does not take the value.
            pub fn set(&mut self, name: &str, value: &Value) -> Result<(), PolicyError> {
                match name {
                    $($name => self.$field = <$type as PolicyValue>::read(value).ok_or_else(|| PolicyError::Value {
                        key: $name,
                        found: value.as_str().map_or_else(|| value.to_string(), str::to_owned),
                        expected: <$type as PolicyValue>::EXPECTED,
                    })?,)+
                    _ => return Err(PolicyError::Key(name.to_owned())),
                }
                Ok(())
            }
        }
    };
}

policy! {
    /// Which figure decides.
    VerdictBasis verdict_basis: VerdictBasis = "verdict.basis", VerdictBasis::Counted;
    /// Which of the two figures of article 1.2 must hold.
    ThresholdRule threshold_rule: ThresholdRule = "net.threshold_rule", ThresholdRule::Both;
    /// The minutes limit of a partial month.
    PartialMinutes partial_minutes: PartialMinutes = "net.minutes_partial_month", PartialMinutes::Flat;
    /// How downtime is brought to minutes.
    Rounding rounding: Rounding = "duration.rounding", Rounding::Exact;
    /// Of what the percentage is taken.
    Denominator denominator: Denominator = "denominator", Denominator::WholePeriod;
    /// Expected time between two samples.
    IntervalS interval: IntervalSeconds = "sample.interval_s", IntervalSeconds(300);
    /// How many intervals may pass before time is unknown.
    GapFactor gap_factor: GapFactor = "sample.gap_factor", GapFactor(1_500);
    /// How many failures in a row make an outage.
    MinConsecutiveFailures min_failures: MinFailures = "sample.min_consecutive_failures", MinFailures(2);
    /// What time without samples counts as.
    GapState gap_state: GapState = "sample.gap_state", GapState::Unknown;
    /// How many vantages must see a target fail.
    VantageQuorum vantage_quorum: Quorum = "vantage.quorum", Quorum::All;
    /// How several targets make one guarantee.
    TargetAggregate target_aggregate: TargetAggregate = "target.aggregate", TargetAggregate::Any;
    /// From which end of an outage the days to report it run.
    ReportAnchor report_anchor: Anchor = "report.anchor", Anchor::EndOfOutage;
    /// How those days are counted.
    ReportCount report_count: CountOfDays = "report.count", CountOfDays::CivilDays;
    /// Whether a last day that is a rest day rolls to the next working day.
    ReportHolidayRoll holiday_roll: bool = "report.holiday_roll", true;
    /// Whether consent must be recorded before maintenance starts.
    ConsentMustPrecede consent_must_precede: bool = "maintenance.consent_must_precede", true;
    /// Whether a blackout is force majeure against the power guarantee.
    BlackoutAsForceMajeure blackout: BlackoutReading = "power.blackout_as_force_majeure", BlackoutReading::NeedsAgreement;
    /// To which local day a missed notice belongs.
    DayAttribution day_attribution: DayAttribution = "notify.day_attribution", DayAttribution::Lapse;
    /// What a day's rent is.
    DailyBasis daily_basis: DailyBasis = "credit.daily_basis", DailyBasis::DaysInMonth;
    /// What all rent remedies of a month together may reach.
    CreditCap cap: Cap = "credit.cap", Cap::MonthRent;
    /// Hours for the written form after an authorisation by telephone.
    PhoneWrittenWithinH phone_written_within: Hours = "auth.phone_written_within_h", Hours(24);
    /// When the last day of an installation ends.
    InstallDayEnd install_day_end: InstallDayEnd = "install.day_end", InstallDayEnd(1_440);
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident: $type:ty = $field:ident;)+) => {
        impl Policy {
            $($(#[$doc])* #[must_use] pub const fn $name(&self) -> $type { self.$field })+
        }
    };
}

getters! {
    /// `verdict.basis`.
    verdict_basis: VerdictBasis = verdict_basis;
    /// `net.threshold_rule`.
    threshold_rule: ThresholdRule = threshold_rule;
    /// `net.minutes_partial_month`.
    partial_minutes: PartialMinutes = partial_minutes;
    /// `duration.rounding`.
    rounding: Rounding = rounding;
    /// `denominator`.
    denominator: Denominator = denominator;
    /// `sample.gap_state`.
    gap_state: GapState = gap_state;
    /// `vantage.quorum`.
    vantage_quorum: Quorum = vantage_quorum;
    /// `target.aggregate`.
    target_aggregate: TargetAggregate = target_aggregate;
    /// `report.anchor`.
    report_anchor: Anchor = report_anchor;
    /// `report.count`.
    report_count: CountOfDays = report_count;
    /// `report.holiday_roll`.
    holiday_roll: bool = holiday_roll;
    /// `maintenance.consent_must_precede`.
    consent_must_precede: bool = consent_must_precede;
    /// `power.blackout_as_force_majeure`.
    blackout: BlackoutReading = blackout;
    /// `notify.day_attribution`.
    day_attribution: DayAttribution = day_attribution;
    /// `credit.daily_basis`.
    daily_basis: DailyBasis = daily_basis;
    /// `credit.cap`.
    cap: Cap = cap;
    /// `install.day_end`.
    install_day_end: InstallDayEnd = install_day_end;
}

impl Policy {
    /// `sample.interval_s` in milliseconds.
    #[must_use]
    pub fn interval_ms(&self) -> i64 {
        i64::from(self.interval.0) * SECOND_MS
    }

    /// The longest spacing of two samples that still says what was in between, in milliseconds.
    #[must_use]
    pub fn longest_spacing_ms(&self) -> i64 {
        self.interval_ms() * i64::from(self.gap_factor.0) / 1_000
    }

    /// `sample.min_consecutive_failures`.
    #[must_use]
    pub const fn min_failures(&self) -> u32 {
        self.min_failures.0
    }

    /// The same readings, but a single failure already counts.
    #[must_use]
    pub fn with_single_failures(&self) -> Self {
        Self { min_failures: MinFailures(1), ..self.clone() }
    }

    /// `auth.phone_written_within_h`.
    #[must_use]
    pub const fn phone_written_within_hours(&self) -> u32 {
        self.phone_written_within.0
    }

    /// The keys whose value is not the default.
    pub fn deviations(&self) -> impl Iterator<Item = PolicyKey> + '_ {
        let default = Self::default();
        PolicyKey::ALL.iter().copied().filter(move |key| self.value(*key) != default.value(*key))
    }
}
