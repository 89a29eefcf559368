//! The rules: one a file, each with a test in `tests/lint/`. What cannot even be compiled is reported by `compile` and `locale`.

mod button_limits;
mod claims_of_monitoring;
mod did_you_do_it_first;
mod fidelity;
mod judging_words;
mod known;
mod loop_without_question;
mod missing_message;
mod no_technique;
mod no_way_out;
mod no_way_to_end;
mod phrases;
mod reading_age;
mod sentences;
mod text_too_long;
mod too_many_questions;
mod unknown_variable;
mod unreachable_state;
mod unsaved_slot;
mod unused_message;
mod why_not_higher;

use super::FALLBACK_LANGUAGE;
use super::dialogue::{Ask, Dialogue, State, Target};
use super::locale::{Locale, Message, Part};
use super::raw::{Located, RawDialogue, RawState};
use super::report::Report;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the rules look at. `raws` and `dialogues` go in step.
pub(super) struct Script<'a> {
    pub(super) raws: &'a [RawDialogue],
    pub(super) dialogues: &'a [Dialogue],
    pub(super) locales: &'a BTreeMap<String, Locale>,
}

/// A state with the file it was written in.
struct Place<'a> {
    file: &'a str,
    raw: &'a RawState,
    dialogue: &'a Dialogue,
    state: &'a State,
    index: usize,
}

/// A text in English, with its message.
struct Text<'a> {
    id: &'a str,
    message: &'a Message,
    part: &'a Part,
}

/// Runs every rule.
pub(super) fn run(script: &Script<'_>, report: &mut Report) {
    let rules = [
        button_limits::check,
        claims_of_monitoring::check,
        did_you_do_it_first::check,
        fidelity::check,
        judging_words::check,
        loop_without_question::check,
        missing_message::check,
        no_technique::check,
        no_way_out::check,
        no_way_to_end::check,
        reading_age::check,
        text_too_long::check,
        too_many_questions::check,
        unknown_variable::check,
        unreachable_state::check,
        unsaved_slot::check,
        unused_message::check,
        why_not_higher::check,
    ];
    for rule in rules {
        rule(script, report);
    }
}

impl<'a> Script<'a> {
    /// Each dialogue with its file as written.
    fn dialogues(&self) -> impl Iterator<Item = (&'a RawDialogue, &'a Dialogue)> {
        self.raws.iter().zip(self.dialogues)
    }

    /// Every state of every dialogue.
    fn states(&self) -> impl Iterator<Item = Place<'a>> {
        self.dialogues().flat_map(|(raw, dialogue)| places(raw, dialogue))
    }

    fn english(&self) -> Option<&'a Locale> {
        self.locales.get(FALLBACK_LANGUAGE)
    }

    /// Every text in English, of whatever country.
    fn english_texts(&self) -> impl Iterator<Item = Text<'a>> {
        let english = self.locales.iter().filter(|(language, _)| language.as_str() == "en" || language.starts_with("en-"));
        english.flat_map(|(_, locale)| &locale.messages).flat_map(|(id, message)| message.parts.iter().map(move |part| Text { id, message, part }))
    }
}

/// The states of one dialogue.
fn places<'a>(raw: &'a RawDialogue, dialogue: &'a Dialogue) -> impl Iterator<Item = Place<'a>> {
    let pairs = raw.states.iter().zip(&dialogue.states).enumerate();
    pairs.map(move |(index, (written, state))| Place { file: &raw.file, raw: written, dialogue, state, index })
}

impl<'a> Place<'a> {
    /// Where the state's name stands.
    fn name(&self) -> (&'a str, Option<Range<usize>>) {
        (self.file, Some(self.raw.name.span.clone()))
    }

    /// Where a line of the state stands; its name, if there is no such line.
    fn line<T>(&self, line: Option<&Located<T>>) -> (&'a str, Option<Range<usize>>) {
        (self.file, Some(line.map_or_else(|| self.raw.name.span.clone(), |line| line.span.clone())))
    }

    /// The state's message in a language.
    fn message<'l>(&self, locale: &'l Locale) -> Option<&'l Message> {
        locale.messages.get(&self.state.message)
    }
}

impl<'a> Text<'a> {
    fn place(&self) -> (&'a str, Option<Range<usize>>) {
        (&self.message.file, Some(self.part.span.clone()))
    }
}

impl State {
    /// Whether it waits for an answer.
    fn asks(&self) -> bool {
        matches!(self.ask, Ask::Text { .. } | Ask::Choice { .. } | Ask::Scale { .. })
    }

    /// Where it goes without waiting for anybody: what it says and routes, and what happens past its limit.
    fn silent_targets(&self) -> Vec<&Target> {
        let past_limit = self.limit.as_ref().map(|(_, then)| then);
        let onward: Vec<&Target> = match &self.ask {
            Ask::Say { next } => vec![next],
            Ask::Route { to, .. } => to.iter().map(|(_, to)| to).collect(),
            Ask::Text { .. } | Ask::Choice { .. } | Ask::Scale { .. } => Vec::new(),
        };
        onward.into_iter().chain(past_limit).collect()
    }

    /// Everywhere it can go.
    fn targets(&self) -> Vec<&Target> {
        super::graph::edges(self).into_iter().map(|(_, target)| target).collect()
    }
}

/// The states among targets.
fn state_indices(targets: &[&Target]) -> Vec<usize> {
    targets.iter().filter_map(|target| if let Target::State(index) = target { Some(*index) } else { None }).collect()
}
