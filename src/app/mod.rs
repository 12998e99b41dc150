//! The interactive page: what is loaded, what is shown, and how one gets there.
//!
//! The data's way ends in `view`; here it is set going by a person. State lives in one [`session::Session`]; the address
//! of a view is its [`crate::view::Route`] in the fragment, which works from `file://` too.

mod about;
mod answer;
mod bar;
mod breakdown;
mod case;
mod clock;
mod document;
mod empty;
mod failure;
mod filter;
mod intake;
mod loading;
mod mapping;
mod own_file;
mod page;
mod paper;
mod policy;
mod recent;
mod rejected;
mod save;
mod scrolling;
mod session;
mod settings;
mod settlement;
mod shortcuts;
mod term;
mod verify;

pub use case::{MergeFailure, OpenCase};

/// Shows the page. Does nothing in a worker.
pub fn start() {
    leptos::mount::mount_to_body(page::Page);
    own_file::lower_statement();
}
