//! A circle of states that never ask: the bot would talk to itself for ever.

use super::{Script, places, state_indices};
use crate::content::dialogue::Dialogue;
use crate::content::report::Report;

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for (raw, dialogue) in script.dialogues() {
        for place in places(raw, dialogue).filter(|place| comes_back(dialogue, place.index)) {
            let message = format!("from `{}` one comes back to it without a question", place.state.name);
            let help = "lead one of the states in the circle to a question, or to `end`; past its limit a state does not ask";
            report.add("loop-without-question", place.name(), message, help);
        }
    }
}

fn comes_back(dialogue: &Dialogue, from: usize) -> bool {
    let onward = |index: usize| dialogue.states.get(index).map(|state| state_indices(&state.silent_targets())).unwrap_or_default();
    let mut seen = vec![false; dialogue.states.len()];
    let mut open = onward(from);
    while let Some(index) = open.pop() {
        if index == from {
            return true;
        }
        if let Some(mark) = seen.get_mut(index)
            && !std::mem::replace(mark, true)
        {
            open.extend(onward(index));
        }
    }
    false
}
