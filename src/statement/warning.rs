//! What a reader must know of the data before relying on a figure.

use crate::assess::{Assessment, Fact, Guarantee, Measured, SignatureStatus, conflicts};
use crate::contract::Contract;
use crate::record::{Evidence, Record, Series, SeriesKey, Source};

/// What a warning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WarningCode {
    /// Local times that happened twice.
    AmbiguousLocalTime,
    /// Rows that say different things of one instant.
    ContradictingSamples,
    /// Outage reports are not recorded, so that the five-day rule was not applied.
    FiveDayRuleNotApplied,
    /// Sums of other systems are all that is known of availability.
    OnlyCrossChecks,
    /// Guarantees whose verdict would be another if another source of the same targets decided.
    OtherSource,
    /// Sources that tell changes of state only, so that probes were put back.
    RebuiltSamples,
    /// Rows that say again what another row said.
    RepeatedSamples,
    /// Rows that were not taken.
    RowsRejected,
    /// A target is sampled at less than half or more than twice the interval of the policy.
    SampleIntervalDiffers,
    /// Columns or keys that could hold a password.
    SecretDropped,
    /// Signatures that do not fit the key that they name.
    SignatureInvalid,
    /// Signatures by keys that the contract does not name.
    SignatureUnknownKey,
    /// Signatures of files that were not read.
    SignatureWithoutFile,
    /// Sources with monitoring data that are signed for another contract only.
    SignatureWrongContract,
    /// Sources with monitoring data that are signed for another month only.
    SignatureWrongMonth,
    /// A target that a mapping leaves out, with so many samples or outages.
    TargetIgnored,
}

impl WarningCode {
    /// The name in results.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AmbiguousLocalTime => "AMBIGUOUS_LOCAL_TIME",
            Self::ContradictingSamples => "CONTRADICTING_SAMPLES",
            Self::FiveDayRuleNotApplied => "FIVE_DAY_RULE_NOT_APPLIED",
            Self::OnlyCrossChecks => "ONLY_CROSS_CHECKS",
            Self::OtherSource => "OTHER_SOURCE_CHANGES_VERDICT",
            Self::RebuiltSamples => "REBUILT_SAMPLES",
            Self::RepeatedSamples => "REPEATED_SAMPLES",
            Self::RowsRejected => "ROWS_REJECTED",
            Self::SampleIntervalDiffers => "SAMPLE_INTERVAL_DIFFERS",
            Self::SecretDropped => "SECRET_DROPPED",
            Self::SignatureInvalid => "SIGNATURE_INVALID",
            Self::SignatureUnknownKey => "SIGNATURE_UNKNOWN_KEY",
            Self::SignatureWithoutFile => "SIGNATURE_WITHOUT_FILE",
            Self::SignatureWrongContract => "SIGNATURE_WRONG_CONTRACT",
            Self::SignatureWrongMonth => "SIGNATURE_WRONG_MONTH",
            Self::TargetIgnored => "TARGET_IGNORED",
        }
    }
}

/// Something about the data that a reader must know. Without names and places of files: the same data gives the same
/// warnings, however it was cut into files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// What it is about.
    pub code: WarningCode,
    /// The target's id, where it concerns one.
    pub target: Option<String>,
    /// How many; for [`WarningCode::SampleIntervalDiffers`] the usual spacing in seconds.
    pub count: u64,
}

/// Every warning of a case, in the order of their names.
#[must_use]
pub fn warnings(record: &Record, assessment: &Assessment) -> Vec<Warning> {
    let total = |count: fn(&Source) -> u64| record.sources.values().map(count).sum::<u64>();
    let secrets = |source: &Source| u64::try_from(source.secrets_dropped.len()).unwrap_or(u64::MAX);
    let rule_missing = assessment.guarantees.iter().filter_map(Guarantee::measured).any(|own| !own.report_rule_applied);
    let rebuilt = record.sources.values().filter(|source| source.evidence == Evidence::Rebuilt).count();
    let signatures = |status| {
        let own = record.signatures.iter().filter(|own| assessment.provenance.status(own.source) == Some(status));
        u64::try_from(own.count()).unwrap_or(u64::MAX)
    };
    let signed_for_another = |status| {
        let own =
            assessment.provenance.unsigned.iter().filter(|own| assessment.provenance.status(**own) == Some(status));
        u64::try_from(own.count()).unwrap_or(u64::MAX)
    };
    let turned = |own: &Measured| own.would_change.iter().any(|change| matches!(change.fact, Fact::Source(_)));
    let turned = assessment.guarantees.iter().filter_map(Guarantee::measured).filter(|own| turned(own)).count();
    let nothing_else = record.series.is_empty() && record.outages.is_none();
    let only_sums = if nothing_else { record.reported.len() } else { 0 };
    let counted = [
        (WarningCode::OnlyCrossChecks, u64::try_from(only_sums).unwrap_or(u64::MAX)),
        (WarningCode::OtherSource, u64::try_from(turned).unwrap_or(u64::MAX)),
        (WarningCode::SignatureInvalid, signatures(SignatureStatus::Invalid)),
        (WarningCode::SignatureUnknownKey, signatures(SignatureStatus::UnknownKey)),
        (WarningCode::SignatureWithoutFile, signatures(SignatureStatus::WithoutFile)),
        (WarningCode::SignatureWrongContract, signed_for_another(SignatureStatus::WrongContract)),
        (WarningCode::SignatureWrongMonth, signed_for_another(SignatureStatus::WrongMonth)),
        (WarningCode::RebuiltSamples, u64::try_from(rebuilt).unwrap_or(u64::MAX)),
        (WarningCode::AmbiguousLocalTime, total(|source| source.ambiguous_times)),
        (WarningCode::FiveDayRuleNotApplied, u64::from(rule_missing)),
        (WarningCode::RepeatedSamples, record.series.values().map(Series::repeated).sum()),
        (WarningCode::RowsRejected, total(|source| source.rejected)),
        (WarningCode::SecretDropped, record.sources.values().map(secrets).sum()),
    ];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    let mut out: Vec<Warning> = counted.map(|(code, count)| Warning { code, target: None, count }).collect();
    out.extend(conflicts(record).into_iter().map(|(target, count)| Warning {
        code: WarningCode::ContradictingSamples,
        target: Some(target),
        count: u64::try_from(count).unwrap_or(u64::MAX),
    }));
    out.extend(record.ignored.iter().map(|(target, count)| Warning {
        code: WarningCode::TargetIgnored,
        target: Some(target.clone()),
        count: *count,
    }));
    out.extend(uneven_intervals(record));
    out.sort();
    out.dedup();
    out
}

/// Targets that are sampled at another interval than the policy says: gaps are then seen too late, or everywhere.
fn uneven_intervals(record: &Record) -> Vec<Warning> {
    let default = Contract::default();
    let expected = record.contract.as_ref().unwrap_or(&default).policy.interval_ms();
    let far = |step: i64| step * 2 < expected || step > expected * 2;
    let warning = |(key, series): (&SeriesKey, &Series)| {
        let step = series.median_spacing_ms().filter(|step| far(*step))?;
        let count = u64::try_from(step / 1_000).unwrap_or(0);
        Some(Warning { code: WarningCode::SampleIntervalDiffers, target: Some(key.target.clone()), count })
    };
    record.series.iter().filter_map(warning).collect()
}
