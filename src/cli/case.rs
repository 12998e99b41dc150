//! Files into one record: read in pieces, several at a time.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sla_statement::contract::Contract;
use sla_statement::i18n::Locale;
use sla_statement::import::{Imported, Options, Reader, apply_policy_file, join, merge_sentence};
use sla_statement::record::Record;
use sla_statement::report::CaseFile;
use sla_statement::time::Zone;

use super::arguments::{CaseFiles, Reading};
use super::output::{Problems, tell_rejections};
use super::parallel::for_each;

const PIECE_BYTES: usize = 1 << 20;

/// The record of all files, with the policy file applied. Rows that were left out are told.
///
/// # Errors
/// Every file that is unusable, or why the files do not make one case.
pub fn read(files: &CaseFiles, locale: Locale) -> Result<Record, Problems> {
    let mut imported = Vec::new();
    let mut problems = Vec::new();
    for read in read_each(&files.reading, locale) {
        read.map_or_else(|problem| problems.push(problem), |file| imported.push(file));
    }
    tell_rejections(&imported, locale);
    if let Some(problems) = Problems::all(problems) {
        return Err(problems);
    }
    let mut record = joined(imported, locale)?;
    if let Some(policy) = &files.policy {
        apply_policy(policy, &mut record, locale)?;
    }
    Ok(record)
}

/// A case with the very bytes of its files.
pub struct Whole {
    /// What the files hold together.
    pub record: Record,
    /// The files as they were given.
    pub files: Vec<CaseFile>,
    /// What was said of each.
    pub imported: Vec<Imported>,
}

/// Reads files at once, keeping their bytes.
///
/// # Errors
/// Every file that is unusable, or why the files do not make one case.
pub fn read_whole(paths: &[PathBuf], zone: Option<Zone>, locale: Locale) -> Result<Whole, Problems> {
    let options = Options { zone };
    let (mut imported, mut files, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for path in paths {
        match read_bytes(path, options, locale) {
            Ok((read, file)) => {
                imported.push(read);
                files.push(file);
            }
            Err(problem) => problems.push(problem),
        }
    }
    if let Some(problems) = Problems::all(problems) {
        return Err(problems);
    }
    Ok(Whole { record: joined(imported.clone(), locale)?, files, imported })
}

fn read_bytes(path: &Path, options: Options, locale: Locale) -> Result<(Imported, CaseFile), Problems> {
    let unreadable = |error: io::Error| Problems::unreadable(path, &error, locale);
    let mut bytes = Vec::new();
    open(path).and_then(|mut input| input.read_to_end(&mut bytes)).map_err(unreadable)?;
    let name = name(path);
    let mut reader = Reader::new(&name, options);
    // In pieces, so that a file that cannot be used is given up early.
    let read = bytes.chunks(PIECE_BYTES).try_for_each(|piece| reader.push(piece)).and_then(|()| reader.finish());
    let read = read.map_err(|refusal| Problems::of(&refusal.diagnostics, locale))?;
    Ok((read, CaseFile { name, bytes, options }))
}

fn joined(files: Vec<Imported>, locale: Locale) -> Result<Record, Problems> {
    let case = join(files.into_iter().map(|file| file.record))
        .map_err(|error| Problems::one(merge_sentence(&error, locale)))?;
    if case.unresolved.is_empty() { Ok(case.record) } else { Err(Problems::of(&case.unresolved, locale)) }
}

fn apply_policy(file: &Path, record: &mut Record, locale: Locale) -> Result<(), Problems> {
    let bytes = std::fs::read(file).map_err(|error| Problems::unreadable(file, &error, locale))?;
    let policy = &mut record.contract.get_or_insert_with(Contract::default).policy;
    apply_policy_file(&name(file), &bytes, policy).map_err(|refusal| Problems::of(&refusal.diagnostics, locale))
}

/// Every file by itself, in the order in which they were named.
pub fn read_each(reading: &Reading, locale: Locale) -> Vec<Result<Imported, Problems>> {
    let options = Options { zone: reading.time_zone };
    for_each(&reading.files, |file| read_one(file, options, locale))
}

fn read_one(file: &Path, options: Options, locale: Locale) -> Result<Imported, Problems> {
    let unreadable = |error: io::Error| Problems::unreadable(file, &error, locale);
    let mut input = open(file).map_err(unreadable)?;
    let mut reader = Reader::new(&name(file), options);
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let taken = match input.read(&mut piece) {
            Ok(0) => break,
            Ok(taken) => taken,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(unreadable(error)),
        };
        let pushed = reader.push(piece.get(..taken).unwrap_or_default());
        pushed.map_err(|refusal| Problems::of(&refusal.diagnostics, locale))?;
    }
    reader.finish().map_err(|refusal| Problems::of(&refusal.diagnostics, locale))
}

fn open(file: &Path) -> io::Result<Box<dyn Read>> {
    Ok(if file.as_os_str() == "-" { Box::new(io::stdin().lock()) } else { Box::new(File::open(file)?) })
}

/// The name without its folder: what a page knows of a file too, so that both write the same result.
fn name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
