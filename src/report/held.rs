use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{base91, packed, times};
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

/// The settings, as they stand in the file.
#[derive(Serialize, Deserialize)]
struct Settings {
    schema: String,
    address: String,
    /// Bytes of the packed files.
    packed: usize,
    files: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    name: String,
    bytes: usize,
    sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    zone: Option<Zone>,
}

impl HeldCase {
    /// A case of these files. Their order makes no difference, and one that is given twice is taken once, as when they are
    /// read: under the name that it had first.
    #[must_use]
    pub fn new(address: String, files: Vec<CaseFile>) -> Self {
        let mut seen = Set::new();
        let mut own = Self { address, files: Vec::new() };
        for file in files {
            if seen.insert(file.digest) {
                let place = own.files.partition_point(|own| (&own.name, &own.bytes) < (&file.name, &file.bytes));
                own.files.insert(place, file);
            }
        }
        own
    }

    /// The two elements that hold the case. Whatever the files are called and hold, nothing of it becomes markup.
    #[must_use]
    pub fn html(&self) -> String {
        let all: Vec<&[u8]> = self.files.iter().map(CaseFile::bytes).collect();
        let packed = packed::pack(&times::encode(&all.concat()));
        let entry = |file: &CaseFile| Entry {
            name: file.name.clone(),
            bytes: file.bytes.len(),
            sha256: file.digest.to_string(),
            zone: file.zone,
        };
        let settings = Settings {
            schema: SCHEMA.to_owned(),
            address: self.address.clone(),
            packed: packed.len(),
            files: self.files.iter().map(entry).collect(),
        };
        // Nothing but texts and numbers, which always can be written.
        let settings = serde_json::to_string(&settings).unwrap_or_default().replace('<', "\\u003c");
        let data = base91::encode(&packed);
        format!(
            "{OPENING} type=\"application/json\">{settings}</script>\n\
             <script id=\"{DATA_ID}\" type=\"application/octet-stream;times+words+base91\">{data}</script>"
        )
    }

    /// The case of two such elements; `None` where they are damaged.
    #[must_use]
    pub fn read(settings: &str, data: &str) -> Option<Self> {
        let settings: Settings = serde_json::from_str(settings).ok().filter(|own: &Settings| own.schema == SCHEMA)?;
        let size = settings.files.iter().try_fold(0_usize, |size, entry| size.checked_add(entry.bytes))?;
        // Nothing takes more with its times as differences than marks, of which each takes two bytes.
        let coded = packed::unpack(&base91::decode(data, settings.packed)?, size.checked_mul(2)?)?;
        let all = times::decode(&coded)?;
        let mut rest = all.as_slice();
        let mut files = Vec::new();
        for entry in settings.files {
            let (own, after) = rest.split_at_checked(entry.bytes)?;
            rest = after;
            let file = CaseFile::new(entry.name, own.to_vec(), entry.zone);
            files.push(Some(file).filter(|file| file.digest.to_string() == entry.sha256)?);
        }
        rest.is_empty().then_some(Self { address: settings.address, files })
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
            let case = HeldCase::new("month=2026-03".into(), files.clone());
            let html = case.html();
            let (settings, data) = elements(&html);
            prop_assert_eq!(HeldCase::read(settings, data), Some(case.clone()));
            files.reverse();
            if files.len() == case.files.len() {
                prop_assert_eq!(HeldCase::new("month=2026-03".into(), files).html(), html);
            }
        }
    }

    #[test]
    fn a_file_cannot_break_out_of_its_element() {
        let hostile = "</script><script>alert(1)</script><!-- <script ]]> \u{2028}.csv";
        let case = HeldCase::new("lang=en".into(), vec![file(hostile, hostile.as_bytes())]);
        let html = case.html();
        assert_eq!(html.matches('<').count(), 4, "{html}");
        let (settings, data) = elements(&html);
        assert_eq!(HeldCase::read(settings, data), Some(case));
    }

    #[test]
    fn what_is_damaged_gives_nothing() {
        let html = HeldCase::new(String::new(), vec![file("a", b"aaaa"), file("b", b"bb")]).html();
        let (settings, data) = elements(&html);
        assert!(HeldCase::read(settings, data).is_some());
        for (settings, data) in [
            ("", data),
            ("{}", data),
            (&*settings.replace("case/1", "case/2"), data),
            (&*settings.replace(":4,", ":5,"), data),
            (&*settings.replace(":2,", ":1,"), data),
            (&*settings.replace("sha256\":\"", "sha256\":\"0"), data),
            (settings, ""),
            (settings, &data[..5]),
        ] {
            assert_eq!(HeldCase::read(settings, data), None, "{settings}");
        }
    }
}
