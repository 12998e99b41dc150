//! Figures as geometry: shapes that can be shown, printed and tested.
//!
//! A chart is drawn with plotters into a [`Recorder`], which keeps every shape with a [`Class`] instead of a colour: what a
//! class looks like on a screen, in the dark or on paper is the style sheet's affair. A chart of bars alone makes its shapes
//! itself. Nothing here knows a DOM, so a chart can be made in a worker and rendered in a page or to a string.
#![allow(clippy::float_arithmetic, reason = "geometry; no verdict and no amount is computed here")]

mod axis;
mod budget_burn_down;
mod calendar_heat;
mod canvas;
mod decimation;
mod figure;
mod latency;
mod latency_days;
mod month_strip;
mod outage_lengths;
mod power_sources;
mod recorder;
mod rows;
mod shape;
mod svg;
mod term_overview;
mod time_axis;
mod timeline;
mod traffic;
mod window;
mod words;
mod zoomable;

pub use budget_burn_down::budget_burn_down;
pub use calendar_heat::calendar_heat;
pub use decimation::{visible_columns, visible_spans, visible_steps};
pub use figure::{Figure, FigureTable, LegendEntry, Medium};
pub use latency::LatencyChart;
pub use latency_days::latency_days;
pub use month_strip::{Day, MonthStrip};
pub use outage_lengths::outage_lengths;
pub use power_sources::power_sources;
pub use recorder::{Recorder, text_width};
pub use shape::{Anchor, Class, Drawing, Point, Shape};
pub use svg::number;
pub use term_overview::{TermMonth, term_overview};
pub use timeline::{Timeline, series_name};
pub use traffic::{TrafficChart, TrafficDay};
pub use window::Window;
pub use zoomable::{Spot, Zoomable};
