//! `sla-export/1`: the contract, and everything that was recorded around it.
//!
//! Every section is read and checked. Absent = not recorded, empty = recorded, and there was none.

mod cases;
mod claims;
mod contract;
mod monitoring;

pub(super) use claims::{exclusion, stance};
pub(super) use monitoring::target_role;

use crate::sorted::Map;

use super::diagnostic::Code;
use super::document::{Fault, Node, Object, Schema};
use super::log::Log;
use super::references::{self, Scope};
use super::sla_calendar;
use crate::record::{Digest, Evidence, Identified, Origin, Record, Section};
use crate::time::{Instant, Interval};

pub(super) const SCHEMA: Schema = Schema { name: "sla-export/1", read };

fn read(root: Object<'_>, source: Digest, log: &mut Log) -> Record {
    let mut export = Export::new(root, source);
    let mut record = Record {
        contract: export.root.child("contract").and_then(contract::contract),
        calendar: export.root.child("calendar").and_then(|node| sla_calendar::calendar(node.object()?).0),
        targets: monitoring::targets(&mut export),
        series: monitoring::samples(&mut export),
        outages: export.identified("outages", monitoring::outage),
        outage_coverage: export.section("outage_coverage", monitoring::coverage),
        maintenance: export.identified("maintenance", claims::maintenance),
        exclusions: export.identified("exclusions", claims::exclusion),
        outage_reports: export.identified("outage_reports", claims::outage_report),
        notices: export.section("notices", cases::notice),
        credit_requests: export.section("credit_requests", cases::credit_request),
        installations: export.identified("installations", cases::installation),
        authorisations: export.identified("authorisations", cases::authorisation),
        operations: export.identified("operations", cases::operation),
        complaints: export.identified("complaints", cases::complaint),
        visits: export.identified("visits", cases::visit),
        ..Record::default()
    };
    let Export { root, entries, nodes, .. } = export;
    root.close();
    log.source.evidence = Evidence::Declared;
    log.source.accepted = entries + u64::from(record.contract.is_some()) + u64::from(record.calendar.is_some());
    for reference in references::check(&record, scope(&record)) {
        if let Some(node) = entry(&nodes, reference.section, reference.row) {
            node.problem_within(&reference.field, reference.fault());
        }
    }
    record.series.retain(|_, series| !series.is_empty());
    record
}

/// Whether monitoring files beside this document could bring targets that it only names.
fn scope(record: &Record) -> Scope {
    let monitoring = !record.series.is_empty() || record.outages.is_some();
    if monitoring && !record.targets.is_empty() { Scope::Whole } else { Scope::Part }
}

/// A document while its sections are read.
pub(super) struct Export<'a> {
    pub(super) root: Object<'a>,
    source: Digest,
    /// Entries of all sections, samples one by one.
    entries: u64,
    /// The entries of each section, in the order of the file.
    nodes: Map<&'static str, Vec<Node<'a>>>,
}

impl<'a> Export<'a> {
    /// A document of which nothing was read but its `schema`.
    pub(super) fn new(mut root: Object<'a>, source: Digest) -> Self {
        root.child("schema");
        Self { root, source, entries: 0, nodes: Map::new() }
    }

    /// The entries of a section, with their place in it; `None` where the section is absent.
    pub(super) fn entries(&mut self, key: &'static str) -> Option<Vec<(Object<'a>, Origin)>> {
        let list = self.root.child(key)?.list();
        let mut entries = Vec::with_capacity(list.len());
        for (row, node) in (1..).zip(&list) {
            if let Some(object) = node.object() {
                entries.push((object, Origin { source: self.source, row }));
            }
        }
        self.nodes.insert(key, list);
        Some(entries)
    }

    fn section<T: Ord>(&mut self, key: &'static str, read: fn(&mut Object<'a>, Origin) -> Option<T>) -> Section<T> {
        let entries = self.entries(key)?;
        self.entries += entries.len() as u64;
        let read = |(mut object, origin): (Object<'a>, Origin)| {
            let entry = read(&mut object, origin);
            object.close();
            entry
        };
        Some(entries.into_iter().filter_map(read).collect())
    }

    pub(super) fn identified<T: Identified>(
        &mut self,
        key: &'static str,
        read: fn(&mut Object<'a>, Origin) -> Option<T>,
    ) -> Section<T> {
        let section = self.section(key, read)?;
        self.repeated(key, section.iter().map(|entry| (entry.id(), entry.origin().row)).collect());
        Some(section)
    }

    /// Says of every id that stood before in the section that it is there twice.
    fn repeated(&self, key: &'static str, mut places: Vec<(&str, u64)>) {
        places.sort_unstable();
        for pair in places.windows(2) {
            if let [(before, _), (id, row)] = pair
                && before == id
                && let Some(node) = entry(&self.nodes, key, *row)
            {
                node.problem_within("id", Fault::new(Code::IdTwice, id));
            }
        }
    }
}

/// An entry by its section and its place in it, counted from 1.
fn entry<'n, 'a>(nodes: &'n Map<&'static str, Vec<Node<'a>>>, section: &str, row: u64) -> Option<&'n Node<'a>> {
    let place = usize::try_from(row).ok()?.checked_sub(1)?;
    nodes.get(section)?.get(place)
}

/// `[start, end)`, where both were read; an end that is not after the start is put down.
fn span(object: &Object<'_>, end_key: &str, start: Option<Instant>, end: Option<Instant>) -> Option<Interval> {
    let (start, end) = (start?, end?);
    let span = Interval::new(start, end);
    if span.is_none() {
        let fault = Fault::new(Code::EndNotAfterStart, &end.to_string()).expected(format!("> {start}"));
        object.node().problem_within(end_key, fault);
    }
    span
}

/// Puts an instant down that is before the one it follows.
fn in_order(object: &Object<'_>, later_key: &str, earlier: Option<Instant>, later: Option<Instant>) {
    if let (Some(earlier), Some(later)) = (earlier, later)
        && later < earlier
    {
        let fault = Fault::new(Code::EndNotAfterStart, &later.to_string()).expected(format!("≥ {earlier}"));
        object.node().problem_within(later_key, fault);
    }
}
