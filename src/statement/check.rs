//! What a statement is checked by: its digest in full, for eyes and for a camera.

use qrcodegen::{QrCode, QrCodeEcc};

use super::body::Composer;
use super::document::{Content, clean};
use super::pages;
use crate::i18n::month;

/// So many characters of a contract's number go into the code; no contract was seen to have more.
const CONTRACT_CHARACTERS: usize = 60;

/// The digest in full, beside a code that holds it together with contract and month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The code; `None` where the text is too long for one.
    pub code: Option<Code>,
    /// What stands beside it, a line each; the digest is among them.
    pub lines: Vec<String>,
}

/// A QR code: the text that it holds, and its modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What a camera reads.
    pub text: String,
    /// Modules on a side.
    pub side: usize,
    /// Each run of dark modules: its column, its row, its length.
    pub runs: Vec<(usize, usize, usize)>,
}

/// `sla-statement:1;2026-03;HC-2026-0042;sha256:…`: what the code of a statement holds. The contract's number may hold
/// semicolons; what stands before it and after it does not.
#[must_use]
pub fn code_text(month: &str, contract: &str, digest: &str) -> String {
    let contract: String = clean(contract).chars().take(CONTRACT_CHARACTERS).collect();
    format!("sla-statement:1;{month};{contract};{digest}")
}

impl Code {
    /// The code of a text; `None` where it is too long for any.
    #[must_use]
    pub fn of(text: String) -> Option<Self> {
        let code = QrCode::encode_binary(text.as_bytes(), QrCodeEcc::Medium).ok()?;
        let row = |y: i32| {
            let mut runs: Vec<(usize, usize, usize)> = Vec::new();
            for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
                let (x, y) = (usize::try_from(x).unwrap_or(0), usize::try_from(y).unwrap_or(0));
                match runs.last_mut() {
                    Some((start, _, length)) if *start + *length == x => *length += 1,
                    _ => runs.push((x, y, 1)),
                }
            }
            runs
        };
        let runs = (0..code.size()).flat_map(row).collect();
        Some(Self { text, side: usize::try_from(code.size()).unwrap_or(0), runs })
    }
}

impl Composer<'_> {
    /// The end of the last sheet; of a summary, what leads from it to the full statement.
    pub fn check(&mut self, digest: &str) {
        let words = self.words();
        let contract = self.contract.id.clone().unwrap_or_default();
        let code = Code::of(code_text(&self.assessment.month.to_string(), &contract, digest));
        let month = month(self.assessment.month, self.locale);
        let of = format!("{} {} · {month}", words.fact_contract, self.or_not_stated(&contract));
        let lines = vec![pages::check_line(&of), digest.to_owned(), words.check_note.to_owned()];
        self.add(Content::Check(Box::new(Check { code, lines })));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// What a camera reads that sees each module as four by four dots, with the quiet zone that the paper gives.
    fn seen(code: &Code) -> String {
        let dots = (code.side + 8) * 4;
        let dark = |x: usize, y: usize| {
            let (x, y) = ((x / 4).wrapping_sub(4), (y / 4).wrapping_sub(4));
            code.runs.iter().any(|(start, row, length)| *row == y && (*start..start + length).contains(&x))
        };
        let mut picture =
            rqrr::PreparedImage::prepare_from_greyscale(dots, dots, |x, y| if dark(x, y) { 0 } else { 255 });
        picture.detect_grids()[0].decode().unwrap().1
    }

    #[test]
    fn a_camera_reads_what_was_written() {
        let digest = format!("sha256:{}", "0123456789abcdef".repeat(4));
        for contract in ["HC-2026-0042", "", "華辰〔2026〕42號；甲", &"長".repeat(500)] {
            let text = code_text("2026-03", contract, &digest);
            assert_eq!(seen(&Code::of(text.clone()).unwrap()), text);
            assert!(text.starts_with("sla-statement:1;2026-03;") && text.ends_with(&format!(";{digest}")));
        }
    }
}
