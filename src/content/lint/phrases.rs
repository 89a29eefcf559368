//! Finds phrases in English texts, whole words only; what a person said and is quoted does not count.

use super::Script;
use crate::content::locale::{Part, Piece};
use crate::content::report::Report;
use std::ops::Range;

/// Reports every phrase of the list that an author wrote.
pub(super) fn check(script: &Script<'_>, rule: &'static str, phrases: &[&str], why: &str, help: &str, report: &mut Report) {
    let spelled: Vec<(&str, String)> = phrases.iter().map(|phrase| (*phrase, phrase.replace('\'', "’"))).collect();
    for text in script.english_texts() {
        let pieces: Vec<(String, &Range<usize>)> = own_words(text.part).collect();
        for (phrase, curly) in &spelled {
            let found = pieces.iter().find_map(|(words, span)| {
                let at = whole_words(words, phrase).or_else(|| whole_words(words, curly))?;
                Some(span.start + at.start..span.start + at.end)
            });
            if let Some(span) = found {
                report.add(rule, (&text.message.file, Some(span)), format!("“{phrase}” {why}"), help);
            }
        }
    }
}

/// The author's own words in small letters. Only ASCII is changed, so that places stay the same.
fn own_words(part: &Part) -> impl Iterator<Item = (String, &Range<usize>)> {
    let pieces = part.forms.iter().flatten();
    pieces.filter_map(|piece| if let Piece::Words(words, span) = piece { Some((words.to_ascii_lowercase(), span)) } else { None })
}

/// Where the phrase stands in the text with no letter right before or after it.
fn whole_words(text: &str, phrase: &str) -> Option<Range<usize>> {
    text.match_indices(phrase).map(|(start, found)| start..start + found.len()).find(|at| {
        let before = text.get(..at.start).and_then(|before| before.chars().next_back());
        let after = text.get(at.end..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_counts_as_whole_words_only() {
        assert_eq!(whole_words("you failed", "failed"), Some(4..10));
        assert_eq!(whole_words("unfailed", "failed"), None);
    }
}
