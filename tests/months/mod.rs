//! Months of one contract, made by hand, for tests of what is written about them.
#![allow(clippy::unwrap_used, clippy::expect_used, dead_code)]

use sla_statement::sorted::{Map, Set};

use sla_statement::assess::{Assessment, Question, assess};
use sla_statement::contract::{Contract, Party, ServiceClass, Term};
use sla_statement::record::{
    Consent, Digest, Entries, Exclusion, ForceMajeure, Ground, Maintenance, NetworkGround, Origin, OutageCoverage,
    OutageEvent, OutageReport, PowerSource, Record, Role, Source, Stance, Target,
};
use sla_statement::time::{Instant, Interval, MINUTE_MS};

pub const DIGEST: &str = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

pub fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(&format!("{text}+08:00")).unwrap()
}

fn span(start: &str, end: &str) -> Interval {
    Interval::new(at(start), at(end)).unwrap()
}

/// The month as it stands on 20 April 2026.
pub fn assessed(record: &Record) -> Assessment {
    assessed_at(record, "2026-04-20T09:00:00")
}

pub fn assessed_at(record: &Record, as_of: &str) -> Assessment {
    assess(record, Question { month: "2026-03".parse().unwrap(), as_of: at(as_of) }).unwrap()
}

pub fn contract() -> Contract {
    let day = |text: &str| text.parse().unwrap();
    Contract {
        id: Some("HC-2026-0042".to_owned()),
        term: Some(Term { first_day: day("2026-01-01"), last_day: day("2026-12-31") }),
        service_class: Some(ServiceClass::Colocation),
        customer: Party {
            name: "華辰網絡科技有限公司".to_owned(),
            representative: "陳立群".to_owned(),
            address: "北京市海淀區中關村南大街5號理工科技大廈1203室".to_owned(),
            postal_code: "100081".to_owned(),
            telephone: "010-6891 2345".to_owned(),
            email: "ops@huachen.example".to_owned(),
        },
        provider: Party {
            name: "北京焦點數據中心服務有限公司".to_owned(),
            representative: "周文博".to_owned(),
            address: "北京市豐臺區科學城海鷹路6號院".to_owned(),
            postal_code: "100070".to_owned(),
            telephone: "010-8371 0000".to_owned(),
            email: "service@jiaodian.example".to_owned(),
        },
        place_of_signing: Some("北京".to_owned()),
        monthly_rent: Some("3000.00".parse().unwrap()),
        ..Contract::default()
    }
}

/// A contract, one port and both sources of power, and lists of outages that are said to be complete.
pub fn all_met() -> Record {
    let target = |role, label: &str| Target { role, label: label.to_owned() };
    Record {
        contract: Some(contract()),
        targets: Map::from([
            ("port-1".to_owned(), target(Role::Network, "一號機柜上聯端口")),
            ("mains-a".to_owned(), target(Role::Power(PowerSource::Mains), "")),
            ("ups-a".to_owned(), target(Role::Power(PowerSource::Ups), "")),
        ]),
        outages: Some(Entries::from([
            outage("o1", "port-1", "2026-03-08T10:00:00", Some("2026-03-08T10:12:30")),
            outage("p1", "mains-a", "2026-03-10T03:00:00", Some("2026-03-10T03:20:00")),
            outage("p2", "ups-a", "2026-03-12T03:00:00", Some("2026-03-12T03:00:40")),
        ])),
        outage_reports: Some(Entries::from([report("r1", "2026-03-08T11:00:00", "o1")])),
        sources: Map::from([source(1, "outages.json", "sla-export/1", 4_711, 6, 0)]),
        ..Record::default()
    }
}

/// Six outages of the network: counted, maintained, claimed, unreported, over midnight; the month is breached.
pub fn typical() -> Record {
    let mut record = all_met();
    let outages = record.outages.as_mut().unwrap();
    outages.extend([
        outage("o2", "port-1", "2026-03-11T01:00:00", Some("2026-03-11T02:30:00")),
        outage("o3", "port-1", "2026-03-14T14:00:00", Some("2026-03-14T14:25:00")),
        outage("o4", "port-1", "2026-03-17T09:00:00", Some("2026-03-17T09:40:00")),
        outage("o5", "port-1", "2026-03-20T23:40:00", Some("2026-03-21T00:30:00")),
        outage("o6", "port-1", "2026-03-26T12:00:00", Some("2026-03-26T12:01:00")),
    ]);
    record.outage_reports.as_mut().unwrap().extend([
        report("r2", "2026-03-11T09:00:00", "o2"),
        report("r3", "2026-03-14T14:10:00", "o3"),
        report("r5", "2026-03-21T08:00:00", "o5"),
        report("r6", "2026-03-26T12:05:00", "o6"),
    ]);
    record.maintenance = Some(Entries::from([Maintenance {
        span: span("2026-03-11T01:00:00", "2026-03-11T02:00:00"),
        id: "m1".to_owned(),
        targets: Set::from(["port-1".to_owned()]),
        work: "更換匯聚交換機".to_owned(),
        consent: Some(Consent {
            at: at("2026-03-09T16:00:00"), by: "陳立群".to_owned(), form: "written".to_owned()
        }),
        stance: Stance::Agreed,
        origin: Origin::default(),
    }]));
    record.exclusions = Some(Entries::from([
        exclusion(
            "x1",
            "2026-03-14T14:00:00",
            "2026-03-14T14:25:00",
            NetworkGround::CustomerEquipment,
            Stance::Claimed,
        ),
        exclusion(
            "x2",
            "2026-03-20T23:40:00",
            "2026-03-20T23:45:00",
            NetworkGround::ForceMajeure(ForceMajeure::SabotageOrChinaNetWorks),
            Stance::Rejected,
        ),
    ]));
    record.sources.extend([source(2, "pings-2026-03.csv.gz", "samples-csv", 182_044, 17_852, 3)]);
    record
}

/// An outage of two hours and a half, reported in time.
pub fn breached() -> Record {
    let mut record = all_met();
    record.outages.as_mut().unwrap().insert(outage("o2", "port-1", "2026-03-15T02:00:00", Some("2026-03-15T04:30:07")));
    record.outage_reports.as_mut().unwrap().insert(report("r2", "2026-03-15T09:00:00", "o2"));
    let contract = record.contract.as_mut().unwrap();
    contract.policy.set("denominator", &"minus_exclusions".into()).unwrap();
    contract.terms.network_minutes = 40;
    record
}

/// A long outage at the end of the month that nobody reported yet; assess it on 2 April.
pub fn provisional() -> Record {
    let mut record = all_met();
    record.outages.as_mut().unwrap().insert(outage("o2", "port-1", "2026-03-31T20:00:00", Some("2026-03-31T21:30:00")));
    record
}

/// Nothing but a port's name.
pub fn empty() -> Record {
    let port = Target { role: Role::Network, label: String::new() };
    Record { targets: Map::from([("port-1".to_owned(), port)]), ..Record::default() }
}

/// Outages of an hour apart, each named by `name` and its number.
pub fn many(count: i64, name: &str) -> Record {
    let mut record = all_met();
    record.targets.insert(name.to_owned(), Target { role: Role::Network, label: name.to_owned() });
    let start = at("2026-03-02T00:00:00");
    let event = |number: i64| OutageEvent {
        start: start.plus(number * 180 * MINUTE_MS),
        end: Some(start.plus((number * 180 + 3) * MINUTE_MS)),
        target: name.to_owned(),
        id: format!("{name}{number}"),
        precision_ms: 1_500,
        origin: Origin::default(),
    };
    record.outages = Some((0..count).map(event).collect());
    let contract = record.contract.as_mut().unwrap();
    for party in [&mut contract.customer, &mut contract.provider] {
        party.name = name.to_owned();
        party.address = format!("{name} {name}");
    }
    contract.id = Some(name.to_owned());
    record.sources.extend((2..40).map(|number| source(number, name, name, 1 << number, 123_456_789, 12_345)));
    record
}

fn outage(id: &str, target: &str, start: &str, end: Option<&str>) -> OutageEvent {
    OutageEvent {
        start: at(start),
        end: end.map(at),
        target: target.to_owned(),
        id: id.to_owned(),
        precision_ms: 0,
        origin: Origin::default(),
    }
}

fn report(id: &str, when: &str, outage: &str) -> OutageReport {
    OutageReport {
        at: at(when),
        id: id.to_owned(),
        by: "陳立群".to_owned(),
        channel: "telephone".to_owned(),
        outage: Some(outage.to_owned()),
        span: None,
        origin: Origin::default(),
    }
}

fn exclusion(id: &str, start: &str, end: &str, ground: NetworkGround, stance: Stance) -> Exclusion {
    Exclusion {
        span: span(start, end),
        id: id.to_owned(),
        ground: Ground::Network(ground),
        targets: Set::new(),
        evidence: "工單 20260314-07 及現場照片".to_owned(),
        stance,
        origin: Origin::default(),
    }
}

fn source(number: u8, name: &str, format: &str, bytes: u64, accepted: u64, rejected: u64) -> (Digest, Source) {
    let source =
        Source { name: name.to_owned(), format: format.to_owned(), bytes, accepted, rejected, ..Source::default() };
    (Digest::new([number; 32]), source)
}

/// 44:10 of 31 days: too long in minutes, not in percent.
pub fn rules_disagree() -> Record {
    let mut record = all_met();
    let long = outage("o1", "port-1", "2026-03-08T10:00:00", Some("2026-03-08T10:44:10"));
    record.outages = Some(Entries::from([long]));
    record
}

/// One port, watched in so many pieces of two hours each, with time in between of which nothing is known.
pub fn gapped(pieces: i64) -> Record {
    let mut record = all_met();
    let start = at("2026-03-01T00:00:00");
    let piece = |number: i64| OutageCoverage {
        target: "port-1".to_owned(),
        span: Interval::new(start.plus(number * 180 * MINUTE_MS), start.plus((number * 180 + 120) * MINUTE_MS))
            .unwrap(),
        origin: Origin::default(),
    };
    record.outage_coverage = Some((0..pieces).map(piece).collect());
    record
}
