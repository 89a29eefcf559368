//! What typed words mean in one language: `locales/<language>/understand.toml`.

use super::raw::{self, Fields, Name};
use super::report::Report;
use std::collections::BTreeMap;

/// The lists of phrases that a language must have.
pub const WORD_LISTS: [&str; 16] = [
    "yes",
    "no",
    "skip",
    "stop",
    "back",
    "help",
    "pause",
    "unsure",
    "thats-all",
    "nothing",
    "same",
    "worse",
    "later",
    "absence-starts",
    "about-others-starts",
    "urgent",
];

/// Phrases of one language, in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understanding {
    /// Phrases by what they mean; keys are the names of the lists.
    pub words: BTreeMap<String, Vec<String>>,
    /// Words for the numbers from 0 to 10.
    pub numbers: [Vec<String>; 11],
    /// Words for the middle of the scale.
    pub half: Vec<String>,
}

/// Reads the file as far as it can be read.
pub(super) fn read(file: &str, text: &str, report: &mut Report) -> Understanding {
    let table = raw::table(file, text, report);
    let mut fields = Fields::new(file, &table, report);
    let mut read = Understanding::default();
    for (name, value) in fields.table("words") {
        let phrases = fields.names(value, &name.value);
        if !WORD_LISTS.contains(&name.value.as_str()) {
            fields.unknown(&name, &WORD_LISTS, "[words]");
        }
        lower_case(file, &phrases, fields.report);
        read.words.insert(name.value, values(phrases));
    }
    for (name, value) in fields.table("numbers") {
        let phrases = fields.names(value, &name.value);
        lower_case(file, &phrases, fields.report);
        let slot = name.value.parse::<usize>().ok().and_then(|number| read.numbers.get_mut(number));
        match slot {
            Some(slot) => *slot = values(phrases),
            None if name.value == "half" => read.half = values(phrases),
            None => fields.unknown(&name, &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "half"], "[numbers]"),
        }
    }
    if read.half.is_empty() {
        read.half = values(fields.list("half"));
    }
    for (name, _) in fields.rest() {
        fields.unknown(&name, &["words", "numbers", "half"], "this file");
    }
    for list in WORD_LISTS {
        if !read.words.contains_key(list) {
            let help = format!("add `{list} = []` under [words]; the list may be empty");
            fields.report.add("missing-words", (file, None), format!("the list `{list}` is missing"), help);
        }
    }
    read
}

fn values(names: Vec<Name>) -> Vec<String> {
    names.into_iter().map(|name| name.value).collect()
}

/// What a person types is compared in lower case, so that a phrase with a capital would never be found.
fn lower_case(file: &str, phrases: &[Name], report: &mut Report) {
    for phrase in phrases {
        if phrase.value != phrase.value.to_lowercase() || phrase.value.trim().is_empty() {
            let place = (file, Some(phrase.span.clone()));
            report.add("missing-words", place, "this phrase would never be found", "write it in lower case, and not empty");
        }
    }
}
