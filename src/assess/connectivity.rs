//! Article 1: connectivity of the network.

use crate::sorted::Set;

use super::case::Looked;
use super::downtime::{Measuring, Watched};
use super::exclusion::Claim;
use super::ruling::{Limit, Limits};
use super::steps::pause;
use super::watch::Watch;
use super::{Article, Case, Clause, Conduct, Flag, Guarantee, Measured, Mismatch, Verdict, force_majeure};
use crate::contract::{PartialMinutes, TargetAggregate};
use crate::record::{Ground, Maintenance, Stance};
use crate::time::Interval;

/// Article 1 in this month.
pub(super) async fn connectivity(case: &Case<'_>, network: &Looked) -> Guarantee {
    let Looked { watched, with_singles } = network;
    if watched.is_empty() {
        return case.not_recorded(Article::Network);
    }
    let all = watched.len();
    let (at_once, quorum) = match case.contract.policy.target_aggregate() {
        TargetAggregate::PerTarget => (1, 1),
        TargetAggregate::All => (all, all),
        TargetAggregate::Any => (all, 1),
    };
    let mut guarantees = Vec::with_capacity(all / at_once);
    for (watched, singles) in watched.chunks(at_once).zip(with_singles.chunks(at_once)) {
        guarantees.push(guarantee(case, watched, singles, quorum).await);
        pause().await;
    }
    worst(guarantees, case)
}

async fn guarantee(case: &Case<'_>, watched: &[Watched], with_singles: &[Watch], quorum: usize) -> Guarantee {
    let (claims, flags) = claims(case);
    Measuring {
        article: Article::Network,
        contract: case.contract,
        period: case.period,
        elapsed: case.elapsed(),
        as_of: case.as_of,
        watched,
        with_singles,
        quorum,
        claims,
        report_clause: Clause::NetworkReport,
        clauses: &Clause::NETWORK,
        report_rule: case.report_rule(),
        notices: case.notices(),
        limits: &|of| limits(case, of),
        flags: case.period_flags().into_iter().chain(flags).collect(),
    }
    .guarantee()
    .await
}

/// Article 1.2: fewer than 44 minutes, and 99.9 %.
fn limits(case: &Case, of: i64) -> Limits {
    let (terms, policy) = (&case.contract.terms, &case.contract.policy);
    let (part, whole) = match policy.partial_minutes() {
        PartialMinutes::Flat => (1, 1),
        PartialMinutes::Prorated => (case.period.ms(), case.month_span.ms()),
    };
    Limits {
        limits: vec![
            Limit::minutes(terms.network_limit_ms(), part, whole),
            Limit::percent(terms.network_availability.missing_ppm(), of),
        ],
        rule: policy.threshold_rule(),
    }
}

/// Articles 1.5 to 1.10.
fn claims(case: &Case) -> (Vec<Claim>, Set<Flag>) {
    let mut claims = Vec::new();
    let mut flags = Set::new();
    for maintenance in case.record.maintenance.iter().flatten() {
        let (claim, late) = maintenance_claim(case, maintenance);
        flags.extend((late && maintenance.span.meets(case.period)).then_some(Flag::ConsentAfterStart));
        claims.push(claim);
    }
    for exclusion in case.record.exclusions.iter().flatten() {
        if matches!(exclusion.ground, Ground::Network(_)) {
            flags.extend(force_majeure::flags(case, exclusion));
            claims.push(Claim::of(exclusion, exclusion.stance));
        }
    }
    (claims, flags)
}

/// Article 1.5: only as far as the customer consented before; without consent nothing is excluded. A later consent reaches
/// from its instant on, as a claim. The truth value says whether the consent came after the start.
fn maintenance_claim(case: &Case, maintenance: &Maintenance) -> (Claim, bool) {
    let claim = |stance, span| Claim::of_maintenance(maintenance, stance, span);
    let span = maintenance.span;
    let Some(consent) = maintenance.consent.as_ref().filter(|consent| consent.at <= case.as_of) else {
        return (claim(Stance::Rejected, span), false);
    };
    let late = consent.at > span.start();
    if !late || !case.contract.policy.consent_must_precede() {
        return (claim(maintenance.stance, span), late);
    }
    let stance = if maintenance.stance == Stance::Rejected { Stance::Rejected } else { Stance::Claimed };
    let rest = Interval::new(consent.at, span.end());
    (rest.map_or_else(|| claim(Stance::Rejected, span), |rest| claim(stance, rest)), true)
}

/// `target.aggregate` = `per_target`: every target by itself; the worst decides, and its figures stand.
fn worst(guarantees: Vec<Guarantee>, case: &Case) -> Guarantee {
    let rank = |guarantee: &Guarantee| {
        let verdict = match guarantee.verdict {
            Verdict::Breached => 2,
            Verdict::Undetermined => 1,
            _ => 0,
        };
        (verdict, guarantee.measured().map_or(0, |measured| measured.downtime.counted))
    };
    let mut all = guarantees;
    let mut compared = Vec::new();
    for own in &mut all {
        if let Conduct::Measured(own) = &mut own.conduct {
            compared.append(&mut own.compared);
        }
    }
    all.sort_by_key(|guarantee| std::cmp::Reverse(rank(guarantee)));
    let mut all = all.into_iter();
    let Some(mut worst) = all.next() else { return case.not_recorded(Article::Network) };
    for other in all {
        worst.flags.extend(other.flags);
        let verdicts = (worst.verdict, other.verdict);
        if let (Conduct::Measured(own), Conduct::Measured(other)) = (&mut worst.conduct, other.conduct) {
            turn_together(own, &other, verdicts);
            own.outages.extend(other.outages);
            own.gaps.extend(other.gaps);
            own.mismatches.extend(other.mismatches);
            own.targets.extend(other.targets);
        }
    }
    if let Conduct::Measured(own) = &mut worst.conduct {
        own.outages.sort_by(|one, other| (one.shown.start(), &one.id).cmp(&(other.shown.start(), &other.id)));
        own.gaps.sort();
        let mismatches: Set<Mismatch> = own.mismatches.drain(..).collect();
        own.mismatches = mismatches.into_iter().collect();
        own.compared = compared;
    }
    worst
}

/// A fact turns the verdict of all targets if it turns that of one where all keep the promise, and if it turns that of the
/// only one that does not, and no other's.
fn turn_together(own: &mut Measured, other: &Measured, (verdict, others): (Verdict, Verdict)) {
    match (verdict, others) {
        (Verdict::Met, _) => {
            let new = other
                .would_change
                .iter()
                .filter(|change| own.would_change.iter().all(|known| known.fact != change.fact));
            let new: Vec<_> = new.cloned().collect();
            own.would_change.extend(new);
        }
        (_, Verdict::Met) => {
            own.would_change.retain(|change| other.would_change.iter().all(|known| known.fact != change.fact));
        }
        _ => own.would_change.clear(),
    }
}
