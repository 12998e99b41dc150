//! The document cut into sheets, in a fixed model of their layout.
//!
//! Lengths are in tenths of a millimetre, widths of text in hundredths. `style/statement.css` gives the same lengths to the
//! browser; line heights are fixed there, so what fits here fits on paper.

use std::ops::Range;

use super::document::{Block, Column, Content, Form, Line, Side, Signatures, Table, clean};
use super::paper::PaperSize;
use super::typeset::Type;
use crate::chart::Figure;

/// The height of a sheet that its own text may fill.
#[must_use]
pub const fn capacity(size: PaperSize) -> i64 {
    match size {
        PaperSize::A4 => 2_460,
        PaperSize::Letter => 2_284,
    }
}

/// The width of the text on any paper, in hundredths of a millimetre: on A4, 210 mm less 25 mm for binding and 17 mm.
const TEXT_WIDTH: i64 = 16_800;
/// The room of the contract's number in the head of each sheet, in hundredths of a millimetre.
pub(super) const HEAD_CONTRACT_WIDTH: i64 = 5_000;
/// The room of a side of the signature block, in hundredths of a millimetre.
const SIDE_WIDTH: i64 = 7_900;
/// How many lines a value of the signature block may take.
const SIDE_LINES: usize = 2;

/// Space after a label there, in hundredths of a millimetre.
const LABEL_GAP: i64 = 100;

const TITLE: i64 = 180;
const HEADING_LINE: i64 = 70;
const HEADING_AROUND: i64 = 70;
const SUBHEADING_AROUND: i64 = 40;
const BODY_LINE: i64 = 56;
const BODY_AROUND: i64 = 16;
const VERDICT_AROUND: i64 = 30;
const ITEM_INDENT: i64 = 500;
const TABLE_LINE: i64 = 48;
const TABLE_ROW_AROUND: i64 = 17;
const FINE_LINE: i64 = 42;
const FINE_ROW_AROUND: i64 = 16;
/// Rules above and below a table and the space around it.
const TABLE_AROUND: i64 = 40;
/// Facts are not split where they are no taller than this.
const FACTS_TOGETHER: i64 = 400;
/// Nor is a table that stays with the next block.
const KEPT_TOGETHER: i64 = 1_000;
/// Space between a cell's text and its column's edges, both sides together, in hundredths of a millimetre.
const CELL_PADDING: i64 = 240;
/// Space between figures flush right and text in the next column, in hundredths of a millimetre.
const AFTER_FIGURES: i64 = 300;
/// Space around a chart and between its parts.
const CHART_AROUND: i64 = 90;
/// How many lines may stand under the title of a chart.
const CHART_LINES: usize = 4;
/// A swatch of a legend with the space before its text and after it, in hundredths of a millimetre.
const LEGEND_SWATCH: i64 = 1_000;
/// Space after a letter of a legend, in hundredths of a millimetre.
const LEGEND_AROUND: i64 = 120;
/// The room for a seal.
const SEAL: i64 = 460;
const SIDE_LINE: i64 = 60;
const SIDE_LINE_AROUND: i64 = 16;
const SIGNATURES_AROUND: i64 = 60;
/// The side of the QR code, its quiet zone included, and with it the height of what it stands in.
const CODE: i64 = 340;
/// The room of the text beside it, in hundredths of a millimetre.
const CHECK_WIDTH: i64 = TEXT_WIDTH - 10 * CODE - 300;

/// Lengths that the style sheet gives under the same names, in tenths of a millimetre.
pub const LENGTHS: [(&str, i64); 7] = [
    ("body-line", BODY_LINE),
    ("heading-line", HEADING_LINE),
    ("table-line", TABLE_LINE),
    ("fine-line", FINE_LINE),
    ("side-line", SIDE_LINE),
    ("seal", SEAL),
    ("code", CODE),
];

/// One sheet: what stands on it, from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The pieces, by their places in the document's blocks.
    pub pieces: Vec<Piece>,
}

/// A block, or the rows of a table that stand on one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// All of a block.
    Whole(usize),
    /// Rows of the table at this place; its head stands above them again.
    Rows {
        /// The place of the table.
        block: usize,
        /// The rows.
        rows: Range<usize>,
    },
}

impl Piece {
    /// The place of its block.
    #[must_use]
    pub const fn block(&self) -> usize {
        match self {
            Self::Whole(block) | Self::Rows { block, .. } => *block,
        }
    }
}

/// The room of a cell's text in the column at that place, in hundredths of a millimetre.
pub(super) fn cell_width(columns: &[Column], at: usize) -> i64 {
    let after_figures = at.checked_sub(1).and_then(|before| columns.get(before)).is_some_and(|before| before.figures);
    let Some(column) = columns.get(at) else { return 0 };
    let apart = if after_figures && !column.figures { AFTER_FIGURES } else { 0 };
    TEXT_WIDTH * i64::from(column.percent) / 100 - CELL_PADDING - apart
}

/// A value of the signature block, cut to the room there is after its label.
pub(super) fn side_value(label: &str, text: &str) -> String {
    Type::BODY.clip(text, SIDE_WIDTH - LABEL_GAP - Type::BODY.width(label), SIDE_LINES)
}

/// What stands under the title of a chart, cut to the room there is: the names of hundreds of targets would fill a sheet.
pub(super) fn chart_subtitle(text: &str) -> String {
    Type::FINE.clip(&clean(text), TEXT_WIDTH, CHART_LINES)
}

/// A line beside the QR code, cut to the room there is.
pub(super) fn check_line(text: &str) -> String {
    Type::TABLE.clip(text, CHECK_WIDTH, 1)
}

/// Something that is never split, with what it needs above it at the top of a sheet.
struct Unit {
    block: usize,
    row: Option<usize>,
    height: i64,
    /// What a table's head and edges add where this is the first of its rows on a sheet.
    opening: i64,
    keeps_next: bool,
}

/// The blocks cut into sheets: each piece once, in order; headings with what they head, heads of tables on every sheet.
#[must_use]
pub fn sheets(blocks: &[Block], size: PaperSize) -> Vec<Sheet> {
    let capacity = capacity(size);
    let mut sheets = vec![Sheet::default()];
    let mut used = 0;
    for (group, mut new_sheet) in groups(blocks) {
        for part in fitting(&group, blocks, capacity) {
            let open = sheets.last().and_then(|sheet| sheet.pieces.last()).map(Piece::block);
            if used > 0 && (new_sheet || used + group_height(part, open) > capacity) {
                sheets.push(Sheet::default());
                used = 0;
            }
            new_sheet = false;
            for unit in part {
                used = place(&mut sheets, used, unit, capacity);
            }
        }
    }
    sheets
}

/// The group, or where it is taller than a sheet, what must go before and the most of its end that one sheet holds.
fn fitting<'u>(group: &'u [Unit], blocks: &[Block], capacity: i64) -> Vec<&'u [Unit]> {
    let heads = |unit: &Unit| blocks.get(unit.block).is_some_and(Block::heads);
    let fits = |cut: &usize| {
        let free = !cut.checked_sub(1).and_then(|last| group.get(last)).is_some_and(heads);
        free && group.get(*cut..).is_some_and(|end| group_height(end, None) <= capacity)
    };
    match (0..group.len()).find(fits).and_then(|cut| group.split_at_checked(cut)) {
        Some((before, end)) if !before.is_empty() => {
            let mut parts = fitting(before, blocks, capacity);
            parts.push(end);
            parts
        }
        _ => vec![group],
    }
}

/// The height of what stands on a sheet.
#[must_use]
pub fn height(sheet: &Sheet, blocks: &[Block]) -> i64 {
    let piece_height = |piece: &Piece| {
        let block = blocks.get(piece.block())?;
        Some(match (piece, &block.content) {
            (Piece::Rows { rows, .. }, Content::Table(table)) => {
                opening(table, rows.start > 0)
                    + table.rows().get(rows.clone())?.iter().map(|row| row_height(table, row)).sum::<i64>()
            }
            (_, content) => whole_height(content),
        })
    };
    sheet.pieces.iter().filter_map(piece_height).sum()
}

/// Units that stay on one sheet, and whether the document asks for a new one before them.
fn groups(blocks: &[Block]) -> Vec<(Vec<Unit>, bool)> {
    let mut out: Vec<(Vec<Unit>, bool)> = Vec::new();
    let (mut new_sheet, mut joins) = (false, false);
    for (at, block) in blocks.iter().enumerate() {
        if block.content == Content::NewSheet {
            (new_sheet, joins) = (true, false);
            continue;
        }
        for unit in units(at, block) {
            let keeps_next = unit.keeps_next;
            match out.last_mut().filter(|_| joins) {
                Some((group, _)) => group.push(unit),
                None => out.push((vec![unit], std::mem::take(&mut new_sheet))),
            }
            joins = keeps_next;
        }
    }
    out
}

fn units(at: usize, block: &Block) -> Vec<Unit> {
    let Content::Table(table) = &block.content else {
        let height = whole_height(&block.content);
        return vec![Unit { block: at, row: None, height, opening: 0, keeps_next: block.keeps_next }];
    };
    let count = table.rows().len();
    let most = match (block.keeps_next, table.form) {
        (true, _) => KEPT_TOGETHER,
        (false, Form::Facts) => FACTS_TOGETHER,
        (false, Form::Ruled | Form::Fine) => 0,
    };
    let together = whole_height(&block.content) <= most;
    let unit = |(row, cells): (usize, &Vec<_>)| Unit {
        block: at,
        row: Some(row),
        height: row_height(table, cells),
        opening: opening(table, row > 0),
        // The last row is not carried over alone.
        keeps_next: if row + 1 == count { block.keeps_next } else { together || row + 2 == count },
    };
    table.rows().iter().enumerate().map(unit).collect()
}

fn group_height(group: &[Unit], mut open: Option<usize>) -> i64 {
    let mut height = 0;
    for unit in group {
        height += unit.height + if open == Some(unit.block) { 0 } else { unit.opening };
        open = Some(unit.block);
    }
    height
}

/// Puts a unit where there is room and returns how much of that sheet is used then.
fn place(sheets: &mut Vec<Sheet>, used: i64, unit: &Unit, capacity: i64) -> i64 {
    let goes_on = sheets.last().and_then(|sheet| sheet.pieces.last()).is_some_and(|last| last.block() == unit.block);
    let needed = unit.height + if goes_on { 0 } else { unit.opening };
    if used > 0 && used + needed > capacity {
        sheets.push(Sheet::default());
        return place(sheets, 0, unit, capacity);
    }
    let Some(sheet) = sheets.last_mut() else { return used };
    match (sheet.pieces.last_mut(), unit.row) {
        (Some(Piece::Rows { block, rows }), Some(row)) if *block == unit.block => rows.end = row + 1,
        (_, Some(row)) => sheet.pieces.push(Piece::Rows { block: unit.block, rows: row..row + 1 }),
        (_, None) => sheet.pieces.push(Piece::Whole(unit.block)),
    }
    used + needed
}

fn whole_height(content: &Content) -> i64 {
    match content {
        Content::Title(_) => TITLE,
        Content::Heading(text) => HEADING_AROUND + HEADING_LINE * Type::HEADING.lines(text, TEXT_WIDTH),
        Content::Subheading(text) => SUBHEADING_AROUND + BODY_LINE * Type::SUBHEADING.lines(text, TEXT_WIDTH),
        Content::Verdict(_, text) => VERDICT_AROUND + HEADING_LINE * Type::HEADING.lines(text, TEXT_WIDTH - 1_000),
        Content::Paragraph(text) => BODY_AROUND + BODY_LINE * Type::BODY.lines(text, TEXT_WIDTH),
        Content::Item(text) => BODY_AROUND + BODY_LINE * Type::BODY.lines(text, TEXT_WIDTH - ITEM_INDENT),
        Content::Table(table) => {
            opening(table, false) + table.rows().iter().map(|row| row_height(table, row)).sum::<i64>()
        }
        Content::Chart(figure) => chart_height(figure),
        Content::Signatures(signatures) => signatures_height(signatures),
        Content::Check(_) => CODE + BODY_AROUND,
        Content::NewSheet => 0,
    }
}

/// Title, subtitle, drawing as wide as the text, legend.
fn chart_height(figure: &Figure) -> i64 {
    let title = TABLE_LINE * Type::TABLE.bold().lines(&figure.title, TEXT_WIDTH);
    let subtitle = &figure.subtitle;
    let subtitle = if subtitle.is_empty() { 0 } else { FINE_LINE * Type::FINE.lines(subtitle, TEXT_WIDTH) };
    let drawing = figure.drawings.first().map_or(0, |(_, drawing)| drawing.height_at(TEXT_WIDTH / 10));
    let (mut lines, mut used) = (1, 0);
    for entry in &figure.legend {
        let mark = entry.mark.map_or(0, |mark| LEGEND_AROUND + Type::FINE.bold().width(mark));
        let width = LEGEND_SWATCH + mark + Type::FINE.width(&entry.text);
        if used > 0 && used + width > TEXT_WIDTH {
            (lines, used) = (lines + 1, 0);
        }
        used += width;
    }
    CHART_AROUND + title + subtitle + drawing + FINE_LINE * lines
}

fn row_height(table: &Table, cells: &[super::document::Cell]) -> i64 {
    let lines = i64::try_from(table.row_lines(cells)).unwrap_or(i64::MAX / TABLE_LINE);
    lines * line_height(table.form) + around(table.form)
}

/// The head, with its mark where the table goes on, the rules, and the space around the table.
fn opening(table: &Table, goes_on: bool) -> i64 {
    if table.form == Form::Facts {
        return TABLE_AROUND;
    }
    let size = table.form.size().bold();
    let lines = table.columns.iter().enumerate().map(|(at, column)| {
        // The longest mark of continuation in any language.
        let mark = if goes_on && at == 0 { " (cont.)" } else { "" };
        size.lines(&format!("{}{mark}", column.head), cell_width(&table.columns, at))
    });
    TABLE_AROUND + around(table.form) + line_height(table.form) * lines.max().unwrap_or(1)
}

const fn line_height(form: Form) -> i64 {
    match form {
        Form::Facts | Form::Ruled => TABLE_LINE,
        Form::Fine => FINE_LINE,
    }
}

const fn around(form: Form) -> i64 {
    match form {
        Form::Facts | Form::Ruled => TABLE_ROW_AROUND,
        Form::Fine => FINE_ROW_AROUND,
    }
}

/// The lines of the two sides stand beside each other; the taller one gives the height.
fn signatures_height(signatures: &Signatures) -> i64 {
    let [left, right] = signatures.sides.each_ref().map(side_line_heights);
    let lines: i64 = left.into_iter().zip(right).map(|(left, right)| left.max(right)).sum();
    SIGNATURES_AROUND + SEAL + lines + SIDE_LINE + SIDE_LINE_AROUND
}

fn side_line_heights(side: &Side) -> Vec<i64> {
    let lines = [&side.seal].into_iter().chain(&side.lines).chain([&side.place]);
    let height = |line: &Line| {
        let room = SIDE_WIDTH - LABEL_GAP - Type::BODY.width(line.label);
        SIDE_LINE_AROUND + SIDE_LINE * Type::BODY.lines(&line.value, room)
    };
    lines.map(height).collect()
}
