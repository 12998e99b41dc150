//! The assessment as a document and as data, with its digest.

/// The result as JSON (`sla-result/1`), with its digest.
pub mod result;
pub mod wording;
