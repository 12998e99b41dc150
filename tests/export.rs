//! A case written as `sla-export/1` and read again is the same case.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test says what went wrong by failing")]

mod case;
mod months;

use std::path::Path;

use case::{Case, at, guarantee};
use proptest::prelude::*;
use sla_statement::assess::{Article, Assessment, Conduct, Fact, Flag, Question, assess};
use sla_statement::import::{Imported, Options, Reader, join};
use sla_statement::record::{
    Application, Check, Evidence, ForceMajeure, Ground, Identified, NetworkGround, Origin, PowerSource, Record, Role,
    Sample, SampleState, Section, SeriesKey, Stance, Target,
};
use sla_statement::statement::sla_export::sla_export;
use sla_statement::time::{BusinessCalendar, Instant, LocalMonth};

fn read(bytes: &[u8]) -> Imported {
    let mut reader =
        Reader::new("export.json", Options { zone: Some("Asia/Shanghai".parse().unwrap()), ..Options::default() });
    let read = reader.push(bytes).and_then(|()| reader.finish());
    read.unwrap_or_else(|refusal| panic!("{:?}\n{}", refusal.diagnostics, String::from_utf8_lossy(bytes)))
}

fn again(record: &Record) -> Record {
    let case = join([read(sla_export(record).unwrap().as_bytes()).record]).expect("one case");
    assert!(case.unresolved.is_empty(), "{:?}", case.unresolved);
    case.record
}

/// The record without what the format cannot say: where an entry stands, the files, what was said twice, that what a
/// target is was guessed, what a mapping left out, and what enters no figure.
fn sayable(record: &Record) -> Record {
    let mut own = record.clone();
    own.sources = Default::default();
    own.manifests = Default::default();
    own.signatures = Default::default();
    own.mapping = Default::default();
    own.ignored = Default::default();
    own.reported = Default::default();
    own.traffic = Default::default();
    macro_rules! placeless {
        ($($section:ident),+) => { $(own.$section = own.$section.map(|entries| {
            entries.into_iter().map(|mut entry| { entry.origin = Origin::default(); entry }).collect()
        });)+ };
    }
    placeless!(
        outages,
        outage_coverage,
        maintenance,
        exclusions,
        outage_reports,
        notices,
        credit_requests,
        installations,
        authorisations,
        operations,
        complaints,
        visits
    );
    own
}

fn samples(record: &Record) -> Vec<(SeriesKey, Vec<Sample>, Vec<Instant>)> {
    let series = record.series.iter();
    let unnamed = |key: &SeriesKey| SeriesKey { system: String::new(), ..key.clone() };
    series.map(|(key, series)| (unnamed(key), series.samples().collect(), series.conflicts().to_vec())).collect()
}

fn assessed(record: &Record, of: LocalMonth) -> Option<Assessment> {
    assess(record, Question { month: of, as_of: at("2029-01-01 00:00") }).ok()
}

/// Everything but what rests on the files themselves: flags of times that happened twice, of secrets and of signatures.
fn figures(record: &Record, of: LocalMonth) -> Option<Assessment> {
    let mut own = assessed(record, of)?;
    let of_files = [Flag::AmbiguousLocalTime, Flag::SecretDropped, Flag::SourceUnsigned, Flag::SourceDigestMismatch];
    own.flags.retain(|flag| !of_files.contains(flag));
    own.guarantees.iter_mut().for_each(|own| own.flags.retain(|flag| !of_files.contains(flag)));
    own.provenance = Default::default();
    own.cross_checks.clear();
    for own in &mut own.guarantees {
        let Conduct::Measured(measured) = &mut own.conduct else { continue };
        measured.compared.iter_mut().for_each(|own| own.source.system.clear());
        measured.mismatches.iter_mut().for_each(|own| own.source.system.clear());
        for own in &mut measured.would_change {
            if let Fact::Source(source) = &mut own.fact {
                source.system.clear();
            }
        }
    }
    Some(own)
}

/// The laws: what is read again is the same record as far as the format goes, assessed the same, and written the same.
fn assert_carried(record: &Record, months: &[LocalMonth]) {
    let text = sla_export(record).unwrap();
    let read = again(record);
    assert_eq!(sla_export(&read).as_ref(), Some(&text), "the same bytes");
    let (mut own, mut other) = (sayable(record), sayable(&read));
    if record.series.keys().all(|key| !matches!(key.check, Check::Guessed(_))) {
        assert_eq!(samples(&own), samples(&other));
    }
    own.series = Default::default();
    other.series = Default::default();
    assert_eq!(own, other);
    for month in months {
        assert_eq!(figures(record, *month), figures(&read, *month), "{month}\n{text}");
    }
}

fn months_of(record: &Record) -> Vec<LocalMonth> {
    let zone = record.contract.as_ref().map(|contract| contract.time_zone).unwrap_or_default();
    let Some(span) = record.span() else { return vec!["2026-03".parse().unwrap()] };
    let (first, last) = (LocalMonth::of(zone.day(span.start())), LocalMonth::of(zone.day(span.end())));
    [first, first.next(), last].into_iter().collect()
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn every_sample_file_that_can_be_read_comes_through_unchanged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let mut seen = 0;
    for file in files_below(&folder).into_iter().filter(|file| !file.starts_with(folder.join("invalid"))) {
        let mut reader =
            Reader::new("x", Options { zone: Some("Asia/Shanghai".parse().unwrap()), ..Options::default() });
        let Ok(imported) = reader.push(&std::fs::read(&file).unwrap()).and_then(|()| reader.finish()) else { continue };
        let case = join([imported.record]).unwrap();
        if !case.unresolved.is_empty() {
            continue;
        }
        println!("{}", file.display());
        assert_carried(&case.record, &months_of(&case.record));
        seen += 1;
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn the_demo_and_months_made_by_hand_come_through_unchanged() {
    let files = sla_statement::demo::files().into_iter().map(|(_, bytes)| read(&bytes).record);
    let demo = join(files).unwrap().record;
    let march = ["2026-02", "2026-03", "2026-04"].map(|month| month.parse().unwrap());
    assert_carried(&demo, &march);
    for mut record in [months::typical(), months::breached(), months::provisional(), months::empty()] {
        record.sources = Default::default();
        assert_carried(&record, &march);
    }
}

#[test]
fn what_was_put_back_from_changes_is_not_called_single_probes() {
    let log = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/nagios-log/march.log")).unwrap();
    let file = read(&log);
    assert_eq!(file.record.sources.values().next().unwrap().evidence, Evidence::Rebuilt);
    let again = again(&join([file.record]).unwrap().record);
    let evidence: Vec<Evidence> = again.sources.values().map(|source| source.evidence).collect();
    assert_eq!(evidence, [Evidence::Declared]);
}

#[test]
fn a_target_that_two_systems_watch_is_not_exported() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let files = ["gatus/statuses.json", "prometheus/range.json"].map(|name| std::fs::read(folder.join(name)).unwrap());
    let records = files.map(|bytes| {
        let mut record = read(&bytes).record;
        let series = std::mem::take(&mut record.series);
        record.series =
            series.into_iter().map(|(key, own)| (SeriesKey { target: "port-1".into(), ..key }, own)).collect();
        record
    });
    assert!(records.iter().all(|record| sla_export(record).is_some()));
    assert_eq!(sla_export(&join(records).unwrap().record), None);
}

#[test]
fn a_guessed_target_keeps_its_series_apart() {
    let key = |check, vantage: &str| SeriesKey {
        target: "site".into(),
        check,
        vantage: vantage.into(),
        ..SeriesKey::default()
    };
    for declared in [None, Some(Role::Network), Some(Role::Application(Application::Www))] {
        let mut case = Case::new();
        if let Some(role) = declared {
            case.record.targets.insert("site".into(), Target { role, label: String::new() });
        }
        for (key, down) in [(key(Check::Ping, ""), 10), (key(Check::Guessed(Application::Www), ""), 20)] {
            let series = case.record.series.of(key);
            for step in 0..=31 * 288 {
                let state = if (down..down + 12).contains(&step) { SampleState::Down } else { SampleState::Up };
                series.push(Sample { at: at("2026-03-01 00:00").plus(step * 300_000), state });
            }
        }
        let march = "2026-03".parse().unwrap();
        let read = again(&case.record);
        assert_eq!(read.series.len(), 2, "{declared:?}");
        let downtime = |record: &Record| {
            let own = guarantee(&assessed(record, march).unwrap(), Article::Network);
            own.measured().map(|own| (own.downtime, own.known_ms))
        };
        assert_eq!(downtime(&case.record), downtime(&read), "{declared:?}");
    }
}

/// Samples of any state, at even and uneven times, some of them twice.
fn series() -> impl Strategy<Value = Vec<(i64, SampleState)>> {
    let state = prop_oneof![
        6 => Just(SampleState::Up),
        3 => Just(SampleState::Down),
        1 => Just(SampleState::Unknown),
    ];
    let step = prop_oneof![8 => Just(300_000_i64), 2 => Just(600_000), 1 => 1_i64..700_000, 1 => Just(0)];
    proptest::collection::vec((step, state), 0..60)
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["port-1", "機房 A", "a\"b\\\\c", "\u{202e}x", "=1+1"]
}

fn instant() -> impl Strategy<Value = Instant> {
    (0_i64..31 * 86_400_000).prop_map(|ms| at("2026-03-01 00:00").plus(ms))
}

prop_compose! {
    fn records()(
        all in proptest::collection::vec((name(), prop_oneof![Just(Check::Ping), Just(Check::Www), Just(Check::Mains), Just(Check::Ups)], prop_oneof!["", "bj"], instant(), series()), 0..5),
        outages in proptest::option::of(proptest::collection::vec((name(), instant(), 1_i64..90_000_000, any::<bool>(), 0_i64..5), 0..6)),
        windows in proptest::option::of(proptest::collection::vec((instant(), 1_i64..90_000_000, 0_u8..3, 0_u8..3), 0..5)),
        reports in proptest::option::of(proptest::collection::vec(instant(), 0..4)),
        weekend in proptest::option::of(proptest::collection::vec(1_u8..=7, 0..3)),
        rent in proptest::option::of(0_i64..10_000_000),
        quorum in prop_oneof!["all", "any", "2"],
    ) -> Record {
        let mut case = Case::new().power("mains", PowerSource::Mains).network("port-1").policy("vantage.quorum", &quorum);
        let contract = case.contract();
        contract.id = Some("HC-1".into());
        contract.monthly_rent = rent.map(|fen| format!("{}.{:02}", fen / 100, fen % 100).parse().unwrap());
        for (target, check, vantage, start, samples) in all {
            let key = SeriesKey { target, check, vantage, ..SeriesKey::default() };
            let series = case.record.series.of(key);
            let mut at = start;
            for (step, state) in samples {
                at = at.plus(step);
                series.push(Sample { at, state });
            }
            series.settle();
        }
        case.record.series.retain(|_, series| !series.is_empty());
        let stances = [Stance::Agreed, Stance::Claimed, Stance::Rejected];
        let mut record = case.record;
        record.calendar = weekend.map(|days| {
            let years = [sla_statement::time::WrittenYear { name: "2026".into(), off: vec!["03-01/03-04".into(), "03-09".into()], work: vec!["03-14".into()] }];
            BusinessCalendar::new("own".into(), Some(days), &years).unwrap()
        });
        record.outages = outages.map(|all| all.into_iter().enumerate().map(|(index, (target, start, ms, open, precision))| {
            sla_statement::record::OutageEvent {
                start, end: (!open).then(|| start.plus(ms)), target, id: format!("o{index}"),
                precision_ms: precision * 1_000, origin: Origin::default(),
            }
        }).collect());
        record.exclusions = windows.clone().map(|all| all.into_iter().enumerate().map(|(index, (start, ms, ground, stance))| {
            let ground = [NetworkGround::CustomerEquipment, NetworkGround::OtherCustomerCause, NetworkGround::ForceMajeure(ForceMajeure::ALL[usize::from(stance)])][usize::from(ground)];
            sla_statement::record::Exclusion {
                span: sla_statement::time::Interval::new(start, start.plus(ms)).unwrap(), id: format!("x{index}"),
                ground: Ground::Network(ground), targets: [].into(), evidence: "照片".into(),
                stance: stances[usize::from(stance)], origin: Origin::default(),
            }
        }).collect());
        record.maintenance = windows.map(|all| all.into_iter().enumerate().map(|(index, (start, ms, consent, stance))| {
            sla_statement::record::Maintenance {
                span: sla_statement::time::Interval::new(start, start.plus(ms)).unwrap(), id: format!("m{index}"),
                targets: if consent == 0 { ["port-1".to_owned()].into() } else { [].into() }, work: "switch".into(),
                consent: (consent > 0).then(|| sla_statement::record::Consent { at: start, by: "Li".into(), form: String::new() }),
                stance: stances[usize::from(stance)], origin: Origin::default(),
            }
        }).collect());
        record.outage_reports = reports.map(|all| all.into_iter().enumerate().map(|(index, at)| {
            sla_statement::record::OutageReport {
                at, id: format!("r{index}"), by: "Li".into(), channel: "telephone".into(), outage: None,
                span: (index % 2 == 0).then(|| sla_statement::time::Interval::new(at.plus(-60_000), at).unwrap()), origin: Origin::default(),
            }
        }).collect());
        record
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_written_and_read_again_is_the_same_case(record in records()) {
        assert_carried(&record, &["2026-03".parse().unwrap(), "2026-04".parse().unwrap()]);
    }
}

/// Ids are what reports and operations refer to: each section keeps them, in the order of the record.
#[test]
fn ids_stay() {
    fn ids<T: Identified>(section: &Section<T>) -> Vec<String> {
        section.iter().flatten().map(|own| own.id().to_owned()).collect()
    }
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/sla-export/1/full.json");
    let full = read(&std::fs::read(full).unwrap()).record;
    let other = again(&full);
    assert_eq!(ids(&full.outages), ids(&other.outages));
    assert_eq!(ids(&full.visits), ids(&other.visits));
    assert_eq!(full.contract, other.contract);
    assert_eq!(full.calendar, other.calendar);
}
