use std::fmt;

use crate::i18n::Locale;

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            /// Every choice; the first is the usual one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in an address.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The choice of that name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|own| own.as_str() == name)
            }
        }
    };
}

choice! {
    /// The size of the sheets.
    PaperSize {
        /// 210 mm × 297 mm.
        #[default]
        A4 = "a4",
        /// 215.9 mm × 279.4 mm.
        Letter = "letter",
    }
}

choice! {
    /// How much is printed.
    Extent {
        /// The statement with its annexes.
        #[default]
        Full = "full",
        /// Each guarantee in a line, the amounts and the signatures.
        Summary = "summary",
    }
}

choice! {
    /// Where the sheets are bound.
    Binding {
        /// At the left of every sheet: printed on one side.
        #[default]
        Left = "left",
        /// At the left of odd sheets and at the right of even ones: printed on both sides.
        Inner = "inner",
        /// Nowhere: both margins are the same.
        None = "unbound",
    }
}

choice! {
    /// The inks. Verdicts have a sign and a word in either.
    Ink {
        /// Black only.
        #[default]
        Black = "black",
        /// Verdicts and the mark of a provisional statement in colour.
        Colour = "colour",
    }
}

choice! {
    /// Where the parties sign.
    Signing {
        /// Below the amounts.
        #[default]
        Below = "below",
        /// On a page that holds nothing else and says so: 此頁無正文.
        OwnPage = "own-page",
    }
}

/// How the statement is put on paper. It changes no figure, no word of a finding and no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Paper {
    /// The size of the sheets.
    pub size: PaperSize,
    /// How much is printed.
    pub extent: Extent,
    /// The language of the document; `None`: that of the screen.
    pub locale: Option<Locale>,
    /// Where the sheets are bound.
    pub binding: Binding,
    /// The inks.
    pub ink: Ink,
    /// Where the parties sign.
    pub signing: Signing,
}

impl Paper {
    /// Reads `letter,summary,en`: names in any order. What is not understood is left out.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut paper = Self::default();
        for name in text.split(',') {
            paper.size = PaperSize::named(name).unwrap_or(paper.size);
            paper.extent = Extent::named(name).unwrap_or(paper.extent);
            paper.locale = Locale::from_tag(name).or(paper.locale);
            paper.binding = Binding::named(name).unwrap_or(paper.binding);
            paper.ink = Ink::named(name).unwrap_or(paper.ink);
            paper.signing = Signing::named(name).unwrap_or(paper.signing);
        }
        paper
    }
}

impl fmt::Display for Paper {
    /// The size, then what differs from the usual.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.size.as_str())?;
        let usual = Self::default();
        let others = [
            (self.extent != usual.extent).then_some(self.extent.as_str()),
            self.locale.map(Locale::tag),
            (self.binding != usual.binding).then_some(self.binding.as_str()),
            (self.ink != usual.ink).then_some(self.ink.as_str()),
            (self.signing != usual.signing).then_some(self.signing.as_str()),
        ];
        others.into_iter().flatten().try_for_each(|name| write!(f, ",{name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_back_as_they_were_written() {
        for text in ["a4", "letter", "letter,summary,en,inner,colour,own-page", "a4,zh-Hans,unbound"] {
            assert_eq!(Paper::parse(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        for text in ["", "a5", "full,left,black,below", ",,x,"] {
            assert_eq!(Paper::parse(text), Paper::default(), "{text}");
        }
    }
}
