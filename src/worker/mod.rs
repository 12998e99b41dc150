//! Files are read in a worker, so that the page stays free.
//!
//! The worker runs the same module as the page. Page and worker speak the [`protocol`]; where a browser refuses to
//! start a worker, the page reads the files itself, in slices.

mod decoding;
mod fingerprint;
pub mod page;
pub mod protocol;
pub mod read;
pub mod serve;
pub mod spawn;
