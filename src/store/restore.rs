//! Restore: the whole backup is read and checked first, then a new store is made from it, then that store is opened and checked.

use super::backup::{BACKUP_VERSION, BackupKey, BackupSummary, Line};
use super::codec::{self, CodecError};
use super::error::{OpenError, StoreError};
use super::keyring::{Entry, RingFile};
use super::keys::{self, Kind};
use super::manifest::Manifest;
use super::master::{MasterKey, bytes_from_hex, from_hex};
use super::open::{self, Found, KEYRING, Maker};
use super::seal::{Owner, Secret};
use super::staged::Staged;
use super::{Settings, Store, unwritten};
use crate::model::ids::{ChatId, PatientId};
use chrono::{DateTime, Utc};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

/// The key ring of the lost store, while its tombstones are still needed.
const BEFORE: &str = "keyring.before";
/// Lines that are applied together.
const AT_ONCE: usize = 500;

fn bad(what: &'static str) -> OpenError {
    OpenError::BadBackup { what }
}

fn io_error(doing: &'static str) -> impl Fn(std::io::Error) -> OpenError {
    move |source| OpenError::Io { doing, source }
}

impl Store {
    /// Makes the store in the folder `dir` from the backup `from`, sealed under the master key `key` with new keys for all patients. The folder
    /// must be empty, but for the file `keyring` of the lost store: patients erased there stay erased, and so do those erased before the backup.
    ///
    /// # Errors
    /// [`OpenError::BadBackup`] if anything is wrong with the file, before anything was touched; [`OpenError::NotEmpty`]; and as [`Store::open`].
    pub fn restore(from: &Path, pass: &BackupKey, dir: &Path, key: &MasterKey) -> Result<BackupSummary, OpenError> {
        let mut contents = Contents::default();
        read(from, pass, |line| contents.note(line))?;
        let secret = contents.secret.take().ok_or_else(|| bad("it has no beginning"))?;
        let end = contents.end.take().ok_or_else(|| bad("its end is missing"))?;
        let lock = open::take_lock(dir)?;
        prepare(dir)?;
        contents.erased.extend(tombstones(dir, key)?);
        open::begin(dir, Maker::Restore)?;
        open::clear(dir)?;
        let store = open::make(dir, key, Settings::default(), lock, &secret, &contents.erased)?;
        let mut filling = Filling { store: &store, erased: &contents.erased, waiting: Vec::new(), chats: BTreeMap::new(), end };
        read(from, pass, |line| filling.line(line))?;
        let at = filling.end.at;
        filling.finish()?;
        drop(store);
        let restored = open::existing(dir, key, Settings::default(), open::take_lock(dir)?)?;
        open::finish(dir)?;
        forget(&dir.join(BEFORE)).map_err(io_error("remove the key ring of the lost store"))?;
        Ok(restored.summary(at))
    }

    /// What the store holds.
    fn summary(&self, at: DateTime<Utc>) -> BackupSummary {
        let writer = self.writer.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        BackupSummary::of(&writer.manifest, at)
    }
}

/// Reads a backup to its end and calls `each` for every line.
fn read(from: &Path, pass: &BackupKey, mut each: impl FnMut(Line) -> Result<(), OpenError>) -> Result<(), OpenError> {
    let identity =
        pass.identity().ok_or_else(|| bad("this key can write backups but not read them; the key file with the line AGE-SECRET-KEY-1… is needed"))?;
    let file = File::open(from).map_err(io_error("open the backup"))?;
    let decryptor = age::Decryptor::new_buffered(BufReader::new(file)).map_err(|_| bad("it is not a backup, or its beginning is damaged"))?;
    let stream = decryptor
        .decrypt(std::iter::once(identity as &dyn age::Identity))
        .map_err(|_| bad("it was made for another key, or its beginning is damaged"))?;
    let mut reader = BufReader::new(stream);
    let mut text = Vec::new();
    loop {
        text.clear();
        if reader.read_until(b'\n', &mut text).map_err(|_| bad("it is cut off or was altered"))? == 0 {
            return Ok(());
        }
        each(serde_json::from_slice(&text).map_err(|_| bad("a line in it cannot be read"))?)?;
    }
}

/// What the first reading finds.
#[derive(Default)]
struct Contents {
    secret: Option<Secret>,
    erased: BTreeSet<PatientId>,
    lines: u64,
    end: Option<End>,
}

/// Where the store stood.
struct End {
    manifest: Manifest,
    at: DateTime<Utc>,
}

impl Contents {
    fn note(&mut self, line: Line) -> Result<(), OpenError> {
        if self.end.is_some() {
            return Err(bad("it goes on after its end"));
        }
        if (self.lines == 0) != matches!(line, Line::Begin { .. }) {
            return Err(bad("its lines are not in order"));
        }
        match line {
            Line::Begin { version, secret, .. } => {
                if version > BACKUP_VERSION {
                    return Err(OpenError::Newer { found: version, known: BACKUP_VERSION });
                }
                self.secret = Some(Secret::new(from_hex(&secret).ok_or_else(|| bad("its beginning cannot be read"))?));
            }
            Line::Put { key, patient, value } => {
                let record = Record::new(&key, patient)?;
                codec::check_version(value.get().as_bytes()).map_err(|error| match error {
                    CodecError::Newer { found } => OpenError::Newer { found, known: codec::CURRENT },
                    CodecError::Malformed => bad("a record in it cannot be read"),
                })?;
                if record.kind == Kind::Erased {
                    self.erased.extend(keys::read_patient(&record.key));
                }
            }
            Line::Remove { key } => drop(Record::new(&key, None)?),
            Line::End { lines, sequence, highest_outbound, cursor, last_wall, summary } => {
                if lines != self.lines {
                    return Err(bad("lines are missing in it"));
                }
                let manifest = Manifest { sequence, highest_outbound, cursor, last_wall, ..Manifest::default() };
                self.end = Some(End { manifest, at: summary.at });
            }
        }
        self.lines += 1;
        Ok(())
    }
}

/// A record of a backup.
struct Record {
    key: Vec<u8>,
    kind: Kind,
    owner: Owner,
}

impl Record {
    fn new(key: &str, patient: Option<u64>) -> Result<Self, OpenError> {
        let key = bytes_from_hex(key).ok_or_else(|| bad("a key in it cannot be read"))?;
        let owner = patient.map_or(Owner::System, |id| Owner::Patient(PatientId(id)));
        match Kind::of(&key) {
            Some(kind @ (Kind::Invitation | Kind::Journal | Kind::Outbox | Kind::Patient | Kind::Seen | Kind::Erased)) => {
                Ok(Self { key, kind, owner })
            }
            _ => Err(bad("there is a record of an unknown kind in it")),
        }
    }

    /// Whose record it is, by its place or by its owner.
    fn patient(&self) -> Option<PatientId> {
        match (self.kind, self.owner) {
            (Kind::Patient | Kind::Journal, _) => keys::read_patient(&self.key),
            (_, Owner::Patient(id)) => Some(id),
            _ => None,
        }
    }
}

/// Checks that the folder may be filled, and lays an old key ring aside.
fn prepare(dir: &Path) -> Result<(), OpenError> {
    let doing = "look into the folder to restore into";
    if open::look(dir) == Found::Unfinished(Maker::Restore) {
        return Ok(());
    }
    for entry in fs::read_dir(dir).map_err(io_error(doing))? {
        let name = entry.map_err(io_error(doing))?.file_name();
        if !["lock", "lost+found", KEYRING, BEFORE].iter().any(|allowed| name == *allowed) {
            return Err(OpenError::NotEmpty { folder: dir.to_owned() });
        }
    }
    if dir.join(KEYRING).exists() {
        fs::rename(dir.join(KEYRING), dir.join(BEFORE)).map_err(io_error("lay the old key ring aside"))?;
    }
    Ok(())
}

/// The patients who were erased in the lost store.
fn tombstones(dir: &Path, key: &MasterKey) -> Result<BTreeSet<PatientId>, OpenError> {
    let before = dir.join(BEFORE);
    if !before.exists() {
        return Ok(BTreeSet::new());
    }
    let loaded = RingFile::load(&before, key, dir)?;
    Ok(loaded.entries.into_iter().filter(|(_, entry)| matches!(entry, Entry::Erased)).map(|(id, _)| id).collect())
}

/// Overwrites and removes a file of keys.
fn forget(path: &Path) -> std::io::Result<()> {
    if !path.exists() {
        return Ok(());
    }
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    let length = file.metadata()?.len();
    std::io::copy(&mut std::io::repeat(0).take(length), &mut file)?;
    file.flush()?;
    file.sync_all()?;
    fs::remove_file(path)
}

/// The second reading: fills the new store.
struct Filling<'a> {
    store: &'a Store,
    erased: &'a BTreeSet<PatientId>,
    waiting: Vec<(Record, Option<Box<RawValue>>)>,
    /// Where each patient writes, by their last line: a chat may have moved from one to another while the backup ran.
    chats: BTreeMap<PatientId, ChatId>,
    end: End,
}

impl Filling<'_> {
    fn line(&mut self, line: Line) -> Result<(), OpenError> {
        let (record, value) = match line {
            Line::Begin { .. } | Line::End { .. } => return Ok(()),
            Line::Put { key, patient, value } => (Record::new(&key, patient)?, Some(value)),
            Line::Remove { key } => (Record::new(&key, None)?, None),
        };
        if record.kind == Kind::Erased || record.patient().is_some_and(|id| self.erased.contains(&id)) {
            return Ok(());
        }
        self.waiting.push((record, value));
        if self.waiting.len() >= AT_ONCE {
            self.write(None)?;
        }
        Ok(())
    }

    /// Writes the rest, the tombstones and where the store stood.
    fn finish(mut self) -> Result<(), OpenError> {
        let end = std::mem::take(&mut self.end.manifest);
        self.write(Some(&end))?;
        Ok(self.store.tree.sync().map_err(unwritten("make the restored store durable"))?)
    }

    fn write(&mut self, end: Option<&Manifest>) -> Result<(), StoreError> {
        let waiting = std::mem::take(&mut self.waiting);
        let mut writer = self.store.writer.lock().map_err(|_| StoreError::Stopped)?;
        let fresh = self.fresh_keys(&waiting)?;
        let mut manifest = writer.manifest.clone();
        manifest.sequence += 1;
        let mut staged = Staged::new(self.store, manifest.sequence, &fresh);
        for (record, value) in waiting {
            stage(&mut staged, &mut self.chats, record, value.as_deref())?;
        }
        if let Some(end) = end {
            for (id, chat) in &self.chats {
                staged.link_chat(*id, *chat)?;
            }
            for id in self.erased {
                staged.put(keys::erased(*id), Owner::System, &Some(self.end.at))?;
            }
            manifest.sequence = manifest.sequence.max(end.sequence.saturating_add(1));
            (manifest.highest_outbound, manifest.cursor, manifest.last_wall) = (end.highest_outbound, end.cursor, end.last_wall);
        }
        let changes = staged.finish(&mut manifest)?;
        writer.ring.append(&fresh).map_err(|source| StoreError::Io { doing: "write the key ring", source })?;
        self.store.tree.apply(changes).map_err(unwritten("write the restored store"))?;
        writer.manifest = manifest;
        let mut entries = self.store.entries.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        entries.extend(fresh.into_iter().map(|(id, secret)| (id, Entry::Live(secret))));
        Ok(())
    }

    fn fresh_keys(&self, records: &[(Record, Option<Box<RawValue>>)]) -> Result<Vec<(PatientId, Secret)>, StoreError> {
        let entries = self.store.entries();
        let mut fresh = BTreeMap::new();
        for id in records.iter().filter_map(|(record, _)| record.patient()) {
            if !entries.contains_key(&id) && !fresh.contains_key(&id) {
                fresh.insert(id, Secret::random().map_err(super::unsealed("A new key"))?);
            }
        }
        Ok(fresh.into_iter().collect())
    }
}

fn stage(staged: &mut Staged<'_>, chats: &mut BTreeMap<PatientId, ChatId>, record: Record, value: Option<&RawValue>) -> Result<(), StoreError> {
    let Record { key, kind, owner } = record;
    let patient = keys::read_patient(&key).filter(|_| kind == Kind::Patient);
    let old = patient.map(|id| staged.head(id)).transpose()?.flatten();
    match value {
        Some(value) => {
            let owner = keys::read_patient(&key).map_or(owner, Owner::Patient);
            staged.put_plain(key, owner, value.get().as_bytes())?;
        }
        None => staged.remove(key),
    }
    if let Some(id) = patient {
        let new = staged.head(id)?;
        staged.index_due(id, old.as_ref(), new.as_ref());
        match new {
            Some(head) => chats.insert(id, head.chat),
            None => chats.remove(&id),
        };
    }
    Ok(())
}
