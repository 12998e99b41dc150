use serde::{Deserialize, Serialize};

use super::Digest;
use crate::contract::{KeyId, SigningKey};

/// A list of files by their SHA-256, as `sha256sum` writes it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Manifest {
    /// The file that it stands in.
    pub source: Digest,
    /// The listed files, by name without folder.
    pub files: Vec<(String, Digest)>,
    /// The list as it was written, over which signatures of the old form are made.
    pub text: Vec<u8>,
}

/// A signature of minisign.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Signature {
    /// The file that it stands in.
    pub source: Digest,
    /// The number of the key, as the signature states it.
    pub key: KeyId,
    /// What was signed of the file.
    pub over: SignedForm,
    /// The signature of that.
    pub signature: Bytes64,
    /// What the signer said of the file; to be believed only where `finding` is [`SignatureFinding::Valid`].
    pub trusted_comment: String,
    /// The signature of `signature` and the trusted comment.
    pub global_signature: Bytes64,
    /// What was found when the files of the case were brought together.
    pub finding: SignatureFinding,
}

/// What minisign signs of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SignedForm {
    /// The old form: its bytes.
    Whole,
    /// Its BLAKE2b-512.
    Hash,
}

/// What a signature comes to among the files of a case. Whether it was made for this contract and month is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum SignatureFinding {
    /// The contract names no key of that number: nothing was checked.
    #[default]
    UnknownKey,
    /// It does not fit the key that it names.
    Invalid,
    /// Signature and trusted comment were made with this key of the contract.
    Valid {
        /// The key.
        key: SigningKey,
        /// The file that was signed; `None`: none of those that were read.
        file: Option<Digest>,
    },
}

/// Sixty-four bytes: an Ed25519 signature or a BLAKE2b-512.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Bytes64([[u8; 32]; 2]);

impl From<[u8; 64]> for Bytes64 {
    fn from(bytes: [u8; 64]) -> Self {
        let mut halves = [[0; 32]; 2];
        halves.as_flattened_mut().copy_from_slice(&bytes);
        Self(halves)
    }
}

impl AsRef<[u8]> for Bytes64 {
    fn as_ref(&self) -> &[u8] {
        self.0.as_flattened()
    }
}
