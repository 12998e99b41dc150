//! Samples into their series, apart from the reading of rows: it takes about as long, and can be done beside it.

use sample_rows::Found;

use crate::record::{Sample, SampleState, Series};
use crate::time::Instant;

/// Puts samples into their series.
pub trait Gathering: Send {
    /// Takes the next samples of the file, in order, and leaves nothing of them in there.
    fn take(&mut self, samples: &mut Samples);

    /// What of the series at their numbers is not needed any more to go on, and need not be kept until the end.
    fn take_ahead(&mut self) -> Vec<Series> {
        Vec::new()
    }

    /// Each series at its number, settled; later ones may be missing where nothing was taken of them.
    fn finish(self: Box<Self>) -> Vec<Series>;
}

/// Begins to gather.
pub type OpenGathering = fn() -> Box<dyn Gathering>;

/// Samples of any series, in the order of their rows.
#[derive(Debug, Default)]
pub struct Samples {
    pub(super) found: Vec<Found>,
}

impl Samples {
    /// So many are taken together: for more there is no room near the processor, and with fewer too much time goes into
    /// handing them over.
    pub(super) const MOST: usize = 4_096;

    pub(super) fn room(&self) -> usize {
        Self::MOST.saturating_sub(self.found.len())
    }

    pub(super) fn push(&mut self, series: u32, sample: Sample, latency_us: Option<u32>) {
        let Sample { at, state } = sample;
        self.found.push(Found { at_ms: at.epoch_ms(), series, latency_us, state: number_of(state) });
    }
}

/// States as they are numbered in [`Found::state`] and [`Pair::state`](sample_rows::Pair::state).
const STATES: [SampleState; 3] = [SampleState::Up, SampleState::Down, SampleState::Unknown];

pub(super) fn number_of(state: SampleState) -> u8 {
    // A place in an array of three.
    STATES.iter().position(|own| *own == state).unwrap_or(0) as u8
}

/// A sample as rows and pairs are found that are taken quickly.
pub(super) fn sample(at_ms: i64, state: u8) -> Sample {
    let state = STATES.get(usize::from(state)).copied().unwrap_or(SampleState::Unknown);
    Sample { at: Instant::MIN.plus(at_ms), state }
}

/// Puts samples into their series as they come.
#[derive(Debug, Default)]
pub struct AtOnce {
    series: Vec<Series>,
}

impl Gathering for AtOnce {
    fn take(&mut self, samples: &mut Samples) {
        for found in samples.found.drain(..) {
            let place = found.series as usize;
            if place >= self.series.len() {
                self.series.resize_with(place + 1, Series::default);
            }
            let Some(series) = self.series.get_mut(place) else { continue };
            let sample = sample(found.at_ms, found.state);
            series.push(sample);
            if let Some(us) = found.latency_us {
                series.note_latency(sample.at, us);
            }
        }
    }

    fn take_ahead(&mut self) -> Vec<Series> {
        self.series.iter_mut().map(Series::take_latency).collect()
    }

    fn finish(mut self: Box<Self>) -> Vec<Series> {
        self.series.iter_mut().for_each(Series::settle);
        self.series
    }
}
