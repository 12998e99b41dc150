//! Reads files in pieces of at most a megabyte, in a worker or on the page.

use js_sys::{ArrayBuffer, Date, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, ReadableStream, ReadableStreamByobReader, ReadableStreamDefaultReader, ReadableStreamGetReaderOptions,
    ReadableStreamReaderMode,
};

use super::decoding;
use super::protocol::{Failure, Order, Progress, Report};
use crate::import::Reader;

/// The largest piece that is asked for, in bytes.
const PIECE_BYTES: u32 = 1 << 20;
/// The shortest time between two reports of progress, in milliseconds.
const REPORT_EVERY_MS: i64 = 100;

/// Reads the files one after the other and tells how it goes. `breathe` is awaited after each piece; the reading ends
/// at once where it says that nobody waits any more.
pub async fn read_files(
    order: Order,
    files: &[File],
    mut report: impl FnMut(Report),
    mut breathe: impl AsyncFnMut() -> Wanted,
) {
    let mut meter = Meter::new(files.iter().map(size).sum());
    report(Report::Progress(meter.so_far));
    for file in files {
        let mut reader = Reader::new(&file.name(), order.options.clone()).decoding_with(decoding::open);
        let mut pieces = Pieces::of(&file.stream());
        let mut read = 0;
        let outcome = loop {
            match step(&mut reader, &mut pieces).await {
                Ok(Step::Piece(bytes)) => read += bytes,
                Ok(Step::End) => break reader.finish().map_err(Failure::Refused),
                Err(failure) => break Err(failure),
            }
            if meter.step(read, reader.rows()) {
                report(Report::Progress(meter.so_far));
            }
            if breathe().await == Wanted::No {
                return;
            }
        };
        meter.file_done(size(file));
        report(Report::Progress(meter.so_far));
        report(Report::File { name: file.name(), outcome: Box::new(outcome) });
    }
    report(Report::Done);
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

async fn step(reader: &mut Reader, pieces: &mut Result<Pieces, JsValue>) -> Result<Step, Failure> {
    let pieces = pieces.as_mut().map_err(|error| unreadable(error))?;
    match pieces.next().await.map_err(|error| unreadable(&error))? {
        Some(piece) => reader.push(piece).map(|()| Step::Piece(piece.len() as u64)).map_err(Failure::Refused),
        None => Ok(Step::End),
    }
}

/// The size of a file in bytes.
fn size(file: &File) -> u64 {
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

/// A file's bytes, piece by piece, in one buffer that is used again.
struct Pieces {
    source: Source,
    buffer: Vec<u8>,
}

enum Source {
    /// The reader fills a buffer that this program lends it: memory stays flat.
    Lent(ReadableStreamByobReader, Option<ArrayBuffer>),
    /// For browsers whose file streams cannot do that.
    Own(ReadableStreamDefaultReader),
}

impl Pieces {
    fn of(stream: &ReadableStream) -> Result<Self, JsValue> {
        let options = ReadableStreamGetReaderOptions::new();
        options.set_mode(ReadableStreamReaderMode::Byob);
        let source = match ReadableStreamByobReader::new(stream) {
            Ok(reader) => Source::Lent(reader, Some(ArrayBuffer::new(PIECE_BYTES))),
            Err(_) => Source::Own(stream.get_reader().dyn_into()?),
        };
        Ok(Self { source, buffer: Vec::new() })
    }

    /// The next piece; `None` at the end of the file.
    async fn next(&mut self) -> Result<Option<&[u8]>, JsValue> {
        let read = match &mut self.source {
            Source::Lent(reader, lent) => {
                let buffer = lent.take().unwrap_or_else(|| ArrayBuffer::new(PIECE_BYTES));
                reader.read_with_array_buffer_view(&Uint8Array::new(&buffer))
            }
            Source::Own(reader) => reader.read(),
        };
        let read: Object = JsFuture::from(read).await?.unchecked_into();
        if Reflect::get(&read, &"done".into())?.is_truthy() {
            return Ok(None);
        }
        let piece: Uint8Array = Reflect::get(&read, &"value".into())?.dyn_into()?;
        self.buffer.resize(piece.length() as usize, 0);
        piece.copy_to(&mut self.buffer);
        if let Source::Lent(_, lent) = &mut self.source {
            *lent = Some(piece.buffer());
        }
        Ok(Some(&self.buffer))
    }
}
