//! Reading the index of timers. The timers themselves live in the patients; the index is derived from them at every write.

use super::Store;
use super::error::StoreError;
use super::keys::{self, Kind};
use super::tree::after;
use crate::model::ids::PatientId;
use chrono::{DateTime, Utc};
use std::collections::HashSet;

const INDEX: &str = "The index of timers";

impl Store {
    /// At most `limit` patients who have a timer at or before `now`, earliest first, each once.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] and [`StoreError::Io`], as all reads.
    pub fn due(&self, now: DateTime<Utc>, limit: usize) -> Result<Vec<PatientId>, StoreError> {
        let (mut due, mut found) = (Vec::new(), HashSet::new());
        if limit == 0 {
            return Ok(due);
        }
        self.tree.scan(&[Kind::Due.letter()], Some(&keys::due_end(now)), |key, _| {
            let (_, id) = keys::read_due(key).ok_or(StoreError::Damaged { what: INDEX })?;
            if found.insert(id) {
                due.push(id);
            }
            Ok::<_, StoreError>(due.len() < limit)
        })?;
        Ok(due)
    }

    /// The earliest timer of all, rounded up to whole milliseconds.
    ///
    /// # Errors
    /// As all reads.
    pub fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let mut next = None;
        let prefix = [Kind::Due.letter()];
        self.tree.scan(&prefix, after(&prefix).as_deref(), |key, _| {
            next = Some(keys::read_due(key).ok_or(StoreError::Damaged { what: INDEX })?.0);
            Ok::<_, StoreError>(false)
        })?;
        Ok(next)
    }
}
