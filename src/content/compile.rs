//! Dialogue files as written become dialogues in which every name is resolved and every answer has a place to go.

use super::dialogue::{Ask, Dialogue, Fact, State, Target, TextKind, Variable, Wording};
use super::locale::{Locale, Message};
use super::nearest;
use super::raw::{Located, Name, RawDialogue, RawState};
use super::report::Report;
use super::resolve::Names;
use std::collections::BTreeMap;

/// What a state can ask.
const ASKS: [&str; 5] = ["text", "choice", "scale", "say", "route"];

/// Most times that a state may come round in one talk.
const MOST_ROUNDS: u8 = 20;

/// Compiles one dialogue. Where something is wrong it is reported, and a harmless value takes its place.
pub(super) fn dialogue(raw: &RawDialogue, dialogues: &[String], english: &Locale, report: &mut Report) -> Dialogue {
    let names = Names { raw, states: state_names(raw, report), dialogues };
    let name = raw.file_name().to_owned();
    match &raw.dialogue {
        Some(written) if written.value != name => {
            let message = format!("the file is called `{name}`, the dialogue `{}`", written.value);
            names.problem("unknown-name", written, message, format!("write dialogue = \"{name}\", or rename the file"), report);
        }
        Some(_) => {}
        None => report.add("unknown-name", (&raw.file, None), "the dialogue has no name", format!("write dialogue = \"{name}\" at the top")),
    }
    let start = start(raw, &names, report);
    let states = raw.states.iter().map(|state| compile_state(&name, state, &names, english, report)).collect();
    Dialogue { name, start, states, by_name: names.states }
}

/// Every name a state has or had.
fn state_names(raw: &RawDialogue, report: &mut Report) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    let current = raw.states.iter().enumerate().map(|(index, state)| (index, &state.name));
    let former = raw.states.iter().enumerate().flat_map(|(index, state)| state.formerly.iter().map(move |name| (index, name)));
    for (index, name) in current.chain(former) {
        let place = || (raw.file.as_str(), Some(name.span.clone()));
        let is_kebab = name.value.starts_with(|c: char| c.is_ascii_lowercase())
            && name.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !is_kebab {
            report.add("unknown-name", place(), format!("`{}` cannot name a state", name.value), "use small letters, digits and hyphens");
        } else if ["end", "return"].contains(&name.value.as_str()) {
            report.add("unknown-name", place(), format!("`{}` has a meaning of its own", name.value), "give the state another name");
        } else if names.contains_key(&name.value) {
            report.add("unknown-name", place(), format!("`{}` names two states", name.value), "give one of them another name");
        }
        names.entry(name.value.clone()).or_insert(index);
    }
    names
}

fn start(raw: &RawDialogue, names: &Names<'_>, report: &mut Report) -> usize {
    let Some(written) = &raw.start else {
        let first = raw.states.first().map_or("<state>", |state| state.name.value.as_str());
        report.add("unknown-state", (&raw.file, None), "the dialogue has no start", format!("write start = \"{first}\" at the top"));
        return 0;
    };
    match names.target(written, report) {
        Target::State(index) => index,
        Target::End | Target::Begin(_) | Target::Return => {
            if names.states.is_empty() {
                report.add("unknown-state", (&raw.file, None), "the dialogue has no states", "add a state: [name], then its lines");
            }
            0
        }
    }
}

fn compile_state(dialogue: &str, raw: &RawState, names: &Names<'_>, english: &Locale, report: &mut Report) -> State {
    let message = format!("{dialogue}-{}", raw.name.value);
    let text = english.messages.get(&message);
    let (ask, default_skip, skip_button) = ask(raw, names, report);
    misplaced(raw, names, report);
    let skip = match &raw.skip {
        Some(skip) => names.target(skip, report),
        None => default_skip.unwrap_or(Target::End),
    };
    State {
        technique: raw.technique.as_ref().and_then(|name| names.technique(name, report)),
        save: raw.save.as_ref().and_then(|name| names.slot(name, report)),
        skip,
        skip_button: raw.skip_button.as_ref().map_or(skip_button, |flag| flag.value),
        limit: limit(raw, names, report),
        act: raw.act.as_ref().and_then(|name| names.act(name, report)),
        command: raw.command.as_ref().and_then(|name| names.command(name, report)),
        wordings: if matches!(ask, Ask::Route { .. }) { Vec::new() } else { text.map(wordings).unwrap_or_default() },
        idea: text.is_some_and(|text| text.part(Some("idea")).is_some()),
        name: raw.name.value.clone(),
        message,
        ask,
    }
}

/// What the state asks, where Skip leads unless it is said, and whether Skip gets a button unless it is said.
fn ask(raw: &RawState, names: &Names<'_>, report: &mut Report) -> (Ask, Option<Target>, bool) {
    let nothing = (Ask::Say { next: Target::End }, None, false);
    let Some(kind) = &raw.ask else {
        names.problem("unknown-name", &raw.name, "the state does not say what it asks", format!("add ask = one of: {}", ASKS.join(", ")), report);
        return nothing;
    };
    match kind.value.as_str() {
        "text" => {
            let next = required(raw.next.as_ref(), raw, "next", names, report);
            let on: Vec<_> = raw.on.iter().map(|(key, to)| (names.kind(key, report), names.target(to, report))).collect();
            let on = on.into_iter().filter_map(|(kind, to)| Some((kind?, to))).collect();
            let buttons = buttons(raw, names, report);
            (Ask::Text { on, buttons, next: next.clone() }, Some(next), true)
        }
        "choice" => (choice(raw, names, report), None, false),
        "scale" => (Ask::Scale { to: scale(raw, names, report) }, None, true),
        "say" => {
            let next = required(raw.next.as_ref(), raw, "next", names, report);
            (Ask::Say { next: next.clone() }, Some(next), false)
        }
        "route" => (route(raw, names, report), None, false),
        other => {
            names.problem("unknown-name", kind, format!("a state cannot ask `{other}`"), nearest::help(other, &ASKS), report);
            nothing
        }
    }
}

/// A target that must be written.
fn required(written: Option<&Name>, raw: &RawState, key: &str, names: &Names<'_>, report: &mut Report) -> Target {
    let Some(name) = written else {
        names.problem("uncovered-answer", &raw.name, format!("`{}` has no `{key}`", raw.name.value), format!("add {key} = \"<state>\""), report);
        return Target::End;
    };
    names.target(name, report)
}

fn buttons(raw: &RawState, names: &Names<'_>, report: &mut Report) -> Vec<TextKind> {
    let mut buttons = Vec::new();
    for name in &raw.buttons {
        let Some(kind) = names.kind(name, report) else { continue };
        if !raw.on.iter().any(|(key, _)| key.value == name.value) {
            let help = format!("add on.{} = \"<state>\"", name.value);
            names.problem("uncovered-answer", name, format!("the button `{}` leads nowhere", name.value), help, report);
        }
        buttons.push(kind);
    }
    buttons
}

fn choice(raw: &RawState, names: &Names<'_>, report: &mut Report) -> Ask {
    let mut choices: Vec<(String, Target)> = Vec::new();
    for key in &raw.choices {
        let to = raw.on.iter().find(|(name, _)| name.value == key.value);
        if to.is_none() {
            let help = format!("add on.{} = \"<state>\"", key.value);
            names.problem("uncovered-answer", key, format!("the choice `{}` leads nowhere", key.value), help, report);
        } else if choices.iter().any(|(known, _)| *known == key.value) {
            names.problem("uncovered-answer", key, format!("the choice `{}` is offered twice", key.value), "delete one of the two", report);
        }
        choices.push((key.value.clone(), to.map_or(Target::End, |(_, to)| names.target(to, report))));
    }
    for (key, _) in raw.on.iter().filter(|(key, _)| !raw.choices.contains_value(&key.value)) {
        let known: Vec<&str> = raw.choices.iter().map(|choice| choice.value.as_str()).collect();
        names.problem("unknown-name", key, format!("`{}` is not among the choices", key.value), nearest::help(&key.value, &known), report);
    }
    Ask::Choice { choices, rows: raw.rows.as_ref().and_then(|rows| small(rows, 8, "rows", names, report)) }
}

/// Whether a list of names holds a value.
trait ContainsValue {
    fn contains_value(&self, value: &str) -> bool;
}

impl ContainsValue for [Name] {
    fn contains_value(&self, value: &str) -> bool {
        self.iter().any(|name| name.value == value)
    }
}

fn scale(raw: &RawState, names: &Names<'_>, report: &mut Report) -> [Target; 11] {
    let mut to: [Option<Target>; 11] = Default::default();
    for (key, target) in &raw.on {
        let Some((low, high)) = range(&key.value) else {
            let help = "write a number from 0 to 10, or a range such as \"1..=9\"";
            names.problem("unknown-name", key, format!("`{}` is no number of the scale", key.value), help, report);
            continue;
        };
        let target = names.target(target, report);
        for (number, slot) in to.iter_mut().enumerate().skip(low).take(high + 1 - low) {
            if slot.is_some() {
                let message = format!("{number} is covered twice");
                names.problem("uncovered-answer", key, message, "every number from 0 to 10 must stand in one range only", report);
            }
            *slot = Some(target.clone());
        }
    }
    let missing: Vec<String> = (0..=10).filter(|number| to.get(*number).is_none_or(Option::is_none)).map(|number| number.to_string()).collect();
    if !missing.is_empty() {
        let message = format!("no answer for {}", missing.join(", "));
        names.problem("uncovered-answer", &raw.name, message, "add on.\"…\" = \"<state>\" for each number from 0 to 10", report);
    }
    to.map(|target| target.unwrap_or(Target::End))
}

/// `7`, or `1..=9`.
fn range(key: &str) -> Option<(usize, usize)> {
    let (low, high) = key.split_once("..=").unwrap_or((key, key));
    let (low, high) = (low.parse().ok()?, high.parse().ok()?);
    (low <= high && high <= 10).then_some((low, high))
}

fn route(raw: &RawState, names: &Names<'_>, report: &mut Report) -> Ask {
    let Some(fact) = raw.fact.as_ref().and_then(|name| names.fact(name, report)) else {
        if raw.fact.is_none() {
            let known: Vec<&str> = Fact::ALL.iter().map(|fact| fact.name()).collect();
            names.problem("unknown-name", &raw.name, "the route has no fact", format!("add fact = one of: {}", known.join(", ")), report);
        }
        return Ask::Say { next: Target::End };
    };
    let mut to = Vec::new();
    for (key, target) in &raw.on {
        let target = names.target(target, report);
        if fact.outcomes().contains(&key.value.as_str()) {
            to.push((key.value.clone(), target));
        } else {
            let message = format!("`{}` has no outcome `{}`", fact.name(), key.value);
            names.problem("unknown-name", key, message, nearest::help(&key.value, fact.outcomes()), report);
        }
    }
    for outcome in fact.outcomes().iter().filter(|outcome| !to.iter().any(|(known, _)| known == **outcome)) {
        let message = format!("`{}` can also be `{outcome}`", fact.name());
        names.problem("uncovered-answer", &raw.name, message, format!("add on.{outcome} = \"<state>\""), report);
    }
    Ask::Route { fact, to }
}

fn limit(raw: &RawState, names: &Names<'_>, report: &mut Report) -> Option<(u8, Target)> {
    match (&raw.limit, &raw.then) {
        (Some(limit), Some(then)) => {
            let then = names.target(then, report);
            small(limit, MOST_ROUNDS, "limit", names, report).map(|limit| (limit, then))
        }
        (Some(_), None) => {
            names.problem("uncovered-answer", &raw.name, "the limit leads nowhere", "add then = \"<state>\"", report);
            None
        }
        (None, Some(then)) => {
            names.problem("unknown-key", then, "`then` without `limit` never happens", "add limit = 3, or delete the line", report);
            None
        }
        (None, None) => None,
    }
}

fn small(number: &Located<i64>, most: u8, key: &str, names: &Names<'_>, report: &mut Report) -> Option<u8> {
    let found = u8::try_from(number.value).ok().filter(|value| (1..=most).contains(value));
    if found.is_none() {
        let place = (names.raw.file.as_str(), Some(number.span.clone()));
        report.add("unknown-name", place, format!("`{key}` cannot be {}", number.value), format!("write a number from 1 to {most}"));
    }
    found
}

/// Reports lines that mean nothing for what the state asks.
fn misplaced(raw: &RawState, names: &Names<'_>, report: &mut Report) {
    let Some(ask) = &raw.ask else { return };
    let is = |kinds: &[&str]| kinds.contains(&ask.value.as_str());
    if !is(&ASKS) {
        return;
    }
    let lines = [
        (raw.next.as_ref(), "next", is(&["text", "say"])),
        (raw.on.first().map(|(key, _)| key), "on", is(&["text", "choice", "scale", "route"])),
        (raw.buttons.first(), "buttons", is(&["text"])),
        (raw.choices.first(), "choices", is(&["choice"])),
        (raw.fact.as_ref(), "fact", is(&["route"])),
        (raw.save.as_ref(), "save", is(&["text", "choice", "scale"])),
        (raw.skip.as_ref(), "skip", is(&["text", "choice", "scale"])),
        (raw.then.as_ref(), "then", !is(&["route"])),
        (raw.technique.as_ref(), "technique", !is(&["route"])),
    ];
    for (line, key, fits) in lines {
        if let Some(line) = line.filter(|_| !fits) {
            let message = format!("`{key}` means nothing in a state that asks `{}`", ask.value);
            names.problem("unknown-key", line, message, "delete the line", report);
        }
    }
}

fn wordings(message: &Message) -> Vec<Wording> {
    let parts = message.parts.iter().filter(|part| part.is_wording());
    parts
        .map(|part| {
            let mut variables: Vec<Variable> = part.variables.iter().filter_map(|(name, _)| Variable::from_name(name)).collect();
            variables.sort_unstable();
            variables.dedup();
            Wording { attribute: part.attribute.clone(), variables }
        })
        .collect()
}
