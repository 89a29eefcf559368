//! What a person meant: whole-message words, numbers, kinds of answers. By rules and word lists, per language.

pub mod choice;
pub mod number;
pub mod talk;

use unicode_normalization::UnicodeNormalization;

/// Lower case, compatibility forms folded, curly apostrophes made straight, invisible characters and
/// closing punctuation gone, one space between words: the form in which phrases are compared.
#[must_use]
pub fn normalise(text: &str) -> String {
    let folded: String = text
        .nfkc()
        .flat_map(char::to_lowercase)
        .map(|character| if matches!(character, '’' | '‘' | '`' | '´') { '\'' } else { character })
        .filter(|character| character.is_whitespace() || crate::model::text::is_visible(*character))
        .collect();
    let kept: String = folded.chars().map(|c| if c.is_alphanumeric() || matches!(c, '\'' | '/' | '-' | '%' | '.') { c } else { ' ' }).collect();
    kept.split_whitespace().map(|word| word.trim_end_matches(['.', '-'])).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
