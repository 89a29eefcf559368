//! The Telegram edge against a strict fake Telegram: what is taken, what is sent, and what happens when either side misbehaves.

#[path = "support/desk.rs"]
mod desk;
#[path = "support/fake_telegram.rs"]
mod fake_telegram;
#[path = "telegram/polling.rs"]
mod polling;
#[path = "telegram/sending.rs"]
mod sending;
#[path = "telegram/strictness.rs"]
mod strictness;
#[path = "telegram/taps.rs"]
mod taps;
#[path = "telegram/whole.rs"]
mod whole;

use desk::{Desk, Edge, settings};
use fake_telegram::{FakeTelegram, TOKEN};

/// A fake Telegram, a desk, and the edge between them.
async fn serving() -> (FakeTelegram, Desk, Edge) {
    let fake = FakeTelegram::start().await;
    let desk = Desk::default();
    let edge = Edge::start(&desk, settings(fake.address(), TOKEN));
    (fake, desk, edge)
}
