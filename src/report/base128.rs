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

    /// As the boot script reads it.
    fn decode(text: &str) -> Vec<u8> {
        let mut sevens = Vec::new();
        for character in text.chars().map(u32::from) {
            let elsewhere = |place: u32| ELSEWHERE.get(place as usize).copied().unwrap_or(255);
            match character {
                0..128 => sevens.push(character as u8),
                LAST.. => sevens.push(elsewhere(character - LAST)),
                _ => sevens.extend([elsewhere((character - PAIRS) >> 7), (character & 127) as u8]),
            }
        }
        let bits: Vec<u8> = sevens.iter().flat_map(|seven| (0..7).rev().map(move |bit| seven >> bit & 1)).collect();
        bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | bit)).collect()
    }

    proptest! {
        #[test]
        fn bytes_come_out_as_they_went_in(bytes in prop::collection::vec(prop_oneof![any::<u8>(), 0_u8..3], 0..600)) {
            let text = encode(&bytes);
            prop_assert!(!text.bytes().any(|byte| ELSEWHERE.contains(&byte)), "{:?}", text);
            prop_assert!(text.len() <= bytes.len() * 8 / 7 + 2);
            prop_assert_eq!(decode(&text), bytes);
        }
    }
}
