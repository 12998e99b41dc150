use wide::u8x16;

use crate::text::{Range, same};
use crate::{MAX_CELLS, NAMING_CELLS};

/// Where the values that are used are put.
pub(crate) const TIME: usize = 0;
pub(crate) const STATUS: usize = 1;
pub(crate) const NAMING: usize = 2;
pub(crate) const LATENCY: usize = NAMING + NAMING_CELLS;
const PLACES: usize = LATENCY + 1;

/// How many ways of writing a line are remembered.
const MAX_SHAPES: usize = 8;

/// The most bytes of a value.
const MAX_VALUE_BYTES: usize = 4 << 10;

/// The bytes of text that are looked at together.
const BLOCK: usize = 16;

/// What a value of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// The time.
    Time,
    /// The status.
    Status,
    /// The target, which names the series together with the next two.
    Target,
    /// The vantage.
    Vantage,
    /// The check.
    Check,
    /// The round-trip time.
    Latency,
    /// Nothing that is used.
    Aside,
}

impl Meaning {
    const fn place(self) -> Option<usize> {
        match self {
            Self::Time => Some(TIME),
            Self::Status => Some(STATUS),
            Self::Target => Some(NAMING),
            Self::Vantage => Some(NAMING + 1),
            Self::Check => Some(NAMING + 2),
            Self::Latency => Some(LATENCY),
            Self::Aside => None,
        }
    }
}

/// A value of a line: what it is, and where it stands, quotes included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "they say so")]
pub struct Value {
    pub meaning: Meaning,
    pub start: usize,
    pub end: usize,
}

/// Ways of writing a line of JSON.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    shapes: Vec<Shape>,
    /// The place of the one that the line before had.
    last: usize,
}

/// What stands around the values of a line.
#[derive(Debug, PartialEq, Eq)]
struct Shape {
    values: Vec<Slot>,
    /// What follows the last value, without the end of the line.
    rest: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
struct Slot {
    /// What stands before the value, its opening quote included.
    before: Vec<u8>,
    quoted: bool,
    /// Where the value is put, if it is used.
    place: Option<usize>,
}

impl Lines {
    pub fn learn(&mut self, line: &[u8], values: &[Value]) {
        let Some(shape) = Shape::of(line, values) else { return };
        if self.shapes.len() < MAX_SHAPES && !self.shapes.contains(&shape) {
            self.shapes.push(shape);
        }
    }

    /// The values of the line that begins at `start`, each at its place, and where the next line begins.
    #[inline]
    pub fn read(&mut self, text: &[u8], start: usize) -> Option<([Range; PLACES], usize)> {
        if let Some(read) = self.shapes.get(self.last)?.read(text, start) {
            return Some(read);
        }
        let (place, read) =
            self.shapes.iter().enumerate().find_map(|(place, shape)| Some((place, shape.read(text, start)?)))?;
        self.last = place;
        Some(read)
    }
}

impl Shape {
    /// `None` where there are too many values, or one that is neither text nor a number nor a word.
    fn of(line: &[u8], values: &[Value]) -> Option<Self> {
        if values.len() > MAX_CELLS {
            return None;
        }
        let mut at = 0;
        let mut slots = Vec::new();
        for value in values {
            let (start, end) = match *line.get(value.start)? {
                b'{' | b'[' => return None,
                b'"' => (value.start + 1, value.end.checked_sub(1)?),
                _ => (value.start, value.end),
            };
            let (before, place) = (line.get(at..start)?.to_vec(), value.meaning.place());
            slots.push(Slot { before, quoted: start > value.start, place });
            at = end;
        }
        Some(Self { values: slots, rest: line.get(at..)?.to_vec() })
    }

    #[inline]
    fn read(&self, text: &[u8], start: usize) -> Option<([Range; PLACES], usize)> {
        let mut ranges = [Range::default(); PLACES];
        let mut at = start;
        for slot in &self.values {
            at = follows(&slot.before, text, at)?;
            let end = if slot.quoted { text_end(text, at, slot.place.is_none())? } else { bare_end(text, at)? };
            if let Some(range) = slot.place.and_then(|place| ranges.get_mut(place)) {
                let is_null = !slot.quoted && text.get(at) == Some(&b'n');
                *range = Range { start: at, end: if is_null { at } else { end } };
            }
            at = end;
        }
        let end = follows(&self.rest, text, at)?;
        match text.get(end..)? {
            [b'\n', ..] => Some((ranges, end + 1)),
            [b'\r', b'\n', ..] => Some((ranges, end + 2)),
            _ => None,
        }
    }
}

/// Where it goes on behind these bytes, which stand at `at`.
#[inline]
fn follows(expected: &[u8], text: &[u8], at: usize) -> Option<usize> {
    let end = at + expected.len();
    same(expected, text.get(at..end)?).then_some(end)
}

/// Where a text ends that begins at `at`, behind its opening quote; `None` where it has escapes, or characters that JSON
/// does not allow in it. `ascii`: and where it has others than those of ASCII, which somebody would have to look at.
#[inline]
fn text_end(text: &[u8], at: usize, ascii: bool) -> Option<usize> {
    let mut from = at;
    loop {
        let block = text.get(from..)?;
        let (ends, wide) = match block.first_chunk::<BLOCK>() {
            Some(block) => ends_of(block),
            None => {
                let mut last = [0; BLOCK];
                last.iter_mut().zip(block).for_each(|(own, byte)| *own = *byte);
                ends_of(&last)
            }
        };
        let length = ends.trailing_zeros() as usize;
        if ascii && wide & !(u32::MAX << length.min(BLOCK)) != 0 {
            return None;
        }
        if length < BLOCK {
            let end = from + length;
            return (text.get(end) == Some(&b'"')).then_some(end);
        }
        from += BLOCK;
        if from - at > MAX_VALUE_BYTES {
            return None;
        }
    }
}

/// Which bytes are quotes, escapes or none of a text, and which are none of ASCII; the lowest bit is the first byte.
#[inline]
fn ends_of(block: &[u8; BLOCK]) -> (u32, u32) {
    let bytes = u8x16::from(*block);
    let quotes = bytes.simd_eq(u8x16::splat(b'"')) | bytes.simd_eq(u8x16::splat(b'\\'));
    let controls = bytes.max(u8x16::splat(b' ' - 1)).simd_eq(u8x16::splat(b' ' - 1));
    ((quotes | controls).to_bitmask(), bytes.to_bitmask())
}

/// Where a number, `true`, `false` or `null` ends that begins at `at`; `None` where it is none of JSON, or one with an
/// exponent.
#[inline]
fn bare_end(text: &[u8], at: usize) -> Option<usize> {
    let bare = text.get(at..)?;
    let word = |word: &[u8]| bare.starts_with(word).then_some(at + word.len());
    let whole = match bare.first()? {
        b't' => return word(b"true"),
        b'f' => return word(b"false"),
        b'n' => return word(b"null"),
        b'-' => at + 1,
        _ => at,
    };
    let point = digits_end(text, whole);
    if point == whole || point > whole + 1 && text.get(whole) == Some(&b'0') || point > whole + MAX_VALUE_BYTES {
        return None;
    }
    let end = if text.get(point) == Some(&b'.') { digits_end(text, point + 1) } else { point };
    (end != point + 1 && end <= point + MAX_VALUE_BYTES && !matches!(text.get(end), Some(b'e' | b'E'))).then_some(end)
}

#[inline]
fn digits_end(text: &[u8], mut at: usize) -> usize {
    while text.get(at).is_some_and(u8::is_ascii_digit) {
        at += 1;
    }
    at
}
