//! A strict Telegram for tests: it refuses what the real Bot API refuses, keeps its promises about updates, and misbehaves on demand.
//!
//! It listens on 127.0.0.1, so that the real binary can talk to it as well. People are played by [`FakeTelegram::say`] and its like.

#[path = "fake_telegram/faults.rs"]
pub mod faults;
#[path = "fake_telegram/http.rs"]
mod http;
#[path = "fake_telegram/methods.rs"]
mod methods;
#[path = "fake_telegram/rules.rs"]
pub mod rules;
#[path = "fake_telegram/world.rs"]
pub mod world;

use faults::Fault;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;
use world::{Message, World};

/// The token the fake knows.
pub const TOKEN: &str = "4242:FAKE-token_for-tests";
/// How long [`FakeTelegram::wait_for`] waits before it fails the test.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running fake. Stops when the last copy is dropped with its runtime.
#[derive(Clone)]
pub struct FakeTelegram {
    shared: Arc<Shared>,
    address: String,
}

/// What the connections share.
struct Shared {
    world: Mutex<World>,
    changed: watch::Sender<u64>,
}

impl Shared {
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn touch(&self) {
        self.changed.send_modify(|version| *version += 1);
    }
}

impl FakeTelegram {
    /// Starts listening on a free port.
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::new(Shared { world: Mutex::new(World::default()), changed: watch::channel(0).0 });
        tokio::spawn(http::serve(listener, Arc::clone(&shared)));
        Self { shared, address }
    }

    /// For `TELOXIDE_API_URL`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Looks at the world, or changes it.
    pub fn with<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        let seen = look(&mut self.shared.world());
        self.shared.touch();
        seen
    }

    /// Waits until something is so.
    ///
    /// # Panics
    /// With `what`, if it does not become so within 20 s.
    pub async fn wait_for<T>(&self, what: &str, mut check: impl FnMut(&mut World) -> Option<T>) -> T {
        let mut changed = self.shared.changed.subscribe();
        let waiting = async {
            loop {
                changed.borrow_and_update();
                if let Some(seen) = check(&mut self.shared.world()) {
                    return seen;
                }
                changed.changed().await.expect("the fake is still there");
            }
        };
        timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("it did not happen: {what}"))
    }

    /// Plans a fault for calls to come.
    pub fn plan(&self, fault: Fault) {
        self.with(|world| world.faults.push(fault));
    }

    /// A person writes. Returns the update's number.
    pub fn say(&self, chat: i64, text: &str) -> i64 {
        self.message(chat, json!({ "text": text }))
    }

    /// A person in each of these chats says the same.
    pub fn all_say(&self, chats: impl IntoIterator<Item = i64>, text: &str) {
        for chat in chats {
            self.say(chat, text);
        }
    }

    /// A person sends a message with these fields (`text`, `voice`, …).
    pub fn message(&self, chat: i64, content: Value) -> i64 {
        self.with(|world| {
            let message = world.incoming(chat, content);
            world.enqueue("message", &message)
        })
    }

    /// A person taps the `nth` button (from 1) of the last message that has buttons.
    ///
    /// # Panics
    /// If there is no such button.
    pub fn tap(&self, chat: i64, nth: usize) -> i64 {
        self.with(|world| {
            let messages = world.messages.get(&chat).expect("the chat has messages");
            let message = messages.iter().rev().find(|message| !message.buttons.is_empty()).expect("a message has buttons").clone();
            let data = message.buttons.iter().flatten().nth(nth - 1).expect("there are so many buttons").1.clone();
            world.tap(chat, &message, &data)
        })
    }

    /// A person taps a button that may no longer be there.
    pub fn tap_old(&self, chat: i64, message: &Message, data: &str) -> i64 {
        self.with(|world| world.tap(chat, message, data))
    }

    /// A person blocks the bot (or lets it in again).
    pub fn block(&self, chat: i64, blocked: bool) -> i64 {
        self.with(|world| {
            if blocked {
                world.blocked.insert(chat)
            } else {
                world.blocked.remove(&chat)
            };
            let status = |kicked: bool| json!({"status": if kicked { "kicked" } else { "member" }, "user": world::bot(), "until_date": 0});
            let change = json!({"chat": world::private(chat), "from": world::person(chat), "date": 1_700_000_000,
                "old_chat_member": status(!blocked), "new_chat_member": status(blocked)});
            world.enqueue("my_chat_member", &change)
        })
    }

    /// Puts an update of one's own making into the queue: `fields` is everything but `update_id`.
    pub fn update(&self, fields: Value) -> i64 {
        self.with(|world| world.enqueue_fields(fields))
    }

    /// Puts raw text into the queue where an update should be.
    pub fn raw_update(&self, json: &str) -> i64 {
        self.with(|world| world.enqueue_raw(json.to_owned()))
    }

    /// What the bot has said in a chat and is still there, oldest first.
    pub fn messages(&self, chat: i64) -> Vec<Message> {
        self.shared.world().messages.get(&chat).cloned().unwrap_or_default()
    }

    /// Waits until the bot has said so many things in a chat.
    pub async fn said(&self, chat: i64, count: usize) -> Vec<Message> {
        let enough = |world: &mut World| world.messages.get(&chat).filter(|messages| messages.len() >= count).cloned();
        self.wait_for(&format!("{count} messages in chat {chat}"), enough).await
    }

    /// Waits until every update in the queue is acknowledged.
    pub async fn all_acknowledged(&self) {
        self.wait_for("every update is acknowledged", |world| world.queue.is_empty().then_some(())).await;
    }
}
