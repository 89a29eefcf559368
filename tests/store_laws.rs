//! What the store promises: all or nothing, sealed, erased for ever, restored as it was.

#[path = "support/store_values.rs"]
mod store_values;

use cairn::model::ids::{ChatId, OutboundId, UpdateId};
use cairn::store::{BackupKey, Batch, Durability, MasterKey, OpenError, Opened, Settings, Store, StoreError};
use std::path::Path;
use store_values::{begun, changed, events, everything, fill, message, minutes, open, patient};

/// Whether `needle` is in any file below `folder`.
fn found_below(folder: &Path, needle: &str) -> bool {
    std::fs::read_dir(folder).expect("a folder").any(|entry| {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            return found_below(&path, needle);
        }
        let bytes = std::fs::read(&path).expect("a file");
        bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
    })
}

#[test]
fn a_first_start_says_that_it_made_a_new_store_and_the_next_one_that_it_found_it() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    assert_eq!(Store::open(home.path(), &key, Settings::default()).unwrap().1, Opened::New);
    assert_eq!(Store::open(home.path(), &key, Settings::default()).unwrap().1, Opened::Existing);
}

#[test]
fn what_was_written_is_read_back_after_reopening_under_both_settings() {
    for durability in [Durability::Power, Durability::Process] {
        let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
        let settings = Settings { durability, ..Settings::default() };
        let store = Store::open(home.path(), &key, settings).unwrap().0;
        fill(&store, 30);
        let before = everything(&store);
        drop(store);
        assert_eq!(everything(&Store::open(home.path(), &key, settings).unwrap().0), before);
    }
}

#[test]
fn what_is_read_is_what_was_meant() {
    let (home, key) = (tempfile::tempdir().unwrap(), MasterKey::random());
    let store = open(home.path(), &key);
    fill(&store, 5);
    let mut first = patient(1);
    first.revision = 2;
    assert_eq!(store.patient(first.id).unwrap(), Some(first.clone()));
    assert_eq!(store.patient_by_chat(ChatId(404)).unwrap(), None);
    assert_eq!(store.journal(first.id).unwrap(), [events(), events()].concat());
    assert_eq!(store.outbox().unwrap().iter().map(|message| message.id.0).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(store.next_outbound_id(), OutboundId(6));
    assert_eq!(store.cursor(), Some(900_006));
    assert_eq!(store.last_wall(), Some(minutes(500)));
    assert_eq!(store.seen().unwrap()[0], (UpdateId(900_001), minutes(1)));
    assert!(store.invitation("code-1").unwrap().is_none() && store.invitation("code-2").unwrap().is_some());
    assert_eq!(store.due(minutes(20), 10).unwrap(), [patient(1).id, patient(2).id]);
    assert_eq!(store.due(minutes(999), 1).unwrap(), [patient(1).id]);
    assert_eq!(store.next_due().unwrap(), Some(minutes(10)));
}
