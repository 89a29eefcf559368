//! What leaves: rendered messages with their buttons, and the lane each takes.

use super::ids::{ChatId, OutboundId, PatientId, QuestionNumber};
use serde::{Deserialize, Serialize};

/// A message ready to be sent. It is durable before it leaves.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbound {
    /// Its number; order of sending within a chat.
    pub id: OutboundId,
    /// Whose; `None` for a chat that has no record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patient: Option<PatientId>,
    /// Where to.
    pub chat: ChatId,
    /// How it travels.
    pub lane: Lane,
    /// Plain text, 1–4,096 UTF-16 units; never with `parse_mode`, so there is nothing to escape.
    pub text: String,
    /// Rows of inline buttons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Vec<Button>>,
    /// The question it asks, if it asks one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<QuestionNumber>,
    /// Times it was tried and provably not accepted.
    #[serde(default)]
    pub tries: u32,
    /// Not before this instant (after a 429 or a network fault).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<chrono::DateTime<chrono::Utc>>,
}

impl std::fmt::Debug for Outbound {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Outbound({}, {:?})", self.id.0, self.lane)
    }
}

/// How a message travels (design §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lane {
    /// Help now: at least once, never behind anything.
    Urgent,
    /// An answer to the patient: resent only when provably not accepted.
    Reply,
    /// Unasked: at most once; in doubt it is dropped and noted.
    Nudge,
}

/// An inline button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What comes back when it is tapped: 1–64 bytes.
    pub data: String,
}

/// What became of a message that was handed to Telegram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Accepted.
    Delivered,
    /// Provably not accepted; try again at this instant.
    RetryAt(chrono::DateTime<chrono::Utc>),
    /// Perhaps accepted: the connection broke after the request had left.
    InDoubt,
    /// The patient blocked the bot or is gone (403).
    Gone,
    /// Refused for good (400): never retried.
    Refused,
}
