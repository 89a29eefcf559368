//! The master key: a small file outside the data folder. It wraps all other keys; whoever has it and the folder can read everything.

use super::error::OpenError;
use super::seal::{SealError, Secret};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{KeyInit, OsRng};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// The master key. `Debug` prints nothing of it, and it is wiped when dropped.
#[derive(Debug, Clone)]
pub struct MasterKey(Secret);

impl MasterKey {
    /// Reads a key file: 64 hexadecimal digits, white space around them is ignored.
    ///
    /// # Errors
    /// [`OpenError::KeyUnreadable`] or [`OpenError::KeyMalformed`], also if everybody on the machine may read the file.
    pub fn load(path: &Path) -> Result<Self, OpenError> {
        let text = read_secret_text(path)?;
        let malformed = |reason| OpenError::KeyMalformed { path: path.to_owned(), reason };
        let digits = text.trim();
        if digits.is_empty() {
            return Err(malformed("it is empty"));
        }
        let bytes = from_hex(digits).ok_or_else(|| malformed("a key is 64 hexadecimal digits"))?;
        Ok(Self(Secret::new(bytes)))
    }

    /// Makes a new random key and writes it to `path`, readable by its owner only. Never overwrites.
    ///
    /// # Errors
    /// [`OpenError::KeyExists`] if there is a file already, [`OpenError::Io`] otherwise.
    pub fn create(path: &Path) -> Result<Self, OpenError> {
        let key = Self::random();
        let text = Zeroizing::new(format!("{}\n", to_hex(key.0.reveal())));
        write_secret_text(path, &text)?;
        Ok(key)
    }

    /// A key that is kept nowhere, for `cairn chat` and for tests.
    ///
    /// # Panics
    /// If the system has no random numbers at all: then nothing here can be done safely.
    #[must_use]
    pub fn random() -> Self {
        Self(Secret::new(XChaCha20Poly1305::generate_key(&mut OsRng).into()))
    }

    /// The key that wraps the key ring.
    pub(super) fn wrapping(&self) -> Secret {
        self.0.derive("cairn 1 wrap keys")
    }
}

pub(super) fn no_randomness(_: SealError) -> OpenError {
    OpenError::Io { doing: "get random numbers", source: std::io::Error::other("no randomness") }
}

/// Reads a small secret file and refuses one which everybody may read.
pub(super) fn read_secret_text(path: &Path) -> Result<Zeroizing<String>, OpenError> {
    let unreadable = |source| OpenError::KeyUnreadable { path: path.to_owned(), source };
    let mut file = File::open(path).map_err(unreadable)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = file.metadata().map_err(unreadable)?.permissions().mode();
        if mode & 0o007 != 0 {
            return Err(OpenError::KeyMalformed { path: path.to_owned(), reason: "everybody on this machine may read it (chmod 600 it)" });
        }
    }
    let mut text = Zeroizing::new(String::new());
    (&mut file).take(4096).read_to_string(&mut text).map_err(unreadable)?;
    Ok(text)
}

/// Writes a small secret file, mode 0600, and never over another.
pub(super) fn write_secret_text(path: &Path, text: &str) -> Result<(), OpenError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => OpenError::KeyExists { path: path.to_owned() },
        _ => OpenError::Io { doing: "create the key file", source },
    })?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(|source| OpenError::Io { doing: "write the key file", source })
}

/// Bytes as hexadecimal digits.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// Exactly 32 bytes from 64 hexadecimal digits.
pub(super) fn from_hex(digits: &str) -> Option<[u8; 32]> {
    bytes_from_hex(digits)?.try_into().ok()
}

/// Bytes from hexadecimal digits.
pub(super) fn bytes_from_hex(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    digits.chunks_exact(2).map(|pair| Some(value(pair[0])? << 4 | value(pair[1])?)).collect()
}
