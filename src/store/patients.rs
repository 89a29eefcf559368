//! Reading patients, invitations, and where the caller stopped.

use super::codec::{self, Shape};
use super::error::StoreError;
use super::keys::{self, Kind};
use super::{Store, failed, undecoded};
use crate::model::ids::{ChatId, OutboundId, PatientId};
use crate::model::link_worker::Invitation;
use crate::model::patient::Patient;
use chrono::{DateTime, Utc};
use std::collections::VecDeque;

const RECORD: &str = "The record of a patient";
/// Patients read at once while going through all of them.
const AT_ONCE: usize = 64;

impl Store {
    /// The patient who writes in this chat.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Newer`] and [`StoreError::Io`], as all reads.
    pub fn patient_by_chat(&self, chat: ChatId) -> Result<Option<Patient>, StoreError> {
        if let Some(patient) = self.recent().of_chat(chat) {
            return Ok(Some(patient.clone()));
        }
        let key = keys::hashed(Kind::Chat, &self.secrets.chat_hash(chat));
        let Some(plain) = self.value(&key, "The index of chats")? else { return Ok(None) };
        let id = codec::decode(Shape::System, &plain).map_err(undecoded("The index of chats"))?;
        self.patient(id)
    }

    /// The patient.
    ///
    /// # Errors
    /// As all reads.
    pub fn patient(&self, id: PatientId) -> Result<Option<Patient>, StoreError> {
        if let Some(patient) = self.recent().patient(id) {
            return Ok(Some(patient.clone()));
        }
        let Some(plain) = self.value(&keys::patient(id), RECORD)? else { return Ok(None) };
        codec::decode(Shape::Patient, &plain).map(Some).map_err(undecoded(RECORD))
    }

    /// All patients by number. Ends after the first error.
    pub fn patients(&self) -> impl Iterator<Item = Result<Patient, StoreError>> {
        let mut waiting: VecDeque<Patient> = VecDeque::new();
        let mut from = Some(vec![Kind::Patient.letter()]);
        std::iter::from_fn(move || {
            if waiting.is_empty()
                && let Some(start) = from.take()
            {
                match self.some_patients(&start, &mut waiting) {
                    Ok(next) => from = next,
                    Err(error) => return Some(Err(error)),
                }
            }
            waiting.pop_front().map(Ok)
        })
    }

    /// Reads some patients from the key `start` on; gives where to go on, if there may be more.
    fn some_patients(&self, start: &[u8], into: &mut VecDeque<Patient>) -> Result<Option<Vec<u8>>, StoreError> {
        let mut next = None;
        self.tree.scan(start, Some(&[Kind::Patient.letter() + 1]), |key, sealed| {
            let plain = self.open_value(key, sealed, RECORD)?;
            into.push_back(codec::decode(Shape::Patient, &plain).map_err(undecoded(RECORD))?);
            if into.len() < AT_ONCE {
                return Ok::<_, StoreError>(true);
            }
            // The smallest key after this one.
            next = Some([key, &[0]].concat());
            Ok(false)
        })?;
        Ok(next)
    }

    /// The invitation with this code, if there is one and it was not used up. Whether it has expired is for the caller.
    ///
    /// # Errors
    /// As all reads.
    pub fn invitation(&self, code: &str) -> Result<Option<Invitation>, StoreError> {
        self.invitation_or_spooled(code)
    }

    /// What the tree holds for a code: an invitation, or the mark that it was used up.
    pub(super) fn invitation_mark(&self, code: &str) -> Result<Option<Invitation>, StoreError> {
        let key = keys::hashed(Kind::Invitation, &self.secrets.invitation_hash(code));
        let Some(plain) = self.value(&key, "An invitation")? else { return Ok(None) };
        codec::decode(Shape::Invitation, &plain).map(Some).map_err(undecoded("An invitation"))
    }

    /// Whether this patient was erased here.
    ///
    /// # Errors
    /// As all reads.
    pub fn was_erased(&self, id: PatientId) -> Result<bool, StoreError> {
        Ok(self.tree.get(&keys::erased(id)).map_err(failed("read"))?.is_some())
    }

    /// One past the highest number that an outgoing message ever had in this store; numbers begin at 1.
    pub fn next_outbound_id(&self) -> OutboundId {
        OutboundId(self.marks().highest_outbound.unwrap_or(0).saturating_add(1))
    }

    /// Where the next poll begins, as the last batch that said so has it.
    pub fn cursor(&self) -> Option<i64> {
        self.marks().cursor
    }

    /// `now` of the last batch that named it: a clock that is behind this has jumped.
    pub fn last_wall(&self) -> Option<DateTime<Utc>> {
        self.marks().last_wall
    }
}
