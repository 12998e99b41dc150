//! Tables that can be wider than the screen.

use leptos::prelude::*;

/// A table in a frame that scrolls by itself, with the keyboard too; `name` says what it holds.
pub(super) fn scrolling(name: Signal<String>, table: AnyView) -> AnyView {
    view! { <div class={"scrolling"} tabindex={"0"} role={"region"} aria-label=name>{table}</div> }.into_any()
}
