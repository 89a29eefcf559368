//! The patient's own words: kept exactly, shown back exactly, never printed by accident.

use serde::{Deserialize, Serialize};
use std::fmt;
use unicode_segmentation::UnicodeSegmentation;

/// Longest text kept from one message, in characters. Telegram's own limit is 4,096 UTF-16 units, so nothing it delivers is cut.
pub const MAX_WORDS_CHARS: usize = 4096;

/// UTF-16 units that a grapheme of a quotation may have on average: enough for emoji with joiners, not for endless accents.
const UNITS_PER_GRAPHEME: usize = 3;

/// The patient's own words. `Debug` shows a length and never the words, so no log can tell them.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(String);

impl Words {
    /// Keeps `text` as it was written, less the white space around it, at most [`MAX_WORDS_CHARS`] characters.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().chars().take(MAX_WORDS_CHARS).collect())
    }

    /// The words themselves. For showing to the person, for understanding, and for the sealed store; never for a log.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether nothing visible is left: white space, control and zero-width characters do not count as words.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        !self.0.chars().any(is_visible)
    }

    /// The words on one line, shortened at a word edge to at most `limit` graphemes with “…”, for quoting inside a question.
    #[must_use]
    pub fn quoted(&self, limit: usize) -> String {
        let line = self.0.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = line.trim_end_matches(['.', ',', ';']);
        // One grapheme can be made of any number of characters, and Telegram counts UTF-16 units.
        let most_units = limit * UNITS_PER_GRAPHEME;
        let measure = |text: &str| (text.graphemes(true).count(), text.encode_utf16().count());
        let fits = |(graphemes, units): (usize, usize)| graphemes <= limit && units <= most_units;
        if fits(measure(line)) {
            return closed(line.to_owned());
        }
        let take = |pieces: &mut dyn Iterator<Item = &str>| {
            let (mut short, mut used) = (String::new(), (0, 0));
            for piece in pieces {
                let (graphemes, units) = measure(piece);
                used = (used.0 + graphemes, used.1 + units);
                if !fits(used) {
                    break;
                }
                short.push_str(piece);
            }
            short
        };
        let mut short = take(&mut line.split_word_bounds());
        if short.trim().is_empty() {
            short = take(&mut line.graphemes(true));
        }
        closed(format!("{}…", short.trim_end()))
    }
}

/// Closes the direction overrides and isolates that are still open, so that they do not turn round what follows the quotation.
fn closed(mut line: String) -> String {
    let mut open = Vec::new();
    for character in line.chars() {
        match character {
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push('\u{202c}'),
            '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
            closing if open.last() == Some(&closing) => drop(open.pop()),
            _ => {}
        }
    }
    line.extend(open.into_iter().rev());
    line
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Words({} characters)", self.0.chars().count())
    }
}

/// Whether a character can be seen: not white space, control, zero-width, or a direction mark.
#[must_use]
pub fn is_visible(character: char) -> bool {
    !(character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{ad}' | '\u{fe00}'..='\u{fe0f}' | '\u{180e}' | '\u{34f}' | '\u{e0000}'..='\u{e0fff}'
            | '\u{3164}' | '\u{115f}' | '\u{1160}' | '\u{2800}'))
}
