//! Opening: making a new store, or checking an existing one before anything trusts it.

use super::codec::{self, CodecError, Shape};
use super::commit::Marks;
use super::error::OpenError;
use super::keyring::{self, Entries, Entry, RingFile};
use super::manifest::{Manifest, Mirror, Mirrored};
use super::master::MasterKey;
use super::seal::Secret;
use super::secrets::Secrets;
use super::seen::SeenRecords;
use super::tree::{Fault, Tree};
use super::verify::{self, Findings};
use super::{Opened, Settings, Store, Writer, keys};
use crate::model::ids::PatientId;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::Path;
use std::sync::{Mutex, RwLock};

pub(super) const TREE: &str = "tree";
pub(super) const KEYRING: &str = "keyring";
const MANIFEST: &str = "manifest";
const LOCK: &str = "lock";
/// There while a store is being made; says by whom.
const MAKING: &str = "making";

/// Who makes a store. If it is cut off, a new store is begun again, and a restore must be run again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Maker {
    New,
    Restore,
}

impl Maker {
    fn word(self) -> &'static [u8] {
        match self {
            Self::New => b"new\n",
            Self::Restore => b"restore\n",
        }
    }
}

/// What is in a data folder.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Nothing,
    Unfinished(Maker),
    Whole,
    Part { missing: &'static str },
}

impl Store {
    /// Opens the store in the folder `dir`, or makes a new one if there is nothing of a store in it. An existing store is read and
    /// checked whole: what opens is exactly what was acknowledged.
    ///
    /// # Errors
    /// See [`OpenError`]. Nothing is ever started with a part of the data.
    pub fn open(dir: &Path, key: &MasterKey, settings: Settings) -> Result<(Self, Opened), OpenError> {
        let lock = take_lock(dir)?;
        match look(dir) {
            Found::Nothing => {}
            Found::Unfinished(Maker::New) => clear(dir)?,
            Found::Unfinished(Maker::Restore) => return Err(OpenError::RestoreUnfinished { folder: dir.to_owned() }),
            Found::Whole => return existing(dir, key, settings, lock).map(|store| (store, Opened::Existing)),
            Found::Part { missing } => return Err(damaged(dir, format!("{missing} is missing"))),
        }
        begin(dir, Maker::New)?;
        let store = make(dir, key, settings, lock, &fresh_secret()?, &BTreeSet::new())?;
        finish(dir)?;
        Ok((store, Opened::New))
    }
}

fn fresh_secret() -> Result<Secret, OpenError> {
    Secret::random().map_err(super::master::no_randomness)
}

pub(super) fn damaged(dir: &Path, what: impl Into<String>) -> OpenError {
    OpenError::Damaged { folder: dir.to_owned(), what: what.into() }
}

fn io_error(doing: &'static str) -> impl Fn(std::io::Error) -> OpenError {
    move |source| OpenError::Io { doing, source }
}

/// Makes the folder and holds its lock: two processes on one store would destroy it.
pub(super) fn take_lock(dir: &Path) -> Result<File, OpenError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(io_error("make the data folder"))?;
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    let file = options.open(dir.join(LOCK)).map_err(io_error("make its lock file"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse { folder: dir.to_owned() }),
        Err(TryLockError::Error(source)) => Err(OpenError::Io { doing: "lock the data folder", source }),
    }
}

/// What is in the folder.
pub(super) fn look(dir: &Path) -> Found {
    if let Ok(word) = fs::read(dir.join(MAKING)) {
        return Found::Unfinished(if word == Maker::New.word() { Maker::New } else { Maker::Restore });
    }
    let tree = dir.join(TREE);
    let parts = [
        ("the key ring (`keyring`)", dir.join(KEYRING)),
        ("the manifest (`manifest`)", dir.join(MANIFEST)),
        ("the database (`tree`)", tree.clone()),
        ("the database's description (`tree/conf`)", tree.join("conf")),
        ("the database's file (`tree/db`)", tree.join("db")),
    ];
    if parts.iter().all(|(_, path)| !path.exists()) {
        return Found::Nothing;
    }
    let missing = parts.iter().find(|(_, path)| !path.exists());
    missing.map_or(Found::Whole, |(missing, _)| Found::Part { missing })
}

/// Removes what an unfinished making left.
pub(super) fn clear(dir: &Path) -> Result<(), OpenError> {
    let gone = |result: std::io::Result<()>| match result {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    gone(fs::remove_dir_all(dir.join(TREE)))
        .and_then(|()| gone(fs::remove_file(dir.join(KEYRING))))
        .and_then(|()| gone(fs::remove_file(dir.join(MANIFEST))))
        .map_err(io_error("clear away a store whose making was cut off"))
}

/// Marks the folder as being made.
pub(super) fn begin(dir: &Path, maker: Maker) -> Result<(), OpenError> {
    keyring::replace(&dir.join(MAKING), maker.word()).map_err(io_error("begin in the data folder"))
}

/// The store is whole.
pub(super) fn finish(dir: &Path) -> Result<(), OpenError> {
    fs::remove_file(dir.join(MAKING)).and_then(|()| keyring::sync_folder(Some(dir))).map_err(io_error("finish in the data folder"))
}

/// Makes an empty store with this secret and these tombstones in its key ring.
pub(super) fn make(
    dir: &Path,
    key: &MasterKey,
    settings: Settings,
    lock: File,
    secret: &Secret,
    erased: &BTreeSet<PatientId>,
) -> Result<Store, OpenError> {
    let (ring, entries) = RingFile::create(&dir.join(KEYRING), key, secret, erased)?;
    let secrets = Secrets::new(secret.clone());
    let manifest = Manifest { sequence: 1, ..Manifest::default() };
    let tree = Tree::open(&dir.join(TREE), settings.cache_bytes).map_err(|fault| unopened(dir, fault))?;
    let sealed = secrets.seal_manifest(&manifest)?;
    tree.apply([(keys::manifest(), Some(sealed))])
        .and_then(|()| tree.sync())
        .and_then(|()| Ok(sync_files(&dir.join(TREE))?))
        .map_err(|fault| unopened(dir, fault))?;
    let first = Mirrored { sequence: manifest.sequence, fingerprint: secrets.manifest_print(&manifest)? };
    let mirror = Mirror::create(&dir.join(MANIFEST), secrets.mirror.clone(), first).map_err(io_error("write the manifest"))?;
    Ok(assemble(dir, settings, lock, Parts { tree, secrets, ring, entries, manifest, mirror, seen: SeenRecords::default() }))
}

/// Makes the files that sled has just made durable, with their names.
fn sync_files(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        File::open(entry?.path())?.sync_all()?;
    }
    keyring::sync_folder(Some(folder))?;
    keyring::sync_folder(folder.parent())
}

/// Opens and checks a whole store.
pub(super) fn existing(dir: &Path, key: &MasterKey, settings: Settings, lock: File) -> Result<Store, OpenError> {
    let keyring::Loaded { mut ring, store, mut entries, torn } = RingFile::load(&dir.join(KEYRING), key, dir)?;
    let secrets = Secrets::new(store);
    let opened = Mirror::open(&dir.join(MANIFEST), secrets.mirror.clone()).map_err(io_error("read the manifest"))?;
    let (mut mirror, Some(mirrored)) = opened else {
        return Err(damaged(dir, "both copies in the file `manifest` are spoilt"));
    };
    let tree = Tree::open(&dir.join(TREE), settings.cache_bytes).map_err(|fault| unopened(dir, fault))?;
    let Findings { manifest, seen, erased } = verify::verify(dir, &tree, &secrets, &entries, mirrored)?;
    if torn > 0 {
        ring.heal().map_err(io_error("heal the key ring"))?;
    }
    // An erasure that was cut off, or an older key ring that was put back: the keys are destroyed now.
    let unfinished: Vec<PatientId> = erased.into_iter().filter(|id| !matches!(entries.get(id), Some(Entry::Erased))).collect();
    if !unfinished.is_empty() {
        entries.extend(unfinished.into_iter().map(|id| (id, Entry::Erased)));
        ring.rewrite(&entries).map_err(io_error("destroy the key of an erased patient"))?;
    }
    // What was read may not have been durable yet; from now on it is what the mirror says.
    tree.sync().map_err(|fault| unopened(dir, fault))?;
    let newest = Mirrored { sequence: manifest.sequence, fingerprint: secrets.manifest_print(&manifest)? };
    mirror.write(newest).map_err(io_error("write the manifest"))?;
    Ok(assemble(dir, settings, lock, Parts { tree, secrets, ring, entries, manifest, mirror, seen }))
}

struct Parts {
    tree: Tree,
    secrets: Secrets,
    ring: RingFile,
    entries: Entries,
    manifest: Manifest,
    mirror: Mirror,
    seen: SeenRecords,
}

fn assemble(dir: &Path, settings: Settings, lock: File, parts: Parts) -> Store {
    let Parts { tree, secrets, ring, entries, manifest, mirror, seen } = parts;
    Store {
        folder: dir.to_owned(),
        settings,
        tree,
        secrets,
        entries: RwLock::new(entries),
        recent: Mutex::default(),
        marks: RwLock::new(Marks::from(&manifest)),
        writer: Mutex::new(Writer { manifest, mirror, ring, seen, stopped: false, unsynced: 0, touched: None }),
        backups: Mutex::new(()),
        _lock: lock,
    }
}

/// The database does not open.
pub(super) fn unopened(dir: &Path, fault: Fault) -> OpenError {
    match fault {
        Fault::InUse => OpenError::InUse { folder: dir.to_owned() },
        Fault::Io(source) => OpenError::Io { doing: "open its database", source },
        Fault::Broken => damaged(dir, "the database does not open"),
    }
}

/// The manifest in the database.
pub(super) fn read_manifest(plain: &[u8]) -> Result<Manifest, CodecError> {
    codec::decode(Shape::System, plain)
}
