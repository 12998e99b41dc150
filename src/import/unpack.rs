use super::Limits;
use super::decoding::{GB18030, OpenDecoder, TextDecoder, is_gb18030};
use super::diagnostic::{Code, Finding, Place, Stop};
use super::gzip::{Gunzip, MAGIC};

/// How many bytes are read of one file, after unpacking.
pub(super) const MAX_BYTES: u64 = 32 << 30;

/// A file may unpack to so many times its size; the monitoring data of years stays well below.
const MAX_RATIO: u64 = 200;

/// Up to so many bytes the ratio does not matter: a month of equal states packs very small.
const RATIO_FLOOR: u64 = 256 << 20;

/// Where text that is not ASCII begins, so many bytes of it are looked at to tell its encoding.
const LOOKED_AT_BYTES: usize = 64 << 10;

/// Takes the text of a file on, piece by piece.
pub(super) type Sink<'a> = dyn FnMut(&[u8]) -> Result<(), Stop> + 'a;

/// The bytes of a file as they were given into text in UTF-8 without a byte order mark.
///
/// Bytes that are no text are passed on as such: which row they spoil is for the format to say.
pub(super) struct Unpack {
    pub limits: Limits,
    pack: Pack,
    encoding: Encoding,
    open: Option<OpenDecoder>,
    /// The encoding that was told from the bytes.
    told: Option<&'static str>,
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
    /// Without a mark, and nothing but ASCII so far.
    Ascii,
    /// From the first byte on that is not ASCII, as long as the encoding cannot be told.
    Untold(Vec<u8>),
    /// Or what is no text.
    Utf8,
    Utf16(Utf16),
    Other(Box<dyn TextDecoder>),
}

#[derive(Default)]
struct Utf16 {
    big_endian: bool,
    half: Option<u8>,
    high: Option<u16>,
}

impl Default for Unpack {
    fn default() -> Self {
        let (pack, encoding) = (Pack::Undecided(Vec::new()), Encoding::Undecided(Vec::new()));
        Self { limits: Limits::default(), pack, encoding, open: None, told: None, taken: 0, given: 0 }
    }
}

impl Unpack {
    /// Text in other encodings is decoded with what this opens.
    pub fn decode_with(&mut self, open: OpenDecoder) {
        self.open = Some(open);
    }

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

    /// The encoding, where it was told from the bytes.
    pub fn finish(mut self, sink: &mut Sink) -> Result<Option<&'static str>, Stop> {
        match std::mem::replace(&mut self.pack, Pack::None) {
            Pack::Undecided(first) => self.decode(&first, sink)?,
            Pack::None => {}
            Pack::Gzip(gunzip) => gunzip.finish().map_err(|_| broken(self.taken))?,
        }
        self.end(sink)?;
        Ok(self.told)
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
        self.text(piece, sink)
    }

    fn text(&mut self, piece: &[u8], sink: &mut Sink) -> Result<(), Stop> {
        match &mut self.encoding {
            Encoding::Undecided(first) => {
                first.extend_from_slice(piece);
                if first.len() < 4 {
                    return Ok(());
                }
                let first = std::mem::take(first);
                self.decide(&first, sink)
            }
            Encoding::Ascii if piece.is_ascii() => sink(piece),
            Encoding::Ascii => {
                let ascii = piece.iter().take_while(|byte| byte.is_ascii()).count();
                let (ascii, rest) = piece.split_at_checked(ascii).unwrap_or((piece, &[]));
                self.encoding = Encoding::Untold(Vec::new());
                sink(ascii)?;
                self.text(rest, sink)
            }
            Encoding::Untold(held) => {
                held.extend_from_slice(piece);
                if held.len() < LOOKED_AT_BYTES { Ok(()) } else { self.tell(sink) }
            }
            Encoding::Utf8 => sink(piece),
            Encoding::Utf16(utf16) => sink(&utf16.decode(piece)),
            Encoding::Other(decoder) => sink(&marked(&decoder.decode(piece, false))),
        }
    }

    fn decide(&mut self, first: &[u8], sink: &mut Sink) -> Result<(), Stop> {
        let (little, big) = (Utf16::default(), Utf16 { big_endian: true, ..Utf16::default() });
        let (encoding, told, text) = match first {
            [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => {
                return Err(vec![Finding::new(Code::Encoding, Place::File).found("UTF-32")]);
            }
            [0xef, 0xbb, 0xbf, text @ ..] => (Encoding::Utf8, None, text),
            [0xff, 0xfe, text @ ..] => (Encoding::Utf16(little), None, text),
            [0xfe, 0xff, text @ ..] => (Encoding::Utf16(big), None, text),
            // Files begin with ASCII, of which every other byte is zero here.
            [1..=0x7f, 0, 1..=0x7f, 0, ..] => (Encoding::Utf16(little), Some("UTF-16LE"), first),
            [0, 1..=0x7f, 0, 1..=0x7f, ..] => (Encoding::Utf16(big), Some("UTF-16BE"), first),
            text => (Encoding::Ascii, None, text),
        };
        (self.encoding, self.told) = (encoding, told);
        self.text(text, sink)
    }

    /// Tells the encoding of text from its first bytes that are not ASCII. What is held need not end with a character.
    fn tell(&mut self, sink: &mut Sink) -> Result<(), Stop> {
        let Encoding::Untold(held) = std::mem::replace(&mut self.encoding, Encoding::Utf8) else { return Ok(()) };
        let looked_at = held.get(..LOOKED_AT_BYTES).unwrap_or(&held);
        let utf8 = str::from_utf8(looked_at).map_or_else(|error| error.error_len().is_none(), |_| true);
        let open = self.open.filter(|_| !utf8 && is_gb18030(looked_at));
        if let Some(decoder) = open.and_then(|open| open(GB18030)) {
            (self.encoding, self.told) = (Encoding::Other(decoder), Some(GB18030));
        }
        self.text(&held, sink)
    }

    fn end(&mut self, sink: &mut Sink) -> Result<(), Stop> {
        if let Encoding::Undecided(first) = &mut self.encoding {
            let first = std::mem::take(first);
            self.decide(&first, sink)?;
        }
        if matches!(self.encoding, Encoding::Untold(_)) {
            self.tell(sink)?;
        }
        match &mut self.encoding {
            Encoding::Utf16(Utf16 { half: None, high: None, .. }) => Ok(()),
            Encoding::Utf16(_) => sink(NOT_TEXT),
            Encoding::Other(decoder) => sink(&marked(&decoder.decode(&[], true))),
            _ => Ok(()),
        }
    }
}

fn broken(byte: u64) -> Stop {
    vec![Finding::new(Code::GzipBroken, Place::File).found(byte.to_string())]
}

/// Text from a decoder, which has a character of its own for what is none.
fn marked(text: &str) -> Vec<u8> {
    let mut marked = Vec::with_capacity(text.len());
    for (index, part) in text.split('\u{fffd}').enumerate() {
        marked.extend_from_slice(if index == 0 { &[] } else { NOT_TEXT });
        marked.extend_from_slice(part.as_bytes());
    }
    marked
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
