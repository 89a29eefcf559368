//! Invitations made by another process: `cairn invite` works while the store is in use, by leaving a sealed file that the
//! serving process finds when its code is used. A used code leaves a mark in the tree, so the file cannot be used again.

use super::codec::{self, Shape};
use super::error::{OpenError, StoreError};
use super::keyring::{self, Loaded, RingFile};
use super::master::{MasterKey, to_hex};
use super::open::{self, Found, KEYRING};
use super::seal::{self, Owner};
use super::secrets::Secrets;
use super::{Settings, Store, undecoded, unsealed};
use crate::model::link_worker::Invitation;
use chrono::DateTime;
use std::fs;
use std::path::{Path, PathBuf};

const FOLDER: &str = "invitations";
const WHAT: &str = "An invitation";

/// Leaves an invitation for the store in `dir`; makes the store if there is none.
///
/// # Errors
/// As opening the store: without its key nothing can be sealed for it.
pub fn write(dir: &Path, key: &MasterKey, code: &str, invitation: &Invitation) -> Result<(), OpenError> {
    if open::look(dir) == Found::Nothing {
        drop(Store::open(dir, key, Settings::default())?);
    }
    let Loaded { store, .. } = RingFile::load(&dir.join(KEYRING), key, dir)?;
    let secrets = Secrets::new(store);
    let name = name(&secrets, code);
    let plain = codec::encode(invitation).map_err(undecoded(WHAT))?;
    let sealed = seal::seal(&secrets.values, Owner::System, name.as_bytes(), 0, &plain).map_err(unsealed(WHAT))?;
    let folder = dir.join(FOLDER);
    fs::create_dir_all(&folder)
        .and_then(|()| keyring::sync_folder(Some(dir)))
        .and_then(|()| keyring::replace(&folder.join(name), &sealed))
        .map_err(|source| OpenError::Io { doing: "leave the invitation in the data folder", source })
}

fn name(secrets: &Secrets, code: &str) -> String {
    to_hex(&secrets.invitation_hash(code))
}

/// What stands in the tree for a code that was used up.
pub(super) fn used() -> Invitation {
    Invitation { link_worker: None, expires_at: DateTime::UNIX_EPOCH }
}

impl Store {
    /// Whether there is a store, or a part of one, in the folder.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        open::look(dir) != Found::Nothing
    }

    fn spooled(&self, code: &str) -> PathBuf {
        self.folder.join(FOLDER).join(name(&self.secrets, code))
    }

    /// An invitation that another process left, if it can be read. A file that does not open is no invitation.
    pub(super) fn spooled_invitation(&self, code: &str) -> Option<Invitation> {
        let sealed = fs::read(self.spooled(code)).ok()?;
        let plain = seal::unseal(&self.secrets.values, name(&self.secrets, code).as_bytes(), &sealed).ok()?;
        codec::decode(Shape::Invitation, &plain).ok()
    }

    /// Removes the files of codes that were used up. The mark in the tree already makes them worthless, so a failure harms nobody.
    pub(super) fn forget_spooled<'a>(&self, codes: impl Iterator<Item = &'a String>) {
        for code in codes {
            let _worthless = fs::remove_file(self.spooled(code));
        }
    }

    /// The invitation with this code, from the tree or left by another process; none if it was used up.
    pub(super) fn invitation_or_spooled(&self, code: &str) -> Result<Option<Invitation>, StoreError> {
        match self.invitation_mark(code)? {
            Some(mark) if mark == used() => Ok(None),
            Some(invitation) => Ok(Some(invitation)),
            None => Ok(self.spooled_invitation(code)),
        }
    }
}
