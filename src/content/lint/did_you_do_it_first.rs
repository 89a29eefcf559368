//! A check-in that opens with the plan: “did you do it?” makes a person account for themselves before anything else.

use super::{Script, state_indices};
use crate::content::dialogue::Dialogue;
use crate::content::report::Report;
use crate::framework::technique::Technique;
use crate::model::session::Slot;

/// Techniques that are about the plan.
const ABOUT_THE_PLAN: [Technique; 7] = [
    Technique::SmallStep,
    Technique::WhenAndWhere,
    Technique::IfThen,
    Technique::Obstacle,
    Technique::CopingPlan,
    Technique::Commit,
    Technique::GoalReview,
];

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for (raw, dialogue) in script.dialogues().filter(|(_, dialogue)| dialogue.name.starts_with("check-in")) {
        for index in first_questions(dialogue) {
            let (Some(state), Some(written)) = (dialogue.states.get(index), raw.states.get(index)) else { continue };
            let by_technique = state.technique.is_some_and(|technique| ABOUT_THE_PLAN.contains(&technique));
            if by_technique || matches!(state.save, Some(Slot::PlanCameUp | Slot::PlanNext)) {
                let message = format!("the check-in opens with `{}`, which is about the plan", state.name);
                let place = (raw.file.as_str(), Some(written.name.span.clone()));
                report.add("did-you-do-it-first", place, message, "ask what is better first; the plan may come up later");
            }
        }
    }
}

/// The questions that a talk can open with.
fn first_questions(dialogue: &Dialogue) -> Vec<usize> {
    let mut seen = vec![false; dialogue.states.len()];
    let (mut open, mut found) = (vec![dialogue.start], Vec::new());
    while let Some(index) = open.pop() {
        let (Some(mark), Some(state)) = (seen.get_mut(index), dialogue.states.get(index)) else { continue };
        if std::mem::replace(mark, true) {
            continue;
        }
        if state.asks() {
            found.push(index);
        } else {
            open.extend(state_indices(&state.silent_targets()));
        }
    }
    found.sort_unstable();
    found
}
