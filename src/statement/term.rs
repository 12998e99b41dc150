//! Article 11 on paper: the term, and the two copies.

use super::body::{Composer, numbered};
use super::wording;
use crate::assess::odd_last_day;
use crate::i18n::{date, fill};

impl Composer<'_> {
    /// From when to when the agreement is in force, and whether that is the year that it promises.
    pub fn term(&mut self) {
        let words = self.words();
        self.heading(numbered(11, words.article_11_name, self.locale));
        let odd = self.contract.term.and_then(odd_last_day);
        let sentence = match self.contract.term {
            None => words.term_not_stated.to_owned(),
            Some(_) if odd.is_none() => fill(words.term_one_year, &[("term", &self.term_value())]),
            Some(_) => fill(words.term_not_one_year, &[("term", &self.term_value())]),
        };
        self.paragraph(sentence);
        if let Some(last) = odd {
            self.item(wording::last_day(last, self.locale));
        }
        self.paragraph(words.two_copies);
    }

    /// First and last day, for the opening and for article 11.
    pub fn term_value(&self) -> String {
        let words = self.words();
        let Some(term) = self.contract.term else { return words.not_stated.to_owned() };
        let (first, last) = (date(term.first_day, self.locale), date(term.last_day, self.locale));
        fill(words.term_value, &[("first", &first), ("last", &last)])
    }
}
