//! A stand-in for the app behind the Telegram edge: it writes down what it is given, hands out what a test puts on it, and can
//! stall or stop at will.

use cairn::app::AppError;
use cairn::app::inbound::{Inbound, InboundKind, Reception};
use cairn::model::ids::{ChatId, OutboundId, UpdateId};
use cairn::model::outbound::{Button, Lane, Outbound, Outcome};
use cairn::telegram::{Door, ServeError, Settings, serve};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// What the desk remembers.
#[derive(Default)]
pub struct Papers {
    /// Everything that was handed in, duplicates too.
    pub handed_in: Vec<Inbound>,
    /// What was handed in for the first time.
    pub taken: Vec<Inbound>,
    seen: HashSet<UpdateId>,
    /// The last cursor.
    pub cursor: Option<i64>,
    outgoing: VecDeque<Outbound>,
    last_outbound: u64,
    /// What became of each message, in order.
    pub settled: HashMap<OutboundId, Vec<Outcome>>,
    /// How it works.
    pub mood: Mood,
    /// Every message is answered with `You said: …`.
    pub answers: bool,
    /// `drain` was called.
    pub drained: bool,
}

/// How the desk works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mood {
    /// As it should.
    #[default]
    Working,
    /// Nothing that is handed in becomes durable.
    Stalled,
    /// Nothing is taken.
    Stopped,
}

/// The desk.
#[derive(Clone, Default)]
pub struct Desk {
    papers: Arc<Mutex<Papers>>,
    changed: Arc<watch::Sender<u64>>,
}

impl Desk {
    /// Looks at the papers or changes them.
    pub fn with<T>(&self, look: impl FnOnce(&mut Papers) -> T) -> T {
        let seen = look(&mut self.papers.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.send_modify(|version| *version += 1);
        seen
    }

    /// Waits until something is so; fails the test after 30 s.
    pub async fn wait_for<T>(&self, what: &str, check: impl FnMut(&mut Papers) -> Option<T>) -> T {
        timeout(Duration::from_secs(30), self.until(check)).await.unwrap_or_else(|_| panic!("it did not happen: {what}"))
    }

    async fn until<T>(&self, mut check: impl FnMut(&mut Papers) -> Option<T>) -> T {
        let mut changed = self.changed.subscribe();
        loop {
            changed.borrow_and_update();
            if let Some(seen) = check(&mut self.papers.lock().unwrap_or_else(PoisonError::into_inner)) {
                return seen;
            }
            changed.changed().await.expect("the desk is still there");
        }
    }

    /// Puts out a message with two buttons.
    pub fn put_out(&self, lane: Lane, chat: i64, text: &str) -> OutboundId {
        let button = |label: &str| vec![Button { label: label.to_owned(), data: format!("1:{}", label.to_lowercase()) }];
        self.put_out_with(lane, chat, text, vec![button("Yes"), button("No")])
    }

    /// Puts out a message.
    pub fn put_out_with(&self, lane: Lane, chat: i64, text: &str, buttons: Vec<Vec<Button>>) -> OutboundId {
        self.with(|papers| papers.put_out(lane, chat, text, buttons))
    }

    /// Waits until it is over with a message: its last outcome, if that is not “try again”.
    pub async fn outcome(&self, id: OutboundId) -> Outcome {
        let over = |papers: &mut Papers| papers.settled.get(&id)?.last().filter(|outcome| !matches!(outcome, Outcome::RetryAt(_))).cloned();
        self.wait_for(&format!("message {} is settled", id.0), over).await
    }

    /// The texts that were taken, in order.
    pub fn texts(&self) -> Vec<String> {
        self.with(|papers| {
            papers.taken.iter().filter_map(|inbound| if let InboundKind::Text(text) = &inbound.what { Some(text.clone()) } else { None }).collect()
        })
    }

    /// Waits until so many different updates were taken.
    pub async fn taken(&self, count: usize) -> Vec<Inbound> {
        self.wait_for(&format!("{count} updates are taken"), |papers| (papers.taken.len() >= count).then(|| papers.taken.clone())).await
    }
}

impl Papers {
    fn put_out(&mut self, lane: Lane, chat: i64, text: &str, buttons: Vec<Vec<Button>>) -> OutboundId {
        self.last_outbound += 1;
        let id = OutboundId(self.last_outbound);
        let (chat, text) = (ChatId(chat), text.to_owned());
        self.outgoing.push_back(Outbound { id, patient: None, chat, lane, text, buttons, question: None, tries: 0, not_before: None });
        id
    }

    fn take(&mut self, inbound: Inbound) -> Reception {
        self.handed_in.push(inbound.clone());
        if !self.seen.insert(inbound.update) {
            return Reception { duplicate: true, answer_shown: Some("not shown".to_owned()), ..Reception::default() };
        }
        let mut reception = Reception::default();
        match &inbound.what {
            InboundKind::Text(text) if self.answers => {
                self.put_out(Lane::Reply, inbound.chat.0, &format!("You said: {text}"), Vec::new());
            }
            InboundKind::Tap(data) if data == "1:yes" => reception.answer_shown = Some("Yes".to_owned()),
            InboundKind::Tap(_) => reception.toast = Some("That question has passed.".to_owned()),
            _ => {}
        }
        self.taken.push(inbound);
        reception
    }
}

impl Door for Desk {
    async fn submit(&self, updates: Vec<Inbound>, cursor: Option<i64>) -> Result<Vec<Reception>, AppError> {
        if self.with(|papers| papers.mood == Mood::Stopped) {
            return Err(AppError::Stopped);
        }
        let receptions = self.with(|papers| updates.into_iter().map(|update| papers.take(update)).collect());
        self.until(|papers| (papers.mood != Mood::Stalled).then(|| papers.cursor = cursor)).await;
        Ok(receptions)
    }
    fn cursor(&self) -> Option<i64> {
        self.with(|papers| papers.cursor)
    }
    async fn next_outbound(&self) -> Outbound {
        self.until(|papers| papers.outgoing.pop_front()).await
    }
    fn settle(&self, id: OutboundId, outcome: Outcome) {
        self.with(|papers| papers.settled.entry(id).or_default().push(outcome));
    }
    async fn tick(&self) -> Result<Option<DateTime<Utc>>, AppError> {
        Ok(None)
    }
    async fn drain(&self) {
        self.with(|papers| papers.drained = true);
    }
    fn text(&self, language: &str, message: &str) -> String {
        format!("{message} in {language}")
    }
    fn languages(&self) -> Vec<String> {
        vec!["en-GB".to_owned(), "cy".to_owned()]
    }
}

/// The edge, serving from a desk to a fake Telegram.
pub struct Edge {
    running: JoinHandle<Result<(), ServeError>>,
    stop: Option<oneshot::Sender<()>>,
}

/// Settings without limits.
pub fn settings(address: &str, token: &str) -> Settings {
    Settings {
        token: token.to_owned().into(),
        api_url: address.parse().expect("an address"),
        overall_per_second: 0,
        chat_interval_ms: 0,
        reply_burst: 3,
    }
}

/// Settings with limits.
pub fn limited(address: &str, overall_per_second: u32, chat_interval_ms: u64) -> Settings {
    Settings { overall_per_second, chat_interval_ms, ..settings(address, super::TOKEN) }
}

impl Edge {
    /// Starts serving.
    pub fn start(desk: &Desk, settings: Settings) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = serve(desk.clone(), settings, async move { drop(stopped.await) });
        Self { running: tokio::spawn(serving), stop: Some(stop) }
    }

    /// Waits until serving ends by itself.
    pub async fn ended(self) -> Result<(), ServeError> {
        let Self { running, stop: _still_there } = self;
        timeout(Duration::from_secs(30), running).await.expect("serving ends").expect("serving does not panic")
    }

    /// Asks it to stop and waits until it has.
    pub async fn stop(mut self) -> Result<(), ServeError> {
        drop(self.stop.take());
        timeout(Duration::from_secs(11), self.running).await.expect("it stops within ten seconds").expect("serving does not panic")
    }
}
