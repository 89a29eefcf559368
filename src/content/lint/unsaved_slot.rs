//! A state that might have nothing to say: every wording quotes something that may not be known yet.

use super::known::{self, Known};
use super::{Place, Script, places};
use crate::content::dialogue::Variable;
use crate::content::locale::Part;
use crate::content::report::Report;

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for (raw, dialogue) in script.dialogues() {
        let known = known::in_states(dialogue);
        for place in places(raw, dialogue) {
            // What no path leads to is reported by another rule.
            let Some(Some(known)) = known.get(place.index) else { continue };
            wordings(&place, known, report);
            ideas_and_labels(script, &place, report);
        }
    }
}

fn wordings(place: &Place<'_>, known: &Known, report: &mut Report) {
    let wordings = &place.state.wordings;
    let sure = wordings.iter().any(|wording| wording.variables.iter().all(|variable| known.contains(variable)));
    let Some(fewest) = wordings.iter().map(|wording| missing(&wording.variables, known)).min_by_key(Vec::len) else { return };
    if !sure {
        let message = format!("`{}` may be asked before {} is known", place.state.name, fewest.join(" and "));
        let help = format!(
            "add an `.again` wording to `{}` without {}, or save it on every path, skips included",
            place.state.message,
            fewest.join(" and ")
        );
        report.add("unsaved-slot", place.name(), message, help);
    }
}

/// Ideas and labels come in one wording only, so that the engine gives them no variables.
fn ideas_and_labels(script: &Script<'_>, place: &Place<'_>, report: &mut Report) {
    let Some(message) = script.english().and_then(|english| place.message(english)) else { return };
    let parts = message.parts.iter().filter(|part| !part.is_wording());
    for part in parts {
        let missing = missing(&variables(part), &Known::new());
        if !missing.is_empty() {
            let text = format!("an idea or a label cannot quote {}", missing.join(" and "));
            report.add("unsaved-slot", (&message.file, Some(part.span.clone())), text, "write it without the variable");
        }
    }
}

fn variables(part: &Part) -> Vec<Variable> {
    part.variables.iter().filter_map(|(name, _)| Variable::from_name(name)).collect()
}

fn missing(variables: &[Variable], known: &Known) -> Vec<String> {
    variables.iter().filter(|variable| !known.contains(variable)).map(|variable| format!("`${}`", variable.name())).collect()
}
