//! Prometheus: the answer to `query_range`, or to `query=probe_success[31d]`, as a matrix.
//!
//! `query_range` gives evaluation steps, not probes: within its lookback of five minutes a missing probe does not show.

use crate::sorted::Map;

use serde_json::value::RawValue;

use super::diagnostic::Code;
use super::document::{Fault, Node, Shape, moment, text, word, wrong_type};
use super::log::Log;
use super::probes::{Probes, check_of};
use super::timestamp::{self, Reading};
use crate::record::{Application, Check, Digest, Record, Sample, SampleState, Series, SeriesKey};
use crate::time::Instant;

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
    let labels: Vec<Labels> = series.iter().map(|series| labels(series.peek("metric"))).collect();
    for (node, key) in series.iter().zip(keys(&labels)) {
        let Some(values) = node.peek("values") else { continue };
        let taken = values.raw().get(1..).and_then(|first| values.taken_before(first));
        if let Some(taken) = taken {
            probes.push_all(&key, &taken.series, log);
        }
        for (index, pair) in (taken.map_or(0, |own| own.pairs)..).zip(pairs(&values)) {
            match probe(pair.get()) {
                Ok(sample) => probes.push(&key, sample, log),
                Err(fault) => log.reject(|| values.item(index, pair.get()).finding(fault)),
            }
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
fn keys(labels: &[Labels]) -> Vec<SeriesKey> {
    let name = |labels: &Labels| {
        ["target", "instance"].iter().find_map(|label| labels.get(*label)).cloned().unwrap_or_default()
    };
    let mut names: Vec<String> = labels.iter().map(name).collect();
    names.sort_unstable();
    let unique = |own: &str| {
        names.partition_point(|name| name.as_str() <= own) - names.partition_point(|name| name.as_str() < own) == 1
    };
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

/// The labels of a series by their names.
type Labels = Map<String, String>;

fn labels(metric: Option<Node<'_>>) -> Labels {
    let mut labels = Map::new();
    let Some(mut metric) = metric.and_then(|metric| metric.object()) else { return labels };
    labels.extend(metric.rest().into_iter().filter_map(|(key, node)| Some((key, word(node.raw()).ok()?))));
    labels
}

fn all(labels: &Labels) -> String {
    let parts: Vec<String> = labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
    if parts.is_empty() { "port-1".to_owned() } else { parts.join(",") }
}

/// The module of blackbox_exporter tells how it was probed.
fn check(instance: &str, labels: &Labels) -> Check {
    let module = labels.get("module").map_or("", String::as_str);
    match module {
        module if module.starts_with("http") => Check::Guessed(Application::Www),
        module if module.starts_with("smtp") || module.starts_with("imap") => Check::Guessed(Application::Email),
        module if module.starts_with("ftp") => Check::Guessed(Application::Ftp),
        "" => check_of(instance),
        _ => Check::Ping,
    }
}

/// Reads an answer that is written as Prometheus writes it: these keys in this order, and in each pair an epoch time and
/// one of the three values. Gives the record and how many samples it holds; `None` where anything is otherwise: [`read`]
/// then says what.
pub(super) fn read_at_once(document: &Node<'_>) -> Option<(Record, u64)> {
    let mut rest = Rest(document.raw());
    let (mut labels, mut all): (Vec<Labels>, Vec<Series>) = (Vec::new(), Vec::new());
    rest.take_all(&["{", "\"status\"", ":", "\"success\"", ",", "\"data\"", ":", "{"])?;
    rest.take_all(&["\"resultType\"", ":", "\"matrix\"", ",", "\"result\"", ":", "["])?;
    loop {
        rest.take_all(&["{", "\"metric\"", ":"])?;
        let metric = document.at(format!("data.result[{}].metric", labels.len()), rest.flat_object()?);
        labels.push(self::labels(Some(metric)));
        rest.take_all(&[",", "\"values\"", ":", "["])?;
        let taken = document.taken_before(rest.0).map(|own| own.series.clone());
        all.push(rest.samples(taken.unwrap_or_default())?);
        rest.take("}")?;
        if rest.take(",").is_none() {
            break;
        }
    }
    rest.take_all(&["]", "}", "}"])?;
    rest.skip_space();
    let (mut record, mut accepted) = (Record::default(), 0);
    for (key, mut series) in keys(&labels).into_iter().zip(all) {
        if record.series.contains_key(&key) {
            return None;
        }
        series.settle();
        accepted += series.len() + series.repeated();
        record.series.insert(key, series);
    }
    rest.0.is_empty().then_some((record, accepted))
}

/// The part of a document that was not read yet.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn skip_space(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\n', '\t', '\r']);
    }

    /// Takes a token, which white space may stand before.
    fn take(&mut self, token: &str) -> Option<()> {
        if let Some(rest) = self.0.strip_prefix(token) {
            self.0 = rest;
            return Some(());
        }
        self.skip_space();
        self.0 = self.0.strip_prefix(token)?;
        Some(())
    }

    fn take_all(&mut self, tokens: &[&str]) -> Option<()> {
        tokens.iter().try_for_each(|token| self.take(token))
    }

    /// Takes an object without any other in it.
    fn flat_object(&mut self) -> Option<&'a str> {
        self.skip_space();
        let (object, rest) = self.0.split_at_checked(self.0.find('}')? + 1)?;
        let flat = object.starts_with('{') && !object.get(1..)?.contains(['{', '[']);
        serde_json::from_str::<&RawValue>(object).ok().filter(|_| flat)?;
        self.0 = rest;
        Some(object)
    }

    /// Takes pairs up to the end of their list, after what was taken before.
    fn samples(&mut self, mut series: Series) -> Option<Series> {
        loop {
            self.take("[")?;
            let at = self.epoch()?;
            self.take(",")?;
            let state = if self.take("\"1\"").is_some() {
                SampleState::Up
            } else if self.take("\"0\"").is_some() {
                SampleState::Down
            } else {
                self.take("\"NaN\"").map(|()| SampleState::Unknown)?
            };
            self.take("]")?;
            series.push(Sample { at, state });
            if self.take(",").is_none() {
                return self.take("]").map(|()| series);
            }
        }
    }

    /// Takes a number that JSON would take, and which is an epoch time.
    fn epoch(&mut self) -> Option<Instant> {
        self.skip_space();
        let length = self.0.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let (number, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        match timestamp::read(number.as_bytes(), None) {
            Reading::At(at) if !number.starts_with('0') && !number.ends_with('.') => Some(at),
            _ => None,
        }
    }
}
