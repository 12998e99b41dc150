//! What is not counted against a guarantee, by clause and by target, agreed or claimed.

use crate::sorted::Set;

use super::Clause;
use crate::record::{Exclusion, Maintenance, Stance};
use crate::time::{Interval, IntervalSet};

/// A claim that downtime is excluded. One that was rejected excludes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    /// The id in the export.
    pub(super) id: String,
    pub(super) clause: Clause,
    pub(super) stance: Stance,
    pub(super) span: Interval,
    /// Empty: every target of the guarantee.
    pub(super) targets: Set<String>,
}

impl Claim {
    /// An exclusion as the policy has its stance.
    pub(super) fn of(own: &Exclusion, stance: Stance) -> Self {
        Self { id: own.id.clone(), clause: own.ground.into(), stance, span: own.span, targets: own.targets.clone() }
    }

    /// The part of maintenance that the consent covers.
    pub(super) fn of_maintenance(own: &Maintenance, stance: Stance, span: Interval) -> Self {
        let clause = Clause::NetworkMaintenance;
        Self { id: own.id.clone(), clause, stance, span, targets: own.targets.clone() }
    }

    fn concerns(&self, target: &str) -> bool {
        self.targets.is_empty() || self.targets.contains(target)
    }

    /// `None` where it was rejected.
    fn step(&self) -> Option<Step> {
        let claimed = match self.stance {
            Stance::Agreed => false,
            Stance::Claimed => true,
            Stance::Rejected => return None,
        };
        Some(Step { claimed, clause: self.clause })
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
pub(super) fn steps(claims: &[Claim]) -> Set<Step> {
    let mut steps = Set::new();
    steps.extend(claims.iter().filter_map(Claim::step));
    steps
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
    let taken = |claim: &&Claim| claim.step().zip(last).is_some_and(|(step, last)| step <= last);
    claims.iter().filter(taken).filter(|claim| claim.concerns(target)).map(|claim| claim.span).collect()
}
