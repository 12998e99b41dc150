//! The inputs of the worked examples that are cases, built from their descriptions.

use sla_statement::record::{
    Authorisation, Complaint, ForceMajeure, Ground, Installation, Operation, PowerGround, PowerSource, Stance,
};

use super::single_cases::{authorisation, by_phone, complaint, installation, on, operation, refused};
use super::{Case, at, clock, span};

/// Every example that is a case: id, month, case.
pub fn all() -> Vec<(&'static str, &'static str, Case)> {
    let mut out: Vec<(&'static str, &'static str, Case)> = [
        ("N01", "2026-02", "41:00"),
        ("N02a", "2028-02", "41:45"),
        ("N03a", "2026-04", "43:12"),
        ("N03b", "2026-04", "43:13"),
        ("N04a", "2026-03", "43:59"),
        ("N04b", "2026-03", "44:00"),
        ("N04d", "2026-03", "44:39"),
    ]
    .map(|(id, month, length)| (id, month, exact(month, length)))
    .into();
    for (id, zone, month) in [("N05a", "America/New_York", "2026-03"), ("N05c", "Europe/Berlin", "2026-10")] {
        out.push((id, month, Case::new().zone(zone).outage("p", "2026-03-02 00:00", "2026-03-02 00:01")));
    }
    for (id, failures) in [("S02", 8), ("S03b", 9), ("S04", 10)] {
        let case = bounds().pings("port-1", "2026-03", &[("2026-03-10 02:00", failures)]);
        out.push((id, "2026-03", case));
    }
    let singles: Vec<String> = (10..15).map(|day| format!("2026-03-{day} 02:00")).collect();
    let singles: Vec<(&str, u32)> = singles.iter().map(|start| (start.as_str(), 1)).collect();
    out.push(("S06", "2026-03", bounds().pings("port-1", "2026-03", &singles)));
    out.push(("S07", "2026-03", jittered()));
    let gap = bounds().pings("port-1", "2026-04", &[]);
    out.push(("S09", "2026-04", gap.without_samples("port-1", span("2026-04-10 02:00", "2026-04-10 02:50"))));
    let ports = Case::new().outage("port-a", "2026-04-10 10:00", "2026-04-10 10:30").outage(
        "port-b",
        "2026-04-10 10:20",
        "2026-04-10 10:50",
    );
    out.push(("U01", "2026-04", ports));
    out.push(("X01", "2026-03", maintained(Stance::Agreed)));
    out.push(("X02", "2026-03", maintained(Stance::Claimed).policy("verdict.basis", "bounds")));
    let sampled = Case::new().pings("port-1", "2026-03", &[("2026-03-10 02:00", 18)]);
    let window = span("2026-03-10 02:00", "2026-03-10 03:00");
    out.push(("X04", "2026-03", sampled.maintenance(window, Some("2026-03-09 10:00"), Stance::Agreed)));
    let unreported = bounds().reports().outage("port-1", "2026-03-30 10:00", "2026-03-30 10:50");
    out.push(("R08", "2026-03", unreported.clone()));
    out.push(("R09", "2026-03", unreported));
    out.push(("M01", "2026-03", Case::new().outage("port-1", "2026-03-31 23:30", "2026-04-01 00:30")));
    let partial = exact("2026-04", "30:00").term("2026-04-15", "2027-04-14");
    out.push(("M03", "2026-04", partial.outage("port-1", "2026-04-16 00:00", "2026-04-16 00:30")));
    out.push(("P01", "2026-04", blackout(None)));
    let both = Case::new()
        .power("mains", PowerSource::Mains)
        .outage("mains", "2026-03-10 02:00", "2026-03-10 02:44")
        .outage("port-1", "2026-03-10 02:00", "2026-03-10 02:44");
    out.push(("P03", "2026-03", both));
    out.push(("C06", "2026-03", waived()));
    let thrice = ["10", "11", "12"].iter().fold(Case::new(), |case, day| {
        case.outage("port-1", &format!("2026-04-{day} 10:00:00"), &format!("2026-04-{day} 10:14:20"))
    });
    out.push(("Q01", "2026-04", thrice));
    out.extend(emergencies());
    out.extend(handling());
    out
}

fn emergencies() -> Vec<(&'static str, &'static str, Case)> {
    let failing = |month: &str, starts: &[&str]| {
        let failures: Vec<(&str, u32)> = starts.iter().map(|start| (*start, 2)).collect();
        Case::new().rent("3000.00").notices().pings("port-1", month, &failures)
    };
    let requested = |case: Case, days: &[&str]| {
        days.iter().fold(case, |case, day| case.credit_request(day, &format!("{day} 20:00")))
    };
    let same_day = ["2026-03-10 10:00", "2026-03-10 12:00", "2026-03-10 14:00"];
    let three_of = |month: &str| {
        let days = ["10", "11", "12"].map(|day| format!("{month}-{day}"));
        let starts: Vec<String> = days.iter().map(|day| format!("{day} 10:00")).collect();
        let case = failing(month, &starts.iter().map(String::as_str).collect::<Vec<_>>());
        requested(case, &days.iter().map(String::as_str).collect::<Vec<_>>())
    };
    vec![
        ("E01", "2026-03", failing("2026-03", &["2026-03-10 10:00"]).notice("2026-03-10 10:20:00", true)),
        ("E03", "2026-03", Case::new().notices().pings("port-1", "2026-03", &[("2026-03-10 10:00", 1)])),
        ("E05", "2026-03", requested(failing("2026-03", &same_day), &["2026-03-10"])),
        ("E06", "2026-03", failing("2026-03", &["2026-03-10 10:00"])),
        ("C01", "2026-03", three_of("2026-03")),
        ("C03", "2026-04", three_of("2026-04")),
    ]
}

/// Articles 3, 6, 7, 8, 9 and 11.
fn handling() -> Vec<(&'static str, &'static str, Case)> {
    let signed = |day: &str| {
        let entry = Installation { signed_on: day.parse().expect(day), items: [].into(), ..installation() };
        Case::new().installation(entry)
    };
    let by = |entry: Authorisation| Case::new().signer("Li", None, None).authorisation(entry);
    let unverified = Authorisation { verified: Some(false), ..by_phone() };
    vec![
        ("I01", "2025-09", signed("2025-09-26")),
        ("I02", "2025-09", signed("2025-09-29")),
        ("I05", "2026-05", signed("2026-05-01")),
        ("I06", "2026-09", signed("2026-09-30")),
        ("I09", "2026-12", signed("2026-12-30")),
        ("T01", "2026-03", Case::new().complaint(Complaint { first_report_at: None, ..complaint() })),
        ("A01", "2026-03", by(authorisation())),
        ("A02", "2026-03", by(Authorisation { signer: "Wang".into(), ..authorisation() })),
        ("A03", "2026-03", by(by_phone()).operation(operation())),
        ("A05", "2026-03", by(unverified).operation(operation())),
        ("A06", "2026-03", by(authorisation()).operation(told("2026-03-10 10:30:00"))),
        ("A07", "2026-03", by(authorisation()).operation(Operation { report_at: None, ..operation() })),
        ("V02", "2026-03", Case::new().visit(refused())),
        ("K01", "2025-03", Case::new().term("2025-03-01", "2026-02-28").network("port-1")),
    ]
}

/// The operation with its first feedback at this time.
pub fn told(local: &str) -> Operation {
    Operation { first_feedback_at: on(local), ..operation() }
}

/// Network and power out for two hours, and two days on which nobody told the customer.
fn waived() -> Case {
    Case::new()
        .rent("3000.00")
        .power("mains", PowerSource::Mains)
        .outage("mains", "2026-03-10 02:00", "2026-03-10 04:00")
        .notices()
        .pings("port-1", "2026-03", &[("2026-03-10 02:00", 24), ("2026-03-12 02:00", 24)])
        .credit_request("2026-03-10", "2026-03-20 09:00")
        .credit_request("2026-03-12", "2026-03-20 09:00")
}

/// The case of an example and the month that it is about.
pub fn of(id: &str) -> (Case, &'static str) {
    let found = all().into_iter().find(|(own, _, _)| *own == id);
    let (_, month, case) = found.unwrap_or_else(|| panic!("no case for example {id}"));
    (case, month)
}

/// The agreement under the reading in which the bounds decide.
pub fn bounds() -> Case {
    Case::new().policy("verdict.basis", "bounds")
}

/// An exact outage of a length from 10:00 on the 10th.
fn exact(month: &str, length: &str) -> Case {
    let start = format!("{month}-10 10:00");
    let mut case = Case::new().outage("port-1", &start, &format!("{month}-20 10:00"));
    let mut event = case.record.outages.take().expect("an outage").into_iter().next().expect("an outage");
    event.end = Some(event.start.plus(clock(length)));
    case.record.outages.get_or_insert_default().insert(event);
    case
}

fn jittered() -> Case {
    Case::new()
        .pings("port-1", "2026-03", &[])
        .without_samples("port-1", span("2026-03-10 00:00", "2026-03-10 00:20"))
        .sample("port-1", "2026-03-10 00:00:02", true)
        .sample("port-1", "2026-03-10 00:05:07", false)
        .sample("port-1", "2026-03-10 00:10:01", false)
        .sample("port-1", "2026-03-10 00:15:30", true)
}

fn maintained(stance: Stance) -> Case {
    let window = span("2026-03-10 02:00", "2026-03-10 03:00");
    let case = Case::new().outage("port-1", "2026-03-10 02:00", "2026-03-10 03:30");
    case.maintenance(window, Some("2026-03-09 10:00"), stance)
}

/// Mains and UPS out, and perhaps a blackout claimed as force majeure.
pub fn blackout(claim: Option<Stance>) -> Case {
    let case = Case::new()
        .power("mains", PowerSource::Mains)
        .power("ups", PowerSource::Ups)
        .outage("mains", "2026-04-10 02:00", "2026-04-10 05:00")
        .outage("ups", "2026-04-10 02:40", "2026-04-10 04:55");
    let ground = Ground::Power(PowerGround::ForceMajeure(ForceMajeure::WarStrikeBlackout));
    let window = span("2026-04-10 02:00", "2026-04-10 05:00");
    claim.into_iter().fold(case, |case, stance| case.exclusion(ground, window, stance))
}

/// When the examples are assessed: long after their months, R08 while its window is open.
pub fn as_of(id: &str) -> sla_statement::time::Instant {
    at(if id == "R08" { "2026-04-02 00:00" } else { "2029-01-01 00:00" })
}
