//! What can happen to a patient's talk.

use crate::model::timer::TimerKind;

/// One input. The core has an answer to every input in every state.
#[derive(Clone, PartialEq, Eq)]
pub enum Input {
    /// Words.
    Text(String),
    /// A command without its slash.
    Command {
        /// Such as `help`.
        name: String,
        /// What followed.
        argument: String,
    },
    /// A tapped button, by its callback data.
    Tap(String),
    /// A message that cannot be read.
    Media {
        /// Such as `voice`.
        kind: String,
        /// File reference.
        reference: Option<String>,
    },
    /// A message was edited afterwards.
    Edited(String),
    /// The chat cannot be reached any more.
    Blocked,
    /// The chat can be reached again.
    Unblocked,
    /// A timer is due.
    Timer(TimerKind),
}

impl std::fmt::Debug for Input {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Text(_) => "Text(…)",
            Self::Command { .. } => "Command(…)",
            Self::Tap(_) => "Tap(…)",
            Self::Media { .. } => "Media(…)",
            Self::Edited(_) => "Edited(…)",
            Self::Blocked => "Blocked",
            Self::Unblocked => "Unblocked",
            Self::Timer(_) => "Timer(…)",
        })
    }
}
