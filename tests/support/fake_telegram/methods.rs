//! The methods of the Bot API that the fake carries out.

use super::Shared;
use super::rules::{self, METHODS, OBJECTS, check_fields};
use super::world::{self, Message, World};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// An answer.
pub enum Reply {
    /// `ok: true` with this result, already JSON.
    Done(String),
    /// `ok: false`.
    Refused {
        /// `error_code`, and the HTTP status.
        code: u16,
        /// `description`.
        description: String,
        /// `parameters`, unless null.
        parameters: Value,
    },
}

impl Reply {
    /// Status and body.
    pub fn into_parts(self) -> (u16, Vec<u8>) {
        match self {
            Self::Done(result) => (200, format!("{{\"ok\":true,\"result\":{result}}}").into_bytes()),
            Self::Refused { code, description, parameters } => {
                let mut body = json!({"ok": false, "error_code": code, "description": description});
                if !parameters.is_null() {
                    body["parameters"] = parameters;
                }
                (code, body.to_string().into_bytes())
            }
        }
    }
}

fn refused(code: u16, description: impl Into<String>) -> Reply {
    Reply::Refused { code, description: description.into(), parameters: Value::Null }
}

/// Carries out a call.
pub async fn call(shared: &Shared, method: &str, parameters: &Value) -> Reply {
    let reply = match check_fields(METHODS, method, parameters) {
        Err(description) if description.starts_with("Not Found") => refused(404, description),
        Err(description) => refused(400, description),
        Ok(()) if method.eq_ignore_ascii_case("getUpdates") => get_updates(shared, parameters).await,
        Ok(()) => {
            let method = method.to_ascii_lowercase();
            apply(&mut shared.world(), &method, parameters).unwrap_or_else(|description| refused(400, description))
        }
    };
    let status = match &reply {
        Reply::Done(_) => 200,
        Reply::Refused { code, .. } => *code,
    };
    shared.world().count(method, status);
    shared.touch();
    reply
}

/// `getUpdates`: acknowledges, then answers at once if something waits, else when something comes or the time is over.
async fn get_updates(shared: &Shared, parameters: &Value) -> Reply {
    let limit = parameters["limit"].as_u64().unwrap_or(100);
    if !(1..=100).contains(&limit) {
        return refused(400, "Bad Request: limit must be between 1 and 100");
    }
    let deadline = Instant::now() + Duration::from_secs(parameters["timeout"].as_u64().unwrap_or(0).min(50));
    let mut changed = shared.changed.subscribe();
    let turn = {
        let mut world = shared.world();
        world.polls += 1;
        if let Some(offset) = parameters["offset"].as_i64() {
            world.confirm(offset);
        }
        world.polls
    };
    shared.touch();
    loop {
        changed.borrow_and_update();
        {
            let mut world = shared.world();
            if world.polls != turn {
                return refused(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
            }
            if let Some(batch) = world.batch(usize::try_from(limit).unwrap_or(100)) {
                return Reply::Done(batch);
            }
        }
        if timeout_at(deadline, changed.changed()).await.is_err() {
            return Reply::Done("[]".to_owned());
        }
    }
}

fn apply(world: &mut World, method: &str, parameters: &Value) -> Result<Reply, String> {
    match method {
        "getme" => {
            let mut me = world::bot();
            me["can_join_groups"] = true.into();
            return Ok(Reply::Done(me.to_string()));
        }
        "deletewebhook" => {
            if parameters["drop_pending_updates"] == true {
                world.queue.clear();
            }
        }
        "leavechat" => world.left.extend(parameters["chat_id"].as_i64()),
        "setmycommands" => {
            rules::check_commands(&parameters["commands"])?;
            set(world, method, parameters, "commands", usize::MAX)?;
        }
        "setmydescription" => set(world, method, parameters, "description", 512)?,
        "setmyshortdescription" => set(world, method, parameters, "short_description", 120)?,
        "answercallbackquery" => answer(world, parameters)?,
        "sendmessage" => return send(world, parameters),
        "editmessagetext" | "editmessagereplymarkup" => return edit(world, parameters, method == "editmessagetext"),
        _ => return Ok(refused(404, "Not Found")),
    }
    Ok(Reply::Done("true".to_owned()))
}

fn set(world: &mut World, method: &str, parameters: &Value, field: &str, most: usize) -> Result<(), String> {
    let language = parameters["language_code"].as_str().unwrap_or_default();
    if !language.is_empty() && (language.len() != 2 || !language.bytes().all(|byte| byte.is_ascii_lowercase())) {
        return Err("Bad Request: invalid language code specified".to_owned());
    }
    if parameters[field].as_str().is_some_and(|text| text.chars().count() > most) {
        return Err(format!("Bad Request: {field} is too long"));
    }
    world.menus.push((method.to_owned(), language.to_owned(), parameters[field].clone()));
    Ok(())
}

fn answer(world: &mut World, parameters: &Value) -> Result<(), String> {
    let id = parameters["callback_query_id"].as_str().unwrap_or_default();
    let text = parameters["text"].as_str().unwrap_or_default();
    if rules::units(text) > 200 {
        return Err("Bad Request: MESSAGE_TOO_LONG".to_owned());
    }
    if !world.callbacks.remove(id) && !world.notices.contains_key(id) {
        return Err("Bad Request: query is too old and response timeout expired or query ID is invalid".to_owned());
    }
    world.notices.insert(id.to_owned(), text.to_owned());
    Ok(())
}

fn preview(parameters: &Value) -> Result<(), String> {
    parameters.get("link_preview_options").map_or(Ok(()), |options| check_fields(OBJECTS, "LinkPreviewOptions", options))
}

fn send(world: &mut World, parameters: &Value) -> Result<Reply, String> {
    let text = parameters["text"].as_str().unwrap_or_default();
    rules::check_text(text)?;
    preview(parameters)?;
    let buttons = parameters.get("reply_markup").map_or(Ok(Vec::new()), rules::check_keyboard)?;
    let chat = parameters["chat_id"].as_i64().filter(|chat| world.people.contains(chat)).ok_or("Bad Request: chat not found")?;
    if world.blocked.contains(&chat) {
        return Ok(refused(403, "Forbidden: bot was blocked by the user"));
    }
    if let Some(seconds) = world.flood(chat) {
        let description = format!("Too Many Requests: retry after {seconds}");
        return Ok(Reply::Refused { code: 429, description, parameters: json!({ "retry_after": seconds }) });
    }
    let message = Message { id: world.message_number(), text: text.trim().to_owned(), buttons, at: Instant::now() };
    let reply = Reply::Done(shown(chat, &message));
    world.messages.entry(chat).or_default().push(message);
    Ok(reply)
}

fn edit(world: &mut World, parameters: &Value, whole: bool) -> Result<Reply, String> {
    preview(parameters)?;
    let buttons = parameters.get("reply_markup").map_or(Ok(Vec::new()), rules::check_keyboard)?;
    let chat = parameters["chat_id"].as_i64().ok_or("Bad Request: chat_id is missing")?;
    let number = parameters["message_id"].as_i64().ok_or("Bad Request: message identifier is not specified")?;
    let messages = world.messages.get_mut(&chat).ok_or("Bad Request: chat not found")?;
    let message = messages.iter_mut().find(|message| message.id == number).ok_or("Bad Request: message to edit not found")?;
    let mut changed = message.clone();
    if whole {
        let text = parameters["text"].as_str().unwrap_or_default();
        rules::check_text(text)?;
        text.trim().clone_into(&mut changed.text);
    }
    changed.buttons = buttons;
    if changed == *message {
        return Err("Bad Request: message is not modified".to_owned());
    }
    message.clone_from(&changed);
    Ok(Reply::Done(shown(chat, &changed)))
}

fn shown(chat: i64, message: &Message) -> String {
    json!({"message_id": message.id, "from": world::bot(), "chat": world::private(chat), "date": 1_700_000_000, "text": message.text}).to_string()
}
