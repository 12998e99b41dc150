//! How much room a text takes on paper, estimated so that no real font takes more.
//!
//! Widths are in hundredths of a millimetre, and integers throughout: the sheets are the same wherever they are laid out.

/// A size of type, by the width of its em in hundredths of a millimetre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Type {
    em: i64,
}

impl Type {
    /// 10.5 pt, running text.
    pub const BODY: Self = Self { em: 371 };
    /// 9 pt, tables of the statement.
    pub const TABLE: Self = Self { em: 318 };
    /// 8 pt, tables of the annexes.
    pub const FINE: Self = Self { em: 283 };
    /// 12 pt bold, headings.
    pub const HEADING: Self = Self { em: 474 };
    /// 10.5 pt bold, small headings.
    pub const SUBHEADING: Self = Self { em: 415 };

    /// The same size in bold, which runs wider.
    #[must_use]
    pub const fn bold(self) -> Self {
        Self { em: self.em * 112 / 100 }
    }

    /// The width of a text on one line, in hundredths of a millimetre.
    #[must_use]
    pub fn width(self, text: &str) -> i64 {
        self.width_of(advances(text))
    }

    /// The width of so many thousandths of an em.
    const fn width_of(self, advances: i64) -> i64 {
        advances * self.em / 1_000
    }

    /// The text broken into lines of at most `width`. Empty text is one empty line.
    ///
    /// Lines break at spaces and around Chinese characters, and inside a word only where it is wider than a whole line.
    #[must_use]
    pub fn wrap(self, text: &str, width: i64) -> Vec<String> {
        let (mut lines, mut used) = (vec![String::new()], 0);
        for piece in pieces(text) {
            self.append(&mut lines, &mut used, piece, width);
        }
        lines
    }

    /// How many lines the text takes at that width; at least one.
    #[must_use]
    pub fn lines(self, text: &str, width: i64) -> i64 {
        i64::try_from(self.wrap(text, width).len()).unwrap_or(i64::MAX)
    }

    /// The text, cut off with an ellipsis where it takes more than so many lines.
    #[must_use]
    pub fn clip(self, text: &str, width: i64, lines: usize) -> String {
        let wrapped = self.wrap(text, width);
        if wrapped.len() <= lines {
            return text.to_owned();
        }
        let mut kept: String = wrapped.into_iter().take(lines).collect();
        while self.wrap(&format!("{kept}…"), width).len() > lines && kept.pop().is_some() {}
        format!("{kept}…")
    }

    /// Appends to the last line, or breaks it. `used`: the advances of all that stands in it.
    fn append(self, lines: &mut Vec<String>, used: &mut i64, piece: &str, width: i64) {
        let Some(line) = lines.last_mut() else { return };
        if self.width_of(*used + advances(piece.trim_end())) <= width {
            line.push_str(piece);
            *used += advances(piece);
            return;
        }
        if !line.is_empty() {
            lines.push(String::new());
            *used = 0;
        }
        for letter in piece.chars() {
            let Some(line) = lines.last_mut() else { return };
            let own = advance(letter);
            if letter == ' ' || line.is_empty() || self.width_of(*used) + self.width_of(own) <= width {
                line.push(letter);
                *used += own;
            } else {
                lines.push(letter.to_string());
                *used = own;
            }
        }
    }
}

/// The width of each character from space to `~` in thousandths of an em: of DejaVu Sans and DejaVu Serif, which are the widest
/// that a machine falls back to, whichever is wider.
#[rustfmt::skip]
const ASCII_ADVANCES: [u16; 95] = [
    318, 402, 474, 838, 636, 950, 890, 278, 390, 390, 500, 838, 327, 361, 327, 392,
    636, 636, 636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 536,
    1000, 722, 735, 765, 802, 730, 694, 799, 872, 405, 535, 747, 664, 1024, 875, 820,
    673, 820, 753, 685, 667, 843, 722, 1053, 712, 687, 695, 390, 392, 390, 838, 563,
    606, 613, 640, 560, 640, 615, 388, 640, 663, 332, 311, 607, 334, 974, 661, 612,
    640, 640, 478, 521, 402, 653, 592, 856, 592, 592, 527, 636, 337, 636, 838,
];

/// The widths of all characters together in thousandths of an em.
fn advances(text: &str) -> i64 {
    text.chars().map(advance).sum()
}

/// The width of a character in thousandths of an em, no narrower than in any common font.
fn advance(letter: char) -> i64 {
    let ascii = (letter as usize).checked_sub(0x20).and_then(|at| ASCII_ADVANCES.get(at));
    ascii.map_or(1_000, |advance| i64::from(*advance))
}

/// Whether lines may break on either side: Chinese, Japanese and Korean characters and their punctuation.
const fn is_wide(letter: char) -> bool {
    letter as u32 >= 0x2e80
}

/// Signs that no line begins with.
const fn closes(letter: char) -> bool {
    matches!(
        letter,
        ',' | '.'
            | ':'
            | ';'
            | '!'
            | '?'
            | ')'
            | ']'
            | '}'
            | '%'
            | '/'
            | '-'
            | '’'
            | '”'
            | '“'
            | '…'
            | '—'
            | ' '
            | '々'
            | '～'
            | '％'
            | '，'
            | '。'
            | '、'
            | '；'
            | '：'
            | '！'
            | '？'
            | '）'
            | '》'
            | '」'
            | '』'
            | '】'
    )
}

/// Signs that no line ends with.
const fn opens(letter: char) -> bool {
    matches!(letter, '(' | '[' | '{' | '¥' | '‘' | '“' | '”' | '（' | '《' | '「' | '『' | '【')
}

/// The pieces between which a line may break. Where a browser would break more often, lines only become fewer.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let breaks = before.is_some_and(|before: char| {
            let free = before == ' ' || is_wide(before) || is_wide(letter);
            free && !closes(letter) && !opens(before)
        });
        if breaks {
            out.push(&text[start..at]);
            start = at;
        }
        before = Some(letter);
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_between_chinese_characters() {
        let em = Type::BODY.em;
        assert_eq!(Type::BODY.wrap("不聯通時間，共計", 5 * em), ["不聯通時", "間，共計"]);
        assert_eq!(Type::BODY.wrap("one two", Type::BODY.width("one t")), ["one ", "two"]);
        assert_eq!(Type::BODY.wrap("", em), [""]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_and_nothing_is_lost() {
        let text = "sha256 ".to_owned() + &"f".repeat(64);
        let lines = Type::FINE.wrap(&text, 3_000);
        assert!(lines.iter().all(|line| Type::FINE.width(line.trim_end()) <= 3_000));
        assert_eq!(lines.concat(), text);
    }

    #[test]
    fn a_clipped_text_says_so_and_fits() {
        let clipped = Type::BODY.clip("北京市海淀區某某路一號某某大廈", 1_500, 2);
        assert!(clipped.ends_with('…'));
        assert!(Type::BODY.lines(&clipped, 1_500) <= 2);
        assert_eq!(Type::BODY.clip("北京", 1_500, 1), "北京");
    }
}
