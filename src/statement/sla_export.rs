//! A record as a document of `sla-export/1`: all that the format can say of a case, in one file, always the same bytes.
//!
//! What the format cannot say stays behind: which files the data came from and on which rows it stood, how good their
//! evidence was (read again it is `declared`), how often rows repeated each other, who signed what; sums and traffic, which
//! enter no figure; and what a mapping left out.

use super::json::{Field, Json};
use crate::assess::Clause;
use crate::contract::{Channel, Contact, Contract, Party, PolicyKey, ServiceClass, Terms};
use crate::record::{
    Application, AuthorisationForm, Check, ComplaintForm, Exclusion, Installation, InstallationItem, Maintenance,
    OutageEvent, OutageReport, PowerSource, Record, Role, Sample, SampleState, Section, Series, SeriesKey, Source,
    Stance, Target, Visit,
};
use crate::sorted::{Map, Set};
use crate::time::{BusinessCalendar, Instant, Interval, SECOND_MS};

/// The longest step of even samples, in seconds.
const MAX_STEP_S: i64 = 86_400;

/// So many samples at even spacing are written as states; fewer one by one.
const LEAST_STATES: usize = 8;

/// So many samples in a row may be missing among states.
const MOST_MISSING: i64 = 12;

/// The document. What it is read again as is assessed with the same figures. `None` where two systems watch one target: in
/// one document of one kind of evidence, nothing would tell which of them decides.
#[must_use]
pub fn sla_export(record: &Record) -> Option<String> {
    if is_of_several_systems(record) {
        return None;
    }
    let mut text = String::from("{\n\"schema\": \"sla-export/1\"");
    let contract = record.contract.as_ref().map(contract);
    let calendar = record.calendar.as_ref().map(calendar);
    for (key, value) in [("contract", contract), ("calendar", calendar)] {
        if let Some(value) = value {
            text.push_str(&format!(",\n\"{key}\": {}", line(&value)));
        }
    }
    for (key, entries) in sections(record) {
        if let Some(entries) = entries {
            let lines: Vec<String> = entries.iter().map(|entry| format!("\n{}", line(entry))).collect();
            text.push_str(&format!(",\n\"{key}\": [{}]", lines.join(",")));
        }
    }
    text.push_str("\n}\n");
    Some(text)
}

/// Whether samples, or lists of outages, of one target come from two systems.
fn is_of_several_systems(record: &Record) -> bool {
    let system = |own: &OutageEvent| record.sources.get(&own.origin.source).map_or("", Source::system);
    let mut sampled: Map<&str, &str> = Map::new();
    let mut listed: Map<&str, &str> = Map::new();
    let samples = record.series.keys().any(|key| *sampled.of_or(&key.target, || &key.system) != key.system);
    samples || record.outages.iter().flatten().any(|own| *listed.of_or(&own.target, || system(own)) != system(own))
}

pub(super) fn line(value: &Json) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The lists, in the order of the specification; `None`: not recorded.
fn sections(record: &Record) -> Vec<(&'static str, Option<Vec<Json>>)> {
    let all = |list: Vec<Json>| Some(list).filter(|list| !list.is_empty());
    vec![
        ("targets", all(record.targets.iter().map(|(id, own)| target(id, own)).collect())),
        ("samples", all(samples(record))),
        ("outages", entries(&record.outages, outage)),
        (
            "outage_coverage",
            entries(&record.outage_coverage, |own| {
                object([vec![("target", own.target.clone().into())], span(own.span)])
            }),
        ),
        ("maintenance", entries(&record.maintenance, maintenance)),
        ("exclusions", entries(&record.exclusions, exclusion)),
        ("outage_reports", entries(&record.outage_reports, outage_report)),
        (
            "notices",
            entries(&record.notices, |own| {
                object([vec![
                    ("at", at(own.at)),
                    ("contact", own.contact.clone().into()),
                    ("channel", channel(own.channel).into()),
                    ("delivered", Json::Truth(own.delivered)),
                ]])
            }),
        ),
        (
            "credit_requests",
            entries(&record.credit_requests, |own| {
                object([vec![("at", at(own.at)), ("day", own.day.to_string().into())]])
            }),
        ),
        ("installations", entries(&record.installations, installation)),
        (
            "authorisations",
            entries(&record.authorisations, |own| {
                let form = match own.form {
                    AuthorisationForm::Written => "written",
                    AuthorisationForm::Phone => "phone",
                };
                let mut fields = vec![
                    ("id", own.id.clone().into()),
                    ("form", form.into()),
                    ("at", at(own.at)),
                    ("signer", own.signer.clone().into()),
                ];
                fields.extend(own.verified.map(|verified| ("verified", Json::Truth(verified))));
                object([fields, times([("written_at", own.written_at)])])
            }),
        ),
        (
            "operations",
            entries(&record.operations, |own| {
                let known = times([
                    ("started_at", own.started_at),
                    ("ended_at", own.ended_at),
                    ("first_feedback_at", own.first_feedback_at),
                    ("report_at", own.report_at),
                ]);
                object([vec![("id", own.id.clone().into())], text_of("authorisation", &own.authorisation), known])
            }),
        ),
        (
            "complaints",
            entries(&record.complaints, |own| {
                let form = match own.form {
                    ComplaintForm::Written => "written",
                    ComplaintForm::Telephone => "telephone",
                };
                let known = times([
                    ("submitted_at", own.submitted_at),
                    ("accepted_at", own.accepted_at),
                    ("first_report_at", own.first_report_at),
                ]);
                let own =
                    vec![("id", own.id.clone().into()), ("form", form.into()), ("topic", own.topic.clone().into())];
                object([own, known])
            }),
        ),
        ("visits", entries(&record.visits, visit)),
    ]
}

fn entries<T: Ord>(section: &Section<T>, write: impl Fn(&T) -> Json) -> Option<Vec<Json>> {
    section.as_ref().map(|section| section.iter().map(write).collect())
}

fn object(parts: impl IntoIterator<Item = Vec<Field>>) -> Json {
    Json::Object(parts.into_iter().flatten().collect())
}

fn at(at: Instant) -> Json {
    at.to_string().into()
}

fn span(span: Interval) -> Vec<Field> {
    vec![("start", at(span.start())), ("end", at(span.end()))]
}

/// Those that are known.
fn times<const COUNT: usize>(times: [(&'static str, Option<Instant>); COUNT]) -> Vec<Field> {
    times.into_iter().filter_map(|(key, time)| Some((key, at(time?)))).collect()
}

fn text_of(key: &'static str, text: &Option<String>) -> Vec<Field> {
    text.iter().map(|text| (key, text.clone().into())).collect()
}

fn ids(targets: &Set<String>) -> Vec<Field> {
    vec![("targets", Json::List(targets.iter().map(|id| id.clone().into()).collect()))]
}

// ---------------------------------------------------------------------------------------------------------- contract

fn contract(own: &Contract) -> Json {
    let mut fields = text_of("id", &own.id);
    fields.push(("time_zone", own.time_zone.name().into()));
    fields.extend(own.signed_on.map(|day| ("signed_on", day.to_string().into())));
    fields.extend(own.term.map(|term| {
        let days =
            vec![("first_day", term.first_day.to_string().into()), ("last_day", term.last_day.to_string().into())];
        ("term", Json::Object(days))
    }));
    fields.extend(own.service_class.map(|class| ("service_class", service_class(class).into())));
    fields.extend([("customer", party(&own.customer)), ("provider", party(&own.provider))]);
    fields.extend(text_of("place_of_signing", &own.place_of_signing));
    fields.push(("currency", "CNY".into()));
    fields.extend(own.monthly_rent.map(|rent| ("monthly_rent", rent.to_string().into())));
    if !own.rent_changes.is_empty() {
        let change = |change: &crate::contract::RentChange| {
            let rent = change.monthly_rent.to_string();
            Json::Object(vec![("from", change.from.first_day().to_string().into()), ("monthly_rent", rent.into())])
        };
        fields.push(("rent_changes", Json::list(&own.rent_changes, change)));
    }
    fields.push(("terms", terms(&own.terms)));
    let policy = PolicyKey::ALL.iter().map(|key| (key.as_str(), own.policy.value(*key).into()));
    fields.push(("policy", Json::Object(policy.collect())));
    fields.extend(text_of("service_specialist", &own.service_specialist));
    fields.extend(text_of("support_engineer", &own.support_engineer));
    fields.extend(own.contacts.as_ref().map(|contacts| ("contacts", Json::list(contacts, contact))));
    fields.extend(own.signers.as_ref().map(|signers| {
        let signer = |own: &crate::contract::Signer| {
            object([
                vec![("name", own.name.clone().into())],
                times([("valid_from", own.valid_from), ("valid_to", own.valid_to)]),
            ])
        };
        ("signers", Json::list(signers, signer))
    }));
    if !own.signing_keys.is_empty() {
        fields.push(("signing_keys", Json::list(&own.signing_keys, |key| key.to_string().into())));
    }
    Json::Object(fields)
}

fn party(own: &Party) -> Json {
    let Party { name, representative, address, postal_code, telephone, email } = own;
    let fields = [
        ("name", name),
        ("representative", representative),
        ("address", address),
        ("postal_code", postal_code),
        ("telephone", telephone),
        ("email", email),
    ];
    let known = fields.into_iter().filter(|(_, text)| !text.is_empty());
    Json::Object(known.map(|(key, text)| (key, text.clone().into())).collect())
}

fn terms(own: &Terms) -> Json {
    let whole = |key, number: u32| (key, i64::from(number).into());
    Json::Object(vec![
        ("network_availability_percent", own.network_availability.to_string().into()),
        whole("network_minutes", own.network_minutes),
        ("power_availability_percent", own.power_availability.to_string().into()),
        whole("report_days", own.report_days),
        whole("notice_minutes", own.notice_minutes),
        whole("install_business_days", own.install_business_days),
        whole("first_feedback_minutes", own.first_feedback_minutes),
        whole("complaint_hours", own.complaint_hours),
    ])
}

fn contact(own: &Contact) -> Json {
    let fields = vec![
        ("name", own.name.clone().into()),
        ("channel", channel(own.channel).into()),
        ("address", own.address.clone().into()),
    ];
    let valid = times([("valid_from", own.valid_from), ("valid_to", own.valid_to)]);
    object([fields, valid, vec![("faulty", Json::Truth(own.faulty))]])
}

const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Telephone => "telephone",
        Channel::Mobile => "mobile",
        Channel::Pager => "pager",
        Channel::Fax => "fax",
        Channel::Email => "email",
    }
}

const fn service_class(class: ServiceClass) -> &'static str {
    match class {
        ServiceClass::ManagedServer => "managed_server",
        ServiceClass::Colocation => "colocation",
        ServiceClass::Cabinet => "cabinet",
    }
}

fn calendar(own: &BusinessCalendar) -> Json {
    let (weekend, years) = own.written();
    let days = |days: Vec<String>| Json::List(days.into_iter().map(Json::from).collect());
    let years = years.into_iter().map(|year| {
        let own = vec![("off", days(year.off)), ("work", days(year.work))];
        (year.name, Json::Object(own))
    });
    Json::Object(vec![
        ("schema", "sla-calendar/1".into()),
        ("id", own.id().into()),
        ("weekend", Json::List(weekend.iter().map(|day| i64::from(*day).into()).collect())),
        ("years", Json::Named(years.collect())),
    ])
}

// -------------------------------------------------------------------------------------------------------- monitoring

fn target(id: &str, own: &Target) -> Json {
    let kind = match own.role {
        Role::Network => vec![("guarantee", "network".into())],
        Role::Power(source) => vec![("guarantee", "power".into()), ("source", power_source(source).into())],
        Role::Application(own) => vec![("guarantee", "application".into()), ("application", application(own).into())],
    };
    object([vec![("id", id.into())], kind, vec![("label", own.label.clone().into())]])
}

const fn power_source(source: PowerSource) -> &'static str {
    match source {
        PowerSource::Mains => "mains",
        PowerSource::Ups => "ups",
    }
}

const fn application(application: Application) -> &'static str {
    match application {
        Application::Www => "www",
        Application::Email => "email",
        Application::Ftp => "ftp",
    }
}

/// The series, each under the key that it is read again as.
fn samples(record: &Record) -> Vec<Json> {
    let mut out = Vec::new();
    for (key, series) in record.series.iter() {
        let check = match (key.check, record.targets.get(&key.target)) {
            (Check::Guessed(_), Some(_)) | (Check::Ping, _) => None,
            (Check::Www | Check::Guessed(Application::Www), _) => Some("www"),
            (Check::Email | Check::Guessed(Application::Email), _) => Some("email"),
            (Check::Ftp | Check::Guessed(Application::Ftp), _) => Some("ftp"),
            (Check::Mains, _) => Some("mains"),
            (Check::Ups, _) => Some("ups"),
        };
        let mut own = vec![("target", key.target.clone().into())];
        let vantage = vantage(record, key);
        own.extend((!vantage.is_empty()).then(|| ("vantage", vantage.into())));
        own.extend(check.map(|check| ("check", check.into())));
        for part in parts(series) {
            out.push(object([own.clone(), part.fields()]));
        }
    }
    out
}

/// What was guessed of a target and outweighed by its declaration is read again as a ping: it stays a series of its own
/// beside one that was one.
fn vantage(record: &Record, key: &SeriesKey) -> String {
    let Check::Guessed(guessed) = key.check else { return key.vantage.clone() };
    let others = record.series.keys().filter(|other| other.target == key.target && other.vantage == key.vantage);
    if others.count() == 1 {
        return key.vantage.clone();
    }
    format!("{} ({})", key.vantage, application(guessed)).trim_start().to_owned()
}

/// Samples that stand in one entry.
enum Part {
    /// At even spacing from a start, in seconds.
    Even { start: Instant, step_s: i64, states: String },
    /// One by one; two at one instant contradict each other.
    Each(Vec<Sample>),
}

impl Part {
    fn fields(self) -> Vec<Field> {
        match self {
            Self::Even { start, step_s, states } => {
                vec![("start", at(start)), ("step_s", step_s.into()), ("states", states.into())]
            }
            Self::Each(samples) => {
                let state = |state| match state {
                    SampleState::Up => "up",
                    SampleState::Down => "down",
                    SampleState::Unknown => "unknown",
                };
                let sample = |own: &Sample| Json::List(vec![at(own.at), state(own.state).into()]);
                vec![("samples", Json::list(&samples, sample))]
            }
        }
    }
}

/// The samples in as few entries as even spacing allows, none lost and none added.
fn parts(series: &Series) -> Vec<Part> {
    let mut samples: Vec<Sample> = Vec::new();
    for own in series.samples() {
        if series.conflicts().binary_search(&own.at).is_ok() {
            samples.extend([SampleState::Up, SampleState::Down].map(|state| Sample { state, ..own }));
        } else {
            samples.push(own);
        }
    }
    let (mut out, mut each) = (Vec::new(), Vec::new());
    let mut rest = samples.as_slice();
    while let Some((first, others)) = rest.split_first() {
        match even(rest) {
            Some((part, count)) => {
                if !each.is_empty() {
                    out.push(Part::Each(std::mem::take(&mut each)));
                }
                out.push(part);
                rest = rest.get(count..).unwrap_or_default();
            }
            None => {
                each.push(*first);
                rest = others;
            }
        }
    }
    if !each.is_empty() {
        out.push(Part::Each(each));
    }
    out
}

/// The samples at the front as states, and how many they are; `None` where they are too few or not evenly spaced.
fn even(samples: &[Sample]) -> Option<(Part, usize)> {
    let [first, second, ..] = samples else { return None };
    let step_ms = second.at.since(first.at);
    let step_s = step_ms / SECOND_MS;
    if step_ms % SECOND_MS != 0 || !(1..=MAX_STEP_S).contains(&step_s) {
        return None;
    }
    let (mut states, mut last, mut count) = (String::new(), first.at.plus(-step_ms), 0);
    for (index, own) in samples.iter().enumerate() {
        let steps = own.at.since(last) / step_ms;
        let doubled = samples.get(index + 1).is_some_and(|next| next.at == own.at);
        let state = match own.state {
            SampleState::Up => '1',
            SampleState::Down => '0',
            SampleState::Unknown => break,
        };
        if own.at.since(last) % step_ms != 0 || !(1..=MOST_MISSING + 1).contains(&steps) || doubled {
            break;
        }
        (1..steps).for_each(|_| states.push('?'));
        states.push(state);
        (last, count) = (own.at, index + 1);
    }
    (count >= LEAST_STATES).then_some((Part::Even { start: first.at, step_s, states }, count))
}

fn outage(own: &OutageEvent) -> Json {
    let mut fields =
        vec![("id", own.id.clone().into()), ("target", own.target.clone().into()), ("start", at(own.start))];
    fields.extend(times([("end", own.end)]));
    // The format counts in seconds; rounded up, nothing becomes more certain than it was.
    fields.push(("precision_s", own.precision_ms.max(0).unsigned_abs().div_ceil(SECOND_MS.unsigned_abs()).into()));
    Json::Object(fields)
}

// ------------------------------------------------------------------------------------------------- claims and cases

pub(super) fn stance(stance: Stance) -> Vec<Field> {
    vec![("agreed", stance.as_str().into())]
}

fn maintenance(own: &Maintenance) -> Json {
    let consent = own.consent.as_ref().map(|own| {
        let fields = vec![("by", own.by.clone().into()), ("at", at(own.at)), ("form", own.form.clone().into())];
        ("consent", Json::Object(fields))
    });
    let work = vec![("work", own.work.clone().into())];
    let id = vec![("id", own.id.clone().into())];
    object([id, ids(&own.targets), span(own.span), work, consent.into_iter().collect(), stance(own.stance)])
}

pub(super) fn exclusion(own: &Exclusion) -> Json {
    let category = own.ground.force_majeure().map(|own| ("force_majeure", own.as_str().into())).into_iter().collect();
    let clause = vec![("id", own.id.clone().into()), ("clause", Clause::from(own.ground).as_str().into())];
    let evidence = vec![("evidence", own.evidence.clone().into())];
    object([clause, ids(&own.targets), span(own.span), evidence, stance(own.stance), category])
}

fn outage_report(own: &OutageReport) -> Json {
    let fields = vec![
        ("id", own.id.clone().into()),
        ("at", at(own.at)),
        ("by", own.by.clone().into()),
        ("channel", own.channel.clone().into()),
    ];
    object([fields, text_of("outage", &own.outage), own.span.map(span).unwrap_or_default()])
}

fn installation(own: &Installation) -> Json {
    let item = |(item, accepted_at): &(InstallationItem, Option<Instant>)| {
        let word = match item {
            InstallationItem::Hardware => "hardware",
            InstallationItem::SystemSoftware => "system_software",
            InstallationItem::Power => "power",
            InstallationItem::Network => "network",
        };
        object([vec![("item", word.into())], times([("accepted_at", *accepted_at)])])
    };
    let mut fields = vec![
        ("id", own.id.clone().into()),
        ("service_class", service_class(own.service_class).into()),
        ("signed_on", own.signed_on.to_string().into()),
    ];
    fields.extend(own.setup_fee.map(|fee| ("setup_fee", fee.to_string().into())));
    fields.push(("items", Json::list(&own.items, item)));
    Json::Object(fields)
}

fn visit(own: &Visit) -> Json {
    let truths = [("escort", own.escort), ("badge", own.badge), ("refused", own.refused)];
    object([
        vec![("id", own.id.clone().into())],
        times([
            ("notified_at", own.notified_at),
            ("expected_entry", own.expected_entry),
            ("expected_exit", own.expected_exit),
            ("entered_at", own.entered_at),
        ]),
        text_of("reason", &own.reason),
        text_of("activity", &own.activity),
        text_of("cooperation", &own.cooperation),
        truths.into_iter().filter_map(|(key, truth)| Some((key, Json::Truth(truth?)))).collect(),
    ])
}
