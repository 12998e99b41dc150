//! Entries of articles 3 and 6 to 9, each in order as it stands here; a test changes what it is about:
//! `Complaint { accepted_at: None, ..complaint() }`.

use sla_statement::sorted::Set;

use sla_statement::assess::{Article, Assessment, SingleCase};
use sla_statement::contract::{ServiceClass, Signer};
use sla_statement::record::{
    Authorisation, AuthorisationForm, Complaint, ComplaintForm, Installation, InstallationItem, Operation, Origin,
    Section, Visit,
};
use sla_statement::time::{BusinessCalendar, Instant};

use super::{Case, at, guarantee};

/// A time that is recorded.
pub fn on(local: &str) -> Option<Instant> {
    Some(at(local))
}

/// Colocation, signed on Tuesday 3 March: due by the end of Friday the 6th, done that afternoon.
pub fn installation() -> Installation {
    Installation {
        signed_on: "2026-03-03".parse().expect("a day"),
        id: "i1".into(),
        service_class: ServiceClass::Colocation,
        setup_fee: Some("500.00".parse().expect("a fee")),
        items: accepted("2026-03-05 11:00", "2026-03-06 15:00"),
        origin: Origin::default(),
    }
}

/// Power and network, accepted at these times.
pub fn accepted(power: &str, network: &str) -> Set<(InstallationItem, Option<Instant>)> {
    Set::from([(InstallationItem::Power, on(power)), (InstallationItem::Network, on(network))])
}

/// Written, by Li, on 10 March at 10:00.
pub fn authorisation() -> Authorisation {
    Authorisation {
        at: at("2026-03-10 10:00"),
        id: "a1".into(),
        form: AuthorisationForm::Written,
        signer: "Li".into(),
        verified: None,
        written_at: None,
        origin: Origin::default(),
    }
}

/// By telephone, verified, and in writing three hours later.
pub fn by_phone() -> Authorisation {
    Authorisation {
        form: AuthorisationForm::Phone,
        verified: Some(true),
        written_at: on("2026-03-10 13:00"),
        ..authorisation()
    }
}

/// On [`authorisation`]: feedback at 10:20, ended at 11:00, reported at 12:00.
pub fn operation() -> Operation {
    Operation {
        id: "op1".into(),
        authorisation: Some("a1".into()),
        started_at: on("2026-03-10 10:10"),
        ended_at: on("2026-03-10 11:00"),
        first_feedback_at: on("2026-03-10 10:20"),
        report_at: on("2026-03-10 12:00"),
        origin: Origin::default(),
    }
}

/// In writing, accepted on Saturday 7 March at 15:00, reported on twenty hours later.
pub fn complaint() -> Complaint {
    Complaint {
        id: "c1".into(),
        form: ComplaintForm::Written,
        topic: "network".into(),
        submitted_at: on("2026-03-07 14:00"),
        accepted_at: on("2026-03-07 15:00"),
        first_report_at: on("2026-03-08 11:00"),
        origin: Origin::default(),
    }
}

/// Announced with all five items for 19 March at 10:00, and entered with escort and badge.
pub fn visit() -> Visit {
    Visit {
        id: "v1".into(),
        notified_at: on("2026-03-18 15:00"),
        reason: Some("a failed disk".into()),
        activity: Some("replace it".into()),
        expected_entry: on("2026-03-19 10:00"),
        expected_exit: on("2026-03-19 12:00"),
        cooperation: Some("a trolley".into()),
        entered_at: on("2026-03-19 10:12"),
        escort: Some(true),
        badge: Some(true),
        refused: Some(false),
        origin: Origin::default(),
    }
}

/// The same visit, refused at the door.
pub fn refused() -> Visit {
    Visit { entered_at: None, refused: Some(true), ..visit() }
}

fn add<T: Ord>(section: &mut Section<T>, entry: T) {
    section.get_or_insert_default().insert(entry);
}

impl Case {
    pub fn installation(mut self, entry: Installation) -> Self {
        add(&mut self.record.installations, entry);
        self
    }

    pub fn authorisation(mut self, entry: Authorisation) -> Self {
        add(&mut self.record.authorisations, entry);
        self
    }

    pub fn operation(mut self, entry: Operation) -> Self {
        add(&mut self.record.operations, entry);
        self
    }

    pub fn complaint(mut self, entry: Complaint) -> Self {
        add(&mut self.record.complaints, entry);
        self
    }

    pub fn visit(mut self, entry: Visit) -> Self {
        add(&mut self.record.visits, entry);
        self
    }

    /// Every section of single cases is recorded, and there are none.
    pub fn no_cases(mut self) -> Self {
        let record = &mut self.record;
        record.installations.get_or_insert_default();
        record.authorisations.get_or_insert_default();
        record.operations.get_or_insert_default();
        record.complaints.get_or_insert_default();
        record.visits.get_or_insert_default();
        self
    }

    /// A person who may authorise operations.
    pub fn signer(mut self, name: &str, valid_from: Option<&str>, valid_to: Option<&str>) -> Self {
        let signer = Signer { name: name.into(), valid_from: valid_from.map(at), valid_to: valid_to.map(at) };
        self.contract().signers.get_or_insert_default().push(signer);
        self
    }

    pub fn specialist(mut self, name: &str) -> Self {
        self.contract().service_specialist = Some(name.into());
        self
    }

    pub fn engineer(mut self, name: &str) -> Self {
        self.contract().support_engineer = Some(name.into());
        self
    }

    /// A calendar of its own, as JSON.
    pub fn calendar(mut self, json: &str) -> Self {
        self.record.calendar = Some(BusinessCalendar::parse(json).expect("a calendar"));
        self
    }

    /// The only case of an article that is listed in March 2026, long after.
    pub fn only(&self, article: Article) -> SingleCase {
        only(&self.assess("2026-03"), article)
    }

    /// The same as known at that time.
    pub fn only_as_of(&self, article: Article, as_of: &str) -> SingleCase {
        only(&self.assess_as_of("2026-03", as_of), article)
    }
}

fn only(assessment: &Assessment, article: Article) -> SingleCase {
    let guarantee = guarantee(assessment, article);
    let [own] = guarantee.cases() else { panic!("not one case of {article:?}: {:?}", guarantee.conduct) };
    own.clone()
}
