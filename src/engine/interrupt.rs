//! What works in every state: it answers, and returns to the same question.

use super::walk::{ALWAYS, Walk};
use super::{answer, nudge};
use crate::content::dialogue::Target;
use crate::model::event::What;
use crate::model::patient::Sharing;

/// A command. Unknown ones are answered too.
pub fn command(walk: &mut Walk, name: &str, _argument: &str) {
    walk.note(What::Command { name: known(name).to_owned() });
    match name {
        "start" => start(walk),
        "back" => answer::back(walk),
        "skip" => answer::skip(walk),
        "urgent" | "help" | "goals" | "pause" | "stop" | "language" | "mydata" | "checkin" | "menu" => enter_by_command(walk, name),
        "lang" => enter_by_command(walk, "language"),
        "forget" | "privacy" => enter_by_command(walk, "mydata"),
        _ => {
            walk.say_common("common-unknown-command");
            again_or_menu(walk);
        }
    }
}

/// A command's name for the journal; what a person types after a slash may be their own words, so unknown names are not kept.
fn known(name: &str) -> &'static str {
    const KNOWN: [&str; 15] =
        ["start", "back", "skip", "urgent", "help", "goals", "pause", "stop", "language", "mydata", "checkin", "menu", "lang", "forget", "privacy"];
    KNOWN.into_iter().find(|one| *one == name).unwrap_or("unknown")
}

/// `/start` from somebody who is already here.
fn start(walk: &mut Walk) {
    if walk.patient.session.is_some() {
        walk.ask_again();
    } else if matches!(walk.patient.consent.sharing, Sharing::NotAsked | Sharing::Declined) {
        walk.begin("welcome");
    } else {
        walk.patient.stopped = false;
        nudge::plan(walk);
        enter_always(walk, "menu");
    }
}

/// Words when no question is open.
pub fn free_text(walk: &mut Walk, text: &str) {
    if walk.patient.has_agreed() {
        walk.keep_as_note(text);
        enter_always(walk, "menu");
    } else {
        walk.begin("welcome");
    }
}

/// A message was edited afterwards: the answer stands; the person can go back.
pub fn edited(walk: &mut Walk, text: &str) {
    walk.keep_as_note(text);
    walk.say_common("common-edited");
    again_or_menu(walk);
}

/// A message that cannot be read.
pub fn media(walk: &mut Walk, kind: String, reference: Option<String>) {
    let shared = walk.patient.consent.sharing == Sharing::WithLinkWorker;
    let reference = reference.filter(|_| shared);
    walk.say_common(if reference.is_some() { "common-media-kept" } else { "common-media" });
    walk.note(What::Media { media: kind, reference });
    again_or_menu(walk);
}

fn again_or_menu(walk: &mut Walk) {
    if walk.patient.session.is_some() {
        walk.ask_again();
    } else if walk.patient.has_agreed() {
        enter_always(walk, "menu");
    }
}

fn enter_by_command(walk: &mut Walk, command: &str) {
    let Some(dialogue) = walk.dialogue(ALWAYS) else { return };
    match dialogue.states.iter().position(|state| state.command.as_deref() == Some(command)) {
        Some(index) => {
            walk.patient.aside = None;
            walk.go(dialogue, &Target::State(index));
        }
        None => enter_always(walk, command),
    }
}

/// Enters a state of the dialogue `always` by its name.
pub fn enter_always(walk: &mut Walk, name: &str) {
    let Some(dialogue) = walk.dialogue(ALWAYS) else { return };
    if let Some(index) = dialogue.by_name.get(name) {
        walk.go(dialogue, &Target::State(*index));
    }
}
