//! What a step asks the outside to do. The step itself does nothing.

use crate::model::event::What;
use crate::model::ids::QuestionNumber;
use crate::model::outbound::{Button, Lane};

/// One effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Send a message.
    Say(Line),
    /// Write to the journal.
    Note(What),
    /// Show, in place of the buttons of the tapped message, which answer was taken.
    Shown(String),
    /// Answer a tap with a short notice.
    Toast(String),
    /// Destroy the record and its key.
    Erase,
}

/// A rendered message.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    /// Plain text.
    pub text: String,
    /// Rows of buttons.
    pub buttons: Vec<Vec<Button>>,
    /// How it travels.
    pub lane: Lane,
    /// The question it asks, if it asks one.
    pub question: Option<QuestionNumber>,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Line({} characters, {:?})", self.text.chars().count(), self.lane)
    }
}
