use plotters::style::text_anchor::HPos;

use super::canvas::{Canvas, Drawn, count, real};
use super::{Class, Medium, text_width};

/// Bars in rows: a name at the left, a figure at the right, lengths between. Sizes in user units.
pub(super) struct Rows<'c, 'a> {
    pub canvas: &'c Canvas<'a>,
    pub medium: Medium,
    pub plot: (f64, f64),
    pub top: f64,
    pub row: f64,
}

impl Rows<'_, '_> {
    pub fn middle(&self, row: usize) -> f64 {
        self.top + self.row * (count(row) + 0.5)
    }

    /// The upper and the lower edge of a bar.
    pub fn edges(&self, row: usize) -> (f64, f64) {
        let (middle, half) = (self.middle(row), self.row / 2.0 - 3.0);
        (middle - half, middle + half)
    }

    pub fn bar(&self, row: usize, class: Class, (from, to): (f64, f64)) -> Drawn {
        let (top, bottom) = self.edges(row);
        self.canvas.rect(class, (from, top), (to, bottom))
    }

    /// How far to the right a part of a whole reaches; more than the whole ends at the edge.
    pub fn x(&self, part: i64, whole: i64) -> f64 {
        let (left, right) = self.plot;
        left + (right - left) * real(part.min(whole)) / real(whole.max(1))
    }

    pub fn name(&self, row: usize, class: Class, text: &str) -> Drawn {
        let (size, room) = (self.medium.text(), self.plot.0 - 8.0);
        self.canvas.text(class, &clipped(text, size, room), size, (0.0, HPos::Left), self.middle(row))
    }

    pub fn figure(&self, row: usize, class: Class, text: &str) -> Drawn {
        let right = self.medium.width() - 2.0;
        self.canvas.text(class, text, self.medium.text(), (right, HPos::Right), self.middle(row))
    }

    pub fn spot(&self, row: usize) -> Drawn {
        let top = self.top + self.row * count(row);
        self.canvas.rect(Class::spot(row), (0.0, top), (self.medium.width(), top + self.row))
    }
}

/// The text, or as much of it as there is room for.
pub(super) fn clipped(text: &str, size: f64, room: f64) -> String {
    let mut out = text.to_owned();
    let mut cut = false;
    while text_width(&out, size) + if cut { size } else { 0.0 } > room && out.pop().is_some() {
        cut = true;
    }
    if cut { out + "…" } else { out }
}
