use std::convert::Infallible;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{PathElement, Polygon, Rectangle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, RGBColor, TextStyle};

use super::recorder::PARTS;
use super::{Class, Drawing, Recorder};

pub(super) type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;

/// The ground of plotters, on which classes are drawn in user units.
pub(super) struct Canvas<'a> {
    ground: DrawingArea<Recorder<'a>, Shift>,
}

impl Canvas<'_> {
    /// What `paint` draws on a ground of that width and height.
    pub fn drawing((width, height): (f64, f64), paint: &dyn Fn(&Canvas<'_>) -> Drawn) -> Drawing {
        let mut drawing = Drawing { width, height, shapes: Vec::new() };
        let canvas = Canvas { ground: Recorder::new(&mut drawing).into_drawing_area() };
        // A recorder does not fail: its error type has no value.
        let _ = paint(&canvas);
        drop(canvas);
        drawing
    }

    pub fn rect(&self, class: Class, from: (f64, f64), to: (f64, f64)) -> Drawn {
        self.ground.draw(&Rectangle::new([parts(from), parts(to)], look(class).filled()))
    }

    pub fn line(&self, class: Class, from: (f64, f64), to: (f64, f64)) -> Drawn {
        self.path(class, &[from, to])
    }

    pub fn path(&self, class: Class, points: &[(f64, f64)]) -> Drawn {
        let points: Vec<(i32, i32)> = points.iter().copied().map(parts).collect();
        self.ground.draw(&PathElement::new(points, look(class)))
    }

    pub fn area(&self, class: Class, points: &[(f64, f64)]) -> Drawn {
        let points: Vec<(i32, i32)> = points.iter().copied().map(parts).collect();
        self.ground.draw(&Polygon::new(points, look(class)))
    }

    pub fn text(&self, class: Class, text: &str, size: f64, (x, side): (f64, HPos), middle: f64) -> Drawn {
        let look = look(class);
        let font = (FontFamily::SansSerif, size * f64::from(PARTS));
        let style = TextStyle::from(font).color(&look).pos(Pos::new(side, VPos::Center));
        self.ground.draw_text(text, &style, parts((x, middle)))
    }
}

#[allow(clippy::cast_precision_loss, reason = "geometry: no month has more than 2^53 of anything")]
pub(super) fn real(number: i64) -> f64 {
    number as f64
}

pub(super) fn count(number: usize) -> f64 {
    real(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The class as a colour, which is all that plotters hands to a backend.
fn look(class: Class) -> RGBColor {
    let (kind, index, rest) = class.to_rgb();
    RGBColor(kind, index, rest)
}

#[allow(clippy::cast_possible_truncation, reason = "a ground is some thousand units wide")]
fn parts((x, y): (f64, f64)) -> (i32, i32) {
    let whole = |units: f64| (units * f64::from(PARTS)).round() as i32;
    (whole(x), whole(y))
}
