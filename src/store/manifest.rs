//! The manifest: how many records of each kind there should be, and a digest of them. sled opens silently truncated or empty after
//! damage; comparing what is found with the manifest is what notices it.
//!
//! It is written sealed in the same batch as the records, and its number is mirrored in the small file `manifest` *after* the batch is
//! durable, in two slots that take turns. So the mirror is never ahead of the database, unless the database was put back.

use super::keys::Kind;
use super::master::{bytes_from_hex, to_hex};
use super::seal::{Secret, tag};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use subtle::ConstantTimeEq;

/// Count and digest of the records of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    count: u64,
    digest: u128,
}

/// Counts and digests by [`Kind::place`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tallies([Tally; 8]);

/// Keyed fingerprints of single records; their wrapping sum is a digest which does not depend on order and changes in O(1).
#[derive(Clone)]
pub(super) struct Fingerprints(Sha256);

impl std::fmt::Debug for Fingerprints {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Fingerprints(…)")
    }
}

impl Fingerprints {
    pub(super) fn new(secret: &Secret) -> Self {
        // One whole block, so that only the record itself is hashed for each record.
        Self(Sha256::new().chain_update(secret.reveal()).chain_update([0; 32]))
    }

    /// Fingerprint of a record: its key, and the tag of its value, which stands for the whole sealed value.
    fn of(&self, key: &[u8], value: &[u8]) -> u128 {
        let hash = self.0.clone().chain_update(tag(value)).chain_update(key).finalize();
        let mut first = [0; 16];
        first.copy_from_slice(&hash[..16]);
        u128::from_be_bytes(first)
    }
}

impl Tallies {
    /// Counts a record in.
    pub(super) fn add(&mut self, fingerprints: &Fingerprints, key: &[u8], value: &[u8]) {
        if let Some(tally) = self.of(key) {
            tally.count = tally.count.wrapping_add(1);
            tally.digest = tally.digest.wrapping_add(fingerprints.of(key, value));
        }
    }

    /// Counts a record out.
    pub(super) fn remove(&mut self, fingerprints: &Fingerprints, key: &[u8], value: &[u8]) {
        if let Some(tally) = self.of(key) {
            tally.count = tally.count.wrapping_sub(1);
            tally.digest = tally.digest.wrapping_sub(fingerprints.of(key, value));
        }
    }

    /// Counts in what was counted elsewhere.
    pub(super) fn merge(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            mine.count = mine.count.wrapping_add(theirs.count);
            mine.digest = mine.digest.wrapping_add(theirs.digest);
        }
    }

    fn of(&mut self, key: &[u8]) -> Option<&mut Tally> {
        self.0.get_mut(Kind::of(key)?.place()?)
    }

    /// How many records of a kind.
    pub(super) fn count(&self, kind: Kind) -> u64 {
        kind.place().and_then(|place| self.0.get(place)).map_or(0, |tally| tally.count)
    }

    /// The first kind in which the two differ.
    pub(super) fn difference(&self, other: &Self) -> Option<(Kind, u64, u64)> {
        let pairs = Kind::COUNTED.iter().zip(self.0.iter().zip(&other.0));
        pairs.into_iter().find(|(_, (mine, theirs))| mine != theirs).map(|(kind, (mine, theirs))| (*kind, mine.count, theirs.count))
    }
}

/// The manifest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Number of the write; grows by one.
    pub sequence: u64,
    /// Highest number that an outgoing message ever had.
    pub highest_outbound: Option<u64>,
    /// The cursor of the caller.
    pub cursor: Option<i64>,
    /// `now` of the last write that named it.
    pub last_wall: Option<DateTime<Utc>>,
    /// What should be there.
    #[serde(with = "as_lines")]
    pub tallies: Tallies,
}

/// Tallies as `[["p",30,"…32 hexadecimal digits…"], …]`.
mod as_lines {
    use super::{Kind, Tallies, Tally, bytes_from_hex, to_hex};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(tallies: &Tallies, serializer: S) -> Result<S::Ok, S::Error> {
        let lines: Vec<(char, u64, String)> = Kind::COUNTED
            .iter()
            .zip(&tallies.0)
            .map(|(kind, tally)| (char::from(kind.letter()), tally.count, to_hex(&tally.digest.to_be_bytes())))
            .collect();
        lines.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tallies, D::Error> {
        let mut tallies = Tallies::default();
        for (letter, count, digest) in Vec::<(char, u64, String)>::deserialize(deserializer)? {
            let place = Kind::COUNTED.iter().position(|kind| char::from(kind.letter()) == letter);
            let digest = bytes_from_hex(&digest).and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
            match (place.and_then(|place| tallies.0.get_mut(place)), digest) {
                (Some(tally), Some(digest)) => *tally = Tally { count, digest: u128::from_be_bytes(digest) },
                _ => return Err(D::Error::custom("unknown kind of record")),
            }
        }
        Ok(tallies)
    }
}

const MAGIC: &[u8; 8] = b"cairnmf1";
const SLOT: usize = 64;
/// The slots lie in different pages of the disk, so that a torn write spoils only one.
const APART: u64 = 4096;

/// What a mirror says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mirrored {
    /// The number of the newest acknowledged write.
    pub sequence: u64,
    /// A hash of the manifest of that write.
    pub fingerprint: [u8; 16],
}

/// The file `manifest`.
#[derive(Debug)]
pub(super) struct Mirror {
    file: File,
    secret: Secret,
}

impl Mirror {
    /// Makes the file, durable with its name; both slots say the same.
    pub(super) fn create(path: &Path, secret: Secret, first: Mirrored) -> io::Result<Self> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(true).open(path)?;
        let slot = slot(&secret, first);
        file.write_all(&slot)?;
        file.seek(SeekFrom::Start(APART))?;
        file.write_all(&slot)?;
        file.sync_all()?;
        super::keyring::sync_folder(path.parent())?;
        Ok(Self { file, secret })
    }

    /// Opens the file and reads the newest slot; `None` if neither slot is whole.
    pub(super) fn open(path: &Path, secret: Secret) -> io::Result<(Self, Option<Mirrored>)> {
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        let mut newest: Option<Mirrored> = None;
        for at in [0, APART] {
            let mut bytes = Vec::with_capacity(SLOT);
            file.seek(SeekFrom::Start(at))?;
            (&mut file).take(SLOT as u64).read_to_end(&mut bytes)?;
            if let Some(found) = read_slot(&secret, &bytes)
                && newest.is_none_or(|other| other.sequence < found.sequence)
            {
                newest = Some(found);
            }
        }
        Ok((Self { file, secret }, newest))
    }

    /// Writes one slot. Not synced: an older mirror is harmless.
    pub(super) fn write(&mut self, mirrored: Mirrored) -> io::Result<()> {
        self.file.seek(SeekFrom::Start((mirrored.sequence % 2) * APART))?;
        self.file.write_all(&slot(&self.secret, mirrored))
    }
}

fn slot(secret: &Secret, mirrored: Mirrored) -> [u8; SLOT] {
    let mut bytes = [0; SLOT];
    bytes[..8].copy_from_slice(MAGIC);
    bytes[8..16].copy_from_slice(&mirrored.sequence.to_be_bytes());
    bytes[16..32].copy_from_slice(&mirrored.fingerprint);
    let mac = secret.hmac(&[&bytes[..32]]);
    bytes[32..].copy_from_slice(&mac);
    bytes
}

fn read_slot(secret: &Secret, bytes: &[u8]) -> Option<Mirrored> {
    if bytes.len() != SLOT || !bytes.starts_with(MAGIC) {
        return None;
    }
    let mac = secret.hmac(&[&bytes[..32]]);
    if !bool::from(mac.as_slice().ct_eq(&bytes[32..])) {
        return None;
    }
    Some(Mirrored { sequence: u64::from_be_bytes(bytes[8..16].try_into().ok()?), fingerprint: bytes[16..32].try_into().ok()? })
}
