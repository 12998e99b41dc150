//! Article 8: a written report within 24 hours of accepting a written complaint.

use super::case::Case;
use super::{Article, CaseOutcome, Conduct, Guarantee, Missing, SingleCase};
use crate::record::{Complaint, ComplaintForm};
use crate::time::{HOUR_MS, Instant};

/// Article 8 in this month. A complaint that was not made in writing is listed and asks nothing of the provider.
pub(super) fn complaints(case: &Case) -> Guarantee {
    let Some(complaints) = &case.record.complaints else { return case.not_recorded(Article::Complaints) };
    let (written, spoken): (Vec<&Complaint>, Vec<&Complaint>) =
        complaints.iter().partition(|own| own.form == ComplaintForm::Written);
    let mut guarantee = case.handled(Article::Complaints, written.into_iter().map(|own| complaint(case, own)));
    if let Conduct::Handled(handling) = &mut guarantee.conduct
        && let Some(cases) = &mut handling.cases
    {
        let spoken = spoken.into_iter().map(|own| by_telephone(case, own)).filter(|own| case.lists(own));
        cases.extend(spoken);
        cases.sort_unstable();
    }
    guarantee
}

/// Article 8.3. The hours run through nights and weekends. Before acceptance they have not begun; how long that took is shown.
fn complaint(case: &Case, own: &Complaint) -> SingleCase {
    let (submitted, accepted) = (case.known(own.submitted_at), case.known(own.accepted_at));
    let mut single = SingleCase::new(&own.id, started_at(case, own));
    single.due = accepted.map(|at| at.plus(i64::from(case.contract.terms.complaint_hours) * HOUR_MS));
    single.done_at = case.known(own.first_report_at).filter(|at| submitted.or(accepted).is_none_or(|from| *at >= from));
    single.elapsed_ms = accepted.zip(submitted).map(|(accepted, submitted)| accepted.since(submitted));
    let done = single.done_at.is_some();
    single.lacks(Missing::Acceptance, accepted.is_none() && !done);
    single.lacks(Missing::Report, !done);
    single.outcome = match (single.due, single.done_at) {
        (Some(due), Some(done)) if done > due => CaseOutcome::Breached,
        (_, Some(_)) => CaseOutcome::Met,
        (Some(due), None) if case.as_of > due => CaseOutcome::Breached,
        (_, None) => CaseOutcome::Pending,
    };
    single
}

/// Its acceptance; before that was known its submission, else whatever else is recorded of it.
fn started_at(case: &Case, own: &Complaint) -> Option<Instant> {
    case.known(own.accepted_at).or(own.submitted_at).or(own.accepted_at).or(own.first_report_at)
}

fn by_telephone(case: &Case, own: &Complaint) -> SingleCase {
    let mut single = SingleCase::new(&own.id, started_at(case, own));
    single.lacks(Missing::WrittenForm, true);
    single.done_at = case.known(own.first_report_at);
    single.outcome = CaseOutcome::Deficient;
    single
}
