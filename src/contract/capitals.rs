//! 人民幣大寫: amounts written out so that no stroke can change them.

use super::Fen;

/// Which characters the capitals are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// 繁體: 人民幣叁仟元整.
    Traditional,
    /// 简体: 人民币叁仟元整.
    Simplified,
}

/// Capitals that are not an amount in the one form that [`capitals`] writes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an amount in RMB capitals")]
pub struct CapitalsError(pub String);

struct Glyphs {
    prefix: &'static str,
    digits: [&'static str; 10],
    wan: &'static str,
    yi: &'static str,
}

const TRADITIONAL: Glyphs = Glyphs {
    prefix: "人民幣",
    digits: ["零", "壹", "貳", "叁", "肆", "伍", "陸", "柒", "捌", "玖"],
    wan: "萬",
    yi: "億",
};

const SIMPLIFIED: Glyphs = Glyphs {
    prefix: "人民币",
    digits: ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"],
    wan: "万",
    yi: "亿",
};

const TENS: [&str; 4] = ["", "拾", "佰", "仟"];

impl Script {
    const fn glyphs(self) -> &'static Glyphs {
        match self {
            Self::Traditional => &TRADITIONAL,
            Self::Simplified => &SIMPLIFIED,
        }
    }
}

/// The amount in capitals, such as 人民幣壹仟肆佰零玖元伍角.
#[must_use]
pub fn capitals(amount: Fen, script: Script) -> String {
    let glyphs = script.glyphs();
    let (yuan, jiao, fen) = (amount.fen() / 100, digit(amount.fen() / 10), digit(amount.fen()));
    let mut out = glyphs.prefix.to_owned();
    if yuan > 0 || (jiao, fen) == (0, 0) {
        out.push_str(&whole(yuan, glyphs));
        out.push('元');
    }
    if jiao > 0 {
        if yuan > 0 && yuan % 10 == 0 {
            out.push('零');
        }
        out.push_str(glyphs.digits[jiao]);
        out.push('角');
    }
    if fen > 0 {
        if yuan > 0 && jiao == 0 {
            out.push('零');
        }
        out.push_str(glyphs.digits[fen]);
        out.push('分');
    }
    if (jiao, fen) == (0, 0) {
        out.push('整');
    }
    out
}

/// The amount that capitals of either script stand for: the inverse of [`capitals`].
///
/// # Errors
/// [`CapitalsError`] where the text is not exactly what [`capitals`] writes for some amount.
pub fn fen_of_capitals(text: &str) -> Result<Fen, CapitalsError> {
    [Script::Traditional, Script::Simplified]
        .into_iter()
        .find_map(|script| sum_of(text, script.glyphs()).filter(|amount| capitals(*amount, script) == text))
        .ok_or_else(|| CapitalsError(text.to_owned()))
}

fn digit(number: i64) -> usize {
    usize::try_from(number % 10).unwrap_or(0)
}

/// A whole number below ten thousand million, with one 零 for a run of zeros.
fn whole(number: i64, glyphs: &Glyphs) -> String {
    if number == 0 {
        return glyphs.digits[0].to_owned();
    }
    let mut out = String::new();
    let mut zero_due = false;
    for (group, unit) in
        [(number / 100_000_000, glyphs.yi), (number / 10_000 % 10_000, glyphs.wan), (number % 10_000, "")]
    {
        if group == 0 {
            zero_due = !out.is_empty();
            continue;
        }
        for place in (0..4).rev() {
            let figure = digit(group / 10_i64.pow(place));
            if figure == 0 {
                zero_due = !out.is_empty();
                continue;
            }
            if zero_due {
                out.push_str(glyphs.digits[0]);
                zero_due = false;
            }
            out.push_str(glyphs.digits[figure]);
            out.push_str(TENS[place as usize]);
        }
        out.push_str(unit);
        zero_due = false;
        if digit(group) == 0 {
            zero_due = false;
        }
    }
    out
}

fn sum_of(text: &str, glyphs: &Glyphs) -> Option<Fen> {
    let (mut total, mut group, mut figure) = (0_i64, 0_i64, 0_i64);
    for glyph in text.strip_prefix(glyphs.prefix)?.chars().map(String::from) {
        let unit = match glyph.as_str() {
            "拾" => Some(10),
            "佰" => Some(100),
            "仟" => Some(1_000),
            _ => None,
        };
        if let Some(value) = glyphs.digits.iter().position(|digit| *digit == glyph) {
            figure = i64::try_from(value).ok()?;
        } else if let Some(unit) = unit {
            group += figure * unit;
            figure = 0;
        } else {
            group += figure;
            figure = 0;
            match glyph.as_str() {
                unit if unit == glyphs.yi => total += group * 10_000_000_000,
                unit if unit == glyphs.wan => total += group * 1_000_000,
                "元" => total += group * 100,
                "角" => total += group * 10,
                "分" => total += group,
                "整" => {}
                _ => return None,
            }
            group = 0;
        }
    }
    Fen::new(total)
}
