//! What was settled, as a document of `sla-settlement/1`: always the same bytes for the same settlement.

use super::json::Json;
use super::sla_export::{exclusion, line, stance};
use crate::record::{Claimed, Settled, Settlement};

/// The document.
#[must_use]
pub fn sla_settlement(settlement: &Settlement) -> String {
    let mut text = String::from("{\n\"schema\": \"sla-settlement/1\"");
    if let Some(contract) = &settlement.contract {
        text.push_str(&format!(",\n\"contract\": {}", line(&contract.as_str().into())));
    }
    let settled: Vec<Json> = settlement.settled.iter().map(|(claimed, own)| entry(claimed, own)).collect();
    let claims: Vec<Json> = settlement.claims.iter().map(exclusion).collect();
    for (key, entries) in [("settled", settled), ("exclusions", claims)] {
        let lines: Vec<String> = entries.iter().map(|entry| format!("\n{}", line(entry))).collect();
        text.push_str(&format!(",\n\"{key}\": [{}]", lines.join(",")));
    }
    text.push_str("\n}\n");
    text
}

fn entry(claimed: &Claimed, own: &Settled) -> Json {
    let (key, id) = match claimed {
        Claimed::Exclusion(id) => ("exclusion", id),
        Claimed::Maintenance(id) => ("maintenance", id),
    };
    let mut fields = vec![(key, id.as_str().into())];
    fields.extend(stance(own.stance));
    fields.extend([("by", own.by.as_str().into()), ("on", own.on.to_string().into())]);
    Json::Object(fields)
}
