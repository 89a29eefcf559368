//! Taking updates: nothing is lost, nothing is acknowledged too early, and nothing that arrives can stop it.

use super::desk::{Desk, Edge, Mood, settings};
use super::fake_telegram::faults::{Fault, What};
use super::fake_telegram::{FakeTelegram, TOKEN};
use super::serving;
use cairn::app::inbound::InboundKind;
use cairn::telegram::ServeError;
use serde_json::{Value, json};
use std::io::Write;
use std::sync::{Arc, Mutex};

#[tokio::test]
async fn an_update_is_acknowledged_only_when_it_is_durable() {
    let (fake, desk, edge) = serving().await;
    desk.with(|papers| papers.mood = Mood::Stalled);
    let update = fake.say(7, "I would like to sleep better");
    desk.taken(1).await;
    assert_eq!(fake.with(|world| world.acknowledged.clone()), Vec::<i64>::new());
    desk.with(|papers| papers.mood = Mood::Working);
    fake.all_acknowledged().await;
    assert_eq!(desk.with(|papers| papers.cursor), Some(update + 1));
    edge.stop().await.unwrap();
    assert!(desk.with(|papers| papers.drained));
}

#[tokio::test]
async fn what_was_not_acknowledged_comes_again_after_a_restart() {
    let (fake, desk, edge) = serving().await;
    desk.with(|papers| papers.mood = Mood::Stopped);
    fake.say(7, "hello");
    assert!(matches!(edge.ended().await, Err(ServeError::App(_))));
    desk.with(|papers| papers.mood = Mood::Working);
    let edge = Edge::start(&desk, settings(fake.address(), TOKEN));
    desk.taken(1).await;
    fake.all_acknowledged().await;
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn one_unreadable_update_among_a_hundred_loses_nothing_else() {
    let (fake, desk, edge) = serving().await;
    desk.with(|papers| papers.mood = Mood::Stalled);
    fake.say(1, "first");
    desk.taken(1).await;
    for number in 1..=100 {
        match number {
            57 => fake.raw_update(r#"{"update_id":"nonsense","message":[[[{}]]]}"#),
            58 => fake.raw_update("17"),
            _ => fake.say(number, &format!("message {number}")),
        };
    }
    desk.with(|papers| papers.mood = Mood::Working);
    desk.taken(99).await;
    fake.all_acknowledged().await;
    assert_eq!(desk.with(|papers| papers.taken.len()), 99);
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn unreadable_updates_alone_do_not_hold_up_those_behind_them() {
    let (fake, desk, edge) = serving().await;
    fake.say(1, "before");
    desk.taken(1).await;
    fake.raw_update("null");
    fake.raw_update(r#"{"message":{"text":"no number"}}"#);
    fake.all_acknowledged().await;
    fake.say(1, "after");
    desk.taken(2).await;
    assert_eq!(desk.texts(), ["before", "after"]);
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn numbers_that_restart_after_a_quiet_week_lose_nothing() {
    let (fake, desk, edge) = serving().await;
    let strange = [900_000_000, 5, i64::from(i32::MAX), i64::from(u32::MAX), 1, i64::from(i32::MAX) - 1];
    for (place, number) in strange.into_iter().enumerate() {
        fake.with(|world| world.next_update = Some(number));
        fake.say(3, &place.to_string());
        desk.taken(place + 1).await;
        fake.all_acknowledged().await;
    }
    assert_eq!(desk.texts(), ["0", "1", "2", "3", "4", "5"]);
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn updates_that_come_five_times_and_shuffled_are_answered_once() {
    let (fake, desk, edge) = serving().await;
    desk.with(|papers| papers.answers = true);
    fake.with(|world| world.repeats = 4);
    for number in 0..200 {
        fake.say(1000 + number % 20, &format!("message {number}"));
    }
    desk.wait_for("everything came five times", |papers| (papers.handed_in.len() >= 1000).then_some(())).await;
    for chat in 1000..1020 {
        fake.said(chat, 10).await;
    }
    edge.stop().await.unwrap();
    assert_eq!(desk.with(|papers| papers.taken.len()), 200);
    assert!((1000..1020).all(|chat| fake.messages(chat).len() == 10));
}

#[tokio::test]
async fn a_telegram_in_trouble_is_waited_out() {
    let (fake, desk, edge) = serving().await;
    let troubles = [
        What::Refuse(502, "Bad Gateway", Value::Null),
        What::Answer(502, "<html>Bad Gateway</html>".to_owned()),
        What::Answer(200, "<html>Sign in to this network</html>".to_owned()),
        What::Answer(200, String::new()),
        What::Answer(200, r#"{"ok":true,"result":[{"update_id":1,"mess"#.to_owned()),
        What::Answer(200, r#"{"ok":true}"#.to_owned()),
        What::Answer(204, String::new()),
        What::Answer(301, String::new()),
        What::Refuse(404, "Not Found", Value::Null),
        What::Refuse(409, "Conflict: terminated by other getUpdates request", Value::Null),
        Fault::flood(&json!(1)),
        What::DropBefore,
        What::DropAfter,
    ];
    for (place, trouble) in troubles.into_iter().enumerate() {
        // It strikes the poll after the one that is waiting now.
        fake.plan(Fault::once("getUpdates", trouble));
        fake.say(1, &format!("{place} before"));
        fake.say(1, &format!("{place} after"));
        desk.taken(2 * place + 2).await;
        fake.wait_for("the trouble came", |world| world.faults.iter().all(|fault| fault.times == 0).then_some(())).await;
    }
    fake.all_acknowledged().await;
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn a_webhook_left_behind_is_removed_and_not_mistaken_for_a_second_poller() {
    let (fake, desk, edge) = serving().await;
    let refused = What::Refuse(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook", Value::Null);
    fake.plan(Fault::once("getUpdates", refused).times(4));
    fake.say(1, "one");
    fake.say(1, "two");
    desk.taken(2).await;
    fake.wait_for("the webhook is removed", |world| (world.calls_with("deleteWebhook", 200) >= 4).then_some(())).await;
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_poller_ends_it_with_a_sentence_that_says_what_to_do() {
    let (fake, _desk, edge) = serving().await;
    fake.plan(Fault::once("getUpdates", What::Refuse(409, "Conflict: terminated by other getUpdates request", Value::Null)).times(3));
    let error = edge.ended().await.unwrap_err();
    assert!(matches!(error, ServeError::SecondPoller));
    assert!(error.to_string().contains("Stop the other one"));
}

#[tokio::test]
async fn a_refused_token_ends_it_without_showing_the_token() {
    let fake = FakeTelegram::start().await;
    let desk = Desk::default();
    let error = Edge::start(&desk, settings(fake.address(), "1:WRONG-secret")).ended().await.unwrap_err();
    assert!(matches!(error, ServeError::TokenRefused));
    assert!(!format!("{error} {error:?}").contains("WRONG"));
    assert!(desk.with(|papers| papers.drained));
}

#[tokio::test]
async fn a_network_that_is_not_up_yet_is_waited_for() {
    let fake = FakeTelegram::start().await;
    fake.plan(Fault::once("getMe", What::DropBefore).times(2));
    fake.plan(Fault::once("getMe", What::Answer(200, "<html>".to_owned())));
    fake.plan(Fault::once("deleteWebhook", What::Refuse(500, "Internal Server Error", Value::Null)));
    fake.say(1, "hello");
    let desk = Desk::default();
    let edge = Edge::start(&desk, settings(fake.address(), TOKEN));
    desk.taken(1).await;
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn it_stops_at_once_while_it_still_waits_for_the_network() {
    let fake = FakeTelegram::start().await;
    fake.plan(Fault::once("getMe", What::DropBefore).times(usize::MAX));
    let desk = Desk::default();
    let edge = Edge::start(&desk, settings(fake.address(), TOKEN));
    fake.wait_for("it tried", |world| (world.calls_with("getMe", 0) > 1).then_some(())).await;
    edge.stop().await.unwrap();
    assert!(desk.with(|papers| papers.drained));
}

#[tokio::test]
async fn every_sample_of_telegrams_own_objects_is_decided_and_acknowledged() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/telegram");
    let (fake, desk, edge) = serving().await;
    let mut samples = 0;
    for name in ["fixtures.jsonl", "valid_10_1.jsonl"] {
        let Ok(lines) = std::fs::read_to_string(folder.join(name)) else {
            writeln!(std::io::stderr(), "skipped: {name} is not here").unwrap();
            continue;
        };
        for line in lines.lines() {
            let sample: Value = serde_json::from_str(line).unwrap();
            let object = sample["json"].clone();
            fake.update(if object.is_object() { object.clone() } else { json!({}) });
            fake.update(json!({ "message": object }));
            samples += 2;
        }
    }
    fake.all_acknowledged().await;
    fake.say(1, "still there?");
    desk.wait_for("the last one is taken", |papers| papers.taken.last().filter(|last| last.chat.0 == 1).map(|_| ())).await;
    assert_eq!(fake.with(|world| world.acknowledged.len()), samples);
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn odd_texts_arrive_exactly_as_they_were_written() {
    let (fake, desk, edge) = serving().await;
    let odd = [
        "👩‍👩‍👧".repeat(500),
        "\u{200b}\u{200d}".to_owned(),
        "a\0b".to_owned(),
        "\u{202e}backwards".to_owned(),
        "z\u{330}\u{331}\u{332}".repeat(200),
        "/".to_owned(),
    ];
    for text in &odd {
        fake.say(1, text);
    }
    desk.taken(odd.len()).await;
    assert_eq!(desk.texts(), odd);
    fake.raw_update(r#"{"update_id":7,"message":{"message_id":1,"chat":{"id":1,"type":"private"},"text":"half a pair \ud83d here"}}"#);
    desk.taken(odd.len() + 1).await;
    assert_eq!(desk.texts().last().unwrap(), "half a pair \u{fffd} here");
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn groups_are_left_without_a_word() {
    let (fake, desk, edge) = serving().await;
    let group = json!({"id": -100, "type": "supergroup", "title": "Ward 3"});
    fake.update(json!({"message": {"message_id": 1, "date": 1, "chat": group, "from": {"id": 5}, "text": "Cairn, how is Ann?"}}));
    fake.update(json!({"my_chat_member": {"chat": {"id": -200, "type": "group"}, "from": {"id": 5}, "date": 1,
        "new_chat_member": {"status": "administrator"}, "old_chat_member": {"status": "left"}}}));
    fake.wait_for("both groups are left", |world| (world.left.len() == 2).then_some(())).await;
    fake.say(5, "in private");
    desk.taken(1).await;
    assert_eq!(desk.texts(), ["in private"]);
    edge.stop().await.unwrap();
    assert!(fake.messages(-100).is_empty());
}

#[tokio::test]
async fn blocking_and_unblocking_reach_the_app() {
    let (fake, desk, edge) = serving().await;
    fake.block(9, true);
    fake.block(9, false);
    let taken = desk.taken(2).await;
    assert!(taken[0].what == InboundKind::Blocked && taken[1].what == InboundKind::Unblocked);
    assert_eq!(taken[0].language_hint.as_deref(), Some("en"));
    edge.stop().await.unwrap();
}

#[tokio::test]
async fn menus_and_descriptions_are_set_for_each_language_and_none_of_their_failures_matters() {
    let fake = FakeTelegram::start().await;
    fake.plan(Fault::once("setMyDescription", What::Refuse(400, "Bad Request: whatever", Value::Null)));
    let desk = Desk::default();
    let edge = Edge::start(&desk, settings(fake.address(), TOKEN));
    let set = |world: &mut super::fake_telegram::world::World| (world.menus.len() >= 8).then(|| world.menus.clone());
    let menus = fake.wait_for("menus are set", set).await;
    let languages: Vec<&str> = menus.iter().filter(|menu| menu.0 == "setmycommands").map(|menu| menu.1.as_str()).collect();
    assert_eq!(languages, ["", "en", "cy"]);
    assert_eq!(menus[0].2[0], json!({"command": "help", "description": "command-help in en-GB"}));
    edge.stop().await.unwrap();
}

/// Collects what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked").write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_log_holds_the_token_a_word_of_a_patient_or_a_chat() {
    let log = Log::default();
    let copy = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing_subscriber::filter::LevelFilter::TRACE).with_writer(move || copy.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let (fake, desk, edge) = serving().await;
    desk.with(|papers| papers.answers = true);
    fake.say(77_001_122, "my secret words");
    fake.said(77_001_122, 1).await;
    for what in [What::DropAfter, What::Refuse(400, "Bad Request: my secret words", Value::Null), What::Answer(200, "<my secret words>".to_owned())] {
        fake.plan(Fault::once("sendMessage", what.clone()));
        fake.plan(Fault::once("getUpdates", what));
        fake.say(77_001_122, "more secret words");
    }
    fake.raw_update(r#"{"message":{"text":"secret words","chat":{"id":77001122}}}"#);
    desk.taken(4).await;
    fake.all_acknowledged().await;
    edge.stop().await.unwrap();
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let own: Vec<&str> = logged.lines().filter(|line| line.contains("cairn")).collect();
    assert!(own.iter().any(|line| line.contains("getUpdates")), "nothing was logged: {logged}");
    for line in own {
        assert!(!line.contains("FAKE-token") && !line.contains("secret words") && !line.contains("77001122"), "{line}");
    }
}
