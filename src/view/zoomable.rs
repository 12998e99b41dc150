//! Charts of a long time of which a part is shown. Pointer, wheel, fingers, keys and buttons all come to the same: another
//! [`Window`], drawn in the next frame of the screen.
//!
//! Classes besides those of every chart: `chart-zoomable` (the drawing and, over it, `chart-hand`, which takes pointer and
//! keys), `chart-shown` (the part in words), `chart-hint` (what the hand understands).

#![allow(clippy::float_arithmetic, reason = "places on a drawing; no verdict and no amount is computed here")]

use std::sync::Arc;
use std::time::Duration;

use leptos::{ev, html, prelude::*};

use super::chart::{self, hatching_of};
use super::{Route, View, Wording};
use crate::agreement::Point;
use crate::chart::{Drawing, Figure, Medium, Shape, Spot, Window, Zoomable, number};
use crate::i18n::fill;
use crate::time::{Instant, Interval, LocalMonth};

/// So many units of a drawing are no drag yet.
const STILL: f64 = 4.0;
/// What a key or a button does.
const IN: (i64, i64) = (1, 2);
const OUT: (i64, i64) = (2, 1);
/// A key moves by one part of so many of what is shown.
const PARTS: i64 = 8;
/// So long after the last change the window has come to rest.
const REST: Duration = Duration::from_millis(200);

/// A chart with its window.
#[derive(Clone, Copy)]
struct Zoomed {
    chart: StoredValue<Arc<dyn Zoomable>>,
    window: RwSignal<Window>,
    /// What the next frame is to show.
    wanted: StoredValue<Option<Window>>,
    /// The window once it has come to rest: what is out of sight is made only then.
    rested: RwSignal<Option<Window>>,
    /// The drawing that the style sheet showed last.
    seen: RwSignal<Medium>,
    /// What is pointed at.
    chosen: RwSignal<Option<Spot>>,
    /// The part that is being marked, in units from the left.
    marked: RwSignal<Option<(f64, f64)>>,
    /// Fingers and buttons that are down: which, where they came down, and where they are.
    fingers: StoredValue<Vec<Finger>>,
    hand: NodeRef<html::Div>,
    link: NodeRef<html::A>,
    words: Wording,
}

#[derive(Clone, Copy)]
struct Finger {
    id: i32,
    from: f64,
    to: f64,
    /// It moves what is shown instead of marking a part.
    moves: bool,
}

/// A chart of a long time as a figure. `id` is unique in the page, without spaces.
#[must_use]
pub fn zoomable(id: String, chart: Arc<dyn Zoomable>, words: Wording) -> AnyView {
    let window = Window::of(chart.whole());
    let figure = chart.figure();
    let zoomed = Zoomed {
        chart: StoredValue::new(chart),
        window: RwSignal::new(window),
        wanted: StoredValue::new(None),
        rested: RwSignal::new(None),
        seen: RwSignal::new(Medium::Wide),
        chosen: RwSignal::new(None),
        marked: RwSignal::new(None),
        fingers: StoredValue::new(Vec::new()),
        hand: NodeRef::new(),
        link: NodeRef::new(),
        words,
    };
    let drawings: Vec<AnyView> = Medium::SCREENS.iter().map(|medium| zoomed.drawing(&id, *medium, &figure)).collect();
    zoomed.come_to_rest();
    let hint = format!("{id}-hint");
    let explained = zoomed.with_chart(|chart| chart.hint());
    let whole = move || zoomed.as_shown(Medium::Wide);
    view! {
        <figure class="chart" data-chart=figure.name id=id.clone()>
            {chart::caption(&figure)}
            <div class="chart-zoomable">
                {drawings}
                {zoomed.hand(hint.clone())}
            </div>
            <p class="chart-shown" role="status">{move || zoomed.shown_in_words()}</p>
            {zoomed.reading()}
            {chart::legend(&id, &figure)}
            <div class="chart-foot">
                {zoomed.table()}
                {zoomed.buttons()}
                {chart::files(&id, Arc::new(whole), words.locale)}
            </div>
            <p class="chart-hint" id=hint>{explained}</p>
        </figure>
    }
    .into_any()
}

impl Zoomed {
    fn with_chart<T>(self, read: impl FnOnce(&dyn Zoomable) -> T) -> T {
        self.chart.with_value(|chart| read(&**chart))
    }

    /// Shows another part, with the next frame: however quickly events come, each frame is drawn once.
    fn show(self, change: impl FnOnce(Window) -> Window) {
        let wanted = self.wanted.get_value();
        let from = wanted.unwrap_or_else(|| self.window.get_untracked());
        self.wanted.set_value(Some(change(from)));
        if wanted.is_none() {
            request_animation_frame(move || {
                // The chart may have gone meanwhile.
                if let Some(window) = self.wanted.try_update_value(Option::take).flatten() {
                    self.look();
                    self.window.set(window);
                }
            });
        }
    }

    fn come_to_rest(self) {
        let rested = self.rested;
        let mut rest = debounce(REST, move |window| {
            rested.try_set(Some(window));
        });
        Effect::new(move |_| {
            self.look();
            rest(self.window.get());
        });
    }

    /// Notes which drawing is seen; the page may have become wider or narrower.
    fn look(self) {
        if let Some((_, seen)) = self.size().filter(|(_, seen)| *seen != self.seen.get_untracked()) {
            self.seen.set(seen);
        }
    }

    /// What is shown of the drawing for a medium. Of the two, the one that is out of sight need not keep up.
    fn shown_on(self, medium: Medium) -> Option<Interval> {
        let window = if self.seen.get() == medium { Some(self.window.get()) } else { self.rested.get() };
        Some(window?.shown())
    }

    fn now(self) -> Window {
        self.wanted.get_value().unwrap_or_else(|| self.window.get_untracked())
    }

    /// Larger or smaller about what is chosen, else about the middle.
    fn scale(self, by: (i64, i64)) {
        let shown = self.now().shown();
        let chosen = self.chosen.with_untracked(|chosen| chosen.as_ref().map(|spot| spot.span.start()));
        let middle = shown.start().plus(shown.ms() / 2);
        let about = chosen.filter(|at| shown.contains(*at)).unwrap_or(middle);
        self.show(|window| window.scaled(about, by));
    }

    fn step(self, parts: i64) {
        self.show(|window| window.moved(window.shown().ms() / PARTS * parts));
    }

    /// The figure as it is on the screen, for a file.
    fn as_shown(self, medium: Medium) -> Figure {
        let shown = self.now().shown();
        self.with_chart(|chart| Figure {
            drawings: vec![(medium, chart.drawing(shown, medium))],
            table: chart.table(shown),
            ..chart.figure()
        })
    }

    fn shown_in_words(self) -> String {
        let (shown, words) = (self.window.get().shown(), self.words);
        let (start, end) = (words.at(shown.start().whole_second()), words.at(shown.end().whole_second()));
        fill(words.texts().chart.zoom_shown, &[("start", &start), ("end", &end)])
    }

    fn drawing(self, id: &str, medium: Medium, figure: &Figure) -> AnyView {
        let width = medium.as_str();
        let title_id = format!("{id}-{width}-title");
        let name = title_id.clone();
        let (width_units, height) = self.with_chart(|chart| chart.size(medium));
        let size = format!("0 0 {} {}", number(width_units), number(height));
        let own = id.to_owned();
        let drawn = move || {
            let shown = self.shown_on(medium)?;
            Some(shapes(&own, &self.with_chart(|chart| chart.drawing(shown, medium))))
        };
        let chosen = move || {
            let (shown, spot) = (self.shown_on(medium)?, self.chosen.get()?);
            Some(self.with_chart(|chart| chart.outline(&spot, shown, medium))?.outline())
        };
        let bottom = number(height);
        let marked = move || {
            let (from, to) = self.marked.get()?;
            Some(format!("M{},0H{}V{bottom}H{}Z", number(from), number(to), number(from)))
        };
        view! {
            <svg class=format!("chart-drawing chart-{width}") viewBox=size role="img" aria-labelledby=name>
                <title id=title_id>{figure.title.clone()}</title>
                {drawn}
                <path class="shape-chosen" d=chosen />
                <path class="shape-chosen" d=marked />
            </svg>
        }
        .into_any()
    }

    /// What lies over the drawing and takes pointer, wheel, fingers and keys.
    fn hand(self, hint: String) -> AnyView {
        let texts = &self.words.texts().chart;
        let opens = move || self.chosen.with(|chosen| chosen.as_ref().is_some_and(|spot| spot.outage.is_some()));
        view! {
            <div
                class="chart-hand"
                class:opens=opens
                node_ref=self.hand
                tabindex="0"
                role="application"
                aria-label=texts.zoom_name
                aria-describedby=hint
                on:pointerdown=move |event| self.pointer_down(&event)
                on:pointermove=move |event| self.pointer_moved(&event)
                on:pointerup=move |event| self.pointer_up(&event)
                on:pointercancel=move |_| self.let_go()
                on:dblclick=move |_| self.show(|window| Window::of(window.whole()))
                on:wheel=move |event| self.wheel(&event)
                on:keydown=move |event| self.key(&event)
            ></div>
        }
        .into_any()
    }

    /// How wide the chart is, in pixels, and the drawing that the style sheet shows at this width.
    fn size(self) -> Option<(f64, Medium)> {
        let width = f64::from(self.hand.get_untracked()?.client_width());
        Some((width, if width <= 640.0 { Medium::Narrow } else { Medium::Wide }))
    }

    /// Where an event of the hand is, in units, and of which drawing.
    fn place(self, event: &ev::MouseEvent) -> Option<(f64, f64, Medium)> {
        let (width, medium) = self.size()?;
        let unit = width / medium.width();
        (unit > 0.0).then(|| (f64::from(event.offset_x()) / unit, f64::from(event.offset_y()) / unit, medium))
    }

    fn pointer_down(self, event: &ev::PointerEvent) {
        let Some((x, y, medium)) = self.place(event).filter(|_| event.button() == 0) else { return };
        if let Some(hand) = self.hand.get_untracked() {
            // Without it a drag ends at the chart's edge.
            hand.set_pointer_capture(event.pointer_id()).ok();
        }
        let finger = Finger { id: event.pointer_id(), from: x, to: x, moves: event.shift_key() };
        self.fingers.update_value(|fingers| fingers.push(finger));
        self.marked.set(None);
        self.point_at((x, y), medium);
    }

    fn point_at(self, place: (f64, f64), medium: Medium) {
        let shown = self.now().shown();
        let spot = self.with_chart(|chart| chart.spot_at(place, shown, medium));
        // What was read stays until something else is.
        if spot.is_some() && spot != self.chosen.get_untracked() {
            self.chosen.set(spot);
        }
    }

    fn pointer_moved(self, event: &ev::PointerEvent) {
        let Some((x, y, medium)) = self.place(event) else { return };
        let before = self.fingers.get_value();
        let moved = |finger: &mut Finger| finger.to = if finger.id == event.pointer_id() { x } else { finger.to };
        self.fingers.update_value(|fingers| fingers.iter_mut().for_each(moved));
        match (before.as_slice(), self.fingers.get_value().as_slice()) {
            ([], _) => self.point_at((x, y), medium),
            ([was], [is]) if is.moves => self.drag(was.to, is.to, medium),
            ([_], [is]) => self.marked.set(((is.to - is.from).abs() > STILL).then_some((is.from, is.to))),
            ([a, b, ..], [c, d, ..]) => self.pinch((a.to, b.to), (c.to, d.to), medium),
            _ => {}
        }
    }

    fn at(self, x: f64, medium: Medium) -> Instant {
        let shown = self.now().shown();
        self.with_chart(|chart| chart.at(x, shown, medium))
    }

    fn between(self, one: f64, other: f64, medium: Medium) -> Option<Interval> {
        let (one, other) = (self.at(one, medium), self.at(other, medium));
        Interval::new(one.min(other), one.max(other))
    }

    fn drag(self, from: f64, to: f64, medium: Medium) {
        let Some(span) = self.between(from, to, medium) else { return };
        let ms = if from < to { -span.ms() } else { span.ms() };
        self.show(|window| window.moved(ms));
    }

    /// What two fingers held stays between them.
    fn pinch(self, (a, b): (f64, f64), (c, d): (f64, f64), medium: Medium) {
        self.marked.set(None);
        self.drag((a + b) / 2.0, (c + d) / 2.0, medium);
        let (Some(held), Some(now)) = (self.between(a, b, medium), self.between(c, d, medium)) else { return };
        let about = now.start().plus(now.ms() / 2);
        self.show(|window| window.scaled(about, (held.ms(), now.ms())));
    }

    fn pointer_up(self, event: &ev::PointerEvent) {
        let fingers = self.fingers.get_value();
        let (marked, place) = (self.marked.get_untracked(), self.place(event));
        self.let_go();
        let ([finger], Some((x, y, medium))) = (fingers.as_slice(), place) else { return };
        if let Some(span) = marked.and_then(|(from, to)| self.between(from, to, medium)) {
            self.show(|window| window.to(span));
        } else if (finger.from - x).abs() <= STILL && !finger.moves {
            let shown = self.now().shown();
            let spot = self.with_chart(|chart| chart.spot_at((x, y), shown, medium));
            if spot.is_some() && spot == self.chosen.get_untracked() {
                self.open();
            }
        }
    }

    fn let_go(self) {
        self.fingers.set_value(Vec::new());
        self.marked.set(None);
    }

    /// Sideways it moves. It zooms with Ctrl held, or once the chart has the focus; else the page scrolls, as does what
    /// cannot be zoomed out further.
    fn wheel(self, event: &ev::WheelEvent) {
        let Some((x, _, medium)) = self.place(event) else { return };
        let lines = if event.delta_mode() == 0 { 1.0 } else { 33.0 };
        let (right, down) = (event.delta_x() * lines, event.delta_y() * lines);
        let sideways = if event.shift_key() { right + down } else { right };
        let window = self.now();
        if sideways.abs() > down.abs() || event.shift_key() {
            event.prevent_default();
            let middle = medium.width() / 2.0;
            return self.drag(middle, middle - sideways, medium);
        }
        let holds = event.ctrl_key() || event.meta_key() || self.has_focus();
        if !holds || (down > 0.0 && window.is_whole()) {
            return;
        }
        event.prevent_default();
        let more = 1_000 + thousandths(down);
        let about = self.at(x, medium);
        self.show(|window| window.scaled(about, if down > 0.0 { (more, 1_000) } else { (1_000, more) }));
    }

    fn has_focus(self) -> bool {
        self.hand.get_untracked().is_some_and(|hand| hand.matches(":focus").unwrap_or(false))
    }

    fn key(self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "+" | "=" => self.scale(IN),
            "-" | "_" => self.scale(OUT),
            "ArrowLeft" => self.step(-1),
            "ArrowRight" => self.step(1),
            "Home" => self.show(|window| window.to_start()),
            "End" => self.show(|window| window.to_end()),
            "ArrowUp" => self.neighbour(false),
            "ArrowDown" => self.neighbour(true),
            "Enter" => self.open(),
            _ => return,
        }
        event.prevent_default();
    }

    /// Chooses the next or the last stop, which comes into sight.
    fn neighbour(self, later: bool) {
        let at = self.chosen.with_untracked(|chosen| chosen.as_ref().and_then(|spot| spot.stop));
        let place = match at {
            Some(at) if later => at + 1,
            Some(at) => at.saturating_sub(1),
            None => 0,
        };
        self.choose(place);
    }

    fn choose(self, place: usize) {
        let Some(spot) = self.with_chart(|chart| chart.stop(place)) else { return };
        let at = spot.span.start();
        self.chosen.set(Some(spot));
        self.show(|window| window.reaching(at));
    }

    /// Goes where the link beside the reading leads.
    fn open(self) {
        let opens = self.chosen.with_untracked(|chosen| chosen.as_ref().is_some_and(|spot| spot.outage.is_some()));
        if let Some(link) = self.link.get_untracked().filter(|_| opens) {
            link.click();
        }
    }

    /// What is pointed at, with its exact figures, and the way to it; a slider goes from one to the other.
    fn reading(self) -> AnyView {
        let (words, texts) = (self.words, &self.words.texts().chart);
        let (stops, slider) = self.with_chart(|chart| (chart.stops(), chart.slider()));
        let text = move || {
            let chosen = self.chosen.with(|chosen| chosen.as_ref().map(|spot| spot.reading.clone()));
            chosen.unwrap_or_else(|| texts.reading_hint.to_owned())
        };
        let place = move || {
            let stop = self.chosen.with(|chosen| chosen.as_ref().and_then(|spot| spot.stop));
            (stop.unwrap_or(0) + 1).to_string()
        };
        let step = move |event| {
            if let Some(place) = event_target_value(&event).parse().ok().and_then(|place: usize| place.checked_sub(1)) {
                self.choose(place);
            }
        };
        let enter = move |event: ev::KeyboardEvent| {
            if event.key() == "Enter" {
                self.open();
            }
        };
        let address = move || self.chosen.with(|chosen| chosen.as_ref().and_then(|spot| address(spot, words)));
        view! {
            <div class="chart-reading">
                <input
                    type="range"
                    hidden=stops == 0
                    min="1"
                    max=stops.to_string()
                    prop:value=place
                    aria-label=slider
                    aria-valuetext=text
                    on:input=step
                    on:keydown=enter
                />
                <output>{text}</output>
                <a class="to-clause" node_ref=self.link href=move || address().unwrap_or_default()
                    hidden=move || address().is_none()>{texts.open_outage}</a>
            </div>
        }
        .into_any()
    }

    fn buttons(self) -> AnyView {
        let texts = &self.words.texts().chart;
        let window = self.window;
        let at_start = move || window.get().shown().start() == window.get().whole().start();
        let at_end = move || window.get().shown().end() == window.get().whole().end();
        let all = move || window.get().is_whole();
        let least = move || window.get().is_least();
        view! {
            <div class="chart-files">
                <button type="button" class="quiet-button" aria-label=texts.zoom_earlier disabled=at_start
                    on:click=move |_| self.step(-PARTS / 2)>"←"</button>
                <button type="button" class="quiet-button" aria-label=texts.zoom_later disabled=at_end
                    on:click=move |_| self.step(PARTS / 2)>"→"</button>
                <button type="button" class="quiet-button" aria-label=texts.zoom_out disabled=all
                    on:click=move |_| self.scale(OUT)>"−"</button>
                <button type="button" class="quiet-button" aria-label=texts.zoom_in disabled=least
                    on:click=move |_| self.scale(IN)>"+"</button>
                <button type="button" class="quiet-button" disabled=all
                    on:click=move |_| self.show(|window| Window::of(window.whole()))>{texts.zoom_whole}</button>
            </div>
        }
        .into_any()
    }

    /// The figures of the part that is shown.
    fn table(self) -> AnyView {
        let locale = self.words.locale;
        let figures = move || {
            let shown = self.rested.get()?.shown();
            Some(chart::table(&self.with_chart(|chart| chart.table(shown)), locale))
        };
        view! { {figures} }.into_any()
    }
}

/// A quarter more for each notch of a wheel.
#[allow(clippy::cast_possible_truncation, reason = "held within bounds")]
fn thousandths(pixels: f64) -> i64 {
    (pixels.abs() * 2.5).clamp(1.0, 1_000.0) as i64
}

/// The outages of the month in which something began, at its own.
fn address(spot: &Spot, words: Wording) -> Option<String> {
    let at = spot.span.start();
    let route = Route {
        view: View::Outages,
        month: Some(LocalMonth::of(words.zone.day(at))),
        clause: Some(Point::heading(spot.outage?.number())),
        outage: Some(at),
        ..words.route
    };
    Some(format!("#{route}"))
}

/// Neighbours of one look as one element: a frame has a handful.
fn shapes(id: &str, drawing: &Drawing) -> Vec<AnyView> {
    let layers = drawing.layers().into_iter().map(|(class, outline)| {
        let look = format!("shape-{}", class.as_str());
        view! { <path class=look d=outline fill=hatching_of(id, class) /> }.into_any()
    });
    let texts = drawing.shapes.iter().filter(|own| matches!(own, Shape::Text { .. }));
    layers.chain(texts.map(|own| chart::shape(id, own))).collect()
}
