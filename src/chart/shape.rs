use crate::assess::Clause;

/// What a shape stands for. How it looks is said in `style/chart.css`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The part of a day that was assessed: the ground on which the rest lies.
    Ground,
    /// A line of the grid.
    Grid,
    /// A line in the colour of what lies around the ground: it parts the ground.
    Gap,
    /// A label of an axis.
    Label,
    /// A label of a day on which something happened.
    Emphasis,
    /// A figure beside the plot.
    Figure,
    /// The letter of a clause beside what it excludes.
    Mark,
    /// The letter of a clause over what it excludes.
    MarkInside,
    /// Downtime that counts and that nobody disputes.
    Down,
    /// Downtime that does not count, under this clause.
    Excluded(Clause),
    /// Downtime that counts as long as the claim under this clause is not agreed.
    Claimed(Clause),
    /// Time without data.
    Unknown,
    /// A probe lost alone.
    Single,
    /// Incoming traffic.
    Incoming,
    /// Outgoing traffic.
    Outgoing,
    /// Downtime that does not count, whatever the clause.
    Uncounted,
    /// An hour in which downtime counts.
    Touched,
    /// The limit in minutes.
    LimitMinutes,
    /// The limit in percent.
    LimitPercent,
    /// Where a bar reaches the limit.
    LimitTick,
    /// Downtime that counts, added up.
    Curve,
    /// Between what is certain and what is possible.
    Band,
    /// Where a curve ends.
    Dot,
    /// From what is certain to what is possible.
    Whisker,
    /// The sign of a promise that was kept.
    Met,
    /// The sign of one that was not.
    Breached,
    /// The sign of one that is not decided.
    Open,
    /// From the shortest to the longest of many.
    Range,
    /// The mean of many.
    Mean,
    /// What most of many kept.
    Percentile,
    /// The place of a row of the figures, without a look of its own.
    Spot(u16),
}

impl Class {
    const PLAIN: [Self; 28] = [
        Self::Ground,
        Self::Grid,
        Self::Gap,
        Self::Label,
        Self::Emphasis,
        Self::Figure,
        Self::Mark,
        Self::MarkInside,
        Self::Down,
        Self::Unknown,
        Self::Single,
        Self::Incoming,
        Self::Outgoing,
        Self::Uncounted,
        Self::Touched,
        Self::LimitMinutes,
        Self::LimitPercent,
        Self::LimitTick,
        Self::Curve,
        Self::Band,
        Self::Dot,
        Self::Whisker,
        Self::Met,
        Self::Breached,
        Self::Open,
        Self::Range,
        Self::Mean,
        Self::Percentile,
    ];

    /// The place of the row at that index.
    pub(super) fn spot(row: usize) -> Self {
        Self::Spot(u16::try_from(row).unwrap_or(u16::MAX))
    }

    /// The name in style sheets, such as `down`. Clauses share a name: their letter tells them apart.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ground => "ground",
            Self::Grid => "grid",
            Self::Gap => "gap",
            Self::Label => "label",
            Self::Emphasis => "emphasis",
            Self::Figure => "figure",
            Self::Mark => "mark",
            Self::MarkInside => "mark-inside",
            Self::Down => "down",
            Self::Excluded(_) => "excluded",
            Self::Claimed(_) => "claimed",
            Self::Unknown => "unknown",
            Self::Single => "single",
            Self::Incoming => "incoming",
            Self::Outgoing => "outgoing",
            Self::Uncounted => "uncounted",
            Self::Touched => "touched",
            Self::LimitMinutes => "limit-minutes",
            Self::LimitPercent => "limit-percent",
            Self::LimitTick => "limit-tick",
            Self::Curve => "curve",
            Self::Band => "band",
            Self::Dot => "dot",
            Self::Whisker => "whisker",
            Self::Met => "met",
            Self::Breached => "breached",
            Self::Open => "open",
            Self::Range => "range",
            Self::Mean => "mean",
            Self::Percentile => "percentile",
            Self::Spot(_) => "spot",
        }
    }

    /// Whether it is drawn as a line.
    #[must_use]
    pub const fn is_line(self) -> bool {
        matches!(
            self,
            Self::Grid
                | Self::LimitMinutes
                | Self::LimitPercent
                | Self::Curve
                | Self::Whisker
                | Self::Mean
                | Self::Percentile
        )
    }

    /// The class as the colour that plotters hands from the chart to the recorder.
    pub(super) fn to_rgb(self) -> (u8, u8, u8) {
        let place = |index: Option<usize>| index.and_then(|index| u8::try_from(index).ok()).unwrap_or(0);
        let clause = |clause: Clause| place(clauses().position(|own| own == clause));
        match self {
            Self::Excluded(own) => (1, clause(own), 0),
            Self::Claimed(own) => (2, clause(own), 0),
            Self::Spot(row) => {
                let [high, low] = row.to_be_bytes();
                (3, high, low)
            }
            plain => (0, place(Self::PLAIN.iter().position(|own| *own == plain)), 0),
        }
    }

    /// The class behind such a colour.
    pub(super) fn of_rgb((kind, index, rest): (u8, u8, u8)) -> Self {
        let clause = || clauses().nth(usize::from(index)).unwrap_or(Clause::NetworkMaintenance);
        match kind {
            1 => Self::Excluded(clause()),
            2 => Self::Claimed(clause()),
            3 => Self::Spot(u16::from_be_bytes([index, rest])),
            _ => Self::PLAIN.get(usize::from(index)).copied().unwrap_or(Self::Ground),
        }
    }
}

fn clauses() -> impl Iterator<Item = Clause> {
    Clause::NETWORK.into_iter().chain(Clause::POWER)
}

/// A place in user units, from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// Which point of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

impl Anchor {
    /// The value of SVG's `text-anchor`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Rect {
        /// What it stands for.
        class: Class,
        /// Its upper left corner.
        at: Point,
        /// Its width.
        width: f64,
        /// Its height.
        height: f64,
    },
    /// A straight line.
    Line {
        /// What it stands for.
        class: Class,
        /// One end.
        from: Point,
        /// The other.
        to: Point,
    },
    /// Straight lines from point to point.
    Polyline {
        /// What it stands for.
        class: Class,
        /// The points.
        points: Vec<Point>,
    },
    /// A filled polygon.
    Polygon {
        /// What it stands for.
        class: Class,
        /// The corners.
        points: Vec<Point>,
    },
    /// A line of text.
    Text {
        /// What it stands for.
        class: Class,
        /// Where its anchor stands on its base line.
        at: Point,
        /// Its size.
        size: f64,
        /// Which point of it stands there.
        anchor: Anchor,
        /// The text.
        text: String,
    },
}

impl Shape {
    /// What it stands for.
    #[must_use]
    pub const fn class(&self) -> Class {
        match self {
            Self::Rect { class, .. }
            | Self::Line { class, .. }
            | Self::Polyline { class, .. }
            | Self::Polygon { class, .. }
            | Self::Text { class, .. } => *class,
        }
    }

    /// The corners of the smallest upright rectangle around it, the upper left first; a text's extent is estimated.
    #[must_use]
    pub fn bounds(&self) -> (Point, Point) {
        match self {
            Self::Rect { at, width, height, .. } => (*at, Point { x: at.x + width, y: at.y + height }),
            Self::Line { from, to, .. } => hull(&[*from, *to]),
            Self::Polyline { points, .. } | Self::Polygon { points, .. } => hull(points),
            Self::Text { at, size, anchor, text, .. } => {
                let width = super::text_width(text, *size);
                let left = match anchor {
                    Anchor::Start => at.x,
                    Anchor::Middle => at.x - width / 2.0,
                    Anchor::End => at.x - width,
                };
                (Point { x: left, y: at.y - size * 0.85 }, Point { x: left + width, y: at.y + size * 0.15 })
            }
        }
    }
}

fn hull(points: &[Point]) -> (Point, Point) {
    let first = points.first().copied().unwrap_or(Point { x: 0.0, y: 0.0 });
    points.iter().fold((first, first), |(low, high), point| {
        (
            Point { x: low.x.min(point.x), y: low.y.min(point.y) },
            Point { x: high.x.max(point.x), y: high.y.max(point.y) },
        )
    })
}

/// Shapes on a ground of a size in user units; later shapes lie over earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// To the right.
    pub width: f64,
    /// Down.
    pub height: f64,
    /// The shapes.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// What is drawn without its texts: neighbours of one look together, with the outline of all of them.
    #[must_use]
    pub fn layers(&self) -> Vec<(Class, String)> {
        let mut layers: Vec<(Class, String)> = Vec::new();
        for shape in self.shapes.iter().filter(|own| !matches!(own, Shape::Text { .. })) {
            match layers.last_mut() {
                Some((class, outline)) if *class == shape.class() => shape.put_outline(outline),
                _ => layers.push((shape.class(), shape.outline())),
            }
        }
        layers
    }

    /// How tall it is where it is `width` wide, in the unit of `width`, rounded up.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a sheet is some thousand units wide"
    )]
    pub fn height_at(&self, width: i64) -> i64 {
        (self.height * width as f64 / self.width).ceil() as i64
    }
}
