//! What the edge asks of the app, as a trait: so that the whole edge can be tried against an app that stops, stalls or refuses.

use crate::app::inbound::{Inbound, Reception};
use crate::app::{App, AppError};
use crate::model::ids::OutboundId;
use crate::model::outbound::{Outbound, Outcome};
use chrono::{DateTime, Utc};
use std::future::Future;

/// The app, seen from an edge. [`App`] is the only one in the product; each function is described there.
pub trait Door: Clone + Send + Sync + 'static {
    /// Takes a batch and returns when its effects are durable, with one reception for each update.
    fn submit(&self, updates: Vec<Inbound>, cursor: Option<i64>) -> impl Future<Output = Result<Vec<Reception>, AppError>> + Send;
    /// The cursor of the last commit.
    fn cursor(&self) -> Option<i64>;
    /// Waits for the next durable outgoing message.
    fn next_outbound(&self) -> impl Future<Output = Outbound> + Send;
    /// Says what became of a message.
    fn settle(&self, id: OutboundId, outcome: Outcome);
    /// Runs due timers and returns when the next one is due.
    fn tick(&self) -> impl Future<Output = Result<Option<DateTime<Utc>>, AppError>> + Send;
    /// Commits what is queued and stops the writer.
    fn drain(&self) -> impl Future<Output = ()> + Send;
    /// The words of a common message in a language.
    fn text(&self, language: &str, message: &str) -> String;
    /// Languages that have texts; the first is the default.
    fn languages(&self) -> Vec<String>;
}

impl Door for App {
    async fn submit(&self, updates: Vec<Inbound>, cursor: Option<i64>) -> Result<Vec<Reception>, AppError> {
        App::submit(self, updates, cursor).await
    }
    fn cursor(&self) -> Option<i64> {
        App::cursor(self)
    }
    async fn next_outbound(&self) -> Outbound {
        App::next_outbound(self).await
    }
    fn settle(&self, id: OutboundId, outcome: Outcome) {
        App::settle(self, id, outcome);
    }
    async fn tick(&self) -> Result<Option<DateTime<Utc>>, AppError> {
        App::tick(self).await
    }
    async fn drain(&self) {
        App::drain(self).await;
    }
    fn text(&self, language: &str, message: &str) -> String {
        App::text(self, language, message)
    }
    fn languages(&self) -> Vec<String> {
        App::languages(self)
    }
}
