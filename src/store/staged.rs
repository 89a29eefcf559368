//! Changes that are not written yet, laid over what is stored: a batch reads its own changes, and either all of them are applied or none.

use super::codec::{self, Shape};
use super::error::StoreError;
use super::keyring::Entry;
use super::keys::{self, Kind};
use super::manifest::Manifest;
use super::seal::{self, Owner, Secret};
use super::secrets::Secrets;
use super::tree::{Change, IVec};
use super::{Store, failed, undecoded, unsealed};
use crate::model::ids::{ChatId, PatientId};
use crate::model::patient::Patient;
use crate::model::timer::Timer;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The part of a patient that the store itself needs: reading only this is much faster than reading the whole.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Head {
    pub revision: u64,
    pub chat: ChatId,
    #[serde(default)]
    pub timers: Vec<Timer>,
}

impl Head {
    pub(super) fn of(patient: &Patient) -> Self {
        Self { revision: patient.revision, chat: patient.chat, timers: patient.timers.clone() }
    }

    fn due(&self, id: PatientId) -> BTreeSet<Vec<u8>> {
        self.timers.iter().map(|timer| keys::due(timer.at, id)).collect()
    }
}

/// Changes laid over the store.
pub(super) struct Staged<'a> {
    store: &'a Store,
    sequence: u64,
    fresh: &'a [(PatientId, Secret)],
    changes: BTreeMap<Vec<u8>, Staging>,
    /// What was read on the way, so that it is not read again for the tallies.
    read: BTreeMap<Vec<u8>, Option<IVec>>,
}

/// One change.
struct Staging {
    new: Option<Vec<u8>>,
    /// The stored value, where it is known without looking; `None` = look.
    old: Option<Old>,
}

/// What is known of a stored value without looking.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Old {
    /// There is none: the key is new.
    Absent,
    /// There is one, and it is empty.
    Empty,
}

impl<'a> Staged<'a> {
    /// `fresh` are keys of patients whom the key ring does not know yet.
    pub(super) fn new(store: &'a Store, sequence: u64, fresh: &'a [(PatientId, Secret)]) -> Self {
        Self { store, sequence, fresh, changes: BTreeMap::new(), read: BTreeMap::new() }
    }

    pub(super) fn secrets(&self) -> &Secrets {
        &self.store.secrets
    }

    pub(super) fn sequence(&self) -> u64 {
        self.sequence
    }

    fn secret(&self, owner: Owner) -> Option<Secret> {
        match owner {
            Owner::System => Some(self.store.secrets.values.clone()),
            Owner::Patient(id) => match self.store.entries().get(&id) {
                Some(Entry::Live(secret)) => Some(secret.clone()),
                Some(Entry::Erased) => None,
                None => self.fresh.iter().find(|(fresh, _)| *fresh == id).map(|(_, secret)| secret.clone()),
            },
        }
    }

    pub(super) fn has_key(&self, id: PatientId) -> bool {
        self.secret(Owner::Patient(id)).is_some()
    }

    /// Puts a value, sealed.
    pub(super) fn put<T: Serialize + ?Sized>(&mut self, key: Vec<u8>, owner: Owner, value: &T) -> Result<(), StoreError> {
        let plain = codec::encode(&value).map_err(undecoded("a value to be written"))?;
        self.put_plain(key, owner, &plain)
    }

    /// Puts a value that is versioned JSON already.
    pub(super) fn put_plain(&mut self, key: Vec<u8>, owner: Owner, plain: &[u8]) -> Result<(), StoreError> {
        let secret = self.secret(owner).ok_or(StoreError::Damaged { what: "The key ring" })?;
        let sealed = seal::seal(&secret, owner, &key, self.sequence, plain).map_err(unsealed("A value to be written"))?;
        self.change(key, Some(sealed), None);
        Ok(())
    }

    /// Puts a value under a key that was never used before.
    pub(super) fn put_new<T: Serialize + ?Sized>(&mut self, key: &[u8], owner: Owner, value: &T) -> Result<(), StoreError> {
        self.put(key.to_vec(), owner, value)?;
        if let Some(staging) = self.changes.get_mut(key) {
            staging.old = Some(Old::Absent);
        }
        Ok(())
    }

    /// Removes a record; it need not be there.
    pub(super) fn remove(&mut self, key: Vec<u8>) {
        self.change(key, None, None);
    }

    fn change(&mut self, key: Vec<u8>, new: Option<Vec<u8>>, old: Option<Old>) {
        let before = self.changes.get(&key).and_then(|staging| staging.old);
        self.changes.insert(key, Staging { new, old: before.or(old) });
    }

    /// The sealed value as it would be after these changes.
    fn get(&mut self, key: &[u8]) -> Result<Option<IVec>, StoreError> {
        if let Some(staging) = self.changes.get(key) {
            return Ok(staging.new.as_deref().map(IVec::from));
        }
        let stored = self.store.tree.get(key).map_err(failed("read"))?;
        self.read.insert(key.to_vec(), stored.clone());
        Ok(stored)
    }

    fn open(&self, key: &[u8], sealed: &[u8], what: &'static str) -> Result<Vec<u8>, StoreError> {
        let owner = seal::outside(sealed).map_err(unsealed(what))?.owner;
        let secret = self.secret(owner).ok_or(StoreError::Damaged { what })?;
        seal::unseal(&secret, key, sealed).map_err(unsealed(what))
    }

    /// The head of a patient.
    pub(super) fn head(&mut self, id: PatientId) -> Result<Option<Head>, StoreError> {
        let key = keys::patient(id);
        if let Some(head) = self.store.recent().head(id).filter(|_| !self.changes.contains_key(&key)) {
            return Ok(Some(head));
        }
        let Some(sealed) = self.get(&key)? else { return Ok(None) };
        let plain = self.open(&key, &sealed, "The record of a patient")?;
        codec::decode(Shape::Patient, &plain).map(Some).map_err(undecoded("The record of a patient"))
    }

    /// Moves the entries of a patient in the index of timers from what they were to what they become.
    pub(super) fn index_due(&mut self, id: PatientId, old: Option<&Head>, new: Option<&Head>) {
        let (before, after) = (old.map(|head| head.due(id)).unwrap_or_default(), new.map(|head| head.due(id)).unwrap_or_default());
        for gone in before.difference(&after) {
            self.change(gone.clone(), None, Some(Old::Empty));
        }
        for come in after.difference(&before) {
            self.change(come.clone(), Some(Vec::new()), Some(Old::Absent));
        }
    }

    /// Moves the entry of a patient in the index of chats.
    pub(super) fn index_chat(&mut self, id: PatientId, old: Option<&Head>, new: Option<&Head>) -> Result<(), StoreError> {
        if old.map(|head| head.chat) == new.map(|head| head.chat) {
            return Ok(());
        }
        if let Some(head) = old {
            let key = self.chat_key(head.chat);
            self.remove(key);
        }
        new.map_or(Ok(()), |head| self.link_chat(id, head.chat))
    }

    /// Makes a chat lead to a patient.
    pub(super) fn link_chat(&mut self, id: PatientId, chat: ChatId) -> Result<(), StoreError> {
        let key = self.chat_key(chat);
        if self.get(&key)?.is_some() {
            return Err(StoreError::ChatTaken { patient: id });
        }
        self.put(key, Owner::System, &id)
    }

    fn chat_key(&self, chat: ChatId) -> Vec<u8> {
        keys::hashed(Kind::Chat, &self.store.secrets.chat_hash(chat))
    }

    /// Removes the journal and the unsettled messages of a patient.
    pub(super) fn remove_all_of(&mut self, id: PatientId) -> Result<(), StoreError> {
        let mut gone = Vec::new();
        self.store.scan_prefix(&keys::journal_of(id), |key, _| {
            gone.push(key.to_vec());
            Ok::<_, StoreError>(true)
        })?;
        self.store.scan_prefix(&[Kind::Outbox.letter()], |key, sealed| {
            if seal::outside(sealed).map_err(unsealed("A message"))?.owner == Owner::Patient(id) {
                gone.push(key.to_vec());
            }
            Ok::<_, StoreError>(true)
        })?;
        for key in gone {
            self.remove(key);
        }
        Ok(())
    }

    /// Brings the tallies up to date and gives everything that is to be applied, with the sealed manifest.
    pub(super) fn finish(self, manifest: &mut Manifest) -> Result<Vec<Change>, StoreError> {
        let prints = &self.store.secrets.prints;
        let mut changes = Vec::with_capacity(self.changes.len() + 1);
        for (key, Staging { new, old }) in self.changes {
            let old = match (old, self.read.get(&key)) {
                (Some(Old::Absent), _) => None,
                (Some(Old::Empty), _) => Some(IVec::default()),
                (None, Some(read)) => read.clone(),
                (None, None) => self.store.tree.get(&key).map_err(failed("read"))?,
            };
            if old.as_deref() == new.as_deref() {
                continue;
            }
            if let Some(old) = &old {
                manifest.tallies.remove(prints, &key, old);
            }
            if let Some(new) = &new {
                manifest.tallies.add(prints, &key, new);
            }
            changes.push((key, new));
        }
        let sealed = self.store.secrets.seal_manifest(manifest)?;
        changes.push((keys::manifest(), Some(sealed)));
        Ok(changes)
    }
}
