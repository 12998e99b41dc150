//! Files that were opened before, where a person asks that they be remembered: names, sizes and digests, never what they hold.

use leptos::{ev::MouseEvent, prelude::*};

use super::loading::grouped;
use super::session::session;
use super::settings;
use crate::i18n::{AppTexts, visible};
use crate::import::Imported;
use crate::record::Digest;

/// So many are remembered, the last ones first.
const MOST: usize = 40;

/// A file that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recent {
    /// Its SHA-256.
    pub digest: Digest,
    /// Its size.
    pub bytes: u64,
    /// Its name, without what could break a line.
    pub name: String,
}

/// What is remembered of a file that is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// This very file was opened before.
    Same,
    /// One of its name was, and its content was different.
    Differs,
}

impl Recent {
    /// A file that was read.
    pub fn of(file: &Imported) -> Self {
        let source = file.record.sources.get(&file.digest);
        let name = file.name.replace(char::is_control, " ");
        Self { digest: file.digest, bytes: source.map_or(0, |source| source.bytes), name }
    }

    /// What is remembered of it; `None`: nothing.
    pub fn seen_in(&self, known: &[Self]) -> Option<Seen> {
        let same = known.iter().any(|own| own.digest == self.digest);
        let differs = || known.iter().any(|own| own.name == self.name);
        same.then_some(Seen::Same).or_else(|| differs().then_some(Seen::Differs))
    }
}

/// What was kept. A line that is not understood is left out.
pub fn read(text: &str) -> Vec<Recent> {
    let file = |line: &str| {
        let mut parts = line.splitn(3, ' ');
        let digest = Digest::from_hex(parts.next()?.as_bytes())?;
        Some(Recent { digest, bytes: parts.next()?.parse().ok()?, name: parts.next()?.to_owned() })
    };
    text.lines().filter_map(file).collect()
}

/// A line for each file, to be kept.
pub fn written(files: &[Recent]) -> String {
    files.iter().map(|file| format!("{} {} {}\n", file.digest, file.bytes, file.name)).collect()
}

/// Adds files in front; what was said before of the same name or the same content gives way.
pub fn add(known: &mut Vec<Recent>, opened: Vec<Recent>) {
    known.retain(|own| !opened.iter().any(|file| file.name == own.name || file.digest == own.digest));
    let mut all = opened;
    all.append(known);
    all.truncate(MOST);
    *known = all;
}

/// Whether files are to be remembered, and those that are.
#[component]
pub fn RecentFiles() -> impl IntoView {
    let session = session();
    // What is kept stands in the browser's store; this tells that it was changed.
    let changed = RwSignal::new(false);
    let failed = RwSignal::new(false);
    let kept = move || {
        changed.get();
        settings::recent()
    };
    let choose = move |event| {
        let wanted = event_target_checked(&event);
        let done = settings::keep_recent(wanted.then_some(""));
        failed.set(wanted && !done);
        changed.set(!changed.get_untracked());
    };
    let clear = move |_| {
        settings::keep_recent(Some(""));
        changed.set(!changed.get_untracked());
        super::page::focus_on("input[name=recent]");
    };
    let list = move || kept().map(|kept| list(&read(&kept), session.app(), clear));
    view! {
        <section class="recent" aria-labelledby="recent">
            <h2 id="recent">{session.text(|app| app.recent_title)}</h2>
            <label>
                <input type="checkbox" name="recent" on:change=choose prop:checked=move || kept().is_some()/>
                {session.text(|app| app.recent_keep)}
            </label>
            <p class="field-error" aria-live="polite">{move || failed.get().then(|| session.app().recent_failed)}</p>
            {list}
        </section>
    }
}

fn list(recent: &[Recent], app: &'static AppTexts, clear: impl Fn(MouseEvent) + Send + 'static) -> AnyView {
    if recent.is_empty() {
        return view! { <p class="quiet">{app.recent_none}</p> }.into_any();
    }
    let file = |own: &Recent| {
        let text = format!("{} · {} B · SHA-256 {}", visible(&own.name), grouped(own.bytes), own.digest);
        view! { <li>{text}</li> }.into_any()
    };
    let files: Vec<AnyView> = recent.iter().map(file).collect();
    view! {
        <p class="quiet">{app.recent_hint}</p>
        <ul class="samples-files">{files}</ul>
        <button type="button" class="quiet-button" on:click=clear>{app.recent_clear}</button>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, first: u8) -> Recent {
        let mut digest = [0; 32];
        digest[0] = first;
        Recent { digest: Digest::new(digest), bytes: 5, name: name.to_owned() }
    }

    #[test]
    fn a_file_is_recognised_by_its_content_and_a_changed_one_by_its_name() {
        let known = [file("pings.csv", 1), file("a b 3 月.csv", 2)];
        assert_eq!(file("renamed.csv", 1).seen_in(&known), Some(Seen::Same));
        assert_eq!(file("pings.csv", 3).seen_in(&known), Some(Seen::Differs));
        assert_eq!(file("new.csv", 3).seen_in(&known), None);
    }

    #[test]
    fn what_is_kept_is_read_again_and_what_is_not_understood_is_left_out() {
        let known = vec![file("pings.csv", 1), file("a b 3 月.csv", 2)];
        assert_eq!(read(&written(&known)), known);
        assert_eq!(read(&format!("nonsense\n12 5 x\n{}\n", written(&known))), known);
    }

    #[test]
    fn the_last_opened_stand_first_and_each_once() {
        let mut known = vec![file("pings.csv", 1), file("power.csv", 2)];
        add(&mut known, vec![file("pings.csv", 3), file("copy of power.csv", 2)]);
        assert_eq!(known, [file("pings.csv", 3), file("copy of power.csv", 2)]);
        add(&mut known, (0..50).map(|at| file(&format!("{at}"), 100 + at)).collect());
        assert_eq!((known.len(), known[0].name.as_str()), (MOST, "0"));
    }
}
