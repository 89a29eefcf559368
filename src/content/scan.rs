//! From bytes to parsed files: encoding, size and nesting are checked before any parser sees them.

use super::locale::{self, Locale};
use super::raw::{self, RawDialogue};
use super::report::Report;
use super::understanding::{self, Understanding};
use super::{MAX_FILE_BYTES, Source, load};
use std::collections::BTreeMap;

/// Deepest nesting of braces or brackets; parsers recurse, and a stack is not endless.
const MOST_NESTED: usize = 24;

/// The parsed files.
#[derive(Default)]
pub(super) struct Files {
    /// Dialogues, in the order of their names.
    pub(super) dialogues: Vec<RawDialogue>,
    /// Text files: language, file, text.
    pub(super) texts: Vec<TextFile>,
    /// What typed words mean, by language.
    pub(super) understanding: BTreeMap<String, Understanding>,
    /// Parsed messages by language.
    found: BTreeMap<String, Locale>,
}

/// A text file that could be read.
pub(super) struct TextFile {
    /// Its language.
    pub(super) language: String,
    /// Its text.
    pub(super) text: String,
}

impl Files {
    /// The messages of every language.
    pub(super) fn locales(&mut self) -> BTreeMap<String, Locale> {
        std::mem::take(&mut self.found)
    }
}

/// Reads one file into the place where it belongs.
pub(super) fn file(source: &Source, files: &mut Files, report: &mut Report) {
    let Some(text) = readable(source, report) else { return };
    report.keep_source(&source.name, &text);
    let parts: Vec<&str> = source.name.split('/').collect();
    match parts.as_slice() {
        ["dialogues", name] if has_ending(name, "toml") => {
            if nesting_is_fine(&source.name, &text, &['[', '{'], &[']', '}'], report) {
                files.dialogues.push(raw::dialogue(&source.name, &text, report));
            }
        }
        ["locales", language, "understand.toml"] => {
            if nesting_is_fine(&source.name, &text, &['[', '{'], &[']', '}'], report) {
                let read = understanding::read(&source.name, &text, report);
                files.understanding.insert((*language).to_owned(), read);
            }
        }
        ["locales", language, name] if has_ending(name, "ftl") => {
            if language_is_known(language, &source.name, report) && nesting_is_fine(&source.name, &text, &['{', '('], &['}', ')'], report) {
                locale::read(&source.name, &text, files.found.entry((*language).to_owned()).or_default(), report);
                files.texts.push(TextFile { language: (*language).to_owned(), text });
            }
        }
        _ => {
            let help = "dialogues are `dialogues/<name>.toml`, texts are `locales/<language>/<name>.ftl` and `locales/<language>/understand.toml`";
            report.add("unreadable-file", (&source.name, None), "this file has no place in the content", help);
        }
    }
}

fn has_ending(name: &str, ending: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && end == ending)
}

fn language_is_known(language: &str, file: &str, report: &mut Report) -> bool {
    let known = language.parse::<unic_langid::LanguageIdentifier>().is_ok_and(|parsed| parsed == language);
    if !known {
        let help = "name the folder by a language tag such as en-GB, cy, pl or pa-Guru";
        report.add("unreadable-file", (file, None), format!("`{language}` is not the tag of a language"), help);
    }
    known
}

/// The text of the file with plain line ends, unless its bytes are no text.
fn readable(source: &Source, report: &mut Report) -> Option<String> {
    if source.bytes.len() > MAX_FILE_BYTES {
        load::too_large(report, &source.name, source.bytes.len() as u64);
        return None;
    }
    let text = match std::str::from_utf8(&source.bytes) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the file is not UTF-8 from byte {} on", error.valid_up_to());
            report.add("unreadable-file", (&source.name, None), message, "save the file as UTF-8 in your editor");
            return None;
        }
    };
    let plain = match text.strip_prefix('\u{feff}') {
        Some(rest) => {
            let message = "the file begins with a byte order mark, which would hide its first entry";
            report.add("unreadable-file", (&source.name, None), message, "save the file as UTF-8 without a byte order mark (BOM)");
            rest
        }
        None => text,
    };
    // Editors on Windows write CRLF; that is fine, and one kind of line end makes all that follows simpler.
    Some(plain.replace("\r\n", "\n"))
}

/// Whether no entry nests deeper than parsers should go.
fn nesting_is_fine(file: &str, text: &str, open: &[char], close: &[char], report: &mut Report) -> bool {
    let mut depth = 0usize;
    let mut line_begins = true;
    for (at, character) in text.char_indices() {
        if line_begins && !character.is_whitespace() && !close.contains(&character) && !open.contains(&character) {
            depth = 0;
        }
        line_begins = character == '\n';
        if open.contains(&character) {
            depth += 1;
        } else if close.contains(&character) {
            depth = depth.saturating_sub(1);
        }
        if depth > MOST_NESTED {
            report.add("unreadable-file", (file, Some(at..at + 1)), "this is nested too deeply", "close the brackets that were opened before");
            return false;
        }
    }
    true
}
