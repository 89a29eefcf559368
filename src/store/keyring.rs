//! The key ring: a small file of wrapped keys, one per patient, replaced atomically when a patient is erased.
//!
//! `header (16)`, then records of 81 bytes: `what (1) · patient (8) · nonce (24) · wrapped key (32) · tag (16)`. The first record is the
//! store's own secret. New keys are appended and synced *before* the batch that needs them; erasing rewrites the file with a
//! tombstone in the key's place. This file is the only place where keys are kept, so a destroyed key is gone.

use super::error::OpenError;
use super::master::{MasterKey, no_randomness};
use super::seal::Secret;
use crate::model::ids::PatientId;
use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use zeroize::Zeroize;

const HEADER: &[u8; 16] = b"cairn keyring 1\n";
const RECORD: usize = 81;
const STORE: u8 = 2;
const LIVE: u8 = 1;
const GONE: u8 = 0;

/// A patient's entry.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    /// The key of a patient.
    Live(Secret),
    /// A tombstone: the key was destroyed.
    Erased,
}

/// All entries by patient.
pub(super) type Entries = BTreeMap<PatientId, Entry>;

/// The file of the key ring, open for appending.
#[derive(Debug)]
pub(super) struct RingFile {
    path: PathBuf,
    file: File,
    length: u64,
    wrapping: Secret,
    store: Secret,
}

/// What a key ring file holds.
#[derive(Debug)]
pub(super) struct Loaded {
    pub ring: RingFile,
    pub store: Secret,
    pub entries: Entries,
    /// Bytes at the end that are no whole, authentic record: an append that was cut off, or damage.
    pub torn: u64,
}

fn io_error(doing: &'static str) -> impl Fn(io::Error) -> OpenError {
    move |source| OpenError::Io { doing, source }
}

impl RingFile {
    /// Makes a new key ring with the store's secret and these tombstones.
    pub(super) fn create(path: &Path, master: &MasterKey, store: &Secret, erased: &BTreeSet<PatientId>) -> Result<(Self, Entries), OpenError> {
        let entries: Entries = erased.iter().map(|id| (*id, Entry::Erased)).collect();
        let wrapping = master.wrapping();
        let bytes = file_of(&wrapping, store, &entries)?;
        replace(path, &bytes).map_err(io_error("write the key ring"))?;
        let file = open(path).map_err(io_error("open the key ring"))?;
        Ok((Self { path: path.to_owned(), file, length: bytes.len() as u64, wrapping, store: store.clone() }, entries))
    }

    /// Reads a key ring. `folder` is only for the sentences.
    pub(super) fn load(path: &Path, master: &MasterKey, folder: &Path) -> Result<Loaded, OpenError> {
        let damaged = |what: &str| OpenError::Damaged { folder: folder.to_owned(), what: what.to_owned() };
        let mut file = open(path).map_err(io_error("open the key ring"))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(io_error("read the key ring"))?;
        let records = bytes.strip_prefix(HEADER.as_slice()).ok_or_else(|| damaged("the key ring does not begin as a key ring"))?;
        let wrapping = master.wrapping();
        let mut parsed = records.chunks(RECORD).map(|record| unwrap(&wrapping, record));
        let Some(Some((STORE, _, store))) = parsed.next() else {
            return Err(OpenError::WrongKey { folder: folder.to_owned() });
        };
        let (mut entries, mut good, mut bad) = (Entries::new(), 1_u64, 0_u64);
        for record in parsed {
            let entry = match record {
                Some((LIVE, id, secret)) => (id, Entry::Live(secret)),
                Some((GONE, id, _)) => (id, Entry::Erased),
                Some(_) | None => {
                    bad += 1;
                    continue;
                }
            };
            // A record after a bad one: the bad one is not a torn end.
            if bad > 0 || entries.insert(entry.0, entry.1).is_some() {
                return Err(damaged("a record in the key ring does not open"));
            }
            good += 1;
        }
        let length = HEADER.len() as u64 + good * RECORD as u64;
        let torn = bytes.len() as u64 - length;
        bytes.zeroize();
        let ring = Self { path: path.to_owned(), file, length, wrapping, store: store.clone() };
        Ok(Loaded { ring, store, entries, torn })
    }

    /// Cuts off a torn end.
    pub(super) fn heal(&mut self) -> io::Result<()> {
        self.file.set_len(self.length)?;
        self.file.sync_all()
    }

    /// Appends keys of new patients; they are durable when this returns.
    pub(super) fn append(&mut self, keys: &[(PatientId, Secret)]) -> io::Result<()> {
        if keys.is_empty() {
            return Ok(());
        }
        let mut bytes = Vec::with_capacity(keys.len() * RECORD);
        for (id, secret) in keys {
            bytes.extend_from_slice(&wrap(&self.wrapping, LIVE, *id, secret).ok_or_else(|| io::Error::other("no randomness"))?);
        }
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file.write_all(&bytes)?;
        self.file.sync_data()?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Rewrites the whole file from `entries`; keys that are not in it any more are destroyed. The old bytes are overwritten.
    pub(super) fn rewrite(&mut self, entries: &Entries) -> io::Result<()> {
        let bytes = file_of(&self.wrapping, &self.store, entries).map_err(|_| io::Error::other("no randomness"))?;
        replace(&self.path, &bytes)?;
        let mut old = std::mem::replace(&mut self.file, open(&self.path)?);
        let old_length = std::mem::replace(&mut self.length, bytes.len() as u64);
        // The old file has no name any more; overwriting it leaves less for whoever reads the raw disk.
        old.seek(SeekFrom::Start(0))?;
        io::copy(&mut io::repeat(0).take(old_length), &mut old)?;
        old.sync_data()
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open(path)
}

/// The whole file for these entries.
fn file_of(wrapping: &Secret, store: &Secret, entries: &Entries) -> Result<Vec<u8>, OpenError> {
    let no_key = Secret::new([0; 32]);
    let mut bytes = HEADER.to_vec();
    let mut put = |what, id, secret: &Secret| {
        let record = wrap(wrapping, what, id, secret).ok_or_else(|| no_randomness(super::seal::SealError::NoRandomness))?;
        bytes.extend_from_slice(&record);
        Ok::<(), OpenError>(())
    };
    put(STORE, PatientId(0), store)?;
    for (id, entry) in entries {
        match entry {
            Entry::Live(secret) => put(LIVE, *id, secret)?,
            Entry::Erased => put(GONE, *id, &no_key)?,
        }
    }
    Ok(bytes)
}

fn associated(what: u8, id: PatientId) -> Vec<u8> {
    [b"cairn keyring ".as_slice(), &[what], &id.0.to_be_bytes()].concat()
}

fn wrap(wrapping: &Secret, what: u8, id: PatientId, secret: &Secret) -> Option<[u8; RECORD]> {
    let mut record = [0; RECORD];
    record[0] = what;
    record[1..9].copy_from_slice(&id.0.to_be_bytes());
    getrandom::fill(&mut record[9..33]).ok()?;
    record[33..65].copy_from_slice(secret.reveal());
    let (front, back) = record.split_at_mut(33);
    let cipher = XChaCha20Poly1305::new(wrapping.reveal().into());
    let tag = cipher.encrypt_in_place_detached(XNonce::from_slice(&front[9..]), &associated(what, id), &mut back[..32]).ok()?;
    back[32..].copy_from_slice(&tag);
    Some(record)
}

fn unwrap(wrapping: &Secret, record: &[u8]) -> Option<(u8, PatientId, Secret)> {
    if record.len() != RECORD {
        return None;
    }
    let what = record[0];
    let id = PatientId(u64::from_be_bytes(record[1..9].try_into().ok()?));
    let mut key: [u8; 32] = record[33..65].try_into().ok()?;
    let cipher = XChaCha20Poly1305::new(wrapping.reveal().into());
    let opened =
        cipher.decrypt_in_place_detached(XNonce::from_slice(&record[9..33]), &associated(what, id), &mut key, Tag::from_slice(&record[65..])).is_ok();
    let secret = Secret::new(key);
    key.zeroize();
    opened.then_some((what, id, secret))
}

/// Puts `bytes` in the place of the file at `path`, so that after a power cut there is either the old file or the new one.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    sync_folder(path.parent())
}

/// Makes new names in a folder durable.
pub(super) fn sync_folder(folder: Option<&Path>) -> io::Result<()> {
    match folder {
        Some(folder) => File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}
