//! A result (`sla-result/1`) against the one that is computed from the files again.

use serde_json::{Map, Value};
use thiserror::Error;

use crate::assess::Question;
use crate::i18n::{Locale, fill, visible};
use crate::sorted::Set;
use crate::time::Instant;

/// The schema of a result.
pub const SCHEMA: &str = "sla-result/1";
/// Not part of the digest: who computed it, and what the files happened to be called.
const NOT_COMPARED: [&str; 2] = ["engine", "sources[].name"];
/// Fewer digits of a digest than these say too little.
const DIGITS_AT_LEAST: usize = 12;
/// The digits of a whole digest.
const DIGITS: usize = 64;

/// A result as somebody states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// The month that it says it is of, and as known when.
    pub question: Question,
    value: Value,
}

/// Why a file is no result that can be checked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unusable {
    /// It is no JSON; the text is the reader's own and names line and column.
    #[error("{0}")]
    Json(String),
    /// Its `schema`, if any, is not [`SCHEMA`].
    #[error("schema is {0:?}")]
    Schema(Option<String>),
    /// Month or time cannot be assessed again.
    #[error("{key} is {found:?}")]
    Key {
        /// `month` or `as_of`.
        key: &'static str,
        /// What stands there.
        found: String,
    },
}

impl Stated {
    /// Reads a result.
    ///
    /// # Errors
    /// [`Unusable`] where it is none, or does not say what was assessed.
    pub fn read(bytes: &[u8]) -> Result<Self, Unusable> {
        let text = str::from_utf8(bytes).map_err(|error| Unusable::Json(error.to_string()))?;
        let value: Value = serde_json::from_str(text).map_err(|error| Unusable::Json(error.to_string()))?;
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        if text("schema") != Some(SCHEMA) {
            return Err(Unusable::Schema(text("schema").map(str::to_owned)));
        }
        let unusable = |key| Unusable::Key { key, found: text(key).unwrap_or_default().to_owned() };
        let month = text("month").and_then(|month| month.parse().ok()).ok_or_else(|| unusable("month"))?;
        let as_of = text("as_of").and_then(|at| Instant::parse_rfc3339(at).ok()).ok_or_else(|| unusable("as_of"))?;
        Ok(Self { question: Question { month, as_of }, value })
    }

    /// Every field that is not the same in `computed`, a result as text; none where the statement agrees with the files.
    #[must_use]
    pub fn differences(&self, computed: &str) -> Vec<Difference> {
        let computed: Value = serde_json::from_str(computed).unwrap_or_default();
        let mut differences = Vec::new();
        compare(&Place::default(), Some(&self.value), Some(&computed), &mut differences);
        differences
    }
}

impl Unusable {
    /// One sentence that names the file.
    #[must_use]
    pub fn sentence(&self, file: &str, locale: Locale) -> String {
        let texts = &locale.texts().cli;
        let unusable = |reason: &str| fill(texts.verify_unusable, &[("file", &file), ("reason", &reason)]);
        match self {
            Self::Json(reason) => unusable(reason),
            Self::Schema(found) => {
                unusable(&fill(texts.verify_schema, &[("found", &visible(found.as_deref().unwrap_or("–")))]))
            }
            Self::Key { key, found } => {
                fill(texts.verify_key, &[("file", &file), ("key", key), ("found", &visible(found))])
            }
        }
    }
}

/// A field that is not the same in both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where it stands, as `guarantees[0].downtime_ms.counted`.
    pub path: String,
    /// Its value in the statement, as JSON; `None`: it is not there.
    pub stated: Option<String>,
    /// Its value as computed, as JSON; `None`: it is not there.
    pub computed: Option<String>,
}

impl Difference {
    /// One sentence.
    #[must_use]
    pub fn sentence(&self, locale: Locale) -> String {
        let texts = &locale.texts().cli;
        let shown = |value: &Option<String>| value.as_deref().map_or_else(|| texts.verify_absent.to_owned(), visible);
        let (stated, computed) = (shown(&self.stated), shown(&self.computed));
        fill(texts.verify_differs, &[("path", &visible(&self.path)), ("stated", &stated), ("computed", &computed)])
    }
}

/// What a digest that somebody typed, as from paper, says of the computed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// All of it is the same.
    Agrees,
    /// So many digits were typed, and they are the same.
    Begins(usize),
    /// It is another.
    Differs,
    /// It is no digest, or too little of one.
    NoDigest,
}

/// Compares a typed digest with the computed one, `sha256:…`. Spaces, the name in front and the case make no difference.
#[must_use]
pub fn typed(text: &str, digest: &str) -> Typed {
    let bare: String = text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let digits = bare.trim_start_matches("sha256:").trim_end_matches(['…', '.']);
    let whole = digest.trim_start_matches("sha256:");
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) || !(DIGITS_AT_LEAST..=DIGITS).contains(&digits.len()) {
        return Typed::NoDigest;
    }
    match (whole.starts_with(digits), digits.len()) {
        (false, _) => Typed::Differs,
        (true, DIGITS) => Typed::Agrees,
        (true, count) => Typed::Begins(count),
    }
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

fn compare(place: &Place, stated: Option<&Value>, computed: Option<&Value>, out: &mut Vec<Difference>) {
    if stated == computed || NOT_COMPARED.contains(&place.kind.as_str()) {
        return;
    }
    let (a, b, of_list) = match (stated, computed) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => (fields(a), fields(b), false),
        (Some(Value::Array(a)), Some(Value::Array(b))) => (entries(a), entries(b), true),
        _ => {
            let written = |value: Option<&Value>| value.map(Value::to_string);
            out.push(Difference { path: place.path.clone(), stated: written(stated), computed: written(computed) });
            return;
        }
    };
    let mut names: Vec<&Name> = a.iter().chain(&b).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let inner = if of_list { place.entry(&name.1) } else { place.key(&name.1) };
        compare(&inner, named(&a, name), named(&b, name), out);
    }
}

/// The order of a value in what holds it, and its name there.
type Name = (usize, String);

fn fields(object: &Map<String, Value>) -> Vec<(Name, &Value)> {
    object.iter().map(|(key, value)| ((0, key.clone()), value)).collect()
}

/// Files by their digest, so that another file is not taken for its neighbour; everything else by its place, and so is a
/// file that stands there again.
fn entries(list: &[Value]) -> Vec<(Name, &Value)> {
    let mut seen = Set::new();
    let mut name = |place: usize, entry: &Value| match entry.get("sha256").and_then(Value::as_str) {
        Some(digest) if seen.insert(digest.to_owned()) => (0, format!("\"{digest}\"")),
        _ => (place, place.to_string()),
    };
    let mut all: Vec<(Name, &Value)> =
        list.iter().enumerate().map(|(place, entry)| (name(place, entry), entry)).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all
}

fn named<'a>(all: &[(Name, &'a Value)], name: &Name) -> Option<&'a Value> {
    let place = all.binary_search_by(|(own, _)| own.cmp(name)).ok()?;
    all.get(place).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn a_digest_is_typed_as_it_stands_on_paper() {
        assert_eq!(typed(DIGEST, DIGEST), Typed::Agrees);
        assert_eq!(typed(" SHA256: 0123 4567 89AB CDEF… ", DIGEST), Typed::Begins(16));
        assert_eq!(typed("sha256:0123456789abcdee", DIGEST), Typed::Differs);
        assert_eq!(typed(&DIGEST.replace("cdef01", "cdef02"), DIGEST), Typed::Differs);
        for text in ["", "sha256:", "0123456789a", "0123456789abcdeg", &format!("{DIGEST}0"), "ｓｈａ２５６"] {
            assert_eq!(typed(text, DIGEST), Typed::NoDigest, "{text}");
        }
    }

    #[test]
    fn every_field_that_differs_has_its_place() {
        let stated = br#"{"schema":"sla-result/1","month":"2026-03","as_of":"2026-04-10T00:00:00Z","engine":"1","a":[1,{"b.c":2}],
            "sources":[{"sha256":"x","name":"old"}]}"#;
        let stated = Stated::read(stated).unwrap();
        let computed = r#"{"schema":"sla-result/1","month":"2026-03","as_of":"2026-04-10T00:00:00Z","engine":"2","a":[1,{"b.c":3},4],
            "sources":[{"sha256":"x","name":"new"}]}"#;
        let found: Vec<String> = stated.differences(computed).iter().map(|own| own.sentence(Locale::En)).collect();
        assert_eq!(found, ["a[1][\"b.c\"]: stated 2, computed 3", "a[2]: stated nothing, computed 4"]);
    }

    #[test]
    fn a_file_that_is_stated_twice_does_not_hide_behind_itself() {
        let head = r#""schema":"sla-result/1","month":"2026-03","as_of":"2026-04-10T00:00:00Z""#;
        let stated =
            format!(r#"{{{head},"sources":[{{"sha256":"x"}},{{"sha256":"x","rejected":1}},{{"sha256":"x"}}]}}"#);
        let stated = Stated::read(stated.as_bytes()).unwrap();
        let computed = format!(r#"{{{head},"sources":[{{"sha256":"x"}}]}}"#);
        let found: Vec<String> = stated.differences(&computed).into_iter().map(|own| own.path).collect();
        assert_eq!(found, ["sources[1]", "sources[2]"]);
    }
}
