use std::ops::Range;

use super::{Part, Point};

/// The agreement in one language. Line n of each renders line n of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// What was signed, letter for letter, in traditional Chinese.
    Original,
    /// A rendering in simplified Chinese, for reading only.
    Simplified,
    /// A rendering in English, for reading only.
    English,
}

impl Edition {
    /// Every edition, the original first.
    pub const ALL: [Self; 3] = [Self::Original, Self::Simplified, Self::English];

    /// The whole text.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Original => include_str!("../../agreement/zh-Hant.txt"),
            Self::Simplified => include_str!("../../agreement/zh-Hans.txt"),
            Self::English => include_str!("../../agreement/en.txt"),
        }
    }

    /// The BCP 47 tag of its language.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Original => "zh-Hant",
            Self::Simplified => "zh-Hans",
            Self::English => "en",
        }
    }
}

/// Lines of the agreement that have an address of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The address.
    pub point: Point,
    /// The lines, the first of the text being 0; half-open.
    pub lines: Range<usize>,
}

impl Passage {
    /// Its lines in an edition, without empty ones.
    pub fn text(&self, edition: Edition) -> impl Iterator<Item = &'static str> {
        let lines = edition.text().lines().skip(self.lines.start).take(self.lines.len());
        lines.filter(|line| !line.is_empty())
    }
}

/// The whole agreement in its order; each point stands there once.
#[must_use]
pub fn passages() -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let (mut article, mut item) = (0, 0);
    for (line, text) in Edition::Original.text().lines().enumerate().filter(|(_, text)| !text.is_empty()) {
        let part = if let Some(number) = heading(text) {
            (article, item) = (number, 0);
            Part::Heading
        } else if let Some(number) = item_number(text) {
            item = number;
            Part::Numbered([number, 0, 0])
        } else if let Some(numbers) = decimal_number(text, item) {
            Part::Numbered(numbers)
        } else if passages.is_empty() {
            Part::Heading
        } else {
            Part::Closing
        };
        let point = Point::new(article, part);
        match passages.last_mut() {
            Some(last) if last.point == point => last.lines.end = line + 1,
            _ => passages.push(Passage { point, lines: line..line + 1 }),
        }
    }
    passages
}

/// `第十條 …`
fn heading(line: &str) -> Option<u8> {
    numeral(line.strip_prefix('第')?.split_once('條')?.0)
}

/// `十、…`
fn item_number(line: &str) -> Option<u8> {
    numeral(line.split_once('、')?.0)
}

/// `4.1 …`, `1.1.2 …`; or `3.…`, which counts within the item above it if there is one.
fn decimal_number(line: &str, item: u8) -> Option<[u8; 3]> {
    let end = line.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
    let written = line.get(..end)?;
    let mut numbers = [0; 3];
    for (number, digits) in numbers.iter_mut().zip(written.trim_end_matches('.').split('.')) {
        *number = digits.parse().ok()?;
    }
    let [first, ..] = numbers;
    Some(if written.ends_with('.') && item > 0 { [item, first, 0] } else { numbers })
}

/// 一 to 十九.
fn numeral(text: &str) -> Option<u8> {
    let digit =
        |letter: char| (1_u8..).zip("一二三四五六七八九".chars()).find(|(_, own)| *own == letter).map(|own| own.0);
    let mut letters = text.chars();
    match (letters.next()?, letters.next(), letters.next()) {
        ('十', None, None) => Some(10),
        ('十', Some(letter), None) => Some(10 + digit(letter)?),
        (letter, None, None) => digit(letter),
        _ => None,
    }
}
