use leptos::prelude::*;

/// A row of a table that becomes a card on a narrow screen.
pub(super) struct StackingRow {
    /// What the row comes to, by its name in results.
    pub outcome: &'static str,
    /// The id of what it is about, where that has one.
    pub case: Option<String>,
    /// A cell for each head.
    pub cells: Vec<Vec<Line>>,
}

/// A line of a cell, with its class.
pub(super) type Line = (&'static str, AnyView);

/// A line of plain text.
pub(super) fn line(class: &'static str, text: String) -> Line {
    (class, text.into_any())
}

/// A table whose rows become cards on a narrow screen; nothing where it has none. The roles are said again, because some
/// browsers forget them then.
pub(super) fn stacking(heads: &[&'static str], rows: Vec<StackingRow>) -> Option<AnyView> {
    let titles: Vec<_> =
        heads.iter().map(|head| view! { <th scope="col" role="columnheader">{*head}</th> }.into_any()).collect();
    let rows: Vec<AnyView> = rows.into_iter().map(|own| row(heads, own)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <table class="stacking" role="table">
                <thead role="rowgroup"><tr role="row">{titles}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
        .into_any()
    })
}

fn row(heads: &[&'static str], own: StackingRow) -> AnyView {
    let cells: Vec<AnyView> = heads.iter().zip(own.cells).map(|(head, lines)| cell(head, lines)).collect();
    view! { <tr role="row" data-outcome=own.outcome data-case=own.case>{cells}</tr> }.into_any()
}

fn cell(head: &'static str, lines: Vec<Line>) -> AnyView {
    let lines: Vec<AnyView> =
        lines.into_iter().map(|(class, text)| view! { <p class=class>{text}</p> }.into_any()).collect();
    view! { <td role="cell" data-label=head><div class="cell">{lines}</div></td> }.into_any()
}
