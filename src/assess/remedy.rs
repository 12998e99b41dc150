//! What the provider owes: articles 1.3, 2.3 and 4.8, and how remedies of one month meet.

use super::case::Case;
use super::emergency::day_credits;
use super::{Article, Guarantee, Line, LineKind, LineState, Remedies, Verdict};
use crate::contract::{Cap, Fen};

/// The remedies of the month, from the verdicts of its guarantees.
pub(super) fn remedies(case: &Case, guarantees: &[Guarantee]) -> Remedies {
    let rent = case.contract.monthly_rent;
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
        lines.push(Line { article, kind: LineKind::RentWaiver, amount: rent, state });
    }
    let emergencies = of(Article::EmergencyNotice).and_then(Guarantee::emergencies).unwrap_or_default();
    lines.extend(day_credits(case, emergencies));
    absorb(&mut lines);
    let (payable, contingent) = (sum(&lines, LineState::Due), sum(&lines, LineState::Contingent));
    let payable = match (case.contract.policy.cap(), rent, payable) {
        (Cap::MonthRent, Some(rent), Some(payable)) => Some(payable.min(rent)),
        (_, _, payable) => payable,
    };
    // Two waivers are one: what may come on top never goes beyond the rent.
    let contingent = match (rent, payable, contingent) {
        (Some(rent), Some(payable), Some(contingent)) => Some(contingent.min(rent.minus(payable))),
        (_, _, contingent) => contingent,
    };
    Remedies { lines, payable, contingent }
}

/// `credit.cap`: whether the rent remedies of the month came to more than its rent, and were cut to it.
pub(super) fn capped(case: &Case, remedies: &Remedies) -> bool {
    let due = sum(&remedies.lines, LineState::Due);
    case.contract.policy.cap() == Cap::MonthRent
        && due.zip(case.contract.monthly_rent).is_some_and(|(due, rent)| due > rent)
}

/// A waiver that is due leaves nothing for another to give.
fn absorb(lines: &mut [Line]) {
    if lines.iter().any(|line| line.kind == LineKind::RentWaiver && line.state == LineState::Due) {
        let gives_more =
            |line: &&mut Line| line.state == LineState::Contingent || matches!(line.kind, LineKind::DayCredit(_));
        for line in lines.iter_mut().filter(gives_more) {
            line.state = LineState::Absorbed;
        }
    }
}

/// `None` where an amount is not known; nothing owed is zero.
fn sum(lines: &[Line], state: LineState) -> Option<Fen> {
    lines.iter().filter(|line| line.state == state).map(|line| line.amount).sum()
}
