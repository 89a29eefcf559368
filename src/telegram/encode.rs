//! An outgoing message as the Bot API wants it: plain text, inline buttons, no preview of links.
//!
//! teloxide's `SendMessage` would do, but it writes `"url": null` into the preview options, and needs a copy of every text.

use crate::model::outbound::Outbound;
use serde::Serialize;
use teloxide::requests::Payload;

/// `sendMessage`, without `parse_mode`: there is nothing to escape.
#[derive(Serialize)]
pub(super) struct SendMessage<'a> {
    chat_id: i64,
    text: &'a str,
    link_preview_options: Preview,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_markup: Option<Keyboard<'a>>,
}

/// `editMessageText`; leaving the keyboard out removes it.
#[derive(Serialize)]
pub(super) struct EditMessageText<'a> {
    chat_id: i64,
    message_id: i64,
    text: &'a str,
    link_preview_options: Preview,
}

/// `editMessageReplyMarkup` without a keyboard, which removes it.
#[derive(Serialize)]
pub(super) struct RemoveKeyboard {
    /// Where the message is.
    pub(super) chat_id: i64,
    /// Which it is.
    pub(super) message_id: i64,
}

#[derive(Serialize)]
struct Preview {
    is_disabled: bool,
}

#[derive(Serialize)]
struct Keyboard<'a> {
    inline_keyboard: Vec<Vec<Key<'a>>>,
}

#[derive(Serialize)]
struct Key<'a> {
    text: &'a str,
    callback_data: &'a str,
}

impl Payload for SendMessage<'_> {
    type Output = ();
    const NAME: &'static str = "sendMessage";
}

impl Payload for EditMessageText<'_> {
    type Output = ();
    const NAME: &'static str = "editMessageText";
}

impl Payload for RemoveKeyboard {
    type Output = ();
    const NAME: &'static str = "editMessageReplyMarkup";
}

const NO_PREVIEW: Preview = Preview { is_disabled: true };

/// The payload of a message.
pub(super) fn message(outbound: &Outbound) -> SendMessage<'_> {
    let rows = outbound.buttons.iter().filter(|row| !row.is_empty());
    let keys = rows.map(|row| row.iter().map(|button| Key { text: &button.label, callback_data: &button.data }).collect());
    let inline_keyboard: Vec<Vec<Key<'_>>> = keys.collect();
    SendMessage {
        chat_id: outbound.chat.0,
        text: &outbound.text,
        link_preview_options: NO_PREVIEW,
        reply_markup: (!inline_keyboard.is_empty()).then_some(Keyboard { inline_keyboard }),
    }
}

/// The payload that shows the answer in place of the buttons.
pub(super) fn edited(chat: i64, message: i64, text: &str) -> EditMessageText<'_> {
    EditMessageText { chat_id: chat, message_id: message, text, link_preview_options: NO_PREVIEW }
}

/// The text of a question with the answer under it; `None` when that would be longer than Telegram takes (4,096 UTF-16 units).
pub(super) fn answered(question: &str, answer: &str) -> Option<String> {
    let text = [question, "\n\n› ", answer].concat();
    (text.encode_utf16().count() <= 4096).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::{ChatId, OutboundId};
    use crate::model::outbound::{Button, Lane};

    fn outbound(buttons: Vec<Vec<Button>>) -> Outbound {
        Outbound {
            id: OutboundId(1),
            patient: None,
            chat: ChatId(7),
            lane: Lane::Reply,
            text: "*Not* <b>markup</b> & \"quoted\"\n".to_owned(),
            buttons,
            question: None,
            tries: 0,
            not_before: None,
        }
    }

    #[test]
    fn a_text_leaves_as_it_is_with_its_buttons() {
        let button = Button { label: "Yes, let's".to_owned(), data: "1:yes".to_owned() };
        let json = serde_json::to_value(message(&outbound(vec![vec![button], vec![]]))).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"chat_id": 7, "text": "*Not* <b>markup</b> & \"quoted\"\n", "link_preview_options": {"is_disabled": true},
                "reply_markup": {"inline_keyboard": [[{"text": "Yes, let's", "callback_data": "1:yes"}]]}})
        );
    }

    #[test]
    fn a_message_without_buttons_has_no_keyboard() {
        let json = serde_json::to_value(message(&outbound(vec![vec![]]))).unwrap();
        assert!(json.get("reply_markup").is_none());
    }

    #[test]
    fn an_answer_that_would_not_fit_is_not_shown() {
        assert_eq!(answered("How?", "Like this").as_deref(), Some("How?\n\n› Like this"));
        assert!(answered(&"😀".repeat(2047), "").is_none());
        assert!(answered(&"😀".repeat(2046), "").is_some());
    }
}
