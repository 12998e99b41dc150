//! Files into one record: read in pieces, several at a time.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use sla_statement::contract::Contract;
use sla_statement::i18n::Locale;
use sla_statement::import::{Imported, Options, Reader, apply_policy_file, join, merge_sentence, native_decoder};
use sla_statement::record::Record;

use super::arguments::{CaseFiles, Reading};
use super::output::{Problems, tell_rejections};

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

/// Every file by itself, in the order in which they were named.
pub fn read_each(reading: &Reading, locale: Locale) -> Vec<Result<Imported, Problems>> {
    let options = Options { zone: reading.time_zone };
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some((place, file)) = take(&next, &reading.files) {
            let read = read_one(file, options, locale);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((place, read));
        }
    };
    let helpers = thread::available_parallelism().map_or(1, usize::from).min(reading.files.len()) - 1;
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
    let mut reader = Reader::new(&name(file), options).decoding_with(native_decoder);
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
