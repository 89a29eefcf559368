//! The edge with the real app behind it: what a patient in front of Telegram sees.

use super::desk::settings;
use super::fake_telegram::world::Message;
use super::fake_telegram::{FakeTelegram, TOKEN};
use cairn::app::{App, Settings};
use cairn::content::Content;
use cairn::store::{Durability, MasterKey, Store};
use cairn::telegram::{ServeError, serve};
use chrono::{DateTime, TimeZone, Utc};
use std::path::Path;
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A Monday morning.
fn morning() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 10, 0, 0).single().expect("a time")
}

/// Cairn on a store in a folder.
struct Cairn {
    running: JoinHandle<Result<(), ServeError>>,
    stop: oneshot::Sender<()>,
}

impl Cairn {
    fn start(fake: &FakeTelegram, folder: &Path) -> Self {
        let key = folder.join("key");
        let key = if key.exists() { MasterKey::load(&key) } else { MasterKey::create(&key) }.expect("a key");
        let durability = cairn::store::Settings { durability: Durability::Process, ..cairn::store::Settings::default() };
        let (store, _) = Store::open(&folder.join("data"), &key, durability).expect("a store");
        let content = Arc::new(Content::shipped().unwrap_or_else(|report| panic!("{report}")));
        let open = Settings { open_enrolment: true, ..Settings::default() };
        let app = App::start(content, store, open, Arc::new(morning)).expect("an app");
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(serve(app, settings(fake.address(), TOKEN), async move { drop(stopped.await) }));
        Self { running, stop }
    }

    async fn stop(self) {
        drop(self.stop);
        self.running.await.expect("no panic").expect("a clean end");
    }
}

/// A person begins a talk, taps the first button of each question and then writes; returns what is then on the phone.
async fn talk(fake: &FakeTelegram, folder: &Path) -> Vec<(String, usize)> {
    let cairn = Cairn::start(fake, folder);
    fake.say(1, "/start");
    for _ in 0..3 {
        let open = |message: &&Message| !message.buttons.is_empty();
        let asked = fake.wait_for("something is asked", |world| world.messages.get(&1)?.iter().rfind(open).cloned()).await;
        fake.tap_old(1, &asked, &asked.buttons[0][0].1);
        let answered = |message: &Message| message.id == asked.id && message.buttons.is_empty();
        fake.wait_for("the answer stands in its place", |world| world.messages[&1].iter().any(answered).then_some(())).await;
    }
    fake.say(1, "I would like to sleep through the night");
    fake.all_acknowledged().await;
    fake.say(1, "/help");
    fake.all_acknowledged().await;
    cairn.stop().await;
    fake.messages(1).into_iter().map(|message| (message.text, message.buttons.len())).collect()
}

/// What does not depend on which wording a person happens to get: the answers in place of the buttons, and the rows of buttons.
fn shape(phone: &[(String, usize)]) -> Vec<(Option<&str>, usize)> {
    phone.iter().map(|(text, rows)| (text.split_once("\n\n› ").map(|(_, answer)| answer), *rows)).collect()
}

#[tokio::test]
async fn a_talk_is_the_same_when_every_update_comes_five_times_and_shuffled() {
    let (fake, folder) = (FakeTelegram::start().await, tempfile::tempdir().unwrap());
    let once = talk(&fake, folder.path()).await;
    assert!(once.len() > 5, "{once:?}");
    let (fake, folder) = (FakeTelegram::start().await, tempfile::tempdir().unwrap());
    fake.with(|world| world.repeats = 4);
    let again = talk(&fake, folder.path()).await;
    assert_eq!(shape(&again), shape(&once));
}

#[tokio::test]
async fn after_a_restart_nothing_is_said_twice_and_the_talk_goes_on() {
    let (fake, folder) = (FakeTelegram::start().await, tempfile::tempdir().unwrap());
    let before = talk(&fake, folder.path()).await;
    let cairn = Cairn::start(&fake, folder.path());
    fake.say(1, "/goals");
    let after = fake.said(1, before.len() + 1).await;
    assert_eq!(
        after[..before.len()].iter().map(|message| message.text.as_str()).collect::<Vec<_>>(),
        before.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>()
    );
    cairn.stop().await;
}
