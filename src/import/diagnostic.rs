use serde::{Deserialize, Serialize};

/// What is wrong. The text is made where it is shown, in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Code {
    /// The file holds nothing.
    Empty,
}

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A line, counted from 1, and the column of the table by name where it is one column.
    Line {
        /// Counted from 1.
        line: u64,
        /// The column's number counted from 1, and its name.
        column: Option<(u32, String)>,
    },
    /// A byte, counted from 0.
    Byte(u64),
    /// A place in a JSON document, such as `contract.term.first_day`, with its line where it is known.
    Path {
        /// The path.
        path: String,
        /// The line, counted from 1.
        line: Option<u64>,
    },
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// What.
    pub code: Code,
    /// The file's name.
    pub file: String,
    /// Where.
    pub place: Place,
    /// The text at that place, shortened, control characters escaped.
    pub found: String,
    /// What would have been right, in the file's own terms (names, not prose).
    pub expected: String,
}
