//! A question that cannot be skipped, or a command that `always` does not answer.

use super::Script;
use crate::content::dialogue::Ask;
use crate::content::report::Report;

/// What a person must always be able to say.
const MUST: [&str; 9] = ["help", "back", "skip", "pause", "stop", "language", "urgent", "mydata", "goals"];

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for place in script.states() {
        let needs_skip = matches!(place.state.ask, Ask::Choice { .. } | Ask::Scale { .. });
        if needs_skip && place.raw.skip.is_none() {
            let message = format!("`{}` cannot be skipped", place.state.name);
            report.add("no-way-out", place.name(), message, "add skip = \"<state>\": where it goes without an answer");
        }
    }
    let always = script.dialogues().find(|(_, dialogue)| dialogue.name == "always");
    let file = always.map_or("dialogues/always.toml", |(raw, _)| raw.file.as_str());
    let states = always.map(|(_, dialogue)| dialogue.states.as_slice()).unwrap_or_default();
    for command in MUST {
        let entries = states.iter().filter(|state| state.command.as_deref() == Some(command)).count();
        if entries != 1 {
            let message = format!("{entries} states of `always` have command = \"{command}\"");
            report.add("no-way-out", (file, None), message, format!("add command = \"{command}\" to one state"));
        }
    }
}
