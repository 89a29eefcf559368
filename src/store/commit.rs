//! Writing: one batch, all or nothing, durable when [`Store::commit`] returns.

use super::error::StoreError;
use super::keyring::Entry;
use super::keys::{self, Kind};
use super::manifest::{Manifest, Mirrored};
use super::seal::{Owner, Secret};
use super::staged::{Head, Staged};
use super::tree::Fault;
use super::{Durability, Store, Writer, spool, unwritten};
use crate::model::event::Event;
use crate::model::ids::{OutboundId, PatientId, UpdateId};
use crate::model::link_worker::Invitation;
use crate::model::outbound::Outbound;
use crate::model::patient::Patient;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// In the setting `process`, the disk is waited for once in so many writes, and the mirror is written then.
const PROCESS_SYNC_EVERY: u32 = 256;

/// What is to be written together.
#[derive(Debug, Default)]
pub struct Batch {
    /// The instant of the write; needed if anything is `seen` or `erased`.
    pub now: Option<DateTime<Utc>>,
    /// Changed patients, each at most once.
    pub patients: Vec<PatientChange>,
    /// Messages to put or to replace.
    pub outbound: Vec<Outbound>,
    /// Messages to remove; unknown ones are ignored.
    pub settled: Vec<OutboundId>,
    /// Updates whose effect is in this batch.
    pub seen: Vec<UpdateId>,
    /// Where the next poll begins.
    pub cursor: Option<i64>,
    /// Invitations by code: put, or (`None`) remove because it was used up.
    pub invitations: Vec<(String, Option<Invitation>)>,
    /// Patients whose records and key are destroyed for ever. A last message to them has no `patient`.
    pub erased: Vec<PatientId>,
}

/// A patient as they are now, with what happened.
#[derive(Debug)]
pub struct PatientChange {
    /// The whole patient, with the new revision.
    pub patient: Patient,
    /// The revision that was read; `None` for a new patient.
    pub expected_revision: Option<u64>,
    /// For the journal.
    pub events: Vec<Event>,
}

/// What the store says of itself between writes.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks {
    pub highest_outbound: Option<u64>,
    pub cursor: Option<i64>,
    pub last_wall: Option<DateTime<Utc>>,
}

impl From<&Manifest> for Marks {
    fn from(manifest: &Manifest) -> Self {
        Self { highest_outbound: manifest.highest_outbound, cursor: manifest.cursor, last_wall: manifest.last_wall }
    }
}

impl Store {
    /// Writes the whole batch or nothing. When this returns `Ok`, it survives what [`Durability`] promises.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], [`StoreError::ChatTaken`], [`StoreError::Erased`] and [`StoreError::BadBatch`] if nothing was written;
    /// after [`StoreError::Io`] every later write is refused with [`StoreError::Stopped`] until the store is opened again.
    pub fn commit(&self, batch: Batch) -> Result<(), StoreError> {
        let mut writer = self.writer.lock().map_err(|_| StoreError::Stopped)?;
        if writer.stopped {
            return Err(StoreError::Stopped);
        }
        check(&batch)?;
        let fresh = self.fresh_keys(&batch)?;
        let mut manifest = writer.manifest.clone();
        manifest.sequence += 1;
        let mut staged = Staged::new(self, manifest.sequence, &fresh);
        let seen = match batch.now {
            Some(now) if !batch.seen.is_empty() => Some(writer.seen.stage(&mut staged, now, &batch.seen)?),
            _ => None,
        };
        stage(&mut staged, &mut manifest, &batch)?;
        if batch.now.is_some() {
            manifest.last_wall = batch.now;
        }
        manifest.cursor = batch.cursor.or(manifest.cursor);
        let changes = staged.finish(&mut manifest)?;
        // From here on things reach the disk. Whatever fails leaves the store stopped, and opening it again decides what is there.
        writer.stopped = true;
        if let Some(touched) = &mut writer.touched {
            touched.extend(changes.iter().map(|(key, _)| key.clone()));
        }
        writer.ring.append(&fresh).map_err(|source| StoreError::Io { doing: "write the key ring", source })?;
        self.tree.apply(changes).map_err(unwritten("write"))?;
        self.make_durable(&mut writer, &manifest, !batch.erased.is_empty())?;
        writer.manifest = manifest;
        if let Some(seen) = seen {
            writer.seen.apply(&seen);
        }
        self.publish(&mut writer, fresh, &batch.erased)?;
        self.forget_spooled(batch.invitations.iter().filter(|(_, invitation)| invitation.is_none()).map(|(code, _)| code));
        self.remember(batch);
        writer.stopped = false;
        Ok(())
    }

    /// Keeps at hand who was just written, and forgets who was erased.
    fn remember(&self, batch: Batch) {
        let mut recent = self.recent();
        for id in &batch.erased {
            recent.forget(*id);
        }
        for change in batch.patients {
            recent.keep(change.patient);
        }
    }

    /// Keys for the patients of this batch who have none yet.
    fn fresh_keys(&self, batch: &Batch) -> Result<Vec<(PatientId, Secret)>, StoreError> {
        let entries = self.entries();
        let mut fresh = Vec::new();
        for change in &batch.patients {
            let id = change.patient.id;
            match entries.get(&id) {
                Some(Entry::Erased) => return Err(StoreError::Erased { patient: id }),
                Some(Entry::Live(_)) => {}
                None => fresh.push((id, Secret::random().map_err(super::unsealed("new key"))?)),
            }
        }
        Ok(fresh)
    }

    fn make_durable(&self, writer: &mut Writer, manifest: &Manifest, at_once: bool) -> Result<(), StoreError> {
        writer.unsynced += 1;
        let due = self.settings.durability == Durability::Power || writer.unsynced >= PROCESS_SYNC_EVERY;
        if due || at_once {
            self.tree.sync().map_err(unwritten("make the write durable"))?;
            writer.unsynced = 0;
            let mirrored = Mirrored { sequence: manifest.sequence, fingerprint: self.secrets.manifest_print(manifest)? };
            writer.mirror.write(mirrored).map_err(|source| StoreError::Io { doing: "write the manifest", source })?;
        }
        Ok(())
    }

    /// Lets readers see new keys and marks, and destroys the keys of the erased.
    fn publish(&self, writer: &mut Writer, fresh: Vec<(PatientId, Secret)>, erased: &[PatientId]) -> Result<(), StoreError> {
        {
            let mut entries = self.entries.write().unwrap_or_else(std::sync::PoisonError::into_inner);
            entries.extend(fresh.into_iter().map(|(id, secret)| (id, Entry::Live(secret))));
            entries.extend(erased.iter().map(|id| (*id, Entry::Erased)));
        }
        *self.marks.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Marks::from(&writer.manifest);
        if !erased.is_empty() {
            let entries = self.entries().clone();
            writer.ring.rewrite(&entries).map_err(|source| StoreError::Io { doing: "destroy the key of an erased patient", source })?;
        }
        Ok(())
    }
}

/// The rules that need no look at the store.
fn check(batch: &Batch) -> Result<(), StoreError> {
    if batch.now.is_none() && !(batch.seen.is_empty() && batch.erased.is_empty()) {
        return Err(StoreError::BadBatch("seen updates and erasures need the time"));
    }
    let erased: BTreeSet<PatientId> = batch.erased.iter().copied().collect();
    let mut patients = BTreeSet::new();
    for change in &batch.patients {
        if !patients.insert(change.patient.id) {
            return Err(StoreError::BadBatch("a patient is in it twice"));
        }
        if change.expected_revision.is_some_and(|expected| change.patient.revision <= expected) {
            return Err(StoreError::BadBatch("a revision does not grow"));
        }
    }
    if erased.iter().any(|id| patients.contains(id)) {
        return Err(StoreError::BadBatch("a patient is changed and erased"));
    }
    if batch.outbound.iter().any(|message| message.patient.is_some_and(|id| erased.contains(&id))) {
        return Err(StoreError::BadBatch("a message belongs to a patient who is erased"));
    }
    Ok(())
}

fn stage(staged: &mut Staged<'_>, manifest: &mut Manifest, batch: &Batch) -> Result<(), StoreError> {
    for id in &batch.erased {
        erase(staged, *id, batch.now)?;
    }
    for change in &batch.patients {
        stage_patient(staged, change)?;
    }
    for message in &batch.outbound {
        // A message to somebody without a key (just erased, never enrolled) is sealed by the store.
        let owner = message.patient.filter(|id| staged.has_key(*id)).map_or(Owner::System, Owner::Patient);
        let key = keys::outbox(message.id);
        if Some(message.id.0) > manifest.highest_outbound {
            staged.put_new(&key, owner, message)?;
        } else {
            staged.put(key, owner, message)?;
        }
        manifest.highest_outbound = manifest.highest_outbound.max(Some(message.id.0));
    }
    for id in &batch.settled {
        staged.remove(keys::outbox(*id));
    }
    for (code, invitation) in &batch.invitations {
        let key = keys::hashed(Kind::Invitation, &staged.secrets().invitation_hash(code));
        // A used code keeps a mark: it must stay used even where its sealed file was not removed.
        staged.put(key, Owner::System, invitation.as_ref().unwrap_or(&spool::used()))?;
    }
    Ok(())
}

fn stage_patient(staged: &mut Staged<'_>, change: &PatientChange) -> Result<(), StoreError> {
    let PatientChange { patient, expected_revision, events } = change;
    let old = staged.head(patient.id)?;
    let found = old.as_ref().map(|head| head.revision);
    if found != *expected_revision {
        return Err(StoreError::Conflict { patient: patient.id, expected: *expected_revision, found });
    }
    let new = Head::of(patient);
    staged.index_due(patient.id, old.as_ref(), Some(&new));
    staged.index_chat(patient.id, old.as_ref(), Some(&new))?;
    staged.put(keys::patient(patient.id), Owner::Patient(patient.id), patient)?;
    if !events.is_empty() {
        staged.put_new(&keys::journal(patient.id, patient.revision), Owner::Patient(patient.id), events)?;
    }
    Ok(())
}

/// Removes everything of a patient and puts a tombstone. The tombstone in the tree makes an erasure that was cut off go on at the next
/// opening, and keeps an older key ring from bringing the key back.
fn erase(staged: &mut Staged<'_>, id: PatientId, now: Option<DateTime<Utc>>) -> Result<(), StoreError> {
    let old = staged.head(id)?;
    staged.index_due(id, old.as_ref(), None);
    staged.index_chat(id, old.as_ref(), None)?;
    staged.remove(keys::patient(id));
    staged.remove_all_of(id)?;
    staged.put(keys::erased(id), Owner::System, &now)
}

impl Writer {
    /// Makes the rest of the setting `process` durable when the store closes.
    pub(super) fn close(&mut self, store: &Store) {
        if self.unsynced > 0 && !self.stopped {
            let manifest = self.manifest.clone();
            // Nothing was promised for these writes, so a failure here breaks nothing.
            let _unpromised: Result<(), Fault> = store.tree.sync();
            if let Ok(fingerprint) = store.secrets.manifest_print(&manifest) {
                let _harmless = self.mirror.write(Mirrored { sequence: manifest.sequence, fingerprint });
            }
        }
    }
}
