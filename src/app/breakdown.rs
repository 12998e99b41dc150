use leptos::prelude::*;

use super::session::session;

/// What a person reads when a mistake in the program itself has ended it. The words have to be there before: a program
/// that has ended says nothing any more, and the boot script of `index.html` shows them, with the place of the mistake.
#[component]
pub fn Breakdown() -> impl IntoView {
    let session = session();
    view! {
        <div id="sla-breakdown" class="alert breakdown" hidden>
            <h2>{session.text(|app| app.breakdown_title)}</h2>
            <p>{session.text(|app| app.breakdown_advice)}</p>
            <pre></pre>
        </div>
    }
}
