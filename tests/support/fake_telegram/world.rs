//! What the fake knows: who is there, what was said, which updates wait and which were acknowledged.

use super::faults::{Fault, What};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::Duration;
use tokio::time::Instant;

/// A message of the bot's.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// `message_id`.
    pub id: i64,
    /// Its text as it is now.
    pub text: String,
    /// Its buttons as they are now: label and data.
    pub buttons: Vec<Vec<(String, String)>>,
    /// When it was accepted.
    pub at: Instant,
}

/// An update that is not acknowledged.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// `update_id`.
    pub id: i64,
    /// Its JSON, or what stands in its place.
    pub json: String,
    /// Times it was delivered.
    pub delivered: usize,
}

/// How much the fake takes before it answers 429.
#[derive(Debug, Clone, Copy)]
pub struct FloodLimits {
    /// Messages in any second, over all chats.
    pub overall_per_second: usize,
    /// Time between two messages in a chat.
    pub chat_interval: Duration,
    /// Messages that may follow each other at once in a chat; over the time in which so many would be due, twice as many may come.
    pub chat_burst: u32,
}

/// Everything.
#[derive(Default)]
pub struct World {
    /// Updates that wait, in order.
    pub queue: VecDeque<Waiting>,
    /// Acknowledged updates, in order.
    pub acknowledged: Vec<i64>,
    /// `update_id` of the next update, if it is not the last one plus one.
    pub next_update: Option<i64>,
    last_update: i64,
    /// Each update is delivered so many times more after it was acknowledged, and batches are shuffled.
    pub repeats: usize,
    ghosts: Vec<Waiting>,
    shuffle: u64,
    /// Messages of the bot by chat.
    pub messages: HashMap<i64, Vec<Message>>,
    last_message: i64,
    /// People who have spoken with the bot.
    pub people: BTreeSet<i64>,
    /// People who have blocked it.
    pub blocked: BTreeSet<i64>,
    /// Groups it has left.
    pub left: Vec<i64>,
    /// Callback queries not yet answered, and the notices of those that were.
    pub callbacks: BTreeSet<String>,
    /// Notices shown for taps (empty if none), by callback id.
    pub notices: BTreeMap<String, String>,
    /// Faults to come.
    pub faults: Vec<Fault>,
    /// Every call: method in lower case and status; 0 = the connection was cut.
    pub calls: Vec<(String, u16)>,
    /// Menus and descriptions that were set: method in lower case, language code, value.
    pub menus: Vec<(String, String, Value)>,
    /// Limits, if they are enforced.
    pub limits: Option<FloodLimits>,
    accepted: VecDeque<Instant>,
    /// Counts `getUpdates`: a newer one ends an older one.
    pub polls: u64,
}

/// The bot's own user object.
pub fn bot() -> Value {
    json!({"id": 4242, "is_bot": true, "first_name": "Cairn", "username": "CairnTestBot"})
}

/// A person's user object.
pub fn person(chat: i64) -> Value {
    json!({"id": chat, "is_bot": false, "first_name": "P", "language_code": "en"})
}

/// A private chat object.
pub fn private(chat: i64) -> Value {
    json!({"id": chat, "type": "private", "first_name": "P"})
}

impl World {
    /// Notes a call.
    pub fn count(&mut self, method: &str, status: u16) {
        self.calls.push((method.to_ascii_lowercase(), status));
    }

    /// Calls to a method with this status.
    pub fn calls_with(&self, method: &str, status: u16) -> usize {
        self.calls.iter().filter(|call| call.0.eq_ignore_ascii_case(method) && call.1 == status).count()
    }

    /// The fault that is planned for a call, used up by it.
    pub fn fault_for(&mut self, method: &str, parameters: &Value) -> Option<What> {
        let chat = parameters["chat_id"].as_i64();
        let fault = self.faults.iter_mut().find(|fault| fault.strikes(method, chat))?;
        fault.times -= 1;
        Some(fault.what.clone())
    }

    /// A message object from a person, who is known from now on.
    pub fn incoming(&mut self, chat: i64, content: Value) -> Value {
        self.people.insert(chat);
        let mut message = json!({"message_id": self.message_number(), "from": person(chat), "chat": private(chat), "date": 1_700_000_000});
        if let (Value::Object(message), Value::Object(content)) = (&mut message, content) {
            message.extend(content);
        }
        message
    }

    /// The number of the next message.
    pub fn message_number(&mut self) -> i64 {
        self.last_message += 1;
        self.last_message
    }

    /// Queues an update with one field.
    pub fn enqueue(&mut self, kind: &str, value: &Value) -> i64 {
        self.enqueue_fields(json!({ kind: value }))
    }

    /// Queues an update with these fields.
    pub fn enqueue_fields(&mut self, mut fields: Value) -> i64 {
        let id = self.update_number();
        fields["update_id"] = id.into();
        self.queue.push_back(Waiting { id, json: fields.to_string(), delivered: 0 });
        id
    }

    /// Queues raw text.
    pub fn enqueue_raw(&mut self, json: String) -> i64 {
        let id = self.update_number();
        self.queue.push_back(Waiting { id, json, delivered: 0 });
        id
    }

    fn update_number(&mut self) -> i64 {
        self.last_update = self.next_update.take().unwrap_or(self.last_update + 1);
        self.last_update
    }

    /// Queues a tap on a button of a message.
    pub fn tap(&mut self, chat: i64, message: &Message, data: &str) -> i64 {
        let id = format!("callback-{}", self.callbacks.len() + self.notices.len() + 1);
        self.callbacks.insert(id.clone());
        let shown = json!({"message_id": message.id, "from": bot(), "chat": private(chat), "date": 1_700_000_000, "text": message.text});
        let tap = json!({"id": id, "from": person(chat), "chat_instance": "1", "message": shown, "data": data});
        self.enqueue("callback_query", &tap)
    }

    /// Acknowledges what lies before `offset`, as `getUpdates` does.
    pub fn confirm(&mut self, offset: i64) {
        // An offset beyond everything there ever was belongs to numbers from before a quiet week: nothing is confirmed by it.
        if offset > self.last_update + 1 {
            return;
        }
        while let Some(first) = self.queue.front().filter(|first| first.id < offset) {
            self.acknowledged.push(first.id);
            let first = self.queue.pop_front();
            self.ghosts.extend(first.filter(|first| first.delivered <= self.repeats));
        }
    }

    /// The updates of one answer, as the text of a JSON array; `None` if there are none.
    pub fn batch(&mut self, limit: usize) -> Option<String> {
        let mut batch: Vec<String> = Vec::new();
        let repeats = self.repeats;
        self.ghosts.retain_mut(|ghost| {
            batch.push(ghost.json.clone());
            ghost.delivered += 1;
            ghost.delivered <= repeats
        });
        for waiting in self.queue.iter_mut().take(limit.saturating_sub(batch.len())) {
            waiting.delivered += 1;
            batch.push(waiting.json.clone());
        }
        if repeats > 0 {
            for place in (1..batch.len()).rev() {
                self.shuffle = self.shuffle.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                batch.swap(place, usize::try_from(self.shuffle >> 33).unwrap_or(0) % (place + 1));
            }
        }
        (!batch.is_empty()).then(|| format!("[{}]", batch.join(",")))
    }

    /// Whether a message may be accepted now; if not, after how many seconds.
    pub fn flood(&mut self, chat: i64) -> Option<u64> {
        let limits = self.limits?;
        let now = Instant::now();
        while self.accepted.front().is_some_and(|at| now.duration_since(*at) >= Duration::from_secs(1)) {
            self.accepted.pop_front();
        }
        let recent = self.messages.get(&chat).map(Vec::as_slice).unwrap_or_default();
        let window = limits.chat_interval * limits.chat_burst;
        let in_chat = recent.iter().rev().take_while(|message| now.duration_since(message.at) < window).count();
        if self.accepted.len() >= limits.overall_per_second || in_chat >= 2 * limits.chat_burst as usize {
            return Some(1);
        }
        self.accepted.push_back(now);
        None
    }
}
