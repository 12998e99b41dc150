//! What is not counted against a guarantee, by clause and by target, agreed or claimed.

use std::collections::BTreeSet;

use super::Clause;
use crate::record::Stance;
use crate::time::{Interval, IntervalSet};

/// An exclusion that may reduce downtime. Rejected ones are not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    pub(super) clause: Clause,
    /// `false`: claimed and not answered.
    pub(super) agreed: bool,
    pub(super) span: Interval,
    /// Empty: every target of the guarantee.
    pub(super) targets: BTreeSet<String>,
}

impl Claim {
    /// `None` where the other party rejected it.
    pub(super) fn of(clause: Clause, stance: Stance, span: Interval, targets: &BTreeSet<String>) -> Option<Self> {
        let agreed = match stance {
            Stance::Agreed => true,
            Stance::Claimed => false,
            Stance::Rejected => return None,
        };
        Some(Self { clause, agreed, span, targets: targets.clone() })
    }

    fn concerns(&self, target: &str) -> bool {
        self.targets.is_empty() || self.targets.contains(target)
    }
}

/// One step of attribution: a clause, agreed or claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    /// `false` sorts first: agreed before claimed.
    pub(super) claimed: bool,
    pub(super) clause: Clause,
}

/// Steps in the order of attribution: agreed before claimed, then by clause.
pub(super) fn steps(claims: &[Claim]) -> BTreeSet<Step> {
    claims.iter().map(|claim| Step { claimed: !claim.agreed, clause: claim.clause }).collect()
}

/// The step up to which everything is agreed; `None`: nothing is.
pub(super) fn last_agreed(claims: &[Claim]) -> Option<Step> {
    steps(claims).into_iter().rev().find(|step| !step.claimed)
}

/// The last step; `None`: there is none.
pub(super) fn last_of_any(claims: &[Claim]) -> Option<Step> {
    steps(claims).into_iter().next_back()
}

/// Time excluded for `target` by every step up to and including `last`; `None`: by none.
pub(super) fn up_to(claims: &[Claim], target: &str, last: Option<Step>) -> IntervalSet {
    let taken = |claim: &&Claim| last.is_some_and(|last| Step { claimed: !claim.agreed, clause: claim.clause } <= last);
    claims.iter().filter(taken).filter(|claim| claim.concerns(target)).map(|claim| claim.span).collect()
}
