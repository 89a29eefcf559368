//! Takes updates from Telegram. An update is acknowledged, by the offset of the next `getUpdates`, only after its effects are durable.

use super::ServeError;
use super::api::{Answer, Api, CallError, LONG_POLL_SECONDS, Way};
use super::courtesy::{Courtesies, Courtesy};
use super::decode::{self, Decision, Decoded};
use super::door::Door;
use super::start::polling_mode;
use serde::Serialize;
use std::collections::BTreeSet;
use std::time::Duration;
use teloxide::requests::Payload;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

/// The kinds of update Cairn uses. Named in every call: a call without them would keep whatever was set before.
const ALLOWED: [&str; 4] = ["message", "edited_message", "callback_query", "my_chat_member"];

/// `getUpdates`; teloxide's has a 32-bit offset, and Telegram promises no such bound.
#[derive(Serialize)]
struct GetUpdates {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    limit: u8,
    timeout: u32,
    allowed_updates: [&'static str; 4],
}

impl Payload for GetUpdates {
    type Output = ();
    const NAME: &'static str = "getUpdates";
}

/// Polls until `stop` is true or there is no point in going on.
pub(super) async fn run<D: Door>(door: &D, api: &Api, bot: &str, courtesies: &Courtesies, mut stop: watch::Receiver<bool>) -> Result<(), ServeError> {
    let mut offset = door.cursor();
    let mut trouble = Trouble::default();
    while !*stop.borrow_and_update() {
        let payload = GetUpdates { offset, limit: 100, timeout: LONG_POLL_SECONDS, allowed_updates: ALLOWED };
        let answer = tokio::select! {
            biased;
            _ = stop.changed() => continue,
            answer = api.answer(Way::Poll, &payload) => answer,
        };
        let pause = match answer.and_then(|answer| read(&answer, bot)) {
            Ok(batch) => {
                trouble = Trouble::default();
                take(door, courtesies, batch, &mut offset).await?
            }
            Err(error) => {
                if matches!(error, CallError::Api { code: 409, webhook: true, .. }) {
                    let _ = api.call(Way::Send, &polling_mode()).await;
                }
                let wait = trouble.after(&error, Instant::now())?;
                tracing::warn!(method = "getUpdates", %error, tries = trouble.tries, "no updates for now; trying again");
                wait
            }
        };
        if !pause.is_zero() {
            tokio::select! {
                () = sleep(pause) => {}
                _ = stop.changed() => {}
            }
        }
    }
    Ok(())
}

/// Reads an answer to `getUpdates`.
fn read(answer: &Answer, bot: &str) -> Result<Vec<Decoded>, CallError> {
    let batch = match answer.judge() {
        Ok(result) => decode::batch(result, bot),
        Err(CallError::InDoubt) => decode::batch(&answer.judge_mended()?, bot),
        Err(error) => return Err(error),
    };
    batch.ok_or(CallError::InDoubt)
}

/// Hands a batch to the app, waits until it is durable, and moves the offset on. Returns how long to wait before the next poll.
async fn take<D: Door>(door: &D, courtesies: &Courtesies, batch: Vec<Decoded>, offset: &mut Option<i64>) -> Result<Duration, ServeError> {
    if batch.is_empty() {
        return Ok(Duration::ZERO);
    }
    let next = decode::next_offset(&batch, *offset);
    let unreadable = batch.iter().filter(|decoded| decoded.update.is_none()).count();
    let stuck = unreadable == batch.len();
    if unreadable > 0 {
        tracing::error!(unreadable, of = batch.len(), "updates without a readable number were passed over");
    }
    let mut inbounds = Vec::with_capacity(batch.len());
    let mut taps = Vec::new();
    let mut groups = BTreeSet::new();
    for decoded in batch {
        match decoded.decision {
            Decision::Take(inbound, tap) => {
                taps.extend(tap.map(|tap| (inbounds.len(), tap)));
                inbounds.push(inbound);
            }
            Decision::LeaveGroup(chat) => {
                groups.insert(chat);
            }
            Decision::Ignore(reason) => tracing::info!(update = decoded.update, reason, "an update was passed over"),
        }
    }
    let mut receptions = door.submit(inbounds, next).await?;
    *offset = next;
    for (index, tap) in taps {
        let reception = receptions.get_mut(index).map(std::mem::take).unwrap_or_default();
        courtesies.add(Courtesy::Tap(tap, reception));
    }
    for chat in groups {
        courtesies.add(Courtesy::Leave(chat));
    }
    Ok(if stuck { Duration::from_secs(1) } else { Duration::ZERO })
}

/// A run of failed polls.
#[derive(Debug, Default)]
struct Trouble {
    tries: u32,
    conflicts: u32,
    first_conflict: Option<Instant>,
}

/// Three conflicts in a row within this time mean a second poller. The first ones may come from a process that is ending.
const CONFLICT_WINDOW: Duration = Duration::from_secs(30);

impl Trouble {
    /// How long to wait after a failed poll, or why to stop.
    fn after(&mut self, error: &CallError, now: Instant) -> Result<Duration, ServeError> {
        self.tries = self.tries.saturating_add(1);
        match error {
            CallError::Api { code: 401, .. } => Err(ServeError::TokenRefused),
            CallError::Api { code: 409, webhook: false, .. } => {
                let first = *self.first_conflict.get_or_insert(now);
                if now.saturating_duration_since(first) > CONFLICT_WINDOW {
                    (self.conflicts, self.first_conflict) = (0, Some(now));
                }
                self.conflicts += 1;
                match self.conflicts {
                    // Often one is all: the trace of a poll that was cut off.
                    0 | 1 => Ok(Duration::from_millis(500)),
                    2 => Ok(Duration::from_secs(4)),
                    _ => Err(ServeError::SecondPoller),
                }
            }
            CallError::Api { code: 429, retry_after, .. } => Ok(Duration::from_secs(retry_after.unwrap_or(1).clamp(1, 60).unsigned_abs())),
            _ => Ok(backoff(self.tries)),
        }
    }
}

/// 0.2 s, doubling to 10 s. `tries` counts from 1.
pub(super) fn backoff(tries: u32) -> Duration {
    Duration::from_millis(200).saturating_mul(1_u32 << tries.saturating_sub(1).min(6)).min(Duration::from_secs(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(code: u16, retry_after: Option<i64>) -> CallError {
        CallError::Api { code, retry_after, webhook: false }
    }

    #[test]
    fn faults_are_waited_out_longer_and_longer_but_never_beyond_ten_seconds() {
        let mut trouble = Trouble::default();
        let waits: Vec<u128> = (0..9).map(|_| trouble.after(&api(502, None), Instant::now()).unwrap().as_millis()).collect();
        assert_eq!(waits, [200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
    }

    #[test]
    fn a_second_poller_ends_it_only_when_it_persists() {
        let mut trouble = Trouble::default();
        let start = Instant::now();
        for seconds in [0, 2, 40, 42] {
            assert!(trouble.after(&api(409, None), start + Duration::from_secs(seconds)).is_ok(), "{seconds}");
        }
        assert!(matches!(trouble.after(&api(409, None), start + Duration::from_secs(44)), Err(ServeError::SecondPoller)));
    }

    #[test]
    fn a_flood_pause_is_kept_within_reason() {
        let mut trouble = Trouble::default();
        let mut wait = |retry_after| trouble.after(&api(429, retry_after), Instant::now()).unwrap().as_secs();
        assert_eq!([wait(Some(7)), wait(None), wait(Some(-1)), wait(Some(i64::MAX))], [7, 1, 1, 60]);
    }
}
