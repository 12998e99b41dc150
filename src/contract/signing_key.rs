use std::fmt;
use std::str::FromStr;

use ct_codecs::{Base64, Decoder as _, Encoder as _};
use serde::{Deserialize, Serialize};

/// What a public key of minisign begins with: Ed25519.
const ALGORITHM: [u8; 2] = *b"Ed";

/// The number by which minisign tells keys apart. It proves nothing: whoever makes a key can give it any number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct KeyId([u8; 8]);

impl KeyId {
    /// The number as it stands in keys and signatures.
    #[must_use]
    pub const fn new(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for KeyId {
    /// 16 upper-case hexadecimal digits, as minisign prints it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016X}", u64::from_le_bytes(self.0))
    }
}

/// A public key of minisign, as it stands on the second line of `minisign.pub`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SigningKey {
    /// Its number.
    pub id: KeyId,
    /// The Ed25519 public key.
    pub ed25519: [u8; 32],
}

/// Not a public key of minisign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a public key of minisign, such as RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3")]
pub struct SigningKeyError(pub String);

impl FromStr for SigningKey {
    type Err = SigningKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || SigningKeyError(text.to_owned());
        let mut bytes = [0; 42];
        let bytes = Base64::decode(&mut bytes, text, None).map_err(|_| error())?;
        let (algorithm, rest) = bytes.split_first_chunk().ok_or_else(error)?;
        let (id, key) = rest.split_first_chunk().ok_or_else(error)?;
        let ed25519 = key.try_into().map_err(|_| error())?;
        if *algorithm == ALGORITHM { Ok(Self { id: KeyId(*id), ed25519 }) } else { Err(error()) }
    }
}

impl fmt::Display for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; 56];
        let bytes = [&ALGORITHM[..], &self.id.0, &self.ed25519].concat();
        f.write_str(Base64::encode_to_str(&mut text, bytes).map_err(|_| fmt::Error)?)
    }
}
