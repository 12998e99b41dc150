//! Round-trip times as files write them, in whole microseconds; what is less is cut off.

/// The most digits that are looked at: a nineteenth cannot be told apart any more.
const DIGITS: u32 = 18;

/// Milliseconds as a decimal number without a minus, such as `12.5` or `1.2e3`; `None`: it is none, or more than an hour.
///
/// Not read by the standard library, whose tables for that would be in the page for this only.
pub(super) fn microseconds(ms: &[u8]) -> Option<u32> {
    let text = ms.strip_prefix(b"+").unwrap_or(ms);
    let exponent_at = text.iter().position(|byte| matches!(byte, b'e' | b'E'));
    let (number, exponent) = match exponent_at {
        Some(at) => (text.get(..at)?, exponent(text.get(at + 1..)?)?),
        None => (text, 0),
    };
    let (mut value, mut digits, mut scale, mut point, mut any) = (0_u64, 0, 0_i32, false, false);
    for byte in number {
        match byte {
            b'.' if !point => point = true,
            b'0'..=b'9' => {
                any = true;
                if digits < DIGITS {
                    value = value * 10 + u64::from(byte - b'0');
                    digits += u32::from(value > 0);
                    scale += i32::from(point);
                } else {
                    scale -= i32::from(!point);
                }
            }
            _ => return None,
        }
    }
    let power = 3 - scale + exponent;
    let factor = 10_u64.checked_pow(power.unsigned_abs());
    let us = match power {
        0.. if value == 0 => Some(0),
        0.. => value.checked_mul(factor?),
        _ => Some(factor.map_or(0, |factor| value / factor)),
    };
    u32::try_from(us.filter(|_| any)?).ok()
}

fn exponent(text: &[u8]) -> Option<i32> {
    let (minus, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| i32::from(byte - b'0'));
    let read = digits.iter().try_fold(0_i32, |value, byte| Some((value * 10 + digit(byte)?).min(10_000)));
    let value = read.filter(|_| !digits.is_empty())?;
    Some(if minus { -value } else { value })
}

/// Milliseconds as a binary fraction; `None`: less than nothing, no number, or more than an hour.
pub(super) fn microseconds_of(ms: f64) -> Option<u32> {
    let bits = ms.to_bits();
    let (exponent, fraction) = ((bits >> 52) & 0x7ff, bits & ((1 << 52) - 1));
    let thousandfold = u128::from(fraction | (1 << 52)) * 1_000;
    match exponent {
        _ if bits >> 63 == 1 => None,
        0x7ff => None,
        1_075.. => None,
        exponent => u32::try_from(thousandfold.checked_shr(1_075 - u32::try_from(exponent).ok()?).unwrap_or(0)).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_read_to_the_microsecond() {
        let read = [
            ("12", 12_000),
            ("12.5", 12_500),
            ("+0.0004", 0),
            (".25", 250),
            ("7.", 7_000),
            ("1.2e3", 1_200_000),
            ("5E-1", 500),
            ("12.3456789", 12_345),
            ("0.1234567890123456789012", 123),
            ("0e999999999999", 0),
            ("1e-99", 0),
        ];
        for (text, us) in read {
            assert_eq!(microseconds(text.as_bytes()), Some(us), "{text}");
        }
        for text in ["", ".", "-1", "NaN", "inf", "1,5", "1.2.3", "e3", "1e", "1e+", "4294968", "1e12", "12 ms"] {
            assert_eq!(microseconds(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn binary_fractions_are_read_alike() {
        for (ms, us) in
            [(0.0, Some(0)), (12.5, Some(12_500)), (0.001, Some(1)), (-1.0, None), (f64::NAN, None), (1e300, None)]
        {
            assert_eq!(microseconds_of(ms), us, "{ms}");
        }
    }
}
