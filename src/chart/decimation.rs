use crate::time::{Instant, Interval};

/// Spans `(from, to)` of an axis as they are drawn on a ground from `left` to `right`: at least `least` wide, moved inside,
/// and run together where they would overlap. Spans in order of `from`.
///
/// However many spans there are and however short, the place of each is covered, and no more than one span for every
/// `least` of the ground is drawn: nothing is hidden by leaving it out.
#[must_use]
pub fn visible_spans(spans: &[(f64, f64)], (left, right): (f64, f64), least: f64) -> Vec<(f64, f64)> {
    let mut out: Vec<(f64, f64)> = Vec::new();
    for span in spans {
        let (mut from, mut to) = widened(*span, (left, right), least);
        while let Some(last) = out.pop_if(|last| from <= last.1) {
            (from, to) = (last.0.min(from), last.1.max(to));
        }
        out.push((from, to));
    }
    out
}

fn widened((from, to): (f64, f64), (left, right): (f64, f64), least: f64) -> (f64, f64) {
    let (from, to) = (from.max(left), to.min(right));
    let lacking = (least - (to - from)).max(0.0) / 2.0;
    let (from, to) = (from - lacking, to + lacking);
    let moved = (left - from).max(0.0) - (to - right).max(0.0);
    ((from + moved).max(left), (to + moved).min(right))
}

/// A curve that only ever rises or only ever falls, in order of x, with no more than two points for every `least` of the
/// ground: the first and the last in each. As nothing lies between these, no step is hidden.
#[must_use]
pub fn visible_steps(points: &[(f64, f64)], least: f64) -> Vec<(f64, f64)> {
    let column = |point: &(f64, f64)| (point.0 / least).floor();
    let mut out: Vec<(f64, f64)> = Vec::new();
    for point in points {
        let full = matches!(out.as_slice(), [.., before, last]
            if column(before) >= column(point) && column(last) >= column(point));
        if full {
            out.pop();
        }
        out.push(*point);
    }
    out
}

/// The columns of a ground on which some millisecond of the spans falls, as runs `(from, to)` of neighbours, `to` not
/// included. `shown` is as wide as so many columns; spans in order of time, none of which meets another.
///
/// A span of one millisecond still takes a column. However many spans there are, the time that this takes grows with the
/// columns only.
#[must_use]
pub fn visible_columns(spans: &[Interval], shown: Interval, columns: i64) -> Vec<(i64, i64)> {
    let column = |at: Instant| at.since(shown.start()) * columns / shown.ms();
    let mut out: Vec<(i64, i64)> = Vec::new();
    let mut rest = after(spans, shown.start());
    while let Some(span) = rest.first().and_then(|span| span.cut_to(shown)) {
        let (from, to) = (column(span.start()), column(span.end().plus(-1)) + 1);
        match out.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
        // The first instant of the column after: what ends before it lies in columns that are taken.
        let beyond = shown.start().plus((to * shown.ms() + columns - 1) / columns);
        // A span that goes on beyond what is shown is the last.
        rest = if beyond < shown.end() { after(rest, beyond) } else { &[] };
    }
    out
}

/// The spans that are not over at an instant.
fn after(spans: &[Interval], at: Instant) -> &[Interval] {
    spans.get(spans.partition_point(|span| span.end() <= at)..).unwrap_or_default()
}
