//! A result against the files that it was made of.

use sla_statement::i18n::{Locale, fill};
use sla_statement::statement::verify::{Stated, Unusable};

use super::assess::result_of;
use super::output::{Problems, print};
use super::{Outcome, arguments, case};

/// Computes the result again and tells every difference.
pub fn run(arguments: &arguments::Verify, locale: Locale) -> Result<Outcome, Problems> {
    let texts = locale.texts();
    let file = &arguments.statement;
    let bytes = std::fs::read(file).map_err(|error| Problems::unreadable(file, &error, locale))?;
    let unusable = |error: Unusable| Problems::one(error.sentence(&file.display().to_string(), locale));
    let stated = Stated::read(&bytes).map_err(unusable)?;
    let record = case::read(&arguments.case, locale)?;
    let computed = result_of(&record, stated.question, locale)?;
    let differences = stated.differences(&computed.text());
    if differences.is_empty() {
        let agrees = fill(texts.cli.verify_agrees, &[("digest", &computed.digest())]);
        let words = &texts.statement;
        print(&format!("{agrees}\n{}\n{}\n", words.digest_proves, words.digest_proves_not), locale)?;
        return Ok(Outcome::Done);
    }
    let lines = differences.iter().map(|difference| difference.sentence(locale) + "\n");
    print(&lines.collect::<String>(), locale)?;
    Ok(Outcome::Different)
}
