use crate::sorted::Map;
use std::sync::Arc;

use leptos::prelude::*;

use super::case::{FileReport, OpenCase};
use super::loading::grouped;
use super::recent::Seen;
use super::save::save_problems;
use super::scrolling::scrolling;
use super::session::{Session, session};
use crate::i18n::{AppTexts, Locale, fill, visible};
use crate::import::{Code, Diagnostic, Fate, Place, more_problems, sentence};

/// Rows of one kind that are listed one by one; the others are counted.
const LISTED: usize = 200;

/// What was read, and above all what was not taken: visible on every view.
#[component]
pub fn FilesRead() -> impl IntoView {
    let session = session();
    move || session.case.get().map(|case| report(&case, session))
}

fn report(case: &Arc<OpenCase>, session: Session) -> AnyView {
    let (locale, app) = (session.locale.get(), session.app());
    let rejected = case.rejected();
    let accepted: u64 = case.record.sources.values().map(|source| source.accepted).sum();
    let any_rejected = rejected > 0;
    let rejected_text = any_rejected.then(|| {
        view! { <strong class="rejected-count">{fill(app.files_rejected, &[("rows", &grouped(rejected))])}</strong> }.into_any()
    });
    let places: [(&str, &dyn std::fmt::Display); 2] =
        [("files", &case.record.sources.len()), ("rows", &grouped(accepted))];
    let differs = case.files.iter().filter(|file| file.seen == Some(Seen::Differs)).count();
    let differs_text = (differs > 0).then(|| {
        view! { <strong class="file-differs">{fill(app.files_differ, &[("files", &differs)])}</strong> }.into_any()
    });
    let any = case.files.iter().any(|file| !file.rejected.is_empty() || !file.notes.is_empty());
    let own = Arc::clone(case);
    let table = any.then(|| {
        let save = move |_| save_all(&own, session);
        view! { <button type="button" class="quiet-button" on:click=save>{app.save_problems}</button> }.into_any()
    });
    view! {
        <details class="files-read" class:has-rejected=any_rejected>
            <summary>
                <span>{fill(app.files_accepted, &places)}</span>
                {rejected_text}
                {differs_text}
            </summary>
            {files(case, app)}
            {groups(app.rejected_title, case.files.iter().flat_map(|file| &file.rejected), locale)}
            {beyond(&case.files, app)}
            {groups(app.notes_title, case.files.iter().flat_map(|file| &file.notes), locale)}
            {notes_beyond(&case.files, app)}
            {table}
        </details>
    }
    .into_any()
}

fn save_all(case: &OpenCase, session: Session) {
    let beyond: Vec<_> = case
        .files
        .iter()
        .flat_map(|file| {
            [(Fate::Rejected, file.rejected_beyond), (Fate::Noted, file.notes_beyond)].map(|own| (file, own))
        })
        .filter_map(|(file, (fate, count))| Some((fate, more_problems(&file.name, count)?)))
        .collect();
    let rejected = case.files.iter().flat_map(|file| &file.rejected).map(|own| (Fate::Rejected, own));
    let notes = case.files.iter().flat_map(|file| &file.notes).map(|own| (Fate::Noted, own));
    save_problems(rejected.chain(notes).chain(beyond.iter().map(|(fate, own)| (*fate, own))), session);
}

/// What is remembered of a file from before.
fn seen(own: Seen, app: &'static AppTexts) -> AnyView {
    match own {
        Seen::Same => view! { <span class="quiet">{app.file_seen}</span> }.into_any(),
        Seen::Differs => view! { <strong class="file-differs">{app.file_differs}</strong> }.into_any(),
    }
}

fn files(case: &OpenCase, app: &'static AppTexts) -> AnyView {
    let rows: Vec<_> = case
        .record
        .sources
        .iter()
        .map(|(digest, source)| {
            let told = || case.files.iter().filter(|file| file.digest == *digest);
            let repeated = told().any(|file| file.repeated);
            view! {
                <tr>
                    <th scope="row">
                        {visible(&source.name)}
                        {repeated.then(|| view! { <span class="quiet">{app.file_repeated}</span> }.into_any())}
                        {told().find_map(|file| file.seen).map(|own| seen(own, app))}
                    </th>
                    <td>{visible(&source.format)}</td>
                    <td class="number right">{grouped(source.bytes)}</td>
                    <td class="number right">{grouped(source.accepted)}</td>
                    <td class="number right">{grouped(source.rejected)}</td>
                    <td class="digest">{digest.to_string()}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    let table = view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{app.file_name}</th>
                    <th scope="col">{app.file_format}</th>
                    <th scope="col" class="right">{app.file_bytes}</th>
                    <th scope="col" class="right">{app.file_accepted}</th>
                    <th scope="col" class="right">{app.file_rejected}</th>
                    <th scope={"col"}>"SHA-256"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    scrolling(Signal::stored(app.files_title.to_owned()), table.into_any())
}

/// Rows beyond those whose places are kept: counted, not hidden.
fn beyond(files: &[FileReport], app: &AppTexts) -> Option<AnyView> {
    let beyond: u64 = files.iter().map(|file| file.rejected_beyond).sum();
    (beyond > 0).then(|| view! { <p>{fill(app.rejected_beyond, &[("rows", &grouped(beyond))])}</p> }.into_any())
}

fn notes_beyond(files: &[FileReport], app: &AppTexts) -> Option<AnyView> {
    let beyond: u64 = files.iter().map(|file| file.notes_beyond).sum();
    (beyond > 0).then(|| view! { <p>{fill(app.notes_beyond, &[("count", &grouped(beyond))])}</p> }.into_any())
}

fn groups<'a>(
    title: &'static str,
    diagnostics: impl Iterator<Item = &'a Diagnostic>,
    locale: Locale,
) -> Option<AnyView> {
    let mut by_code: Map<Code, Vec<&Diagnostic>> = Map::new();
    for diagnostic in diagnostics {
        by_code.of(diagnostic.code).push(diagnostic);
    }
    let any = !by_code.is_empty();
    let groups: Vec<AnyView> = by_code.into_values().map(|group| one_group(&group, locale)).collect();
    any.then(|| view! { <section class="diagnostics"><h3>{title}</h3>{groups}</section> }.into_any())
}

fn one_group(group: &[&Diagnostic], locale: Locale) -> AnyView {
    let app = &locale.texts().app;
    let rows: Vec<AnyView> = group.iter().take(LISTED).map(|diagnostic| row(diagnostic, locale)).collect();
    let more = group.len().saturating_sub(LISTED);
    let example = group.first().map(|first| sentence(first, locale)).unwrap_or_default();
    let table = view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{app.file_name}</th>
                    <th scope="col">{app.rejected_line}</th>
                    <th scope="col">{app.rejected_column}</th>
                    <th scope="col">{app.rejected_found}</th>
                    <th scope="col">{app.rejected_expected}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    view! {
        <details class="diagnostic-group">
            <summary>
                <span class="count number">{format!("{} ×", group.len())}</span>" "{example.clone()}" "
                <code class="quiet">{group.first().map(|first| first.code.as_str())}</code>
            </summary>
            {scrolling(Signal::stored(example), table.into_any())}
            {(more > 0).then(|| view! { <p>{fill(app.and_more, &[("count", &more)])}</p> }.into_any())}
        </details>
    }
    .into_any()
}

fn row(diagnostic: &Diagnostic, locale: Locale) -> AnyView {
    let app = &locale.texts().app;
    let (line, column) = match &diagnostic.place {
        Place::File => (String::new(), String::new()),
        Place::Line { line, column } => {
            let column =
                column.as_ref().map(|(number, name)| format!("{number} ({})", visible(name))).unwrap_or_default();
            (line.to_string(), column)
        }
        Place::Character { line, character } => {
            (line.to_string(), fill(app.character_place, &[("character", character)]))
        }
        Place::Byte(byte) => (String::new(), fill(app.byte_place, &[("byte", byte)])),
        Place::Path { path, line } => (line.map(|line| line.to_string()).unwrap_or_default(), path.clone()),
    };
    view! {
        <tr title=sentence(diagnostic, locale)>
            <td>{visible(&diagnostic.file)}</td>
            <td class="number">{line}</td>
            <td>{column}</td>
            <td class="found">{diagnostic.found.clone()}</td>
            <td>{diagnostic.expected.clone()}</td>
        </tr>
    }
    .into_any()
}
