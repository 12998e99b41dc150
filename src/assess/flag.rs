macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$note:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$note])* $variant),+ }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in results.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}
pub(super) use names;

names! {
    /// Something about a figure that a reader must know before relying on it.
    Flag {
        /// The two figures of article 1.2 give different verdicts.
        RuleDisagreement = "RULE_DISAGREEMENT",
        /// Within what the sampling leaves open, the verdict could be the other one.
        SamplingSensitive = "SAMPLING_SENSITIVE",
        /// Some time was not watched.
        MonitoringGap = "MONITORING_GAP",
        /// Less than 99 % of the period was watched.
        LowCoverage = "LOW_COVERAGE",
        /// Counting single lost probes would change the verdict.
        SensitiveToSingleFailures = "SENSITIVE_TO_SINGLE_FAILURES",
        /// An exclusion is claimed and not agreed.
        DisputedExclusion = "DISPUTED_EXCLUSION",
        /// The days to report an outage are not over.
        ReportWindowOpen = "REPORT_WINDOW_OPEN",
        /// Counting the days from the other end of an outage changes whether its report was in time.
        ReportAnchorMatters = "REPORT_ANCHOR_MATTERS",
        /// Rolling the last day over rest days changes whether a report was in time.
        HolidayRollMatters = "HOLIDAY_ROLL_MATTERS",
        /// An outage that the customer did not report was known to the provider.
        ProviderKnew = "PROVIDER_KNEW",
        /// A blackout is claimed as force majeure against the power guarantee.
        BlackoutAsFm = "BLACKOUT_AS_FM",
        /// The customer consented to maintenance after it had begun.
        ConsentAfterStart = "CONSENT_AFTER_START",
        /// The term covers a part of the month only.
        PartialMonth = "PARTIAL_MONTH",
        /// Two sources contradict each other about one target.
        ProbeMismatch = "PROBE_MISMATCH",
        /// Clocks of sources disagree.
        ClockSkew = "CLOCK_SKEW",
        /// A local time happened twice.
        AmbiguousLocalTime = "AMBIGUOUS_LOCAL_TIME",
        /// The business-day calendar lacks a year that is needed.
        CalendarMissing = "CALENDAR_MISSING",
        /// A day credit could be had and was not asked for.
        UnrequestedCredit = "UNREQUESTED_CREDIT",
        /// Remedies exceeded the month's rent and were cut to it.
        CapApplied = "CAP_APPLIED",
        /// Contact data was outdated.
        ContactStale = "CONTACT_STALE",
        /// An authorisation lacks a part.
        AuthDeficient = "AUTH_DEFICIENT",
        /// A column or key that could hold a password was dropped.
        SecretDropped = "SECRET_DROPPED",
        /// The term is not one year.
        TermDatesOdd = "TERM_DATES_ODD",
        /// Article 10.1.4 is relied on: it covers sabotaged lines and ChinaNet's tuning or expansion, not its plain faults.
        ChinaNetFault = "CHINANET_FAULT",
        /// Force majeure is relied on and nothing shows it.
        EvidenceMissing = "EVIDENCE_MISSING",
        /// Monitoring data of the period bears no signature that counts, though the contract names keys.
        SourceUnsigned = "SOURCE_UNSIGNED",
        /// A source has the name of a file that was listed or signed, and is not that file.
        SourceDigestMismatch = "SOURCE_DIGEST_MISMATCH",
    }
}

names! {
    /// Why a guarantee cannot be decided.
    Reason {
        /// There is no data at all for the period.
        NoData = "no_data",
        /// Time without data could hold enough downtime.
        MonitoringGap = "monitoring_gap",
        /// An exclusion that is claimed and not agreed decides.
        DisputedExclusion = "disputed_exclusion",
        /// An outage may still be reported.
        ReportWindowOpen = "report_window_open",
        /// The business-day calendar lacks a year that is needed.
        CalendarMissing = "calendar_missing",
        /// The period is not over.
        PeriodNotOver = "period_not_over",
        /// An outage was recorded whose end is not.
        OutageNotOver = "outage_not_over",
        /// What happened between two samples decides (`verdict.basis` = `bounds`).
        Sampling = "sampling",
        /// A single case is not settled.
        CaseOpen = "case_open",
        /// A single case lacks a part for which the agreement sets no time or no consequence.
        CaseDeficient = "case_deficient",
        /// What decides a single case was not recorded.
        CaseNotRecorded = "case_not_recorded",
    }
}
