//! What the parties settled after the export decides as if it had stood there, and the statement says who said it and when.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod case;

use case::{at, guarantee, measured, month};
use sla_statement::assess::{Article, Assessment, Question, assess};
use sla_statement::demo;
use sla_statement::i18n::Locale;
use sla_statement::import::{Code, Imported, Options, Reader, join, native_decoder, sentence};
use sla_statement::record::{Claimed, MergeError, Record, Stance};
use sla_statement::statement::Statement;
use sla_statement::statement::result::ResultDocument;
use sla_statement::statement::sla_export::sla_export;
use sla_statement::statement::sla_settlement::sla_settlement;
use sla_statement::time::MINUTE_MS;

fn file(name: &str, bytes: &[u8]) -> Imported {
    let mut reader = Reader::new(name, Options::default()).decoding_with(native_decoder);
    reader.push(bytes).and_then(|()| reader.finish()).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
}

fn settled(entries: &str) -> Imported {
    file(
        "settled.json",
        format!(r#"{{ "schema": "sla-settlement/1", "contract": "HC-2026-0042", {entries} }}"#).as_bytes(),
    )
}

/// The demo: exclusion `x1` of 11 minutes is claimed, `x2` and `x3` were rejected, maintenance `m1` is agreed.
fn demo_with(settlements: &[&Imported]) -> Result<Record, MergeError> {
    let demo = demo::files().into_iter().map(|(name, bytes)| file(&name, &bytes).record);
    let joined = join(demo.chain(settlements.iter().map(|own| own.record.clone())))?;
    assert_eq!(joined.unresolved, []);
    Ok(joined.record)
}

fn march(record: &Record) -> Assessment {
    assess(record, Question { month: month("2026-03"), as_of: at("2026-04-20 10:00") }).expect("a month")
}

fn network_minutes(record: &Record) -> i64 {
    measured(&guarantee(&march(record), Article::Network)).downtime.counted / MINUTE_MS
}

const AGREED: &str = r#""settled": [ { "exclusion": "x1", "agreed": "agreed", "by": "沈若溪", "on": "2026-04-08" } ]"#;

#[test]
fn what_is_agreed_later_is_excluded_and_what_is_rejected_counts() {
    let claimed = network_minutes(&demo_with(&[]).unwrap());
    let agreed = network_minutes(&demo_with(&[&settled(AGREED)]).unwrap());
    assert_eq!((claimed, agreed), (60, 50), "the outage of port 2 on 12 March");
    let rejected = settled(
        r#""settled": [ { "exclusion": "x1", "agreed": "rejected", "by": "沈若溪", "on": "2026-04-08" },
            { "maintenance": "m1", "agreed": "rejected", "by": "沈若溪", "on": "2026-04-08" } ]"#,
    );
    let rejected = network_minutes(&demo_with(&[&rejected]).unwrap());
    assert!(rejected > claimed, "the hour of maintenance counts: {rejected}");
}

#[test]
fn the_statement_says_who_said_it_and_when_in_every_language() {
    let record = demo_with(&[&settled(AGREED)]).unwrap();
    let found = march(&record);
    for (locale, words) in [
        (Locale::ZhHant, "確認：沈若溪 / 2026-04-08"),
        (Locale::ZhHans, "确认：沈若溪 / 2026-04-08"),
        (Locale::En, "settled by 沈若溪 / 2026-04-08"),
    ] {
        let statement = Statement::new(&record, &found, "sha256:0", locale).text();
        assert!(statement.contains(words), "{locale:?}");
    }
    let result = ResultDocument::new(&record, &found).text();
    assert!(result.contains("sla-settlement/1"), "it is one of the sources");
    let without = demo_with(&[]).unwrap();
    assert_ne!(ResultDocument::new(&record, &found).digest(), ResultDocument::new(&without, &march(&without)).digest());
}

#[test]
fn what_was_claimed_since_counts_as_claimed_until_it_is_settled() {
    let claim = r#""exclusions": [ { "id": "x9", "clause": "1.4.b", "targets": ["port-1"], "agreed": "claimed",
        "start": "2026-03-17T04:00:00+08:00", "end": "2026-03-17T05:00:00+08:00", "evidence": "switch log" } ]"#;
    let before = march(&demo_with(&[]).unwrap());
    let claimed = march(&demo_with(&[&settled(claim)]).unwrap());
    let network = |found: &Assessment| measured(&guarantee(found, Article::Network)).downtime;
    assert_eq!(network(&claimed).counted, network(&before).counted, "what one party claims takes nothing away");
    let both = settled(&format!(
        r#""settled": [ {{ "exclusion": "x9", "agreed": "agreed", "by": "沈若溪", "on": "2026-04-08" }} ], {claim}"#
    ));
    let record = demo_with(&[&both]).unwrap();
    let own = record.exclusions.iter().flatten().find(|own| own.id == "x9").expect("the claim");
    assert_eq!(own.stance, Stance::Agreed);
    // Port 2 was down at the same time: an outage is the union of targets, and its claim is not made for port 2.
    assert!(network(&march(&record)).counted <= network(&before).counted);
}

#[test]
fn files_in_any_order_come_to_the_same_and_ones_that_differ_are_not_chosen_between() {
    let (one, other) = (
        settled(AGREED),
        settled(r#""settled": [ { "maintenance": "m1", "agreed": "agreed", "by": "沈若溪", "on": "2026-04-08" } ]"#),
    );
    assert_eq!(demo_with(&[&one, &other]).unwrap(), demo_with(&[&other, &one]).unwrap());
    let differs =
        settled(r#""settled": [ { "exclusion": "x1", "agreed": "rejected", "by": "沈若溪", "on": "2026-04-09" } ]"#);
    let refused = Err(MergeError::SameId { section: "settled".into(), id: "x1".into() });
    assert_eq!(demo_with(&[&one, &differs]), refused);
    assert_eq!(demo_with(&[&differs, &one]), refused);
    let again = settled(
        r#""exclusions": [ { "id": "x1", "clause": "1.4.c", "start": "2026-03-17T04:00:00+08:00", "end": "2026-03-17T05:00:00+08:00" } ]"#,
    );
    assert_eq!(demo_with(&[&again]), Err(MergeError::SameId { section: "exclusions".into(), id: "x1".into() }));
}

#[test]
fn what_stands_nowhere_or_is_of_another_contract_decides_nothing() {
    let problems = |settlement: &Imported| {
        let demo = demo::files().into_iter().map(|(name, bytes)| file(&name, &bytes).record);
        let joined = join(demo.chain([settlement.record.clone()])).expect("one case");
        joined.unresolved.iter().map(|own| (own.code, sentence(own, Locale::En))).collect::<Vec<_>>()
    };
    let unknown =
        settled(r#""settled": [ { "exclusion": "m1", "agreed": "agreed", "by": "沈若溪", "on": "2026-04-08" } ]"#);
    let found = problems(&unknown);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, Code::SettledUnknown);
    assert!(
        found[0].1.starts_with("settled.json, settled[0].exclusion: “m1” is settled, but stands in none"),
        "{found:?}"
    );
    let other = format!(r#"{{ "schema": "sla-settlement/1", "contract": "HC-2026-0043", {AGREED} }}"#);
    let found = problems(&file("other.json", other.as_bytes()));
    assert_eq!(found.iter().map(|own| own.0).collect::<Vec<_>>(), [Code::SettlementOfOther]);
    assert!(found[0].1.contains("`HC-2026-0043`") && found[0].1.contains("`HC-2026-0042`"), "{found:?}");
}

#[test]
fn a_settlement_that_is_written_is_read_as_it_was() {
    let both = settled(&format!(
        r#"{AGREED}, "exclusions": [ {{ "id": "x9", "clause": "2.4.4", "force_majeure": "10.1.2", "agreed": "claimed",
        "start": "2026-03-17T04:00:00+08:00", "end": "2026-03-17T05:00:00+08:00", "evidence": "</script>\u202e" }} ]"#
    ));
    let written = sla_settlement(&both.record.settlement);
    let again = file("sla-settlement.json", written.as_bytes());
    assert_eq!(sla_settlement(&again.record.settlement), written);
    let (own, read) = (&both.record.settlement, &again.record.settlement);
    assert_eq!(own.contract, read.contract);
    let claims = |settlement: &sla_statement::record::Settlement| {
        let claims = settlement.claims.iter().map(|own| (own.id.clone(), own.ground, own.span, own.evidence.clone()));
        claims.collect::<Vec<_>>()
    };
    assert_eq!(claims(own), claims(read));
    let told = read.settled.get(&Claimed::Exclusion("x1".into())).expect("x1");
    assert_eq!((told.stance, told.by.as_str(), told.on.to_string().as_str()), (Stance::Agreed, "沈若溪", "2026-04-08"));
}

#[test]
fn the_case_as_one_export_has_what_was_settled() {
    let record = demo_with(&[&settled(AGREED)]).unwrap();
    let export = sla_export(&record).expect("one system");
    let again = join([file("case.json", export.as_bytes()).record]).expect("one case").record;
    assert_eq!(network_minutes(&again), network_minutes(&record));
}
