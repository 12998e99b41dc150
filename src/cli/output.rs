use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use sla_statement::assess::Refusal as MonthRefusal;
use sla_statement::i18n::{Locale, fill, month};
use sla_statement::import::{Diagnostic, Fate, Imported, more_problems, problems_csv, sentence};
use sla_statement::record::Record;
use sla_statement::time::LocalMonth;

/// Rejected rows of one file that are told one by one.
const TOLD_REJECTIONS: usize = 20;

/// Why the input is unusable, one line each. Never empty.
#[derive(Debug, Clone)]
pub struct Problems {
    lines: Vec<String>,
    /// Those of them that are told of a place in a file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Problems {
    pub fn one(line: String) -> Self {
        Self { lines: vec![line], diagnostics: Vec::new() }
    }

    pub fn of(diagnostics: &[Diagnostic], locale: Locale) -> Self {
        let lines = diagnostics.iter().map(|diagnostic| with_code(diagnostic, locale)).collect();
        Self { lines, diagnostics: diagnostics.to_vec() }
    }

    /// All of them; `None` where there are none.
    pub fn all(problems: impl IntoIterator<Item = Self>) -> Option<Self> {
        let (mut lines, mut diagnostics) = (Vec::new(), Vec::new());
        for own in problems {
            lines.extend(own.lines);
            diagnostics.extend(own.diagnostics);
        }
        (!lines.is_empty()).then_some(Self { lines, diagnostics })
    }

    /// A file that cannot be opened or read.
    pub fn unreadable(file: &Path, error: &io::Error, locale: Locale) -> Self {
        let texts = &locale.texts().cli;
        let text = match error.kind() {
            ErrorKind::NotFound => texts.file_missing,
            ErrorKind::PermissionDenied => texts.file_not_permitted,
            ErrorKind::IsADirectory => texts.file_is_folder,
            _ => texts.file_unreadable,
        };
        Self::one(fill(text, &[("file", &file.display()), ("reason", error)]))
    }

    /// A month that cannot be assessed.
    pub fn month(refusal: MonthRefusal, wanted: LocalMonth, record: &Record, locale: Locale) -> Self {
        let texts = &locale.texts().cli;
        let term = record.contract.as_ref().and_then(|contract| contract.term);
        let text = match (refusal, term) {
            (MonthRefusal::OutsideTerm, Some(_)) => texts.month_outside_term,
            (MonthRefusal::OutsideTerm, None) => texts.month_outside_unknown_term,
            (MonthRefusal::NotBegun, _) => texts.month_not_begun,
        };
        let days = term.map(|term| (term.first_day.to_string(), term.last_day.to_string())).unwrap_or_default();
        Self::one(fill(text, &[("month", &month(wanted, locale)), ("first", &days.0), ("last", &days.1)]))
    }

    /// The lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// One line each on the standard error.
    pub fn tell(&self) {
        let mut out = io::stderr().lock();
        for line in &self.lines {
            let _ = writeln!(out, "{line}");
        }
    }
}

/// A sentence, with the code by which the problem is known in data.
fn with_code(diagnostic: &Diagnostic, locale: Locale) -> String {
    format!("{} [{}]", sentence(diagnostic, locale), diagnostic.code.as_str())
}

/// Rows that were left out: the first of each file one by one, the rest counted by what is wrong with them.
pub fn tell_rejections(files: &[Imported], locale: Locale) {
    let texts = &locale.texts().cli;
    let mut out = io::stderr().lock();
    for file in files {
        for diagnostic in file.rejected.iter().take(TOLD_REJECTIONS) {
            let _ = writeln!(out, "{}", fill(texts.warning, &[("sentence", &with_code(diagnostic, locale))]));
        }
        let untold = file.rejected.iter().skip(TOLD_REJECTIONS);
        let mut codes: BTreeMap<&str, u64> = BTreeMap::new();
        untold.for_each(|diagnostic| *codes.entry(diagnostic.code.as_str()).or_default() += 1);
        let more = codes.values().sum::<u64>() + file.rejected_beyond;
        if more > 0 {
            let codes: Vec<String> = codes.iter().map(|(code, count)| format!("{count} × {code}")).collect();
            let places: [(&str, &dyn Display); 3] =
                [("file", &file.name), ("count", &more), ("codes", &codes.join(", "))];
            let line = fill(texts.rejected_more, &places);
            let _ = writeln!(out, "{}", fill(texts.warning, &[("sentence", &line)]));
        }
    }
}

/// Writes every problem of the files to a table.
///
/// # Errors
/// Where the file cannot be written.
pub fn write_problems(table: &Path, read: &[Result<Imported, Problems>], locale: Locale) -> Result<(), Problems> {
    let mut all: Vec<(Fate, Cow<Diagnostic>)> = Vec::new();
    for file in read {
        match file {
            Err(problems) => all.extend(problems.diagnostics.iter().map(|own| (Fate::Refused, Cow::Borrowed(own)))),
            Ok(file) => {
                let beyond = |fate, count| more_problems(&file.name, count).map(|own| (fate, Cow::Owned(own)));
                all.extend(file.rejected.iter().map(|own| (Fate::Rejected, Cow::Borrowed(own))));
                all.extend(beyond(Fate::Rejected, file.rejected_beyond));
                all.extend(file.notes.iter().map(|own| (Fate::Noted, Cow::Borrowed(own))));
                all.extend(beyond(Fate::Noted, file.notes_beyond));
            }
        }
    }
    let csv = problems_csv(all.iter().map(|(fate, own)| (*fate, own.as_ref())), locale);
    write_whole(table, csv.as_bytes(), locale)
}

/// Writes a file whole or not at all: beside its place first, and then in it.
///
/// # Errors
/// Where it cannot be written, such as on a full disk; what stood in its place before is still there.
pub fn write_whole(path: &Path, bytes: &[u8], locale: Locale) -> Result<(), Problems> {
    let unwritable = |error: io::Error| {
        let values: [(&str, &dyn Display); 2] = [("file", &path.display()), ("reason", &error)];
        Problems::one(fill(locale.texts().cli.file_unwritable, &values))
    };
    // Devices and pipes have no place beside them.
    if fs::metadata(path).is_ok_and(|present| !present.is_file() && !present.is_dir()) {
        return fs::write(path, bytes).map_err(unwritable);
    }
    // A name of its own: that of the file may be as long as names can be.
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    let number = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let part = path.with_file_name(format!(".sla-statement-{}-{number}.part", std::process::id()));
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path));
    written.map_err(|error| {
        fs::remove_file(&part).ok();
        unwritable(error)
    })
}

/// Writes to the standard output. A reader who went away early has seen enough.
///
/// # Errors
/// Where the output cannot take it, such as a full disk.
pub fn print(text: &str, locale: Locale) -> Result<(), Problems> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Problems::one(fill(locale.texts().cli.output_unwritable, &[("reason", &error)])))
        }
        _ => Ok(()),
    }
}
