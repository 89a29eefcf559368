//! Walks breadth-first over every state and every kind of input: everything can be reached, every talk can end, nothing grows without bound.

use cairn::content::Content;
use cairn::content::dialogue::Ask;
use cairn::engine::effect::Effect;
use cairn::engine::input::Input;
use cairn::engine::step;
use cairn::model::ids::{ChatId, PatientId};
use cairn::model::link_worker::LinkWorker;
use cairn::model::patient::Patient;
use chrono::{DateTime, TimeZone, Utc};
use std::collections::{BTreeSet, VecDeque};

fn content() -> Content {
    Content::shipped().unwrap_or_else(|report| panic!("{report}"))
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 9, 0, 0).unwrap()
}

fn newcomer(link_worker: bool) -> Patient {
    let worker = link_worker.then(|| LinkWorker { name: "Sam".to_owned(), organisation: "Riverside Surgery".to_owned() });
    Patient::new(PatientId(7), ChatId(1), "en-GB", "Europe/London", worker, now())
}

/// Everything a person can do now: the buttons of the last message, and one of each kind of words.
fn inputs(patient: &Patient, buttons: &[String]) -> Vec<Input> {
    let mut inputs: Vec<Input> = buttons.iter().map(|data| Input::Tap(data.clone())).collect();
    for text in [
        "some words of my own",
        "less lonely",
        "i want my son to visit more",
        "that's all",
        "don't know",
        "nothing",
        "no",
        "yes",
        "7",
        "0",
        "10",
        "11",
        "3 or 4",
        "\u{200b}",
        "back",
        "skip",
    ] {
        inputs.push(Input::Text(text.to_owned()));
    }
    for name in ["start", "help", "goals", "back", "skip", "pause", "stop", "language", "urgent", "mydata", "checkin", "nonsense"] {
        inputs.push(Input::Command { name: name.to_owned(), argument: String::new() });
    }
    inputs.push(Input::Tap("1.yes".to_owned()));
    inputs.push(Input::Tap("rubbish".to_owned()));
    inputs.push(Input::Media { kind: "voice".to_owned(), reference: None });
    inputs.push(Input::Edited("other words".to_owned()));
    if patient.session.is_none() {
        inputs.push(Input::Blocked);
        inputs.push(Input::Unblocked);
    }
    inputs
}

/// Where a person stands, with what decides what comes next; the words themselves do not.
fn place(patient: &Patient) -> String {
    let session = patient.session.as_ref().map(|session| format!("{}/{}/{}", session.dialogue, session.state, session.not_understood));
    let aside = patient.aside.as_ref().map(|aside| aside.state.clone());
    // A question on the side is answered alike whatever question waits behind it.
    let session = if aside.is_some() { session.map(|_| "waits".to_owned()) } else { session };
    let goal = patient.goals.last();
    let plan = goal.and_then(|goal| goal.plan()).is_some();
    let scored = goal.is_some_and(|goal| goal.reading().is_some());
    format!("{session:?} {aside:?} {:?} {plan:?} {scored} {}", patient.consent.sharing, patient.stopped)
}

struct Walked {
    states: BTreeSet<(String, String)>,
    steps: usize,
    ends: BTreeSet<String>,
}

fn walk(content: &Content, link_worker: bool) -> Walked {
    let mut walked = Walked { states: BTreeSet::new(), steps: 0, ends: BTreeSet::new() };
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let begin = step(content, newcomer(link_worker), Input::Command { name: "start".to_owned(), argument: String::new() }, now());
    let mut queue = VecDeque::from([(begin.patient.clone(), last_buttons(&begin.effects))]);
    while let Some((patient, buttons)) = queue.pop_front() {
        if let Some(session) = &patient.session {
            walked.states.insert((session.dialogue.clone(), session.state.clone()));
        }
        if let Some(aside) = &patient.aside {
            walked.states.insert(("always".to_owned(), aside.state.clone()));
        }
        for input in inputs(&patient, &buttons) {
            walked.steps += 1;
            let from_person = !matches!(input, Input::Blocked | Input::Unblocked);
            let toast = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::Toast(_)));
            let after = step(content, patient.clone(), input.clone(), now());
            let said = after.effects.iter().any(|effect| matches!(effect, Effect::Say(_)));
            assert!(said || toast(&after.effects) || !from_person, "{input:?} at {} is left without an answer", place(&patient));
            check_limits(&after.effects);
            check_bounds(&after.patient);
            if let (Some(before), None) = (&patient.session, &after.patient.session) {
                walked.ends.insert(before.dialogue.clone());
            }
            if after.effects.contains(&Effect::Erase) {
                continue;
            }
            if seen.insert(place(&after.patient)) {
                let buttons = last_buttons(&after.effects);
                queue.push_back((after.patient, buttons));
            }
        }
    }
    walked
}

fn last_buttons(effects: &[Effect]) -> Vec<String> {
    effects
        .iter()
        .filter_map(|effect| if let Effect::Say(line) = effect { Some(line) } else { None })
        .flat_map(|line| line.buttons.iter().flatten())
        .map(|button| button.data.clone())
        .collect()
}

/// What Telegram would refuse must never be made.
fn check_limits(effects: &[Effect]) {
    for effect in effects {
        match effect {
            Effect::Say(line) => {
                let units = line.text.encode_utf16().count();
                assert!((1..=4096).contains(&units) && !line.text.trim().is_empty());
                assert!(!line.text.contains("{$") && !line.text.contains("{ $"), "an unfilled place in: {}", line.text);
                for button in line.buttons.iter().flatten() {
                    assert!((1..=64).contains(&button.data.len()) && !button.label.trim().is_empty());
                }
            }
            Effect::Toast(text) => assert!(text.encode_utf16().count() <= 200),
            _ => {}
        }
    }
}

fn check_bounds(patient: &Patient) {
    assert!(patient.goals.len() <= cairn::model::goal::MAX_GOALS && patient.timers.len() <= cairn::model::patient::MAX_TIMERS);
    assert!(patient.session.as_ref().is_none_or(|session| session.undo.len() <= cairn::model::session::MAX_UNDO));
}

#[test]
fn every_state_is_reached_and_every_input_is_answered_in_it() {
    let content = content();
    let with = walk(&content, true);
    let without = walk(&content, false);
    let reached: BTreeSet<_> = with.states.union(&without.states).cloned().collect();
    let asking: BTreeSet<(String, String)> = content
        .dialogues
        .values()
        .flat_map(|dialogue| {
            dialogue
                .states
                .iter()
                .filter(|state| !matches!(state.ask, Ask::Say { .. } | Ask::Route { .. }))
                .map(|state| (dialogue.name.clone(), state.name.clone()))
        })
        .collect();
    let missing: Vec<_> = asking.difference(&reached).collect();
    println!(
        "paths: {} steps walked, {} of {} asking states reached, talks that ended: {:?}",
        with.steps + without.steps,
        reached.intersection(&asking).count(),
        asking.len(),
        with.ends
    );
    assert!(missing.is_empty(), "no path leads to {missing:?}");
    for dialogue in ["welcome", "first-session", "check-in"] {
        assert!(with.ends.contains(dialogue) || dialogue == "welcome", "{dialogue} never ends");
    }
}

#[test]
fn whoever_only_skips_comes_to_an_end_within_forty_questions() {
    let content = content();
    let mut patient = step(&content, newcomer(true), Input::Command { name: "start".to_owned(), argument: String::new() }, now()).patient;
    // Consent is not skipped past: silence is no consent.
    for _ in 0..3 {
        let data = format!("{}.{}", patient.session.as_ref().unwrap().question.0, if consents(&patient) { "share" } else { "ok" });
        patient = step(&content, patient, Input::Tap(data), now()).patient;
        if patient.has_agreed() {
            break;
        }
    }
    let mut questions = 0;
    while patient.session.is_some() {
        questions += 1;
        assert!(questions < 40, "still asking at {:?}", place(&patient));
        patient = step(&content, patient, Input::Command { name: "skip".to_owned(), argument: String::new() }, now()).patient;
    }
}

fn consents(patient: &Patient) -> bool {
    patient.session.as_ref().is_some_and(|session| session.state.contains("consent"))
}
