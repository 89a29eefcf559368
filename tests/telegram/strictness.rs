//! The fake Telegram is as strict as the real one: otherwise the other tests would show nothing.

use super::fake_telegram::rules::{METHODS, OBJECTS, parameters};
use super::fake_telegram::world::FloodLimits;
use super::fake_telegram::{FakeTelegram, TOKEN};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::time::Duration;

/// Calls a method by hand: `Ok` with the result, or `Err` with the description.
async fn call(fake: &FakeTelegram, method: &str, parameters: Value) -> Result<Value, String> {
    let address = format!("{}/bot{TOKEN}/{method}", fake.address());
    let answer = reqwest::Client::new().post(address).json(&parameters).send().await.expect("an answer");
    let answer: Value = answer.json().await.expect("JSON");
    if answer["ok"] == true { Ok(answer["result"].clone()) } else { Err(answer["description"].as_str().unwrap_or_default().to_owned()) }
}

#[tokio::test]
async fn it_refuses_what_the_real_one_refuses() {
    let fake = FakeTelegram::start().await;
    fake.say(1, "/start");
    let keyboard = |button: Value| json!({"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[button]]}});
    let many = vec![json!({"text": "a", "callback_data": "b"}); 101];
    let cases = [
        ("sendMessage", json!({"chat_id": 1, "text": ""}), "empty"),
        ("sendMessage", json!({"chat_id": 1, "text": " \u{200b}\n"}), "empty"),
        ("sendMessage", json!({"chat_id": 1, "text": "😀".repeat(2049)}), "too long"),
        ("sendMessage", json!({"chat_id": 2, "text": "x"}), "chat not found"),
        ("sendMessage", json!({"chat_id": 1}), "missing"),
        ("sendMessage", json!({"chat_id": 1, "text": 5}), "must be of type"),
        ("sendMessage", json!({"chat_id": 1, "text": "x", "parse_mode": null}), "must be of type"),
        ("sendMessage", json!({"chat_id": 1, "text": "x", "colour": "red"}), "unknown field"),
        ("sendMessage", json!({"chat_id": 1, "text": "x", "link_preview_options": {"url": null}}), "must be of type"),
        ("sendMessage", keyboard(json!({"text": "a", "callback_data": ""})), "BUTTON_DATA_INVALID"),
        ("sendMessage", keyboard(json!({"text": "a", "callback_data": "é".repeat(33)})), "BUTTON_DATA_INVALID"),
        ("sendMessage", keyboard(json!({"text": " ", "callback_data": "b"})), "must not be empty"),
        ("sendMessage", keyboard(json!({"text": "a"})), "unallowed"),
        ("sendMessage", json!({"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [many]}}), "too long"),
        ("editMessageText", json!({"chat_id": 1, "message_id": 99, "text": "x"}), "not found"),
        ("answerCallbackQuery", json!({"callback_query_id": "none"}), "too old"),
        ("setMyCommands", json!({"commands": [{"command": "Help", "description": "x"}]}), "BOT_COMMAND_INVALID"),
        ("setMyCommands", json!({"commands": [{"command": "help", "description": ""}]}), "DESCRIPTION_INVALID"),
        ("setMyCommands", json!({"commands": [], "language_code": "en-GB"}), "language code"),
        ("setMyDescription", json!({"description": "x".repeat(513)}), "too long"),
        ("setMyShortDescription", json!({"short_description": "x".repeat(121)}), "too long"),
        ("getUpdates", json!({"limit": 101}), "limit"),
        ("sendNothing", json!({}), "method not found"),
    ];
    for (method, parameters, expected) in cases {
        match call(&fake, method, parameters).await {
            Err(description) => assert!(description.contains(expected), "{method}: {description}, not {expected}"),
            Ok(_) => panic!("{method} was accepted, not refused as {expected}"),
        }
    }
    assert!(fake.messages(1).is_empty());
}

#[tokio::test]
async fn it_takes_what_the_real_one_takes() {
    let fake = FakeTelegram::start().await;
    fake.say(1, "/start");
    let longest = json!({"chat_id": 1, "text": "😀".repeat(2048),
        "reply_markup": {"inline_keyboard": [vec![json!({"text": "a", "callback_data": "x".repeat(64)}); 100]]}});
    let sent = call(&fake, "SendMessage", longest).await.unwrap();
    let edit = json!({"chat_id": 1, "message_id": sent["message_id"], "text": "short"});
    call(&fake, "editMessageText", edit.clone()).await.unwrap();
    assert!(call(&fake, "editMessageText", edit).await.unwrap_err().contains("not modified"));
    assert_eq!(call(&fake, "getMe", json!({})).await.unwrap()["is_bot"], true);
}

#[tokio::test]
async fn it_keeps_updates_until_a_higher_offset_and_ends_an_older_poll() {
    let fake = FakeTelegram::start().await;
    let first = fake.say(1, "a");
    fake.say(1, "b");
    for _ in 0..2 {
        assert_eq!(call(&fake, "getUpdates", json!({"offset": first})).await.unwrap().as_array().unwrap().len(), 2);
    }
    assert_eq!(call(&fake, "getUpdates", json!({"offset": first + 1, "limit": 1})).await.unwrap()[0]["message"]["text"], "b");
    assert_eq!(call(&fake, "getUpdates", json!({"offset": first + 2})).await.unwrap(), json!([]));
    let polls = fake.with(|world| world.polls);
    let older = tokio::spawn({
        let fake = fake.clone();
        async move { call(&fake, "getUpdates", json!({"timeout": 50})).await }
    });
    fake.wait_for("the older one waits", |world| (world.polls > polls).then_some(())).await;
    call(&fake, "getUpdates", json!({"timeout": 0})).await.unwrap();
    assert!(older.await.unwrap().unwrap_err().contains("terminated by other getUpdates"));
}

#[tokio::test]
async fn it_answers_a_flood_with_429() {
    let fake = FakeTelegram::start().await;
    fake.all_say(1..=3, "/start");
    fake.with(|world| world.limits = Some(FloodLimits { overall_per_second: 3, chat_interval: Duration::from_mins(1), chat_burst: 1 }));
    let send = |chat: i64| call(&fake, "sendMessage", json!({"chat_id": chat, "text": "x"}));
    assert!(send(1).await.is_ok() && send(1).await.is_ok());
    assert!(send(1).await.unwrap_err().contains("Too Many Requests"));
    assert!(send(2).await.is_ok());
    assert!(send(3).await.unwrap_err().contains("Too Many Requests"));
}

/// A type of the published schema in the notation of the fake's tables.
fn plain(name: &str) -> &str {
    match name {
        "Integer" | "String" | "Boolean" => name,
        list if list.starts_with("Array of") => "Array",
        _ => "Object",
    }
}

#[test]
fn its_tables_agree_with_the_published_schema() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/telegram/bot-api-10.1.json");
    let Ok(schema) = std::fs::read_to_string(&path) else {
        writeln!(std::io::stderr(), "skipped: bot-api-10.1.json is not here").unwrap();
        // Without the schema at least the notation is right.
        assert!(METHODS.iter().chain(OBJECTS).all(|(_, line)| parameters(line).iter().all(|(name, types, _)| !name.is_empty() && !types.is_empty())));
        return;
    };
    let schema: Value = serde_json::from_str(&schema).unwrap();
    for (kind, table) in [("methods", METHODS), ("types", OBJECTS)] {
        for (name, line) in table {
            let described = &schema[kind][name];
            assert!(described.is_object(), "{name} is not in the schema");
            let published: BTreeMap<&str, (Vec<&str>, bool)> = described["fields"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|field| {
                    let mut types: Vec<&str> = field["types"].as_array().unwrap().iter().map(|name| plain(name.as_str().unwrap())).collect();
                    types.dedup();
                    (field["name"].as_str().unwrap(), (types, field["required"] == true))
                })
                .collect();
            let ours: BTreeMap<&str, (Vec<&str>, bool)> =
                parameters(line).into_iter().map(|(name, types, required)| (name, (types, required))).collect();
            assert_eq!(ours, published, "{name}");
        }
    }
}
