//! Text in encodings other than UTF-8, decoded by the browser.

use web_sys::{TextDecodeOptions, TextDecoder as Decoder};

use crate::import::TextDecoder;

struct Browser(Decoder);

impl TextDecoder for Browser {
    fn decode(&mut self, piece: &[u8], last: bool) -> String {
        let options = TextDecodeOptions::new();
        options.set_stream(!last);
        // It throws only where it was told to be fatal.
        self.0.decode_with_u8_array_and_options(piece, &options).unwrap_or_default()
    }
}

/// A decoder of the browser for an encoding by its name in the Encoding Standard.
#[must_use]
pub fn open(name: &str) -> Option<Box<dyn TextDecoder>> {
    Some(Box::new(Browser(Decoder::new_with_label(name).ok()?)))
}
