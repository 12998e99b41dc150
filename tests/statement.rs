//! The statement as a document: its wording in three languages, and how it is cut into sheets.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod case;
mod months;

use std::collections::BTreeSet;

use case::single_cases::{accepted, authorisation, by_phone, complaint, installation, on, operation, refused, visit};
use case::{Case, span};
use proptest::prelude::*;
use sla_statement::assess::{Status, Verdict};
use sla_statement::contract::{Fen, Script, capitals};
use sla_statement::i18n::Locale;
use sla_statement::import::{Options, Reader};
use sla_statement::record::{
    Authorisation, Complaint, Exclusion, Ground, Installation, NetworkGround, Operation, PowerSource, Record, Series,
    SeriesKey, Stance, Visit,
};
use sla_statement::sorted::Set;
use sla_statement::statement::pages::{Piece, Sheet, capacity, height};
use sla_statement::statement::paper::{Extent, Paper, PaperSize, Signing};
use sla_statement::statement::{Block, Content, Form, Statement};

fn statement(record: &Record, as_of: &str, locale: Locale) -> Statement {
    Statement::new(record, &months::assessed_at(record, as_of), months::DIGEST, locale)
}

/// What stays the same from version to version.
fn text(record: &Record, as_of: &str, locale: Locale) -> String {
    let version = sla_statement::statement::result::ENGINE;
    statement(record, as_of, locale)
        .text()
        .replace(version, "sla-statement VERSION")
        .replace(sla_statement::time::TZDB_VERSION, "TZDB")
}

fn snapshots(name: &str, record: &Record, as_of: &str) {
    for locale in Locale::ALL {
        insta::assert_snapshot!(format!("{name}.{}", locale.tag()), text(record, as_of, locale));
    }
}

const LATER: &str = "2026-04-20T09:00:00";

#[test]
fn a_month_with_six_outages_reads_as_reviewed() {
    snapshots("typical", &months::typical(), LATER);
}

#[test]
fn a_month_in_which_all_was_kept_reads_as_reviewed() {
    snapshots("all_met", &months::all_met(), LATER);
}

#[test]
fn a_breached_month_under_other_terms_reads_as_reviewed() {
    snapshots("breached", &months::breached(), LATER);
}

#[test]
fn a_month_with_an_open_report_window_reads_as_reviewed() {
    snapshots("provisional", &months::provisional(), "2026-04-02T09:00:00");
}

#[test]
fn a_month_without_data_reads_as_reviewed() {
    snapshots("empty", &months::empty(), LATER);
}

/// The contract of the months, with pings of a port and a list of both sources of power.
fn watched(failures: &[(&str, u32)]) -> Case {
    let mut case = Case::new().power("mains-a", PowerSource::Mains).power("ups-a", PowerSource::Ups);
    case.record.contract = Some(months::contract());
    let case = case.pings("port-1", "2026-03", failures).reports().notices();
    case.outage("mains-a", "2026-03-12 03:00", "2026-03-12 04:10").signer("Li", None, None)
}

/// Every promise of the agreement was put to the test and kept.
fn every_promise_kept() -> Case {
    watched(&[("2026-03-08 10:00", 2)])
        .contact(None, None, false)
        .notice("2026-03-08 10:12", true)
        .report("2026-03-08 11:00")
        .specialist("何佩蘭")
        .engineer("蔣維舟")
        .installation(installation())
        .authorisation(authorisation())
        .authorisation(Authorisation { id: "a2".into(), ..by_phone() })
        .operation(operation())
        .complaint(complaint())
        .visit(visit())
        .visit(Visit { id: "v2".into(), cooperation: None, ..refused() })
}

/// None was.
fn every_promise_broken() -> Case {
    watched(&[("2026-03-08 10:00", 24)])
        .outage("ups-a", "2026-03-12 03:05", "2026-03-12 04:05")
        .report("2026-03-08 13:00")
        .report("2026-03-12 09:00")
        .credit_request("2026-03-08", "2026-03-20 09:00")
        .specialist("")
        .engineer("")
        .installation(Installation { items: accepted("2026-03-06 10:00", "2026-03-09 10:00"), ..installation() })
        .authorisation(Authorisation { verified: Some(false), written_at: None, ..by_phone() })
        .operation(Operation { report_at: None, ..operation() })
        .operation(Operation { id: "op2".into(), authorisation: None, ..operation() })
        .complaint(Complaint { first_report_at: None, ..complaint() })
        .visit(refused())
}

/// On 20 March at 12:00 every promise is still open.
fn every_promise_open() -> Case {
    let ground = Ground::Network(NetworkGround::CustomerEquipment);
    watched(&[("2026-03-18 10:00", 24), ("2026-03-20 11:50", 2)])
        .exclusion(ground, span("2026-03-18 10:00", "2026-03-18 12:00"), Stance::Claimed)
        .specialist("何佩蘭")
        .engineer("蔣維舟")
        .notice("2026-03-18 10:10", true)
        .installation(Installation { signed_on: "2026-03-18".parse().unwrap(), items: Set::new(), ..installation() })
        .authorisation(Authorisation { at: case::at("2026-03-20 09:00"), written_at: None, ..by_phone() })
        .operation(Operation {
            started_at: on("2026-03-20 09:10"),
            first_feedback_at: on("2026-03-20 09:20"),
            ended_at: None,
            report_at: None,
            ..operation()
        })
        .complaint(Complaint {
            submitted_at: on("2026-03-20 10:00"),
            accepted_at: on("2026-03-20 11:00"),
            first_report_at: None,
            ..complaint()
        })
        .complaint(Complaint { id: "c2".into(), accepted_at: None, first_report_at: None, ..complaint() })
        .visit(Visit {
            notified_at: on("2026-03-20 08:00"),
            expected_entry: on("2026-03-21 10:00"),
            expected_exit: on("2026-03-21 12:00"),
            entered_at: None,
            ..visit()
        })
}

fn verdicts(record: &Record, as_of: &str) -> BTreeSet<Verdict> {
    months::assessed_at(record, as_of).guarantees.iter().map(|own| own.verdict).collect()
}

#[test]
fn a_month_in_which_every_promise_was_kept_reads_as_reviewed() {
    let record = every_promise_kept().record;
    assert_eq!(verdicts(&record, LATER), BTreeSet::from([Verdict::Met]));
    snapshots("every_promise_kept", &record, LATER);
}

#[test]
fn a_month_in_which_every_promise_was_broken_reads_as_reviewed() {
    let record = every_promise_broken().record;
    assert_eq!(verdicts(&record, LATER), BTreeSet::from([Verdict::Breached]));
    snapshots("every_promise_broken", &record, LATER);
}

#[test]
fn a_month_in_which_every_promise_is_open_reads_as_reviewed() {
    let (record, as_of) = (every_promise_open().record, "2026-03-20T12:00:00");
    assert_eq!(verdicts(&record, as_of), BTreeSet::from([Verdict::Undetermined]));
    snapshots("every_promise_open", &record, as_of);
}

#[test]
fn a_contract_alone_reads_as_reviewed() {
    let record = Record { contract: Some(months::contract()), ..Record::default() };
    assert_eq!(verdicts(&record, LATER), BTreeSet::from([Verdict::NotRecorded]));
    snapshots("contract_only", &record, LATER);
}

#[test]
fn the_demo_reads_as_reviewed() {
    let record = sla_statement::demo::files().into_iter().fold(Record::default(), |record, (name, bytes)| {
        let mut reader = Reader::new(&name, Options::default());
        reader.push(&bytes).unwrap();
        record.merge(reader.finish().unwrap().record).unwrap()
    });
    snapshots("demo", &record, LATER);
}

#[test]
fn where_the_two_rules_disagree_the_amount_under_each_is_stated() {
    let record = months::rules_disagree();
    assert!(
        text(&record, LATER, Locale::ZhHant)
            .contains("| 百分比標準 | 不超過 44:38.4（可用率 99.9%） | 44:10 | 尚餘 0:28.4 | ✓ 已達到 | 無 |")
    );
    assert!(
        text(&record, LATER, Locale::En)
            .contains("| Minutes rule | less than 44:00 | 44:10 | 0:10 over | ✗ Breached | ¥3000.00 |")
    );
}

#[test]
fn a_provisional_statement_says_so_on_every_sheet_and_a_final_one_nowhere() {
    for locale in Locale::ALL {
        let provisional = statement(&months::provisional(), "2026-04-02T09:00:00", locale);
        assert_eq!(provisional.running.mark.as_deref(), Some(locale.texts().statement.provisional_mark));
        assert!(provisional.text().contains(locale.texts().statement.closing_provisional));
        let record = months::all_met();
        assert_eq!(months::assessed(&record).status, Status::Final);
        let settled = statement(&record, LATER, locale);
        assert_eq!(settled.running.mark, None);
        assert!(!settled.text().contains(locale.texts().statement.provisional_mark));
    }
}

#[test]
fn amounts_stand_in_figures_and_in_the_capitals_of_the_language() {
    let typical = months::typical();
    assert!(text(&typical, LATER, Locale::ZhHant).contains("| 確定應予減免或退還 | 人民幣叁仟元整（¥3000.00） |"));
    assert!(text(&typical, LATER, Locale::ZhHans).contains("| 确定应予减免或退还 | 人民币叁仟元整（¥3000.00） |"));
    assert!(text(&typical, LATER, Locale::En).contains("| RMB 3000.00 (人民幣叁仟元整) |"));
}

#[test]
fn the_signature_block_is_the_agreements_with_what_is_known_filled_in() {
    let text = text(&months::typical(), LATER, Locale::ZhHant);
    let lines = [
        "本聲明一式二份，甲乙雙方各執一份。",
        "甲方(蓋章): 華辰網絡科技有限公司\n代表人(簽字): 陳立群\n地址: 北京市海淀區中關村南大街5號理工科技大廈1203室\n郵碼: 100081\n\
         聯系電話: 010-6891 2345\n電子郵箱: ops@huachen.example\n____ 年 __ 月 __ 日\n簽訂地點: 北京\n乙方(蓋章): 北京焦點數據中心服務有限公司",
    ];
    for line in lines {
        assert!(text.contains(line), "{line}");
    }
    let blank = crate::text(&months::empty(), LATER, Locale::ZhHant);
    assert!(blank.contains("甲方(蓋章): \n代表人(簽字): \n地址: \n"));
}

#[test]
fn text_from_a_file_cannot_break_or_turn_a_line() {
    let mut record = months::typical();
    record.contract.as_mut().unwrap().customer.name = "A\nB\u{202e}C\u{0}D".to_owned();
    let text = text(&record, LATER, Locale::En);
    assert!(text.contains("| Party A | A B\\u{202e}C\\u{0}D |"), "what hides in a name is shown");
}

#[test]
fn gaps_beyond_the_longest_two_hundred_are_counted() {
    let record = months::gapped(230);
    let statement = statement(&record, LATER, Locale::En);
    let gaps = months::assessed(&record).guarantees[0].measured().unwrap().gaps.clone();
    assert!(gaps.len() > 200);
    let rest = gaps.len() - 200;
    assert!(statement.text().contains(&format!("{rest} shorter times without data")), "{rest}");
    check_sheets(&statement);
}

#[test]
fn a_text_longer_than_a_sheet_is_printed_whole() {
    let mut record = months::typical();
    let evidence: String = (0..4_000).map(|number| format!("{number} ")).collect();
    let lengthened = |(index, mut claim): (usize, Exclusion)| {
        if index == 0 {
            claim.evidence.clone_from(&evidence);
        }
        claim
    };
    let claims = record.exclusions.take().unwrap();
    record.exclusions = Some(claims.into_iter().enumerate().map(lengthened).collect());
    for locale in Locale::ALL {
        let statement = statement(&record, LATER, locale);
        check_sheets(&statement);
        let printed: String = tables(&statement)
            .filter(|table| table.columns[0].head == locale.texts().statement.head_id)
            .flat_map(|table| table.rows().iter().flat_map(|row| row[4].0.clone()))
            .collect();
        assert!(printed.contains(evidence.trim_end()));
    }
}

#[test]
fn charts_of_hundreds_of_targets_fit_their_sheet() {
    let mut case = Case::new();
    case.record.contract = Some(months::contract());
    for port in 0..120 {
        case = case.pings(
            &format!("customer-rack-of-the-northern-hall-behind-the-second-door-{port}"),
            "2026-03",
            &[("2026-03-08 10:00", 2)],
        );
    }
    for locale in Locale::ALL {
        let statement = statement(&case.record, LATER, locale);
        let charts = statement.blocks.iter().filter(|block| matches!(block.content, Content::Chart(_)));
        assert_eq!(charts.count(), 2);
        check_sheets(&statement);
    }
}

#[test]
fn shares_of_columns_add_up_to_the_width_of_the_text() {
    for record in [months::typical(), months::breached(), months::rules_disagree(), months::gapped(3)] {
        let statement = statement(&record, LATER, Locale::En);
        for table in tables(&statement) {
            assert_eq!(table.columns.iter().map(|column| u32::from(column.percent)).sum::<u32>(), 100);
            assert!(table.rows().iter().all(|row| row.len() == table.columns.len()));
        }
    }
}

#[test]
fn the_style_sheet_gives_the_lengths_that_the_sheets_are_cut_by() {
    let css = include_str!("../style/statement.css");
    for (name, length) in sla_statement::statement::pages::LENGTHS {
        let value = format!("{}.{}mm", length / 10, length % 10).replace(".0mm", "mm");
        assert!(css.contains(&format!("--{name}: {value};")), "--{name}: {value}");
    }
    let names = "table[data-form=\"facts\"] th {\n  width: ";
    let percent = css.split_once(names).unwrap().1.split_once('%').unwrap().0;
    assert_eq!(percent.parse(), Ok(sla_statement::statement::FACTS_PERCENT));
}

#[test]
fn the_style_sheet_adds_the_symbol_of_each_verdict() {
    let css = include_str!("../style/statement.css");
    for verdict in
        [Verdict::Met, Verdict::Breached, Verdict::Undetermined, Verdict::NotApplicable, Verdict::NotRecorded]
    {
        let own = format!("[data-verdict=\"{}\"]::after {{\n  content: \"", verdict.as_str());
        let (_, after) =
            css.split_once(&own).or_else(|| css.split_once("[data-verdict]::after {\n  content: \"")).unwrap();
        assert_eq!(after.split('"').next(), Some(sla_statement::statement::wording::symbol(verdict)), "{verdict:?}");
    }
}

#[test]
fn the_style_sheet_sets_every_column_of_figures_flush_right() {
    let css = include_str!("../style/statement.css");
    let records = [every_promise_broken().record, months::rules_disagree(), months::many(60, "port-1")];
    for table in records.iter().map(|record| on_paper(record, Paper::default())).flat_map(|own| own.blocks) {
        let Content::Table(table) = table.content else { continue };
        for (place, _) in (1..).zip(&table.columns).filter(|(_, column)| column.figures) {
            assert!(css.contains(&format!("[data-n*=\"{place}\"] tr > :nth-child({place})")), "column {place}");
        }
    }
}

#[test]
fn figures_and_capitals_stand_together() {
    for fen in [0, 5, 250, 300_000, 140_950, 10_000_003, 999_999_999_999] {
        let amount = Fen::new(fen).unwrap();
        let printed = sla_statement::statement::in_words(amount, Locale::ZhHans);
        assert_eq!(printed, format!("{}（¥{amount}）", capitals(amount, Script::Simplified)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn sheets_hold_every_block_once_and_never_overflow(
        count in 1_i64..200,
        name in "[a-zA-Z0-9 _./-]{1,60}|[一-龥]{1,40}|[W@]{1,120}|[一-龥（）、，。]{1,30} [a-z]{1,30}",
        language in 0_usize..3,
    ) {
        check_sheets(&statement(&months::many(count, name.trim()), LATER, Locale::ALL[language]));
    }
}

fn on_paper(record: &Record, paper: Paper) -> Statement {
    Statement::on(paper, None, record, &months::assessed_at(record, LATER), months::DIGEST, Locale::ZhHant)
}

#[test]
fn on_any_paper_nothing_is_lost_and_no_sheet_overflows() {
    for record in [months::many(60, "A 區 12 櫃 1 號埠"), every_promise_broken().record, months::rules_disagree()] {
        for size in PaperSize::ALL {
            for extent in Extent::ALL {
                for signing in Signing::ALL {
                    let paper = Paper { size: *size, extent: *extent, signing: *signing, ..Paper::default() };
                    let statement = on_paper(&record, paper);
                    check_sheets(&statement);
                    let codes = statement.blocks.iter().filter(|block| matches!(block.content, Content::Check(_)));
                    assert_eq!(codes.count(), 1, "{paper}: the digest in full, once");
                }
            }
        }
    }
}

#[test]
fn a_proposed_reading_stands_before_every_figure_and_marks_every_sheet() {
    let agreed = months::rules_disagree();
    let mut proposed = agreed.clone();
    let policy = &mut proposed.contract.as_mut().unwrap().policy;
    policy.set("net.threshold_rule", &"either".into()).unwrap();
    let agreed = &agreed.contract.as_ref().unwrap().policy;
    let assessment = months::assessed_at(&proposed, LATER);
    let on = |agreed| Statement::on(Paper::default(), agreed, &proposed, &assessment, months::DIGEST, Locale::ZhHant);
    let marked = on(Some(agreed));
    check_sheets(&marked);
    assert_eq!(marked.running.mark.as_deref(), Some("擬議"));
    let text = marked.text();
    let deviates = text.find("net.threshold_rule").expect("the reading that deviates");
    assert!(deviates < text.find("第一條 網絡聯通性保證").unwrap(), "{text}");
    assert_eq!(text.matches("verdict.basis").count(), 1, "what does not deviate stands in its annex only");
    assert_eq!(on(None).running.mark, None);
    assert!(!on(None).text().contains("擬議"));
}

#[test]
fn a_signature_page_of_its_own_says_that_it_holds_nothing_else() {
    let paper = Paper { signing: Signing::OwnPage, ..Paper::default() };
    let text = on_paper(&months::rules_disagree(), paper).text();
    assert!(text.contains("（此頁無正文，為《服務品質月度符合性聲明》（2026年3月）簽署頁）\n甲方(蓋章):"), "{text}");
}

#[test]
fn the_summary_has_every_verdict_and_amount_of_the_full_statement_and_its_digest() {
    let record = every_promise_broken().record;
    let full = on_paper(&record, Paper::default());
    let short = on_paper(&record, Paper { extent: Extent::Summary, ..Paper::default() });
    let text = short.text();
    assert!(short.sheets().len() <= 2, "{} sheets", short.sheets().len());
    assert_eq!(short.running.digest, full.running.digest);
    let verdicts = full.blocks.iter().filter_map(|block| match &block.content {
        Content::Verdict(_, sentence) => sentence.split_once('：'),
        _ => None,
    });
    let mut seen = 0;
    for (article, verdict) in verdicts {
        let verdict = verdict.trim_end_matches('。');
        let line = text.lines().find(|line| line.contains(&format!("| {article} |")));
        assert!(line.is_some_and(|line| line.contains(verdict)), "{article} {verdict} is not in\n{text}");
        seen += 1;
    }
    assert_eq!(seen, 9);
    let owed = |text: &str| text.lines().filter(|line| line.contains('¥')).map(str::to_owned).collect::<Vec<_>>();
    let remedies: Vec<String> = owed(&text);
    let all = owed(&full.text());
    assert!(!remedies.is_empty() && remedies.iter().all(|line| all.contains(line)), "{remedies:?}\n{all:?}");
}

fn tables(statement: &Statement) -> impl Iterator<Item = &sla_statement::statement::Table> {
    statement.blocks.iter().filter_map(|block| match &block.content {
        Content::Table(table) => Some(table),
        _ => None,
    })
}

/// All that must hold of any statement.
fn check_sheets(statement: &Statement) {
    let sheets = statement.sheets();
    check_order(&statement.blocks, &sheets);
    for sheet in &sheets {
        let used = height(sheet, &statement.blocks);
        let room = capacity(statement.paper.size);
        assert!(used > 0 && used <= room, "a sheet holds {used} of {room}");
        let last = sheet.pieces.last().unwrap();
        let block = &statement.blocks[last.block()];
        assert!(!block.heads(), "a heading stands alone at the foot of a sheet: {:?}", block.content);
    }
    let signed: Vec<&Sheet> = sheets.iter().filter(|sheet| signatures_at(sheet, &statement.blocks).is_some()).collect();
    assert_eq!(signed.len(), 1, "the signature block stands on one sheet");
    let place = signatures_at(signed[0], &statement.blocks).unwrap();
    let before: Vec<&Content> =
        signed[0].pieces[..place].iter().map(|piece| &statement.blocks[piece.block()].content).collect();
    if statement.paper.signing == Signing::OwnPage {
        assert_eq!(signed[0].pieces.len(), 2, "on the signature page: that it holds nothing else, and the signatures");
        assert!(matches!(before[..], [Content::Paragraph(_)]), "{before:?}");
        return;
    }
    assert!(before.iter().any(|content| matches!(content, Content::Paragraph(_))), "with the closing sentence");
    assert!(
        before.iter().any(|content| matches!(content, Content::Table(table) if table.form == Form::Facts)),
        "with the amounts"
    );
}

fn signatures_at(sheet: &Sheet, blocks: &[Block]) -> Option<usize> {
    sheet.pieces.iter().position(|piece| matches!(blocks[piece.block()].content, Content::Signatures(_)))
}

/// Each block stands once and in order, each row of a table on one sheet.
fn check_order(blocks: &[Block], sheets: &[Sheet]) {
    let place = |piece: &Piece| match piece {
        Piece::Whole(block) => vec![(*block, 0)],
        Piece::Rows { block, rows } => rows.clone().map(|row| (*block, row)).collect(),
    };
    let placed: Vec<(usize, usize)> = sheets.iter().flat_map(|sheet| &sheet.pieces).flat_map(place).collect();
    let expected = blocks.iter().enumerate().flat_map(|(at, block)| match &block.content {
        Content::NewSheet => Vec::new(),
        Content::Table(table) => (0..table.rows().len()).map(|row| (at, row)).collect(),
        _ => vec![(at, 0)],
    });
    assert_eq!(placed, expected.collect::<Vec<_>>());
}

#[test]
fn round_trip_times_are_drawn_in_full_only_and_so_many_at_most() {
    let without = months::typical();
    let mut with = without.clone();
    let period = span("2026-03-01T00:00:00", "2026-04-01T00:00:00");
    let series = Series::default();
    for port in 0..14 {
        let mut own = series.clone();
        (0..744).for_each(|hour| own.note_latency(period.start().plus(hour * 3_600_000), 2_000));
        own.settle();
        with.series.insert(SeriesKey { target: format!("port-{port:02}"), ..SeriesKey::default() }, own);
    }
    // One of which something is known before and after the month only.
    let mut beside = series.clone();
    [period.start().plus(-1), period.end()].into_iter().for_each(|at| beside.note_latency(at, 1_000));
    beside.settle();
    with.series.insert(SeriesKey { target: "beside".to_owned(), ..SeriesKey::default() }, beside);
    let drawn = |statement: &Statement| {
        let charts = statement.blocks.iter().filter(
            |own| matches!(&own.content, Content::Chart(own) if own.name == "latency-days" && own.title.contains("最長 2 ms")),
        );
        charts.count()
    };
    let full = on_paper(&with, Paper::default());
    assert_eq!(drawn(&full), 12);
    assert!(full.text().contains("另有 2 個端口之往返時間"), "it says how many more there are");
    for size in PaperSize::ALL {
        let statement = on_paper(&with, Paper { size: *size, ..Paper::default() });
        check_sheets(&statement);
    }
    assert_eq!(drawn(&on_paper(&with, Paper { extent: Extent::Summary, ..Paper::default() })), 0);
    assert_eq!(drawn(&on_paper(&without, Paper::default())), 0);
}
