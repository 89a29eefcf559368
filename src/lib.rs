//! # Cairn
//!
//! A Telegram bot with which a patient in social prescribing sets goals in their own words, between the talks with
//! their link worker. This page is the map of the code; `tests/architecture.rs` holds the code to it.
//!
//! ```text
//!               main                  cli.rs, config.rs, run.rs: what the command line asks for
//!       ┌────────┴────────┐
//!   telegram             demo         edges: speak a protocol to the app
//!       └────────┬────────┘
//!               app                   the only place where content, engine and store meet; one writer thread
//!        ┌───────┴───────┐
//!     engine           store          engine decides · store remembers
//!        │               │
//!     content            │            dialogues and texts: loaded, compiled, checked
//!        └────┬──────────┤
//!         framework      │            the founding paper as types: mechanisms, techniques, fidelity
//!             └── model ─┘            nouns
//! ```
//!
//! ## Invariants, mostly about what is absent
//!
//! - A file imports only downward. `model`, `framework`, `content`, `engine` have no clock and no async; only `content`
//!   reads files, and only while loading.
//! - The core cannot fail: [`engine::step`] returns a patient for every input in every state.
//! - Nothing is acknowledged, said or forgotten before the store says that it is durable.
//! - The patient's own words are [`model::text::Words`], whose `Debug` shows a length; no log holds them.
//! - The record is what a talk began with plus its answers ([`engine::project`]), so an answer taken back leaves no trace in it.
//! - `sled` is named only in [`store`], `teloxide` only in [`telegram`], `fluent` only in [`content`].
//!
//! ## A message arrives
//!
//! 1. `telegram::poll` calls getUpdates with the cursor of the last durable batch. Each update is decoded on its own
//!    (`telegram::decode`): an unreadable one gets a decision too, and never takes the batch with it.
//! 2. [`app::App::submit`] hands the batch to the writer thread, which gathers whatever else is waiting.
//! 3. For each update: seen before? then nothing. Otherwise the patient is read, [`engine::step`] makes of (patient, input,
//!    now) a new patient and effects; what is said becomes an outgoing message, what happened goes to the journal.
//!    A panic in the step is caught: the update is set aside, the person is told, the cursor moves on.
//! 4. One atomic batch {patients, due index, outbox, journal, seen ids, cursor}, one flush, one fdatasync ([`store::Store::commit`]).
//! 5. Only now the messages leave (`telegram::send`), and only now the next getUpdates acknowledges. What became of each
//!    message is booked with a later batch.
//!
//! ## A nudge fires
//!
//! 1. The clock loop asks the writer to [`app::App::tick`]: the due index names patients with a timer that is due.
//! 2. The timer lives in the patient. [`engine::nudge`] looks at the local time, quiet hours, a talk in progress, a nudge
//!    already sent today; it sends one question or notes a missed one, and plans the next.
//! 3. Timer and message are one batch: so an occurrence is sent at most once, whatever crashes.
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used)]

pub mod app;
pub mod cli;
pub mod config;
pub mod content;
pub mod demo;
pub mod engine;
pub mod framework;
pub mod model;
pub mod store;
pub mod telegram;
