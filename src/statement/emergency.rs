//! Article 4 on paper: the emergencies of the month, and in an annex every notice that the provider gave.

use super::body::Composer;
use super::document::{Cell, Column, Form, Table, clean};
use super::wording;
use crate::assess::{Emergency, Guarantee};
use crate::i18n::{date, fill};
use crate::record::{CreditRequest, Notice};
use crate::time::Instant;

impl Composer<'_> {
    /// The verdict, and a line for each emergency.
    pub fn emergencies(&mut self, guarantee: &Guarantee, emergencies: &[Emergency]) {
        let agreement = &self.texts.agreement;
        self.verdict(guarantee);
        let columns = vec![
            Column::text(agreement.emergency_targets, 17),
            Column::text(agreement.emergency_determined, 23),
            Column::text(agreement.emergency_deadline, 23),
            Column::text(agreement.emergency_notified, 23),
            Column::text(agreement.emergency_outcome, 14),
        ];
        let mut table = Table::new(Form::Fine, columns);
        for own in emergencies {
            table.push([
                self.names(own.targets.iter()).into(),
                self.at(own.determined_at).into(),
                self.at(own.deadline).into(),
                self.notified(own).into(),
                wording::notice_outcome(own.outcome, self.texts).into(),
            ]);
        }
        let summary = wording::emergencies(emergencies, self.texts);
        if table.rows().is_empty() {
            self.paragraph(summary);
        } else {
            self.leading(summary);
            self.table(table);
        }
        self.reasons_and_flags(guarantee);
    }

    fn notified(&self, own: &Emergency) -> String {
        let none = || self.texts.agreement.emergency_not_notified.to_owned();
        own.notified_at.map_or_else(none, |at| self.at(at))
    }

    /// Annex C: the emergencies in full, the notices of the period, and what the customer asked for.
    pub fn notices(&mut self) {
        let words = self.words();
        self.heading(words.annex_c);
        let assessment = self.assessment;
        let Some(emergencies) = assessment.guarantees.iter().find_map(Guarantee::emergencies) else {
            return self.paragraph(words.notices_not_recorded);
        };
        self.times_note();
        self.subheading(words.emergencies_title);
        let table = self.emergency_table(emergencies);
        self.table_or(table, self.texts.agreement.emergency_none);
        self.subheading(words.notices_title);
        let table = self.notice_table(emergencies);
        self.table_or(table, words.no_notices);
        for request in self.record.credit_requests.iter().flatten() {
            self.credit_request(request);
        }
    }

    fn emergency_table(&self, emergencies: &[Emergency]) -> Table {
        let (words, agreement) = (self.words(), &self.texts.agreement);
        let columns = vec![
            Column::text(agreement.emergency_targets, 26),
            Column::text(words.head_failed, 24),
            Column::text(words.head_told, 24),
            Column::text(words.head_outcome_day, 26),
        ];
        let mut table = Table::new(Form::Fine, columns);
        for own in emergencies {
            let outcome = wording::notice_outcome(own.outcome, self.texts).to_owned();
            let flags = own.flags.iter().map(|flag| wording::flag(*flag, self.texts).to_owned());
            table.push([
                self.names(own.targets.iter()).into(),
                Cell(vec![self.at(own.first_failed_at), self.at(own.determined_at)]),
                Cell(vec![self.at(own.deadline), self.notified(own)]),
                Cell([outcome, date(own.day, self.locale)].into_iter().chain(flags).collect()),
            ]);
        }
        table
    }

    /// Of the period, and those that answered one of its emergencies after its end.
    fn notice_table(&self, emergencies: &[Emergency]) -> Table {
        let words = self.words();
        let columns = vec![
            Column::text(words.head_notice, 24),
            Column::text(words.head_contact, 34),
            Column::text(words.head_channel, 24),
            Column::text(words.head_delivered, 18),
        ];
        let mut table = Table::new(Form::Fine, columns);
        let answers = |at: Instant| emergencies.iter().any(|own| own.notified_at == Some(at));
        let listed = |notice: &&Notice| {
            notice.at <= self.assessment.as_of && (self.assessment.period.contains(notice.at) || answers(notice.at))
        };
        for notice in self.record.notices.iter().flatten().filter(listed) {
            let delivered = if notice.delivered { words.value_yes } else { words.value_no };
            table.push([
                self.at(notice.at).into(),
                clean(&notice.contact).into(),
                wording::channel(notice.channel, self.texts).into(),
                delivered.into(),
            ]);
        }
        table
    }

    /// Article 4.8: a request for a day of the period.
    fn credit_request(&mut self, request: &CreditRequest) {
        let assessment = self.assessment;
        let concerns = assessment.zone.day_span(request.day).is_some_and(|day| day.meets(assessment.period));
        if concerns && request.at <= assessment.as_of {
            let (at, day) = (self.at(request.at), date(request.day, self.locale));
            self.item(fill(self.words().credit_requested, &[("at", &at), ("day", &day)]));
        }
    }
}
