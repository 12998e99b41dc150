use std::sync::Arc;

use leptos::prelude::*;

use super::paper::PaperChoice;
use super::session::session;
use crate::statement::Statement;
use crate::statement::result::ResultDocument;
use crate::view::{StatementSheets, View};

/// The statement's sheets. They are always part of the page, so that printing from any view prints them.
#[component]
pub fn Document() -> impl IntoView {
    let session = session();
    let sheets = move || {
        let answer = session.answer.get()?;
        let assessment = answer.found.ok()?;
        let result = ResultDocument::new(&answer.case.record, &assessment);
        let (paper, locale) = (session.paper.get(), session.locale.get());
        let statement =
            Statement::on(paper, answer.agreed.as_ref(), &answer.case.record, &assessment, result.digest(), locale);
        Some(view! { <StatementSheets statement=Arc::new(statement)/> })
    };
    view! {
        <section class="document" data-on-screen=move || (session.view() == View::Statement).to_string()
            aria-label=move || session.app().view_statement>
            <Show when=move || session.view() == View::Statement><PaperChoice/></Show>
            {sheets}
        </section>
    }
}
