//! The patients who wrote last, as they were committed: so that somebody in the middle of a talk is not decrypted and read
//! again for each message. Bounded; what is not here is read from the tree.

use super::staged::Head;
use crate::model::ids::{ChatId, PatientId};
use crate::model::patient::Patient;
use std::collections::{HashMap, VecDeque};

/// Most patients kept at hand, a few kilobytes each.
const MAX_RECENT: usize = 1024;

/// Patients at hand.
#[derive(Default)]
pub(super) struct Recent {
    patients: HashMap<PatientId, Patient>,
    chats: HashMap<ChatId, PatientId>,
    order: VecDeque<PatientId>,
}

impl Recent {
    /// The patient, if at hand.
    pub(super) fn patient(&self, id: PatientId) -> Option<&Patient> {
        self.patients.get(&id)
    }

    /// The patient of a chat, if at hand.
    pub(super) fn of_chat(&self, chat: ChatId) -> Option<&Patient> {
        self.chats.get(&chat).and_then(|id| self.patients.get(id))
    }

    /// The head of a patient, if at hand.
    pub(super) fn head(&self, id: PatientId) -> Option<Head> {
        self.patients.get(&id).map(Head::of)
    }

    /// Keeps a patient who was just made durable; who wrote longest ago makes room.
    pub(super) fn keep(&mut self, patient: Patient) {
        let id = patient.id;
        let chat = patient.chat;
        match self.patients.insert(id, patient) {
            Some(before) if before.chat != chat => drop(self.chats.remove(&before.chat)),
            Some(_) => {}
            None => self.order.push_back(id),
        }
        self.chats.insert(chat, id);
        while self.order.len() > MAX_RECENT {
            if let Some(oldest) = self.order.pop_front() {
                self.forget(oldest);
            }
        }
    }

    /// Forgets a patient, who may be erased.
    pub(super) fn forget(&mut self, id: PatientId) {
        if let Some(patient) = self.patients.remove(&id) {
            self.chats.remove(&patient.chat);
            self.order.retain(|other| *other != id);
        }
    }
}
