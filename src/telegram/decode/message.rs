//! What a message is: words, a command, something that cannot be read, or a notice of Telegram's.

use super::fields::Fields;
use super::{Chat, Decision, chat_of, language_of};
use crate::app::inbound::{Inbound, InboundKind};
use crate::model::ids::UpdateId;

/// Kinds of message that carry no words. Where two come together the more telling one is first: an animation is also sent as a
/// document, a venue also as a location.
const MEDIA: [&str; 22] = [
    "voice",
    "video_note",
    "photo",
    "live_photo",
    "video",
    "animation",
    "audio",
    "document",
    "sticker",
    "contact",
    "venue",
    "location",
    "poll",
    "dice",
    "game",
    "story",
    "invoice",
    "paid_media",
    "checklist",
    "giveaway",
    "giveaway_winners",
    "rich_message",
];

/// Notices of Telegram's about the chat itself: nobody said anything.
const NOTICES: [&str; 54] = [
    "pinned_message",
    "message_auto_delete_timer_changed",
    "write_access_allowed",
    "connected_website",
    "chat_background_set",
    "users_shared",
    "chat_shared",
    "web_app_data",
    "successful_payment",
    "refunded_payment",
    "passport_data",
    "gift",
    "unique_gift",
    "gift_upgrade_sent",
    "boost_added",
    "checklist_tasks_done",
    "checklist_tasks_added",
    "proximity_alert_triggered",
    "new_chat_members",
    "left_chat_member",
    "chat_owner_left",
    "chat_owner_changed",
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "group_chat_created",
    "supergroup_chat_created",
    "channel_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "direct_message_price_changed",
    "paid_message_price_changed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "giveaway_created",
    "giveaway_completed",
    "managed_bot_created",
    "poll_option_added",
    "poll_option_deleted",
    "suggested_post_approved",
    "suggested_post_approval_failed",
    "suggested_post_declined",
    "suggested_post_paid",
    "suggested_post_refunded",
    "video_chat_scheduled",
    "video_chat_started",
    "video_chat_ended",
    "video_chat_participants_invited",
    "new_chat_member",
    "new_chat_participant",
];

/// A new message.
pub(super) fn new_message(update: UpdateId, message: &Fields<'_>, bot: &str) -> Decision {
    let chat = match chat_of(message.object("chat").as_ref()) {
        Chat::Private(chat) => chat,
        // Telegram's word that the bot has been removed is itself a message of the group.
        Chat::Group(_) if message.get("left_chat_member").is_some() => return Decision::Ignore("someone left a group"),
        Chat::Group(chat) => return Decision::LeaveGroup(chat),
        Chat::Unreadable => return Decision::Ignore("a message without a chat"),
    };
    let what = match content(message, bot) {
        Ok(what) => what,
        Err(reason) => return Decision::Ignore(reason),
    };
    let language_hint = language_of(message.object("from").as_ref());
    Decision::Take(Inbound { update, chat, language_hint, what }, None)
}

/// An edited message: only its words matter.
pub(super) fn edited(update: UpdateId, message: &Fields<'_>) -> Decision {
    let chat = match chat_of(message.object("chat").as_ref()) {
        Chat::Private(chat) => chat,
        Chat::Group(chat) => return Decision::LeaveGroup(chat),
        Chat::Unreadable => return Decision::Ignore("an edit without a chat"),
    };
    let Some(words) = message.text("text").or_else(|| message.text("caption")) else {
        return Decision::Ignore("an edit without words");
    };
    let language_hint = language_of(message.object("from").as_ref());
    Decision::Take(Inbound { update, chat, language_hint, what: InboundKind::Edited(words) }, None)
}

fn content(message: &Fields<'_>, bot: &str) -> Result<InboundKind, &'static str> {
    if let Some(text) = message.text("text") {
        let own_words = message.get("forward_origin").is_none() && message.get("forward_date").is_none();
        let command = if own_words { command(&text, bot) } else { None };
        return Ok(command.unwrap_or(InboundKind::Text(text)));
    }
    if let Some(caption) = message.text("caption").filter(|caption| !caption.is_empty()) {
        return Ok(InboundKind::Text(caption));
    }
    if let Some(kind) = message.first_of(&MEDIA) {
        return Ok(InboundKind::Media { kind: kind.to_owned(), reference: reference(message, kind) });
    }
    if message.first_of(&NOTICES).is_some() {
        return Err("a notice of Telegram's");
    }
    // A kind that Telegram has added since: someone sent something, so someone gets an answer.
    Ok(InboundKind::Media { kind: "other".to_owned(), reference: None })
}

/// Reads `/name argument` and `/name@bot argument`. A slash that begins no command is words.
fn command(text: &str, bot: &str) -> Option<InboundKind> {
    let (head, argument) = text.strip_prefix('/').map(|rest| rest.split_once(char::is_whitespace).unwrap_or((rest, "")))?;
    let (name, addressee) = head.split_once('@').map_or((head, None), |(name, bot)| (name, Some(bot)));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if !plain(name) || name.len() > 32 || !addressee.is_none_or(plain) {
        return None;
    }
    let ours = addressee.is_none_or(|addressee| addressee.eq_ignore_ascii_case(bot));
    let name = if ours { name.to_ascii_lowercase() } else { "for-another-bot".to_owned() };
    Some(InboundKind::Command { name, argument: argument.trim().to_owned() })
}

/// Telegram's reference to the file of a message; of a photo, to its largest size.
fn reference(message: &Fields<'_>, kind: &str) -> Option<String> {
    if let Some(file) = message.object(kind) {
        return file.text("file_id");
    }
    let sizes = message.array(kind);
    let area = |size: &Fields<'_>| size.number("width").unwrap_or(0).saturating_mul(size.number("height").unwrap_or(0));
    sizes.into_iter().map(Fields::of).max_by_key(area).and_then(|largest| largest.text("file_id"))
}
