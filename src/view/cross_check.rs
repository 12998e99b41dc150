use leptos::prelude::*;

use super::Wording;
use super::stacking::{StackingRow, line, stacking};
use crate::assess::CrossCheck;
use crate::statement::wording;

/// Sums that other systems report, beside what the record tells; nothing where there are none.
pub(super) fn cross_checks(checks: &[CrossCheck], words: Wording) -> Option<AnyView> {
    let (app, heads) = (words.app(), &words.texts().statement);
    let row = |own: &CrossCheck| StackingRow {
        outcome: own.outcome.as_str(),
        case: None,
        cells: vec![
            vec![line("", own.reported.target.clone())],
            vec![line("", own.system.clone()), ("quiet", time(own, words))],
            wording::reported(&own.reported).into_iter().map(|text| line("number", text)).collect(),
            vec![line("number", own.own.map_or_else(|| app.not_available.to_owned(), wording::three))],
            vec![line("", wording::cross_check(own, words.texts()))],
        ],
    };
    let columns =
        [heads.head_target, heads.head_monitoring, heads.head_reported, heads.head_three, heads.head_comparison];
    stacking(&columns, checks.iter().map(row).collect()).map(|table| {
        view! {
            <section class="card" data-part="cross-checks" aria-labelledby="cross-checks">
                <h2 id="cross-checks">{heads.cross_title}</h2>
                <p class="quiet">{heads.cross_note}</p>
                {table}
            </section>
        }
        .into_any()
    })
}

fn time(own: &CrossCheck, words: Wording) -> AnyView {
    match own.reported.span {
        Some(span) => words.span(span),
        None => words.texts().statement.cross_no_time.into_any(),
    }
}
