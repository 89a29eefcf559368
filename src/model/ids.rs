//! Identifiers. Each is a newtype so that one cannot be handed over where another is meant.

use serde::{Deserialize, Serialize};

/// A patient, numbered by Cairn at random. It says nothing about the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PatientId(pub u64);

/// A private chat at Telegram (up to 52 bits). Personal data: it is sealed in the store and looked up by HMAC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChatId(pub i64);

impl std::fmt::Debug for ChatId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ChatId(…)")
    }
}

/// Number of a question. It only ever grows within one patient, so a button that carries an older number is stale for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct QuestionNumber(pub u64);

/// Number of an outgoing message; grows by one for each message of the whole store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OutboundId(pub u64);

/// `update_id` of Telegram. Compared only for equality: after a quiet week the numbers restart at random.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UpdateId(pub i64);
