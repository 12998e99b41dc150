//! What is shown, as it stands in the address after `#`.

use std::fmt;

use crate::agreement::Point;
use crate::i18n::Locale;
use crate::statement::paper::Paper;
use crate::time::{Instant, LocalMonth};

/// The views of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum View {
    /// Each guarantee at a glance.
    #[default]
    Overview,
    /// Every outage with what counted and why.
    Outages,
    /// The month and the term in charts.
    Charts,
    /// The agreement point by point, how it is read, and what the month holds for it.
    Agreement,
    /// The document to print and sign.
    Statement,
    /// Somebody's statement against the case.
    Verify,
    /// What the names in the files mean.
    Targets,
}

impl View {
    /// Every view, in the order in which it is offered.
    pub const ALL: [Self; 7] =
        [Self::Overview, Self::Outages, Self::Charts, Self::Agreement, Self::Statement, Self::Verify, Self::Targets];

    /// The name in the fragment.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::Outages => "outages",
            Self::Charts => "charts",
            Self::Agreement => "agreement",
            Self::Statement => "statement",
            Self::Verify => "verify",
            Self::Targets => "targets",
        }
    }
}

/// What is shown. What a fragment leaves out is chosen by the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Route {
    /// `month=2026-03`.
    pub month: Option<LocalMonth>,
    /// `lang=zh-Hant`.
    pub locale: Option<Locale>,
    /// `view=overview`.
    pub view: View,
    /// `clause=1.5`: what the view brings before the reader first; `None`: its top.
    pub clause: Option<Point>,
    /// `at=2026-03-24T15:50:00Z`: the outage that the view brings before the reader first; `None`: none.
    pub outage: Option<Instant>,
    /// `paper=letter,summary`: how the statement is put on paper; `None`: as was chosen before.
    pub paper: Option<Paper>,
    /// `as_of=2026-04-10T00:00:00Z`; `None`: the time at which the case was opened.
    pub as_of: Option<Instant>,
}

impl Route {
    /// Reads a fragment, with or without `#`. What is not understood is left out: an old or mistyped link still opens.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let mut route = Self::default();
        for (key, value) in fragment.trim_start_matches('#').split('&').filter_map(|part| part.split_once('=')) {
            let value = value.replace("%3A", ":").replace("%3a", ":").replace("%2B", "+").replace("%2b", "+");
            match key {
                "month" => route.month = value.parse().ok(),
                "lang" => route.locale = Locale::from_tag(&value),
                "view" => route.view = View::ALL.into_iter().find(|view| view.as_str() == value).unwrap_or_default(),
                "clause" => route.clause = Point::find(&value),
                "at" => route.outage = Instant::parse_rfc3339(&value).ok(),
                "paper" => route.paper = Some(Paper::parse(&value.replace("%2C", ",").replace("%2c", ","))),
                "as_of" => route.as_of = Instant::parse_rfc3339(&value).ok().map(Instant::whole_second),
                _ => {}
            }
        }
        route
    }
}

impl fmt::Display for Route {
    /// The fragment without `#`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(month) = self.month {
            write!(f, "month={month}&")?;
        }
        if let Some(locale) = self.locale {
            write!(f, "lang={}&", locale.tag())?;
        }
        write!(f, "view={}", self.view.as_str())?;
        if let Some(clause) = self.clause {
            write!(f, "&clause={clause}")?;
        }
        if let Some(at) = self.outage {
            write!(f, "&at={at}")?;
        }
        if let Some(paper) = self.paper {
            write!(f, "&paper={paper}")?;
        }
        if let Some(as_of) = self.as_of {
            write!(f, "&as_of={as_of}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_is_read_back_as_it_was_written() {
        for text in [
            "view=overview",
            "view=charts",
            "month=2026-03&lang=zh-Hant&view=statement",
            "month=2026-03&lang=en&view=outages&as_of=2026-04-10T00:00:00Z",
            "lang=en&view=agreement&clause=2.4.3",
            "month=2026-03&view=outages&clause=1&at=2026-03-24T15:50:00.250Z",
            "lang=en&view=statement&paper=letter,summary,zh-Hant",
            "month=2026-03&view=overview&clause=3.end&as_of=2026-04-10T00:00:00Z",
        ] {
            assert_eq!(Route::parse(&format!("#{text}")).to_string(), text);
        }
    }

    #[test]
    fn the_order_of_keys_makes_no_difference() {
        let route = Route::parse("#view=outages&as_of=2026-04-10T08:00:00%2B08:00&month=2026-03");
        assert_eq!(route.to_string(), "month=2026-03&view=outages&as_of=2026-04-10T00:00:00Z");
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        for text in
            ["", "#", "#nonsense", "#month=2026-13&lang=fr&view=secret&clause=1.11&as_of=yesterday&x=y", "#&&==&month"]
        {
            assert_eq!(Route::parse(text), Route::default(), "{text}");
        }
    }
}
