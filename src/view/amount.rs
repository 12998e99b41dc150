use crate::contract::Fen;

/// An amount for the eye: `¥3,000.00`.
#[must_use]
pub fn yuan(amount: Fen) -> String {
    let (whole, part) = (amount.fen() / 100, amount.fen() % 100);
    let digits = whole.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("¥{grouped}.{part:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let shown = |fen| Fen::new(fen).map(yuan);
        assert_eq!(shown(0).as_deref(), Some("¥0.00"));
        assert_eq!(shown(5).as_deref(), Some("¥0.05"));
        assert_eq!(shown(99_999).as_deref(), Some("¥999.99"));
        assert_eq!(shown(300_000).as_deref(), Some("¥3,000.00"));
        assert_eq!(shown(999_999_999_999).as_deref(), Some("¥9,999,999,999.99"));
    }
}
