/// Text from a file, for one line of a document or of the screen: control characters, line breaks among them, and marks
/// that turn the direction of writing become spaces.
#[must_use]
pub fn clean(text: &str) -> String {
    let plain = |letter: char| if letter.is_control() || is_direction(letter) { ' ' } else { letter };
    text.trim().chars().map(plain).collect()
}

/// Marks that turn the direction of writing could make a name read as another.
const fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}
