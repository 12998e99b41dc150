//! The single cases of articles 3, 4 and 6 to 9.

use crate::sorted::Set;

use serde::{Deserialize, Serialize};

use super::Origin;
use crate::contract::{Channel, Fen, ServiceClass};
use crate::time::Instant;
use chrono::NaiveDate;

/// Article 4.5: the provider told the customer of an emergency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Notice {
    /// When.
    pub at: Instant,
    /// Whom: the name of a contact.
    pub contact: String,
    /// Over which channel.
    pub channel: Channel,
    /// Whether it arrived.
    pub delivered: bool,
    /// Where it stands.
    pub origin: Origin,
}

/// Article 4.8: the customer asks for a day's rent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CreditRequest {
    /// The local day that the request is about.
    #[serde(with = "crate::time::day")]
    pub day: NaiveDate,
    /// When it was made.
    pub at: Instant,
    /// Where it stands.
    pub origin: Origin,
}

/// Article 3.1: a part of an installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstallationItem {
    /// 服務器硬件安裝,調試.
    Hardware,
    /// 標準系統軟件安裝,調試.
    SystemSoftware,
    /// 電力供應的安裝.
    Power,
    /// 網絡聯接的安裝.
    Network,
}

/// Article 3: an installation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Installation {
    /// The local day on which its contract was signed.
    #[serde(with = "crate::time::day")]
    pub signed_on: NaiveDate,
    /// The id.
    pub id: String,
    /// Which items it takes.
    pub service_class: ServiceClass,
    /// What was paid for it.
    pub setup_fee: Option<Fen>,
    /// The items that were accepted, and when; `None`: not yet.
    pub items: Set<(InstallationItem, Option<Instant>)>,
    /// Where it stands.
    pub origin: Origin,
}

/// Article 6.6: how an authorisation was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorisationForm {
    /// 書面.
    Written,
    /// 電話.
    Phone,
}

/// Article 6: the customer authorises an operation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Authorisation {
    /// When it was given; by telephone: when the credentials were verified.
    pub at: Instant,
    /// The id.
    pub id: String,
    /// How.
    pub form: AuthorisationForm,
    /// Who gave it.
    pub signer: String,
    /// By telephone: whether the engineer verified the credentials.
    pub verified: Option<bool>,
    /// By telephone: when the written form followed.
    pub written_at: Option<Instant>,
    /// Where it stands.
    pub origin: Origin,
}

/// Article 7: an operation on the customer's system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Operation {
    /// The id.
    pub id: String,
    /// The id of its authorisation.
    pub authorisation: Option<String>,
    /// When it began.
    pub started_at: Option<Instant>,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// When the customer first heard of it.
    pub first_feedback_at: Option<Instant>,
    /// When the written report was given.
    pub report_at: Option<Instant>,
    /// Where it stands.
    pub origin: Origin,
}

/// Article 8.1: how a complaint was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComplaintForm {
    /// 書面.
    Written,
    /// By word of mouth or telephone; article 8 speaks of written ones only.
    #[serde(alias = "phone", alias = "oral")]
    Telephone,
}

/// Article 8: a complaint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Complaint {
    /// The id.
    pub id: String,
    /// How it was made.
    pub form: ComplaintForm,
    /// What it is about, in the words of the record.
    pub topic: String,
    /// When it was made.
    pub submitted_at: Option<Instant>,
    /// When the provider accepted it.
    pub accepted_at: Option<Instant>,
    /// When the first written report was given.
    pub first_report_at: Option<Instant>,
    /// Where it stands.
    pub origin: Origin,
}

/// Article 9: the customer comes to the machine room.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Visit {
    /// The id.
    pub id: String,
    /// When the provider was told.
    pub notified_at: Option<Instant>,
    /// 3.1 進入原因.
    pub reason: Option<String>,
    /// 3.2 將進行的活動.
    pub activity: Option<String>,
    /// 預計進入時間.
    pub expected_entry: Option<Instant>,
    /// 預計辭出時間.
    pub expected_exit: Option<Instant>,
    /// 所需協同作業.
    pub cooperation: Option<String>,
    /// When the customer entered.
    pub entered_at: Option<Instant>,
    /// Whether somebody of the provider came along.
    pub escort: Option<bool>,
    /// Whether a valid badge was shown.
    pub badge: Option<bool>,
    /// Whether entry was refused.
    pub refused: Option<bool>,
    /// Where it stands.
    pub origin: Origin,
}
