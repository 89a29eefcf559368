//! What the Bot API takes: the parameters of the methods the fake knows, and the limits of their values.

use serde_json::Value;

/// Method, then parameters as `name:Type|Type`, with `!` after those that are required.
pub const METHODS: &[(&str, &str)] = &[
    ("getMe", ""),
    ("getUpdates", "offset:Integer limit:Integer timeout:Integer allowed_updates:Array"),
    ("deleteWebhook", "drop_pending_updates:Boolean"),
    ("leaveChat", "chat_id:Integer|String!"),
    ("setMyCommands", "commands:Array! scope:Object language_code:String"),
    ("setMyDescription", "description:String language_code:String"),
    ("setMyShortDescription", "short_description:String language_code:String"),
    ("answerCallbackQuery", "callback_query_id:String! text:String show_alert:Boolean url:String cache_time:Integer"),
    (
        "sendMessage",
        "business_connection_id:String chat_id:Integer|String! message_thread_id:Integer direct_messages_topic_id:Integer text:String! \
         parse_mode:String entities:Array link_preview_options:Object disable_notification:Boolean protect_content:Boolean \
         allow_paid_broadcast:Boolean message_effect_id:String suggested_post_parameters:Object reply_parameters:Object reply_markup:Object",
    ),
    (
        "editMessageText",
        "business_connection_id:String chat_id:Integer|String message_id:Integer inline_message_id:String text:String parse_mode:String \
         entities:Array link_preview_options:Object rich_message:Object reply_markup:Object",
    ),
    (
        "editMessageReplyMarkup",
        "business_connection_id:String chat_id:Integer|String message_id:Integer inline_message_id:String reply_markup:Object",
    ),
];

/// Objects inside parameters, in the same notation.
pub const OBJECTS: &[(&str, &str)] = &[
    ("InlineKeyboardMarkup", "inline_keyboard:Array!"),
    (
        "InlineKeyboardButton",
        "text:String! icon_custom_emoji_id:String style:String url:String callback_data:String web_app:Object login_url:Object \
         switch_inline_query:String switch_inline_query_current_chat:String switch_inline_query_chosen_chat:Object copy_text:Object \
         callback_game:Object pay:Boolean",
    ),
    ("LinkPreviewOptions", "is_disabled:Boolean url:String prefer_small_media:Boolean prefer_large_media:Boolean show_above_text:Boolean"),
    ("BotCommand", "command:String! description:String!"),
];

/// The parameters of a line of a table: name, types, required.
pub fn parameters(line: &str) -> Vec<(&str, Vec<&str>, bool)> {
    let one = |part| {
        let (name, types): (&str, &str) = str::split_once(part, ':').expect("name:Type");
        (name, types.trim_end_matches('!').split('|').collect(), types.ends_with('!'))
    };
    line.split_whitespace().map(one).collect()
}

/// Checks fields against a table: unknown ones, wrong types, missing ones. Null counts as a wrong type.
pub fn check_fields(table: &[(&str, &str)], name: &str, value: &Value) -> Result<(), String> {
    let (_, line) = table.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).ok_or("Not Found: method not found")?;
    let known = parameters(line);
    let fields = value.as_object().ok_or_else(|| format!("Bad Request: {name} must be an object"))?;
    for (field, value) in fields {
        let Some((_, types, _)) = known.iter().find(|(known, ..)| known == field) else {
            return Err(format!("Bad Request: unknown field {field} of {name}"));
        };
        if !types.iter().any(|wanted| is_of(wanted, value)) {
            return Err(format!("Bad Request: field {field} of {name} must be of type {}", types.join(" or ")));
        }
    }
    match known.iter().find(|(name, _, required)| *required && !fields.contains_key(*name)) {
        Some((missing, ..)) => Err(format!("Bad Request: field {missing} of {name} is missing")),
        None => Ok(()),
    }
}

fn is_of(wanted: &str, value: &Value) -> bool {
    match wanted {
        "Integer" => value.is_i64(),
        "String" => value.is_string(),
        "Boolean" => value.is_boolean(),
        "Array" => value.is_array(),
        _ => value.is_object(),
    }
}

/// Length as Telegram counts it.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text of a message.
pub fn check_text(text: &str) -> Result<(), String> {
    let visible = |c: char| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\0');
    if !text.chars().any(visible) {
        return Err("Bad Request: message text is empty".to_owned());
    }
    if units(text) > 4096 {
        return Err("Bad Request: message is too long".to_owned());
    }
    Ok(())
}

/// Rows of buttons.
pub type Rows = Vec<Vec<(String, String)>>;

/// An inline keyboard, as label and data.
pub fn check_keyboard(markup: &Value) -> Result<Rows, String> {
    check_fields(OBJECTS, "InlineKeyboardMarkup", markup)?;
    let mut rows = Vec::new();
    for row in markup["inline_keyboard"].as_array().into_iter().flatten() {
        let row = row.as_array().ok_or("Bad Request: a row of buttons must be an array")?;
        rows.push(row.iter().map(check_button).collect::<Result<Vec<_>, String>>()?);
    }
    if rows.iter().map(Vec::len).sum::<usize>() > 100 {
        return Err("Bad Request: reply markup is too long".to_owned());
    }
    rows.retain(|row| !row.is_empty());
    Ok(rows)
}

fn check_button(button: &Value) -> Result<(String, String), String> {
    check_fields(OBJECTS, "InlineKeyboardButton", button)?;
    let label = button["text"].as_str().unwrap_or_default();
    if label.trim().is_empty() {
        return Err("Bad Request: text buttons must not be empty".to_owned());
    }
    let data = button["callback_data"].as_str().ok_or("Bad Request: text buttons are unallowed in the inline keyboard")?;
    if !(1..=64).contains(&data.len()) {
        return Err("Bad Request: BUTTON_DATA_INVALID".to_owned());
    }
    Ok((label.to_owned(), data.to_owned()))
}

/// A list of commands.
pub fn check_commands(commands: &Value) -> Result<(), String> {
    let commands = commands.as_array().map(Vec::as_slice).unwrap_or_default();
    if commands.len() > 100 {
        return Err("Bad Request: BOT_COMMANDS_TOO_MUCH".to_owned());
    }
    for command in commands {
        check_fields(OBJECTS, "BotCommand", command)?;
        let (name, description) = (command["command"].as_str().unwrap_or_default(), command["description"].as_str().unwrap_or_default());
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if !(1..=32).contains(&name.len()) || !name.bytes().all(plain) {
            return Err("Bad Request: BOT_COMMAND_INVALID".to_owned());
        }
        if !(1..=256).contains(&description.chars().count()) {
            return Err("Bad Request: BOT_COMMAND_DESCRIPTION_INVALID".to_owned());
        }
    }
    Ok(())
}
