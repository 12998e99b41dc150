use leptos::prelude::*;

use super::route::View;
use super::session::session;
use crate::statement;
use crate::view::statement::StatementSheets;

/// The statement's sheets. They are always part of the page, so that printing from any view prints them.
#[component]
pub fn Document() -> impl IntoView {
    let session = session();
    let sheets = move || {
        let answer = session.answer.get()?;
        let assessment = answer.found.ok()?;
        Some(StatementSheets(&answer.case.record, &assessment, session.locale.get()))
    };
    view! {
        <section class="document" data-on-screen=move || (session.view() == View::Statement).to_string()
            aria-label=move || session.app().view_statement>
            {sheets}
        </section>
    }
}
