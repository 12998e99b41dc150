//! From exported monitoring data to a monthly SLA compliance statement.
//!
//! The data goes one straight way, and no module knows a later one:
//! `time`, `contract` → `import` → `record` → `assess` → `chart` → `statement` → `view` → `app`, `worker`.
//! Everything up to `view` is pure: no clock, no locale of the host, no files, no DOM.

/// The agreement's own words, with an address for each point.
pub mod agreement;
/// The articles of the agreement applied to a record, for one month.
pub mod assess;
/// Figures as geometry: shapes that can be shown, printed and tested.
pub mod chart;
/// What the two parties agreed: parties, term, figures, policy, money.
pub mod contract;
/// A believable customer's month, generated from a fixed seed.
pub mod demo;
/// Every text that a person can see, in three languages.
pub mod i18n;
/// Bytes of exported files into a record, with a diagnostic for all that was not understood.
pub mod import;
/// The statement as elements, for the page and for files.
pub mod paper;
/// Everything that was recorded, whatever file it came from; records merge.
pub mod record;
/// One file that holds a statement, its case and the viewer.
pub mod report;
/// Sets and maps of few elements.
pub mod sorted;
/// The assessment as a document and as data, with its digest.
pub mod statement;
/// Instants, half-open intervals, months in a zone, business days.
pub mod time;

/// The interactive page.
#[cfg(feature = "viewer")]
pub mod app;
/// Overview, outages, agreement and charts as Leptos components.
#[cfg(feature = "viewer")]
pub mod view;
/// The worker that reads files while the page stays free.
#[cfg(feature = "viewer")]
pub mod worker;
