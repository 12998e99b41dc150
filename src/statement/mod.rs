//! The assessment as a document and as data, with its digest.

mod amount;
mod annex;
/// On which point of the agreement a finding rests.
pub mod basis;
mod body;
mod check;
mod document;
mod emergency;
mod force_majeure;
mod handling;
mod json;
/// The document cut into sheets.
pub mod pages;
/// How the statement is put on paper.
pub mod paper;
/// How the agreement is read, and what could change that.
pub mod reading;
/// The result as JSON (`sla-result/1`), with its digest.
pub mod result;
mod single_case;
/// The record as a document of `sla-export/1`.
pub mod sla_export;
pub mod sla_settlement;
mod term;
mod typeset;
/// A result against the one that is computed again.
pub mod verify;
/// What a reader must know of the data before relying on a figure.
pub mod warning;
/// What is found, in the words of the agreement.
pub mod wording;

pub use amount::in_words;
pub use check::{Check, Code, code_text};
pub use document::{Block, Cell, Column, Content, Copy, FACTS_PERCENT, Form, Line, Side, Signatures, Statement, Table};
pub use single_case::{CaseHeads, CaseInWords, case_heads, case_summary, cases_in_words, named};
