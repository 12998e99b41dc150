use serde::{Deserialize, Serialize};

/// What is watched, and under which article it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// A network port: article 1.
    Network,
    /// A source of power: article 2.
    Power(PowerSource),
    /// An application: article 4.4.
    Application(Application),
}

/// Article 2.1: the sources that the provider supplies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PowerSource {
    /// 市電.
    Mains,
    /// UPS電源.
    Ups,
}

/// Article 4.4: the applications that can be watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Application {
    /// WWW.
    Www,
    /// Email.
    Email,
    /// FTP.
    Ftp,
}

/// How a target was probed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Check {
    /// Reachability; what the target is was declared, else it is a network port.
    #[default]
    Ping,
    /// The web application.
    Www,
    /// The mail application.
    Email,
    /// The file transfer application.
    Ftp,
    /// Presence of mains power.
    Mains,
    /// Presence of UPS power.
    Ups,
    /// As an application, by its name or address in another system; what was declared of the target outweighs it.
    Guessed(Application),
}

impl Check {
    /// What a target is that was probed this way; `None`: the check does not tell.
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        match self {
            Self::Ping | Self::Guessed(_) => None,
            Self::Www => Some(Role::Application(Application::Www)),
            Self::Email => Some(Role::Application(Application::Email)),
            Self::Ftp => Some(Role::Application(Application::Ftp)),
            Self::Mains => Some(Role::Power(PowerSource::Mains)),
            Self::Ups => Some(Role::Power(PowerSource::Ups)),
        }
    }

    /// What a target is that was probed this way and not declared.
    #[must_use]
    pub const fn undeclared_role(self) -> Role {
        match self {
            Self::Guessed(application) => Role::Application(application),
            _ => Role::Network,
        }
    }
}

/// A target that was declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Under which article it counts.
    pub role: Role,
    /// A name for people; may be empty.
    pub label: String,
}

/// What one series of samples is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct SeriesKey {
    /// The target's id.
    pub target: String,
    /// How it was probed.
    pub check: Check,
    /// From where it was probed; empty where the file does not say.
    pub vantage: String,
    /// The monitoring system that probed it ([`Source::system`](super::Source::system)). Samples of two systems are two
    /// sources, which are compared and never joined.
    pub system: String,
}
