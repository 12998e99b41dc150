//! Bytes in all the printable characters that a script holds as they are: eleven for each nine bytes, the last filled up with
//! zeros. They take a hundredth less than in [`super::base91`], which the boot script reads, too. The digits are the characters
//! from the space on, with `~` in the place of `<`; the last stands first.

const DIGITS: u64 = 94;
/// Nine bytes are two halves of so many bits.
const HALF: u32 = 36;
const BYTES: usize = 9;
const LETTERS: usize = 11;

/// The bytes as text.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / BYTES * LETTERS + LETTERS);
    for nine in bytes.chunks(BYTES) {
        let whole = nine.iter().chain(&[0; BYTES]).take(BYTES).fold(0, |whole, byte| whole << 8 | u128::from(*byte));
        let (mut high, mut low) = ((whole >> HALF) as u64, whole as u64 & ((1 << HALF) - 1));
        for _ in 0..LETTERS {
            low |= (high % DIGITS) << HALF;
            text.push(match char::from(b' ' + (low % DIGITS) as u8) {
                '<' => '~',
                digit => digit,
            });
            (high, low) = (high / DIGITS, low / DIGITS);
        }
    }
    text
}

/// The first `count` bytes of a text; `None` where it is no such text or holds fewer.
#[must_use]
pub fn decode(text: &str, count: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / LETTERS * BYTES);
    for digits in text.as_bytes().chunks(LETTERS) {
        let (mut high, mut low) = (0_u64, 0);
        for character in digits.iter().rev() {
            let character = if *character == b'~' { b'<' } else { *character };
            low = low * DIGITS + character.checked_sub(b' ').map(u64::from).filter(|digit| *digit < DIGITS)?;
            high = high * DIGITS + (low >> HALF);
            low &= (1 << HALF) - 1;
        }
        if digits.len() != LETTERS || high >> HALF != 0 {
            return None;
        }
        let whole = u128::from(high) << HALF | u128::from(low);
        bytes.extend((0..BYTES).rev().map(|place| (whole >> (place * 8)) as u8));
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
            prop_assert!(text.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'<'), "{}", text);
            prop_assert_eq!(text.len(), bytes.len().div_ceil(9) * 11);
            prop_assert_eq!(decode(&text, bytes.len()), Some(bytes));
        }
    }

    #[test]
    fn the_largest_numbers_fit() {
        for bytes in [[255; 18], [0; 18]] {
            assert_eq!(decode(&encode(&bytes), 18).as_deref(), Some(&bytes[..]));
        }
    }

    #[test]
    fn what_is_not_such_a_text_gives_nothing() {
        for text in ["          ", "         \u{e9}", "          \t", "}}}}}}}}}}}"] {
            assert_eq!(decode(text, 0), None, "{text}");
        }
        assert_eq!(decode("           ", 10), None);
    }
}
