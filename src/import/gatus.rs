//! Gatus: the answer of its API for one endpoint or for all, with the results of single probes.

use super::document::{Fault, Node, Shape, moment, truth};
use super::log::Log;
use super::probes::{Probes, check_of, series_of, state};
use crate::record::{Digest, Record, Sample, SeriesKey};

pub(super) const SHAPE: Shape =
    Shape { name: "gatus", takes: true, recognises: |root| endpoints(root).iter().any(is_endpoint), read };

/// A list of endpoints, or one of them.
fn endpoints<'a>(root: &Node<'a>) -> Vec<Node<'a>> {
    if root.raw().starts_with('[') { root.peek_list() } else { vec![root.clone()] }
}

fn is_endpoint(node: &Node<'_>) -> bool {
    let results = node.peek("results").map(|results| results.peek_list()).unwrap_or_default();
    node.peek("name").is_some() && results.first().is_some_and(|first| first.peek("success").is_some())
}

fn read(root: &Node<'_>, _: Digest, log: &mut Log) -> Record {
    let mut probes = Probes::default();
    for endpoint in endpoints(root) {
        let key = key(&endpoint);
        for result in endpoint.peek("results").map(|results| results.list()).unwrap_or_default() {
            let probe = probe(&result);
            probes.take_timed((&key, &result), probe, ("duration", microseconds), log);
        }
    }
    probes.record()
}

fn key(endpoint: &Node<'_>) -> SeriesKey {
    let field = |key| endpoint.peek_word(key).unwrap_or_default();
    let (group, name) = (field("group"), field("name"));
    let target = if group.is_empty() { name } else { format!("{group}/{name}") };
    let results = endpoint.peek("results").map(|results| results.peek_list()).unwrap_or_default();
    // An answer to a web request has a status; a ping has none.
    let web = results.iter().any(|result| result.peek("status").is_some_and(|status| status.raw() != "0"));
    series_of(&target, if web { check_of("http://") } else { check_of("") })
}

fn probe(result: &Node<'_>) -> Result<Sample, Fault> {
    Ok(Sample {
        at: moment(result.require("timestamp")?.raw())?,
        state: state(truth(result.require("success")?.raw())?),
    })
}

/// A duration in whole nanoseconds, as Go writes it.
fn microseconds(duration: &str) -> Option<u32> {
    u32::try_from(duration.parse::<u64>().ok()? / 1_000).ok()
}
