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
        while !text.is_empty() {
            text = self.step(text, take)?;
        }
        Ok(())
    }

    /// Takes the next line of the text, or as much of it as there is, and returns what follows.
    pub fn step<'a>(&mut self, text: &'a [u8], take: &mut Take) -> Result<&'a [u8], Stop> {
        let Some((own, rest)) = memchr(b'\n', text).and_then(|end| text.split_at_checked(end)) else {
            self.hold(text)?;
            return Ok(&[]);
        };
        if self.held.is_empty() {
            self.give(own, take)?;
        } else {
            self.hold(own)?;
            let held = std::mem::take(&mut self.held);
            self.give(&held, take)?;
        }
        Ok(rest.get(1..).unwrap_or_default())
    }

    /// Whether what comes next is the beginning of a line.
    pub fn at_line_start(&self) -> bool {
        self.held.is_empty()
    }

    /// Lines were taken in another way.
    pub fn skip(&mut self, lines: u64) {
        self.line += lines;
    }

    /// The last line need not have an end.
    pub fn finish(mut self, take: &mut Take) -> Result<(), Stop> {
        let held = std::mem::take(&mut self.held);
        self.give(&held, take)
    }

    fn hold(&mut self, text: &[u8]) -> Result<(), Stop> {
        self.held.extend_from_slice(text);
        within_limit(&self.held, self.line + 1)
    }

    fn give(&mut self, text: &[u8], take: &mut Take) -> Result<(), Stop> {
        self.line += 1;
        within_limit(text, self.line)?;
        let text = text.trim_ascii_end();
        if text.is_empty() { Ok(()) } else { take(self.line, text) }
    }
}

fn within_limit(text: &[u8], line: u64) -> Result<(), Stop> {
    if text.len() <= MAX_LINE_BYTES {
        return Ok(());
    }
    let place = Place::Line { line, column: None };
    Err(vec![Finding::new(Code::RowTooLong, place).expected(MAX_LINE_BYTES.to_string())])
}
