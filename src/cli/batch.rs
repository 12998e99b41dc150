//! A report of each of many cases, an index of them, and a table of all verdicts and amounts.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use sla_statement::assess::{Article, Question, Status, Verdict};
use sla_statement::contract::Fen;
use sla_statement::i18n::{Locale, fill, is_formula, month, visible};
use sla_statement::paper::Element;
use sla_statement::record::Record;
use sla_statement::report::Viewer;
use sla_statement::statement::wording;

use super::case::read_whole;
use super::output::{Problems, write_whole};
use super::parallel::for_each;
use super::report::{Made, files_in, question};
use super::{Outcome, arguments, viewer};

/// Names in the folder that are no reports.
const INDEX: &str = "index.html";
const TABLE: &str = "statements.csv";
/// What the index may do: wear its own style, and lead elsewhere.
const INDEX_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/// Where the progress is not seen on a terminal it is told so many times.
const TOLD: usize = 20;

/// One case of the batch, with what became of it.
struct Entry {
    case: String,
    /// The report's name in the folder.
    report: String,
    outcome: Result<Told, Problems>,
}

/// What index and table say of a statement.
struct Told {
    contract: String,
    customer: String,
    status: Status,
    verdicts: Vec<Verdict>,
    payable: Option<Fen>,
    contingent: Option<Fen>,
    accepted: u64,
    rejected: u64,
    digest: String,
}

/// Writes the reports. A case that cannot be used is told, and the others are written all the same.
pub fn run(
    arguments: &arguments::Report,
    folder: &Path,
    language: Locale,
    locale: Locale,
) -> Result<Outcome, Problems> {
    let viewer = viewer::find(arguments.viewer.as_deref(), locale)?;
    std::fs::create_dir_all(folder).map_err(|error| {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("file", &folder.display()), ("reason", &error)];
        Problems::one(fill(locale.texts().cli.file_unwritable, &values))
    })?;
    let batch = Batch { arguments, question: question(arguments), folder, viewer, language, locale };
    let cases = named(&arguments.reading.files, locale);
    let progress = Progress::new(cases.len());
    keep_memory();
    let entries = for_each(&cases, |(path, name)| {
        let entry = batch.entry(path, name);
        progress.step();
        entry
    });
    progress.end();
    write_whole(&folder.join(TABLE), batch.table(&entries).as_bytes(), locale)?;
    write_whole(&folder.join(INDEX), batch.index(&entries).as_bytes(), locale)?;
    batch.tell(&entries);
    let failed = entries.iter().any(|entry| entry.outcome.is_err());
    Ok(if failed { Outcome::Unusable } else { Outcome::Done })
}

/// Each case with the name of its report; the problem where another case has that name already.
fn named(cases: &[PathBuf], locale: Locale) -> Vec<(PathBuf, Result<String, Problems>)> {
    // Some file systems take capitals for the same letters.
    let mut taken = BTreeMap::from([("index".to_owned(), PathBuf::from(INDEX))]);
    let mut named = Vec::new();
    for case in cases {
        // `.` and `..` have no names of their own.
        let own = case.file_name().and(Some(case.clone())).or_else(|| case.canonicalize().ok()).unwrap_or_default();
        let name = if own.is_dir() { own.file_name() } else { own.file_stem() };
        let name = name.unwrap_or(case.as_os_str()).to_string_lossy().into_owned();
        let name = match taken.get(&name.to_lowercase()) {
            None => {
                taken.insert(name.to_lowercase(), case.clone());
                Ok(format!("{name}.html"))
            }
            Some(other) => {
                let values: [(&str, &dyn std::fmt::Display); 2] = [("name", &name), ("other", &other.display())];
                Err(Problems::one(fill(locale.texts().cli.case_same_name, &values)))
            }
        };
        named.push((case.clone(), name));
    }
    named
}

struct Batch<'a> {
    arguments: &'a arguments::Report,
    /// One for all: where no time is given it is the moment in which the batch began.
    question: Question,
    folder: &'a Path,
    viewer: Viewer,
    language: Locale,
    locale: Locale,
}

impl Batch<'_> {
    fn entry(&self, case: &PathBuf, name: &Result<String, Problems>) -> Entry {
        let report = name.as_ref().cloned().unwrap_or_default();
        // A mistake of the program in one case must not cost the others.
        let outcome = name.as_ref().map_err(Clone::clone).and_then(|name| {
            let written = catch_unwind(AssertUnwindSafe(|| self.write(case, &self.folder.join(name))));
            written.unwrap_or_else(|_| Err(Problems::one(self.locale.texts().cli.case_broke_down.to_owned())))
        });
        Entry { case: case.display().to_string(), report, outcome }
    }

    fn write(&self, case: &PathBuf, report: &Path) -> Result<Told, Problems> {
        let files = files_in(case).map_err(|error| Problems::unreadable(case, &error, self.locale))?;
        if files.is_empty() {
            return Err(Problems::one(self.locale.texts().cli.case_empty.to_owned()));
        }
        let whole = read_whole(&files, self.arguments.reading.time_zone, self.locale)?;
        let made = Made::of(whole, self.question, self.language, self.locale)?;
        let file = made.file(&self.viewer, self.language, self.locale)?;
        write_whole(report, file.as_bytes(), self.locale)?;
        Ok(Told::of(&made))
    }

    /// A line for each case, RFC 4180.
    fn table(&self, entries: &[Entry]) -> String {
        let verdicts = Article::ALL.map(Article::id);
        let heads =
            [&["case", "report", "contract", "customer", "month", "status"][..], &verdicts, &TABLE_END].concat();
        let mut out = heads.join(",") + "\n";
        for entry in entries {
            let cells: Vec<String> = self.cells(entry).iter().map(|cell| quoted(cell)).collect();
            out.push_str(&cells.join(","));
            out.push('\n');
        }
        out
    }

    fn cells(&self, entry: &Entry) -> Vec<String> {
        let month = self.arguments.month.to_string();
        let amount = |amount: Option<Fen>| amount.map(|amount| amount.to_string()).unwrap_or_default();
        let mut cells = vec![entry.case.clone()];
        match &entry.outcome {
            Ok(told) => {
                let status = told.status.as_str().to_owned();
                cells.extend([entry.report.clone(), told.contract.clone(), told.customer.clone(), month, status]);
                cells.extend(told.verdicts.iter().map(|verdict| verdict.as_str().to_owned()));
                cells.extend([amount(told.payable), amount(told.contingent)]);
                cells.extend([told.accepted.to_string(), told.rejected.to_string()]);
                cells.extend([told.digest.clone(), String::new()]);
            }
            Err(problems) => {
                cells.extend([String::new(), String::new(), String::new(), month]);
                cells.extend((0..1 + Article::ALL.len() + TABLE_END.len() - 1).map(|_| String::new()));
                cells.push(problems.lines().join(" · "));
            }
        }
        cells
    }

    /// The cases as a page that leads to each report.
    fn index(&self, entries: &[Entry]) -> String {
        let texts = self.language.texts();
        let title = fill(texts.cli.index_title, &[("month", &month(self.arguments.month, self.language))]);
        let written = entries.iter().filter(|entry| entry.outcome.is_ok()).count();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("done", &written), ("total", &entries.len())];
        let heads = [texts.cli.index_case, texts.app.head_contract, texts.statement.fact_customer].into_iter();
        let articles = Article::ALL.into_iter().map(|article| wording::article(article, texts));
        let amounts = [texts.statement.amount_payable, texts.statement.amount_contingent];
        let heads = heads.chain([texts.statement.fact_status]).chain(articles).chain(amounts);
        let heads = heads.map(|head| Element::new("th").with("scope", "col").text(head));
        let table = Element::new("table")
            .child(Element::new("thead").child(Element::new("tr").children(heads)))
            .child(Element::new("tbody").children(entries.iter().map(|entry| self.row(entry))));
        let to_table = Element::new("a").with("href", TABLE).text(TABLE);
        let body = Element::new("body")
            .child(Element::new("h1").text(&*title))
            .child(Element::new("p").text(fill(texts.cli.batch_done, &values)).text(" · ").child(to_table))
            .child(table);
        let head = Element::new("head")
            .child(Element::new("meta").with("charset", "utf-8"))
            .child(Element::new("meta").with("http-equiv", "Content-Security-Policy").with("content", INDEX_POLICY))
            .child(Element::new("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"))
            .child(Element::new("meta").with("name", "color-scheme").with("content", "light dark"))
            .child(Element::new("title").text(title))
            .child(Element::new("style").text(include_str!("index.css")));
        let page = Element::new("html").with("lang", self.language.tag()).child(head).child(body);
        format!("<!DOCTYPE html>\n{}\n", page.html())
    }

    fn row(&self, entry: &Entry) -> Element {
        let texts = self.language.texts();
        let cell = |text: &str| Element::new("td").text(text);
        let name = Element::new("th").with("scope", "row");
        let told = match &entry.outcome {
            Ok(told) => told,
            Err(problems) => {
                let span = (3 + Article::ALL.len() + 2).to_string();
                let said = problems.lines().iter().map(|line| Element::new("div").text(&**line));
                let problem = Element::new("td").with("colspan", span).with("class", "problem").children(said);
                return Element::new("tr").child(name.text(visible(&entry.case))).child(problem);
            }
        };
        let link = Element::new("a").with("href", format!("./{}", address(&entry.report))).text(visible(&entry.case));
        let verdicts = told.verdicts.iter().map(|verdict| {
            let said = format!("{} {}", wording::symbol(*verdict), wording::verdict(*verdict, texts));
            cell(&said).with("data-verdict", verdict.as_str())
        });
        let amount = |amount: Option<Fen>| {
            let said = amount.map_or_else(|| texts.statement.amount_unknown.to_owned(), |amount| format!("¥{amount}"));
            cell(&said).with("class", "amount")
        };
        Element::new("tr")
            .child(name.child(link))
            .children([cell(&told.contract), cell(&told.customer), cell(wording::status(told.status, texts))])
            .children(verdicts)
            .children([amount(told.payable), amount(told.contingent)])
    }

    /// What could not be used, in the order of the cases, and how many could.
    fn tell(&self, entries: &[Entry]) {
        let texts = &self.locale.texts().cli;
        let mut out = io::stderr().lock();
        for entry in entries {
            for line in entry.outcome.as_ref().err().map(Problems::lines).unwrap_or_default() {
                let _ = writeln!(
                    out,
                    "{}",
                    fill(texts.case_problem, &[("case", &visible(&entry.case)), ("problem", &visible(line))])
                );
            }
        }
        let written = entries.iter().filter(|entry| entry.outcome.is_ok()).count();
        let values: [(&str, &dyn std::fmt::Display); 2] = [("done", &written), ("total", &entries.len())];
        let _ = writeln!(out, "{}", fill(texts.batch_done, &values));
    }
}

/// Each case takes as much memory as the one before. The allocator of glibc gives it back to the system after each, and
/// a fifth of the time goes into getting it again, until it has seen a block of this size returned: then it keeps as much.
fn keep_memory() {
    const BYTES: usize = 24 << 20;
    drop(std::hint::black_box(Vec::<u8>::with_capacity(BYTES)));
}

/// The columns after the verdicts.
const TABLE_END: [&str; 6] = ["payable", "contingent", "rows_accepted", "rows_rejected", "digest", "problem"];

impl Told {
    fn of(made: &Made) -> Self {
        let record: &Record = &made.case().record;
        let contract = record.contract.as_ref();
        Self {
            contract: contract.and_then(|contract| contract.id.as_deref().map(visible)).unwrap_or_default(),
            customer: contract.map(|contract| visible(&contract.customer.name)).unwrap_or_default(),
            status: made.assessment.status,
            verdicts: made.assessment.guarantees.iter().map(|own| own.verdict).collect(),
            payable: made.assessment.remedies.payable,
            contingent: made.assessment.remedies.contingent,
            accepted: record.sources.values().map(|source| source.accepted).sum(),
            rejected: record.sources.values().map(|source| source.rejected).sum(),
            digest: made.digest.clone(),
        }
    }
}

/// A file's name in an address: browsers take some characters for signs, and leave out or turn round others.
fn address(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = std::fmt::Write::write_fmt(&mut out, format_args!("%{byte:02X}"));
        }
    }
    out
}

/// A cell that no spreadsheet takes for a formula, and in which nothing is unseen, in quotes where it needs them.
fn quoted(cell: &str) -> String {
    let cell = &*visible(cell);
    let cell = if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// How many cases are done, on the standard error.
struct Progress {
    total: usize,
    done: AtomicUsize,
    terminal: bool,
}

impl Progress {
    fn new(total: usize) -> Self {
        Self { total, done: AtomicUsize::new(0), terminal: io::stderr().is_terminal() }
    }

    fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let mut out = io::stderr().lock();
        if self.terminal {
            let _ = write!(out, "\r{done} / {}", self.total);
        } else if self.total > 1 && done.is_multiple_of(self.total.div_ceil(TOLD)) {
            let _ = writeln!(out, "{done} / {}", self.total);
        }
    }

    fn end(&self) {
        if self.terminal {
            let _ = writeln!(io::stderr().lock());
        }
    }
}
