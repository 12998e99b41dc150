//! The bytes of a file piece by piece, while another thread takes its hashes.

use std::fs::File;
use std::io::{self, Read};
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use sla_statement::import::{Fingerprint, Fingerprinting, Refusal};

/// So many bytes a piece has at most.
pub const PIECE_BYTES: usize = 256 << 10;

/// Shorter files are hashed before another thread would have begun.
const SHARED_BYTES: u64 = 4 << 20;

/// So many pieces wait at most, read and hashed, for who takes them.
const WAITING: usize = 32;

/// Why not all of a file was taken.
pub enum Broken {
    /// It cannot be opened or read.
    Unreadable(io::Error),
    /// It cannot be used.
    Refused(Refusal),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl From<Refusal> for Broken {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// Gives every piece of a file in order, and returns the fingerprint of the very bytes that were given. A long file is read and
/// hashed in a thread of its own; the standard input is not, which may keep that thread waiting for ever.
///
/// # Errors
/// [`Broken`] where the file cannot be read, or as soon as `take` refuses it.
pub fn each_piece(file: &Path, mut take: impl FnMut(&[u8]) -> Result<(), Refusal>) -> Result<Fingerprint, Broken> {
    let input = open(file)?;
    if !is_long(file) {
        return hashed(input, 0, |piece, length| Ok(take(piece.get(..length).unwrap_or_default())?));
    }
    thread::scope(|scope| {
        let (give, given) = sync_channel(WAITING);
        let hashing = scope.spawn(move || hashed(input, WAITING, |piece, length| send(&give, piece, length)));
        take_all(given, take)?;
        hashing.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// A piece, and how much of it was read.
type Given = (Arc<Vec<u8>>, usize);

/// Nobody takes any more pieces once the file was refused, and then nobody looks at what this returns.
fn send(give: &SyncSender<Given>, piece: &Arc<Vec<u8>>, length: usize) -> Result<(), Broken> {
    give.send((Arc::clone(piece), length)).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe).into())
}

fn take_all(given: Receiver<Given>, mut take: impl FnMut(&[u8]) -> Result<(), Refusal>) -> Result<(), Refusal> {
    given.into_iter().try_for_each(|(piece, length)| take(piece.get(..length).unwrap_or_default()))
}

/// Reads all there is, gives each piece and hashes it. So many pieces may wait for who takes them.
fn hashed(
    mut input: impl Read,
    waiting: usize,
    mut give: impl FnMut(&Arc<Vec<u8>>, usize) -> Result<(), Broken>,
) -> Result<Fingerprint, Broken> {
    let mut hashing = Fingerprinting::default();
    // Where some wait, one is taken and one is read meanwhile.
    let count = if waiting == 0 { 1 } else { waiting + 2 };
    let mut pieces: Vec<Arc<Vec<u8>>> = (0..count).map(|_| Arc::default()).collect();
    loop {
        // The one nearest to the processor is that which was last in use.
        let free = pieces.iter_mut().position(|piece| Arc::get_mut(piece).is_some());
        let Some(piece) = pieces.get_mut(free.unwrap_or(0)) else { return Ok(hashing.finish()) };
        let length = refill(piece, &mut input)?;
        if length == 0 {
            return Ok(hashing.finish());
        }
        give(piece, length)?;
        hashing.push(piece.get(..length).unwrap_or_default());
    }
}

/// Reads the next piece into one that nobody looks at any more, else into a new one.
fn refill(piece: &mut Arc<Vec<u8>>, input: &mut impl Read) -> io::Result<usize> {
    if Arc::get_mut(piece).is_none_or(|bytes| bytes.is_empty()) {
        *piece = Arc::new(vec![0; PIECE_BYTES]);
    }
    let Some(bytes) = Arc::get_mut(piece) else { return Ok(0) };
    loop {
        match input.read(bytes) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// Opens a file; `-` is the standard input.
pub fn open(file: &Path) -> io::Result<Box<dyn Read + Send>> {
    Ok(if is_standard_input(file) { Box::new(io::stdin()) } else { Box::new(File::open(file)?) })
}

/// Whether it is worth while to share the work on a file; of the standard input nobody knows.
pub fn is_long(file: &Path) -> bool {
    !is_standard_input(file) && std::fs::metadata(file).is_ok_and(|meta| meta.len() >= SHARED_BYTES)
}

/// Whether a file is the standard input.
pub fn is_standard_input(file: &Path) -> bool {
    file.as_os_str() == "-"
}
