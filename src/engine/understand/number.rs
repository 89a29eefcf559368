//! A score from 0 to 10 in what a person typed: digits of every script, number words, “about a 6”, “6/10”, “half way”.
//! A number that is not a score (“2 weeks”, “at 7”) is never taken as one.

use super::normalise;
use crate::content::Understanding;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Score {
    /// One number from 0 to 10.
    Value(u8),
    /// Two numbers or a fraction: to be asked back.
    Range,
    /// A number, but below 0 or above 10: to be asked back.
    OutOfRange,
    /// No score.
    None,
}

/// Code points of the digit zero in the scripts with decimal digits (Unicode general category Nd); each is followed by one to nine.
const ZEROS: [u32; 41] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0,
    0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0,
    0x11066, 0x1d7ce, 0x1e950,
];

/// Words which may stand around a score without changing it.
const AROUND: [&str; 48] = [
    "a", "an", "about", "around", "roughly", "maybe", "probably", "perhaps", "i", "i'd", "id", "i'm", "im", "am", "say", "think", "guess", "would",
    "it's", "its", "is", "at", "today", "now", "just", "only", "like", "out", "of", "10", "ten", "my", "score", "number", "still", "well", "um",
    "er", "hmm", "so", "on", "suppose", "spose", "oh", "be", "feel", "ish", "dunno",
];

/// Reads a score.
#[must_use]
pub fn score(text: &str, words: &Understanding) -> Score {
    let said: String = normalise(&text.replace(['–', '—'], "-")).chars().map(ascii_digit).collect();
    if said.is_empty() {
        return Score::None;
    }
    if words.half.iter().any(|half| said.split(" and ").next().is_some_and(|_| contains_phrase(&said, half)))
        && !said.chars().any(|c| c.is_ascii_digit())
    {
        return Score::Value(5);
    }
    let said = out_of_ten(&said);
    let mut values: Vec<i32> = Vec::new();
    let mut strange = false;
    let tokens: Vec<&str> = said.split(' ').filter(|token| !token.is_empty()).collect();
    for token in &tokens {
        match read(token, words) {
            Read::Number(value) => values.push(value),
            Read::Range => return Score::Range,
            Read::Other => strange = strange || !AROUND.contains(token) && !matches!(*token, "or" | "to" | "and" | "between" | "-"),
        }
    }
    match values.as_slice() {
        [] => Score::None,
        _ if strange && tokens.len() > values.len() && !starts_with_number(&tokens, words) => Score::None,
        _ if strange && is_measure(&tokens, words) => Score::None,
        [one] if (0..=10).contains(one) => u8::try_from(*one).map_or(Score::None, Score::Value),
        [_] => Score::OutOfRange,
        [first, .., last] if first == last => u8::try_from(*first).ok().filter(|n| *n <= 10).map_or(Score::OutOfRange, Score::Value),
        _ => Score::Range,
    }
}

enum Read {
    Number(i32),
    Range,
    Other,
}

fn read(token: &str, words: &Understanding) -> Read {
    if let Some(index) = words.numbers.iter().position(|names| names.iter().any(|name| name == token)) {
        return i32::try_from(index).map_or(Read::Other, Read::Number);
    }
    if let Some(digits) = token.strip_suffix("ish").map(|rest| rest.trim_end_matches('-')).filter(|rest| !rest.is_empty()) {
        return read(digits, words);
    }
    if let Ok(value) = token.parse::<i32>() {
        return Read::Number(value);
    }
    let parts: Vec<&str> = token.split(['-', '/', '.']).collect();
    if parts.len() == 2 && parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit())) {
        return match parts.as_slice() {
            [whole, "0"] if token.contains('.') => whole.parse().map_or(Read::Other, Read::Number),
            _ => Read::Range,
        };
    }
    Read::Other
}

/// “6/10”, “6 out of 10”, “6 of 10” → “6”.
fn out_of_ten(said: &str) -> String {
    let mut short = said.replace(" / ", "/");
    for ending in ["/10", " out of 10", " of 10", " out of ten", " of ten"] {
        if let Some(start) = short.find(ending).filter(|start| *start > 0) {
            let after = start + ending.len();
            if short.get(after..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')) {
                short.replace_range(start..after, "");
            }
        }
    }
    short
}

/// Whether the message opens with its number, as “3 because jean pops in” does.
fn starts_with_number(tokens: &[&str], words: &Understanding) -> bool {
    tokens
        .iter()
        .take_while(|token| AROUND.contains(token) || matches!(read(token, words), Read::Number(_)))
        .any(|token| matches!(read(token, words), Read::Number(_)))
}

/// Whether a word of measure follows the number (“2 weeks”, “7 pm”), so that it is no score.
fn is_measure(tokens: &[&str], words: &Understanding) -> bool {
    const MEASURES: [&str; 34] = [
        "week",
        "weeks",
        "day",
        "days",
        "hour",
        "hours",
        "hrs",
        "minute",
        "minutes",
        "mins",
        "month",
        "months",
        "year",
        "years",
        "times",
        "time",
        "am",
        "pm",
        "o'clock",
        "people",
        "friends",
        "kids",
        "children",
        "steps",
        "miles",
        "pounds",
        "stone",
        "mg",
        "tablets",
        "pills",
        "cups",
        "cigarettes",
        "drinks",
        "percent",
    ];
    tokens.windows(2).any(|pair| matches!(pair, [number, after] if matches!(read(number, words), Read::Number(_)) && MEASURES.contains(after)))
}

fn contains_phrase(said: &str, phrase: &str) -> bool {
    format!(" {said} ").contains(&format!(" {phrase} "))
}

fn ascii_digit(character: char) -> char {
    let code = u32::from(character);
    ZEROS
        .iter()
        .find_map(|zero| code.checked_sub(*zero).filter(|digit| *digit <= 9))
        .and_then(|digit| char::from_digit(digit, 10))
        .unwrap_or(character)
}
