//! The patient as one value: profile, consent, session, goals, timers, revision.

use super::appointment::Appointment;
use super::goal::Goal;
use super::ids::{ChatId, PatientId, QuestionNumber};
use super::link_worker::LinkWorker;
use super::session::Session;
use super::text::Words;
use super::timer::Timer;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Most timers a patient holds.
pub const MAX_TIMERS: usize = 16;

/// Everything Cairn keeps about one patient, apart from the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patient {
    /// Who.
    pub id: PatientId,
    /// Grows by one with every stored change.
    pub revision: u64,
    /// The chat to write to.
    pub chat: ChatId,
    /// Language of all texts: a folder name under `locales/`, such as `en-GB`.
    pub language: String,
    /// IANA time zone, such as `Europe/London`.
    pub zone: String,
    /// What the person wants to be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// Who invited them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_worker: Option<LinkWorker>,
    /// What they agreed to.
    pub consent: Consent,
    /// How often to check in; `None` until chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence: Option<Cadence>,
    /// Number of the newest question.
    pub questions: QuestionNumber,
    /// The talk in progress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Session>,
    /// A talk that was stopped, to be carried on if the person likes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parked: Option<Session>,
    /// A question on the side (help, delete everything, …) that leaves the talk where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside: Option<Aside>,
    /// Goals, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
    /// What the link worker should know, in the patient's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_link_worker: Option<Words>,
    /// When the patient last asked that the link worker be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told_link_worker_at: Option<DateTime<Utc>>,
    /// Timers, unordered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timers: Vec<Timer>,
    /// The local date of the last unsolicited message: never more than one a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nudged_on: Option<NaiveDate>,
    /// The next appointment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<Appointment>,
    /// The patient paused: nothing is sent until they write.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paused: bool,
    /// The patient stopped: no timers until they ask for them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stopped: bool,
    /// Telegram refuses messages to this chat (403) until the patient writes again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unreachable: bool,
    /// Steps that failed inside Cairn and were set aside (quarantine); shown to the operator.
    #[serde(default)]
    pub quarantined: u32,
    /// When the record was begun.
    pub begun_at: DateTime<Utc>,
}

impl Patient {
    /// A new record, before the first question. `id` is drawn by the caller, because drawing is not a matter of the model.
    #[must_use]
    pub fn new(id: PatientId, chat: ChatId, language: &str, zone: &str, link_worker: Option<LinkWorker>, now: DateTime<Utc>) -> Self {
        Self {
            id,
            revision: 0,
            chat,
            language: language.to_owned(),
            zone: zone.to_owned(),
            name: None,
            link_worker,
            consent: Consent::default(),
            cadence: None,
            questions: QuestionNumber::default(),
            session: None,
            parked: None,
            aside: None,
            goals: Vec::new(),
            for_link_worker: None,
            told_link_worker_at: None,
            timers: Vec::new(),
            nudged_on: None,
            appointment: None,
            paused: false,
            stopped: false,
            unreachable: false,
            quarantined: 0,
            begun_at: now,
        }
    }

    /// Whether the person agreed that answers are kept.
    #[must_use]
    pub fn has_agreed(&self) -> bool {
        matches!(self.consent.sharing, Sharing::WithLinkWorker | Sharing::OnlyMe)
    }
}

/// A question on the side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// State of the dialogue `always`.
    pub state: String,
    /// Its question number.
    pub question: QuestionNumber,
}

/// What the patient agreed to, and when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Consent {
    /// Who may see the answers.
    pub sharing: Sharing,
    /// When it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<DateTime<Utc>>,
}

/// Who may see the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sharing {
    /// Not asked yet.
    #[default]
    NotAsked,
    /// Patient and link worker.
    WithLinkWorker,
    /// The patient alone.
    OnlyMe,
    /// The patient said no: no answers are kept.
    Declined,
}

/// How often Cairn may write first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cadence {
    /// Mondays and Thursdays.
    TwiceAWeek,
    /// Mondays.
    Weekly,
    /// Every second Monday.
    Fortnightly,
    /// Only when the patient writes.
    Off,
}
