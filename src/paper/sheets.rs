//! The statement as sheets of paper, in two copies. What stands where is decided in `statement`; nothing is computed here.

use std::fmt::Write as _;
use std::ops::Range;

use super::Element;
use super::chart::chart;
use crate::statement::pages::{Piece, Sheet};
use crate::statement::paper::Binding;
use crate::statement::{Cell, Check, Code, Column, Content, Copy, Form, Line, Side, Signatures, Statement, Table};

/// Modules of white that a QR code needs on each side.
const QUIET: usize = 4;

/// Both copies of the statement, 甲方執 and 乙方執, a `section.sheet` for each page. They are made one after the other, since
/// a large statement takes long.
pub struct Sheets {
    statement: Statement,
    sheets: Vec<Sheet>,
}

impl Sheets {
    /// Those of the statement.
    #[must_use]
    pub fn new(statement: Statement) -> Self {
        let sheets = statement.sheets();
        Self { statement, sheets }
    }

    /// How many there are in both copies.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.sheets.len() * Copy::BOTH.len()
    }

    /// The element of the statement, and those of the copies that stand in it, without any sheet.
    #[must_use]
    pub fn frame(&self) -> (Element, [Element; 2]) {
        (print(&self.statement, []), Copy::BOTH.map(|copy| frame_of(copy.id())))
    }

    /// The sheet at that place of all, and the place of its copy; after the last one of a copy a blank page,
    /// where the other would begin on its back.
    #[must_use]
    pub fn sheet(&self, at: usize) -> Option<(usize, Vec<Element>)> {
        let pages = self.sheets.len();
        let place = at.checked_div(pages)?;
        let (copy, page) = (*Copy::BOTH.get(place)?, at % pages);
        let marked = Marked { id: copy.id(), mark: copy.mark(self.statement.locale) };
        let own = sheet(&self.statement, self.sheets.get(page)?, marked, page + 1, pages);
        // Printed on both sides, the second copy must not begin on the back of the first.
        let is_last = page + 1 == pages && copy == Copy::Customer;
        let odd = is_last && self.statement.paper.binding == Binding::Inner && pages % 2 == 1;
        Some((place, [own].into_iter().chain(odd.then(|| blank(&self.statement))).collect()))
    }
}

/// The statement once, its sheets marked as 甲方執 and 乙方執 at the same time: printed twice, it is both copies.
#[must_use]
pub fn sheets_once(statement: &Statement) -> Element {
    let mark = statement.locale.texts().statement.copy_both;
    print(statement, [copy_of(statement, &statement.sheets(), Marked { id: "both", mark })])
}

fn print(statement: &Statement, copies: impl IntoIterator<Item = Element>) -> Element {
    let paper = statement.paper;
    Element::new("div")
        .with("class", "statement-print")
        .with("lang", statement.locale.tag())
        .with("data-paper", paper.size.as_str())
        .with("data-binding", paper.binding.as_str())
        .with("data-ink", paper.ink.as_str())
        .children(copies)
}

fn blank(statement: &Statement) -> Element {
    let text = Element::new("p").text(statement.locale.texts().statement.blank_page);
    Element::new("div").with("class", "sheet-blank").child(text)
}

/// For whom a copy is, by the name in the page and by its mark.
#[derive(Clone, Copy)]
struct Marked<'a> {
    id: &'static str,
    mark: &'a str,
}

fn copy_of(statement: &Statement, sheets: &[Sheet], copy: Marked) -> Element {
    let pages = sheets.len();
    let sheets = sheets.iter().zip(1..).map(|(own, page)| sheet(statement, own, copy, page, pages));
    frame_of(copy.id).children(sheets)
}

fn frame_of(copy: &str) -> Element {
    Element::new("div").with("class", "statement-copy").with("data-copy", copy)
}

fn sheet(statement: &Statement, sheet: &Sheet, copy: Marked, page: usize, pages: usize) -> Element {
    let pieces = sheet.pieces.iter().filter_map(|own| piece(statement, own, copy));
    Element::new("section")
        .with("class", "sheet")
        .with("data-page", page.to_string())
        .with("data-pages", pages.to_string())
        .child(head(statement, copy))
        .child(Element::new("div").children(pieces))
        .child(foot(statement, page, pages))
}

/// Head and foot stand on every sheet: what their parts are is told by their order, the mark of the copy being the last.
fn head(statement: &Statement, copy: Marked) -> Element {
    let running = &statement.running;
    let mark = running.mark.as_ref().map(|mark| paragraph(mark).with("class", "sheet-mark"));
    Element::new("header")
        .child(paragraph(&statement.title))
        .child(paragraph(&running.month))
        .child(paragraph(&running.contract))
        .children(mark)
        .child(paragraph(copy.mark))
}

fn foot(statement: &Statement, page: usize, pages: usize) -> Element {
    let running = &statement.running;
    let digest = if page == pages { &running.digest } else { &running.digest_short };
    let digest = format!("{} {digest}", statement.locale.texts().statement.digest_label);
    Element::new("footer").child(paragraph(&digest)).child(paragraph(&statement.page_of(page, pages)))
}

fn paragraph(text: &str) -> Element {
    Element::new("p").text(text)
}

fn piece(statement: &Statement, piece: &Piece, copy: Marked) -> Option<Element> {
    let content = &statement.blocks.get(piece.block())?.content;
    match (piece, content) {
        (Piece::Rows { rows, .. }, Content::Table(own)) => Some(table(statement, own, rows)),
        (_, Content::Chart(own)) => Some(chart(&format!("{}-{}", copy.id, piece.block()), own)),
        (_, content) => whole(content),
    }
}

fn whole(content: &Content) -> Option<Element> {
    Some(match content {
        Content::Title(text) => Element::new("h1").text(&**text),
        Content::Heading(text) => Element::new("h2").text(&**text),
        Content::Subheading(text) => Element::new("h3").text(&**text),
        Content::Verdict(verdict, text) => {
            // The style sheet adds the symbol of the verdict.
            Element::new("h2").with("data-verdict", verdict.as_str()).text(&**text)
        }
        Content::Paragraph(text) => paragraph(text),
        Content::Item(text) => paragraph(text).with("class", "item"),
        Content::Signatures(own) => signatures(own),
        Content::Check(own) => check(own),
        Content::Table(_) | Content::Chart(_) | Content::NewSheet => return None,
    })
}

fn table(statement: &Statement, table: &Table, rows: &Range<usize>) -> Element {
    let heads = (table.form != Form::Facts).then(|| heads(statement, table, rows.start > 0));
    let body = table.rows().get(rows.clone()).unwrap_or_default().iter().map(|own| row(table, own));
    let rows = heads.into_iter().chain(body).enumerate().map(|(at, cells)| {
        let cells = cells.into_iter().zip(&table.columns).enumerate();
        // Columns are as wide as the cells of the first row; what is left is the last one's. Facts are all alike.
        let cells = cells.map(|(column, (cell, own))| {
            let is_told = at == 0 && column + 1 < table.columns.len() && table.form != Form::Facts;
            if is_told { cell.with("width", format!("{}%", own.percent)) } else { cell }
        });
        Element::new("tr").children(cells)
    });
    let form = Element::new("table");
    let form = if table.form == Form::Fine { form } else { form.with("data-form", table.form.id()) };
    // The places of columns of figures, said once for all of their cells.
    let figures = table.columns.iter().zip(1..).filter(|(own, _)| own.figures);
    let figures: String = figures.map(|(_, place): (_, u8)| place.to_string()).collect();
    let form = if figures.is_empty() { form } else { form.with("data-n", figures) };
    form.child(Element::new("tbody").children(rows))
}

fn heads(statement: &Statement, table: &Table, continued: bool) -> Vec<Element> {
    let mark = statement.locale.texts().statement.continued;
    let cell = |(at, column): (usize, &Column)| {
        let mark = if continued && at == 0 { format!(" {mark}") } else { String::new() };
        Element::new("th").text(format!("{}{mark}", column.head))
    };
    table.columns.iter().enumerate().map(cell).collect()
}

fn row(table: &Table, row: &[Cell]) -> Vec<Element> {
    let cell = |(at, cell): (usize, &Cell)| {
        let is_head = at == 0 && table.form == Form::Facts;
        let own = Element::new(if is_head { "th" } else { "td" });
        match &cell.0[..] {
            [] => own,
            [first, more @ ..] => {
                more.iter().fold(own.text(&**first), |own, line| own.child(Element::new("br")).text(&**line))
            }
        }
    };
    row.iter().enumerate().map(cell).collect()
}

fn signatures(signatures: &Signatures) -> Element {
    let sides = signatures.sides.iter().map(side);
    Element::new("div").with("class", "signatures").with("data-part", "signatures").children(sides)
}

fn side(side: &Side) -> Element {
    let date = Element::new("p").with("class", "date");
    let date = side.date.iter().fold(date, |date, unit| date.child(Element::new("span")).text(*unit));
    Element::new("div")
        .child(line(&side.seal))
        .child(Element::new("p").with("class", "seal"))
        .children(side.lines.iter().map(line))
        .child(date)
        .child(line(&side.place))
}

/// What is to be written, and where.
fn line(line: &Line) -> Element {
    paragraph(line.label).child(Element::new("span").text(&*line.value))
}

fn check(check: &Check) -> Element {
    let lines = check.lines.iter().map(|line| paragraph(line));
    Element::new("div")
        .with("class", "sheet-check")
        .with("data-part", "check")
        .children(check.code.as_ref().map(code))
        .child(Element::new("div").children(lines))
}

/// The code as one path, a stroke as wide as a module for each run of dark ones: it prints as sharp as the printer can.
fn code(code: &Code) -> Element {
    let side = code.side + 2 * QUIET;
    let mut path = String::new();
    let mut end = None;
    for (column, row, length) in &code.runs {
        // Writing to a String cannot fail.
        let _ = match end {
            Some((before, line)) if line == row => write!(path, "m{} 0h{length}", column - before),
            _ => write!(path, "M{} {}h{length}", column + QUIET, row + QUIET),
        };
        end = Some((column + length, row));
    }
    Element::new("svg")
        .with("class", "sheet-code")
        // Strokes run along the middle of the modules.
        .with("viewBox", format!("0 -0.5 {side} {side}"))
        .with("shape-rendering", "crispEdges")
        .with("role", "img")
        .with("aria-label", &*code.text)
        .child(Element::new("path").with("d", path))
}
