//! Which variables are surely known when a state is reached, on whatever path: what every path has saved, and no more.

use crate::content::dialogue::{Act, Ask, Dialogue, Fact, State, Target, TextKind, Variable};
use crate::content::resolve::slot_name;
use crate::model::session::Slot;
use std::collections::BTreeSet;

/// A set of variables.
pub(super) type Known = BTreeSet<Variable>;

/// Composed by the engine, and never empty.
const ALWAYS_KNOWN: [Variable; 4] = [Variable::Card, Variable::Goals, Variable::Data, Variable::Helplines];

/// What is surely known in each state; `None` for states that no path leads to.
pub(super) fn in_states(dialogue: &Dialogue) -> Vec<Option<Known>> {
    let mut known: Vec<Option<Known>> = vec![None; dialogue.states.len()];
    let commands = dialogue.states.iter().enumerate().filter(|(_, state)| state.command.is_some()).map(|(index, _)| index);
    let mut open: Vec<(usize, Known)> = commands.chain([dialogue.start]).map(|index| (index, Known::from(ALWAYS_KNOWN))).collect();
    while let Some((index, arriving)) = open.pop() {
        let (Some(entry), Some(state)) = (known.get_mut(index), dialogue.states.get(index)) else { continue };
        let met: Known = entry.as_ref().map_or_else(|| arriving.clone(), |before| before.intersection(&arriving).copied().collect());
        // Sets only ever shrink, so that this ends.
        if entry.as_ref() == Some(&met) {
            continue;
        }
        *entry = Some(met.clone());
        for (target, gained) in gains(state) {
            if let Target::State(next) = target {
                open.push((*next, after(state, &met, &gained)));
            }
        }
    }
    known
}

/// What is known after leaving a state by a path that gains these variables.
fn after(state: &State, before: &Known, gained: &[Variable]) -> Known {
    let mut known = before.clone();
    if state.act == Some(Act::RestPlan) {
        known.remove(&Variable::Step);
        known.remove(&Variable::Cue);
    }
    known.extend(gained);
    // A cue belongs to a plan, and a plan begins with its step.
    if !known.contains(&Variable::Step) {
        known.remove(&Variable::Cue);
    }
    known
}

/// Every way out of a state with the variables it makes known.
fn gains(state: &State) -> Vec<(&Target, Vec<Variable>)> {
    let saved = state.save.map(variables).unwrap_or_default();
    let words = |more: &[Variable]| saved.iter().copied().chain([Variable::Answer]).chain(more.iter().copied()).collect::<Vec<_>>();
    let mut ways: Vec<(&Target, Vec<Variable>)> = match &state.ask {
        Ask::Text { on, buttons, next } => {
            let kinds = on.iter().map(|(kind, to)| match kind {
                // A button gives no words.
                _ if buttons.contains(kind) => (to, Vec::new()),
                TextKind::Absence => (to, words(&[Variable::Problem])),
                TextKind::AboutOthers => (to, words(&[])),
                _ => (to, Vec::new()),
            });
            kinds.chain([(next, words(&[]))]).collect()
        }
        Ask::Choice { choices, .. } => choices.iter().map(|(_, to)| (to, saved.clone())).collect(),
        Ask::Scale { to } => to.iter().map(|to| (to, saved.clone())).collect(),
        Ask::Say { next } => vec![(next, Vec::new())],
        Ask::Route { fact, to } => to.iter().map(|(outcome, to)| (to, told(*fact, outcome))).collect(),
    };
    if state.asks() {
        ways.push((&state.skip, Vec::new()));
    }
    ways.extend(state.limit.as_ref().map(|(_, then)| (then, Vec::new())));
    ways
}

/// The variables that a saved slot makes known.
fn variables(slot: Slot) -> Vec<Variable> {
    let own = slot_name(slot).and_then(Variable::from_name);
    let more: &[Variable] = match slot {
        Slot::Score => &[Variable::NextScore],
        Slot::Cadence => &[Variable::CheckIn],
        _ => &[],
    };
    own.into_iter().chain(more.iter().copied()).collect()
}

/// The variables that the outcome of a fact makes known.
fn told(fact: Fact, outcome: &str) -> Vec<Variable> {
    match (fact, outcome) {
        (Fact::ScoreChange, "down" | "same" | "up") => vec![Variable::Score, Variable::NextScore, Variable::LastScore],
        (Fact::Plan, "yes") => vec![Variable::Step],
        (Fact::LinkWorker, "yes") => vec![Variable::Worker],
        (Fact::Confidence, "low" | "high") => vec![Variable::Confidence],
        (Fact::Hope, "yes") => vec![Variable::Hope],
        (Fact::Cadence, "chosen" | "off") => vec![Variable::CheckIn],
        (Fact::Appointment, "yes") => vec![Variable::Appointment],
        _ => Vec::new(),
    }
}
