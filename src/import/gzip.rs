//! Gzip, RFC 1952, in pieces and with any number of members.
//!
//! Inflating is left to flate2. Its own reader of gzip brings the checksum's tables for fast processors, which do not
//! compress: they alone would be a twentieth of the page.

use std::sync::LazyLock;

use crc::{CRC_32_ISO_HDLC, Crc, Digest};
use flate2::{Decompress, FlushDecompress, Status};

/// The first bytes of every member.
pub(super) const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// What one step unpacks at most, in bytes.
const STEP_BYTES: usize = 64 << 10;
/// So many bytes of a header are looked at in one step.
const HEADER_STEP_BYTES: usize = 256;
/// No header is longer: its three fields of free length hold a name and a remark.
const HEADER_BYTES: usize = 256 << 10;

const RESERVED: u8 = 0b1110_0000;
const HAS_CHECKSUM: u8 = 1 << 1;
const HAS_EXTRA: u8 = 1 << 2;
const HAS_NAME: u8 = 1 << 3;
const HAS_REMARK: u8 = 1 << 4;

pub(super) static CRC: LazyLock<Crc<u32>> = LazyLock::new(|| Crc::<u32>::new(&CRC_32_ISO_HDLC));

/// Not gzip, damaged, or not whole.
pub(super) struct Broken;

/// Unpacks one file.
pub(super) struct Gunzip {
    part: Part,
    inflate: Decompress,
    unpacked: Digest<'static, u32>,
    unpacked_bytes: u32,
    members: u64,
}

/// Where in a member the reading is.
enum Part {
    /// As much of the header as was read.
    Header(Vec<u8>),
    Body,
    /// As much of checksum and length as was read.
    Trailer(Vec<u8>),
}

impl Default for Gunzip {
    fn default() -> Self {
        Self {
            part: Part::Header(Vec::new()),
            inflate: Decompress::new(false),
            unpacked: CRC.digest(),
            unpacked_bytes: 0,
            members: 0,
        }
    }
}

impl Gunzip {
    /// Takes one step in `packed`, which it shortens by what it took, and returns what that unpacks to. The piece is
    /// done when it is empty and a step returns nothing.
    pub fn step(&mut self, packed: &mut &[u8]) -> Result<Vec<u8>, Broken> {
        match &mut self.part {
            Part::Header(header) => {
                let known = header.len();
                header.extend(packed.iter().take(HEADER_STEP_BYTES));
                match header_bytes(header)? {
                    Some(length) => {
                        *packed = packed.get(length - known..).unwrap_or_default();
                        self.part = Part::Body;
                    }
                    None if header.len() > HEADER_BYTES => return Err(Broken),
                    None => *packed = packed.get(HEADER_STEP_BYTES..).unwrap_or_default(),
                }
                Ok(Vec::new())
            }
            Part::Body => self.inflate(packed),
            Part::Trailer(trailer) => {
                let (own, rest) = packed.split_at(packed.len().min(8 - trailer.len()));
                trailer.extend(own);
                *packed = rest;
                if let Ok(trailer) = <[u8; 8]>::try_from(trailer.as_slice()) {
                    self.close(trailer)?;
                }
                Ok(Vec::new())
            }
        }
    }

    /// Whether the file may end here.
    pub fn finish(&self) -> Result<(), Broken> {
        let between = matches!(&self.part, Part::Header(header) if header.is_empty());
        if between && self.members > 0 { Ok(()) } else { Err(Broken) }
    }

    fn inflate(&mut self, packed: &mut &[u8]) -> Result<Vec<u8>, Broken> {
        let mut text = Vec::with_capacity(STEP_BYTES);
        let before = self.inflate.total_in();
        let status = self.inflate.decompress_vec(packed, &mut text, FlushDecompress::None).map_err(|_| Broken)?;
        let taken = usize::try_from(self.inflate.total_in() - before).map_err(|_| Broken)?;
        if status == Status::StreamEnd {
            self.part = Part::Trailer(Vec::new());
        } else if taken == 0 && text.is_empty() && !packed.is_empty() {
            return Err(Broken);
        }
        *packed = packed.get(taken..).unwrap_or_default();
        self.unpacked.update(&text);
        self.unpacked_bytes = self.unpacked_bytes.wrapping_add(u32::try_from(text.len()).unwrap_or(0));
        Ok(text)
    }

    fn close(&mut self, trailer: [u8; 8]) -> Result<(), Broken> {
        let done = std::mem::take(self);
        let found = u64::from(done.unpacked_bytes) << 32 | u64::from(done.unpacked.finalize());
        self.members = done.members + 1;
        if u64::from_le_bytes(trailer) == found { Ok(()) } else { Err(Broken) }
    }
}

/// The length of a member's header; `None` where more of it is needed.
fn header_bytes(header: &[u8]) -> Result<Option<usize>, Broken> {
    let Some(fixed) = header.first_chunk::<10>() else { return Ok(None) };
    let [0x1f, 0x8b, 8, flags, ..] = *fixed else { return Err(Broken) };
    if flags & RESERVED != 0 {
        return Err(Broken);
    }
    Ok(variable_bytes(flags, header.get(10..).unwrap_or_default()).map(|length| 10 + length))
}

/// The length of the fields that `flags` announces.
fn variable_bytes(flags: u8, fields: &[u8]) -> Option<usize> {
    let mut length = 0;
    if flags & HAS_EXTRA != 0 {
        let extra = fields.first_chunk::<2>()?;
        length += 2 + usize::from(u16::from_le_bytes(*extra));
    }
    for text in [HAS_NAME, HAS_REMARK] {
        if flags & text != 0 {
            length += fields.get(length..)?.iter().position(|byte| *byte == 0)? + 1;
        }
    }
    if flags & HAS_CHECKSUM != 0 {
        length += 2;
    }
    (length <= fields.len()).then_some(length)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write;

    use flate2::{Compression, GzBuilder};
    use proptest::prelude::*;

    use super::*;

    fn unpacked(packed: &[u8], piece_bytes: usize) -> Option<Vec<u8>> {
        let (mut gunzip, mut text) = (Gunzip::default(), Vec::new());
        for mut piece in packed.chunks(piece_bytes) {
            loop {
                let step = gunzip.step(&mut piece).ok()?;
                if step.is_empty() && piece.is_empty() {
                    break;
                }
                text.extend(step);
            }
        }
        gunzip.finish().ok().map(|()| text)
    }

    fn packed(text: &[u8], builder: GzBuilder) -> Vec<u8> {
        let mut writer = builder.write(Vec::new(), Compression::fast());
        writer.write_all(text).unwrap();
        writer.finish().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn members_in_pieces_of_any_size_unpack_to_what_was_packed(
            texts in prop::collection::vec(prop::collection::vec(0_u8..4, 0..100_000), 1..3),
            named in any::<bool>(),
            piece_bytes in prop::sample::select(vec![1, 2, 255, 1 << 16, 1 << 20]),
        ) {
            let builder = || match named {
                true => GzBuilder::new().filename("pings.csv").comment("March").extra(vec![7; 300]),
                false => GzBuilder::new(),
            };
            let file: Vec<u8> = texts.iter().flat_map(|text| packed(text, builder())).collect();
            prop_assert_eq!(unpacked(&file, piece_bytes), Some(texts.concat()));
        }
    }

    #[test]
    fn a_header_with_a_checksum_is_read_over() {
        let mut file = packed(b"time,target", GzBuilder::new());
        file[3] |= HAS_CHECKSUM;
        file.splice(10..10, [1, 2]);
        assert_eq!(unpacked(&file, 3).as_deref(), Some(&b"time,target"[..]));
    }

    #[test]
    fn what_is_damaged_or_not_whole_is_refused() {
        let file = packed(b"time,target,status", GzBuilder::new());
        for end in 0..file.len() {
            assert_eq!(unpacked(&file[..end], 7), None, "cut off at {end}");
        }
        for place in [0, 1, 2, 3, 15, file.len() - 8, file.len() - 1] {
            let mut damaged = file.clone();
            damaged[place] ^= 0b1010_0000;
            assert_eq!(unpacked(&damaged, 7), None, "damaged at {place}");
        }
        assert_eq!(unpacked(&[file.clone(), b"more".to_vec()].concat(), 7), None, "more behind it");
        assert!(unpacked(&file, 7).is_some());
    }
}
