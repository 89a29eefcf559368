//! A variable that the engine does not know, or that the English text does not use.

use super::Script;
use crate::content::FALLBACK_LANGUAGE;
use crate::content::dialogue::Variable;
use crate::content::engine_messages::ENGINE_MESSAGES;
use crate::content::locale::Part;
use crate::content::nearest;
use crate::content::report::Report;

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    let known: Vec<&str> = Variable::ALL.iter().map(|variable| variable.name()).collect();
    for (language, locale) in script.locales {
        for (id, message) in &locale.messages {
            let english = script.english().filter(|_| language != FALLBACK_LANGUAGE).and_then(|english| english.messages.get(id));
            for part in &message.parts {
                let allowed = english.and_then(|english| english.part(part.attribute.as_deref()));
                for (name, span) in &part.variables {
                    let place = (message.file.as_str(), Some(span.clone()));
                    if !known.contains(&name.as_str()) {
                        report.add("unknown-variable", place, format!("there is no variable `${name}`"), nearest::help(name, &known));
                    } else if allowed.is_some_and(|allowed| !allowed.variables.iter().any(|(used, _)| used == name)) {
                        let message = format!("the English text does not use `${name}`, so it may be unknown here");
                        report.add("unknown-variable", place, message, "use only the variables of the English text");
                    } else if let Some(given) = given(id, part).filter(|given| !given.iter().any(|one| one.name() == name)) {
                        let names: Vec<&str> = given.iter().map(|variable| variable.name()).collect();
                        let message = format!("the engine does not give `${name}` to this text");
                        report.add("unknown-variable", place, message, nearest::help(name, &names));
                    }
                }
            }
        }
    }
}

/// The variables that the engine gives to a text of its own.
fn given(id: &str, part: &Part) -> Option<&'static [Variable]> {
    let attribute = part.attribute.as_deref().unwrap_or_default();
    ENGINE_MESSAGES.iter().find(|(known, name, _)| *known == id && *name == attribute).map(|(_, _, given)| *given)
}
