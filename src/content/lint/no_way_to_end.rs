//! A state from which the talk can never be over.

use super::{Script, places, state_indices};
use crate::content::dialogue::Target;
use crate::content::report::Report;

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for (raw, dialogue) in script.dialogues() {
        let mut ends: Vec<bool> =
            dialogue.states.iter().map(|state| state.targets().iter().any(|target| !matches!(target, Target::State(_)))).collect();
        let mut changed = true;
        while changed {
            changed = false;
            for (index, state) in dialogue.states.iter().enumerate() {
                let leads = state_indices(&state.targets()).into_iter().any(|next| ends.get(next) == Some(&true));
                if let Some(mark) = ends.get_mut(index).filter(|mark| leads && !**mark) {
                    *mark = true;
                    changed = true;
                }
            }
        }
        for place in places(raw, dialogue).filter(|place| ends.get(place.index) == Some(&false)) {
            let message = format!("no path leads from `{}` to the end of the talk", place.state.name);
            report.add("no-way-to-end", place.name(), message, "let one of its answers, or its skip, lead on to `end`");
        }
    }
}
