//! A chart as it stands on a sheet; what its table says stands beside it there.

use super::Element;
use crate::chart::{Anchor, Class, Drawing, Figure, LegendEntry, Point, Shape, number};
use crate::sorted::Set;

/// The chart as a figure. `id` is unique in the page, without spaces: hatchings are referred to by it.
pub(super) fn chart(id: &str, figure: &Figure) -> Element {
    let hatched = figure.legend.iter().map(|own| own.class).filter(|own| own.hatching().is_some());
    let looks = Looks { id, hatched: hatched.collect() };
    let caption = Element::new("figcaption").child(Element::new("b").text(&*figure.title)).text(&*figure.subtitle);
    let entries = figure.legend.iter().map(|own| looks.entry(own));
    Element::new("figure")
        .child(caption)
        .children(figure.drawings.iter().map(|(_, own)| drawing(&looks, own)))
        .child(Element::new("ul").children(entries))
}

fn drawing(looks: &Looks, drawing: &Drawing) -> Element {
    Element::new("svg")
        .with("viewBox", format!("0 0 {} {}", number(drawing.width), number(drawing.height)))
        // The caption says what it comes to, and the table beside holds the figures.
        .with("aria-hidden", "true")
        .children((!looks.hatched.is_empty()).then(|| Element::new("defs").children(looks.hatchings())))
        .children(shapes(looks, &drawing.shapes))
}

/// Neighbours of one look as one element: a month has hundreds of bars and labels, and files hold them as text. Letters
/// stand over all.
fn shapes(looks: &Looks, shapes: &[Shape]) -> Vec<Element> {
    let (mut outlines, mut texts) = (Vec::new(), Vec::<Labels>::new());
    for (shape, outline) in seen(shapes) {
        let Shape::Text { class, at, size, anchor, text } = shape else {
            outlines.push((shape, outline));
            continue;
        };
        let look = (*class, *anchor, number(*size));
        let place = texts.iter().position(|own| own.look == look).unwrap_or_else(|| {
            texts.push(Labels { look, labels: Vec::new(), line: String::new() });
            texts.len() - 1
        });
        if let Some(own) = texts.get_mut(place) {
            own.push(*at, text);
        }
    }
    let alike = outlines.chunk_by(|(one, _), (other, _)| one.class() == other.class());
    let paths = alike.filter_map(|alike| rows(alike).or_else(|| looks.neighbours(alike)));
    paths.chain(texts.into_iter().map(Labels::element)).collect()
}

/// Bars under each other, all alike and evenly spaced, as one broken line as wide as they are; `None` where they are others.
#[allow(clippy::float_arithmetic, reason = "geometry; no verdict and no amount is computed here")]
fn rows(shapes: &[(&Shape, String)]) -> Option<Element> {
    let [
        (Shape::Rect { class, at, width, height }, _),
        (Shape::Rect { at: next, .. }, _),
        ..,
        (Shape::Rect { at: last, .. }, _),
    ] = shapes
    else {
        return None;
    };
    let bars = shapes.iter().zip(0_u16..).all(|((own, _), row)| {
        matches!(own, Shape::Rect { at: own, width: wide, height: high, .. } if number(own.x) == number(at.x)
            && number(own.y) == number(at.y + (next.y - at.y) * f64::from(row))
            && number(*wide) == number(*width) && number(*high) == number(*height))
    });
    let gap = next.y - at.y - height;
    let line = format!("M{},{}V{}", number(at.x + width / 2.0), number(at.y), number(last.y + height));
    (bars && gap > 0.0).then(|| {
        Element::new("path")
            .with("class", class.as_str())
            .with("d", line)
            .with("stroke-width", number(*width))
            .with("stroke-dasharray", format!("{},{}", number(*height), number(gap)))
    })
}

/// The size of letters in `style/statement.css`.
const USUAL: &str = "12";

/// Labels of one look.
struct Labels {
    look: (Class, Anchor, String),
    labels: Vec<Element>,
    /// The base line of the last one.
    line: String,
}

impl Labels {
    /// Most are labels of usual size, whose look need not be told.
    fn element(self) -> Element {
        let (class, anchor, size) = self.look;
        let mut text = Element::new("text");
        if class != Class::Label {
            text = text.with("class", class.as_str());
        }
        if size != USUAL {
            text = text.with("font-size", size);
        }
        // Most stand left of something: `style/statement.css` says so.
        if anchor != Anchor::End {
            text = text.with("text-anchor", anchor.as_str());
        }
        text.children(self.labels)
    }

    /// On the same base line as the label before, it need not be told again.
    fn push(&mut self, at: Point, text: &str) {
        let place = |units: f64| number(units.round());
        let (label, line) = (Element::new("tspan").with("x", place(at.x)), place(at.y));
        let label = if self.line == line { label } else { label.with("y", &*line) };
        self.labels.push(label.text(text));
        self.line = line;
    }
}

/// The shapes that can be seen, with their outlines: not places of rows, nor a bar that another covers exactly.
fn seen(shapes: &[Shape]) -> Vec<(&Shape, String)> {
    let mut above = Set::new();
    let shapes = shapes.iter().rev().filter(|own| !matches!(own.class(), Class::Spot(_)));
    let mut seen: Vec<_> = shapes
        .map(|own| (own, own.outline()))
        .filter(|(own, outline)| !matches!(own, Shape::Rect { .. }) || above.insert(outline.clone()))
        .collect();
    seen.reverse();
    seen
}

/// How shapes of a chart look: by their class, and by the hatchings that occur, which are told apart by their places.
struct Looks<'a> {
    id: &'a str,
    hatched: Vec<Class>,
}

impl Looks<'_> {
    fn hatching(&self, class: Class) -> Option<String> {
        self.hatched.iter().position(|own| *own == class).map(|place| format!("{}-{place}", self.id))
    }

    /// On paper they differ by direction only: what is said of the first is said of all.
    fn hatchings(&self) -> Vec<Element> {
        let hatching = |class: &Class| {
            let own = Element::new("pattern")
                .with("id", self.hatching(*class).unwrap_or_default())
                .with("patternTransform", class.direction());
            if self.hatched.first() != Some(class) {
                return own.with("href", format!("#{}-0", self.id));
            }
            own.with("width", "4")
                .with("height", "4")
                .with("patternUnits", "userSpaceOnUse")
                .child(Element::new("path").with("fill", "#fff").with("d", "M0,0h4v4h-4Z"))
                .child(Element::new("path").with("d", "M0,0h1.6v4h-1.6Z"))
        };
        self.hatched.iter().map(hatching).collect()
    }

    fn fill(&self, shape: Element, class: Class) -> Element {
        let shape = shape.with("class", class.as_str());
        match self.hatching(class) {
            Some(id) => shape.with("fill", format!("url(#{id})")),
            None => shape,
        }
    }

    /// Shapes of one look as one element.
    fn neighbours(&self, shapes: &[(&Shape, String)]) -> Option<Element> {
        let outline: String = shapes.iter().map(|(_, outline)| outline.as_str()).collect();
        Some(self.path(shapes.first()?.0.class(), outline))
    }

    fn path(&self, class: Class, outline: impl Into<String>) -> Element {
        self.fill(Element::new("path").with("d", outline), class)
    }

    fn entry(&self, entry: &LegendEntry) -> Element {
        // How large most swatches are is said in `style/statement.css`.
        let swatch = match entry.class.swatch() {
            Class::AREA => self.fill(Element::new("rect"), entry.class),
            outline => self.path(entry.class, outline),
        };
        let mark = entry.mark.map(|mark| Element::new("b").text(mark));
        Element::new("li").child(Element::new("svg").child(swatch)).children(mark).text(&*entry.text)
    }
}
