use leptos::prelude::*;

use super::Wording;
use super::guarantee::{card_head, notes};
use super::stacking::{StackingRow, stacking};
use crate::assess::{Assessment, Guarantee};
use crate::record::Record;
use crate::statement::{CaseInWords, case_heads, case_summary, cases_in_words, named, wording};

/// Articles 3 and 5 to 9 as a card: who was named, and every case with its times and what it comes to.
pub(super) fn case_card(record: &Record, assessment: &Assessment, guarantee: &Guarantee, words: Wording) -> AnyView {
    let id = guarantee.article.id();
    let texts = words.texts();
    let heads = case_heads(guarantee.article, texts);
    let titles: Vec<&'static str> = [Some(texts.agreement.case_item), Some(heads.started), heads.due, Some(heads.done)]
        .into_iter()
        .flatten()
        .chain([texts.agreement.emergency_outcome])
        .collect();
    let cases = cases_in_words(record, assessment, guarantee, words.locale);
    let rows = cases.into_iter().map(|own| row(own, heads.due.is_some(), words)).collect();
    let person = named(guarantee, texts).map(|(office, person)| {
        view! { <dl class="facts"><div><dt>{office}</dt><dd>{person}</dd></div></dl> }.into_any()
    });
    view! {
        <article class="card" data-guarantee=id data-verdict=guarantee.verdict.as_str() aria-labelledby=format!("card-{id}")>
            {card_head(guarantee, None, words)}
            {notes(guarantee, words)}
            {person}
            {case_summary(guarantee, texts).map(|summary| view! { <p>{summary}</p> }.into_any())}
            {stacking(&titles, rows)}
        </article>
    }
    .into_any()
}

fn row(own: CaseInWords, has_due: bool, words: Wording) -> StackingRow {
    let time = |text: String| vec![("number", text)];
    let mut item = vec![("when", own.id.clone())];
    item.extend(own.about.into_iter().map(|phrase| ("quiet", phrase)));
    let mut outcome = vec![("", wording::case_outcome(own.outcome, words.texts()).to_owned())];
    outcome.extend(own.missing.map(|missing| ("quiet", missing)));
    let mut cells = vec![item, time(own.started)];
    cells.extend(has_due.then(|| time(own.due)));
    cells.extend([time(own.done), outcome]);
    StackingRow { outcome: own.outcome.as_str(), case: Some(own.id), cells }
}
