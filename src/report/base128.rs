//! Bytes in characters that scripts of HTML in UTF-8 hold as they are: seven bits to each byte of the file, where digits that
//! can all be printed ([`super::base91`]) hold six and a half. The boot script of index.html reads them.

/// Seven bits that cannot stand for themselves: HTML makes another character of them, or sees markup; or they mean the end of
/// a line or of a file to other programs that hand the file on; or they mark a place in a [`super::Frame`]. The boot script
/// has the same list.
const ELSEWHERE: [u8; 6] = [0, 1, b'\n', b'\r', 0x1a, b'<'];
/// The first character that stands for seven bits of [`ELSEWHERE`] and the seven that follow, 128 for each.
const PAIRS: u32 = 0x100;
/// The first that stands for the last seven bits alone.
const LAST: u32 = 0x400;

/// The bytes as text.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 7 * 8 + 8);
    let mut sevens = Sevens { bytes, bit: 0 };
    while let Some(own) = sevens.next() {
        let character = match ELSEWHERE.iter().position(|other| *other == own) {
            None => Some(char::from(own)),
            Some(place) => char::from_u32(match sevens.next() {
                Some(following) => PAIRS + place as u32 * 128 + u32::from(following),
                None => LAST + place as u32,
            }),
        };
        text.extend(character);
    }
    text
}

/// The first `count` bytes of a text; `None` where it is no such text or holds fewer.
#[must_use]
pub fn decode(text: &str, count: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 8 * 7 + 1);
    let (mut held, mut bits) = (0_u32, 0);
    let mut take = |seven: u32| {
        held = held << 7 | seven;
        bits += 7;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    };
    let elsewhere = |place: u32| ELSEWHERE.get(place as usize).copied().map(u32::from);
    for character in text.chars().map(u32::from) {
        match character {
            LAST.. => take(elsewhere(character - LAST)?),
            PAIRS.. => {
                take(elsewhere((character - PAIRS) / 128)?);
                take(character % 128);
            }
            0..128 => take(character),
            _ => return None,
        }
    }
    bytes.truncate(count);
    (bytes.len() == count).then_some(bytes)
}

/// Bytes as seven bits each, from the highest on; the last are filled up with zeros.
struct Sevens<'a> {
    bytes: &'a [u8],
    bit: usize,
}

impl Iterator for Sevens<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        let first = u16::from(*self.bytes.get(self.bit / 8)?);
        let second = self.bytes.get(self.bit / 8 + 1).map_or(0, |byte| u16::from(*byte));
        let seven = (first << 8 | second) >> (9 - self.bit % 8) & 127;
        self.bit += 7;
        u8::try_from(seven).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_come_out_as_they_went_in(bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0_u8..3], 0..600)) {
            let text = encode(&bytes);
            prop_assert!(!text.bytes().any(|byte| ELSEWHERE.contains(&byte)), "{:?}", text);
            prop_assert!(text.len() <= bytes.len() * 8 / 7 + 2);
            prop_assert_eq!(decode(&text, bytes.len() + 1), None);
            prop_assert_eq!(decode(&text, bytes.len()), Some(bytes));
        }
    }

    #[test]
    fn what_is_not_such_a_text_gives_nothing() {
        for text in ["\u{80}", "\u{ff}", "\u{406}", "\u{3fff}"] {
            assert_eq!(decode(text, 0), None, "{text}");
        }
        assert_eq!(decode("ab", 2), None);
    }
}
