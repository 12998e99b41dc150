//! Bytes in characters that HTML leaves alone: five characters for each four bytes, the last filled up with zeros; base64
//! takes a fifteenth more. The digits are the characters from `(` on, with `}` in the place of `<`. The boot script of
//! index.html reads them too.

/// The bytes as text.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(4) * 5);
    for chunk in bytes.chunks(4) {
        let number = (0..4).fold(0, |number, at| number << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        text.extend([85_u32.pow(4), 85_u32.pow(3), 85_u32.pow(2), 85, 1].map(|unit| {
            match char::from(b'(' + (number / unit % 85) as u8) {
                '<' => '}',
                digit => digit,
            }
        }));
    }
    text
}

/// The first `count` bytes of a text; `None` where it is no such text or holds fewer.
#[must_use]
pub fn decode(text: &str, count: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 5 * 4);
    for five in text.as_bytes().chunks(5) {
        let number = five.iter().try_fold(0_u32, |number, character| {
            let character = if *character == b'}' { b'<' } else { *character };
            let digit = character.checked_sub(b'(').filter(|digit| *digit < 85)?;
            number.checked_mul(85)?.checked_add(u32::from(digit))
        });
        bytes.extend(number.filter(|_| five.len() == 5)?.to_be_bytes());
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
            prop_assert!(!text.contains(['<', '&', '"', '\'']), "{}", text);
            prop_assert_eq!(decode(&text, bytes.len()), Some(bytes));
        }
    }

    #[test]
    fn what_is_not_such_a_text_gives_nothing() {
        for text in ["((((", "((((\u{e9}", "|||||", "(((( "] {
            assert_eq!(decode(text, 1), None, "{text}");
        }
        assert_eq!(decode("(((((", 5), None);
    }
}
