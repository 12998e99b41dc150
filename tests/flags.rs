//! Every flag: a month in which the result bears it, and one beside it, as like as can be, in which it does not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::float_arithmetic)]

mod case;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use case::single_cases::{by_phone, installation, on};
use case::{Case, examples, span};
use serde_json::Value;
use sla_statement::assess::{Assessment, Flag, Question, assess};
use sla_statement::import::{Options, Reader, join};
use sla_statement::record::{
    Authorisation, Exclusion, ForceMajeure, Ground, Installation, NetworkGround, PowerGround, Record, Stance,
};
use sla_statement::sorted::Set;
use sla_statement::statement::result::ResultDocument;

/// A month, and what is known of it.
struct Month {
    record: Record,
    month: &'static str,
    as_of: &'static str,
}

impl Month {
    fn assess(&self) -> Assessment {
        let question = Question { month: case::month(self.month), as_of: case::at(self.as_of) };
        assess(&self.record, question).expect("a month that can be assessed")
    }

    /// Flags as they stand in the result, at the top and at each guarantee.
    fn flags(&self) -> BTreeSet<String> {
        let text = ResultDocument::new(&self.record, &self.assess()).text();
        let result: Value = serde_json::from_str(&text).expect("the result is JSON");
        let guarantees = result["guarantees"].as_array().expect("guarantees").iter();
        let lists = guarantees.chain([&result]).map(|own| own["flags"].as_array().expect("a list of flags").clone());
        lists.flatten().map(|flag| flag.as_str().expect("a name").to_owned()).collect()
    }
}

/// March 2026, long after.
fn march(case: Case) -> Month {
    Month { record: case.record, month: "2026-03", as_of: "2029-01-01 00:00" }
}

/// With the flag and without it.
#[allow(clippy::too_many_lines, reason = "one entry a flag")]
fn months(flag: Flag) -> [Month; 2] {
    let pair = |with: Case, without: Case| [march(with), march(without)];
    match flag {
        Flag::RuleDisagreement => pair(down_for("10:44:00"), down_for("10:43:59")),
        Flag::SamplingSensitive => pair(failing(8), failing(4)),
        Flag::MonitoringGap => pair(lost_ping(), lost_ping().sample("port-1", "2026-03-10 02:04", true)),
        Flag::LowCoverage => pair(unwatched_until("09:30"), unwatched_until("09:25")),
        Flag::SensitiveToSingleFailures => pair(singles(5), singles(4)),
        Flag::DisputedExclusion => pair(customers_fault(Stance::Claimed), customers_fault(Stance::Agreed)),
        Flag::ReportWindowOpen => ["2026-04-07 23:59:59", "2026-04-08 00:00:00"].map(|as_of| {
            let case = Case::new().reports().outage("port-1", "2026-03-30 10:00", "2026-03-30 10:50");
            Month { as_of, ..march(case) }
        }),
        Flag::ReportAnchorMatters => pair(reported_from("2026-03-09 12:00"), reported_from("2026-03-08 12:00")),
        Flag::HolidayRollMatters => pair(reported("2026-03-09 00:00"), reported("2026-03-08 23:59:59")),
        Flag::ProviderKnew => pair(told_unreported("11:15:00"), told_unreported("11:15:01")),
        Flag::BlackoutAsFm => {
            let claim = |category| {
                let ground = Ground::Power(PowerGround::ForceMajeure(category));
                examples::blackout(None).exclusion(
                    ground,
                    span("2026-03-10 02:00", "2026-03-10 05:00"),
                    Stance::Claimed,
                )
            };
            pair(claim(ForceMajeure::WarStrikeBlackout), claim(ForceMajeure::NaturalDisaster))
        }
        Flag::ConsentAfterStart => pair(consented("02:00:01"), consented("02:00:00")),
        Flag::PartialMonth => {
            let from = |first| down_for("10:10:00").term(first, "2027-02-28");
            pair(from("2026-03-02"), from("2026-03-01"))
        }
        Flag::ClockSkew => pair(seen_twice("2026-03-12 11:00"), seen_twice("2026-03-12 10:00")),
        Flag::ProbeMismatch => pair(listed("2026-03-12 02:00"), listed("2026-03-10 02:00")),
        Flag::AmbiguousLocalTime => ["01:30", "02:30"].map(|local| Month {
            record: read(&format!("time,status\n2026-11-01 {local},up\n")),
            month: "2026-11",
            ..march(Case::new())
        }),
        Flag::CalendarMissing => ["2026-12-30", "2026-12-25"].map(|signed_on| {
            let entry = Installation { signed_on: signed_on.parse().expect("a day"), ..installation() };
            let entry = Installation { items: Set::new(), ..entry };
            Month { month: "2026-12", ..march(Case::new().installation(entry)) }
        }),
        Flag::UnrequestedCredit => {
            pair(failing(2).notices(), failing(2).notices().credit_request("2026-03-10", "2026-03-12 09:00"))
        }
        Flag::CapApplied => pair(lapses(31), lapses(30)),
        Flag::ContactStale => {
            let contact = |faulty| failing(2).contact(None, None, faulty).notice("2026-03-10 02:10", false);
            pair(contact(true), contact(false))
        }
        Flag::AuthDeficient => {
            let written = |local| Authorisation { written_at: on(local), ..by_phone() };
            let case = |entry| Case::new().signer("Li", None, None).authorisation(entry);
            pair(case(written("2026-03-11 10:00:01")), case(written("2026-03-11 10:00:00")))
        }
        Flag::SecretDropped => ["password", "passage"].map(|column| Month {
            record: read(&format!("time,status,{column}\n2026-11-01 00:00,up,x\n")),
            month: "2026-11",
            ..march(Case::new())
        }),
        Flag::TermDatesOdd => {
            let until = |last| down_for("10:10:00").term("2026-01-01", last);
            pair(until("2027-01-02"), until("2027-01-01"))
        }
        Flag::ChinaNetFault => {
            pair(major(ForceMajeure::SabotageOrChinaNetWorks, "log"), major(ForceMajeure::UnlawfulThirdParty, "log"))
        }
        Flag::EvidenceMissing => {
            pair(major(ForceMajeure::NaturalDisaster, " "), major(ForceMajeure::NaturalDisaster, "log"))
        }
        Flag::SourceUnsigned => {
            let files = ["contract.json", "pings.csv", "pings.csv.minisig"];
            [signed(&files[..2], ""), signed(&files, "")]
        }
        Flag::SourceDigestMismatch => {
            let files = ["contract.json", "pings.csv", "power.csv", "SHA256SUMS"];
            [signed(&files, "2026-03-01T03:00:00+08:00,port-1,down,\n"), signed(&files, "")]
        }
    }
}

#[test]
fn every_flag_is_raised_where_it_holds_and_not_beside_it() {
    for flag in Flag::ALL {
        let ([with, without], name) = (months(*flag), flag.as_str());
        assert!(with.flags().contains(name), "{name} is not among {:?}", with.flags());
        assert!(!without.flags().contains(name), "{name} is raised beside its case too");
    }
}

/// Down on 10 March from 10:00:00 until this time.
fn down_for(until: &str) -> Case {
    Case::new().outage("port-1", "2026-03-10 10:00:00", &format!("2026-03-10 {until}"))
}

/// So many failed pings from 02:00 on 10 March on.
fn failing(count: u32) -> Case {
    Case::new().rent("3000.00").pings("port-1", "2026-03", &[("2026-03-10 02:00", count)])
}

/// The ping of 02:05 was not taken.
fn lost_ping() -> Case {
    unwatched_until("02:10")
}

/// No pings on 10 March between 02:00 and this time.
fn unwatched_until(until: &str) -> Case {
    let gap = span("2026-03-10 02:00", &format!("2026-03-10 {until}"));
    Case::new().pings("port-1", "2026-03", &[]).without_samples("port-1", gap)
}

/// Single failures on so many days; the bounds decide.
fn singles(count: usize) -> Case {
    let starts: Vec<String> = (10..).take(count).map(|day| format!("2026-03-{day} 02:00")).collect();
    let failures: Vec<(&str, u32)> = starts.iter().map(|start| (start.as_str(), 1)).collect();
    examples::bounds().pings("port-1", "2026-03", &failures)
}

fn customers_fault(stance: Stance) -> Case {
    let ground = Ground::Network(NetworkGround::CustomerEquipment);
    down_for("10:30:00").exclusion(ground, span("2026-03-10 10:00", "2026-03-10 10:30"), stance)
}

/// An outage over midnight of the 3rd, reported then; days are not rolled.
fn reported_from(local: &str) -> Case {
    let case = Case::new().policy("report.holiday_roll", "false");
    case.outage("port-1", "2026-03-03 23:00", "2026-03-04 01:00").report(local)
}

/// An outage of the 3rd, whose fifth day is Sunday the 8th, reported then.
fn reported(local: &str) -> Case {
    Case::new().outage("port-1", "2026-03-03 10:00", "2026-03-03 11:00").report(local)
}

/// An outage until 11:00 that nobody reported, and a notice of the provider at this time.
fn told_unreported(time: &str) -> Case {
    let case = Case::new().reports().outage("port-1", "2026-03-03 10:00", "2026-03-03 11:00");
    case.notice(&format!("2026-03-03 {time}"), true)
}

/// Maintenance from 02:00 on, consented at this time.
fn consented(time: &str) -> Case {
    let window = span("2026-03-10 02:00", "2026-03-10 04:00");
    down_for("10:10:00").maintenance(window, Some(&format!("2026-03-10 {time}")), Stance::Agreed)
}

/// Pings that fail from 02:00 to 02:20 on 10 March, and a list with one outage of twenty minutes.
fn listed(start: &str) -> Case {
    failing(4).outage("port-1", start, &start.replace("02:00", "02:20"))
}

/// Two monitors that saw the same two outages, the first of them an hour apart, the second of them then.
fn seen_twice(second: &str) -> Case {
    let case = Case::new().pings_from("port-1", "bj", "2026-03", &[("2026-03-10 10:00", 3), ("2026-03-12 10:00", 4)]);
    case.pings_from("port-1", "sh", "2026-03", &[("2026-03-10 11:00", 3), (second, 4)])
}

/// A file of samples of New York.
fn read(csv: &str) -> Record {
    let zone = Some("America/New_York".parse().expect("a zone"));
    let mut reader = Reader::new("pings.csv", Options { zone, ..Options::default() });
    reader.push(csv.as_bytes()).expect("samples");
    reader.finish().expect("samples").record
}

/// Samples of `tests/samples/signed`; to `pings.csv` this was added.
fn signed(names: &[&str], added: &str) -> Month {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/signed");
    let read = |name: &&str| {
        let mut bytes = fs::read(folder.join(name)).expect("a sample");
        bytes.extend_from_slice(if *name == "pings.csv" { added.as_bytes() } else { b"" });
        let mut reader = Reader::new(name, Options::default());
        reader.push(&bytes).expect("a sample");
        reader.finish().expect("a sample").record
    };
    Month { record: join(names.iter().map(read)).expect("one case").record, ..march(Case::new()) }
}

/// On so many days nobody told the customer of an emergency, a day's rent is a thirtieth, and every outage is excluded.
fn lapses(days: usize) -> Case {
    let days: Vec<String> = (1..=days).map(|day| format!("2026-03-{day:02}")).collect();
    let starts: Vec<String> = days.iter().map(|day| format!("{day} 10:00")).collect();
    let failures: Vec<(&str, u32)> = starts.iter().map(|start| (start.as_str(), 2)).collect();
    let case = Case::new().rent("3000.00").policy("credit.daily_basis", "thirty").notices();
    let case = case.pings("port-1", "2026-03", &failures).exclusion(
        Ground::Network(NetworkGround::CustomerEquipment),
        span("2026-03-01 00:00", "2026-04-01 00:00"),
        Stance::Agreed,
    );
    days.iter().fold(case, |case, day| case.credit_request(day, "2026-04-02 09:00"))
}

/// Force majeure of this category, shown by this.
fn major(category: ForceMajeure, evidence: &str) -> Case {
    let ground = Ground::Network(NetworkGround::ForceMajeure(category));
    let window = span("2026-03-10 10:00", "2026-03-10 10:30");
    let mut case = down_for("10:30:00").exclusion(ground, window, Stance::Claimed);
    let claims = case.record.exclusions.take().expect("a claim").into_iter();
    case.record.exclusions = Some(claims.map(|own| Exclusion { evidence: evidence.into(), ..own }).collect());
    case
}
