//! What can go wrong with the store. Every sentence says what happened and what to do next; none holds a patient's data.

use crate::model::ids::PatientId;
use std::path::PathBuf;
use thiserror::Error;

/// The way back from damage, the same words everywhere so that it can be searched for.
pub const WAY_BACK: &str =
    "To go back to the last good state, move this folder aside and restore the last backup: cairn restore --from FILE --backup-key FILE";

/// Why a store (or its key, or a backup) could not be opened. Nothing was started with half of the data.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The master key file cannot be read.
    #[error(
        "The master key {path} cannot be read ({source}). Check the path and the rights of the file; without this key the store cannot be opened by anybody"
    )]
    KeyUnreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The master key file holds something else.
    #[error("{path} is not a Cairn key: {reason}. Give the file that was made when the store (or the backup) was set up")]
    KeyMalformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A key would have been overwritten.
    #[error("{path} exists already and was not overwritten: a lost key cannot be brought back. Choose another name, or use the key that is there")]
    KeyExists {
        /// The file.
        path: PathBuf,
    },
    /// The master key does not fit the key ring.
    #[error(
        "The master key does not fit the key ring in {folder}: it is the key of another store, or the key ring is damaged. Give the right key. {WAY_BACK}"
    )]
    WrongKey {
        /// The data folder.
        folder: PathBuf,
    },
    /// Another process holds the store.
    #[error("Another Cairn is using the store in {folder}. Stop it first: one store belongs to one process")]
    InUse {
        /// The data folder.
        folder: PathBuf,
    },
    /// The system refused something.
    #[error(
        "The store could not {doing} ({source}). Check the free space, the rights and the disk of the data folder, then start again. If that does not help: {WAY_BACK}"
    )]
    Io {
        /// What was tried, as in "could not …".
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// What was stored is not what is there.
    #[error("The store in {folder} is damaged and was not opened: {what}. {WAY_BACK}")]
    Damaged {
        /// The data folder.
        folder: PathBuf,
        /// What was found.
        what: String,
    },
    /// The database is older than what was last acknowledged.
    #[error(
        "The database in {folder} is older than the last write that was acknowledged (number {found}, acknowledged {acknowledged}), so it was not opened: an old copy was put back, or its end was lost or damaged. {WAY_BACK}"
    )]
    RolledBack {
        /// The data folder.
        folder: PathBuf,
        /// Number of the newest write in the database.
        found: u64,
        /// Number of the newest acknowledged write.
        acknowledged: u64,
    },
    /// Written in a format that this program does not know.
    #[error(
        "This was written in format {found}, and this Cairn knows up to {known}: use the newer Cairn that wrote it. If none was ever used here, it is damaged. {WAY_BACK}"
    )]
    Newer {
        /// The version that was found.
        found: u32,
        /// The newest known version.
        known: u32,
    },
    /// A restore stopped half-way.
    #[error("A restore into {folder} did not finish, so the store is not complete. Run it again: cairn restore --from FILE --backup-key FILE")]
    RestoreUnfinished {
        /// The data folder.
        folder: PathBuf,
    },
    /// The folder to restore into holds something.
    #[error(
        "{folder} is not empty, and nothing in it was touched. Restore into an empty folder; only the file `keyring` of the lost store may be in it, so that erased patients stay erased"
    )]
    NotEmpty {
        /// The folder.
        folder: PathBuf,
    },
    /// A backup cannot be used.
    #[error(
        "The backup was refused whole and nothing was restored: {what}. Try the key that belongs to it, another copy of the file, or an older backup"
    )]
    BadBackup {
        /// What is wrong with it.
        what: &'static str,
    },
    /// Making the first records failed.
    #[error("The new store could not be written. {0}")]
    Writing(#[from] StoreError),
}

impl OpenError {
    /// The exit code of the program for this error: 10 key, 11 wrong key, 12 in use, 13 system, 14 damaged, 15 rolled back,
    /// 16 written by a newer Cairn, 17 unfinished restore, 18 folder not empty, 19 bad backup.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::KeyUnreadable { .. } | Self::KeyMalformed { .. } | Self::KeyExists { .. } => 10,
            Self::WrongKey { .. } => 11,
            Self::InUse { .. } => 12,
            Self::Io { .. } | Self::Writing(_) => 13,
            Self::Damaged { .. } => 14,
            Self::RolledBack { .. } => 15,
            Self::Newer { .. } => 16,
            Self::RestoreUnfinished { .. } => 17,
            Self::NotEmpty { .. } => 18,
            Self::BadBackup { .. } => 19,
        }
    }

    /// Whether this came from the stored data (and not from its surroundings): then the last backup is the way back.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::RolledBack { .. } | Self::Newer { .. } | Self::WrongKey { .. })
    }
}

/// Why an open store could not read or write.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The patient was changed since the caller read them. Nothing was written: read again and decide again.
    #[error("Patient {} was changed meanwhile (expected revision {expected:?}, found {found:?}); nothing was written. Read the patient again", .patient.0)]
    Conflict {
        /// Who.
        patient: PatientId,
        /// What the caller had read; `None` for a new patient.
        expected: Option<u64>,
        /// What is stored; `None` if nobody is.
        found: Option<u64>,
    },
    /// The chat belongs to another patient. Nothing was written.
    #[error("The chat of patient {} already belongs to another patient; nothing was written. Unlink that one first", .patient.0)]
    ChatTaken {
        /// Who was to get the chat.
        patient: PatientId,
    },
    /// The patient was erased, and an erased number is never used again. Nothing was written.
    #[error("Patient {} was erased; nothing was written. Begin a new record under a new number", .patient.0)]
    Erased {
        /// Who.
        patient: PatientId,
    },
    /// The caller broke a rule of [`super::Batch`]. Nothing was written.
    #[error("The batch breaks a rule of the store ({0}); nothing was written. This is a fault in Cairn: please report it")]
    BadBatch(&'static str),
    /// A stored value cannot be trusted.
    #[error("{what} is damaged. Stop Cairn and start it again to check the whole store. {WAY_BACK}")]
    Damaged {
        /// What was being read.
        what: &'static str,
    },
    /// Written in a format that this program does not know.
    #[error("A value was written in format {found}, and this Cairn knows up to {known}: use the newer Cairn that wrote it")]
    Newer {
        /// The version that was found.
        found: u32,
        /// The newest known version.
        known: u32,
    },
    /// The system refused something. After a failed write the store takes no more writes until it is opened again.
    #[error("The store could not {doing} ({source}). Check the free space and the disk, then restart Cairn: it checks everything when it opens")]
    Io {
        /// What was tried, as in "could not …".
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// An earlier write failed, so what is on the disk is no longer certain.
    #[error(
        "An earlier write failed, so nothing more is written. Check the free space and the disk, then restart Cairn: it checks everything when it opens"
    )]
    Stopped,
    /// The backup file exists.
    #[error("{path} exists already and was not overwritten. Give the backup another name")]
    BackupExists {
        /// The file.
        path: PathBuf,
    },
}
