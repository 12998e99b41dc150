use crate::sorted::Set;

use super::contract::{CHANNELS, SERVICE_CLASSES};
use super::in_order;
use crate::import::diagnostic::Code;
use crate::import::document::{Fault, Object, day, instant, money, name, one_of, text, text_if_any, truth};
use crate::record::{
    Authorisation, AuthorisationForm, Complaint, ComplaintForm, CreditRequest, Installation, InstallationItem, Notice,
    Operation, Origin, Visit,
};
use crate::time::Instant;

const ITEMS: &[(&str, InstallationItem)] = &[
    ("hardware", InstallationItem::Hardware),
    ("system_software", InstallationItem::SystemSoftware),
    ("power", InstallationItem::Power),
    ("network", InstallationItem::Network),
];
const AUTHORISATION_FORMS: &[(&str, AuthorisationForm)] =
    &[("written", AuthorisationForm::Written), ("phone", AuthorisationForm::Phone)];
const COMPLAINT_FORMS: &[(&str, ComplaintForm)] = &[
    ("written", ComplaintForm::Written),
    ("telephone", ComplaintForm::Telephone),
    ("phone", ComplaintForm::Telephone),
    ("oral", ComplaintForm::Telephone),
];

/// An entry of the section `notices`.
pub(super) fn notice(object: &mut Object<'_>, origin: Origin) -> Option<Notice> {
    let (at, contact) = (object.need("at", instant), object.need("contact", name));
    let (channel, delivered) = (object.need("channel", one_of(CHANNELS)), object.need("delivered", truth));
    Some(Notice { at: at?, contact: contact?, channel: channel?, delivered: delivered?, origin })
}

/// An entry of the section `credit_requests`.
pub(super) fn credit_request(object: &mut Object<'_>, origin: Origin) -> Option<CreditRequest> {
    let (at, day) = (object.need("at", instant), object.need("day", day));
    Some(CreditRequest { day: day?, at: at?, origin })
}

/// An entry of the section `installations`.
pub(super) fn installation(object: &mut Object<'_>, origin: Origin) -> Option<Installation> {
    let (id, signed_on) = (object.need("id", name), object.need("signed_on", day));
    let service_class = object.need("service_class", one_of(SERVICE_CLASSES));
    let setup_fee = object.maybe("setup_fee", money);
    let items = items(object);
    Some(Installation { signed_on: signed_on?, id: id?, service_class: service_class?, setup_fee, items, origin })
}

fn items(object: &mut Object<'_>) -> Set<(InstallationItem, Option<Instant>)> {
    let mut items = Set::new();
    for node in object.child("items").map(|list| list.list()).unwrap_or_default() {
        let Some(mut entry) = node.object() else { continue };
        let (item, accepted_at) = (entry.need("item", one_of(ITEMS)), entry.maybe("accepted_at", instant));
        entry.close();
        let Some(item) = item else { continue };
        if items.iter().any(|(known, _)| *known == item) {
            let word = ITEMS.iter().find(|(_, known)| *known == item).map_or("", |(word, _)| word);
            node.problem_within("item", Fault::new(Code::IdTwice, word));
        }
        items.insert((item, accepted_at));
    }
    items
}

/// An entry of the section `authorisations`.
pub(super) fn authorisation(object: &mut Object<'_>, origin: Origin) -> Option<Authorisation> {
    let (id, at) = (object.need("id", name), object.need("at", instant));
    let (form, signer) = (object.need("form", one_of(AUTHORISATION_FORMS)), object.need("signer", name));
    let (verified, written_at) = (object.maybe("verified", truth), object.maybe("written_at", instant));
    Some(Authorisation { at: at?, id: id?, form: form?, signer: signer?, verified, written_at, origin })
}

/// An entry of the section `operations`.
pub(super) fn operation(object: &mut Object<'_>, origin: Origin) -> Option<Operation> {
    let (id, authorisation) = (object.need("id", name), object.maybe("authorisation", text_if_any).flatten());
    let [started_at, ended_at, first_feedback_at, report_at] =
        ["started_at", "ended_at", "first_feedback_at", "report_at"].map(|key| object.maybe(key, instant));
    in_order(object, "ended_at", started_at, ended_at);
    Some(Operation { id: id?, authorisation, started_at, ended_at, first_feedback_at, report_at, origin })
}

/// An entry of the section `complaints`.
pub(super) fn complaint(object: &mut Object<'_>, origin: Origin) -> Option<Complaint> {
    let (id, form) = (object.need("id", name), object.need("form", one_of(COMPLAINT_FORMS)));
    let topic = object.maybe("topic", text).unwrap_or_default();
    let [submitted_at, accepted_at, first_report_at] =
        ["submitted_at", "accepted_at", "first_report_at"].map(|key| object.maybe(key, instant));
    in_order(object, "accepted_at", submitted_at, accepted_at);
    Some(Complaint { id: id?, form: form?, topic, submitted_at, accepted_at, first_report_at, origin })
}

/// An entry of the section `visits`.
pub(super) fn visit(object: &mut Object<'_>, origin: Origin) -> Option<Visit> {
    let id = object.need("id", name);
    let [notified_at, expected_entry, expected_exit, entered_at] =
        ["notified_at", "expected_entry", "expected_exit", "entered_at"].map(|key| object.maybe(key, instant));
    let [reason, activity, cooperation] =
        ["reason", "activity", "cooperation"].map(|key| object.maybe(key, text_if_any).flatten());
    let [escort, badge, refused] = ["escort", "badge", "refused"].map(|key| object.maybe(key, truth));
    in_order(object, "expected_exit", expected_entry, expected_exit);
    Some(Visit {
        id: id?,
        notified_at,
        reason,
        activity,
        expected_entry,
        expected_exit,
        cooperation,
        entered_at,
        escort,
        badge,
        refused,
        origin,
    })
}
