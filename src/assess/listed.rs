//! From outages that were recorded as such to downtime.

use crate::sorted::Set;

use super::watch::{Bands, Spell, Watch, merged};
use crate::record::{OutageEvent, Record};
use crate::time::{Instant, Interval, IntervalSet};

/// What the outage list tells of one target; `None` where it does not speak of it.
pub(super) struct Listed {
    pub(super) watch: Watch,
    /// Over which time the list is complete.
    pub(super) covered: IntervalSet,
    /// Whether the record says so itself.
    pub(super) coverage_stated: bool,
    /// Time from the start of outages without an end.
    pub(super) not_over: IntervalSet,
}

/// What the outage list tells of `target` up to `as_of`.
pub(super) fn listed(record: &Record, target: &str, elapsed: Interval, as_of: Instant) -> Option<Listed> {
    let events = record.outages.as_ref()?;
    let own: Vec<&OutageEvent> = events.iter().filter(|event| event.target == target && event.start < as_of).collect();
    let named = events.iter().any(|event| event.target == target);
    let stated: Option<IntervalSet> = record.outage_coverage.as_ref().and_then(|coverage| {
        let spans: Vec<Interval> =
            coverage.iter().filter(|entry| entry.target == target).map(|entry| entry.span).collect();
        (!spans.is_empty()).then(|| spans.into_iter().collect())
    });
    let coverage_stated = stated.is_some();
    let covered = match stated {
        Some(covered) => covered.cut_to(elapsed),
        None if named || record.outage_coverage.is_none() => elapsed.into(),
        None => return None,
    };
    let not_over =
        own.iter().filter(|event| event.end.is_none()).filter_map(|event| Interval::new(event.start, as_of)).collect();
    Some(Listed { watch: watch(&own, as_of), covered, coverage_stated, not_over })
}

fn watch(events: &[&OutageEvent], as_of: Instant) -> Watch {
    let inner: IntervalSet = events.iter().filter_map(|event| certainly(event, as_of)).collect();
    let spells: Vec<Spell> = events.iter().filter_map(|event| spell(event, as_of)).collect();
    let shown = spells.iter().map(|spell| spell.shown).collect();
    let outer = spells.iter().map(|spell| spell.outer).collect();
    Watch {
        bands: Bands::with_gaps(inner, shown, outer, &IntervalSet::empty()),
        spells: merged(spells),
        singles: Vec::new(),
    }
}

/// An outage without an end is certain at its start only.
fn certainly(event: &OutageEvent, as_of: Instant) -> Option<Interval> {
    Interval::new(event.start.plus(event.precision_ms), event.end?.plus(-event.precision_ms).min(as_of))
}

fn spell(event: &OutageEvent, as_of: Instant) -> Option<Spell> {
    let end = event.end.unwrap_or(as_of);
    let shown = Interval::new(event.start, end.min(as_of))?;
    let latest = if event.end.is_some() { end.plus(event.precision_ms).min(as_of) } else { as_of };
    let outer = Interval::new(event.start.plus(-event.precision_ms), latest)?.hull(shown);
    Some(Spell {
        shown,
        outer,
        possible: outer,
        open_ended: event.end.is_none(),
        determined: None,
        ids: vec![event.id.clone()],
        targets: vec![event.target.clone()],
    })
}

/// The targets that the outage list names.
pub(super) fn listed_targets(record: &Record) -> Set<&str> {
    let events = record.outages.iter().flatten().map(|event| event.target.as_str());
    events.chain(record.outage_coverage.iter().flatten().map(|entry| entry.target.as_str())).collect()
}
