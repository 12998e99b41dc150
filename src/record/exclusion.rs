use crate::sorted::Set;

use serde::{Deserialize, Serialize};

use super::Origin;
use crate::time::{Instant, Interval};

/// What the two parties say of an exclusion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// Both accept it.
    Agreed,
    /// One claims it, the other has not answered.
    #[default]
    Claimed,
    /// The other refused it.
    Rejected,
}

impl Stance {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Agreed, Self::Claimed, Self::Rejected];

    /// The name in data.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Claimed => "claimed",
            Self::Rejected => "rejected",
        }
    }
}

/// Why downtime of the network is not counted: article 1.5 to 1.10. The five-day rule of 1.4 is not claimed but found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NetworkGround {
    /// `1.4.a`: maintenance that the customer consented to.
    Maintenance,
    /// `1.4.b`: circuit or equipment of the customer.
    CustomerEquipment,
    /// `1.4.c`: application or installation of the customer.
    CustomerInstallation,
    /// `1.4.d`: negligence of the customer, or an operation that the customer authorised.
    CustomerNegligence,
    /// `1.4.e`: force majeure of article 10.
    ForceMajeure(ForceMajeure),
    /// `1.4.f`: another cause on the customer's side.
    OtherCustomerCause,
}

/// Why downtime of power is not counted: article 2.4.1 to 2.4.4. Neither maintenance nor a catch-all is among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PowerGround {
    /// `2.4.1`: circuit or equipment of the customer.
    CustomerEquipment,
    /// `2.4.2`: application or installation of the customer.
    CustomerInstallation,
    /// `2.4.3`: negligence of the customer, or an operation that the customer authorised.
    CustomerNegligence,
    /// `2.4.4`: force majeure of article 10.
    ForceMajeure(ForceMajeure),
}

/// Article 10.1: the closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ForceMajeure {
    /// `10.1.1`: earthquake, typhoon, flood and other natural disasters.
    NaturalDisaster,
    /// `10.1.2`: war, strike, blackout.
    WarStrikeBlackout,
    /// `10.1.3`: law or administrative act.
    LawOrAdministration,
    /// `10.1.4`: sabotaged line, or tuning or expansion of ChinaNet.
    SabotageOrChinaNetWorks,
    /// `10.1.5`: another unlawful act of a third party.
    UnlawfulThirdParty,
}

impl ForceMajeure {
    /// Every category of the list, in its order.
    pub const ALL: [Self; 5] = [
        Self::NaturalDisaster,
        Self::WarStrikeBlackout,
        Self::LawOrAdministration,
        Self::SabotageOrChinaNetWorks,
        Self::UnlawfulThirdParty,
    ];

    /// The number in article 10, such as `10.1.4`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NaturalDisaster => "10.1.1",
            Self::WarStrikeBlackout => "10.1.2",
            Self::LawOrAdministration => "10.1.3",
            Self::SabotageOrChinaNetWorks => "10.1.4",
            Self::UnlawfulThirdParty => "10.1.5",
        }
    }
}

/// A ground, of one article or the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Ground {
    /// Article 1.
    Network(NetworkGround),
    /// Article 2.
    Power(PowerGround),
}

impl Ground {
    /// The category of article 10 that it rests on; `None` where it rests on something else.
    #[must_use]
    pub const fn force_majeure(self) -> Option<ForceMajeure> {
        match self {
            Self::Network(NetworkGround::ForceMajeure(category)) | Self::Power(PowerGround::ForceMajeure(category)) => {
                Some(category)
            }
            Self::Network(_) | Self::Power(_) => None,
        }
    }
}

/// A claim that downtime in some time is not to be counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Exclusion {
    /// The time.
    pub span: Interval,
    /// The id.
    pub id: String,
    /// The clause.
    pub ground: Ground,
    /// The targets' ids; empty: every target of the guarantee.
    pub targets: Set<String>,
    /// What shows it; may be empty.
    pub evidence: String,
    /// What the parties say of it.
    pub stance: Stance,
    /// Where it stands.
    pub origin: Origin,
}

/// Article 1.5: work on the network. Excluded only as far as the customer consented.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Maintenance {
    /// The window.
    pub span: Interval,
    /// The id.
    pub id: String,
    /// The targets' ids; empty: every network target.
    pub targets: Set<String>,
    /// What was done.
    pub work: String,
    /// The customer's consent; `None`: none was recorded.
    pub consent: Option<Consent>,
    /// What the parties say of it.
    pub stance: Stance,
    /// Where it stands.
    pub origin: Origin,
}

/// The customer's consent to maintenance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Consent {
    /// When it was given.
    pub at: Instant,
    /// Who gave it.
    pub by: String,
    /// In which form, such as `written`.
    pub form: String,
}
