//! Every text that a person can see, in three languages, checked when the program is compiled.
//!
//! The texts stand in `locales/<language>/<area>.rs`; each is a struct literal, so a missing key does not compile.
//! A text may hold places such as `{count}`, which [`fill`] fills.

mod catalogue;
mod locale;
mod numbers;
mod visible;

pub use catalogue::{
    AgreementTexts, AppTexts, ChartTexts, CliTexts, DiagnosticTexts, ReadingTexts, StatementTexts, Texts,
};
pub use locale::{Locale, fill};
pub use numbers::{clock, date, duration, instant, month};
pub use visible::{is_formula, is_visible, visible};
