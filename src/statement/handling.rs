//! Articles 3 and 5 to 9 on paper: who was named, what the cases of the month come to, and each of them in an annex.

use super::body::{Composer, article_title};
use super::document::{Cell, Column, Form, Table};
use super::single_case::{CaseInWords, case_heads, case_summary, cases_in_words, named};
use super::wording;
use crate::assess::{CaseOutcome, Guarantee};
use crate::i18n::fill;

/// How many cases that did not keep the promise a section names; the annex lists all.
const NAMED_CASES: usize = 12;

impl Composer<'_> {
    /// One of the articles 3 and 5 to 9: its verdict, what it rests on, and the cases that did not keep the promise.
    pub fn handled(&mut self, guarantee: &Guarantee) {
        self.verdict(guarantee);
        if let Some((office, person)) = named(guarantee, self.texts) {
            let mut facts = Table::facts();
            facts.fact(office, person);
            self.table(facts);
        }
        let words = self.words();
        let cases = cases_in_words(self.record, self.assessment, guarantee, self.locale);
        if let Some(summary) = case_summary(guarantee, self.texts) {
            let listed = fill(words.cases_summary, &[("summary", &summary)]);
            self.paragraph(if cases.is_empty() { summary } else { listed });
        }
        let open: Vec<&CaseInWords> = cases.iter().filter(|own| own.outcome != CaseOutcome::Met).collect();
        for own in open.iter().take(NAMED_CASES) {
            let mut note = self.outcome(own);
            if own.outcome == CaseOutcome::Breached {
                note.extend(self.times(guarantee, own));
            }
            let note = note.join(self.texts.app.phrase_separator);
            self.item(fill(words.noted, &[("what", &own.id), ("note", &note)]));
        }
        if let Some(more) = open.len().checked_sub(NAMED_CASES).filter(|more| *more > 0) {
            self.item(fill(words.more_cases, &[("count", &more)]));
        }
        self.reasons_and_flags(guarantee);
    }

    fn outcome(&self, own: &CaseInWords) -> Vec<String> {
        let mut outcome = vec![wording::case_outcome(own.outcome, self.texts).to_owned()];
        let parts: Vec<&str> = own.missing.iter().map(|part| wording::missing(*part, self.texts)).collect();
        if !parts.is_empty() {
            let parts = parts.join(self.separator());
            outcome.push(fill(self.texts.agreement.case_missing, &[("parts", &parts)]));
        }
        outcome
    }

    /// Until when a case had to be done and when it was.
    fn times(&self, guarantee: &Guarantee, own: &CaseInWords) -> Vec<String> {
        let heads = case_heads(guarantee.article, self.texts);
        let due = heads.due.map(|due| (due, &own.due));
        let times = due.into_iter().chain([(heads.done, &own.done)]);
        let phrase = self.texts.agreement.case_detail;
        times.map(|(name, time)| fill(phrase, &[("name", &name), ("value", &time)])).collect()
    }

    /// Annex D: every case of the month with all that was recorded of it.
    pub fn cases(&mut self) {
        let words = self.words();
        self.heading(words.annex_d);
        let assessment = self.assessment;
        let with_cases: Vec<&Guarantee> = assessment.guarantees.iter().filter(|own| !own.cases().is_empty()).collect();
        if with_cases.is_empty() {
            return self.paragraph(words.no_cases);
        }
        self.times_note();
        for guarantee in with_cases {
            self.subheading(article_title(guarantee.article, self.locale));
            let table = self.case_table(guarantee);
            self.table(table);
        }
    }

    fn case_table(&self, guarantee: &Guarantee) -> Table {
        let agreement = &self.texts.agreement;
        let heads = case_heads(guarantee.article, self.texts);
        let due = heads.due.map(|due| Column::text(due, 14));
        let mut columns = vec![Column::text(agreement.case_item, if due.is_some() { 42 } else { 50 })];
        columns.push(Column::text(heads.started, 14));
        columns.extend(due);
        columns.push(Column::text(heads.done, 14));
        columns.push(Column::text(agreement.emergency_outcome, if heads.due.is_some() { 16 } else { 22 }));
        let mut table = Table::new(Form::Fine, columns);
        for own in cases_in_words(self.record, self.assessment, guarantee, self.locale) {
            let outcome = Cell(self.outcome(&own));
            let item: Cell = match own.about.join(self.texts.app.phrase_separator) {
                about if about.is_empty() => own.id.into(),
                about => format!("{} · {about}", own.id).into(),
            };
            let due = heads.due.map(|_| own.due.into());
            let times = [Some(own.started.into()), due, Some(own.done.into())].into_iter().flatten();
            table.push([item].into_iter().chain(times).chain([outcome]));
        }
        table
    }
}
