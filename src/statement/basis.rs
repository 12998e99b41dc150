//! On which point of the agreement a finding rests.

use crate::agreement::{Part, Point};
use crate::assess::{Article, Clause, Flag, LineKind, Missing, NoticeOutcome};
use crate::i18n::{Locale, fill};
use crate::record::ForceMajeure;

/// The point that makes the promise of an article, by which its verdict goes.
#[must_use]
pub const fn promise(article: Article) -> Point {
    match article {
        Article::Network | Article::Power | Article::Installation | Article::Support | Article::Operations => {
            Point::at(article.number(), 2)
        }
        Article::EmergencyNotice => Point::at(4, 5),
        Article::CustomerService => Point::within(5, 1, 6),
        Article::Complaints => Point::at(8, 3),
        Article::Visits => Point::at(9, 1),
    }
}

/// The point under which downtime is not counted.
#[must_use]
pub const fn clause(clause: Clause) -> Point {
    match clause {
        Clause::NetworkReport => Point::at(1, 4),
        Clause::NetworkMaintenance => Point::at(1, 5),
        Clause::NetworkCustomerEquipment => Point::at(1, 6),
        Clause::NetworkCustomerInstallation => Point::at(1, 7),
        Clause::NetworkCustomerNegligence => Point::at(1, 8),
        Clause::NetworkForceMajeure => Point::at(1, 9),
        Clause::NetworkOtherCustomerCause => Point::at(1, 10),
        Clause::PowerReport => Point::at(2, 4),
        Clause::PowerCustomerEquipment => Point::within(2, 4, 1),
        Clause::PowerCustomerInstallation => Point::within(2, 4, 2),
        Clause::PowerCustomerNegligence => Point::within(2, 4, 3),
        Clause::PowerForceMajeure => Point::within(2, 4, 4),
    }
}

/// The point that lists a case of force majeure.
#[must_use]
pub const fn force_majeure(category: ForceMajeure) -> Point {
    let number = match category {
        ForceMajeure::NaturalDisaster => 1,
        ForceMajeure::WarStrikeBlackout => 2,
        ForceMajeure::LawOrAdministration => 3,
        ForceMajeure::SabotageOrChinaNetWorks => 4,
        ForceMajeure::UnlawfulThirdParty => 5,
    };
    Point::within(10, 1, number)
}

/// The point that grants a remedy.
#[must_use]
pub const fn remedy(article: Article, kind: LineKind) -> Point {
    match kind {
        LineKind::RentWaiver => Point::at(article.number(), 3),
        LineKind::DayCredit(_) => Point::at(4, 8),
        LineKind::SetupFeeRefund => Point::closing(3),
    }
}

/// The point by which it goes whether the customer was told of an emergency in time.
#[must_use]
pub const fn notice(outcome: NoticeOutcome) -> Point {
    match outcome {
        NoticeOutcome::InTime | NoticeOutcome::Late | NoticeOutcome::Missed | NoticeOutcome::Pending => Point::at(4, 5),
        NoticeOutcome::Exempt | NoticeOutcome::Disputed => Point::at(4, 7),
    }
}

/// The point by which the single cases of an article go.
#[must_use]
pub const fn cases(article: Article) -> Point {
    match article {
        Article::Support => Point::at(6, 6),
        _ => promise(article),
    }
}

/// The point that asks for a part which a case lacks.
#[must_use]
pub const fn missing(part: Missing, article: Article) -> Point {
    match part {
        Missing::Hardware | Missing::SystemSoftware | Missing::Power | Missing::Network => Point::at(3, 1),
        Missing::Signer => Point::at(6, 5),
        Missing::WrittenForm if matches!(article, Article::Complaints) => Point::at(8, 1),
        Missing::Verification | Missing::WrittenForm => Point::at(6, 6),
        Missing::Authorisation => Point::at(7, 1),
        Missing::Report if matches!(article, Article::Complaints) => Point::at(8, 3),
        Missing::FirstFeedback | Missing::End | Missing::Report => Point::at(7, 2),
        Missing::Acceptance => Point::at(8, 3),
        Missing::Notice => Point::at(9, 3),
        Missing::VisitReason => Point::within(9, 3, 1),
        Missing::Activity => Point::within(9, 3, 2),
        Missing::ExpectedEntry | Missing::ExpectedExit | Missing::Cooperation => Point::closing(9),
        Missing::Escort | Missing::Badge => Point::at(9, 2),
        Missing::Entry => Point::at(9, 1),
    }
}

/// The point that a flag of an article concerns. `None` where it concerns the files, not the agreement.
#[must_use]
pub const fn flag(flag: Flag, article: Article) -> Option<Point> {
    Some(match flag {
        Flag::RuleDisagreement => Point::at(1, 2),
        Flag::ConsentAfterStart => Point::at(1, 5),
        Flag::BlackoutAsFm => Point::within(2, 4, 4),
        Flag::UnrequestedCredit => Point::at(4, 8),
        Flag::ContactStale => Point::at(4, 7),
        Flag::AuthDeficient | Flag::SecretDropped => Point::at(6, 6),
        Flag::CapApplied => Point::at(1, 3),
        Flag::PartialMonth | Flag::TermDatesOdd => Point::heading(11),
        Flag::ChinaNetFault => Point::within(10, 1, 4),
        Flag::EvidenceMissing => Point::at(10, 1),
        Flag::SamplingSensitive
        | Flag::MonitoringGap
        | Flag::LowCoverage
        | Flag::SensitiveToSingleFailures
        | Flag::ProbeMismatch
        | Flag::ClockSkew
        | Flag::AmbiguousLocalTime => Point::at(article.number(), 1),
        Flag::DisputedExclusion
        | Flag::ReportWindowOpen
        | Flag::ReportAnchorMatters
        | Flag::HolidayRollMatters
        | Flag::ProviderKnew
        | Flag::CalendarMissing => match article {
            Article::Network | Article::Power => Point::at(article.number(), 4),
            Article::Installation => Point::at(3, 2),
            Article::EmergencyNotice => Point::at(4, 7),
            _ => Point::heading(article.number()),
        },
        Flag::SourceUnsigned | Flag::SourceDigestMismatch => return None,
    })
}

/// A point as the language of the reader names it: 第一條第5點, Article 1.5.
#[must_use]
pub fn reference(point: Point, locale: Locale) -> String {
    let texts = locale.texts();
    let article = numeral(point.article(), locale);
    match point.part() {
        Part::Heading => fill(texts.statement.article_reference, &[("number", &article)]),
        Part::Numbered(_) => fill(texts.statement.clause_reference, &[("article", &article), ("point", &point.part())]),
        Part::Closing => fill(texts.reading.closing_reference, &[("article", &article)]),
    }
}

/// A number of an article, 1 to 11, as the agreement counts them.
pub(super) fn numeral(number: u8, locale: Locale) -> String {
    const NUMERALS: [&str; 11] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"];
    let numeral = usize::from(number).checked_sub(1).and_then(|place| NUMERALS.get(place));
    match (locale, numeral) {
        (Locale::ZhHant | Locale::ZhHans, Some(numeral)) => (*numeral).to_owned(),
        _ => number.to_string(),
    }
}
