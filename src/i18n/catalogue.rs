//! The keys of every text. Values: `locales/`.

/// Declares an area of texts and lists its keys, so that tests can compare languages.
macro_rules! catalogue {
    ($(#[$doc:meta])* $name:ident { $($key:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug)]
        #[allow(missing_docs, reason = "a key says what its text is for; the text itself stands in locales/")]
        pub struct $name { $(pub $key: &'static str),+ }

        impl $name {
            /// Every key with its text.
            #[must_use]
            pub fn entries(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($key), self.$key)),+]
            }
        }
    };
}

mod agreement;
mod app;
mod chart;
mod cli;
mod diagnostic;
mod reading;
mod statement;

pub use agreement::AgreementTexts;
pub use app::AppTexts;
pub use chart::ChartTexts;
pub use cli::CliTexts;
pub use diagnostic::DiagnosticTexts;
pub use reading::ReadingTexts;
pub use statement::StatementTexts;

/// All texts of one language.
#[derive(Debug)]
pub struct Texts {
    /// Words of the agreement and of the assessment: verdicts, clauses, flags, reasons, policies.
    pub agreement: AgreementTexts,
    /// What is wrong with a file, and what was expected.
    pub diagnostic: DiagnosticTexts,
    /// The printed statement.
    pub statement: StatementTexts,
    /// The page around it.
    pub app: AppTexts,
    /// Charts.
    pub chart: ChartTexts,
    /// The native program.
    pub cli: CliTexts,
    /// How the program reads the agreement.
    pub reading: ReadingTexts,
}
