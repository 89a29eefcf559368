//! Taps: each is answered in Telegram's own way, and the answer stands in place of the buttons.

use super::fake_telegram::faults::{Fault, What};
use super::fake_telegram::world::Message;
use super::{serving, settings};
use cairn::app::inbound::InboundKind;
use cairn::model::outbound::Lane;
use serde_json::{Value, json};

#[tokio::test]
async fn the_answer_takes_the_place_of_the_buttons() {
    let (fake, desk, edge) = serving().await;
    fake.say(4, "/start");
    desk.put_out(Lane::Reply, 4, "Shall we begin?");
    fake.said(4, 1).await;
    fake.tap(4, 1);
    let edited = |world: &mut super::fake_telegram::world::World| world.messages[&4].first().filter(|message| message.buttons.is_empty()).cloned();
    let message = fake.wait_for("the buttons are gone", edited).await;
    assert_eq!(message.text, "Shall we begin?\n\n› Yes");
    assert_eq!(fake.with(|world| world.notices.clone()).into_values().collect::<Vec<_>>(), [""]);
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn a_question_too_long_to_be_edited_only_loses_its_buttons() {
    let (fake, desk, edge) = serving().await;
    fake.say(4, "/start");
    desk.put_out(Lane::Reply, 4, &"😀".repeat(2048));
    fake.said(4, 1).await;
    fake.tap(4, 1);
    let edited = |world: &mut super::fake_telegram::world::World| world.messages[&4].first().filter(|message| message.buttons.is_empty()).cloned();
    assert_eq!(fake.wait_for("the buttons are gone", edited).await.text, "😀".repeat(2048));
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn a_tap_on_a_year_old_keyboard_is_answered_with_a_notice() {
    let (fake, desk, edge) = serving().await;
    let old = Message { id: 999_999, text: "Long ago".to_owned(), buttons: Vec::new(), at: tokio::time::Instant::now() };
    fake.tap_old(4, &old, "v0:gone");
    let notice = fake.wait_for("the tap is answered", |world| world.notices.values().next().cloned()).await;
    assert_eq!(notice, "That question has passed.");
    assert!(desk.taken(1).await[0].what == InboundKind::Tap("v0:gone".to_owned()));
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn fifty_taps_on_one_button_are_all_answered_and_the_message_edited_once() {
    let (fake, desk, edge) = serving().await;
    fake.say(4, "/start");
    desk.put_out(Lane::Reply, 4, "Shall we begin?");
    let message = fake.said(4, 1).await.remove(0);
    for _ in 0..50 {
        fake.tap_old(4, &message, "1:yes");
    }
    fake.wait_for("all are answered", |world| (world.notices.len() == 50).then_some(())).await;
    edge.stop().await.unwrap();
    assert_eq!(fake.with(|world| world.calls_with("editMessageText", 200)), 1);
}

#[tokio::test]
async fn a_tap_that_comes_twice_is_answered_quietly_the_second_time() {
    let (fake, desk, edge) = serving().await;
    fake.with(|world| world.repeats = 1);
    let old = Message { id: 999_999, text: "Long ago".to_owned(), buttons: Vec::new(), at: tokio::time::Instant::now() };
    fake.tap_old(4, &old, "1:old");
    fake.wait_for("it is answered twice", |world| (world.calls_with("answerCallbackQuery", 200) == 2).then_some(())).await;
    assert_eq!(desk.with(|papers| papers.taken.len()), 1);
    assert_eq!(fake.with(|world| world.calls_with("editMessageText", 400)), 0);
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn a_tap_without_message_or_data_is_still_answered() {
    let (fake, desk, edge) = serving().await;
    fake.with(|world| world.callbacks.extend(["bare".to_owned(), "inline".to_owned()]));
    fake.update(json!({"callback_query": {"id": "bare", "from": {"id": 4, "is_bot": false, "first_name": "P"}, "chat_instance": "1"}}));
    fake.update(json!({"callback_query": {"id": "inline", "from": {"id": 4}, "inline_message_id": "x", "data": "1:yes"}}));
    fake.wait_for("both are answered", |world| (world.notices.len() == 2).then_some(())).await;
    let taken = desk.taken(2).await;
    assert!(taken[0].what == InboundKind::Tap(String::new()) && taken[0].chat.0 == 4);
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn a_telegram_that_never_answers_taps_does_not_hold_up_messages() {
    let fake = super::FakeTelegram::start().await;
    fake.plan(Fault::once("answerCallbackQuery", What::Silence).times(usize::MAX));
    fake.plan(Fault::once("setMyCommands", What::Refuse(429, "Too Many Requests", json!({"retry_after": 100}))).times(usize::MAX));
    fake.plan(Fault::once("setMyDescription", What::Refuse(500, "Internal", Value::Null)).times(usize::MAX));
    let desk = super::Desk::default();
    desk.with(|papers| papers.answers = true);
    let edge = super::Edge::start(&desk, settings(fake.address(), super::TOKEN));
    let old = Message { id: 1, text: "Long ago".to_owned(), buttons: Vec::new(), at: tokio::time::Instant::now() };
    for _ in 0..3000 {
        fake.tap_old(4, &old, "1:yes");
    }
    fake.say(5, "hello");
    fake.said(5, 1).await;
    edge.stop().await.unwrap();
}
