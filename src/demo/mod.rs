//! Cairn without Telegram: the same app on a temporary store and a virtual clock.

pub mod chat;
pub mod record;
pub mod stage;
