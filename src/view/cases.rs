use leptos::prelude::*;

use super::Wording;
use super::guarantee::{card_head, notes};
use super::link::to_clause;
use super::stacking::{StackingRow, line, stacking};
use crate::assess::{Article, Assessment, Guarantee, Missing};
use crate::i18n::fill;
use crate::record::Record;
use crate::statement::{CaseInWords, basis, case_heads, case_summary, cases_in_words, named, wording};

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
    let rows = cases.into_iter().map(|own| row(own, guarantee.article, heads.due.is_some(), words)).collect();
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

fn row(own: CaseInWords, article: Article, has_due: bool, words: Wording) -> StackingRow {
    let texts = words.texts();
    let time = |text: String| vec![line("number", text)];
    let mut item = vec![line("when", crate::i18n::visible(&own.id))];
    item.extend(own.about.into_iter().map(|phrase| line("quiet", phrase)));
    let outcome = wording::case_outcome(own.outcome, texts).into_any();
    let mut outcome = vec![("", to_clause(basis::cases(article), outcome, words))];
    outcome.extend(missing(&own.missing, article, words).map(|missing| ("quiet", missing)));
    let mut cells = vec![item, time(own.started)];
    cells.extend(has_due.then(|| time(own.due)));
    cells.extend([time(own.done), outcome]);
    StackingRow { outcome: own.outcome.as_str(), case: Some(own.id), cells }
}

/// What a case lacks, each part with the clause that asks for it.
fn missing(parts: &[Missing], article: Article, words: Wording) -> Option<AnyView> {
    let texts = words.texts();
    let links: Vec<AnyView> = parts
        .iter()
        .enumerate()
        .map(|(place, part)| {
            let apart = (place > 0).then_some(words.app().list_separator);
            let shown = wording::missing(*part, texts).into_any();
            view! { {apart} {to_clause(basis::missing(*part, article), shown, words)} }.into_any()
        })
        .collect();
    let lead = fill(texts.agreement.case_missing, &[("parts", &"")]);
    (!links.is_empty()).then(|| view! { {lead} {links} }.into_any())
}
