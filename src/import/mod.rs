//! Bytes of exported files into a record, with a diagnostic for all that was not understood.
//!
//! A [`Reader`] takes a file in pieces of any size, as a stream gives them, natively and in a worker alike.

mod diagnostic;

pub use diagnostic::{Code, Diagnostic, Place};

use serde::{Deserialize, Serialize};

use crate::record::{Digest, Record};
use crate::time::Zone;

/// What the reader cannot know from the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Options {
    /// The zone of times without offset; `None`: such a file is refused with that hint.
    pub zone: Option<Zone>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// What it holds; its one entry in `sources` is the file itself.
    pub record: Record,
    /// SHA-256 of the file as it was given.
    pub digest: Digest,
    /// Rows or entries that were not taken, each with its place; at most [`KEPT_DIAGNOSTICS`].
    pub rejected: Vec<Diagnostic>,
    /// Notes that took nothing away: columns set aside, secrets dropped, values ignored.
    pub notes: Vec<Diagnostic>,
    /// Rejected rows beyond those kept in `rejected`.
    pub rejected_beyond: u64,
}

/// Why a file cannot be used. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("the file cannot be used")]
pub struct Refusal {
    /// What is wrong, the first thing first.
    pub diagnostics: Vec<Diagnostic>,
}

/// How many diagnostics of one file are kept with their places; all are counted.
pub const KEPT_DIAGNOSTICS: usize = 10_000;
