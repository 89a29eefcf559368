//! A text that nothing shows: mostly a slip in its name.

use super::{Place, Script};
use crate::content::FALLBACK_LANGUAGE;
use crate::content::dialogue::Ask;
use crate::content::engine_messages::ENGINE_MESSAGES;
use crate::content::locale::{Message, Part};
use crate::content::nearest;
use crate::content::report::Report;
use std::collections::BTreeMap;

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    let places = script.states().filter(|place| !matches!(place.state.ask, Ask::Route { .. }));
    let states: BTreeMap<&str, Place<'_>> = places.map(|place| (place.state.message.as_str(), place)).collect();
    let known: Vec<&str> = states.keys().copied().chain(ENGINE_MESSAGES.iter().map(|(id, ..)| *id)).collect();
    for (language, locale) in script.locales {
        for (id, message) in &locale.messages {
            if let Some(place) = states.get(id.as_str()) {
                attributes(place, message, report);
            } else if ENGINE_MESSAGES.iter().any(|(known, ..)| known == id) {
                let said = |part: &Part| {
                    ENGINE_MESSAGES.iter().any(|(known, name, _)| known == id && *name == part.attribute.as_deref().unwrap_or_default())
                };
                let strange = message.parts.iter().filter(|part| !said(part));
                strange.for_each(|part| unused(message, part, "the engine does not use this attribute", report));
            } else if language == FALLBACK_LANGUAGE {
                let help = nearest::name(id, known.iter().copied());
                let help = help.map_or_else(|| "delete it, or add its state".to_owned(), |near| format!("did you mean `{near}`?"));
                report.add("unused-message", (&message.file, Some(message.span.clone())), format!("nothing shows `{id}`"), help);
            } else {
                let help = "delete it: the English texts do not have it";
                report.add("unused-message", (&message.file, Some(message.span.clone())), format!("nothing shows `{id}`"), help);
            }
        }
    }
}

fn attributes(place: &Place<'_>, message: &Message, report: &mut Report) {
    for part in message.parts.iter().filter(|part| !part.is_wording()) {
        let name = part.attribute.as_deref().unwrap_or_default();
        let used = match (name.strip_prefix("choice-"), &place.state.ask) {
            (Some(key), Ask::Choice { choices, .. }) => choices.iter().any(|(known, _)| known == key),
            (Some(key), Ask::Text { buttons, .. }) => buttons.iter().any(|kind| kind.name() == key),
            (Some(_), _) => false,
            (None, _) => name == "idea" && place.state.asks(),
        };
        if !used {
            unused(message, part, "nothing shows this attribute", report);
        }
    }
}

fn unused(message: &Message, part: &Part, text: &str, report: &mut Report) {
    let help = "use `.again`, `.again-2`, …, `.idea`, or `.choice-<key>` with a key of the state; or delete it";
    report.add("unused-message", (&message.file, Some(part.span.clone())), text, help);
}
