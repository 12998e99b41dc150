//! Everything that was recorded, whatever file it came from.
//!
//! A [`Record`] is a sum: [`Record::merge`] of the records of two halves of a file, or of several files in any order,
//! is the record of the whole.

mod cases;
mod entries;
mod exclusion;
mod latency;
mod mapping;
mod outage;
mod reported;
mod samples;
mod settlement;
mod signature;
mod source;
mod target;
mod traffic;

use crate::sorted::Map;

use serde::{Deserialize, Serialize};

pub use cases::{
    Authorisation, AuthorisationForm, Complaint, ComplaintForm, CreditRequest, Installation, InstallationItem, Notice,
    Operation, Visit,
};
pub use entries::Entries;
pub use exclusion::{Consent, Exclusion, ForceMajeure, Ground, Maintenance, NetworkGround, PowerGround, Stance};
pub use latency::{Latency, LatencyHour};
pub use mapping::{DateOrder, FileMapping, Mapping, MappingConflict, TableMapping, TargetMapping};
pub use outage::{OutageCoverage, OutageEvent, OutageReport};
pub use reported::{Reported, Share, ShareError};
pub use samples::{Run, Sample, SampleState, Series};
pub use settlement::{Claimed, Settled, Settlement};
pub use signature::{Bytes64, Manifest, Signature, SignatureFinding, SignedForm};
pub use source::{Digest, Evidence, Origin, Source};
pub use target::{Application, Check, PowerSource, Role, SeriesKey, Target};
pub use traffic::Traffic;

use crate::contract::Contract;
use crate::time::{BusinessCalendar, Instant, Interval};

/// A section of the record: absent = not recorded, empty = recorded, and there was none.
pub type Section<T> = Option<Entries<T>>;

/// All that is known of one case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Record {
    /// The agreement, where a file carried it.
    pub contract: Option<Contract>,
    /// Business days, where a file carried them.
    pub calendar: Option<BusinessCalendar>,
    /// Targets that were declared, by id.
    pub targets: Map<String, Target>,
    /// Samples, by target, check and vantage.
    pub series: Map<SeriesKey, Series>,
    /// Outages that were recorded as such.
    pub outages: Section<OutageEvent>,
    /// Over which time the outages of a target are all listed.
    pub outage_coverage: Section<OutageCoverage>,
    /// Article 1.5: maintenance.
    pub maintenance: Section<Maintenance>,
    /// Articles 1.6 to 1.10 and 2.4.1 to 2.4.4.
    pub exclusions: Section<Exclusion>,
    /// Articles 1.4 and 2.4: what the customer reported.
    pub outage_reports: Section<OutageReport>,
    /// Article 4: notices of emergencies.
    pub notices: Section<Notice>,
    /// Article 4.8: the customer's requests.
    pub credit_requests: Section<CreditRequest>,
    /// Article 3.
    pub installations: Section<Installation>,
    /// Article 6.
    pub authorisations: Section<Authorisation>,
    /// Article 7.
    pub operations: Section<Operation>,
    /// Article 8.
    pub complaints: Section<Complaint>,
    /// Article 9.
    pub visits: Section<Visit>,
    /// Sums that other systems report, for comparison only.
    pub reported: Entries<Reported>,
    /// Traffic, for a chart only: by file, in order of time.
    pub traffic: Map<Digest, Vec<Traffic>>,
    /// What the names in the files of other systems mean.
    pub mapping: Mapping,
    /// What became of exclusions since they were recorded.
    pub settlement: Settlement,
    /// Targets that a mapping leaves out, and how many samples and outages of each were left out.
    pub ignored: Map<String, u64>,
    /// Lists of files by digest.
    pub manifests: Entries<Manifest>,
    /// Signatures of files; what each comes to is found when the files of a case are joined.
    pub signatures: Entries<Signature>,
    /// The files, by digest.
    pub sources: Map<Digest, Source>,
}

/// Two records that cannot be of one case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum MergeError {
    /// Both carry a contract, and the contracts differ.
    #[error("two different contracts in one case")]
    TwoContracts,
    /// Both carry a calendar, and the calendars differ.
    #[error("two different calendars in one case")]
    TwoCalendars,
    /// Mappings that contradict each other or the contract's file.
    #[error(transparent)]
    Mapping(#[from] MappingConflict),
    /// Both declare a target, differently.
    #[error("target `{0}` is declared twice, differently")]
    Target(String),
    /// Both hold an entry of the same id, with different content.
    #[error("`{id}` stands twice under `{section}`, with different content")]
    SameId {
        /// The section of the export.
        section: String,
        /// The id.
        id: String,
    },
}

/// An entry that others refer to by its id.
pub trait Identified: Ord {
    /// The id, unique in its section.
    fn id(&self) -> &str;

    /// Where the entry stands.
    fn origin(&self) -> Origin;
}

impl Record {
    /// The record of both. The order of the two makes no difference.
    ///
    /// # Errors
    /// [`MergeError`] where the two contradict each other.
    pub fn merge(mut self, other: Self) -> Result<Self, MergeError> {
        self.contract = one_of(self.contract, other.contract).ok_or(MergeError::TwoContracts)?;
        self.calendar = one_of(self.calendar, other.calendar).ok_or(MergeError::TwoCalendars)?;
        for (id, target) in other.targets {
            if self.targets.get(&id).is_some_and(|own| *own != target) {
                return Err(MergeError::Target(id));
            }
            self.targets.insert(id, target);
        }
        self.add_series(other.series);
        self.outages = identified("outages", self.outages, other.outages)?;
        self.outage_coverage = both(self.outage_coverage, other.outage_coverage);
        self.maintenance = identified("maintenance", self.maintenance, other.maintenance)?;
        self.exclusions = identified("exclusions", self.exclusions, other.exclusions)?;
        self.outage_reports = identified("outage_reports", self.outage_reports, other.outage_reports)?;
        self.notices = both(self.notices, other.notices);
        self.credit_requests = both(self.credit_requests, other.credit_requests);
        self.installations = identified("installations", self.installations, other.installations)?;
        self.authorisations = identified("authorisations", self.authorisations, other.authorisations)?;
        self.operations = identified("operations", self.operations, other.operations)?;
        self.complaints = identified("complaints", self.complaints, other.complaints)?;
        self.visits = identified("visits", self.visits, other.visits)?;
        self.reported.extend(other.reported);
        self.traffic.extend(other.traffic);
        self.mapping = self.mapping.merge(other.mapping)?;
        self.settlement = self.settlement.merge(other.settlement)?;
        for (id, count) in other.ignored {
            *self.ignored.of(id) += count;
        }
        self.manifests.extend(other.manifests);
        self.signatures.extend(other.signatures);
        self.sources.extend(other.sources);
        Ok(self)
    }

    /// Takes series in, each merged with what is there of its key.
    pub fn add_series(&mut self, series: Map<SeriesKey, Series>) {
        for (key, series) in series {
            let own = self.series.of(key);
            *own = std::mem::take(own).merge(series);
        }
    }

    /// What a target is: told by the check, else declared, else guessed from its name, else a network target.
    #[must_use]
    pub fn role(&self, key: &SeriesKey) -> Role {
        match key.check.role() {
            Some(role) => role,
            None => self.targets.get(&key.target).map_or_else(|| key.check.undeclared_role(), |target| target.role),
        }
    }

    /// The time of which samples and outages tell, whatever they say; `None`: no monitoring data. A list of outages
    /// without its coverage speaks of all time, and one of an outage that is not over of all time after it.
    #[must_use]
    pub fn monitored(&self) -> Option<Interval> {
        let all = self.outages.as_ref().filter(|_| self.outage_coverage.is_none());
        let all = all.and_then(|_| Interval::new(Instant::MIN, Instant::MAX));
        let coverage = self.outage_coverage.iter().flatten().map(|own| own.span);
        let open = self.outages.iter().flatten().filter(|event| event.end.is_none());
        let open = open.filter_map(|event| Interval::new(event.start, Instant::MAX));
        self.span().into_iter().chain(coverage).chain(open).chain(all).reduce(Interval::hull)
    }

    /// From the first to the last instant of which samples or outages tell; `None` where there are none.
    #[must_use]
    pub fn span(&self) -> Option<Interval> {
        let samples = self.series.values().filter_map(|series| Some((series.first()?, series.last()?.plus(1))));
        let events =
            self.outages.iter().flatten().map(|event| (event.start, event.end.unwrap_or_else(|| event.start.plus(1))));
        let (start, end): (Vec<Instant>, Vec<Instant>) = samples.chain(events).unzip();
        Interval::new(start.into_iter().min()?, end.into_iter().max()?)
    }
}

/// `None` where both are there and differ.
fn one_of<T: PartialEq>(own: Option<T>, other: Option<T>) -> Option<Option<T>> {
    match (own, other) {
        (Some(own), Some(other)) if own != other => None,
        (own, other) => Some(own.or(other)),
    }
}

fn both<T: Ord>(own: Section<T>, other: Section<T>) -> Section<T> {
    match (own, other) {
        (Some(mut own), Some(other)) => {
            own.extend(other);
            Some(own)
        }
        (own, other) => own.or(other),
    }
}

fn identified<T: Identified>(section: &str, own: Section<T>, other: Section<T>) -> Result<Section<T>, MergeError> {
    let all = both(own, other);
    let mut ids: Vec<&str> = all.iter().flatten().map(Identified::id).collect();
    ids.sort_unstable();
    match ids.windows(2).find(|pair| pair.first() == pair.last()).and_then(<[_]>::first) {
        Some(id) => Err(MergeError::SameId { section: section.to_owned(), id: (*id).to_owned() }),
        None => Ok(all),
    }
}

macro_rules! identified {
    ($($name:ident),+) => { $(impl Identified for $name {
            fn id(&self) -> &str { &self.id }
            fn origin(&self) -> Origin { self.origin }
        })+ };
}
identified!(
    OutageEvent,
    Maintenance,
    Exclusion,
    OutageReport,
    Installation,
    Authorisation,
    Operation,
    Complaint,
    Visit
);
