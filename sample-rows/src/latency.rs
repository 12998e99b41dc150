use crate::text::number;

/// The most digits before and after the point; no answer takes a quarter of an hour.
const MAX_DIGITS: (usize, usize) = (6, 9);

/// Milliseconds such as `12` or `12.345` in microseconds, cut off below; `None` where it is written otherwise.
#[must_use]
#[inline]
pub fn latency_us(cell: &[u8]) -> Option<u32> {
    let point = cell.iter().position(|byte| *byte == b'.').unwrap_or(cell.len());
    let (whole, fraction) = cell.split_at_checked(point)?;
    let fraction = fraction.strip_prefix(b".").unwrap_or_default();
    if whole.len() > MAX_DIGITS.0 || fraction.len() > MAX_DIGITS.1 {
        return None;
    }
    let mut us = number(whole)? * 1_000;
    if point < cell.len() {
        number(fraction)?;
        let mut worth = 100;
        for digit in fraction.iter().take(3) {
            us += i64::from(digit - b'0') * worth;
            worth /= 10;
        }
    }
    u32::try_from(us).ok()
}
