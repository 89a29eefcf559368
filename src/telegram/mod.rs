//! The Telegram edge: takes updates, hands them to the app, and sends what the app hands out.
//!
//! `poll` → `decode` → [`Door::submit`] → the next poll acknowledges; [`Door::next_outbound`] → `lanes` → `send` → [`Door::settle`].

mod api;
mod commands;
mod courtesy;
pub mod decode;
mod door;
mod encode;
mod lanes;
mod outcome;
mod pace;
mod poll;
mod send;
mod start;

pub use api::ApiSetupError;
pub use door::Door;

use crate::app::AppError;
use api::Api;
use chrono::{DateTime, Utc};
use courtesy::Courtesies;
use lanes::Limits;
use secrecy::SecretString;
use std::future::Future;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};

/// How long the clock loop sleeps at most: a host that slept, or a clock that was set, is noticed within this time.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// When stopping: how long a batch that was taken may still need.
const TAKING: Duration = Duration::from_secs(4);
/// When stopping: until when messages may still leave.
const SENDING: Duration = Duration::from_secs(7);
/// When stopping: until when the app may still write.
const STOPPED: Duration = Duration::from_millis(9500);

/// How to reach Telegram and how fast to send.
pub struct Settings {
    /// The bot's token, from BotFather.
    pub token: SecretString,
    /// Root of the Bot API, such as `https://api.telegram.org`.
    pub api_url: reqwest::Url,
    /// Messages a second over all chats (Telegram: about 30); 0 = no limit.
    pub overall_per_second: u32,
    /// Milliseconds between two messages to one chat (Telegram: about 1,000); 0 = none.
    pub chat_interval_ms: u64,
    /// Replies that may follow each other at once in one chat.
    pub reply_burst: u32,
}

/// Why serving ended.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The settings cannot work.
    #[error(transparent)]
    Setup(#[from] ApiSetupError),
    /// Telegram answered 401.
    #[error(
        "Telegram refused the bot token (401). Copy the current token from @BotFather (/mybots, API Token) into TELOXIDE_TOKEN or the token file, and start Cairn again."
    )]
    TokenRefused,
    /// Telegram answered 404.
    #[error(
        "Telegram knows no bot with this token at this address (404). Check the token, and TELOXIDE_API_URL if you set it, and start Cairn again."
    )]
    NotFound,
    /// Telegram answered 409 again and again.
    #[error(
        "Another program is taking this bot's messages (409). Stop the other one; if you do not know it, make a new token with @BotFather (/revoke); then start Cairn again."
    )]
    SecondPoller,
    /// The app takes nothing more.
    #[error(transparent)]
    App(#[from] AppError),
    /// A part of the edge ended by a fault of the program.
    #[error(
        "The {0} of the Telegram edge stopped by a fault in Cairn. Nothing that was acknowledged is lost: start Cairn again, and report the lines above."
    )]
    Fault(&'static str),
}

/// Serves patients until `shutdown` is done or there is no point in going on; then finishes what was taken and sends what is
/// queued, in at most 10 s.
///
/// # Errors
/// [`ServeError`], each with what to do next. Faults of the network are not errors: they are waited out.
pub async fn serve<D: Door>(door: D, settings: Settings, shutdown: impl Future<Output = ()>) -> Result<(), ServeError> {
    let api = Api::new(&settings.token, &settings.api_url)?;
    tokio::pin!(shutdown);
    let bot = tokio::select! {
        () = &mut shutdown => None,
        bot = start::bot(&api) => Some(bot),
    };
    let bot = match bot {
        Some(Ok(bot)) => bot,
        ended => {
            let _ = timeout_at(Instant::now() + STOPPED, door.drain()).await;
            return ended.transpose().map(drop);
        }
    };
    let (stop, stopping) = watch::channel(false);
    let (deadline, sending) = watch::channel(None);
    let courtesies = Courtesies::start(api.clone());
    let menus = tokio::spawn(commands::announce(door.clone(), api.clone()));
    let limits = Limits {
        overall_per_second: settings.overall_per_second,
        chat_interval: Duration::from_millis(settings.chat_interval_ms),
        reply_burst: settings.reply_burst.max(1),
    };
    let mut sender = tokio::spawn(send::run(door.clone(), api.clone(), limits, sending));
    let clock = clock(&door, stopping.clone());
    let polling = poll::run(&door, &api, &bot, &courtesies, stopping);
    tokio::pin!(clock, polling);
    let mut result = tokio::select! {
        () = &mut shutdown => Ok(()),
        ended = &mut polling => ended,
        ended = &mut clock => ended,
        _ = &mut sender => Err(ServeError::Fault("sender")),
    };
    menus.abort();
    let begun = Instant::now();
    if result.is_ok() {
        let _ = stop.send(true);
        // Both end by themselves once what they hold is durable; neither is cut off in the middle of it.
        let both = async { tokio::join!(polling, clock) };
        if let Ok((Err(error), _) | (_, Err(error))) = timeout_at(begun + TAKING, both).await {
            result = Err(error);
        }
    }
    let _ = deadline.send(Some(begun + SENDING));
    if !sender.is_finished() {
        let _ = timeout_at(begun + SENDING + Duration::from_secs(1), &mut sender).await;
    }
    let _ = timeout_at(begun + STOPPED, door.drain()).await;
    result
}

/// The bot's username at Telegram, without `@`, for links that lead to it. Waits while Telegram cannot be reached.
///
/// # Errors
/// [`ServeError`] if the token is refused or cannot be one.
pub async fn username(api_url: &reqwest::Url, token: SecretString) -> Result<String, ServeError> {
    start::username(&Api::new(&token, api_url)?).await
}

/// Runs due timers, by the wall clock: a monotonic timer stands still while the host sleeps.
async fn clock<D: Door>(door: &D, mut stop: watch::Receiver<bool>) -> Result<(), ServeError> {
    while !*stop.borrow_and_update() {
        let due = door.tick().await?;
        let wait = due.map_or(LONGEST_SLEEP, |due| (due - wall_clock()).to_std().unwrap_or_default().min(LONGEST_SLEEP));
        tokio::select! {
            // Never quite at once: a timer that stays due must not turn this into a spinning loop.
            () = sleep(wait.max(Duration::from_millis(20))) => {}
            _ = stop.changed() => {}
        }
    }
    Ok(())
}

/// The one place of the edge that looks at the wall clock: for “try again at”, and for sleeping until a timer is due.
#[expect(clippy::disallowed_methods, reason = "an edge lives in real time; everything below it is given the time")]
fn wall_clock() -> DateTime<Utc> {
    Utc::now()
}
