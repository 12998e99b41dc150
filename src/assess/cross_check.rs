//! Sums that other systems report, held against what the samples of the same target tell. Nothing of it counts.

use super::case::Case;
use super::downtime::Watched;
use super::flag::names;
use super::steps::pause;
use super::{Article, Downtime};
use crate::record::{Reported, Role};
use crate::time::{Interval, SECOND_MS};

names! {
    /// What comes of holding a reported sum against the record.
    CrossCheckOutcome {
        /// It lies within what the record leaves possible.
        Meets = "meets",
        /// It does not.
        DoesNotMeet = "does_not_meet",
        /// It states no figure.
        NoFigure = "no_figure",
        /// The record knows no target of that name.
        TargetUnknown = "target_unknown",
        /// It does not say of which time it speaks.
        TimeUnknown = "time_unknown",
        /// It speaks of another time than the period.
        OtherTime = "other_time",
        /// The period is not over.
        PeriodNotOver = "period_not_over",
        /// It leaves time out.
        Partial = "partial",
        /// The record tells nothing of the period.
        NotWatched = "not_watched",
    }
}

/// A reported sum beside what the record tells of the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossCheck {
    /// What was reported.
    pub reported: Reported,
    /// By which system.
    pub system: String,
    /// Downtime of the target by the source that decides, before exclusions; `None` where nothing is known.
    pub own: Option<Downtime>,
    /// What comes of it.
    pub outcome: CrossCheckOutcome,
    /// By how much it lies outside at least, in milliseconds.
    pub by_ms: i64,
}

/// Every reported sum, and the article whose target it does not meet.
pub(super) async fn cross_checks(case: &Case<'_>) -> (Vec<CrossCheck>, Vec<Article>) {
    let (mut checks, mut contradicted) = (Vec::new(), Vec::new());
    let targets = if case.record.reported.is_empty() { Vec::new() } else { case.targets(|_| true) };
    for reported in case.record.reported.iter() {
        let place = targets.partition_point(|(target, _)| *target < reported.target);
        let role = targets.get(place).filter(|(target, _)| *target == reported.target).map(|(_, role)| *role);
        let check = checked(case, reported, role.map(|role| case.watched(&reported.target, role)).as_ref());
        if check.outcome == CrossCheckOutcome::DoesNotMeet {
            contradicted.extend(role.and_then(article_of));
        }
        checks.push(check);
        pause().await;
    }
    (checks, contradicted)
}

const fn article_of(role: Role) -> Option<Article> {
    match role {
        Role::Network => Some(Article::Network),
        Role::Power(_) => Some(Article::Power),
        Role::Application(_) => None,
    }
}

fn checked(case: &Case, reported: &Reported, watched: Option<&Watched>) -> CrossCheck {
    let known = watched.filter(|own| own.known_ms(case.elapsed()) > 0);
    let own = known.map(|own| own.downtime(case.period));
    let system = case.record.sources.get(&reported.origin.source).map_or("", |source| source.system()).to_owned();
    let outcome = |outcome, by_ms| CrossCheck { reported: reported.clone(), system, own, outcome, by_ms };
    if watched.is_none() {
        return outcome(CrossCheckOutcome::TargetUnknown, 0);
    }
    let Some((least, most)) = bounds(reported, case.period) else { return outcome(CrossCheckOutcome::NoFigure, 0) };
    let why_not = match reported.span {
        None => Some(CrossCheckOutcome::TimeUnknown),
        Some(span) if span != case.period => Some(CrossCheckOutcome::OtherTime),
        Some(_) if case.elapsed() != case.period => Some(CrossCheckOutcome::PeriodNotOver),
        Some(_) if reported.partial => Some(CrossCheckOutcome::Partial),
        Some(_) => None,
    };
    match (why_not, own) {
        (Some(why), _) => outcome(why, 0),
        (None, None) => outcome(CrossCheckOutcome::NotWatched, 0),
        (None, Some(Downtime { lower, upper, .. })) => {
            let by_ms = (least - upper).max(lower - most).max(0);
            let met = if by_ms == 0 { CrossCheckOutcome::Meets } else { CrossCheckOutcome::DoesNotMeet };
            outcome(met, by_ms)
        }
    }
}

/// The least and the most downtime that the figure can stand for, rounded as it was: seconds tell more than a percentage.
fn bounds(reported: &Reported, period: Interval) -> Option<(i64, i64)> {
    let by_seconds = reported.downtime_ms.map(|ms| ((ms - SECOND_MS).max(0), ms + SECOND_MS));
    by_seconds.or_else(|| Some(reported.availability?.missing_of(period.ms())))
}
