//! Names in dialogue files become values of closed lists, or problems.

use super::dialogue::{Act, Fact, Target, TextKind};
use super::nearest;
use super::raw::{Name, RawDialogue};
use super::report::Report;
use crate::framework::technique::Technique;
use crate::model::session::Slot;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use std::collections::BTreeMap;

/// The commands that `always` must answer.
pub(super) const COMMANDS: [&str; 11] = ["help", "goals", "back", "skip", "pause", "stop", "language", "urgent", "mydata", "checkin", "menu"];

/// What the names of one dialogue can mean.
pub(super) struct Names<'a> {
    pub(super) raw: &'a RawDialogue,
    /// Its states and their former names.
    pub(super) states: BTreeMap<String, usize>,
    /// All dialogues.
    pub(super) dialogues: &'a [String],
}

impl Names<'_> {
    /// Whether this is the dialogue of the commands.
    pub(super) fn is_always(&self) -> bool {
        self.raw.file_name() == "always"
    }

    /// Adds a problem of this file.
    pub(super) fn problem(&self, rule: &'static str, name: &Name, message: impl Into<String>, help: impl Into<String>, report: &mut Report) {
        report.add(rule, (&self.raw.file, Some(name.span.clone())), message, help);
    }

    /// Where a target leads. An unknown one is reported, and counts as the end so that the other checks can go on.
    pub(super) fn target(&self, name: &Name, report: &mut Report) -> Target {
        let typed = name.value.as_str();
        if let Some(index) = self.states.get(typed) {
            return Target::State(*index);
        }
        if let Some(dialogue) = typed.strip_prefix("begin:") {
            if !self.dialogues.iter().any(|known| known == dialogue) {
                let known: Vec<&str> = self.dialogues.iter().map(String::as_str).collect();
                self.problem("unknown-state", name, format!("there is no dialogue `{dialogue}`"), nearest::help(dialogue, &known), report);
            }
            return Target::Begin(dialogue.to_owned());
        }
        match typed {
            "end" => Target::End,
            "return" if self.is_always() => Target::Return,
            "return" => {
                let help = "name a state of this dialogue, `end`, or `begin:<dialogue>`";
                self.problem("unknown-state", name, "`return` can only stand in `always`", help, report);
                Target::End
            }
            _ => {
                let mut known: Vec<&str> = self.states.keys().map(String::as_str).collect();
                known.push("end");
                self.problem("unknown-state", name, format!("there is no state `{typed}`"), nearest::help(typed, &known), report);
                Target::End
            }
        }
    }

    fn closed<T>(&self, name: &Name, what: &str, found: Option<T>, known: &[&str], report: &mut Report) -> Option<T> {
        if found.is_none() {
            let message = format!("there is no {what} `{}`", name.value);
            self.problem("unknown-name", name, message, nearest::help(&name.value, known), report);
        }
        found
    }

    pub(super) fn technique(&self, name: &Name, report: &mut Report) -> Option<Technique> {
        let mut known: Vec<&str> = Technique::catalogue().map(Technique::name).collect();
        known.push(Technique::Housekeeping.name());
        self.closed(name, "technique", Technique::from_name(&name.value), &known, report)
    }

    pub(super) fn slot(&self, name: &Name, report: &mut Report) -> Option<Slot> {
        let read = |text: &str| Slot::deserialize(IntoDeserializer::<Error>::into_deserializer(text)).ok();
        self.closed(name, "slot", read(&name.value), &slot_names(), report)
    }

    pub(super) fn act(&self, name: &Name, report: &mut Report) -> Option<Act> {
        let known: Vec<&str> = Act::ALL.iter().map(|act| act.name()).collect();
        self.closed(name, "act", Act::from_name(&name.value), &known, report)
    }

    pub(super) fn fact(&self, name: &Name, report: &mut Report) -> Option<Fact> {
        let known: Vec<&str> = Fact::ALL.iter().map(|fact| fact.name()).collect();
        self.closed(name, "fact", Fact::from_name(&name.value), &known, report)
    }

    pub(super) fn kind(&self, name: &Name, report: &mut Report) -> Option<TextKind> {
        self.closed(name, "kind of answer", TextKind::from_name(&name.value), &TextKind::ALL.map(TextKind::name), report)
    }

    pub(super) fn command(&self, name: &Name, report: &mut Report) -> Option<String> {
        if !self.is_always() {
            let help = "commands enter states of `always`; delete the line";
            self.problem("unknown-name", name, "only states of `always` have a command", help, report);
            return None;
        }
        let known = COMMANDS.contains(&name.value.as_str()).then(|| name.value.clone());
        self.closed(name, "command", known, &COMMANDS, report)
    }
}

/// The names of all slots; the enum itself is asked, so that none can be forgotten here.
pub(super) fn slot_names() -> Vec<&'static str> {
    /// Answers with the list of variants that serde hands over.
    struct Variants(&'static [&'static str]);
    impl<'de> serde::Deserializer<'de> for &mut Variants {
        type Error = Error;
        fn deserialize_any<V: serde::de::Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
            Err(serde::de::Error::custom("only the list of names is wanted"))
        }
        fn deserialize_enum<V: serde::de::Visitor<'de>>(self, _: &str, names: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
            self.0 = names;
            self.deserialize_any(visitor)
        }
        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map struct identifier ignored_any
        }
    }
    let mut variants = Variants(&[]);
    // The error is the way back: no value is made here.
    let _ = Slot::deserialize(&mut variants);
    variants.0.to_vec()
}

/// The name of a slot, as in dialogue files.
pub(super) fn slot_name(slot: Slot) -> Option<&'static str> {
    let read = |text: &str| Slot::deserialize(StrDeserializer::<Error>::new(text)).ok();
    slot_names().into_iter().find(|name| read(name) == Some(slot))
}
