//! Files into one record: read in pieces, several at a time.

use std::io::Read;
use std::path::{Path, PathBuf};

use sla_statement::contract::Contract;
use sla_statement::i18n::Locale;
use sla_statement::import::{
    Contents, Fingerprint, Imported, Limits, MAPPING_BYTES, Options, apply_policy_file, join, merge_sentence,
    native_decoder,
};
use sla_statement::record::{Mapping, Record};
use sla_statement::report::CaseFile;
use sla_statement::time::Zone;

use super::arguments::{CaseFiles, Reading};
use super::gathering_beside::gathering_beside;
use super::output::{Problems, tell_rejections, write_problems};
use super::parallel::for_each;
use super::pieces::{self, Broken, PIECE_BYTES, each_piece, is_long, is_standard_input};

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

/// Reads files at once, keeping their bytes, and as the mappings among them say.
///
/// # Errors
/// Every file that is unusable, or why the files do not make one case.
pub fn read_whole(paths: &[PathBuf], zone: Option<Zone>, locale: Locale) -> Result<Whole, Problems> {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        match bytes_of(path, locale) {
            Ok(bytes) => files.push(CaseFile::new(name(path), bytes, zone)),
            Err(problem) => problems.push(problem),
        }
    }
    let options = Options { zone, ..Options::default() };
    let read = |options: &Options| -> Vec<Result<Imported, Problems>> {
        files.iter().map(|file| read_bytes(file, options.clone(), locale)).collect()
    };
    let mut all = read(&options);
    let mapping = mapping_of(&all);
    if !mapping.files.is_empty() {
        all = read(&options.with(&mapping));
    }
    let mut imported = Vec::new();
    for read in all {
        read.map_or_else(|problem| problems.push(problem), |file| imported.push(file));
    }
    if let Some(problems) = Problems::all(problems) {
        return Err(problems);
    }
    Ok(Whole { record: joined(imported.clone(), locale)?, files, imported })
}

fn bytes_of(path: &Path, locale: Locale) -> Result<Vec<u8>, Problems> {
    let mut bytes = Vec::new();
    let read = pieces::open(path).and_then(|mut input| input.read_to_end(&mut bytes));
    read.map_err(|error| Problems::unreadable(path, &error, locale))?;
    Ok(bytes)
}

fn read_bytes(file: &CaseFile, options: Options, locale: Locale) -> Result<Imported, Problems> {
    let mut contents = contents(&file.name, options);
    // In pieces, so that a file that cannot be used is given up early.
    let read = file.bytes().chunks(PIECE_BYTES).try_for_each(|piece| contents.push(piece));
    let read = read.and_then(|()| contents.finish(Fingerprint::known(file.digest(), file.bytes())));
    read.map_err(|refusal| Problems::of(&refusal.diagnostics, locale))
}

fn contents(name: &str, options: Options) -> Contents {
    Contents::new(name, options).limited(Limits::None).decoding_with(native_decoder)
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

/// Every file by itself, in the order in which they were named, and as the mappings among them say.
pub fn read_each(reading: &Reading, locale: Locale) -> Vec<Result<Imported, Problems>> {
    let options = Options { zone: reading.time_zone, ..Options::default() };
    let small: Vec<PathBuf> = reading.files.iter().filter(|file| could_be_mapping(file)).cloned().collect();
    let mapping = mapping_of(&read_all(&small, &options, locale));
    let mut read = read_all(&reading.files, &options.clone().with(&mapping), locale);
    // One in an archive, or from the standard input, is known only now.
    let all = mapping_of(&read);
    if all.files != mapping.files {
        for (file, read) in reading.files.iter().zip(&mut read).filter(|(file, _)| !is_standard_input(file)) {
            *read = read_one(file, options.clone().with(&all), locale);
        }
    }
    let written = reading.problems.as_ref().map_or(Ok(()), |table| write_problems(table, &read, locale));
    read.extend(written.err().map(Err));
    read
}

fn could_be_mapping(file: &Path) -> bool {
    let small = |meta: std::fs::Metadata| meta.is_file() && meta.len() <= MAPPING_BYTES;
    !is_standard_input(file) && std::fs::metadata(file).is_ok_and(small)
}

/// The mappings of all files. Where two contradict each other, joining the files says so.
fn mapping_of(read: &[Result<Imported, Problems>]) -> Mapping {
    let mappings = read.iter().flatten().map(|file| &file.record.mapping);
    mappings.fold(Mapping::default(), |all, own| all.clone().merge(own.clone()).unwrap_or(all))
}

fn read_all(files: &[PathBuf], options: &Options, locale: Locale) -> Vec<Result<Imported, Problems>> {
    for_each(files, |file| read_one(file, options.clone(), locale))
}

fn read_one(file: &Path, options: Options, locale: Locale) -> Result<Imported, Problems> {
    let mut contents = contents(&name(file), options);
    if is_long(file) {
        contents = contents.gathering_with(gathering_beside);
    }
    let read = each_piece(file, |piece| contents.push(piece)).and_then(|own| Ok(contents.finish(own)?));
    read.map_err(|broken| match broken {
        Broken::Unreadable(error) => Problems::unreadable(file, &error, locale),
        Broken::Refused(refusal) => Problems::of(&refusal.diagnostics, locale),
    })
}

/// The name without its folder: what a page knows of a file too, so that both write the same result.
fn name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
