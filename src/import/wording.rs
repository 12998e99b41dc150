//! Diagnostics as sentences.

use super::diagnostic::{Diagnostic, Place, shown};
use crate::i18n::{DiagnosticTexts, Locale, fill};
use crate::record::{MappingConflict, MergeError};

/// One sentence that says which file, where in it, what is wrong, and what was expected.
#[must_use]
pub fn sentence(diagnostic: &Diagnostic, locale: Locale) -> String {
    let texts = &locale.texts().diagnostic;
    let Diagnostic { code, file, place, found, expected } = diagnostic;
    let expected = match locale {
        Locale::En => expected.clone(),
        Locale::ZhHant | Locale::ZhHans => expected.replace("`, `", "`、`"),
    };
    let what = fill(code.template(texts), &[("found", found), ("expected", &expected)]);
    let file = shown(file);
    match place_in_words(place, texts) {
        None => fill(texts.in_file, &[("file", &file), ("what", &what)]),
        Some(place) => fill(texts.in_file_at, &[("file", &file), ("place", &place), ("what", &what)]),
    }
}

/// `None` for the file as a whole.
fn place_in_words(place: &Place, texts: &DiagnosticTexts) -> Option<String> {
    Some(match place {
        Place::File => return None,
        Place::Line { line, column: None } => fill(texts.place_line, &[("line", line)]),
        Place::Line { line, column: Some((number, name)) } => {
            fill(texts.place_cell, &[("line", line), ("number", number), ("name", name)])
        }
        Place::Character { line, character } => {
            fill(texts.place_character, &[("line", line), ("character", character)])
        }
        Place::Byte(byte) => fill(texts.place_byte, &[("byte", byte)]),
        Place::Path { path, line: None } => path.clone(),
        Place::Path { path, line: Some(line) } => fill(texts.place_path, &[("path", path), ("line", line)]),
    })
}

/// One sentence that says why two files cannot be of one case.
#[must_use]
pub fn merge_sentence(error: &MergeError, locale: Locale) -> String {
    let texts = &locale.texts().diagnostic;
    match error {
        MergeError::TwoContracts => texts.merge_two_contracts.to_owned(),
        MergeError::TwoCalendars => texts.merge_two_calendars.to_owned(),
        MergeError::Mapping(conflict) => mapping_sentence(conflict, texts),
        MergeError::Target(target) => fill(texts.merge_target, &[("target", &shown(target))]),
        MergeError::SameId { section, id } => fill(texts.merge_same_id, &[("section", section), ("id", &shown(id))]),
    }
}

fn mapping_sentence(conflict: &MappingConflict, texts: &DiagnosticTexts) -> String {
    match conflict {
        MappingConflict::Columns(columns) => fill(texts.mapping_columns, &[("columns", &shown(columns))]),
        MappingConflict::Target(target) => fill(texts.mapping_target, &[("target", &shown(target))]),
        MappingConflict::Chain { target, is } => {
            fill(texts.mapping_chain, &[("target", &shown(target)), ("is", &shown(is))])
        }
        MappingConflict::Declared { target, declared, mapped } => {
            let (declared, mapped) = (shown(declared), shown(mapped));
            fill(texts.mapping_declared, &[("target", &shown(target)), ("declared", &declared), ("mapped", &mapped)])
        }
        MappingConflict::Unread(file) => fill(texts.mapping_unread, &[("file", &shown(file))]),
    }
}
