use super::{Drawing, Figure, FigureTable, Medium, Shape};
use crate::assess::Article;
use crate::time::{Instant, Interval};

/// A chart of a long time, of which a part is shown.
pub trait Zoomable: Send + Sync {
    /// All that it can show.
    fn whole(&self) -> Interval;

    /// Width and height of its drawings for a medium, in user units.
    fn size(&self, medium: Medium) -> (f64, f64);

    /// The part that is shown, for a medium.
    fn drawing(&self, shown: Interval, medium: Medium) -> Drawing;

    /// Its words. Without drawings, and its table is empty.
    fn figure(&self) -> Figure;

    /// The figures of the part that is shown.
    fn table(&self, shown: Interval) -> FigureTable;

    /// What pointer, fingers and keys do, in words.
    fn hint(&self) -> &'static str;

    /// What the slider that goes from stop to stop is called.
    fn slider(&self) -> &'static str;

    /// How many things one can go to one after the other, in order of time.
    fn stops(&self) -> usize;

    /// One of them.
    fn stop(&self, place: usize) -> Option<Spot>;

    /// What is drawn at a place, in user units.
    fn spot_at(&self, place: (f64, f64), shown: Interval, medium: Medium) -> Option<Spot>;

    /// Where it is drawn; `None` where it is not within the part that is shown.
    fn outline(&self, spot: &Spot, shown: Interval, medium: Medium) -> Option<Shape>;

    /// The instant at a place, in user units from the left; beside the ground, the nearer end.
    fn at(&self, x: f64, shown: Interval, medium: Medium) -> Instant;
}

/// Something in a chart that can be pointed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// When.
    pub span: Interval,
    /// Its row, from the top.
    pub row: usize,
    /// What it is, with its exact figures.
    pub reading: String,
    /// The article under whose outages it is looked up; `None`: it is not among them.
    pub outage: Option<Article>,
    /// Its place among the stops, counted from 0.
    pub stop: Option<usize>,
}
