//! Looking things up in loaded content.

use super::{Content, FALLBACK_LANGUAGE, Source, Understanding, shipped};
use std::sync::LazyLock;

static NOTHING: LazyLock<Understanding> = LazyLock::new(Understanding::default);

impl Content {
    /// The word lists of a language; those of British English where a language has none.
    #[must_use]
    pub fn understanding(&self, language: &str) -> &Understanding {
        self.understanding.get(language).or_else(|| self.understanding.get(FALLBACK_LANGUAGE)).unwrap_or(&NOTHING)
    }

    /// The files that were compiled into the program, for trying an edit of them.
    #[must_use]
    pub fn shipped_sources() -> Vec<Source> {
        shipped::sources()
    }
}
