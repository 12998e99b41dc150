//! Article 2: continuous supply of power. Maintenance and a catch-all are not among its exclusions.

use crate::sorted::Set;

use super::case::Looked;
use super::downtime::Measuring;
use super::exclusion::Claim;
use super::ruling::{Limit, Limits};
use super::{Article, Case, Clause, Flag, Guarantee, force_majeure};
use crate::contract::{BlackoutReading, ThresholdRule};
use crate::record::{Exclusion, ForceMajeure, Ground, PowerGround, Role, Stance};

/// Article 2 in this month. Power is out where every supplied source is absent at once.
pub(super) async fn power(case: &Case<'_>) -> Guarantee {
    let Looked { watched, with_singles } = Looked::at(case, |role| matches!(role, Role::Power(_))).await;
    if watched.is_empty() {
        return case.not_recorded(Article::Power);
    }
    let (claims, flags) = claims(case);
    Measuring {
        article: Article::Power,
        contract: case.contract,
        period: case.period,
        elapsed: case.elapsed(),
        as_of: case.as_of,
        watched: &watched,
        with_singles: &with_singles,
        quorum: watched.len(),
        claims,
        report_clause: Clause::PowerReport,
        clauses: &Clause::POWER,
        report_rule: case.report_rule(),
        notices: case.notices(),
        limits: &|of| Limits {
            limits: vec![Limit::percent(case.contract.terms.power_availability.missing_ppm(), of)],
            rule: ThresholdRule::Percent,
        },
        flags: case.period_flags().into_iter().chain(flags).collect(),
    }
    .guarantee()
    .await
}

/// Articles 2.4.1 to 2.4.4.
fn claims(case: &Case) -> (Vec<Claim>, Set<Flag>) {
    let mut claims = Vec::new();
    let mut flags = Set::new();
    for exclusion in case.record.exclusions.iter().flatten() {
        let Ground::Power(ground) = exclusion.ground else { continue };
        flags.extend(force_majeure::flags(case, exclusion));
        let blackout = ground == PowerGround::ForceMajeure(ForceMajeure::WarStrikeBlackout);
        let concerns = exclusion.stance != Stance::Rejected && exclusion.span.meets(case.period);
        flags.extend((blackout && concerns).then_some(Flag::BlackoutAsFm));
        if blackout && case.contract.policy.blackout() == BlackoutReading::Never {
            continue;
        }
        let stance = if blackout { blackout_stance(case, exclusion) } else { exclusion.stance };
        claims.push(Claim::of(exclusion, stance));
    }
    (claims, flags)
}

/// Article 10 lists 停電, which would swallow this article: `power.blackout_as_force_majeure` says how it is read.
fn blackout_stance(case: &Case, exclusion: &Exclusion) -> Stance {
    match (case.contract.policy.blackout(), exclusion.stance) {
        (BlackoutReading::Always, Stance::Claimed) => Stance::Agreed,
        (_, stance) => stance,
    }
}
