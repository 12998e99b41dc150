//! The demo case shows what its documentation says, through the same reader as any other file.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use sla_statement::sorted::Set;

use sla_statement::assess::{
    Article, Assessment, Certainty, Clause, Flag, Guarantee, LineState, NoticeOutcome, Question, Status, Verdict,
    assess,
};
use sla_statement::contract::{Fen, Policy};
use sla_statement::demo;
use sla_statement::i18n::Locale;
use sla_statement::import::{Imported, Options, Reader, join};
use sla_statement::record::{Record, Stance};
use sla_statement::statement::pages::{Sheet, capacity, height};
use sla_statement::statement::paper::Paper;
use sla_statement::statement::{Content, Statement};
use sla_statement::time::{Instant, MINUTE_MS, Zone};

fn imported() -> Vec<Imported> {
    let read = |(name, bytes): (String, Vec<u8>)| {
        let mut reader = Reader::new(&name, Options::default());
        reader.push(&bytes).unwrap_or_else(|refusal| panic!("{refusal:?}"));
        reader.finish().unwrap_or_else(|refusal| panic!("{refusal:?}"))
    };
    demo::files().into_iter().map(read).collect()
}

fn record() -> Record {
    let case = join(imported().into_iter().map(|file| file.record)).unwrap();
    assert_eq!(case.unresolved, []);
    case.record
}

fn assessment(record: &Record) -> Assessment {
    let as_of = Instant::parse_rfc3339(demo::AS_OF).unwrap();
    assess(record, Question { month: demo::month(), as_of }).unwrap()
}

fn guarantee(assessment: &Assessment, article: Article) -> &Guarantee {
    assessment.guarantees.iter().find(|own| own.article == article).unwrap()
}

/// To the minute: pings come a few seconds late.
fn minutes(ms: i64) -> i64 {
    (ms + MINUTE_MS / 2) / MINUTE_MS
}

#[test]
fn every_time_it_is_made_the_demo_is_the_same() {
    let digests: Vec<String> = imported().iter().map(|file| format!("{} {}", name(file), file.digest)).collect();
    insta::assert_snapshot!(digests.join("\n"));
}

fn name(file: &Imported) -> &str {
    &file.record.sources.get(&file.digest).unwrap().name
}

#[test]
fn nothing_of_it_is_rejected() {
    for file in imported() {
        assert_eq!((file.rejected, file.notes), (vec![], vec![]));
    }
}

#[test]
fn it_reaches_a_little_over_both_edges_of_the_month() {
    let (span, month) = (record().span().unwrap(), demo::month().span(Zone::default()));
    let minutes_over = (month.start().since(span.start()) / MINUTE_MS, span.end().since(month.end()) / MINUTE_MS);
    assert_eq!(minutes_over, (10, 10));
}

#[test]
fn the_network_guarantee_is_breached_by_what_the_pings_show_and_not_proven_beyond_sampling() {
    let assessment = assessment(&record());
    let network = guarantee(&assessment, Article::Network);
    let measured = network.measured().unwrap();
    assert_eq!((network.verdict, measured.certainty), (Verdict::Breached, Certainty::SamplingSensitive));
    let downtime = measured.downtime;
    assert_eq!([downtime.lower, downtime.counted, downtime.upper].map(minutes), [30, 60, 180]);
    let flags = [Flag::SamplingSensitive, Flag::MonitoringGap, Flag::DisputedExclusion, Flag::ProviderKnew]
        .into_iter()
        .collect();
    assert_eq!(network.flags, flags);
    assert_eq!(assessment.status, Status::Final);
    assert_eq!(assessment.remedies.payable, Fen::new(330_000));
}

#[test]
fn six_outages_show_what_the_agreement_makes_of_them() {
    let assessment = assessment(&record());
    let measured = guarantee(&assessment, Article::Network).measured().unwrap();
    let told: Vec<String> = measured
        .outages
        .iter()
        .map(|outage| {
            let start = assessment.zone.local(outage.shown.start()).format("%m-%d %H:%M");
            let parts = outage.excluded.iter().map(|part| (part.clause, part.stance, minutes(part.ms)));
            let parts: Vec<String> = parts.map(|(clause, stance, ms)| format!(" {clause} {stance:?} {ms}")).collect();
            let (shown, counted) = (minutes(outage.shown_ms), minutes(outage.downtime.counted));
            format!("{start} {} {shown} counted {counted}{}", outage.targets.join("+"), parts.concat())
        })
        .collect();
    let expected = [
        "03-08 02:10 port-1+port-2 60 counted 10 1.4.a Agreed 50",
        "03-12 14:20 port-2 10 counted 10 1.4.b Claimed 10",
        "03-17 04:30 port-1+port-2 15 counted 0 1.4.report Agreed 15",
        "03-24 23:50 port-1 20 counted 20",
        "03-27 10:15 port-1 10 counted 10",
        "03-28 15:50 port-1+port-2 10 counted 10",
    ];
    assert_eq!(told, expected);
    assert_eq!(measured.single_failures.count, 1);
    let gaps: Vec<i64> = measured.gaps.iter().map(|gap| minutes(gap.span.ms())).collect();
    assert_eq!(gaps, [100, 100]);
}

#[test]
fn power_failed_for_ten_minutes_which_keeps_the_promise_whatever_the_sampling() {
    let assessment = assessment(&record());
    let power = guarantee(&assessment, Article::Power);
    let measured = power.measured().unwrap();
    assert_eq!((power.verdict, measured.certainty), (Verdict::Met, Certainty::Certain));
    let downtime = measured.downtime;
    assert_eq!([downtime.lower, downtime.counted, downtime.upper].map(minutes), [5, 10, 15]);
    assert_eq!(measured.outages.len(), 1);
}

#[test]
fn agreeing_to_the_disputed_fault_does_not_change_the_verdict() {
    let mut record = record();
    let agreed = record.exclusions.take().unwrap().into_iter().map(|mut own| {
        if own.stance == Stance::Claimed {
            own.stance = Stance::Agreed;
        }
        own
    });
    record.exclusions = Some(agreed.collect());
    let assessment = assessment(&record);
    let network = guarantee(&assessment, Article::Network);
    assert_eq!(network.verdict, Verdict::Breached);
    let measured = network.measured().unwrap();
    assert_eq!(minutes(measured.downtime.counted), 50);
    assert_eq!(minutes(*measured.excluded.get(&Clause::NetworkCustomerEquipment).unwrap()), 10);
}

#[test]
fn asking_for_proof_leaves_the_verdict_open() {
    let mut record = record();
    let mut policy = Policy::default();
    policy.set("verdict.basis", &"bounds".into()).unwrap();
    record.contract.as_mut().unwrap().policy = policy;
    let assessment = assessment(&record);
    assert_eq!(guarantee(&assessment, Article::Network).verdict, Verdict::Undetermined);
}

#[test]
fn of_six_emergencies_two_were_not_told_in_time() {
    let record = record();
    let assessment = assessment(&record);
    let own = guarantee(&assessment, Article::EmergencyNotice);
    let outcomes: Vec<NoticeOutcome> = own.emergencies().unwrap().iter().map(|own| own.outcome).collect();
    let in_time = NoticeOutcome::InTime;
    assert_eq!(outcomes, [in_time, in_time, in_time, NoticeOutcome::Late, NoticeOutcome::Missed, in_time]);
    assert_eq!(own.verdict, Verdict::Breached);
    let states: Vec<LineState> = assessment.remedies.lines.iter().map(|line| line.state).collect();
    assert_eq!(states, [LineState::Due, LineState::Due, LineState::Absorbed, LineState::Absorbed]);
    for (locale, words) in [
        (Locale::ZhHant, "本期間緊急情況 6 次，其中 2 次未在期限內通知甲方"),
        (Locale::ZhHans, "本期间紧急情况 6 次，其中 2 次未在期限内通知甲方"),
        (Locale::En, "Emergencies in this period: 6"),
    ] {
        let text = Statement::new(&record, &assessment, "sha256:", locale).text();
        assert!(text.contains(words), "{text}");
    }
}

/// Id, outcome and what is missing, of every case of an article.
fn cases(assessment: &Assessment, article: Article) -> Vec<(&str, &str, Vec<&str>)> {
    let cases = guarantee(assessment, article).cases().iter();
    cases
        .map(|own| (own.id.as_str(), own.outcome.as_str(), own.missing.iter().map(|part| part.as_str()).collect()))
        .collect()
}

#[test]
fn every_article_has_something_to_show() {
    let assessment = assessment(&record());
    let verdicts: Vec<&str> = assessment.guarantees.iter().map(|own| own.verdict.as_str()).collect();
    let (met, breached) = ("met", "breached");
    assert_eq!(verdicts, [breached, met, breached, breached, met, met, breached, met, met]);
    let complete = |id, outcome| (id, outcome, vec![]);
    assert_eq!(cases(&assessment, Article::Installation), [complete("i1", met), complete("i2", breached)]);
    let authorisations = [
        complete("a1", met),
        complete("a2", met),
        ("a3", "deficient", vec!["written_form"]),
        ("a4", "illegal", vec!["verification", "written_form"]),
        complete("a5", met),
    ];
    assert_eq!(cases(&assessment, Article::Support), authorisations);
    let operations =
        [complete("op1", met), complete("op2", met), complete("op3", breached), ("op4", "deficient", vec!["report"])];
    assert_eq!(cases(&assessment, Article::Operations), operations);
    let complaints = [("c2", "deficient", vec!["written_form"]), complete("c1", met), complete("c3", met)];
    assert_eq!(cases(&assessment, Article::Complaints), complaints);
    let visits = [complete("v1", met), ("v2", met, vec!["expected_exit", "cooperation"])];
    assert_eq!(cases(&assessment, Article::Visits), visits);
    let flags: Set<Flag> = assessment.guarantees[2..].iter().flat_map(|own| own.flags.iter().copied()).collect();
    assert_eq!(flags.into_iter().collect::<Vec<_>>(), [Flag::UnrequestedCredit, Flag::AuthDeficient]);
}

#[test]
fn the_setup_fee_of_the_late_installation_stands_beside_the_rent() {
    let assessment = assessment(&record());
    let lines: Vec<(Option<&str>, Option<Fen>)> =
        assessment.remedies.lines.iter().map(|line| (line.case.as_deref(), line.amount)).take(2).collect();
    assert_eq!(lines, [(None, Fen::new(300_000)), (Some("i2"), Fen::new(30_000))]);
    assert_eq!(assessment.flags, Set::new());
}

/// What stands before signatures on a page of their own cannot be joined by them.
#[test]
fn no_other_sheet_is_left_nearly_empty() {
    let record = record();
    let assessment = assessment(&record);
    let digest = format!("sha256:{}", "0123456789abcdef".repeat(4));
    for locale in Locale::ALL {
        for text in [
            "a4",
            "a4,summary",
            "a4,own-page",
            "a4,summary,own-page",
            "letter",
            "letter,summary",
            "letter,summary,own-page",
        ] {
            let statement = Statement::on(Paper::parse(text), None, &record, &assessment, &digest, locale);
            let sheets = statement.sheets();
            let signed = |sheet: &Sheet| {
                sheet.pieces.iter().any(|own| matches!(statement.blocks[own.block()].content, Content::Signatures(_)))
            };
            let before_own_page =
                sheets.iter().position(signed).filter(|_| text.ends_with("own-page")).unwrap_or_default();
            for (at, sheet) in sheets.iter().enumerate() {
                let least = if at + 1 == before_own_page { 15 } else { 22 };
                let percent = height(sheet, &statement.blocks) * 100 / capacity(statement.paper.size);
                assert!(percent >= least, "{} on {text}: sheet {} holds {percent}%", locale.tag(), at + 1);
            }
        }
    }
}
