use leptos::prelude::*;

use super::Wording;
use super::guarantee::{card_head, notes};
use super::link::to_clause;
use crate::assess::{Emergency, Guarantee};
use crate::i18n::date;
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
    let heads: Vec<_> =
        heads.into_iter().map(|head| view! { <th scope="col" role="columnheader">{head}</th> }).collect();
    let rows: Vec<AnyView> = emergencies.iter().map(|own| row(own, words)).collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <table class="stacking" role="table">
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
    });
    view! {
        <article class="card" data-guarantee=id data-verdict=guarantee.verdict.as_str() aria-labelledby=format!("card-{id}")>
            {card_head(guarantee, None, words)}
            {notes(guarantee, words)}
            <p>{wording::emergencies(emergencies, words.texts())}</p>
            {table}
        </article>
    }
    .into_any()
}

fn row(own: &Emergency, words: Wording) -> AnyView {
    let agreement = &words.texts().agreement;
    let targets = own.targets.join(words.app().list_separator);
    let notified = own.notified_at.map_or_else(|| agreement.emergency_not_notified.to_owned(), |at| words.at(at));
    let day = format!("{} {}", agreement.emergency_day, date(own.day, words.locale));
    view! {
        <tr role="row" data-outcome=own.outcome.as_str()>
            <td role="cell" data-label=agreement.emergency_failed>
                <div class="cell">
                    <p class="number when">{words.at(own.first_failed_at)}</p>
                    <p class="quiet">{targets}</p>
                </div>
            </td>
            <td role="cell" data-label=agreement.emergency_determined>
                <div class="cell"><p class="number">{words.at(own.determined_at)}</p></div>
            </td>
            <td role="cell" data-label=agreement.emergency_deadline>
                <div class="cell"><p class="number">{words.at(own.deadline)}</p></div>
            </td>
            <td role="cell" data-label=agreement.emergency_notified>
                <div class="cell"><p class="number">{notified}</p></div>
            </td>
            <td role="cell" data-label=agreement.emergency_outcome>
                <div class="cell">
                    <p>{to_clause(basis::notice(own.outcome), wording::notice_outcome(own.outcome, words.texts()).into_any(), words)}</p>
                    <p class="quiet">{day}</p>
                </div>
            </td>
        </tr>
    }
    .into_any()
}
