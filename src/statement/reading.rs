//! How the agreement is read: in words, by the policies that could change a reading, and by the figures that were agreed.

use crate::agreement::Part::{Closing, Heading, Numbered};
use crate::agreement::Point;
use crate::contract::{
    Anchor, BlackoutReading, Cap, CountOfDays, DailyBasis, DayAttribution, Denominator, GapState, PartialMinutes,
    Policy, PolicyKey, Quorum, Rounding, TargetAggregate, Terms, ThresholdRule, VerdictBasis,
};
use crate::i18n::{ReadingTexts, StatementTexts, fill};

/// How the program reads a point, in one or two sentences. `None` where it computes nothing from it.
#[must_use]
pub const fn reading(point: Point, texts: &ReadingTexts) -> Option<&'static str> {
    Some(match (point.article(), point.part()) {
        (1, Numbered([1, 0, 0])) => texts.point_1_1,
        (1, Numbered([2, 0, 0])) => texts.point_1_2,
        (1, Numbered([3, 0, 0])) => texts.point_1_3,
        (1, Numbered([4, 0, 0])) => texts.point_1_4,
        (1, Numbered([5, 0, 0])) => texts.point_1_5,
        (1, Numbered([6..=8, 0, 0])) | (2, Numbered([4, 1..=3, 0])) => texts.customer_cause,
        (1, Numbered([9, 0, 0])) => texts.point_1_9,
        (1, Numbered([10, 0, 0])) => texts.point_1_10,
        (2, Numbered([1, 0, 0])) => texts.point_2_1,
        (2, Numbered([2, 0, 0])) => texts.point_2_2,
        (2, Numbered([3, 0, 0])) => texts.point_2_3,
        (2, Numbered([4, 0, 0])) => texts.point_2_4,
        (2, Numbered([4, 4, 0])) => texts.point_2_4_4,
        (3, Numbered([1, 0, 0])) => texts.point_3_1,
        (3, Numbered([2, 0, 0])) => texts.point_3_2,
        (3, Closing) => texts.point_3_end,
        (4, Numbered([1, 0, 0])) => texts.point_4_1,
        (4, Numbered([2, 0, 0])) => texts.point_4_2,
        (4, Numbered([3, 0, 0])) => texts.point_4_3,
        (4, Numbered([4, 0, 0])) => texts.point_4_4,
        (4, Numbered([5, 0, 0])) => texts.point_4_5,
        (4, Numbered([7, 0, 0])) => texts.point_4_7,
        (4, Numbered([8, 0, 0])) => texts.point_4_8,
        (4, Numbered([9, 0, 0])) => texts.point_4_9,
        (5, Numbered([1, 6, 0])) => texts.point_5_1_6,
        (6, Numbered([2, 0, 0])) => texts.point_6_2,
        (6, Numbered([6, 0, 0])) => texts.point_6_6,
        (7, Numbered([1, 0, 0])) => texts.point_7_1,
        (7, Numbered([2, 0, 0])) => texts.point_7_2,
        (8, Numbered([3, 0, 0])) => texts.point_8_3,
        (9, Numbered([1, 0, 0])) => texts.point_9_1,
        (9, Numbered([3, 0, 0])) => texts.point_9_3,
        (10, Numbered([1, 0, 0])) => texts.point_10_1,
        (10, Numbered([1, 2, 0])) => texts.point_10_1_2,
        (10, Numbered([1, 4, 0])) => texts.point_10_1_4,
        (10, Numbered([2, 0, 0])) => texts.point_10_2,
        (11, Heading) => texts.article_11,
        (11, Closing) => texts.point_11_end,
        _ => return None,
    })
}

/// The points whose reading a policy could change.
#[must_use]
pub const fn points(key: PolicyKey) -> &'static [Point] {
    match key {
        PolicyKey::VerdictBasis | PolicyKey::Rounding | PolicyKey::Denominator => {
            const { &[Point::at(1, 2), Point::at(2, 2)] }
        }
        PolicyKey::ThresholdRule | PolicyKey::PartialMinutes => const { &[Point::at(1, 2)] },
        PolicyKey::IntervalS | PolicyKey::VantageQuorum => {
            const { &[Point::at(1, 1), Point::at(2, 1), Point::at(4, 1)] }
        }
        PolicyKey::GapFactor | PolicyKey::MinConsecutiveFailures | PolicyKey::GapState => {
            const { &[Point::at(1, 1), Point::at(2, 1)] }
        }
        PolicyKey::TargetAggregate => const { &[Point::at(1, 1)] },
        PolicyKey::ReportAnchor | PolicyKey::ReportCount | PolicyKey::ReportHolidayRoll => {
            const { &[Point::at(1, 4), Point::at(2, 4)] }
        }
        PolicyKey::ConsentMustPrecede => const { &[Point::at(1, 5)] },
        PolicyKey::BlackoutAsForceMajeure => const { &[Point::within(2, 4, 4), Point::within(10, 1, 2)] },
        PolicyKey::DayAttribution => const { &[Point::at(4, 9)] },
        PolicyKey::DailyBasis => const { &[Point::at(4, 8)] },
        PolicyKey::CreditCap => const { &[Point::at(1, 3), Point::at(2, 3), Point::at(4, 8)] },
        PolicyKey::PhoneWrittenWithinH => const { &[Point::at(6, 6)] },
        PolicyKey::InstallDayEnd => const { &[Point::at(3, 2)] },
    }
}

/// The policies that could change the reading of a point.
pub fn policies(point: Point) -> impl Iterator<Item = PolicyKey> {
    PolicyKey::ALL.iter().copied().filter(move |key| points(*key).contains(&point))
}

/// Whether a policy is another than the default.
#[must_use]
pub fn deviates(policy: &Policy, key: PolicyKey) -> bool {
    policy.value(key) != Policy::default().value(key)
}

/// What a policy says, and the default where that is another.
#[must_use]
pub fn in_force(policy: &Policy, key: PolicyKey, words: &StatementTexts) -> String {
    let value = meaning(policy, key, words);
    if !deviates(policy, key) {
        return value;
    }
    fill(words.policy_deviation, &[("value", &value), ("default", &meaning(&Policy::default(), key, words))])
}

/// A value without the quotes of JSON.
#[must_use]
pub fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What a value means, with its name in data where that is another.
#[must_use]
pub fn meaning(policy: &Policy, key: PolicyKey, words: &StatementTexts) -> String {
    let name = plain(&policy.value(key));
    let chosen = match key {
        PolicyKey::VerdictBasis => match policy.verdict_basis() {
            VerdictBasis::Counted => words.value_verdict_basis_counted,
            VerdictBasis::Bounds => words.value_verdict_basis_bounds,
        },
        PolicyKey::ThresholdRule => match policy.threshold_rule() {
            ThresholdRule::Both => words.value_threshold_both,
            ThresholdRule::Minutes44 => words.value_threshold_minutes,
            ThresholdRule::Percent => words.value_threshold_percent,
            ThresholdRule::Either => words.value_threshold_either,
        },
        PolicyKey::PartialMinutes => match policy.partial_minutes() {
            PartialMinutes::Flat => words.value_partial_flat,
            PartialMinutes::Prorated => words.value_partial_prorated,
        },
        PolicyKey::Rounding => match policy.rounding() {
            Rounding::Exact => words.value_rounding_exact,
            Rounding::CeilMinutePerOutage => words.value_rounding_ceil_each,
            Rounding::FloorMinutePerOutage => words.value_rounding_floor_each,
            Rounding::CeilMinuteTotal => words.value_rounding_ceil_total,
        },
        PolicyKey::Denominator => match policy.denominator() {
            Denominator::WholePeriod => words.value_denominator_whole,
            Denominator::MinusExclusions => words.value_denominator_minus,
        },
        PolicyKey::GapState => match policy.gap_state() {
            GapState::Unknown => words.value_gap_unknown,
            GapState::Up => words.value_gap_up,
            GapState::Down => words.value_gap_down,
            GapState::RemoveFromPeriod => words.value_gap_removed,
        },
        PolicyKey::VantageQuorum => match policy.vantage_quorum() {
            Quorum::All => words.value_quorum_all,
            Quorum::Any => words.value_quorum_any,
            Quorum::AtLeast(count) => return fill(words.value_quorum_count, &[("count", &count)]),
        },
        PolicyKey::TargetAggregate => match policy.target_aggregate() {
            TargetAggregate::Any => words.value_aggregate_any,
            TargetAggregate::All => words.value_aggregate_all,
            TargetAggregate::PerTarget => words.value_aggregate_each,
        },
        PolicyKey::ReportAnchor => match policy.report_anchor() {
            Anchor::EndOfOutage => words.value_anchor_end,
            Anchor::StartOfOutage => words.value_anchor_start,
        },
        PolicyKey::ReportCount => match policy.report_count() {
            CountOfDays::CivilDays => words.value_count_civil,
            CountOfDays::Exact120h => words.value_count_exact,
        },
        PolicyKey::ReportHolidayRoll => yes_no(policy.holiday_roll(), words),
        PolicyKey::ConsentMustPrecede => yes_no(policy.consent_must_precede(), words),
        PolicyKey::BlackoutAsForceMajeure => match policy.blackout() {
            BlackoutReading::NeedsAgreement => words.value_blackout_needs_agreement,
            BlackoutReading::Never => words.value_blackout_never,
            BlackoutReading::Always => words.value_blackout_always,
        },
        PolicyKey::DayAttribution => match policy.day_attribution() {
            DayAttribution::Lapse => words.value_day_lapse,
            DayAttribution::Determination => words.value_day_determination,
            DayAttribution::OutageStart => words.value_day_outage_start,
        },
        PolicyKey::DailyBasis => match policy.daily_basis() {
            DailyBasis::DaysInMonth => words.value_basis_month,
            DailyBasis::Thirty => words.value_basis_thirty,
            DailyBasis::Year365 => words.value_basis_year,
        },
        PolicyKey::CreditCap => match policy.cap() {
            Cap::MonthRent => words.value_cap_rent,
            Cap::None => words.value_cap_none,
        },
        PolicyKey::IntervalS
        | PolicyKey::GapFactor
        | PolicyKey::MinConsecutiveFailures
        | PolicyKey::PhoneWrittenWithinH
        | PolicyKey::InstallDayEnd => return name,
    };
    format!("{chosen} ({name})")
}

const fn yes_no(value: bool, words: &StatementTexts) -> &'static str {
    if value { words.value_yes } else { words.value_no }
}

/// A figure of the agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What it is of, with the point at which it stands.
    pub name: &'static str,
    /// The points at which it stands.
    pub points: &'static [Point],
    /// As the agreement has it.
    pub usual: String,
    /// As the contract has it.
    pub agreed: String,
}

impl Term {
    /// Whether the contract has another figure than the agreement's text.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.usual != self.agreed
    }
}

/// The figures of the agreement in their order.
#[must_use]
pub fn terms(agreed: &Terms, words: &StatementTexts) -> [Term; 8] {
    let usual = Terms::default();
    let term = |name, points, of: fn(&Terms) -> String| Term { name, points, usual: of(&usual), agreed: of(agreed) };
    [
        term(words.term_network_availability, const { &[Point::at(1, 2)] }, |own| own.network_availability.to_string()),
        term(words.term_network_minutes, const { &[Point::at(1, 2)] }, |own| own.network_minutes.to_string()),
        term(words.term_power_availability, const { &[Point::at(2, 2)] }, |own| own.power_availability.to_string()),
        term(words.term_report_days, const { &[Point::at(1, 4), Point::at(2, 4)] }, |own| own.report_days.to_string()),
        term(words.term_notice_minutes, const { &[Point::at(4, 5)] }, |own| own.notice_minutes.to_string()),
        term(words.term_install_business_days, const { &[Point::at(3, 2)] }, |own| {
            own.install_business_days.to_string()
        }),
        term(words.term_first_feedback_minutes, const { &[Point::at(7, 2)] }, |own| {
            own.first_feedback_minutes.to_string()
        }),
        term(words.term_complaint_hours, const { &[Point::at(8, 3)] }, |own| own.complaint_hours.to_string()),
    ]
}
