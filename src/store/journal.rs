//! Reading a patient's journal.

use super::codec::{self, Shape};
use super::error::StoreError;
use super::keys;
use super::{Store, undecoded};
use crate::model::event::Event;
use crate::model::ids::PatientId;

impl Store {
    /// Everything that happened to a patient, in the order in which it was written; empty for an unknown patient.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Newer`] and [`StoreError::Io`], as all reads.
    pub fn journal(&self, id: PatientId) -> Result<Vec<Event>, StoreError> {
        let mut events = Vec::new();
        self.scan_prefix(&keys::journal_of(id), |key, sealed| {
            let plain = self.open_value(key, sealed, "The journal of a patient")?;
            let some: Vec<Event> = codec::decode(Shape::Events, &plain).map_err(undecoded("The journal of a patient"))?;
            events.extend(some);
            Ok::<_, StoreError>(true)
        })?;
        Ok(events)
    }
}
