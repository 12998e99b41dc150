use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use sla_statement::i18n::Locale;
use sla_statement::time::{Instant, LocalMonth, Zone};

/// Turn exported monitoring data into a monthly SLA compliance statement.
///
/// Exit status: 0 done; 1 the input is unusable; 2 wrong usage; 3 `verify` found a difference.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// Language of messages: zh-Hant, zh-Hans or en [default: that of the environment]
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = locale)]
    pub lang: Option<Locale>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Assess a month and write the result as JSON
    Assess(Assess),
    /// Tell what was recognised in files, as JSON
    Inspect(Inspect),
    /// Compute a result again from the files and compare it field by field
    Verify(Verify),
    /// Write the whole case as one document of sla-export/1
    ///
    /// It says all that the format can: contract, samples, outages, claims, cases. Which files it came from, how good
    /// their evidence was and who signed them stays with those files; read again, its evidence is `declared`.
    Export(Export),
    /// Write a statement as one HTML file, with the files of the case and the viewer inside
    Report(Report),
    /// Write the demo case: a contract and monitoring files of March 2026
    Demo(Demo),
}

#[derive(Debug, Args)]
pub struct Assess {
    /// The month, such as 2026-03
    #[arg(long)]
    pub month: LocalMonth,
    /// Take nothing later than this for known: an RFC 3339 time [default: now]
    #[arg(long, value_name = "TIME", value_parser = Instant::parse_rfc3339)]
    pub as_of: Option<Instant>,
    #[command(flatten)]
    pub case: CaseFiles,
}

#[derive(Debug, Args)]
pub struct Report {
    /// The month, such as 2026-03
    #[arg(long)]
    pub month: LocalMonth,
    /// Take nothing later than this for known: an RFC 3339 time [default: now]
    #[arg(long, value_name = "TIME", value_parser = Instant::parse_rfc3339)]
    pub as_of: Option<Instant>,
    /// The file to write [default: the standard output]
    #[arg(short, long, value_name = "OUT.html")]
    pub output: Option<PathBuf>,
    /// Take each FILE for a case of its own, a folder or a zip of its files, and write a report of each to this folder,
    /// with an index and a table of all verdicts and amounts
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    pub out: Option<PathBuf>,
    /// The viewer's single file [default: the one that the program brings, or sla-statement.html beside it]
    #[arg(long, value_name = "FILE")]
    pub viewer: Option<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, Args)]
pub struct Inspect {
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, Args)]
pub struct Verify {
    /// The result to check, as `assess` wrote it
    #[arg(value_name = "STATEMENT.json")]
    pub statement: PathBuf,
    #[command(flatten)]
    pub case: CaseFiles,
}

#[derive(Debug, Args)]
pub struct Export {
    /// The file to write to [default: the standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub case: CaseFiles,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// The folder to write to; it is made where there is none
    #[arg(short, long, value_name = "DIR", default_value = ".")]
    pub output: PathBuf,
}

#[derive(Debug, Args)]
pub struct CaseFiles {
    /// A JSON file of policy keys that go before those of the contract
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, Args)]
pub struct Reading {
    /// The zone of times that carry no offset, such as Asia/Shanghai
    #[arg(long, value_name = "IANA")]
    pub time_zone: Option<Zone>,
    /// Write every problem of the files to this file, as CSV
    #[arg(long, value_name = "FILE")]
    pub problems: Option<PathBuf>,
    /// The files of the case, also as .gz; `-` is the standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

fn locale(tag: &str) -> Result<Locale, String> {
    let tags = || Locale::ALL.map(Locale::tag).join(", ");
    Locale::from_tag(tag).ok_or_else(|| format!("expected one of {}", tags()))
}
