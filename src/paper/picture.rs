//! A picture of black and white dots in as few letters as a browser needs: a BMP in the address of the image itself.

use crate::statement::Code;

/// Dots of white that a QR code needs on each side.
const QUIET: usize = 4;
/// Bytes before the dots: of the file, of the picture, and of its two colours.
const HEAD: usize = 14 + 40 + 8;

/// The address of a picture of the code, a dot for each module, with the white around it.
pub(super) fn address(code: &Code) -> String {
    let side = code.side + 2 * QUIET;
    // Rows are whole words of 32 bits, from the last to the first.
    let row = side.div_ceil(32) * 4;
    let mut dots = vec![0_u8; row * side];
    for (column, line, length) in &code.runs {
        let start = (side - 1 - QUIET - line) * row;
        for x in column + QUIET..column + QUIET + length {
            if let Some(byte) = dots.get_mut(start + x / 8) {
                *byte |= 128 >> (x % 8);
            }
        }
    }
    let word = |number: usize| u32::try_from(number).unwrap_or(0).to_le_bytes();
    let mut file = b"BM".to_vec();
    // One plane of one bit for each dot; 0 is white, 1 is black.
    let planes = 1 | 1 << 16;
    for number in [HEAD + dots.len(), 0, HEAD, 40, side, side, planes, 0, 0, 0, 0, 2, 2, 0x00ff_ffff, 0] {
        file.extend(word(number));
    }
    file.extend(dots);
    format!("data:image/bmp;base64,{}", base64(&file))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let all = three.iter().chain(&[0, 0]).take(3).fold(0, |all, byte| all << 8 | usize::from(*byte));
        for (place, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let digit = DIGITS.get(all >> shift & 63).copied().unwrap_or(b'A');
            text.push(if place <= three.len() { digit.into() } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_base64_are_those_of_rfc_4648() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("~~?", "fn4/")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
