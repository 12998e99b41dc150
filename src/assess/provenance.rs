//! Whether the monitoring files are the ones that the provider signed, for this contract and this month.

use super::Flag;
use super::case::Case;
use super::flag::names;
use crate::contract::{KeyId, SigningKey};
use crate::record::{Digest, Manifest, Record, Signature, SignatureFinding, SignedForm, Source};
use crate::time::LocalMonth;

names! {
    /// What a signature is worth; the better first.
    SignatureStatus {
        /// Made with a key of the contract, for this contract and this month.
        Verified = "verified",
        /// Made with a key of the contract for this contract, and for another month.
        WrongMonth = "wrong_month",
        /// Made with a key of the contract, and its trusted comment does not name this contract.
        WrongContract = "wrong_contract",
        /// Made with a key of the contract, of none of the files that were read.
        WithoutFile = "without_file",
        /// Made with a key that the contract does not name: not checked.
        UnknownKey = "unknown_key",
        /// It does not fit the key that it names.
        Invalid = "invalid",
    }
}

/// The signature of a file: its own, that of the list that names it, or the one that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSignature {
    /// The number of the key, which proves nothing.
    pub key_id: KeyId,
    /// The key of the contract with which it was checked.
    pub key: Option<SigningKey>,
    /// What the signer said of the file; `None` where that was not proved.
    pub trusted_comment: Option<String>,
    /// What it is worth.
    pub status: SignatureStatus,
}

/// What is known of the origin of the files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// The best signature of each source that has one, in order of the sources.
    pub signatures: Vec<(Digest, SourceSignature)>,
    /// Sources with monitoring data of the period that no signature covers, where the contract names keys.
    pub unsigned: Vec<Digest>,
    /// Sources that have the name of a file that was listed or signed, and are not that file.
    pub mismatched: Vec<Digest>,
}

impl Provenance {
    /// The best signature of a source.
    #[must_use]
    pub fn signature(&self, source: Digest) -> Option<&SourceSignature> {
        self.signatures.iter().find(|(own, _)| *own == source).map(|(_, signature)| signature)
    }

    /// What a signature is worth that covers a source.
    #[must_use]
    pub fn status(&self, source: Digest) -> Option<SignatureStatus> {
        self.signature(source).map(|own| own.status)
    }

    pub(super) fn flags(&self) -> impl Iterator<Item = Flag> {
        let unsigned = (!self.unsigned.is_empty()).then_some(Flag::SourceUnsigned);
        let mismatched = (!self.mismatched.is_empty()).then_some(Flag::SourceDigestMismatch);
        unsigned.into_iter().chain(mismatched)
    }

    fn verified(&self, source: Digest) -> bool {
        self.status(source) == Some(SignatureStatus::Verified)
    }
}

pub(super) fn provenance(case: &Case, month: LocalMonth) -> Provenance {
    let record = case.record;
    let mut out = Provenance::default();
    if record.manifests.is_empty() && record.signatures.is_empty() && case.contract.signing_keys.is_empty() {
        return out;
    }
    let mut found = Vec::new();
    for own in &record.signatures {
        let signature = source_signature(own, case.contract.id.as_deref(), month);
        found.extend(covered(own, record).map(|source| (source, signature.clone())));
    }
    found.sort_by_key(|(source, signature)| (*source, signature.status));
    found.dedup_by_key(|(source, _)| *source);
    out.signatures = found;
    let in_period = |source: &Source| source.monitored.is_some_and(|span| span.meets(case.period));
    if !case.contract.signing_keys.is_empty() {
        let sources = record.sources.iter().filter(|(digest, source)| in_period(source) && !out.verified(**digest));
        out.unsigned = sources.map(|(digest, _)| *digest).collect();
    }
    out.mismatched = mismatched(case, month, &out);
    out
}

fn source_signature(own: &Signature, contract: Option<&str>, month: LocalMonth) -> SourceSignature {
    let unproved = |status| SourceSignature { key_id: own.key, key: None, trusted_comment: None, status };
    match own.finding {
        SignatureFinding::UnknownKey => unproved(SignatureStatus::UnknownKey),
        SignatureFinding::Invalid => unproved(SignatureStatus::Invalid),
        SignatureFinding::Valid { key, file } => SourceSignature {
            key: Some(key),
            trusted_comment: Some(own.trusted_comment.clone()),
            status: match file {
                None => SignatureStatus::WithoutFile,
                Some(_) => made_for(&own.trusted_comment, contract, month),
            },
            ..unproved(SignatureStatus::WithoutFile)
        },
    }
}

/// What a trusted comment says of contract and month: `contract:HC-2026-0042 month:2026-03`, several months with commas.
/// The contract's number stands there without its spaces.
fn made_for(comment: &str, contract: Option<&str>, month: LocalMonth) -> SignatureStatus {
    let mut words = comment.split_whitespace();
    let contract: Option<String> = contract.map(|id| id.split_whitespace().collect());
    let months = words.clone().filter_map(|word| word.strip_prefix("month:"));
    let month = month.to_string();
    if !words.any(|word| word.strip_prefix("contract:").is_some_and(|own| Some(own) == contract.as_deref())) {
        SignatureStatus::WrongContract
    } else if months.flat_map(|months| months.split(',')).any(|own| own == month) {
        SignatureStatus::Verified
    } else {
        SignatureStatus::WrongMonth
    }
}

/// The file of the signature itself, the signed file, and where that is a list those of its files that were read.
fn covered<'a>(own: &Signature, record: &'a Record) -> impl Iterator<Item = Digest> + use<'a> {
    let file = match own.finding {
        SignatureFinding::Valid { file, .. } => file,
        SignatureFinding::UnknownKey | SignatureFinding::Invalid => None,
    };
    let lists = record.manifests.iter().filter(move |list| Some(list.source) == file);
    let listed = lists.flat_map(|list| list.files.iter().map(|(_, digest)| *digest));
    [own.source].into_iter().chain(file).chain(listed).filter(|source| record.sources.contains_key(source))
}

/// Sources with the name of a file that a list or a signature for this contract and month names, and which is neither
/// they nor any other of the files. Names are looked at here and nowhere else. A list that nobody is known to have signed
/// accuses no file that some list names by its digest.
fn mismatched(case: &Case, month: LocalMonth, known: &Provenance) -> Vec<Digest> {
    let record = case.record;
    let listed = |digest: Digest| record.manifests.iter().flat_map(|list| &list.files).any(|(_, own)| *own == digest);
    let by_list = |list: &Manifest, digest: Digest, source: &Source| {
        let without_folder = source.name.rsplit('/').next();
        let other =
            |(name, own): &(String, Digest)| Some(name.as_str()) == without_folder && !record.sources.contains_key(own);
        let accuses = match known.status(list.source) {
            Some(SignatureStatus::Verified) => true,
            Some(SignatureStatus::WrongMonth | SignatureStatus::WrongContract) => false,
            _ => !listed(digest),
        };
        accuses && list.files.iter().any(other)
    };
    let by_signature = |own: &Signature, digest: Digest, source: &Source| {
        let meant = made_for(&own.trusted_comment, case.contract.id.as_deref(), month) == SignatureStatus::Verified;
        meant && signs_another(own, digest, source, record)
    };
    let is = |(digest, source): &(&Digest, &Source)| {
        !known.verified(**digest)
            && (record.manifests.iter().any(|list| by_list(list, **digest, source))
                || record.signatures.iter().any(|own| by_signature(own, **digest, source)))
    };
    record.sources.iter().filter(is).map(|(digest, _)| *digest).collect()
}

/// Whether a signature stands beside the file by its name, is of a file that was not read, and could be told to be of it.
fn signs_another(own: &Signature, digest: Digest, source: &Source, record: &Record) -> bool {
    let beside = || record.sources.get(&own.source).and_then(|signature| signature.name.strip_suffix(".minisig"));
    let could_be_told = match own.over {
        SignedForm::Hash => source.blake2b.is_some(),
        SignedForm::Whole => record.manifests.iter().any(|list| list.source == digest),
    };
    let of_no_file = matches!(own.finding, SignatureFinding::Valid { file: None, .. });
    of_no_file && could_be_told && beside() == Some(source.name.as_str())
}
