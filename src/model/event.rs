//! The journal: what was asked, answered, rated, planned, shared. Append-only; it feeds briefs, charts and fidelity.

use super::ids::QuestionNumber;
use super::session::{Answer, Slot};
use super::text::Words;
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
    Began {
        /// Its dialogue.
        dialogue: String,
    },
    /// A question was asked, with the technique it uses (its mechanisms follow from that).
    Asked {
        /// Its dialogue.
        dialogue: String,
        /// Its state.
        state: String,
        /// Name of its technique.
        technique: String,
        /// Its number.
        question: QuestionNumber,
    },
    /// An answer was given.
    Answered {
        /// The state that had asked.
        state: String,
        /// The question's number.
        question: QuestionNumber,
        /// Where the answer is kept.
        slot: Option<Slot>,
        /// The answer.
        answer: Answer,
    },
    /// The question was skipped.
    Skipped {
        /// The state that had asked.
        state: String,
        /// The question's number.
        question: QuestionNumber,
    },
    /// The last answer was taken back.
    TakenBack {
        /// The state that asks again.
        state: String,
    },
    /// The answer was not understood.
    NotUnderstood {
        /// The state that had asked.
        state: String,
        /// 1 rephrased, 2 buttons, 3 kept as a note.
        rung: u8,
    },
    /// Words kept as a note because they fitted no question.
    Noted {
        /// The words.
        words: Words,
    },
    /// A talk ended.
    Ended {
        /// Its dialogue.
        dialogue: String,
        /// Where it stood.
        state: String,
        /// It was left before its end.
        early: bool,
    },
    /// A command was used.
    Command {
        /// Its name.
        name: String,
    },
    /// An invitation to a check-in left, or was missed by the service, which never counts against the patient.
    Nudged {
        /// What for.
        timer: TimerKind,
        /// Its local date.
        occurrence: NaiveDate,
        /// It was missed by the service.
        missed: bool,
    },
    /// The person asked for urgent help.
    AskedForHelp,
    /// The person wants the link worker to know something.
    ToldLinkWorker,
    /// Telegram said that the chat cannot be reached, or that it can be again.
    Reachable {
        /// Whether it can be.
        now: bool,
    },
    /// Whether a message reached the phone is not known, and it was not sent twice.
    InDoubt {
        /// The question it asked.
        question: Option<QuestionNumber>,
    },
    /// A step failed inside Cairn; the message was set aside.
    Quarantined,
    /// A message that Cairn cannot read.
    Media {
        /// Its kind, such as `voice`.
        media: String,
        /// Telegram's file reference, where it may be kept.
        reference: Option<String>,
    },
}
