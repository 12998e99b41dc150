use crate::contract::{Fen, Script, capitals, fen_of_capitals};
use crate::i18n::{Locale, Texts, fill};

/// An amount in figures and in RMB capitals, side by side and checked against each other.
///
/// The capitals follow the language of the document; an English one bears those of the agreement's own language.
/// Where the two do not read back as the same fen, the text says so in place of the capitals.
#[must_use]
pub fn in_words(amount: Fen, locale: Locale) -> String {
    let texts: &Texts = locale.texts();
    let written = capitals(amount, script(locale));
    let figures = amount.to_string();
    let agree = fen_of_capitals(&written).is_ok_and(|back| figures.parse() == Ok(back));
    let written = if agree { written.as_str() } else { texts.statement.amount_mismatch };
    fill(texts.statement.amount_both, &[("capitals", &written), ("figures", &figures)])
}

const fn script(locale: Locale) -> Script {
    match locale {
        Locale::ZhHans => Script::Simplified,
        Locale::ZhHant | Locale::En => Script::Traditional,
    }
}
