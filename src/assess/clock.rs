//! Two sources of one target whose clocks disagree: every outage of the one is found in the other, moved by the same time.

use super::watch::Spell;
use crate::time::{DAY_MS, HOUR_MS};

/// One outage that looks like another may be chance.
const FEWEST_OUTAGES: usize = 2;

/// No clock of a monitor goes wrong by more than the farthest time zones lie apart.
const FARTHEST_MS: i64 = DAY_MS + 2 * HOUR_MS;

/// Whether the outages of two sources are the same ones, moved. Nothing is corrected: nobody knows which clock is right.
///
/// `tolerance_ms`: how far sampling may shift an end of an outage.
pub(super) fn skewed(own: &[Spell], other: &[Spell], tolerance_ms: i64) -> bool {
    if own.len() != other.len() || own.len() < FEWEST_OUTAGES {
        return false;
    }
    let shifts = || own.iter().zip(other).map(|(own, other)| other.shown.start().since(own.shown.start()));
    let alike = own.iter().zip(other).all(|(own, other)| (own.shown.ms() - other.shown.ms()).abs() <= tolerance_ms);
    let (least, most) = (shifts().min().unwrap_or(0), shifts().max().unwrap_or(0));
    let (nearest, farthest) = (least.abs().min(most.abs()), least.abs().max(most.abs()));
    alike && most - least <= tolerance_ms && nearest > tolerance_ms && farthest <= FARTHEST_MS
}
