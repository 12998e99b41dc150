use super::contract::target_ids;
use crate::import::diagnostic::{Code, listed};
use crate::import::document::{Fault, Node, Object, instant, name, one_of, text};
use crate::record::{
    Consent, Exclusion, ForceMajeure, Ground, Maintenance, NetworkGround, Origin, OutageReport, PowerGround, Stance,
};
use crate::time::Interval;

/// What parties say.
pub(in crate::import) fn stance(raw: &str) -> Result<Stance, Fault> {
    one_of(&Stance::ALL.map(|own| (own.as_str(), own)))(raw)
}

/// A clause, before the category of article 10 that two of them need.
#[derive(Clone, Copy)]
enum Clause {
    Plain(Ground),
    NetworkForceMajeure,
    PowerForceMajeure,
}

const CLAUSES: &[(&str, Clause)] = &[
    ("1.4.a", Clause::Plain(Ground::Network(NetworkGround::Maintenance))),
    ("1.4.b", Clause::Plain(Ground::Network(NetworkGround::CustomerEquipment))),
    ("1.4.c", Clause::Plain(Ground::Network(NetworkGround::CustomerInstallation))),
    ("1.4.d", Clause::Plain(Ground::Network(NetworkGround::CustomerNegligence))),
    ("1.4.e", Clause::NetworkForceMajeure),
    ("1.4.f", Clause::Plain(Ground::Network(NetworkGround::OtherCustomerCause))),
    ("2.4.1", Clause::Plain(Ground::Power(PowerGround::CustomerEquipment))),
    ("2.4.2", Clause::Plain(Ground::Power(PowerGround::CustomerInstallation))),
    ("2.4.3", Clause::Plain(Ground::Power(PowerGround::CustomerNegligence))),
    ("2.4.4", Clause::PowerForceMajeure),
];

/// An entry of the section `maintenance`.
pub(super) fn maintenance(object: &mut Object<'_>, origin: Origin) -> Option<Maintenance> {
    let id = object.need("id", name);
    let targets = target_ids(object);
    let (start, end) = (object.need("start", instant), object.need("end", instant));
    let span = super::span(object, "end", start, end);
    let work = object.maybe("work", text).unwrap_or_default();
    let consent = object.child("consent").and_then(consent);
    let stance = object.maybe("agreed", stance).unwrap_or_default();
    Some(Maintenance { span: span?, id: id?, targets, work, consent, stance, origin })
}

fn consent(node: Node<'_>) -> Option<Consent> {
    let mut object = node.object()?;
    let (by, at) = (object.maybe("by", text).unwrap_or_default(), object.need("at", instant));
    let form = object.maybe("form", text).unwrap_or_default();
    object.close();
    Some(Consent { at: at?, by, form })
}

/// An entry of the section `exclusions`.
pub(in crate::import) fn exclusion(object: &mut Object<'_>, origin: Origin) -> Option<Exclusion> {
    let (id, clause) = (object.need("id", name), object.need("clause", one_of(CLAUSES)));
    let targets = target_ids(object);
    let (start, end) = (object.need("start", instant), object.need("end", instant));
    let span = super::span(object, "end", start, end);
    let evidence = object.maybe("evidence", text).unwrap_or_default();
    let stance = object.maybe("agreed", stance).unwrap_or_default();
    let ground = ground(object, clause);
    Some(Exclusion { span: span?, id: id?, ground: ground?, targets, evidence, stance, origin })
}

/// The clause with its category of article 10, which stands there exactly where the clause needs one.
fn ground(object: &mut Object<'_>, clause: Option<Clause>) -> Option<Ground> {
    let node = object.child("force_majeure");
    let categories = ForceMajeure::ALL.map(|category| (category.as_str(), category));
    let category = node.as_ref().and_then(|node| node.get(one_of(&categories)));
    match clause? {
        Clause::Plain(ground) => {
            if let Some(node) = node {
                node.problem(
                    Fault::new(Code::ForceMajeureMisplaced, node.excerpt()).expected(listed(["1.4.e", "2.4.4"])),
                );
            }
            Some(ground)
        }
        needing => {
            if node.is_none() {
                let expected = listed(categories.iter().map(|(name, _)| *name));
                let fault = Fault::new(Code::ForceMajeureMissing, "").expected(expected);
                object.node().problem_within("force_majeure", fault);
            }
            let category = category?;
            Some(match needing {
                Clause::PowerForceMajeure => Ground::Power(PowerGround::ForceMajeure(category)),
                _ => Ground::Network(NetworkGround::ForceMajeure(category)),
            })
        }
    }
}

/// An entry of the section `outage_reports`. A report with a start only speaks of the time up to the report.
pub(super) fn outage_report(object: &mut Object<'_>, origin: Origin) -> Option<OutageReport> {
    let (id, at) = (object.need("id", name), object.need("at", instant));
    let [by, channel] = ["by", "channel"].map(|key| object.maybe(key, text).unwrap_or_default());
    let outage = object.maybe("outage", name);
    let (start, end) = (object.maybe("start", instant), object.maybe("end", instant));
    if start.is_none() && end.is_some() {
        object.node().problem_within("start", Fault::new(Code::KeyMissing, "start"));
    }
    let span: Option<Interval> = super::span(object, "end", start, end.or(at));
    Some(OutageReport { at: at?, id: id?, by, channel, outage, span, origin })
}
