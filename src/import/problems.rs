//! What is wrong with files as a table for a spreadsheet program: every problem with its code, place, text and sentence.

use super::diagnostic::{Code, Diagnostic, Place};
use super::wording::sentence;
use crate::i18n::{Locale, is_formula, visible};

/// What became of that in which a problem was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The file was not used.
    Refused,
    /// The row was not taken.
    Rejected,
    /// Nothing was left out; a reader should know it all the same.
    Noted,
}

impl Fate {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Rejected => "rejected",
            Self::Noted => "noted",
        }
    }
}

/// The names of the columns, after the mark by which spreadsheet programs know UTF-8.
const HEADER: &str = "\u{feff}fate,code,file,line,column,place,found,expected,sentence\r\n";

/// The table as CSV (RFC 4180, UTF-8 with its mark). No cell is a formula, whatever the files hold.
#[must_use]
pub fn problems_csv<'a>(problems: impl IntoIterator<Item = (Fate, &'a Diagnostic)>, locale: Locale) -> String {
    let mut csv = HEADER.to_owned();
    for (fate, own) in problems {
        let [line, column, place] = place(&own.place);
        let told = sentence(own, locale);
        let cells = [
            fate.as_str(),
            own.code.as_str(),
            &visible(&own.file),
            &line,
            &column,
            &place,
            &own.found,
            &own.expected,
            &told,
        ];
        for (index, text) in cells.into_iter().enumerate() {
            if index > 0 {
                csv.push(',');
            }
            write_cell(&mut csv, text);
        }
        csv.push_str("\r\n");
    }
    csv
}

/// That there are so many more problems of a file than were kept; `None`: all were.
#[must_use]
pub fn more_problems(file: &str, beyond: u64) -> Option<Diagnostic> {
    let more = || Diagnostic {
        code: Code::MoreProblems,
        file: file.to_owned(),
        place: Place::File,
        found: beyond.to_string(),
        expected: String::new(),
    };
    (beyond > 0).then(more)
}

/// Line, number of the column or character, and the name of the place.
fn place(place: &Place) -> [String; 3] {
    let none = String::new;
    match place {
        Place::File => [none(), none(), none()],
        Place::Line { line, column: None } => [line.to_string(), none(), none()],
        Place::Line { line, column: Some((number, name)) } => [line.to_string(), number.to_string(), name.clone()],
        Place::Character { line, character } => [line.to_string(), character.to_string(), none()],
        Place::Byte(byte) => [none(), none(), format!("byte {byte}")],
        Place::Path { path, line } => [line.map(|line| line.to_string()).unwrap_or_default(), none(), path.clone()],
    }
}

/// What begins like a formula is one to a spreadsheet program; an apostrophe before it makes it text.
fn write_cell(csv: &mut String, text: &str) {
    csv.push('"');
    if is_formula(text) {
        csv.push('\'');
    }
    csv.push_str(&text.replace('"', "\"\""));
    csv.push('"');
}
