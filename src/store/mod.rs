//! What Cairn remembers: patients, their journals, messages to be sent, invitations, timers, handled updates. The only room that knows sled.
//!
//! - One tree, one writer: [`Store::commit`] applies a whole [`Batch`] or nothing and returns when it is durable.
//! - Every value is sealed ([`seal`]) under its patient's key; the keys are in a small file ([`Store::open`] unwraps them with the
//!   [`MasterKey`]), so erasing a patient means destroying their key.
//! - Damage is noticed: opening reads and checks every record against the manifest and refuses with a sentence, an exit code
//!   and the way back. It never starts empty by accident ([`Opened`]).
//!
//! In the data folder: `tree/` (sled), `keyring`, `manifest` (mirror of the newest write), `lock`, and `making` while a store is
//! being made or restored. An older copy of the *whole* folder cannot be told from the real one; everything less than that can.

mod backup;
pub mod codec;
mod commit;
mod due;
mod error;
mod journal;
mod keyring;
pub mod keys;
mod manifest;
mod master;
mod open;
mod outbox;
mod patients;
mod recent;
mod restore;
pub mod seal;
mod secrets;
mod seen;
pub mod spool;
mod staged;
mod tree;
mod verify;

pub use backup::{BackupKey, BackupSummary};
pub use commit::{Batch, PatientChange};
pub use error::{OpenError, StoreError, WAY_BACK};
pub use master::MasterKey;
pub use seen::{MAX_SEEN, SEEN_FOR};

use codec::CodecError;
use commit::Marks;
use keyring::{Entries, Entry, RingFile};
use manifest::{Manifest, Mirror};
use recent::Recent;
use seal::{Owner, SealError, Secret};
use secrets::Secrets;
use seen::SeenRecords;
use std::collections::BTreeSet;
use std::fs::File;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use tree::{Fault, Tree};

/// What a commit survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Durability {
    /// A power cut.
    #[default]
    Power,
    /// The death of the process; a power cut may lose the newest writes.
    Process,
}

/// How the store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// What a commit survives.
    pub durability: Durability,
    /// Memory for sled's page cache, in bytes.
    pub cache_bytes: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { durability: Durability::Power, cache_bytes: 8 * 1024 * 1024 }
    }
}

/// Whether there was a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// There was none, and an empty one was made: tell the operator.
    New,
    /// There was one, and all of it was checked.
    Existing,
}

/// The open store. Reads are cheap and can be made from any thread; writes are one at a time.
pub struct Store {
    folder: PathBuf,
    settings: Settings,
    tree: Tree,
    secrets: Secrets,
    entries: RwLock<Entries>,
    marks: RwLock<Marks>,
    recent: Mutex<Recent>,
    writer: Mutex<Writer>,
    /// Held while a backup runs.
    backups: Mutex<()>,
    /// Held as long as the store is open.
    _lock: File,
}

/// What only the writer touches.
#[derive(Debug)]
struct Writer {
    manifest: Manifest,
    mirror: Mirror,
    ring: RingFile,
    seen: SeenRecords,
    /// A write failed: what is on the disk is not certain.
    stopped: bool,
    /// Writes since the disk was last waited for.
    unsynced: u32,
    /// While a backup runs: keys that were written meanwhile.
    touched: Option<BTreeSet<Vec<u8>>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Store(…)")
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Ok(mut writer) = self.writer.lock() {
            writer.close(self);
        }
    }
}

impl Store {
    fn entries(&self) -> RwLockReadGuard<'_, Entries> {
        self.entries.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn recent(&self) -> MutexGuard<'_, Recent> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn marks(&self) -> Marks {
        self.marks.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn secret(&self, owner: Owner) -> Option<Secret> {
        match owner {
            Owner::System => Some(self.secrets.values.clone()),
            Owner::Patient(id) => match self.entries().get(&id) {
                Some(Entry::Live(secret)) => Some(secret.clone()),
                Some(Entry::Erased) | None => None,
            },
        }
    }

    /// Opens a value that was read; `what` is the beginning of the sentence if it is damaged.
    fn open_value(&self, key: &[u8], sealed: &[u8], what: &'static str) -> Result<Vec<u8>, StoreError> {
        let owner = seal::outside(sealed).map_err(unsealed(what))?.owner;
        let secret = self.secret(owner).ok_or(StoreError::Damaged { what })?;
        seal::unseal(&secret, key, sealed).map_err(unsealed(what))
    }

    /// Reads one value.
    fn value(&self, key: &[u8], what: &'static str) -> Result<Option<Vec<u8>>, StoreError> {
        match self.tree.get(key).map_err(failed("read"))? {
            Some(sealed) => self.open_value(key, &sealed, what).map(Some),
            None => Ok(None),
        }
    }

    /// Calls `each` for all records whose keys begin with `prefix`, in order, until it returns `Ok(false)`.
    fn scan_prefix<E: From<Fault>>(&self, prefix: &[u8], each: impl FnMut(&[u8], &[u8]) -> Result<bool, E>) -> Result<(), E> {
        self.tree.scan(prefix, tree::after(prefix).as_deref(), each)
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        failed("read")(fault)
    }
}

/// A fault of the database as a sentence: "could not …".
fn failed(doing: &'static str) -> impl Fn(Fault) -> StoreError {
    move |fault| match fault {
        Fault::Io(source) => StoreError::Io { doing, source },
        Fault::InUse | Fault::Broken => StoreError::Damaged { what: "The database" },
    }
}

/// A failed write as a sentence. sled breaks in several ways when the disk is full; what was written before is not damaged by that.
fn unwritten(doing: &'static str) -> impl Fn(Fault) -> StoreError {
    move |fault| match fault {
        Fault::Io(source) => StoreError::Io { doing, source },
        Fault::InUse | Fault::Broken => StoreError::Io { doing, source: std::io::Error::other("the database gave up; the disk may be full") },
    }
}

/// A value that does not open, as a sentence: "… is damaged".
fn unsealed(what: &'static str) -> impl Fn(SealError) -> StoreError {
    move |error| match error {
        SealError::Refused => StoreError::Damaged { what },
        SealError::Newer { found } => StoreError::Newer { found: found.into(), known: seal::FORMAT.into() },
        SealError::NoRandomness => StoreError::Io { doing: "get random numbers", source: std::io::Error::other("no randomness") },
    }
}

/// A value that cannot be read, as a sentence: "… is damaged".
fn undecoded(what: &'static str) -> impl Fn(CodecError) -> StoreError {
    move |error| match error {
        CodecError::Malformed => StoreError::Damaged { what },
        CodecError::Newer { found } => StoreError::Newer { found, known: codec::CURRENT },
    }
}
