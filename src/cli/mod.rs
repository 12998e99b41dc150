//! The command line around the engine.

mod arguments;
mod assess;
mod batch;
mod case;
mod demo;
mod export;
mod gathering_beside;
mod inspect;
mod output;
mod parallel;
mod pieces;
mod report;
mod verify;
mod viewer;

use std::process::ExitCode;

use clap::Parser;
use sla_statement::i18n::Locale;

use arguments::{Arguments, Command};
use output::Problems;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 0: done.
    Done,
    /// 1: the input is unusable; why was told.
    Unusable,
    /// 2: wrong usage; how it is used was told.
    WrongUsage,
    /// 3: the statement is not what the files give.
    Different,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Done => 0,
            Outcome::Unusable => 1,
            Outcome::WrongUsage => 2,
            Outcome::Different => 3,
        })
    }
}

/// Runs the command that the arguments of the process name.
pub fn run() -> Outcome {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // A reader who has gone away needs no help text.
            let _ = error.print();
            return if error.use_stderr() { Outcome::WrongUsage } else { Outcome::Done };
        }
    };
    let locale = arguments.lang.unwrap_or_else(locale_of_environment);
    let done = match &arguments.command {
        Command::Assess(assess) => assess::run(assess, locale),
        Command::Inspect(inspect) => inspect::run(inspect, locale),
        Command::Verify(verify) => verify::run(verify, locale),
        Command::Export(export) => export::run(export, locale),
        // The document is written in the language of the agreement, whatever that of the messages is.
        Command::Report(report) => match &report.out {
            None => report::run(report, arguments.lang.unwrap_or_default(), locale),
            Some(folder) => batch::run(report, folder, arguments.lang.unwrap_or_default(), locale),
        },
        Command::Demo(demo) => demo::run(demo, locale),
    };
    done.unwrap_or_else(|problems: Problems| {
        problems.tell();
        Outcome::Unusable
    })
}

/// The language of the user's environment, as POSIX orders the variables; English where it is none of ours.
fn locale_of_environment() -> Locale {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let name = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(set).unwrap_or_default().replace('-', "_");
    match name.to_ascii_lowercase() {
        name if ["zh_tw", "zh_hk", "zh_mo", "zh_hant"].iter().any(|own| name.starts_with(own)) => Locale::ZhHant,
        name if name.starts_with("zh") => Locale::ZhHans,
        _ => Locale::En,
    }
}
