//! Applies updates, timers and outcomes to patients in memory; the writer commits them all at once.

use super::inbound::{Inbound, InboundKind, Reception};
use super::writer::Writer;
use crate::engine::effect::{Effect, Line};
use crate::engine::input::Input;
use crate::engine::{self, Step};
use crate::model::event::{Event, What};
use crate::model::ids::{ChatId, OutboundId, PatientId, UpdateId};
use crate::model::outbound::{Lane, Outbound, Outcome};
use crate::model::patient::Patient;
use crate::store::{Batch, PatientChange, StoreError};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A batch in the making.
pub struct Pending {
    now: DateTime<Utc>,
    next_outbound: OutboundId,
    patients: HashMap<PatientId, Changed>,
    chats: HashMap<ChatId, Option<PatientId>>,
    used_codes: HashSet<String>,
    leaving: Vec<Outbound>,
    retried: Vec<Outbound>,
    batch: Batch,
    touched: bool,
}

/// Messages of a batch.
pub struct Leaving {
    /// To be handed out once the batch is durable.
    pub fresh: Vec<Outbound>,
    /// Already handed out, and to be tried again by whoever holds them.
    pub retried: Vec<Outbound>,
}

struct Changed {
    patient: Patient,
    expected: Option<u64>,
    events: Vec<Event>,
}

impl Pending {
    pub fn new(now: DateTime<Utc>, next_outbound: OutboundId) -> Self {
        Self {
            now,
            next_outbound,
            patients: HashMap::new(),
            chats: HashMap::new(),
            used_codes: HashSet::new(),
            leaving: Vec::new(),
            retried: Vec::new(),
            batch: Batch { now: Some(now), ..Batch::default() },
            touched: false,
        }
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    pub fn next_outbound(&self) -> OutboundId {
        self.next_outbound
    }

    /// The batch for the store (`None` if there is nothing to write) and the messages that leave once it is durable.
    pub fn into_batch(mut self) -> (Option<Batch>, Leaving) {
        let leaving = Leaving { fresh: self.leaving.clone(), retried: self.retried.clone() };
        if !self.touched {
            return (None, leaving);
        }
        self.batch.outbound.extend(self.leaving.iter().chain(&self.retried).cloned());
        self.batch.patients = self
            .patients
            .into_values()
            .filter(|changed| changed.expected != Some(changed.patient.revision))
            .map(|changed| PatientChange { patient: changed.patient, expected_revision: changed.expected, events: changed.events })
            .collect();
        (Some(self.batch), leaving)
    }

    /// Takes one batch of updates in order.
    pub fn take_updates(&mut self, writer: &Writer, updates: &[Inbound], cursor: Option<i64>) -> Result<Vec<Reception>, StoreError> {
        if cursor.is_some() && self.batch.cursor != cursor {
            self.batch.cursor = cursor;
            self.touched = true;
        }
        updates.iter().map(|update| self.take_update(writer, update)).collect()
    }

    fn take_update(&mut self, writer: &Writer, update: &Inbound) -> Result<Reception, StoreError> {
        if writer.seen.contains(&update.update) || self.batch.seen.contains(&update.update) {
            return Ok(Reception { duplicate: true, ..Reception::default() });
        }
        self.saw(update.update);
        match self.patient_of(writer, update.chat)? {
            Some(patient) => Ok(self.run(writer, patient, input(&update.what))),
            None => self.stranger(writer, update),
        }
    }

    fn saw(&mut self, update: UpdateId) {
        self.batch.seen.push(update);
        self.touched = true;
    }

    fn patient_of(&mut self, writer: &Writer, chat: ChatId) -> Result<Option<PatientId>, StoreError> {
        if let Some(known) = self.chats.get(&chat) {
            return Ok(*known);
        }
        let found = writer.store.patient_by_chat(chat)?;
        let id = found.as_ref().map(|patient| patient.id);
        self.chats.insert(chat, id);
        if let Some(patient) = found {
            self.hold(patient);
        }
        Ok(id)
    }

    /// Keeps a loaded patient at hand for this batch.
    fn hold(&mut self, patient: Patient) {
        let expected = Some(patient.revision);
        self.patients.entry(patient.id).or_insert(Changed { patient, expected, events: Vec::new() });
    }

    /// A chat without a record: an invitation or open enrolment begins one, everybody else gets a polite stop.
    fn stranger(&mut self, writer: &Writer, update: &Inbound) -> Result<Reception, StoreError> {
        let code = match &update.what {
            InboundKind::Command { name, argument } if name == "start" && !argument.is_empty() => Some(argument.as_str()),
            InboundKind::Blocked | InboundKind::Unblocked => return Ok(Reception::default()),
            _ => None,
        };
        let language = language(writer, update.language_hint.as_deref());
        if let Some(code) = code {
            let invitation = if self.used_codes.contains(code) { None } else { writer.store.invitation(code)? };
            if let Some(invitation) = invitation.filter(|invitation| invitation.expires_at >= self.now) {
                self.used_codes.insert(code.to_owned());
                self.batch.invitations.push((code.to_owned(), None));
                return self.enrol(writer, update, &language, invitation.link_worker);
            }
            if !writer.settings.open_enrolment {
                self.say_to_stranger(writer, update.chat, &language, "common-invitation-used");
                return Ok(Reception::default());
            }
        }
        if writer.settings.open_enrolment {
            return self.enrol(writer, update, &language, None);
        }
        self.say_to_stranger(writer, update.chat, &language, "common-no-invitation");
        Ok(Reception::default())
    }

    fn enrol(
        &mut self,
        writer: &Writer,
        update: &Inbound,
        language: &str,
        link_worker: Option<crate::model::link_worker::LinkWorker>,
    ) -> Result<Reception, StoreError> {
        let id = new_patient_id(writer, &self.patients)?;
        let patient = Patient::new(id, update.chat, language, &writer.settings.zone, link_worker, self.now);
        let events = vec![Event { at: self.now, what: What::Enrolled }];
        self.chats.insert(update.chat, Some(id));
        self.patients.insert(id, Changed { patient, expected: None, events });
        let begin = Input::Command { name: "start".to_owned(), argument: String::new() };
        Ok(self.run(writer, id, begin))
    }

    fn say_to_stranger(&mut self, writer: &Writer, chat: ChatId, language: &str, message: &str) {
        let text = writer.content.texts.format(language, message, None, &[]);
        let line = Line { text, buttons: Vec::new(), lane: Lane::Reply, question: None };
        self.leave(None, chat, line);
    }

    fn leave(&mut self, patient: Option<PatientId>, chat: ChatId, line: Line) {
        let id = self.next_outbound;
        self.next_outbound = OutboundId(id.0 + 1);
        self.touched = true;
        let Line { text, buttons, lane, question } = line;
        self.leaving.push(Outbound { id, patient, chat, lane, text, buttons, question, tries: 0, not_before: None });
    }

    /// Runs one step for a patient who is at hand. A panic inside is caught: the update is set aside, the person told, the cursor moves on.
    fn run(&mut self, writer: &Writer, id: PatientId, input: Input) -> Reception {
        let Some(held) = self.patients.get(&id) else { return Reception::default() };
        let before = held.patient.clone();
        let now = self.now;
        let stepped = catch_unwind(AssertUnwindSafe(|| engine::step(&writer.content, before, input, now)));
        let step = match stepped {
            Ok(step) => step,
            Err(_) => match self.patients.get(&id) {
                Some(held) => quarantine(writer, held.patient.clone()),
                None => return Reception::default(),
            },
        };
        self.keep(step)
    }

    /// Keeps what a step made.
    fn keep(&mut self, step: Step) -> Reception {
        let Step { patient, effects } = step;
        let (id, chat) = (patient.id, patient.chat);
        let erased = effects.contains(&Effect::Erase);
        let mut reception = Reception::default();
        let mut events = Vec::new();
        for effect in effects {
            match effect {
                Effect::Say(line) => self.leave((!erased).then_some(id), chat, line),
                Effect::Note(what) => events.push(Event { at: self.now, what }),
                Effect::Shown(label) => reception.answer_shown = Some(label),
                Effect::Toast(text) => reception.toast = Some(text),
                Effect::Erase => {}
            }
        }
        self.touched = true;
        if erased {
            let was_stored = self.patients.remove(&id).is_some_and(|changed| changed.expected.is_some());
            self.chats.insert(chat, None);
            if was_stored {
                self.batch.erased.push(id);
            }
        } else if let Some(changed) = self.patients.get_mut(&id) {
            changed.patient = patient;
            changed.patient.revision = changed.expected.map_or(1, |expected| expected + 1);
            changed.events.extend(events);
        }
        reception
    }

    /// Runs a patient's due timers.
    pub fn take_timers(&mut self, writer: &Writer, id: PatientId) -> Result<(), StoreError> {
        if !self.patients.contains_key(&id) {
            let Some(patient) = writer.store.patient(id)? else { return Ok(()) };
            self.chats.insert(patient.chat, Some(id));
            self.hold(patient);
        }
        let now = self.now;
        let due: Vec<_> = self
            .patients
            .get(&id)
            .map(|held| held.patient.timers.iter().filter(|timer| timer.at <= now).map(|timer| timer.kind).collect())
            .unwrap_or_default();
        for kind in due {
            self.run(writer, id, Input::Timer(kind));
        }
        Ok(())
    }

    /// Books what became of a message.
    pub fn settle(&mut self, writer: &Writer, message: &Outbound, outcome: &Outcome) -> Result<(), StoreError> {
        self.touched = true;
        match outcome {
            Outcome::RetryAt(at) => {
                let again = Outbound { tries: message.tries + 1, not_before: Some(*at), ..message.clone() };
                self.retried.push(again);
                return Ok(());
            }
            Outcome::Delivered => {}
            Outcome::Refused => tracing::error!(outbound = message.id.0, lane = ?message.lane, "Telegram refused a message for good"),
            Outcome::InDoubt => self.note_for(writer, message, What::InDoubt { question: message.question })?,
            Outcome::Gone => {
                if let Some(id) = self.load(writer, message.patient)? {
                    self.run(writer, id, Input::Blocked);
                }
            }
        }
        self.batch.settled.push(message.id);
        Ok(())
    }

    fn note_for(&mut self, writer: &Writer, message: &Outbound, what: What) -> Result<(), StoreError> {
        if let Some(id) = self.load(writer, message.patient)? {
            let at = self.now;
            if let Some(changed) = self.patients.get_mut(&id) {
                changed.patient.revision = changed.expected.map_or(1, |expected| expected + 1);
                changed.events.push(Event { at, what });
            }
        }
        Ok(())
    }

    fn load(&mut self, writer: &Writer, patient: Option<PatientId>) -> Result<Option<PatientId>, StoreError> {
        let Some(id) = patient else { return Ok(None) };
        if self.batch.erased.contains(&id) {
            return Ok(None);
        }
        if !self.patients.contains_key(&id) {
            let Some(patient) = writer.store.patient(id)? else { return Ok(None) };
            self.chats.insert(patient.chat, Some(id));
            self.hold(patient);
        }
        Ok(Some(id))
    }
}

/// A number that no patient has. Random (but for a stage), so that it tells nothing about order or size.
fn new_patient_id(writer: &Writer, pending: &HashMap<PatientId, Changed>) -> Result<PatientId, StoreError> {
    let mut fixed = writer.settings.patient_number.map(PatientId);
    loop {
        if let Some(id) = fixed.take().filter(|id| !pending.contains_key(id))
            && writer.store.patient(id)?.is_none()
        {
            return Ok(id);
        }
        let random =
            getrandom::u64().map_err(|error| StoreError::Io { doing: "get random numbers", source: std::io::Error::other(error.to_string()) })?;
        let id = PatientId(random >> 1);
        if !pending.contains_key(&id) && writer.store.patient(id)?.is_none() {
            return Ok(id);
        }
    }
}

fn quarantine(writer: &Writer, mut patient: Patient) -> Step {
    tracing::error!(patient = patient.id.0, "a step failed; the message was set aside and the patient told");
    patient.quarantined = patient.quarantined.saturating_add(1);
    let text = writer.content.texts.format(&patient.language, "common-trouble", None, &[]);
    let line = Line { text, buttons: Vec::new(), lane: Lane::Reply, question: None };
    Step { patient, effects: vec![Effect::Note(What::Quarantined), Effect::Say(line)] }
}

fn input(what: &InboundKind) -> Input {
    match what.clone() {
        InboundKind::Text(text) => Input::Text(text),
        InboundKind::Command { name, argument } => Input::Command { name, argument },
        InboundKind::Tap(data) => Input::Tap(data),
        InboundKind::Media { kind, reference } => Input::Media { kind, reference },
        InboundKind::Edited(text) => Input::Edited(text),
        InboundKind::Blocked => Input::Blocked,
        InboundKind::Unblocked => Input::Unblocked,
    }
}

/// The language of a stranger: the one their app says, if there are texts in it.
fn language(writer: &Writer, hint: Option<&str>) -> String {
    let wanted = hint.unwrap_or("en").split(['-', '_']).next().unwrap_or("en").to_lowercase();
    let languages = writer.content.texts.languages();
    let matching = languages.iter().find(|language| language.split('-').next() == Some(wanted.as_str()));
    matching.cloned().unwrap_or_else(|| "en-GB".to_owned())
}
