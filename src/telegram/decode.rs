//! From the bytes of an update to what Cairn does about it. Pure; every update gets a decision, whatever is in it.

mod fields;
mod message;
#[cfg(test)]
mod tests;

use crate::app::inbound::{Inbound, InboundKind};
use crate::model::ids::{ChatId, UpdateId};
use fields::Fields;
use serde_json::value::RawValue;

/// What to do about one update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Hand it to the app; a tap is also answered in Telegram's own way.
    Take(Inbound, Option<TapOrigin>),
    /// Leave this group or channel without a word.
    LeaveGroup(i64),
    /// Acknowledge it and do nothing, for this reason (a fixed text, safe to log).
    Ignore(&'static str),
}

/// Where a tap came from. Its `Debug` tells nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct TapOrigin {
    /// For `answerCallbackQuery`; absent if Telegram sent none that can be read.
    pub callback: Option<String>,
    /// Chat of the tapped message.
    pub chat: ChatId,
    /// The tapped message; absent when it is too old or was sent elsewhere.
    pub message: Option<i64>,
    /// The text of the tapped message.
    pub text: Option<String>,
}

impl std::fmt::Debug for TapOrigin {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("TapOrigin(…)")
    }
}

/// One update: its number, if that can be read, and the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// `update_id`.
    pub update: Option<i64>,
    /// What to do.
    pub decision: Decision,
}

/// Reads the `result` of `getUpdates`. `None` if it is not an array. `bot` is this bot's username, without `@`.
#[must_use]
pub fn batch(result: &RawValue, bot: &str) -> Option<Vec<Decoded>> {
    let updates: Vec<&RawValue> = serde_json::from_str(result.get()).ok()?;
    Some(updates.into_iter().map(|raw| update(raw, bot)).collect())
}

/// Reads one update.
#[must_use]
pub fn update(raw: &RawValue, bot: &str) -> Decoded {
    let fields = Fields::of(raw);
    let Some(update) = fields.number("update_id") else {
        return Decoded { update: None, decision: Decision::Ignore("no readable update_id") };
    };
    let id = UpdateId(update);
    let decision = if let Some(message) = fields.object("message") {
        message::new_message(id, &message, bot)
    } else if let Some(message) = fields.object("edited_message") {
        message::edited(id, &message)
    } else if let Some(callback) = fields.object("callback_query") {
        tap(id, &callback)
    } else if let Some(member) = fields.object("my_chat_member") {
        membership(id, &member)
    } else {
        let elsewhere = fields.object("channel_post").or_else(|| fields.object("edited_channel_post"));
        match elsewhere.and_then(|post| post.object("chat")).and_then(|chat| chat.number("id")) {
            Some(chat) => Decision::LeaveGroup(chat),
            None => Decision::Ignore("a kind of update that was not asked for"),
        }
    };
    Decoded { update: Some(update), decision }
}

/// The offset that acknowledges a whole batch: past its highest number. Not past the highest number ever seen, because the numbers
/// restart at random after a week without updates.
///
/// If no number of the batch can be read, the offset moves on by the length of the batch: the numbers of a batch are the lowest that
/// wait, so this passes over nothing that was not in it. `None` if there is nothing to count from.
#[must_use]
pub fn next_offset(batch: &[Decoded], current: Option<i64>) -> Option<i64> {
    let highest = batch.iter().filter_map(|decoded| decoded.update).max();
    match highest {
        Some(highest) => Some(highest.saturating_add(1)),
        None => current.map(|offset| offset.saturating_add(i64::try_from(batch.len()).unwrap_or(1))),
    }
}

/// What kind of chat a chat object tells of.
enum Chat {
    Private(ChatId),
    Group(i64),
    Unreadable,
}

fn chat_of(chat: Option<&Fields<'_>>) -> Chat {
    let Some(chat) = chat else { return Chat::Unreadable };
    match (chat.number("id"), chat.text("type").as_deref()) {
        (Some(id), Some("private")) => Chat::Private(ChatId(id)),
        // Without a type: private chats have positive numbers, groups and channels negative ones.
        (Some(id), None) if id > 0 => Chat::Private(ChatId(id)),
        (Some(id), _) => Chat::Group(id),
        (None, _) => Chat::Unreadable,
    }
}

fn language_of(from: Option<&Fields<'_>>) -> Option<String> {
    from.and_then(|from| from.text("language_code")).filter(|code| !code.is_empty() && code.len() <= 35)
}

/// A tapped inline button. Without data or message it is still handed on, so that it is answered.
fn tap(update: UpdateId, callback: &Fields<'_>) -> Decision {
    let from = callback.object("from");
    let message = callback.object("message");
    let chat = match chat_of(message.as_ref().and_then(|message| message.object("chat")).as_ref()) {
        Chat::Private(chat) => chat,
        Chat::Group(chat) => return Decision::LeaveGroup(chat),
        // The number of a private chat is the number of the person.
        Chat::Unreadable => match from.as_ref().and_then(|from| from.number("id")) {
            Some(person) => ChatId(person),
            None => return Decision::Ignore("a tap without a person"),
        },
    };
    let data = callback.text("data").unwrap_or_default();
    let origin = TapOrigin {
        callback: callback.text("id").filter(|id| !id.is_empty()),
        chat,
        message: message.as_ref().and_then(|message| message.number("message_id")).filter(|id| *id > 0),
        text: message.as_ref().and_then(|message| message.text("text")),
    };
    let inbound = Inbound { update, chat, language_hint: language_of(from.as_ref()), what: InboundKind::Tap(data) };
    Decision::Take(inbound, Some(origin))
}

/// The bot was blocked, unblocked, or added somewhere.
fn membership(update: UpdateId, member: &Fields<'_>) -> Decision {
    let status = member.object("new_chat_member").and_then(|new| new.text("status"));
    let away = matches!(status.as_deref(), Some("kicked" | "left"));
    match chat_of(member.object("chat").as_ref()) {
        Chat::Private(chat) => {
            let what = match status.as_deref() {
                Some(_) if away => InboundKind::Blocked,
                Some(_) => InboundKind::Unblocked,
                None => return Decision::Ignore("a change of membership without a status"),
            };
            let language_hint = language_of(member.object("from").as_ref());
            Decision::Take(Inbound { update, chat, language_hint, what }, None)
        }
        Chat::Group(_) if away => Decision::Ignore("already out of a group"),
        Chat::Group(chat) => Decision::LeaveGroup(chat),
        Chat::Unreadable => Decision::Ignore("a change of membership without a chat"),
    }
}
