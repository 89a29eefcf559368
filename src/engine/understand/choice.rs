//! Which button a typed answer means.

use super::{normalise, talk};
use crate::content::Understanding;

/// The key of the button that the typed text names: its label, its place (“2”), a word for yes or no, or the
/// beginning of exactly one label.
#[must_use]
pub fn key<'a>(text: &str, words: &Understanding, buttons: &'a [(String, String)]) -> Option<&'a str> {
    let said = normalise(text);
    if said.is_empty() {
        return None;
    }
    // Few people type the apostrophe of “That's it”.
    let said = said.replace('\'', "");
    let labels: Vec<String> = buttons.iter().map(|(_, label)| normalise(label).replace('\'', "")).collect();
    let found = labels.iter().position(|label| *label == said).or_else(|| {
        let place: usize = said.parse().ok()?;
        let numbered = labels.iter().any(|label| label.parse::<u32>().is_ok());
        (!numbered && (1..=buttons.len()).contains(&place)).then(|| place - 1)
    });
    let found = found.or_else(|| {
        ["yes", "no", "unsure", "same", "worse"]
            .into_iter()
            .find_map(|meaning| talk::means(text, words, meaning).then(|| buttons.iter().position(|(key, _)| key == meaning)).flatten())
    });
    let found = found.or_else(|| {
        let mut starting = labels.iter().enumerate().filter(|(_, label)| said.chars().count() >= 3 && label.starts_with(&said));
        match (starting.next(), starting.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    });
    found.and_then(|index| buttons.get(index)).map(|(key, _)| key.as_str())
}
