//! Choices that outlive the page: language, brightness, paper, and, where a person asks for it, which files were opened. What
//! files hold is never stored.

use crate::i18n::Locale;
use crate::statement::paper::Paper;

const LANGUAGE: &str = "sla-statement.language";
const THEME: &str = "sla-statement.theme";
const SINGLE_KEYS: &str = "sla-statement.single-keys";
const PAPER: &str = "sla-statement.paper";
const RECENT: &str = "sla-statement.recent";

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name in the page and in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The choice of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name)
    }
}

/// The language that was chosen before, else the first of the browser's that this program speaks, else English.
pub fn language() -> Locale {
    stored(LANGUAGE).as_deref().and_then(Locale::from_tag).unwrap_or_else(|| {
        let languages = web_sys::window().map(|window| window.navigator().languages()).unwrap_or_default();
        languages.iter().filter_map(|tag| spoken(&tag.as_string()?)).next().unwrap_or(Locale::En)
    })
}

fn spoken(tag: &str) -> Option<Locale> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    match parts.next() {
        Some("en") => Some(Locale::En),
        Some("zh") => {
            let parts: Vec<&str> = parts.collect();
            let has = |name: &str| parts.contains(&name);
            let traditional = has("hant") || !has("hans") && (has("tw") || has("hk") || has("mo"));
            Some(if traditional { Locale::ZhHant } else { Locale::ZhHans })
        }
        _ => None,
    }
}

/// The brightness that was chosen before.
pub fn theme() -> Theme {
    stored(THEME).as_deref().and_then(Theme::named).unwrap_or_default()
}

/// Whether single letters and digits are commands: unless they were turned off.
pub fn single_keys() -> bool {
    stored(SINGLE_KEYS).as_deref() != Some("off")
}

/// Remembers whether they are.
pub fn keep_single_keys(on: bool) {
    keep(SINGLE_KEYS, if on { "on" } else { "off" });
}

/// The paper that was chosen before.
pub fn paper() -> Paper {
    stored(PAPER).as_deref().map(Paper::parse).unwrap_or_default()
}

/// Remembers a choice of paper.
pub fn keep_paper(paper: Paper) {
    keep(PAPER, &paper.to_string());
}

/// The files that were opened before, as they were kept; `None`: nobody asked for that.
pub fn recent() -> Option<String> {
    stored(RECENT)
}

/// Remembers them, or forgets them and that they were to be remembered. `false` where the browser stores nothing.
pub fn keep_recent(files: Option<&str>) -> bool {
    match files {
        Some(files) => {
            keep(RECENT, files);
            stored(RECENT).as_deref() == Some(files)
        }
        None => store().is_some_and(|store| store.remove_item(RECENT).is_ok()),
    }
}

/// Remembers a language.
pub fn keep_language(locale: Locale) {
    keep(LANGUAGE, locale.tag());
}

/// Remembers a brightness.
pub fn keep_theme(theme: Theme) {
    keep(THEME, theme.as_str());
}

fn stored(key: &str) -> Option<String> {
    store()?.get_item(key).ok()?
}

fn store() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// A browser that stores nothing, as in some private windows, forgets the choice: no harm is done.
fn keep(key: &str, value: &str) {
    if let Some(store) = store() {
        store.set_item(key, value).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browsers_language_is_recognised_by_script_or_place() {
        let cases = [
            ("zh-TW", Some(Locale::ZhHant)),
            ("zh-HK", Some(Locale::ZhHant)),
            ("zh-Hant-CN", Some(Locale::ZhHant)),
            ("zh-Hans-HK", Some(Locale::ZhHans)),
            ("zh-CN", Some(Locale::ZhHans)),
            ("zh", Some(Locale::ZhHans)),
            ("en-GB", Some(Locale::En)),
            ("de", None),
        ];
        for (tag, locale) in cases {
            assert_eq!(spoken(tag), locale, "{tag}");
        }
    }
}
