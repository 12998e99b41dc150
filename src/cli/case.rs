//! Files into one record: read in pieces, several at a time.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use sla_statement::contract::Contract;
use sla_statement::i18n::Locale;
use sla_statement::import::{
    Imported, Limits, MAPPING_BYTES, Options, Reader, apply_policy_file, join, merge_sentence, native_decoder,
};
use sla_statement::record::{Mapping, Record};

use super::arguments::{CaseFiles, Reading};
use super::output::{Problems, tell_rejections, write_problems};

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
    let case = join(imported.into_iter().map(|file| file.record))
        .map_err(|error| Problems::one(merge_sentence(&error, locale)))?;
    if !case.unresolved.is_empty() {
        return Err(Problems::of(&case.unresolved, locale));
    }
    let mut record = case.record;
    if let Some(policy) = &files.policy {
        apply_policy(policy, &mut record, locale)?;
    }
    Ok(record)
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
        for (file, read) in reading.files.iter().zip(&mut read).filter(|(file, _)| !is_stdin(file)) {
            *read = read_one(file, options.clone().with(&all), locale);
        }
    }
    let written = reading.problems.as_ref().map_or(Ok(()), |table| write_problems(table, &read, locale));
    read.extend(written.err().map(Err));
    read
}

fn could_be_mapping(file: &Path) -> bool {
    let small = |meta: std::fs::Metadata| meta.is_file() && meta.len() <= MAPPING_BYTES;
    !is_stdin(file) && std::fs::metadata(file).is_ok_and(small)
}

/// The mappings of all files. Where two contradict each other, joining the files says so.
fn mapping_of(read: &[Result<Imported, Problems>]) -> Mapping {
    let mappings = read.iter().flatten().map(|file| &file.record.mapping);
    mappings.fold(Mapping::default(), |all, own| all.clone().merge(own.clone()).unwrap_or(all))
}

fn read_all(files: &[PathBuf], options: &Options, locale: Locale) -> Vec<Result<Imported, Problems>> {
    if files.is_empty() {
        return Vec::new();
    }
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some((place, file)) = take(&next, files) {
            let read = read_one(file, options.clone(), locale);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((place, read));
        }
    };
    let helpers = thread::available_parallelism().map_or(1, usize::from).min(files.len()) - 1;
    thread::scope(|scope| {
        (0..helpers).for_each(|_| drop(scope.spawn(work)));
        work();
    });
    let mut read = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    read.sort_by_key(|(place, _)| *place);
    read.into_iter().map(|(_, read)| read).collect()
}

fn take<'a, T>(next: &AtomicUsize, files: &'a [T]) -> Option<(usize, &'a T)> {
    let place = next.fetch_add(1, Ordering::Relaxed);
    Some((place, files.get(place)?))
}

fn read_one(file: &Path, options: Options, locale: Locale) -> Result<Imported, Problems> {
    let unreadable = |error: io::Error| Problems::unreadable(file, &error, locale);
    let mut input: Box<dyn Read> =
        if is_stdin(file) { Box::new(io::stdin().lock()) } else { Box::new(File::open(file).map_err(unreadable)?) };
    let mut reader = Reader::new(&name(file), options).limited(Limits::None).decoding_with(native_decoder);
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

fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

/// The name without its folder: what a page knows of a file too, so that both write the same result.
fn name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}
