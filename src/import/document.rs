//! JSON documents: what is at which place, with every problem of a document collected.
//!
//! A [`Node`] is a value that was not looked into yet; it knows its path and its line. Objects are read key by key, so
//! that unknown keys, keys that stand twice and what could hold a password come out wherever they stand.

use crate::sorted::Set;
use std::cell::{OnceCell, RefCell};
use std::fmt;

use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::KEPT_DIAGNOSTICS;
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop, listed, may_hold_secret, shown};
use super::log::Log;
use super::thinned::{Taken, Thinned, bytes_taken, taken_at};
use super::timestamp::{self, Reading};
use super::{
    better_stack, gatus, icinga, mapping, opennms, pingdom, prometheus, rrd_xport, sla_calendar, sla_export,
    sla_settlement, upptime, uptime_kuma, uptimerobot, zabbix,
};
use crate::contract::{Fen, Percent};
use crate::record::{Digest, Record};
use crate::time::{Instant, InstantError, Zone, read_day};

pub(super) const FORMAT: Format = Format {
    description: "JSON (`\"schema\": \"sla-export/1\"`, `\"schema\": \"sla-calendar/1\"`, \
                  `\"schema\": \"sla-mapping/1\"`, `\"schema\": \"sla-settlement/1\"`, Prometheus, Icinga, RRDtool, UptimeRobot, Gatus, \
                  Zabbix, Pingdom, OpenNMS, Better Stack)",
    recognises: |head| matches!(head.trim_ascii_start().first(), Some(b'{' | b'[')),
    open: |_, _| Box::<JsonFile>::default(),
};

/// How many bytes a document may have: it is held in memory as a whole.
const MAX_DOCUMENT_BYTES: u64 = 256 << 20;

/// How deep lists and objects may stand in each other.
pub(super) const MAX_DEPTH: usize = 64;

/// How many bytes a name may have.
pub(super) const MAX_FIELD_BYTES: usize = 4 << 10;

/// A format of JSON documents.
pub(super) struct Schema {
    /// The value of `schema`.
    pub name: &'static str,
    /// Reads the document. The record is used only where no problem was found.
    pub read: fn(root: Object<'_>, source: Digest, log: &mut Log) -> Record,
}

/// Every format of JSON documents that names itself.
const SCHEMAS: &[Schema] = &[sla_export::SCHEMA, sla_calendar::SCHEMA, mapping::SCHEMA, sla_settlement::SCHEMA];

/// What another system exports as JSON. It does not name its format; its keys tell it.
pub(super) struct Shape {
    /// The name of the format in results.
    pub name: &'static str,
    /// Whether documents of the format are taken; of the others `read` says why they are not.
    pub takes: bool,
    /// Whether a document with this root is of the format.
    pub recognises: fn(root: &Node<'_>) -> bool,
    /// Reads the document. The record is used only where no problem was found; rows that cannot be taken are rejected.
    pub read: fn(root: &Node<'_>, source: Digest, log: &mut Log) -> Record,
}

/// Every format of JSON documents that does not.
const SHAPES: &[Shape] = &[
    prometheus::SHAPE,
    icinga::SHAPE,
    rrd_xport::SHAPE,
    uptimerobot::SHAPE,
    gatus::SHAPE,
    zabbix::HISTORY,
    zabbix::SLA,
    zabbix::ERROR,
    pingdom::OUTAGES,
    pingdom::RESULTS,
    opennms::SHAPE,
    better_stack::SHAPE,
    better_stack::SLA,
    uptime_kuma::BACKUP,
    upptime::SHAPE,
];

#[derive(Default)]
struct JsonFile(Thinned);

impl FormatReader for JsonFile {
    fn push(&mut self, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        if log.limits.exceeded((self.0.len() + text.len()) as u64, MAX_DOCUMENT_BYTES) {
            let limit = format!("{} MiB", MAX_DOCUMENT_BYTES >> 20);
            return Err(vec![Finding::new(Code::TooLarge, Place::File).expected(limit)]);
        }
        self.0.push(text);
        Ok(())
    }

    fn rows(&self) -> u64 {
        self.0.pairs()
    }

    fn finish(self: Box<Self>, source: Digest, log: &mut Log) -> Result<Record, Stop> {
        let (text, taken) = self.0.finish();
        if let Some(record) = at_once((&text, &taken), log) {
            return Ok(record);
        }
        let record = read_any((&text, &taken), log, |node, log| {
            let named = node.peek("schema");
            let shape = SHAPES.iter().find(|shape| named.is_none() && (shape.recognises)(node));
            match shape {
                Some(shape) => {
                    shape.name.clone_into(&mut log.source.format);
                    Some((shape.read)(node, source, log))
                }
                None if node.raw.starts_with('[') => {
                    let finding = Finding::new(Code::UnknownFormat, Place::File).found("[");
                    node.document.add(finding.expected(known_formats()));
                    None
                }
                None => node.object().map(|root| by_schema(root, source, log)),
            }
        })?;
        if !SCHEMAS.iter().any(|schema| schema.name == log.source.format) {
            log.anything_taken(log.source.rejected)?;
        }
        Ok(record)
    }
}

/// Reads a document that is exactly as the system writes it whose documents are the longest; `None`, and nothing in the
/// log, where anything is otherwise.
fn at_once((bytes, taken): Left<'_>, log: &mut Log) -> Option<Record> {
    let document = Document::of(str::from_utf8(bytes).ok()?, taken);
    let (record, accepted) = prometheus::read_at_once(&document.root(document.text))?;
    let findings = Some(document.findings.into_inner()).filter(|findings| findings.problems.is_empty())?;
    findings.drop_secrets(log);
    prometheus::SHAPE.name.clone_into(&mut log.source.format);
    log.source.accepted += accepted;
    Some(record)
}

/// Whether this is a document of a known system, or one that names its format.
pub(super) fn is_known(text: &str) -> bool {
    let document = Document::of(text, &[]);
    let root = document.root(text);
    root.peek("schema").is_some() || SHAPES.iter().any(|shape| (shape.recognises)(&root))
}

/// What a JSON document can be.
fn known_formats() -> String {
    listed(
        SCHEMAS
            .iter()
            .map(|schema| schema.name)
            .chain(SHAPES.iter().filter(|shape| shape.takes).map(|shape| shape.name)),
    )
}

fn by_schema(root: Object<'_>, source: Digest, log: &mut Log) -> Record {
    let expected = known_formats();
    let problem = match root.node.peek("schema").and_then(|node| text(node.raw).ok()) {
        None => Finding::new(Code::SchemaMissing, Place::File),
        Some(name) => match SCHEMAS.iter().find(|schema| schema.name == name) {
            Some(schema) => {
                schema.name.clone_into(&mut log.source.format);
                return (schema.read)(root, source, log);
            }
            None => Finding::new(Code::SchemaUnknown, Place::File).found(shown(&name)),
        },
    };
    root.node.document.add(problem.expected(expected));
    Record::default()
}

/// Reads a whole document whose root is an object. Problems that `read_root` puts down make it unusable.
pub(super) fn read<T>(
    bytes: &[u8],
    log: &mut Log,
    read_root: impl FnOnce(Object<'_>, &mut Log) -> T,
) -> Result<T, Stop> {
    read_any((bytes, &[]), log, |node, log| node.object().map(|root| read_root(root, log)))
}

/// What is left of a text, and what was taken from it.
type Left<'a> = (&'a [u8], &'a [Taken]);

/// Reads a whole document. `None`, and problems that `read_root` puts down, make it unusable.
fn read_any<T>(
    (bytes, taken): Left<'_>,
    log: &mut Log,
    read_root: impl FnOnce(&Node<'_>, &mut Log) -> Option<T>,
) -> Result<T, Stop> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let bad = bytes.get(at..at + 1).unwrap_or_default();
        let place = Place::Byte(at as u64 + bytes_taken(taken, 0, at));
        vec![Finding::new(Code::NotText, place).found(super::diagnostic::shown_bytes(bad))]
    })?;
    if depth(bytes) > MAX_DEPTH {
        return Err(vec![Finding::new(Code::TooDeep, Place::File).expected(MAX_DEPTH.to_string())]);
    }
    let root: &RawValue = serde_json::from_str(text).map_err(|error| vec![syntax(text, taken, &error)])?;
    let document = Document::of(text, taken);
    let value = read_root(&document.root(root.get()), log);
    let Findings { problems, beyond, .. } = document.findings.into_inner().drop_secrets(log);
    match value {
        Some(value) if problems.is_empty() => Ok(value),
        _ if beyond > 0 => {
            let more = Finding::new(Code::MoreProblems, Place::File).found(beyond.to_string());
            Err(problems.into_iter().chain([more]).collect())
        }
        _ => Err(problems),
    }
}

/// How deep brackets stand in each other, outside of text.
pub(super) fn depth(json: &[u8]) -> usize {
    let (mut now, mut most, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                now += 1;
                most = most.max(now);
            }
            b']' | b'}' if !in_text => now = now.saturating_sub(1),
            _ => {}
        }
    }
    most
}

/// What is wrong with a text that is no JSON. `taken`: what was taken from it.
pub(super) fn syntax(text: &str, taken: &[Taken], error: &serde_json::Error) -> Finding {
    let (line, character) = (error.line() as u64, error.column() as u64);
    if error.is_eof() {
        return Finding::new(Code::JsonCutOff, Place::Line { line, column: None });
    }
    let bytes = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    let (before, rest) = bytes.split_at_checked(error.column().saturating_sub(1)).unwrap_or((bytes, ""));
    let found: String = rest.chars().take(1).collect();
    let character = if found.is_empty() { character } else { before.chars().count() as u64 + 1 };
    let begins = (bytes.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let character = character + bytes_taken(taken, begins, begins + before.len());
    Finding::new(Code::JsonSyntax, Place::Character { line, character }).found(shown(&found))
}

/// A document, and what was found wrong with it so far.
pub(super) struct Document<'a> {
    text: &'a str,
    taken: &'a [Taken],
    /// Where each line begins, once somebody asked.
    lines: OnceCell<Vec<usize>>,
    findings: RefCell<Findings>,
}

#[derive(Default)]
struct Findings {
    problems: Vec<Finding>,
    beyond: u64,
    secrets: Vec<(String, Place)>,
}

impl Findings {
    /// Says what was dropped because it could hold a password.
    fn drop_secrets(mut self, log: &mut Log) -> Self {
        self.secrets.drain(..).for_each(|(name, place)| log.drop_secret(&name, place));
        self
    }
}

impl<'a> Document<'a> {
    const fn of(text: &'a str, taken: &'a [Taken]) -> Self {
        let findings = Findings { problems: Vec::new(), beyond: 0, secrets: Vec::new() };
        Self { text, taken, lines: OnceCell::new(), findings: RefCell::new(findings) }
    }

    fn root(&'a self, raw: &'a str) -> Node<'a> {
        Node { document: self, raw, path: String::new() }
    }

    fn add(&self, finding: Finding) {
        let mut findings = self.findings.borrow_mut();
        if findings.problems.len() < KEPT_DIAGNOSTICS { findings.problems.push(finding) } else { findings.beyond += 1 }
    }

    fn offset(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    /// The line of a part of the text, counted from 1.
    fn line(&self, part: &str) -> u64 {
        let offset = self.offset(part);
        let breaks = || self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at).collect();
        let before = self.lines.get_or_init(breaks).partition_point(|at| *at < offset);
        before as u64 + 1
    }
}

/// What is wrong with a value, whose place is known where it is read.
pub(super) struct Fault {
    code: Code,
    found: String,
    expected: String,
}

impl Fault {
    pub fn new(code: Code, found: &str) -> Self {
        Self { code, found: shown(found), expected: String::new() }
    }

    pub fn expected(self, expected: impl Into<String>) -> Self {
        Self { expected: expected.into(), ..self }
    }
}

/// A value of the document.
#[derive(Clone)]
pub(super) struct Node<'a> {
    document: &'a Document<'a>,
    raw: &'a str,
    path: String,
}

impl<'a> Node<'a> {
    /// The value as it stands in the file.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// What was taken from the document's text in front of this part of it.
    pub fn taken_before(&self, part: &str) -> Option<&'a Taken> {
        taken_at(self.document.taken, self.document.offset(part))
    }

    /// What a diagnostic shows of the value.
    pub fn excerpt(&self) -> &'a str {
        excerpt(self.raw)
    }

    /// Puts a problem of this value down.
    pub fn problem(&self, fault: Fault) {
        let Fault { code, found, expected } = fault;
        self.document.add(Finding::new(code, self.place()).found(found).expected(expected));
    }

    /// Puts a problem of something inside this value down, with the line of this value.
    pub fn problem_within(&self, inner: &str, fault: Fault) {
        let separator = if inner.is_empty() || inner.starts_with('[') { "" } else { "." };
        Self { path: format!("{}{separator}{inner}", self.path), ..self.clone() }.problem(fault);
    }

    /// The value of a key without a word about what is missing or wrong; `None` where it is absent or `null`.
    pub fn peek(&self, key: &str) -> Option<Self> {
        if !self.raw.starts_with('{') {
            return None;
        }
        let (_, raw) = entries(self.raw).ok()?.into_iter().find(|(name, _)| name == key)?;
        (raw != "null").then(|| self.child(key, raw))
    }

    /// The value of a key that must be there.
    pub fn require(&self, key: &'static str) -> Result<Self, Fault> {
        self.peek(key).ok_or_else(|| Fault::new(Code::KeyMissing, key))
    }

    /// The value under several keys one below the other, such as `host.name`.
    pub fn peek_path(&self, path: &str) -> Option<Self> {
        path.split('.').try_fold(self.clone(), |node, key| node.peek(key))
    }

    /// Text, a number or a truth value, as text; `None` where it is something else.
    pub fn own_word(&self) -> Option<String> {
        word(self.raw).ok()
    }

    /// Text or a number under a key, as text; `None` where there is neither.
    pub fn peek_word(&self, key: &str) -> Option<String> {
        word(self.peek(key)?.raw).ok()
    }

    /// The items of a list without a word where it is something else.
    pub fn peek_list(&self) -> Vec<Self> {
        let items = if self.raw.starts_with('[') { items(self.raw).unwrap_or_default() } else { Vec::new() };
        items.into_iter().enumerate().map(|(index, raw)| self.item(index, raw)).collect()
    }

    /// A problem of this value as a finding, for a row that is rejected.
    pub fn finding(&self, fault: Fault) -> Finding {
        let Fault { code, found, expected } = fault;
        Finding::new(code, self.place()).found(found).expected(expected)
    }

    fn place(&self) -> Place {
        let line = self.document.line(self.raw);
        if self.path.is_empty() {
            return Place::Line { line, column: None };
        }
        Place::Path { path: self.path.clone(), line: Some(line) }
    }

    /// Reads the value; a problem is put down.
    pub fn get<T>(&self, read: impl FnOnce(&'a str) -> Result<T, Fault>) -> Option<T> {
        read(self.raw).map_err(|fault| self.problem(fault)).ok()
    }

    /// The items of a list; none where it is something else, which is put down.
    pub fn list(&self) -> Vec<Self> {
        let items = self.get(items).unwrap_or_default();
        items.into_iter().enumerate().map(|(index, raw)| self.item(index, raw)).collect()
    }

    /// An item of the list that this value is.
    pub fn item(&self, index: usize, raw: &'a str) -> Self {
        Self { document: self.document, raw, path: format!("{}[{index}]", self.path) }
    }

    /// A value somewhere below this one.
    pub fn at(&self, path: String, raw: &'a str) -> Self {
        Self { document: self.document, raw, path }
    }

    /// The keys of an object; what could hold a password is dropped here, unread.
    pub fn object(&self) -> Option<Object<'a>> {
        let entries = self.get(entries)?;
        let mut known = Set::new();
        let mut fields = Vec::with_capacity(entries.len());
        for (key, raw) in entries {
            let field = self.child(&key, raw);
            if may_hold_secret(&key) {
                self.document.findings.borrow_mut().secrets.push((shown(&key), field.place()));
            } else if known.insert(key.clone()) {
                fields.push((key, raw));
            } else {
                field.problem(Fault::new(Code::KeyTwice, &key));
            }
        }
        Some(Object { node: self.clone(), fields, asked: Vec::new() })
    }

    fn child(&self, key: &str, raw: &'a str) -> Self {
        let separator = if self.path.is_empty() { "" } else { "." };
        Self { document: self.document, raw, path: format!("{}{separator}{}", self.path, shown(key)) }
    }
}

/// An object that is read key by key.
pub(super) struct Object<'a> {
    node: Node<'a>,
    fields: Vec<(String, &'a str)>,
    asked: Vec<&'static str>,
}

impl<'a> Object<'a> {
    /// The object as a value.
    pub const fn node(&self) -> &Node<'a> {
        &self.node
    }

    /// The value of a key; `None` where it is absent or `null`.
    pub fn child(&mut self, key: &'static str) -> Option<Node<'a>> {
        self.asked.push(key);
        let index = self.fields.iter().position(|(name, _)| name == key)?;
        let (_, raw) = self.fields.remove(index);
        (raw != "null").then(|| self.node.child(key, raw))
    }

    /// Reads the value of a key that may be absent.
    pub fn maybe<T>(&mut self, key: &'static str, read: impl FnOnce(&'a str) -> Result<T, Fault>) -> Option<T> {
        self.child(key)?.get(read)
    }

    /// Reads the value of a key that must be there.
    pub fn need<T>(&mut self, key: &'static str, read: impl FnOnce(&'a str) -> Result<T, Fault>) -> Option<T> {
        self.need_child(key)?.get(read)
    }

    /// The value of a key that must be there.
    pub fn need_child(&mut self, key: &'static str) -> Option<Node<'a>> {
        let child = self.child(key);
        if child.is_none() {
            self.node.child(key, self.node.raw).problem(Fault::new(Code::KeyMissing, key));
        }
        child
    }

    /// Every key that was not asked for yet, with its value.
    pub fn rest(&mut self) -> Vec<(String, Node<'a>)> {
        let fields = std::mem::take(&mut self.fields);
        let with_node = |(key, raw): (String, &'a str)| {
            let node = self.node.child(&key, raw);
            (key, node)
        };
        fields.into_iter().map(with_node).collect()
    }

    /// Every key that belongs here was asked for: the others are unknown.
    pub fn close(mut self) {
        let expected = listed(self.asked.iter().copied());
        for (key, node) in self.rest() {
            node.problem(Fault::new(Code::KeyUnknown, &key).expected(&expected));
        }
    }
}

/// The entries of an object in their order, also those that stand twice.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AllEntries;

        impl<'de> Visitor<'de> for AllEntries {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(AllEntries)
    }
}

/// The entries of an object in their order, also those that stand twice.
pub(super) fn entries(raw: &str) -> Result<Vec<(String, &str)>, Fault> {
    let Entries(entries) = serde_json::from_str(raw).map_err(|_| wrong_type(raw, "object"))?;
    Ok(entries.into_iter().map(|(key, value)| (key, value.get())).collect())
}

/// The items of a list.
pub(super) fn items(raw: &str) -> Result<Vec<&str>, Fault> {
    let items: Vec<&RawValue> = serde_json::from_str(raw).map_err(|_| wrong_type(raw, "array"))?;
    Ok(items.into_iter().map(RawValue::get).collect())
}

/// A value of another type.
pub(super) fn wrong_type(raw: &str, expected: &str) -> Fault {
    Fault::new(Code::WrongType, excerpt(raw)).expected(expected)
}

/// What a diagnostic shows of a value. What an object or a list holds is not shown: it could be a secret.
pub(super) fn excerpt(raw: &str) -> &str {
    match raw.as_bytes().first() {
        Some(b'{') => "object",
        Some(b'[') => "array",
        _ => raw,
    }
}

/// Text, without white space around it; it may be empty.
pub(super) fn text(raw: &str) -> Result<String, Fault> {
    let text: String = serde_json::from_str(raw).map_err(|_| wrong_type(raw, "string"))?;
    Ok(text.trim().to_owned())
}

/// Text that says something.
pub(super) fn name(raw: &str) -> Result<String, Fault> {
    let text = text(raw)?;
    if text.len() > MAX_FIELD_BYTES {
        return Err(Fault::new(Code::FieldTooLong, &text).expected(MAX_FIELD_BYTES.to_string()));
    }
    if text.is_empty() { Err(Fault::new(Code::TextEmpty, raw)) } else { Ok(text) }
}

/// Text; empty text counts as absent.
pub(super) fn text_if_any(raw: &str) -> Result<Option<String>, Fault> {
    text(raw).map(|text| Some(text).filter(|text| !text.is_empty()))
}

/// A time as other systems write it: RFC 3339, or an epoch time as a number or as text.
pub(super) fn moment(raw: &str) -> Result<Instant, Fault> {
    let text = if raw.starts_with('"') { text(raw)? } else { raw.to_owned() };
    match timestamp::read(text.as_bytes(), None) {
        Reading::At(at) => Ok(at),
        Reading::OutOfRange => Err(Fault::new(Code::TimeOutOfRange, &text)),
        Reading::Implausible => Err(Fault::new(Code::EpochImplausible, &text).expected(timestamp::FORMS)),
        _ => Err(Fault::new(Code::TimeMalformed, &text).expected("`1772294700`, `2026-03-01T00:05:00+08:00`")),
    }
}

/// Text, or a number as text: ids come as both.
pub(super) fn word(raw: &str) -> Result<String, Fault> {
    match raw.as_bytes().first() {
        Some(b'"') => text(raw),
        Some(b'{' | b'[') => Err(wrong_type(raw, "string")),
        _ => Ok(raw.to_owned()),
    }
}

/// An RFC 3339 time with an offset.
pub(super) fn instant(raw: &str) -> Result<Instant, Fault> {
    let text = text(raw)?;
    Instant::parse_rfc3339(&text).map_err(|error| match error {
        InstantError::Form => Fault::new(Code::InstantMalformed, &text).expected("`2026-03-01T00:00:00+08:00`"),
        InstantError::Range => Fault::new(Code::TimeOutOfRange, &text),
    })
}

/// A day such as `2026-03-01`.
pub(super) fn day(raw: &str) -> Result<NaiveDate, Fault> {
    let text = text(raw)?;
    let fault = || Fault::new(Code::DayMalformed, &text).expected("`2026-03-01`");
    read_day(&text).ok_or_else(fault)
}

/// An amount such as `"3000.00"`.
pub(super) fn money(raw: &str) -> Result<Fen, Fault> {
    let text = text(raw)?;
    text.parse().map_err(|_| Fault::new(Code::MoneyMalformed, &text).expected("`\"3000.00\"`"))
}

/// A percentage such as `"99.9"`.
pub(super) fn percent(raw: &str) -> Result<Percent, Fault> {
    let text = text(raw)?;
    text.parse().map_err(|_| Fault::new(Code::PercentMalformed, &text).expected("`\"99.9\"`"))
}

/// A name of the IANA time zone database.
pub(super) fn zone(raw: &str) -> Result<Zone, Fault> {
    let text = text(raw)?;
    text.parse().map_err(|_| Fault::new(Code::ZoneUnknown, &text).expected("`Asia/Shanghai`"))
}

/// `true` or `false`.
pub(super) fn truth(raw: &str) -> Result<bool, Fault> {
    serde_json::from_str(raw).map_err(|_| wrong_type(raw, "boolean"))
}

/// A whole number from `least` to `most`.
pub(super) fn whole(least: u32, most: u32) -> impl Fn(&str) -> Result<u32, Fault> {
    move |raw| {
        if !raw.starts_with(|first: char| first.is_ascii_digit() || first == '-') {
            return Err(wrong_type(raw, "number"));
        }
        let number = serde_json::from_str(raw).ok().filter(|number| (least..=most).contains(number));
        number.ok_or_else(|| Fault::new(Code::NumberOutOfRange, raw).expected(format!("{least}–{most}")))
    }
}

/// One of some words.
pub(super) fn one_of<T: Copy>(words: &[(&str, T)]) -> impl Fn(&str) -> Result<T, Fault> {
    move |raw| {
        let text = text(raw)?;
        let value = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        value.ok_or_else(|| Fault::new(Code::NotOneOf, &text).expected(listed(words.iter().map(|(word, _)| *word))))
    }
}
