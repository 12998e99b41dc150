//! The result as JSON, `sla-result/1`: the same bytes from the program and from the page.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::warning::{Warning, warnings};
use crate::assess::{
    Article, Assessment, Downtime, Emergency, ExcludedPart, Fact, Guarantee, Line, LineKind, Measured, Outage, Part,
    Rule, SingleCase, SourceSignature, Trace, TraceStep, WouldChange,
};
use crate::contract::{Contract, Fen, PolicyKey, Script, capitals};
use crate::record::{Record, Stance};
use crate::time::{Instant, Interval, TZDB_VERSION};

/// The name and version of the engine, as results print it.
pub const ENGINE: &str = concat!("sla-statement ", env!("CARGO_PKG_VERSION"));

/// What the bytes of a digest begin with, so that it is a digest of nothing else.
const DIGEST_PREFIX: &[u8] = b"sla-statement/1\n";

/// The result document. Keys stand in the order of the specification.
#[derive(Debug, Clone, Serialize)]
pub struct ResultDocument {
    schema: &'static str,
    contract: Option<String>,
    month: String,
    as_of: String,
    status: &'static str,
    period: Period,
    flags: Vec<&'static str>,
    guarantees: Vec<GuaranteeEntry>,
    emergencies: Vec<EmergencyEntry>,
    installations: Vec<CaseEntry>,
    authorisations: Vec<CaseEntry>,
    operations: Vec<CaseEntry>,
    complaints: Vec<CaseEntry>,
    visits: Vec<CaseEntry>,
    remedies: RemediesEntry,
    policy: BTreeMap<&'static str, Value>,
    sources: Vec<SourceEntry>,
    warnings: Vec<WarningEntry>,
    engine: &'static str,
    tzdb: &'static str,
    digest: String,
}

#[derive(Debug, Clone, Serialize)]
struct Period {
    start: String,
    end: String,
    ms: i64,
}

#[derive(Debug, Clone, Serialize)]
struct GuaranteeEntry {
    article: u8,
    id: &'static str,
    verdict: &'static str,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    measured: Option<MeasuredEntry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    named: Option<String>,
    reasons: Vec<&'static str>,
    flags: Vec<&'static str>,
}

#[derive(Debug, Clone, Serialize)]
struct MeasuredEntry {
    certainty: &'static str,
    downtime_ms: Figures,
    excluded_ms: BTreeMap<&'static str, i64>,
    known_ms: i64,
    coverage_percent: String,
    availability_percent: String,
    rules: Vec<RuleEntry>,
    outages: Vec<OutageEntry>,
    single_failures: SingleEntry,
    gaps: Vec<GapEntry>,
    trace: TraceEntry,
    would_change: Vec<ChangeEntry>,
}

/// Parts of each figure that add up to it; `lower` and `upper` begin with the counted one.
#[derive(Debug, Clone, Serialize)]
struct TraceEntry {
    runs: u32,
    counted: Vec<PartEntry>,
    lower: Vec<PartEntry>,
    upper: Vec<PartEntry>,
}

#[derive(Debug, Clone, Serialize)]
struct PartEntry {
    step: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<&'static str>,
    ms: i64,
}

#[derive(Debug, Clone, Serialize)]
struct ChangeEntry {
    fact: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    verdict: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct Figures {
    lower: i64,
    counted: i64,
    upper: i64,
}

#[derive(Debug, Clone, Serialize)]
struct RuleEntry {
    id: &'static str,
    limit_ms: i64,
    verdict: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct OutageEntry {
    id: String,
    targets: Vec<String>,
    start: String,
    end: String,
    earliest_start: String,
    latest_end: String,
    lower_ms: i64,
    counted_ms: i64,
    upper_ms: i64,
    excluded: Vec<ExcludedEntry>,
    report_deadline: Option<String>,
    reported_at: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct ExcludedEntry {
    clause: &'static str,
    ms: i64,
    agreed: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct EmergencyEntry {
    targets: Vec<String>,
    first_failed_at: String,
    determined_at: String,
    deadline: String,
    notified_at: Option<String>,
    outcome: &'static str,
    day: String,
}

#[derive(Debug, Clone, Serialize)]
struct CaseEntry {
    id: String,
    started_at: Option<String>,
    due: Option<String>,
    done_at: Option<String>,
    outcome: &'static str,
    missing: Vec<&'static str>,
    elapsed_ms: Option<i64>,
}

#[derive(Debug, Clone, Serialize)]
struct SingleEntry {
    count: u32,
    could_add_ms: i64,
}

#[derive(Debug, Clone, Serialize)]
struct GapEntry {
    target: String,
    start: String,
    end: String,
}

#[derive(Debug, Clone, Serialize)]
struct RemediesEntry {
    lines: Vec<LineEntry>,
    payable: Option<String>,
    contingent: Option<String>,
    payable_capitals: Option<BTreeMap<&'static str, String>>,
}

#[derive(Debug, Clone, Serialize)]
struct LineEntry {
    article: u8,
    kind: &'static str,
    day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    amount: Option<String>,
    state: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct SourceEntry {
    name: String,
    format: String,
    evidence: &'static str,
    bytes: u64,
    sha256: String,
    accepted: u64,
    rejected: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    signature: Option<SignatureEntry>,
}

#[derive(Debug, Clone, Serialize)]
struct SignatureEntry {
    key_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trusted_comment: Option<String>,
    status: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct WarningEntry {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    count: u64,
}

impl ResultDocument {
    /// The result of an assessment of this record.
    #[must_use]
    pub fn new(record: &Record, assessment: &Assessment) -> Self {
        let default = Contract::default();
        let contract = record.contract.as_ref().unwrap_or(&default);
        let mut document = Self {
            schema: "sla-result/1",
            contract: contract.id.clone(),
            month: assessment.month.to_string(),
            as_of: assessment.as_of.to_string(),
            status: assessment.status.as_str(),
            period: period(assessment.period),
            flags: assessment.flags.iter().map(|flag| flag.as_str()).collect(),
            guarantees: assessment.guarantees.iter().map(guarantee).collect(),
            emergencies: assessment
                .guarantees
                .iter()
                .filter_map(Guarantee::emergencies)
                .flatten()
                .map(emergency)
                .collect(),
            installations: cases(assessment, Article::Installation),
            authorisations: cases(assessment, Article::Support),
            operations: cases(assessment, Article::Operations),
            complaints: cases(assessment, Article::Complaints),
            visits: cases(assessment, Article::Visits),
            remedies: remedies(assessment),
            policy: PolicyKey::ALL.iter().map(|key| (key.as_str(), contract.policy.value(*key))).collect(),
            sources: sources(record, assessment),
            warnings: warnings(record, assessment).iter().map(warning).collect(),
            engine: ENGINE,
            tzdb: TZDB_VERSION,
            digest: String::new(),
        };
        document.digest = digest(&document);
        document
    }

    /// `sha256:` and 64 hexadecimal digits.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The document as text: indented, with a line feed at its end.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }
}

/// SHA-256 over `sla-statement/1`, a line feed, and the RFC 8785 form of the document without `digest`, `engine` and the
/// names of the sources. All numbers are whole and all keys ASCII, so that sorted keys without spaces are that form.
fn digest(document: &ResultDocument) -> String {
    let mut value = serde_json::to_value(document).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.remove("digest");
        object.remove("engine");
    }
    for source in value.get_mut("sources").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(source) = source.as_object_mut() {
            source.remove("name");
        }
    }
    let mut hash = Sha256::new();
    hash.update(DIGEST_PREFIX);
    hash.update(value.to_string());
    format!("sha256:{}", crate::record::Digest::new(hash.finalize().into()))
}

fn period(span: Interval) -> Period {
    Period { start: span.start().to_string(), end: span.end().to_string(), ms: span.ms() }
}

fn guarantee(own: &Guarantee) -> GuaranteeEntry {
    GuaranteeEntry {
        article: own.article.number(),
        id: own.article.id(),
        verdict: own.verdict.as_str(),
        measured: own.measured().map(measured),
        named: own.handling().and_then(|handling| handling.named.clone()),
        reasons: own.reasons.iter().map(|reason| reason.as_str()).collect(),
        flags: own.flags.iter().map(|flag| flag.as_str()).collect(),
    }
}

fn measured(own: &Measured) -> MeasuredEntry {
    let not_available = || "n/a".to_owned();
    let Downtime { lower, counted, upper } = own.downtime;
    MeasuredEntry {
        certainty: own.certainty.as_str(),
        downtime_ms: Figures { lower, counted, upper },
        excluded_ms: own.excluded.iter().map(|(clause, ms)| (clause.as_str(), *ms)).collect(),
        known_ms: own.known_ms,
        coverage_percent: own.coverage_percent().unwrap_or_else(not_available),
        availability_percent: own.availability_percent().unwrap_or_else(not_available),
        rules: own.rules.iter().map(rule).collect(),
        outages: own.outages.iter().map(outage).collect(),
        single_failures: SingleEntry {
            count: own.single_failures.count,
            could_add_ms: own.single_failures.could_add_ms,
        },
        gaps: own
            .gaps
            .iter()
            .map(|gap| GapEntry {
                target: gap.target.clone(),
                start: gap.span.start().to_string(),
                end: gap.span.end().to_string(),
            })
            .collect(),
        trace: trace(&own.trace),
        would_change: own.would_change.iter().map(change).collect(),
    }
}

fn trace(own: &Trace) -> TraceEntry {
    let part = |part: &Part| PartEntry {
        step: part.step.as_str(),
        clause: match part.step {
            TraceStep::Excluded(clause) => Some(clause.as_str()),
            _ => None,
        },
        ms: part.ms,
    };
    let parts = |parts: &[Part]| parts.iter().map(part).collect();
    TraceEntry { runs: own.runs, counted: parts(&own.counted), lower: parts(&own.lower), upper: parts(&own.upper) }
}

fn change(own: &WouldChange) -> ChangeEntry {
    let mut entry = ChangeEntry {
        fact: own.fact.as_str(),
        id: None,
        value: None,
        start: None,
        end: None,
        verdict: own.verdict.as_str(),
    };
    match &own.fact {
        Fact::Agreed(id) | Fact::Rejected(id) | Fact::Reported(id) | Fact::NotReported(id) => {
            entry.id = Some(id.clone())
        }
        Fact::Threshold(rule) => entry.value = Some(rule.as_str()),
        Fact::Gap(span, _) => {
            (entry.start, entry.end) = (Some(span.start().to_string()), Some(span.end().to_string()));
        }
        Fact::Gaps(_) => {}
    }
    entry
}

fn rule(own: &Rule) -> RuleEntry {
    RuleEntry { id: own.kind.as_str(), limit_ms: own.limit_ms, verdict: own.verdict.as_str() }
}

fn outage(own: &Outage) -> OutageEntry {
    OutageEntry {
        id: own.id.clone(),
        targets: own.targets.clone(),
        start: own.shown.start().to_string(),
        end: own.shown.end().to_string(),
        earliest_start: own.possible.start().to_string(),
        latest_end: own.possible.end().to_string(),
        lower_ms: own.downtime.lower,
        counted_ms: own.downtime.counted,
        upper_ms: own.downtime.upper,
        excluded: own.excluded.iter().map(excluded).collect(),
        report_deadline: own.report_deadline.map(|at| at.to_string()),
        reported_at: own.reported_at.map(|at| at.to_string()),
    }
}

fn excluded(own: &ExcludedPart) -> ExcludedEntry {
    let agreed = match own.stance {
        Stance::Agreed => "agreed",
        Stance::Claimed => "claimed",
        Stance::Rejected => "rejected",
    };
    ExcludedEntry { clause: own.clause.as_str(), ms: own.ms, agreed }
}

fn emergency(own: &Emergency) -> EmergencyEntry {
    EmergencyEntry {
        targets: own.targets.clone(),
        first_failed_at: own.first_failed_at.to_string(),
        determined_at: own.determined_at.to_string(),
        deadline: own.deadline.to_string(),
        notified_at: own.notified_at.map(|at| at.to_string()),
        outcome: own.outcome.as_str(),
        day: own.day.to_string(),
    }
}

fn cases(assessment: &Assessment, article: Article) -> Vec<CaseEntry> {
    let own = assessment.guarantees.iter().filter(|own| own.article == article);
    own.flat_map(Guarantee::cases).map(single_case).collect()
}

fn single_case(own: &SingleCase) -> CaseEntry {
    let text = |at: Option<Instant>| at.map(|at| at.to_string());
    CaseEntry {
        id: own.id.clone(),
        started_at: text(own.started_at),
        due: text(own.due),
        done_at: text(own.done_at),
        outcome: own.outcome.as_str(),
        missing: own.missing.iter().map(|part| part.as_str()).collect(),
        elapsed_ms: own.elapsed_ms,
    }
}

fn remedies(assessment: &Assessment) -> RemediesEntry {
    let own = &assessment.remedies;
    let in_capitals = |amount: Fen| {
        BTreeMap::from([
            ("zh-Hans", capitals(amount, Script::Simplified)),
            ("zh-Hant", capitals(amount, Script::Traditional)),
        ])
    };
    RemediesEntry {
        lines: own.lines.iter().map(line).collect(),
        payable: own.payable.map(|amount| amount.to_string()),
        contingent: own.contingent.map(|amount| amount.to_string()),
        payable_capitals: own.payable.map(in_capitals),
    }
}

fn line(own: &Line) -> LineEntry {
    let day = match own.kind {
        LineKind::DayCredit(day) => Some(day.to_string()),
        LineKind::RentWaiver | LineKind::SetupFeeRefund => None,
    };
    LineEntry {
        article: Article::number(own.article),
        kind: own.kind.as_str(),
        day,
        case: own.case.clone(),
        amount: own.amount.map(|amount| amount.to_string()),
        state: own.state.as_str(),
    }
}

/// In order of digest, so that the order of files makes no difference.
fn sources(record: &Record, assessment: &Assessment) -> Vec<SourceEntry> {
    let entry = |(digest, source): (&crate::record::Digest, &crate::record::Source)| SourceEntry {
        name: source.name.clone(),
        format: source.format.clone(),
        evidence: source.evidence.as_str(),
        bytes: source.bytes,
        sha256: digest.to_string(),
        accepted: source.accepted,
        rejected: source.rejected,
        signature: assessment.provenance.signature(*digest).map(signature),
    };
    record.sources.iter().map(entry).collect()
}

fn signature(own: &SourceSignature) -> SignatureEntry {
    SignatureEntry {
        key_id: own.key_id.to_string(),
        key: own.key.map(|key| key.to_string()),
        trusted_comment: own.trusted_comment.clone(),
        status: own.status.as_str(),
    }
}

fn warning(own: &Warning) -> WarningEntry {
    WarningEntry { code: own.code.as_str(), target: own.target.clone(), count: own.count }
}
