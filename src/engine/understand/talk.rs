//! Whole-message words (yes, skip, stop …) and the kinds of free answers that a dialogue can tell apart.

use super::normalise;
use crate::content::Understanding;
use crate::content::dialogue::TextKind;

/// Commands that also work as a plain word, in the order in which they are looked for: urgent first.
const SPOKEN_COMMANDS: [&str; 6] = ["urgent", "stop", "pause", "help", "back", "skip"];

/// The command that the whole message names, such as `stop` for “Stop!”.
#[must_use]
pub fn spoken_command(text: &str, words: &Understanding) -> Option<&'static str> {
    let said = normalise(text);
    SPOKEN_COMMANDS.into_iter().find(|command| is_one_of(&said, words, command))
}

/// Whether the whole message is one of the phrases of that meaning.
#[must_use]
pub fn means(text: &str, words: &Understanding, meaning: &str) -> bool {
    is_one_of(&normalise(text), words, meaning)
}

fn is_one_of(said: &str, words: &Understanding, meaning: &str) -> bool {
    words.words.get(meaning).is_some_and(|phrases| phrases.iter().any(|phrase| phrase == said))
}

/// The first of the wanted kinds that the answer is of.
#[must_use]
pub fn kind(text: &str, words: &Understanding, wanted: impl Iterator<Item = TextKind>) -> Option<TextKind> {
    let said = normalise(text);
    // “nothing. it rained all week”: the first clause is the answer, the rest is why.
    let opening = normalise(first_clause(text));
    wanted.into_iter().find(|kind| match kind {
        TextKind::Absence => starts_with(&said, words, "absence-starts"),
        TextKind::AboutOthers => starts_with(&said, words, "about-others-starts"),
        kind => is_one_of(&said, words, kind.name()) || is_one_of(&opening, words, kind.name()),
    })
}

/// Whether the message, or its first clause, is one of the phrases of that meaning: “not now, at the doctor's”.
#[must_use]
pub fn opens_with(text: &str, words: &Understanding, meaning: &str) -> bool {
    means(text, words, meaning) || means(first_clause(text), words, meaning)
}

fn first_clause(text: &str) -> &str {
    text.split(['.', ',', ';', '!', '\n', '–', '—']).next().unwrap_or_default()
}

/// Whether the whole message is a phrase of that kind and nothing more.
#[must_use]
pub fn is_only(text: &str, words: &Understanding, kind: Option<TextKind>) -> bool {
    kind.is_none_or(|kind| means(text, words, kind.name()))
}

/// Whether the answer begins with one of the phrases, at a word edge, and goes on after it.
fn starts_with(said: &str, words: &Understanding, meaning: &str) -> bool {
    words
        .words
        .get(meaning)
        .is_some_and(|phrases| phrases.iter().any(|phrase| said.strip_prefix(phrase.trim()).is_some_and(|rest| rest.starts_with(' '))))
}
