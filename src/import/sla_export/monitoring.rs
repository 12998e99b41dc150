use crate::sorted::Map;

use super::Export;
use crate::import::diagnostic::{Code, listed};
use crate::import::document::{Fault, Node, Object, instant, items, name, one_of, text, whole, wrong_type};
use crate::import::latency::microseconds;
use crate::import::samples_csv::{CHECK_WORDS, status_of, status_words};
use crate::record::{
    Application, Origin, OutageCoverage, OutageEvent, PowerSource, Role, Sample, SampleState, Series, SeriesKey, Target,
};
use crate::time::{Instant, SECOND_MS};

/// What a target is guaranteed, before its source or application is known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Guarantee {
    Network,
    Power,
    Application,
}

const GUARANTEES: &[(&str, Guarantee)] =
    &[("network", Guarantee::Network), ("power", Guarantee::Power), ("application", Guarantee::Application)];
const SOURCES: &[(&str, PowerSource)] = &[("mains", PowerSource::Mains), ("ups", PowerSource::Ups)];
const APPLICATIONS: &[(&str, Application)] =
    &[("www", Application::Www), ("email", Application::Email), ("ftp", Application::Ftp)];

/// The longest step and the coarsest precision: a day.
const DAY_S: u32 = 86_400;

/// The section `targets`, by id.
pub(super) fn targets(export: &mut Export<'_>) -> Map<String, Target> {
    let mut targets = Map::new();
    for (mut object, _) in export.entries("targets").unwrap_or_default() {
        export.entries += 1;
        let entry = target(&mut object);
        let node = object.node().clone();
        object.close();
        let Some((id, target)) = entry else { continue };
        if targets.contains_key(&id) {
            node.problem_within("id", Fault::new(Code::IdTwice, &id));
        }
        targets.insert(id, target);
    }
    targets
}

fn target(object: &mut Object<'_>) -> Option<(String, Target)> {
    let (id, guarantee) = (object.need("id", name), object.need_child("guarantee"));
    let label = object.maybe("label", text).unwrap_or_default();
    let role = target_role(object, guarantee);
    Some((id?, Target { role: role?, label }))
}

/// Under which article a target counts: its guarantee, with the source of power or the application beside it.
pub(in crate::import) fn target_role(object: &mut Object<'_>, guarantee: Option<Node<'_>>) -> Option<Role> {
    let guarantee = guarantee.and_then(|node| node.get(one_of(GUARANTEES)));
    let [source, application] = ["source", "application"].map(|key| object.child(key));
    let (misplaced, role) = match guarantee? {
        Guarantee::Network => ([source, application], Some(Role::Network)),
        Guarantee::Power => ([None, application], kind(object, "source", source, SOURCES).map(Role::Power)),
        Guarantee::Application => {
            ([source, None], kind(object, "application", application, APPLICATIONS).map(Role::Application))
        }
    };
    for node in misplaced.iter().flatten() {
        node.problem(Fault::new(Code::KeyMisplaced, node.excerpt()));
    }
    role
}

/// What a target of power or an application is exactly.
fn kind<T: Copy>(object: &Object<'_>, key: &str, node: Option<Node<'_>>, words: &[(&str, T)]) -> Option<T> {
    if node.is_none() {
        let expected = listed(words.iter().map(|(word, _)| *word));
        object.node().problem_within(key, Fault::new(Code::KeyMissing, key).expected(expected));
    }
    node?.get(one_of(words))
}

/// The section `samples`.
pub(super) fn samples(export: &mut Export<'_>) -> Map<SeriesKey, Series> {
    let mut all: Map<SeriesKey, Series> = Map::new();
    for (mut object, _) in export.entries("samples").unwrap_or_default() {
        let target = object.need("target", name);
        let vantage = object.maybe("vantage", text).unwrap_or_default();
        let check = object.maybe("check", one_of(&CHECK_WORDS)).unwrap_or_default();
        let system = object.maybe("system", text).unwrap_or_default();
        let samples = form(&mut object);
        object.close();
        export.entries += samples.len() as u64;
        let Some(target) = target else { continue };
        let series = all.of(SeriesKey { target, check, vantage, system });
        for (sample, latency) in samples {
            series.push(sample);
            if let Some(us) = latency {
                series.note_latency(sample.at, us);
            }
        }
    }
    all.values_mut().for_each(Series::settle);
    all
}

/// A sample, and how long its answer took in microseconds, where that is said.
type Timed = (Sample, Option<u32>);

/// Samples stand in one of two forms: even steps from a start, or one by one.
fn form(object: &mut Object<'_>) -> Vec<Timed> {
    let [start, step, states, list] = ["start", "step_s", "states", "samples"].map(|key| object.child(key));
    match (start, step, states, list) {
        (Some(start), Some(step), Some(states), None) => even(&start, &step, &states),
        (None, None, None, Some(list)) => one_by_one(&list),
        _ => {
            let expected = "`start` + `step_s` + `states`, `samples`";
            object.node().problem(Fault::new(Code::SamplesForm, "").expected(expected));
            Vec::new()
        }
    }
}

fn even(start: &Node<'_>, step: &Node<'_>, states: &Node<'_>) -> Vec<Timed> {
    let (start, step, text) = (start.get(instant), step.get(whole(1, DAY_S)), states.get(text));
    let (Some(start), Some(step), Some(text)) = (start, step, text) else { return Vec::new() };
    let mut samples = Vec::with_capacity(text.len());
    for (index, character) in (0_i64..).zip(text.chars()) {
        let state = match character {
            '1' => SampleState::Up,
            '0' => SampleState::Down,
            '?' => continue,
            other => {
                let fault = Fault::new(Code::StateUnknown, &other.to_string()).expected(listed(["1", "0", "?"]));
                states.item(usize::try_from(index).unwrap_or(0), states.raw()).problem(fault);
                break;
            }
        };
        let ms = start.epoch_ms().saturating_add(index * i64::from(step) * SECOND_MS);
        let Ok(at) = Instant::from_epoch_ms(ms) else {
            states.problem(Fault::new(Code::TimeOutOfRange, ""));
            break;
        };
        samples.push((Sample { at, state }, None));
    }
    samples
}

fn one_by_one(list: &Node<'_>) -> Vec<Timed> {
    let rows = list.get(items).unwrap_or_default();
    let read = |(index, raw)| {
        let sample = sample(raw);
        sample.map_err(|(inner, fault)| list.item(index, raw).problem_within(inner, fault)).ok()
    };
    rows.into_iter().enumerate().filter_map(read).collect()
}

/// `[time, status, latency or null]`; what is wrong with which of them otherwise.
fn sample(raw: &str) -> Result<Timed, (&'static str, Fault)> {
    let row = items(raw).map_err(|fault| ("", fault))?;
    let (time, status, latency) = match *row {
        [time, status] => (time, status, "null"),
        [time, status, latency] => (time, status, latency),
        _ => return Err(("", Fault::new(Code::CellCount, &row.len().to_string()).expected("2–3"))),
    };
    let at = instant(time).map_err(|fault| ("[0]", fault))?;
    let word = text(status).map_err(|fault| ("[1]", fault))?;
    let unknown = || ("[1]", Fault::new(Code::StatusUnknown, &word).expected(status_words()));
    let state = status_of(word.as_bytes()).ok_or_else(unknown)?;
    let is_number = latency == "null" || serde_json::from_str::<f64>(latency).is_ok_and(|ms| ms >= 0.0);
    if is_number {
        Ok((Sample { at, state }, microseconds(latency.as_bytes())))
    } else {
        Err(("[2]", wrong_type(latency, "number, null")))
    }
}

/// An entry of the section `outages`.
pub(super) fn outage(object: &mut Object<'_>, origin: Origin) -> Option<OutageEvent> {
    let (id, target) = (object.need("id", name), object.need("target", name));
    let (start, end) = (object.need("start", instant), object.maybe("end", instant));
    super::span(object, "end", start, end);
    let precision_s = object.maybe("precision_s", whole(0, DAY_S)).unwrap_or(0);
    let precision_ms = i64::from(precision_s) * SECOND_MS;
    Some(OutageEvent { start: start?, end, target: target?, id: id?, precision_ms, origin })
}

/// An entry of the section `outage_coverage`.
pub(super) fn coverage(object: &mut Object<'_>, origin: Origin) -> Option<OutageCoverage> {
    let target = object.need("target", name);
    let (start, end) = (object.need("start", instant), object.need("end", instant));
    let span = super::span(object, "end", start, end);
    Some(OutageCoverage { target: target?, span: span?, origin })
}
