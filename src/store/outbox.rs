//! Reading the messages that wait to be sent or whose outcome is not known yet.

use super::codec::{self, Shape};
use super::error::StoreError;
use super::keys::Kind;
use super::{Store, undecoded};
use crate::model::outbound::Outbound;

impl Store {
    /// Every unsettled message, by number.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Newer`] and [`StoreError::Io`], as all reads.
    pub fn outbox(&self) -> Result<Vec<Outbound>, StoreError> {
        let mut messages = Vec::new();
        self.scan_prefix(&[Kind::Outbox.letter()], |key, sealed| {
            let plain = self.open_value(key, sealed, "A message to be sent")?;
            messages.push(codec::decode(Shape::Outbound, &plain).map_err(undecoded("A message to be sent"))?);
            Ok::<_, StoreError>(true)
        })?;
        Ok(messages)
    }
}
