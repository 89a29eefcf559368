//! How the fake misbehaves, and for which calls.

use serde_json::{Value, json};
use std::time::Duration;

/// A planned misbehaviour.
#[derive(Debug, Clone)]
pub struct Fault {
    /// For calls to this method (any case); any method if empty.
    pub method: &'static str,
    /// Only for this chat.
    pub chat: Option<i64>,
    /// How many calls it strikes.
    pub times: usize,
    /// What happens.
    pub what: What,
}

/// What happens instead of an answer.
#[derive(Debug, Clone)]
pub enum What {
    /// The answer comes later.
    Delay(Duration),
    /// A refusal in Telegram's form; `parameters` as given.
    Refuse(u16, &'static str, Value),
    /// This status and body, and the call is not carried out.
    Answer(u16, String),
    /// The call is carried out, and then this is answered.
    AppliedThen(u16, String),
    /// The connection is closed before the call is carried out.
    DropBefore,
    /// The call is carried out and the connection closed without an answer.
    DropAfter,
    /// The call is carried out and no answer ever comes.
    Silence,
}

impl Fault {
    /// A fault that strikes once.
    pub fn once(method: &'static str, what: What) -> Self {
        Self { method, chat: None, times: 1, what }
    }

    /// The same fault, so many times.
    pub fn times(self, times: usize) -> Self {
        Self { times, ..self }
    }

    /// The same fault, in one chat only.
    pub fn in_chat(self, chat: i64) -> Self {
        Self { chat: Some(chat), ..self }
    }

    /// 429 with this `retry_after`.
    pub fn flood(retry_after: &Value) -> What {
        What::Refuse(429, "Too Many Requests: retry later", json!({ "retry_after": retry_after }))
    }

    /// Whether it strikes a call.
    pub fn strikes(&self, method: &str, chat: Option<i64>) -> bool {
        self.times > 0 && (self.method.is_empty() || self.method.eq_ignore_ascii_case(method)) && (self.chat.is_none() || self.chat == chat)
    }
}
