//! The statement as elements of a page. They are built once: the page puts them on the screen, and files that hold a
//! statement are written from them, so that both are the same document.

mod chart;
mod element;
mod sheets;

pub use element::{Element, Node};
pub use sheets::{Sheets, sheets_once};
