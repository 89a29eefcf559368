//! Decides: one pure, total function from (content, patient, input, now) to (patient, effects).
//!
//! Invariants: no clock, no randomness, no I/O, no error. Every input has an answer in every state.
//! A talk is changed only here, and the record is always what the talk began with plus its answers ([`project`]).

pub mod answer;
pub mod effect;
pub mod facts;
pub mod input;
pub mod interrupt;
pub mod nudge;
pub mod project;
pub mod say;
pub mod understand;
pub mod walk;
pub mod words;

use crate::content::Content;
use crate::model::event::What;
use crate::model::patient::Patient;
use chrono::{DateTime, Utc};
use effect::Effect;
use input::Input;
use understand::talk;
use walk::Walk;

/// What a step made of a patient.
#[must_use]
#[derive(Debug)]
pub struct Step {
    /// The patient, whole.
    pub patient: Patient,
    /// What the outside is asked to do, in order.
    pub effects: Vec<Effect>,
}

/// One step. Total: every input has an answer in every state.
pub fn step(content: &Content, patient: Patient, input: Input, now: DateTime<Utc>) -> Step {
    let mut walk = Walk::new(content, patient, now);
    match input {
        Input::Timer(kind) => nudge::due(&mut walk, kind),
        Input::Blocked => {
            walk.patient.unreachable = true;
            walk.patient.timers.clear();
            walk.note(What::Reachable { now: false });
        }
        Input::Unblocked => {
            walk.patient.unreachable = false;
            walk.note(What::Reachable { now: true });
        }
        from_the_person => {
            hear(&mut walk, from_the_person);
            // Never a dead end: whoever wrote or tapped gets an answer, at least the menu.
            if walk.is_silent() {
                interrupt::enter_always(&mut walk, "menu");
            }
        }
    }
    walk.finish()
}

/// The precedence of what a person sends, in one place:
/// urgent → stop, pause, help, back, language, my data → open question → nudge reply → free text.
fn hear(walk: &mut Walk, input: Input) {
    walk.wake();
    match input {
        Input::Tap(data) => answer::tap(walk, &data),
        Input::Command { name, argument } => interrupt::command(walk, &name, &argument),
        Input::Text(text) => {
            if let Some(command) = talk::spoken_command(&text, walk.understanding()) {
                return interrupt::command(walk, command, "");
            }
            if answer::text_aside(walk, &text) {
                return;
            }
            if walk.recover() {
                return walk.keep_as_note(&text);
            }
            if walk.patient.session.is_some() {
                answer::text(walk, &text);
            } else if nudge::is_open(walk) {
                nudge::reply(walk, &text);
            } else {
                interrupt::free_text(walk, &text);
            }
        }
        Input::Edited(text) => interrupt::edited(walk, &text),
        Input::Media { kind, reference } => interrupt::media(walk, kind, reference),
        Input::Timer(_) | Input::Blocked | Input::Unblocked => {}
    }
}
