//! From outages that were recorded as such to downtime.

use crate::sorted::{Map, Set};

use super::watch::{Bands, Spell, Watch, merged};
use crate::record::{Origin, OutageEvent, Record, Source};
use crate::time::{Instant, Interval, IntervalSet};

/// What the outage list of one system tells of one target.
pub(super) struct Listed {
    /// The system.
    pub(super) system: String,
    pub(super) watch: Watch,
    /// Over which time the list is complete.
    pub(super) covered: IntervalSet,
    /// Time from the start of outages without an end.
    pub(super) not_over: IntervalSet,
}

/// What outage lists tell of `target` up to `as_of`, system by system.
///
/// A list that does not say over which time it is complete speaks of the whole period if it names the target; of several,
/// and beside samples (`beside_samples`), only if it names an outage of the period.
pub(super) fn listed(
    record: &Record,
    target: &str,
    elapsed: Interval,
    as_of: Instant,
    beside_samples: bool,
) -> Vec<Listed> {
    let Some(events) = &record.outages else { return Vec::new() };
    let mut systems: Map<&str, Vec<&OutageEvent>> = Map::new();
    for event in events.iter().filter(|event| event.target == target) {
        systems.of(system(record, event.origin)).push(event);
    }
    let stated = record.outage_coverage.iter().flatten().filter(|entry| entry.target == target);
    let stated: Vec<_> = stated.collect();
    let covered: IntervalSet = match stated.first() {
        Some(entry) => {
            let of_nothing = systems.is_empty();
            systems.extend(of_nothing.then(|| (system(record, entry.origin), Vec::new())));
            stated.iter().map(|entry| entry.span).collect()
        }
        None => {
            let in_period = |events: &Vec<&OutageEvent>| events.iter().any(|event| concerns(event, elapsed));
            if beside_samples || systems.values().any(in_period) {
                systems.retain(|_, events| in_period(events));
            } else if systems.is_empty() && record.outage_coverage.is_none() {
                systems.insert("", Vec::new());
            }
            elapsed.into()
        }
    };
    let covered = covered.cut_to(elapsed);
    let list = |(system, mut own): (&str, Vec<&OutageEvent>)| {
        own.retain(|event| event.start < as_of);
        let not_over = own.iter().filter(|event| event.end.is_none());
        let not_over = not_over.filter_map(|event| Interval::new(event.start, as_of)).collect();
        Listed { system: system.to_owned(), watch: watch(&own, as_of), covered: covered.clone(), not_over }
    };
    systems.into_iter().map(list).collect()
}

/// The system that an entry comes from.
fn system(record: &Record, origin: Origin) -> &str {
    record.sources.get(&origin.source).map_or("", Source::system)
}

fn concerns(event: &OutageEvent, period: Interval) -> bool {
    event.start < period.end() && event.end.is_none_or(|end| end > period.start())
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
