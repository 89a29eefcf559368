//! Keys of the one tree: a letter for the kind of record, then big-endian numbers, so that bytes order like values.

use crate::model::ids::{OutboundId, PatientId};
use chrono::{DateTime, Utc};

/// The kinds of record. The letter is the first byte of every key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// HMAC of a chat id → patient.
    Chat,
    /// (instant, patient) → nothing: an index of the timers in the patients.
    Due,
    /// Invitation by HMAC of its code.
    Invitation,
    /// (patient, revision) → the events of that change.
    Journal,
    /// The one manifest.
    Manifest,
    /// Unsettled message by its number.
    Outbox,
    /// The patient.
    Patient,
    /// Write number → the update ids that were seen in it.
    Seen,
    /// Tombstone of an erased patient.
    Erased,
}

impl Kind {
    /// All kinds that the manifest counts: all but the manifest itself.
    pub const COUNTED: [Self; 8] = [Self::Chat, Self::Due, Self::Invitation, Self::Journal, Self::Outbox, Self::Patient, Self::Seen, Self::Erased];

    /// First byte of its keys.
    #[must_use]
    pub const fn letter(self) -> u8 {
        match self {
            Self::Chat => b'c',
            Self::Due => b'd',
            Self::Invitation => b'i',
            Self::Journal => b'j',
            Self::Manifest => b'm',
            Self::Outbox => b'o',
            Self::Patient => b'p',
            Self::Seen => b's',
            Self::Erased => b'x',
        }
    }

    /// Place in a list by kind, `0..8`; `None` for the manifest.
    #[must_use]
    pub fn place(self) -> Option<usize> {
        Self::COUNTED.iter().position(|kind| *kind == self)
    }

    /// Which kind of record this key names; `None` if it is not a key of ours.
    #[must_use]
    pub fn of(key: &[u8]) -> Option<Self> {
        let (letter, rest) = key.split_first()?;
        let (kind, length) = match letter {
            b'c' => (Self::Chat, 32),
            b'd' => (Self::Due, 16),
            b'i' => (Self::Invitation, 32),
            b'j' => (Self::Journal, 16),
            b'm' => (Self::Manifest, 0),
            b'o' => (Self::Outbox, 8),
            b'p' => (Self::Patient, 8),
            b's' => (Self::Seen, 8),
            b'x' => (Self::Erased, 8),
            _ => return None,
        };
        (rest.len() == length).then_some(kind)
    }
}

fn numbered(kind: Kind, numbers: &[u64]) -> Vec<u8> {
    let mut key = Vec::with_capacity(1 + 8 * numbers.len());
    key.push(kind.letter());
    for number in numbers {
        key.extend_from_slice(&number.to_be_bytes());
    }
    key
}

/// Key of a patient.
#[must_use]
pub fn patient(id: PatientId) -> Vec<u8> {
    numbered(Kind::Patient, &[id.0])
}

/// Key of the journal of one change.
#[must_use]
pub fn journal(id: PatientId, revision: u64) -> Vec<u8> {
    numbered(Kind::Journal, &[id.0, revision])
}

/// What all keys of a patient's journal begin with.
#[must_use]
pub fn journal_of(id: PatientId) -> Vec<u8> {
    numbered(Kind::Journal, &[id.0])
}

/// Key of an outgoing message.
#[must_use]
pub fn outbox(id: OutboundId) -> Vec<u8> {
    numbered(Kind::Outbox, &[id.0])
}

/// Key of the update ids seen in one write.
#[must_use]
pub fn seen(sequence: u64) -> Vec<u8> {
    numbered(Kind::Seen, &[sequence])
}

/// Key of a tombstone.
#[must_use]
pub fn erased(id: PatientId) -> Vec<u8> {
    numbered(Kind::Erased, &[id.0])
}

/// Key of the manifest.
#[must_use]
pub fn manifest() -> Vec<u8> {
    numbered(Kind::Manifest, &[])
}

/// Key that holds a HMAC.
#[must_use]
pub fn hashed(kind: Kind, hash: &[u8; 32]) -> Vec<u8> {
    let mut key = Vec::with_capacity(33);
    key.push(kind.letter());
    key.extend_from_slice(hash);
    key
}

/// Key of a due entry. Fractions of a millisecond are rounded up, so that an entry is never found before its timer.
#[must_use]
pub fn due(at: DateTime<Utc>, id: PatientId) -> Vec<u8> {
    let fraction = i64::from(!at.timestamp_subsec_nanos().is_multiple_of(1_000_000));
    numbered(Kind::Due, &[ordered(at.timestamp_millis().saturating_add(fraction)), id.0])
}

/// The first key after all entries that are due at `now`.
#[must_use]
pub fn due_end(now: DateTime<Utc>) -> Vec<u8> {
    numbered(Kind::Due, &[ordered(now.timestamp_millis()).saturating_add(1)])
}

/// The two numbers after the letter, where there are two.
fn number(key: &[u8], place: usize) -> Option<u64> {
    let bytes = key.get(1 + 8 * place..9 + 8 * place)?;
    bytes.try_into().ok().map(u64::from_be_bytes)
}

/// The instant and the patient of a due entry.
#[must_use]
pub fn read_due(key: &[u8]) -> Option<(DateTime<Utc>, PatientId)> {
    let at = DateTime::from_timestamp_millis(unordered(number(key, 0)?))?;
    Some((at, PatientId(number(key, 1)?)))
}

/// The patient in a key of a patient, a journal or a tombstone.
#[must_use]
pub fn read_patient(key: &[u8]) -> Option<PatientId> {
    match Kind::of(key)? {
        Kind::Patient | Kind::Journal | Kind::Erased => number(key, 0).map(PatientId),
        _ => None,
    }
}

/// The write number in a key of seen updates.
#[must_use]
pub fn read_seen(key: &[u8]) -> Option<u64> {
    (Kind::of(key)? == Kind::Seen).then(|| number(key, 0)).flatten()
}

/// A signed number as an unsigned one of the same order.
fn ordered(number: i64) -> u64 {
    number.cast_unsigned() ^ (1 << 63)
}

fn unordered(number: u64) -> i64 {
    (number ^ (1 << 63)).cast_signed()
}
