//! A text that is needed and does not exist: in British English, or in another language that has begun.

use super::{Place, Script};
use crate::content::FALLBACK_LANGUAGE;
use crate::content::dialogue::Ask;
use crate::content::engine_messages::ENGINE_MESSAGES;
use crate::content::locale::Locale;
use crate::content::report::Report;

pub(super) fn check(script: &Script<'_>, report: &mut Report) {
    let nothing = Locale::default();
    let english = script.english().unwrap_or(&nothing);
    for place in script.states().filter(|place| !matches!(place.state.ask, Ask::Route { .. })) {
        of_state(&place, english, report);
    }
    for (id, attribute, _) in ENGINE_MESSAGES {
        of_engine(id, attribute, english, report);
    }
    for (language, locale) in script.locales.iter().filter(|(language, _)| *language != FALLBACK_LANGUAGE) {
        of_translation(language, english, locale, report);
    }
}

fn of_state(place: &Place<'_>, english: &Locale, report: &mut Report) {
    let id = &place.state.message;
    let file = format!("locales/{FALLBACK_LANGUAGE}/{}.ftl", place.dialogue.name);
    let message = place.message(english);
    if message.is_none_or(|message| message.part(None).is_none()) {
        report.add("missing-message", place.name(), format!("`{}` has no text", place.state.name), format!("add `{id} = …` to {file}"));
    }
    let Some(message) = message else { return };
    let labelled = |key: &str| message.part(Some(&format!("choice-{key}"))).is_some();
    match &place.state.ask {
        Ask::Choice { choices, .. } => {
            for (key, _) in choices.iter().filter(|(key, _)| !labelled(key)) {
                let line = place.raw.choices.iter().find(|choice| choice.value == *key);
                let help = format!("add `    .choice-{key} = …` below `{id}` in {file}");
                report.add("missing-message", place.line(line), format!("the button `{key}` has no label"), help);
            }
        }
        Ask::Text { buttons, .. } => {
            for kind in buttons {
                let common = format!("common-{}", kind.name());
                if !labelled(kind.name()) && !english.messages.contains_key(&common) {
                    let help = format!("add `    .choice-{} = …` below `{id}` in {file}, or `{common}` to common.ftl", kind.name());
                    let line = place.raw.buttons.iter().find(|button| button.value == kind.name());
                    report.add("missing-message", place.line(line), format!("the button `{}` has no label", kind.name()), help);
                }
            }
        }
        Ask::Scale { .. } | Ask::Say { .. } | Ask::Route { .. } => {}
    }
}

fn of_engine(id: &str, attribute: &str, english: &Locale, report: &mut Report) {
    let file = format!("locales/{FALLBACK_LANGUAGE}/common.ftl");
    let message = english.messages.get(id);
    if message.is_some_and(|message| message.part(Some(attribute).filter(|name| !name.is_empty())).is_some()) {
        return;
    }
    let place = message.map_or((file.as_str(), None), |message| (message.file.as_str(), Some(message.span.clone())));
    if attribute.is_empty() {
        report.add("missing-message", place, format!("the engine says `{id}`, which has no text"), format!("add `{id} = …`"));
    } else {
        let help = format!("add `    .{attribute} = …` below `{id}`");
        report.add("missing-message", place, format!("the engine says `{id}.{attribute}`, which has no text"), help);
    }
}

/// A language is whole or it is not offered: halves of two languages help nobody.
fn of_translation(language: &str, english: &Locale, locale: &Locale, report: &mut Report) {
    for (id, message) in &english.messages {
        let name = message.file.rsplit('/').next().unwrap_or_default();
        let file = format!("locales/{language}/{name}");
        let Some(translated) = locale.messages.get(id) else {
            report.add("missing-message", (&file, None), format!("`{id}` is not translated"), format!("add `{id} = …`"));
            continue;
        };
        for part in message.parts.iter().filter(|part| translated.part(part.attribute.as_deref()).is_none()) {
            let what = part.attribute.as_ref().map_or_else(|| "the text itself".to_owned(), |attribute| format!("`.{attribute}`"));
            let place = (translated.file.as_str(), Some(translated.span.clone()));
            report.add("missing-message", place, format!("`{id}` lacks {what}"), "translate everything that the English message has");
        }
    }
}
