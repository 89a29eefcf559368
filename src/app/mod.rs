//! Where content, engine, store and report meet. One writer thread takes everything that changes state.

pub mod inbound;

use crate::model::ids::OutboundId;
use crate::model::outbound::{Outbound, Outcome};
use inbound::{Inbound, Reception};

/// Handle to the one writer; cheap to clone.
#[derive(Clone)]
pub struct App {}

/// Why the app cannot take something.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The writer has stopped: the store refused a write or the process is shutting down.
    #[error("Cairn is stopping and takes no more messages; nothing was acknowledged, so nothing is lost. Start it again.")]
    Stopped,
}

impl App {
    /// Takes a batch and returns when its effects are durable. `cursor` = the offset that may be acknowledged after it.
    pub async fn submit(&self, _updates: Vec<Inbound>, _cursor: Option<i64>) -> Result<Vec<Reception>, AppError> {
        todo!()
    }
    /// The cursor of the last commit, for the first getUpdates after a start.
    pub fn cursor(&self) -> Option<i64> {
        todo!()
    }
    /// Waits for the next durable outgoing message, in order of its number. Handed out once per process run.
    pub async fn next_outbound(&self) -> Outbound {
        todo!()
    }
    /// Says what became of it. Durable with the next batch; costs no flush of its own. `message_id` is not needed.
    pub fn settle(&self, _id: OutboundId, _outcome: Outcome) {
        todo!()
    }
    /// Runs due timers; the edge's clock loop calls it. Returns the next instant at which something is due.
    pub async fn tick(&self) -> Result<Option<chrono::DateTime<chrono::Utc>>, AppError> {
        todo!()
    }
    /// Finishes what is queued, commits settles, stops the writer.
    pub async fn drain(&self) {
        todo!()
    }
    /// The words of a common message in a language, for menus and bot descriptions.
    pub fn text(&self, _language: &str, _message: &str) -> String {
        todo!()
    }
    /// Languages that have texts.
    pub fn languages(&self) -> Vec<String> {
        todo!()
    }
}
