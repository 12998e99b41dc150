use leptos::prelude::*;

use super::Wording;
use super::guarantee::{card_head, notes};
use super::link::to_clause;
use super::stacking::{StackingRow, line, stacking};
use crate::assess::{Emergency, Guarantee};
use crate::i18n::{date, visible};
use crate::statement::{basis, wording};

/// Article 4 as a card: every emergency, when the customer had to be told, and when that was done.
pub(super) fn emergency_card(guarantee: &Guarantee, emergencies: &[Emergency], words: Wording) -> AnyView {
    let id = guarantee.article.id();
    let agreement = &words.texts().agreement;
    let heads = [
        agreement.emergency_failed,
        agreement.emergency_determined,
        agreement.emergency_deadline,
        agreement.emergency_notified,
        agreement.emergency_outcome,
    ];
    let rows = emergencies.iter().map(|own| row(own, words)).collect();
    view! {
        <article class="card" data-guarantee=id data-verdict=guarantee.verdict.as_str() aria-labelledby=format!("card-{id}")>
            {card_head(guarantee, None, words)}
            {notes(guarantee, words)}
            <p>{wording::emergencies(emergencies, words.texts())}</p>
            {stacking(&heads, rows)}
        </article>
    }
    .into_any()
}

fn row(own: &Emergency, words: Wording) -> StackingRow {
    let agreement = &words.texts().agreement;
    let targets = visible(&own.targets.join(words.app().list_separator));
    let notified = own.notified_at.map_or_else(|| agreement.emergency_not_notified.to_owned(), |at| words.at(at));
    let day = format!("{} {}", agreement.emergency_day, date(own.day, words.locale));
    let outcome = wording::notice_outcome(own.outcome, words.texts()).into_any();
    let cells = vec![
        vec![line("number when", words.at(own.first_failed_at)), line("quiet", targets)],
        vec![line("number", words.at(own.determined_at))],
        vec![line("number", words.at(own.deadline))],
        vec![line("number", notified)],
        vec![("", to_clause(basis::notice(own.outcome), outcome, words)), line("quiet", day)],
    ];
    StackingRow { outcome: own.outcome.as_str(), case: None, cells }
}
