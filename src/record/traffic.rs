use serde::{Deserialize, Serialize};

use crate::time::Interval;

/// How much passed through a port over a time, on average. It proves neither that the port was connected nor that it was
/// not: it is shown, and counts for nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Traffic {
    /// The time.
    pub span: Interval,
    /// Incoming bytes a second.
    pub incoming: u64,
    /// Outgoing bytes a second.
    pub outgoing: u64,
}
