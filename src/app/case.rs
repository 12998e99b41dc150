//! What was loaded: one record, and what was said of each file.

use crate::import::{self, Diagnostic, Imported};
use crate::record::{Digest, MergeError, Record};
use crate::time::{Instant, Interval, LocalMonth, Zone};

/// The files that were loaded, as one case.
#[derive(Debug, Clone, Default)]
pub struct OpenCase {
    /// What they hold together.
    pub record: Record,
    /// Names under which nothing fitting stands in any of the files: as long as there is one, a statement would be wrong.
    pub unresolved: Vec<Diagnostic>,
    /// What was said of each, in the order in which they were loaded.
    pub files: Vec<FileReport>,
}

/// What was said of a file that could be used.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// The file's name.
    pub name: String,
    /// SHA-256 of the file.
    pub digest: Digest,
    /// Rows or entries that were not taken, with their places.
    pub rejected: Vec<Diagnostic>,
    /// Rejected rows beyond those.
    pub rejected_beyond: u64,
    /// Notes that took nothing away.
    pub notes: Vec<Diagnostic>,
    /// Notes beyond those.
    pub notes_beyond: u64,
    /// The file was given more than once; it was taken once.
    pub repeated: bool,
}

/// A file that does not fit what was loaded before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeFailure {
    /// The file's name.
    pub name: String,
    /// What contradicts.
    pub error: MergeError,
}

impl OpenCase {
    /// The case with further files.
    ///
    /// # Errors
    /// [`MergeFailure`] where a file contradicts another.
    pub fn with(self, files: Vec<Imported>) -> Result<Self, MergeFailure> {
        let mut case = files.into_iter().try_fold(self, Self::with_one)?;
        let joined = import::join([case.record]).map_err(|error| MergeFailure { name: String::new(), error })?;
        case.record = joined.record;
        case.unresolved = joined.unresolved;
        Ok(case)
    }

    fn with_one(mut self, imported: Imported) -> Result<Self, MergeFailure> {
        let name = imported.name;
        if let Some(file) = self.files.iter_mut().find(|file| file.digest == imported.digest) {
            file.repeated = true;
            return Ok(self);
        }
        self.record = self.record.merge(imported.record).map_err(|error| MergeFailure { name: name.clone(), error })?;
        self.files.push(FileReport {
            name,
            digest: imported.digest,
            rejected: imported.rejected,
            rejected_beyond: imported.rejected_beyond,
            notes: imported.notes,
            notes_beyond: imported.notes_beyond,
            repeated: false,
        });
        Ok(self)
    }

    /// Rows or entries of all files that were not taken.
    #[must_use]
    pub fn rejected(&self) -> u64 {
        self.files.iter().map(|file| file.rejected.len() as u64 + file.rejected_beyond).sum()
    }

    /// The zone in which months are counted.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.record.contract.as_ref().map(|contract| contract.time_zone).unwrap_or_default()
    }

    /// The months that can be asked about: those of the data within the term; without data those of the term that have
    /// begun; without a term the month of `as_of`. Never empty, in order.
    #[must_use]
    pub fn months(&self, as_of: Instant) -> Vec<LocalMonth> {
        let month_of = |at| LocalMonth::of(self.zone().day(at));
        let present = month_of(as_of);
        let term = self.record.contract.as_ref().and_then(|contract| contract.term);
        let term = term.map(|term| (LocalMonth::of(term.first_day), LocalMonth::of(term.last_day)));
        let data = self.record.span().map(|span| (month_of(span.start()), month_of(span.end().plus(-1))));
        let (first, last) = match (data, term) {
            (Some((first, last)), Some((from, to))) => (first.max(from), last.min(to)),
            (Some(data), None) => data,
            (None, Some((from, to))) => (from, to.min(present)),
            (None, None) => (present, present),
        };
        let months: Vec<LocalMonth> =
            std::iter::successors(Some(first), |month| Some(month.next())).take_while(|month| *month <= last).collect();
        if months.is_empty() { vec![present] } else { months }
    }

    /// The month that a person most likely wants to see: the last one that is over and of which the data tells at least
    /// half, else the one of which it tells most.
    #[must_use]
    pub fn likely_month(&self, as_of: Instant) -> LocalMonth {
        let months = self.months(as_of);
        let told = |month: &LocalMonth| {
            let data = self.record.span().and_then(|span| span.cut_to(month.span(self.zone())));
            data.map_or(0, Interval::ms)
        };
        let whole = |month: &LocalMonth| month.span(self.zone());
        let likely =
            months.iter().rev().find(|month| whole(month).end() <= as_of && told(month) * 2 >= whole(month).ms());
        let fullest = months.iter().max_by_key(|month| (told(month), **month));
        likely.or(fullest).copied().unwrap_or_else(|| LocalMonth::of(self.zone().day(as_of)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Contract, Term};
    use crate::record::{Sample, SampleState, Series, SeriesKey};
    use chrono::NaiveDate;

    fn at(text: &str) -> Instant {
        Instant::parse_rfc3339(text).unwrap_or(Instant::MIN)
    }

    fn case(samples: &[&str], term: Option<(&str, &str)>) -> OpenCase {
        let mut series = Series::default();
        for sample in samples {
            series.push(Sample { at: at(sample), state: SampleState::Up });
        }
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        let term = term.map(|(first, last)| Term { first_day: day(first), last_day: day(last) });
        let mut record = Record { contract: Some(Contract { term, ..Contract::default() }), ..Record::default() };
        if !samples.is_empty() {
            record.series.insert(SeriesKey::default(), series);
        }
        OpenCase { record, unresolved: Vec::new(), files: Vec::new() }
    }

    fn months(case: &OpenCase, as_of: &str) -> Vec<String> {
        case.months(at(as_of)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn months_are_those_of_the_data_within_the_term() {
        let data = ["2025-12-31T12:00:00+08:00", "2026-03-31T23:55:00+08:00"];
        let case = case(&data, Some(("2026-01-01", "2026-12-31")));
        assert_eq!(months(&case, "2026-11-01T00:00:00Z"), ["2026-01", "2026-02", "2026-03"]);
    }

    #[test]
    fn without_data_the_months_of_the_term_that_have_begun() {
        let case = case(&[], Some(("2026-01-01", "2026-12-31")));
        assert_eq!(months(&case, "2026-02-10T00:00:00Z"), ["2026-01", "2026-02"]);
    }

    #[test]
    fn data_outside_the_term_still_leaves_a_month_to_ask_about() {
        let case = case(&["2025-03-01T00:00:00Z"], Some(("2026-01-01", "2026-12-31")));
        assert_eq!(months(&case, "2026-02-10T00:00:00Z"), ["2026-02"]);
    }

    #[test]
    fn a_few_samples_of_the_next_month_do_not_make_it_the_likely_one() {
        let case = case(&["2026-02-28T23:50:00+08:00", "2026-04-01T00:10:00+08:00"], None);
        assert_eq!(case.likely_month(at("2026-11-01T00:00:00Z")).to_string(), "2026-03");
    }

    #[test]
    fn a_month_that_is_not_over_is_the_likely_one_only_where_there_is_no_other() {
        let two = case(&["2026-02-01T00:00:00+08:00", "2026-03-25T00:00:00+08:00"], None);
        assert_eq!(two.likely_month(at("2026-03-25T00:00:00Z")).to_string(), "2026-02");
        let one = case(&["2026-03-01T00:00:00+08:00", "2026-03-25T00:00:00+08:00"], None);
        assert_eq!(one.likely_month(at("2026-03-25T00:00:00Z")).to_string(), "2026-03");
    }
}
