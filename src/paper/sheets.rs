//! The statement as sheets of paper, in two copies. What stands where is decided in `statement`; nothing is computed here.

use std::fmt::Write as _;
use std::ops::Range;

use super::Element;
use super::chart::chart;
use crate::statement::pages::{Piece, Sheet};
use crate::statement::paper::Binding;
use crate::statement::{
    Cell, Check, Code, Column, Content, Copy, Form, Line, Side, Signatures, Statement, Table, wording,
};

/// Modules of white that a QR code needs on each side.
const QUIET: usize = 4;

/// Both copies of the statement, 甲方執 and 乙方執, a `section.sheet` for each page.
#[must_use]
pub fn sheets(statement: &Statement) -> Element {
    let sheets = statement.sheets();
    let copies = Copy::BOTH.map(|copy| {
        let own = copy_of(statement, &sheets, Marked { id: copy.id(), mark: copy.mark(statement.locale) });
        // Printed on both sides, the second copy must not begin on the back of the first.
        let odd = statement.paper.binding == Binding::Inner && copy == Copy::Customer && sheets.len() % 2 == 1;
        own.children(odd.then(|| blank(statement)))
    });
    print(statement, copies)
}

/// The statement once, its sheets marked as 甲方執 and 乙方執 at the same time: printed twice, it is both copies.
#[must_use]
pub fn sheets_once(statement: &Statement) -> Element {
    let mark = Copy::BOTH.map(|copy| copy.mark(statement.locale)).join(" · ");
    print(statement, [copy_of(statement, &statement.sheets(), Marked { id: "both", mark: &mark })])
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
    Element::new("div").with("class", "statement-copy").with("data-copy", copy.id).children(sheets)
}

fn sheet(statement: &Statement, sheet: &Sheet, copy: Marked, page: usize, pages: usize) -> Element {
    let pieces = sheet.pieces.iter().filter_map(|own| piece(statement, own, copy));
    Element::new("section")
        .with("class", "sheet")
        .with("data-page", page.to_string())
        .with("data-pages", pages.to_string())
        .with("data-copy", copy.id)
        .child(head(statement, copy))
        .child(Element::new("div").with("class", "sheet-body").children(pieces))
        .child(foot(statement, page, pages))
}

fn head(statement: &Statement, copy: Marked) -> Element {
    let running = &statement.running;
    let mark = running.mark.as_ref().map(|mark| Element::new("strong").with("class", "sheet-mark").text(&**mark));
    Element::new("header")
        .with("class", "sheet-head")
        .child(Element::new("span").with("class", "sheet-title").text(&*statement.title))
        .child(Element::new("span").text(&*running.month))
        .child(Element::new("span").text(&*running.contract))
        .children(mark)
        .child(Element::new("span").with("class", "sheet-copy").text(copy.mark))
}

fn foot(statement: &Statement, page: usize, pages: usize) -> Element {
    let running = &statement.running;
    let digest = if page == pages { &running.digest } else { &running.digest_short };
    let digest = format!("{} {digest}", statement.locale.texts().statement.digest_label);
    Element::new("footer")
        .with("class", "sheet-foot")
        .child(Element::new("span").with("class", "sheet-digest").text(digest))
        .child(Element::new("span").with("class", "sheet-number").text(statement.page_of(page, pages)))
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
            let symbol = Element::new("span").with("class", "sheet-symbol").with("aria-hidden", "true");
            Element::new("h2")
                .with("class", "sheet-verdict")
                .with("data-verdict", verdict.as_str())
                .child(symbol.text(wording::symbol(*verdict)))
                .child(Element::new("span").text(&**text))
        }
        Content::Paragraph(text) => Element::new("p").text(&**text),
        Content::Item(text) => Element::new("p").with("class", "sheet-item").text(&**text),
        Content::Signatures(own) => signatures(own),
        Content::Check(own) => check(own),
        Content::Table(_) | Content::Chart(_) | Content::NewSheet => return None,
    })
}

fn table(statement: &Statement, table: &Table, rows: &Range<usize>) -> Element {
    let width = |column: &Column| Element::new("col").with("width", format!("{}%", column.percent));
    let continued = rows.start > 0;
    let heads = (table.form != Form::Facts).then(|| heads(statement, table, continued));
    let body = table.rows().get(rows.clone()).unwrap_or_default().iter().map(|own| row(table, own));
    Element::new("table")
        .with("class", "sheet-table")
        .with("data-form", table.form.id())
        .child(Element::new("colgroup").children(table.columns.iter().map(width)))
        .children(heads)
        .child(Element::new("tbody").children(body))
}

fn heads(statement: &Statement, table: &Table, continued: bool) -> Element {
    let mark = statement.locale.texts().statement.continued;
    let cells = table.columns.iter().enumerate().map(|(at, column)| {
        let mark = if continued && at == 0 { format!(" {mark}") } else { String::new() };
        Element::new("th").class_if("figures", column.figures).text(format!("{}{mark}", column.head))
    });
    Element::new("thead").child(Element::new("tr").children(cells))
}

fn row(table: &Table, row: &[Cell]) -> Element {
    let cell = |(at, (cell, column)): (usize, (&Cell, &Column))| {
        let own = if at == 0 && table.form == Form::Facts {
            Element::new("th").with("scope", "row")
        } else {
            Element::new("td").class_if("figures", column.figures)
        };
        match &cell.0[..] {
            [] => own,
            [first, more @ ..] => {
                more.iter().fold(own.text(&**first), |own, line| own.child(Element::new("br")).text(&**line))
            }
        }
    };
    Element::new("tr").children(row.iter().zip(&table.columns).enumerate().map(cell))
}

fn signatures(signatures: &Signatures) -> Element {
    let sides = signatures.sides.iter().map(side);
    Element::new("div").with("class", "signatures").with("data-part", "signatures").children(sides)
}

fn side(side: &Side) -> Element {
    let date = side.date.iter().fold(Element::new("div").with("class", "signature-date"), |date, unit| {
        date.child(Element::new("span").with("class", "signature-blank")).text(*unit)
    });
    Element::new("div")
        .with("class", "signature-side")
        .child(line(&side.seal))
        .child(Element::new("div").with("class", "signature-seal"))
        .children(side.lines.iter().map(line))
        .child(date)
        .child(line(&side.place))
}

fn line(line: &Line) -> Element {
    Element::new("div")
        .with("class", "signature-line")
        .child(Element::new("span").text(line.label))
        .child(Element::new("span").with("class", "signature-value").text(&*line.value))
}

fn check(check: &Check) -> Element {
    let lines = check.lines.iter().map(|line| Element::new("p").text(&**line));
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
