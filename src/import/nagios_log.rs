//! Logs of Nagios, Naemon, Icinga 1 and Shinken: `[epoch] TYPE: fields;…`, and Alignak's `[local time] INFO: TYPE: …`.
//!
//! The log tells changes of state, not probes: samples are rebuilt from them ([`super::changes`]). Downtimes become
//! maintenance that nobody consented to yet, notifications become notices.

use std::borrow::Cow;

use memchr::{memchr_iter, memchr2};

use super::changes::{Changes, Known};
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop, listed, shown, shown_bytes};
use super::lines::Lines;
use super::log::Log;
use crate::contract::Channel;
use crate::record::{
    Application, Check, Digest, Entries, Evidence, Maintenance, Notice, Origin, Record, SampleState, Section,
    SeriesKey, Stance,
};
use crate::sorted::{Map, Set};
use crate::time::{Instant, Interval, Zone};

pub(super) const FORMAT: Format = Format {
    description: "nagios-log (`[1772294700] HOST ALERT: host;DOWN;…`)",
    recognises: |head| {
        let mut lines = head.split(|byte| matches!(byte, b'\n' | b'\r')).map(<[u8]>::trim_ascii);
        lines.find(|line| !line.is_empty()).is_some_and(|line| parts(line).is_some())
    },
    open: |_, options| Box::new(NagiosLog { zone: options.zone, ..NagiosLog::default() }),
};

/// The name of the format in results.
const NAME: &str = "nagios-log";

/// Words by which a service is taken for a check that the agreement knows.
const SERVICE_WORDS: [(&str, Check); 10] = [
    ("ping", Check::Ping),
    ("icmp", Check::Ping),
    ("http", Check::Guessed(Application::Www)),
    ("www", Check::Guessed(Application::Www)),
    ("web", Check::Guessed(Application::Www)),
    ("smtp", Check::Guessed(Application::Email)),
    ("imap", Check::Guessed(Application::Email)),
    ("pop3", Check::Guessed(Application::Email)),
    ("mail", Check::Guessed(Application::Email)),
    ("ftp", Check::Guessed(Application::Ftp)),
];

/// Words by which a notification command tells its channel.
const CHANNEL_WORDS: [(&str, Channel); 8] = [
    ("mail", Channel::Email),
    ("sms", Channel::Mobile),
    ("mobile", Channel::Mobile),
    ("pager", Channel::Pager),
    ("fax", Channel::Fax),
    ("phone", Channel::Telephone),
    ("voice", Channel::Telephone),
    ("call", Channel::Telephone),
];

/// What one line tells.
enum Event {
    State {
        series: usize,
        known: Known,
    },
    Downtime {
        host: String,
        begins: bool,
        work: String,
    },
    Notice {
        contact: String,
        channel: Channel,
    },
    /// The monitor starts; `seen`: the time of the line before, up to which it is known to have run.
    Started {
        seen: Option<Instant>,
    },
    Stopped,
}

/// Why a line tells nothing although it should.
struct Fault {
    code: Code,
    found: String,
    expected: String,
}

impl Fault {
    fn of(code: Code, found: &str, expected: impl Into<String>) -> Self {
        Self { code, found: shown(found), expected: expected.into() }
    }
}

#[derive(Default)]
struct NagiosLog {
    zone: Option<Zone>,
    lines: Lines,
    /// With the line on which each stands.
    events: Vec<(Instant, u64, Event)>,
    span: Option<(Instant, Instant)>,
    /// The time of the line before.
    seen: Option<Instant>,
    rows: u64,
    names: Names,
}

/// What stands in the log as `host` or `host;service`. Each stands there many times.
#[derive(Default)]
struct Names {
    /// The place of each in `numbers`.
    known: sample_rows::Names,
    /// The number of its series; `None`: a service that the agreement knows nothing of.
    numbers: Vec<Option<usize>>,
    /// The names of those.
    aside: Set<String>,
    /// Series and their numbers. One may have several names: a host may be called like the service of another.
    series: Map<SeriesKey, usize>,
}

impl Names {
    /// The series of a name, by its number; `read` tells it where the name comes up first.
    fn series(&mut self, name: &str, read: impl FnOnce() -> Option<SeriesKey>) -> Option<usize> {
        let cells = [name.as_bytes(), b"", b""];
        if let Some(place) = self.known.find(cells) {
            return self.numbers.get(place as usize).copied().flatten();
        }
        let next = self.series.len();
        let series = read().map(|key| *self.series.of_or(key, || next));
        if series.is_none() {
            self.aside.insert(name.to_owned());
        }
        // A log has fewer lines than that.
        self.known.add(cells, u32::try_from(self.numbers.len()).unwrap_or(u32::MAX));
        self.numbers.push(series);
        series
    }
}

impl FormatReader for NagiosLog {
    fn push(&mut self, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        let mut lines = std::mem::take(&mut self.lines);
        let pushed = lines.push(text, &mut |line, text| self.take(line, text, log));
        self.lines = lines;
        pushed
    }

    fn rows(&self) -> u64 {
        self.rows
    }

    fn finish(mut self: Box<Self>, source: Digest, log: &mut Log) -> Result<Record, Stop> {
        let lines = std::mem::take(&mut self.lines);
        lines.finish(&mut |line, text| self.take(line, text, log))?;
        NAME.clone_into(&mut log.source.format);
        log.source.evidence = Evidence::Rebuilt;
        for service in std::mem::take(&mut self.names.aside) {
            log.note(|| Finding::new(Code::ServiceAside, Place::File).found(shown(&service)));
            log.source.columns_aside.push(shown(&service));
        }
        log.anything_taken(self.rows)?;
        let until = self.span.map_or(Instant::MAX, |(_, last)| last);
        Ok(self.record(source, until))
    }
}

impl NagiosLog {
    fn take(&mut self, line: u64, text: &[u8], log: &mut Log) -> Result<(), Stop> {
        self.rows += 1;
        let place = || Place::Line { line, column: None };
        let Some((time, rest)) = parts(text) else {
            log.reject(|| {
                Finding::new(Code::LineMalformed, place()).found(shown_bytes(text)).expected("`[1772294700] …`")
            });
            return Ok(());
        };
        let Some(at) = log.time(time, self.zone, place)? else { return Ok(()) };
        let (first, last) = self.span.unwrap_or((at, at));
        self.span = Some((first.min(at), last.max(at)));
        let seen = self.seen.replace(at);
        match event(rest, seen, &mut self.names) {
            Ok(None) => {}
            Ok(Some(event)) => {
                log.source.accepted += 1;
                self.events.push((at, line, event));
            }
            Err(Fault { code, found, expected }) => {
                log.reject(|| Finding::new(code, place()).found(found).expected(expected));
            }
        }
        Ok(())
    }

    /// Events in order of time, whatever the order of the rotated files that were put together.
    fn record(mut self, source: Digest, until: Instant) -> Record {
        self.events.sort_by_key(|(at, line, _)| (*at, *line));
        let series = self.names.series;
        let changes = series.keys().map(|_| None).collect();
        let mut told = Told { source, series, changes, ..Told::default() };
        for (at, line, event) in self.events {
            told.take(at, line, event);
        }
        told.record(self.span.map_or(until, |(first, _)| first), until)
    }
}

/// What the events come to so far.
#[derive(Default)]
struct Told {
    source: Digest,
    series: Map<SeriesKey, usize>,
    /// Of each series by its number; `None` as long as nothing is told of it.
    changes: Vec<Option<(Changes, Known)>>,
    downtimes: Map<String, (Instant, u64, String)>,
    maintenance: Vec<Maintenance>,
    notices: Vec<Notice>,
    stopped: bool,
    /// Ends of downtimes whose beginning is in an earlier file.
    ended: Vec<(Instant, u64, String, String)>,
}

impl Told {
    fn take(&mut self, at: Instant, line: u64, event: Event) {
        match event {
            Event::State { series, known } => {
                let Some(own) = self.changes.get_mut(series) else { return };
                let (changes, last) = own.get_or_insert_with(|| (Changes::default(), Known::Nothing));
                changes.note(at, known);
                *last = known;
            }
            Event::Stopped => {
                self.stopped = true;
                self.nothing_from(at);
            }
            Event::Started { seen } => {
                // Without a word of its end the monitor was last alive when it last wrote something.
                if let Some(seen) = seen.filter(|seen| !self.stopped && *seen < at) {
                    self.nothing_from(seen);
                }
                self.stopped = false;
                for (changes, last) in self.changes.iter_mut().flatten() {
                    changes.note(at, *last);
                }
            }
            Event::Downtime { host, begins: true, work } => {
                self.downtimes.of_or(host, || (at, line, work));
            }
            Event::Downtime { host, begins: false, work } => match self.downtimes.remove(&host) {
                Some((start, line, work)) => self.maintain(host, start, at, (line, work)),
                None => self.ended.push((at, line, host, work)),
            },
            Event::Notice { contact, channel } => {
                let origin = Origin { source: self.source, row: line };
                self.notices.push(Notice { at, contact, channel, delivered: true, origin });
            }
        }
    }

    fn nothing_from(&mut self, at: Instant) {
        for (changes, _) in self.changes.iter_mut().flatten() {
            changes.note(at, Known::Nothing);
        }
    }

    fn maintain(&mut self, host: String, start: Instant, end: Instant, (line, work): (u64, String)) {
        let Some(span) = Interval::new(start, end) else { return };
        self.maintenance.push(downtime_of(host, span, work, Origin { source: self.source, row: line }));
    }

    fn record(mut self, from: Instant, until: Instant) -> Record {
        for (end, line, host, work) in std::mem::take(&mut self.ended) {
            self.maintain(host, from, end, (line, work));
        }
        for (host, (start, line, work)) in std::mem::take(&mut self.downtimes) {
            self.maintain(host, start, until, (line, work));
        }
        let mut record =
            Record { maintenance: some(self.maintenance), notices: some(self.notices), ..Record::default() };
        for (key, number) in self.series {
            if let Some((changes, _)) = self.changes.get_mut(number).and_then(Option::take) {
                record.series.insert(key, changes.series(until.plus(1)));
            }
        }
        record.series.retain(|_, series| !series.is_empty());
        record
    }
}

/// A downtime is maintenance that nobody consented to yet.
pub(super) fn downtime_of(target: String, span: Interval, work: String, origin: Origin) -> Maintenance {
    let mut targets = Set::new();
    targets.insert(target.clone());
    let id = format!("{target}@{}", span.start());
    Maintenance { span, id, targets, work, consent: None, stance: Stance::Claimed, origin }
}

/// A log without a word of something does not say that there was none.
pub(super) fn some<T: Ord>(section: Vec<T>) -> Section<T> {
    Some(section).filter(|section| !section.is_empty()).map(Entries::from)
}

/// The time between brackets, and what follows it.
fn parts(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let (time, rest) = line.strip_prefix(b"[")?.split_at_checked(line.iter().position(|byte| *byte == b']')? - 1)?;
    let digits = time.first().is_some_and(u8::is_ascii_digit) && time.len() <= 32;
    digits.then_some((time, rest.strip_prefix(b"] ")?.trim_ascii()))
}

/// What a line tells; `Ok(None)`: nothing that bears on the agreement. Fields are read one by one: the text of a plugin
/// may hold anything.
fn event(rest: &[u8], seen: Option<Instant>, names: &mut Names) -> Result<Option<Event>, Fault> {
    let text = str::from_utf8(rest).map_or_else(|_| String::from_utf8_lossy(rest), Cow::Borrowed);
    let text = ["INFO: ", "WARNING: ", "ERROR: "].iter().find_map(|level| text.strip_prefix(level)).unwrap_or(&text);
    let Some((kind, fields)) = kind_and_fields(text) else { return Ok(program(text, seen)) };
    match kind {
        "HOST ALERT" | "CURRENT HOST STATE" | "INITIAL HOST STATE" => host_state(fields, names),
        "SERVICE ALERT" | "CURRENT SERVICE STATE" | "INITIAL SERVICE STATE" => service_state(fields, names),
        "HOST DOWNTIME ALERT" => downtime(fields).map(Some),
        "HOST NOTIFICATION" => notice(fields),
        _ => Ok(program(text, seen)),
    }
}

/// What stands before and after the first colon with a space behind it.
fn kind_and_fields(text: &str) -> Option<(&str, &str)> {
    let is_end = |colon: &usize| text.as_bytes().get(colon + 1) == Some(&b' ');
    let colon = memchr_iter(b':', text.as_bytes()).find(is_end)?;
    Some((text.get(..colon)?, text.get(colon + 2..)?))
}

/// `Nagios 4.4.6 starting... (PID=1)`, `Caught SIGTERM, shutting down...`, `Bailing out due to …`: the line begins so. The
/// same words in what a plugin or a command says tell nothing of the monitor.
fn program(text: &str, seen: Option<Instant>) -> Option<Event> {
    let begins = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    let signal = |word: &str| text.starts_with("Caught SIG") && text.contains(word);
    // A name with neither of them stands before.
    let name = memchr2(b':', b';', text.as_bytes()).and_then(|end| text.get(..end)).unwrap_or(text);
    let named = name.contains(" starting... (");
    if signal("shutting down") || begins(&["Bailing out", "Successfully shutdown", "PROGRAM END"]) {
        Some(Event::Stopped)
    } else if named || signal("restarting") || begins(&["PROGRAM_RESTART", "PROGRAM START"]) {
        Some(Event::Started { seen })
    } else {
        None
    }
}

fn host_state(fields: &str, names: &mut Names) -> Result<Option<Event>, Fault> {
    let (host, rest) = named(fields, "host;state;…")?;
    let state = rest.split(';').next().unwrap_or_default();
    let known = match state {
        "UP" | "OK" | "RECOVERY" => Known::State(SampleState::Up),
        "DOWN" | "UNREACHABLE" => Known::State(SampleState::Down),
        "PENDING" => Known::Nothing,
        _ => return Err(Fault::of(Code::StatusUnknown, state, listed(["UP", "DOWN", "UNREACHABLE"]))),
    };
    let series = names.series(host, || Some(SeriesKey { target: host.to_owned(), ..SeriesKey::default() }));
    Ok(series.map(|series| Event::State { series, known }))
}

/// A service is its own target. One that the agreement knows nothing of is set aside, and named.
fn service_state(fields: &str, names: &mut Names) -> Result<Option<Event>, Fault> {
    let (host, rest) = named(fields, "host;service;state;…")?;
    let (service, rest) = named(rest, "host;service;state;…")?;
    let state = rest.split(';').next().unwrap_or_default();
    let name = fields.get(..host.len() + 1 + service.len()).unwrap_or(fields);
    let Some(series) = names.series(name, || series_of_service(host, service)) else { return Ok(None) };
    let known = match state {
        "OK" | "RECOVERY" | "WARNING" => Known::State(SampleState::Up),
        "CRITICAL" => Known::State(SampleState::Down),
        "UNKNOWN" => Known::State(SampleState::Unknown),
        "PENDING" => Known::Nothing,
        _ => return Err(Fault::of(Code::StatusUnknown, state, listed(["OK", "WARNING", "UNKNOWN", "CRITICAL"]))),
    };
    Ok(Some(Event::State { series, known }))
}

/// The series of a service whose name tells a check that the agreement knows.
pub(super) fn series_of_service(host: &str, service: &str) -> Option<SeriesKey> {
    let check = word_in(&SERVICE_WORDS, service)?;
    Some(SeriesKey { target: format!("{host}/{service}"), check, ..SeriesKey::default() })
}

fn downtime(fields: &str) -> Result<Event, Fault> {
    let (host, rest) = named(fields, "host;STARTED;…")?;
    let (word, work) = rest.split_once(';').unwrap_or((rest, ""));
    let begins = match word {
        "STARTED" => true,
        "STOPPED" | "CANCELLED" => false,
        _ => return Err(Fault::of(Code::NotOneOf, word, listed(["STARTED", "STOPPED", "CANCELLED"]))),
    };
    Ok(Event::Downtime { host: host.to_owned(), begins, work: work.trim().to_owned() })
}

/// `contact;host;DOWN;command;output`. Only news of an outage is a notice of an emergency.
fn notice(fields: &str) -> Result<Option<Event>, Fault> {
    let (contact, rest) = named(fields, "contact;host;state;command;…")?;
    let (_, rest) = named(rest, "contact;host;state;command;…")?;
    let (state, rest) = named(rest, "contact;host;state;command;…")?;
    if !matches!(state, "DOWN" | "UNREACHABLE") {
        return Ok(None);
    }
    let command = rest.split(';').next().unwrap_or_default();
    let known = listed(CHANNEL_WORDS.map(|(word, _)| word));
    let channel = word_in(&CHANNEL_WORDS, command).ok_or_else(|| Fault::of(Code::NotOneOf, command, known))?;
    Ok(Some(Event::Notice { contact: contact.to_owned(), channel }))
}

/// The first field, which must say something, and the others.
fn named<'a>(fields: &'a str, form: &str) -> Result<(&'a str, &'a str), Fault> {
    let field = fields.split_once(';').filter(|(field, _)| !field.trim().is_empty());
    field.ok_or_else(|| Fault::of(Code::LineMalformed, fields, format!("`{form}`")))
}

fn word_in<T: Copy>(words: &[(&str, T)], text: &str) -> Option<T> {
    let text = text.to_ascii_lowercase();
    words.iter().find(|(word, _)| text.contains(word)).map(|(_, value)| *value)
}
