//! Article 10 on paper: who relied on force majeure this month, and on which category.

use super::body::{Composer, numbered};
use super::document::{Cell, Column, Form, Table, clean};
use super::wording;

impl Composer<'_> {
    /// Every claim of force majeure that concerns the month, whatever became of it.
    pub fn force_majeure(&mut self) {
        let words = self.words();
        self.heading(numbered(10, words.article_10_name, self.locale));
        let Some(claims) = &self.record.exclusions else { return self.paragraph(words.force_majeure_not_recorded) };
        let columns = vec![
            Column::text(words.head_id, 9),
            Column::text(words.head_category, 34),
            Column::text(words.head_span, 20),
            Column::text(words.head_proof, 23),
            Column::text(words.head_stance, 14),
        ];
        let mut table = Table::new(Form::Fine, columns);
        for claim in claims.iter().filter(|claim| self.assessment.concerns(claim.span)) {
            let Some(category) = claim.ground.force_majeure() else { continue };
            let reference = super::body::clause_reference(claim.ground.into(), self.locale);
            table.push([
                clean(&claim.id).into(),
                Cell(vec![wording::force_majeure(category, self.texts).to_owned(), reference]),
                self.span(claim.span),
                self.evidence(&claim.evidence).into(),
                wording::stance(claim.stance, self.texts).into(),
            ]);
        }
        self.table_or(table, words.force_majeure_none);
    }
}
