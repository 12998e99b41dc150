//! The statement as sheets of paper, in two copies. What stands where is decided in `statement`; nothing is computed here.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;

use crate::statement::pages::{Piece, Sheet};
use crate::statement::paper::Binding;
use crate::statement::{Cell, Column, Content, Copy, Form, Line, Side, Signatures, Statement, Table, wording};

/// Both copies of the statement, 甲方執 and 乙方執, a `section.sheet` for each page.
#[component]
#[must_use]
pub fn StatementSheets(
    /// The statement.
    statement: Arc<Statement>,
) -> impl IntoView {
    let sheets = statement.sheets();
    let copies = Copy::BOTH.map(|copy| copy_view(&statement, &sheets, copy)).collect_view();
    let paper = statement.paper;
    view! {
        <div class="statement-print" lang=statement.locale.tag() data-paper=paper.size.as_str()
            data-binding=paper.binding.as_str() data-ink=paper.ink.as_str()>
            {copies}
        </div>
    }
}

fn copy_view(statement: &Statement, sheets: &[Sheet], copy: Copy) -> AnyView {
    let pages = sheets.len();
    let sheets = sheets.iter().zip(1..).map(|(sheet, page)| sheet_view(statement, sheet, copy, page, pages));
    // Printed on both sides, the second copy must not begin on the back of the first.
    let blank = (statement.paper.binding == Binding::Inner && copy == Copy::Customer && pages % 2 == 1).then(|| {
        let text = statement.locale.texts().statement.blank_page;
        view! { <div class="sheet-blank"><p>{text}</p></div> }.into_any()
    });
    view! { <div class="statement-copy" data-copy=copy.id()>{sheets.collect_view()} {blank}</div> }.into_any()
}

fn sheet_view(statement: &Statement, sheet: &Sheet, copy: Copy, page: usize, pages: usize) -> AnyView {
    let pieces = sheet.pieces.iter().filter_map(|piece| piece_view(statement, piece)).collect_view();
    view! {
        <section class="sheet" data-page=page data-pages=pages data-copy=copy.id()>
            {head_view(statement, copy)}
            <div class="sheet-body">{pieces}</div>
            {foot_view(statement, page, pages)}
        </section>
    }
    .into_any()
}

fn head_view(statement: &Statement, copy: Copy) -> AnyView {
    let running = &statement.running;
    let mark = running.mark.clone().map(|mark| view! { <strong class="sheet-mark">{mark}</strong> }.into_any());
    view! {
        <header class="sheet-head">
            <span class="sheet-title">{statement.title.clone()}</span>
            <span>{running.month.clone()}</span>
            <span>{running.contract.clone()}</span>
            {mark}
            <span class="sheet-copy">{copy.mark(statement.locale)}</span>
        </header>
    }
    .into_any()
}

fn foot_view(statement: &Statement, page: usize, pages: usize) -> AnyView {
    let running = &statement.running;
    let digest = if page == pages { running.digest.clone() } else { running.digest_short.clone() };
    view! {
        <footer class="sheet-foot">
            <span class="sheet-digest">{statement.locale.texts().statement.digest_label}" "{digest}</span>
            <span class="sheet-number">{statement.page_of(page, pages)}</span>
        </footer>
    }
    .into_any()
}

fn piece_view(statement: &Statement, piece: &Piece) -> Option<AnyView> {
    let content = &statement.blocks.get(piece.block())?.content;
    match (piece, content) {
        (Piece::Rows { rows, .. }, Content::Table(table)) => Some(table_view(statement, table, rows)),
        (_, content) => content_view(content),
    }
}

fn content_view(content: &Content) -> Option<AnyView> {
    Some(match content {
        Content::Title(text) => view! { <h1>{text.clone()}</h1> }.into_any(),
        Content::Heading(text) => view! { <h2>{text.clone()}</h2> }.into_any(),
        Content::Subheading(text) => view! { <h3>{text.clone()}</h3> }.into_any(),
        Content::Verdict(verdict, text) => view! {
            <h2 class="sheet-verdict" data-verdict=verdict.as_str()>
                <span class="sheet-symbol" aria-hidden="true">{wording::symbol(*verdict)}</span>
                <span>{text.clone()}</span>
            </h2>
        }
        .into_any(),
        Content::Paragraph(text) => view! { <p>{text.clone()}</p> }.into_any(),
        Content::Item(text) => view! { <p class="sheet-item">{text.clone()}</p> }.into_any(),
        Content::Signatures(signatures) => signatures_view(signatures),
        Content::Table(_) | Content::NewSheet => return None,
    })
}

fn table_view(statement: &Statement, table: &Table, rows: &Range<usize>) -> AnyView {
    let width = |column: &Column| leptos::html::col().attr("width", format!("{}%", column.percent)).into_any();
    let widths = table.columns.iter().map(width);
    let continued = rows.start > 0;
    let head = (table.form != Form::Facts).then(|| head_row(statement, table, continued));
    let body = table.rows().get(rows.clone()).unwrap_or_default().iter().map(|row| row_view(table, row));
    view! {
        <table class="sheet-table" data-form=table.form.id()>
            <colgroup>{widths.collect_view()}</colgroup>
            {head}
            <tbody>{body.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn head_row(statement: &Statement, table: &Table, continued: bool) -> AnyView {
    let mark = statement.locale.texts().statement.continued;
    let cells = table.columns.iter().enumerate().map(|(at, column)| {
        let mark = (continued && at == 0).then(|| format!(" {mark}"));
        view! { <th scope="col" class:figures=column.figures>{column.head}{mark}</th> }.into_any()
    });
    view! { <thead><tr>{cells.collect_view()}</tr></thead> }.into_any()
}

fn row_view(table: &Table, row: &[Cell]) -> AnyView {
    let cell = |(at, (cell, column)): (usize, (&Cell, &Column))| {
        let lines = cell.0.iter().map(|line| view! { <div>{line.clone()}</div> }.into_any()).collect_view();
        if at == 0 && table.form == Form::Facts {
            view! { <th scope="row">{lines}</th> }.into_any()
        } else {
            view! { <td class:figures=column.figures>{lines}</td> }.into_any()
        }
    };
    view! { <tr>{row.iter().zip(&table.columns).enumerate().map(cell).collect_view()}</tr> }.into_any()
}

fn signatures_view(signatures: &Signatures) -> AnyView {
    let sides = signatures.sides.iter().map(side_view).collect_view();
    view! { <div class="signatures" data-part="signatures">{sides}</div> }.into_any()
}

fn side_view(side: &Side) -> AnyView {
    let [year, month, day] = side.date;
    view! {
        <div class="signature-side">
            {line_view(&side.seal)}
            <div class="signature-seal"></div>
            {side.lines.iter().map(line_view).collect_view()}
            <div class="signature-date">
                <span class="signature-blank"></span>{year}
                <span class="signature-blank"></span>{month}
                <span class="signature-blank"></span>{day}
            </div>
            {line_view(&side.place)}
        </div>
    }
    .into_any()
}

fn line_view(line: &Line) -> AnyView {
    view! {
        <div class="signature-line">
            <span>{line.label}</span>
            <span class="signature-value">{line.value.clone()}</span>
        </div>
    }
    .into_any()
}
