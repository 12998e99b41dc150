//! Files are read in a worker, so that the page stays free.
//!
//! The worker runs the same module as the page. Page and worker speak the [`protocol`]; where a browser refuses to
//! start a worker, the page reads the files itself, in slices. The case of a report is packed and unpacked in one too.

mod decoding;
mod fingerprint;
pub mod page;
pub mod parts;
pub mod protocol;
pub mod read;
pub mod report;
pub mod serve;
pub mod spawn;
