//! Where in a text the bytes stand that tables are made of.

use wide::u8x16;

/// The bytes that are looked at together.
const BLOCK: usize = 64;

/// The places of delimiters, line ends and quotes, in order.
pub(crate) struct Marks<'a> {
    text: &'a [u8],
    delimiter: u8x16,
    newline: u8x16,
    carriage_return: u8x16,
    quote: u8x16,
    /// Where the present block begins.
    block: usize,
    /// Which bytes of it are still to be given: the lowest bit is its first byte.
    left: u64,
}

impl<'a> Marks<'a> {
    pub fn new(text: &'a [u8], delimiter: u8) -> Self {
        let mut own = Self {
            text,
            delimiter: u8x16::splat(delimiter),
            newline: u8x16::splat(b'\n'),
            carriage_return: u8x16::splat(b'\r'),
            quote: u8x16::splat(b'"'),
            block: 0,
            left: 0,
        };
        own.left = own.look();
        own
    }

    #[inline]
    pub fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            self.block += BLOCK;
            if self.block >= self.text.len() {
                self.block = self.text.len();
                return None;
            }
            self.left = self.look();
        }
        let place = self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(self.block + place)
    }

    #[inline]
    fn look(&self) -> u64 {
        let rest = self.text.get(self.block..).unwrap_or_default();
        match rest.first_chunk() {
            Some(block) => self.marks_of(block),
            None => self.marks_of_last(rest),
        }
    }

    fn marks_of_last(&self, rest: &[u8]) -> u64 {
        let mut block = [0; BLOCK];
        for (own, byte) in block.iter_mut().zip(rest) {
            *own = *byte;
        }
        self.marks_of(&block)
    }

    #[inline]
    fn marks_of(&self, block: &[u8; BLOCK]) -> u64 {
        let mut marks = 0;
        for (index, part) in block.as_chunks::<16>().0.iter().enumerate() {
            let bytes = u8x16::from(*part);
            let lines = bytes.simd_eq(self.newline) | bytes.simd_eq(self.carriage_return);
            let cells = bytes.simd_eq(self.delimiter) | bytes.simd_eq(self.quote);
            marks |= u64::from((lines | cells).to_bitmask()) << (16 * index);
        }
        marks
    }
}
