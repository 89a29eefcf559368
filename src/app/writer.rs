//! The one writer: gathers what waits into one batch, commits it once, and only then answers and lets messages leave.

use super::apply::Pending;
use super::inbound::{Inbound, Reception};
use super::outbox::Outbox;
use super::{AppError, Clock, Settings};
use crate::content::Content;
use crate::model::ids::{OutboundId, UpdateId};
use crate::model::outbound::{Outbound, Outcome};
use crate::store::{Store, StoreError};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;
use tokio::sync::oneshot;

/// Most jobs in one batch.
const MAX_BATCH_JOBS: usize = 256;
/// Settles wait this long for a batch to ride in before they get one of their own.
const SETTLE_WAIT: Duration = Duration::from_millis(200);
/// Update ids are remembered this long; Telegram keeps an update for at most a day.
const REMEMBER_HOURS: i64 = 48;
/// Most update ids remembered.
const MAX_REMEMBERED: usize = 200_000;
/// Most due patients taken in one tick; the next tick takes the rest.
const MAX_DUE: usize = 500;

pub enum Job {
    Updates { updates: Vec<Inbound>, cursor: Option<i64>, reply: oneshot::Sender<Result<Vec<Reception>, AppError>> },
    Tick { reply: oneshot::Sender<Result<Option<DateTime<Utc>>, AppError>> },
}

pub struct Writer {
    pub content: Arc<Content>,
    pub store: Arc<Store>,
    pub settings: Settings,
    pub next_outbound: OutboundId,
    pub seen: HashSet<UpdateId>,
    seen_order: VecDeque<(UpdateId, DateTime<Utc>)>,
    /// Messages handed out and not settled: what a later outcome is about.
    in_flight: HashMap<OutboundId, Outbound>,
    outbox: Arc<Outbox>,
    clock: Clock,
}

impl Writer {
    pub fn new(content: Arc<Content>, store: Arc<Store>, settings: Settings, outbox: Arc<Outbox>, clock: Clock) -> Result<Self, StoreError> {
        let seen_order: VecDeque<_> = store.seen()?.into();
        let seen = seen_order.iter().map(|(id, _)| *id).collect();
        let in_flight = store.outbox()?.into_iter().map(|message| (message.id, message)).collect();
        let next_outbound = store.next_outbound_id();
        Ok(Self { content, store, settings, next_outbound, seen, seen_order, in_flight, outbox, clock })
    }

    /// Runs until every sender is gone.
    pub fn run(mut self, jobs: &Receiver<Job>) {
        loop {
            let mut gathered = Vec::new();
            match jobs.recv_timeout(SETTLE_WAIT) {
                Ok(job) => gathered.push(job),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    self.batch(Vec::new());
                    return;
                }
            }
            while gathered.len() < MAX_BATCH_JOBS {
                let Ok(job) = jobs.try_recv() else { break };
                gathered.push(job);
            }
            self.batch(gathered);
        }
    }

    fn batch(&mut self, jobs: Vec<Job>) {
        let settled = self.outbox.take_settled();
        if jobs.is_empty() && settled.is_empty() {
            return;
        }
        let now = (self.clock)();
        let mut pending = Pending::new(now, self.next_outbound);
        let mut done: Result<(), StoreError> = self.settle(&mut pending, &settled);
        let mut answers: Vec<Vec<Reception>> = Vec::new();
        for job in &jobs {
            if done.is_err() {
                break;
            }
            let receptions = match job {
                Job::Updates { updates, cursor, .. } => pending.take_updates(self, updates, *cursor),
                Job::Tick { .. } => self.tick(&mut pending).map(|()| Vec::new()),
            };
            match receptions {
                Ok(receptions) => answers.push(receptions),
                Err(error) => done = Err(error),
            }
        }
        match done.and_then(|()| self.commit(pending)) {
            Ok(()) => self.answer(jobs, answers),
            Err(error) => {
                tracing::error!(error = %error, "a batch was not committed; nothing of it is acknowledged");
                self.outbox.put_back(settled);
                for job in jobs {
                    refuse(job, &error);
                }
            }
        }
    }

    fn commit(&mut self, pending: Pending) -> Result<(), StoreError> {
        let next = pending.next_outbound();
        let (batch, leaving) = pending.into_batch();
        if let Some(batch) = batch {
            let seen = batch.seen.clone();
            let settled = batch.settled.clone();
            let now = batch.now;
            self.store.commit(batch)?;
            self.remember(seen, now);
            for id in settled {
                self.in_flight.remove(&id);
            }
        }
        self.next_outbound = next;
        for message in leaving.fresh.iter().chain(&leaving.retried) {
            self.in_flight.insert(message.id, message.clone());
        }
        self.outbox.push(leaving.fresh);
        Ok(())
    }

    fn remember(&mut self, seen: Vec<UpdateId>, now: Option<DateTime<Utc>>) {
        let now = now.unwrap_or_else(|| (self.clock)());
        for id in seen {
            self.seen.insert(id);
            self.seen_order.push_back((id, now));
        }
        while let Some((id, at)) = self.seen_order.front().copied() {
            if self.seen_order.len() <= MAX_REMEMBERED && now - at < chrono::Duration::hours(REMEMBER_HOURS) {
                break;
            }
            self.seen_order.pop_front();
            self.seen.remove(&id);
        }
    }

    fn settle(&self, pending: &mut Pending, settled: &[(OutboundId, Outcome)]) -> Result<(), StoreError> {
        for (id, outcome) in settled {
            if let Some(message) = self.in_flight.get(id) {
                pending.settle(self, message, outcome)?;
            }
        }
        Ok(())
    }

    fn tick(&self, pending: &mut Pending) -> Result<(), StoreError> {
        for patient in self.store.due(pending.now(), MAX_DUE)? {
            pending.take_timers(self, patient)?;
        }
        Ok(())
    }

    fn answer(&self, jobs: Vec<Job>, answers: Vec<Vec<Reception>>) {
        for (job, receptions) in jobs.into_iter().zip(answers) {
            // A caller that has gone away needs no answer.
            match job {
                Job::Updates { reply, .. } => drop(reply.send(Ok(receptions))),
                Job::Tick { reply } => drop(reply.send(self.store.next_due().map_err(|error| AppError::Store(error.to_string())))),
            }
        }
    }
}

fn refuse(job: Job, error: &StoreError) {
    let error = AppError::Store(error.to_string());
    match job {
        Job::Updates { reply, .. } => drop(reply.send(Err(error))),
        Job::Tick { reply } => drop(reply.send(Err(error))),
    }
}
