//! Backup while running: one age-encrypted file of JSON lines, readable with the `age` tool and its key, too.
//!
//! First all records are read while writes go on; then, with writes held for a moment, those which changed meanwhile are
//! written again. Whoever applies the lines in order has the store as it was at that moment.

use super::error::{OpenError, StoreError};
use super::keys::Kind;
use super::manifest::Manifest;
use super::master::{read_secret_text, to_hex, write_secret_text};
use super::seal::{self, Owner};
use super::{Store, failed, unsealed};
use age::secrecy::ExposeSecret;
use age::stream::StreamWriter;
use age::x25519::{Identity, Recipient};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::PoisonError;

/// Version of the lines.
pub(super) const BACKUP_VERSION: u32 = 1;

/// The key of backups: an age key file. With an identity (`AGE-SECRET-KEY-1…`) it can back up and restore; with only a recipient
/// (`age1…`) it can back up but not read what it wrote, so the identity can be kept away from the server.
pub struct BackupKey {
    recipient: Recipient,
    identity: Option<Identity>,
}

impl std::fmt::Debug for BackupKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("BackupKey(…)")
    }
}

impl BackupKey {
    /// Reads a key file. Lines that begin with `#` are ignored, as in all age key files.
    ///
    /// # Errors
    /// [`OpenError::KeyUnreadable`] or [`OpenError::KeyMalformed`].
    pub fn load(path: &Path) -> Result<Self, OpenError> {
        let text = read_secret_text(path)?;
        let malformed = |reason| OpenError::KeyMalformed { path: path.to_owned(), reason };
        let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).ok_or_else(|| malformed("it is empty"))?;
        if let Ok(identity) = line.parse::<Identity>() {
            return Ok(Self { recipient: identity.to_public(), identity: Some(identity) });
        }
        let recipient = line.parse().map_err(|_| malformed("a backup key is a line AGE-SECRET-KEY-1… or age1…"))?;
        Ok(Self { recipient, identity: None })
    }

    /// Makes a new key and writes it to `path`, readable by its owner only. Never overwrites.
    ///
    /// # Errors
    /// [`OpenError::KeyExists`] if there is a file already, [`OpenError::Io`] otherwise.
    pub fn create(path: &Path) -> Result<Self, OpenError> {
        let identity = Identity::generate();
        let recipient = identity.to_public();
        write_secret_text(path, &format!("# public key: {recipient}\n{}\n", identity.to_string().expose_secret()))?;
        Ok(Self { recipient, identity: Some(identity) })
    }

    /// A key that is kept nowhere, for tests.
    #[must_use]
    pub fn random() -> Self {
        let identity = Identity::generate();
        Self { recipient: identity.to_public(), identity: Some(identity) }
    }

    /// The same key without the part that can read backups.
    #[must_use]
    pub fn only_for_writing(&self) -> Self {
        Self { recipient: self.recipient.clone(), identity: None }
    }

    pub(super) fn identity(&self) -> Option<&Identity> {
        self.identity.as_ref()
    }
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BackupSummary {
    /// Patients.
    pub patients: u64,
    /// Changes in journals.
    pub journal: u64,
    /// Unsettled messages.
    pub outbox: u64,
    /// Open invitations.
    pub invitations: u64,
    /// Tombstones of erased patients.
    pub erased: u64,
    /// The instant of the backup.
    pub at: DateTime<Utc>,
}

impl BackupSummary {
    /// What a store with this manifest holds.
    pub(super) fn of(manifest: &Manifest, at: DateTime<Utc>) -> Self {
        let count = |kind| manifest.tallies.count(kind);
        Self {
            patients: count(Kind::Patient),
            journal: count(Kind::Journal),
            outbox: count(Kind::Outbox),
            invitations: count(Kind::Invitation),
            erased: count(Kind::Erased),
            at,
        }
    }
}

/// One line of a backup. Keys are in hexadecimal digits; values are the versioned JSON of the store.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Line {
    /// The first line. `secret` lets invitations be found again, of which only hashes are stored.
    Begin { version: u32, at: DateTime<Utc>, secret: String },
    /// A record; it takes the place of an earlier one with the same key.
    Put {
        key: String,
        #[serde(default)]
        patient: Option<u64>,
        value: Box<RawValue>,
    },
    /// A record that was removed while the backup ran.
    Remove { key: String },
    /// The last line: where the store stood, and how many lines came before.
    End { lines: u64, sequence: u64, highest_outbound: Option<u64>, cursor: Option<i64>, last_wall: Option<DateTime<Utc>>, summary: BackupSummary },
}

/// Lines into an encrypted file.
struct Lines {
    output: StreamWriter<BufWriter<File>>,
    count: u64,
}

impl Lines {
    fn write(&mut self, line: &Line) -> Result<(), StoreError> {
        self.count += 1;
        serde_json::to_writer(&mut self.output, line).map_err(io::Error::from).and_then(|()| self.output.write_all(b"\n")).map_err(unwritten)
    }
}

fn unwritten(source: io::Error) -> StoreError {
    StoreError::Io { doing: "write the backup", source }
}

/// Whether a record is not in backups: indices are derived again, and the manifest is made anew, by the restore.
fn is_derived(key: &[u8]) -> bool {
    matches!(Kind::of(key), Some(Kind::Chat | Kind::Due | Kind::Manifest))
}

impl Store {
    /// Writes an encrypted backup of the whole store to the new file `to`, while the store is in use. The file appears under its name
    /// only when it is whole and durable.
    ///
    /// # Errors
    /// [`StoreError::BackupExists`], [`StoreError::Io`], and [`StoreError::Damaged`] if something cannot be read.
    pub fn backup(&self, now: DateTime<Utc>, to: &Path, pass: &BackupKey) -> Result<BackupSummary, StoreError> {
        if to.exists() {
            return Err(StoreError::BackupExists { path: to.to_owned() });
        }
        let _one_at_a_time = self.backups.lock().unwrap_or_else(PoisonError::into_inner);
        let mut name = to.as_os_str().to_owned();
        name.push(".partial");
        let partial = Path::new(&name);
        let written = self.write_backup(now, partial, pass).and_then(|summary| {
            std::fs::rename(partial, to)
                .and_then(|()| super::keyring::sync_folder(to.parent().filter(|folder| !folder.as_os_str().is_empty())))
                .map_err(unwritten)?;
            Ok(summary)
        });
        if written.is_err() {
            // Half a backup is worth nothing; if it cannot be removed, the next backup overwrites it.
            let _overwritten_next_time = std::fs::remove_file(partial);
        }
        self.writer.lock().unwrap_or_else(PoisonError::into_inner).touched = None;
        written
    }

    fn write_backup(&self, now: DateTime<Utc>, to: &Path, pass: &BackupKey) -> Result<BackupSummary, StoreError> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(to).map_err(unwritten)?;
        let encryptor = age::Encryptor::with_recipients(std::iter::once(&pass.recipient as &dyn age::Recipient))
            .map_err(|_| unwritten(io::Error::other("the backup key cannot be used")))?;
        let output = encryptor.wrap_output(BufWriter::new(file)).map_err(unwritten)?;
        let mut lines = Lines { output, count: 0 };
        lines.write(&Line::Begin { version: BACKUP_VERSION, at: now, secret: to_hex(self.secrets.store.reveal()) })?;
        self.writer.lock().map_err(|_| StoreError::Stopped)?.touched = Some(BTreeSet::new());
        self.tree.scan(&[], None, |key, sealed| self.write_record(&mut lines, key, sealed).map(|()| true))?;
        let summary = self.write_rest(&mut lines, now)?;
        let file = lines.output.finish().map_err(unwritten)?.into_inner().map_err(|error| unwritten(error.into_error()))?;
        file.sync_all().map_err(unwritten)?;
        Ok(summary)
    }

    /// Writes again what changed meanwhile, and the end. Writes wait for this.
    fn write_rest(&self, lines: &mut Lines, now: DateTime<Utc>) -> Result<BackupSummary, StoreError> {
        let mut writer = self.writer.lock().map_err(|_| StoreError::Stopped)?;
        if writer.stopped {
            return Err(StoreError::Stopped);
        }
        for key in writer.touched.take().unwrap_or_default().into_iter().filter(|key| !is_derived(key)) {
            match self.tree.get(&key).map_err(failed("read"))? {
                Some(sealed) => self.write_record(lines, &key, &sealed)?,
                None => lines.write(&Line::Remove { key: to_hex(&key) })?,
            }
        }
        let manifest = &writer.manifest;
        let summary = BackupSummary::of(manifest, now);
        let (highest_outbound, cursor, last_wall) = (manifest.highest_outbound, manifest.cursor, manifest.last_wall);
        lines.write(&Line::End { lines: lines.count, sequence: manifest.sequence, highest_outbound, cursor, last_wall, summary: summary.clone() })?;
        Ok(summary)
    }

    fn write_record(&self, lines: &mut Lines, key: &[u8], sealed: &[u8]) -> Result<(), StoreError> {
        const WHAT: &str = "A record to be backed up";
        if is_derived(key) {
            return Ok(());
        }
        let owner = seal::outside(sealed).map_err(unsealed(WHAT))?.owner;
        let patient = match owner {
            Owner::System => None,
            Owner::Patient(id) => Some(id.0),
        };
        if let Owner::Patient(_) = owner
            && self.secret(owner).is_none()
        {
            // Erased between the reading of this record and now: the rest of the backup says so.
            return Ok(());
        }
        let plain = self.open_value(key, sealed, WHAT)?;
        let value = serde_json::from_slice(&plain).map_err(|_| StoreError::Damaged { what: WHAT })?;
        lines.write(&Line::Put { key: to_hex(key), patient, value })
    }
}

impl std::fmt::Display for BackupSummary {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { patients, journal, outbox, invitations, erased, at } = self;
        write!(
            formatter,
            "{patients} patients, {journal} journal records, {outbox} messages waiting, {invitations} invitations, {erased} erased, as of {} UTC",
            at.format("%Y-%m-%d %H:%M")
        )
    }
}
