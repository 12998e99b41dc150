use serde::{Deserialize, Serialize};

use super::Origin;
use crate::time::{Instant, Interval};

/// An outage that was recorded as such.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutageEvent {
    /// When it began.
    pub start: Instant,
    /// The first instant at which it was over; `None`: it was not over when the record was written.
    pub end: Option<Instant>,
    /// The target's id.
    pub target: String,
    /// The id that reports refer to.
    pub id: String,
    /// Both ends may be off by so many milliseconds.
    pub precision_ms: i64,
    /// Where it stands.
    pub origin: Origin,
}

/// Over this time every outage of the target is listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutageCoverage {
    /// The target's id.
    pub target: String,
    /// The time.
    pub span: Interval,
    /// Where it stands.
    pub origin: Origin,
}

/// Articles 1.4 and 2.4: the customer told the provider of an outage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OutageReport {
    /// When.
    pub at: Instant,
    /// The report's id.
    pub id: String,
    /// Who.
    pub by: String,
    /// Over which channel.
    pub channel: String,
    /// The id of the outage, where the report names one.
    pub outage: Option<String>,
    /// The time that the report speaks of, where it does.
    pub span: Option<Interval>,
    /// Where it stands.
    pub origin: Origin,
}
