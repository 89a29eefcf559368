//! Sends what the app hands out: urgent messages at once, the others as the lanes allow; and tells the app what became of each.

use super::api::{Api, CallError, Way};
use super::door::Door;
use super::encode;
use super::lanes::{Lanes, Limits, Next, Queued};
use super::outcome::{self, Fate};
use super::wall_clock;
use crate::model::ids::{ChatId, OutboundId};
use crate::model::outbound::{Lane, Outbound, Outcome};
use chrono::TimeDelta;
use std::collections::HashSet;
use std::future::pending;
use std::time::Duration;
use teloxide::requests::Payload;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, sleep_until};

/// Messages on their way at once.
const IN_FLIGHT: usize = 64;
/// When draining: how long nothing new may come before it counts as finished.
const QUIET: Duration = Duration::from_millis(100);

/// What happens to the sender.
enum Event {
    /// The app handed out a message.
    Queued(Outbound),
    /// The app handed out an urgent message; it is already on its way.
    UrgentStarted(ChatId),
    /// It is over with an urgent message.
    UrgentOver(ChatId, Outcome),
    /// A message was tried.
    Tried(Queued, Result<(), CallError>),
}

/// The sender's state between events.
struct Sender<D> {
    door: D,
    api: Api,
    lanes: Lanes,
    start: Instant,
    flying: HashSet<OutboundId>,
    urgent: usize,
    events: mpsc::UnboundedSender<Event>,
}

/// Sends until `deadline` holds a moment; then sends what can still leave, at most until that moment.
///
/// What is on its way at that moment is settled as in doubt.
pub(super) async fn run<D: Door>(door: D, api: Api, limits: Limits, mut deadline: watch::Receiver<Option<Instant>>) {
    let (events, mut coming) = mpsc::unbounded_channel();
    let puller = AbortOnDrop(tokio::spawn(pull(door.clone(), api.clone(), events.clone())));
    let (lanes, start) = (Lanes::new(limits), Instant::now());
    let mut sender = Sender { door, api, lanes, start, flying: HashSet::new(), urgent: 0, events };
    let mut batch = Vec::new();
    loop {
        let wake = sender.dispatch();
        let until = *deadline.borrow_and_update();
        if until.is_some_and(|until| Instant::now() >= until) {
            break;
        }
        let finished = until.filter(|until| sender.is_finished(*until));
        tokio::select! {
            _ = coming.recv_many(&mut batch, 256) => batch.drain(..).for_each(|event| sender.on(event)),
            () = at(wake) => {}
            () = at(until) => {}
            () = sleep(QUIET), if finished.is_some() => break,
            changed = deadline.changed(), if until.is_none() => if changed.is_err() { break },
        }
    }
    drop(puller);
    for id in sender.flying.drain() {
        sender.door.settle(id, Outcome::InDoubt);
    }
}

/// Waits for a moment, or for ever.
async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => pending().await,
    }
}

/// Takes messages from the app for ever. Urgent ones leave from here, so that nothing can be in front of them.
async fn pull<D: Door>(door: D, api: Api, events: mpsc::UnboundedSender<Event>) {
    loop {
        let message = door.next_outbound().await;
        let event = if message.lane == Lane::Urgent {
            let chat = message.chat;
            tokio::spawn(help_now(door.clone(), api.clone(), message, events.clone()));
            Event::UrgentStarted(chat)
        } else {
            Event::Queued(message)
        };
        if events.send(event).is_err() {
            return;
        }
    }
}

/// Sends an urgent message on its own connections, at least once: until it is accepted, refused, or the person is gone.
async fn help_now<D: Door>(door: D, api: Api, message: Outbound, events: mpsc::UnboundedSender<Event>) {
    let start = Instant::now();
    let mut tries = 0;
    let outcome = loop {
        let result = api.call(Way::Urgent, &encode::message(&message)).await;
        match outcome::fate(&result, Lane::Urgent, tries, start.elapsed()) {
            Fate::Over(outcome) => break outcome,
            Fate::Again(wait) => {
                tracing::error!(outbound = message.id.0, tries, error = failure(&result), "an urgent message is not out yet; it is tried again");
                sleep(wait).await;
            }
        }
        tries = tries.saturating_add(1);
    };
    if outcome == Outcome::Refused {
        tracing::error!(outbound = message.id.0, alert = true, "Telegram refused an urgent message: reach this person another way");
    }
    door.settle(message.id, outcome.clone());
    // The sender may have ended meanwhile; then nobody needs to know.
    let _ = events.send(Event::UrgentOver(message.chat, outcome));
}

impl<D: Door> Sender<D> {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    /// Lets everything leave that may leave now; returns when to look again if nothing happens before.
    fn dispatch(&mut self) -> Option<Instant> {
        while self.flying.len() < IN_FLIGHT {
            let now = self.now();
            match self.lanes.next(now) {
                Next::Send(queued) if now.saturating_sub(queued.since) > outcome::life(queued.message.lane) => {
                    self.over(&queued.message, outcome::given_up(queued.message.lane));
                }
                Next::Send(queued) => self.fly(queued),
                // One millisecond more than needed: the timer counts in whole ones, and must not fire early.
                Next::Wait(moment) => return Some(self.start + moment + Duration::from_millis(1)),
                Next::Idle => return None,
            }
        }
        None
    }

    /// Sends one message from a task of its own.
    fn fly(&mut self, queued: Queued) {
        self.flying.insert(queued.message.id);
        let (api, events) = (self.api.clone(), self.events.clone());
        tokio::spawn(async move {
            let result = match serde_json::to_vec(&encode::message(&queued.message)) {
                Ok(body) => api.post(Way::Send, encode::SendMessage::NAME, body).await.and_then(|answer| answer.judge().map(drop)),
                Err(_) => Err(CallError::NotSent),
            };
            let _ = events.send(Event::Tried(queued, result));
        });
    }

    fn on(&mut self, event: Event) {
        match event {
            Event::Queued(message) => {
                let now = self.now();
                let not_before = message.not_before.map_or(now, |moment| now + wait_until(moment));
                self.lanes.push(message, not_before, now);
            }
            Event::UrgentStarted(chat) => {
                self.urgent += 1;
                self.lanes.sent_elsewhere(chat, self.now());
            }
            Event::UrgentOver(chat, outcome) => {
                self.urgent = self.urgent.saturating_sub(1);
                if outcome == Outcome::Gone {
                    self.settle_gone(chat);
                }
            }
            Event::Tried(queued, result) => self.tried(queued, &result),
        }
    }

    /// Draws the conclusion from a try.
    fn tried(&mut self, mut queued: Queued, result: &Result<(), CallError>) {
        self.flying.remove(&queued.message.id);
        let now = self.now();
        let (id, lane) = (queued.message.id, queued.message.lane);
        if result.is_err() {
            tracing::warn!(outbound = id.0, ?lane, tries = queued.message.tries, error = failure(result), "a message was not accepted");
        }
        match outcome::fate(result, lane, queued.message.tries, now.saturating_sub(queued.since)) {
            Fate::Over(outcome) => self.over(&queued.message, outcome),
            Fate::Again(wait) => {
                queued.message.tries = queued.message.tries.saturating_add(1);
                let delta = TimeDelta::from_std(wait).unwrap_or_default();
                self.door.settle(id, Outcome::RetryAt(wall_clock() + delta));
                self.lanes.again(queued, now + wait);
            }
        }
    }

    fn over(&mut self, message: &Outbound, outcome: Outcome) {
        let gone = outcome == Outcome::Gone;
        self.door.settle(message.id, outcome);
        self.lanes.done(message.chat);
        if gone {
            self.settle_gone(message.chat);
        }
    }

    /// Nothing more is sent to someone who has blocked the bot.
    fn settle_gone(&mut self, chat: ChatId) {
        for message in self.lanes.gone(chat) {
            self.door.settle(message.id, Outcome::Gone);
        }
    }

    /// Whether nothing is on its way and nothing could leave by `deadline`.
    fn is_finished(&self, deadline: Instant) -> bool {
        self.flying.is_empty() && self.urgent == 0 && self.lanes.is_quiet_until(deadline.saturating_duration_since(self.start))
    }
}

/// What went wrong, in words that are safe to log.
fn failure(result: &Result<(), CallError>) -> String {
    result.as_ref().err().map(ToString::to_string).unwrap_or_default()
}

/// How long a stored “not before” still is, within what a pause may be.
fn wait_until(moment: chrono::DateTime<chrono::Utc>) -> Duration {
    (moment - wall_clock()).to_std().unwrap_or_default().min(outcome::LONGEST_PAUSE)
}

/// Ends a task when its owner ends.
struct AbortOnDrop(JoinHandle<()>);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
