//! The agreement's own words: as it was signed and, line by line, rendered in two more languages, with an address for each
//! point. The words are data, in the folder `agreement/`; here they are only found.

mod point;
mod text;

pub use point::{Part, Point};
pub use text::{Edition, Passage, passages};
