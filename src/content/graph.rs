//! Dialogues as pictures: Mermaid and DOT.

use super::dialogue::{Ask, Dialogue, State, Target};
use std::fmt::Write;

/// The dialogue as a Mermaid flow chart.
#[must_use]
pub fn graph_mermaid(dialogue: &Dialogue) -> String {
    let mut out = String::from("flowchart TD\n");
    for state in &dialogue.states {
        let (open, close) = match state.ask {
            Ask::Route { .. } => ("{", "}"),
            Ask::Say { .. } => ("(", ")"),
            Ask::Text { .. } | Ask::Choice { .. } | Ask::Scale { .. } => ("[", "]"),
        };
        let _ = writeln!(out, "    {}{open}\"{}\"{close}", node(&state.name), label(state));
        for (kind, target) in edges(state) {
            let _ = writeln!(out, "    {} -->|{kind}| {}", node(&state.name), node(&target_name(dialogue, target)));
        }
    }
    out
}

/// The dialogue as a DOT graph.
#[must_use]
pub fn graph_dot(dialogue: &Dialogue) -> String {
    let mut out = format!("digraph \"{}\" {{\n", dialogue.name);
    for state in &dialogue.states {
        let shape = match state.ask {
            Ask::Route { .. } => "diamond",
            Ask::Say { .. } => "plaintext",
            Ask::Text { .. } | Ask::Choice { .. } | Ask::Scale { .. } => "box",
        };
        let _ = writeln!(out, "    \"{}\" [shape={shape} label=\"{}\"];", state.name, label(state));
        for (kind, target) in edges(state) {
            let _ = writeln!(out, "    \"{}\" -> \"{}\" [label=\"{kind}\"];", state.name, target_name(dialogue, target));
        }
    }
    out.push_str("}\n");
    out
}

/// Every way out of a state, with what takes it. Ways that lead to the same place by the same name are one.
pub(super) fn edges(state: &State) -> Vec<(String, &Target)> {
    let mut edges: Vec<(String, &Target)> = match &state.ask {
        Ask::Text { on, next, .. } => {
            let kinds = on.iter().map(|(kind, to)| (kind.name().to_owned(), to));
            std::iter::once(("words".to_owned(), next)).chain(kinds).collect()
        }
        Ask::Choice { choices, .. } => choices.iter().map(|(key, to)| (key.clone(), to)).collect(),
        Ask::Scale { to } => numbers(to),
        Ask::Say { next } => vec![("then".to_owned(), next)],
        Ask::Route { to, .. } => to.iter().map(|(outcome, to)| (outcome.clone(), to)).collect(),
    };
    if matches!(state.ask, Ask::Text { .. } | Ask::Choice { .. } | Ask::Scale { .. }) {
        edges.push(("skip".to_owned(), &state.skip));
    }
    if let Some((limit, then)) = &state.limit {
        edges.push((format!("after {limit}"), then));
    }
    edges
}

/// Neighbouring numbers with one target become a range.
fn numbers(to: &[Target; 11]) -> Vec<(String, &Target)> {
    let mut ranges: Vec<(usize, usize, &Target)> = Vec::new();
    for (number, target) in to.iter().enumerate() {
        match ranges.last_mut() {
            Some((_, high, same)) if *same == target => *high = number,
            _ => ranges.push((number, number, target)),
        }
    }
    let name = |low: usize, high: usize| if low == high { low.to_string() } else { format!("{low}–{high}") };
    ranges.into_iter().map(|(low, high, target)| (name(low, high), target)).collect()
}

fn label(state: &State) -> String {
    match (&state.ask, state.technique) {
        (Ask::Route { fact, .. }, _) => format!("{}: {}?", state.name, fact.name()),
        (_, Some(technique)) if technique.name() != state.name => format!("{} · {}", state.name, technique.name()),
        _ => state.name.clone(),
    }
}

fn target_name(dialogue: &Dialogue, target: &Target) -> String {
    match target {
        Target::State(index) => dialogue.states.get(*index).map_or_else(|| "?".to_owned(), |state| state.name.clone()),
        Target::End => "end".to_owned(),
        Target::Begin(name) => format!("begin:{name}"),
        Target::Return => "return".to_owned(),
    }
}

/// `end` is a word of Mermaid's own, so that every node gets a letter in front.
fn node(name: &str) -> String {
    format!("s-{}", name.replace(':', "-"))
}
