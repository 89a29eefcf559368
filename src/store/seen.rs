//! Updates that were handled: exact ids, because Telegram's numbers restart at random after a quiet week.

use super::codec::{self, Shape};
use super::error::StoreError;
use super::keys::{self, Kind};
use super::seal::Owner;
use super::staged::Staged;
use super::{Store, undecoded};
use crate::model::ids::UpdateId;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How long ids are remembered. Telegram keeps updates for 24 hours.
pub const SEEN_FOR: TimeDelta = TimeDelta::hours(48);
/// Most ids remembered.
pub const MAX_SEEN: usize = 200_000;
/// The newest ids are kept whatever the clock says, so that a clock which jumps ahead does not make Cairn forget.
const KEPT_ALWAYS: usize = 1_000;

/// One stored record: the ids of one batch.
#[derive(Debug, Serialize, Deserialize)]
struct SeenRecord {
    at: DateTime<Utc>,
    ids: Vec<UpdateId>,
}

/// Which records there are, oldest first: write number, time, number of ids.
#[derive(Debug, Clone, Default)]
pub(super) struct SeenRecords {
    records: VecDeque<(u64, DateTime<Utc>, usize)>,
    total: usize,
}

impl SeenRecords {
    /// Notes a record found at opening; in order.
    pub(super) fn found(&mut self, sequence: u64, plain: &[u8]) -> Result<(), codec::CodecError> {
        let record: SeenRecord = codec::decode(Shape::System, plain)?;
        self.push(sequence, record.at, record.ids.len());
        Ok(())
    }

    fn push(&mut self, sequence: u64, at: DateTime<Utc>, count: usize) {
        self.records.push_back((sequence, at, count));
        self.total += count;
    }

    /// Stages the ids of this batch and the forgetting of old ones. What becomes of the list is for [`Self::apply`], once it is written.
    pub(super) fn stage(&self, staged: &mut Staged<'_>, now: DateTime<Utc>, ids: &[UpdateId]) -> Result<SeenChange, StoreError> {
        let sequence = staged.sequence();
        staged.put_new(&keys::seen(sequence), Owner::System, &SeenRecord { at: now, ids: ids.to_vec() })?;
        let mut total = self.total + ids.len();
        let mut forgotten = 0;
        for &(oldest, at, count) in &self.records {
            let left = total - count;
            let expired = now.signed_duration_since(at) > SEEN_FOR && left >= KEPT_ALWAYS;
            if !(expired || total > MAX_SEEN) {
                break;
            }
            staged.remove(keys::seen(oldest));
            forgotten += 1;
            total = left;
        }
        Ok(SeenChange { added: (sequence, now, ids.len()), forgotten })
    }

    /// The list after a change that was written.
    pub(super) fn apply(&mut self, change: &SeenChange) {
        for (_, _, count) in self.records.drain(..change.forgotten.min(self.records.len())) {
            self.total -= count;
        }
        let (sequence, at, count) = change.added;
        self.push(sequence, at, count);
    }
}

/// A change of [`SeenRecords`].
#[derive(Debug)]
pub(super) struct SeenChange {
    added: (u64, DateTime<Utc>, usize),
    forgotten: usize,
}

impl Store {
    /// The update ids that are remembered, oldest first, with the time of their batch: those of 48 hours (and always the newest
    /// thousand), at most 200,000.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] and [`StoreError::Io`].
    pub fn seen(&self) -> Result<Vec<(UpdateId, DateTime<Utc>)>, StoreError> {
        let mut seen = Vec::new();
        self.scan_prefix(&[Kind::Seen.letter()], |key, sealed| {
            let plain = self.open_value(key, sealed, "The list of handled updates")?;
            let record: SeenRecord = codec::decode(Shape::System, &plain).map_err(undecoded("The list of handled updates"))?;
            seen.extend(record.ids.into_iter().map(|id| (id, record.at)));
            Ok::<_, StoreError>(true)
        })?;
        Ok(seen)
    }
}
