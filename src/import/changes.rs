//! Samples rebuilt from what a system keeps of changes only.

use crate::record::{Sample, SampleState, Series};
use crate::time::{DAY_MS, Instant, MINUTE_MS};

/// The rhythm of article 4.1: so long before a change the last probe of the former state is taken to have been.
const STEP_MS: i64 = 5 * MINUTE_MS;

/// A state that stood longer without a word about it is not taken for known.
const LONGEST_MS: i64 = 400 * DAY_MS;

/// What is known of a target from an instant on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Each probe found this.
    State(SampleState),
    /// Nobody watched.
    Nothing,
}

/// What a system tells of one target: when what is known of it changed, and that it did not in between.
#[derive(Debug, Default)]
pub(super) struct Changes(Vec<(Instant, Known)>);

impl Changes {
    /// From `at` on. Of two at one instant the later one noted holds.
    pub fn note(&mut self, at: Instant, known: Known) {
        self.0.push((at, known));
    }

    /// The samples, up to and not including `until`, the last instant of which the system tells.
    ///
    /// A change was found by a probe at that instant. The probe before it stood up to five minutes earlier, and is put
    /// there: so nothing is taken for known that was not.
    pub fn series(mut self, until: Instant) -> Series {
        self.0.sort_by_key(|(at, _)| *at);
        let mut series = Series::default();
        let following = self.0.iter().skip(1).map(|(at, _)| *at).chain([until]);
        for ((at, known), next) in self.0.iter().zip(following) {
            let (Known::State(state), true) = (*known, next > *at) else { continue };
            series.push(Sample { at: *at, state });
            let filled = if next.since(*at) > LONGEST_MS { 0 } else { (next.since(*at) - 1) / STEP_MS };
            let first = Sample { at: next.plus(-filled * STEP_MS), state };
            series.push_even(first, STEP_MS, u32::try_from(filled).unwrap_or(0));
        }
        series
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Instant {
        Instant::MIN.plus(minute * MINUTE_MS)
    }

    fn told(series: &Series) -> Vec<(i64, SampleState)> {
        series.samples().map(|sample| (sample.at.since(Instant::MIN) / MINUTE_MS, sample.state)).collect()
    }

    #[test]
    fn the_last_probe_of_a_state_stands_five_minutes_before_the_change() {
        let mut changes = Changes::default();
        changes.note(at(0), Known::State(SampleState::Up));
        changes.note(at(12), Known::State(SampleState::Down));
        changes.note(at(20), Known::Nothing);
        changes.note(at(40), Known::State(SampleState::Up));
        let expected = [
            (0, SampleState::Up),
            (2, SampleState::Up),
            (7, SampleState::Up),
            (12, SampleState::Down),
            (15, SampleState::Down),
            (40, SampleState::Up),
            (41, SampleState::Up),
        ];
        assert_eq!(told(&changes.series(at(46))), expected);
    }

    #[test]
    fn of_two_words_about_one_instant_the_later_holds() {
        let mut changes = Changes::default();
        changes.note(at(0), Known::State(SampleState::Up));
        changes.note(at(0), Known::State(SampleState::Down));
        assert_eq!(told(&changes.series(at(5))), [(0, SampleState::Down)]);
    }
}
