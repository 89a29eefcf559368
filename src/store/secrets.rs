//! The secrets that follow from the store's own secret: one for each purpose, so that none can be used for another.

use super::codec;
use super::error::StoreError;
use super::keys;
use super::manifest::{Fingerprints, Manifest};
use super::seal::{self, Owner, Secret};
use super::{undecoded, unsealed};
use crate::model::ids::ChatId;

/// All secrets of one store.
#[derive(Debug)]
pub(super) struct Secrets {
    /// The one they follow from.
    pub store: Secret,
    /// Seals values that belong to no patient.
    pub values: Secret,
    /// Signs the mirror.
    pub mirror: Secret,
    /// Fingerprints records for the manifest.
    pub prints: Fingerprints,
    chats: Secret,
    invitations: Secret,
}

impl Secrets {
    pub(super) fn new(store: Secret) -> Self {
        Self {
            values: store.derive("cairn 1 values"),
            mirror: store.derive("cairn 1 mirror"),
            prints: Fingerprints::new(&store.derive("cairn 1 fingerprints")),
            chats: store.derive("cairn 1 chats"),
            invitations: store.derive("cairn 1 invitations"),
            store,
        }
    }

    /// What a chat is looked up by.
    pub(super) fn chat_hash(&self, chat: ChatId) -> [u8; 32] {
        self.chats.hmac(&[&chat.0.to_be_bytes()])
    }

    /// What an invitation is looked up by.
    pub(super) fn invitation_hash(&self, code: &str) -> [u8; 32] {
        self.invitations.hmac(&[code.as_bytes()])
    }

    /// A short hash of a manifest, for its mirror.
    pub(super) fn manifest_print(&self, manifest: &Manifest) -> Result<[u8; 16], StoreError> {
        let plain = codec::encode(manifest).map_err(undecoded("The manifest"))?;
        let mut print = [0; 16];
        print.copy_from_slice(&self.mirror.derive("fingerprint").hmac(&[&plain])[..16]);
        Ok(print)
    }

    /// The manifest as it is stored.
    pub(super) fn seal_manifest(&self, manifest: &Manifest) -> Result<Vec<u8>, StoreError> {
        let plain = codec::encode(manifest).map_err(undecoded("The manifest"))?;
        seal::seal(&self.values, Owner::System, &keys::manifest(), manifest.sequence, &plain).map_err(unsealed("The manifest"))
    }
}
