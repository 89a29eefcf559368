//! Hands durable messages to whoever pulls them, and collects what became of them.

use crate::model::ids::OutboundId;
use crate::model::outbound::{Outbound, Outcome};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// The pulled end of the outbox. The durable end is in the store.
#[derive(Default)]
pub struct Outbox {
    ready: Mutex<VecDeque<Outbound>>,
    settled: Mutex<Vec<(OutboundId, Outcome)>>,
    more: Notify,
}

impl Outbox {
    /// Adds messages that are durable.
    pub fn push(&self, messages: Vec<Outbound>) {
        if !messages.is_empty() {
            self.ready.lock().unwrap_or_else(PoisonError::into_inner).extend(messages);
            self.more.notify_one();
        }
    }

    /// The next message, if there is one.
    pub fn try_next(&self) -> Option<Outbound> {
        self.ready.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    /// Waits for the next message. One puller at a time.
    pub async fn next(&self) -> Outbound {
        loop {
            if let Some(message) = self.try_next() {
                return message;
            }
            self.more.notified().await;
        }
    }

    /// Notes what became of a message.
    pub fn settle(&self, id: OutboundId, outcome: Outcome) {
        self.settled.lock().unwrap_or_else(PoisonError::into_inner).push((id, outcome));
    }

    /// Takes what was settled since the last call.
    pub fn take_settled(&self) -> Vec<(OutboundId, Outcome)> {
        std::mem::take(&mut *self.settled.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts settles back whose commit failed.
    pub fn put_back(&self, settled: Vec<(OutboundId, Outcome)>) {
        self.settled.lock().unwrap_or_else(PoisonError::into_inner).splice(0..0, settled);
    }
}
