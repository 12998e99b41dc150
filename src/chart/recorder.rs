use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use super::{Anchor, Class, Drawing, Point, Shape};

/// Parts of a user unit that plotters can tell apart: it counts in whole pixels.
pub(super) const PARTS: i32 = 20;

/// A backend of plotters that keeps shapes instead of painting them.
#[derive(Debug)]
pub struct Recorder<'a> {
    drawing: &'a mut Drawing,
}

type Recorded = Result<(), DrawingErrorKind<Infallible>>;

impl<'a> Recorder<'a> {
    /// Adds to the shapes of `drawing`, whose size is the size of the ground.
    pub fn new(drawing: &'a mut Drawing) -> Self {
        Self { drawing }
    }

    fn keep(&mut self, shape: Shape) -> Recorded {
        self.drawing.shapes.push(shape);
        Ok(())
    }
}

/// The width of a line of text in the unit of `size`, estimated: ideographs are 1 em wide, everything else 0.55 em.
///
/// plotters would ask the page for it, which a worker does not have.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if is_wide(c) { size } else { size * 0.55 }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(u32::from(c), 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x2_0000..=0x3_fffd)
}

fn units(parts: i32) -> f64 {
    f64::from(parts) / f64::from(PARTS)
}

fn point((x, y): BackendCoord) -> Point {
    Point { x: units(x), y: units(y) }
}

fn class<S: BackendStyle>(style: &S) -> Class {
    Class::of_rgb(style.color().rgb)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a ground is some thousand units wide")]
fn parts(units: f64) -> u32 {
    (units.max(0.0) * f64::from(PARTS)).round() as u32
}

impl DrawingBackend for Recorder<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (parts(self.drawing.width), parts(self.drawing.height))
    }

    fn ensure_prepared(&mut self) -> Recorded {
        Ok(())
    }

    fn present(&mut self) -> Recorded {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Recorded {
        let side = units(1);
        self.keep(Shape::Rect { class: Class::of_rgb(color.rgb), at: point(at), width: side, height: side })
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Recorded {
        self.keep(Shape::Line { class: class(style), from: point(from), to: point(to) })
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Recorded {
        let (low, high) = (point((a.0.min(b.0), a.1.min(b.1))), point((a.0.max(b.0), a.1.max(b.1))));
        if fill {
            let (width, height) = (high.x - low.x, high.y - low.y);
            return self.keep(Shape::Rect { class: class(style), at: low, width, height });
        }
        let corners = vec![low, Point { x: high.x, y: low.y }, high, Point { x: low.x, y: high.y }, low];
        self.keep(Shape::Polyline { class: class(style), points: corners })
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Recorded {
        self.keep(Shape::Polyline { class: class(style), points: path.into_iter().map(point).collect() })
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Recorded {
        let (center, radius) = (point(center), f64::from(radius) / f64::from(PARTS));
        let corner = |i: u32| {
            let angle = f64::from(i) * std::f64::consts::TAU / 24.0;
            Point { x: center.x + radius * angle.cos(), y: center.y + radius * angle.sin() }
        };
        let points: Vec<Point> = (0..=24).map(corner).collect();
        let class = class(style);
        self.keep(if fill { Shape::Polygon { class, points } } else { Shape::Polyline { class, points } })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, vert: I, style: &S) -> Recorded {
        self.keep(Shape::Polygon { class: class(style), points: vert.into_iter().map(point).collect() })
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, pos: BackendCoord) -> Recorded {
        let size = style.size() / f64::from(PARTS);
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        };
        let to_base_line = match style.anchor().v_pos {
            VPos::Top => size * 0.85,
            VPos::Center => size * 0.35,
            VPos::Bottom => -size * 0.15,
        };
        let Point { x, y } = point(pos);
        let at = Point { x, y: y + to_base_line };
        self.keep(Shape::Text { class: Class::of_rgb(style.color().rgb), at, size, anchor, text: text.to_owned() })
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a text is some thousand parts wide")]
    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((text_width(text, style.size()).ceil() as u32, style.size().ceil() as u32))
    }
}
