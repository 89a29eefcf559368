//! Sealing: every value is encrypted and bound to its key, its owner, its format and the write that made it.
//!
//! A sealed value is `format (1) · owner (1) · patient (8) · write number (8) · nonce (24) · ciphertext · tag (16)`, sealed with
//! XChaCha20-Poly1305. The record's key and everything before the nonce are associated data, so a value that was altered, moved to
//! another key or given to another patient does not open.

use crate::model::ids::PatientId;
use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use thiserror::Error;
use zeroize::Zeroizing;

/// The format of sealed values that is written.
pub const FORMAT: u8 = 1;
const HEADER: usize = 18;
const NONCE: usize = 24;
const TAG: usize = 16;

/// Why something could not be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SealError {
    /// Altered, moved, or sealed under another key.
    #[error("a sealed value does not open: it was altered, moved or belongs to another key. Restore the last backup")]
    Refused,
    /// Sealed in an unknown format.
    #[error("a value was sealed in format {found}, and this Cairn knows up to {FORMAT}: use the newer Cairn that wrote it")]
    Newer {
        /// Its format.
        found: u8,
    },
    /// The system gave no random numbers.
    #[error("the system gave no random numbers, so nothing could be sealed. Check the system and start again")]
    NoRandomness,
}

/// Whose key seals a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The store.
    System,
    /// A patient: when their key is destroyed, the value is unreadable for ever.
    Patient(PatientId),
}

/// A 32-byte secret, wiped when dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl Secret {
    /// A secret from bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A fresh random secret.
    ///
    /// # Errors
    /// [`SealError::NoRandomness`].
    pub fn random() -> Result<Self, SealError> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(bytes.as_mut()).map_err(|_| SealError::NoRandomness)?;
        Ok(Self(bytes))
    }

    /// Another secret for another purpose (HKDF-SHA-256).
    ///
    /// # Panics
    /// Never: 32 bytes are always within HKDF's limit of 8,160.
    #[must_use]
    pub fn derive(&self, purpose: &str) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        let hkdf = Hkdf::<Sha256>::new(None, self.0.as_ref());
        let filled = hkdf.expand(purpose.as_bytes(), bytes.as_mut()).is_ok();
        assert!(filled, "HKDF-SHA-256 gives 32 bytes");
        Self(bytes)
    }

    /// HMAC-SHA-256 of `parts`, each of them preceded by nothing: callers pass parts of fixed length, or only one.
    #[must_use]
    pub fn hmac(&self, parts: &[&[u8]]) -> [u8; 32] {
        // HMAC pads a shorter key with zeros to one block.
        let mut block = Zeroizing::new([0; 64]);
        block[..32].copy_from_slice(self.0.as_ref());
        let mut mac = <Hmac<Sha256> as KeyInit>::new(block.as_ref().into());
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// The bytes, for wrapping and for backups.
    #[must_use]
    pub fn reveal(&self) -> &[u8; 32] {
        &self.0
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.0.as_ref().into())
    }
}

/// What can be read of a sealed value without a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outside {
    /// Whose key seals it.
    pub owner: Owner,
    /// The number of the write that made it.
    pub sequence: u64,
}

/// What can be read of a sealed value without a key.
///
/// # Errors
/// [`SealError::Newer`] for an unknown format, [`SealError::Refused`] if it is too short or malformed.
pub fn outside(sealed: &[u8]) -> Result<Outside, SealError> {
    let format = *sealed.first().ok_or(SealError::Refused)?;
    if format == 0 {
        return Err(SealError::Refused);
    }
    if format > FORMAT {
        return Err(SealError::Newer { found: format });
    }
    if sealed.len() < HEADER + NONCE + TAG {
        return Err(SealError::Refused);
    }
    let number = |at: usize| sealed.get(at..at + 8).and_then(|bytes| bytes.try_into().ok()).map(u64::from_be_bytes).ok_or(SealError::Refused);
    let (patient, sequence) = (number(2)?, number(10)?);
    let owner = match (sealed.get(1), patient) {
        (Some(0), 0) => Owner::System,
        (Some(1), id) => Owner::Patient(PatientId(id)),
        _ => return Err(SealError::Refused),
    };
    Ok(Outside { owner, sequence })
}

/// The tag of a sealed value: 16 bytes that no other value has.
#[must_use]
pub fn tag(sealed: &[u8]) -> &[u8] {
    &sealed[sealed.len().saturating_sub(TAG)..]
}

/// Seals `plain` for the record `record` (its whole key) in write number `sequence`.
///
/// # Errors
/// [`SealError::NoRandomness`].
pub fn seal(secret: &Secret, owner: Owner, record: &[u8], sequence: u64, plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let (letter, patient) = match owner {
        Owner::System => (0, 0),
        Owner::Patient(id) => (1, id.0),
    };
    let mut sealed = Vec::with_capacity(HEADER + NONCE + plain.len() + TAG);
    sealed.extend_from_slice(&[FORMAT, letter]);
    sealed.extend_from_slice(&patient.to_be_bytes());
    sealed.extend_from_slice(&sequence.to_be_bytes());
    let bound = associated(&sealed, record);
    sealed.resize(HEADER + NONCE, 0);
    getrandom::fill(&mut sealed[HEADER..]).map_err(|_| SealError::NoRandomness)?;
    sealed.extend_from_slice(plain);
    let (front, body) = sealed.split_at_mut(HEADER + NONCE);
    let nonce = XNonce::from_slice(&front[HEADER..]);
    let tag = secret.cipher().encrypt_in_place_detached(nonce, &bound, body).map_err(|_| SealError::Refused)?;
    sealed.extend_from_slice(&tag);
    Ok(sealed)
}

/// Opens a value that was sealed for the record `record`.
///
/// # Errors
/// [`SealError::Refused`] if anything about it was altered, [`SealError::Newer`] for an unknown format.
pub fn unseal(secret: &Secret, record: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    outside(sealed)?;
    let (front, rest) = sealed.split_at(HEADER + NONCE);
    let (body, tag) = rest.split_at(rest.len() - TAG);
    let bound = associated(&front[..HEADER], record);
    let mut plain = body.to_vec();
    let nonce = XNonce::from_slice(&front[HEADER..]);
    secret.cipher().decrypt_in_place_detached(nonce, &bound, &mut plain, Tag::from_slice(tag)).map_err(|_| SealError::Refused)?;
    Ok(plain)
}

fn associated(header: &[u8], record: &[u8]) -> Vec<u8> {
    [b"cairn store ".as_slice(), header, record].concat()
}
