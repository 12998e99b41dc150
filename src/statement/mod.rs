//! The assessment as a document and as data, with its digest.

pub mod wording;
