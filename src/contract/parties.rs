use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Fen, Policy, SigningKey, Terms};
use crate::time::{Instant, LocalMonth, Zone};

/// The agreement between a customer (甲方) and a provider (乙方), as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contract {
    /// The contract's number.
    pub id: Option<String>,
    /// The zone in which months and days are counted.
    pub time_zone: Zone,
    /// The local day of signing.
    #[serde(with = "crate::time::day::optional")]
    pub signed_on: Option<NaiveDate>,
    /// Article 11: first and last day.
    pub term: Option<Term>,
    /// What the customer rents.
    pub service_class: Option<ServiceClass>,
    /// 甲方.
    pub customer: Party,
    /// 乙方.
    pub provider: Party,
    /// 簽訂地點.
    pub place_of_signing: Option<String>,
    /// The rent of one month at the start of the term.
    pub monthly_rent: Option<Fen>,
    /// Rents that replaced it, in order of their first month.
    pub rent_changes: Vec<RentChange>,
    /// The figures of the agreement.
    pub terms: Terms,
    /// How the agreement is read where its text leaves a choice.
    pub policy: Policy,
    /// Article 5.6: empty where it is recorded that nobody was named; `None`: not recorded.
    pub service_specialist: Option<String>,
    /// Article 6.2: empty where it is recorded that nobody was named; `None`: not recorded.
    pub support_engineer: Option<String>,
    /// Article 4.2: whom to tell of an emergency, and over which channel.
    pub contacts: Option<Vec<Contact>>,
    /// Article 6.5: who may authorise operations.
    pub signers: Option<Vec<Signer>>,
    /// The keys with which the provider signs what the monitoring exported; none: nothing is expected to be signed.
    pub signing_keys: Vec<SigningKey>,
}

/// The rent from a month on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RentChange {
    /// The first month.
    pub from: LocalMonth,
    /// The rent of that month and those after it.
    pub monthly_rent: Fen,
}

impl Contract {
    /// The rent of a month; `None` where it is not stated.
    #[must_use]
    pub fn rent_of(&self, month: LocalMonth) -> Option<Fen> {
        let changed = self.rent_changes.iter().rfind(|change| change.from <= month);
        changed.map(|change| change.monthly_rent).or(self.monthly_rent)
    }
}

/// Article 11: the days of the term, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// The first day.
    #[serde(with = "crate::time::day")]
    pub first_day: NaiveDate,
    /// The last day.
    #[serde(with = "crate::time::day")]
    pub last_day: NaiveDate,
}

/// Article 3.1: what the customer rents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceClass {
    /// 整機租用.
    ManagedServer,
    /// 主機托管.
    Colocation,
    /// 機柜整租.
    Cabinet,
}

/// One side of the agreement, with what its signature block holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Party {
    /// The full name.
    pub name: String,
    /// 代表人.
    pub representative: String,
    /// 地址.
    pub address: String,
    /// 郵碼.
    pub postal_code: String,
    /// 聯系電話.
    pub telephone: String,
    /// 電子郵箱.
    pub email: String,
}

/// Article 4.2: the ways of telling the customer of an emergency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// 辦公室電話, in the export `telephone` or `office_phone`.
    #[serde(alias = "office_phone", alias = "phone")]
    Telephone,
    /// 手機, in the export `mobile`.
    #[serde(alias = "mobile_phone", alias = "sms")]
    Mobile,
    /// 傳呼機.
    Pager,
    /// 傳真.
    Fax,
    /// Email.
    Email,
}

/// Article 4.2: a designated person, one channel, and the time for which the entry was valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The person.
    pub name: String,
    /// The channel that the customer chose.
    pub channel: Channel,
    /// Number or address on that channel.
    pub address: String,
    /// From this instant on; `None`: from the start.
    pub valid_from: Option<Instant>,
    /// Up to but not including this instant; `None`: still valid.
    pub valid_to: Option<Instant>,
    /// Article 4.7: the customer let the entry become outdated or wrong.
    pub faulty: bool,
}

/// Article 6.5: a person who may authorise operations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// The person.
    pub name: String,
    /// From this instant on; `None`: from the start.
    pub valid_from: Option<Instant>,
    /// Up to but not including this instant; `None`: still valid.
    pub valid_to: Option<Instant>,
}
