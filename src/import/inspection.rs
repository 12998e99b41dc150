use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Number, Value, json};

use super::mapping::role_name;
use super::{Code, Imported};
use crate::record::{Application, Check, Digest, Record, Section, Series, Source};
use crate::time::{Instant, SECOND_MS};

/// What was recognised in files, as data: for each its format, targets, span, rows and warnings.
#[must_use]
pub fn inspection(files: &[Imported]) -> Value {
    json!({ "files": files.iter().map(file).collect::<Vec<_>>() })
}

fn file(imported: &Imported) -> Value {
    let Imported { record, digest, .. } = imported;
    let archive = !record.sources.contains_key(digest);
    let inside = Source { name: imported.name.clone(), format: "zip".to_owned(), ..inside(record) };
    let source = record.sources.get(digest).cloned().unwrap_or(inside);
    let files: Vec<Value> =
        record.sources.iter().filter(|_| archive).map(|(digest, own)| file_inside(digest, own)).collect();
    let span = record.span();
    json!({
        "name": source.name,
        "format": source.format,
        "evidence": (!archive).then(|| source.evidence.as_str()),
        "files": archive.then_some(files),
        "bytes": source.bytes,
        "sha256": digest.to_string(),
        "contract": record.contract.as_ref().map(|contract| contract.id.clone().unwrap_or_default()),
        "calendar": record.calendar.as_ref().map(|calendar| calendar.id().to_owned()),
        "targets": targets(record),
        "sections": sections(record),
        "mapping": (!record.mapping.is_empty()).then(|| {
            json!({ "files": record.mapping.files.len(), "targets": record.mapping.targets.len() })
        }),
        "span": span.map(|span| json!({ "start": span.start().to_string(), "end": span.end().to_string() })),
        "read_in_zone": source.read_in_zone,
        "columns": (!source.columns.is_empty()).then_some(&source.columns),
        "encoding": source.encoding,
        "accepted": source.accepted,
        "rejected": source.rejected,
        "warnings": warnings(imported),
    })
}

/// What the files in an archive come to together.
fn inside(record: &Record) -> Source {
    let sum = |count: fn(&Source) -> u64| record.sources.values().map(count).sum();
    let (accepted, rejected) = (sum(|source| source.accepted), sum(|source| source.rejected));
    Source { bytes: sum(|source| source.bytes), accepted, rejected, ..Source::default() }
}

fn file_inside(digest: &Digest, own: &Source) -> Value {
    json!({
        "name": own.name,
        "format": own.format,
        "evidence": own.evidence.as_str(),
        "bytes": own.bytes,
        "sha256": digest.to_string(),
        "accepted": own.accepted,
        "rejected": own.rejected,
    })
}

/// How often each kind of diagnostic came up. The rejected rows that were counted only are `MORE_PROBLEMS`.
fn warnings(imported: &Imported) -> Vec<Value> {
    let mut counts: BTreeMap<Code, u64> = BTreeMap::new();
    for diagnostic in imported.rejected.iter().chain(&imported.notes) {
        *counts.entry(diagnostic.code).or_default() += 1;
    }
    let beyond = imported.rejected_beyond + imported.notes_beyond;
    if beyond > 0 {
        counts.insert(Code::MoreProblems, beyond);
    }
    counts.into_iter().map(|(code, count)| json!({ "code": code.as_str(), "count": count })).collect()
}

/// Every target that was declared or watched, once for each way of probing it.
fn targets(record: &Record) -> Vec<Value> {
    let mut all: BTreeMap<(&str, Check), Vec<(&str, &Series)>> = BTreeMap::new();
    for (key, series) in &record.series {
        all.entry((&key.target, key.check)).or_default().push((&key.vantage, series));
    }
    let watched: BTreeSet<&str> = all.keys().map(|(id, _)| *id).collect();
    let of_outages = record.outages.iter().flatten().map(|outage| outage.target.as_str());
    let unwatched: BTreeSet<&str> =
        record.targets.keys().map(String::as_str).chain(of_outages).filter(|id| !watched.contains(id)).collect();
    all.extend(unwatched.into_iter().map(|id| ((id, Check::default()), Vec::new())));
    all.into_iter().map(|((id, check), series)| target(record, id, check, &series)).collect()
}

fn target(record: &Record, id: &str, check: Check, series: &[(&str, &Series)]) -> Value {
    let declared = || record.targets.get(id).map(|target| target.role);
    let role = check.role().or_else(declared).unwrap_or_else(|| check.undeclared_role());
    let first = series.iter().filter_map(|(_, series)| series.first()).min();
    let last = series.iter().filter_map(|(_, series)| series.last()).max();
    let outages = record.outages.iter().flatten().filter(|outage| outage.target == id).count();
    json!({
        "id": id,
        "check": check_name(check),
        "role": role_name(role),
        "vantages": series.iter().map(|(vantage, _)| *vantage).collect::<Vec<_>>(),
        "samples": series.iter().map(|(_, series)| series.len()).sum::<u64>(),
        "first": first.as_ref().map(Instant::to_string),
        "last": last.as_ref().map(Instant::to_string),
        "median_spacing_s": median_spacing_ms(series).and_then(seconds),
        "outages": outages,
    })
}

/// The middle one of the spacings of samples, each series by itself; the lower one where there are two.
fn median_spacing_ms(series: &[(&str, &Series)]) -> Option<i64> {
    let mut spacings: BTreeMap<i64, u64> = BTreeMap::new();
    for (_, series) in series {
        for run in series.runs().iter().filter(|run| run.count > 1) {
            *spacings.entry(run.step_ms).or_default() += u64::from(run.count) - 1;
        }
        for (before, after) in series.runs().iter().zip(series.runs().iter().skip(1)) {
            *spacings.entry(after.first.since(before.last())).or_default() += 1;
        }
    }
    let middle = spacings.values().sum::<u64>().div_ceil(2);
    let mut seen = 0;
    spacings.into_iter().find_map(|(spacing, count)| {
        seen += count;
        (seen >= middle).then_some(spacing)
    })
}

/// Milliseconds as a number of seconds, without computing in floats.
fn seconds(ms: i64) -> Option<Number> {
    let (whole, rest) = (ms / SECOND_MS, ms % SECOND_MS);
    if rest == 0 { Some(whole.into()) } else { format!("{whole}.{rest:03}").parse().ok() }
}

const fn check_name(check: Check) -> &'static str {
    match check {
        Check::Ping => "ping",
        Check::Www | Check::Guessed(Application::Www) => "www",
        Check::Email | Check::Guessed(Application::Email) => "email",
        Check::Ftp | Check::Guessed(Application::Ftp) => "ftp",
        Check::Mains => "mains",
        Check::Ups => "ups",
    }
}

/// How many entries each section holds that is there.
fn sections(record: &Record) -> Map<String, Value> {
    let counts = [
        ("outages", count(&record.outages)),
        ("outage_coverage", count(&record.outage_coverage)),
        ("maintenance", count(&record.maintenance)),
        ("exclusions", count(&record.exclusions)),
        ("outage_reports", count(&record.outage_reports)),
        ("notices", count(&record.notices)),
        ("credit_requests", count(&record.credit_requests)),
        ("installations", count(&record.installations)),
        ("authorisations", count(&record.authorisations)),
        ("operations", count(&record.operations)),
        ("complaints", count(&record.complaints)),
        ("visits", count(&record.visits)),
    ];
    let reported = (!record.reported.is_empty()).then_some(record.reported.len() as u64);
    let counts = counts.into_iter().chain([("reported", reported)]);
    counts.filter_map(|(name, count)| Some((name.to_owned(), count?.into()))).collect()
}

fn count<T>(section: &Section<T>) -> Option<u64> {
    section.as_ref().map(|entries| entries.len() as u64)
}
