use std::time::{SystemTime, UNIX_EPOCH};

use sla_statement::assess::{Question, assess};
use sla_statement::i18n::Locale;
use sla_statement::record::Record;
use sla_statement::statement::result::ResultDocument;
use sla_statement::time::Instant;

use super::output::{Problems, print};
use super::{Outcome, arguments, case};

/// Writes the result of a month.
pub fn run(arguments: &arguments::Assess, locale: Locale) -> Result<Outcome, Problems> {
    let question = Question { month: arguments.month, as_of: arguments.as_of.unwrap_or_else(now) };
    let record = case::read(&arguments.case, locale)?;
    print(&result_of(&record, question, locale)?.text(), locale)?;
    Ok(Outcome::Done)
}

/// The result of a month.
pub fn result_of(record: &Record, question: Question, locale: Locale) -> Result<ResultDocument, Problems> {
    let assessment =
        assess(record, question).map_err(|refusal| Problems::month(refusal, question.month, record, locale))?;
    Ok(ResultDocument::new(record, &assessment))
}

/// The clock, in whole seconds.
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
    Instant::MIN.plus(seconds.saturating_mul(1_000))
}
