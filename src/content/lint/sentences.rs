//! English sentences, words and syllables, and what school grade they need.

/// The school grade that a text needs, after Flesch and Kincaid (1975); `None` for texts too short to measure.
/// A reading age is the grade plus five.
pub(super) fn grade(text: &str) -> Option<f64> {
    let sentences = sentences(text);
    let words: Vec<&str> = sentences.iter().flat_map(|sentence| words(sentence)).collect();
    if words.len() < SHORTEST_MEASURED {
        return None;
    }
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let (sentences, words, syllables) = (count(sentences.len()), count(words.len()), count(syllables));
    Some(0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59)
}

/// The formula was made for passages; on a handful of words one long one decides everything.
const SHORTEST_MEASURED: usize = 12;

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// Sentences that hold a word. Lines end one too, as in lists.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    text.split(['.', '?', '!', '\n', ':', ';', '…']).filter(|sentence| !words(sentence).is_empty()).collect()
}

/// Words; numbers and commands are none.
pub(super) fn words(sentence: &str) -> Vec<&str> {
    let split = sentence.split(|c: char| c.is_whitespace() || ['–', '—', '/', '-', '(', ')', '“', '”', '"', ','].contains(&c));
    split.filter(|word| word.chars().any(char::is_alphabetic)).collect()
}

/// Syllables of an English word: groups of vowels, less those that are not spoken.
pub(super) fn syllables(word: &str) -> usize {
    let letters: Vec<char> = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let vowel = |c: &char| "aeiouy".contains(*c);
    let mut groups = 0;
    let mut inside = false;
    for letter in &letters {
        groups += usize::from(vowel(letter) && !inside);
        inside = vowel(letter);
    }
    let lower: String = letters.iter().collect();
    let mute_end = lower.ends_with('e') && !lower.ends_with("le") && letters.iter().rev().nth(1).is_some_and(|c| !vowel(c));
    let mute_plural = lower.ends_with("es") && !["ses", "zes", "ces", "ges", "xes", "ches", "shes", "les"].iter().any(|end| lower.ends_with(end));
    let mute_past = lower.ends_with("ed") && !["ted", "ded"].iter().any(|end| lower.ends_with(end)) && letters.len() > 3;
    let unspoken = usize::from(mute_end || (mute_plural && letters.len() > 3) || (mute_past && !lower.ends_with("eed")));
    groups.saturating_sub(unspoken).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, spoken) in
            [("hope", 1), ("little", 2), ("walked", 1), ("wanted", 2), ("difference", 3), ("tomorrow", 3), ("the", 1), ("times", 1), ("places", 2)]
        {
            assert_eq!(syllables(word), spoken, "{word}");
        }
    }

    #[test]
    fn plain_words_need_less_school_than_long_ones() {
        let plain = grade("What would you like to be a bit more like at the end of the week?");
        let hard = grade(
            "Considerable organisational responsibilities necessitate comprehensive psychological consideration of individual circumstances everywhere and always",
        );
        assert!(plain.is_some_and(|grade| grade < 6.0), "{plain:?}");
        assert!(hard.is_some_and(|grade| grade > 12.0), "{hard:?}");
        assert_eq!(grade("Anything else?"), None);
    }
}
