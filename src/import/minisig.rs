//! `.minisig`: the signature of a file, made with minisign, and what it comes to among the files of a case.

use ct_codecs::{Base64, Decoder as _};
use ed25519_compact::PublicKey;

use super::Options;
use super::detect::{Format, FormatReader};
use super::diagnostic::{Code, Finding, Place, Stop};
use super::log::Log;
use crate::contract::{KeyId, SigningKey};
use crate::record::{Bytes64, Digest, Entries, Evidence, Record, Signature, SignatureFinding, SignedForm};

pub(super) const FORMAT: Format = Format {
    description: "minisig (`untrusted comment: …`)",
    recognises: |head| head.trim_ascii_start().starts_with(UNTRUSTED.as_bytes()),
    open: |_, _: Options| Box::<Minisig>::default(),
};

/// How large a file may be that is signed itself and not through a list: it is hashed once more for the purpose.
pub(super) const MAX_SIGNED_BYTES: u64 = 8 << 20;

/// How many bytes a signature may have; minisign's own are below 9 KiB.
const MAX_BYTES: usize = 16 << 10;

/// What the first line begins with; nothing signs what follows.
const UNTRUSTED: &str = "untrusted comment:";

/// What the third line begins with.
const TRUSTED: &str = "trusted comment: ";

/// How the names of signatures end.
const ENDING: &str = ".minisig";

#[derive(Default)]
struct Minisig(Vec<u8>);

impl FormatReader for Minisig {
    fn push(&mut self, text: &[u8], _: &mut Log) -> Result<(), Stop> {
        if self.0.len() + text.len() > MAX_BYTES {
            return Err(malformed());
        }
        self.0.extend_from_slice(text);
        Ok(())
    }

    fn rows(&self) -> u64 {
        0
    }

    fn finish(self: Box<Self>, source: Digest, log: &mut Log) -> Result<Record, Stop> {
        let signature = str::from_utf8(&self.0).ok().and_then(|text| signature(text, source)).ok_or_else(malformed)?;
        "minisig".clone_into(&mut log.source.format);
        log.source.evidence = Evidence::Declared;
        log.source.accepted = 1;
        Ok(Record { signatures: Entries::from([signature]), ..Record::default() })
    }
}

fn malformed() -> Stop {
    vec![Finding::new(Code::SignatureMalformed, Place::File).expected("`pings.csv.minisig`, `SHA256SUMS.minisig`")]
}

fn signature(text: &str, source: Digest) -> Option<Signature> {
    let mut lines = text.trim_ascii().lines();
    lines.next()?;
    let (mut named, mut global) = ([0; 74], [0; 64]);
    let named = Base64::decode(&mut named, lines.next()?, None).ok()?;
    let trusted_comment = lines.next()?.strip_prefix(TRUSTED)?.to_owned();
    let global = Base64::decode(&mut global, lines.next()?, None).ok()?;
    let (algorithm, rest) = named.split_first_chunk()?;
    let (key, own) = rest.split_first_chunk()?;
    let over = match algorithm {
        b"Ed" => SignedForm::Whole,
        b"ED" => SignedForm::Hash,
        _ => return None,
    };
    let bytes = |bytes: &[u8]| <[u8; 64]>::try_from(bytes).ok().map(Bytes64::from);
    let (signature, global_signature) = (bytes(own)?, bytes(global)?);
    let (key, finding) = (KeyId::new(*key), SignatureFinding::UnknownKey);
    lines.next().is_none().then_some(Signature {
        source,
        key,
        over,
        signature,
        trusted_comment,
        global_signature,
        finding,
    })
}

/// The record with what each signature comes to, given the contract's keys and all files.
pub(super) fn with_findings(mut record: Record) -> Record {
    let signatures = std::mem::take(&mut record.signatures);
    let found = |own: Signature| Signature { finding: finding(&own, &record), ..own };
    record.signatures = Entries::from(signatures.into_iter().map(found).collect::<Vec<_>>());
    record
}

fn finding(own: &Signature, record: &Record) -> SignatureFinding {
    let keys = record.contract.iter().flat_map(|contract| &contract.signing_keys);
    let mut keys = keys.filter(|key| key.id == own.key).peekable();
    if keys.peek().is_none() {
        return SignatureFinding::UnknownKey;
    }
    let with_comment = [own.signature.as_ref(), own.trusted_comment.as_bytes()].concat();
    match keys.find(|key| signs(key, &with_comment, &own.global_signature)) {
        Some(key) => SignatureFinding::Valid { key: *key, file: signed_file(own, key, record) },
        None => SignatureFinding::Invalid,
    }
}

/// The file of the case that the signature is of. The one beside which it stands by name is tried first.
fn signed_file(own: &Signature, key: &SigningKey, record: &Record) -> Option<Digest> {
    let named = record.sources.get(&own.source).and_then(|source| source.name.strip_suffix(ENDING));
    let beside = |digest: &Digest| record.sources.get(digest).is_some_and(|source| Some(source.name.as_str()) == named);
    let of = |message: &[u8]| signs(key, message, &own.signature);
    match own.over {
        SignedForm::Whole => record.manifests.iter().find(|list| of(&list.text)).map(|list| list.source),
        SignedForm::Hash => {
            let (first, rest): (Vec<_>, Vec<_>) = record.sources.iter().partition(|(digest, _)| beside(digest));
            let signed = |(_, source): &(&Digest, &crate::record::Source)| {
                source.blake2b.as_ref().is_some_and(|hash| of(hash.as_ref()))
            };
            first.into_iter().chain(rest).find(signed).map(|(digest, _)| *digest)
        }
    }
}

fn signs(key: &SigningKey, message: &[u8], signature: &Bytes64) -> bool {
    let signature = ed25519_compact::Signature::from_slice(signature.as_ref());
    signature.is_ok_and(|signature| PublicKey::new(key.ed25519).verify(message, &signature).is_ok())
}
