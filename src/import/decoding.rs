//! Text that is not in UTF-8. The tables that it takes are the platform's: a browser has them, and the native program
//! brings its own.

/// The encoding of text by Windows in mainland China (GB18030, of which GBK and GB2312 are parts), as the Encoding
/// Standard names it.
pub(super) const GB18030: &str = "GB18030";

/// Decodes text that comes in pieces of any size.
pub trait TextDecoder {
    /// The text of the next piece; `last`: no more follows. A character that is cut is held until its end comes. Bytes that
    /// are no character come out as U+FFFD.
    fn decode(&mut self, piece: &[u8], last: bool) -> String;
}

/// Opens a decoder for an encoding by its name in the Encoding Standard; `None`: the platform does not know it.
pub type OpenDecoder = fn(name: &str) -> Option<Box<dyn TextDecoder>>;

/// Whether these bytes, which begin with one that is not ASCII and are no UTF-8, are text in GB18030: of what is not ASCII
/// three of four are the 6,763 common characters and the signs of GB2312. Damaged bytes count among the others. Text in
/// other encodings of one or two bytes a character does not come near that, but for Korean.
pub(super) fn is_gb18030(bytes: &[u8]) -> bool {
    let (mut common, mut all, mut rest) = (0_u32, 0_u32, bytes);
    loop {
        let (known, after) = match rest {
            [] | [0x81..=0xfe] | [0x81..=0xfe, 0x30..=0x39] | [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe] => {
                return all > 0 && common >= all - all / 4;
            }
            [0..=8 | 14..=31, ..] => return false,
            [0..=0x7f, after @ ..] => {
                rest = after;
                continue;
            }
            [0xa1..=0xa9 | 0xb0..=0xf7, 0xa1..=0xfe, after @ ..] => (true, after),
            [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, after @ ..] => (false, after),
            [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, after @ ..] => (false, after),
            // The first byte of a character whose second is damaged.
            [0x81..=0xfe, 0x7f | 0xff, after @ ..] | [_, after @ ..] => (false, after),
        };
        (common, all, rest) = (common + u32::from(known), all + 1, after);
    }
}

/// A decoder of the native program.
#[cfg(feature = "cli")]
#[must_use]
pub fn native_decoder(name: &str) -> Option<Box<dyn TextDecoder>> {
    struct Native(encoding_rs::Decoder);

    impl TextDecoder for Native {
        fn decode(&mut self, piece: &[u8], last: bool) -> String {
            let room = self.0.max_utf8_buffer_length(piece.len()).unwrap_or(piece.len() * 4);
            let mut text = String::with_capacity(room);
            // There is room for all of it.
            let _ = self.0.decode_to_string(piece, &mut text, last);
            text
        }
    }

    let encoding = encoding_rs::Encoding::for_label(name.as_bytes())?;
    Some(Box::new(Native(encoding.new_decoder_without_bom_handling())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_text_of_windows_is_told_and_other_text_is_not() {
        // 端口一，正常, in GB18030; and cut within its last character.
        let chinese = b"\xb6\xcb\xbf\xda\xd2\xbb,\xd5\xfd\xb3\xa3\n";
        assert!(is_gb18030(chinese));
        assert!(is_gb18030(&chinese[..chinese.len() - 2]));
        assert!(is_gb18030(b"\xb6\xcb\xbf\xda,\xd2\xff\n\xb6\xcb\xbf\xda"), "one damaged character");
        for (what, bytes) in [
            ("Latin-1", &b"\xfcber M\xfcnchen, caf\xe9"[..]),
            ("UTF-8 with a damaged byte", "端口一，正常，端口二".as_bytes().split_last().unwrap_or((&0, &[])).1),
            ("Big5", b"\xb3\x73\xb1\xb5\xb0\xf0\xa4\x40,\xa5\xbf\xb1\x60\n"),
            ("no text", b"\xb6\xcb\xbf\xda\0\0\x01"),
            ("more damage than text", b"\xb6\xcb\xff,\xbf"),
            ("ASCII", b"port-1,up\n"),
        ] {
            assert!(!is_gb18030(bytes), "{what}");
        }
    }
}
