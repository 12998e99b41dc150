use super::Limits;
use super::diagnostic::{Code, Finding, Place, Stop};
use super::gzip::{Gunzip, MAGIC};

/// How many bytes are read of one file, after unpacking.
pub(super) const MAX_BYTES: u64 = 32 << 30;

/// A file may unpack to so many times its size; the monitoring data of years stays well below.
const MAX_RATIO: u64 = 200;

/// Up to so many bytes the ratio does not matter: a month of equal states packs very small.
const RATIO_FLOOR: u64 = 256 << 20;

/// Takes the text of a file on, piece by piece.
pub(super) type Sink<'a> = dyn FnMut(&[u8]) -> Result<(), Stop> + 'a;

/// The bytes of a file as they were given into text in UTF-8 without a byte order mark.
///
/// Bytes that are no text are passed on as such: which row they spoil is for the format to say.
pub(super) struct Unpack {
    pub limits: Limits,
    pack: Pack,
    encoding: Encoding,
    taken: u64,
    given: u64,
}

enum Pack {
    /// The first bytes, as long as they could be the magic number of gzip.
    Undecided(Vec<u8>),
    None,
    Gzip(Box<Gunzip>),
}

enum Encoding {
    /// The first bytes, as long as they could be a byte order mark.
    Undecided(Vec<u8>),
    Utf8,
    Utf16(Utf16),
}

#[derive(Default)]
struct Utf16 {
    big_endian: bool,
    half: Option<u8>,
    high: Option<u16>,
}

impl Default for Unpack {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            pack: Pack::Undecided(Vec::new()),
            encoding: Encoding::Undecided(Vec::new()),
            taken: 0,
            given: 0,
        }
    }
}

impl Unpack {
    pub fn push(&mut self, piece: &[u8], sink: &mut Sink) -> Result<(), Stop> {
        self.taken += piece.len() as u64;
        match &mut self.pack {
            Pack::Undecided(first) => {
                first.extend_from_slice(piece);
                if first.len() < 2 {
                    return Ok(());
                }
                let first = std::mem::take(first);
                let gzip = first.starts_with(&MAGIC);
                self.pack = if gzip { Pack::Gzip(Box::default()) } else { Pack::None };
                self.unpack(&first, sink)
            }
            _ => self.unpack(piece, sink),
        }
    }

    pub fn finish(mut self, sink: &mut Sink) -> Result<(), Stop> {
        match std::mem::replace(&mut self.pack, Pack::None) {
            Pack::Undecided(first) => self.decode(&first, sink)?,
            Pack::None => {}
            Pack::Gzip(gunzip) => gunzip.finish().map_err(|_| broken(self.taken))?,
        }
        self.encoding.finish(sink)
    }

    fn unpack(&mut self, mut piece: &[u8], sink: &mut Sink) -> Result<(), Stop> {
        loop {
            let Pack::Gzip(gunzip) = &mut self.pack else { return self.decode(piece, sink) };
            let text = gunzip.step(&mut piece).map_err(|_| broken(self.taken))?;
            if text.is_empty() && piece.is_empty() {
                return Ok(());
            }
            self.decode(&text, sink)?;
        }
    }

    fn decode(&mut self, piece: &[u8], sink: &mut Sink) -> Result<(), Stop> {
        self.given += piece.len() as u64;
        if self.limits.exceeded(self.given, MAX_BYTES) {
            let limit = format!("{} GiB", MAX_BYTES >> 30);
            return Err(vec![Finding::new(Code::TooLarge, Place::File).expected(limit)]);
        }
        let most = self.taken.saturating_mul(MAX_RATIO).max(RATIO_FLOOR);
        if matches!(self.pack, Pack::Gzip(_)) && self.limits.exceeded(self.given, most) {
            return Err(vec![Finding::new(Code::UnpacksTooFar, Place::File).expected(MAX_RATIO.to_string())]);
        }
        self.encoding.push(piece, sink)
    }
}

fn broken(byte: u64) -> Stop {
    vec![Finding::new(Code::GzipBroken, Place::File).found(byte.to_string())]
}

impl Encoding {
    fn push(&mut self, piece: &[u8], sink: &mut Sink) -> Result<(), Stop> {
        match self {
            Self::Undecided(first) => {
                first.extend_from_slice(piece);
                if first.len() < 4 {
                    return Ok(());
                }
                let first = std::mem::take(first);
                self.decide(&first, sink)
            }
            Self::Utf8 => sink(piece),
            Self::Utf16(utf16) => sink(&utf16.decode(piece)),
        }
    }

    fn decide(&mut self, first: &[u8], sink: &mut Sink) -> Result<(), Stop> {
        let (encoding, text) = match first {
            [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => {
                return Err(vec![Finding::new(Code::Encoding, Place::File).found("UTF-32")]);
            }
            [0xef, 0xbb, 0xbf, text @ ..] => (Self::Utf8, text),
            [0xff, 0xfe, text @ ..] => (Self::Utf16(Utf16::default()), text),
            [0xfe, 0xff, text @ ..] => (Self::Utf16(Utf16 { big_endian: true, ..Utf16::default() }), text),
            text => (Self::Utf8, text),
        };
        *self = encoding;
        self.push(text, sink)
    }

    fn finish(mut self, sink: &mut Sink) -> Result<(), Stop> {
        if let Self::Undecided(first) = &mut self {
            let first = std::mem::take(first);
            self.decide(&first, sink)?;
        }
        match self {
            Self::Utf16(Utf16 { half: None, high: None, .. }) | Self::Utf8 | Self::Undecided(_) => Ok(()),
            Self::Utf16(_) => sink(NOT_TEXT),
        }
    }
}

/// A byte that UTF-8 never has, for a code unit that is no character.
const NOT_TEXT: &[u8] = &[0xff];

impl Utf16 {
    fn decode(&mut self, piece: &[u8]) -> Vec<u8> {
        let mut text = Vec::with_capacity(piece.len());
        for &byte in piece {
            match self.half.take() {
                None => self.half = Some(byte),
                Some(first) if self.big_endian => self.unit(u16::from_be_bytes([first, byte]), &mut text),
                Some(first) => self.unit(u16::from_le_bytes([first, byte]), &mut text),
            }
        }
        text
    }

    fn unit(&mut self, unit: u16, text: &mut Vec<u8>) {
        let high = self.high.take();
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            if high.is_some() {
                text.extend_from_slice(NOT_TEXT);
            }
            return;
        }
        for character in char::decode_utf16(high.into_iter().chain([unit])) {
            match character {
                Ok(character) => text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(_) => text.extend_from_slice(NOT_TEXT),
            }
        }
    }
}
