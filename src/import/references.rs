//! Entries that name others: targets, authorisations, contacts.

use crate::sorted::{Map, Set};

use super::diagnostic::{Code, Diagnostic, Finding, Place, listed, shown};
use super::document::Fault;
use crate::record::{Claimed, Ground, Identified, Origin, Record, Role};

/// How much of a case a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Other files may bring what is only named here.
    Part,
    /// There is nothing more to come.
    Whole,
}

/// A name under which nothing fitting stands.
pub(super) struct Reference {
    pub section: &'static str,
    /// The entry's place in its section, counted from 1.
    pub row: u64,
    /// The place of the name in the entry, such as `targets`.
    pub field: String,
    origin: Origin,
    code: Code,
    found: String,
    expected: String,
}

impl Reference {
    fn new(section: &'static str, field: &str, origin: Origin, code: Code, found: &str) -> Self {
        let (field, found) = (field.to_owned(), found.to_owned());
        Self { section, row: origin.row, field, origin, code, found, expected: String::new() }
    }

    pub fn fault(&self) -> Fault {
        Fault::new(self.code, &self.found).expected(self.expected.clone())
    }

    /// As a diagnostic of the file that it stands in.
    pub fn diagnostic(self, record: &Record) -> Diagnostic {
        let file = record.sources.get(&self.origin.source).map_or("", |source| source.name.as_str());
        let path = match self.row.checked_sub(1) {
            Some(place) => format!("{}[{place}].{}", self.section, self.field),
            None => self.section.to_owned(),
        };
        Finding::new(self.code, Place::Path { path, line: None })
            .found(shown(&self.found))
            .expected(self.expected)
            .in_file(file)
    }
}

/// Every name in the record that does not fit.
pub(super) fn check(record: &Record, scope: Scope) -> Vec<Reference> {
    let roles = roles(record);
    let mut found = Vec::new();
    for exclusion in record.exclusions.iter().flatten() {
        for target in &exclusion.targets {
            let code = match (roles.get(target.as_str()), exclusion.ground) {
                (None, _) => unknown(scope),
                (Some(roles), Ground::Network(_)) => {
                    roles.iter().all(is_power).then_some(Code::PowerTargetInNetworkClause)
                }
                (Some(roles), Ground::Power(_)) => {
                    (!roles.iter().any(is_power)).then_some(Code::OtherTargetInPowerClause)
                }
            };
            found.extend(code.map(|code| Reference::new("exclusions", "targets", exclusion.origin, code, target)));
        }
    }
    for maintenance in record.maintenance.iter().flatten() {
        for target in &maintenance.targets {
            let code = match roles.get(target.as_str()) {
                None => unknown(scope),
                Some(roles) => roles.iter().all(is_power).then_some(Code::MaintenanceOfPower),
            };
            found.extend(code.map(|code| Reference::new("maintenance", "targets", maintenance.origin, code, target)));
        }
    }
    let known = listed(roles.keys().copied());
    for reference in found.iter_mut().filter(|reference| reference.code == Code::TargetUnknown) {
        reference.expected.clone_from(&known);
    }
    found.extend(authorisations(record));
    found.extend(contacts(record));
    found.extend(settled(record));
    found
}

fn unknown(scope: Scope) -> Option<Code> {
    (scope == Scope::Whole).then_some(Code::TargetUnknown)
}

fn is_power(role: &Role) -> bool {
    matches!(role, Role::Power(_))
}

/// What each target is that was declared or watched. One that was watched only is what its check tells, else a network
/// port.
fn roles(record: &Record) -> Map<&str, Set<Role>> {
    let mut roles: Map<&str, Set<Role>> = Map::new();
    for (id, target) in &record.targets {
        roles.of(id).insert(target.role);
    }
    for key in record.series.keys() {
        roles.of(&key.target).insert(record.role(key));
    }
    let of_outages = record.outages.iter().flatten().map(|outage| outage.target.as_str());
    let of_coverage = record.outage_coverage.iter().flatten().map(|coverage| coverage.target.as_str());
    for target in of_outages.chain(of_coverage) {
        roles.of_or(target, || Set::from([Role::Network]));
    }
    roles
}

fn authorisations(record: &Record) -> Vec<Reference> {
    let Some(known) = &record.authorisations else { return Vec::new() };
    let known: Set<&str> = known.iter().map(Identified::id).collect();
    let expected = listed(known.iter().copied());
    let dangling = record.operations.iter().flatten().filter_map(|operation| {
        let named = operation.authorisation.as_deref().filter(|named| !known.contains(named))?;
        let code = Code::AuthorisationUnknown;
        let reference = Reference::new("operations", "authorisation", operation.origin, code, named);
        Some(Reference { expected: expected.clone(), ..reference })
    });
    dangling.collect()
}

/// What is settled and was claimed nowhere, and settlements of other contracts. A document of settlements holds nothing
/// else, so this is asked of whole cases only.
fn settled(record: &Record) -> Vec<Reference> {
    let settlement = &record.settlement;
    let known: Set<Claimed> = claimed(record).collect();
    let expected = listed(known.iter().map(Claimed::id));
    let unknown = settlement.settled.iter().filter(|(own, _)| !known.contains(*own)).map(|(own, settled)| {
        let field = if matches!(own, Claimed::Exclusion(_)) { "exclusion" } else { "maintenance" };
        let reference = Reference::new("settled", field, settled.origin, Code::SettledUnknown, own.id());
        Reference { expected: expected.clone(), ..reference }
    });
    let mut found: Vec<Reference> = unknown.collect();
    let contract = record.contract.as_ref().and_then(|contract| contract.id.as_deref());
    let other = settlement.contract.as_deref().filter(|own| Some(*own) != contract);
    found.extend(other.map(|other| {
        let file = record.sources.iter().find(|(_, source)| source.format == super::SETTLEMENT_FORMAT);
        let origin = Origin { source: file.map(|(digest, _)| *digest).unwrap_or_default(), row: 0 };
        let reference = Reference::new("contract", "", origin, Code::SettlementOfOther, other);
        Reference { expected: listed(contract), ..reference }
    }));
    found
}

fn claimed(record: &Record) -> impl Iterator<Item = Claimed> {
    let exclusions = record.exclusions.iter().flatten().map(|own| Claimed::Exclusion(own.id.clone()));
    let maintenance = record.maintenance.iter().flatten().map(|own| Claimed::Maintenance(own.id.clone()));
    exclusions.chain(maintenance)
}

fn contacts(record: &Record) -> Vec<Reference> {
    let Some(known) = record.contract.as_ref().and_then(|contract| contract.contacts.as_ref()) else {
        return Vec::new();
    };
    let known: Set<&str> = known.iter().map(|contact| contact.name.as_str()).collect();
    let expected = listed(known.iter().copied());
    let dangling = record.notices.iter().flatten().filter(|notice| !known.contains(notice.contact.as_str()));
    dangling
        .map(|notice| {
            let reference = Reference::new("notices", "contact", notice.origin, Code::ContactUnknown, &notice.contact);
            Reference { expected: expected.clone(), ..reference }
        })
        .collect()
}
