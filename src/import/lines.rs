//! Text in pieces into lines.

use memchr::memchr;

use super::diagnostic::{Code, Finding, Place, Stop};

/// How many bytes a line may have.
const MAX_LINE_BYTES: usize = 1 << 20;

/// Takes a line: its number, counted from 1, and its text without the end of the line.
pub(super) type Take<'a> = dyn FnMut(u64, &[u8]) -> Result<(), Stop> + 'a;

/// Text in pieces of any size into lines. Empty lines are counted and not given.
#[derive(Default)]
pub(super) struct Lines {
    /// The beginning of a line whose end has not come yet.
    held: Vec<u8>,
    /// Lines given or left out so far.
    line: u64,
}

impl Lines {
    pub fn push(&mut self, mut text: &[u8], take: &mut Take) -> Result<(), Stop> {
        while let Some(end) = memchr(b'\n', text) {
            let (own, rest) = text.split_at_checked(end).unwrap_or((text, &[]));
            text = rest.get(1..).unwrap_or_default();
            if self.held.is_empty() {
                self.give(own, take)?;
            } else {
                self.hold(own)?;
                let held = std::mem::take(&mut self.held);
                self.give(&held, take)?;
            }
        }
        self.hold(text)
    }

    /// The last line need not have an end.
    pub fn finish(mut self, take: &mut Take) -> Result<(), Stop> {
        let held = std::mem::take(&mut self.held);
        self.give(&held, take)
    }

    fn hold(&mut self, text: &[u8]) -> Result<(), Stop> {
        self.held.extend_from_slice(text);
        if self.held.len() > MAX_LINE_BYTES {
            let place = Place::Line { line: self.line + 1, column: None };
            return Err(vec![Finding::new(Code::RowTooLong, place).expected(MAX_LINE_BYTES.to_string())]);
        }
        Ok(())
    }

    fn give(&mut self, text: &[u8], take: &mut Take) -> Result<(), Stop> {
        self.line += 1;
        let text = text.trim_ascii_end();
        if text.is_empty() { Ok(()) } else { take(self.line, text) }
    }
}
