/// Text of a file as people see it: what could not be seen, or could turn the sentence around it, stands as an escape
/// such as `\u{202e}`. So no two names that differ look alike for it.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if is_visible(character) { out.push(character) } else { out.extend(character.escape_default()) }
    }
    out
}

/// Neither a control character nor one that has no width or sets the direction of writing.
#[must_use]
pub fn is_visible(character: char) -> bool {
    !character.is_control()
        && !matches!(
            character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

/// Whether a spreadsheet program would take a cell with this text for a formula: it begins with one of the
/// signs that do so, in whatever width. An apostrophe before it makes it text.
#[must_use]
pub fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}
