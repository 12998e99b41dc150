//! `SHA256SUMS`: files by their SHA-256, a line each as `sha256sum` and BSD's `sha256` write it.

use super::Options;
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop, shown_bytes};
use super::lines::Lines;
use super::log::Log;
use crate::record::{Digest, Entries, Evidence, Manifest, Record};

pub(super) const FORMAT: Format = Format {
    description: "SHA256SUMS (`6f5902ac…  pings.csv`)",
    recognises: |head| {
        let mut lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        lines.find(|line| !line.is_empty()).is_some_and(|line| listed_file(line).is_some())
    },
    open: |_, _: Options| Box::<Sha256Sums>::default(),
};

/// How many bytes a list may have: its text is kept.
const MAX_BYTES: u64 = 1 << 20;

/// The forms of a line.
const FORMS: &str = "`SHA-256  name`, `SHA256 (name) = SHA-256`";

#[derive(Default)]
struct Sha256Sums {
    lines: Lines,
    text: Vec<u8>,
    files: Vec<(String, Digest)>,
    rows: u64,
}

impl FormatReader for Sha256Sums {
    fn push(&mut self, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        if log.limits.exceeded((self.text.len() + text.len()) as u64, MAX_BYTES) {
            let limit = format!("{} MiB", MAX_BYTES >> 20);
            return Err(vec![Finding::new(Code::TooLarge, Place::File).expected(limit)]);
        }
        self.text.extend_from_slice(text);
        let mut lines = std::mem::take(&mut self.lines);
        let pushed = lines.push(text, &mut |line, text| self.take(line, text, log));
        self.lines = lines;
        pushed
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn finish(mut self: Box<Self>, source: Digest, log: &mut Log) -> Result<Record, Stop> {
        let lines = std::mem::take(&mut self.lines);
        lines.finish(&mut |line, text| self.take(line, text, log))?;
        "sha256sums".clone_into(&mut log.source.format);
        log.source.evidence = Evidence::Declared;
        let manifests = Entries::from([Manifest { source, files: self.files, text: self.text }]);
        Ok(Record { manifests, ..Record::default() })
    }
}

impl Sha256Sums {
    fn take(&mut self, line: u64, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        self.rows += 1;
        match listed_file(text) {
            Some(file) => {
                self.files.push(file);
                log.source.accepted += 1;
            }
            None => {
                let finding = Finding::new(Code::LineMalformed, Place::Line { line, column: None });
                log.reject(|| finding.found(shown_bytes(text)).expected(FORMS));
            }
        }
        Ok(())
    }
}

/// The file of a line, without its folder.
fn listed_file(line: &[u8]) -> Option<(String, Digest)> {
    // A backslash before the digest says that some characters of the name are written with one.
    let line = line.strip_prefix(b"\\").unwrap_or(line);
    let (name, digest) = match line.strip_prefix(b"SHA256 (") {
        Some(rest) => {
            let (name, digest) = rest.split_at_checked(rest.len().checked_sub(64)?)?;
            (name.strip_suffix(b") = ")?, digest)
        }
        None => {
            let (digest, rest) = line.split_at_checked(64)?;
            let name = rest.strip_prefix(b" ")?;
            (name.strip_prefix(b" ").or(name.strip_prefix(b"*")).unwrap_or(name), digest)
        }
    };
    let name = name.rsplit(|byte| *byte == b'/').next().filter(|name| !name.is_empty())?;
    Some((String::from_utf8_lossy(name).into_owned(), Digest::from_hex(digest)?))
}
