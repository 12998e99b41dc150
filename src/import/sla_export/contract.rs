use crate::sorted::Set;

use crate::contract::{
    Channel, Contact, Contract, Party, Policy, RentChange, ServiceClass, Signer, SigningKey, Term, Terms,
};
use crate::import::diagnostic::Code;
use crate::import::document::{
    Fault, Node, Object, day, instant, money, name, one_of, percent, text, text_if_any, truth, whole, zone,
};
use crate::import::policy_file::set_keys;
use crate::time::LocalMonth;

pub(super) const CHANNELS: &[(&str, Channel)] = &[
    ("telephone", Channel::Telephone),
    ("office_phone", Channel::Telephone),
    ("phone", Channel::Telephone),
    ("mobile", Channel::Mobile),
    ("mobile_phone", Channel::Mobile),
    ("sms", Channel::Mobile),
    ("pager", Channel::Pager),
    ("fax", Channel::Fax),
    ("email", Channel::Email),
];

pub(super) const SERVICE_CLASSES: &[(&str, ServiceClass)] = &[
    ("managed_server", ServiceClass::ManagedServer),
    ("colocation", ServiceClass::Colocation),
    ("cabinet", ServiceClass::Cabinet),
];

/// The largest figure of the terms; far above any that makes sense, far below any that overflows.
const MOST: u32 = 100_000;

/// The section `contract`; problems are put down.
pub(super) fn contract(node: Node<'_>) -> Option<Contract> {
    let mut object = node.object()?;
    object.maybe("currency", one_of(&[("CNY", ())]));
    let contract = Contract {
        id: object.maybe("id", text_if_any).flatten(),
        time_zone: object.maybe("time_zone", zone).unwrap_or_default(),
        signed_on: object.maybe("signed_on", day),
        term: object.child("term").and_then(term),
        service_class: object.maybe("service_class", one_of(SERVICE_CLASSES)),
        customer: object.child("customer").map(party).unwrap_or_default(),
        provider: object.child("provider").map(party).unwrap_or_default(),
        place_of_signing: object.maybe("place_of_signing", text_if_any).flatten(),
        monthly_rent: object.maybe("monthly_rent", money),
        rent_changes: object.child("rent_changes").map(rent_changes).unwrap_or_default(),
        terms: object.child("terms").map(terms).unwrap_or_default(),
        policy: object.child("policy").map(policy).unwrap_or_default(),
        service_specialist: object.maybe("service_specialist", text),
        support_engineer: object.maybe("support_engineer", text),
        contacts: object.child("contacts").map(|list| list.list().into_iter().filter_map(contact).collect()),
        signers: object.child("signers").map(|list| list.list().into_iter().filter_map(signer).collect()),
        signing_keys: object.child("signing_keys").map(|list| signing_keys(&list)).unwrap_or_default(),
    };
    if contract.id.is_none() && !contract.signing_keys.is_empty() {
        object.node().problem_within("id", Fault::new(Code::KeyMissing, "id"));
    }
    object.close();
    Some(contract)
}

fn term(node: Node<'_>) -> Option<Term> {
    let mut object = node.object()?;
    let (first_day, last_day) = (object.need("first_day", day), object.need("last_day", day));
    object.close();
    let term = Term { first_day: first_day?, last_day: last_day? };
    if term.last_day < term.first_day {
        let fault =
            Fault::new(Code::TermReversed, &term.last_day.to_string()).expected(format!("≥ {}", term.first_day));
        node.problem_within("last_day", fault);
    }
    Some(term)
}

/// In order of their first month, each of which is there once.
fn rent_changes(node: Node<'_>) -> Vec<RentChange> {
    let mut changes: Vec<RentChange> = Vec::new();
    for entry in node.list() {
        let Some(change) = rent_change(&entry) else { continue };
        let at = changes.partition_point(|known| known.from < change.from);
        if changes.get(at).is_some_and(|known| known.from == change.from) {
            entry.problem_within("from", Fault::new(Code::IdTwice, &change.from.first_day().to_string()));
        }
        changes.insert(at, change);
    }
    changes
}

fn rent_change(node: &Node<'_>) -> Option<RentChange> {
    let mut object = node.object()?;
    let (from, monthly_rent) = (object.need("from", first_day_of_month), object.need("monthly_rent", money));
    object.close();
    Some(RentChange { from: from?, monthly_rent: monthly_rent? })
}

/// A month has one rent: a change within it would leave open which.
fn first_day_of_month(raw: &str) -> Result<LocalMonth, Fault> {
    let day = day(raw)?;
    let month = LocalMonth::of(day);
    if month.first_day() == day {
        Ok(month)
    } else {
        Err(Fault::new(Code::RentChangeDay, &day.to_string()).expected(format!("`{}`", month.first_day())))
    }
}

fn party(node: Node<'_>) -> Party {
    let Some(mut object) = node.object() else { return Party::default() };
    let mut field = |key| object.maybe(key, text).unwrap_or_default();
    let party = Party {
        name: field("name"),
        representative: field("representative"),
        address: field("address"),
        postal_code: field("postal_code"),
        telephone: field("telephone"),
        email: field("email"),
    };
    object.close();
    party
}

fn terms(node: Node<'_>) -> Terms {
    let own = Terms::default();
    let Some(mut object) = node.object() else { return own };
    let terms = Terms {
        network_availability: object.maybe("network_availability_percent", percent).unwrap_or(own.network_availability),
        power_availability: object.maybe("power_availability_percent", percent).unwrap_or(own.power_availability),
        network_minutes: figure(&mut object, "network_minutes", own.network_minutes),
        report_days: figure(&mut object, "report_days", own.report_days),
        notice_minutes: figure(&mut object, "notice_minutes", own.notice_minutes),
        install_business_days: figure(&mut object, "install_business_days", own.install_business_days),
        first_feedback_minutes: figure(&mut object, "first_feedback_minutes", own.first_feedback_minutes),
        complaint_hours: figure(&mut object, "complaint_hours", own.complaint_hours),
    };
    object.close();
    terms
}

fn figure(object: &mut Object<'_>, key: &'static str, own: u32) -> u32 {
    object.maybe(key, whole(0, MOST)).unwrap_or(own)
}

fn policy(node: Node<'_>) -> Policy {
    let mut policy = Policy::default();
    if let Some(object) = node.object() {
        set_keys(object, &mut policy);
    }
    policy
}

fn contact(node: Node<'_>) -> Option<Contact> {
    let mut object = node.object()?;
    let (person, channel) = (object.need("name", name), object.need("channel", one_of(CHANNELS)));
    let address = object.maybe("address", text).unwrap_or_default();
    let (valid_from, valid_to) = (object.maybe("valid_from", instant), object.maybe("valid_to", instant));
    super::span(&object, "valid_to", valid_from, valid_to);
    let faulty = object.maybe("faulty", truth).unwrap_or(false);
    object.close();
    Some(Contact { name: person?, channel: channel?, address, valid_from, valid_to, faulty })
}

fn signer(node: Node<'_>) -> Option<Signer> {
    let mut object = node.object()?;
    let person = object.need("name", name);
    let (valid_from, valid_to) = (object.maybe("valid_from", instant), object.maybe("valid_to", instant));
    super::span(&object, "valid_to", valid_from, valid_to);
    object.close();
    Some(Signer { name: person?, valid_from, valid_to })
}

fn signing_keys(list: &Node<'_>) -> Vec<SigningKey> {
    list.list().iter().filter_map(|node| node.get(signing_key)).collect()
}

fn signing_key(raw: &str) -> Result<SigningKey, Fault> {
    let text = text(raw)?;
    let fault = |_| Fault::new(Code::SigningKeyMalformed, &text).expected("`RWQ…`");
    text.parse().map_err(fault)
}

/// The ids in the list `targets`; none where it is absent.
pub(super) fn target_ids(object: &mut Object<'_>) -> Set<String> {
    let list = object.child("targets").map(|list| list.list()).unwrap_or_default();
    list.iter().filter_map(|node| node.get(name)).collect()
}
