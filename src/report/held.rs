use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::{base128, packed, times};
use crate::record::Digest;
use crate::sorted::Set;
use crate::time::Zone;

/// What the element of the settings begins with.
pub(super) const OPENING: &str = "<script id=\"sla-case\"";
/// The `id` of the element that holds the settings.
pub const CASE_ID: &str = "sla-case";
/// The `id` of the element that holds the files.
pub const DATA_ID: &str = "sla-data";
/// The name and version of the settings.
const SCHEMA: &str = "sla-case/1";
/// Bytes that the files of a report may be together: page and packer hold them several times over.
pub const MOST_BYTES: u64 = 256 << 20;
/// They may be so many times what they are packed. A case of which more could be said is filled up when it is packed, so
/// that no honest one is refused.
const MOST_TIMES: u64 = 1_000;
/// Up to so many bytes that does not matter: a month of equal states packs very small.
const ANY_TIMES: u64 = 64 << 20;

/// Why a report does not take a case, or hand it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CaseError {
    /// It was changed, or not copied whole.
    #[error("the case is damaged")]
    Damaged,
    /// Its files are more than [`MOST_BYTES`], or said to be much more than they are packed.
    #[error("the case is larger than a report holds")]
    TooLarge,
}

/// A file of the case as it was given.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// Its name, without a folder.
    pub name: String,
    /// The zone of its times without offset.
    pub zone: Option<Zone>,
    bytes: Vec<u8>,
    digest: Digest,
}

impl CaseFile {
    /// A file of that name, without a folder, and these bytes, packed or not.
    #[must_use]
    pub fn new(name: String, bytes: Vec<u8>, zone: Option<Zone>) -> Self {
        let digest = Digest::new(Sha256::digest(&bytes).into());
        Self { name, zone, bytes, digest }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the bytes.
    #[must_use]
    pub const fn digest(&self) -> Digest {
        self.digest
    }
}

impl fmt::Debug for CaseFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes, {:?})", self.name, self.bytes.len(), self.zone)
    }
}

/// The case that a report holds: the files, and what of them is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCase {
    /// Month, language, view and time of knowledge, written as in the fragment of the viewer's address.
    pub address: String,
    /// The files, each once, in order of name and content.
    pub files: Vec<CaseFile>,
}

/// What a report says of its case, which stands in it beside the packed files.
#[derive(Debug, Serialize, Deserialize)]
pub struct Settings {
    schema: String,
    /// Month, language, view and time of knowledge, written as in the fragment of the viewer's address.
    pub address: String,
    /// Bytes of the packed files.
    packed: u64,
    /// SHA-256 of those of the files, written one after the other.
    sha256: String,
    files: Vec<Entry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    name: String,
    bytes: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    zone: Option<Zone>,
}

impl Settings {
    /// Reads them. Nothing is unpacked yet.
    ///
    /// # Errors
    /// They are damaged, or tell of more than a report holds.
    pub fn read(text: &str) -> Result<Self, CaseError> {
        let settings = serde_json::from_str(text).ok().filter(|own: &Self| own.schema == SCHEMA);
        let settings = settings.ok_or(CaseError::Damaged)?;
        fits(settings.bytes(), settings.packed)?;
        Ok(settings)
    }

    /// Bytes of all files.
    fn bytes(&self) -> u64 {
        self.files.iter().fold(0, |bytes, entry| entry.bytes.saturating_add(bytes))
    }

    /// Name of each file, and zone of its times without offset.
    pub fn names(&self) -> impl Iterator<Item = (&str, Option<Zone>)> {
        self.files.iter().map(|entry| (&*entry.name, entry.zone))
    }

    /// The files, of the text in which they are packed.
    ///
    /// # Errors
    /// [`CaseError::Damaged`] as soon as they are found to be others than these settings say.
    pub fn files(self, data: &str) -> Result<Vec<CaseFile>, CaseError> {
        self.unpacked(data).ok_or(CaseError::Damaged)
    }

    fn unpacked(self, data: &str) -> Option<Vec<CaseFile>> {
        let (bytes, packed) = (usize::try_from(self.bytes()).ok()?, usize::try_from(self.packed).ok()?);
        // Nothing takes more with its times as differences than marks, of which each takes two bytes.
        let coded = packed::unpack(&base128::decode(data, packed)?, bytes.checked_mul(2)?)?;
        let all = times::decode(&coded, bytes)?;
        drop(coded);
        let (mut files, mut rest) = (Vec::new(), all.as_slice());
        for entry in self.files {
            let (own, after) = rest.split_at_checked(usize::try_from(entry.bytes).ok()?)?;
            rest = after;
            files.push(CaseFile::new(entry.name, own.to_vec(), entry.zone));
        }
        (rest.is_empty() && digest(&files) == self.sha256).then_some(files)
    }
}

/// SHA-256 of those of the files, written one after the other.
fn digest(files: &[CaseFile]) -> String {
    let mut all = Sha256::new();
    files.iter().for_each(|file| all.update(file.digest.to_string()));
    Digest::new(all.finalize().into()).to_string()
}

/// Whether a report holds files of so many bytes that are packed in so many.
const fn fits(bytes: u64, packed: u64) -> Result<(), CaseError> {
    let fits = bytes <= MOST_BYTES && (bytes <= ANY_TIMES || bytes <= packed.saturating_mul(MOST_TIMES));
    if fits { Ok(()) } else { Err(CaseError::TooLarge) }
}

/// What files of so many bytes were packed in, with as much behind it as lets them be taken for so many.
fn filled(mut packed: Vec<u8>, bytes: u64) -> Vec<u8> {
    if bytes > ANY_TIMES {
        let least = usize::try_from(bytes.div_ceil(MOST_TIMES)).unwrap_or(0);
        packed.resize(packed.len().max(least), 0);
    }
    packed
}

impl HeldCase {
    /// A case of these files. Their order makes no difference, and one that is given twice is taken once, as when they are
    /// read: under the name that it had first.
    ///
    /// # Errors
    /// [`CaseError::TooLarge`] where they are more than [`MOST_BYTES`].
    pub fn new(address: String, files: Vec<CaseFile>) -> Result<Self, CaseError> {
        let mut seen = Set::new();
        let mut own = Self { address, files: Vec::new() };
        for file in files {
            if seen.insert(file.digest) {
                let place = own.files.partition_point(|own| (&own.name, &own.bytes) < (&file.name, &file.bytes));
                own.files.insert(place, file);
            }
        }
        let bytes = own.files.iter().fold(0, |bytes, file| bytes + file.bytes.len() as u64);
        fits(bytes, bytes).map(|()| own)
    }

    /// The two elements that hold the case. Whatever the files are called and hold, nothing of it becomes markup.
    #[must_use]
    pub fn html(&self) -> String {
        let all = self.files.iter().map(CaseFile::bytes).collect::<Vec<_>>().concat();
        let packed = filled(packed::pack(&times::encode(&all)), all.len() as u64);
        let entry =
            |file: &CaseFile| Entry { name: file.name.clone(), bytes: file.bytes.len() as u64, zone: file.zone };
        let settings = Settings {
            schema: SCHEMA.to_owned(),
            address: self.address.clone(),
            packed: packed.len() as u64,
            sha256: digest(&self.files),
            files: self.files.iter().map(entry).collect(),
        };
        // Nothing but texts and numbers, which always can be written.
        let settings = serde_json::to_string(&settings).unwrap_or_default().replace('<', "\\u003c");
        let data = base128::encode(&packed);
        format!(
            "{OPENING} type=\"application/json\">{settings}</script>\n\
             <script id=\"{DATA_ID}\" type=\"application/octet-stream;times+words+base128\">{data}</script>"
        )
    }

    /// The case of two such elements.
    ///
    /// # Errors
    /// It is damaged, or tells of more than a report holds.
    pub fn read(settings: &str, data: &str) -> Result<Self, CaseError> {
        let settings = Settings::read(settings)?;
        let address = settings.address.clone();
        let files = settings.files(data)?;
        Ok(Self { address, files })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn file(name: &str, bytes: &[u8]) -> CaseFile {
        CaseFile::new(name.into(), bytes.to_vec(), None)
    }

    /// As a browser hands them out.
    fn elements(html: &str) -> (&str, &str) {
        let texts: Vec<&str> = html
            .split("<script ")
            .skip(1)
            .map(|own| own.split_once('>').unwrap().1.split_once("</script>").unwrap().0)
            .collect();
        assert_eq!(texts.len(), 2, "{html}");
        (texts[0], texts[1])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]
        #[test]
        fn a_case_comes_out_as_it_went_in(
            files in prop::collection::vec(("\\PC{0,12}|[<>!/a-z-]{0,20}", prop::collection::vec(any::<u8>(), 0..300)), 0..5),
            repeated in 0_usize..10_000,
        ) {
            let mut files: Vec<CaseFile> = files.iter().map(|(name, bytes)| file(name, bytes)).collect();
            files.push(file("long", &b"2026-03-01,up\n".repeat(repeated)));
            let case = HeldCase::new("month=2026-03".into(), files.clone()).unwrap();
            let html = case.html();
            let (settings, data) = elements(&html);
            prop_assert_eq!(HeldCase::read(settings, data), Ok(case.clone()));
            files.reverse();
            if files.len() == case.files.len() {
                prop_assert_eq!(HeldCase::new("month=2026-03".into(), files).unwrap().html(), html);
            }
        }
    }

    #[test]
    fn a_file_cannot_break_out_of_its_element() {
        let hostile = "</script><script>alert(1)</script><!-- <script ]]> \u{2028}.csv";
        let case = HeldCase::new("lang=en".into(), vec![file(hostile, hostile.as_bytes())]).unwrap();
        let html = case.html();
        assert_eq!(html.matches('<').count(), 4, "{html}");
        let (settings, data) = elements(&html);
        assert_eq!(HeldCase::read(settings, data), Ok(case));
    }

    #[test]
    fn what_is_damaged_gives_nothing() {
        let html = HeldCase::new(String::new(), vec![file("a", b"aaaa"), file("b", b"bb")]).unwrap().html();
        let (settings, data) = elements(&html);
        assert!(HeldCase::read(settings, data).is_ok());
        for (settings, data) in [
            ("", data),
            ("{}", data),
            (&*settings.replace("case/1", "case/2"), data),
            (&*settings.replace(":4}", ":5}"), data),
            (&*settings.replace(":2}", ":1}"), data),
            (&*settings.replace("sha256\":\"", "sha256\":\"0"), data),
            (settings, ""),
            (settings, &data[..5]),
        ] {
            assert_eq!(HeldCase::read(settings, data), Err(CaseError::Damaged), "{settings}");
        }
    }

    /// Settings that tell of one file of so many bytes, packed in so many.
    fn told(bytes: u64, packed: u64) -> String {
        let html = HeldCase::new(String::new(), vec![file("a", b"aaaa")]).unwrap().html();
        let mut settings: serde_json::Value = serde_json::from_str(elements(&html).0).unwrap();
        (settings["files"][0]["bytes"], settings["packed"]) = (bytes.into(), packed.into());
        settings.to_string()
    }

    #[test]
    fn more_than_a_report_holds_is_refused_before_it_is_unpacked() {
        let refused = |bytes, packed| Settings::read(&told(bytes, packed)).err();
        assert_eq!(refused(64 << 20, 1), None, "a month of equal states packs very small");
        assert_eq!(refused((64 << 20) + 1, 1), Some(CaseError::TooLarge), "more than packed bytes can be");
        assert_eq!(refused(200 << 20, 200 << 20), None);
        assert_eq!(refused((256 << 20) + 1, 1 << 40), Some(CaseError::TooLarge));
        assert_eq!(refused(u64::MAX, u64::MAX), Some(CaseError::TooLarge));
        let two = told(u64::MAX, 9).replace("[{", r#"[{"name":"b","bytes":2,"sha256":""},{"#);
        assert_eq!(Settings::read(&two).err(), Some(CaseError::TooLarge), "sizes whose sum is no number");
    }

    #[test]
    fn what_unpacks_to_more_than_is_told_is_stopped() {
        // A file of a gigabyte in some bytes, of which the settings tell ten.
        let packed = packed::pack(&vec![b','; 1 << 20]);
        assert!(packed.len() < 1_000, "{} bytes", packed.len());
        let settings = told(10, packed.len() as u64);
        assert_eq!(HeldCase::read(&settings, &base128::encode(&packed)), Err(CaseError::Damaged));
        // Times that come out three times as long as they are packed.
        let packed = packed::pack("\u{1}0;00;".repeat(1_000).as_bytes());
        let settings = told(6_000, packed.len() as u64);
        assert_eq!(HeldCase::read(&settings, &base128::encode(&packed)), Err(CaseError::Damaged));
    }

    #[test]
    fn no_honest_case_is_refused_however_small_it_packs() {
        let packed = packed::pack(b"2026-03-01,up\n");
        for bytes in [14, ANY_TIMES, ANY_TIMES + 1, MOST_BYTES] {
            let filled = filled(packed.clone(), bytes);
            assert_eq!(fits(bytes, filled.len() as u64), Ok(()), "{bytes}");
            assert_eq!(packed::unpack(&filled, 14).as_deref(), Some(&b"2026-03-01,up\n"[..]));
        }
    }
}
