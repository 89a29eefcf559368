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

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(code: u16) -> Result<(), CallError> {
        Err(CallError::Api { code, retry_after: None, webhook: false })
    }

    fn flood(retry_after: Option<i64>, lane: Lane) -> Fate {
        fate(&Err(CallError::Api { code: 429, retry_after, webhook: false }), lane, 0, Duration::ZERO)
    }

    #[test]
    fn a_flood_pause_is_as_asked_within_reason() {
        let again = |seconds| Fate::Again(Duration::from_secs(seconds));
        assert_eq!(flood(Some(30), Lane::Reply), again(30));
        for nonsense in [None, Some(0), Some(-1), Some(i64::MIN)] {
            assert_eq!(flood(nonsense, Lane::Nudge), again(1));
        }
        assert_eq!(flood(Some(i64::MAX), Lane::Reply), again(3600));
        assert_eq!(flood(Some(300), Lane::Urgent), again(30));
    }

    #[test]
    fn what_was_never_sent_is_tried_again_more_and_more_rarely() {
        let wait = |tries, lane| match fate(&Err(CallError::NotSent), lane, tries, Duration::ZERO) {
            Fate::Again(wait) => wait.as_millis(),
            over @ Fate::Over(_) => panic!("{over:?}"),
        };
        let waits: Vec<u128> = [0, 1, 2, 6, 7, 40].map(|tries| wait(tries, Lane::Nudge)).to_vec();
        assert_eq!(waits, [500, 1000, 2000, 32_000, 60_000, 60_000]);
        assert_eq!(wait(40, Lane::Urgent), 10_000);
    }

    #[test]
    fn nothing_is_tried_for_ever() {
        let late = |lane, hours| fate(&Err(CallError::NotSent), lane, 9, Duration::from_hours(hours));
        assert_eq!(late(Lane::Nudge, 3), Fate::Over(Outcome::InDoubt));
        assert!(matches!(late(Lane::Reply, 23), Fate::Again(_)));
        assert_eq!(late(Lane::Reply, 24), Fate::Over(Outcome::Refused));
        assert_eq!(late(Lane::Urgent, 24), Fate::Over(Outcome::Refused));
    }

    #[test]
    fn a_message_in_doubt_is_sent_again_only_if_it_is_urgent() {
        let doubt = |lane| fate(&Err(CallError::InDoubt), lane, 0, Duration::ZERO);
        assert!(matches!(doubt(Lane::Urgent), Fate::Again(_)));
        assert_eq!(doubt(Lane::Reply), Fate::Over(Outcome::InDoubt));
        assert_eq!(doubt(Lane::Nudge), Fate::Over(Outcome::InDoubt));
    }

    #[test]
    fn a_fault_of_telegrams_own_may_cost_a_nudge_but_never_doubles_one() {
        assert_eq!(fate(&answered(502), Lane::Nudge, 0, Duration::ZERO), Fate::Over(Outcome::InDoubt));
        assert!(matches!(fate(&answered(502), Lane::Reply, 0, Duration::ZERO), Fate::Again(_)));
    }

    #[test]
    fn refusals_of_the_person_and_of_the_message_are_final() {
        for lane in [Lane::Urgent, Lane::Reply, Lane::Nudge] {
            assert_eq!(fate(&answered(403), lane, 0, Duration::ZERO), Fate::Over(Outcome::Gone));
            assert_eq!(fate(&answered(400), lane, 0, Duration::ZERO), Fate::Over(Outcome::Refused));
            assert!(matches!(fate(&answered(401), lane, 0, Duration::ZERO), Fate::Again(_)));
        }
    }
}
