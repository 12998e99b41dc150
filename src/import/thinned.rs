//! The text of a JSON document as it comes, without pairs of Prometheus that can be taken at once: of its answers hardly
//! anything else has to be kept until they are there as a whole.
//!
//! What is left is a document too, in which everything is found that there is to say, and where it stands: [`Taken`]
//! tells what was before it.

use memchr::{memchr, memchr2, memrchr};
use sample_rows::{Pair, take_pairs};

use super::gathering::sample;
use crate::record::Series;

/// How a document begins that may be a long answer.
const BEGINNING: &[u8] = b"{\"status\":\"success\",";

/// Where pairs begin.
const VALUES: &[u8] = b"\"values\":[";

/// A pair that can be taken is shorter.
const MOST_PAIR_BYTES: usize = 64;

/// So many pairs are taken at a time.
const QUICK_PAIRS: usize = 1_024;

/// A text from which pairs are taken.
#[derive(Default)]
pub(super) struct Thinned {
    text: Vec<u8>,
    taken: Vec<Taken>,
    /// What was not looked at because it may be cut off.
    coming: Vec<u8>,
    found: Vec<Pair>,
    at: At,
    pairs: u64,
}

/// Pairs that stood together at the beginning of a list.
pub(super) struct Taken {
    /// Where in the text that is left.
    at: usize,
    /// How many bytes there were.
    bytes: usize,
    /// How many pairs there were.
    pub pairs: usize,
    /// What they say.
    pub series: Series,
}

/// What the next byte belongs to.
#[derive(Clone, Copy, Default)]
enum At {
    /// The beginning.
    #[default]
    Beginning,
    /// A document from which nothing is taken.
    Other,
    /// Neither a text nor a list of pairs.
    Between,
    Text,
    Values,
}

impl Thinned {
    /// Takes the next piece of the text.
    pub fn push(&mut self, piece: &[u8]) {
        if matches!(self.at, At::Other) {
            self.text.extend_from_slice(piece);
            return;
        }
        let mut coming = std::mem::take(&mut self.coming);
        coming.extend_from_slice(piece);
        let mut rest = &*coming;
        while let Some(after) = self.step(rest) {
            rest = after;
        }
        let done = coming.len() - rest.len();
        coming.drain(..done);
        self.coming = coming;
    }

    /// The text that is left, and what was taken from it, in order.
    pub fn finish(mut self) -> (Vec<u8>, Vec<Taken>) {
        self.text.append(&mut self.coming);
        self.taken.iter_mut().for_each(|own| own.series.settle());
        (self.text, self.taken)
    }

    /// How many bytes are kept.
    pub fn len(&self) -> usize {
        self.text.len() + self.coming.len()
    }

    /// How many pairs were taken.
    pub const fn pairs(&self) -> u64 {
        self.pairs
    }

    /// Goes a step on, and gives what follows; `None`: more has to come.
    fn step<'a>(&mut self, rest: &'a [u8]) -> Option<&'a [u8]> {
        match self.at {
            _ if rest.is_empty() => None,
            At::Beginning => {
                let begins = rest.get(..BEGINNING.len())? == BEGINNING;
                self.at = if begins { At::Between } else { At::Other };
                Some(rest)
            }
            At::Other => self.keep(rest, rest.len()),
            At::Between => match memchr(b'"', rest) {
                Some(0) if rest.get(..VALUES.len())? == VALUES => {
                    self.at = At::Values;
                    self.keep(rest, VALUES.len())
                }
                Some(0) => {
                    self.at = At::Text;
                    self.keep(rest, 1)
                }
                quote => self.keep(rest, quote.unwrap_or(rest.len())),
            },
            At::Text => match memchr2(b'"', b'\\', rest) {
                Some(0) if rest.first() == Some(&b'"') => {
                    self.at = At::Between;
                    self.keep(rest, 1)
                }
                Some(0) if rest.len() < 2 => None,
                Some(0) => self.keep(rest, 2),
                end => self.keep(rest, end.unwrap_or(rest.len())),
            },
            At::Values => {
                let bytes = self.take(rest);
                if bytes == 0 && rest.len() < MOST_PAIR_BYTES {
                    return None;
                }
                if bytes == 0 {
                    self.at = At::Between;
                }
                rest.get(bytes..)
            }
        }
    }

    fn keep<'a>(&mut self, rest: &'a [u8], bytes: usize) -> Option<&'a [u8]> {
        let (kept, rest) = rest.split_at_checked(bytes)?;
        self.text.extend_from_slice(kept);
        Some(rest)
    }

    /// Takes pairs from the beginning of a text, as far as another one follows, without which what is left would be no
    /// JSON, or would be where it was none; and says how many bytes they have.
    fn take(&mut self, rest: &[u8]) -> usize {
        self.found.clear();
        let mut bytes = take_pairs(rest, QUICK_PAIRS, &mut self.found);
        if rest.get(bytes) != Some(&b'[') && self.found.pop().is_some() {
            bytes = rest.get(..bytes).and_then(|taken| memrchr(b'[', taken)).unwrap_or(0);
        }
        let at = self.text.len();
        if bytes > 0 && self.taken.last().is_none_or(|last| last.at != at) {
            self.taken.push(Taken { at, bytes: 0, pairs: 0, series: Series::default() });
        }
        if let Some(own) = self.taken.last_mut().filter(|_| bytes > 0) {
            (own.bytes, own.pairs) = (own.bytes + bytes, own.pairs + self.found.len());
            self.found.iter().for_each(|pair| own.series.push(sample(pair.at_ms, pair.state)));
        }
        self.pairs += self.found.len() as u64;
        bytes
    }
}

/// What was taken at this place of the text that is left.
pub(super) fn taken_at(taken: &[Taken], at: usize) -> Option<&Taken> {
    taken.get(taken.binary_search_by_key(&at, |own| own.at).ok()?)
}

/// How many bytes were taken from a part of the text that is left, up to its end.
pub(super) fn bytes_taken(taken: &[Taken], from: usize, to: usize) -> u64 {
    taken.iter().filter(|own| (from..=to).contains(&own.at)).map(|own| own.bytes as u64).sum()
}
