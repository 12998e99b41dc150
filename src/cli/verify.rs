//! A result against the files that it was made of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value};
use sla_statement::assess::Question;
use sla_statement::i18n::{Locale, fill};
use sla_statement::time::Instant;

use super::assess::result_of;
use super::output::{Problems, print};
use super::{Outcome, arguments, case};

/// Not part of the digest: who computed it, and what the files happened to be called.
const NOT_COMPARED: [&str; 2] = ["engine", "sources[].name"];

/// Computes the result again and tells every difference.
pub fn run(arguments: &arguments::Verify, locale: Locale) -> Result<Outcome, Problems> {
    let texts = &locale.texts().cli;
    let stated = stated(&arguments.statement, locale)?;
    let question = question(&stated, &arguments.statement, locale)?;
    let record = case::read(&arguments.case, locale)?;
    let computed = result_of(&record, question, locale)?;
    let computed: Value = serde_json::from_str(&computed).unwrap_or_default();
    let mut differences = Vec::new();
    compare(&Place::default(), Some(&stated), Some(&computed), &mut differences);
    if differences.is_empty() {
        let digest = computed.get("digest").and_then(Value::as_str).unwrap_or_default();
        print(&format!("{}\n", fill(texts.verify_agrees, &[("digest", &digest)])), locale)?;
        return Ok(Outcome::Done);
    }
    let lines = differences.iter().map(|difference| difference.sentence(locale) + "\n");
    print(&lines.collect::<String>(), locale)?;
    Ok(Outcome::Different)
}

fn stated(file: &Path, locale: Locale) -> Result<Value, Problems> {
    let texts = &locale.texts().cli;
    let bytes = std::fs::read(file).map_err(|error| Problems::unreadable(file, &error, locale))?;
    let unusable =
        |reason: &str| Problems::one(fill(texts.verify_unusable, &[("file", &file.display()), ("reason", &reason)]));
    let stated: Value = serde_json::from_slice(&bytes).map_err(|error| unusable(&error.to_string()))?;
    match stated.get("schema").and_then(Value::as_str) {
        Some("sla-result/1") => Ok(stated),
        other => Err(unusable(&fill(texts.verify_schema, &[("found", &other.unwrap_or("–"))]))),
    }
}

/// Month and time of the assessment, as the result states them.
fn question(stated: &Value, file: &Path, locale: Locale) -> Result<Question, Problems> {
    let text = |key: &str| stated.get(key).and_then(Value::as_str).unwrap_or_default();
    let unusable = |key: &str, found: &str| {
        let values: [(&str, &dyn std::fmt::Display); 3] = [("file", &file.display()), ("key", &key), ("found", &found)];
        Problems::one(fill(locale.texts().cli.verify_key, &values))
    };
    let (month, as_of) = (text("month"), text("as_of"));
    Ok(Question {
        month: month.parse().map_err(|_| unusable("month", month))?,
        as_of: Instant::parse_rfc3339(as_of).map_err(|_| unusable("as_of", as_of))?,
    })
}

/// Where a field stands: as a reader would write it, and with the indices left open.
#[derive(Debug, Clone, Default)]
struct Place {
    path: String,
    kind: String,
}

impl Place {
    fn key(&self, key: &str) -> Self {
        let plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let step = match (plain, self.path.is_empty()) {
            (true, true) => key.to_owned(),
            (true, false) => format!(".{key}"),
            (false, _) => format!("[\"{key}\"]"),
        };
        Self { path: format!("{}{step}", self.path), kind: format!("{}{step}", self.kind) }
    }

    fn entry(&self, of: &str) -> Self {
        Self { path: format!("{}[{of}]", self.path), kind: format!("{}[]", self.kind) }
    }
}

/// A field that is not the same in both.
struct Difference {
    path: String,
    stated: Option<String>,
    computed: Option<String>,
}

impl Difference {
    fn sentence(&self, locale: Locale) -> String {
        let texts = &locale.texts().cli;
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| texts.verify_absent.to_owned());
        let (stated, computed) = (shown(&self.stated), shown(&self.computed));
        fill(texts.verify_differs, &[("path", &self.path), ("stated", &stated), ("computed", &computed)])
    }
}

fn compare(place: &Place, stated: Option<&Value>, computed: Option<&Value>, out: &mut Vec<Difference>) {
    if stated == computed || NOT_COMPARED.contains(&place.kind.as_str()) {
        return;
    }
    match (stated, computed) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            let keys: BTreeSet<&String> = Map::keys(a).chain(b.keys()).collect();
            keys.into_iter().for_each(|key| compare(&place.key(key), a.get(key), b.get(key), out));
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            let (a, b) = (entries(a), entries(b));
            let names: BTreeSet<&(usize, String)> = a.keys().chain(b.keys()).collect();
            names.into_iter().for_each(|of| compare(&place.entry(&of.1), a.get(of).copied(), b.get(of).copied(), out));
        }
        _ => out.push(Difference {
            path: place.path.clone(),
            stated: stated.map(Value::to_string),
            computed: computed.map(Value::to_string),
        }),
    }
}

/// Files by their digest, so that another file is not taken for its neighbour; everything else by its place.
fn entries(list: &[Value]) -> BTreeMap<(usize, String), &Value> {
    let name = |(place, entry): (usize, &Value)| match entry.get("sha256").and_then(Value::as_str) {
        Some(digest) => (0, format!("\"{digest}\"")),
        None => (place, place.to_string()),
    };
    list.iter().enumerate().map(|entry| (name(entry), entry.1)).collect()
}
