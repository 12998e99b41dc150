use sla_statement::i18n::Locale;
use sla_statement::import::inspection;

use super::output::{Problems, print};
use super::{Outcome, arguments, case};

/// Writes what was recognised; files that were not are told apart.
pub fn run(arguments: &arguments::Inspect, locale: Locale) -> Result<Outcome, Problems> {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    for read in case::read_each(&arguments.reading, locale) {
        read.map_or_else(|problem| problems.push(problem), |file| files.push(file));
    }
    let mut text = serde_json::to_string_pretty(&inspection(&files)).unwrap_or_default();
    text.push('\n');
    print(&text, locale)?;
    Problems::all(problems).map_or(Ok(Outcome::Done), Err)
}
