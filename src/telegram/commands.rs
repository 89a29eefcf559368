//! The command menu and what the bot says about itself before the first message, in every language there are texts for.

use super::api::{Api, CallError, Way};
use super::door::Door;
use serde::Serialize;
use std::collections::BTreeSet;
use std::time::Duration;
use teloxide::payloads::{SetMyCommands, SetMyDescription, SetMyShortDescription};
use teloxide::requests::Payload;
use teloxide::types::BotCommand;
use tokio::time::sleep;

/// The commands of the menu, in its order. Each has a message `command-<name>` that says what it does.
pub const COMMANDS: [&str; 10] = ["help", "urgent", "checkin", "goals", "back", "skip", "pause", "stop", "mydata", "language"];
/// Longest description of a command, in characters (Bot API).
const COMMAND_CHARS: usize = 256;
/// Longest description of the bot.
const DESCRIPTION_CHARS: usize = 512;
/// Longest short description.
const SHORT_CHARS: usize = 120;

/// One language as Telegram knows it.
struct Menu {
    commands: SetMyCommands,
    description: SetMyDescription,
    short: SetMyShortDescription,
}

/// Sets menus and descriptions. Whatever fails is a warning: patients can talk without them.
pub(super) async fn announce<D: Door>(door: D, api: Api) {
    for menu in menus(&door) {
        if !menu.commands.commands.is_empty() {
            set(&api, &menu.commands).await;
        }
        if menu.description.description.is_some() {
            set(&api, &menu.description).await;
        }
        if menu.short.short_description.is_some() {
            set(&api, &menu.short).await;
        }
    }
}

/// The first language stands for every language without texts; then each by its two letters.
fn menus<D: Door>(door: &D) -> Vec<Menu> {
    let languages = door.languages();
    let mut seen = BTreeSet::new();
    let default = languages.first().map(|language| menu(door, language, None));
    let own = languages.iter().filter_map(|language| {
        let code = language.split(['-', '_']).next().filter(|code| code.len() == 2)?.to_ascii_lowercase();
        seen.insert(code.clone()).then(|| menu(door, language, Some(code)))
    });
    default.into_iter().chain(own.collect::<Vec<_>>()).collect()
}

fn menu<D: Door>(door: &D, language: &str, code: Option<String>) -> Menu {
    let text = |message: &str, most: usize| door.text(language, message).trim().chars().take(most).collect::<String>();
    let named = COMMANDS.iter().map(|name| (*name, text(&format!("command-{name}"), COMMAND_CHARS)));
    let commands = named.filter(|(_, words)| !words.is_empty()).map(|(name, words)| BotCommand::new(name, words));
    let mut commands = SetMyCommands::new(commands);
    let mut description = SetMyDescription::new();
    let mut short = SetMyShortDescription::new();
    description.description = Some(text("bot-description", DESCRIPTION_CHARS)).filter(|words| !words.is_empty());
    short.short_description = Some(text("bot-short-description", SHORT_CHARS)).filter(|words| !words.is_empty());
    commands.language_code.clone_from(&code);
    description.language_code.clone_from(&code);
    short.language_code = code;
    Menu { commands, description, short }
}

/// One call; a flood pause is waited out once.
async fn set<P: Payload + Serialize + Sync>(api: &Api, payload: &P) {
    let mut result = api.call(Way::Send, payload).await;
    if let Err(CallError::Api { code: 429, retry_after, .. }) = result {
        sleep(Duration::from_secs(retry_after.unwrap_or(1).clamp(1, 300).unsigned_abs())).await;
        result = api.call(Way::Send, payload).await;
    }
    if let Err(error) = result {
        tracing::warn!(method = P::NAME, %error, "a menu or description was not set; the next start tries again");
    }
}
