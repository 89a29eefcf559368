//! The order and pace of sending, without waiting for anything.

use super::*;
use crate::model::ids::OutboundId;
use proptest::prelude::*;

const SECOND: Duration = Duration::from_secs(1);

fn limits(overall_per_second: u32, chat_seconds: u64, reply_burst: u32) -> Limits {
    Limits { overall_per_second, chat_interval: Duration::from_secs(chat_seconds), reply_burst }
}

fn message(number: u64, chat: i64, lane: Lane) -> Outbound {
    let (id, chat, text) = (OutboundId(number), ChatId(chat), "x".to_owned());
    Outbound { id, patient: None, chat, lane, text, buttons: Vec::new(), question: None, tries: 0, not_before: None }
}

fn put(lanes: &mut Lanes, number: u64, chat: i64, lane: Lane) {
    lanes.push(message(number, chat, lane), Duration::ZERO, Duration::ZERO);
}

fn sent(lanes: &mut Lanes, now: Duration) -> Queued {
    match lanes.next(now) {
        Next::Send(queued) => queued,
        other => panic!("{other:?}"),
    }
}

fn waits(lanes: &mut Lanes, now: Duration) -> Duration {
    match lanes.next(now) {
        Next::Wait(moment) => moment,
        other => panic!("{other:?}"),
    }
}

/// Sends everything as early as it may leave; returns when each message left.
fn run(lanes: &mut Lanes, mut now: Duration) -> Vec<(Duration, u64, i64)> {
    let mut left = Vec::new();
    loop {
        match lanes.next(now) {
            Next::Send(queued) => {
                left.push((now, queued.message.id.0, queued.message.chat.0));
                lanes.done(queued.message.chat);
            }
            Next::Wait(moment) => now = moment,
            Next::Idle => return left,
        }
    }
}

#[test]
fn one_message_of_a_chat_is_on_its_way_at_a_time() {
    let mut lanes = Lanes::new(limits(0, 0, 3));
    put(&mut lanes, 1, 1, Lane::Reply);
    put(&mut lanes, 2, 1, Lane::Reply);
    assert_eq!(sent(&mut lanes, SECOND).message.id.0, 1);
    assert!(matches!(lanes.next(SECOND), Next::Idle));
    lanes.done(ChatId(1));
    assert_eq!(sent(&mut lanes, SECOND).message.id.0, 2);
}

#[test]
fn three_replies_follow_each_other_at_once_and_the_rest_a_second_apart() {
    let mut lanes = Lanes::new(limits(0, 1, 3));
    (1..=5).for_each(|number| put(&mut lanes, number, 1, Lane::Reply));
    let at: Vec<u64> = run(&mut lanes, 10 * SECOND).iter().map(|left| left.0.as_secs()).collect();
    assert_eq!(at, [10, 10, 10, 11, 12]);
}

#[test]
fn nudges_never_come_in_bursts() {
    let mut lanes = Lanes::new(limits(0, 1, 3));
    (1..=3).for_each(|number| put(&mut lanes, number, 1, Lane::Nudge));
    let at: Vec<u64> = run(&mut lanes, 10 * SECOND).iter().map(|left| left.0.as_secs()).collect();
    assert_eq!(at, [10, 11, 12]);
}

#[test]
fn a_reply_pulls_its_chat_before_those_that_only_get_nudges() {
    let mut lanes = Lanes::new(limits(0, 0, 3));
    (1..=5).for_each(|number| put(&mut lanes, number, i64::try_from(number).unwrap(), Lane::Nudge));
    put(&mut lanes, 6, 5, Lane::Reply);
    let order: Vec<u64> = run(&mut lanes, SECOND).iter().map(|left| left.1).collect();
    assert_eq!(order, [5, 6, 1, 2, 3, 4]);
}

#[test]
fn the_overall_limit_holds_in_every_second() {
    let mut lanes = Lanes::new(limits(25, 1, 3));
    (0..500).for_each(|number| put(&mut lanes, number, i64::try_from(number).unwrap(), Lane::Nudge));
    let left = run(&mut lanes, SECOND);
    assert_eq!(left.len(), 500);
    for window in left.windows(30) {
        assert!(window[29].0 >= window[0].0 + SECOND, "30 messages within a second from {:?}", window[0].0);
    }
    assert!(left[499].0 <= 21 * SECOND, "{:?}", left[499].0);
}

#[test]
fn a_pause_holds_up_its_own_chat_only_and_keeps_the_order() {
    let mut lanes = Lanes::new(limits(0, 0, 3));
    (1..=2).for_each(|number| put(&mut lanes, number, 1, Lane::Reply));
    put(&mut lanes, 3, 2, Lane::Reply);
    let first = sent(&mut lanes, SECOND);
    lanes.again(first, 300 * SECOND);
    assert_eq!(sent(&mut lanes, SECOND).message.id.0, 3);
    lanes.done(ChatId(2));
    assert_eq!(waits(&mut lanes, SECOND), 300 * SECOND);
    assert!(lanes.is_quiet_until(299 * SECOND) && !lanes.is_quiet_until(300 * SECOND));
    let order: Vec<u64> = run(&mut lanes, 300 * SECOND).iter().map(|left| left.1).collect();
    assert_eq!(order, [1, 2]);
}

#[test]
fn a_stored_not_before_is_kept() {
    let mut lanes = Lanes::new(limits(0, 0, 3));
    lanes.push(message(1, 1, Lane::Reply), 9 * SECOND, SECOND);
    assert_eq!(waits(&mut lanes, SECOND), 9 * SECOND);
    assert_eq!(sent(&mut lanes, 9 * SECOND).message.id.0, 1);
}

#[test]
fn someone_who_is_gone_gets_nothing_more_until_there_is_something_new() {
    let mut lanes = Lanes::new(limits(0, 0, 3));
    (1..=3).for_each(|number| put(&mut lanes, number, 1, Lane::Reply));
    sent(&mut lanes, SECOND);
    lanes.done(ChatId(1));
    let dropped: Vec<u64> = lanes.gone(ChatId(1)).iter().map(|message| message.id.0).collect();
    assert_eq!(dropped, [2, 3]);
    assert!(matches!(lanes.next(SECOND), Next::Idle));
    put(&mut lanes, 4, 1, Lane::Reply);
    assert_eq!(sent(&mut lanes, SECOND).message.id.0, 4);
}

#[test]
fn chats_that_wait_for_nothing_are_forgotten() {
    let mut lanes = Lanes::new(limits(0, 1, 3));
    (0..1000).for_each(|number| put(&mut lanes, number, i64::try_from(number).unwrap(), Lane::Reply));
    run(&mut lanes, SECOND);
    assert_eq!(lanes.chats(), 1000);
    assert!(matches!(lanes.next(3 * SECOND), Next::Idle));
    assert_eq!(lanes.chats(), 0);
    let mut lanes = Lanes::new(limits(0, 0, 3));
    put(&mut lanes, 1, 1, Lane::Reply);
    run(&mut lanes, SECOND);
    assert_eq!(lanes.chats(), 0);
}

#[test]
fn an_urgent_message_counts_towards_the_limit_of_its_chat() {
    let mut lanes = Lanes::new(limits(0, 1, 1));
    lanes.sent_elsewhere(ChatId(1), 10 * SECOND);
    lanes.push(message(1, 1, Lane::Reply), Duration::ZERO, 10 * SECOND);
    assert_eq!(waits(&mut lanes, 10 * SECOND), 11 * SECOND);
}

proptest! {
    /// Whatever comes in whatever order and however the tries end: each message leaves, in order within its chat, one at a time.
    #[test]
    fn every_message_leaves_in_order(
        messages in prop::collection::vec((0_i64..5, any::<bool>()), 1..60), failures in prop::collection::vec(any::<bool>(), 200),
        overall in 0_u32..40, interval in 0_u64..3) {
        let mut lanes = Lanes::new(limits(overall, interval, 3));
        let mut failures = failures.into_iter();
        for (number, (chat, nudge)) in messages.iter().enumerate() {
            put(&mut lanes, number as u64, *chat, if *nudge { Lane::Nudge } else { Lane::Reply });
        }
        let (mut now, mut left) = (SECOND, Vec::new());
        loop {
            match lanes.next(now) {
                Next::Send(queued) if failures.next() == Some(true) => lanes.again(queued, now + 2 * SECOND),
                Next::Send(queued) => {
                    left.push((queued.message.chat.0, queued.message.id.0));
                    lanes.done(queued.message.chat);
                }
                Next::Wait(moment) => {
                    prop_assert!(moment > now);
                    now = moment;
                }
                Next::Idle => break,
            }
        }
        prop_assert_eq!(left.len(), messages.len());
        for chat in 0..5 {
            let order: Vec<u64> = left.iter().filter(|sent| sent.0 == chat).map(|sent| sent.1).collect();
            prop_assert!(order.is_sorted());
        }
    }
}
