//! The statement as a document: blocks of text and tables in a language, in the order of reading.

use std::fmt::Write as _;

use super::body;
use super::check::Check;
use super::pages::{self, Sheet};
use super::paper::{Extent, Paper};
use super::typeset::Type;
use crate::assess::{Assessment, Status, Verdict};
use crate::chart::Figure;
use crate::contract::Policy;
use crate::i18n::{Locale, fill, month, visible};
use crate::record::Record;

/// The monthly statement in one language. Both copies bear the same text.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The language of every text in it.
    pub locale: Locale,
    /// How it is put on paper.
    pub paper: Paper,
    /// What the document is called.
    pub title: String,
    /// What the head and the foot of each sheet say.
    pub running: Running,
    /// The document, in the order of reading.
    pub blocks: Vec<Block>,
}

/// What stands on every sheet beside its own text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// The contract's number, cut to the room there is; empty where it is not known.
    pub contract: String,
    /// The month.
    pub month: String,
    /// Says that the statement follows a proposal, that it is provisional, or both; `None` where it is neither.
    pub mark: Option<String>,
    /// The digest of the result, whole.
    pub digest: String,
    /// Its beginning.
    pub digest_short: String,
}

/// For whom a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    /// 甲方執.
    Customer,
    /// 乙方執.
    Provider,
}

impl Copy {
    /// The two copies of the agreement's last sentence.
    pub const BOTH: [Self; 2] = [Self::Customer, Self::Provider];

    /// The name in the page: `customer`, `provider`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Provider => "provider",
        }
    }

    /// The mark on each sheet of the copy.
    #[must_use]
    pub const fn mark(self, locale: Locale) -> &'static str {
        match self {
            Self::Customer => locale.texts().statement.copy_customer,
            Self::Provider => locale.texts().statement.copy_provider,
        }
    }
}

/// A part of the document that stands below the one before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub content: Content,
    /// Whether its end stays on the sheet on which the next block begins.
    pub keeps_next: bool,
}

/// The kinds of blocks.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// The document's title.
    Title(String),
    /// The heading of an article or an annex.
    Heading(String),
    /// A heading within it.
    Subheading(String),
    /// What an article comes to.
    Verdict(Verdict, String),
    /// Running text.
    Paragraph(String),
    /// One entry of a list.
    Item(String),
    /// Rows under a head.
    Table(Table),
    /// A drawing with its words.
    Chart(Box<Figure>),
    /// Where the two parties sign.
    Signatures(Box<Signatures>),
    /// The digest in full, for eyes and for a camera.
    Check(Box<Check>),
    /// What follows begins on a new sheet.
    NewSheet,
}

impl Block {
    /// A block; headings and verdicts stay with what follows.
    #[must_use]
    pub const fn new(content: Content) -> Self {
        let mut block = Self { content, keeps_next: false };
        block.keeps_next = block.heads();
        block
    }

    /// Whether it is the heading of what follows.
    #[must_use]
    pub const fn heads(&self) -> bool {
        matches!(self.content, Content::Title(_) | Content::Heading(_) | Content::Subheading(_) | Content::Verdict(..))
    }

    /// The same, on one sheet with the beginning of what follows.
    #[must_use]
    pub const fn keeping_next(mut self) -> Self {
        self.keeps_next = true;
        self
    }
}

/// How a table looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Names and what they stand for, without a head.
    Facts,
    /// Under a head, in the statement itself.
    Ruled,
    /// Under a head, in small type: annexes.
    Fine,
}

impl Form {
    /// The name in the page.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Ruled => "ruled",
            Self::Fine => "fine",
        }
    }

    /// The type of its cells.
    #[must_use]
    pub const fn size(self) -> Type {
        match self {
            Self::Facts | Self::Ruled => Type::TABLE,
            Self::Fine => Type::FINE,
        }
    }
}

/// What the names of facts take of the width of the text.
pub const FACTS_PERCENT: u8 = 22;

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its head; empty in [`Form::Facts`].
    pub head: &'static str,
    /// Its share of the width of the text, in percent.
    pub percent: u8,
    /// Whether it holds figures, which stand flush right.
    pub figures: bool,
}

impl Column {
    /// A column of text.
    #[must_use]
    pub const fn text(head: &'static str, percent: u8) -> Self {
        Self { head, percent, figures: false }
    }

    /// A column of figures.
    #[must_use]
    pub const fn figures(head: &'static str, percent: u8) -> Self {
        Self { head, percent, figures: true }
    }
}

/// One cell: lines that are each wrapped on their own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell(pub Vec<String>);

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self(vec![text.into()])
    }
}

/// A table. Its rows are never split over two sheets: a row too tall for that is made of several from the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// How it looks.
    pub form: Form,
    /// Its columns; their shares add up to 100.
    pub columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

/// No row takes more lines than this.
const TALLEST_ROW: usize = 24;

impl Table {
    /// A table without rows.
    #[must_use]
    pub const fn new(form: Form, columns: Vec<Column>) -> Self {
        Self { form, columns, rows: Vec::new() }
    }

    /// Names and what they stand for.
    #[must_use]
    pub fn facts() -> Self {
        Self::new(Form::Facts, vec![Column::text("", FACTS_PERCENT), Column::text("", 100 - FACTS_PERCENT)])
    }

    /// Its rows; each has a cell for each column.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// Adds a row. Where a cell takes more lines than a sheet should hold in one piece, the rest goes on in rows below.
    pub fn push(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let cells: Vec<Cell> = cells.into_iter().collect();
        if self.row_lines(&cells) <= TALLEST_ROW {
            self.rows.push(cells);
            return;
        }
        let mut rest: Vec<Vec<String>> = cells.iter().enumerate().map(|(at, cell)| self.wrapped(at, cell)).collect();
        while rest.iter().any(|lines| !lines.is_empty()) {
            let row = rest.iter_mut().map(|lines| {
                let taken = lines.len().min(TALLEST_ROW);
                Cell(lines.drain(..taken).collect())
            });
            let row = row.collect();
            self.rows.push(row);
        }
    }

    /// Adds a row of a name and what it stands for.
    pub fn fact(&mut self, name: &str, value: impl Into<String>) {
        self.push([name.into(), value.into().into()]);
    }

    /// How many lines the tallest cell of a row takes.
    #[must_use]
    pub fn row_lines(&self, cells: &[Cell]) -> usize {
        cells.iter().enumerate().map(|(at, cell)| self.wrapped(at, cell).len()).max().unwrap_or(1).max(1)
    }

    fn wrapped(&self, column: usize, cell: &Cell) -> Vec<String> {
        let size = self.form.size();
        let width = pages::cell_width(&self.columns, column);
        cell.0.iter().flat_map(|line| size.wrap(line, width)).collect()
    }
}

/// The signature block of the agreement: the customer on the left, the provider on the right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signatures {
    /// The two sides.
    pub sides: [Side; 2],
}

/// One side of the signature block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// 甲方(蓋章) or 乙方(蓋章), with the room for the seal below.
    pub seal: Line,
    /// 代表人(簽字), 地址, 郵碼, 聯系電話, 電子郵箱.
    pub lines: Vec<Line>,
    /// 年, 月, 日: to be filled in by hand, in this order.
    pub date: [&'static str; 3],
    /// 簽訂地點.
    pub place: Line,
}

/// A label and what is known of it; an empty value leaves a blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The label, as the agreement words it.
    pub label: &'static str,
    /// What is known, cut to the room there is.
    pub value: String,
}

impl Statement {
    /// The statement of an assessment.
    ///
    /// `record` is the one that was assessed; `digest` is that of the result, such as `sha256:…`.
    #[must_use]
    pub fn new(record: &Record, assessment: &Assessment, digest: &str, locale: Locale) -> Self {
        Self::on(Paper::default(), None, record, assessment, digest, locale)
    }

    /// The same on other paper; `locale` is the language of a document that is in that of the screen. `agreed`: the readings of
    /// the contract, where those of `record` are a proposal that takes their place.
    #[must_use]
    pub fn on(
        paper: Paper,
        agreed: Option<&Policy>,
        record: &Record,
        assessment: &Assessment,
        digest: &str,
        locale: Locale,
    ) -> Self {
        let locale = paper.locale.unwrap_or(locale);
        let texts = &locale.texts().statement;
        let contract = record.contract.as_ref().and_then(|contract| contract.id.as_deref()).unwrap_or_default();
        let provisional = (assessment.status == Status::Provisional).then_some(texts.provisional_mark);
        let marks: Vec<&str> = agreed.map(|_| texts.proposal_mark).into_iter().chain(provisional).collect();
        let mark = Some(marks.join(" · ")).filter(|mark| !mark.is_empty());
        let running = Running {
            contract: Type::FINE.clip(&clean(contract), pages::HEAD_CONTRACT_WIDTH, 1),
            month: month(assessment.month, locale),
            mark,
            digest: digest.to_owned(),
            digest_short: shortened(digest),
        };
        let title = match paper.extent {
            Extent::Full => texts.title,
            Extent::Summary => texts.title_summary,
        };
        let blocks = body::blocks(record, assessment, agreed, digest, (locale, paper));
        Self { locale, paper, title: title.to_owned(), running, blocks }
    }

    /// The document cut into sheets.
    #[must_use]
    pub fn sheets(&self) -> Vec<Sheet> {
        pages::sheets(&self.blocks, self.paper.size)
    }

    /// 第 x 頁 共 y 頁.
    #[must_use]
    pub fn page_of(&self, page: usize, pages: usize) -> String {
        fill(self.locale.texts().statement.page_of, &[("page", &page), ("pages", &pages)])
    }

    /// The document as plain text: a line for each paragraph and each row of a table, cells parted by ` | `.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            write_block(&mut out, &block.content);
        }
        out
    }
}

/// Text from a file, for one line of the document: line breaks become spaces, and what could not be seen an escape.
pub(super) fn clean(text: &str) -> String {
    let broken = |letter: char| matches!(letter, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let plain = |letter: char| if broken(letter) { ' ' } else { letter };
    visible(&text.trim().chars().map(plain).collect::<String>())
}

fn shortened(digest: &str) -> String {
    let kept: String = digest.chars().take(23).collect();
    if kept.len() < digest.len() { format!("{kept}…") } else { kept }
}

fn write_block(out: &mut String, content: &Content) {
    // Writing to a String cannot fail.
    let _ = match content {
        Content::Title(text) => writeln!(out, "{text}"),
        Content::Heading(text) => writeln!(out, "\n== {text}"),
        Content::Subheading(text) => writeln!(out, "\n-- {text}"),
        Content::Verdict(verdict, text) => writeln!(out, "{} {text}", super::wording::symbol(*verdict)),
        Content::Paragraph(text) => writeln!(out, "{text}"),
        Content::Item(text) => writeln!(out, "· {text}"),
        Content::Table(table) => {
            write_table(out, table);
            Ok(())
        }
        Content::Chart(figure) => writeln!(out, "[ {} ]\n{}", figure.title, figure.subtitle),
        Content::Signatures(signatures) => {
            signatures.sides.iter().for_each(|side| write_side(out, side));
            Ok(())
        }
        Content::Check(check) => {
            let code = check.code.iter().map(|code| format!("[{}]", code.text));
            writeln!(out, "{}", code.chain(check.lines.iter().cloned()).collect::<Vec<_>>().join("\n"))
        }
        Content::NewSheet => Ok(()),
    };
}

fn write_table(out: &mut String, table: &Table) {
    if table.form != Form::Facts {
        let heads: Vec<&str> = table.columns.iter().map(|column| column.head).collect();
        let _ = writeln!(out, "| {} |", heads.join(" | "));
    }
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|cell| cell.0.join(" / ")).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
}

fn write_side(out: &mut String, side: &Side) {
    for line in std::iter::once(&side.seal).chain(&side.lines) {
        let _ = writeln!(out, "{} {}", line.label, line.value);
    }
    let [year, month, day] = side.date;
    let _ = writeln!(out, "____ {year} __ {month} __ {day}");
    let _ = writeln!(out, "{} {}", side.place.label, side.place.value);
}
