//! The first words with Telegram: who are we, and no webhook in the way. A network that is not up yet is waited for.

use super::ServeError;
use super::api::{Answer, Api, CallError, Way};
use super::poll::backoff;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use teloxide::payloads::{DeleteWebhook, GetMe};
use teloxide::requests::Payload;
use tokio::time::sleep;

/// The part of `User` that is used.
#[derive(Deserialize)]
struct Me {
    #[serde(default)]
    username: String,
}

/// Learns the bot's username, without `@`.
pub(super) async fn username(api: &Api) -> Result<String, ServeError> {
    let read = |answer: &Answer| serde_json::from_str::<Me>(answer.judge()?.get()).map_err(|_| CallError::InDoubt);
    Ok(insist(api, &GetMe::new(), read).await?.username)
}

/// Learns the bot's username and ends webhook mode, keeping the updates that wait.
pub(super) async fn bot(api: &Api) -> Result<String, ServeError> {
    let username = username(api).await?;
    insist(api, &polling_mode(), |answer| answer.judge().map(drop)).await?;
    tracing::info!(bot = username, "serving");
    Ok(username)
}

/// Ends webhook mode and leaves what waits in the queue: it is patients' messages.
pub(super) fn polling_mode() -> DeleteWebhook {
    let mut payload = DeleteWebhook::new();
    payload.drop_pending_updates = Some(false);
    payload
}

/// Calls until it works, or until Telegram says that it never will.
async fn insist<P, T>(api: &Api, payload: &P, read: impl Fn(&Answer) -> Result<T, CallError>) -> Result<T, ServeError>
where
    P: Payload + Serialize + Sync,
{
    let mut tries = 0_u32;
    loop {
        let error = match api.answer(Way::Send, payload).await.and_then(|answer| read(&answer)) {
            Ok(read) => return Ok(read),
            Err(error) => error,
        };
        tries = tries.saturating_add(1);
        let wait = match error {
            CallError::Api { code: 401, .. } => return Err(ServeError::TokenRefused),
            CallError::Api { code: 404, .. } => return Err(ServeError::NotFound),
            CallError::Api { code: 429, retry_after, .. } => Duration::from_secs(retry_after.unwrap_or(1).clamp(1, 60).unsigned_abs()),
            _ => backoff(tries),
        };
        tracing::warn!(method = P::NAME, %error, tries, "Telegram cannot be reached yet; trying again");
        sleep(wait).await;
    }
}
