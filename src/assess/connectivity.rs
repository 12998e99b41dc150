//! Article 1: connectivity of the network.

use crate::sorted::Set;

use super::downtime::{Measuring, Watched};
use super::exclusion::Claim;
use super::ruling::{Limit, Limits};
use super::watch::Watch;
use super::{Article, Case, Clause, Conduct, Flag, Guarantee, Measured, Mismatch, Verdict, force_majeure};
use crate::contract::{PartialMinutes, TargetAggregate};
use crate::record::{Ground, Maintenance, Role, Stance};
use crate::time::Interval;

/// What is known of each network target.
#[derive(Clone, Default)]
pub(super) struct Network {
    /// Those that are still to be looked at, the next one last.
    left: Vec<(String, Role)>,
    watched: Vec<Watched>,
    /// Watched as the policy would have it if a single failure already counted.
    with_singles: Vec<Watch>,
}

impl Network {
    /// The targets, none of which is looked at yet.
    pub(super) fn new(case: &Case) -> Self {
        let mut left = case.targets(|role| role == Role::Network);
        left.reverse();
        Self { left, ..Self::default() }
    }

    /// Looks at the next target; whether there was one.
    pub(super) fn step(&mut self, case: &Case) -> bool {
        let Some(target) = self.left.pop() else { return false };
        let targets = [target];
        let watched = case.watched(&targets);
        self.with_singles.extend(case.with_singles(&targets, &watched));
        self.watched.extend(watched);
        true
    }

    /// Each target that was looked at, in order.
    pub(super) fn watched(&self) -> &[Watched] {
        &self.watched
    }
}

/// Article 1 in this month.
pub(super) fn connectivity(case: &Case, network: &Network) -> Guarantee {
    let Network { watched, with_singles, .. } = network;
    if watched.is_empty() {
        return case.not_recorded(Article::Network);
    }
    let aggregate = case.contract.policy.target_aggregate();
    if aggregate == TargetAggregate::PerTarget {
        let each = watched.chunks(1).zip(with_singles.chunks(1));
        return worst(each.map(|(watched, singles)| guarantee(case, watched, singles, 1)).collect(), case);
    }
    let quorum = if aggregate == TargetAggregate::All { watched.len() } else { 1 };
    guarantee(case, watched, with_singles, quorum)
}

fn guarantee(case: &Case, watched: &[Watched], with_singles: &[Watch], quorum: usize) -> Guarantee {
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
            let mismatches: Set<Mismatch> = own.mismatches.drain(..).chain(other.mismatches).collect();
            own.mismatches = mismatches.into_iter().collect();
            let first = other.compared.first();
            let place = own.compared.partition_point(|known| first.is_some_and(|first| known.target <= first.target));
            let later = own.compared.split_off(place);
            own.compared.extend(other.compared.into_iter().chain(later));
            own.targets.extend(other.targets);
        }
    }
    if let Conduct::Measured(own) = &mut worst.conduct {
        own.outages.sort_by_key(|outage| (outage.shown.start(), outage.id.clone()));
        own.gaps.sort();
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
