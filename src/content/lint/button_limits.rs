//! Buttons: none at all, too many, or labels that are empty, too long or the same.

use super::{Place, Script};
use crate::content::dialogue::Ask;
use crate::content::locale::{Locale, Message, Part};
use crate::content::report::Report;

/// Most buttons below one question.
const MOST_BUTTONS: usize = 24;
/// Longest label, in UTF-16 units as Telegram counts; more is cut off on small phones.
const LONGEST_LABEL: usize = 40;
/// Longest key in UTF-16 units: with the number of the question it must fit into the 64 bytes of a button.
const LONGEST_KEY: usize = 40;

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for place in script.states() {
        if let Ask::Choice { choices, .. } = &place.state.ask {
            let line = place.line(place.raw.choices.first());
            if choices.is_empty() {
                report.add("button-limits", line, format!("`{}` offers no choice", place.state.name), "add choices = [\"…\", \"…\"]");
            } else if choices.len() > MOST_BUTTONS {
                let message = format!("`{}` offers {} choices; {MOST_BUTTONS} are the most", place.state.name, choices.len());
                report.add("button-limits", line, message, "ask in two steps");
            }
            for key in place.raw.choices.iter().filter(|key| !is_key(&key.value)) {
                let help = format!("use small letters, digits and hyphens, at most {LONGEST_KEY}; `skip` and `idea` are taken");
                report.add("button-limits", place.line(Some(key)), format!("`{}` cannot be the key of a button", key.value), help);
            }
        }
        for locale in script.locales.values() {
            labels(&place, locale, report);
        }
    }
}

fn is_key(key: &str) -> bool {
    let plain = key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    plain && !key.is_empty() && key.len() <= LONGEST_KEY && !["skip", "idea"].contains(&key)
}

fn labels(place: &Place<'_>, locale: &Locale, report: &mut Report) {
    let Some(message) = place.message(locale) else { return };
    let mut seen: Vec<(&Message, &Part, String)> = Vec::new();
    let common = |id: &str| locale.messages.get(id).and_then(|message| Some((message, message.part(None)?)));
    let own = message.parts.iter().filter(|part| part.is_label()).map(|part| (message, part));
    let skip = common("common-skip").filter(|_| place.state.asks() && place.state.skip_button);
    let idea = common("common-idea").filter(|_| place.state.idea);
    for (message, part) in own.chain(skip).chain(idea) {
        let spot = (message.file.as_str(), Some(part.span.clone()));
        for label in part.plain() {
            let length = label.encode_utf16().count();
            if length > LONGEST_LABEL {
                let text = format!("the label has {length} characters; {LONGEST_LABEL} are the most, 20 are good");
                report.add("button-limits", spot.clone(), text, "use fewer words");
            }
            if label.contains('\n') {
                report.add("button-limits", spot.clone(), "the label has more than one line", "write it on one line");
            }
            let same = seen.iter().find(|(_, other, known)| known.to_lowercase() == label.to_lowercase() && other.attribute != part.attribute);
            if same.is_some() {
                let text = format!("two buttons of `{}` say “{label}”", place.state.name);
                report.add("button-limits", spot.clone(), text, "give each button words of its own");
            }
            seen.push((message, part, label));
        }
    }
}
