//! What the provider owes: articles 1.3, 2.3, 3.2 and 4.8, and how remedies of one month meet.

use super::case::Case;
use super::emergency::day_credits;
use super::installation::refunds;
use super::{Article, Guarantee, Line, LineKind, LineState, Remedies, Verdict};
use crate::contract::{Cap, Fen};

/// The remedies of the month, from the verdicts of its guarantees.
pub(super) fn remedies(case: &Case, guarantees: &[Guarantee]) -> Remedies {
    let rent = case.rent();
    let of = |article| guarantees.iter().find(|own| own.article == article);
    let mut lines: Vec<Line> = Vec::new();
    for article in [Article::Network, Article::Power] {
        let waived = lines.iter().any(|line| line.state == LineState::Due);
        let state = match of(article).map(|own| own.verdict) {
            Some(Verdict::Breached) if waived => LineState::Absorbed,
            Some(Verdict::Breached) => LineState::Due,
            Some(Verdict::Undetermined) => LineState::Contingent,
            _ => continue,
        };
        lines.push(Line { article, kind: LineKind::RentWaiver, case: None, amount: rent, state });
    }
    lines.extend(refunds(case, of(Article::Installation).map(Guarantee::cases).unwrap_or_default()));
    let emergencies = of(Article::EmergencyNotice).and_then(Guarantee::emergencies).unwrap_or_default();
    lines.extend(day_credits(case, emergencies));
    absorb(&mut lines);
    let payable = match (case.contract.policy.cap(), rent, sum(&lines, LineState::Due, of_rent)) {
        (Cap::MonthRent, Some(rent), Some(payable)) => Some(payable.min(rent)),
        (_, _, payable) => payable,
    };
    // Two waivers are one: what may come on top never goes beyond the rent.
    let contingent = match (rent, payable, sum(&lines, LineState::Contingent, of_rent)) {
        (Some(rent), Some(payable), Some(contingent)) => Some(contingent.min(rent.minus(payable))),
        (_, _, contingent) => contingent,
    };
    let refunded = |state| sum(&lines, state, |line| !of_rent(line));
    let and = |rent: Option<Fen>, refund: Option<Fen>| Some([rent?, refund?].into_iter().sum());
    Remedies {
        payable: and(payable, refunded(LineState::Due)),
        contingent: and(contingent, refunded(LineState::Contingent)),
        lines,
    }
}

/// Article 3.2 refunds another fee: the rent and its cap do not touch it.
const fn of_rent(line: &Line) -> bool {
    !matches!(line.kind, LineKind::SetupFeeRefund)
}

/// `credit.cap`: whether the rent remedies of the month came to more than its rent, and were cut to it.
pub(super) fn capped(case: &Case, remedies: &Remedies) -> bool {
    let due = sum(&remedies.lines, LineState::Due, of_rent);
    case.contract.policy.cap() == Cap::MonthRent && due.zip(case.rent()).is_some_and(|(due, rent)| due > rent)
}

/// A waiver that is due leaves nothing for another to give.
fn absorb(lines: &mut [Line]) {
    if lines.iter().any(|line| line.kind == LineKind::RentWaiver && line.state == LineState::Due) {
        let gives_more = |line: &&mut Line| match line.kind {
            LineKind::RentWaiver => line.state == LineState::Contingent,
            LineKind::DayCredit(_) => true,
            LineKind::SetupFeeRefund => false,
        };
        for line in lines.iter_mut().filter(gives_more) {
            line.state = LineState::Absorbed;
        }
    }
}

/// `None` where an amount is not known; nothing owed is zero.
fn sum(lines: &[Line], state: LineState, which: impl Fn(&Line) -> bool) -> Option<Fen> {
    lines.iter().filter(|line| line.state == state && which(line)).map(|line| line.amount).sum()
}
