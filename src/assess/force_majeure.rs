//! Article 10: force majeure is a closed list, and needs a category, a time and evidence.

use crate::sorted::Set;

use super::Flag;
use super::case::Case;
use crate::record::{Exclusion, ForceMajeure, Ground, NetworkGround, Stance};
use crate::time::Instant;

/// What a reader must know of a claim of force majeure that meets the period.
pub(super) fn flags(case: &Case, own: &Exclusion) -> Set<Flag> {
    let mut flags = Set::new();
    let concerns = own.stance != Stance::Rejected && own.span.meets(case.period);
    let Some(category) = own.ground.force_majeure().filter(|_| concerns) else { return flags };
    flags.extend((category == ForceMajeure::SabotageOrChinaNetWorks).then_some(Flag::ChinaNetFault));
    flags.extend(own.evidence.trim().is_empty().then_some(Flag::EvidenceMissing));
    flags
}

/// Article 4.7: whether force majeure at that instant is agreed (`true`) or only claimed; `None`: neither.
pub(super) fn prevents_notice(case: &Case, at: Instant, targets: &[String]) -> Option<bool> {
    let concerns = |names: &Set<String>| names.is_empty() || targets.iter().any(|target| names.contains(target));
    let claims = case.record.exclusions.iter().flatten().filter(|own| {
        matches!(own.ground, Ground::Network(NetworkGround::ForceMajeure(_)))
            && own.span.contains(at)
            && concerns(&own.targets)
    });
    let mut stances = Set::new();
    stances.extend(claims.map(|own| own.stance));
    if stances.contains(&Stance::Agreed) { Some(true) } else { stances.contains(&Stance::Claimed).then_some(false) }
}
