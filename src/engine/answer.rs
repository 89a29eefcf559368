//! Takes an answer: from a button, from words, from a number. What is not understood climbs a ladder of three rungs, never more.

use super::effect::Effect;
use super::understand::{choice, number, number::Score, talk};
use super::walk::{ALWAYS, Walk};
use super::{interrupt, nudge, project, say};
use crate::content::dialogue::{Ask, Dialogue, State, Target, TextKind};
use crate::model::event::What;
use crate::model::ids::QuestionNumber;
use crate::model::session::{Answer, MAX_UNDO, Slot, Undo};
use crate::model::text::Words;

/// Most answers kept in one list slot of a talk.
const MAX_SLOT_LIST: usize = 12;

/// A tapped button. Its number tells which question it belongs to; a stale or doubled tap changes nothing and is answered.
pub fn tap(walk: &mut Walk, data: &str) {
    let parsed = data.split_once('.').and_then(|(number, key)| Some((QuestionNumber(number.parse().ok()?), key.to_owned())));
    let Some((question, key)) = parsed else { return stale(walk, None) };
    if walk.patient.aside.as_ref().is_some_and(|aside| aside.question == question) {
        return tap_aside(walk, &key);
    }
    if walk.patient.session.as_ref().is_some_and(|session| session.question == question) && !walk.recover() {
        return tap_open(walk, &key);
    }
    stale(walk, Some(question));
}

fn tap_aside(walk: &mut Walk, key: &str) {
    let Some(aside) = walk.patient.aside.clone() else { return };
    if aside.state == nudge::STATE {
        return nudge::tapped(walk, key);
    }
    let Some(dialogue) = walk.dialogue(ALWAYS) else { return };
    let Some(state) = dialogue.by_name.get(&aside.state).and_then(|index| dialogue.states.get(*index)) else { return stale(walk, None) };
    let Ask::Choice { choices, .. } = &state.ask else { return stale(walk, None) };
    let Some((_, target)) = choices.iter().find(|(name, _)| name == key) else { return stale(walk, None) };
    shown(walk, state, key);
    walk.patient.aside = None;
    walk.go(dialogue, target);
}

fn tap_open(walk: &mut Walk, key: &str) {
    let Some((dialogue, index)) = walk.open() else { return };
    let Some(state) = dialogue.states.get(index) else { return };
    walk.patient.aside = None;
    match key {
        "skip" => {
            walk.effect(Effect::Shown(walk.content.texts.format(&walk.patient.language, "common-skip", None, &[])));
            return skip(walk);
        }
        "idea" => return idea(walk, state),
        _ => {}
    }
    match &state.ask {
        Ask::Choice { choices, .. } => match choices.iter().find(|(name, _)| name == key) {
            Some((_, target)) => {
                shown(walk, state, key);
                accept(walk, dialogue, state, Some(Answer::Choice(key.to_owned())), target);
            }
            None => stale(walk, None),
        },
        Ask::Scale { to } => match key.parse::<u8>().ok().and_then(|score| Some((score, to.get(usize::from(score))?))) {
            Some((score, target)) => {
                walk.effect(Effect::Shown(score.to_string()));
                let answer = Answer::Number(score, walk.now);
                accept(walk, dialogue, state, Some(answer), target);
            }
            None => stale(walk, None),
        },
        Ask::Text { on, .. } => match TextKind::from_name(key).and_then(|kind| on.iter().find(|(name, _)| *name == kind)) {
            Some((_, target)) => {
                shown(walk, state, key);
                accept(walk, dialogue, state, None, target);
            }
            None => stale(walk, None),
        },
        Ask::Say { .. } | Ask::Route { .. } => stale(walk, None),
    }
}

/// Words for a question on the side, if they name one of its buttons, or if it takes words for itself.
pub fn text_aside(walk: &mut Walk, text: &str) -> bool {
    let Some(aside) = walk.patient.aside.clone().filter(|aside| aside.state != nudge::STATE) else { return false };
    let Some(dialogue) = walk.dialogue(ALWAYS) else { return false };
    let Some(state) = dialogue.by_name.get(&aside.state).and_then(|index| dialogue.states.get(*index)) else { return false };
    let labels = say::labels(walk, state);
    match choice::key(text, walk.understanding(), &labels).map(str::to_owned) {
        Some(key) => tap_aside(walk, &key),
        // Such as the urgent card: words written to it are no answer to the question that waits.
        None if state.skip != Target::Return => {
            walk.keep_as_note(text);
            walk.go(dialogue, &state.skip);
        }
        None => return false,
    }
    true
}

fn shown(walk: &mut Walk, state: &State, key: &str) {
    if let Some((_, label)) = say::labels(walk, state).into_iter().find(|(name, _)| name == key) {
        walk.effect(Effect::Shown(label));
    }
}

/// A button of an earlier question.
fn stale(walk: &mut Walk, question: Option<QuestionNumber>) {
    let language = walk.patient.language.clone();
    let open = walk.patient.session.as_ref().map(|session| (session.question, session.reminded));
    let doubled = question.and_then(|question| walk.patient.questions.0.checked_sub(question.0)).is_some_and(|behind| behind <= 1);
    let message = if doubled { "common-already" } else { "common-old-button" };
    walk.effect(Effect::Toast(walk.content.texts.format(&language, message, None, &[])));
    match open {
        Some((_, false)) if !doubled => {
            walk.say_common("common-old-button");
            walk.ask_again();
            if let Some(session) = &mut walk.patient.session {
                session.reminded = true;
            }
        }
        None if !doubled && walk.patient.aside.is_none() => {
            walk.say_common("common-old-button");
            interrupt::enter_always(walk, "menu");
        }
        _ => {}
    }
}

/// Words for the open question.
pub fn text(walk: &mut Walk, text: &str) {
    let Some((dialogue, index)) = walk.open() else { return };
    let Some(state) = dialogue.states.get(index) else { return };
    walk.patient.aside = None;
    let words = Words::new(text);
    if words.is_blank() {
        walk.say_common("common-blank");
        return walk.ask_again();
    }
    match &state.ask {
        Ask::Text { on, next, .. } => {
            let wanted = on.iter().map(|(kind, _)| *kind);
            let kind = talk::kind(text, walk.understanding(), wanted);
            let target = kind.and_then(|kind| on.iter().find(|(name, _)| *name == kind)).map_or(next, |(_, target)| target);
            let keeps = !kind.is_some_and(TextKind::says_no_more);
            if kind == Some(TextKind::Absence)
                && let Some(session) = &mut walk.patient.session
            {
                session.answers.insert(Slot::Problem, vec![Answer::Words(words.clone(), walk.now)]);
            }
            if !keeps && !talk::is_only(text, walk.understanding(), kind) {
                // There is more in it than the kind of answer: it is kept, and given back.
                walk.keep_as_note(text);
                if let Some(session) = &mut walk.patient.session {
                    session.last_words = Some(words.clone());
                }
            }
            let answer = keeps.then_some(Answer::Words(words, walk.now));
            accept(walk, dialogue, state, answer, target);
        }
        Ask::Choice { choices, .. } => {
            let labels = say::labels(walk, state);
            let key = choice::key(text, walk.understanding(), &labels);
            match key.and_then(|key| choices.iter().find(|(name, _)| name == key)) {
                Some((key, target)) => accept(walk, dialogue, state, Some(Answer::Choice(key.clone())), target),
                None => not_understood(walk, state, text),
            }
        }
        Ask::Scale { to } => match number::score(text, walk.understanding()) {
            Score::Value(score) => match to.get(usize::from(score)) {
                Some(target) => {
                    let answer = Answer::Number(score, walk.now);
                    accept(walk, dialogue, state, Some(answer), target);
                }
                None => not_understood(walk, state, text),
            },
            Score::Range => ask_back(walk, state, "common-scale-range", text),
            Score::OutOfRange => ask_back(walk, state, "common-scale-out-of-range", text),
            Score::None => not_understood(walk, state, text),
        },
        Ask::Say { .. } | Ask::Route { .. } => {}
    }
}

/// Keeps an answer and goes on.
fn accept<'a>(walk: &mut Walk<'a>, dialogue: &'a Dialogue, state: &'a State, answer: Option<Answer>, target: &Target) {
    let now = walk.now;
    let Some(session) = &mut walk.patient.session else { return };
    let question = session.question;
    if let Some(Answer::Words(words, _)) = &answer {
        session.last_words = Some(words.clone());
    }
    let mut wrote = None;
    if let (Some(slot), Some(answer)) = (state.save, &answer) {
        let place = session.answers.entry(slot).or_default();
        if slot.is_list() {
            place.push(answer.clone());
            if place.len() > MAX_SLOT_LIST {
                place.remove(0);
            }
            wrote = Some((slot, Vec::new()));
        } else {
            wrote = Some((slot, std::mem::replace(place, vec![answer.clone()])));
        }
    }
    session.undo.push(Undo { state: state.name.clone(), wrote });
    if session.undo.len() > MAX_UNDO {
        session.undo.remove(0);
    }
    session.touched_at = now;
    let answer = answer.unwrap_or_else(|| Answer::Choice("-".to_owned()));
    walk.note(What::Answered { state: state.name.clone(), question, slot: state.save, answer });
    walk.go(dialogue, target);
}

/// Skips the open question.
pub fn skip(walk: &mut Walk) {
    if walk.recover() {
        return;
    }
    let Some((dialogue, index)) = walk.open() else { return interrupt::enter_always(walk, "skip") };
    let Some(state) = dialogue.states.get(index) else { return };
    if let Some(session) = &mut walk.patient.session {
        session.undo.push(Undo { state: state.name.clone(), wrote: None });
        if session.undo.len() > MAX_UNDO {
            session.undo.remove(0);
        }
        session.touched_at = walk.now;
        let question = session.question;
        walk.note(What::Skipped { state: state.name.clone(), question });
    }
    walk.go(dialogue, &state.skip);
}

/// Takes the last answer back and asks its question again.
pub fn back(walk: &mut Walk) {
    if walk.recover() {
        return;
    }
    let Some((dialogue, _)) = walk.open() else { return interrupt::enter_always(walk, "back") };
    let Some(session) = &mut walk.patient.session else { return };
    let Some(undo) = session.undo.pop() else { return interrupt::enter_always(walk, "back") };
    if let Some((slot, before)) = undo.wrote {
        if slot.is_list() {
            if let Some(list) = session.answers.get_mut(&slot) {
                list.pop();
            }
        } else {
            session.answers.insert(slot, before);
        }
        if session.answers.get(&slot).is_some_and(Vec::is_empty) {
            session.answers.remove(&slot);
        }
    }
    // The question that is left behind was not really asked: its turn, and that of the one that comes again, is given back.
    for name in [session.state.clone(), undo.state.clone()] {
        if let Some(asked) = session.asked.get_mut(&name) {
            asked.times = asked.times.saturating_sub(1);
        }
    }
    session.touched_at = walk.now;
    walk.note(What::TakenBack { state: undo.state.clone() });
    walk.say_common("common-back");
    project::project(&mut walk.patient);
    match dialogue.by_name.get(&undo.state).and_then(|index| dialogue.states.get(*index)) {
        Some(state) => walk.ask(dialogue, state),
        None => walk.ask_again(),
    }
}

/// Gives the idea of the open question and asks it again.
fn idea(walk: &mut Walk, state: &State) {
    if let Some(session) = &mut walk.patient.session {
        session.idea_given = true;
    }
    let idea = walk.content.texts.format(&walk.patient.language, &state.message, Some("idea"), &[]);
    walk.say(idea);
    walk.ask_again();
}

/// Asks a number back; it counts as a rung, so that nobody is asked for ever.
fn ask_back<'a>(walk: &mut Walk<'a>, state: &'a State, message: &str, text: &str) {
    let Some(session) = &mut walk.patient.session else { return };
    session.not_understood += 1;
    if session.not_understood >= 3 {
        return note_and_move_on(walk, state, text);
    }
    walk.say_common(message);
    walk.show_open_keyboard(state);
}

/// The ladder: rephrase → buttons → keep as a note and move on (practice §6.8).
fn not_understood<'a>(walk: &mut Walk<'a>, state: &'a State, text: &str) {
    let Some(session) = &mut walk.patient.session else { return };
    session.not_understood += 1;
    let rung = session.not_understood;
    walk.note(What::NotUnderstood { state: state.name.clone(), rung });
    let unsure = talk::means(text, walk.understanding(), "unsure");
    match rung {
        // Not to know a number is an answer: it is not asked a third time.
        2 if unsure && matches!(state.ask, Ask::Scale { .. }) => note_and_move_on(walk, state, text),
        1 => {
            walk.say_common(if unsure { "common-not-sure" } else { "common-not-understood" });
            let again = say::wording(walk, state);
            walk.say(again);
            walk.show_open_keyboard(state);
        }
        2 => {
            walk.say_common("common-tap-one");
            walk.show_open_keyboard(state);
        }
        _ => note_and_move_on(walk, state, text),
    }
}

fn note_and_move_on(walk: &mut Walk, state: &State, text: &str) {
    walk.keep_as_note(text);
    walk.say_common("common-noted");
    if let Some((dialogue, _)) = walk.open() {
        if let Some(session) = &mut walk.patient.session {
            session.undo.push(Undo { state: state.name.clone(), wrote: None });
        }
        walk.go(dialogue, &state.skip);
    }
}
