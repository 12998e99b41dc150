//! What the names in the files of other systems mean: a document of `sla-mapping/1`, and its effect on a case.

use serde_json::{Map as JsonMap, Value, json};

use super::diagnostic::{Code, listed};
use super::document::{Fault, Node, Object, Schema, name, one_of, text, truth, zone};
use super::log::Log;
use super::{MAPPING_BYTES, target_role};
use crate::record::{
    Application, DateOrder, Digest, Entries, Evidence, FileMapping, Mapping, MappingConflict, PowerSource, Record,
    Role, SampleState, Series, SeriesKey, TableMapping, Target, TargetMapping,
};
use crate::sorted::{Map, Set};

pub(super) const SCHEMA: Schema = Schema { name: NAME, read };

/// The name of the format of mappings.
pub const NAME: &str = "sla-mapping/1";

const STATES: &[(&str, SampleState)] =
    &[("up", SampleState::Up), ("down", SampleState::Down), ("unknown", SampleState::Unknown)];
const DATE_ORDERS: &[(&str, DateOrder)] = &[("dmy", DateOrder::DayFirst), ("mdy", DateOrder::MonthFirst)];

fn read(mut root: Object<'_>, _: Digest, log: &mut Log) -> Record {
    root.child("schema");
    if root.node().raw().len() as u64 > MAPPING_BYTES {
        let limit = format!("{} MiB", MAPPING_BYTES >> 20);
        root.node().problem(Fault::new(Code::TooLarge, "").expected(limit));
    }
    let files = root.child("files").map(|list| files(&list)).unwrap_or_default();
    let targets = root.child("targets").map(|list| targets(&list)).unwrap_or_default();
    root.close();
    log.source.evidence = Evidence::Declared;
    log.source.accepted = (files.len() + targets.len()) as u64;
    Record { mapping: Mapping { files, targets }, ..Record::default() }
}

fn files(list: &Node<'_>) -> Map<Vec<String>, FileMapping> {
    let mut files = Map::new();
    for node in list.list() {
        let Some((columns, file)) = node.object().and_then(file) else { continue };
        if files.contains_key(&columns) {
            node.problem_within("columns", Fault::new(Code::IdTwice, &columns.join(", ")));
        }
        files.insert(columns, file);
    }
    files
}

fn file(mut object: Object<'_>) -> Option<(Vec<String>, FileMapping)> {
    let node = object.node().clone();
    let columns = object.need_child("columns").map(|list| list.list()).unwrap_or_default();
    let columns: Vec<String> =
        columns.iter().filter_map(|name| name.get(text)).map(|name| name.to_ascii_lowercase()).collect();
    if columns.len() < 2 {
        node.problem_within("columns", Fault::new(Code::TextEmpty, ""));
    }
    let zone = object.maybe("time_zone", zone);
    // What is there and wrong was said, and is not missing.
    let mut wrong = false;
    let mut place = |key| {
        let node = object.child(key)?;
        let place = column(&node, &columns);
        wrong |= place.is_none();
        place
    };
    let (time, status) = (place("time"), place("status"));
    let [date, target, latency, vantage, check] = ["date", "target", "latency_ms", "vantage", "check"].map(&mut place);
    let words = object.child("words").and_then(|node| node.object()).map(words).unwrap_or_default();
    let date_order = object.maybe("date_order", one_of(DATE_ORDERS));
    let target_name = object.maybe("target_name", name);
    object.close();
    if let (Some(_), Some(_)) = (target, &target_name) {
        node.problem_within("target_name", Fault::new(Code::KeyBeside, "target_name").expected("`target`"));
    }
    let used = [time, status, date, target, latency, vantage, check];
    let twice =
        used.iter().enumerate().find(|(at, own)| own.is_some() && used.iter().take(*at).any(|other| other == *own));
    if let Some(index) = twice.and_then(|(_, own)| *own) {
        node.problem(Fault::new(Code::ColumnForTwo, columns.get(index).map_or("", String::as_str)));
    }
    let others = used.iter().any(Option::is_some) || !words.is_empty() || date_order.is_some() || target_name.is_some();
    let table = match (time, status) {
        (Some(time), Some(status)) => {
            Some(TableMapping { time, date, status, target, latency, vantage, check, words, date_order, target_name })
        }
        _ if wrong => None,
        (time, _) if others || zone.is_none() => {
            let missing = if time.is_none() { "time" } else { "status" };
            node.problem_within(missing, Fault::new(Code::KeyMissing, missing));
            None
        }
        _ => None,
    };
    Some((columns, FileMapping { zone, table }))
}

/// A column by its name, or by its number counted from 1.
fn column(node: &Node<'_>, columns: &[String]) -> Option<usize> {
    let unknown = |found: &str| Fault::new(Code::NotOneOf, found).expected(listed(columns.iter().map(String::as_str)));
    node.get(|raw| {
        if raw.starts_with(|first: char| first.is_ascii_digit()) {
            let number = raw.parse::<usize>().ok().filter(|number| (1..=columns.len()).contains(number));
            return number.map(|number| number - 1).ok_or_else(|| unknown(raw));
        }
        let name = text(raw)?.to_ascii_lowercase();
        let mut places = columns.iter().enumerate().filter(|(_, own)| **own == name).map(|(place, _)| place);
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(place),
            (Some(_), Some(_)) => Err(Fault::new(Code::ColumnTwice, &name)),
            (None, _) => Err(unknown(&name)),
        }
    })
}

fn words(mut object: Object<'_>) -> Map<String, SampleState> {
    let mut words = Map::new();
    for (word, node) in object.rest() {
        let Some(state) = node.get(one_of(STATES)) else { continue };
        let word = word.trim().to_ascii_lowercase();
        if words.contains_key(&word) {
            node.problem(Fault::new(Code::KeyTwice, &word));
        }
        words.insert(word, state);
    }
    words
}

fn targets(list: &Node<'_>) -> Map<String, TargetMapping> {
    let mut targets = Map::new();
    for node in list.list() {
        let Some((id, target)) = node.object().and_then(target) else { continue };
        if targets.contains_key(&id) {
            node.problem_within("id", Fault::new(Code::IdTwice, &id));
        }
        targets.insert(id, target);
    }
    targets
}

fn target(mut object: Object<'_>) -> Option<(String, TargetMapping)> {
    let node = object.node().clone();
    let id = object.need("id", name);
    let ignored = object.maybe("ignored", truth).unwrap_or(false);
    let is = object.maybe("is", name);
    let guarantee = object.child("guarantee");
    let role = match &guarantee {
        Some(_) => target_role(&mut object, guarantee.clone()),
        None => None,
    };
    object.close();
    let mapping = match (ignored, is) {
        (true, None) if guarantee.is_none() => TargetMapping::Ignored,
        (true, _) => {
            let others = "`is`, `guarantee`";
            node.problem_within("ignored", Fault::new(Code::KeyBeside, "ignored").expected(others));
            return None;
        }
        (false, None) if guarantee.is_none() => {
            node.problem_within("guarantee", Fault::new(Code::KeyMissing, "guarantee"));
            return None;
        }
        (false, is) => TargetMapping::Counts { is: is.filter(|is| Some(is) != id.as_ref()), role },
    };
    Some((id?, mapping))
}

/// The document of a mapping: always the same bytes for the same mapping.
#[must_use]
pub fn mapping_document(mapping: &Mapping) -> Vec<u8> {
    let files: Vec<Value> = mapping.files.iter().map(|(columns, file)| file_value(columns, file)).collect();
    let targets: Vec<Value> = mapping.targets.iter().map(|(id, target)| target_value(id, target)).collect();
    let document = json!({ "schema": NAME, "files": files, "targets": targets });
    let mut bytes = serde_json::to_vec_pretty(&document).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn file_value(columns: &[String], file: &FileMapping) -> Value {
    let mut object = JsonMap::new();
    let mut put = |key: &str, value: Option<Value>| {
        object.extend(value.map(|value| (key.to_owned(), value)));
    };
    put("columns", Some(json!(columns)));
    put("time_zone", file.zone.map(|zone| zone.name().into()));
    if let Some(table) = &file.table {
        let named = |index: usize| match columns.get(index) {
            Some(name) if columns.iter().filter(|own| *own == name).count() == 1 => json!(name),
            _ => json!(index + 1),
        };
        put("time", Some(named(table.time)));
        put("date", table.date.map(named));
        put("status", Some(named(table.status)));
        put("target", table.target.map(named));
        put("latency_ms", table.latency.map(named));
        put("vantage", table.vantage.map(named));
        put("check", table.check.map(named));
        let word = |(word, state): (&String, &SampleState)| (word.clone(), json!(word_of(STATES, *state)));
        let words: JsonMap<String, Value> = table.words.iter().map(word).collect();
        put("words", (!words.is_empty()).then_some(Value::Object(words)));
        put("date_order", table.date_order.map(|order| order.as_str().into()));
        put("target_name", table.target_name.clone().map(Value::from));
    }
    Value::Object(object)
}

fn word_of<T: PartialEq + Copy>(words: &[(&'static str, T)], value: T) -> &'static str {
    words.iter().find(|(_, own)| *own == value).map_or("", |(word, _)| word)
}

fn target_value(id: &str, target: &TargetMapping) -> Value {
    let mut object = JsonMap::new();
    object.insert("id".to_owned(), id.into());
    object.extend(target.is().map(|is| ("is".to_owned(), is.into())));
    object.extend((*target == TargetMapping::Ignored).then(|| ("ignored".to_owned(), true.into())));
    let (guarantee, kind) = match target.role() {
        None => (None, None),
        Some(Role::Network) => (Some("network"), None),
        Some(Role::Power(source)) => {
            let source = if source == PowerSource::Mains { "mains" } else { "ups" };
            (Some("power"), Some(("source", source)))
        }
        Some(Role::Application(application)) => {
            let application = match application {
                Application::Www => "www",
                Application::Email => "email",
                Application::Ftp => "ftp",
            };
            (Some("application"), Some(("application", application)))
        }
    };
    object.extend(guarantee.map(|guarantee| ("guarantee".to_owned(), guarantee.into())));
    object.extend(kind.map(|(key, value)| (key.to_owned(), value.into())));
    Value::Object(object)
}

/// The record with its mapping in force: targets under the names that they count under, the ignored ones left out.
pub(super) fn in_force(mut record: Record) -> Result<Record, MappingConflict> {
    let mapping = std::mem::take(&mut record.mapping);
    read_with(&record, &mapping)?;
    roles(&mut record, &mapping)?;
    series(&mut record, &mapping);
    let name =
        |id: &String| mapping.targets.get(id).and_then(TargetMapping::is).map_or_else(|| id.clone(), str::to_owned);
    let left_out = |id: &String| mapping.targets.get(id) == Some(&TargetMapping::Ignored);
    let names = |targets: &Set<String>| targets.iter().map(name).collect::<Set<String>>();
    if let Some(outages) = record.outages.take() {
        let (ignored, kept): (Vec<_>, Vec<_>) =
            Vec::from_iter(outages).into_iter().partition(|own| left_out(&own.target));
        for outage in ignored {
            *record.ignored.of(outage.target) += 1;
        }
        let rename = |own: crate::record::OutageEvent| crate::record::OutageEvent { target: name(&own.target), ..own };
        record.outages = Some(kept.into_iter().map(rename).collect());
    }
    if let Some(coverage) = record.outage_coverage.take() {
        let kept = coverage.into_iter().filter(|own| !left_out(&own.target));
        let rename =
            |own: crate::record::OutageCoverage| crate::record::OutageCoverage { target: name(&own.target), ..own };
        record.outage_coverage = Some(kept.map(rename).collect());
    }
    if let Some(exclusions) = record.exclusions.take() {
        let rename = |own: crate::record::Exclusion| crate::record::Exclusion { targets: names(&own.targets), ..own };
        record.exclusions = Some(exclusions.into_iter().map(rename).collect::<Entries<_>>());
    }
    if let Some(maintenance) = record.maintenance.take() {
        let kept = |own: &crate::record::Maintenance| own.targets.is_empty() || !own.targets.iter().all(left_out);
        let rename = |own: crate::record::Maintenance| {
            let targets = names(&own.targets.iter().filter(|id| !left_out(id)).cloned().collect());
            crate::record::Maintenance { targets, ..own }
        };
        record.maintenance = Some(maintenance.into_iter().filter(kept).map(rename).collect::<Entries<_>>());
    }
    record.mapping = mapping;
    Ok(record)
}

/// Every table must have been read as the mapping says, or without one where it says nothing of its columns.
fn read_with(record: &Record, mapping: &Mapping) -> Result<(), MappingConflict> {
    let unread = record
        .sources
        .values()
        .find(|source| !source.columns.is_empty() && mapping.files.get(&source.columns) != source.mapping.as_ref());
    unread.map_or(Ok(()), |source| Err(MappingConflict::Unread(source.name.clone())))
}

/// Declares what the mapping says of targets. What the contract's file declares goes before it, and must not contradict.
fn roles(record: &mut Record, mapping: &Mapping) -> Result<(), MappingConflict> {
    let mut mapped: Map<String, Role> = Map::new();
    for (id, target) in &mapping.targets {
        if let Some(is) = target.is()
            && let Some(other) = mapping.targets.get(is)
            && (other.is().is_some() || *other == TargetMapping::Ignored)
        {
            return Err(MappingConflict::Chain { target: id.clone(), is: is.to_owned() });
        }
        let name = target.is().unwrap_or(id);
        let declared = |id: &str, to: &str| {
            let declared = record.targets.get(id).map(|own| role_name(own.role).to_owned());
            declared.map(|declared| MappingConflict::Declared {
                target: id.to_owned(),
                declared,
                mapped: to.to_owned(),
            })
        };
        let conflict = match target {
            TargetMapping::Ignored => declared(id, "ignored"),
            TargetMapping::Counts { is: Some(is), .. } => declared(id, is),
            TargetMapping::Counts { .. } => None,
        };
        if let Some(conflict) = conflict {
            return Err(conflict);
        }
        let Some(role) = target.role() else { continue };
        let declared = record.targets.get(name).map(|own| own.role);
        let other = declared.or_else(|| mapped.get(name).copied()).or_else(|| told_by_checks(record, id, role));
        if let Some(other) = other.filter(|other| *other != role) {
            let (declared, mapped) = (role_name(other).to_owned(), role_name(role).to_owned());
            return Err(MappingConflict::Declared { target: name.to_owned(), declared, mapped });
        }
        mapped.insert(name.to_owned(), role);
    }
    for (id, role) in mapped {
        record.targets.of_or(id, || Target { role, label: String::new() });
    }
    Ok(())
}

/// What the checks of a target say in place of `role`, where every one of them says something and none says that.
fn told_by_checks(record: &Record, id: &str, role: Role) -> Option<Role> {
    let mut keys = record.series.keys().filter(|key| key.target == id).map(|key| key.check.role());
    let first = keys.clone().next()??;
    keys.all(|own| own.is_some_and(|own| own != role)).then_some(first)
}

/// What a role is called in messages.
pub(super) const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Network => "network",
        Role::Power(PowerSource::Mains) => "mains",
        Role::Power(PowerSource::Ups) => "ups",
        Role::Application(Application::Www) => "www",
        Role::Application(Application::Email) => "email",
        Role::Application(Application::Ftp) => "ftp",
    }
}

/// Puts series under the names that they count under. Two names that were watched at one time are two vantages of one
/// target; where one follows the other, as when a monitor was made anew, they are one series.
fn series(record: &mut Record, mapping: &Mapping) {
    let mut gathered: Map<SeriesKey, Vec<(String, Series)>> = Map::new();
    for (key, series) in std::mem::take(&mut record.series) {
        let target = mapping.targets.get(&key.target);
        if target == Some(&TargetMapping::Ignored) {
            *record.ignored.of(key.target) += series.len();
            continue;
        }
        let named = match target.and_then(TargetMapping::is) {
            None => key.clone(),
            Some(is) => {
                // What another system's name made of the check is said by the mapping now.
                let check = if key.check.role().is_none() { Default::default() } else { key.check };
                SeriesKey { target: is.to_owned(), check, ..key.clone() }
            }
        };
        gathered.of(named).push((key.target, series));
    }
    for (key, parts) in gathered {
        let apart = overlap(&parts);
        for (name, series) in parts {
            let own = apart && name != key.target;
            let vantage = match (own, key.vantage.is_empty()) {
                (false, _) => key.vantage.clone(),
                (true, true) => name,
                (true, false) => format!("{name} {}", key.vantage),
            };
            let key = SeriesKey { vantage, ..key.clone() };
            let before = record.series.remove(&key).unwrap_or_default();
            record.series.insert(key, before.merge(series));
        }
    }
}

/// Whether any two of the series tell of the same time.
fn overlap(parts: &[(String, Series)]) -> bool {
    let mut spans: Vec<_> = parts.iter().filter_map(|(_, own)| Some((own.first()?, own.last()?))).collect();
    spans.sort_unstable();
    spans.windows(2).any(|pair| matches!(pair, [(_, last), (first, _)] if first <= last))
}
