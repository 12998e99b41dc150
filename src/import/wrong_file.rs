//! Files that are taken for an export and hold none: told by how they begin, each with what to do instead.

use super::diagnostic::{Code, Finding, Place, shown_bytes};

/// Beginnings of files that no monitoring data is read from.
const BEGINNINGS: &[(&[u8], Code)] = &[
    (b"%PDF-", Code::Pdf),
    (b"\x89PNG", Code::Picture),
    (b"\xff\xd8\xff", Code::Picture),
    (b"GIF8", Code::Picture),
    (b"II*\0", Code::Picture),
    (b"MM\0*", Code::Picture),
    (b"\xd0\xcf\x11\xe0", Code::Spreadsheet),
    (b"\x7fELF", Code::Executable),
    (b"MZ\x90\0", Code::Executable),
    (b"\xcf\xfa\xed\xfe", Code::Executable),
    (b"\xca\xfe\xba\xbe", Code::Executable),
    (b"7z\xbc\xaf", Code::OtherArchive),
    (b"Rar!", Code::OtherArchive),
    (b"BZh91AY&SY", Code::OtherArchive),
    (b"\xfd7zXZ", Code::OtherArchive),
    (b"\x28\xb5\x2f\xfd", Code::OtherArchive),
    (b"PAR1", Code::ColumnFile),
    (b"Obj\x01", Code::ColumnFile),
    (b"ARROW1", Code::ColumnFile),
    (b"PGDMP", Code::SqlDump),
    (b"\x37\x7f\x06\x82", Code::WriteAheadAlone),
    (b"\x37\x7f\x06\x83", Code::WriteAheadAlone),
];

/// The same of text, in any case.
const WORDS: &[(&str, Code)] = &[
    ("<!doctype html", Code::WebPage),
    ("<html", Code::WebPage),
    ("<head", Code::WebPage),
    ("<svg", Code::Picture),
    ("<?xml", Code::Xml),
    ("-- ", Code::SqlDump),
    ("--\n", Code::SqlDump),
    ("/*!", Code::SqlDump),
    ("pragma ", Code::SqlDump),
    ("begin transaction", Code::SqlDump),
    ("create table", Code::SqlDump),
    ("insert into", Code::SqlDump),
];

/// Where an archive of tar bears its name.
const TAR_AT: usize = 257;

/// What a file is that begins with these bytes; `None`: nothing that is known, or text.
pub(super) fn binary(head: &[u8]) -> Option<Finding> {
    let tar = || head.get(TAR_AT..).is_some_and(|rest| rest.starts_with(b"ustar")).then_some(Code::OtherArchive);
    let known = BEGINNINGS.iter().find(|(bytes, _)| head.starts_with(bytes)).map(|(_, code)| *code);
    known.or_else(tar).map(|code| finding(code, head))
}

/// What a text is that begins with these words and is of no format.
pub(super) fn text(head: &[u8]) -> Option<Finding> {
    let text = head.trim_ascii_start();
    let begins = |word: &str| text.get(..word.len()).is_some_and(|own| own.eq_ignore_ascii_case(word.as_bytes()));
    WORDS.iter().find(|(word, _)| begins(word)).map(|(_, code)| finding(*code, text))
}

fn finding(code: Code, head: &[u8]) -> Finding {
    let line = head.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    Finding::new(code, Place::File).found(shown_bytes(line))
}

/// What a zip is that holds this file; `None`: an archive like any other.
pub(super) fn packed(name: &str, data: &[u8]) -> Option<Code> {
    let says = |text: &str| data.windows(text.len()).any(|own| own == text.as_bytes());
    match name {
        "xl/workbook.xml" | "xl/workbook.bin" => Some(Code::Spreadsheet),
        "word/document.xml" | "ppt/presentation.xml" => Some(Code::OfficeDocument),
        "mimetype" if says("opendocument.spreadsheet") => Some(Code::Spreadsheet),
        "mimetype" if says("opendocument") || says("epub") => Some(Code::OfficeDocument),
        "META-INF/MANIFEST.MF" | "AndroidManifest.xml" => Some(Code::Executable),
        _ => None,
    }
}
