use leptos::prelude::*;

use super::intake::{FileButton, open_demo};
use super::own_file;
use super::session::session;

/// What this is, that nothing leaves the computer, how to get an export; then the ways in.
#[component]
pub fn Empty() -> impl IntoView {
    let session = session();
    view! {
        <div class="empty">
            <h1>{move || session.app().empty_title}</h1>
            <ul class="empty-lines">
                <li>{move || session.app().empty_what}</li>
                <li>{move || session.app().empty_private}</li>
                <li>{move || session.app().empty_how}</li>
            </ul>
            <div class="drop-area">
                <p class="drop-text">{move || session.app().drop_here}</p>
                <FileButton text=move || session.app().choose_files/>
                <p class="quiet">{move || session.app().accepted_kinds}</p>
            </div>
            <p class="demo-line">
                {move || session.app().demo_line}
                <button type="button" class="demo" on:click=move |_| open_demo(session)>
                    {move || session.app().open_demo}
                </button>
            </p>
            {(!own_file::is_single()).then(|| view! {
                <p class="demo-line">
                    {move || session.app().offline_line}
                    <a href=own_file::SINGLE_FILE download=own_file::SINGLE_FILE>{move || session.app().offline_link}</a>
                </p>
            }.into_any())}
        </div>
    }
}
