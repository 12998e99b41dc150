//! A statement as one file, with the files of the case and the viewer inside.

use std::path::PathBuf;

use sla_statement::assess::{Assessment, Question, assess};
use sla_statement::i18n::{Locale, fill};
use sla_statement::report::{self, HeldCase, MOST_BYTES, Viewer};
use sla_statement::statement::Statement;
use sla_statement::statement::result::ResultDocument;

use super::assess::now;
use super::case::{Whole, read_whole};
use super::output::{Problems, print, tell_rejections, write_whole};
use super::{Outcome, arguments, viewer};

/// Writes the report of one case.
pub fn run(arguments: &arguments::Report, language: Locale, locale: Locale) -> Result<Outcome, Problems> {
    let viewer = viewer::find(arguments.viewer.as_deref(), locale)?;
    let reading = &arguments.reading;
    let case = read_whole(&reading.files, reading.time_zone, locale)?;
    tell_rejections(&case.imported, locale);
    let made = Made::of(case, question(arguments), language, locale)?;
    let file = made.file(&viewer, language, locale)?;
    match &arguments.output {
        Some(output) => write_whole(output, file.as_bytes(), locale)?,
        None => print(&file, locale)?,
    }
    Ok(Outcome::Done)
}

/// What is asked; an address of the viewer holds whole seconds.
pub fn question(arguments: &arguments::Report) -> Question {
    Question { month: arguments.month, as_of: arguments.as_of.unwrap_or_else(now).whole_second() }
}

/// A statement with all that a report says of it.
pub struct Made {
    pub assessment: Assessment,
    pub digest: String,
    case: Whole,
    statement: Statement,
}

impl Made {
    pub fn of(case: Whole, question: Question, language: Locale, locale: Locale) -> Result<Self, Problems> {
        let record = &case.record;
        let assessment =
            assess(record, question).map_err(|refusal| Problems::month(refusal, question.month, record, locale))?;
        let digest = ResultDocument::new(record, &assessment).digest().to_owned();
        let statement = Statement::new(record, &assessment, &digest, language);
        Ok(Self { assessment, digest, case, statement })
    }

    pub const fn case(&self) -> &Whole {
        &self.case
    }

    /// The report; the problem where its files are more than one holds.
    pub fn file(&self, viewer: &Viewer, language: Locale, locale: Locale) -> Result<String, Problems> {
        let Assessment { month, as_of, .. } = self.assessment;
        let held = HeldCase::new(report::address(month, as_of, language), self.case.files.clone()).map_err(|_| {
            let limit: [(&str, &dyn std::fmt::Display); 1] = [("limit", &(MOST_BYTES >> 20))];
            Problems::one(fill(locale.texts().app.save_report_too_large, &limit))
        })?;
        Ok(report::file(viewer, &report::title(&self.case.record, month, language), &self.statement, &held))
    }
}

/// Files of a case: those named, and every file in those that are folders, in order of their paths. Hidden files are those
/// of the system.
pub fn files_in(case: &PathBuf) -> std::io::Result<Vec<PathBuf>> {
    if !case.is_dir() {
        return Ok(vec![case.clone()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(case)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        // A link to a folder is no part of the case: it might lead back here.
        if entry.file_type()?.is_dir() { files.extend(files_in(&entry.path())?) } else { files.push(entry.path()) }
    }
    files.sort();
    Ok(files)
}
