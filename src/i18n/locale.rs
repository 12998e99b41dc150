use std::fmt::Display;

use super::Texts;

#[path = "../../locales/en/mod.rs"]
mod en;
#[path = "../../locales/zh-Hans/mod.rs"]
mod zh_hans;
#[path = "../../locales/zh-Hant/mod.rs"]
mod zh_hant;

/// A language that the program speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Locale {
    /// 繁體中文, the language of the agreement.
    #[default]
    ZhHant,
    /// 简体中文.
    ZhHans,
    /// English.
    En,
}

impl Locale {
    /// Every language, the agreement's first.
    pub const ALL: [Self; 3] = [Self::ZhHant, Self::ZhHans, Self::En];

    /// The BCP 47 tag, such as `zh-Hant`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhHant => "zh-Hant",
            Self::ZhHans => "zh-Hans",
            Self::En => "en",
        }
    }

    /// The language's name in itself.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ZhHant => "繁體中文",
            Self::ZhHans => "简体中文",
            Self::En => "English",
        }
    }

    /// The language of a tag that this program speaks.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    /// The texts of this language.
    #[must_use]
    pub const fn texts(self) -> &'static Texts {
        match self {
            Self::ZhHant => &zh_hant::TEXTS,
            Self::ZhHans => &zh_hans::TEXTS,
            Self::En => &en::TEXTS,
        }
    }
}

/// The text with each `{name}` replaced by its value. A value is never searched for further places.
#[must_use]
pub fn fill(text: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let known = after.split_once('}').and_then(|(name, tail)| {
            let value = values.iter().find(|(key, _)| *key == name)?;
            Some((value.1.to_string(), tail))
        });
        if let Some((value, tail)) = known {
            out.push_str(&value);
            rest = tail;
        } else {
            out.push('{');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}
