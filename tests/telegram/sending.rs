//! Sending: every message in its lane, once as far as can be known, in order, within Telegram's limits.

use super::desk::{Desk, Edge, Mood};
use super::fake_telegram::FakeTelegram;
use super::fake_telegram::faults::{Fault, What};
use super::fake_telegram::world::FloodLimits;
use super::serving;
use cairn::model::ids::OutboundId;
use cairn::model::outbound::{Lane, Outcome};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;

const LANES: [Lane; 3] = [Lane::Urgent, Lane::Reply, Lane::Nudge];

/// What a fault must come to in the three lanes: the outcome, and the times the message arrives.
type Expected = [(Outcome, usize); 3];

fn faults() -> Vec<(What, Expected)> {
    use Outcome::{Delivered, Gone, InDoubt, Refused};
    let once = [(Delivered, 1), (Delivered, 1), (Delivered, 1)];
    let answered_in_error = [(Delivered, 1), (Delivered, 1), (InDoubt, 0)];
    let lost = [(Delivered, 1), (InDoubt, 0), (InDoubt, 0)];
    let accepted_unseen = [(Delivered, 2), (InDoubt, 1), (InDoubt, 1)];
    let html = "<html>busy</html>".to_owned();
    vec![
        (What::Delay(Duration::from_millis(100)), once.clone()),
        (Fault::flood(&json!(1)), once.clone()),
        (Fault::flood(&json!(0)), once.clone()),
        (Fault::flood(&json!(-9)), once.clone()),
        (Fault::flood(&Value::Null), once.clone()),
        (What::Refuse(429, "Too Many Requests", Value::Null), once.clone()),
        (What::Refuse(401, "Unauthorized", Value::Null), once.clone()),
        (What::Answer(301, String::new()), once),
        (What::Refuse(500, "Internal Server Error", Value::Null), answered_in_error.clone()),
        (What::Answer(502, html.clone()), answered_in_error),
        (What::Refuse(400, "Bad Request: message is too long", Value::Null), [(Refused, 0), (Refused, 0), (Refused, 0)]),
        (What::Refuse(413, "Request Entity Too Large", Value::Null), [(Refused, 0), (Refused, 0), (Refused, 0)]),
        (What::Refuse(400, "Bad Request: group chat was upgraded", json!({"migrate_to_chat_id": -5})), [(Refused, 0), (Refused, 0), (Refused, 0)]),
        (What::Refuse(403, "Forbidden: user is deactivated", Value::Null), [(Gone, 0), (Gone, 0), (Gone, 0)]),
        (What::DropBefore, lost.clone()),
        (What::Answer(200, html.clone()), lost.clone()),
        (What::Answer(200, r#"{"ok":true}"#.to_owned()), lost.clone()),
        (What::Answer(204, String::new()), lost),
        (What::DropAfter, accepted_unseen.clone()),
        (What::AppliedThen(200, "{\"ok\":tr".to_owned()), accepted_unseen.clone()),
        (What::AppliedThen(200, html), accepted_unseen),
    ]
}

#[tokio::test]
async fn every_fault_comes_to_what_its_lane_promises() {
    let (fake, desk, edge) = serving().await;
    let mut cases = Vec::new();
    for (place, (what, expected)) in faults().into_iter().enumerate() {
        for (lane, (outcome, arrives)) in LANES.into_iter().zip(expected) {
            let chat = i64::try_from(10 * place).unwrap() + lane as i64 + 1;
            fake.say(chat, "/start");
            fake.plan(Fault::once("sendMessage", what.clone()).in_chat(chat));
            let id = desk.put_out(lane, chat, "Hello");
            cases.push((what.clone(), lane, chat, id, outcome, arrives));
        }
    }
    for (what, lane, chat, id, outcome, arrives) in cases {
        assert_eq!(desk.outcome(id).await, outcome, "{what:?} in {lane:?}");
        assert_eq!(fake.messages(chat).len(), arrives, "{what:?} in {lane:?}");
    }
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn a_message_that_must_wait_stays_at_the_head_of_its_chat_and_nobody_elses() {
    let (fake, desk, edge) = serving().await;
    fake.all_say(1..=2, "/start");
    fake.plan(Fault::once("sendMessage", Fault::flood(&json!(1))).in_chat(1));
    let ids: Vec<OutboundId> = (0..5).map(|number| desk.put_out(Lane::Reply, 1, &format!("{number}"))).collect();
    let other = desk.put_out(Lane::Reply, 2, "not held up");
    desk.outcome(other).await;
    assert!(fake.messages(1).is_empty());
    desk.outcome(ids[4]).await;
    let texts: Vec<String> = fake.messages(1).into_iter().map(|message| message.text).collect();
    assert_eq!(texts, ["0", "1", "2", "3", "4"]);
    let first = desk.with(|papers| papers.settled[&ids[0]].clone());
    assert!(matches!(first[..], [Outcome::RetryAt(_), Outcome::Delivered]), "{first:?}");
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn nothing_more_is_sent_to_someone_who_has_blocked_the_bot() {
    let (fake, desk, edge) = serving().await;
    fake.say(1, "/start");
    fake.with(|world| world.blocked.insert(1));
    fake.plan(Fault::once("sendMessage", What::Delay(Duration::from_millis(200))));
    let ids: Vec<OutboundId> = (0..20).map(|_| desk.put_out(Lane::Reply, 1, "Are you there?")).collect();
    for id in ids {
        assert_eq!(desk.outcome(id).await, Outcome::Gone);
    }
    assert_eq!(fake.with(|world| world.calls_with("sendMessage", 403)), 1);
    fake.with(|world| world.blocked.remove(&1));
    fake.say(1, "I am back");
    let id = desk.put_out(Lane::Reply, 1, "Good to hear from you");
    assert_eq!(desk.outcome(id).await, Outcome::Delivered);
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn an_urgent_message_is_behind_nothing() {
    let fake = FakeTelegram::start().await;
    let desk = Desk::default();
    let edge = Edge::start(&desk, super::desk::limited(fake.address(), 25, 1000));
    fake.all_say(0..=600, "/start");
    fake.plan(Fault::once("sendMessage", What::Silence).times(60));
    fake.plan(Fault::once("answerCallbackQuery", What::Silence).times(usize::MAX));
    for chat in 0..500 {
        desk.put_out(Lane::Nudge, chat, "What is better?");
        desk.put_out(Lane::Reply, chat, "Thank you");
    }
    fake.wait_for("connections hang", |world| world.faults.iter().any(|fault| fault.method == "sendMessage" && fault.times < 60).then_some(())).await;
    desk.with(|papers| papers.mood = Mood::Stalled);
    fake.say(600, "the store stalls");
    fake.with(|world| world.faults.retain(|fault| fault.method != "sendMessage"));
    for _ in 0..20 {
        let before = Instant::now();
        let id = desk.put_out(Lane::Urgent, 550, "You can talk to someone now");
        assert_eq!(desk.outcome(id).await, Outcome::Delivered);
        assert!(before.elapsed() < Duration::from_secs(2), "{:?}", before.elapsed());
    }
    desk.with(|papers| papers.mood = Mood::Working);
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn an_urgent_message_gets_through_a_telegram_that_fails_again_and_again() {
    let (fake, desk, edge) = serving().await;
    fake.say(1, "/start");
    for what in [What::DropBefore, What::Refuse(502, "Bad Gateway", Value::Null), Fault::flood(&json!(1)), What::Answer(200, String::new())] {
        fake.plan(Fault::once("sendMessage", what));
    }
    let id = desk.put_out(Lane::Urgent, 1, "You can talk to someone now");
    assert_eq!(desk.outcome(id).await, Outcome::Delivered);
    assert_eq!(fake.messages(1).len(), 1);
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn a_reply_does_not_wait_for_a_queue_of_nudges() {
    let fake = FakeTelegram::start().await;
    let desk = Desk::default();
    let edge = Edge::start(&desk, super::desk::limited(fake.address(), 50, 0));
    fake.all_say(0..=200, "/start");
    for chat in 0..200 {
        desk.put_out(Lane::Nudge, chat, "What is better?");
    }
    fake.said(0, 1).await;
    let reply = desk.put_out(Lane::Reply, 200, "Thank you");
    desk.outcome(reply).await;
    let nudged = fake.with(|world| world.messages.values().map(Vec::len).sum::<usize>());
    assert!(nudged < 100, "{nudged} messages left before the reply");
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn telegrams_limits_are_kept_and_so_is_the_order_within_a_chat() {
    let fake = FakeTelegram::start().await;
    let (chats, each) = (100, 4);
    fake.all_say(0..chats, "/start");
    fake.with(|world| world.limits = Some(FloodLimits { overall_per_second: 240, chat_interval: Duration::from_millis(100), chat_burst: 3 }));
    let desk = Desk::default();
    for number in 0..each {
        for chat in 0..chats {
            let lane = if number % 2 == 0 { Lane::Nudge } else { Lane::Reply };
            desk.put_out(lane, chat, &number.to_string());
        }
    }
    let edge = Edge::start(&desk, super::desk::limited(fake.address(), 200, 100));
    for chat in 0..chats {
        let texts: Vec<String> = fake.said(chat, each).await.into_iter().map(|message| message.text).collect();
        assert_eq!(texts, ["0", "1", "2", "3"], "chat {chat}");
    }
    let refused = fake.with(|world| world.calls_with("sendMessage", 429));
    assert!(refused <= 2, "Telegram answered 429 to {refused} of {} messages", chats * 4);
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn stopping_sends_what_is_queued_and_leaves_what_cannot_leave() {
    let (fake, desk, edge) = serving().await;
    desk.with(|papers| papers.answers = true);
    fake.all_say(1..=2, "hello");
    fake.plan(Fault::once("sendMessage", Fault::flood(&json!(300))).in_chat(2));
    fake.said(1, 1).await;
    for number in 0..300 {
        fake.say(1, &format!("message {number}"));
    }
    desk.taken(302).await;
    let begun = Instant::now();
    edge.stop().await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(fake.messages(1).len(), 301);
    assert!(fake.messages(2).is_empty());
    assert!(desk.with(|papers| papers.drained));
}

#[tokio::test]
async fn what_hangs_when_the_time_is_over_is_settled_as_in_doubt() {
    let (fake, desk, edge) = serving().await;
    fake.say(1, "/start");
    fake.plan(Fault::once("sendMessage", What::Silence));
    let id = desk.put_out(Lane::Reply, 1, "Thank you");
    fake.said(1, 1).await;
    edge.stop().await.unwrap();
    assert_eq!(desk.outcome(id).await, Outcome::InDoubt);
}
