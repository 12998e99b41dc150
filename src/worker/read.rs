//! Reads files in pieces of at most a megabyte, in a worker or on the page.

use js_sys::{ArrayBuffer, Date, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, ReadableStream, ReadableStreamByobReader, ReadableStreamDefaultReader, ReadableStreamGetReaderOptions,
    ReadableStreamReaderMode,
};

use super::decoding;
use super::fingerprint::{APART_FROM, Apart};
use super::protocol::{Failure, Order, Progress, Report};
use crate::import::{Contents, Fingerprint, Fingerprinting};
use crate::record::Record;

/// The largest piece that is asked for, in bytes.
pub(super) const PIECE_BYTES: u32 = 1 << 20;
/// After so many bytes of a file, what is not needed to read on is given away.
const AHEAD_EVERY_BYTES: u64 = 16 << 20;
/// The shortest time between two reports of progress, in milliseconds.
const REPORT_EVERY_MS: i64 = 100;

/// Reads the files one after the other and tells how it goes. The fingerprints of large ones are taken `apart`, where
/// there is such a worker. `breathe` is awaited after each piece; the reading ends at once where it says that nobody waits
/// any more.
pub async fn read_files(
    order: Order,
    files: &[File],
    mut apart: Option<Apart>,
    mut report: impl FnMut(Report),
    mut breathe: impl AsyncFnMut() -> Wanted,
) {
    let mut meter = Meter::new(files.iter().map(size).sum());
    report(Report::Progress(meter.so_far));
    for file in files {
        let mut contents = Contents::new(&file.name(), order.options.clone()).decoding_with(decoding::open);
        let mut hashing = match apart.as_mut().filter(|_| size(file) >= APART_FROM) {
            Some(apart) => Hashing::Apart(apart),
            None => Hashing::Here(Box::default()),
        };
        let mut pieces = Pieces::of(&file.stream());
        let (mut read, mut ahead_at) = (0, AHEAD_EVERY_BYTES);
        let end = loop {
            match step(&mut contents, &mut pieces, &mut hashing).await {
                Ok(Step::Piece(bytes)) => read += bytes,
                Ok(Step::End) => break Ok(()),
                Err(failure) => break Err(failure),
            }
            if read >= ahead_at {
                ahead_at = read + AHEAD_EVERY_BYTES;
                report(Report::Part(Box::new(Record { series: contents.take_ahead(), ..Record::default() })));
            }
            if meter.step(read, contents.rows()) {
                report(Report::Progress(meter.so_far));
            }
            if breathe().await == Wanted::No {
                return;
            }
        };
        // Also where the file was given up: the next one begins afresh.
        let fingerprint = hashing.finish().await;
        let outcome = end.and(fingerprint).and_then(|own| contents.finish(own).map_err(Failure::Refused));
        meter.file_done(size(file));
        report(Report::Progress(meter.so_far));
        report(Report::File { name: file.name(), outcome: Box::new(outcome) });
    }
    report(Report::Done);
}

/// Where the fingerprint of a file is taken.
enum Hashing<'a> {
    Here(Box<Fingerprinting>),
    Apart(&'a mut Apart),
}

impl Hashing<'_> {
    async fn finish(self) -> Result<Fingerprint, Failure> {
        match self {
            Self::Here(own) => Ok(own.finish()),
            Self::Apart(apart) => {
                let fingerprint = apart.fingerprint().await.map_err(|error| Failure::Stopped(said(&error)))?;
                fingerprint.ok_or_else(|| Failure::Stopped(String::new()))
            }
        }
    }
}

/// Whether somebody still waits for what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Go on.
    Yes,
    /// Stop.
    No,
}

enum Step {
    /// So many bytes were taken in.
    Piece(u64),
    /// The file is at its end.
    End,
}

async fn step(
    contents: &mut Contents,
    pieces: &mut Result<Pieces, JsValue>,
    hashing: &mut Hashing<'_>,
) -> Result<Step, Failure> {
    let pieces = pieces.as_mut().map_err(|error| unreadable(error))?;
    match pieces.next(hashing).await.map_err(|error| unreadable(&error))? {
        Some(piece) => contents.push(piece).map(|()| Step::Piece(piece.len() as u64)).map_err(Failure::Refused),
        None => Ok(Step::End),
    }
}

/// The size of a file in bytes.
pub(super) fn size(file: &File) -> u64 {
    // A whole number below 2^53 by definition.
    file.size() as u64
}

fn unreadable(error: &JsValue) -> Failure {
    Failure::Unreadable(said(error))
}

/// The browser's own words for an error.
#[must_use]
pub fn said(error: &JsValue) -> String {
    // A DOMException is no Error to JavaScript, but has a message as well.
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_default()
}

/// Counts over several files, and tells when it is time for a report.
struct Meter {
    so_far: Progress,
    before: Progress,
    reported_at: i64,
}

impl Meter {
    fn new(total: u64) -> Self {
        let so_far = Progress { total, ..Progress::default() };
        Self { so_far, before: so_far, reported_at: now() }
    }

    /// `bytes` and `rows` are those of the present file. Whether it is time for a report.
    fn step(&mut self, bytes: u64, rows: u64) -> bool {
        self.so_far.bytes = (self.before.bytes + bytes).min(self.so_far.total);
        self.so_far.rows = self.before.rows + rows;
        let due = now() - self.reported_at >= REPORT_EVERY_MS;
        if due {
            self.reported_at = now();
        }
        due
    }

    /// A file that was given up early counts as done, too.
    fn file_done(&mut self, bytes: u64) {
        self.so_far.bytes = self.before.bytes + bytes;
        self.before = self.so_far;
    }
}

fn now() -> i64 {
    Date::now() as i64
}

/// A file's bytes, piece by piece. While one is looked at, the browser brings the next.
struct Pieces {
    source: Source,
    /// The next piece, where it was asked for.
    asked: Option<JsFuture>,
    /// A buffer that is lent next.
    spare: Option<ArrayBuffer>,
    bytes: Vec<u8>,
}

enum Source {
    /// The reader fills a buffer that this program lends it: memory stays flat.
    Lent(Lent),
    /// For browsers whose file streams cannot do that.
    Own(ReadableStreamDefaultReader),
}

/// A reader with its function `read`, and that it is to fill a buffer before it gives it back: a browser that does not
/// know of this gives small pieces, each of which costs a turn of three threads.
struct Lent {
    reader: ReadableStreamByobReader,
    read: Function,
    whole: Object,
}

impl Lent {
    fn of(reader: ReadableStreamByobReader) -> Result<Self, JsValue> {
        let read = Reflect::get(&reader, &"read".into())?.dyn_into()?;
        let whole = Object::new();
        Reflect::set(&whole, &"min".into(), &PIECE_BYTES.into())?;
        Ok(Self { reader, read, whole })
    }

    fn read(&self, buffer: &ArrayBuffer) -> Result<Promise, JsValue> {
        self.read.call2(&self.reader, &Uint8Array::new(buffer), &self.whole)?.dyn_into()
    }
}

impl Pieces {
    fn of(stream: &ReadableStream) -> Result<Self, JsValue> {
        let options = ReadableStreamGetReaderOptions::new();
        options.set_mode(ReadableStreamReaderMode::Byob);
        let source = match ReadableStreamByobReader::new(stream) {
            Ok(reader) => Source::Lent(Lent::of(reader)?),
            Err(_) => Source::Own(stream.get_reader().dyn_into()?),
        };
        Ok(Self { source, asked: None, spare: None, bytes: Vec::new() })
    }

    /// The next piece, which is also hashed; `None` at the end of the file.
    async fn next(&mut self, hashing: &mut Hashing<'_>) -> Result<Option<&[u8]>, JsValue> {
        let asked = match self.asked.take() {
            Some(asked) => asked,
            None => self.ask(hashing).await?,
        };
        let read: Object = asked.await?.unchecked_into();
        let piece = Reflect::get(&read, &"value".into())?.dyn_into::<Uint8Array>();
        // The last bytes may come with the word that they are the last.
        let is_empty = piece.as_ref().map_or(true, |piece| piece.length() == 0);
        if is_empty && Reflect::get(&read, &"done".into())?.is_truthy() {
            return Ok(None);
        }
        let piece = piece?;
        self.asked = Some(self.ask(hashing).await?);
        self.bytes.resize(piece.length() as usize, 0);
        piece.copy_to(&mut self.bytes);
        match hashing {
            Hashing::Here(own) => {
                own.push(&self.bytes);
                self.spare = Some(piece.buffer());
            }
            Hashing::Apart(apart) => apart.send(&piece)?,
        }
        Ok(Some(&self.bytes))
    }

    async fn ask(&mut self, hashing: &mut Hashing<'_>) -> Result<JsFuture, JsValue> {
        let promise = match &self.source {
            Source::Lent(lent) => {
                let buffer = match (self.spare.take(), hashing) {
                    (Some(spare), _) => spare,
                    (None, Hashing::Apart(apart)) => apart.buffer().await,
                    (None, Hashing::Here(_)) => ArrayBuffer::new(PIECE_BYTES),
                };
                lent.read(&buffer)?
            }
            Source::Own(reader) => reader.read(),
        };
        Ok(promise.into())
    }
}
