//! A single case of articles 3 and 6 to 9 in words: the same on the page and on paper.

use super::document::clean;
use super::wording;
use crate::assess::{Article, Assessment, CaseOutcome, Guarantee, Missing, SingleCase};
use crate::contract::Contract;
use crate::i18n::{Locale, Texts, duration, fill, instant};
use crate::record::{
    Authorisation, AuthorisationForm, Complaint, ComplaintForm, Installation, InstallationItem, Operation, Record,
    Section, Visit,
};
use crate::time::Instant;

/// What an article calls the times of its cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseHeads {
    /// When the clock started.
    pub started: &'static str,
    /// Until when it had to be done; `None` where the article sets no time.
    pub due: Option<&'static str>,
    /// When it was done.
    pub done: &'static str,
}

/// The heads of an article's cases; those of article 6 for an article that has none.
#[must_use]
pub const fn case_heads(article: Article, texts: &Texts) -> CaseHeads {
    let words = &texts.agreement;
    let (started, due, done) = match article {
        Article::Installation => (words.installation_signed, Some(words.installation_due), words.installation_accepted),
        Article::Operations => (words.operation_authorised, Some(words.operation_due), words.operation_feedback),
        Article::Complaints => (words.complaint_accepted, Some(words.complaint_due), words.complaint_report),
        Article::Visits => (words.visit_notified, None, words.visit_entered),
        _ => (words.authorisation_given, Some(words.authorisation_due), words.authorisation_written),
    };
    CaseHeads { started, due, done }
}

/// One case in words. A time that is not known, or that there is none of, is a dash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseInWords {
    /// The id in the export.
    pub id: String,
    /// What it is about, as recorded: a phrase each.
    pub about: Vec<String>,
    /// When its clock started.
    pub started: String,
    /// Until when it had to be done.
    pub due: String,
    /// When it was done.
    pub done: String,
    /// What it comes to.
    pub outcome: CaseOutcome,
    /// What it lacks.
    pub missing: Vec<Missing>,
}

/// The cases of an article that are listed in this month, in order of their start.
#[must_use]
pub fn cases_in_words(
    record: &Record,
    assessment: &Assessment,
    guarantee: &Guarantee,
    locale: Locale,
) -> Vec<CaseInWords> {
    let writer = Writer { record, assessment, locale, texts: locale.texts() };
    guarantee.cases().iter().map(|own| writer.case(guarantee.article, own)).collect()
}

/// How many cases there are, and how many come to what.
#[must_use]
pub fn case_summary(guarantee: &Guarantee, texts: &Texts) -> Option<String> {
    let words = &texts.agreement;
    let handling = guarantee.handling()?;
    let Some(cases) = &handling.cases else {
        return (guarantee.article == Article::Support).then(|| words.authorisations_not_recorded.to_owned());
    };
    if cases.is_empty() {
        return Some(words.case_none.to_owned());
    }
    let counted = |outcome: &CaseOutcome| {
        let count = cases.iter().filter(|own| own.outcome == *outcome).count();
        let word = wording::case_outcome(*outcome, texts);
        (count > 0).then(|| fill(words.case_count, &[("outcome", &word), ("count", &count)]))
    };
    let outcomes: Vec<String> = CaseOutcome::ALL.iter().filter_map(counted).collect();
    let outcomes = outcomes.join(texts.app.list_separator);
    Some(fill(words.case_summary, &[("count", &cases.len()), ("outcomes", &outcomes)]))
}

/// Articles 5.6 and 6.2: the office, and who holds it; `None` for an article that asks for nobody.
#[must_use]
pub fn named(guarantee: &Guarantee, texts: &Texts) -> Option<(&'static str, String)> {
    let words = &texts.agreement;
    let office = match guarantee.article {
        Article::CustomerService => words.named_specialist,
        Article::Support => words.named_engineer,
        _ => return None,
    };
    let person = match guarantee.handling()?.named.as_deref().map(str::trim) {
        Some("") => words.named_nobody.to_owned(),
        Some(person) => clean(person),
        None => words.verdict_not_recorded.to_owned(),
    };
    Some((office, person))
}

/// What it takes to write of a case.
struct Writer<'a> {
    record: &'a Record,
    assessment: &'a Assessment,
    locale: Locale,
    texts: &'static Texts,
}

/// A detail by its name; `None` where it is not known.
type Detail = (&'static str, Option<String>);

impl Writer<'_> {
    fn case(&self, article: Article, own: &SingleCase) -> CaseInWords {
        let details = self.details(article, own);
        let (started, due) = match article {
            Article::Installation => (own.started_at.map(|at| self.assessment.zone.day(at).to_string()), own.due),
            // Without what starts the clock, the case is listed by another time.
            Article::Operations | Article::Complaints => (own.due.and(own.started_at).map(|at| self.at(at)), own.due),
            Article::Visits => (
                found(&self.record.visits, |visit| visit.id == own.id).and_then(|visit| self.known(visit.notified_at)),
                None,
            ),
            _ => (own.started_at.map(|at| self.at(at)), own.due),
        };
        let whole_day = article == Article::Installation && self.installed_by_midnight();
        let due = due.map(|at| if whole_day { wording::end_of_day(at, self.assessment.zone) } else { self.at(at) });
        let or_dash = |text: Option<String>| text.unwrap_or_else(|| self.texts.statement.dash.to_owned());
        let named = |(name, value): Detail| {
            value.map(|value| fill(self.texts.agreement.case_detail, &[("name", &name), ("value", &value)]))
        };
        CaseInWords {
            id: clean(&own.id),
            about: details.into_iter().filter_map(named).collect(),
            started: or_dash(started),
            due: or_dash(due),
            done: or_dash(own.done_at.map(|at| self.at(at))),
            outcome: own.outcome,
            missing: own.missing.iter().copied().collect(),
        }
    }

    /// What the record tells of a case beside its times.
    fn details(&self, article: Article, own: &SingleCase) -> Vec<Detail> {
        let record = self.record;
        let details = match article {
            Article::Installation => {
                found(&record.installations, |entry| entry.id == own.id).map(|entry| self.installation(entry))
            }
            Article::Support => {
                found(&record.authorisations, |entry| entry.id == own.id).map(|entry| self.authorisation(entry))
            }
            Article::Operations => {
                found(&record.operations, |entry| entry.id == own.id).map(|entry| self.operation(entry, own))
            }
            Article::Complaints => {
                found(&record.complaints, |entry| entry.id == own.id).map(|entry| self.complaint(entry, own))
            }
            Article::Visits => found(&record.visits, |entry| entry.id == own.id).map(|entry| self.visit(entry)),
            _ => None,
        };
        details.unwrap_or_default()
    }

    fn installation(&self, own: &Installation) -> Vec<Detail> {
        let (words, statement) = (&self.texts.agreement, &self.texts.statement);
        let fee = own.setup_fee.map_or_else(|| statement.not_stated.to_owned(), |fee| format!("¥{fee}"));
        let class = wording::service_class(own.service_class, self.texts).to_owned();
        let item = |(item, at): &(InstallationItem, Option<Instant>)| {
            let part = match item {
                InstallationItem::Hardware => Missing::Hardware,
                InstallationItem::SystemSoftware => Missing::SystemSoftware,
                InstallationItem::Power => Missing::Power,
                InstallationItem::Network => Missing::Network,
            };
            (wording::missing(part, self.texts), self.known(*at))
        };
        let mut details = vec![(statement.fact_service_class, Some(class)), (words.detail_setup_fee, Some(fee))];
        details.extend(own.items.iter().map(item));
        details
    }

    fn authorisation(&self, own: &Authorisation) -> Vec<Detail> {
        let words = &self.texts.agreement;
        let phone = own.form == AuthorisationForm::Phone;
        let verified = own.verified.filter(|_| phone);
        vec![
            (words.detail_form, Some(self.form(phone))),
            (words.detail_signer, given(Some(&own.signer))),
            (words.detail_verified, self.yes_no(verified)),
        ]
    }

    fn operation(&self, own: &Operation, case: &SingleCase) -> Vec<Detail> {
        let words = &self.texts.agreement;
        vec![
            (words.detail_authorisation, given(own.authorisation.as_ref())),
            (words.detail_started, self.known(own.started_at)),
            (words.detail_ended, self.known(own.ended_at)),
            (words.detail_report, self.known(own.report_at)),
            (words.detail_report_after, self.elapsed(case)),
        ]
    }

    fn complaint(&self, own: &Complaint, case: &SingleCase) -> Vec<Detail> {
        let words = &self.texts.agreement;
        vec![
            (words.detail_topic, self.topic(&own.topic)),
            (words.detail_form, Some(self.form(own.form == ComplaintForm::Telephone))),
            (words.detail_submitted, self.known(own.submitted_at)),
            (words.detail_until_acceptance, self.elapsed(case)),
        ]
    }

    /// The three topics of article 8.1 in its words, anything else as recorded.
    fn topic(&self, topic: &str) -> Option<String> {
        let words = &self.texts.agreement;
        match topic.trim() {
            "" => None,
            "network" => Some(words.topic_network.to_owned()),
            "service" => Some(words.topic_service.to_owned()),
            "support" => Some(words.topic_support.to_owned()),
            other => Some(clean(other)),
        }
    }

    fn visit(&self, own: &Visit) -> Vec<Detail> {
        let words = &self.texts.agreement;
        vec![
            (words.detail_reason, given(own.reason.as_ref())),
            (words.detail_activity, given(own.activity.as_ref())),
            (words.detail_expected_entry, own.expected_entry.map(|at| self.at(at))),
            (words.detail_expected_exit, own.expected_exit.map(|at| self.at(at))),
            (words.detail_cooperation, given(own.cooperation.as_ref())),
            (words.detail_escort, self.yes_no(own.escort)),
            (words.detail_badge, self.yes_no(own.badge)),
            (words.detail_refused, self.yes_no(own.refused)),
        ]
    }

    fn at(&self, at: Instant) -> String {
        instant(at, self.assessment.zone)
    }

    /// A time that had come when the data was closed.
    fn known(&self, at: Option<Instant>) -> Option<String> {
        at.filter(|at| *at <= self.assessment.as_of).map(|at| self.at(at))
    }

    fn elapsed(&self, case: &SingleCase) -> Option<String> {
        case.elapsed_ms.filter(|ms| *ms >= 0).map(|ms| duration(ms, self.locale))
    }

    fn form(&self, phone: bool) -> String {
        let words = &self.texts.statement;
        if phone { words.form_phone } else { words.form_written }.to_owned()
    }

    fn yes_no(&self, holds: Option<bool>) -> Option<String> {
        let words = &self.texts.statement;
        holds.map(|holds| if holds { words.value_yes } else { words.value_no }.to_owned())
    }

    /// `install.day_end` = `24:00`: the last day counts to its end.
    fn installed_by_midnight(&self) -> bool {
        let default = Contract::default();
        self.record.contract.as_ref().unwrap_or(&default).policy.install_day_end().minutes() == 1_440
    }
}

fn found<T>(section: &Section<T>, is: impl Fn(&T) -> bool) -> Option<&T> {
    section.iter().flatten().find(|entry| is(entry))
}

/// A text that is not empty.
fn given(text: Option<&String>) -> Option<String> {
    text.map(|text| clean(text)).filter(|text| !text.is_empty())
}
