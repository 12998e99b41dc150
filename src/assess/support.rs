//! Article 6: a named engineer, and authorisations of operations.

use crate::sorted::Set;

use super::case::Case;
use super::customer_service::appointed;
use super::single_case::raise;
use super::{Article, CaseOutcome, Conduct, Flag, Guarantee, Missing, SingleCase, Verdict};
use crate::record::{Authorisation, AuthorisationForm};
use crate::time::{HOUR_MS, Instant};

/// Article 6 in this month: an engineer is named, and nothing was done on an authorisation that was none.
///
/// A written form that is missing or late is the customer's failing (`AUTH_DEFICIENT`), no breach of the provider's promise.
pub(super) fn support(case: &Case) -> Guarantee {
    let mut guarantee = case.not_recorded(Article::Support);
    appointed(case, &mut guarantee, case.contract.support_engineer.as_ref());
    let Some(authorisations) = &case.record.authorisations else { return guarantee };
    let listed = case.handled(Article::Support, authorisations.iter().map(|own| authorisation(case, own)));
    let any = |outcome| listed.cases().iter().any(|own| own.outcome == outcome);
    let acted_on = |own: &SingleCase| own.outcome == CaseOutcome::Illegal && operated_on(case, &own.id);
    let (deficient, breached) = (any(CaseOutcome::Deficient), listed.cases().iter().any(acted_on));
    if let Conduct::Handled(mut handling) = listed.conduct {
        handling.named = case.contract.support_engineer.clone();
        guarantee.conduct = Conduct::Handled(handling);
    }
    if breached {
        guarantee.verdict = Verdict::Breached;
        guarantee.reasons = Set::new();
    }
    raise(&mut guarantee, Flag::AuthDeficient, deficient);
    guarantee
}

/// Article 6.4 to 6.6: in writing, signed by a person who may; by telephone with verified credentials, and in writing soon after.
pub(super) fn authorisation(case: &Case, own: &Authorisation) -> SingleCase {
    let mut single = SingleCase::new(&own.id, Some(own.at));
    let signer = may_sign(case, &own.signer, own.at);
    single.lacks(Missing::Signer, signer == Some(false));
    if own.form == AuthorisationForm::Phone {
        single.lacks(Missing::Verification, own.verified != Some(true));
        let due = own.at.plus(i64::from(case.contract.policy.phone_written_within_hours()) * HOUR_MS);
        single.due = Some(due);
        single.done_at = case.known(own.written_at);
        let late = single.done_at.is_none_or(|at| at > due);
        single.lacks(Missing::WrittenForm, late);
    } else {
        single.done_at = case.known(Some(own.at));
    }
    let unverified = own.form == AuthorisationForm::Phone && own.verified == Some(false);
    let unknown = signer.is_none() || (own.form == AuthorisationForm::Phone && own.verified.is_none());
    let form_missing = single.missing.contains(&Missing::WrittenForm);
    let open = single.done_at.is_none() && single.due.is_some_and(|due| case.as_of <= due);
    single.outcome = match () {
        () if signer == Some(false) || unverified => CaseOutcome::Illegal,
        () if unknown => CaseOutcome::NotRecorded,
        () if form_missing && open => CaseOutcome::Pending,
        () if form_missing => CaseOutcome::Deficient,
        () => CaseOutcome::Met,
    };
    single
}

/// Article 6.5: the signer stood on the customer's list at that time; `None` where no list was recorded.
fn may_sign(case: &Case, name: &str, at: Instant) -> Option<bool> {
    let signers = case.contract.signers.as_ref()?;
    Some(signers.iter().any(|signer| {
        let valid = signer.valid_from.is_none_or(|from| from <= at) && signer.valid_to.is_none_or(|to| at < to);
        signer.name == name && valid
    }))
}

fn operated_on(case: &Case, authorisation: &str) -> bool {
    let mut operations = case.record.operations.iter().flatten();
    operations.any(|own| {
        own.authorisation.as_deref() == Some(authorisation)
            && own.started_at.or(own.ended_at).is_none_or(|at| at <= case.as_of)
    })
}
