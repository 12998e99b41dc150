//! What was loaded: one record, and what was said of each file.

use super::recent::Seen;
use super::session::AskedTable;
use crate::import::{self, Code, Diagnostic, Excerpt, Imported, Options, Reader, TABLE_FORMATS};
use crate::record::{Digest, Mapping, MergeError, Record, Role, Series, SeriesKey, Settlement, Source, TargetMapping};
use crate::sorted::{Map, Set};
use crate::statement::sla_settlement::sla_settlement;
use crate::time::{Instant, Interval, LocalMonth, Zone};

/// The name of the file of a mapping that was made in the page.
pub const MAPPING_NAME: &str = "sla-mapping.json";

/// The name of the file of a settlement that was made in the page.
pub const SETTLEMENT_NAME: &str = "sla-settlement.json";

/// The files that were loaded, as one case.
#[derive(Debug, Clone, Default)]
pub struct OpenCase {
    /// What they hold together, with the mapping in force.
    pub record: Record,
    /// Names under which nothing fitting stands in any of the files: as long as there is one, a statement would be wrong.
    pub unresolved: Vec<Diagnostic>,
    /// What was said of each, in the order in which they were loaded.
    pub files: Vec<FileReport>,
    /// What they hold under the names of the files, without any mapping and as it was claimed; `None`: there is neither a
    /// mapping nor a settlement, and `record` is that.
    untold: Option<Record>,
    /// The mapping in force and its sources, and nothing else.
    mapping: Record,
    /// The settlement in force and its sources, and nothing else.
    settlement: Record,
    /// The mapping before each change that was made in the page since files were last read.
    before: Vec<Record>,
    /// Files in place of which `mapping` or `settlement` stands, as it was changed in the page.
    superseded: Set<Digest>,
    /// Those of them that are about to be read again, which changes nothing.
    known: Set<Digest>,
}

/// A target under its name in the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTarget {
    /// The files that tell of it; none where only a mapping names it.
    pub files: Vec<String>,
    /// What it counts as without a mapping.
    pub role: Role,
    /// The contract's file declares it.
    pub declared: bool,
    /// Its check tells what it is, in every file.
    pub by_check: bool,
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
    /// The targets that it tells of, by their names in it.
    pub targets: Vec<String>,
    /// Its beginning, where it is a table.
    pub excerpt: Option<Excerpt>,
    /// The file was given more than once; it was taken once.
    pub repeated: bool,
    /// What is remembered of it from before.
    pub seen: Option<Seen>,
}

/// A file that does not fit what was loaded before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeFailure {
    /// The file's name.
    pub name: String,
    /// What contradicts.
    pub error: MergeError,
}

impl AsRef<Record> for OpenCase {
    fn as_ref(&self) -> &Record {
        &self.record
    }
}

impl OpenCase {
    /// The case with further files.
    ///
    /// # Errors
    /// [`MergeFailure`] where a file contradicts another.
    pub fn with(self, files: Vec<Imported>) -> Result<Self, MergeFailure> {
        let mut case = self;
        case.untold = Some(case.take_untold());
        case.before.clear();
        case = files.into_iter().try_fold(case, Self::with_one)?;
        case.superseded.extend(std::mem::take(&mut case.known));
        case.joined()
    }

    /// Takes out what the files hold under their own names.
    fn take_untold(&mut self) -> Record {
        self.untold.take().unwrap_or_else(|| std::mem::take(&mut self.record))
    }

    fn joined(mut self) -> Result<Self, MergeFailure> {
        let failure = |error| MergeFailure { name: String::new(), error };
        let untold = self.take_untold();
        let told = [&self.mapping, &self.settlement];
        let kept = told.iter().any(|own| **own != Record::default()).then(|| untold.clone());
        let whole = told.into_iter().try_fold(untold, |whole, own| whole.merge(own.clone())).map_err(failure)?;
        let joined = import::join([whole]).map_err(failure)?;
        Ok(Self { record: joined.record, unresolved: joined.unresolved, untold: kept, ..self })
    }

    /// The mapping in force.
    #[must_use]
    pub fn mapping(&self) -> &Mapping {
        &self.mapping.mapping
    }

    /// A case without files that keeps the mapping and the settlement of this one. The files of which they were made
    /// change nothing when they are read again.
    #[must_use]
    pub fn afresh(&self) -> Self {
        let told = self.mapping.sources.keys().chain(self.settlement.sources.keys());
        let known = self.superseded.iter().chain(told).copied().collect();
        Self { mapping: self.mapping.clone(), settlement: self.settlement.clone(), known, ..Self::default() }
    }

    /// The case with what was said in the page of tables that are about to be added, in place of what the files of
    /// mappings among `files` say of them.
    ///
    /// # Errors
    /// [`MergeFailure`] where mappings contradict each other in anything else.
    pub fn told(mut self, said: &Mapping, files: &[Imported]) -> Result<Self, MergeFailure> {
        let mut all = self.mapping.mapping.clone();
        for file in files {
            let mut own = file.record.mapping.clone();
            own.files.retain(|columns, _| !said.files.contains_key(columns));
            all.files.retain(|columns, _| !said.files.contains_key(columns));
            let failure = |conflict| MergeFailure { name: file.name.clone(), error: MergeError::Mapping(conflict) };
            all = all.merge(own).map_err(failure)?;
            let sources = file.record.sources.iter().filter(|(_, source)| source.format == import::MAPPING_FORMAT);
            self.known.extend(sources.map(|(digest, _)| *digest));
        }
        all.files.extend(said.files.clone());
        self.superseded.extend(self.mapping.sources.keys().copied());
        self.untold = Some(self.take_untold());
        self.mapping = made_here(&all);
        Ok(self)
    }

    /// The case with another mapping, which was made in the page.
    ///
    /// # Errors
    /// [`MergeFailure`] where the mapping contradicts itself or the contract's file.
    pub fn with_mapping(&self, mapping: &Mapping) -> Result<Self, MergeFailure> {
        let part = if mapping.is_empty() { Record::default() } else { made_here(mapping) };
        let mut case = self.clone();
        case.before.push(self.mapping.clone());
        case.in_place(|case| &mut case.mapping, part)
    }

    /// The case as it was before the last change of the mapping.
    ///
    /// # Errors
    /// [`MergeFailure`] where that does not fit files that came since.
    pub fn undone(&self) -> Result<Self, MergeFailure> {
        let mut case = self.clone();
        match case.before.pop() {
            Some(part) => case.in_place(|case| &mut case.mapping, part),
            None => Ok(case),
        }
    }

    /// The case with something else said in place of what was: a mapping or a settlement.
    fn in_place(mut self, told: fn(&mut Self) -> &mut Record, part: Record) -> Result<Self, MergeFailure> {
        self.untold = Some(self.take_untold());
        let before = std::mem::replace(told(&mut self), part);
        // Its file could be given once more.
        self.files.retain(|file| !before.sources.contains_key(&file.digest));
        self.superseded.extend(before.sources.keys().copied());
        self.joined()
    }

    /// What was settled, and what was claimed in the page.
    #[must_use]
    pub fn settlement(&self) -> &Settlement {
        &self.settlement.settlement
    }

    /// The case with another settlement, which was made in the page. It bears the contract's id.
    ///
    /// # Errors
    /// [`MergeFailure`] where a claim has an id that another has.
    pub fn with_settlement(&self, settlement: &Settlement) -> Result<Self, MergeFailure> {
        let contract = self.record.contract.as_ref().and_then(|contract| contract.id.clone());
        let settlement = Settlement { contract, ..settlement.clone() };
        let part = if settlement.is_empty() { Record::default() } else { settled_here(&settlement) };
        self.clone().in_place(|case| &mut case.settlement, part)
    }

    /// The case as its files have it, with nothing settled since.
    ///
    /// # Errors
    /// None that the case itself did not have.
    pub fn as_claimed(&self) -> Result<Self, MergeFailure> {
        self.with_settlement(&Settlement::default())
    }

    /// The file of the settlement in force, where it was made in the page.
    #[must_use]
    pub fn own_settlement(&self) -> Option<Vec<u8>> {
        let own = self.settlement.sources.keys().eq(settled_here(self.settlement()).sources.keys());
        (!self.settlement().is_empty() && own).then(|| sla_settlement(self.settlement()).into_bytes())
    }

    /// Whether something that was said in the page stands in none of the files that were given.
    #[must_use]
    pub fn has_unsaved(&self) -> bool {
        let given = |digest: &Digest| self.files.iter().any(|file| file.digest == *digest);
        let settled = self.own_settlement().is_some() && !self.settlement.sources.keys().any(given);
        settled || self.mapping_is_unsaved()
    }

    /// Whether a change of the mapping can be undone.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.before.is_empty()
    }

    /// Whether the mapping in force was made in the page and stands in no file yet.
    #[must_use]
    pub fn mapping_is_own(&self) -> bool {
        let own = || self.mapping.sources.keys().eq(made_here(&self.mapping.mapping).sources.keys());
        !self.mapping.mapping.is_empty() && own()
    }

    /// Whether it stands in none of the files that were given either.
    #[must_use]
    pub fn mapping_is_unsaved(&self) -> bool {
        let given = |digest: &Digest| self.files.iter().any(|file| file.digest == *digest);
        self.mapping_is_own() && !self.mapping.sources.keys().any(given)
    }

    /// The file of the mapping in force, where it was made in the page.
    #[must_use]
    pub fn own_mapping(&self) -> Option<Vec<u8>> {
        self.mapping_is_own().then(|| import::mapping_document(self.mapping()))
    }

    /// Whether a file is of a mapping or a settlement in place of which stands the one in force.
    #[must_use]
    pub fn is_superseded(&self, file: Digest) -> bool {
        let told = [&self.mapping, &self.settlement];
        self.superseded.contains(&file) && !told.iter().any(|own| own.sources.contains_key(&file))
    }

    /// Whether a file tells of a target, by the name under which it counts.
    #[must_use]
    pub fn tells_of(&self, file: Digest, target: &str) -> bool {
        let counts_as =
            |own: &String| self.mapping().targets.get(own).and_then(TargetMapping::is).unwrap_or(own) == target;
        self.files.iter().any(|report| report.digest == file && report.targets.iter().any(counts_as))
    }

    /// Whether a table of the case was read otherwise than `mapping` says.
    #[must_use]
    pub fn is_read_otherwise(&self, mapping: &Mapping) -> bool {
        is_read_otherwise(&self.record, mapping)
    }

    /// The tables of the case, each of which could be read otherwise.
    #[must_use]
    pub fn tables(&self) -> Vec<AskedTable> {
        let table = |file: &FileReport| {
            let source =
                self.record.sources.get(&file.digest).filter(|own| TABLE_FORMATS.contains(&own.format.as_str()))?;
            let words = file.rejected.iter().filter(|own| own.code == Code::StatusUnknown);
            let words: Set<String> = words.map(|own| own.found.clone()).collect();
            Some(AskedTable {
                name: file.name.clone(),
                excerpt: file.excerpt.clone()?,
                words: words.into_iter().collect(),
                mapping: source.mapping.clone(),
                needs_zone: false,
            })
        };
        self.files.iter().filter_map(table).collect()
    }

    /// Every target under its name in the files, and those that the mapping names besides.
    #[must_use]
    pub fn named_targets(&self) -> Map<String, NamedTarget> {
        let untold = self.untold.as_ref().unwrap_or(&self.record);
        let mut targets: Map<String, NamedTarget> = Map::new();
        let declared = untold.targets.keys();
        let named =
            self.files.iter().flat_map(|file| &file.targets).chain(declared).chain(self.mapping().targets.keys());
        for id in named {
            // Keys are in order of their targets first.
            let own = untold.series.alike(|key| key.target.as_str().cmp(id));
            let keys: Vec<&SeriesKey> = own.map(|(key, _)| key).collect();
            let any = SeriesKey { target: id.clone(), ..SeriesKey::default() };
            let role = untold.role(keys.first().copied().unwrap_or(&any));
            let by_check = !keys.is_empty() && keys.iter().all(|key| key.check.role().is_some());
            let tells = |file: &&FileReport| file.targets.contains(id);
            let files = self.files.iter().filter(tells).map(|file| file.name.clone()).collect();
            let declared = untold.targets.contains_key(id);
            targets.insert(id.clone(), NamedTarget { files, role, declared, by_check });
        }
        targets
    }

    /// The names under which targets count: what another target can be.
    #[must_use]
    pub fn final_names(&self, targets: &Map<String, NamedTarget>) -> Vec<String> {
        let own = |id: &&String| match self.mapping().targets.get(*id) {
            None => true,
            Some(own) => *own != TargetMapping::Ignored && own.is().is_none(),
        };
        let others = self.mapping().targets.values().filter_map(TargetMapping::is).map(str::to_owned);
        let names: Set<String> = targets.keys().filter(own).cloned().chain(others).collect();
        names.into_iter().collect()
    }

    fn with_one(mut self, imported: Imported) -> Result<Self, MergeFailure> {
        let name = imported.name;
        if let Some(file) = self.files.iter_mut().find(|file| file.digest == imported.digest) {
            file.repeated = true;
            return Ok(self);
        }
        let failure = |error| MergeFailure { name: name.clone(), error };
        let mut record = imported.record;
        for (part, told) in
            [(mapping_part(&mut record), &mut self.mapping), (settlement_part(&mut record), &mut self.settlement)]
        {
            if !part.sources.keys().all(|source| self.known.contains(source)) || part.sources.is_empty() {
                *told = std::mem::take(told).merge(part).map_err(failure)?;
            }
        }
        let series = record.series.iter().filter(|(_, own): &(&SeriesKey, &Series)| !own.is_empty());
        let watched = series.map(|(key, _)| key.target.clone());
        let listed = record.outages.iter().flatten().map(|own| own.target.clone());
        let targets: Set<String> = watched.chain(listed).collect();
        let untold = self.untold.take().unwrap_or_default();
        self.untold = Some(untold.merge(record).map_err(failure)?);
        self.files.push(FileReport {
            name,
            digest: imported.digest,
            rejected: imported.rejected,
            rejected_beyond: imported.rejected_beyond,
            notes: imported.notes,
            notes_beyond: imported.notes_beyond,
            targets: targets.into_iter().collect(),
            excerpt: imported.excerpt,
            repeated: false,
            seen: None,
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

/// Whether a table in the record was read otherwise than `mapping` says.
pub fn is_read_otherwise(record: &Record, mapping: &Mapping) -> bool {
    let otherwise = |source: &Source| mapping.files.get(&source.columns) != source.mapping.as_ref();
    record.sources.values().any(|source| !source.columns.is_empty() && otherwise(source))
}

/// Takes the mapping and its sources out of a record.
fn mapping_part(record: &mut Record) -> Record {
    let mapping = std::mem::take(&mut record.mapping);
    Record { mapping, sources: sources_of(import::MAPPING_FORMAT, record), ..Record::default() }
}

/// Takes the settlement and its sources out of a record.
fn settlement_part(record: &mut Record) -> Record {
    let settlement = std::mem::take(&mut record.settlement);
    Record { settlement, sources: sources_of(import::SETTLEMENT_FORMAT, record), ..Record::default() }
}

fn sources_of(format: &str, record: &mut Record) -> Map<Digest, Source> {
    let mut taken = Map::new();
    record.sources.retain(|digest, source| {
        let own = source.format == format;
        if own {
            taken.insert(*digest, source.clone());
        }
        !own
    });
    taken
}

/// The mapping as the file that the page would save of it.
fn made_here(mapping: &Mapping) -> Record {
    mapping_part(&mut read_back(MAPPING_NAME, &import::mapping_document(mapping)))
}

/// The settlement as the file that the page would save of it.
fn settled_here(settlement: &Settlement) -> Record {
    settlement_part(&mut read_back(SETTLEMENT_NAME, sla_settlement(settlement).as_bytes()))
}

fn read_back(name: &str, file: &[u8]) -> Record {
    let mut reader = Reader::new(name, Options::default());
    let read = reader.push(file).and_then(|()| reader.finish());
    read.map(|file| file.record).unwrap_or_default()
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
        OpenCase { record, ..OpenCase::default() }
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

    fn file(name: &str, text: &str) -> Imported {
        let mut reader = Reader::new(name, Options::default());
        let read = reader.push(text.as_bytes()).and_then(|()| reader.finish());
        read.unwrap_or_else(|refusal| unreachable!("{refusal:?}"))
    }

    fn targets(targets: &[(&str, TargetMapping)]) -> Mapping {
        let targets = targets.iter().map(|(id, target)| ((*id).to_owned(), target.clone())).collect();
        Mapping { targets, ..Mapping::default() }
    }

    fn is(name: &str) -> TargetMapping {
        TargetMapping::Counts { is: Some(name.to_owned()), role: None }
    }

    const PINGS: &str = "time,target,status\n2026-03-01T00:00:00Z,a,up\n2026-03-01T00:00:00Z,b,down\n";

    #[test]
    fn a_mapping_of_the_page_is_its_saved_file_and_can_be_undone() {
        let loaded = OpenCase::default().with(vec![file("pings.csv", PINGS)]).unwrap_or_default();
        let mapping = targets(&[("a", is("port-1")), ("b", TargetMapping::Ignored)]);
        let mapped = loaded.with_mapping(&mapping).unwrap_or_default();
        assert!(mapped.mapping_is_own() && mapped.mapping_is_unsaved() && mapped.can_undo());
        let saved = String::from_utf8(import::mapping_document(&mapping)).unwrap_or_default();
        let files = [file(MAPPING_NAME, &saved), file("pings.csv", PINGS)];
        let joined = import::join(files.iter().map(|file| file.record.clone()));
        assert_eq!(joined.map(|case| case.record).ok().as_ref(), Some(&mapped.record));
        let undone = mapped.undone().unwrap_or_default();
        assert_eq!((&undone.record, undone.can_undo()), (&loaded.record, false));
        let given = loaded.with(vec![file("other name.json", &saved)]).unwrap_or_default();
        assert_eq!(given.record.series, mapped.record.series);
        assert!(given.mapping_is_own(), "the same bytes under another name");
        assert!(!given.mapping_is_unsaved(), "they stand in that file");
    }

    #[test]
    fn a_changed_mapping_stands_for_the_file_that_it_was_made_of() {
        let first = r#"{ "schema": "sla-mapping/1", "targets": [ { "id": "a", "is": "port-1" } ] }"#;
        let files = || vec![file("map.json", first), file("pings.csv", PINGS)];
        let loaded = OpenCase::default().with(files()).unwrap_or_default();
        assert!(!loaded.mapping_is_own(), "it stands in a file");
        let changed = loaded.with_mapping(&targets(&[("a", is("port-2"))])).unwrap_or_default();
        let again = changed.afresh().with(files()).unwrap_or_default();
        assert_eq!(again.record, changed.record, "reading the files again brings nothing of the old mapping back");
        let contradicts = changed.with(vec![file("map.json", first)]);
        assert!(contradicts.is_err(), "whoever gives the old file once more is told that it says otherwise");
    }

    #[test]
    fn targets_are_listed_under_their_names_in_the_files() {
        let loaded = OpenCase::default().with(vec![file("pings.csv", PINGS)]).unwrap_or_default();
        let mapped = loaded.with_mapping(&targets(&[("a", is("port-1")), ("gone", is("port-1"))])).unwrap_or_default();
        let named = mapped.named_targets();
        let shown: Vec<(&str, usize)> = named.iter().map(|(id, own)| (id.as_str(), own.files.len())).collect();
        assert_eq!(shown, [("a", 1), ("b", 1), ("gone", 0)]);
        assert_eq!(mapped.final_names(&named), ["b", "port-1"]);
    }
}
