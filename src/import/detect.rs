//! Which format a file is of. Its content decides; its name does not.

use super::columns::EXCERPT_BYTES;
use super::diagnostic::{Code, Finding, Place, Stop, shown_bytes};
use super::log::Log;
use super::{
    Options, availability_csv, document, grafana_csv, icinga, manifest, minisig, mrtg_log, nagios_log, rrd_xport,
    samples_csv, samples_json_lines, uptime_kuma, uptimerobot_csv, wrong_file, zip,
};
use crate::record::{Digest, Record, Series, SeriesKey};
use crate::sorted::Map;

/// A way of reading that takes the text of a file in pieces.
pub(super) trait FormatReader: Send {
    /// Takes the next piece of text.
    fn push(&mut self, text: &[u8], log: &mut Log) -> Result<(), Stop>;

    /// Rows seen so far.
    fn rows(&self) -> u64;

    /// What of the series is not needed any more to go on. The log then says the format: systems are named after it.
    fn take_ahead(&mut self, _: &mut Log) -> Map<SeriesKey, Series> {
        Map::new()
    }

    /// What the file holds, when all of its text was pushed.
    fn finish(self: Box<Self>, source: Digest, log: &mut Log) -> Result<Record, Stop>;
}

/// A format of the registry.
pub(super) struct Format {
    /// What diagnostics call it, with what it is recognised by.
    pub description: &'static str,
    /// Whether a file that begins like this is of the format.
    pub recognises: fn(head: &[u8]) -> bool,
    /// A reader for a file that begins like this.
    pub open: fn(head: &[u8], options: Options) -> Box<dyn FormatReader>,
}

/// Every format, in the order in which they are tried.
const FORMATS: &[Format] = &[
    zip::FORMAT,
    minisig::FORMAT,
    manifest::FORMAT,
    nagios_log::FORMAT,
    mrtg_log::FORMAT,
    uptime_kuma::FORMAT,
    samples_json_lines::FORMAT,
    document::FORMAT,
    rrd_xport::FORMAT,
    icinga::FORMAT,
    uptimerobot_csv::FORMAT,
    availability_csv::FORMAT,
    grafana_csv::FORMAT,
    samples_csv::FORMAT,
    samples_csv::PLAIN,
];

/// Any table, when the file is nothing else that is known.
const LAST: &Format = &samples_csv::OTHER;

/// How many bytes are looked at.
pub(super) const HEAD_BYTES: usize = 64 << 10;

/// Whether the format can be told from the start of a file, though more follows: by its first line and the one after
/// `sep=`, the first lines of JSON, or the first tag after an XML declaration.
pub(super) fn can_be_told(head: &[u8]) -> bool {
    let text = head.trim_ascii_start();
    if text.starts_with(b"{") {
        return head.len() >= EXCERPT_BYTES;
    }
    let end = if text.starts_with(b"<?xml") { b'>' } else { b'\n' };
    let ends = text.iter().filter(|byte| **byte == end).count();
    head.len() >= HEAD_BYTES || ends > 1
}

/// The format of a file that begins like this.
pub(super) fn format_of(head: &[u8]) -> Result<&'static Format, Stop> {
    if head.trim_ascii().is_empty() {
        return Err(vec![Finding::new(Code::Empty, Place::File)]);
    }
    if let Some(finding) = wrong_file::binary(head) {
        return Err(vec![finding]);
    }
    if let Some(format) = FORMATS.iter().find(|format| (format.recognises)(head)) {
        return Ok(format);
    }
    if let Some(finding) = wrong_file::text(head) {
        return Err(vec![finding]);
    }
    if (LAST.recognises)(head) {
        return Ok(LAST);
    }
    if every_other_byte_is_zero(head) {
        return Err(vec![Finding::new(Code::Encoding, Place::File).found("UTF-16?")]);
    }
    let line = head.trim_ascii_start().split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    Err(unknown_format(line))
}

/// A file that begins with this line is of no format.
pub(super) fn unknown_format(line: &[u8]) -> Stop {
    let known = FORMATS.iter().chain([LAST]).map(|format| format.description).collect::<Vec<_>>().join("; ");
    vec![Finding::new(Code::UnknownFormat, Place::File).found(shown_bytes(line)).expected(known)]
}

/// As in UTF-16 without a byte order mark.
fn every_other_byte_is_zero(head: &[u8]) -> bool {
    let (pairs, _) = head.as_chunks::<2>();
    let start = || pairs.iter().take(16);
    start().all(|pair| pair[0] == 0 && pair[1] != 0) || start().all(|pair| pair[0] != 0 && pair[1] == 0)
}
