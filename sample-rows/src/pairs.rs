use crate::text::number;
use crate::times::{LATEST_MS, SECOND_MS, fraction};

/// What Prometheus writes for a value, in the order of [`Pair::state`].
const VALUES: [&[u8]; 3] = [b",\"1\"],", b",\"0\"],", b",\"NaN\"],"];

/// A sample of a matrix of Prometheus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub at_ms: i64,
    /// 0 of `"1"`, 1 of `"0"`, 2 of `"NaN"`.
    pub state: u8,
}

/// Takes pairs from the beginning of a text, at most so many, and says of how many bytes: those that are written as
/// Prometheus writes them, such as `[1641889533.781,"1"],` with seconds of ten digits, and that another one follows.
pub fn take_pairs(text: &[u8], most: usize, found: &mut Vec<Pair>) -> usize {
    let mut rest = text;
    for _ in 0..most {
        let Some((pair, after)) = pair(rest) else { break };
        found.push(pair);
        rest = after;
    }
    text.len() - rest.len()
}

#[inline]
fn pair(text: &[u8]) -> Option<(Pair, &[u8])> {
    let (seconds, rest) = text.strip_prefix(b"[")?.split_first_chunk::<10>()?;
    let (fraction_ms, rest) = match rest {
        [b'.', rest @ ..] => fraction(rest)?,
        _ => (0, rest),
    };
    // A number of JSON does not begin with a zero.
    let at_ms = number(seconds).filter(|_| seconds.first() != Some(&b'0'))? * SECOND_MS + fraction_ms;
    let (state, rest) = (0..).zip(VALUES).find_map(|(state, value)| Some((state, rest.strip_prefix(value)?)))?;
    (at_ms <= LATEST_MS).then_some((Pair { at_ms, state }, rest))
}
