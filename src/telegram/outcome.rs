//! What the answer to a sent message means for the message. Pure.

use super::api::CallError;
use crate::model::outbound::{Lane, Outcome};
use std::time::Duration;

/// Longest pause that a 429 can impose on a chat.
pub const LONGEST_PAUSE: Duration = Duration::from_hours(1);
/// Longest time between two tries of an urgent message, whatever Telegram asks for.
const URGENT_PAUSE: Duration = Duration::from_secs(30);
/// Longest time between two tries after a fault of the network.
const LONGEST_BACKOFF: Duration = Duration::from_mins(1);
/// How long a reply or an urgent message is tried.
const REPLY_LIFE: Duration = Duration::from_hours(24);
/// How long a nudge is tried: later it would come at the wrong time of the day.
const NUDGE_LIFE: Duration = Duration::from_hours(3);

/// What to do with a message after a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Settle it so; it is over.
    Over(Outcome),
    /// Try it again after this time.
    Again(Duration),
}

/// How long a message of this lane is worth sending.
#[must_use]
pub fn life(lane: Lane) -> Duration {
    if lane == Lane::Nudge { NUDGE_LIFE } else { REPLY_LIFE }
}

/// Decides. `tries` = tries before this one; `age` = time since this run of the program first knew of the message.
#[must_use]
pub fn fate(result: &Result<(), CallError>, lane: Lane, tries: u32, age: Duration) -> Fate {
    let decided = match result {
        Ok(()) => return Fate::Over(Outcome::Delivered),
        Err(CallError::Api { code: 429, retry_after, .. }) => Fate::Again(pause(*retry_after, lane)),
        Err(CallError::Api { code: 403, .. }) => return Fate::Over(Outcome::Gone),
        // Telegram answered with a fault of its own. Whether a nudge got through all the same is not worth the risk of two.
        Err(CallError::Api { code: 500..=599, .. }) if lane == Lane::Nudge => return Fate::Over(Outcome::InDoubt),
        // A refused token or an unknown method is the service's trouble, a redirect some proxy's: the message is not at fault.
        Err(CallError::Api { code: 300..=399 | 401 | 404 | 408 | 409 | 500..=599, .. } | CallError::NotSent) => Fate::Again(backoff(tries, lane)),
        Err(CallError::Api { .. }) => return Fate::Over(Outcome::Refused),
        Err(CallError::InDoubt) if lane == Lane::Urgent => Fate::Again(backoff(tries, lane)),
        Err(CallError::InDoubt) => return Fate::Over(Outcome::InDoubt),
    };
    match decided {
        Fate::Again(wait) if age.saturating_add(wait) > life(lane) => Fate::Over(given_up(lane)),
        other => other,
    }
}

/// What a message is settled as when its time is over: a nudge is dropped and noted, anything else raises an alert.
#[must_use]
pub fn given_up(lane: Lane) -> Outcome {
    if lane == Lane::Nudge { Outcome::InDoubt } else { Outcome::Refused }
}

/// The pause of a 429: at least a second, and no longer than is sane.
fn pause(retry_after: Option<i64>, lane: Lane) -> Duration {
    let asked = Duration::from_secs(retry_after.unwrap_or(1).clamp(1, 1 << 32).unsigned_abs());
    asked.min(if lane == Lane::Urgent { URGENT_PAUSE } else { LONGEST_PAUSE })
}

/// 0.5 s, doubling.
fn backoff(tries: u32, lane: Lane) -> Duration {
    let most = if lane == Lane::Urgent { Duration::from_secs(10) } else { LONGEST_BACKOFF };
    Duration::from_millis(500).saturating_mul(1_u32 << tries.min(10)).min(most)
}
