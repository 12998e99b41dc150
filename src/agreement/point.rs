use std::fmt;

use super::passages;

/// Where a passage of the agreement stands, such as `1.5`, `4.4.1`, `3` for a heading, or `3.end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    article: u8,
    part: Part,
}

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The line that bears its number.
    Heading,
    /// A numbered point: its number, that of the point within it and so on; zero where the numbering ends.
    Numbered([u8; 3]),
    /// The lines without a number that end it.
    Closing,
}

impl Point {
    /// A part of an article. What stands before the first article is article 0.
    #[must_use]
    pub const fn new(article: u8, part: Part) -> Self {
        Self { article, part }
    }

    /// The heading of an article.
    #[must_use]
    pub const fn heading(article: u8) -> Self {
        Self::new(article, Part::Heading)
    }

    /// A point of the first level, such as 1.5.
    #[must_use]
    pub const fn at(article: u8, number: u8) -> Self {
        Self::new(article, Part::Numbered([number, 0, 0]))
    }

    /// A point within a point, such as 4.4.1.
    #[must_use]
    pub const fn within(article: u8, number: u8, inner: u8) -> Self {
        Self::new(article, Part::Numbered([number, inner, 0]))
    }

    /// The lines that end an article.
    #[must_use]
    pub const fn closing(article: u8) -> Self {
        Self::new(article, Part::Closing)
    }

    /// The point that is written so. `None` where the agreement has none such.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        passages().into_iter().map(|passage| passage.point).find(|point| point.to_string() == text)
    }

    /// The article's number; 0 before the first article.
    #[must_use]
    pub const fn article(self) -> u8 {
        self.article
    }

    /// The part of the article.
    #[must_use]
    pub const fn part(self) -> Part {
        self.part
    }

    /// How deep the point stands in its article: 0 for what bears no number.
    #[must_use]
    pub fn depth(self) -> usize {
        match self.part {
            Part::Heading | Part::Closing => 0,
            Part::Numbered(numbers) => numbers.iter().filter(|number| **number > 0).count(),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Heading => Ok(()),
            Self::Numbered([first, rest @ ..]) => {
                write!(f, "{first}")?;
                rest.iter().filter(|number| **number > 0).try_for_each(|number| write!(f, ".{number}"))
            }
            Self::Closing => f.write_str("end"),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Heading => write!(f, "{}", self.article),
            part => write!(f, "{}.{part}", self.article),
        }
    }
}
