//! What the parties settled after the export: a document of `sla-settlement/1`, and its effect on a case.

use super::diagnostic::Code;
use super::document::{Fault, Object, Schema, day, name};
use super::log::Log;
use super::sla_export::{Export, exclusion, stance};
use crate::record::{Claimed, Digest, Entries, Evidence, Identified, MergeError, Origin, Record, Settled, Settlement};
use crate::sorted::Map;

pub(super) const SCHEMA: Schema = Schema { name: NAME, read };

/// The name of the format of settlements.
pub const NAME: &str = "sla-settlement/1";

fn read(root: Object<'_>, source: Digest, log: &mut Log) -> Record {
    let mut export = Export::new(root, source);
    let contract = export.root.maybe("contract", name);
    let mut settled = Map::new();
    for (mut object, origin) in export.entries("settled").unwrap_or_default() {
        let node = object.node().clone();
        let own = entry(&mut object, origin);
        object.close();
        let Some((claimed, own)) = own else { continue };
        if settled.contains_key(&claimed) {
            node.problem(Fault::new(Code::IdTwice, claimed.id()));
        }
        settled.insert(claimed, own);
    }
    let claims = export.identified("exclusions", exclusion).unwrap_or_default();
    export.root.close();
    log.source.evidence = Evidence::Declared;
    log.source.accepted = (settled.len() + claims.len()) as u64;
    Record { settlement: Settlement { contract, settled, claims }, ..Record::default() }
}

fn entry(object: &mut Object<'_>, origin: Origin) -> Option<(Claimed, Settled)> {
    let (exclusion, maintenance) = (object.maybe("exclusion", name), object.maybe("maintenance", name));
    let stance = object.need("agreed", stance);
    let (by, on) = (object.need("by", name), object.need("on", day));
    let claimed = match (exclusion, maintenance) {
        (Some(id), None) => Claimed::Exclusion(id),
        (None, Some(id)) => Claimed::Maintenance(id),
        (Some(_), Some(_)) => {
            let fault = Fault::new(Code::KeyBeside, "maintenance").expected("`exclusion`");
            object.node().problem_within("maintenance", fault);
            return None;
        }
        (None, None) => {
            object.node().problem_within("exclusion", Fault::new(Code::KeyMissing, "exclusion"));
            return None;
        }
    };
    Some((claimed, Settled { stance: stance?, by: by?, on: on?, origin }))
}

/// The record with its settlement in force: what was claimed since beside what was before, and each as it was settled.
/// What is settled and stands nowhere is left as it is, and found by [`super::references`].
pub(super) fn in_force(mut record: Record) -> Result<Record, MergeError> {
    let claims = std::mem::take(&mut record.settlement.claims);
    if !claims.is_empty() {
        let since = Record { exclusions: Some(claims), ..Record::default() };
        record = record.merge(since)?;
    }
    let settled = &record.settlement.settled;
    if settled.is_empty() {
        return Ok(record);
    }
    let stance = |claimed: Claimed| settled.get(&claimed).map(|own| own.stance);
    record.exclusions = record.exclusions.map(|all| {
        let own = |own: crate::record::Exclusion| {
            let stance = stance(Claimed::Exclusion(own.id().to_owned())).unwrap_or(own.stance);
            crate::record::Exclusion { stance, ..own }
        };
        all.into_iter().map(own).collect::<Entries<_>>()
    });
    record.maintenance = record.maintenance.map(|all| {
        let own = |own: crate::record::Maintenance| {
            let stance = stance(Claimed::Maintenance(own.id().to_owned())).unwrap_or(own.stance);
            crate::record::Maintenance { stance, ..own }
        };
        all.into_iter().map(own).collect::<Entries<_>>()
    });
    Ok(record)
}
