/// Where a cell is in a text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Range {
    pub start: usize,
    pub end: usize,
}

impl Range {
    /// The cell, without the white space around it.
    #[inline]
    pub fn of(self, text: &[u8]) -> Option<&[u8]> {
        let cell = text.get(self.start..self.end)?;
        match cell {
            [first, .., last] if *first > b' ' && *last > b' ' => Some(cell),
            _ => Some(cell.trim_ascii()),
        }
    }
}

/// Whether two texts are the same: eight bytes at a time, which the comparison of the standard library, compiled for
/// size, does not do.
#[inline]
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    if let (Some(last_a), Some(last_b)) = (a.last_chunk::<8>(), b.last_chunk::<8>()) {
        let (eights_a, _) = a.as_chunks::<8>();
        let (eights_b, _) = b.as_chunks::<8>();
        return word(last_a) == word(last_b) && eights_a.iter().zip(eights_b).all(|(a, b)| word(a) == word(b));
    }
    a.iter().zip(b).all(|(a, b)| a == b)
}

#[inline]
fn word(bytes: &[u8; 8]) -> u64 {
    u64::from_le_bytes(*bytes)
}

/// Digits as a number, as many as fit into one; `None` where it is something else or nothing.
#[inline]
pub(crate) fn number(digits: &[u8]) -> Option<i64> {
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let mut value = 0_i64;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    Some(value)
}
