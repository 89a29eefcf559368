//! English that is harder than a reading age of 11. Texts of safety and consent are exempt: there, exactness comes first.

use super::{Script, sentences};
use crate::content::report::Report;

/// Highest school grade: a reading age of 11, less the five years before school. PIF TICK and the NHS style guide say 9–11.
const HIGHEST_GRADE: f64 = 6.0;
/// Longest sentence, in words.
const LONGEST_SENTENCE: usize = 20;
/// Words right above a message that exempt it.
const EXEMPT: [&str; 2] = ["safety", "consent"];

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for text in script.english_texts().filter(|text| !text.part.is_label()) {
        if EXEMPT.iter().any(|word| text.message.is_marked(word)) {
            continue;
        }
        for plain in text.part.plain() {
            let longest = sentences::sentences(&plain).into_iter().max_by_key(|sentence| sentences::words(sentence).len()).unwrap_or_default();
            let words = sentences::words(longest).len();
            let shown = longest.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some(grade) = sentences::grade(&plain).filter(|grade| *grade > HIGHEST_GRADE) {
                let message = format!("this needs school grade {grade:.1}; {HIGHEST_GRADE} is the most (reading age 11)");
                report.add(
                    "reading-age",
                    text.place(),
                    message,
                    format!("use shorter words and sentences; the longest has {words} words: “{shown}”"),
                );
            }
            if words > LONGEST_SENTENCE {
                let message = format!("a sentence of {words} words; {LONGEST_SENTENCE} are the most");
                report.add("reading-age", text.place(), message, format!("split it: “{shown}”"));
            }
        }
    }
}
