//! A statement, or the digest on a printed one, against the files of the case.

use std::sync::Arc;

use leptos::prelude::*;

use super::session::session;
use crate::assess::assess;
use crate::i18n::{fill, visible};
use crate::import::{Code, Refusal};
use crate::statement::result::ResultDocument;
use crate::statement::verify::{Difference, SCHEMA, Stated, Typed, typed};

/// Differences that are listed one by one; the others are counted.
const LISTED: usize = 200;

/// A result that somebody handed over to be checked.
#[derive(Debug, Clone)]
pub struct Handed {
    /// The file's name.
    pub name: String,
    /// What it states.
    pub stated: Stated,
}

/// Whether a file was refused because it is no data but a result, which can be checked.
pub fn is_result(refusal: &Refusal) -> bool {
    matches!(refusal.diagnostics.as_slice(), [only] if only.code == Code::SchemaUnknown && only.found == SCHEMA)
}

/// What the files say to a statement, and to a digest that is typed.
#[component]
pub fn Verify() -> impl IntoView {
    let session = session();
    let words = move || &session.locale.get().texts().statement;
    view! {
        <section class="verify" aria-labelledby="verify-title">
            <h1 id="verify-title">{session.text(|app| app.verify_title)}</h1>
            <p>{session.text(|app| app.verify_hint)}</p>
            {move || handed()}
            <TypedDigest/>
            <p class="quiet">{move || words().digest_proves}</p>
            <p class="quiet">{move || words().digest_proves_not}</p>
        </section>
    }
}

/// Agreement of the statement with the case, or every difference.
fn handed() -> Option<AnyView> {
    let session = session();
    let (app, locale) = (session.app(), session.locale.get());
    let handed = session.stated.get()?;
    let name = visible(&handed.name);
    let said = |result: &'static str, text: String, list: Option<AnyView>| {
        Some(view! { <div role="status" data-verified=result><p><strong>{text}</strong></p>{list}</div> }.into_any())
    };
    // With the readings that are tried, where there are any: the page says so above every view.
    let Some(answer) = session.answer.get() else {
        return said("waiting", fill(app.verify_waiting, &[("name", &name)]), None);
    };
    let (case, question) = (&answer.case, handed.stated.question);
    let own = (answer.month, answer.asked.as_of) == (question.month, question.as_of);
    // Mostly the page has gone to what the result is of, and it is assessed already.
    let found = if own { answer.found } else { assess(&case.record, question).map(Arc::new) };
    let Ok(assessment) = found else {
        return said("waiting", fill(app.verify_waiting, &[("name", &name)]), None);
    };
    let computed = ResultDocument::new(&case.record, &assessment);
    let differences = handed.stated.differences(&computed.text());
    if differences.is_empty() {
        let places: [(&str, &dyn std::fmt::Display); 2] = [("name", &name), ("digest", &computed.digest())];
        return said("agrees", fill(app.verify_file_agrees, &places), None);
    }
    let line = |own: &Difference| view! { <li>{own.sentence(locale)}</li> }.into_any();
    let list: Vec<AnyView> = differences.iter().take(LISTED).map(line).collect();
    let more = differences.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| view! { <p>{fill(app.and_more, &[("count", &more)])}</p> }.into_any());
    let list = view! { <ul>{list}</ul>{more} }.into_any();
    let places: [(&str, &dyn std::fmt::Display); 2] = [("name", &name), ("count", &differences.len())];
    said("differs", fill(app.verify_file_differs, &places), Some(list))
}

#[component]
fn TypedDigest() -> impl IntoView {
    let session = session();
    let text = RwSignal::new(String::new());
    let digest = Memo::new(move |_| {
        let answer = session.answer.get()?;
        let assessment = answer.found.ok()?;
        Some(Arc::<str>::from(ResultDocument::new(&answer.case.record, &assessment).digest()))
    });
    let said = move || {
        let digest = digest.get()?;
        let text = text.get();
        let app = session.app();
        let said = match typed(&text, &digest) {
            _ if text.trim().is_empty() => return None,
            Typed::Agrees => app.verify_typed_agrees.to_owned(),
            Typed::Begins(count) => fill(app.verify_typed_begins, &[("count", &count)]),
            Typed::Differs => fill(app.verify_typed_differs, &[("digest", &digest)]),
            Typed::NoDigest => app.verify_typed_wrong.to_owned(),
        };
        Some(said)
    };
    let shown = move || digest.with(Option::is_some);
    view! {
        <Show when=shown>
            <label class="verify-digest">
                <span>{session.text(|app| app.verify_typed)}</span>
                <input name="digest" type="text" autocomplete="off" spellcheck="false" aria-describedby="verify-typed"
                    on:input=move |event| text.set(event_target_value(&event))/>
            </label>
        </Show>
        <p id="verify-typed" role="status"><strong>{said}</strong></p>
    }
}
