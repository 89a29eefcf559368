//! A talk that lacks what its framework asks for.

use super::Script;
use crate::content::report::Report;
use crate::framework::fidelity::criteria;
use crate::framework::technique::Technique;

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    for (raw, dialogue) in script.dialogues() {
        for criterion in criteria(&dialogue.name) {
            let met = dialogue.states.iter().any(|state| state.technique.is_some_and(|technique| criterion.any_of.contains(&technique)));
            if !met {
                let names: Vec<&str> = criterion.any_of.iter().copied().map(Technique::name).collect();
                let message = format!("`{}` lacks {} (criterion {})", dialogue.name, criterion.asks, criterion.number);
                let place = (raw.file.as_str(), raw.dialogue.as_ref().map(|name| name.span.clone()));
                report.add("fidelity", place, message, format!("add a state with technique = {}", names.join(" or ")));
            }
        }
    }
}
