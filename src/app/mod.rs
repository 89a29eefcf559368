//! The only place where content, engine and store meet. One writer thread takes everything that changes state,
//! does it in one batch, and only then lets anything leave.
//!
//! Invariant: nothing is acknowledged, said or forgotten before it is durable.

mod apply;
pub mod inbound;
pub mod outbox;
mod writer;

use crate::content::Content;
use crate::model::ids::{OutboundId, PatientId};
use crate::model::outbound::{Outbound, Outcome};
use crate::store::{Store, StoreError};
use chrono::{DateTime, Utc};
use inbound::{Inbound, Reception};
use outbox::Outbox;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;
use writer::{Job, Writer};

/// Most jobs that may wait for the writer; more make the edges wait.
const MAX_WAITING_JOBS: usize = 4096;

/// Where `now` comes from: the wall clock for a service, a virtual one for talks in a terminal and for tests.
pub type Clock = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// How the app behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Anyone may begin without an invitation.
    pub open_enrolment: bool,
    /// IANA zone of new patients.
    pub zone: String,
    /// Number of the next patient who enrols, if it is free: wordings and minutes follow from it, so a written-down talk needs a fixed one.
    /// `None` for a service: a random number tells nothing about order or size.
    pub patient_number: Option<u64>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { open_enrolment: false, zone: "Europe/London".to_owned(), patient_number: None }
    }
}

/// Handle to the one writer; cheap to clone.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    jobs: Mutex<Option<SyncSender<Job>>>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
    store: Arc<Store>,
    content: Arc<Content>,
    outbox: Arc<Outbox>,
    clock: Clock,
}

/// Why the app cannot take something.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The writer has stopped.
    #[error("Cairn is stopping and takes no more messages. Nothing was acknowledged, so nothing is lost: start it again.")]
    Stopped,
    /// The store refused a write.
    #[error("the store refused a write, so nothing of this batch was acknowledged: {0}")]
    Store(String),
}

impl App {
    /// Starts the writer thread on an open store. What an earlier run left in the outbox is handed out first.
    pub fn start(content: Arc<Content>, store: Store, settings: Settings, clock: Clock) -> Result<Self, StoreError> {
        let store = Arc::new(store);
        let outbox = Arc::new(Outbox::default());
        outbox.push(store.outbox()?);
        let writer = Writer::new(Arc::clone(&content), Arc::clone(&store), settings, Arc::clone(&outbox), Arc::clone(&clock))?;
        let (jobs, waiting) = sync_channel(MAX_WAITING_JOBS);
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || writer.run(&waiting))
            .map_err(|error| StoreError::Io { doing: "start its writer thread", source: error })?;
        let inner = Inner { jobs: Mutex::new(Some(jobs)), thread: Mutex::new(Some(thread)), store, content, outbox, clock };
        Ok(Self { inner: Arc::new(inner) })
    }

    fn send(&self, job: Job) -> Result<(), AppError> {
        let jobs = self.inner.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone();
        jobs.ok_or(AppError::Stopped)?.send(job).map_err(|_| AppError::Stopped)
    }

    /// Takes a batch and returns when its effects are durable. `cursor` is the offset that may be acknowledged after it.
    pub async fn submit(&self, updates: Vec<Inbound>, cursor: Option<i64>) -> Result<Vec<Reception>, AppError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Updates { updates, cursor, reply })?;
        answer.await.map_err(|_| AppError::Stopped)?
    }

    /// [`App::submit`] for callers without a runtime.
    pub fn submit_blocking(&self, updates: Vec<Inbound>, cursor: Option<i64>) -> Result<Vec<Reception>, AppError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Updates { updates, cursor, reply })?;
        answer.blocking_recv().map_err(|_| AppError::Stopped)?
    }

    /// Runs due timers; returns the next instant at which something is due.
    pub async fn tick(&self) -> Result<Option<DateTime<Utc>>, AppError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Tick { reply })?;
        answer.await.map_err(|_| AppError::Stopped)?
    }

    /// [`App::tick`] for callers without a runtime.
    pub fn tick_blocking(&self) -> Result<Option<DateTime<Utc>>, AppError> {
        let (reply, answer) = oneshot::channel();
        self.send(Job::Tick { reply })?;
        answer.blocking_recv().map_err(|_| AppError::Stopped)?
    }

    /// The cursor of the last commit, for the first getUpdates after a start.
    #[must_use]
    pub fn cursor(&self) -> Option<i64> {
        self.inner.store.cursor()
    }

    /// Waits for the next durable outgoing message. Each is handed out once per run; what is not settled is handed out by the next run.
    pub async fn next_outbound(&self) -> Outbound {
        self.inner.outbox.next().await
    }

    /// The next durable outgoing message, if there is one.
    #[must_use]
    pub fn try_next_outbound(&self) -> Option<Outbound> {
        self.inner.outbox.try_next()
    }

    /// Says what became of a message. Durable with the next batch, or soon after if none comes; it costs no flush of its own.
    pub fn settle(&self, id: OutboundId, outcome: Outcome) {
        self.inner.outbox.settle(id, outcome);
    }

    /// Finishes what is queued, commits settles, and stops the writer. Blocks until it is done.
    pub fn drain_blocking(&self) {
        drop(self.inner.jobs.lock().unwrap_or_else(PoisonError::into_inner).take());
        let thread = self.inner.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A writer that panicked has nothing left to finish; what it had not acknowledged comes again.
        drop(thread.map(std::thread::JoinHandle::join));
    }

    /// [`App::drain_blocking`] without blocking the runtime.
    pub async fn drain(&self) {
        let app = self.clone();
        drop(tokio::task::spawn_blocking(move || app.drain_blocking()).await);
    }

    /// The instant, by this app's clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.inner.clock)()
    }

    /// The words of a message without variables, for menus and bot descriptions.
    #[must_use]
    pub fn text(&self, language: &str, message: &str) -> String {
        self.inner.content.texts.format(language, message, None, &[])
    }

    /// Languages that have texts.
    #[must_use]
    pub fn languages(&self) -> Vec<String> {
        self.inner.content.texts.languages()
    }

    /// The store, for reading.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Patients for whom a step failed and a message was set aside.
    pub fn quarantined(&self) -> Result<Vec<PatientId>, StoreError> {
        self.inner.store.patients().filter_map(|patient| patient.map(|p| (p.quarantined > 0).then_some(p.id)).transpose()).collect()
    }
}
