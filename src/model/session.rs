//! A talk in progress: where it is, what was answered, and how to take an answer back.

use super::goal::Goal;
use super::ids::QuestionNumber;
use super::patient::{Cadence, Consent};
use super::text::Words;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most answers that one session keeps for going back.
pub const MAX_UNDO: usize = 64;

/// One talk in progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Name of the dialogue.
    pub dialogue: String,
    /// Name of the state whose question is open.
    pub state: String,
    /// The number of the open question; every button carries it.
    pub question: QuestionNumber,
    /// Answers so far.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<Slot, Vec<Answer>>,
    /// How to take answers back, newest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undo: Vec<Undo>,
    /// What the record held when the talk began: answers are laid over it, so taking one back restores it exactly.
    pub base: Box<Base>,
    /// Which goal of the patient this talk is about.
    pub goal: usize,
    /// What each state has asked in this talk, for limits and for choosing fresh wordings.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub asked: BTreeMap<String, Asked>,
    /// How often in a row the open question was not understood (0–2).
    #[serde(default)]
    pub not_understood: u8,
    /// The last words the person gave in this talk, for echoing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_words: Option<Words>,
    /// The idea was given for the open question, so its button is gone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub idea_given: bool,
    /// A tap on an old button was already answered with the open question, so mashing it does not repeat that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reminded: bool,
    /// When it began.
    pub begun_at: DateTime<Utc>,
    /// When the person last wrote or tapped in it.
    pub touched_at: DateTime<Utc>,
}

/// What one state has asked in this talk.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// How often the dialogue came to it.
    pub times: u8,
    /// Indices of the wordings used, newest last.
    pub wordings: Vec<u8>,
}

/// The part of a patient that answers can change, as it was when the talk began.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Base {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Words>,
    /// Consent.
    pub consent: Consent,
    /// Cadence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cadence: Option<Cadence>,
    /// The goal of this talk; `None` if the talk begins a new one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<Goal>,
    /// What the link worker should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_link_worker: Option<Words>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Words, with the time they were given.
    Words(Words, DateTime<Utc>),
    /// A number from 0 to 10, with the time it was given.
    Number(u8, DateTime<Utc>),
    /// A choice by its key.
    Choice(String),
}

/// One answered (or skipped) question, and what the slot held before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// The state that had asked.
    pub state: String,
    /// The slot that was written, with what it held before for slots of one value; `None` for a skip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrote: Option<(Slot, Vec<Answer>)>,
}

/// Where an answer is kept. Closed: a dialogue cannot invent a place which the record does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Slot {
    /// What to call the person.
    Name,
    /// Who may see the answers: `share`, `private`, `no`.
    Consent,
    /// What the person hopes for less of, when that came first.
    Problem,
    /// Best hope.
    Hope,
    /// The difference the hope makes to the day.
    Difference,
    /// Details of the preferred future (list).
    Detail,
    /// Who would notice first.
    Noticer,
    /// 0–10 on the person's scale.
    Score,
    /// Why not lower; at 0, what helps.
    Reason,
    /// Times when a bit of it happened (list).
    Instance,
    /// How that came about (list).
    How,
    /// The number that would be good enough.
    GoodEnough,
    /// The sign of one point up.
    Sign,
    /// Something to try or just look out: `try`, `notice`.
    Way,
    /// The small step.
    Step,
    /// When, or after what.
    Cue,
    /// 0–10 confidence.
    Confidence,
    /// What makes it that sure.
    ConfidenceReason,
    /// What could get in the way.
    Obstacle,
    /// What the person would do then.
    Response,
    /// Who could help.
    Helper,
    /// How often to check in: `twice`, `weekly`, `fortnightly`, `off`.
    Cadence,
    /// Felt listened to (alliance, bond): `yes`, `a-bit`, `no`.
    Listened,
    /// How useful, 0–10.
    Useful,
    /// Better, same or worse: `better`, `same`, `worse`.
    Change,
    /// What is better (list).
    Better,
    /// More about it (list).
    Amplified,
    /// How they managed it (list).
    Managed,
    /// What helped them get through or keep steady (list).
    Coping,
    /// What would be most use now.
    Wish,
    /// What the link worker should know.
    ForLinkWorker,
    /// Did the plan come up: `yes`, `partly`, `no`.
    PlanCameUp,
    /// What to do with the plan: `keep`, `smaller`, `new`, `rest`.
    PlanNext,
    /// Whether the hope line is shown: `show`, `hide`.
    ShowHope,
    /// Whether the scale line is shown.
    ShowScale,
    /// Whether the sign line is shown.
    ShowSign,
    /// Whether the plan line is shown.
    ShowPlan,
}

impl Slot {
    /// Whether answers add up in a list, instead of the new one taking the old one's place.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self, Self::Detail | Self::Instance | Self::How | Self::Better | Self::Amplified | Self::Managed | Self::Coping)
    }
}
