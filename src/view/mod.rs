//! Statement and charts as Leptos components. No web-sys: they render in a page and to a string.

mod chart;

pub use chart::ChartFigure;
