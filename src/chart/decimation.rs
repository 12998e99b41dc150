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
