use std::path::Path;

use sla_statement::i18n::{Locale, fill};
use sla_statement::import::{Limits, Options, Reader, join};
use sla_statement::record::Record;
use sla_statement::statement::sla_export::sla_export;

use super::output::{Problems, print};
use super::{Outcome, arguments, case};

/// Writes the whole case as one document of `sla-export/1`.
pub fn run(arguments: &arguments::Export, locale: Locale) -> Result<Outcome, Problems> {
    let record = case::read(&arguments.case, locale)?;
    let text = sla_export(&record);
    drop(record);
    let text = text.filter(|text| read_again(text).as_ref() == Some(text));
    let text = text.ok_or_else(|| Problems::one(locale.texts().cli.export_unlike.to_owned()))?;
    match &arguments.output {
        None => print(&text, locale)?,
        Some(file) => write(file, &text, locale)?,
    }
    Ok(Outcome::Done)
}

/// What the document is written as once it was read: the same, or it says something else than the case.
fn read_again(text: &str) -> Option<String> {
    let mut reader = Reader::new("", Options::default()).limited(Limits::None);
    reader.push(text.as_bytes()).ok()?;
    let record: Record = reader.finish().ok()?.record;
    let case = join([record]).ok().filter(|case| case.unresolved.is_empty())?;
    sla_export(&case.record)
}

fn write(file: &Path, text: &str, locale: Locale) -> Result<(), Problems> {
    std::fs::write(file, text).map_err(|error| {
        let places: [(&str, &dyn std::fmt::Display); 2] = [("file", &file.display()), ("reason", &error)];
        Problems::one(fill(locale.texts().cli.file_unwritable, &places))
    })
}
