//! Bytes of exported files into a record, with a diagnostic for all that was not understood.
//!
//! A [`Reader`] takes a file in pieces of any size, as a stream gives them, natively and in a worker alike: `unpack`
//! (gzip, encodings, limits) → `detect` (the registry of formats) → one module a format.

mod availability_csv;
mod better_stack;
mod case;
mod changes;
mod columns;
mod csv;
mod decoding;
mod detect;
mod diagnostic;
mod document;
mod fingerprint;
mod gathering;
mod gatus;
mod grafana_csv;
mod gzip;
mod icinga;
mod inspection;
mod latency;
mod limits;
mod lines;
mod log;
mod manifest;
mod mapping;
mod minisig;
mod mrtg_log;
mod nagios_log;
mod opennms;
mod outage_list;
mod pingdom;
mod policy_file;
mod probes;
mod problems;
mod prometheus;
mod references;
mod rrd_xport;
mod samples_csv;
mod samples_json_lines;
mod sla_calendar;
mod sla_export;
mod sla_settlement;
mod sqlite;
mod sums;
mod table;
mod thinned;
mod timestamp;
mod unpack;
mod upptime;
mod uptime_kuma;
mod uptimerobot;
mod uptimerobot_csv;
mod wording;
mod wrong_file;
mod zabbix;
mod zip;

pub use case::{Case, join};
pub use columns::{ColumnGuess, Excerpt};
#[cfg(feature = "cli")]
pub use decoding::native_decoder;
pub use decoding::{OpenDecoder, TextDecoder};
pub use diagnostic::{Code, Diagnostic, Place};
pub use fingerprint::{Fingerprint, Fingerprinting};
pub use gathering::{AtOnce, Gathering, OpenGathering, Samples};
pub use inspection::inspection;
pub use limits::Limits;
pub use mapping::{NAME as MAPPING_FORMAT, mapping_document};
pub use policy_file::apply_policy_file;
pub use problems::{Fate, more_problems, problems_csv};
pub use samples_csv::{RowMeaning, is_status_word, meaning};
pub use sla_settlement::NAME as SETTLEMENT_FORMAT;
pub use timestamp::read_local;
pub use wording::{merge_sentence, sentence};

use serde::{Deserialize, Serialize};

use crate::record::{Digest, FileMapping, Mapping, Record, Series, SeriesKey};
use crate::sorted::Map;
use crate::time::{DAY_MS, Zone};
use columns::EXCERPT_BYTES;
use detect::FormatReader;
use diagnostic::{Finding, Stop};
use log::Log;
use sla_export::target_role;
use unpack::Unpack;

/// What the reader cannot know from the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Options {
    /// The zone of times without offset; `None`: such a file is refused with that hint.
    pub zone: Option<Zone>,
    /// How tables with certain columns are read ([`Mapping::files`]).
    pub files: Map<Vec<String>, FileMapping>,
}

impl Options {
    /// The same, with tables read as a mapping says.
    #[must_use]
    pub fn with(self, mapping: &Mapping) -> Self {
        Self { files: mapping.files.clone(), ..self }
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// The file's name; not part of any digest.
    pub name: String,
    /// What it holds. The file itself is the one entry in `sources`; of an archive it is the files inside.
    pub record: Record,
    /// SHA-256 of the file as it was given.
    pub digest: Digest,
    /// Rows or entries that were not taken, each with its place; at most [`KEPT_DIAGNOSTICS`].
    pub rejected: Vec<Diagnostic>,
    /// Notes that took nothing away: columns set aside, secrets dropped, values ignored; at most [`KEPT_DIAGNOSTICS`].
    pub notes: Vec<Diagnostic>,
    /// Rejected rows beyond those kept in `rejected`.
    pub rejected_beyond: u64,
    /// Notes beyond those kept in `notes`.
    pub notes_beyond: u64,
    /// The beginning of the file, where it is a table.
    pub excerpt: Option<Excerpt>,
}

/// Why a file cannot be used. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("the file cannot be used")]
pub struct Refusal {
    /// What is wrong, the first thing first.
    pub diagnostics: Vec<Diagnostic>,
    /// The beginning of the file, where it is a table, so that a person can say what its columns mean.
    pub excerpt: Option<Box<Excerpt>>,
}

impl Refusal {
    fn of(findings: Stop, file: &str) -> Self {
        Self { diagnostics: in_file(findings, file), excerpt: None }
    }

    /// Whether a mapping of its columns may be all that the file lacks.
    #[must_use]
    pub fn needs_mapping(&self) -> bool {
        let asks =
            [Code::ColumnMissing, Code::ColumnTwice, Code::ColumnsUnclear, Code::DateOrderNeeded, Code::NoRowTaken];
        self.excerpt.is_some() && self.diagnostics.iter().any(|diagnostic| asks.contains(&diagnostic.code))
    }

    /// Whether all that the file lacks is a zone for times without offset ([`Options::zone`]).
    #[must_use]
    pub fn needs_zone(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::ZoneNeeded)
    }
}

fn in_file(findings: Vec<Finding>, file: &str) -> Vec<Diagnostic> {
    findings.into_iter().map(|finding| finding.in_file(file)).collect()
}

/// The formats of files whose columns or keys a mapping may tell.
pub const TABLE_FORMATS: [&str; 2] = [samples_csv::NAME, samples_json_lines::NAME];

/// How many diagnostics of one file are kept with their places; all are counted.
pub const KEPT_DIAGNOSTICS: usize = 10_000;

/// A file that holds a mapping is no larger: others need not be read to know every mapping of a case.
pub const MAPPING_BYTES: u64 = 1 << 20;

/// Reads one file, whose bytes come in pieces of any size. Where it is cut makes no difference.
pub struct Reader {
    contents: Contents,
    fingerprinting: Fingerprinting,
}

impl Reader {
    /// A reader for the file of that name. The name is for diagnostics only.
    #[must_use]
    pub fn new(name: &str, options: Options) -> Self {
        Self { contents: Contents::new(name, options), fingerprinting: Fingerprinting::default() }
    }

    /// See [`Contents::limited`].
    #[must_use]
    pub fn limited(self, limits: Limits) -> Self {
        Self { contents: self.contents.limited(limits), ..self }
    }

    /// See [`Contents::decoding_with`].
    #[must_use]
    pub fn decoding_with(self, open: OpenDecoder) -> Self {
        Self { contents: self.contents.decoding_with(open), ..self }
    }

    /// Takes the next piece of the file.
    ///
    /// # Errors
    /// [`Refusal`] as soon as it is certain that the file cannot be used; every later call gives the same.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        self.fingerprinting.push(piece);
        self.contents.push(piece)
    }

    /// See [`Contents::rows`].
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.contents.rows()
    }

    /// What the file holds, when all of its bytes were pushed.
    ///
    /// # Errors
    /// [`Refusal`] where the file cannot be used.
    pub fn finish(self) -> Result<Imported, Refusal> {
        self.contents.finish(self.fingerprinting.finish())
    }
}

/// Reads what is in one file, and leaves its fingerprint to somebody who sees the same bytes: hashing takes longer than
/// reading and can be done beside it.
pub struct Contents {
    name: String,
    options: Options,
    bytes: u64,
    unpack: Unpack,
    stage: Stage,
    log: Log,
    refused: Option<Refusal>,
    /// The beginning of the text.
    beginning: Vec<u8>,
}

enum Stage {
    /// The start of the text, until the format can be told.
    Head(Vec<u8>),
    Open(Box<dyn FormatReader>),
}

impl Contents {
    /// A reader for the file of that name. The name is for diagnostics only.
    #[must_use]
    pub fn new(name: &str, options: Options) -> Self {
        Self {
            name: name.to_owned(),
            options,
            bytes: 0,
            unpack: Unpack::default(),
            stage: Stage::Head(Vec::new()),
            log: Log::default(),
            refused: None,
            beginning: Vec::new(),
        }
    }

    /// The same reader under other limits; the page's hold unless said otherwise. Said before the first piece.
    #[must_use]
    pub fn limited(mut self, limits: Limits) -> Self {
        self.log.limits = limits;
        self.unpack.limits = limits;
        self
    }

    /// The same reader, which also reads text in other encodings. What decodes them depends on the platform; without it
    /// such text is passed on as it is, and spoils the rows in which it stands.
    #[must_use]
    pub fn decoding_with(mut self, open: OpenDecoder) -> Self {
        self.unpack.decode_with(open);
        self.log.decoder = Some(open);
        self
    }

    /// The same reader, which has the samples of tables and of lines of JSON put into their series by somebody else.
    #[cfg(feature = "cli")]
    #[must_use]
    pub fn gathering_with(mut self, open: OpenGathering) -> Self {
        self.log.gathering = Some(open);
        self
    }

    /// Takes the next piece of the file.
    ///
    /// # Errors
    /// [`Refusal`] as soon as it is certain that the file cannot be used; every later call gives the same.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), Refusal> {
        if let Some(refused) = &self.refused {
            return Err(refused.clone());
        }
        self.bytes += piece.len() as u64;
        let Self { unpack, stage, log, options, beginning, .. } = self;
        let pushed = unpack.push(piece, &mut |text| {
            keep(text, beginning);
            stage.push(text, options, log)
        });
        pushed.map_err(|findings| {
            let refusal =
                Refusal { excerpt: excerpt(&self.beginning).map(Box::new), ..Refusal::of(findings, &self.name) };
            self.refused = Some(refusal.clone());
            refusal
        })
    }

    /// Rows seen so far, taken or not; a JSON document is counted when it is complete.
    #[must_use]
    pub fn rows(&self) -> u64 {
        match &self.stage {
            Stage::Head(_) => 0,
            Stage::Open(reader) => reader.rows(),
        }
    }

    /// What of the file's series is not needed any more to read on, so that memory does not grow with the time that a file
    /// tells of: round-trip times of days that are over. What [`Contents::finish`] gives lacks it, and is whole again when
    /// series of the same key are [merged](Series::merge).
    #[must_use]
    pub fn take_ahead(&mut self) -> Map<SeriesKey, Series> {
        let Stage::Open(reader) = &mut self.stage else { return Map::new() };
        let mut series = reader.take_ahead(&mut self.log);
        series.keys_mut().for_each(|key| key.system = self.log.source.system_of(&key.system));
        series
    }

    /// What the file holds, when all of its bytes were pushed; `fingerprint` is that of the same bytes.
    ///
    /// # Errors
    /// [`Refusal`] where the file cannot be used.
    pub fn finish(self, fingerprint: Fingerprint) -> Result<Imported, Refusal> {
        let Self { name, options, bytes, unpack, mut stage, mut log, refused, mut beginning } = self;
        if let Some(refused) = refused {
            return Err(refused);
        }
        let digest = fingerprint.digest;
        let record = unpack
            .finish(&mut |text| {
                keep(text, &mut beginning);
                stage.push(text, &options, &mut log)
            })
            .and_then(|encoding| {
                log.source.encoding = encoding.map(str::to_owned);
                stage.open(&options, &mut log)
            })
            .and_then(|reader| reader.finish(digest, &mut log));
        let excerpt = excerpt(&beginning);
        let mut record = match record.and_then(|record| within_span(record, log.limits)) {
            Ok(record) => record,
            Err(findings) => return Err(Refusal { excerpt: excerpt.map(Box::new), ..Refusal::of(findings, &name) }),
        };
        if let Some(encoding) = log.source.encoding.clone() {
            log.note(|| Finding::new(Code::EncodingTaken, Place::File).found(encoding));
        }
        let rejected_beyond = log.rejected_beyond();
        let Log { mut source, rejected, notes, notes_beyond, holds_files, .. } = log;
        source.name.clone_from(&name);
        source.bytes = bytes;
        source.monitored = record.monitored();
        source.blake2b = fingerprint.blake2b;
        if !holds_files {
            record.series.keys_mut().for_each(|key| key.system = source.system_of(&key.system));
            record.sources.insert(digest, source);
        }
        let (rejected, notes) = (in_file(rejected, &name), in_file(notes, &name));
        Ok(Imported { name, record, digest, rejected, notes, rejected_beyond, notes_beyond, excerpt })
    }
}

/// The first bytes of a text, however it comes.
fn keep(text: &[u8], beginning: &mut Vec<u8>) {
    let wanted = EXCERPT_BYTES.saturating_sub(beginning.len());
    beginning.extend_from_slice(text.get(..wanted).unwrap_or(text));
}

fn excerpt(beginning: &[u8]) -> Option<Excerpt> {
    if let Some(keys) = samples_json_lines::keys_of(beginning) {
        return Some(samples_json_lines::excerpt(beginning, keys));
    }
    let header = samples_csv::header_of(beginning)?;
    Some(Excerpt::of(&header, beginning, beginning.len() < EXCERPT_BYTES))
}

/// Over how many years the data of one file may reach.
const MAX_SPAN_YEARS: u64 = 30;

/// Data over more years than a contract lasts comes from a wrong year or unit of time in a row or two.
fn within_span(record: Record, limits: Limits) -> Result<Record, Stop> {
    let span = record.span();
    let ms = span.map_or(0, |span| u64::try_from(span.ms()).unwrap_or(0));
    match span.filter(|_| limits.exceeded(ms, MAX_SPAN_YEARS * 366 * DAY_MS as u64)) {
        None => Ok(record),
        Some(span) => {
            let found = format!("{} – {}", span.start(), span.end());
            let finding = Finding::new(Code::SpanTooLong, Place::File).found(found);
            Err(vec![finding.expected(MAX_SPAN_YEARS.to_string())])
        }
    }
}

impl Stage {
    fn push(&mut self, text: &[u8], options: &Options, log: &mut Log) -> Result<(), Stop> {
        match self {
            Self::Open(reader) => reader.push(text, log),
            Self::Head(head) => {
                head.extend_from_slice(text);
                if !detect::can_be_told(head) {
                    return Ok(());
                }
                let head = std::mem::take(head);
                *self = Self::Open(opened(&head, options, log)?);
                Ok(())
            }
        }
    }

    /// At the end of the file: a short one is still in its head.
    fn open(self, options: &Options, log: &mut Log) -> Result<Box<dyn FormatReader>, Stop> {
        match self {
            Self::Open(reader) => Ok(reader),
            Self::Head(head) => opened(&head, options, log),
        }
    }
}

fn opened(head: &[u8], options: &Options, log: &mut Log) -> Result<Box<dyn FormatReader>, Stop> {
    let keys = samples_json_lines::keys_of(head);
    let header = samples_csv::header_of(head);
    let names = keys.clone().or_else(|| header.as_ref().map(|header| header.names.clone())).unwrap_or_default();
    let columns = names.iter().map(|name| name.to_ascii_lowercase()).collect();
    let mapping = options.files.get(&columns).cloned();
    let zone = mapping.as_ref().and_then(|mapping| mapping.zone).or(options.zone);
    let table = mapping.as_ref().and_then(|mapping| mapping.table.as_ref());
    let mut reader = match (keys, &header, table) {
        (Some(keys), _, Some(table)) => samples_json_lines::mapped(keys, table, zone),
        (_, Some(header), Some(table)) => samples_csv::mapped(header, table, zone),
        _ => (detect::format_of(head)?.open)(head, Options { zone, ..options.clone() }),
    };
    (log.source.columns, log.source.mapping) = (columns, mapping);
    reader.push(head, log)?;
    Ok(reader)
}
