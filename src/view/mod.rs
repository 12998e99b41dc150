//! Statement and charts as Leptos components: no browser is needed to render them.

mod statement;

pub use statement::StatementSheets;
