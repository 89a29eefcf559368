//! What makes a tap feel answered: its spinner ends, and the answer stands in place of the buttons. Also leaving groups.
//!
//! Best effort: nothing here is durable, and when too much waits it is left out rather than kept.

use super::api::{Api, Way};
use super::decode::TapOrigin;
use super::encode;
use crate::app::inbound::Reception;
use std::sync::Arc;
use teloxide::payloads::{AnswerCallbackQuery, AnswerCallbackQuerySetters, LeaveChat};
use teloxide::types::{CallbackQueryId, ChatId};
use tokio::sync::{Semaphore, mpsc};

/// Courtesies that may wait.
const WAITING: usize = 1024;
/// Courtesies under way at once.
const AT_ONCE: usize = 32;
/// Longest notice that Telegram shows for a tap, in UTF-16 units.
const LONGEST_TOAST: usize = 200;

/// One courtesy.
pub(super) enum Courtesy {
    /// Answer a tap as the app says.
    Tap(TapOrigin, Reception),
    /// Leave a group.
    Leave(i64),
}

/// Hands courtesies on without ever waiting.
#[derive(Clone)]
pub(super) struct Courtesies(mpsc::Sender<Courtesy>);

impl Courtesies {
    /// Starts carrying them out.
    pub(super) fn start(api: Api) -> Self {
        let (sender, mut waiting) = mpsc::channel(WAITING);
        let room = Arc::new(Semaphore::new(AT_ONCE));
        tokio::spawn(async move {
            while let Some(courtesy) = waiting.recv().await {
                let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
                let api = api.clone();
                tokio::spawn(async move {
                    carry_out(&api, courtesy).await;
                    drop(place);
                });
            }
        });
        Self(sender)
    }

    /// Adds one; if too many wait it is left out.
    pub(super) fn add(&self, courtesy: Courtesy) {
        if self.0.try_send(courtesy).is_err() {
            tracing::debug!("too many taps at once: one was not answered in place");
        }
    }
}

async fn carry_out(api: &Api, courtesy: Courtesy) {
    match courtesy {
        Courtesy::Tap(origin, reception) => {
            answer(api, &origin, &reception).await;
            show(api, &origin, &reception).await;
        }
        Courtesy::Leave(chat) => {
            let left = api.call(Way::Send, &LeaveChat::new(ChatId(chat))).await;
            tracing::info!(done = left.is_ok(), "left a group: Cairn talks with one person at a time");
        }
    }
}

/// Ends the spinner on the button.
async fn answer(api: &Api, origin: &TapOrigin, reception: &Reception) {
    let Some(callback) = &origin.callback else { return };
    let mut payload = AnswerCallbackQuery::new(CallbackQueryId(callback.clone()));
    if let Some(toast) = reception.toast.as_deref().filter(|toast| !toast.is_empty() && !reception.duplicate) {
        payload = payload.text(clipped(toast));
    }
    if let Err(error) = api.call(Way::Send, &payload).await {
        tracing::debug!(method = "answerCallbackQuery", %error, "a tap was not answered in place");
    }
}

/// Puts the answer in place of the buttons.
async fn show(api: &Api, origin: &TapOrigin, reception: &Reception) {
    let (Some(message), Some(label)) = (origin.message, reception.answer_shown.as_deref().filter(|_| !reception.duplicate)) else {
        return;
    };
    let chat_id = origin.chat.0;
    let text = origin.text.as_deref().and_then(|question| encode::answered(question, label));
    let shown = match text {
        Some(text) => api.call(Way::Send, &encode::edited(chat_id, message, &text)).await,
        None => api.call(Way::Send, &encode::RemoveKeyboard { chat_id, message_id: message }).await,
    };
    if let Err(error) = shown {
        tracing::debug!(method = "editMessageText", %error, "an answer was not shown in place of its buttons");
    }
}

/// A notice no longer than Telegram takes.
fn clipped(toast: &str) -> String {
    let mut units = 0;
    toast
        .chars()
        .take_while(|character| {
            units += character.len_utf16();
            units <= LONGEST_TOAST
        })
        .collect()
}
