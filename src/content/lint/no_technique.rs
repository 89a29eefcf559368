//! A question that names no technique of the framework: nobody could say why it is asked.

use super::Script;
use crate::content::report::Report;
use crate::framework::technique::Technique;

/// Dialogues whose questions may be about settings.
const HOUSEHOLD: [&str; 2] = ["welcome", "always"];

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for place in script.states().filter(|place| place.state.asks()) {
        if place.raw.technique.is_none() {
            let message = format!("`{}` asks without a technique", place.state.name);
            let help = "add technique = \"…\" with a name from the framework, such as \"best-hopes\" or \"what-else\"";
            report.add("no-technique", place.name(), message, help);
        } else if place.state.technique == Some(Technique::Housekeeping) && !HOUSEHOLD.contains(&place.dialogue.name.as_str()) {
            let help = "name the technique of the framework that the question uses";
            report.add("no-technique", place.line(place.raw.technique.as_ref()), "`housekeeping` belongs to `welcome` and `always`", help);
        }
    }
}
