use std::fmt;

use crate::record::{Ground, NetworkGround, PowerGround};

/// A clause under which downtime is not counted, in the order in which each millisecond is attributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clause {
    /// `1.4.a`, article 1.5.
    NetworkMaintenance,
    /// `1.4.b`, article 1.6.
    NetworkCustomerEquipment,
    /// `1.4.c`, article 1.7.
    NetworkCustomerInstallation,
    /// `1.4.d`, article 1.8.
    NetworkCustomerNegligence,
    /// `1.4.e`, article 1.9.
    NetworkForceMajeure,
    /// `1.4.f`, article 1.10.
    NetworkOtherCustomerCause,
    /// `1.4.report`: not reported within five days.
    NetworkReport,
    /// `2.4.1`.
    PowerCustomerEquipment,
    /// `2.4.2`.
    PowerCustomerInstallation,
    /// `2.4.3`.
    PowerCustomerNegligence,
    /// `2.4.4`.
    PowerForceMajeure,
    /// `2.4.report`: not reported within five days.
    PowerReport,
}

impl Clause {
    /// The clauses of article 1.
    pub const NETWORK: [Self; 7] = [
        Self::NetworkMaintenance,
        Self::NetworkCustomerEquipment,
        Self::NetworkCustomerInstallation,
        Self::NetworkCustomerNegligence,
        Self::NetworkForceMajeure,
        Self::NetworkOtherCustomerCause,
        Self::NetworkReport,
    ];

    /// The clauses of article 2.
    pub const POWER: [Self; 5] = [
        Self::PowerCustomerEquipment,
        Self::PowerCustomerInstallation,
        Self::PowerCustomerNegligence,
        Self::PowerForceMajeure,
        Self::PowerReport,
    ];

    /// Whether a party claims it. The rule of reports follows from the dates: nobody claims it, and nobody need agree.
    #[must_use]
    pub const fn claimed_by_someone(self) -> bool {
        !matches!(self, Self::NetworkReport | Self::PowerReport)
    }

    /// The name in exports and results, such as `1.4.a`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NetworkMaintenance => "1.4.a",
            Self::NetworkCustomerEquipment => "1.4.b",
            Self::NetworkCustomerInstallation => "1.4.c",
            Self::NetworkCustomerNegligence => "1.4.d",
            Self::NetworkForceMajeure => "1.4.e",
            Self::NetworkOtherCustomerCause => "1.4.f",
            Self::NetworkReport => "1.4.report",
            Self::PowerCustomerEquipment => "2.4.1",
            Self::PowerCustomerInstallation => "2.4.2",
            Self::PowerCustomerNegligence => "2.4.3",
            Self::PowerForceMajeure => "2.4.4",
            Self::PowerReport => "2.4.report",
        }
    }
}

impl From<Ground> for Clause {
    fn from(ground: Ground) -> Self {
        match ground {
            Ground::Network(NetworkGround::Maintenance) => Self::NetworkMaintenance,
            Ground::Network(NetworkGround::CustomerEquipment) => Self::NetworkCustomerEquipment,
            Ground::Network(NetworkGround::CustomerInstallation) => Self::NetworkCustomerInstallation,
            Ground::Network(NetworkGround::CustomerNegligence) => Self::NetworkCustomerNegligence,
            Ground::Network(NetworkGround::ForceMajeure(_)) => Self::NetworkForceMajeure,
            Ground::Network(NetworkGround::OtherCustomerCause) => Self::NetworkOtherCustomerCause,
            Ground::Power(PowerGround::CustomerEquipment) => Self::PowerCustomerEquipment,
            Ground::Power(PowerGround::CustomerInstallation) => Self::PowerCustomerInstallation,
            Ground::Power(PowerGround::CustomerNegligence) => Self::PowerCustomerNegligence,
            Ground::Power(PowerGround::ForceMajeure(_)) => Self::PowerForceMajeure,
        }
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
