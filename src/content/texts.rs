//! The texts of all languages, ready to be shown.

use super::FALLBACK_LANGUAGE;
use super::dialogue::Variable;
use super::locale::Locale;
use super::scan::TextFile;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::BTreeMap;
use std::fmt;

/// Begins a stretch whose direction is that of its first strong character.
const ISOLATE: char = '\u{2068}';
/// Ends it.
const ISOLATE_END: char = '\u{2069}';

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 11] = ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/// The texts of every language; rendering cannot fail, because the checks prove that every message is there.
pub struct Texts {
    languages: BTreeMap<String, Language>,
}

struct Language {
    bundle: FluentBundle<FluentResource>,
    rightward: bool,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").field("languages", &self.languages()).finish_non_exhaustive()
    }
}

impl Texts {
    pub(super) fn new(locales: &BTreeMap<String, Locale>, files: &[TextFile]) -> Self {
        let mut languages = BTreeMap::new();
        for name in locales.keys() {
            let tag: unic_langid::LanguageIdentifier = name.parse().unwrap_or_default();
            let rightward = !RIGHT_TO_LEFT.contains(&tag.language.as_str()) && tag.script.is_none_or(|script| script.as_str() != "Arab");
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            // Marks are set only where directions mix: see `argument`.
            bundle.set_use_isolating(false);
            for file in files.iter().filter(|file| &file.language == name) {
                // Both kinds of errors were found by the checks before; what can be used is used.
                let resource = FluentResource::try_new(file.text.clone()).unwrap_or_else(|(resource, _)| resource);
                let _ = bundle.add_resource(resource);
            }
            languages.insert(name.clone(), Language { bundle, rightward });
        }
        Self { languages }
    }

    /// The text of a message (or one of its attributes) in a language; in British English if that language lacks it.
    /// An id that exists nowhere comes back as it is.
    #[must_use]
    pub fn format(&self, language: &str, message: &str, attribute: Option<&str>, arguments: &[(Variable, String)]) -> String {
        for language in [language, FALLBACK_LANGUAGE] {
            let Some(language) = self.languages.get(language) else { continue };
            if let Some(text) = language.format(message, attribute, arguments) {
                return text;
            }
        }
        message.to_owned()
    }

    /// Whether British English has the message (or its attribute).
    #[must_use]
    pub fn has(&self, message: &str, attribute: Option<&str>) -> bool {
        let Some(found) = self.fallback(message) else { return false };
        attribute.map_or(found.value().is_some(), |name| found.get_attribute(name).is_some())
    }

    /// The languages, British English first.
    #[must_use]
    pub fn languages(&self) -> Vec<String> {
        let mut names: Vec<String> = self.languages.keys().cloned().collect();
        names.sort_by_key(|name| (name != FALLBACK_LANGUAGE, name.clone()));
        names
    }

    /// The attributes of a message in British English, in the order of the file.
    #[must_use]
    pub fn attributes(&self, message: &str) -> Vec<String> {
        let found = self.fallback(message);
        found.map(|found| found.attributes().map(|attribute| attribute.id().to_owned()).collect()).unwrap_or_default()
    }

    fn fallback(&self, message: &str) -> Option<fluent_bundle::FluentMessage<'_>> {
        self.languages.get(FALLBACK_LANGUAGE)?.bundle.get_message(message)
    }
}

impl Language {
    fn format(&self, message: &str, attribute: Option<&str>, arguments: &[(Variable, String)]) -> Option<String> {
        let found = self.bundle.get_message(message)?;
        let pattern = match attribute {
            Some(name) => found.get_attribute(name)?.value(),
            None => found.value()?,
        };
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (variable, value) in arguments {
            values.set(variable.name(), self.argument(*variable, value));
        }
        // Errors would be missing arguments; the checks and the choice of wordings exclude them.
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned())
    }

    fn argument<'v>(&self, variable: Variable, value: &'v str) -> FluentValue<'v> {
        if is_number(variable) {
            // A number, so that a language can choose its plural by it.
            return FluentValue::try_number(value);
        }
        match first_direction(value) {
            Some(rightward) if rightward != self.rightward => FluentValue::from(format!("{ISOLATE}{value}{ISOLATE_END}")),
            _ => FluentValue::from(value),
        }
    }
}

/// Whether the variable holds a number from the scale.
pub(super) fn is_number(variable: Variable) -> bool {
    matches!(variable, Variable::Score | Variable::NextScore | Variable::LastScore | Variable::Confidence | Variable::GoodEnough)
}

/// Whether the first strong character runs to the right; `None` if there is none.
fn first_direction(text: &str) -> Option<bool> {
    text.chars().find(|character| character.is_alphabetic()).map(|character| {
        let leftward = matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
        !leftward
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(files: &[(&str, &str)]) -> Texts {
        let locales = files.iter().map(|(language, _)| ((*language).to_owned(), Locale::default())).collect();
        let files: Vec<TextFile> =
            files.iter().map(|(language, text)| TextFile { language: (*language).to_owned(), text: (*text).to_owned() }).collect();
        Texts::new(&locales, &files)
    }

    #[test]
    fn words_of_the_other_direction_are_isolated_and_others_are_not() {
        let texts = texts(&[("en-GB", "a = “{ $hope }”"), ("ur", "a = { $hope }")]);
        let hope = |words: &str| vec![(Variable::Hope, words.to_owned())];
        assert_eq!(texts.format("en-GB", "a", None, &hope("Sleep")), "“Sleep”");
        assert_eq!(texts.format("en-GB", "a", None, &hope("نیند")), "“\u{2068}نیند\u{2069}”");
        assert_eq!(texts.format("ur", "a", None, &hope("Sleep")), "\u{2068}Sleep\u{2069}");
        assert_eq!(texts.format("ur", "a", None, &hope("116 123")), "116 123");
    }

    #[test]
    fn a_language_that_lacks_a_message_falls_back_to_british_english() {
        let texts = texts(&[("en-GB", "a = Hello\n    .again = Hi"), ("cy", "b = Helo")]);
        assert_eq!(texts.format("cy", "a", Some("again"), &[]), "Hi");
        assert_eq!(texts.format("zz", "a", None, &[]), "Hello");
        assert_eq!(texts.format("cy", "c", None, &[]), "c");
        assert_eq!(texts.languages(), ["en-GB", "cy"]);
    }

    #[test]
    fn a_number_chooses_its_form() {
        let texts = texts(&[("en-GB", "a = { $score ->\n    [0] none\n    [one] one\n   *[other] { $score } points\n }")]);
        let score = |number: &str| vec![(Variable::Score, number.to_owned())];
        assert_eq!(texts.format("en-GB", "a", None, &score("0")), "none");
        assert_eq!(texts.format("en-GB", "a", None, &score("1")), "one");
        assert_eq!(texts.format("en-GB", "a", None, &score("7")), "7 points");
    }
}
