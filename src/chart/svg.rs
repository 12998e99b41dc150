//! Charts as files: SVG that needs nothing around it.

use std::fmt::Write as _;

use super::{Class, Drawing, Figure, LegendEntry, Medium, Point, Shape, text_width};
use crate::assess::Clause;

/// Looks on white, as in `style/chart.css` on paper.
const STYLE: &str = "text{font-family:sans-serif;fill:#5a5e63}\
.title,.shape-emphasis,.shape-figure,.shape-mark-inside{fill:#1d2126;font-weight:600}\
.shape-mark{fill:#1d4a72;font-weight:600}\
.shape-mark-inside{paint-order:stroke;stroke:#efece4;stroke-width:3px}\
.shape-met{fill:#1f6445;font-weight:700}.shape-breached{fill:#a3272b;font-weight:700}\
.shape-ground{fill:#efece4}.shape-grid,.shape-gap{fill:none;stroke:#d9d4c7}.shape-gap{stroke:#fff}\
.shape-down,.shape-dot{fill:#a3272b}.shape-touched{fill:#d8b2aa}\
.shape-incoming{fill:#1d4a72}.shape-unknown,.shape-outgoing{fill:#a59f8f}.shape-single{fill:#80560a}\
.shape-curve{fill:none;stroke:#a3272b;stroke-width:2.25}\
.shape-band{fill:#f8e6e3;stroke:#a3272b;stroke-width:.75;stroke-dasharray:1.5 2}\
.shape-limit-minutes,.shape-limit-percent,.shape-limit-tick,.shape-whisker{fill:none;stroke:#1d2126;stroke-width:1.5}\
.shape-limit-percent,.shape-percentile{stroke-dasharray:5 3}\
.shape-range{fill:#c3d3e2}.shape-mean,.shape-percentile{fill:none;stroke:#1d4a72;stroke-width:2}.shape-percentile{stroke:#1d2126;stroke-width:1.5}\
.hatch-ground{fill:#e4ebf1}.hatch-line{fill:#1d4a72}\
.hatch-claimed .hatch-ground{fill:#f8e6e3}.hatch-claimed .hatch-line{fill:#a3272b}";

const MARGIN: f64 = 16.0;
const TITLE: f64 = 16.0;
const SMALL: f64 = 12.0;
const LINE: f64 = 17.0;

impl Figure {
    /// The first of its drawings as an SVG file, with its words and its legend.
    #[must_use]
    pub fn svg(&self) -> String {
        let empty = Drawing { width: Medium::Wide.width(), height: 0.0, shapes: Vec::new() };
        let drawing = self.drawings.first().map_or(&empty, |(_, drawing)| drawing);
        let mut body = String::new();
        let mut y = TITLE;
        for (class, size, text) in [("title", TITLE, &self.title), ("", SMALL, &self.subtitle)] {
            for line in lines(text, size, drawing.width) {
                put_text(&mut body, (class, "start", size), Point { x: 0.0, y }, &line);
                y += LINE + size / 4.0;
            }
        }
        let _ = write!(body, "<g transform=\"translate(0 {})\">", number(y));
        drawing.shapes.iter().for_each(|shape| put_shape(&mut body, shape));
        body.push_str("</g>");
        y = self.put_legend(&mut body, drawing.width, y + drawing.height + LINE);
        let hatchings: String = self.legend.iter().filter_map(|entry| hatching(entry.class)).collect();
        let (width, height) = (number(drawing.width + 2.0 * MARGIN), number(y + 2.0 * MARGIN));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-16 -16 {width} {height}\" width=\"{width}\" height=\"{height}\">\
             <style>{STYLE}</style><defs>{hatchings}</defs>\
             <path d=\"M-16,-16h{width}v{height}h-{width}Z\" fill=\"#fff\"/>{body}</svg>\n"
        )
    }

    /// Entries beside each other as far as there is room; returns where they end.
    fn put_legend(&self, out: &mut String, width: f64, mut y: f64) -> f64 {
        let mut x = 0.0;
        for LegendEntry { class, mark, text } in &self.legend {
            let text = mark.map_or_else(|| text.clone(), |mark| format!("{mark} {text}"));
            let needed = 22.0 + text_width(&text, SMALL);
            if x > 0.0 && x + needed > width {
                (x, y) = (0.0, y + LINE);
            }
            let (at, look) = (Point { x, y: y - 10.0 }, class.swatch());
            let _ = write!(out, "<g transform=\"translate({} {})\">", number(at.x), number(at.y));
            put_path(out, *class, look);
            out.push_str("</g>");
            put_text(out, ("", "start", SMALL), Point { x: x + 22.0, y }, &text);
            x += needed + 18.0;
        }
        y
    }
}

impl Class {
    /// The swatch of whatever fills an area.
    pub const AREA: &str = "M0,0H16V12H0Z";

    /// Its outline in a legend, 16 by 12 units.
    #[must_use]
    pub const fn swatch(self) -> &'static str {
        match self {
            Self::LimitTick => "M8,0V12",
            // As it stands in its row: the lower half only.
            Self::Single => "M6,6H9V12H6Z",
            line if line.is_line() => "M0,6H16",
            _ => Self::AREA,
        }
    }

    /// The name of its hatching in a document; `None` where it has none.
    #[must_use]
    pub fn hatching(self) -> Option<String> {
        match self {
            Self::Excluded(clause) | Self::Claimed(clause) => {
                Some(format!("{}-{}", self.as_str(), clause.as_str().replace('.', "-")))
            }
            Self::Uncounted => Some(self.as_str().to_owned()),
            _ => None,
        }
    }

    /// How its hatching is turned. Each clause has its own direction, so that hatchings differ without colour too.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        let (Self::Excluded(clause) | Self::Claimed(clause)) = self else { return "rotate(45)" };
        match clause {
            Clause::NetworkMaintenance | Clause::PowerCustomerEquipment => "rotate(45)",
            Clause::NetworkCustomerEquipment | Clause::PowerCustomerInstallation => "rotate(-45)",
            Clause::NetworkCustomerInstallation | Clause::PowerCustomerNegligence => "rotate(0)",
            Clause::NetworkCustomerNegligence | Clause::PowerForceMajeure => "rotate(90)",
            Clause::NetworkForceMajeure => "rotate(20)",
            Clause::NetworkOtherCustomerCause => "rotate(-20)",
            Clause::NetworkReport | Clause::PowerReport => "rotate(70)",
        }
    }
}

impl Shape {
    /// Its outline as the data of an SVG path; empty for a text. One kind of element for all keeps the program small.
    #[must_use]
    pub fn outline(&self) -> String {
        let mut out = String::new();
        self.put_outline(&mut out);
        out
    }

    /// Adds its outline to that of others.
    pub(super) fn put_outline(&self, out: &mut String) {
        match self {
            Self::Rect { at, width, height, .. } => {
                let (x, y) = (at.x + width, at.y + height);
                put_line(out, &[*at, Point { x, y: at.y }, Point { x, y }, Point { x: at.x, y }]);
            }
            Self::Line { from, to, .. } => put_line(out, &[*from, *to]),
            Self::Polyline { points, .. } | Self::Polygon { points, .. } => put_line(out, points),
            Self::Text { .. } => {}
        }
        if matches!(self, Self::Rect { .. } | Self::Polygon { .. }) {
            out.push('Z');
        }
    }
}

/// From point to point; most of these lines are level or upright, which is said in half as many characters.
fn put_line(out: &mut String, points: &[Point]) {
    let mut before = None;
    for point in points {
        let (x, y) = (hundredths(point.x), hundredths(point.y));
        let (same_x, same_y) = before.map_or((false, false), |(last_x, last_y)| (last_x == x, last_y == y));
        match (before.is_some(), same_x, same_y) {
            (true, true, true) => {}
            (true, true, false) => put_number(out, 'V', y),
            (true, false, true) => put_number(out, 'H', x),
            (drawn, ..) => {
                put_number(out, if drawn { 'L' } else { 'M' }, x);
                put_number(out, ',', y);
            }
        }
        before = Some((x, y));
    }
}

/// At most two decimals. Written from whole hundredths: how floats are written in general would take 8 KB of the page.
#[must_use]
pub fn number(value: f64) -> String {
    let mut out = String::new();
    put_hundredths(&mut out, hundredths(value));
    out
}

#[allow(clippy::cast_possible_truncation, reason = "a ground is some thousand units wide")]
fn hundredths(value: f64) -> i64 {
    (value * 100.0).round() as i64
}

fn put_number(out: &mut String, before: char, hundredths: i64) {
    out.push(before);
    put_hundredths(out, hundredths);
}

/// Digit by digit: a chart that is dragged writes some ten thousand of them for each frame of the screen.
fn put_hundredths(out: &mut String, hundredths: i64) {
    if hundredths < 0 {
        out.push('-');
    }
    let hundredths = hundredths.unsigned_abs();
    put_digits(out, hundredths / 100);
    let (tenths, rest) = (hundredths / 10 % 10, hundredths % 10);
    if tenths + rest > 0 {
        out.push('.');
        put_digits(out, tenths);
    }
    if rest > 0 {
        put_digits(out, rest);
    }
}

fn put_digits(out: &mut String, number: u64) {
    if number > 9 {
        put_digits(out, number / 10);
    }
    out.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or(0)));
}

fn put_shape(out: &mut String, shape: &Shape) {
    match shape {
        Shape::Text { class, at, size, anchor, text } => {
            put_text(out, (&format!("shape-{}", class.as_str()), anchor.as_str(), *size), *at, text);
        }
        shape if matches!(shape.class(), Class::Spot(_)) => {}
        shape => put_path(out, shape.class(), &shape.outline()),
    }
}

fn put_path(out: &mut String, class: Class, outline: &str) {
    let fill = class.hatching().map(|name| format!(" fill=\"url(#{name})\"")).unwrap_or_default();
    let _ = write!(out, "<path class=\"shape-{}\" d=\"{outline}\"{fill}/>", class.as_str());
}

fn put_text(out: &mut String, (class, anchor, size): (&str, &str, f64), at: Point, text: &str) {
    let (x, y, size) = (number(at.x), number(at.y), number(size));
    let _ = write!(
        out,
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\">{}</text>",
        text.replace('&', "&amp;").replace('<', "&lt;")
    );
}

fn hatching(class: Class) -> Option<String> {
    let name = class.hatching()?;
    Some(format!(
        "<pattern id=\"{name}\" class=\"hatch-{}\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"{}\"><path class=\"hatch-ground\" d=\"M0,0h4v4h-4Z\"/>\
         <path class=\"hatch-line\" d=\"M0,0h1.6v4h-1.6Z\"/></pattern>",
        class.as_str(),
        class.direction()
    ))
}

/// A text broken into lines, between words or at any ideograph.
fn lines(text: &str, size: f64, room: f64) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for piece in text.split_inclusive(|letter: char| letter == ' ' || !letter.is_ascii()) {
        if !line.is_empty() && text_width(&line, size) + text_width(piece, size) > room {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(piece);
    }
    lines.push(line);
    lines
}
