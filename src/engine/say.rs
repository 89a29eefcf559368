//! Which wording is said, and which buttons stand under it.

use super::walk::{ALWAYS, Walk};
use super::words::value;
use crate::content::dialogue::{Ask, State, Variable};
use crate::model::ids::QuestionNumber;
use crate::model::outbound::Button;

/// Longest label, in characters, of which two still fit beside each other on a small phone.
const SHORT_LABEL_CHARS: usize = 14;

/// Most wordings of one state that a talk remembers; no state has more.
const MAX_REMEMBERED_WORDINGS: usize = 8;

/// Chooses a wording which was not used in this talk, the one that echoes most of what the person said; equal ones take turns.
pub fn wording(walk: &mut Walk, state: &State) -> String {
    let used = used(walk, state);
    let seed = usize::try_from(walk.patient.id.0 % 7).unwrap_or(0) + used.len();
    let available: Vec<(usize, Vec<(Variable, String)>)> = state
        .wordings
        .iter()
        .enumerate()
        .filter_map(|(index, wording)| {
            wording.variables.iter().map(|variable| Some((*variable, value(walk, *variable)?))).collect::<Option<Vec<_>>>().map(|args| (index, args))
        })
        .collect();
    let fresh: Vec<_> = available.iter().filter(|(index, _)| !used.contains(index)).collect();
    let pool: Vec<_> = if fresh.is_empty() {
        let last = used.last();
        let others: Vec<_> = available.iter().filter(|(index, _)| Some(index) != last).collect();
        if others.is_empty() { available.iter().collect() } else { others }
    } else {
        fresh
    };
    let most = pool.iter().map(|(_, args)| args.len()).max().unwrap_or(0);
    let best: Vec<_> = pool.into_iter().filter(|(_, args)| args.len() == most).collect();
    let Some((index, args)) = best.get(seed.checked_rem(best.len()).unwrap_or(0)).map(|entry| (entry.0, &entry.1)) else {
        return String::new();
    };
    let text = render(walk, state, index, args);
    if let Some(session) = walk.patient.session.as_mut().filter(|_| !state.message.starts_with(ALWAYS)) {
        let asked = session.asked.entry(state.name.clone()).or_default();
        asked.wordings.push(u8::try_from(index).unwrap_or(u8::MAX));
        if asked.wordings.len() > MAX_REMEMBERED_WORDINGS {
            asked.wordings.remove(0);
        }
    }
    text
}

/// The wording in which the open question was last asked.
pub fn same_wording(walk: &mut Walk, state: &State) -> String {
    let Some(index) = used(walk, state).last().copied() else { return wording(walk, state) };
    let args = state
        .wordings
        .get(index)
        .and_then(|wording| wording.variables.iter().map(|variable| Some((*variable, value(walk, *variable)?))).collect::<Option<Vec<_>>>());
    match args {
        Some(args) => render(walk, state, index, &args),
        None => wording(walk, state),
    }
}

fn used(walk: &Walk, state: &State) -> Vec<usize> {
    let session = walk.patient.session.as_ref();
    session
        .and_then(|session| session.asked.get(&state.name))
        .map(|asked| asked.wordings.iter().map(|index| usize::from(*index)).collect())
        .unwrap_or_default()
}

fn render(walk: &Walk, state: &State, index: usize, args: &[(Variable, String)]) -> String {
    let attribute = state.wordings.get(index).and_then(|wording| wording.attribute.as_deref());
    walk.content.texts.format(&walk.patient.language, &state.message, attribute, args)
}

/// The keyboard of a question: its own buttons, then “Give me an idea”, then Skip.
#[must_use]
pub fn keyboard(walk: &Walk, state: &State, question: QuestionNumber, idea_given: bool) -> Vec<Vec<Button>> {
    let button = |key: &str, label: String| Button { label, data: format!("{}.{key}", question.0) };
    let mut rows: Vec<Vec<Button>> = Vec::new();
    match &state.ask {
        Ask::Choice { rows: per_row, .. } => {
            let labels = labels(walk, state);
            let short = labels.iter().all(|(_, label)| label.chars().count() <= SHORT_LABEL_CHARS);
            let width = per_row.map_or(if short { 2 } else { 1 }, usize::from).max(1);
            let row: Vec<Button> = labels.into_iter().map(|(key, label)| button(&key, label)).collect();
            rows.extend(row.chunks(width).map(<[Button]>::to_vec));
        }
        Ask::Scale { .. } => {
            let number = |n: u8| button(&n.to_string(), n.to_string());
            rows.push((0..=5).map(number).collect());
            rows.push((6..=10).map(number).collect());
        }
        Ask::Text { .. } => rows.extend(labels(walk, state).into_iter().map(|(key, label)| vec![button(&key, label)])),
        Ask::Say { .. } | Ask::Route { .. } => {}
    }
    let mut last = Vec::new();
    if state.idea && !idea_given {
        last.push(button("idea", common(walk, "common-idea")));
    }
    if state.skip_button {
        last.push(button("skip", common(walk, "common-skip")));
    }
    if !last.is_empty() {
        rows.push(last);
    }
    rows
}

/// Keys and labels of a question's own buttons.
#[must_use]
pub fn labels(walk: &Walk, state: &State) -> Vec<(String, String)> {
    let keys: Vec<String> = match &state.ask {
        Ask::Choice { choices, .. } => choices.iter().map(|(key, _)| key.clone()).collect(),
        Ask::Text { buttons, .. } => buttons.iter().map(|kind| kind.name().to_owned()).collect(),
        _ => Vec::new(),
    };
    keys.into_iter().map(|key| (label(walk, state, &key), key)).map(|(label, key)| (key, label)).collect()
}

fn label(walk: &Walk, state: &State, key: &str) -> String {
    let attribute = format!("choice-{key}");
    if walk.content.texts.has(&state.message, Some(&attribute)) {
        walk.content.texts.format(&walk.patient.language, &state.message, Some(&attribute), &[])
    } else {
        common(walk, &format!("common-{key}"))
    }
}

fn common(walk: &Walk, message: &str) -> String {
    walk.content.texts.format(&walk.patient.language, message, None, &[])
}

/// What is said when the person asks for fewer messages.
#[must_use]
pub fn fewer_message(cadence: crate::model::patient::Cadence) -> &'static str {
    use crate::model::patient::Cadence;
    match cadence {
        Cadence::TwiceAWeek | Cadence::Weekly => "common-fewer-weekly",
        Cadence::Fortnightly => "common-fewer-fortnightly",
        Cadence::Off => "common-fewer-off",
    }
}
