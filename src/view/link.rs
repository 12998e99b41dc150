//! The ways from a finding to the clause on which it rests, and back.

use leptos::prelude::*;

use super::{Route, View, Wording, article_number, verdict_badge};
use crate::agreement::Point;
use crate::assess::{Article, Clause, Guarantee};
use crate::statement::basis;

/// The id of the element that stands for a clause. A view that has only the article bears the article's.
#[must_use]
pub fn anchor(point: Point) -> String {
    format!("clause-{point}")
}

/// The address of a place in a view of the same case.
pub(super) fn address(view: View, clause: Point, words: Wording) -> String {
    format!("#{}", Route { view, clause: Some(clause), ..words.route })
}

/// Something that rests on a clause, as a link to it.
pub(super) fn to_clause(clause: Point, shown: AnyView, words: Wording) -> AnyView {
    link(address(View::Agreement, clause, words), None, shown)
}

/// A link from a finding to a clause, or back.
pub(super) fn link(href: String, id: Option<String>, shown: AnyView) -> AnyView {
    view! { <a class="to-clause" id=id href=href>{shown}</a> }.into_any()
}

/// An article by its number, 第一條, Article 1, as a link to it. The way back leads here: once in a view.
pub(super) fn article_link(article: Article, words: Wording) -> AnyView {
    let point = Point::heading(article.number());
    link(address(View::Agreement, point, words), Some(anchor(point)), article_number(article, words).into_any())
}

/// A clause under which downtime is not counted, by its number, as a link to it.
pub(super) fn clause_link(clause: Clause, words: Wording) -> AnyView {
    let point = basis::clause(clause);
    to_clause(point, basis::reference(point, words.locale).into_any(), words)
}

/// The verdict of an article, as a link to the promise by which it goes.
pub(super) fn verdict_link(guarantee: &Guarantee, words: Wording) -> AnyView {
    to_clause(basis::promise(guarantee.article), verdict_badge(guarantee.verdict, words), words)
}
