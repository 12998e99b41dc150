//! Zip: any number of files in one, each read as if it had been given by itself.
//!
//! What is in the record are the files inside, under their own digests: so the same data gives the same result, zipped
//! or not.

use flate2::{Decompress, FlushDecompress, Status};
use rawzip::{CompressionMethod, ZipArchive, ZipSliceArchive};

use super::MAPPING_BYTES;
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop, shown};
use super::log::Log;
use super::{Limits, Options, Reader, gzip, wrong_file};
use crate::record::{Digest, Record};

pub(super) const FORMAT: Format = Format {
    description: "zip of any of these",
    recognises: |head| head.starts_with(MAGIC) || head.starts_with(EMPTY),
    open: |_, options| Box::new(ZipFile { options, bytes: Vec::new() }),
};

/// The name of the format in results.
const NAME: &str = "zip";

const MAGIC: &[u8] = b"PK\x03\x04";
/// The beginning of an archive that holds nothing.
const EMPTY: &[u8] = b"PK\x05\x06";

/// How many bytes an archive may have: it is held in memory as a whole.
const MAX_ARCHIVE_BYTES: u64 = 512 << 20;

/// How many files are read of one archive.
const MAX_FILES: u64 = 10_000;

/// How many bytes all files of an archive may have together, unpacked.
const MAX_UNPACKED_BYTES: u64 = 8 << 30;

/// A file may unpack to so many times its size; the monitoring data of years stays well below.
const MAX_RATIO: u64 = 200;

/// Up to so many bytes the ratio does not matter.
const RATIO_FLOOR: u64 = 64 << 20;

/// What one step unpacks at most, in bytes.
const STEP_BYTES: usize = 64 << 10;

/// Files that systems put beside the user's own.
const LITTER: [&str; 3] = ["__MACOSX/", ".DS_Store", "Thumbs.db"];

struct ZipFile {
    options: Options,
    bytes: Vec<u8>,
}

impl FormatReader for ZipFile {
    fn push(&mut self, piece: &[u8], log: &mut Log) -> Result<(), Stop> {
        if log.limits.exceeded((self.bytes.len() + piece.len()) as u64, MAX_ARCHIVE_BYTES) {
            let limit = format!("{} MiB", MAX_ARCHIVE_BYTES >> 20);
            return Err(vec![Finding::new(Code::TooLarge, Place::File).expected(limit)]);
        }
        self.bytes.extend_from_slice(piece);
        Ok(())
    }

    fn rows(&self) -> u64 {
        0
    }

    fn finish(self: Box<Self>, _: Digest, log: &mut Log) -> Result<Record, Stop> {
        NAME.clone_into(&mut log.source.format);
        log.holds_files = true;
        let archive = ZipArchive::from_slice(self.bytes.as_slice()).map_err(|_| broken(""))?;
        let files = files(&archive, log.limits)?;
        if files.is_empty() {
            return Err(vec![Finding::new(Code::Empty, Place::File)]);
        }
        let mut record = Record::default();
        let options = self.with_mappings(&files);
        let mut unpacked = 0;
        for file in files {
            let read = read(&file, options.clone(), &mut unpacked, log)?;
            record = record.merge(read).map_err(|error| {
                vec![Finding::new(Code::ArchiveContradicts, Place::File).found(shown(&error.to_string()))]
            })?;
        }
        Ok(record)
    }
}

/// A file inside.
struct Packed<'a> {
    name: String,
    data: &'a [u8],
    method: CompressionMethod,
    crc: u32,
    bytes: u64,
}

fn broken(name: &str) -> Stop {
    let name = if name.is_empty() { "–".to_owned() } else { shown(name) };
    vec![Finding::new(Code::ArchiveBroken, Place::File).found(name)]
}

/// Every file of the archive, folders and litter left out.
fn files<'a>(archive: &'a ZipSliceArchive<&[u8]>, limits: Limits) -> Result<Vec<Packed<'a>>, Stop> {
    let mut files = Vec::new();
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    let mut entries = archive.entries();
    while let Some(entry) = entries.next_entry().map_err(|_| broken(""))? {
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        if entry.is_dir() || LITTER.iter().any(|litter| name.starts_with(litter) || name.ends_with(litter)) {
            continue;
        }
        if limits.exceeded(files.len() as u64 + 1, MAX_FILES) {
            return Err(vec![Finding::new(Code::TooManyFiles, Place::File).expected(MAX_FILES.to_string())]);
        }
        if entry.flags().is_encrypted() {
            return Err(vec![Finding::new(Code::ArchiveEncrypted, Place::File).found(shown(&name))]);
        }
        let own = archive.get_entry(entry.wayfinder()).map_err(|_| broken(&name))?;
        if let Some(code) = wrong_file::packed(&name, own.data()) {
            return Err(vec![Finding::new(code, Place::File).found(shown(&name))]);
        }
        ranges.push(own.compressed_data_range());
        let claim = own.claim_verifier();
        let (method, crc, bytes) = (entry.compression_method(), claim.crc, claim.uncompressed_size);
        files.push(Packed { name, data: own.data(), method, crc, bytes });
    }
    // Entries that share their bytes are how a small archive unpacks to a huge one.
    ranges.sort_unstable();
    if ranges.windows(2).any(|pair| matches!(pair, [(_, end), (start, _)] if start < end)) {
        return Err(broken(""));
    }
    Ok(files)
}

impl ZipFile {
    /// With the mappings among the files, which are small. What is wrong with a file is said when it is read itself.
    fn with_mappings(&self, files: &[Packed]) -> Options {
        let mut options = self.options.clone();
        for file in files.iter().filter(|file| file.bytes <= MAPPING_BYTES) {
            let found = read(file, self.options.clone(), &mut 0, &mut Log::default());
            options.files.extend(found.map(|record| record.mapping.files).unwrap_or_default());
        }
        options
    }
}

fn read(file: &Packed, options: Options, unpacked: &mut u64, log: &mut Log) -> Result<Record, Stop> {
    let mut reader = Reader::new(&file.name, options).limited(log.limits);
    if let Some(open) = log.decoder {
        reader = reader.decoding_with(open);
    }
    let mut crc = gzip::CRC.digest();
    let mut size = 0;
    unpack(file, &mut |text| {
        size += text.len() as u64;
        *unpacked += text.len() as u64;
        let limit = (file.data.len() as u64).saturating_mul(MAX_RATIO).max(RATIO_FLOOR);
        if log.limits.exceeded(size, limit) || log.limits.exceeded(*unpacked, MAX_UNPACKED_BYTES) {
            let finding = Finding::new(Code::UnpacksTooFar, Place::File).within(&file.name);
            return Err(vec![finding.expected(MAX_RATIO.to_string())]);
        }
        if size == text.len() as u64 && (text.starts_with(MAGIC) || text.starts_with(EMPTY)) {
            return Err(vec![Finding::new(Code::ArchiveNested, Place::File).found(shown(&file.name))]);
        }
        crc.update(text);
        reader.push(text).map_err(inside)
    })?;
    if size != file.bytes || crc.finalize() != file.crc {
        return Err(broken(&file.name));
    }
    let read = reader.finish().map_err(inside)?;
    log.rejected.extend(read.rejected.into_iter().map(Finding::from));
    log.notes.extend(read.notes.into_iter().map(Finding::from));
    log.beyond_inside += read.rejected_beyond;
    log.notes_beyond += read.notes_beyond;
    Ok(read.record)
}

fn inside(refusal: super::Refusal) -> Stop {
    refusal.diagnostics.into_iter().map(Finding::from).collect()
}

/// The bytes of a file inside, piece by piece.
fn unpack(file: &Packed, take: &mut dyn FnMut(&[u8]) -> Result<(), Stop>) -> Result<(), Stop> {
    match file.method {
        CompressionMethod::STORE => file.data.chunks(STEP_BYTES).try_for_each(take),
        CompressionMethod::DEFLATE => inflate(file, take),
        other => {
            let method = format!("{} ({})", shown(&file.name), other.as_u16());
            Err(vec![Finding::new(Code::ArchiveMethod, Place::File).found(method).expected("`deflate`")])
        }
    }
}

fn inflate(file: &Packed, take: &mut dyn FnMut(&[u8]) -> Result<(), Stop>) -> Result<(), Stop> {
    let mut inflate = Decompress::new(false);
    let mut rest = file.data;
    loop {
        let mut text = Vec::with_capacity(STEP_BYTES);
        let before = inflate.total_in();
        let status = inflate.decompress_vec(rest, &mut text, FlushDecompress::None).map_err(|_| broken(&file.name))?;
        let taken = usize::try_from(inflate.total_in() - before).unwrap_or(usize::MAX);
        rest = rest.get(taken..).unwrap_or_default();
        if !text.is_empty() {
            take(&text)?;
        }
        match status {
            Status::StreamEnd => return Ok(()),
            _ if taken == 0 && text.is_empty() => return Err(broken(&file.name)),
            _ => {}
        }
    }
}
