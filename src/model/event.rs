//! The journal: what was asked, answered, rated, planned, shared. Append-only; it feeds briefs, charts and fidelity.

use super::ids::QuestionNumber;
use super::session::{Answer, Slot};
use super::timer::TimerKind;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One line of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum What {
    /// A record was begun from an invitation (or by open enrolment).
    Enrolled,
    /// A talk began.
    Began { dialogue: String },
    /// A question was asked, with the technique it uses (its mechanisms follow from that).
    Asked { dialogue: String, state: String, technique: String, question: QuestionNumber },
    /// An answer was given to it.
    Answered { state: String, question: QuestionNumber, slot: Option<Slot>, answer: Answer },
    /// The question was skipped.
    Skipped { state: String, question: QuestionNumber },
    /// The last answer was taken back.
    TakenBack { state: String },
    /// The answer was not understood; the ladder's rung (1 rephrased, 2 buttons, 3 kept as a note).
    NotUnderstood { state: String, rung: u8 },
    /// Words kept as a note because they fitted no question.
    Noted { words: super::text::Words },
    /// A talk ended; `early` if it was left before its end.
    Ended { dialogue: String, state: String, early: bool },
    /// A command was used, by its name.
    Command { name: String },
    /// A nudge left (or was missed by the service, which never counts against the patient).
    Nudged { timer: TimerKind, occurrence: NaiveDate, missed: bool },
    /// The person asked for urgent help.
    AskedForHelp,
    /// The person wants the link worker to know something.
    ToldLinkWorker,
    /// Telegram said that the chat cannot be reached, or that it can be again.
    Reachable { now: bool },
    /// Whether a message reached the phone is not known, and it was not sent twice.
    InDoubt { question: Option<QuestionNumber> },
    /// A step failed inside Cairn; the message was set aside.
    Quarantined,
    /// A kind of message that Cairn cannot read (voice, photo, …), with Telegram's file reference where it may be kept.
    Media { media: String, reference: Option<String> },
}
