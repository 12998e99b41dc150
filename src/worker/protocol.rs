//! What page and worker tell each other: postcard bytes, whose buffers are handed over and not copied.

use js_sys::{ArrayBuffer, Uint8Array};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::import::{Imported, Options, Refusal};
use crate::record::{Digest, Record};
use crate::time::Zone;

/// Page to worker: what is to be done with what comes with this message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// Files are to be read.
    Read(Order),
    /// Files are to become the case of a report.
    Pack(Parcel),
    /// The two texts of a report's case are to become its files.
    Unpack,
}

/// The case that a report is to hold, but for the files themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Month, language, view and time of knowledge, written as in the fragment of the viewer's address.
    pub address: String,
    /// SHA-256 of each file as it was read, and the zone of its times without offset.
    pub files: Vec<(Digest, Option<Zone>)>,
}

/// Page to worker: read the files that come with this message, one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Order {
    /// What the reader cannot know from the bytes.
    pub options: Options,
}

/// Worker to page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Report {
    /// The order arrived: the worker runs.
    Started,
    /// How far the reading has come; never less than in an earlier report.
    Progress(Progress),
    /// Something of the series of the file that is reported next, and nothing else.
    Part(Box<Record>),
    /// One file is done. Files are reported in the order in which they were given.
    File {
        /// The file's name.
        name: String,
        /// What became of it.
        outcome: Box<Result<Imported, Failure>>,
    },
    /// Every file was reported.
    Done,
}

/// How far the reading has come, over all files of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Bytes read.
    pub bytes: u64,
    /// Bytes of all files together.
    pub total: u64,
    /// Rows read.
    pub rows: u64,
}

impl Progress {
    /// The share that is done, in whole percent, 0 to 100; 0 where nothing is to be read.
    #[must_use]
    pub fn percent(self) -> u64 {
        (self.bytes.min(self.total) * 100).checked_div(self.total).unwrap_or(0)
    }
}

/// Why a file was not read to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// It is not what this program reads.
    Refused(Refusal),
    /// The browser could not read it; the text is the browser's own.
    Unreadable(String),
    /// The reading ended by itself, as when memory runs out; the text is the browser's own.
    Stopped(String),
}

/// A message as bytes in a buffer of its own, ready to be handed over; `None` only where memory is out.
#[must_use]
pub fn pack<T: Serialize>(message: &T) -> Option<ArrayBuffer> {
    let bytes = postcard::to_allocvec(message).ok()?;
    Some(Uint8Array::from(bytes.as_slice()).buffer())
}

/// A message from its bytes; `None` where they are not such a message.
#[must_use]
pub fn unpack<T: DeserializeOwned>(buffer: &ArrayBuffer) -> Option<T> {
    postcard::from_bytes(&Uint8Array::new(buffer).to_vec()).ok()
}
