//! A side note of messages that Telegram accepted, so that a killed process does not say them again.
//!
//! The truth is the outbox, where a settled message goes with the next batch. Until then a process that is killed would resend
//! it. This file holds only message numbers and is written without waiting for the disk: it outlives the process, and if a power cut
//! takes it, the price is a message said twice. Numbers are never used again, so old ones in it mean nothing.

use super::{Durability, Store};
use crate::model::ids::OutboundId;
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

const NAME: &str = "settled";
/// Begun anew from this length on; what it forgets then was put into a batch long ago.
const MAX_BYTES: u64 = 1024 * 1024;

/// The file, made when the first message is settled.
#[derive(Debug, Default)]
pub(super) struct SettledNotes {
    file: Option<File>,
    bytes: u64,
}

fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

impl SettledNotes {
    fn note(&mut self, folder: &Path, id: OutboundId) -> std::io::Result<()> {
        if self.file.is_none() {
            let file = OpenOptions::new().create(true).append(true).open(path(folder))?;
            self.bytes = file.metadata()?.len();
            self.file = Some(file);
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        if self.bytes >= MAX_BYTES {
            file.set_len(0)?;
            self.bytes = 0;
        }
        self.bytes += 8;
        file.write_all(&id.0.to_be_bytes())
    }
}

impl Store {
    /// Notes that a message was accepted. Only where commits survive a power cut: otherwise its number could be lost and given again.
    pub fn note_settled(&self, id: OutboundId) {
        if self.settings.durability == Durability::Power {
            let mut notes = self.settled.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            // A note that cannot be written costs, at worst, a message that is said twice.
            let _worth_little = notes.note(&self.folder, id);
        }
    }

    /// Messages that an earlier process noted as accepted.
    #[must_use]
    pub fn noted_settled(&self) -> HashSet<OutboundId> {
        if self.settings.durability != Durability::Power {
            return HashSet::new();
        }
        let bytes = std::fs::read(path(&self.folder)).unwrap_or_default();
        let (whole, _torn) = bytes.as_chunks::<8>();
        whole.iter().map(|number| OutboundId(u64::from_be_bytes(*number))).collect()
    }
}
