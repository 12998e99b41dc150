//! What is shown of an assessment, as Leptos components. Nothing here computes a figure, and there is no web-sys: all of it
//! renders in a page and to a string.

mod amount;
mod cases;
mod chart;
mod emergency;
mod explanation;
mod guarantee;
mod outages;
mod overview;
mod stacking;
mod statement;
mod verdict;

pub use amount::yuan;
pub use chart::ChartFigure;
pub use outages::outages;
pub use overview::overview;
pub use statement::StatementSheets;
pub use verdict::verdict_badge;

use leptos::prelude::*;

use crate::assess::Article;
use crate::i18n::{AppTexts, Locale, Texts, fill};
use crate::time::{Instant, Interval, Zone};

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

    /// A span of time; a line breaks between its ends only.
    fn span(self, span: Interval) -> AnyView {
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
    const NUMERALS: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let number = article.number();
    match words.locale {
        Locale::ZhHant | Locale::ZhHans => {
            let numeral = NUMERALS.get(usize::from(number) - 1).copied().unwrap_or_default();
            fill(words.app().article_number, &[("number", &numeral)])
        }
        Locale::En => fill(words.app().article_number, &[("number", &number)]),
    }
}
