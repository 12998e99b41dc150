//! Bytes in characters that scripts and styles of HTML hold as they are: two characters for each 13 bits, the last filled up
//! with zeros; base64 takes a twelfth more. The digits are the characters from `#` on, with `~` in the place of `<`. The boot
//! script of index.html reads them too.

const DIGITS: u32 = 91;
/// Bits in two digits.
const BITS: u32 = 13;

/// The bytes as text.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 13 * 16 + 16);
    let (mut held, mut bits) = (0_u32, 0);
    let mut write = |pair: u32| {
        text.extend([pair / DIGITS, pair % DIGITS].map(|digit| match char::from(b'#' + digit as u8) {
            '<' => '~',
            digit => digit,
        }));
    };
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        if bits >= BITS {
            bits -= BITS;
            write(held >> bits);
            held &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        write(held << (BITS - bits));
    }
    text
}

/// As many bytes as a text may hold: the last of them may only fill it up.
#[must_use]
pub const fn most(text: &str) -> usize {
    text.len() / 2 * BITS as usize / 8
}

/// The first `count` bytes of a text; `None` where it is no such text or holds fewer.
#[must_use]
pub fn decode(text: &str, count: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(most(text));
    let (mut held, mut bits) = (0_u32, 0);
    for pair in text.as_bytes().chunks(2) {
        let number = pair.iter().try_fold(0, |number, character| {
            let character = if *character == b'~' { b'<' } else { *character };
            let digit = character.checked_sub(b'#').map(u32::from).filter(|digit| *digit < DIGITS)?;
            Some(number * DIGITS + digit)
        });
        held = held << BITS | number.filter(|number| pair.len() == 2 && *number < 1 << BITS)?;
        bits += BITS;
        while bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    (count <= bytes.len()).then(|| {
        bytes.truncate(count);
        bytes
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_come_out_as_they_went_in(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let text = encode(&bytes);
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<\"".contains(&byte)), "{}", text);
            prop_assert!(text.len() <= bytes.len() * 16 / 13 + 2);
            prop_assert!((bytes.len()..=bytes.len() + 1).contains(&most(&text)));
            prop_assert_eq!(decode(&text, bytes.len()), Some(bytes));
        }
    }

    #[test]
    fn what_is_not_such_a_text_gives_nothing() {
        for text in ["#", "##\u{e9}", "~~~", "# ", "}~"] {
            assert_eq!(decode(text, 0), None, "{text}");
        }
        assert_eq!(decode("##", 2), None);
    }
}
