//! Article 5: a named specialist of customer service.

use super::case::Case;
use super::{Article, Conduct, Guarantee, Handling, Reason, Verdict};

/// Article 5 in this month.
pub(super) fn customer_service(case: &Case) -> Guarantee {
    let mut guarantee = case.not_recorded(Article::CustomerService);
    appointed(case, &mut guarantee, case.contract.service_specialist.as_ref());
    guarantee
}

/// Articles 5.6 and 6.2: somebody was named for the month. A name that is recorded as empty says that nobody was.
pub(super) fn appointed(case: &Case, guarantee: &mut Guarantee, person: Option<&String>) {
    let Some(person) = person else { return };
    guarantee.verdict = match person.trim().is_empty() {
        true => Verdict::Breached,
        false if case.as_of < case.period.end() => {
            guarantee.reasons.insert(Reason::PeriodNotOver);
            Verdict::Undetermined
        }
        false => Verdict::Met,
    };
    guarantee.conduct = Conduct::Handled(Handling { named: Some(person.clone()), cases: None });
}
