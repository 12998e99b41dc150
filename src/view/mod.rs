//! What is shown of an assessment, as Leptos components. Nothing here computes a figure, and there is no web-sys: all of it
//! renders in a page and to a string.

mod agreement;
mod amount;
mod cases;
mod chart;
mod charts;
mod cross_check;
mod emergency;
mod explanation;
mod filter;
mod guarantee;
mod in_turns;
mod link;
mod outages;
mod overview;
mod route;
mod samples;
mod stacking;
mod traffic;
mod verdict;
mod zoomable;

pub use agreement::agreement;
pub use amount::yuan;
pub use chart::{ChartFigure, ChartFile, SaveChart, figure};
pub use charts::{Held, charts, term_charts};
pub use filter::{Filter, Standing};
pub use in_turns::{InTurns, Later, in_turns};
pub use link::anchor;
pub use outages::{outage_anchor, outages, single_anchor};
pub use overview::overview;
pub use route::{Route, View};
pub use samples::{SAMPLES, TellsOf, samples_link};
pub use verdict::verdict_badge;

use leptos::prelude::*;

use crate::agreement::Point;
use crate::assess::Article;
use crate::i18n::{AppTexts, Locale, Texts};
use crate::statement::basis;
use crate::time::{Instant, Interval, Zone};

/// The language that a view is written in, the zone whose clocks it shows, and the place from which its links go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wording {
    /// The language.
    pub locale: Locale,
    /// The zone.
    pub zone: Zone,
    /// What is shown: links keep its month, language and time of knowledge.
    pub route: Route,
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

    /// A span of time; a line breaks between its ends only.
    #[must_use]
    pub fn span(self, span: Interval) -> AnyView {
        view! {
            <span class="number">{self.at(span.start())}</span>
            " – "
            <span class="number">{self.at(span.end())}</span>
        }
        .into_any()
    }
}

/// An article by its number, as each language counts articles: 第一條, Article 1.
fn article_number(article: Article, words: Wording) -> String {
    basis::reference(Point::heading(article.number()), words.locale)
}
