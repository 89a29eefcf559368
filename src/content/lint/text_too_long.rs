//! A message that could grow over Telegram's limit when the longest answers are quoted in it.

use super::{Script, places, state_indices};
use crate::content::dialogue::{Dialogue, State, Variable};
use crate::content::locale::{Locale, Part, Piece};
use crate::content::report::Report;

/// Telegram's limit for a message, in UTF-16 units.
const LONGEST_TEXT: usize = 4096;
/// What the engine may put in front: that it did not understand, or that it goes back.
const RESERVE: usize = 250;
/// Longest quotation: 80 graphemes, an emoji of 4 units each.
const QUOTE: usize = 320;
/// Longest text of the engine's own, and longest descriptions of the bot: Bot API 9, setMyDescription and setMyShortDescription.
const OWN_LIMITS: [(&str, usize); 3] = [("bot-description", 512), ("bot-short-description", 120), ("common-old-button", 200)];
/// Longest and shortest description of a command in Telegram's menu.
const COMMAND_LIMITS: std::ops::RangeInclusive<usize> = 3..=256;

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for (language, locale) in script.locales {
        for (raw, dialogue) in script.dialogues() {
            let said_before = said_before(dialogue, locale);
            for place in places(raw, dialogue) {
                let Some(message) = place.message(locale) else { continue };
                let before = said_before.get(place.index).copied().unwrap_or_default();
                let longest =
                    message.parts.iter().filter(|part| !part.is_label()).map(|part| (longest(part), part)).max_by_key(|(length, _)| *length);
                let Some((length, part)) = longest else { continue };
                let whole = length + before + RESERVE;
                if whole > LONGEST_TEXT {
                    let text = format!("with the longest answers this is {whole} characters; the limit is {LONGEST_TEXT} ({language})");
                    let help = "shorten it, quote less, or put a question between it and what is said before";
                    report.add("text-too-long", (&message.file, Some(part.span.clone())), text, help);
                }
            }
        }
        engine_texts(locale, report);
    }
}

fn engine_texts(locale: &Locale, report: &mut Report) {
    for (id, message) in &locale.messages {
        let limits = match OWN_LIMITS.iter().find(|(own, _)| own == id) {
            Some((_, most)) => 1..=*most,
            None if id.starts_with("command-") => COMMAND_LIMITS,
            None => continue,
        };
        for part in message.parts.iter().filter(|part| !limits.contains(&longest(part))) {
            let text = format!("this is {} characters; Telegram takes {} to {}", longest(part), limits.start(), limits.end());
            report.add("text-too-long", (&message.file, Some(part.span.clone())), text, "use fewer words, or more");
        }
    }
}

/// The length of the longest form, in UTF-16 units.
fn longest(part: &Part) -> usize {
    let length = |piece: &Piece| match piece {
        Piece::Words(words, _) => words.encode_utf16().count(),
        Piece::Variable(name) => Variable::from_name(name).map_or(QUOTE, longest_value),
    };
    part.forms.iter().map(|form| form.iter().map(length).sum()).max().unwrap_or_default()
}

fn longest_value(variable: Variable) -> usize {
    match variable {
        Variable::Score | Variable::NextScore | Variable::LastScore | Variable::Confidence | Variable::GoodEnough => 2,
        Variable::Name | Variable::Worker | Variable::Organisation => 128,
        // Four lines with two quotations each at most.
        Variable::Card => 2200,
        Variable::Goals | Variable::Data => 3000,
        Variable::CheckIn | Variable::Appointment => 80,
        Variable::Helplines => 700,
        _ => QUOTE,
    }
}

/// The longest that can be said right before each state asks, in the same message.
fn said_before(dialogue: &Dialogue, locale: &Locale) -> Vec<usize> {
    let own =
        |state: &State| locale.messages.get(&state.message).and_then(|message| message.parts.iter().map(longest).max()).map_or(0, |own| own + 2);
    let silent: Vec<(usize, usize, Vec<usize>)> = dialogue
        .states
        .iter()
        .enumerate()
        .filter(|(_, state)| !state.asks())
        .map(|(index, state)| (index, own(state), state_indices(&state.silent_targets())))
        .collect();
    let mut before = vec![0usize; dialogue.states.len()];
    // As many rounds as there are states: a longer way would be a loop, which is another rule's.
    for _ in 0..dialogue.states.len() {
        let mut changed = false;
        for (from, own, onward) in &silent {
            let through = before.get(*from).copied().unwrap_or_default() + own;
            for next in onward {
                if let Some(slot) = before.get_mut(*next).filter(|slot| **slot < through && through <= LONGEST_TEXT * 2) {
                    *slot = through;
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    before
}
