//! Checking an existing store: every record is opened, counted and fingerprinted, and compared with the manifest and its mirror.

use super::codec::{self, CodecError};
use super::error::OpenError;
use super::keyring::{Entries, Entry};
use super::keys::{self, Kind};
use super::manifest::{Manifest, Mirrored, Tallies};
use super::open::{damaged, read_manifest, unopened};
use super::seal::{self, Owner, SealError, Secret};
use super::secrets::Secrets;
use super::seen::SeenRecords;
use super::tree::{Fault, Tree};
use crate::model::ids::PatientId;
use std::path::Path;

/// So many patients make a big store.
const MANY: usize = 4_000;

/// What a check found in a store that is whole.
#[derive(Debug)]
pub(super) struct Findings {
    pub manifest: Manifest,
    pub seen: SeenRecords,
    /// The patients with a tombstone in the database.
    pub erased: Vec<PatientId>,
}

/// What is wrong.
#[derive(Debug)]
enum Wrong {
    Database(Fault),
    Record(&'static str),
    Newer { found: u32, known: u32 },
}

impl From<Fault> for Wrong {
    fn from(fault: Fault) -> Self {
        Self::Database(fault)
    }
}

impl From<SealError> for Wrong {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Newer { found } => Self::Newer { found: found.into(), known: seal::FORMAT.into() },
            SealError::Refused | SealError::NoRandomness => Self::Record("a record was altered or moved"),
        }
    }
}

impl From<CodecError> for Wrong {
    fn from(error: CodecError) -> Self {
        match error {
            CodecError::Newer { found } => Self::Newer { found, known: codec::CURRENT },
            CodecError::Malformed => Self::Record("a record cannot be read"),
        }
    }
}

impl Wrong {
    fn sentence(self, dir: &Path) -> OpenError {
        match self {
            Self::Database(fault) => unopened(dir, fault),
            Self::Record(what) => damaged(dir, what),
            Self::Newer { found, known } => OpenError::Newer { found, known },
        }
    }
}

/// Checks all records. A store that passes holds exactly what its newest acknowledged write left (or a write after that which was
/// durable but not acknowledged yet).
pub(super) fn verify(dir: &Path, tree: &Tree, secrets: &Secrets, entries: &Entries, mirrored: Mirrored) -> Result<Findings, OpenError> {
    // Two threads for a big store, because most of the work is opening seals. The journals are the bulk; the patients come after them.
    let middle = keys::journal_of(PatientId(0xa000_0000_0000_0000));
    let check = |from: &[u8], to: Option<&[u8]>| {
        let mut check = Check::new(secrets, entries);
        tree.scan(from, to, |key, value| check.record(key, value).map(|()| true)).map(|()| check)
    };
    let (first, second) = if entries.len() < MANY {
        (check(&[], Some(&middle)), check(&middle, None))
    } else {
        std::thread::scope(|scope| {
            let first = scope.spawn(|| check(&[], Some(&middle)));
            let second = check(&middle, None);
            (first.join().unwrap_or(Err(Wrong::Database(Fault::Broken))), second)
        })
    };
    let (first, second) = (first.map_err(|wrong| wrong.sentence(dir))?, second.map_err(|wrong| wrong.sentence(dir))?);
    // All but chats, timers, invitations and journals comes after the middle.
    let Check { mut tallies, manifest, seen, erased, .. } = second;
    tallies.merge(&first.tallies);
    let manifest = manifest.ok_or_else(|| damaged(dir, "the database is empty although there was a store"))?;
    if manifest.sequence < mirrored.sequence {
        return Err(OpenError::RolledBack { folder: dir.to_owned(), found: manifest.sequence, acknowledged: mirrored.sequence });
    }
    if let Some((kind, should, is)) = manifest.tallies.difference(&tallies) {
        return Err(damaged(
            dir,
            format!("records of kind `{}` were lost or altered ({should} should be there, {is} are)", char::from(kind.letter())),
        ));
    }
    if manifest.sequence == mirrored.sequence && secrets.manifest_print(&manifest)? != mirrored.fingerprint {
        return Err(damaged(dir, "the database is not the one whose last write was acknowledged"));
    }
    Ok(Findings { manifest, seen, erased })
}

struct Check<'a> {
    secrets: &'a Secrets,
    entries: &'a Entries,
    /// The key of the patient of the last record: records of one patient follow one another.
    last: Option<(PatientId, &'a Secret)>,
    tallies: Tallies,
    manifest: Option<Manifest>,
    seen: SeenRecords,
    erased: Vec<PatientId>,
}

impl<'a> Check<'a> {
    fn new(secrets: &'a Secrets, entries: &'a Entries) -> Self {
        let (last, manifest) = (None, None);
        Self { secrets, entries, last, tallies: Tallies::default(), manifest, seen: SeenRecords::default(), erased: Vec::new() }
    }

    fn record(&mut self, key: &[u8], value: &[u8]) -> Result<(), Wrong> {
        let kind = Kind::of(key).ok_or(Wrong::Record("there is a record of an unknown kind"))?;
        self.tallies.add(&self.secrets.prints, key, value);
        if kind == Kind::Due {
            return if value.is_empty() { Ok(()) } else { Err(Wrong::Record("an entry of the timers is not empty")) };
        }
        let owner = seal::outside(value)?.owner;
        let fits = match kind {
            Kind::Patient | Kind::Journal => keys::read_patient(key).is_some_and(|id| owner == Owner::Patient(id)),
            Kind::Outbox => true,
            _ => owner == Owner::System,
        };
        if !fits {
            return Err(Wrong::Record("a record has another owner than its place says"));
        }
        let plain = seal::unseal(self.secret(owner)?, key, value)?;
        codec::check_version(&plain)?;
        match kind {
            Kind::Manifest => self.manifest = Some(read_manifest(&plain)?),
            Kind::Seen => self.seen.found(keys::read_seen(key).unwrap_or_default(), &plain)?,
            Kind::Erased => self.erased.extend(keys::read_patient(key)),
            _ => {}
        }
        Ok(())
    }

    fn secret(&mut self, owner: Owner) -> Result<&'a Secret, Wrong> {
        let Owner::Patient(id) = owner else { return Ok(&self.secrets.values) };
        if let Some((last, secret)) = self.last
            && last == id
        {
            return Ok(secret);
        }
        match self.entries.get(&id) {
            Some(Entry::Live(secret)) => {
                self.last = Some((id, secret));
                Ok(secret)
            }
            Some(Entry::Erased) => Err(Wrong::Record("there are records of a patient who was erased")),
            None => Err(Wrong::Record("the key of a patient is missing in the key ring")),
        }
    }
}
