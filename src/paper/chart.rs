//! A chart as it stands on a sheet; what its table says stands beside it there.

use super::Element;
use crate::chart::{Anchor, Class, Drawing, Figure, LegendEntry, Point, Shape, number};
use crate::sorted::{Map, Set};

/// The chart as a figure. `id` is unique in the page, without spaces: hatchings are referred to by it.
pub(super) fn chart(id: &str, figure: &Figure) -> Element {
    let caption = Element::new("figcaption")
        .child(Element::new("strong").text(&*figure.title))
        .child(Element::new("span").text(&*figure.subtitle));
    let entries = figure.legend.iter().map(|own| entry(id, own));
    Element::new("figure")
        .with("class", "chart")
        .child(caption)
        .children(figure.drawings.iter().map(|(_, own)| drawing(id, figure, own)))
        .child(Element::new("ul").children(entries))
}

fn drawing(id: &str, figure: &Figure, drawing: &Drawing) -> Element {
    let hatchings: Vec<Element> = figure.legend.iter().filter_map(|own| hatching(id, own.class)).collect();
    let hatchings = (!hatchings.is_empty()).then(|| Element::new("defs").children(hatchings));
    Element::new("svg")
        .with("viewBox", format!("0 0 {} {}", number(drawing.width), number(drawing.height)))
        // The caption says what it comes to, and the table beside holds the figures.
        .with("aria-hidden", "true")
        .children(hatchings)
        .children(shapes(id, &drawing.shapes))
}

/// Neighbours of one look as one element: a month has hundreds of bars and labels, and files hold them as text. Letters
/// stand over all.
fn shapes(id: &str, shapes: &[Shape]) -> Vec<Element> {
    let mut paths: Vec<(Class, String)> = Vec::new();
    let mut texts: Map<(&str, String, &str), Labels> = Map::new();
    for (shape, outline) in seen(shapes) {
        if let Shape::Text { class, at, size, anchor, text } = shape {
            texts.of((class.as_str(), number(*size), anchor.as_str())).push(*at, text);
            continue;
        }
        match paths.last_mut() {
            Some((last, neighbours)) if *last == shape.class() => neighbours.push_str(&outline),
            _ => paths.push((shape.class(), outline)),
        }
    }
    let paths = paths.into_iter().map(|(class, outline)| path(id, class, outline));
    let texts = texts.into_iter().map(|((class, size, anchor), labels)| {
        let text = Element::new("text").with("class", format!("shape-{class}"));
        let text = if size == USUAL { text } else { text.with("font-size", size) };
        let text = if anchor == Anchor::Start.as_str() { text } else { text.with("text-anchor", anchor) };
        text.children(labels.labels)
    });
    paths.chain(texts).collect()
}

/// The size of letters in `style/statement.css`.
const USUAL: &str = "12";

/// Labels of one look.
#[derive(Default)]
struct Labels {
    labels: Vec<Element>,
    /// The base line of the last one.
    line: String,
}

impl Labels {
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

fn path(id: &str, class: Class, outline: impl Into<String>) -> Element {
    let path = Element::new("path").with("class", look(class)).with("d", outline);
    match hatching_id(id, class) {
        Some(id) => path.with("fill", format!("url(#{id})")),
        None => path,
    }
}

fn look(class: Class) -> String {
    format!("shape-{}", class.as_str())
}

fn hatching_id(id: &str, class: Class) -> Option<String> {
    class.hatching().map(|name| format!("{id}-{name}"))
}

fn hatching(id: &str, class: Class) -> Option<Element> {
    let line = |class, outline: &str| Element::new("path").with("class", class).with("d", outline);
    Some(
        Element::new("pattern")
            .with("id", hatching_id(id, class)?)
            .with("class", format!("hatch hatch-{}", class.as_str()))
            .with("width", "4")
            .with("height", "4")
            .with("patternUnits", "userSpaceOnUse")
            .with("patternTransform", class.direction())
            .child(line("hatch-ground", "M0,0h4v4h-4Z"))
            .child(line("hatch-line", "M0,0h1.6v4h-1.6Z")),
    )
}

fn entry(id: &str, entry: &LegendEntry) -> Element {
    let swatch = Element::new("svg").child(path(id, entry.class, entry.class.swatch()));
    let mark = entry.mark.map(|mark| Element::new("b").text(mark));
    Element::new("li").child(swatch).children(mark).text(&*entry.text)
}
