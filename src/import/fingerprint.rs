use blake2::Blake2b512;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::minisig::MAX_SIGNED_BYTES;
use crate::record::{Bytes64, Digest};

/// What tells a file from every other: hashes of its bytes as they were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// SHA-256.
    pub digest: Digest,
    /// BLAKE2b-512 of a file that is small enough to be signed itself.
    pub blake2b: Option<Bytes64>,
}

impl Fingerprint {
    /// The fingerprint of a file whose SHA-256 is known.
    #[must_use]
    pub fn known(digest: Digest, bytes: &[u8]) -> Self {
        let blake2b = (bytes.len() as u64 <= MAX_SIGNED_BYTES).then(|| of_blake2b(Blake2b512::new_with_prefix(bytes)));
        Self { digest, blake2b }
    }
}

fn of_blake2b(hash: Blake2b512) -> Bytes64 {
    Bytes64::from(<[u8; 64]>::from(hash.finalize()))
}

/// Takes the fingerprint of a file whose bytes come in pieces.
pub struct Fingerprinting {
    sha256: Sha256,
    blake2b: Option<Blake2b512>,
    bytes: u64,
}

impl Default for Fingerprinting {
    fn default() -> Self {
        Self { sha256: Sha256::new(), blake2b: Some(Blake2b512::new()), bytes: 0 }
    }
}

impl Fingerprinting {
    /// Takes the next piece of the file.
    pub fn push(&mut self, piece: &[u8]) {
        self.sha256.update(piece);
        self.bytes += piece.len() as u64;
        self.blake2b = self.blake2b.take().filter(|_| self.bytes <= MAX_SIGNED_BYTES);
        self.blake2b.iter_mut().for_each(|hash| hash.update(piece));
    }

    /// The fingerprint, when all bytes were pushed.
    #[must_use]
    pub fn finish(self) -> Fingerprint {
        let blake2b = self.blake2b.map(of_blake2b);
        Fingerprint { digest: Digest::new(self.sha256.finalize().into()), blake2b }
    }
}
