use super::{Class, Drawing};
use crate::i18n::is_formula;

/// Where a drawing is shown, which decides how wide it is and how large its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// A screen.
    Wide,
    /// A telephone.
    Narrow,
    /// A sheet of A4.
    Paper,
}

impl Medium {
    /// The media of a page: the style sheet shows the one that fits.
    pub const SCREENS: &[Self] = &[Self::Wide, Self::Narrow];

    /// The name in style sheets, such as `wide`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
            Self::Paper => "paper",
        }
    }

    /// The width of the ground in user units.
    #[must_use]
    pub const fn width(self) -> f64 {
        match self {
            Self::Wide => 960.0,
            Self::Narrow => 343.0,
            Self::Paper => 720.0,
        }
    }

    /// The size of text in user units.
    pub(super) const fn text(self) -> f64 {
        match self {
            Self::Wide | Self::Paper => 12.0,
            Self::Narrow => 11.0,
        }
    }
}

/// A chart with all that stands around it, in one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Which chart, such as `month-strip`.
    pub name: &'static str,
    /// What it says, in one line.
    pub title: String,
    /// What is measured, of what, in which zone.
    pub subtitle: String,
    /// The same for those who do not see the drawing.
    pub description: String,
    /// One drawing for each medium that was asked for.
    pub drawings: Vec<(Medium, Drawing)>,
    /// Which looks occur and what they stand for.
    pub legend: Vec<LegendEntry>,
    /// The same figures in rows.
    pub table: FigureTable,
}

/// A look and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    /// The look.
    pub class: Class,
    /// The letter or number of its clause, as it stands in the drawing.
    pub mark: Option<&'static str>,
    /// What it stands for.
    pub text: String,
}

impl LegendEntry {
    /// A look without a letter.
    pub(super) fn new(class: Class, text: impl Into<String>) -> Self {
        Self { class, mark: None, text: text.into() }
    }

    /// Those that occur.
    pub(super) fn occurring(entries: &[(bool, Class, &str)]) -> Vec<Self> {
        entries.iter().filter(|own| own.0).map(|(_, class, text)| Self::new(*class, *text)).collect()
    }
}

/// The figures of a chart. A [`Class::Spot`] of its drawings refers to a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FigureTable {
    /// What it holds, with the unit.
    pub caption: String,
    /// The heads of its columns; the first is that of the rows' names.
    pub heads: Vec<&'static str>,
    /// A name and its figures each.
    pub rows: Vec<Vec<String>>,
    /// The sum of the rows, where there is one.
    pub total: Option<Vec<String>>,
}

impl FigureTable {
    /// A row in words: `6: Counted 5:00 · At most 9:59`.
    #[must_use]
    pub fn reading(&self, row: usize) -> String {
        let Some((name, figures)) = self.rows.get(row).and_then(|cells| cells.split_first()) else {
            return String::new();
        };
        let named = self.heads.iter().skip(1).zip(figures).map(|(head, figure)| format!("{head} {figure}"));
        format!("{name}: {}", named.collect::<Vec<_>>().join(" · "))
    }

    /// Its rows as a file of comma-separated values.
    #[must_use]
    pub fn csv(&self) -> String {
        let head = self.heads.iter().map(|head| field(head)).collect();
        let rows = self.rows.iter().chain(&self.total).map(|row| row.iter().map(|cell| field(cell)).collect());
        let lines: Vec<String> =
            std::iter::once(head).chain(rows).map(|cells: Vec<String>| cells.join(",") + "\r\n").collect();
        // The mark by which spreadsheets know UTF-8.
        format!("\u{feff}{}", lines.concat())
    }
}

/// One field. What a spreadsheet would run as a formula gets an apostrophe before it.
fn field(text: &str) -> String {
    let guard = if is_formula(text) { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) || !guard.is_empty() {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
