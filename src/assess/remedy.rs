//! What the provider owes: articles 1.3 and 2.3, and how remedies of one month meet.

use super::{Article, Guarantee, Line, LineKind, LineState, Remedies, Verdict};
use crate::contract::{Contract, Fen};

/// The remedies of the month, from the verdicts of its guarantees.
pub(super) fn remedies(contract: &Contract, guarantees: &[Guarantee]) -> Remedies {
    let rent = contract.monthly_rent;
    let verdict = |article| guarantees.iter().find(|own| own.article == article).map(|own| own.verdict);
    let mut lines: Vec<Line> = Vec::new();
    for article in [Article::Network, Article::Power] {
        let waived = lines.iter().any(|line| line.state == LineState::Due);
        let state = match verdict(article) {
            Some(Verdict::Breached) if waived => LineState::Absorbed,
            Some(Verdict::Breached) => LineState::Due,
            Some(Verdict::Undetermined) => LineState::Contingent,
            _ => continue,
        };
        lines.push(Line { article, kind: LineKind::RentWaiver, amount: rent, state });
    }
    absorb(&mut lines);
    let (payable, contingent) = (sum(&lines, LineState::Due), sum(&lines, LineState::Contingent));
    // Two waivers are one: what may come on top never goes beyond the rent.
    let contingent = match (rent, payable, contingent) {
        (Some(rent), Some(payable), Some(contingent)) => Some(contingent.min(rent.minus(payable))),
        (_, _, contingent) => contingent,
    };
    Remedies { lines, payable, contingent }
}

/// A waiver that is due leaves nothing for another to give.
fn absorb(lines: &mut [Line]) {
    if lines.iter().any(|line| line.kind == LineKind::RentWaiver && line.state == LineState::Due) {
        for line in lines.iter_mut().filter(|line| line.state == LineState::Contingent) {
            line.state = LineState::Absorbed;
        }
    }
}

/// `None` where an amount is not known; nothing owed is zero.
fn sum(lines: &[Line], state: LineState) -> Option<Fen> {
    lines.iter().filter(|line| line.state == state).map(|line| line.amount).sum()
}
