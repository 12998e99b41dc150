use leptos::prelude::*;

use super::session::{Phase, session};
use crate::i18n::fill;
use crate::worker::protocol::Progress;

/// How far the reading has come, and the way to give it up.
#[component]
pub fn Loading() -> impl IntoView {
    let session = session();
    // What is read is still to be assessed: it stays as far as it has come.
    let progress = Memo::new(move |last: Option<&Progress>| match session.phase.get() {
        Phase::Loading(progress) => progress,
        Phase::Idle | Phase::Failed(_) => last.copied().unwrap_or_default(),
    });
    let percent = move || progress.get().percent();
    let bytes = move || {
        let progress = progress.get();
        let places: [(&str, &dyn std::fmt::Display); 2] =
            [("done", &megabytes(progress.bytes)), ("total", &megabytes(progress.total))];
        fill(session.app().loading_bytes, &places)
    };
    let rows = move || fill(session.app().loading_rows, &[("rows", &grouped(progress.get().rows))]);
    // Spoken at every quarter only: a listener wants to know, not to be talked over.
    let spoken = Memo::new(move |_| percent() / 25 * 25);
    view! {
        <section class="loading" aria-labelledby="loading-title">
            <h2 id="loading-title">{session.text(|app| app.loading_title)}</h2>
            <div class="progress" role="progressbar" aria-labelledby="loading-title" aria-valuemin="0" aria-valuemax="100"
                aria-valuenow=percent aria-valuetext=move || format!("{} · {}", bytes(), rows())>
                <div class="progress-done" style:inline-size=move || format!("{}%", percent())></div>
            </div>
            <p class="progress-figures">
                <span class="number">{bytes}</span>
                <span class="number">{rows}</span>
                <span class="number">{move || format!("{} %", percent())}</span>
            </p>
            <p class="visually-hidden" role="status">
                {move || fill(session.app().loading_status, &[("percent", &spoken.get())])}
            </p>
            <button type="button" on:click=move |_| session.cancel()>{session.text(|app| app.cancel)}</button>
        </section>
    }
}

/// `12.3`, cut off.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{}", grouped(tenths / 10), tenths % 10)
}

/// A whole number with its thousands set apart.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_cut_off_and_set_apart() {
        assert_eq!(megabytes(58_949_999), "58.9");
        assert_eq!(megabytes(6_190_000_000), "6,190.0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000_000), "1,000,000");
    }
}
