//! The result as JSON, `sla-result/1`: the same bytes from the program and from the page.

use sha2::{Digest as _, Sha256};

use super::json::{Field, Json};
use super::warning::{Warning, warnings};
use crate::assess::{
    Article, Assessment, Compared, CrossCheck, Downtime, Emergency, ExcludedPart, Fact, Gap, Guarantee, Line, LineKind,
    Measured, Mismatch, Monitoring, Outage, Part, Provenance, Rule, SingleCase, SourceSignature, Trace, TraceStep,
    WouldChange,
};
use crate::contract::{Contract, Fen, Policy, PolicyKey, Script, capitals};
use crate::record::{Digest, Record, Source, Stance};
use crate::time::{Instant, Interval, TZDB_VERSION};

/// The name and version of the engine, as results print it.
pub const ENGINE: &str = concat!("sla-statement ", env!("CARGO_PKG_VERSION"));

/// What the bytes of a digest begin with, so that it is a digest of nothing else.
const DIGEST_PREFIX: &[u8] = b"sla-statement/1\n";

/// The result document. Keys stand in the order of the specification.
#[derive(Debug, Clone)]
pub struct ResultDocument {
    json: Json,
    digest: String,
}

impl ResultDocument {
    /// The result of an assessment of this record.
    #[must_use]
    pub fn new(record: &Record, assessment: &Assessment) -> Self {
        let mut fields = found(record, assessment);
        let digest = digest(fields.clone());
        fields.extend([("engine", ENGINE.into()), ("tzdb", TZDB_VERSION.into()), ("digest", digest.clone().into())]);
        Self { json: Json::Object(fields), digest }
    }

    /// `sha256:` and 64 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The document as text: indented, with a line feed at its end.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.json).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// All that was found, without what made the document.
fn found(record: &Record, assessment: &Assessment) -> Vec<Field> {
    let default = Contract::default();
    let contract = record.contract.as_ref().unwrap_or(&default);
    let emergencies = assessment.guarantees.iter().filter_map(Guarantee::emergencies).flatten();
    let mut fields = vec![
        ("schema", "sla-result/1".into()),
        ("contract", contract.id.clone().into()),
        ("month", assessment.month.to_string().into()),
        ("as_of", text(assessment.as_of)),
        ("status", assessment.status.as_str().into()),
        ("period", period(assessment.period)),
        ("flags", Json::names(assessment.flags.iter().map(|flag| flag.as_str()))),
        ("guarantees", Json::list(&assessment.guarantees, guarantee)),
        ("emergencies", Json::list(emergencies, emergency)),
        ("installations", cases(assessment, Article::Installation)),
        ("authorisations", cases(assessment, Article::Support)),
        ("operations", cases(assessment, Article::Operations)),
        ("complaints", cases(assessment, Article::Complaints)),
        ("visits", cases(assessment, Article::Visits)),
        ("remedies", remedies(assessment)),
        ("policy", policy(&contract.policy)),
        // In order of digest, so that the order of files makes no difference.
        ("sources", Json::list(&record.sources, |own| source(own, &assessment.provenance))),
        ("warnings", Json::list(&warnings(record, assessment), warning)),
    ];
    let checks = &assessment.cross_checks;
    fields.extend((!checks.is_empty()).then(|| ("reported", Json::list(checks, cross_check))));
    fields
}

fn cross_check(own: &CrossCheck) -> Json {
    let reported = &own.reported;
    Json::Object(vec![
        ("target", reported.target.clone().into()),
        ("system", own.system.clone().into()),
        ("start", maybe(reported.span.map(Interval::start))),
        ("end", maybe(reported.span.map(Interval::end))),
        ("availability_percent", reported.availability.map(|share| share.to_string()).into()),
        ("downtime_ms", reported.downtime_ms.into()),
        ("own_downtime_ms", own.own.map(three).into()),
        ("outcome", own.outcome.as_str().into()),
        ("mismatch_ms", own.by_ms.into()),
    ])
}

/// SHA-256 over `sla-statement/1`, a line feed, and the RFC 8785 form of the document without `digest`, `engine` and the
/// names of the sources. All numbers are whole and all keys ASCII, so that sorted keys without spaces are that form.
fn digest(mut fields: Vec<Field>) -> String {
    fields.push(("tzdb", TZDB_VERSION.into()));
    if let Some((_, Json::List(sources))) = fields.iter_mut().find(|(key, _)| *key == "sources") {
        for source in sources {
            if let Json::Object(fields) = source {
                fields.retain(|(key, _)| *key != "name");
            }
        }
    }
    let mut hash = Sha256::new();
    hash.update(DIGEST_PREFIX);
    hash.update(serde_json::to_string(&Json::Object(fields).sorted()).unwrap_or_default());
    format!("sha256:{}", Digest::new(hash.finalize().into()))
}

fn text(at: Instant) -> Json {
    at.to_string().into()
}

fn maybe(at: Option<Instant>) -> Json {
    at.map(|at| at.to_string()).into()
}

fn texts(texts: &[String]) -> Json {
    Json::List(texts.iter().map(|text| text.clone().into()).collect())
}

fn period(span: Interval) -> Json {
    Json::Object(vec![("start", text(span.start())), ("end", text(span.end())), ("ms", span.ms().into())])
}

fn policy(own: &Policy) -> Json {
    Json::Object(PolicyKey::ALL.iter().map(|key| (key.as_str(), own.value(*key).into())).collect()).sorted()
}

fn guarantee(own: &Guarantee) -> Json {
    let mut fields = vec![
        ("article", i64::from(own.article.number()).into()),
        ("id", own.article.id().into()),
        ("verdict", own.verdict.as_str().into()),
    ];
    fields.extend(own.measured().map(measured).into_iter().flatten());
    let named = own.handling().and_then(|handling| handling.named.clone());
    fields.extend(named.map(|named| ("named", named.into())));
    fields.push(("reasons", Json::names(own.reasons.iter().map(|reason| reason.as_str()))));
    fields.push(("flags", Json::names(own.flags.iter().map(|flag| flag.as_str()))));
    Json::Object(fields)
}

fn measured(own: &Measured) -> Vec<Field> {
    let percent = |percent: Option<String>| percent.unwrap_or_else(|| "n/a".to_owned()).into();
    let excluded = own.excluded.iter().map(|(clause, ms)| (clause.as_str(), (*ms).into())).collect();
    let single = &own.single_failures;
    let single = vec![("count", i64::from(single.count).into()), ("could_add_ms", single.could_add_ms.into())];
    let mut fields = vec![
        ("certainty", own.certainty.as_str().into()),
        ("downtime_ms", three(own.downtime)),
        ("excluded_ms", Json::Object(excluded).sorted()),
        ("known_ms", own.known_ms.into()),
        ("coverage_percent", percent(own.coverage_percent())),
        ("availability_percent", percent(own.availability_percent())),
        ("rules", Json::list(&own.rules, rule)),
        ("outages", Json::list(&own.outages, outage)),
        ("single_failures", Json::Object(single)),
        ("gaps", Json::list(&own.gaps, gap)),
        ("mismatches", Json::list(&own.mismatches, mismatch)),
        ("trace", trace(&own.trace)),
        ("would_change", Json::list(&own.would_change, change)),
    ];
    fields.extend((!own.compared.is_empty()).then(|| ("compared", Json::list(&own.compared, compared))));
    fields
}

fn mismatch(own: &Mismatch) -> Json {
    Json::Object(vec![
        ("target", own.target.clone().into()),
        ("source", monitoring(&own.source)),
        ("start", text(own.span.start())),
        ("end", text(own.span.end())),
        ("ms", own.span.ms().into()),
    ])
}

fn compared(own: &Compared) -> Json {
    Json::Object(vec![
        ("target", own.target.clone().into()),
        ("source", monitoring(&own.source)),
        ("decides", Json::Truth(own.decides)),
        ("downtime_ms", three(own.downtime)),
        ("known_ms", own.known_ms.into()),
        ("mismatch_ms", own.mismatch_ms.into()),
    ])
}

fn monitoring(own: &Monitoring) -> Json {
    Json::Object(vec![("system", own.system.clone().into()), ("kind", own.kind().into())])
}

fn three(own: Downtime) -> Json {
    Json::Object(vec![("lower", own.lower.into()), ("counted", own.counted.into()), ("upper", own.upper.into())])
}

fn gap(own: &Gap) -> Json {
    Json::Object(vec![
        ("target", own.target.clone().into()),
        ("start", text(own.span.start())),
        ("end", text(own.span.end())),
    ])
}

/// Parts of each figure that add up to it; `lower` and `upper` begin with the counted one.
fn trace(own: &Trace) -> Json {
    Json::Object(vec![
        ("runs", i64::from(own.runs).into()),
        ("counted", Json::list(&own.counted, part)),
        ("lower", Json::list(&own.lower, part)),
        ("upper", Json::list(&own.upper, part)),
    ])
}

fn part(own: &Part) -> Json {
    let mut fields = vec![("step", own.step.as_str().into())];
    if let TraceStep::Excluded(clause) = own.step {
        fields.push(("clause", clause.as_str().into()));
    }
    fields.push(("ms", own.ms.into()));
    Json::Object(fields)
}

fn change(own: &WouldChange) -> Json {
    let mut fields = vec![("fact", own.fact.as_str().into())];
    match &own.fact {
        Fact::Agreed(id) | Fact::Rejected(id) | Fact::Reported(id) | Fact::NotReported(id) => {
            fields.push(("id", id.clone().into()));
        }
        Fact::Source(source) => fields.push(("source", monitoring(source))),
        Fact::Threshold(rule) => fields.push(("value", rule.as_str().into())),
        Fact::Gap(span, _) => fields.extend([("start", text(span.start())), ("end", text(span.end()))]),
        Fact::Gaps(_) => {}
    }
    fields.push(("verdict", own.verdict.as_str().into()));
    Json::Object(fields)
}

fn rule(own: &Rule) -> Json {
    Json::Object(vec![
        ("id", own.kind.as_str().into()),
        ("limit_ms", own.limit_ms.into()),
        ("verdict", own.verdict.as_str().into()),
    ])
}

fn outage(own: &Outage) -> Json {
    Json::Object(vec![
        ("id", own.id.clone().into()),
        ("targets", texts(&own.targets)),
        ("start", text(own.shown.start())),
        ("end", text(own.shown.end())),
        ("earliest_start", text(own.possible.start())),
        ("latest_end", text(own.possible.end())),
        ("lower_ms", own.downtime.lower.into()),
        ("counted_ms", own.downtime.counted.into()),
        ("upper_ms", own.downtime.upper.into()),
        ("excluded", Json::list(&own.excluded, excluded)),
        ("report_deadline", maybe(own.report_deadline)),
        ("reported_at", maybe(own.reported_at)),
    ])
}

fn excluded(own: &ExcludedPart) -> Json {
    let agreed = match own.stance {
        Stance::Agreed => "agreed",
        Stance::Claimed => "claimed",
        Stance::Rejected => "rejected",
    };
    Json::Object(vec![("clause", own.clause.as_str().into()), ("ms", own.ms.into()), ("agreed", agreed.into())])
}

fn emergency(own: &Emergency) -> Json {
    Json::Object(vec![
        ("targets", texts(&own.targets)),
        ("first_failed_at", text(own.first_failed_at)),
        ("determined_at", text(own.determined_at)),
        ("deadline", text(own.deadline)),
        ("notified_at", maybe(own.notified_at)),
        ("outcome", own.outcome.as_str().into()),
        ("day", own.day.to_string().into()),
    ])
}

fn cases(assessment: &Assessment, article: Article) -> Json {
    let own = assessment.guarantees.iter().filter(|own| own.article == article);
    Json::list(own.flat_map(Guarantee::cases), single_case)
}

fn single_case(own: &SingleCase) -> Json {
    Json::Object(vec![
        ("id", own.id.clone().into()),
        ("started_at", maybe(own.started_at)),
        ("due", maybe(own.due)),
        ("done_at", maybe(own.done_at)),
        ("outcome", own.outcome.as_str().into()),
        ("missing", Json::names(own.missing.iter().map(|part| part.as_str()))),
        ("elapsed_ms", own.elapsed_ms.into()),
    ])
}

fn remedies(assessment: &Assessment) -> Json {
    let own = &assessment.remedies;
    let yuan = |amount: Option<Fen>| amount.map(|amount| amount.to_string()).into();
    let in_capitals = own.payable.map(|amount| {
        Json::Object(vec![
            ("zh-Hans", capitals(amount, Script::Simplified).into()),
            ("zh-Hant", capitals(amount, Script::Traditional).into()),
        ])
    });
    Json::Object(vec![
        ("lines", Json::list(&own.lines, line)),
        ("payable", yuan(own.payable)),
        ("contingent", yuan(own.contingent)),
        ("payable_capitals", in_capitals.into()),
    ])
}

fn line(own: &Line) -> Json {
    let day = match own.kind {
        LineKind::DayCredit(day) => Some(day.to_string()),
        LineKind::RentWaiver | LineKind::SetupFeeRefund => None,
    };
    let mut fields = vec![
        ("article", i64::from(own.article.number()).into()),
        ("kind", own.kind.as_str().into()),
        ("day", day.into()),
    ];
    fields.extend(own.case.clone().map(|case| ("case", case.into())));
    fields.push(("amount", own.amount.map(|amount| amount.to_string()).into()));
    fields.push(("state", own.state.as_str().into()));
    Json::Object(fields)
}

fn source((digest, own): (&Digest, &Source), provenance: &Provenance) -> Json {
    let mut fields = vec![
        ("name", own.name.clone().into()),
        ("format", own.format.clone().into()),
        ("evidence", own.evidence.as_str().into()),
        ("bytes", own.bytes.into()),
        ("sha256", digest.to_string().into()),
        ("accepted", own.accepted.into()),
        ("rejected", own.rejected.into()),
    ];
    fields.extend(provenance.signature(*digest).map(|own| ("signature", signature(own))));
    Json::Object(fields)
}

fn signature(own: &SourceSignature) -> Json {
    let mut fields = vec![("key_id", own.key_id.to_string().into())];
    fields.extend(own.key.map(|key| ("key", key.to_string().into())));
    fields.extend(own.trusted_comment.clone().map(|comment| ("trusted_comment", comment.into())));
    fields.push(("status", own.status.as_str().into()));
    Json::Object(fields)
}

fn warning(own: &Warning) -> Json {
    let mut fields = vec![("code", own.code.as_str().into())];
    fields.extend(own.target.clone().map(|target| ("target", target.into())));
    fields.push(("count", own.count.into()));
    Json::Object(fields)
}
