//! What an older Cairn stored opens for ever; what a newer one stored is refused with a sentence. Never edit the files in `tests/stored`.

#[path = "support/store_values.rs"]
#[expect(dead_code, reason = "the other tests of the store use the rest")]
mod store_values;

use cairn::model::event::{Event, What};
use cairn::model::link_worker::Invitation;
use cairn::model::outbound::Outbound;
use cairn::model::patient::Patient;
use cairn::store::codec::{self, CodecError, Shape};
use cairn::store::{Batch, MasterKey, OpenError, Settings, Store};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use store_values::{begun, open, patient};

const PATIENT: &str = include_str!("stored/v1/patient.json");
const NEW_PATIENT: &str = include_str!("stored/v1/patient-just-begun.json");
const EVENTS: &str = include_str!("stored/v1/events.json");
const OUTBOUND: &str = include_str!("stored/v1/outbound.json");
const INVITATION: &str = include_str!("stored/v1/invitation.json");

fn decoded<T: DeserializeOwned>(shape: Shape, text: &str) -> T {
    codec::decode(shape, text.as_bytes()).expect("an old value is read")
}

#[test]
fn version_1_is_read_with_everything_in_it() {
    let full: Patient = decoded(Shape::Patient, PATIENT);
    assert_eq!((full.id.0, full.revision, full.chat.0), (9_007_199_254_740_993, 41, 4_503_599_627_370_495));
    assert_eq!(full.name.as_ref().map(cairn::model::text::Words::reveal), Some("Zoë O’Neill 🌱"));
    let goal = &full.goals[0];
    assert_eq!((goal.readings.len(), goal.plan().and_then(|plan| plan.confidence), goal.hidden.len()), (2, Some(6), 1));
    assert!(full.session.as_ref().is_some_and(|session| session.answers.len() == 3 && session.base.goal.is_some()));
    assert!(full.aside.is_some() && full.appointment.is_some() && full.timers.len() == 1 && full.paused);
    let begun: Patient = decoded(Shape::Patient, NEW_PATIENT);
    assert!(begun.goals.is_empty() && begun.timers.is_empty() && !begun.unreachable, "fields that were not written have their defaults");
    let events: Vec<Event> = decoded(Shape::Events, EVENTS);
    assert_eq!(events.len(), 18);
    assert!(matches!(&events[0].what, What::Enrolled) && matches!(&events[17].what, What::Media { media, .. } if media == "voice"));
    let message: Outbound = decoded(Shape::Outbound, OUTBOUND);
    assert_eq!((message.id.0, message.tries, message.buttons[0][1].data.as_str()), (812, 2, "7:not-now"));
    let invitation: Invitation = decoded(Shape::Invitation, INVITATION);
    assert_eq!(invitation.link_worker.map(|worker| worker.organisation).as_deref(), Some("Hilltop Surgery"));
}

#[test]
fn what_was_read_from_version_1_is_written_without_loss() {
    let full: Patient = decoded(Shape::Patient, PATIENT);
    let events: Vec<Event> = decoded(Shape::Events, EVENTS);
    let (again, events_again) = (codec::encode(&full).unwrap(), codec::encode(&events).unwrap());
    // Every field that version 1 wrote is still written, with the same value.
    assert!(holds(&serde_json::from_slice(&again).unwrap(), &serde_json::from_str(PATIENT).unwrap()));
    assert!(holds(&serde_json::from_slice(&events_again).unwrap(), &serde_json::from_str(EVENTS).unwrap()));
}

/// Whether `new` has everything that `old` has.
fn holds(new: &Value, old: &Value) -> bool {
    match (new, old) {
        // What is empty need not be written: an absent field reads as nothing, none and no.
        (Value::Object(new), Value::Object(old)) => old.iter().all(|(name, old)| new.get(name).map_or_else(|| is_empty(old), |new| holds(new, old))),
        (Value::Array(new), Value::Array(old)) => new.len() == old.len() && new.iter().zip(old).all(|(new, old)| holds(new, old)),
        _ => new == old,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// Puts an unknown field into every object.
fn with_unknown_fields(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(with_unknown_fields);
            // A map from slots to answers and the like has no place for other names.
            if fields.contains_key("at")
                || fields.contains_key("id")
                || fields.contains_key("state")
                || fields.contains_key("hope")
                || fields.contains_key("step")
            {
                fields.insert("from-the-future".to_owned(), json!({ "a": [1, null] }));
            }
        }
        Value::Array(values) => values.iter_mut().for_each(with_unknown_fields),
        _ => {}
    }
}

#[test]
fn unknown_fields_are_tolerated_everywhere() {
    let mut value: Value = serde_json::from_str(PATIENT).unwrap();
    value["value"]["session"]["answers"] = json!({});
    let plain: Patient = codec::decode(Shape::Patient, value.to_string().as_bytes()).unwrap();
    with_unknown_fields(&mut value);
    let text = value.to_string();
    assert!(text.matches("from-the-future").count() > 8);
    assert_eq!(decoded::<Patient>(Shape::Patient, &text), plain);
    let mut events: Value = serde_json::from_str(EVENTS).unwrap();
    with_unknown_fields(&mut events);
    assert_eq!(decoded::<Vec<Event>>(Shape::Events, &events.to_string()), decoded::<Vec<Event>>(Shape::Events, EVENTS));
}

#[test]
fn a_value_from_the_future_and_one_without_a_version_are_refused() {
    let future = PATIENT.replacen("\"version\": 1", "\"version\": 2", 1);
    assert_eq!(codec::decode::<Patient>(Shape::Patient, future.as_bytes()), Err(CodecError::Newer { found: 2 }));
    assert_eq!(codec::check_version(future.as_bytes()), Err(CodecError::Newer { found: 2 }));
    let none = PATIENT.replacen("\"version\": 1", "\"version\": 0", 1);
    assert_eq!(codec::decode::<Patient>(Shape::Patient, none.as_bytes()), Err(CodecError::Malformed));
    assert_eq!(codec::check_version(b"{}"), Err(CodecError::Malformed));
    assert!(CodecError::Newer { found: 2 }.to_string().contains("use the newer Cairn"));
}

#[test]
fn a_store_from_the_future_is_refused_with_the_version_that_wrote_it() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let store = open(home.path(), &key);
    store.commit(Batch { patients: vec![begun(&patient(1))], ..Batch::default() }).unwrap();
    drop(store);
    let db = sled::open(home.path().join("tree")).unwrap();
    for record in db.iter() {
        let (key, value) = record.unwrap();
        let mut newer = value.to_vec();
        if let Some(format) = newer.first_mut() {
            *format = 9;
        }
        db.insert(key, newer).unwrap();
    }
    db.flush().unwrap();
    drop(db);
    let refused = Store::open(home.path(), &key, Settings::default()).unwrap_err();
    assert!(matches!(refused, OpenError::Newer { found: 9, known: 1 }), "{refused}");
    assert_eq!(refused.exit_code(), 16);
    assert!(refused.to_string().contains("use the newer Cairn that wrote it") && refused.to_string().contains("cairn restore"));
}
