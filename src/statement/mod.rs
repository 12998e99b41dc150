//! The assessment as a document and as data, with its digest.

/// The result as JSON (`sla-result/1`), with its digest.
pub mod result;
mod amount;
mod annex;
mod body;
mod document;
pub mod pages;
mod typeset;
pub mod wording;

pub use amount::in_words;
pub use document::{Block, Cell, Column, Content, Copy, Form, Line, Side, Signatures, Statement, Table};
