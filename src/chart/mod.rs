//! Figures as geometry: shapes that can be shown, printed and tested.
//!
//! A chart is drawn with plotters into a [`Recorder`], which keeps every shape with a [`Class`] instead of a colour: what a
//! class looks like on a screen, in the dark or on paper is the style sheet's affair. A chart of bars alone makes its shapes
//! itself. Nothing here knows a DOM, so a chart
//! can be made in a worker and rendered in a page or to a string.
#![allow(clippy::float_arithmetic, reason = "geometry; no verdict and no amount is computed here")]

mod decimation;
mod month_strip;
mod recorder;
mod shape;
mod traffic;

pub use decimation::visible_spans;
pub use month_strip::{Day, LegendEntry, MonthStrip};
pub use recorder::{Recorder, text_width};
pub use shape::{Anchor, Class, Drawing, Point, Shape};
pub use traffic::{TrafficChart, TrafficDay};
