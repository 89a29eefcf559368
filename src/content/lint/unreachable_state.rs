//! A state that no path leads to: nobody will ever see it.

use super::{Script, places, state_indices};
use crate::content::report::Report;

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for (raw, dialogue) in script.dialogues() {
        let mut seen = vec![false; dialogue.states.len()];
        let entered_by_command = dialogue.states.iter().enumerate().filter(|(_, state)| state.command.is_some()).map(|(index, _)| index);
        let mut open: Vec<usize> = entered_by_command.chain([dialogue.start]).collect();
        while let Some(index) = open.pop() {
            let (Some(mark), Some(state)) = (seen.get_mut(index), dialogue.states.get(index)) else { continue };
            if !std::mem::replace(mark, true) {
                open.extend(state_indices(&state.targets()));
            }
        }
        for place in places(raw, dialogue).filter(|place| seen.get(place.index) == Some(&false)) {
            let message = format!("no path leads to `{}`", place.state.name);
            report.add("unreachable-state", place.name(), message, "let a state lead to it, or delete it");
        }
    }
}
