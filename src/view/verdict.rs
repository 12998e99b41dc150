use leptos::prelude::*;

use super::Wording;
use crate::assess::Verdict;
use crate::statement::wording;

/// A verdict as a sign and a word; colour only repeats what they say.
#[must_use]
pub fn verdict_badge(verdict: Verdict, words: Wording) -> AnyView {
    view! {
        <span class="verdict" data-verdict-sign=verdict.as_str()>
            <span class="verdict-sign" aria-hidden="true">{wording::symbol(verdict)}</span>
            <span class="verdict-word">{wording::verdict(verdict, words.texts())}</span>
        </span>
    }
    .into_any()
}
