//! Prometheus: the answer to `query_range`, or to `query=probe_success[31d]`, as a matrix.
//!
//! `query_range` gives evaluation steps, not probes: within its lookback of five minutes a missing probe does not show.

use crate::sorted::Map;

use serde_json::value::RawValue;

use super::diagnostic::Code;
use super::document::{Fault, Node, Shape, moment, text, word, wrong_type};
use super::log::Log;
use super::probes::{Probes, check_of};
use crate::record::{Application, Check, Digest, Record, Sample, SampleState, SeriesKey};

pub(super) const SHAPE: Shape = Shape {
    name: "prometheus",
    takes: true,
    recognises: |root| {
        let data = root.peek("data");
        let answer = data.is_some_and(|data| data.peek("resultType").is_some() && data.peek("result").is_some());
        answer || (root.peek("status").is_some() && root.peek("errorType").is_some())
    },
    read,
};

fn read(root: &Node<'_>, _: Digest, log: &mut Log) -> Record {
    if let Some(error) = root.peek("error") {
        error.problem(Fault::new(Code::SystemError, &text(error.raw()).unwrap_or_default()));
        return Record::default();
    }
    let Some(data) = root.peek("data") else { return Record::default() };
    if let Some(kind) = data.peek("resultType").filter(|kind| kind.raw() != "\"matrix\"") {
        kind.problem(Fault::new(Code::NotOneOf, kind.excerpt()).expected("`matrix`"));
        return Record::default();
    }
    let series = data.peek("result").map(|result| result.list()).unwrap_or_default();
    let mut probes = Probes::default();
    let keys = keys(&series);
    for (node, key) in series.iter().zip(keys) {
        let Some(values) = node.peek("values") else { continue };
        for (index, pair) in pairs(&values).into_iter().enumerate() {
            let row = || values.item(index, pair.get());
            let probe = probe(pair.get());
            probes.take(&key, &row(), probe, log);
        }
    }
    probes.record()
}

fn pairs<'a>(values: &Node<'a>) -> Vec<&'a RawValue> {
    values.get(|raw| serde_json::from_str(raw).map_err(|_| wrong_type(raw, "array"))).unwrap_or_default()
}

/// `[1641889533.781, "1"]`.
fn probe(raw: &str) -> Result<Sample, Fault> {
    let (time, value): (&RawValue, &RawValue) =
        serde_json::from_str(raw).map_err(|_| wrong_type(raw, "[time, value]"))?;
    let value = text(value.get())?;
    let state = match value.as_str() {
        "1" => SampleState::Up,
        "0" => SampleState::Down,
        "NaN" => SampleState::Unknown,
        _ => return Err(Fault::new(Code::StatusUnknown, &value).expected("`1`, `0`, `NaN`")),
    };
    Ok(Sample { at: moment(time.get())?, state })
}

/// The instance is the target. Where two series have the same, all labels tell them apart.
fn keys(series: &[Node<'_>]) -> Vec<SeriesKey> {
    let labels: Vec<Map<String, String>> = series.iter().map(labels).collect();
    let name = |labels: &Map<String, String>| {
        ["target", "instance"].iter().find_map(|label| labels.get(*label)).cloned().unwrap_or_default()
    };
    let unique = |own: &str| labels.iter().filter(|labels| name(labels) == own).count() == 1;
    labels
        .iter()
        .map(|own| {
            let name = name(own);
            let target = if !name.is_empty() && unique(&name) { name.clone() } else { all(own) };
            let vantage = own.get("vantage").cloned().unwrap_or_default();
            SeriesKey { target, check: check(&name, own), vantage, ..SeriesKey::default() }
        })
        .collect()
}

fn labels(series: &Node<'_>) -> Map<String, String> {
    let mut labels = Map::new();
    let Some(mut metric) = series.peek("metric").and_then(|metric| metric.object()) else { return labels };
    labels.extend(metric.rest().into_iter().filter_map(|(key, node)| Some((key, word(node.raw()).ok()?))));
    labels
}

fn all(labels: &Map<String, String>) -> String {
    let parts: Vec<String> = labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
    if parts.is_empty() { "port-1".to_owned() } else { parts.join(",") }
}

/// The module of blackbox_exporter tells how it was probed.
fn check(instance: &str, labels: &Map<String, String>) -> Check {
    let module = labels.get("module").map_or("", String::as_str);
    match module {
        module if module.starts_with("http") => Check::Guessed(Application::Www),
        module if module.starts_with("smtp") || module.starts_with("imap") => Check::Guessed(Application::Email),
        module if module.starts_with("ftp") => Check::Guessed(Application::Ftp),
        "" => check_of(instance),
        _ => Check::Ping,
    }
}
