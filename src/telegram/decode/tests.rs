//! Decisions for every kind of update.

use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::io::Write;

fn raw(value: &Value) -> Box<RawValue> {
    RawValue::from_string(value.to_string()).unwrap()
}

fn decide(value: &Value) -> Decision {
    update(&raw(value), "CairnTestBot").decision
}

/// A message from a private chat with these fields.
fn message(content: Value) -> Value {
    let mut message = json!({"message_id": 0, "date": 0, "chat": {"id": 5, "type": "private"}, "from": {"id": 5, "language_code": "cy"}});
    if let (Some(message), Value::Object(content)) = (message.as_object_mut(), content) {
        message.extend(content);
    }
    json!({"update_id": 0, "message": message})
}

fn taken(value: &Value) -> InboundKind {
    match decide(value) {
        Decision::Take(inbound, _) => inbound.what,
        other => panic!("{other:?}: {value}"),
    }
}

fn text(words: &str) -> InboundKind {
    taken(&message(json!({ "text": words })))
}

fn command(name: &str, argument: &str) -> InboundKind {
    InboundKind::Command { name: name.to_owned(), argument: argument.to_owned() }
}

impl std::fmt::Debug for InboundKind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(words) | Self::Edited(words) | Self::Tap(words) => formatter.write_str(words),
            Self::Command { name, argument } => write!(formatter, "/{name} {argument}"),
            Self::Media { kind, reference } => write!(formatter, "{kind} {reference:?}"),
            Self::Blocked => formatter.write_str("blocked"),
            Self::Unblocked => formatter.write_str("unblocked"),
        }
    }
}

#[test]
fn commands_are_told_from_words() {
    assert_eq!(text("/help"), command("help", ""));
    assert_eq!(text("/START  abc_-9 \n"), command("start", "abc_-9"));
    assert_eq!(text("/start@cairntestBOT code"), command("start", "code"));
    assert_eq!(text("/help\nme"), command("help", "me"));
    assert_eq!(text("/help@OtherBot"), command("for-another-bot", ""));
    for words in
        ["/", "/ help", "/help@", "/etc/passwd", "/he!p", "//", "/café", "/help@a@b", "help", "see /help", "/123456789012345678901234567890123"]
    {
        assert_eq!(text(words), InboundKind::Text(words.to_owned()));
    }
}

#[test]
fn forwarded_and_quoted_words_are_words() {
    let forwarded = message(json!({"text": "/stop", "forward_origin": {"type": "hidden_user"}}));
    assert_eq!(taken(&forwarded), InboundKind::Text("/stop".to_owned()));
    let reply = message(json!({"text": "yes", "reply_to_message": {"message_id": 1, "text": "Shall we?"}, "quote": {"text": "Shall"}}));
    assert_eq!(taken(&reply), InboundKind::Text("yes".to_owned()));
}

#[test]
fn what_cannot_be_read_is_named_with_its_file() {
    let media = |content: Value| match taken(&message(content)) {
        InboundKind::Media { kind, reference } => (kind, reference),
        other => panic!("{other:?}"),
    };
    let is = |kind: &str, reference: Option<&str>| (kind.to_owned(), reference.map(str::to_owned));
    assert_eq!(media(json!({"voice": {"file_id": "v", "duration": 3}})), is("voice", Some("v")));
    let sizes = json!([{"file_id": "s", "width": 90, "height": 90}, {"file_id": "l", "width": 800, "height": 800}, {"file_id": "m", "width": 320, "height": 320}]);
    assert_eq!(media(json!({ "photo": sizes })), is("photo", Some("l")));
    assert_eq!(media(json!({"document": {"file_id": "d"}, "animation": {"file_id": "a"}})), is("animation", Some("a")));
    assert_eq!(media(json!({"venue": {}, "location": {}})), is("venue", None));
    for kind in ["video", "video_note", "audio", "sticker", "contact", "location", "dice", "poll", "story"] {
        assert_eq!(media(json!({ kind: {} })), is(kind, None));
    }
    assert_eq!(media(json!({"hologram": {"file_id": "h"}})), is("other", None));
    assert_eq!(media(json!({"text": 5, "voice": {"file_id": 5}})), is("voice", None));
}

#[test]
fn a_caption_is_words() {
    let photo = message(json!({"photo": [{"file_id": "p"}], "caption": "I want to end it all"}));
    assert_eq!(taken(&photo), InboundKind::Text("I want to end it all".to_owned()));
    let edited = json!({"update_id": 1, "edited_message": {"chat": {"id": 5, "type": "private"}, "caption": "changed"}});
    assert_eq!(taken(&edited), InboundKind::Edited("changed".to_owned()));
}

#[test]
fn notices_and_edits_without_words_are_passed_over() {
    for content in [json!({"pinned_message": {"text": "x"}}), json!({"message_auto_delete_timer_changed": {}}), json!({"write_access_allowed": {}})] {
        assert!(matches!(decide(&message(content)), Decision::Ignore(_)));
    }
    let edit = json!({"update_id": 1, "edited_message": {"chat": {"id": 5, "type": "private"}, "location": {}}});
    assert!(matches!(decide(&edit), Decision::Ignore(_)));
}

#[test]
fn a_strange_field_next_to_the_words_does_not_lose_them() {
    let strange =
        message(json!({"text": "hello", "date": "yesterday", "entities": 7, "reply_to_message": [[[]]], "from": "someone", "message_id": {}}));
    assert_eq!(taken(&strange), InboundKind::Text("hello".to_owned()));
    let deep = format!(r#"{{"update_id":1,"message":{{"x":{}{},"chat":{{"id":5}},"text":"deep"}}}}"#, "[".repeat(5000), "]".repeat(5000));
    let deep = RawValue::from_string(deep);
    assert!(deep.is_err() || matches!(update(&deep.unwrap(), "b").decision, Decision::Take(..)));
    let text_number = json!({"update_id": "12", "message": {"chat": {"id": "5", "type": "private"}, "text": "hi"}});
    assert_eq!(update(&raw(&text_number), "b").update, Some(12));
    assert_eq!(taken(&text_number), InboundKind::Text("hi".to_owned()));
}

#[test]
fn the_language_of_the_app_is_a_hint_if_it_is_one() {
    let hint = |code: Value| match decide(&message(json!({"text": "x", "from": {"id": 5, "language_code": code}}))) {
        Decision::Take(inbound, _) => inbound.language_hint,
        other => panic!("{other:?}"),
    };
    assert_eq!(hint(json!("zh-hans-cn")).as_deref(), Some("zh-hans-cn"));
    assert_eq!(hint(json!("")), None);
    assert_eq!(hint(json!(["en"])), None);
    assert_eq!(hint(json!("x".repeat(99))), None);
}

#[test]
fn membership_of_a_private_chat_is_blocking_and_of_any_other_leaving() {
    let member = |id: i64, kind: &str, status: &str| {
        decide(&json!({"update_id": 1, "my_chat_member": {"chat": {"id": id, "type": kind}, "new_chat_member": {"status": status}}}))
    };
    let what = |decision| if let Decision::Take(inbound, _) = decision { inbound.what } else { panic!("{decision:?}") };
    assert_eq!(what(member(5, "private", "kicked")), InboundKind::Blocked);
    assert_eq!(what(member(5, "private", "member")), InboundKind::Unblocked);
    assert_eq!(member(-5, "group", "member"), Decision::LeaveGroup(-5));
    assert_eq!(member(-5, "channel", "administrator"), Decision::LeaveGroup(-5));
    assert!(matches!(member(-5, "supergroup", "left"), Decision::Ignore(_)));
}

#[test]
fn the_next_offset_lies_past_the_highest_number_of_the_batch() {
    let decoded = |update| Decoded { update, decision: Decision::Ignore("test") };
    assert_eq!(next_offset(&[decoded(Some(9)), decoded(None), decoded(Some(3))], Some(900)), Some(10));
    assert_eq!(next_offset(&[decoded(None), decoded(None)], Some(900)), Some(902));
    assert_eq!(next_offset(&[decoded(None)], None), None);
    assert_eq!(next_offset(&[decoded(Some(i64::MAX))], None), Some(i64::MAX));
}

#[test]
fn nothing_of_a_person_is_shown_by_debug() {
    let tap = json!({"update_id": 31, "callback_query": {"id": "cb", "from": {"id": 778}, "data": "1:secret",
        "message": {"message_id": 2, "chat": {"id": 778, "type": "private"}, "text": "secret"}}});
    let shown = format!("{:?}", update(&raw(&tap), "b"));
    assert!(!shown.contains("secret") && !shown.contains("778"), "{shown}");
}

#[test]
fn telegrams_own_samples_all_get_a_decision() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/telegram");
    for name in ["fixtures.jsonl", "valid_10_1.jsonl"] {
        let Ok(lines) = std::fs::read_to_string(folder.join(name)) else {
            writeln!(std::io::stderr(), "skipped: {name} is not here").unwrap();
            continue;
        };
        for line in lines.lines() {
            let sample: Value = serde_json::from_str(line).unwrap();
            let wrapped = json!({"update_id": 3, "message": sample["json"]});
            for object in [&sample["json"], &wrapped] {
                let decoded = update(&raw(object), "b");
                assert_eq!(decoded.update.is_none(), object["update_id"].as_i64().is_none(), "{line}");
            }
            if sample["type"] == "Message" && sample["json"]["chat"]["type"] == "private" && sample["json"]["text"].is_string() {
                assert!(matches!(decide(&wrapped), Decision::Take(..)), "{line}");
            }
        }
    }
}

/// Any JSON at all, with Telegram's own names among its keys.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from)
    ];
    let key = prop::sample::select(vec![
        "update_id",
        "message",
        "callback_query",
        "my_chat_member",
        "edited_message",
        "chat",
        "from",
        "id",
        "type",
        "text",
        "caption",
        "photo",
        "data",
        "new_chat_member",
        "status",
        "x",
    ]);
    leaf.prop_recursive(5, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..8)
                .prop_map(|fields| fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Value>()),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_gets_a_decision_and_keeps_its_number(value in any_json(), number in any::<i64>()) {
        let numbered = value.get("update_id").and_then(Value::as_i64).is_some();
        prop_assert!(update(&raw(&value), "b").update.is_some() || !numbered);
        if let Value::Object(mut fields) = value {
            fields.insert("update_id".to_owned(), number.into());
            let decoded = update(&raw(&fields.into()), "b");
            prop_assert_eq!(decoded.update, Some(number));
        }
    }

    #[test]
    fn whatever_a_person_writes_arrives_unchanged(words in "\\PC{1,200}") {
        prop_assume!(!words.starts_with('/'));
        prop_assert_eq!(text(&words), InboundKind::Text(words));
    }
}
