//! What is shown of an assessment, as Leptos components. Nothing here computes a figure, and there is no web-sys: all of it
//! renders in a page and to a string.

mod amount;
mod chart;
mod guarantee;
mod outages;
mod overview;
mod verdict;

pub use amount::yuan;
pub use chart::ChartFigure;
pub use outages::outages;
pub use overview::overview;
pub use verdict::verdict_badge;

use crate::i18n::{AppTexts, Locale, Texts};
use crate::time::{Instant, Zone};

/// The language that a view is written in, and the zone whose clocks it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// The language.
    pub locale: Locale,
    /// The zone.
    pub zone: Zone,
}

impl Wording {
    /// All texts.
    #[must_use]
    pub const fn texts(self) -> &'static Texts {
        self.locale.texts()
    }

    /// The texts of the page.
    #[must_use]
    pub const fn app(self) -> &'static AppTexts {
        &self.locale.texts().app
    }

    /// An instant as the clocks of the zone show it.
    #[must_use]
    pub fn at(self, at: Instant) -> String {
        crate::i18n::instant(at, self.zone)
    }
}
