//! Bytes of a file into its record, and the months that all inputs are of.

use sla_statement::assess::Question;
use sla_statement::import::{Contents, Fingerprint, Fingerprinting, Imported, Limits, Options, native_decoder};
use sla_statement::time::{Instant, LocalMonth, Zone};

/// 2026-03-01T00:00:00+08:00, in seconds.
pub const START_S: i64 = 1_772_294_400;
/// Five minutes, in seconds.
pub const STEP_S: i64 = 300;
/// Samples of one target in March 2026, one each five minutes.
pub const SAMPLES: i64 = 8_928;

/// Reads a file as the command line does.
pub fn read(bytes: &[u8]) -> Imported {
    contents(bytes, fingerprint(bytes))
}

/// The same without the hashes, which another thread takes of a long file.
pub fn contents(bytes: &[u8], fingerprint: Fingerprint) -> Imported {
    let options = Options { zone: Some(Zone::default()), ..Options::default() };
    let mut contents = Contents::new("file", options).limited(Limits::None).decoding_with(native_decoder);
    bytes.chunks(PIECE_BYTES).try_for_each(|piece| contents.push(piece)).expect("bytes of a file that can be used");
    contents.finish(fingerprint).expect("a file that can be used")
}

/// The hashes of a file.
pub fn fingerprint(bytes: &[u8]) -> Fingerprint {
    let mut fingerprinting = Fingerprinting::default();
    bytes.chunks(PIECE_BYTES).for_each(|piece| fingerprinting.push(piece));
    fingerprinting.finish()
}

const PIECE_BYTES: usize = 1 << 20;

/// An instant by its seconds.
pub fn at(seconds: i64) -> Instant {
    Instant::from_epoch_ms(seconds * 1_000).expect("an instant of 2026")
}

/// March 2026, long after it was over.
pub fn march() -> Question {
    let month = LocalMonth::of(Zone::default().day(at(START_S)));
    Question { month, as_of: at(START_S + 90 * 86_400) }
}

/// RFC 3339 in UTC.
pub fn clock(seconds: i64) -> String {
    at(seconds).to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Whether a target answers not: two outages of three samples each in the month, each target at another time.
pub fn is_down(sample: i64, target: i64) -> bool {
    (sample + target * 29) % (SAMPLES / 2) < 3
}
