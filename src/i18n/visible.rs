//! Text from files as it is shown: nothing in it that a reader could not see, or that could turn what stands around it.

use std::fmt::Write as _;

/// Neither a control character nor one that has no width or sets the direction of writing.
#[must_use]
pub fn is_visible(character: char) -> bool {
    !character.is_control()
        && !matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

/// Text from a file on one line: what is not visible stands as an escape such as `\u{202e}`, white space as a space.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '\t' | '\n' | '\r' => out.push(' '),
            character if is_visible(character) => out.push(character),
            character => out.extend(character.escape_unicode()),
        }
    }
    out
}

/// The same JSON, in which characters that are not visible stand as escapes of JSON.
#[must_use]
pub fn visible_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for character in json.chars() {
        // Line breaks stand between values only: within text JSON has escapes for them.
        if character == '\n' || is_visible(character) {
            out.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}

/// The same of several, joined.
#[must_use]
pub fn visible_list<'a>(texts: impl IntoIterator<Item = &'a String>, separator: &str) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| visible(text)).collect();
    texts.join(separator)
}
