//! What an edge hands in, and what it gets back once it is durable.

use crate::model::ids::{ChatId, UpdateId};

/// One message, tap or notice from a private chat.
#[derive(Clone, PartialEq, Eq)]
pub struct Inbound {
    /// Telegram's number of the update: the same number twice is the same update.
    pub update: UpdateId,
    /// The private chat it came from.
    pub chat: ChatId,
    /// `language_code` of the sender's app, if it says one.
    pub language_hint: Option<String>,
    /// What came.
    pub what: InboundKind,
}

/// What came.
#[derive(Clone, PartialEq, Eq)]
pub enum InboundKind {
    /// Words, exactly as written.
    Text(String),
    /// A command of this bot, without its slash and in lower case, with what followed it.
    Command {
        /// Such as `help`.
        name: String,
        /// What followed, trimmed.
        argument: String,
    },
    /// A tapped inline button: its callback data.
    Tap(String),
    /// A message that cannot be read (voice, photo, sticker, …).
    Media {
        /// Kind, such as `voice`.
        kind: String,
        /// Telegram's file reference, if it has one.
        reference: Option<String>,
    },
    /// A message was edited; its new words.
    Edited(String),
    /// The chat blocked the bot.
    Blocked,
    /// The chat unblocked the bot.
    Unblocked,
}

impl std::fmt::Debug for Inbound {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Inbound({})", self.update.0)
    }
}

/// What the edge may show besides the messages of the outbox. Not durable: losing it in a crash harms nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reception {
    /// The update had been taken before; it changed nothing.
    pub duplicate: bool,
    /// For a tap: the label of the answer that was taken, to be shown in place of the buttons of the tapped message.
    pub answer_shown: Option<String>,
    /// For a tap: a short notice (≤ 200 characters) for `answerCallbackQuery`.
    pub toast: Option<String>,
}
