//! The single cases of articles 3 and 6 to 9, and what a month of them comes to.

use crate::sorted::Set;

use super::case::Case;
use super::flag::names;
use super::{Article, Conduct, Flag, Guarantee, Reason, Verdict};
use crate::time::Instant;

/// Persons whom the provider has to name, and single cases of the month.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Handling {
    /// Articles 5.6 and 6.2: who was named, empty where it is recorded that nobody was; `None`: not recorded, or the
    /// article asks for nobody.
    pub named: Option<String>,
    /// The cases, in order of their start; `None`: none are recorded of this article.
    pub cases: Option<Vec<SingleCase>>,
}

/// One installation, authorisation, operation, complaint or visit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SingleCase {
    /// When its clock started: signing, authorisation, acceptance, notice. `None` where that is not recorded.
    pub started_at: Option<Instant>,
    /// The id in the export.
    pub id: String,
    /// The last instant for it (a day's end at 24:00: the first instant after); `None` where there is none or it cannot be said.
    pub due: Option<Instant>,
    /// When it was done.
    pub done_at: Option<Instant>,
    /// What it comes to.
    pub outcome: CaseOutcome,
    /// What it lacks.
    pub missing: Set<Missing>,
    /// Article 8: from the submission of a complaint to its acceptance, in milliseconds. Article 7: from the end of an
    /// operation to its report. No limit is set for either.
    pub elapsed_ms: Option<i64>,
}

names! {
    /// What a single case comes to.
    CaseOutcome {
        /// The promise was kept.
        Met = "met",
        /// It was not.
        Breached = "breached",
        /// It is still to be done, or may still be.
        Pending = "pending",
        /// A part is missing for which the agreement sets no time or no consequence.
        Deficient = "deficient",
        /// Without a valid authorisation.
        Illegal = "illegal",
        /// What decides was not recorded.
        NotRecorded = "not_recorded",
    }
}

names! {
    /// A part that a case lacks.
    Missing {
        /// Article 3.1.1.1: 服務器硬件安裝,調試.
        Hardware = "hardware",
        /// Article 3.1.1.2: 系統軟件安裝,調試.
        SystemSoftware = "system_software",
        /// Article 3: 電力供應的安裝.
        Power = "power",
        /// Article 3: 網絡聯接的安裝.
        Network = "network",
        /// Article 6.5: the signer is not a person who may authorise.
        Signer = "signer",
        /// Article 6.6: the credentials were not verified.
        Verification = "verification",
        /// Article 6.6: the written form did not follow in time. Article 8.1: the complaint was not made in writing.
        WrittenForm = "written_form",
        /// Article 7.1: no valid authorisation.
        Authorisation = "authorisation",
        /// Article 7.2: the first feedback.
        FirstFeedback = "first_feedback",
        /// Article 7.2: that the operation ended is not recorded.
        End = "end",
        /// Article 7.2: the written report of the operation. Article 8.3: the first written report.
        Report = "report",
        /// Article 8.3: the provider did not accept the complaint.
        Acceptance = "acceptance",
        /// Article 9.3: notice before entry.
        Notice = "notice",
        /// Article 9.3.1.
        VisitReason = "reason",
        /// Article 9.3.2.
        Activity = "activity",
        /// Article 9.3: 預計進入時間.
        ExpectedEntry = "expected_entry",
        /// Article 9.3: 預計辭出時間.
        ExpectedExit = "expected_exit",
        /// Article 9.3: 所需協同作業.
        Cooperation = "cooperation",
        /// Article 9.2: 由乙方工作人員陪同.
        Escort = "escort",
        /// Article 9.2: 有效證件.
        Badge = "badge",
        /// Whether the customer entered or was refused is not recorded.
        Entry = "entry",
    }
}

impl SingleCase {
    /// A case that keeps the promise so far.
    pub(super) fn new(id: &str, started_at: Option<Instant>) -> Self {
        Self {
            started_at,
            id: id.to_owned(),
            due: None,
            done_at: None,
            outcome: CaseOutcome::Met,
            missing: Set::new(),
            elapsed_ms: None,
        }
    }

    /// Notes a part that is missing where it is.
    pub(super) fn lacks(&mut self, part: Missing, missing: bool) {
        if missing {
            self.missing.insert(part);
        }
    }
}

impl Case<'_> {
    /// What was known at `as_of`.
    pub(super) fn known(&self, at: Option<Instant>) -> Option<Instant> {
        at.filter(|at| *at <= self.as_of)
    }

    /// A case is listed in the month in which its clock started; one that started outside the term in the term's first or
    /// last month, and one of which no time is known in every month, so that none is lost.
    pub(super) fn lists(&self, own: &SingleCase) -> bool {
        let Some(start) = own.started_at else { return true };
        let term = self.term_span();
        let within = start.max(term.start()).min(term.end().plus(-1));
        start <= self.as_of && self.month_span.contains(within)
    }

    /// The guarantee of an article whose promise is kept case by case. `cases`: every case of the record, of any month.
    pub(super) fn handled(&self, article: Article, cases: impl Iterator<Item = SingleCase>) -> Guarantee {
        let mut cases: Vec<SingleCase> = cases.filter(|own| self.lists(own)).collect();
        cases.sort_unstable();
        let (verdict, reasons) = self.verdict_of(&cases);
        Guarantee {
            article,
            verdict,
            reasons,
            flags: Set::new(),
            conduct: Conduct::Handled(Handling { named: None, cases: Some(cases) }),
        }
    }

    /// One breach is a breach. Else what is open or missing leaves the month undecided.
    fn verdict_of(&self, cases: &[SingleCase]) -> (Verdict, Set<Reason>) {
        let any = |outcome| cases.iter().any(|own| own.outcome == outcome);
        let mut reasons = Set::new();
        if any(CaseOutcome::Breached) || any(CaseOutcome::Illegal) {
            return (Verdict::Breached, reasons);
        }
        reasons.extend(any(CaseOutcome::Pending).then_some(Reason::CaseOpen));
        reasons.extend(any(CaseOutcome::Deficient).then_some(Reason::CaseDeficient));
        reasons.extend(any(CaseOutcome::NotRecorded).then_some(Reason::CaseNotRecorded));
        reasons.extend((self.as_of < self.period.end()).then_some(Reason::PeriodNotOver));
        let verdict = match (reasons.is_empty(), cases.is_empty()) {
            (false, _) => Verdict::Undetermined,
            (true, true) => Verdict::NotApplicable,
            (true, false) => Verdict::Met,
        };
        (verdict, reasons)
    }
}

/// Adds a flag where it holds.
pub(super) fn raise(guarantee: &mut Guarantee, flag: Flag, holds: bool) {
    guarantee.flags.extend(holds.then_some(flag));
}
