//! JSON read so tolerantly that a strange field can lose nothing but itself.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The fields of one JSON object, each still unread.
pub(super) struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

/// A key, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Fields<'de>;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::with_capacity(8);
                while let Some(Key(key)) = map.next_key()? {
                    fields.push((key, map.next_value()?));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

impl<'a> Fields<'a> {
    /// Reads an object; anything else has no fields.
    pub(super) fn of(raw: &'a RawValue) -> Self {
        serde_json::from_str(raw.get()).unwrap_or(Self(Vec::new()))
    }

    /// A field that is there and not null.
    pub(super) fn get(&self, name: &str) -> Option<&'a RawValue> {
        let field = self.0.iter().find(|(key, _)| key == name)?.1;
        (field.get() != "null").then_some(field)
    }

    /// The fields of a field.
    pub(super) fn object(&self, name: &str) -> Option<Fields<'a>> {
        let field = self.get(name)?;
        field.get().starts_with('{').then(|| Fields::of(field))
    }

    /// The elements of a field.
    pub(super) fn array(&self, name: &str) -> Vec<&'a RawValue> {
        self.get(name).and_then(|field| serde_json::from_str(field.get()).ok()).unwrap_or_default()
    }

    /// A text, mended where its escapes are not quite Unicode.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let raw = self.get(name)?.get();
        if !raw.starts_with('"') {
            return None;
        }
        serde_json::from_str(raw).or_else(|_| serde_json::from_str(&mended(raw))).ok()
    }

    /// A whole number, also if it was written as a text.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        let raw = self.get(name)?.get();
        raw.trim_matches('"').trim().parse().ok()
    }

    /// The first of `names` that is there.
    pub(super) fn first_of(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.get(name).is_some())
    }
}

/// JSON in which every `\u` escape of half a surrogate pair is replaced by U+FFFD. Rust's strings cannot hold such halves, and JSON
/// from elsewhere may.
pub(super) fn mended(json: &str) -> String {
    let mut whole = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let length = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                whole.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            _ => 1 + escape.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (kept, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        whole.push_str(kept);
        rest = after;
    }
    whole.push_str(rest);
    whole
}

/// The UTF-16 unit of an escape at the beginning of `text`.
fn unit(text: &str) -> Option<u16> {
    u16::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn raw(json: &str) -> Box<RawValue> {
        RawValue::from_string(json.to_owned()).unwrap()
    }

    #[test]
    fn half_a_surrogate_pair_becomes_a_mark_and_whole_pairs_stay() {
        let json = raw(r#"{"a":"x\ud83dy","b":"\ud83d\ude00","c":"\ude00\\ud83d","d":"\u0000","e":"\ud83d\ud83d\ude00"}"#);
        let fields = Fields::of(&json);
        assert_eq!(fields.text("a").unwrap(), "x\u{fffd}y");
        assert_eq!(fields.text("b").unwrap(), "😀");
        assert_eq!(fields.text("c").unwrap(), "\u{fffd}\\ud83d");
        assert_eq!(fields.text("d").unwrap(), "\0");
        assert_eq!(fields.text("e").unwrap(), "\u{fffd}😀");
    }

    #[test]
    fn a_field_of_the_wrong_type_loses_only_itself() {
        let json = raw(r#"{"id":"12","text":5,"from":[1],"big":99999999999999999999,"float":1e999,"chat":{"id":-3},"none":null}"#);
        let fields = Fields::of(&json);
        assert_eq!(fields.number("id"), Some(12));
        assert_eq!(fields.text("text"), None);
        assert!(fields.object("from").is_none());
        assert_eq!(fields.number("big"), None);
        assert_eq!(fields.number("float"), None);
        assert_eq!(fields.object("chat").unwrap().number("id"), Some(-3));
        assert!(fields.get("none").is_none());
    }

    proptest! {
        #[test]
        fn any_sequence_of_escapes_is_mended_into_readable_json(pieces in proptest::collection::vec(
            prop_oneof![Just("\\ud83d"), Just("\\ude00"), Just("\\\\"), Just("\\n"), Just("u"), Just("é"), Just("\\u0041")], 0..12)) {
            let json = format!("\"{}\"", pieces.concat());
            prop_assert!(serde_json::from_str::<String>(&mended(&json)).is_ok());
        }
    }
}
